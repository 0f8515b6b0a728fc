#!/bin/sh
# Makes a folder for KARUTA_LIBTORCH out of a PyTorch of another release than Karuta's own: links to its libraries, and DJL's
# native part compiled for it.
#
#   releng/libtorch/native.sh TORCH OUT     such as .../site-packages/torch ~/libtorch-2.11.0
#
# TORCH holds include/ and lib/, as a Python package of PyTorch and a libtorch archive do. OUT must not be there yet. Needed
# are Linux, a JDK, g++ and some minutes; neither a GPU nor CUDA's compiler, as nothing in DJL's part runs on a GPU itself.
# What comes out fits this very PyTorch: make it anew when that changes.
#
# Environment: JAVA_HOME
#   DJL  a checkout of DJL at the tag below (default: fetched with curl)
set -eu

tag=v0.36.0 # the DJL that Karuta is built with

die() {
    echo "native.sh: $*" >&2
    exit 1
}

[ $# = 2 ] || die "say which PyTorch and which folder to make: native.sh TORCH OUT"
torch=$(readlink -f "$1")
[ ! -e "$2" ] || die "$2 is there already"
[ -f "$torch/include/torch/csrc/api/include/torch/torch.h" ] || die "PyTorch's headers are not in $1/include"
[ -f "$torch/lib/libtorch_cpu.so" ] || die "PyTorch's libraries are not in $1/lib"
version=$(cat "$torch/build-version" 2>/dev/null || sed -n "s/^__version__ = '\(.*\)'/\1/p" "$torch/version.py" 2>/dev/null)
[ -n "$version" ] || die "$1 does not say its version"
javac=$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}javac") || die "a JDK is missing: install one, 17 or newer"
jdk=$(readlink -f "$javac")
jdk=${jdk%/bin/javac}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "${DJL:-}" ]; then
    curl -fsSL "https://github.com/deepjavalibrary/djl/archive/refs/tags/$tag.tar.gz" | tar -xz -C "$work"
    DJL=$work/djl-${tag#v}
fi
java=$DJL/engines/pytorch/pytorch-engine/src/main/java
native=$DJL/engines/pytorch/pytorch-native/src/main/native

"$javac" -h "$work" -d "$work" "$java/ai/djl/pytorch/jni/PyTorchLibrary.java"
echo "Compiling DJL's native part for PyTorch $version"
for source in "$native"/*.cc; do
    echo "$source"
done | xargs -P "$(nproc)" -I '{}' sh -c 'file=$1; shift; g++ -c "$file" -o "$0/${file##*/}.o" "$@"' "$work" '{}' \
    -std=c++17 -O2 -fPIC -w -DNDEBUG "-I$work" "-I$torch/include" "-I$torch/include/torch/csrc/api/include" \
    "-I$jdk/include" "-I$jdk/include/linux" "-I$DJL/api/src/main/native"
g++ -shared -o "$work/libdjl_torch.so" "$work"/*.o "-L$torch/lib" -ltorch_cpu -lc10

mkdir -p "$2/lib"
ln -s "$torch"/lib/*.so* "$2/lib/"
cp "$work/libdjl_torch.so" "$2/lib/"
echo "$version" >"$2/build-version"
echo "Made $2; use it by KARUTA_LIBTORCH=$(readlink -f "$2")"
