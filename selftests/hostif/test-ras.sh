#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Group qat_ras/ of the PF: every error that the device can report is counted in its
# file, and nowhere else; the files exist while the PF is up (reference 08 section 3,
# reference 03 section 12).
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1
# timeout: 300

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/hostif/files.sh"

R=$DEV/qat_ras
EINVAL='Invalid argument'

counters()
{
	cat "$R"/errors_{correctable,nonfatal,fatal} | xargs
}

counters_are()
{
	[ "$(counters)" = "$1" ] || { counters; return 1; }
}

inject() { qmp set qat0 faults "ras:set,reg=$1,val=$2"; }

# Every error that leaves the device at work: what, register, bits, and how many of them
# are corrected and how many are not (reference 03 section 12.2).
tolerated="engine, corrected			0x41a308	0x1		1 0
engine				0x41a300	0x100		0 1
ring interface memory		0x41b128	0x1		0 1
transport TI_CI			0x50060c	0x1		0 1
transport TI_PULL0FUB		0x500618	0x4000		0 1
transport TI_PUSHFUB		0x500630	0x1		0 1
transport TI_CD			0x50063c	0x2000000	0 1
transport TI_TRNSB		0x500648	0x4		0 1
rate limiter memory		0x500654	0x8		0 1
queue manager memory		0x500660	0x80000		0 1
command push/pull, data		0x640c04	0x101		0 1
ring interface pull		0x41a330	0x2		0 1
ring interface push parity	0x41a330	0x4		0 1
transport push			0x50053c	0x1		0 1
transport pull parity		0x50053c	0x4		0 1
memory, corrected		0x1700		0x1		1 0
memory				0x1704		0x1		0 1
memory target			0x1710		0x10		0 1
memory register file		0x1728		0x10		0 1
threads of engines 0 to 3	0x173c		0x80		0 1
threads of engines 4 to 7	0x1740		0x1		0 1
address of ring pair 21		0x506054	0x1		0 1
rate limiter			0x508814	0x1		1 0
shared memory			0x18		0x8001		0 1
shared memory, corrected		0x10		0x1		1 0
slice push/pull			0x8		0x1		0 1
pull data, ath and cph		0x1bc		0x1		0 1
pull data, dcpr and ucs		0x1c8		0x20000		0 1
push data, cpr and xlt		0x1f0		0x10000		0 1
push data, pke			0x1fc		0x20		0 1
slice bus, two at a time		0x224		0xc		0 2
register file			0x9c		0x1		0 1
register file, ath and cph	0xa0		0x8		0 1
register file, pke		0xb0		0x1		0 1
shared control, corrected	0x44c		0x842		3 0
shared control			0x44c		0x3000		0 2
compressor			0x2000		0x4		0 1
translator, corrected		0xa000		0x8		1 0
translator			0xa000		0x40000		0 1
decompressor 0, corrected	0x12000		0x8		1 0
decompressor 1			0x12080		0x10		0 1
decompressor 2, both		0x12100		0x60		1 1
slice hang			0x94		0x20		0 1"

# ... and those that only a restart ends.
fatal="command bus parity		0x41a310	0x4
ring interface command memory	0x41b128	0x10
IOSF command parity		0x41b1b8	0x1
command push/pull, command	0x640c04	0x81
command push/pull, many		0x640c04	0x3
transport TIMISCSTS		0x50054c	0x1
memory, many			0x1704		0x40000
memory target, many		0x1710		0x2
pull command, dcpr and ucs	0x1b0		0x1
push command, pke		0x1e4		0x1
slice bus, command		0x224		0x1
shared control, command		0x44c		0x1"

# counts REGISTER BITS "C U F": the counters go to these, and no further
counts()
{
	inject "$1" "$2" && wait_until 5 counters_are "$3"
	counters_are "$3"
}

corrected=0 uncorrected=0

counts_more()
{
	counts "$1" "$2" "$((corrected + $3)) $((uncorrected + $4)) 0"
}

# Each is counted once in its file, cleared (or it would be counted again with the next)
# and leaves the device as it is.
each_tolerated()
{
	local name register bits c u

	while IFS=$'\t' read -r name register bits c; do
		u=${c#* } c=${c% *}
		check "$name" counts_more "$register" "$bits" "$c" "$u"
		corrected=$((corrected + c)) uncorrected=$((uncorrected + u))
	done <<<"$(tr -s '\t' <<<"$tolerated")"
}

# With nothing left over from the one before
fatal_counted()
{
	state down && state up && counters_are '0 0 0' && counts "$1" "$2" '0 0 1' && is_up
}

each_fatal()
{
	local name register bits

	while IFS=$'\t' read -r name register bits; do
		check "fatal: $name" fatal_counted "$register" "$bits"
	done <<<"$(tr -s '\t' <<<"$fatal")"
}

modes()
{
	local file

	for file in correctable nonfatal fatal; do
		mode_is "$R/errors_$file" 444 || return 1
	done
	mode_is "$R/reset_error_counters" 200
}

reset_counters()
{
	echo 1 >"$R/reset_error_counters" && counters_are '0 0 0'
}

nothing_stuck() { ! said 'does not clear'; }

# Without auto_reset a fatal error changes nothing but the counter and the log.
fatal_leaves_up()
{
	is_up && said 'fatal error: write down, then up to qat/state'
}

# ... and what the log says helps.
down_up_clears()
{
	state down && [ ! -e "$R" ] && state up && counters_are '0 0 0' &&
		counts 0x41a308 1 '1 0 0'
}

restarted()
{
	said 'restarted in' && is_up
}

fatal_restarts()
{
	log_mark
	echo on >"$DEV/qat/auto_reset" && inject 0x41a310 1 && wait_until 30 restarted &&
		counters_are '0 0 0'
}

plan $((9 + $(wc -l <<<"$tolerated") + $(wc -l <<<"$fatal")))
modprobe qatvf_pf
log_mark
check 'no errors at first' counters_are '0 0 0'
check 'modes' modes
each_tolerated
check 'none of them was left pending' nothing_stuck
check 'other words do not reset' refuses "$R/reset_error_counters" "$EINVAL" 0 2 11 1x
check 'counters are reset' reset_counters
log_mark
each_fatal
check 'the PF stays up and the log says what to do' fatal_leaves_up
check 'down and up: counted anew' down_up_clears
check 'with auto_reset it restarts by itself' fatal_restarts
check 'unloads' unload_all
finish
