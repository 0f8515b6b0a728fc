"""MoELoRA's layer (CoIN, Chen et al. 2024) of three experts and four tokens, expert by expert; slopes by central differences."""

import math

import numpy as np

from arrays import drawn, write

EXPERTS, RANK, IN, OUT, ALPHA, STEP = 3, 2, 6, 5, 12.0, 1e-5
SCALE = ALPHA / (EXPERTS * RANK)

random = np.random.default_rng(20260210)
weights = {
    "router": drawn(random, EXPERTS, IN),
    "a": drawn(random, EXPERTS, RANK, IN),
    "b": drawn(random, EXPERTS, OUT, RANK),
}
x, pull = drawn(random, 4, IN), drawn(random, 4, OUT)


def layer(w):
    rows = []
    for token in x:
        powers = [math.exp(float(row @ token)) for row in w["router"]]
        row = np.zeros(OUT)
        for e in range(EXPERTS):
            row += SCALE * powers[e] / sum(powers) * (w["b"][e] @ (w["a"][e] @ token))
        rows.append(row)
    return np.array(rows)


def slope(name):
    slopes = np.zeros_like(weights[name])
    for place in np.ndindex(*slopes.shape):
        sides = []
        for side in (STEP, -STEP):
            moved = {n: value.copy() for n, value in weights.items()}
            moved[name][place] += side
            sides.append((layer(moved) * pull).sum())
        slopes[place] = (sides[0] - sides[1]) / (2 * STEP)
    return slopes


def rows(a):
    """Experts one above the other."""
    return a.reshape(EXPERTS * RANK, IN)


def columns(b):
    """Experts side by side."""
    return np.hstack(list(b))


write(
    "karuta.method.moelora",
    "moelora.txt",
    {
        "x": x,
        "pull": pull,
        "router": weights["router"],
        "a": rows(weights["a"]),
        "b": columns(weights["b"]),
        "y": layer(weights),
        "slope.router": slope("router"),
        "slope.a": rows(slope("a")),
        "slope.b": columns(slope("b")),
    },
)
