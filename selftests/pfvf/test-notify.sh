#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What VFs are told when their PF stops or restarts, and how long it waits for them:
# reference 04 section 8. RESTARTING goes to the VFs that have sent INIT and to no
# other; the wait ends when all VFs of version 5 have said that they are done, or
# after about 10 s for all of them together.
#
# kernels: 6.12
# also: 6.1
# vm: --pfs 1
# timeout: 900
# programs: pfvf

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"

pf=$(pf 0)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
RESTARTING=00000007 DONE=0000002b RESTARTED=00000017 FATAL=00000013

# stop_watching: those that watch VFs which do not vanish
stop_watching()
{
	kill $(jobs -p) 2>/dev/null
	wait
}

fresh_vfs()
{
	stop_watching
	[ "$(numvfs 0)" = 0 ] || numvfs 0 0
	numvfs 0 16 && rm -f "$tmp"/*
}

# watch VF-NUMBER WORD...: in the background, until the VF vanishes
watch()
{
	local n=$1

	shift
	"$VFSAY" watch "$@" "$(vf 0 "$n")" >"$tmp/$n" 2>&1 &
}

all_ready()
{
	local file

	for file in "$tmp"/*; do
		wait_until 30 grep -q '^ready' "$file" || note "not ready: $(cat "$file")"
	done
}

# The usual company: three that must be told, three that must not.
everybody()
{
	watch 0 version=5 init "$@"
	watch 1 version=5
	watch 2 version=5 init shutdown
	watch 3 version=4 init
	watch 4 legacy init
	watch 5
	all_ready
}

# heard VF-NUMBER WORD...: exactly these, each once, in this order
heard()
{
	local n=$1 words

	shift
	words=$(awk '$2 == "heard" || $2 == "said" { print $3 }' "$tmp/$n" | xargs)
	[ "$words" = "$*" ] && return 0
	echo "VF $n: expected '$*', got:"
	cat "$tmp/$n"
	return 1
}

only_those_with_init_were_told()
{
	heard 0 $RESTARTING "$@" && heard 1 && heard 2 && heard 3 $RESTARTING &&
		heard 4 $RESTARTING && heard 5
}

# timed COMMAND...: sets $took to its time in ms
timed()
{
	local start status

	start=$(date +%s%N)
	"$@"
	status=$?
	took=$((($(date +%s%N) - start) / 1000000))
	return $status
}

# took_between MIN MAX: milliseconds
took_between()
{
	[ $took -ge "$1" ] && [ $took -le "$2" ]
}

unbind_pf() { unbind "$pf"; }
bind_pf() { bind 4xxx "$pf"; }
reset_pf() { echo 1 >"$PCI/devices/$pf/reset"; }

plan 29
check 'PF driver loads' modprobe qatvf_pf num_vfs=0 kernel_vfs=0

fresh_vfs
everybody done=100
timed numvfs 0 0
ok_if $? 'sriov_numvfs = 0'
wait
check 'RESTARTING went to the VFs with INIT only' only_those_with_init_were_told $DONE
took_between 0 6000
ok_if $? "VF done after 0.1 s: short wait ($took ms)"
check 'no VF is left' have_vfs 0 0

fresh_vfs
everybody done=4000
timed unbind_pf
ok_if $? 'PF unbound'
wait
check 'RESTARTING went to the VFs with INIT only' only_those_with_init_were_told $DONE
took_between 4000 10000
ok_if $? "VF done after 4 s: was waited for ($took ms)"
check 'PF bound again' bind_pf

fresh_vfs
log_mark
everybody
timed numvfs 0 0
ok_if $? 'sriov_numvfs = 0, one VF never done'
wait
check 'RESTARTING went to the VFs with INIT only' only_those_with_init_were_told
took_between 9000 15000
ok_if $? "the wait is bounded ($took ms)"
check 'the log says so' log_since 'VFs are still running'

fresh_vfs
log_mark
for n in 0 1 2 3 4 5 6 7; do
	watch $n version=5 init deaf
done
all_ready
timed numvfs 0 0
ok_if $? 'sriov_numvfs = 0, eight VFs that do not even acknowledge'
wait
took_between 9000 16000
ok_if $? "their waits do not add up ($took ms)"
check 'the log says so' log_since '(VF ?[0-9]+ does not acknowledge|still running)'

fresh_vfs
timed numvfs 0 0
ok_if $? 'VFs that said nothing'
took_between 0 5000
ok_if $? "cost no wait ($took ms)"

fresh_vfs
everybody done=200 again
timed reset_pf
ok_if $? 'PF reset through sysfs'
check 'all VFs are still there' have_vfs 0 16
wait_until 15 grep -q back "$tmp/0"
check 'the VF of version 5 was told RESTARTED and is served' grep back "$tmp/0"
took_between 0 12000
ok_if $? "and nobody waited long ($took ms)"
stop_watching
check 'VFs of older versions and without INIT were not told of it' \
	only_those_with_init_were_told $DONE $RESTARTED
check 'all other VFs are served too' "$VFSAY" transcript $(vfs 0 6 15)

fresh_vfs
everybody
# parity error of a command on the CPP bus: fatal (reference 03 section 12)
qmp set qat0 faults ras:set,reg=0x41a310,val=1
ok_if $? 'fatal error injected'
wait_until 10 grep -q $FATAL "$tmp/0"
sleep 2
stop_watching
check 'FATAL_ERROR went to the VF of version 5 with INIT only' eval \
	"heard 0 $FATAL && heard 1 && heard 2 && heard 3 && heard 4 && heard 5"
qmp set qat0 faults ''

fresh_vfs
watch 0 version=5 init done=0
all_ready
timed unload_all
ok_if $? 'unloads with VFs enabled'
wait
check 'the VF was told' heard 0 $RESTARTING $DONE
took_between 0 8000
ok_if $? "and not waited for long ($took ms)"
finish
