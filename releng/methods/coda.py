"""CODA-Prompt on the toys of karuta.kit (Smith et al., CVPR 2023): two stages of two components in each of two layers.

    alpha_m = cos(u * A_m, K_m),   prompt of a layer = sum over m of alpha_m P_m,   first half keys, second half values
    loss = lm + mu * sum over layers of o(P) + o(K) + o(A),   o(M) = mean((M M^T - I)^2)
"""

import numpy as np

import toy
from arrays import drawn, write

COMPONENTS, LENGTH, MU = 2, 4, 0.1

random = np.random.default_rng(2023)
written = {}
every = {}  # all arrays, by their names in Java
ids = {layer: [] for layer in range(toy.LAYERS)}


def stacked(layer, part):
    return np.array([every[f"{i}.{part}"].ravel() for i in ids[layer]])


def weights(sample, layer):
    attended = sample.u * stacked(layer, "key.attention")
    return np.array([toy.cosine(a, k) for a, k in zip(attended, stacked(layer, "key.image"))])


def prompted(sample):
    prefixes = []
    for layer in ids:
        parts = [
            (weights(sample, layer) @ stacked(layer, f"layer.{layer}.{part}")).reshape(LENGTH // 2, toy.D)
            for part in ("keys", "values")
        ]
        prefixes.append((layer, *parts))
    return toy.Inserts(prefixes=prefixes)


def overlap(m):
    return np.mean((m @ m.T - np.eye(len(m))) ** 2)


def penalty():
    return sum(
        overlap(np.hstack([stacked(layer, f"layer.{layer}.keys"), stacked(layer, f"layer.{layer}.values")]))
        + overlap(stacked(layer, "key.image")) + overlap(stacked(layer, "key.attention"))
        for layer in ids
    )


for stage in (1, 2):
    name = f"stage{stage}"
    own = {}
    for layer in ids:
        for i in range(COMPONENTS):
            card = f"{len(ids[layer]) + 1}@{layer}"
            ids[layer].append(card)
            own[f"{card}.key.attention"] = drawn(random, 1, toy.C)
            own[f"{card}.key.image"] = drawn(random, 1, toy.C)
            for part in ("keys", "values"):
                own[f"{card}.layer.{layer}.{part}"] = drawn(random, LENGTH // 2, toy.D) / 4
    written |= {f"{name}.start.{part}": value.copy() for part, value in own.items()}
    every |= own
    batch = toy.samples(stage, 4)

    def terms():
        return {"lm": toy.lm(batch, prompted), "orthogonality": MU * penalty()}

    written |= toy.played(name, batch, terms, own, prompted)

asked = [sample for task in (1, 2, 3) for sample in toy.samples(task, 2)]
# the order of the cards: those of a stage layer by layer
places = [(layer, stage * COMPONENTS + i) for stage in range(2) for layer in ids for i in range(COMPONENTS)]
written["answer.weights"] = [[weights(sample, layer)[i] for layer, i in places] for sample in asked]
written |= toy.answered(asked, prompted)
write("karuta.method.coda", "coda.txt", written)
