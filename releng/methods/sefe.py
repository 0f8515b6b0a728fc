"""RegLoRA's key elements and term (Chen et al. 2025) of one layer and two earlier tasks; slopes by central differences."""

import numpy as np

from arrays import drawn, write

RANK, IN, OUT, SHARE, STEP = 2, 10, 9, 0.1, 1e-6

random = np.random.default_rng(20260207)
a, b = [drawn(random, RANK, IN) for _ in range(3)], [drawn(random, OUT, RANK) for _ in range(3)]
b[1] = (0.7 * b[0] + 0.3 * b[1]).astype(np.float32).astype(np.float64)  # so that some places are key to both tasks
a[1] = (0.7 * a[0] + 0.3 * a[1]).astype(np.float32).astype(np.float64)


def entry(task, row, column, left, right):
    return sum(left[row, r] * right[r, column] for r in range(RANK))


keys = []
for task in range(2):
    size = {(i, j): abs(entry(task, i, j, b[task], a[task])) for i in range(OUT) for j in range(IN)}
    keys += sorted(size, key=size.get, reverse=True)[: int(SHARE * OUT * IN)]
assert len(set(keys)) < len(keys)


def term(left, right):
    return sum(abs(entry(2, i, j, left, right)) for i, j in keys) / len(keys)


def slopes(matrix, loss):
    slope = np.zeros_like(matrix)
    for place in np.ndindex(*matrix.shape):
        up, down = matrix.copy(), matrix.copy()
        up[place] += STEP
        down[place] -= STEP
        slope[place] = (loss(up) - loss(down)) / (2 * STEP)
    return slope


arrays = {
    "keys": np.array([i * IN + j for i, j in keys]),
    "term": [term(b[2], a[2])],
    "slope.a": slopes(a[2], lambda right: term(b[2], right)),
    "slope.b": slopes(b[2], lambda left: term(left, a[2])),
}
for i in range(3):
    arrays[f"a.{i}"], arrays[f"b.{i}"] = a[i], b[i]
write("karuta.method.sefe", "sefe.txt", arrays)
