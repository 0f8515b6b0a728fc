#!/bin/sh
# fuzz.sh [FILES [SEED]]: damages so many files of every kind (100,000 if not said) and reads them, all in the build's own tests;
# the first line of each kind begins with "fuzz". About an hour for the default. Ends with what ./karuta test ends with.
set -eu
files=${1:-100000}
export JAVA_TOOL_OPTIONS="-Dkaruta.fuzz=$files -Dkaruta.fuzz.seed=${2:-1} -Dkaruta.fuzz.pictures=$files"
exec "$(dirname "$0")/../../karuta" test
