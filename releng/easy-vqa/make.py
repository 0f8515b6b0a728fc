#!/usr/bin/env python3
"""Makes experiments/data/easy-vqa out of the easy-VQA 1.0 data set (Victor Zhou, MIT licence).

    pip download --no-deps easy-vqa==1.0
    python make.py easy_vqa-1.0-py3-none-any.whl ../../experiments/data/easy-vqa

Takes the first 800 training and the first 200 test images, each with the questions of its own split, and makes three
tasks of them: shape, colour and presence (yes or no). Running it again gives the same bytes.
"""
import hashlib
import json
import pathlib
import sys
import zipfile

WHEEL = "fcb51b309b78c7b00f97b64cdbcbcf5c105f94da1b39c0796cee5a787c4f650f"
IMAGES = {"train": 800, "test": 200}
SAMPLES = {"train": 1000, "test": 200}  # per task
SHAPES = {"circle", "rectangle", "triangle"}
TASKS = ["shape", "colour", "presence"]


def task_of(answer):
    if answer in ("yes", "no"):
        return "presence"
    return "shape" if answer in SHAPES else "colour"


def spread(questions, limit):
    """The first question of every image, then every second one, and so on, up to the limit; in the order of the data."""
    seen = {}
    rounds = []
    for place, (_, _, image) in enumerate(questions):
        seen[image] = seen.get(image, 0) + 1
        rounds.append((seen[image], place))
    return [questions[place] for place in sorted(place for _, place in sorted(rounds)[:limit])]


def samples(split, task, questions):
    for number, (question, answer, image) in enumerate(questions):
        yield {
            "id": f"{task}-{split}-{number:04}",
            "image": f"images/{split}/{image}.png",
            "conversations": [
                {"from": "human", "value": f"<image>\n{question}"},
                {"from": "gpt", "value": answer},
            ],
        }


def write_list(path, elements):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("[\n" + ",\n".join(json.dumps(element) for element in elements) + "\n]\n", encoding="utf-8")


def main(wheel, out):
    content = pathlib.Path(wheel).read_bytes()
    if hashlib.sha256(content).hexdigest() != WHEEL:
        sys.exit(f"{wheel} is not the wheel of easy-vqa 1.0")
    out = pathlib.Path(out)
    with zipfile.ZipFile(wheel) as archive:
        for split, images in IMAGES.items():
            folder = out / "images" / split
            folder.mkdir(parents=True, exist_ok=True)
            for image in range(images):
                (folder / f"{image}.png").write_bytes(archive.read(f"easy_vqa/data/{split}/images/{image}.png"))
            questions = [q for q in json.loads(archive.read(f"easy_vqa/data/{split}/questions.json")) if q[2] < images]
            for task in TASKS:
                own = [question for question in questions if task_of(question[1]) == task]
                write_list(out / task / f"{split}.json", samples(split, task, spread(own, SAMPLES[split])))
        (out / "LICENSE").write_bytes(archive.read("easy_vqa-1.0.dist-info/LICENSE"))
    index = {"tasks": [{"name": task, "scorer": "exact"} for task in TASKS]}
    (out / "benchmark.json").write_text(json.dumps(index, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
