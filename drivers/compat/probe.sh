#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# probe.sh OUTPUT PROBE_DIR CC FLAGS...
#
# Compiles every PROBE_DIR/*.c with the kernel's own compiler and flags and
# writes OUTPUT: "#define QATVF_HAVE_<NAME> 1" for each that compiles.  A probe
# that must compile and one that must not are tried first, so that a broken
# compiler or tree is reported as that, and not as a kernel without features.

set -u
out=$1 dir=$2
shift 2

mkdir -p "${out%/*}"
log=$out.log
: >"$log"

compiles() {
	echo "== $1" >>"$log"
	"$@" -DMODULE -DKBUILD_MODNAME='"probe"' -Wno-unused -fsyntax-only \
		>>"$log" 2>&1
}

try() {
	src=$1
	shift
	compiles "$@" -Werror "$src"
}

if ! try "$dir/sane.c" "$@"; then
	cat "$log" >&2
	echo "qatvf: the kernel headers do not compile; is the tree complete?" >&2
	exit 1
fi
if try "$dir/insane.c" "$@"; then
	echo "qatvf: the compiler accepts what cannot compile: $*" >&2
	exit 1
fi

{
	echo "/* Made by probe.sh for the kernel this tree was built for. */"
	for src in "$dir"/have_*.c; do
		name=$(basename "$src" .c | tr '[:lower:]' '[:upper:]')
		if try "$src" "$@"; then
			echo "#define QATVF_$name 1"
		fi
	done
} >"$out.tmp" && mv "$out.tmp" "$out"
