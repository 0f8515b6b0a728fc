"""DualPrompt on the toys of karuta.kit (Wang et al., ECCV 2022): three stages, prefixes of one layer shared, of another per task.

    training on task t:  prefixes G and E_t,  loss = lm - pull * mean over the batch of cos(u, key_t)
    E_t starts as E_(t-1) was left;  afterwards: G and the E_t of largest cos(u, key_t)
"""

import numpy as np

import toy
from arrays import write

GENERAL, EXPERT, PULL = 2, 3, 0.6  # lengths; G at layer 0, E at layer 1

random = np.random.default_rng(20222)


def uniform(*shape):
    return random.uniform(-1, 1, shape).astype(np.float32).astype(np.float64)


written = {}
general = {f"general.layer.0.{part}": uniform(GENERAL, toy.D) for part in ("keys", "values")}
experts = []


def prefixes(t):
    own = experts[t]
    return toy.Inserts(prefixes=[
        (0, general["general.layer.0.keys"], general["general.layer.0.values"]),
        (1, own[f"task{t + 1}.layer.1.keys"], own[f"task{t + 1}.layer.1.values"]),
    ])


def key(t):
    return experts[t][f"task{t + 1}.key.image"][0]


for stage in (1, 2, 3):
    name, task = f"stage{stage}", f"task{stage}"
    own = {f"{task}.key.image": uniform(1, toy.C)}
    for part in ("keys", "values"):
        last = experts[-1][f"task{stage - 1}.layer.1.{part}"].copy() if experts else uniform(EXPERT, toy.D)
        own[f"{task}.layer.1.{part}"] = last
    experts.append(own)
    given = own | general if stage == 1 else {f"{task}.key.image": own[f"{task}.key.image"]}
    written |= {f"{name}.start.{part}": value.copy() for part, value in given.items()}
    batch = toy.samples(stage, 4)

    def terms():
        return {
            "lm": toy.lm(batch, lambda sample: prefixes(stage - 1)),
            "pull": -PULL * np.mean([toy.cosine(sample.u, key(stage - 1)) for sample in batch]),
        }

    trained = general | own
    written |= toy.played(name, batch, terms, trained, lambda sample: prefixes(stage - 1))


def scores(sample):
    return np.array([toy.cosine(sample.u, key(t)) for t in range(3)])


def chosen(sample):
    found = scores(sample)
    assert np.diff(np.sort(found)).min() > 1e-4, "too close to call"
    return int(found.argmax())


asked = [sample for task in (1, 2, 3, 4) for sample in toy.samples(task, 2)]
written["answer.chosen"] = [[0, 1 + chosen(sample)] for sample in asked]  # the general card is the first
written["expert.scores"] = [scores(sample).max() for sample in asked]
written |= toy.answered(asked, lambda sample: prefixes(chosen(sample)))
write("karuta.method.dualprompt", "dualprompt.txt", written)
