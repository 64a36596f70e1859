#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The modules build for every kernel without a warning of the compiler at W=1, of
# modpost or of sparse.  5.10 is the nearest packaged relative of RHEL 9's 5.14.
#
# timeout: 1200

. "$(dirname "$0")/../lib/ktap.sh"
. "$(dirname "$0")/../lib/harness.sh"
. "$TOP/selftests/vm/kernel-table.sh"

# 7.3's headers use a keyword of C23 which no released sparse knows.
sparse_flags=-D__typeof_unqual__=__typeof__
modules='qatvf_core qatvf_pf qat_4xxxvf'

# Complaints about our own files and about what they lead to at link time; the
# kernel's headers have a few of their own for sparse, and the rest of the log tells
# of compiler versions.
complaints()
{
	grep -E '^[^ ]+:[0-9]+:([0-9]+:)? (warning|error|fatal error): |(WARNING|ERROR): modpost' \
		"$1" | grep -vE '^[^ ]*/kernels/|^\./(include|arch)/'
}

# sparse names no option in its warnings
sparse_complaints()
{
	complaints "$1" | grep ' warning: ' | grep -v '\[-W'
}

# What sparse calls a bad constant expression is 7.3's check of MODULE_*() strings.
compiler_complaints()
{
	complaints "$1" | grep -E '\[-W|modpost|error: ' |
		grep -v 'error: bad constant expression'
}

none()
{
	local found

	found=$("$@")
	echo "$found"
	[ -z "$found" ]
}

sparse_ran_silently()
{
	grep -q '^  CHECK ' "$1" || { echo "sparse did not run"; return 1; }
	none sparse_complaints "$1"
}

all_there()
{
	local mod

	for mod in $modules; do
		[ -e "$1/drivers/$mod.ko" ] || { echo "no $mod.ko"; return 1; }
	done
}

kernels=$(kernel_names)
# shellcheck disable=SC2086 # words
set -- $kernels
plan $(($# * 3))
for kernel; do
	obj=$BUILD/obj-static/$kernel
	log=$LOGS/static-build-$kernel.log
	rm -rf "$obj"
	progress "kernel $kernel: building with W=1 and sparse"
	OBJ=$obj "$TOP/selftests/vm/kmake" "$kernel" drivers W=1 C=2 \
		CF="$sparse_flags" -k -j2 >"$log" 2>&1
	check "$kernel: the modules are built" all_there "$obj"
	check "$kernel: no warning at W=1" none compiler_complaints "$log"
	check "$kernel: sparse is silent" sparse_ran_silently "$log"
done
finish
