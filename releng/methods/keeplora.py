"""KeepLoRA (Luo et al., ICLR 2026) at one linear layer: W and gradients of examples, and what follows from them.

Singular vectors are found as eigenvectors of M M^T here, so nothing is shared with the Java code but the equations.
Subspaces are written as projectors, because singular vectors are free in their signs.
"""

import numpy as np

from arrays import drawn, write

EPS_W, EPS_F, SHARE, RANK = 0.7, 0.8, 0.4, 2


def left(matrix):
    """Left singular vectors, and the energies that belong to them, descending."""
    energies, vectors = np.linalg.eigh(matrix @ matrix.T)
    return vectors[:, ::-1], np.maximum(energies[::-1], 0)


def principal(w):
    vectors, energies = left(w.T)
    below = np.cumsum(energies) / energies.sum() < EPS_W
    return vectors[:, : max(below.sum(), 1)]


def mean_gradient(gradients):
    places = np.linspace(0, len(gradients) - 1, int(len(gradients) * SHARE)).astype(int)
    return gradients[places].mean(axis=0)


def outside(m, g):
    return g.T - m @ (m.T @ g.T)


def start(m, g):
    """A, and the best approximation of hat G by rank r, which is B A."""
    hat = outside(m, g)
    vectors, _ = left(hat)
    a = vectors[:, :RANK].T
    return a, (hat.T @ a.T) @ a


def grown(m, g):
    hat = outside(m, g)
    vectors, energies = left(hat)
    total = (g**2).sum()
    covered, r = (total - energies.sum()) / total, 0
    while r < len(energies) and covered < EPS_F:
        covered, r = covered + energies[r] / total, r + 1
    return np.hstack([m, vectors[:, :r]])


def projector(m):
    return m @ m.T


random = np.random.default_rng(20260127)
w, before, after = drawn(random, 6, 9), drawn(random, 10, 6, 9), drawn(random, 10, 6, 9)
m0 = principal(w)
a, product = start(m0, mean_gradient(before))
m1 = grown(m0, mean_gradient(after))
assert np.allclose(a @ m0, 0) and np.allclose(m1.T @ m1, np.eye(m1.shape[1]))
assert m0.shape[1] > 1 and m0.shape[1] + 1 < m1.shape[1] < 9
write(
    "karuta.method.keeplora",
    "keeplora.txt",
    {
        "w": w,
        "before": before,
        "after": after,
        "m0": projector(m0),
        "a": projector(a.T),
        "product": product,
        "m1": projector(m1),
    },
)
