# SPDX-License-Identifier: GPL-2.0
#
# KTAP output for tests written in shell.  A test says first how many points it has,
# then makes each one exactly once:
#
#	. "$TOP/selftests/lib/ktap.sh"
#	plan 3
#	check "sixteen VFs appear" test "$(vf_count)" -eq 16
#	skip "heartbeat" "no heartbeat on this kernel"
#	ok_if $? "name"
#	finish
#
# finish ends the script: 0 all passed, 1 some failed or points are missing, 4 all
# skipped (the kselftest values).  Diagnostics go through note or come from check,
# which shows a failed command's output.
#
# shellcheck shell=bash

set -u

TOP=${TOP:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
ktap_planned=0 ktap_count=0 ktap_failed=0 ktap_skipped=0

plan()
{
	ktap_planned=$1
	echo "KTAP version 1"
	echo "1..$1"
}

note()
{
	printf '%s\n' "$*" | sed 's/^/# /'
}

# ok_if STATUS NAME: one point, passed if STATUS is 0
ok_if()
{
	local status=$1

	shift
	ktap_count=$((ktap_count + 1))
	if [ "$status" -eq 0 ]; then
		echo "ok $ktap_count $*"
	else
		ktap_failed=$((ktap_failed + 1))
		echo "not ok $ktap_count $*"
	fi
	return "$status"
}

# check NAME COMMAND...: one point, passed if the command succeeds
check()
{
	local name=$1 out status

	shift
	out=$("$@" 2>&1)
	status=$?
	[ $status -eq 0 ] || note "failed ($status): $(cut -c1-200 <<<"$*")${out:+
$out}"
	ok_if $status "$name"
}

# skip NAME REASON
skip()
{
	ktap_count=$((ktap_count + 1))
	ktap_skipped=$((ktap_skipped + 1))
	echo "ok $ktap_count $1 # SKIP $2"
}

# Whole test: skipped before any point was made.
skip_all()
{
	echo "KTAP version 1"
	echo "1..0 # SKIP $*"
	exit 4
}

finish()
{
	note "Totals: pass:$((ktap_count - ktap_failed - ktap_skipped)) fail:$ktap_failed skip:$ktap_skipped"
	if [ "$ktap_count" -ne "$ktap_planned" ]; then
		note "planned $ktap_planned points, made $ktap_count"
		exit 1
	fi
	[ "$ktap_failed" -eq 0 ] || exit 1
	[ "$ktap_count" -gt "$ktap_skipped" ] || exit 4
	exit 0
}

# wait_until SECONDS COMMAND...: polls; fails when the time is over, which comes later
# on a slow kernel (run-vm says how much)
wait_until()
{
	local end=$((SECONDS + $1 * ${VM_PATIENCE:-1}))

	shift
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $end ] || return 1
		sleep 0.1
	done
}
