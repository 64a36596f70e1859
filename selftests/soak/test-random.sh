#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What can happen to devices, in random order, while programs encrypt: resets, errors,
# answers and interrupts that get lost, VFs that go, come and change hands, processors
# that leave.  After each step all VFs must be back and serve; no request may be lost,
# done twice or done wrongly.  The steps follow from the seed alone:
#
#	SEED		begin of the sequence (default: the one below)
#	SOAK_SECONDS	how long (default 60)
#	SOAK_USERS	"kernel" (default), or "programs": VFs are also given to programs,
#			which are killed.  That needs a machine with one processor (see
#			vfio/test-handover); the other one leaves and comes.
#
# selftests/soak/soak runs it for an hour.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 2 --append cryptomgr.notests=1
# timeout: 300
# modules: crypto/module
# programs: crypto vfio

. "$(dirname "$0")/../crypto/ciphers.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"
. "$TOP/selftests/vfio/users.sh"

VFS_EACH=3
seconds=${SOAK_SECONDS:-60}
users=${SOAK_USERS:-kernel}
SEED=${SEED:-4711}
# Longer than any recovery takes
PATIENCE=$((90 * ${VM_PATIENCE:-1}))

# --- what can happen; $1 is the number of a PF, $2 that of one of its VFs ---------

sysfs() { echo "$PCI/devices/$(pf "$1")"; }
state_is() { [ "$(cat "$(sysfs "$1")/qat/state")" = "$2" ]; }
inject() { qmp set "qat$1" faults "\"$2\""; }
# Failures that follow each other soon are counted, and the third is the last
# (Documentation/reliability.md); a reset by hand begins anew.
fresh() { echo 1 >"$(sysfs "$1")/reset" && recovered; }

reset() { echo 1 >"$(sysfs "$1")/reset"; }
down_and_up() { echo down >"$(sysfs "$1")/qat/state" && sleep 0.2 && echo up >"$(sysfs "$1")/qat/state"; }
fatal_error() { fresh "$1" && inject "$1" ras:set,reg=0x41a310,val=1 && wait_until 20 eval "! state_is $1 up"; }
engine_hangs() { fresh "$1" && inject "$1" hb:freeze,ae=2 && wait_until $PATIENCE eval "! state_is $1 up" && inject "$1" ''; }
answer_lost() { fresh "$1" && inject "$1" resp:drop,times=1 && sleep 2; }
answers_twice() { inject "$1" resp:dup,times=20 && sleep 0.5; }
answers_of_nobody() { fresh "$1" && inject "$1" resp:opaque,times=2 && sleep 2; }
answers_late() { inject "$1" resp:late,ms=400,times=8 && sleep 1; }
interrupts_lost() { inject "$1" irq:lose,times=10 && sleep 1; }
message_lost() { inject "$1" mbox:drop,times=1 && reset "$1"; }
vf_leaves() { unbind "$(vf "$@")" && sleep 0.3 && bind 4xxxvf "$(vf "$@")"; }
vf_reset() { echo 1 >"$PCI/devices/$(vf "$@")/reset"; }
vfs_off_and_on() { numvfs "$1" 0 && numvfs "$1" $VFS_EACH; }

link_breaks()
{
	fresh "$1" && qmp raw "{\"execute\": \"human-monitor-command\", \"arguments\": {\"command-line\": \"pcie_aer_inject_error qat$1 DLP\"}}" &&
		wait_until 20 eval "! state_is $1 up"
}

processor_leaves()
{
	local online=/sys/devices/system/cpu/cpu1/online

	echo 0 >$online && sleep 0.5 && echo 1 >$online
}

# A VF for a program, which is killed; then it is the kernel's again.
changes_hands()
{
	local address

	address=$(vf "$@")
	to_vfio "$address" || return 1
	use die "$address" $((RANDOM % 4))
	[ $? -eq 137 ] && use clean "$address" && use works "$address" &&
		override "$address" '' && unbind "$address" && probe "$address"
}

# The one load makes place for another; each says whether its promises were kept.
other_load()
{
	stop_load && some_load
}

HAPPENINGS='reset down_and_up fatal_error engine_hangs answer_lost answers_twice
	answers_of_nobody answers_late interrupts_lost message_lost vf_leaves vf_reset
	vfs_off_and_on link_breaks other_load'
case $users in
kernel) HAPPENINGS+=' processor_leaves' ;;
programs) HAPPENINGS+=' changes_hands changes_hands changes_hands' ;;
*) echo "SOAK_USERS=$users: kernel or programs"; exit 1 ;;
esac
read -r -d '' -a happenings <<<"$HAPPENINGS"

# --- around it ------------------------------------------------------------------

some_load()
{
	local ciphers=(cbc ctr xts)

	rm -f $LOAD/*
	start_load load "${ciphers[RANDOM % 3]}" 7200
	start_load churn "${ciphers[RANDOM % 3]}" 7200
}

up_on_both()
{
	state_is 0 up && state_is 1 up && bound_are $((2 * VFS_EACH))
}

recovered()
{
	wait_until $PATIENCE up_on_both && wait_until $PATIENCE grown "$(driver_count responses)"
}

begin()
{
	modprobe qatvf_core && modprobe qatvf_crypto_test && modprobe vfio-pci &&
		modprobe qatvf_pf num_vfs=$VFS_EACH kernel_vfs=$VFS_EACH auto_reset=1 &&
		wait_until $PATIENCE up_on_both && wait_until $PATIENCE listed qatvf-xts-aes
}

# One step.  Its dice are thrown before anything happens, so that nothing but the seed
# decides about them.
happen()
{
	local what=${happenings[RANDOM % ${#happenings[@]}]}
	local on=$((RANDOM % 2)) vf=$((RANDOM % VFS_EACH)) from=${EPOCHREALTIME/./}

	note "$step $what $on $vf"
	$what $on $vf && recovered && inject $on '' || {
		note "seed $SEED, step $step: $what on PF $on, VF $vf"
		note "states $(cat "$(sysfs 0)/qat/state" "$(sysfs 1)/qat/state" | xargs), $(driver_count responses) answers"
		note "$(dmesg | tail -n 40)"
		return 1
	}
	note "$step took $(((${EPOCHREALTIME/./} - from) / 1000)) ms"
}

soak()
{
	local end=$((SECONDS + seconds)) step

	for ((step = 1; SECONDS < end; step++)); do
		happen || return 1
	done
	note "seed $SEED: $((step - 1)) steps, $(driver_count responses) answers since the VFs came last"
	[ $step -gt 1 ]
}

plan 5
RANDOM=$((SEED % 32768))
check 'three VFs each of two PFs' begin
some_load
wait_until 20 grown "$(driver_count responses)"
soak
ok_if $? "$seconds seconds of whatever comes, seed $SEED"
step 'no promise to a request was broken' stop_load
check 'all unload' eval 'unload qatvf_crypto_test vfio_pci && unload_all'
check 'nothing is left' nothing_left "$(pf 0)" "$(pf 1)"
finish
