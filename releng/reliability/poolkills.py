#!/usr/bin/env python3
"""Kills commands that change a pool at random moments (SIGKILL to the whole process group). The pool must then verify and
answer as it did before, or as the new revision does; never something between.

    poolkills.py KARUTA [--kills 50] [--seed 1] [--commands learn,rollback,compress,realign,merge]

The commands take turns; kills of one that ended before count as none. Prints figures; exit code 1 if something was not right.
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


    def since(self, before):
        """How many revisions of its own, one after another, the pool has made since then."""
        git = ["git", "-C", self.folder, "rev-list", "--first-parent", "--count", f"{before}..HEAD"]
        return int(subprocess.run(git, capture_output=True, text=True, check=True).stdout)


class Commands:
    """What is killed: each makes one revision."""

    def __init__(self, pool, draws):
        self.pool, self.draws = pool, draws

    def words(self, kind, number):
        return getattr(self, kind)(number)

    def learn(self, number):
        return "learn", "tasks/gqa", "--task", f"card{number}", "--pool", self.pool.folder, *ADA, *SHORT

    def rollback(self, number):
        return "pool", "rollback", self.draws.choice(sorted(self.pool.answers)), "--pool", self.pool.folder, *ADA

    def compress(self, number):
        """To the other number of bits than the cards have."""
        packed = b"F32 as F16" in (self.pool.folder / "cards/imagenet.safetensors").read_bytes()
        return "pool", "compress", "--bits", 8 if packed else 16, "--yes", "--pool", self.pool.folder, *ADA

    def realign(self, number):
        return "pool", "realign", "--data", "tasks", "--yes", "--pool", self.pool.folder, *ADA

    def merge(self, number):
        """Both sides have changed something else."""
        bob, ours = f"bob{number}", self.pool.folder
        card = next((ours / "cards").glob("vizwiz*.json")).stem
        warns = json.loads((ours / "pool.json").read_text()).get("policy", "").lower() == "warn"
        subprocess.run(["git", "clone", "-q", ours, bob], cwd=self.pool.place, check=True)
        self.pool.run("pool", "rename", card, f"vizwiz{number}", "--pool", bob, *ADA)
        self.pool.run("pool", "policy", "refuse" if warns else "warn", "--pool", ours, *ADA)
        return "pool", "merge", bob, "--pool", self.pool.folder, *ADA


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
    parser.add_argument("--commands", default="learn,rollback,compress,realign,merge")
    given = parser.parse_args()
    kinds = given.commands.split(",")
    draws = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as folder:
        pool = Pool(os.path.abspath(given.karuta), pathlib.Path(folder))
        pool.run("export-tasks", "tasks", "-o", "train=48", "-o", "test=5")
        questions(pool.place)
        pool.run("learn", "tasks/imagenet", "--pool", pool.folder, *ADA, *SHORT)
        pool.run("learn", "tasks/vizwiz", "--pool", pool.folder, *ADA, *SHORT)
        commands, lengths, counts = Commands(pool, draws), {}, collections.Counter()
        before = pool.check()
        while counts["killed"] < given.kills:
            kind = kinds[counts["tried"] % len(kinds)]
            words = commands.words(kind, counts["tried"])
            before = pool.head()
            began = time.time()
            killed = pool.killed(words, draws.uniform(0.3, 1.1) * lengths[kind] if kind in lengths else 600)
            if not killed:
                lengths[kind] = time.time() - began
            after = pool.check()
            if pool.since(before) > 1:
                sys.exit(f"{words} made more than one revision")
            counts["tried"] += 1
            counts["killed"] += killed
            counts[f"{kind}: " + ("as before" if after == before else "as after") + (", killed" if killed else ", ended")] += 1
            print(kind, "killed" if killed else "ended", "as before" if after == before else "as after", flush=True)
    print(f"{counts.pop('killed')} kills in {counts.pop('tried')} tries: all pools verified and answered as one of their revisions")
    for what, count in sorted(counts.items()):
        print(f"  {what}: {count}")


if __name__ == "__main__":
    main()
