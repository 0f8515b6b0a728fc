#!/usr/bin/env python3
"""Several processes carry out one study in one folder; at random moments one of them is killed (SIGKILL), and another one is
started in its place.

    crowd.py KARUTA [--processes 4] [--kills 12] [--rounds 1] [--seed 1] [--study crowd.yaml]

At the end of each round every process that was left alone must have ended with 0, matrices, predictions and checkpoints must
be those of a study that one process carried out undisturbed, and nothing may have been done twice. That is read out of the
runs' log.txt, to which every process that takes up a run adds what it does: a run is taken up once, and once more for each
process that was killed while it held the run's lock; it ends once, and nothing follows; and a step is taken again only where a
kill came between the step and its being kept. Prints figures; exit code 1 if something was not right.
"""
import argparse
import collections
import os
import pathlib
import random
import re
import shutil
import sys
import tempfile
import time

from kills import content, difference, kill, runs, start, whole_study

HOLDER = re.compile(r"process (\d+) on")
STEP = re.compile(r"(stage \d+, step \d+) of \d+:")


def group(pid):
    try:
        return os.getpgid(int(pid))
    except ProcessLookupError:
        return None


def held(out, process):
    """The runs whose locks a process holds. Asked before it is killed, and it may take or give back one until then."""
    found = set()
    for run in runs(out):
        words = run.joinpath(".lock").read_text() if run.joinpath(".lock").exists() else ""
        holder = HOLDER.match(words)
        if holder and group(holder[1]) == process.pid:
            found.add(run.name)
    return found


def twice(run, kills):
    """What a run's log tells that may not be. kills: how many processes were killed that held it."""
    lines = run.joinpath("log.txt").read_text().splitlines()
    begun = [number for number, line in enumerate(lines) if line.endswith(" begins")]
    ended = [number for number, line in enumerate(lines) if line.endswith(": finished")]
    steps = collections.Counter(step[1] for step in map(STEP.search, lines) if step)
    again = sum(steps.values()) - len(steps)
    faults = []
    if len(begun) > 1 + kills:
        faults.append(f"{run.name} was taken up {len(begun)} times, and {kills} processes were killed that held it")
    if len(ended) != 1 or ended[0] != len(lines) - 1:
        faults.append(f"{run.name} ended {len(ended)} times")
    if again > kills:
        faults.append(f"{run.name}: {again} steps were taken again after {kills} kills")
    return faults, len(begun), again


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("karuta")
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--study", default=str(pathlib.Path(__file__).with_name("crowd.yaml")))
    given = parser.parse_args()
    draws = random.Random(given.seed)
    folder = tempfile.mkdtemp()
    faults = []
    with open(os.path.join(folder, "log"), "w+") as log:
        whole, length = whole_study(given.karuta, given.study, os.path.join(folder, "whole"), log, None)
        print(f"undisturbed: {length:.0f} s", flush=True)
        for number in range(given.rounds):
            out = os.path.join(folder, f"crowd-{number}")

            def another():
                return start(given.karuta, given.study, out, log, ["--checkpoint-steps", "1"], None)

            crowd = [another() for _ in range(given.processes)]
            killed = collections.Counter()
            kills = 0
            began = time.monotonic()
            while any(process.poll() is None for process in crowd):
                time.sleep(draws.uniform(0, 4))
                busy = [process for process in crowd if process.poll() is None and held(out, process)]
                if kills < given.kills and busy:
                    process = draws.choice(busy)
                    had = held(out, process)
                    kill(process)
                    had |= {run.name for run in runs(out) if lost(run, had)}
                    killed.update(had)
                    kills += 1
                    crowd[crowd.index(process)] = another()
            codes = [process.wait() for process in crowd]
            if any(codes):
                faults.append(f"round {number}: exit codes {codes}")
            odd = difference(whole, content(out))
            if odd:
                faults.append(f"round {number} differs: {odd}")
            taken = again = 0
            for run in runs(out):
                told, begun, repeated = twice(run, killed[run.name])
                faults += [f"round {number}: {fault}" for fault in told]
                taken += begun
                again += repeated
            print(
                f"round {number}: {given.processes} processes, {kills} kills of those at work, {time.monotonic() - began:.0f} s;"
                f" {len(runs(out))} runs taken up {taken} times, {again} steps taken again",
                *faults[-1:],
                flush=True,
            )
            if not faults:
                shutil.rmtree(out)
    print("\n".join(faults) if faults else "no faults")
    if not faults:
        shutil.rmtree(folder)
    sys.exit(f"what is left is in {folder}" if faults else 0)


def lost(run, had):
    """Whether a run that was not held a moment ago was held by the process that has just been killed: its words are there, and
    nobody has that number any more."""
    words = run.joinpath(".lock").read_text() if run.joinpath(".lock").exists() else ""
    holder = HOLDER.match(words)
    return run.name not in had and holder is not None and group(holder[1]) is None


if __name__ == "__main__":
    main()
