#!/usr/bin/env python3
"""Reads the predictions of runs on cards15: what was chosen and answered after the last stage, beside what is possible.

    releng/stream15/parts.py RESULTS

RESULTS is what `karuta run ... --out RESULTS` has left. Two tables in Markdown, in percent: by pair of tasks, and by part of
the overlapping tasks ("single": tasks without partner). "best" is the share of samples whose best card is that of the true
task, "either" that of it or its partner, "score" the share of right answers. The bounds are computed from the names of the
samples: of a shared sample nothing tells for which of two tasks it was drawn, and a contested one has another answer in
each. They hold on average over draws; in one run, the tasks of a pair may lie above them by chance.
"""
import collections
import json
import pathlib
import sys

SHARED = ("agreed", "contested")
PARTS = ("own", *SHARED)
NINE = "the other nine"


def part(prediction):
    last = prediction["id"].rsplit("-", 1)[1]
    return last if last in PARTS else "single"


def pair(prediction):
    return NINE if part(prediction) == "single" else prediction["task"].rsplit("-", 1)[0]


def everything(_):
    return "all"


def last_stage(folder):
    with (folder / "predictions.jsonl").open(encoding="utf-8") as lines:
        predictions = [json.loads(line) for line in lines]
    last = max(prediction["stage"] for prediction in predictions)
    return [prediction for prediction in predictions if prediction["stage"] == last]


def grouped(predictions, keys):
    groups = collections.defaultdict(list)
    for prediction in predictions:
        for key in keys:
            groups[key(prediction)].append(prediction)
    return groups


def percent(values):
    return f"{100 * sum(values) / len(values):.1f}" if values else "-"


def found(predictions):
    """Percent of samples whose best card is the true task's, or one of its pair, and of right answers."""
    chosen = [(p["selected"][-1].get("task"), p["task"], pair(p) + "-") for p in predictions if p["selected"]]
    best = [card == task for card, task, _ in chosen]
    either = [card == task or card.startswith(both) for card, task, both in chosen]
    return [percent(best), percent(either), percent([p["score"] for p in predictions])]


def possible(predictions):
    """What both can be at most, on average, where nobody tells the task."""
    parts = collections.Counter(map(part, predictions))
    shared = sum(parts[name] for name in SHARED) / len(predictions)
    return [f"{100 * (1 - shared / 2):.1f}", "100.0", f"{100 * (1 - parts['contested'] / len(predictions) / 2):.1f}"]


def row(cells):
    print("| " + " | ".join(cells) + " |")


def table(arms, groups, *keys):
    row(["arm", *(f"{group}: {what}" for group in groups for what in ("best", "either", "score"))])
    row(["---"] * (3 * len(groups) + 1))
    for arm, predictions in arms.items():
        mine = grouped(predictions, keys)
        row([arm, *(cell for group in groups for cell in found(mine[group]))])
    if pair in keys:
        mine = grouped(next(iter(arms.values())), keys)
        row(["*at most*", *(cell for group in groups for cell in possible(mine[group]))])
    print()


def main(results):
    arms = {
        folder.name.split(".", 1)[1]: last_stage(folder)
        for folder in sorted(pathlib.Path(results).iterdir())
        if (folder / "predictions.jsonl").exists()
    }
    table(arms, ("tally", "sign", "badge", NINE, "all"), pair, everything)
    table(arms, ("single", *PARTS), part)


if __name__ == "__main__":
    main(sys.argv[1])
