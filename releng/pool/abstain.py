#!/usr/bin/env python3
"""How often `karuta ask --abstain` would err, by the predictions of a finished run.

    releng/pool/abstain.py RUN...

RUN is the folder of a run whose selector gives scores and takes at least two cards. The even test samples of each task are taken
for its validation samples, the odd ones are asked. "own refused": asked with all cards. "foreign accepted": each task in turn is
taken out of the pool and its questions are asked; what another card would answer is a false accept. The scores of cards do not
depend on which others are there, so that leaving a card out of the choice is leaving it out of the pool. Shares in percent, means
over tasks; "worst" is the task with the most.
"""
import collections
import json
import pathlib
import sys

SHARES = (0.01, 0.05, 0.10)


def read(folder):
    """Test samples by task, each with the scores of the cards that were taken for it, after the last stage."""
    run = json.loads((folder / "run.json").read_text())
    samples = collections.defaultdict(list)
    with open(folder / "predictions.jsonl") as lines:
        for line in lines:
            prediction = json.loads(line)
            if prediction["stage"] == len(run["stages"]):
                samples[prediction["task"]].append(
                    {card["task"]: card["score"] for card in prediction["selected"] if "score" in card})
    return samples


def nearest(scores, without=None):
    left = {card: score for card, score in scores.items() if card != without}
    if not left:
        sys.exit("A sample has no second card with a score: take a run whose selector takes two cards or more.")
    return max(left.items(), key=lambda item: item[1])


def thresholds(samples, share):
    """What all but a share of a task's own samples reach, as karuta.use.ask.Abstention has it."""
    reach = {}
    for task, own in samples.items():
        scores = sorted(nearest(each)[1] for each in own[::2])
        reach[task] = scores[int(share * len(scores))]
    return reach


def accepted(scores, reach, without=None):
    card, score = nearest(scores, without)
    return score >= reach[card]


def percent(values):
    return 100 * sum(values) / len(values)


def row(name, samples, share):
    reach = thresholds(samples, share)
    refused, foreign = {}, {}
    for task, own in samples.items():
        refused[task] = percent([not accepted(each, reach) for each in own[1::2]])
        foreign[task] = percent([accepted(each, reach, task) for each in own[1::2]])
    cells = [name, f"{100 * share:g} %"]
    for part in (refused, foreign):
        worst = max(part, key=part.get)
        cells += [f"{sum(part.values()) / len(part):.1f}", f"{worst} {part[worst]:.0f}"]
    return "| " + " | ".join(cells) + " |"


def main(folders):
    print("| run | share | own refused | worst | foreign accepted | worst |")
    print("|---|---|---|---|---|---|")
    for folder in map(pathlib.Path, folders):
        samples = read(folder)
        for share in SHARES:
            print(row(folder.name, samples, share))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
