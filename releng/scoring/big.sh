#!/bin/sh
# Scores a file of 500 MB in a heap of 64 MB: big.sh KARUTA [MB]
# The file holds 20,000 answers to questions of VizWiz, each with a record of 25 kB around it.
set -eu
karuta=$(readlink -f "$1")
megabytes=${2:-500}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 - "$megabytes" <<'PYTHON'
import json, os, sys

count = 20000
size = int(sys.argv[1]) * 1000000 // count
os.makedirs("coin/playground/Instructions_Original/VizWiz")
with open("coin/playground/Instructions_Original/VizWiz/val.json", "w") as out:
    json.dump([{"question_id": i, "image": "VizWiz/%d.png" % i, "text": "What is it?", "answer": "cat"} for i in range(count)], out)
with open("merge.jsonl", "w") as out:
    for i in range(count):
        line = {"question_id": i, "prompt": "What is it?", "text": "Cat" if i % 4 else "dog", "metadata": {"of": "x" * (size - 120)}}
        out.write(json.dumps(line) + "\n")
print(os.path.getsize("merge.jsonl") // 1000000, "MB")
PYTHON
export KARUTA_JAVA_OPTS="-Xmx64m"
"$karuta" score merge.jsonl --suite coin --data coin --task vizwiz
