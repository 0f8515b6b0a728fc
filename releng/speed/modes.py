#!/usr/bin/env python3
"""Carries out a study in several modes, one after the other, again and again, and compares what each took with the first one
of its round.

    modes.py KARUTA STUDY [--rounds 5] [--set KEY=VALUE ...] --mode= --mode=--no-reuse ...

A mode is options of `karuta run`: --mode="--checkpoint-seconds 1000000"; with none of them it is empty. Seconds of
training and of evaluation are those of the records, summed over all runs and stages, and so are the processor's, which count
where the machine has other work, too. Matrices must be equal in all modes.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile


def took(out):
    """What all runs took, in seconds, and their matrices."""
    sums = {"training": 0.0, "evaluation": 0.0, "processor": 0.0}
    matrices = {}
    for record in sorted(pathlib.Path(out).glob("*/run.json")):
        run = json.loads(record.read_text())
        for stage in run["stages"]:
            sums["training"] += stage["seconds"]
            sums["evaluation"] += stage["evaluationSeconds"]
        sums["processor"] += sum(cost["processorSeconds"] for cost in run["costs"])
        matrices[record.parent.name] = record.with_name("matrix.json").read_text()
    return sums, matrices


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("karuta")
    parser.add_argument("study")
    parser.add_argument("--mode", dest="modes", action="append", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--set", action="append", default=[])
    given = parser.parse_args()
    settings = [word for setting in given.set for word in ("--set", setting)]
    rounds = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(-1, given.rounds):  # the first one fills the cache
            measured = []
            for place, mode in enumerate(given.modes if number >= 0 else given.modes[:1]):
                out = os.path.join(folder, f"{number}-{place}")
                command = [given.karuta, "run", given.study, "--out", out, *settings, *mode.split()]
                done = subprocess.run(command, capture_output=True, text=True)
                if done.returncode != 0:
                    sys.exit(done.stdout + done.stderr)
                measured.append(took(out))
            if any(matrices != measured[0][1] for _, matrices in measured):
                sys.exit("the modes do not lead to the same matrices")
            if number >= 0:
                rounds.append([sums for sums, _ in measured])
                print(f"round {number + 1} of {given.rounds}", file=sys.stderr, flush=True)
    for what in ("training", "evaluation", "processor"):
        print(f"{what}, seconds; beside it the ratio to the first mode, paired: median (lowest to highest)")
        for place, mode in enumerate(given.modes):
            seconds = [measured[place][what] for measured in rounds]
            ratios = sorted(measured[place][what] / measured[0][what] for measured in rounds)
            print(f"  {mode or '(none)':32} {statistics.median(seconds):8.2f}   {statistics.median(ratios):.3f}"
                  f" ({ratios[0]:.3f} to {ratios[-1]:.3f})")


if __name__ == "__main__":
    main()
