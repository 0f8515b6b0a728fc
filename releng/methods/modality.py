"""A learned weight of image and text: weights of cards and the derivative by the two numbers, on toy features.

    w = softmax over cards of (a cos(u, k) + b cos(v, k)) / T,   (a, b) = softmax(balance),   loss = sum of w times given numbers
"""

import numpy as np

import toy
from arrays import drawn, write

T = 0.3

random = np.random.default_rng(7)
keys = drawn(random, 5, toy.C)
asked = [sample for task in (1, 2, 3) for sample in toy.samples(task, 2)]
pull = drawn(random, len(asked), len(keys))
own = {"balance": np.array([0.75, -0.5])}


def weights():
    a, b = toy.softmax(own["balance"])
    scores = [[a * toy.cosine(s.u, k) + b * toy.cosine(s.v, k) for k in keys] for s in asked]
    return toy.softmax(np.array(scores) / T)


written = {"keys": keys, "pull": pull, "balance": own["balance"].copy(), "weights": weights()}
written["gradient"] = toy.gradients(lambda: (weights() * pull).sum(), own)["balance"]
write("karuta.selector.modality", "modality.txt", written)
