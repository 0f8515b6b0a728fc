"""Merging three stages of two parameters, and of an adapter of rank 2, by each rule; number by number, in plain loops."""

import numpy as np

from arrays import drawn, write

DECAY, SCALE, KEEP, STAGES, SIZE, RANK = 0.9, 0.7, 0.2, 3, 30, 2


def average(ways):
    mean = np.zeros_like(ways[0])
    for t, way in enumerate(ways, 1):
        mean = mean + (way - mean) / t
    return mean


def ema(ways):
    mean = ways[0]
    for way in ways[1:]:
        mean = DECAY * mean + (1 - DECAY) * way
    return mean


def arithmetic(ways):
    return SCALE * sum(ways)


def magmax(ways):
    return SCALE * np.array([max((way[i] for way in reversed(ways)), key=abs) for i in range(len(ways[0]))])


def ties(ways):
    trimmed = []
    for way in ways:
        order = sorted(range(len(way)), key=lambda i: -abs(way[i]))[: round(KEEP * len(way))]
        trimmed.append([way[i] if i in order else 0.0 for i in range(len(way))])
    merged = np.zeros(len(ways[0]))
    for i in range(len(merged)):
        sign = np.sign(sum(way[i] for way in trimmed))
        agreeing = [way[i] for way in trimmed if way[i] * sign > 0]
        merged[i] = SCALE * sum(agreeing) / len(agreeing) if agreeing else 0
    return merged


def nearest(matrix):
    """The nearest matrix of a rank, by eigenvectors."""
    _, vectors = np.linalg.eigh(matrix.T @ matrix)
    right = vectors[:, -RANK:]
    return matrix @ right @ right.T


random = np.random.default_rng(20260205)
first, ends = drawn(random, SIZE), [drawn(random, SIZE) for _ in range(STAGES)]
a, b = [drawn(random, RANK, 5) for _ in range(STAGES + 1)], [drawn(random, 4, RANK) for _ in range(STAGES + 1)]
b[0] *= 0
arrays = {"first": first, "a.first": a[0], "b.first": b[0]}
for i in range(STAGES):
    arrays[f"end.{i}"], arrays[f"a.end.{i}"], arrays[f"b.end.{i}"] = ends[i], a[i + 1], b[i + 1]
for rule in (average, ema, arithmetic, magmax, ties):
    arrays[rule.__name__] = first + rule([end - first for end in ends])
    ways = [(b[i] @ a[i]).ravel() for i in range(1, STAGES + 1)]
    arrays[f"product.{rule.__name__}"] = nearest(rule(ways).reshape(4, 5))
write("karuta.baseline.merge", "merge.txt", arrays)
