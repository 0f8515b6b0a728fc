"""What SciPy, statsmodels and scikit-posthocs say of made-up figures; karuta.metrics' tests compare to 1e-9.

A line is a kind, the figures (rows by ';'), and what is expected, each part behind a '|'.

    python fixtures.py ../../bundles/core/karuta.metrics/test/fixtures/statistics.txt
"""

import sys
import warnings

import numpy as np
import pandas as pd
import scikit_posthocs as posthocs
import statsmodels.api as sm
from scipy import stats
from statsmodels.formula.api import ols
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

warnings.simplefilter("ignore")
random = np.random.default_rng(20260101)
lines = []


def text(numbers):
    return " ".join(repr(float(x)) for x in numbers)


def line(kind, figures, *expected):
    figures = np.asarray(figures, dtype=float)
    rows = figures.reshape(-1, figures.shape[-1]) if figures.ndim > 1 else [figures]
    lines.append(" | ".join([kind, "; ".join(text(row) for row in rows), text(expected)]))


def differences():
    for n in (2, 3, 4, 5, 8, 12, 20, 50, 51, 80):
        yield np.round(random.normal(0.02, 0.05, n), 6)
    yield np.array([0.1, 0.0, 0.2, -0.3, 0.0, 0.4, 0.5])  # zeros, which are dropped
    for n in (4, 6, 9, 13):
        yield random.integers(-3, 5, n) / 100  # ties, and zeros
    yield random.integers(-9, 12, 70) / 100


for d in differences():
    t = stats.ttest_1samp(d, 0)
    line("t", d, t.statistic, t.pvalue)
    moved = d[d != 0]
    ties = len(np.unique(np.abs(moved))) < len(moved)
    if len(moved) > 50:
        method = "asymptotic"
    else:
        method = stats.PermutationMethod(n_resamples=np.inf) if ties else "exact"
    w = stats.wilcoxon(moved, method=method, correction=False, zero_method="wilcox")
    line("wilcoxon", d, min(w.statistic, len(moved) * (len(moved) + 1) / 2 - w.statistic), w.pvalue)
    half = stats.t.ppf(0.975, len(d) - 1) * np.std(d, ddof=1) / np.sqrt(len(d))
    line("margin", d, np.mean(d), np.std(d, ddof=1), half)

for b, c in ((0, 1), (5, 5), (3, 12), (40, 61), (0, 9), (150, 210), (1, 0)):
    table = [[10, b], [c, 10]]
    line("mcnemar", [b, c], mcnemar(table, exact=True).pvalue, *[
        getattr(mcnemar(table, exact=False, correction=True), name) for name in ("statistic", "pvalue")])

for n, seeds in ((30, 1), (60, 3), (200, 5)):
    d = random.integers(-seeds, seeds + 1, n) if seeds > 1 else random.choice([-1, 0, 1], n, p=[0.2, 0.5, 0.3])
    statistic = d.sum() ** 2 / (d**2).sum()
    line("clustered", d, statistic, stats.chi2.sf(statistic, 1))
    if seeds == 1:
        plain = mcnemar([[0, (d > 0).sum()], [(d < 0).sum(), 0]], exact=False, correction=False)
        assert abs(plain.statistic - statistic) < 1e-12

for ps in ([0.04], [0.01, 0.04, 0.03], [0.2, 0.001, 0.001, 0.9, 0.0124], random.uniform(0, 0.2, 12)):
    line("holm", ps, *multipletests(ps, method="holm")[1])

for k in (2, 3, 5, 10, 20, 50):
    line("range", [0.95, k], stats.studentized_range.ppf(0.95, k, np.inf))


def ranks(scores):
    return np.array([stats.rankdata(-row) for row in scores])


for n, k, digits in ((5, 3, 6), (8, 4, 6), (15, 6, 6), (6, 3, 1), (20, 2, 6)):
    scores = np.round(random.uniform(0, 1, (n, k)) + np.linspace(0, 0.4, k), digits)
    r = ranks(scores)
    chi = (k - 1) * n**2 * ((r.mean(0) - (k + 1) / 2) ** 2).sum() / ((r - (k + 1) / 2) ** 2).sum()
    if k > 2:
        friedman = stats.friedmanchisquare(*scores.T)
        assert abs(friedman.statistic - chi) < 1e-9
    f = (n - 1) * chi / (n * (k - 1) - chi)
    cd = stats.studentized_range.ppf(0.95, k, np.inf) / np.sqrt(2) * np.sqrt(k * (k + 1) / (6 * n))
    line("friedman", scores, chi, stats.chi2.sf(chi, k - 1), f, stats.f.sf(f, k - 1, (k - 1) * (n - 1)), cd, *r.mean(0))
    line("nemenyi", scores, *posthocs.posthoc_nemenyi_friedman(-scores).to_numpy()[0, 1:])


def mean_squares(y):
    """By statsmodels' analysis of variance."""
    arms, orders, seeds = y.shape
    cells = [(a, o, y[a, o, s]) for a in range(arms) for o in range(orders) for s in range(seeds)]
    frame = pd.DataFrame(cells, columns=["arm", "order", "y"])
    model = "y ~ C(arm) * C(order)" if seeds > 1 else "y ~ C(arm) + C(order)"
    anova = sm.stats.anova_lm(ols(model, frame).fit())
    ms = anova["mean_sq"]
    residual = ms["Residual"]
    return ms["C(arm)"], ms["C(order)"], ms.get("C(arm):C(order)", residual), residual


for arms, orders, seeds, both in ((3, 4, 1, 0.3), (2, 5, 3, 0.3), (4, 3, 2, 0.0), (5, 6, 4, 1.0)):
    y = (
        random.normal(0, 1, (arms, 1, 1)) + random.normal(0, 0.5, (1, orders, 1))
        + random.normal(0, 1, (arms, orders, 1)) * both + random.normal(0, 0.2, (arms, orders, seeds))
    )
    y = np.round(y, 6)
    a, o, ao, e = mean_squares(y)
    arm = max(0, a - ao) / (orders * seeds)
    order = max(0, o - ao) / (arms * seeds)
    inter = ao if seeds == 1 else max(0, ao - e) / seeds
    seed = 0 if seeds == 1 else e
    line(f"components {arms} {orders} {seeds}", y, arm, order, inter, seed, inter / (arm + inter + seed))

MASK = 2**64 - 1


def bits(i):
    z = (i + 1) * 0x9E3779B97F4A7C15 & MASK
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


for rows, columns in ((1, 5), (4, 1), (3, 5)):
    grid = np.round(random.uniform(0.2, 0.9, (rows, columns)), 4)
    means = []
    for draw in range(10000):
        drawn = [bits(draw * (rows + columns) + i) >> 32 for i in range(rows + columns)]
        r = [x * rows >> 32 for x in drawn[:rows]]
        c = [x * columns >> 32 for x in drawn[rows:]]
        means.append(grid[np.ix_(r, c)].mean())
    low, high = np.quantile(means, [0.025, 0.975])
    line("bootstrap", grid, low, high)
    if rows == 1 or columns == 1:
        peer = stats.bootstrap((grid.ravel(),), np.mean, n_resamples=100000, method="percentile", rng=1)
        width = peer.confidence_interval.high - peer.confidence_interval.low
        assert abs(peer.confidence_interval.low - low) < 0.05 * width, (peer, low)
        assert abs(peer.confidence_interval.high - high) < 0.05 * width, (peer, high)

with open(sys.argv[1], "w") as file:
    file.write("\n".join(lines) + "\n")
print(len(lines), "lines")
