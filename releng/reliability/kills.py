#!/usr/bin/env python3
"""Kills studies (SIGKILL to the whole process group) and goes on with the same command until they are finished; their
matrices, predictions and checkpoints must then be those of an uninterrupted study, bit for bit.

    kills.py KARUTA [--kills 100] [--minutes N] [--seed 1] [--pairs 2] [--study all.yaml] [--tables 1] [--young 2m]
             [-- --checkpoint-steps 1]

Every other kill comes at a random moment. The others are aimed: at the arm and the kind of work (learning, writing a
checkpoint, answering) that were hit least until then. What stands behind "--" is given to every "karuta run"; by default a
position is kept after every step, so that there is much writing to hit. "--young 2m" starts Java with so small a young
generation that it collects all the time.

After every kill (every n-th with "--tables n") `karuta table` must not fail for anything but that nothing is there yet. At
last, pairs of processes carry out one study in one folder together, and one of them is killed (crowd.py does more of that).
After "--minutes n" no process is killed any more. Prints what was hit; exit code 1 if something was not right, and then the
folders stay.
"""
import argparse
import collections
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

KEPT = ("matrix.json", "matrix.csv", "predictions.jsonl", "trace.jsonl", "study.yaml")
WORK = ("learning", "writing", "answering")
STEP = re.compile(r"stage \d+, step (\d+) of (\d+):")


def start(karuta, study, out, log, options, environment):
    command = [karuta, "run", study, "--out", out, *options]
    process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, env=environment)
    process.began = time.time()
    return process


def kill(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def arm(run):
    return run.name.split(".")[1]


def work(run, began):
    """What a process that began then is doing, or was when it was killed, in a run's folder; empty if nothing."""
    try:
        if run.joinpath("log.txt").stat().st_mtime <= began or '"status": "finished"' in run.joinpath("run.json").read_text():
            return ""
        drafts = [file.name for file in run.glob(".*.part") if file.stat().st_mtime > began]
        if any(name.startswith((".progress-", ".checkpoint-")) for name in drafts):
            return "writing"
        last = "".join(run.joinpath("log.txt").read_text().splitlines()[-1:])
    except FileNotFoundError:
        return ""
    step = STEP.search(last)
    if step:
        return "answering" if step[1] == step[2] else "learning"
    return "answering" if "learned already" in last or run.joinpath("answers.jsonl").exists() else "between"


def runs(out):
    return sorted(path for path in pathlib.Path(out).iterdir() if path.is_dir()) if os.path.isdir(out) else []


def hit(out, began):
    """Arm and work that a kill has hit."""
    for run in runs(out):
        what = work(run, began)
        if what:
            return arm(run), what
    return "", "before or between runs"


def content(out):
    """The files that must be equal, by folder and name."""
    files = {}
    for run in runs(out):
        for file in run.iterdir():
            if file.name in KEPT or file.suffix == ".safetensors":
                files[f"{run.name}/{file.name}"] = file.read_bytes()
            elif file.name not in ("run.json", "log.txt", ".lock"):
                files[f"{run.name}/{file.name}"] = b"unexpected"
    return files


def difference(whole, found):
    return sorted(name for name in whole.keys() | found.keys() if whole.get(name) != found.get(name))


def whole_study(karuta, study, out, log, environment):
    """The files of an uninterrupted study, and the seconds that it took."""
    began = time.monotonic()
    if start(karuta, study, out, log, [], environment).wait() != 0:
        log.seek(0)
        sys.exit(log.read())
    return content(out), time.monotonic() - began


def table(karuta, out):
    shown = subprocess.run([karuta, "table", out], capture_output=True, text=True)
    early = "holds none" in shown.stderr or "cannot read" in shown.stderr and "no such file" in shown.stderr
    return shown.returncode == 0 or early, shown.stderr


class Killer:
    """Waits for the moment of the next kill: at random, or when something is at work that was hit less than all else."""

    def __init__(self, draws, length, arms):
        self.draws = draws
        self.length = length
        self.aims = len(arms) * len(WORK)
        self.hits = collections.Counter()
        self.aimed = 0
        self.random = True

    def wait(self, process, out):
        """False if the process ended by itself."""
        self.random = not self.random
        if self.random:
            try:
                process.wait(timeout=self.draws.uniform(0.2, 0.9 * self.length))
                return False
            except subprocess.TimeoutExpired:
                return True
        share = 1 + self.aimed // self.aims
        while process.poll() is None:
            name, what = hit(out, process.began)
            if what in WORK and self.hits[name, what] < share:
                self.aimed += 1
                return True
            time.sleep(0.0005)
        return False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("karuta")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=int, default=2)
    parser.add_argument("--study", default=str(pathlib.Path(__file__).with_name("all.yaml")))
    parser.add_argument("--tables", type=int, default=1)
    parser.add_argument("--young")
    parser.add_argument("options", nargs="*", default=["--checkpoint-steps", "1"])
    given = parser.parse_args()
    environment = dict(os.environ)
    if given.young:
        environment["KARUTA_JAVA_OPTS"] = f"{environment.get('KARUTA_JAVA_OPTS', '')} -Xmn{given.young}"
    draws = random.Random(given.seed)
    faults = []
    folder = tempfile.mkdtemp()
    with open(os.path.join(folder, "log"), "w+") as log:
        whole, length = whole_study(given.karuta, given.study, os.path.join(folder, "whole"), log, environment)
        killer = Killer(draws, length, runs(os.path.join(folder, "whole")))
        kills = studies = 0
        end = time.monotonic() + 60 * given.minutes
        while kills < given.kills and time.monotonic() < end:
            out = os.path.join(folder, f"killed-{studies}")
            while True:
                process = start(given.karuta, given.study, out, log, given.options, environment)
                if kills >= given.kills or time.monotonic() > end or not killer.wait(process, out):
                    process.wait()
                    if process.returncode != 0:
                        faults.append(f"study {studies} ended with {process.returncode}")
                    break
                kill(process)
                kills += 1
                killer.hits[hit(out, process.began)] += 1
                right, said = table(given.karuta, out) if kills % given.tables == 0 else (True, "")
                if not right:
                    faults.append(f"table after kill {kills}: {said}")
            odd = difference(whole, content(out))
            if odd:
                faults.append(f"study {studies} differs: {odd}")
            else:
                shutil.rmtree(out)
            studies += 1
            print(f"{kills} kills, {studies} studies, {len(faults)} faults", *faults[-1:], flush=True)
        for pair in range(given.pairs):
            out = os.path.join(folder, f"pair-{pair}")
            both = [start(given.karuta, given.study, out, log, given.options, environment) for _ in range(2)]
            if pair % 2:
                time.sleep(draws.uniform(0.4, 0.8) * length)
                kill(both.pop())
            codes = [process.wait() for process in both]
            if any(codes) or content(out) != whole:
                faults.append(f"pair {pair}: exit codes {codes}, folders {sorted(os.listdir(out))}")
    left = [name for name in os.listdir(tempfile.gettempdir()) if name.startswith("karuta-tiny-")]
    print(f"{kills} kills in {studies} studies of {length:.0f} s, {given.pairs} pairs; temporary folders left: {len(left)}")
    for name in sorted({name for name, _ in killer.hits}):
        print(f"{name or 'no arm':>12}:", ", ".join(f"{what} {killer.hits[name, what]}" for what in
                                                  sorted({w for n, w in killer.hits if n == name})))
    print("\n".join(faults) if faults else "no faults")
    if not faults:
        shutil.rmtree(folder)
    sys.exit(f"what is left is in {folder}" if faults else 0)


if __name__ == "__main__":
    main()
