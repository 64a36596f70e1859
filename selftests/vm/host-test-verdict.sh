#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# run-vm tells success from each kind of failure: a test suite whose machine died
# quietly would be green.
#
# timeout: 600

. "$(dirname "$0")/../lib/ktap.sh"
. "$(dirname "$0")/../lib/harness.sh"

# ends_with STATUS OPTION... -- COMMAND: the exit status of a machine
ends_with()
{
	local want=$1 status

	shift
	"$TOP/selftests/vm/run-vm" --pfs 0 --log verdict --timeout 200 "$@"
	status=$?
	[ $status -eq "$want" ] || { echo "status $status, not $want"; return 1; }
}

kmsg()
{
	echo "echo '<4>$1' >/dev/kmsg"
}

names_what_waits()
{
	grep -aq 'task:sleep ' "$LOGS/vm/verdict/console.log" &&
		grep -q '^CPU#1' "$LOGS/vm/verdict/monitor.log"
}

plan 8
check "the command's status comes out" ends_with 7 -- bash -c 'exit 7'
check "a kernel complaint spoils a success" ends_with 126 -- \
	bash -c "$(kmsg 'WARNING: made up')"
check "unless it is expected" ends_with 0 --allow-dmesg 'WARNING: made up' -- \
	bash -c "$(kmsg 'WARNING: made up')"
check "but only that one" ends_with 126 --allow-dmesg 'WARNING: made up' -- \
	bash -c "$(kmsg 'BUG: another')"
check "a panic is a failure" ends_with 125 -- bash -c 'echo c >/proc/sysrq-trigger; sleep 60'
check "so is a machine that stops by itself" ends_with 125 -- \
	bash -c 'echo o >/proc/sysrq-trigger; sleep 60'
check "a time limit ends it" ends_with 124 --timeout 45 -- sleep 100
check "which tells what was going on" names_what_waits
finish
