#!/bin/sh
# Measures what the README claims of a strategy of one's own, from nothing to the first table.
#
#   releng/own-strategy/measure.sh ./karuta [JOBS]
#
# Prints lines and files, seconds from `cp` to listed, and seconds from `karuta new` to the matrices of a new selector and of
# ModalPrompt's own (dual): three of the embedded tasks, three seeds, six runs, JOBS of them at a time (2 if left out). Beside them
# stands Mammoth, where a method is a file in its own tree; sgd.py is its smallest.
set -eu

[ $# -ge 1 ] || { echo "usage: $0 KARUTA [JOBS]" >&2; exit 2; }
karuta=$(readlink -f "$1")
jobs=${2:-2}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
KARUTA_DROPINS=$work/dropins
export KARUTA_DROPINS
mkdir dropins

now() { date +%s.%N; }
since() { awk "BEGIN { printf \"%.1f\", $(now) - $1 }"; }
lines() { cat "$@" | grep -c '[^[:space:]]' || :; }
# without package, imports and comments
own() { grep -v '^ *\(package \|import \|/\*\*\|\*\|//\)' "$1" | grep -c '[^[:space:]]'; }

"$karuta" version >started.txt # what is unpacked once, is unpacked now

begun=$(now)
"$karuta" new selector my.lab.nearest >new.txt
new=$(since "$begun")
"$karuta" build-strategy my.lab.nearest >built.txt
built=$(since "$begun")
copied=$(now)
cp my.lab.nearest/target/my.lab.nearest.jar dropins/
"$karuta" strategies selector.nearest >listed.txt
listed=$(since "$copied")
grep -q 'bundle my.lab.nearest' listed.txt
"$karuta" run my.lab.nearest/study.yaml --out runs --jobs "$jobs" >tables.txt
matrix=$(since "$begun")
grep -q 'own' tables.txt

class=my.lab.nearest/src/main/java/my/lab/nearest/Nearest.java
test=my.lab.nearest/src/test/java/my/lab/nearest/NearestTest.java
rest=$(find my.lab.nearest -type f -not -path '*/target/*' -not -name Nearest.java -exec cat {} + | grep -c '[^[:space:]]')
generated=$(find my.lab.nearest -type f -not -path '*/target/*' | grep -vc '/Nearest.java$')
times >times.txt
cpu=$(tail -n 1 times.txt | tr 'ms' '  ' | awk '{ printf "%.0f", 60 * $1 + $2 + 60 * $3 + $4 }')
row() { printf '%-48s %-10s %s\n' "$@"; }

cat tables.txt
echo
row "" "Karuta" "Mammoth (sgd.py)"
row "files that the author writes" 1 1
row "files that are generated, a test among them" "$generated" 0
row "lines that are generated, the test's among them" "$rest" 0
row "lines of the class, none of them blank" "$(lines "$class")" 34
row "  without package, imports and comments" "$(own "$class")" "not counted"
row "lines of the test, none of them blank" "$(lines "$test")" "no test"
row "files of the framework that are changed" 0 0
row "outside of the framework's tree" yes no
row "seconds of karuta new" "$new" "-"
row "seconds from karuta new to the jar" "$built" "-"
row "seconds from cp to listed" "$listed" "-"
row "seconds from karuta new to the matrices" "$matrix" "not measured"
row "  seconds of processors in all" "$cpu" "not measured"
echo
echo "On $(nproc) processors, of which $(cut -d ' ' -f 1 /proc/loadavg 2>/dev/null || echo unknown) were wanted in the last minute."
