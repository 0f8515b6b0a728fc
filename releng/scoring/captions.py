"""Captions as pycocoevalcap scores them.

    pip install pycocoevalcap==1.2 numpy==2.4.6
    python captions.py       writes test/fixtures/{caption,cider}.*.tsv of bundles/benchmarks/karuta.bench.score

All figures are the package's own; its tokeniser and its METEOR need `java` on the path.
"""

import re
import statistics

from pycocoevalcap.bleu.bleu import Bleu
from pycocoevalcap.cider.cider import Cider
from pycocoevalcap.meteor.meteor import Meteor
from pycocoevalcap.rouge.rouge import Rouge
from pycocoevalcap.tokenizer.ptbtokenizer import PTBTokenizer

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



def score(rule, cases, said, expected, meteor=False):
    bleu, bleus = Bleu(4).compute_score(expected, said, verbose=0)
    rouge, rouges = Rouge().compute_score(expected, said)
    cider, ciders = Cider().compute_score(expected, said)
    figures = {f"BLEU-{n + 1}": bleu[n] for n in range(4)} | {"ROUGE-L": float(rouge), "CIDEr": float(cider)}
    each = [[*(b[i] for b in bleus), float(rouges[i]), float(ciders[i])] for i in range(len(cases))]
    if meteor:
        figures["METEOR"], meteors = Meteor().compute_score(expected, said)
        each = [[*values, meteors[i]] for i, values in enumerate(each)]
    write(rule, cases, [statistics.fmean(values) for values in each], statistics.fmean(figures.values()), figures)


def split_captions():
    cases = [Case(a, *REFERENCES[(i + k) % 5]) for k in (0, 2) for i, a in enumerate(NASTY[:60:2] + MORE + NASTY[-30:])]
    spaced = lambda text: " ".join(text.split())
    said = {i: [spaced(c.answer)] for i, c in enumerate(cases)}
    expected = {i: [spaced(r) for r in c.references] for i, c in enumerate(cases)}
    score("caption.split", cases, said, expected)


HARD = [
    "It is (B), said Mr. Smith.", "The answer is B.", "Next line: a cat", "The answer is B.", "don't you've can't cannot gonna", "\"No,\" he said", "`a' ``b\'\'",
    "2 1/2 cups of 1,000 people at 10:30 a.m.", "U.S.A. vs. U.S.", "a--b - c -- d ... e", "http://www.x.com/a?b=c me@x.org", "$3.50 and 5%", "(a) [b] {c} <d>",
    "caf\u00e9 na\u00efve \u732b \U0001f600", "the dog's dogs' dog", "a|||b ||| c", "a  b   c", "A MAN RIDES A HORSE!", "one\u00a0two", "a man is riding a horse",
    "horses are ridden by men", "", "the person rode his horse , quickly",
]  # fmt: skip
SHIFTING = ["a cat\rsits on the mat", "the cat is on a mat", "a\u2028b", "a\x0bcat\x0con\u0085a\u2029mat", "cat"]


def with_programs():
    answers = NASTY[:60:3] + MORE + HARD + NASTY[-10:] + SHIFTING
    cases = [Case(a, *REFERENCES[i % 5], HARD[i * 7 % len(HARD)]) for i, a in enumerate(answers)]

    def tokens(text=lambda text: text):
        tokenise = lambda captions: PTBTokenizer().tokenize({i: [{"caption": text(c)} for c in cs] for i, cs in captions.items()})
        return tokenise({i: [c.answer] for i, c in enumerate(cases)}), tokenise({i: c.references for i, c in enumerate(cases)})

    score("caption.ucit", cases, *tokens(), meteor=True)
    score("caption.six", cases, *tokens(lambda text: re.sub("[\n\r\x0b\x0c\x85\u2028\u2029]", " ", text)))


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
    with_programs()
    cvit()
