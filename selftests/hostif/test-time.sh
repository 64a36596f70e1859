#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The time base: every engine is told five times a second how many fifths of a second the
# PF has been up; the device model says what it was told, the machine's clock what time it
# is (reference 03 section 8).
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --append cryptomgr.notests=1
# timeout: 200

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/hostif/files.sh"

TICK=200	# milliseconds
ENGINES=9

time_base() { printf '%b' "$(qmp get qat0 time-base)"; }
knob() { qmp set qat0 faults "$1"; }

# milliseconds since the machine started
now()
{
	local up

	read -r up _ </proc/uptime
	now=${up/./}0
	now=$((10#$now))
}

# look NAME: lines "engine messages count", and between which times they were read
look()
{
	now
	eval "$1_begin=$now"
	eval "$1=\$(time_base)"
	now
	eval "$1_end=$now"
}

# engine TEXT NUMBER: its messages and count
engine() { awk -v n="$2" '$1 == n && NF == 3 { print $2, $3 }' <<<"$1"; }

all_told()
{
	[ "$(time_base | awk '$2 > 0' | wc -l)" = $ENGINES ]
}

# between_looks LEAST MOST: what a's counts have grown by until b is the time between
# them, a second off at most; LEAST to MOST per cent of the ticks came as a message.
between_looks()
{
	local n m0 c0 m1 c1 ticks

	[ "$(wc -l <<<"$b")" -eq $ENGINES ] || { echo "$b"; return 1; }
	for ((n = 0; n < ENGINES; n++)); do
		read -r m0 c0 <<<"$(engine "$a" $n)"
		read -r m1 c1 <<<"$(engine "$b" $n)"
		ticks=$((c1 - c0))
		[ $ticks -ge $(((b_begin - a_end) / TICK - 5)) ] &&
			[ $ticks -le $(((b_end - a_begin) / TICK + 5)) ] &&
			[ $(((m1 - m0) * 100)) -ge $((ticks * $1)) ] &&
			[ $(((m1 - m0) * 100)) -le $((ticks * $2)) ] ||
			{ echo "engine $n: $m0 $c0, after $((b_begin - a_end)) ms $m1 $c1"; return 1; }
	done
}

keeps_time()
{
	look a
	sleep 6
	look b
	between_looks 50 110
}

# The time since the PF came up, of which the log tells.
since_start()
{
	local up n count

	up=$(dmesg | sed -n 's/^\[ *\([0-9]*\)\.\([0-9]\{3\}\).* started 9 acceleration engines.*/\1\2/p' | tail -n 1)
	up=$((10#$up))
	look b
	for ((n = 0; n < ENGINES; n++)); do
		read -r _ count <<<"$(engine "$b" $n)"
		[ "$count" -ge $(((b_begin - up) / TICK - 6)) ] &&
			[ "$count" -le $(((b_end - up) / TICK + 6)) ] ||
			{ echo "engine $n: $count, $((b_begin - up)) ms after the start"; return 1; }
	done
}

silent_while_down()
{
	state down && look a && sleep 1 && look b && [ "$a" = "$b" ] &&
		[ -z "$(awk '$2 || $3' <<<"$b")" ] || { echo "$a; $b"; return 1; }
}

begins_anew()
{
	state up && wait_until 10 all_told && since_start
}

# One engine takes its time: the others hear nothing meanwhile, and then the right time.
late_answer()
{
	look a
	knob admin:delay,cmd=7,ae=4,ms=2000,times=1
	sleep 5
	look b
	knob ''
	between_looks 20 70
}

refused_once()
{
	[ "$(log_since 'engine 3 does not take the time base: error -5' | wc -l)" = 1 ]
}

refusal()
{
	log_mark
	knob admin:status,cmd=7,ae=3 && wait_until 5 refused_once && sleep 1 && refused_once &&
		! said 'engine [0-24-8] does not take' && is_up && knob '' &&
		wait_until 5 said 'engine 3 takes the time base again'
}

plan 8
modprobe qatvf_pf
check 'every engine is told' wait_until 10 all_told
check 'the time since the start' since_start
check 'five times a second, and right' keeps_time
check 'a late answer costs messages, not time' late_answer
check 'a refusal is told of once' refusal
check 'nothing while the PF is down' silent_while_down
check 'it begins anew' begins_anew
check 'unloads' unload_all
finish
