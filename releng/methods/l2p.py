"""L2P on the toys of karuta.kit (Wang et al., CVPR 2022): two stages that train the same prompts and keys.

    x_p = [P_s1; ...; P_sK; x] for the K keys of largest cos(u, key), the largest first
    loss = lm - pull * mean over the batch of the sum over the K of cos(u, key)
"""

import numpy as np

import toy
from arrays import write

SIZE, LENGTH, K, PULL = 4, 2, 2, 0.3

random = np.random.default_rng(20221)
own = {
    "prompts": random.uniform(-1, 1, (SIZE, LENGTH, toy.D)).astype(np.float32).astype(np.float64),
    "keys": random.uniform(-1, 1, (SIZE, toy.C)).astype(np.float32).astype(np.float64),
}
written = {f"stage1.start.{key}": value.copy() for key, value in own.items()}


def scores(sample):
    return np.array([toy.cosine(sample.u, key) for key in own["keys"]])


def chosen(sample):
    order = np.argsort(-scores(sample))
    assert -np.diff(scores(sample)[order]).max() > 1e-4, "too close to call"
    return list(order[:K])


def prompted(sample):
    return toy.Inserts(tokens=[own["prompts"][i] for i in chosen(sample)])


for stage in (1, 2):
    name = f"stage{stage}"
    batch = toy.samples(stage, 4)

    def terms():
        pulls = [scores(sample)[chosen(sample)].sum() for sample in batch]
        return {"lm": toy.lm(batch, prompted), "pull": -PULL * np.mean(pulls)}

    written[f"{name}.chosen"] = [chosen(sample) for sample in batch]
    written |= toy.played(name, batch, terms, own, prompted)

asked = [sample for task in (1, 2, 3) for sample in toy.samples(task, 2)]
written["answer.chosen"] = [chosen(sample) for sample in asked]
written["answer.scores"] = [scores(sample)[chosen(sample)] for sample in asked]
written |= toy.answered(asked, prompted)
write("karuta.method.l2p", "l2p.txt", written)
