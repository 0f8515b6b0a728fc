"""ModalPrompt on the toys of karuta.kit: stages and what is said after them, from the paper's equations.

    s_t = lambda cos(u, p_t) + (1 - lambda) cos(v, p_t),   p_t = mean over the rows of h_t(P_t)
    loss = lm + a (1 - mean cos(u, p_T)) + b (1 - mean cos(v, p_T))

Played twice: with options other than the paper's wherever two of them could be mistaken for each other (a fixture), and with
those of the paper (the golden values that `karuta check STUDY` compares arms with).
"""

import numpy as np

import toy
from arrays import drawn, write


class Played:
    """A run.

    lam: share of the image; a, b: weights of the alignment with image and text; factor: on the transform's rate.
    """

    def __init__(self, seed, m, k, lam, a, b, factor):
        self.random = np.random.default_rng(seed)
        self.m, self.k, self.lam, self.a, self.b, self.factor = m, k, lam, a, b, factor
        self.written = {}
        self.earlier = []  # (P, p)

    def scores(self, sample, share):
        return np.array([share * toy.cosine(sample.u, p) + (1 - share) * toy.cosine(sample.v, p) for _, p in self.earlier])

    def best(self, sample, k, share=None):
        """Places of the k best, the best one last."""
        found = self.scores(sample, self.lam if share is None else share)
        order = np.argsort(found)
        assert len(found) < 2 or np.diff(found[order]).min() > 1e-4, "too close to call"
        return list(order[max(0, len(order) - k) :])

    def prompted(self, sample, k, last):
        return toy.Inserts(tokens=[self.earlier[t][0] for t in self.best(sample, k)] + last)

    def stage(self, stage):
        name, random, k = f"stage{stage}", self.random, self.k
        batch = toy.samples(stage, 4)
        own = {"prompt": toy.EMBEDDINGS[random.integers(toy.VOCABULARY, size=self.m)].copy()}
        for key, shape in (("0.weight", (toy.D, toy.D)), ("0.bias", (toy.D,)), ("2.weight", (toy.C, toy.D)), ("2.bias", (toy.C,))):
            own[f"transform.{key}"] = drawn(random, *shape) / 4
        self.written |= {f"{name}.start.{key}": value.copy() for key, value in own.items()}

        def terms():
            p = transformed(own, own["prompt"])
            return {
                "lm": toy.lm(batch, lambda sample: self.prompted(sample, k - 1, [own["prompt"]])),
                "align.image": self.a * (1 - np.mean([toy.cosine(sample.u, p) for sample in batch])),
                "align.text": self.b * (1 - np.mean([toy.cosine(sample.v, p) for sample in batch])),
            }

        if self.earlier:
            chosen = [self.best(sample, k - 1) + [stage - 1] for sample in batch]
            self.written[f"{name}.chosen"] = chosen
        factors = {key: self.factor for key in own if key != "prompt"}
        self.written |= toy.played(name, batch, terms, own, lambda sample: self.prompted(sample, k - 1, [own["prompt"]]), factors)
        self.earlier.append((own["prompt"], transformed(own, own["prompt"])))
        self.written[f"{name}.key"] = self.earlier[-1][1][None]

    def choices(self, name, asked, share):
        chosen = [self.best(sample, self.k, share) for sample in asked]
        self.written[f"{name}.chosen"] = chosen
        self.written[f"{name}.scores"] = [self.scores(sample, share)[places] for sample, places in zip(asked, chosen)]

    def answered(self, asked):
        self.written |= toy.answered(asked, lambda sample: self.prompted(sample, self.k, []))


def transformed(h, prompt):
    hidden = toy.silu(prompt @ h["transform.0.weight"].T + h["transform.0.bias"])
    return (hidden @ h["transform.2.weight"].T + h["transform.2.bias"]).mean(axis=0)


def asked(tasks):
    return [sample for task in range(1, tasks + 1) for sample in toy.samples(task, 2)]


run = Played(20261127, m=3, k=2, lam=0.3, a=0.7, b=1.3, factor=0.5)
for number in (1, 2, 3):
    run.stage(number)
# nobody says the task: three that were learned, and one that was not
for selector, share in (("answer", run.lam), ("image", 1), ("text", 0)):
    run.choices(selector, asked(4), share)
run.answered(asked(4))
write("karuta.it", "modalprompt.txt", run.written)

run = Played(5, m=10, k=3, lam=0.5, a=1, b=1, factor=1)
for number in (1, 2, 3, 4):
    run.stage(number)
run.choices("answer", asked(5), run.lam)
run.answered(asked(5))
golden = {name: numbers for name, numbers in run.written.items() if not name.endswith(".put")}
write("karuta.fidelity", "golden.txt", golden, "src/karuta/fidelity")
