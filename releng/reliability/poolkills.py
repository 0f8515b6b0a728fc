#!/usr/bin/env python3
"""Kills commands that change a pool, or make one or an export (SIGKILL to the whole process group). What is there then must be
as before or as after, never something between.

    poolkills.py KARUTA [--kills 60] [--seed 1] [--commands learn,merge] [--kinds plain,signed]

Each command is run once to its end, to know how long it takes and what comes out; then it is killed, on a copy of the same pool,
at a moment of its whole life or just after it has begun to write objects, to announce a change, to move a ref or to make its
target. After each kill:

- the pool verifies, and git fsck finds nothing;
- it answers as before, or as after the whole command;
- the same command again succeeds (or says that it is done), and then all is as after it;
- no temporary file is left in the pool, beside it, or where Java makes its own, after the next gc at the latest.

Commands and kinds of pools take turns; kills of a command that ended before count as none. Prints figures; exit code 1 if
something was not right. Needs git, ssh-keygen and age-keygen.
"""
import argparse
import collections
import json
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

KINDS = ("plain", "signed", "sealed")
ADA = "Ada <ada@example.org>"
SHORT = ("--set", "training.steps=2", "--keep-anyway")
HOUR = 3600

# What stays in a repository that nobody is writing to.
OWN = re.compile(
    r"(HEAD|ORIG_HEAD|FETCH_HEAD|config|description|index|packed-refs|\.lock|(info|hooks|branches|refs|logs)(/[^/]+)*"
    r"|objects/([0-9a-f]{2}/[0-9a-f]{38}|info/[a-z-]+|pack/pack-[0-9a-f]{40}\.(pack|idx|bitmap|rev|keep))|gc\.log)")
LOCK = re.compile(r".*\.lock")
FILES_OF_POOL = re.compile(r"pool\.json|state\.safetensors(\.age)?|recipients\.txt|roles\.txt|cards/[^/]+")


class Fault(Exception):
    """Something that must not be after a kill."""


class Place:
    """A folder in which all happens: the tasks, the keys, a pool of each kind to copy, and the one that is worked on."""

    def __init__(self, karuta, folder):
        self.karuta, self.folder, self.work = karuta, folder, folder / "work"
        self.pool = self.work / "team.pool"
        self.kind = "plain"
        self.answers = {}

    def environment(self):
        temporary = self.work / "tmp"
        temporary.mkdir(parents=True, exist_ok=True)
        return os.environ | {
            "XDG_STATE_HOME": str(self.work / "state"),
            "KARUTA_SIGNING_KEY": "",
            "KARUTA_JAVA_OPTS": f"-XX:TieredStopAtLevel=1 -Djava.io.tmpdir={temporary}",
        }

    def start(self, words, **files):
        """Starts a command; its words are told apart by the kind of the pool."""
        return subprocess.Popen(
            [self.karuta, *map(str, words)], cwd=self.folder, env=self.environment(), stdin=subprocess.DEVNULL,
            start_new_session=True, **files)

    def end(self, *words):
        process = self.start(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        out, err = process.communicate()
        return process.returncode, out, err

    def run(self, *words):
        code, out, err = self.end(*words)
        if code:
            raise Fault(f"{' '.join(map(str, words))} failed: {err.strip() or out.strip()}")
        return out

    def by(self):
        return ("--author", ADA) + (() if self.kind == "plain" else ("--sign", self.folder / "ada"))

    def opens(self):
        return "--identity", self.folder / "ada.age"

    def change(self, *words, pool=None):
        """The words of a command that changes the pool."""
        return (*words, "--pool", pool or self.pool, *self.by(), *self.opens())

    def git(self, *words, pool=None):
        done = subprocess.run(["git", "-C", pool or self.pool, *words], capture_output=True, text=True, check=False)
        if done.returncode:
            raise Fault(f"git {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout.strip()

    def take(self, kind):
        """Begins anew with a copy of the pool of that kind."""
        self.kind = kind
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.folder / kind, self.work, symlinks=True)

    def keep(self, kind):
        shutil.copytree(self.work, self.folder / kind, symlinks=True)

    def make(self, kinds):
        self.run("export-tasks", "tasks", "-o", "train=16", "-o", "test=2")
        self.questions()
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / "ada"], check=True)
        made = subprocess.run(["age-keygen", "-o", self.folder / "ada.age"], capture_output=True, text=True, check=True)
        (self.folder / "readers.txt").write_text(made.stderr.split()[-1] + "\n")
        self.run(*self.change("learn", "tasks/imagenet", *SHORT))
        self.run(*self.change("learn", "tasks/vizwiz", *SHORT))
        shutil.copytree(self.pool, self.work / "more.pool")
        self.run(*self.change("learn", "tasks/gqa", *SHORT, pool=self.work / "more.pool"))
        self.run("pool", "export", self.folder / "gqa.zip", "--card", "gqa", "--pool", self.work / "more.pool")
        shutil.rmtree(self.work / "more.pool")
        self.keep("begun")
        for kind in kinds:
            self.take("begun")
            self.kind = kind
            if kind != "plain":
                self.run(*self.change("pool", "roles", "set", ADA, "--role", "owner", "--key", self.folder / "ada.pub"))
            if kind == "sealed":
                self.run(*self.change("pool", "protect", "--recipients", self.folder / "readers.txt"))
            subprocess.run(["git", "clone", "-q", self.pool, self.work / "bob.pool"], check=True)
            self.run(*self.change("pool", "rename", "vizwiz", "blurred", pool=self.work / "bob.pool"))
            self.run(*self.change("pool", "policy", "warn"))  # so that a merge has two sides
            self.keep(kind)

    def questions(self):
        lines = []
        for task in ("imagenet", "vizwiz"):
            for sample in json.loads((self.folder / "tasks" / task / "test.json").read_text()):
                text = sample["conversations"][0]["value"].replace("<image>\n", "")
                lines.append(json.dumps({"image": f"{task}/{sample['image']}", "question": text}))
        (self.folder / "tasks/q.jsonl").write_text("\n".join(lines) + "\n")


class Command:
    """What is killed: its words, what it makes or changes, by which words it says that it was done before, whether that is a pool,
    and whether nothing changes when it is done twice."""

    def __init__(self, words, target, done="", pool=True, settled=True):
        self.words, self.target, self.done, self.pool, self.settled = words, target, done, pool, settled


def commands(place):
    new, pool, out = place.work / "new.pool", place.pool, place.work / "out"
    before = place.git("rev-list", "--max-parents=0", "HEAD") if pool.exists() else ""
    learned = place.git("rev-parse", ":/Learns imagenet") if before else ""
    change = place.change
    return {
        "learn": Command(change("learn", "tasks/gqa", *SHORT), pool, "has a card"),
        "learn, new": Command(change("learn", "tasks/gqa", *SHORT, pool=new), new, "has a card"),
        "rollback": Command(change("pool", "rollback", learned), pool),
        "realign": Command(change("pool", "realign", "--data", "tasks", "--yes"), pool, settled=False),
        "compress": Command(change("pool", "compress", "--bits", "8", "--yes"), pool),
        "merge": Command(change("pool", "merge", place.work / "bob.pool"), pool),
        "remove": Command(change("pool", "remove", "imagenet"), pool, "has no card"),
        "rename": Command(change("pool", "rename", "imagenet", "things"), pool, "has no card"),
        "policy": Command(change("pool", "policy", "realign"), pool),
        "protect": Command(change("pool", "protect", "--recipients", "readers.txt"), pool),
        "gc": Command(("pool", "gc", "--pool", pool), pool),
        "import": Command(change("pool", "import", "gqa.zip"), pool),
        "import, new": Command(change("pool", "import", "gqa.zip", pool=new), new),
        "export": Command(
            ("pool", "export", out, "--clear", "--pool", pool, *place.opens()), out, "is there already", pool=False),
        "export, zip": Command(
            ("pool", "export", f"{out}.zip", "--clear", "--pool", pool, *place.opens()), place.work / "out.zip",
            "is there already", pool=False),
    }


class Trial:
    """A command on a pool of a kind: what is before, and what comes out when nobody kills it."""

    def __init__(self, place, name, kind):
        self.place, self.name, self.kind = place, name, kind
        place.take(kind)
        self.command = commands(place)[name]
        self.before = self.state()
        self.answers = {"before": place.answers.get((kind, self.command.target)) or self.asked()}
        place.answers[kind, self.command.target] = self.answers["before"]
        began = time.time()
        place.run(*self.command.words)
        self.length = time.time() - began
        self.after = self.state()
        self.answers["after"] = self.asked()

    def state(self):
        """What the target is, without clocks, names of people and random numbers of encryption."""
        target = self.command.target
        if not target.exists():
            return "not there"
        if not self.command.pool:
            if target.is_file():
                return [(target.name, target.stat().st_size)]
            return sorted((str(file.relative_to(target)), file.read_bytes()) for file in target.rglob("*") if file.is_file())
        git = lambda *words: self.place.git(*words, pool=target)
        paths = git("ls-tree", "-r", "--name-only", "-z", "HEAD").strip("\0").split("\0")
        odd = [path for path in paths if not FILES_OF_POOL.fullmatch(path)]
        if odd:
            raise Fault(f"{odd} are no files of a pool")
        known = {path: None for path in paths}
        for path in paths:
            if path.startswith("cards/") and path.endswith(".json"):
                record = json.loads(git("show", f"HEAD:{path}"))
                known[path] = {key: value for key, value in record.items() if key != "when"}
            elif not path.endswith(".age"):
                known[path] = git("rev-parse", f"HEAD:{path}")
        return known

    def asked(self):
        """What the pool answers; nothing where there is none, or no card."""
        target = self.command.target
        if not self.command.pool or not (target / ".git").exists():
            return ""
        return self.place.run("ask", "--pool", target, "--questions", "tasks/q.jsonl", "--json", *self.place.opens())

    def kill(self, aim, draws):
        """Kills the command on a fresh copy; says whether it was still running."""
        self.place.take(self.kind)
        log = open(self.place.folder / "log.txt", "a")
        began = time.time()
        process = self.place.start(self.command.words, stdout=log, stderr=log)
        try:
            self.wait(process, began, aim, draws)
            alive = process.poll() is None
            if alive:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return alive
        finally:
            log.close()

    def wait(self, process, began, aim, draws):
        if aim == "any":
            try:
                process.wait(draws.uniform(0.1, 1.02) * self.length)
            except subprocess.TimeoutExpired:
                pass
            return
        look = self.sight(aim)
        first = look()
        while process.poll() is None and look() == first:
            time.sleep(0.0005)
        time.sleep(draws.choice((0, 0.001, 0.003, 0.01, 0.03, 0.1)) * draws.random())

    def sight(self, aim):
        """What changes when the command comes to that point."""
        target, own = self.command.target, self.command.target / ".git"
        beside = target.parent

        def entries(folder):
            try:
                return tuple((entry.name, entry.stat().st_mtime_ns) for entry in os.scandir(folder))
            except OSError:
                return ()

        return {
            "objects": lambda: entries(own / "objects"),
            "announced": lambda: (own / "karuta-writes").exists(),
            "ref": lambda: entries(own / "refs/heads"),
            "files": lambda: entries(target / "cards"),
            "target": lambda: entries(beside),
        }[aim]

    def aims(self):
        if not self.command.pool or self.before == "not there":
            return "any", "target"
        return "any", "objects", "announced", "ref", "files"

    def check(self, gc):
        """Says whether all is as before or as after; raises a fault for anything else."""
        pool = self.command.target if self.command.pool else self.place.pool
        self.age()
        if pool.exists():
            self.place.git("fsck", "--strict", "--no-dangling", pool=pool)
            self.place.run("pool", "verify", "--pool", pool, *self.place.opens())
        state = self.state()
        which = "before" if state == self.before else "after" if state == self.after else "between"
        if which == "between":
            raise Fault(f"it is neither as before nor as after: {str(state)[:2000]}")
        if self.asked() != self.answers[which]:
            raise Fault(f"it answers otherwise than {which}")
        self.again(which)
        self.clean(pool, gc)
        return which

    def age(self):
        """Makes what was left look old, so that it is not taken for the folder of somebody who has just begun."""
        for folder in (self.place.work, self.place.work / "tmp"):
            for file in folder.iterdir():
                os.utime(file, (time.time() - HOUR,) * 2)

    def again(self, which):
        code, out, err = self.place.end(*self.command.words)
        told = self.command.done and self.command.done in err
        if code and not (which == "after" and told):
            raise Fault(f"as {which}, the same command again fails: {err.strip() or out.strip()}")
        if (self.command.settled or which == "before") and self.state() != self.after:
            raise Fault(f"the same command again makes something else of what was as {which}")

    def clean(self, pool, gc):
        left = self.left(pool)
        if left or gc:
            self.place.run("pool", "gc", "--pool", pool, *self.place.opens())
            self.place.git("fsck", "--strict", "--no-dangling", pool=pool)
            left = self.left(pool)
        if left:
            raise Fault(f"temporary files stay: {left}")
        status = self.place.git("status", "--porcelain", "--ignored", pool=pool)
        if status:
            raise Fault(f"the files are not those of the newest revision: {status}")

    def left(self, pool):
        own = pool / ".git"
        names = [file.relative_to(own).as_posix() for file in own.rglob("*") if file.is_file()]
        left = [name for name in names if not OWN.fullmatch(name) or LOCK.fullmatch(name) and name != ".lock"]
        tracked = set(self.place.git("ls-files", "-z", pool=pool).split("\0"))
        files = [file.relative_to(pool).as_posix() for file in pool.rglob("*") if file.is_file() and own not in file.parents]
        left += [name for name in files if name not in tracked]
        known = {"team.pool", "new.pool", "bob.pool", "out", "out.zip", "state", "tmp"}
        left += [file.name for file in self.place.work.iterdir() if file.name not in known]
        seen = self.place.work / "state"
        left += [file.name for file in seen.rglob("*") if file.is_file() and not re.fullmatch(r"[0-9a-f]{16}\.json", file.name)]
        ours = ("karuta", "djl", "tiny", ".probe")
        left += [f"tmp/{file.name}" for file in (self.place.work / "tmp").iterdir() if file.name.startswith(ours)]
        return left


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("karuta")
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--commands", help="a part of them, with semicolons (default: all)")
    parser.add_argument("--kinds", default=",".join(KINDS))
    given = parser.parse_args()
    draws = random.Random(given.seed)
    counts, faults, tried, trials = collections.Counter(), [], 0, {}
    with tempfile.TemporaryDirectory(prefix="poolkills") as folder:
        place = Place(os.path.abspath(given.karuta), pathlib.Path(folder).resolve())
        kinds = given.kinds.split(",")
        place.make(kinds)
        place.take(kinds[0])
        names = given.commands.split(";") if given.commands else list(commands(place))
        while sum(count for what, count in counts.items() if what[-1] == "killed") < given.kills and tried < 3 * given.kills:
            name = names[tried % len(names)]
            kind = kinds[(tried % len(names) + tried // len(names) % 2) % len(kinds)]  # two for each command: trials take time
            tried += 1
            try:
                trial = trials.get((name, kind)) or trials.setdefault((name, kind), Trial(place, name, kind))
                aim = draws.choice(trial.aims())
                how = "killed" if trial.kill(aim, draws) else "ended"
                which = trial.check(gc=draws.random() < 0.25)
            except Fault as fault:
                faults.append(f"{name}, {kind} pool: {fault}")
                print("FAULT", faults[-1], flush=True)
                continue
            counts[name, which, how] += 1
            print(f"{name}, {kind} pool, aimed at {aim}: {how}, as {which}", flush=True)
    kills = sum(count for what, count in counts.items() if what[-1] == "killed")
    print(f"{kills} kills in {tried} tries, {len(faults)} faults")
    for name in names:
        before, after = counts[name, "before", "killed"], counts[name, "after", "killed"]
        print(f"  {name}: {before + after} killed, {before} as before, {after} as after")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
