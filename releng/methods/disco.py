"""DISCO (Guo et al. 2025) with three tasks: means, weights of two queries, and what every layer adds to a token."""

import math

import numpy as np

from arrays import drawn, write

TASKS, EXAMPLES, C, RANK, IN, OUT, SCALE, TEMPERATURE = 3, 4, 5, 2, 12, 12, 2.0, 0.05

random = np.random.default_rng(20260209)
a, b = [drawn(random, RANK, IN) for _ in range(TASKS)], [drawn(random, OUT, RANK) for _ in range(TASKS)]
text = [drawn(random, EXAMPLES, C) for _ in range(TASKS)]
means = [np.array([sum(task[:, j]) / EXAMPLES for j in range(C)]) for task in text]
queries, x = drawn(random, 2, C), drawn(random, IN)
weights, added = [], []
for query in queries:
    powers = []
    for mean in means:
        lengths = math.sqrt(sum(v * v for v in query)) * math.sqrt(sum(v * v for v in mean))
        powers.append(math.exp(sum(v * w for v, w in zip(query, mean)) / lengths / TEMPERATURE))
    weights.append([power / sum(powers) for power in powers])
    whole = sum(weights[-1][i] * (b[i] @ a[i]) for i in range(TASKS))
    added.append(SCALE * whole @ x)
arrays = {"x": x, "queries": queries, "weights": np.array(weights), "added": np.array(added)}
for i in range(TASKS):
    arrays[f"a.{i}"], arrays[f"b.{i}"], arrays[f"text.{i}"], arrays[f"mean.{i}"] = a[i], b[i], text[i], means[i]
write("karuta.method.disco", "disco.txt", arrays)
