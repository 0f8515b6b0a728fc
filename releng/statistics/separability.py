"""Routers on made-up features, computed anew with NumPy.

    python separability.py ../../bundles/core/karuta.metrics/test/fixtures/separability.json
"""

import json
import sys

import numpy as np

random = np.random.default_rng(3)
TASKS, TRAIN, TEST = ("a", "b", "c"), (20, 15, 30), (12, 9, 10)


def features(centre, n, width, spread):
    return np.round(centre + random.normal(0, spread, (n, width)), 3).astype(np.float32)


tasks = []
for task, train, test in zip(TASKS, TRAIN, TEST):
    image, text = random.normal(0, 1, 6), random.normal(0, 1, 4)
    tasks.append({
        "task": task,
        "train": {"image": features(image, train, 6, 3).tolist(), "text": features(text, train, 4, 2).tolist()},
        "test": {"image": features(image, test, 6, 3).tolist(), "text": features(text, test, 4, 2).tolist()},
    })


def unit(x):
    return x / np.linalg.norm(x, axis=-1, keepdims=True)


def cosines(names, samples, others):
    return np.mean([unit(np.array(samples[n], float)) @ unit(np.array(others[n], float)).T for n in names], axis=0)


def view(names):
    prototypes = {n: [np.mean(np.array(t["train"][n], float), axis=0) for t in tasks] for n in names}
    likeness = [cosines(names, t["test"], prototypes) for t in tasks]
    routed = [[float(np.mean(l.argmax(1) == b)) for b in range(3)] for l in likeness]

    def nearer(a, b):
        return np.mean(likeness[a][:, b] > likeness[a][:, a])

    overlap = [[0.0 if a == b else float((nearer(a, b) + nearer(b, a)) / 2) for b in range(3)] for a in range(3)]
    owner = np.concatenate([[i] * len(t["train"]["image"]) for i, t in enumerate(tasks)])
    pool = {n: np.concatenate([t["train"][n] for t in tasks]) for n in names}
    near = [owner[np.argsort(-cosines(names, t["test"], pool), axis=1)[:, :10]] for t in tasks]
    neighbours = [[float(np.mean(n == b)) for b in range(3)] for n in near]
    return {"routed": routed, "overlap": overlap, "neighbours": neighbours}


views = {"image": view(["image"]), "text": view(["text"]), "both": view(["image", "text"])}
with open(sys.argv[1], "w") as file:
    json.dump({"tasks": tasks, "views": views}, file)
print({name: np.trace(v["routed"]) / 3 for name, v in views.items()})
