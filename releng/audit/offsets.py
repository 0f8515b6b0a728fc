"""How far the numbers of a table are off: the same question as karuta.audit's, asked of another solver.

    pip install scipy==1.17.1
    python offsets.py        writes bundles/core/karuta.audit/test/fixtures/offsets.json
"""

import json
import pathlib
import random

import numpy
from scipy.optimize import linprog

OUT = pathlib.Path(__file__).parents[2] / "bundles/core/karuta.audit/test/fixtures/offsets.json"
IDS = ["last/gem", "mft", "maa", "acc_A", "average/mtil", "bwt/gem", "bwt/coin", "bwt/diaz", "bwt/libcontinual",
       "fm/chaudhry", "fm/max-incl"]


def weights(name, tasks):
    """The weights of scores (stage, task) and of peaks ("peak", task, last stage)."""
    sums = {}

    def add(key, weight):
        sums[key] = sums.get(key, 0) + weight

    stages = range(1, tasks + 1)
    if name == "last/gem":
        for task in stages:
            add((tasks, task), 1 / tasks)
    elif name == "mft":
        for task in stages:
            add((task, task), 1 / tasks)
    elif name == "maa":
        for stage in stages:
            for task in range(1, stage + 1):
                add((stage, task), 1 / tasks / stage)
    elif name == "acc_A":
        for stage in stages:
            for task in range(1, stage + 1):
                add((stage, task), 2 / tasks / (tasks + 1))
    elif name == "average/mtil":
        for stage in stages:
            for task in stages:
                add((stage, task), 1 / tasks ** 2)
    elif name in ("bwt/gem", "bwt/coin"):
        count = tasks - 1 if name == "bwt/gem" else tasks
        for task in range(1, tasks):
            add((tasks, task), 1 / count)
            add((task, task), -1 / count)
    elif name in ("bwt/diaz", "bwt/libcontinual"):
        gap = 1 if name == "bwt/diaz" else 2
        for stage in range(1 + gap, tasks + 1):
            for task in range(1, stage - gap + 1):
                add((stage, task), 2 / tasks / (tasks - 1))
                add((task, task), -2 / tasks / (tasks - 1))
    else:
        last = tasks - 1 if name == "fm/chaudhry" else tasks
        for task in range(1, tasks):
            add((task, task) if last <= task else ("peak", task, last), 1 / (tasks - 1))
            add((tasks, task), -1 / (tasks - 1))
    return sums


def figure(name, scores, tasks):
    total = 0
    for key, weight in weights(name, tasks).items():
        if key[0] == "peak":
            total += weight * max(scores[stage, key[1]] for stage in range(key[1], key[2] + 1))
        else:
            total += weight * scores[key]
    return total


def offset(tasks, printed):
    """printed: (weights, value, unit of its last digit)."""
    keys = [(stage, task) for stage in range(1, tasks + 1) for task in range(1, tasks + 1)]
    keys += sorted({key for sums, _, _ in printed for key in sums if key[0] == "peak"})
    at = {key: i + 1 for i, key in enumerate(keys)}
    rows, bounds = [], []

    def at_most(sums, off, bound):
        row = numpy.zeros(len(keys) + 1)
        row[0] = off
        for key, weight in sums.items():
            row[at[key]] = weight
        rows.append(row)
        bounds.append(bound)

    cells = {}
    for sums, value, unit in printed:
        at_most(sums, -unit, value)
        at_most({key: -weight for key, weight in sums.items()}, -unit, -value)
        if list(sums.values()) == [1]:
            cells[next(iter(sums))] = (value, unit)
    for key in keys:
        if key[0] == "peak":
            below = [(stage, key[1]) for stage in range(key[1], key[2] + 1)]
            for cell in below:
                at_most({cell: 1, key: -1}, 0, 0)
            if all(cell in cells for cell in below):
                at_most({key: 1}, -max(cells[cell][1] for cell in below), max(cells[cell][0] for cell in below))
    objective = numpy.zeros(len(keys) + 1)
    objective[0] = 1
    solved = linprog(objective, A_ub=numpy.array(rows), b_ub=bounds, bounds=[(0, None)] + [(0, 100)] * len(keys))
    assert solved.status == 0, solved
    return solved.fun


def case(draw):
    tasks = draw.randint(2, 6)
    decimals = draw.randint(1, 2)
    unit = 10 ** -decimals
    now = [draw.uniform(0, 30) for _ in range(tasks)]
    scores = {}
    for stage in range(1, tasks + 1):
        now = [draw.uniform(40, 100) if task + 1 == stage else min(100, max(0, score + draw.uniform(-13, 7)))
               for task, score in enumerate(now)]
        scores.update({(stage, task + 1): score for task, score in enumerate(now)})
    ids = [name for name in IDS if draw.random() < 0.35]
    lines = [["method", "after"] + ["Task%d" % task for task in range(1, tasks + 1)] + ids]
    printed = []

    def cell(sums, value, spoiled):
        text = "%.*f" % (decimals, value + (draw.randint(-2, 2) if spoiled else 0))
        printed.append((sums, float(text), unit))
        return text

    for stage in range(1, tasks + 1):
        line = ["m", str(stage)]
        for task in range(1, tasks + 1):
            shown = task <= stage and draw.random() < 0.7
            inside = 2 < scores[stage, task] < 98
            line.append(cell({(stage, task): 1}, scores[stage, task], inside and draw.random() < 0.05) if shown else "")
        for name in ids:
            value = figure(name, scores, tasks)
            line.append(cell(weights(name, tasks), value, draw.random() < 0.2) if stage == tasks else "")
        lines.append(line)
    table = "\n".join(",".join(line) for line in lines)
    return {"table": table, "off": offset(tasks, printed)} if printed else None


if __name__ == "__main__":
    draws = random.Random(11)
    cases = [made for made in (case(draws) for _ in range(80)) if made]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(cases, indent=0) + "\n")
    print(len(cases), "tables;", sum(each["off"] <= 0.5 for each in cases), "can have been rounded")
