"""The two terms of DER++ and their derivatives, written from the paper's equation alone, in float64.

    python der.py            writes bundles/methods/karuta.baseline.der/test/fixtures/der.json

With z the logits now, h those that were stored, and S the k largest of each row of h (all of them for topK 0), n rows:

    logits = alpha / (n k) * sum over rows r and j in S_r of (z_rj - h_rj)^2
    lm     = beta / n * sum over rows r of (log sum over j of exp z_rj  -  z_r,label)

Needs nothing but Python. Every derivative is compared with central differences before anything is written.
"""

import json
import math
import pathlib
import random

OUT = pathlib.Path(__file__).parents[2] / "bundles/methods/karuta.baseline.der/test/fixtures/der.json"

# answer tokens of each example, vocabulary, topK, alpha, beta, scale of the logits
CASES = [
    ([1], 4, 0, 0.5, 0.0, 1),
    ([2, 3], 7, 0, 0.1, 0.5, 3),
    ([3, 1, 2], 11, 4, 0.3, 1.0, 3),
    ([2, 2], 9, 1, 0.2, 0.5, 10),
    ([1, 4], 6, 6, 0.5, 1.0, 2),
    ([2], 5, 0, 0.0, 0.7, 5),
]


def largest(row, k):
    order = sorted(range(len(row)), key=lambda j: -row[j])
    return order[: k or len(row)]


def squares(z, h, k, alpha):
    places = [(r, j) for r in range(len(h)) for j in largest(h[r], k)]
    value = alpha * sum((z[r][j] - h[r][j]) ** 2 for r, j in places) / len(places)
    gradient = [[0.0] * len(row) for row in z]
    for r, j in places:
        gradient[r][j] = alpha * 2 * (z[r][j] - h[r][j]) / len(places)
    return value, gradient


def cross_entropy(z, labels, beta):
    value, gradient = 0.0, []
    for row, label in zip(z, labels):
        top = max(row)
        total = sum(math.exp(x - top) for x in row)
        value += beta * (top + math.log(total) - row[label]) / len(z)
        gradient.append(
            [beta * (math.exp(x - top) / total - (j == label)) / len(z) for j, x in enumerate(row)]
        )
    return value, gradient


def check(function, z, gradient, step=1e-5):
    for r, row in enumerate(z):
        for j, x in enumerate(row):
            sides = []
            for moved in (x + step, x - step):
                row[j] = moved
                sides.append(function(z))
            row[j] = x
            slope = (sides[0] - sides[1]) / (2 * step)
            assert abs(slope - gradient[r][j]) < 1e-8, (r, j, slope, gradient[r][j])


def case(number, lengths, vocabulary, k, alpha, beta, scale):
    draw = random.Random(number)
    n = sum(lengths)
    logits = lambda: [[round(draw.gauss(0, scale), 4) for _ in range(vocabulary)] for _ in range(n)]
    z, h, labels = logits(), logits(), [draw.randrange(vocabulary) for _ in range(n)]
    error, error_gradient = squares(z, h, k, alpha)
    lm, lm_gradient = cross_entropy(z, labels, beta)
    check(lambda at: squares(at, h, k, alpha)[0], z, error_gradient)
    check(lambda at: cross_entropy(at, labels, beta)[0], z, lm_gradient)
    return {
        "lengths": lengths, "topK": k, "alpha": alpha, "beta": beta, "z": z, "h": h, "labels": labels,
        "logits": error, "logitsGradient": error_gradient, "lm": lm, "lmGradient": lm_gradient,
    }


if __name__ == "__main__":
    written = [case(number, *given) for number, given in enumerate(CASES)]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("[\n" + ",\n".join(json.dumps(one) for one in written) + "\n]\n")
