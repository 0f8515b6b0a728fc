#!/bin/bash
# What goes wrong around a study, one thing after the other, to read what is said of it: bad-input.sh KARUTA FOLDER [ITEM ...]
# Items: changed checkpoint version full clock future readonly gone names copied ablate grid (default: all). Prints exit codes,
# warnings and errors, and "same" where matrices and predictions are those of an undisturbed study. As root on ext4, for small
# and read-only places; libfaketime (Debian: faketime) makes clocks jump.
set -u
karuta=$(readlink -f "${1:?which karuta?}")
mkdir -p "${2:?which folder?}" && cd "$2" || exit 1
shift 2
faketime=$(ls /usr/lib/*/faketime/libfaketime.so.1 2>/dev/null | head -n 1)

cat >short.yaml <<'STUDY'
study: bad
seeds: [1, 2]
backbone: tiny
encoder: tiny
benchmark: {id: cards, train: 16, test: 4}
tasks: [scienceqa, vizwiz]
training: {steps: 6, batch: 4, rate: 0.003}
arms:
  modalprompt: {learner: prompt, pool: prototype, selector: dual, fusion: concat}
  lora: {baseline: {id: lora, rank: 4}}
STUDY
sed 's/steps: 6/steps: 150/' short.yaml >long.yaml

item() { printf '\n== %s\n' "$*"; }
run() { "$karuta" run "$@" >said.txt 2>&1; told $?; }
told() { echo "code $1"; grep -E -A 2 '^(warning|error):|are kept|same run|other runs|not there any more' "${2:-said.txt}" | grep -v '^--'; }
numbers() { (cd "$1" && cat ./*/matrix.json ./*/predictions.jsonl | sha256sum); }
same() { [ "$(numbers whole)" = "$(numbers "$1")" ] && echo same || echo DIFFERENT; }
begun() { until grep -qs ', step' "$1"/*/log.txt; do sleep 0.2; done; }

whole() { [ -d whole ] || run short.yaml --out whole; }
changed() {
    item "a study that changes under a running sweep: the running one goes on as it was, the next one is another"
    cp long.yaml changing.yaml
    "$karuta" run changing.yaml --out changed >first.txt 2>&1 &
    begun changed
    sed -i 's/rate: 0.003/rate: 0.004/' changing.yaml
    run changing.yaml --out changed
    wait $!
    told $? first.txt
}
checkpoint() {
    item "a damaged checkpoint"
    cp -r whole damaged
    printf x | dd of="$(ls damaged/*lora*seed1/checkpoint-2.safetensors)" bs=1 seek=5000 conv=notrunc status=none
    "$karuta" table damaged >said.txt 2>&1; told $?
    run short.yaml --out damaged; same damaged
}
version() {
    item "a record with what this version does not know"
    cp -r whole newer
    python3 - newer/*lora*seed1/run.json <<'PYTHON'
import hashlib, json, sys
text = open(sys.argv[1]).read()
seal = json.loads(text)["sha256"]
text = text.replace("{", '{\n  "novelty": [1],', 1).replace(seal, "0" * 64)
open(sys.argv[1], "w").write(text.replace("0" * 64, hashlib.sha256(text.encode()).hexdigest(), 1))
PYTHON
    run short.yaml --out newer; same newer
}
full() {
    item "a full disk, and room again"
    mkdir full && mount -t tmpfs -o size=300k none full
    run short.yaml --out full/runs
    mount -o remount,size=50m full
    run short.yaml --out full/runs; same full/runs
    umount full
}
clock() {
    [ -n "$faketime" ] || { echo "no libfaketime"; return; }
    item "a clock two years behind, and the rest with the true one"
    LD_PRELOAD=$faketime FAKETIME=-2y run short.yaml --out behind --set 'seeds=[1]'
    run short.yaml --out behind; same behind
    item "a clock that jumps back by a year while runs go on"
    echo +1d >stamp
    LD_PRELOAD=$faketime FAKETIME_TIMESTAMP_FILE=$PWD/stamp FAKETIME_CACHE_DURATION=1 "$karuta" run short.yaml --out jump >said.txt 2>&1 &
    begun jump
    echo -400d >stamp
    wait $!
    told $?; same jump
}
future() {
    item "files of the year 2031, one run without its record"
    cp -r whole future
    rm future/*lora*seed1/run.json
    find future -exec touch -d 2031-01-01 {} +
    run short.yaml --out future; same future
}
readonly_() {
    item "a folder that becomes read-only within a run, and writable again"
    "$karuta" run long.yaml --out ro >said.txt 2>&1 &
    begun ro
    chattr +i ro ro/*
    wait $!
    told $?
    "$karuta" table ro >said.txt 2>&1; told $?
    run long.yaml --out ro --set 'seeds=[3]'
    chattr -i ro ro/*
    run long.yaml --out ro
}
gone() {
    item "a folder that disappears within a run, and is there again"
    "$karuta" run long.yaml --out gone >said.txt 2>&1 &
    begun gone
    mv gone away
    wait $!
    told $?
    rm -rf gone && mv away gone
    run long.yaml --out gone
}
names() {
    item "two studies of one name in one folder"
    cp -r whole names
    sed 's/steps: 6/steps: 7/' short.yaml >other.yaml
    run other.yaml --out names
    run short.yaml --out names
    "$karuta" table names 2>&1 | grep 'table of its own'
}
copied() {
    item "a run folder that somebody has copied, once under a name of Karuta's own"
    cp -r whole copied
    cp -r copied/bad.lora.default.seed1 copied/mine
    cp -r copied/bad.lora.default.seed1 copied/bad.lora.default.seed2.3
    run short.yaml --out copied
    "$karuta" table copied >said.txt 2>&1; told $?
    grep 'copied/mine' said.txt
}
ablate() {
    item "a part that the arm lacks"
    { sed '/lora:/d' short.yaml; echo 'ablate: [pool, gate]'; } >lacks.yaml
    "$karuta" validate lacks.yaml; echo "code $?"
    { sed '/modalprompt:/d' short.yaml; echo 'ablate: [selector]'; } >lacks.yaml
    "$karuta" validate lacks.yaml; echo "code $?"
}
grid() {
    item "ten thousand runs"
    echo "sweep: {arm: lora, grid: {baseline.rank: [$(seq -s, 1 50)], baseline.alpha: [$(seq -s, 1 100)]}}" | cat short.yaml - >grid.yaml
    "$karuta" run grid.yaml --out grid 2>&1 | cut -c 1-160
    [ ! -d grid ] || ls grid | wc -l
}

whole
for each in ${*:-changed checkpoint version full clock future readonly gone names copied ablate grid}; do
    "${each/#readonly/readonly_}"
done
