"""ModalPrompt on the toys of karuta.kit: three stages and what is said after them, from METHOD.md's equations.

    s_t = lambda cos(u, p_t) + (1 - lambda) cos(v, p_t),   p_t = mean over the rows of h_t(P_t)
    loss = lm + a (1 - mean cos(u, p_T)) + b (1 - mean cos(v, p_T))

Options other than the paper's wherever two of them could be mistaken for each other.
"""

import numpy as np

import toy
from arrays import drawn, write

M, K, LAMBDA, A, B, TRANSFORM_RATE = 3, 2, 0.3, 0.7, 1.3, 0.5

random = np.random.default_rng(20261127)
written = {}
earlier = []  # (P, p)


def transformed(h, prompt):
    hidden = toy.silu(prompt @ h["transform.0.weight"].T + h["transform.0.bias"])
    return (hidden @ h["transform.2.weight"].T + h["transform.2.bias"]).mean(axis=0)


def scores(sample, share):
    return np.array([share * toy.cosine(sample.u, p) + (1 - share) * toy.cosine(sample.v, p) for _, p in earlier])


def best(sample, k, share=LAMBDA):
    """Places of the k best, the best one last."""
    found = scores(sample, share)
    order = np.argsort(found)
    assert len(found) < 2 or np.diff(found[order]).min() > 1e-4, "too close to call"
    return list(order[max(0, len(order) - k) :])


def prompted(sample, k, last):
    return toy.Inserts(tokens=[earlier[t][0] for t in best(sample, k)] + last)


for stage in (1, 2, 3):
    name = f"stage{stage}"
    batch = toy.samples(stage, 4)
    own = {"prompt": toy.EMBEDDINGS[random.integers(toy.VOCABULARY, size=M)].copy()}
    for key, shape in (("0.weight", (toy.D, toy.D)), ("0.bias", (toy.D,)), ("2.weight", (toy.C, toy.D)), ("2.bias", (toy.C,))):
        own[f"transform.{key}"] = drawn(random, *shape) / 4
    written |= {f"{name}.start.{key}": value.copy() for key, value in own.items()}

    def terms():
        p = transformed(own, own["prompt"])
        return {
            "lm": toy.lm(batch, lambda sample: prompted(sample, K - 1, [own["prompt"]])),
            "align.image": A * (1 - np.mean([toy.cosine(sample.u, p) for sample in batch])),
            "align.text": B * (1 - np.mean([toy.cosine(sample.v, p) for sample in batch])),
        }

    if earlier:
        written[f"{name}.chosen"] = [best(sample, K - 1) + [stage - 1] for sample in batch]
    factors = {key: TRANSFORM_RATE for key in own if key != "prompt"}
    written |= toy.played(name, batch, terms, own, lambda sample: prompted(sample, K - 1, [own["prompt"]]), factors)
    earlier.append((own["prompt"], transformed(own, own["prompt"])))
    written[f"{name}.key"] = earlier[-1][1][None]

# nobody says the task: three that were learned, and one that was not
asked = [sample for task in (1, 2, 3, 4) for sample in toy.samples(task, 2)]
for selector, share in (("answer", LAMBDA), ("image", 1), ("text", 0)):
    chosen = [best(sample, K, share) for sample in asked]
    written[f"{selector}.chosen"] = chosen
    written[f"{selector}.scores"] = [scores(sample, share)[places] for sample, places in zip(asked, chosen)]
written |= toy.answered(asked, lambda sample: prompted(sample, K, []))
write("karuta.it", "modalprompt.txt", written)
