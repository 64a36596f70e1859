#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Group qat_ras/ of the PF: an error of each class is counted in its file, and nowhere
# else; the files exist while the PF is up (reference 08 section 3, reference 03
# section 12).
#
# kernels: 6.12
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

# counts REGISTER BITS "C U F": the counters go to these
counts()
{
	inject "$1" "$2" && wait_until 5 counters_are "$3"
	counters_are "$3"
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

plan 13
modprobe qatvf_pf
log_mark
check 'no errors at first' counters_are '0 0 0'
check 'modes' modes
check 'engine, corrected' counts 0x41a308 1 '1 0 0'
check 'engine, not corrected' counts 0x41a300 2 '1 1 0'
check 'shared memory, corrected' counts 0x10 1 '2 1 0'
check 'slice push/pull' counts 0x8 1 '2 2 0'
check 'other words do not reset' refuses "$R/reset_error_counters" "$EINVAL" 0 2 11 1x
check 'counters are reset' reset_counters
check 'command bus parity, fatal' counts 0x41a310 1 '0 0 1'
check 'the PF stays up and the log says what to do' fatal_leaves_up
check 'down and up: counted anew' down_up_clears
check 'with auto_reset it restarts by itself' fatal_restarts
check 'unloads' unload_all
finish
