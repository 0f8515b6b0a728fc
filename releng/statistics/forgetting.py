"""Takes what runs have forgotten apart anew, from their records, and compares with `karuta explain RUN... --json`.

  ./karuta explain runs/ --json > explained.json
  python releng/statistics/forgetting.py explained.json

The five scores of a task (learned, now, right cards, old prompts, both) are the program's where it has asked a run again;
learned, now, form and content are computed here from matrix.json and predictions.jsonl, and the parts as Shapley values by
their definition: the mean over both orders in which routing and drift can be undone.
"""

import itertools
import json
import pathlib
import re
import sys


def form(text):
    parts = [part for part in re.split(r"[^\w.+-]+|_+", text) if part.strip(".+-")]
    if not parts:
        return "nothing"
    if all(re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)\.?", part) for part in parts):
        return "number" if len(parts) == 1 else "numbers"
    if len(parts) > 1:
        return "words"
    return "letter" if re.fullmatch(r"[^\W\d_]", parts[0].strip(".+-")) else "word"


def losses(answers):
    forms = {form(reference) for answer in answers for reference in references(answer)}
    lost = {True: 0.0, False: 0.0}
    for answer in answers:
        lost[form(answer.get("parsed", answer["text"])) not in forms] += (1 - answer["score"]) / len(answers)
    return lost[True], lost[False]


def references(answer):
    return answer["answers"] if "answers" in answer else [answer["answer"]]


def shapley(actual, right, old, both):
    """The mean over orders of what undoing each cause adds."""
    value = {frozenset(): actual, frozenset("r"): right, frozenset("d"): old, frozenset("rd"): both}
    parts = {"r": 0.0, "d": 0.0}
    for order in itertools.permutations("rd"):
        done = frozenset()
        for cause in order:
            parts[cause] += (value[done | {cause}] - value[done]) / 2
            done |= {cause}
    return parts["r"], parts["d"]


def check(what, mine, theirs):
    if abs(mine - theirs) > 1e-9:
        sys.exit(f"{what}: {theirs} in the program, {mine} here")


def compare(explained):
    folder = pathlib.Path(explained["run"])
    rows = json.loads((folder / "matrix.json").read_text())["rows"]
    names = json.loads((folder / "matrix.json").read_text())["tasks"]
    answers = [json.loads(line) for line in (folder / "predictions.jsonl").read_text().splitlines()]
    for task in explained["tasks"]:
        name = task["task"]
        column = names.index(name)
        stage = next(i for i, row in enumerate(rows) if name in row.get("trained", []))
        learned, now = rows[stage]["scores"][column], rows[-1]["scores"][column]
        of = lambda s: losses([a for a in answers if a["task"] == name and a["stage"] == s])
        before, after = of(stage), of(len(rows) - 1)
        routing, drift = shapley(task["now"], task["right_cards"], task["old_prompts"], task["both"])
        for key, mine in {
            "learned": learned,
            "now": now,
            "forgotten": learned - now,
            "routing": routing,
            "drift": drift,
            "interference": task["learned"] - task["both"],
            "form": after[0] - before[0],
            "content": after[1] - before[1],
        }.items():
            if key in task:
                check(f"{folder.name}, {name}, {key}", mine, task[key])
        check(f"{folder.name}, {name}: the sum", learned - now, routing + drift + task["interference"])
    return len(explained["tasks"])


if __name__ == "__main__":
    runs = json.loads(pathlib.Path(sys.argv[1]).read_text())
    print(f"{sum(compare(run) for run in runs)} tasks of {len(runs)} runs: the same numbers")
