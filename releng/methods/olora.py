"""O-LoRA's layer and orthogonality term (Wang et al. 2023) with two earlier tasks; slopes by central differences."""

import numpy as np

from arrays import drawn, write

RANK, IN, OUT, ALPHA, STEP = 2, 6, 5, 4.0, 1e-6

random = np.random.default_rng(20260206)
a, b = [drawn(random, RANK, IN) for _ in range(3)], [drawn(random, OUT, RANK) for _ in range(3)]
x = drawn(random, 3, IN)
y = np.array([ALPHA / RANK * sum(b[i] @ (a[i] @ token) for i in range(3)) for token in x])


def overlap(last):
    return sum(abs(float(np.dot(row, own))) for i in range(2) for row in a[i] for own in last)


slope = np.zeros((RANK, IN))
for place in np.ndindex(RANK, IN):
    up, down = a[2].copy(), a[2].copy()
    up[place] += STEP
    down[place] -= STEP
    slope[place] = (overlap(up) - overlap(down)) / (2 * STEP)
arrays = {"x": x, "y": y, "overlap": [overlap(a[2])], "slope": slope}
for i in range(3):
    arrays[f"a.{i}"], arrays[f"b.{i}"] = a[i], b[i]
write("karuta.method.olora", "olora.txt", arrays)
