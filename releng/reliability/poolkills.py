#!/usr/bin/env python3
"""Kills commands that change a pool at random moments (SIGKILL to the whole process group). The pool must then verify and
answer as it did before, or as the new revision does; never something between.

    poolkills.py KARUTA [--kills 50] [--seed 1]

Half of the kills hit "karuta learn", the others "karuta pool rollback"; those of a command that ended before count as none.
Prints figures; exit code 1 if something was not right.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

ADA = ("--author", "Ada <ada@example.org>")
SHORT = ("--set", "training.steps=4")


class Pool:
    """A pool, and what it answered in each of its revisions."""

    def __init__(self, karuta, place):
        self.karuta, self.place, self.folder, self.answers = karuta, place, place / "team.pool", {}

    def command(self, *words):
        return [self.karuta, *map(str, words)]

    def run(self, *words):
        done = subprocess.run(self.command(*words), cwd=self.place, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{words} failed: {done.stderr}")
        return done.stdout

    def head(self):
        git = ["git", "-C", self.folder, "rev-parse", "HEAD"]
        return subprocess.run(git, capture_output=True, text=True, check=True).stdout.strip()

    def check(self):
        """Verifies, asks, and compares with what this revision answered before."""
        self.run("pool", "verify", "--pool", self.folder)
        said = self.run("ask", "--pool", self.folder, "--questions", "tasks/q.jsonl", "--json")
        head = self.head()
        if self.answers.setdefault(head, said) != said:
            sys.exit(f"revision {head} answers otherwise than before")
        return head

    def killed(self, words, after):
        """Kills a command after so many seconds; says whether it was still running."""
        with open(self.place / "log.txt", "a") as log:
            process = subprocess.Popen(
                self.command(*words), cwd=self.place, stdout=log, stderr=log, start_new_session=True)
            try:
                process.wait(after)
                return False
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                return True


def questions(place):
    lines = []
    for task in ("imagenet", "vizwiz"):
        for sample in json.loads((place / "tasks" / task / "test.json").read_text())[:5]:
            text = sample["conversations"][0]["value"].replace("<image>\n", "")
            lines.append(json.dumps({"image": f"{task}/{sample['image']}", "question": text}))
    (place / "tasks/q.jsonl").write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("karuta")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    draws = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as folder:
        pool = Pool(os.path.abspath(given.karuta), pathlib.Path(folder))
        pool.run("export-tasks", "tasks", "-o", "train=48", "-o", "test=5")
        questions(pool.place)
        learn = ("learn", "tasks/imagenet", "--pool", pool.folder, *ADA, *SHORT)
        began = time.time()
        pool.run(*learn)
        lengths = {"learn": time.time() - began}
        pool.run("learn", "tasks/vizwiz", "--pool", pool.folder, *ADA, *SHORT)
        before = pool.check()
        began = time.time()
        pool.run("pool", "rollback", before, "--pool", pool.folder, *ADA)
        lengths["rollback"] = time.time() - began
        counts = collections.Counter()
        while counts["killed"] < given.kills:
            kind = "learn" if counts["tried"] % 2 else "rollback"
            name = f"card{counts['tried']}"
            words = (
                ("learn", "tasks/gqa", "--task", name, "--pool", pool.folder, *ADA, *SHORT)
                if kind == "learn"
                else ("pool", "rollback", draws.choice(sorted(pool.answers)), "--pool", pool.folder, *ADA))
            killed = pool.killed(words, draws.uniform(0.3, 1.1) * lengths[kind])
            after = pool.check()
            counts["tried"] += 1
            counts["killed"] += killed
            counts[f"{kind}: " + ("as before" if after == before else "as after") + (", killed" if killed else ", ended")] += 1
            before = after
    print(f"{counts.pop('killed')} kills in {counts.pop('tried')} tries: all pools verified and answered as one of their revisions")
    for what, count in sorted(counts.items()):
        print(f"  {what}: {count}")


if __name__ == "__main__":
    main()
