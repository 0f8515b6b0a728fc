#!/usr/bin/env python3
"""Kills studies at random moments (SIGKILL to the whole process group) and goes on with the same command until they are
finished; their matrices, predictions and checkpoints must then be those of an uninterrupted study, bit for bit.

    kills.py KARUTA [--kills 100] [--seed 1] [--pairs 2] [--study all.yaml] [--young 2m] [-- --checkpoint-steps 1]

What stands behind "--" is given to every "karuta run"; by default a position is kept after every step, so that many kills
hit the writing of one. "--young 2m" starts Java with so small a young generation that it collects all the time.

After every kill `karuta table` must not fail for anything but that nothing is there yet. At last, pairs of processes carry
out one study in one folder together, and one of them is killed. Prints figures; exit code 1 if something was not right.
"""
import argparse
import collections
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

KEPT = ("matrix.json", "matrix.csv", "predictions.jsonl", "trace.jsonl", "study.yaml")


def start(karuta, study, out, log, options, environment):
    command = [karuta, "run", study, "--out", out, *options]
    process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, env=environment)
    process.began = time.time()
    return process


def moment(out, process):
    """What the run that was under way has in its folder at a kill: its draft, a position, answers, or none of them."""
    files = [file.name for file in pathlib.Path(out).glob("*/*")]
    files += [file.name for file in pathlib.Path(out).glob("*/.*.part") if file.stat().st_mtime > process.began]
    for kind, mark in (("writing", ".part"), ("asked", "answers.jsonl"), ("within", "progress-")):
        if any(mark in name for name in files):
            return kind
    return "between"


def kill(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def content(out):
    """The files that must be equal, by folder and name."""
    files = {}
    for run in sorted(path for path in pathlib.Path(out).iterdir() if path.is_dir()):
        for file in run.iterdir():
            if file.name in KEPT or file.suffix == ".safetensors":
                files[f"{run.name}/{file.name}"] = file.read_bytes()
            elif file.name not in ("run.json", "log.txt", ".lock"):
                files[f"{run.name}/{file.name}"] = b"unexpected"
    return files


def table(karuta, out):
    shown = subprocess.run([karuta, "table", out], capture_output=True, text=True)
    early = "holds none" in shown.stderr or "cannot read" in shown.stderr and "no such file" in shown.stderr
    return shown.returncode == 0 or early, shown.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("karuta")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=int, default=2)
    parser.add_argument("--study", default=str(pathlib.Path(__file__).with_name("all.yaml")))
    parser.add_argument("--young")
    parser.add_argument("options", nargs="*", default=["--checkpoint-steps", "1"])
    given = parser.parse_args()
    environment = dict(os.environ)
    if given.young:
        environment["KARUTA_JAVA_OPTS"] = f"{environment.get('KARUTA_JAVA_OPTS', '')} -Xmn{given.young}"
    draws = random.Random(given.seed)
    faults = []
    with tempfile.TemporaryDirectory() as folder, open(os.path.join(folder, "log"), "w+") as log:
        began = time.monotonic()
        if start(given.karuta, given.study, os.path.join(folder, "whole"), log, [], environment).wait() != 0:
            log.seek(0)
            sys.exit(log.read())
        length = time.monotonic() - began
        whole = content(os.path.join(folder, "whole"))
        kills = studies = 0
        moments = collections.Counter()
        while kills < given.kills:
            out = os.path.join(folder, f"killed-{studies}")
            while True:
                process = start(given.karuta, given.study, out, log, given.options, environment)
                try:
                    code = process.wait(timeout=draws.uniform(0.2, 0.9 * length) if kills < given.kills else None)
                    if code != 0:
                        faults.append(f"study {studies} ended with {code}")
                    break
                except subprocess.TimeoutExpired:
                    kill(process)
                    kills += 1
                    moments[moment(out, process)] += 1
                    right, said = table(given.karuta, out)
                    if not right:
                        faults.append(f"table after kill {kills}: {said}")
            found = content(out)
            if found != whole:
                odd = [name for name in whole.keys() | found.keys() if whole.get(name) != found.get(name)]
                faults.append(f"study {studies} differs: {sorted(odd)}")
            studies += 1
            shutil.rmtree(out)
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
    print("killed", ", ".join(f"{kind}: {count}" for kind, count in sorted(moments.items())))
    print("\n".join(faults) if faults else "no faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
