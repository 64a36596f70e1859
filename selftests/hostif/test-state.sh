#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Group qat/ of the PF: every attribute read, every valid value written, every refusal
# with its errno (reference 08 section 2; contracts C7, C8, C9, C18, C19 and C31).
#
# kernels: 6.12 7.3
# also: 6.1
# vm: --pfs 1 --append cryptomgr.notests=1
# timeout: 600
# programs: pfvf

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"
. "$TOP/selftests/hostif/files.sh"

Q=$DEV/qat
EINVAL='Invalid argument'

loaded()
{
	modprobe qatvf_pf && is_up
}

modes()
{
	local file

	for file in state cfg_services pm_idle_enabled rp2srv auto_reset; do
		mode_is "$Q/$file" 644 || return 1
	done
	mode_is "$Q/num_rps" 444
}

idempotent()
{
	state up && is_up && state down && is_down && state down && is_down &&
		said 'Device qat_dev0 already up' && said 'Device qat_dev0 already down' &&
		said 'qat_dev0 stopped 9 acceleration engines'
}

# With or without newline, as in-tree scripts and Go programs write.
without_newline()
{
	writes "$Q/state" up && is_up && writes "$Q/state" down && is_down
}

# The rows of section 2.3: string and the services of four ring pairs.
service_sets="sym;asym asym sym asym sym
asym;sym asym sym asym sym
sym sym sym sym sym
asym asym asym asym asym
dc dc dc dc dc
dcc dc dc dc dc
asym;dc dc asym dc asym
dc;asym dc asym dc asym
sym;dc dc sym dc sym
dc;sym dc sym dc sym"

# rp2srv_is FIRST SERVICE...: of that many ring pairs
rp2srv_is()
{
	local rp=$1 service

	shift
	for service; do
		writes "$Q/rp2srv" $rp && reads "$Q/rp2srv" "$service" ||
			{ echo "ring pair $rp"; return 1; }
		rp=$((rp + 1))
	done
}

service_set()
{
	local services=$1

	shift
	state down && keeps "$Q/cfg_services" "$services" && state up && is_up &&
		reads "$Q/cfg_services" "$services" && rp2srv_is 0 "$@" && rp2srv_is 60 "$@"
}

# The worked example of the reference: ring pair 21, of VF 5.
old_map_until_up()
{
	restarted_with 'sym;asym' && rp2srv_is 20 asym && state down &&
		writes "$Q/cfg_services" 'dc;sym' && reads "$Q/rp2srv" asym && state up &&
		reads "$Q/rp2srv" dc && rp2srv_is 21 sym
}

refused_while_up()
{
	log_mark
	is_up && refuses "$Q/cfg_services" "$EINVAL" 'sym;asym' dc &&
		reads "$Q/cfg_services" 'dc;sym' &&
		said 'Device qat_dev0 must be down to reconfigure the service'
}

unknown_services()
{
	state down && refuses "$Q/cfg_services" "$EINVAL" decomp 'sym;decomp' 'sym;asym;dc' \
		'sym;sym' 'sym;' ';sym' 'sym,asym' 'dcc;sym' 'SYM' ' sym' $'sym\n\n' \
		"$(printf 'sym%.0s' {1..100})" && writes "$Q/cfg_services" $'sym\n' &&
		reads "$Q/cfg_services" sym
}

pm_idle()
{
	local word

	is_down && reads "$Q/pm_idle_enabled" 1 || return 1
	for word in 0 n N no off of f; do
		writes "$Q/pm_idle_enabled" 1 && writes "$Q/pm_idle_enabled" $word &&
			reads "$Q/pm_idle_enabled" 0 || { [ $word = f ] && continue; return 1; }
	done
	for word in 1 y Y yes on; do
		writes "$Q/pm_idle_enabled" 0 && writes "$Q/pm_idle_enabled" $word &&
			reads "$Q/pm_idle_enabled" 1 || return 1
	done
	refuses "$Q/pm_idle_enabled" "$EINVAL" 2 ja o
}

pm_idle_up()
{
	log_mark
	state up && refuses "$Q/pm_idle_enabled" "$EINVAL" 0 &&
		refuses "$Q/pm_idle_enabled" "$EINVAL" nonsense 2 &&
		said 'Device qat_dev0 must be down to set pm_idle_enabled'
}

rp2srv_refusals()
{
	log_mark
	refuses "$Q/rp2srv" "$EINVAL" 64 -1 65536 x '1 2' 0x10 &&
		refuses "$Q/rp2srv" 'out of range' 99999999999999999999 &&
		said 'Device does not support more than 64 ring pairs'
}

auto_reset_words()
{
	reads "$Q/auto_reset" off && writes "$Q/auto_reset" on && reads "$Q/auto_reset" on &&
		writes "$Q/auto_reset" 0 && reads "$Q/auto_reset" off &&
		writes "$Q/auto_reset" y && reads "$Q/auto_reset" on &&
		refuses "$Q/auto_reset" "$EINVAL" maybe 2 && reads "$Q/auto_reset" on &&
		state down && writes "$Q/auto_reset" off && reads "$Q/auto_reset" off
}

vfs_bring_up()
{
	is_down && writes "$Q/cfg_services" 'sym;asym' && numvfs 0 16 && is_up && have_vfs 0 16 && answered 0 16
}

# VFs go, and with the PF up again there are none.
down_takes_vfs()
{
	state down && have_vfs 0 0 && state up && have_vfs 0 0 && numvfs 0 4 && answered 0 4
}

# What a device plugin does again and again.
cycle()
{
	local n

	for ((n = 0; n < 5; n++)); do
		state down && state up || return 1
	done
}

# A restart after a fatal error, which one engine makes last: nobody can interfere.
busy_while_restarting()
{
	log_mark
	echo on >"$Q/auto_reset" && qmp set qat0 faults 'admin:delay,cmd=0,ms=2000,times=1;ras:set,reg=0x41a310,val=1' &&
		wait_until 10 said 'Resetting device qat_dev0' &&
		refuses "$Q/state" 'resource busy' down up && said 'Device qat_dev0 is busy' &&
		wait_until 30 said 'restarted in' && is_up && qmp set qat0 faults '' && echo off >"$Q/auto_reset"
}

# The restart is finished or given up first, and the device can be bound anew.
unbind_while_restarting()
{
	log_mark
	echo on >"$Q/auto_reset" && qmp set qat0 faults 'admin:delay,cmd=0,ms=2000,times=1;ras:set,reg=0x41a310,val=1' &&
		wait_until 10 said 'Resetting device qat_dev0' && unbind "$PF0" && [ ! -e "$Q" ] &&
		qmp set qat0 faults '' && bind 4xxx "$PF0" && is_up
}

# A writer that must wait for another one gets its turn; unbinding sends it away.
state_during_unbind()
{
	local writer status

	{ while [ -e "$Q/state" ]; do state down; state up; done; } 2>/dev/null &
	writer=$!
	sleep 1
	unbind "$PF0"
	status=$?
	wait $writer
	[ ! -e "$Q" ] && bind 4xxx "$PF0" && is_up && return $status
}

writers_side_by_side()
{
	local n pids=()

	for ((n = 0; n < 4; n++)); do
		{ for _ in 1 2 3; do state down; numvfs 0 4; numvfs 0 0; state up; done; } \
			2>/dev/null &
		pids+=($!)
		{ for _ in {1..30}; do cat "$Q"/{state,cfg_services} >/dev/null; done; } &
		pids+=($!)
	done
	wait "${pids[@]}"
	state down && is_down && have_vfs 0 0 && state up && numvfs 0 2 && answered 0 2
}

# The in-tree driver has a word for it, no firmware of these devices a service.
no_decomp_parameter()
{
	! modprobe qatvf_pf services=decomp && unload_all && modprobe qatvf_pf services=dc &&
		reads "$Q/cfg_services" dc && unload_all
}

gone_without_driver()
{
	unload_all && [ ! -e "$Q" ] && nothing_left "$PF0"
}

log_mark
plan 33
check 'PF comes up' loaded
check 'modes' modes
check 'num_rps' reads "$Q/num_rps" 64
check 'rp2srv cannot be read before it is written' unreadable "$Q/rp2srv" "$EINVAL"
check 'up and down, each twice' idempotent
check 'words without newline' without_newline
check 'other words are refused' refuses "$Q/state" "$EINVAL" on 1 'up down' upp $'up\n\n'
while read -r services map; do
	# shellcheck disable=SC2086 # four words
	check "services $services" service_set "$services" $map
done <<<"$service_sets"
check 'rp2srv shows the old map until the PF is up' old_map_until_up
check 'services cannot change while up' refused_while_up
check 'unknown services are refused' unknown_services
check 'pm_idle_enabled' pm_idle
check 'pm_idle_enabled cannot change while up' pm_idle_up
check 'rp2srv refuses' rp2srv_refusals
check 'auto_reset' auto_reset_words
check 'VFs bring a PF up that is down' vfs_bring_up
check 'down takes the VFs along' down_takes_vfs
check 'down and up five times' cycle
check 'busy while it restarts' busy_while_restarting
check 'unbound while it restarts' unbind_while_restarting
check 'the driver can be unbound while state is written' state_during_unbind
check 'four writers of state and sriov_numvfs' writers_side_by_side
check 'unloads, nothing is left' gone_without_driver
check 'no such service by the module parameter' no_decomp_parameter
finish
