"""All definitions of karuta.metrics.Metric once more, as their sources write them, on made-up matrices.

    python metrics.py ../../bundles/core/karuta.metrics/test/fixtures/metrics.txt

Notation: R is (T+1) x T, row 0 before training. A line: rows of R by ';', then joint, independent and untrained scores, then id=value.
"""

import sys

import numpy as np


def definitions(R, joint, single, untrained):
    T = R.shape[1]
    A = R[1:]  # A[i, j]: after task i+1
    last, diagonal = A[-1], np.diag(A)
    lower = [[A[i, j] for j in range(i + 1)] for i in range(T)]
    values = {"last/gem": last.mean(), "last/mtil": last.mean(), "mft": diagonal.mean(), "average/mtil": A.mean()}
    values["maa"] = np.mean([np.mean(row) for row in lower])
    values["acc_A"] = np.concatenate(lower).mean()  # continuum accuracy_A: the mean of the cells
    values["fr"] = np.mean((last - untrained) / (joint - untrained)) - 1
    if T > 1:
        drops = (last - diagonal)[:-1]
        values["bwt/gem"] = drops.mean()
        values["fm/first-last"] = -drops.mean()
        values["bwt/coin"] = (last - diagonal).mean()
        values["fm/libcontinual"] = -drops[:-1].sum() / (T - 1)
        below = [A[i, j] - A[j, j] for i in range(1, T) for j in range(i)]
        values["bwt/diaz"] = np.mean(below)
        values["rem"] = 1 - abs(min(values["bwt/diaz"], 0))
        values["bwt+"] = max(values["bwt/diaz"], 0)
        values["bwt/libcontinual"] = sum(A[i, j] - A[j, j] for i in range(2, T) for j in range(i - 1)) / (T * (T - 1) / 2)
        seen = np.tril(A)  # mammoth: zeros above the diagonal
        values["fm/max-incl"] = (seen.max(axis=0) - last)[:-1].mean()
        values["fm/chaudhry"] = np.mean([A[j : T - 1, j].max() - last[j] for j in range(T - 1)])
        before = np.array([A[j - 1, j] for j in range(1, T)])
        values["fwt/continuum"] = before.mean()
        values["fwt/zs"] = (before - R[0, 1:]).mean()
        values["fwt/gem"] = (before - untrained[1:]).mean()
        values["fwt/independent"] = (diagonal - single)[1:].mean()
        values["transfer/mtil"] = np.mean([A[:j, j].mean() for j in range(1, T)])
    return values


random = np.random.default_rng(7)
lines = []
for T in (1, 2, 3, 5, 8, 8):
    R = np.round(random.uniform(0, 1, (T + 1, T)), 4)
    references = np.round(random.uniform(0, 1, (3, T)), 4)
    rows = "; ".join(" ".join(map(repr, row.tolist())) for row in R)
    given = " | ".join(" ".join(map(repr, row.tolist())) for row in references)
    values = " ".join(f"{name}={float(value)!r}" for name, value in definitions(R, *references).items())
    lines.append(f"{rows} | {given} | {values}")
with open(sys.argv[1], "w") as file:
    file.write("\n".join(lines) + "\n")
print(len(lines), "matrices")
