#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Each allocation on the way of a PF or VF to work fails once: probe gives up with an
# error or does without, nothing is left behind, and the next attempt succeeds.  The
# kernel's failslab is told to fail after so many bytes which our module asked for, a
# bit more each time, until it finds nothing more to fail.  Leaks show in kmemleak, at
# the end of the machine; only a kernel built for it has both: make check-debug.
#
# kernels: debug
# vm: --pfs 1 --append cryptomgr.notests=1 --allow-dmesg Call.Trace:
# timeout: 600
# programs: pfvf

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"
. "$TOP/selftests/faults/faulty.sh"

FAILSLAB=/sys/kernel/debug/failslab
# Each round takes three more parts in eight, since one takes seconds.
FIRST_BYTES=64
MAX_ROUNDS=60

set_failslab()
{
	echo "$2" >"$FAILSLAB/$1"
}

# within MODULE: only allocations for which a function of the module is on the stack.
# Its size is that of more than its code, which does no harm.
within()
{
	local start size

	read -r start <"/sys/module/$1/sections/.text" &&
		size=$(awk -v m="$1" '$1 == m { print $2 }' /proc/modules) &&
		set_failslab ignore-gfp-wait N && set_failslab verbose 1 &&
		set_failslab stacktrace-depth 32 &&
		set_failslab require-start "$start" &&
		set_failslab require-end "$(printf '0x%x' $((start + size)))"
}

# arm BYTES: the next allocation that exceeds them fails, that one alone
arm()
{
	set_failslab times 1 && set_failslab space "$1" && set_failslab probability 100
}

# Stops it; succeeds if there was something to fail.
disarm()
{
	local left

	set_failslab probability 0
	read -r left <"$FAILSLAB/times"
	[ "$left" -eq 0 ]
}

# round DRIVER ADDRESS BYTES: sets $fired
round()
{
	local driver=$1 address=$2 text status

	fired=
	arm "$3"
	text=$(bind "$driver" "$address" 2>&1)
	status=$?
	# work which probe has started may still be asking for memory
	[ $status -ne 0 ] || sleep 1
	disarm && fired=1
	if [ $status -eq 0 ]; then
		unbind "$address" || return 1
		without_failure=$((without_failure + 1))
	else
		refused=$((refused + 1))
		[ -n "$fired" ] || { echo "refused for nothing: $text"; return 1; }
	fi
	[ ! -e "$PCI/devices/$address/driver" ]
}

# every_allocation DRIVER ADDRESS [COMMAND...]: the command says that nothing is left
every_allocation()
{
	local driver=$1 address=$2 bytes=$FIRST_BYTES n

	shift 2
	refused=0 without_failure=0
	for ((n = 1; n <= MAX_ROUNDS; n++)); do
		round "$driver" "$address" $bytes && "$@" ||
			{ echo "after $bytes bytes"; return 1; }
		[ -n "$fired" ] || break
		bytes=$((bytes * 11 / 8))
	done
	echo "$n rounds to $bytes bytes: probe refused $refused times, managed $without_failure times"
	[ -z "$fired" ] && [ $refused -gt 0 ]
}

pf_alone()
{
	modprobe qatvf_pf && unbind "$PF0" && within qatvf_pf
}

pf_with_a_vf()
{
	bind 4xxx "$PF0" && numvfs 0 1 && modprobe qat_4xxxvf && override "$VF" 4xxxvf &&
		within "$1"
}

pf_again()
{
	unbind "$PF0" && pf_with_a_vf "$1"
}

vf_works()
{
	bind 4xxxvf "$VF" && wait_until 60 grep -q qatvf-cbc-aes /proc/crypto
}

# sweep NAME DRIVER ADDRESS COMMAND...: one point, which says what it has seen
sweep()
{
	local name=$1 out=/run/sweep.out status

	shift
	every_allocation "$@" >$out 2>&1
	status=$?
	note "$(cat $out)"
	ok_if $status "$name"
}

VF=$(vf 0 0)
plan 8
check "the PF's driver is loaded" pf_alone
sweep "each allocation of the PF's bring-up" 4xxx "$PF0" nothing_left "$PF0"
check "the PF comes up, with a VF" pf_with_a_vf qat_4xxxvf
sweep "each allocation of the VF's bring-up" 4xxxvf "$VF" has_no_driver "$VF"
check "the PF comes up again" pf_again qatvf_core
sweep "each allocation of the core for a VF" 4xxxvf "$VF" has_no_driver "$VF"
check "the VF works after all that" vf_works
check "unloads" unload_all
finish
