"""Captions as pycocoevalcap scores them once they are tokens.

    pip install pycocoevalcap==1.2 numpy==2.4.6
    python captions.py       writes bundles/benchmarks/karuta.bench.score/test/fixtures/caption.split.tsv

BLEU, ROUGE-L and CIDEr are the package's own, on tokens between single spaces; its tokeniser is left out.
"""

import statistics

from pycocoevalcap.bleu.bleu import Bleu
from pycocoevalcap.cider.cider import Cider
from pycocoevalcap.rouge.rouge import Rouge

from answers import NASTY
from rules import Case, write

REFERENCES = [
    ["a cat sits on the mat", "the cat is on a mat", "one cat", "a grey cat sleeps on a mat .", "cat"],
    ["the quick brown fox jumps over the lazy dog", "a fox jumps"],
    ["a b c a b c a b c", "c b a", "a a a a"],
    ["a man rides a horse", "a person on a horse", "man and horse", "a man is riding", "horse riding in the sun"],
    ["no", ""],
]
MORE = [
    "a cat sits on the mat", "the cat the cat the cat the cat", "a b c", "a a a a a a", "a man rides a horse", "horse a rides man a",
    "A Man rides a horse .", "a man on a horse in the sun and a cat on a mat and a fox over a dog", "the lazy dog", "on the mat",
]  # fmt: skip



def split_captions():
    cases = [Case(a, *REFERENCES[(i + k) % 5]) for k in (0, 2) for i, a in enumerate(NASTY[:60:2] + MORE + NASTY[-30:])]
    spaced = lambda text: " ".join(text.split())
    said = {i: [spaced(c.answer)] for i, c in enumerate(cases)}
    expected = {i: [spaced(r) for r in c.references] for i, c in enumerate(cases)}
    bleu, bleus = Bleu(4).compute_score(expected, said, verbose=0)
    rouge, rouges = Rouge().compute_score(expected, said)
    cider, ciders = Cider().compute_score(expected, said)
    each = [statistics.fmean([*(b[i] for b in bleus), float(rouges[i]), float(ciders[i])]) for i in range(len(cases))]
    figures = {f"BLEU-{n + 1}": bleu[n] for n in range(4)} | {"ROUGE-L": float(rouge), "CIDEr": float(cider)}
    write("caption.split", cases, each, statistics.fmean(figures.values()), figures)


def cvit():
    cases = [Case(a, *REFERENCES[(i + k) % 5]) for k in (0, 2) for i, a in enumerate(NASTY[:60:2] + MORE + NASTY[-30:])]
    texts = range(len(cases))
    said = {i: [cases[i].answer] for i in texts}
    value, values = Cider().compute_score({i: list(cases[i].references) for i in texts}, said)
    write("cider.textcaps", cases, [float(v) for v in values], float(value))

    def nearest(case):
        alone = {i: [reference] for i, reference in enumerate(case.references)}
        _, scores = Cider().compute_score(alone, {i: [case.answer] for i in alone})
        return case.references[int(scores.argmax())]

    value, values = Cider().compute_score(said, {i: [nearest(cases[i])] for i in texts})
    write("cider.cvit", cases, [float(v) for v in values], float(value))


if __name__ == "__main__":
    split_captions()
    cvit()
