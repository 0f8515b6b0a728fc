"""HiDe-LLaVA (Guo et al. 2025) with three tasks: means, weights of two queries, and what layers add to a token."""

import math

import numpy as np

from arrays import drawn, write

TASKS, EXAMPLES, C, RANK, IN, OUT, SCALE, TEMPERATURE = 3, 4, 5, 2, 12, 12, 2.0, 0.1


def cosine(a, b):
    return sum(x * y for x, y in zip(a, b)) / math.sqrt(sum(x * x for x in a)) / math.sqrt(sum(y * y for y in b))


random = np.random.default_rng(20260208)
features = {name: [drawn(random, EXAMPLES, C) for _ in range(TASKS)] for name in ("image", "text")}
means = {name: [sum(task) / EXAMPLES for task in tasks] for name, tasks in features.items()}
queries = {name: drawn(random, 2, C) for name in ("image", "text")}
a, b = [drawn(random, RANK, IN) for _ in range(TASKS)], [drawn(random, OUT, RANK) for _ in range(TASKS)]
x = drawn(random, IN)

weights = []
for q in range(2):
    scores = [
        (cosine(queries["image"][q], means["image"][i]) + cosine(queries["text"][q], means["text"][i])) / 2
        for i in range(TASKS)
    ]
    powers = [math.exp(score / TEMPERATURE) for score in scores]
    weights.append([power / sum(powers) for power in powers])
weights = np.array(weights)
products = [b[i] @ a[i] @ x for i in range(TASKS)]
arrays = {
    "x": x,
    "weights": weights,
    "mixture": np.array([SCALE * sum(w[i] * products[i] for i in range(TASKS)) for w in weights]),
    "best": np.array([SCALE * products[int(np.argmax(w))] for w in weights]),
    "products": SCALE * sum(products),
    "mean": SCALE / TASKS * sum(products),
    # every B_i with every A_j
    "factors": SCALE * sum(b[i] @ (a[j] @ x) for i in range(TASKS) for j in range(TASKS)),
    "image.query": queries["image"],
    "text.query": queries["text"],
}
for i in range(TASKS):
    arrays[f"a.{i}"], arrays[f"b.{i}"] = a[i], b[i]
    for name in ("image", "text"):
        arrays[f"{name}.{i}"], arrays[f"{name}.mean.{i}"] = features[name][i], means[name][i]
write("karuta.method.hide", "hide.txt", arrays)
