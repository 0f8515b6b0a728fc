"""GEM (Lopez-Paz and Ranzato 2017) and A-GEM (Chaudhry et al. 2019) of given gradients.

The quadratic program is solved by trying every set of active bounds and keeping the one that satisfies the conditions of
Karush, Kuhn and Tucker; the result's distance is compared with that of many vectors that satisfy the constraints.
"""

import itertools

import numpy as np

from arrays import drawn, write

SIZE, GAMMA = 10, 0.5


def least(p, q):
    """The least of 1/2 u P u + q u over u >= 0."""
    for size in range(len(q) + 1):
        for free in itertools.combinations(range(len(q)), size):
            u = np.zeros(len(q))
            if free:
                u[list(free)] = np.linalg.lstsq(p[np.ix_(free, free)], -q[list(free)], rcond=None)[0]
            if (u >= 0).all() and (p @ u + q >= -1e-9).all() and abs(u @ (p @ u + q)) < 1e-9:
                return u
    raise AssertionError("no solution")


def gem(g, memory, gamma, bound):
    if (memory @ g >= 0).all():
        return g
    p, q = memory @ memory.T, memory @ g
    if bound:
        return g + memory.T @ (least(p, q + p @ np.full(len(q), gamma)) + gamma)
    return g + memory.T @ (least(p, q) + gamma)


def agem(g, reference):
    return g if g @ reference >= 0 else g - (g @ reference) / (reference @ reference) * reference


random = np.random.default_rng(20260203)
arrays, changed = {}, 0
for case, memories in enumerate((1, 2, 3, 5, 8, 3)):
    g, memory = drawn(random, SIZE), drawn(random, memories, SIZE)
    memory[0] *= -np.sign(memory[0] @ g)
    if case == 4:
        memory[3] = 2 * memory[1]  # two tasks that ask for the same
    if case == 5:
        memory = np.where((memory @ g)[:, None] < 0, -memory, memory)  # nothing goes against
    nearest = gem(g, memory, 0, True)
    assert (memory @ nearest > -1e-8).all()
    for _ in range(2000):
        other = nearest + random.standard_normal(SIZE) * random.random()
        if (memory @ other >= 0).all():
            assert np.linalg.norm(other - g) >= np.linalg.norm(nearest - g) - 1e-9
    changed += not np.allclose(nearest, g)
    arrays[f"g.{case}"], arrays[f"memory.{case}"] = g, memory
    arrays[f"nearest.{case}"] = nearest
    arrays[f"bound.{case}"], arrays[f"added.{case}"] = gem(g, memory, GAMMA, True), gem(g, memory, GAMMA, False)
    arrays[f"agem.{case}"] = agem(g, memory.mean(axis=0))
assert changed == 5
write("karuta.baseline.gem", "gem.txt", arrays)
