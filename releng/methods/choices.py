"""Choices of selectors that have no pool of their own, on toy features: RePro's routing, threshold and mass.

    s = lambda cos(u, k) + (1 - lambda) cos(v, k)
    RePro: k = (mean of u, mean of v) of a task's samples; by cosines, or by minus the distances mixed alike
    threshold: all with s > theta, at least `least`;   mass: the best until softmax(s / T) sums to p, at least one
"""

import numpy as np

import toy
from arrays import drawn, write

LAMBDA = 0.3


def mixed(sample, image, text, likeness):
    return LAMBDA * likeness(sample.u, image) + (1 - LAMBDA) * likeness(sample.v, text)


def distance(a, b):
    return -np.linalg.norm(a - b)


prototypes = []
for task in (1, 2, 3):
    learned = toy.samples(task, 5)
    prototypes.append((np.mean([s.u for s in learned], axis=0), np.mean([s.v for s in learned], axis=0)))
asked = [sample for task in (1, 2, 3, 4) for sample in toy.samples(task, 3)]
repro = {f"image.{t}": p[0][None] for t, p in enumerate(prototypes)} | {f"text.{t}": p[1][None] for t, p in enumerate(prototypes)}
for name, likeness in (("cosine", toy.cosine), ("l2", distance)):
    scores = np.array([[mixed(sample, *p, likeness) for p in prototypes] for sample in asked])
    assert np.diff(np.sort(scores, axis=1)).min() > 1e-4, "too close to call"
    repro |= {f"{name}.chosen": scores.argmax(axis=1)[:, None], f"{name}.scores": scores.max(axis=1)}
write("karuta.selector.repro", "repro.txt", repro)

THETA, LEAST, MASS, TEMPERATURE = -0.2, 2, 0.8, 0.15
random = np.random.default_rng(5)
keys = drawn(random, 6, toy.C)
scores = np.array([[mixed(sample, k, k, toy.cosine) for k in keys] for sample in asked])
assert np.diff(np.sort(scores, axis=1)).min() > 1e-4 and np.abs(scores - THETA).min() > 1e-4
threshold, mass = [], []
for row in scores:
    best = np.argsort(-row)
    above = [k for k in best if row[k] > THETA]
    threshold.append((above if len(above) >= LEAST else list(best[:LEAST]))[::-1])
    share = np.exp(row / TEMPERATURE) / np.exp(row / TEMPERATURE).sum()
    sums = np.cumsum(share[best])
    assert np.abs(sums - MASS).min() > 1e-4
    mass.append(list(best[: int((sums < MASS).sum()) + 1])[::-1])
print("how many:", [len(row) for row in threshold], [len(row) for row in mass])
for name, chosen in (("threshold", threshold), ("mass", mass)):
    found = {"keys": keys, "chosen": toy.padded(chosen, len(keys))}
    found["scores"] = np.concatenate([row[places] for row, places in zip(scores, chosen)])
    write(f"karuta.selector.{name}", f"{name}.txt", found)
