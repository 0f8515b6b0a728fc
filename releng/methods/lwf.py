"""LwF's loss (Li and Hoiem 2016, equation 3) of five answer tokens, and its derivative by central differences."""

import math

import numpy as np

from arrays import drawn, write

TEMPERATURE, STEP = 2.0, 1e-5

random = np.random.default_rng(20260202)
old, new = 3 * drawn(random, 5, 7), 3 * drawn(random, 5, 7)


def modified(logits):
    """Probabilities to the power of 1 / T, made to sum to one again."""
    probabilities = [math.exp(z - max(logits)) for z in logits]
    powers = [(p / sum(probabilities)) ** (1 / TEMPERATURE) for p in probabilities]
    return [power / sum(powers) for power in powers]


def loss(logits):
    total = 0.0
    for before, now in zip(old, logits):
        total -= sum(p * math.log(q) for p, q in zip(modified(before), modified(now)))
    return total / len(old)


slope = np.zeros_like(new)
for place in np.ndindex(*new.shape):
    up, down = new.copy(), new.copy()
    up[place] += STEP
    down[place] -= STEP
    slope[place] = (loss(up) - loss(down)) / (2 * STEP)
write("karuta.baseline.lwf", "lwf.txt", {"old": old, "new": new, "loss": [loss(new)], "slope": slope})
