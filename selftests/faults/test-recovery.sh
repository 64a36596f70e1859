#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Service returns by itself, or it is said why not: answers lost one by one, rings that
# stand still for good, engines that hang, firmware that falls silent, a PCI link that
# breaks.  Nobody who encrypts meanwhile gets a wrong result.  Times are printed; the
# limits are against hanging.
#
# One VF, so that it is the one with the fault.  The kernel's self-tests are off: when
# the only VF stops and comes back they run again, and complain of what we break.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --append cryptomgr.notests=1
# timeout: 900
# modules: crypto/module faults/module
# programs: crypto

. "$(dirname "$0")/../crypto/ciphers.sh"

VFS=1
EVENTS=/run/events
Q=/sys/bus/pci/devices/$PF/qat

log_lines() { dmesg | grep -cF "$1"; }
said_times() { [ "$(log_lines "$1")" -ge "$2" ]; }

# event WORD [ADDRESS]: how often
events() { grep -cE "^${2:-.*} $1\$" $EVENTS; }
event_times() { [ "$(events "$1" "$3")" -ge "$2" ]; }

one() { echo | timeout 100 "$CIPHER_TEST" hold cbc | tail -n 1; }
one_works() { [ "$(one)" = ok ]; }

# timed COMMAND...: and say how long it took
timed()
{
	local from=${EPOCHREALTIME/./} status

	"$@"
	status=$?
	echo "$(((${EPOCHREALTIME/./} - from) / 1000)) ms"
	return $status
}

# An answer is lost and nothing else is asked: its request ends in bounded time.  It is
# in place, so that software must not try again: an error is right, a wrong result not.
lost_alone()
{
	local ready answer

	ready=$(log_lines 'ready: PF mailbox')
	faults 'resp:drop,times=1' && answer=$(timed one) || return 1
	echo "$answer"
	grep -qxE 'ok|error -5' <<<"$answer" &&
		wait_until 20 said_times 'ready: PF mailbox' $((ready + 1)) && one_works
}

# A large request may take longer than the deadline of small ones: a rate may hold it back.
slow_but_large()
{
	local ready

	ready=$(log_lines 'ready: PF mailbox')
	faults 'resp:late,ms=6500,times=1' && timed "$CIPHER_TEST" burst cbc 4000000 1 &&
		[ "$(log_lines 'ready: PF mailbox')" = "$ready" ]
}

# The same while others go on: found by their overtaking.
lost_under_load()
{
	local ready status

	rm -f $LOAD/*
	ready=$(log_lines 'ready: PF mailbox')
	start_load load ctr 60
	sleep 1
	faults 'resp:drop,times=1' &&
		timed wait_until 30 said_times 'ready: PF mailbox' $((ready + 1))
	status=$?
	stop_load && return $status
}

# Rings that stand for good take the VF out in the end, and its users to software.
stands_for_good()
{
	local status

	faults ring:stall || return 1
	rm -f $LOAD/*
	start_load load cbc 120
	start_load load ctr 120
	timed wait_until 80 said_times 'left without an answer 3 times in a row' 1
	status=$?
	sleep 1
	stop_load && [ $status = 0 ] && event_times failed 1 "$(vf 0)" &&
		[ "$(log_lines 'left without an answer')" = 1 ]
}

# The administrator resets the PF: that tries the VF again.
reset_helps()
{
	local ready

	faults '' && ready=$(log_lines 'ready: PF mailbox') &&
		echo 1 >/sys/bus/pci/devices/$PF/reset &&
		wait_until 60 said_times 'ready: PF mailbox' $((ready + VFS)) && wait_until 20 served
}

served()
{
	local before

	before=$(driver_count responses)
	one_works && [ "$(driver_count responses)" -gt "$before" ] && bound_are $VFS
}

# A reset by hand begins the count of failures anew.
fresh()
{
	echo 1 >/sys/bus/pci/devices/$PF/reset && wait_until 60 served
}

# survives KNOB: with automatic restart, found by the driver itself
survives()
{
	local restarted status heard

	fresh || return 1
	restarted=$(events restarted $PF) heard=$(log_lines 'Resetting device')
	rm -f $LOAD/*
	start_load load xts 60
	wait_until 20 grown "$(driver_count responses)" && faults "$1" && timed wait_until 40 said_times 'Resetting device' $((heard + 1)) && faults '' &&
		timed wait_until 40 event_times restarted $((restarted + 1)) $PF
	status=$?
	stop_load && [ $status = 0 ] && wait_until 20 served
}

# Fatal errors that no restart mends end in a device out of service, not in a loop.
in_the_end_down()
{
	local n

	faults fw:start && ras_fatal && wait_until 60 said_times 'times in a row: out of service, its' 1 &&
		event_times failed 1 $PF || return 1
	n=$(log_lines 'Resetting device')
	ras_fatal
	sleep 2
	[ "$(log_lines 'Resetting device')" = "$n" ]
}

ras_fatal() { qmp set qat0 faults "$(qmp get qat0 faults);ras:set,reg=0x41a310,val=1"; }

up_by_hand()
{
	# an error that it had while it was down is known as soon as it is up
	faults '' && echo up >$Q/state && wait_until 20 grep -qx up $Q/state && wait_until 20 served
}

# What the root port reports as if the link had said it.
aer() { qmp raw "{\"execute\": \"human-monitor-command\", \"arguments\": {\"command-line\": \"pcie_aer_inject_error qat0 $1\"}}"; }

link_breaks()
{
	local restarted status

	restarted=$(events restarted $PF)
	rm -f $LOAD/*
	start_load load cbc 60
	wait_until 20 grown "$(driver_count responses)" && aer DLP && timed wait_until 60 event_times restarted $((restarted + 1)) $PF
	status=$?
	stop_load && [ $status = 0 ] && wait_until 20 served
}

# A VF without a driver has the PCI core give up: the PF goes on alone.
link_breaks_alone()
{
	local restarted

	restarted=$(events restarted $PF)
	echo "$(vf 0)" >$VF_DRIVER/unbind && aer DLP &&
		timed wait_until 60 event_times restarted $((restarted + 1)) $PF &&
		said_times 'given up by the PCI core' 1 && grep -qx up $Q/state &&
		echo "$(vf 0)" >$VF_DRIVER/bind && wait_until 20 served
}

# Nor need anybody wait for that.
stopped_by_hand()
{
	local stopped

	stopped=$(log_lines 'stopping until it has been reset')
	echo "$(vf 0)" >$VF_DRIVER/unbind && aer DLP &&
		wait_until 20 said_times 'stopping until it has been reset' $((stopped + 1)) &&
		wait_until 20 log_has_after 'device recovery failed' 'stopping until it has been reset' &&
		echo down >$Q/state && echo up >$Q/state && grep -qx up $Q/state &&
		echo $VFS >/sys/bus/pci/devices/$PF/sriov_numvfs && wait_until 20 served
}

# log_has_after TEXT MARK: a line with TEXT behind the last one with MARK
log_has_after()
{
	dmesg | awk -v text="$1" -v mark="$2" 'index($0, mark) { found = 0 } index($0, text) { found = 1 }
		END { exit !found }'
}

vf_is_reset()
{
	local ready status

	ready=$(log_lines 'ready: PF mailbox')
	rm -f $LOAD/*
	start_load load cbc 60
	wait_until 20 grown "$(driver_count responses)" &&
		echo 1 >"/sys/bus/pci/devices/$(vf 0)/reset" &&
		timed wait_until 20 said_times 'ready: PF mailbox' $((ready + 1))
	status=$?
	stop_load && [ $status = 0 ] && wait_until 20 served
}

link_error_without_reset()
{
	local restarted

	restarted=$(events restarting)
	aer POISON_TLP && wait_until 20 said_times 'PCI error that needs no reset' 1 && sleep 1 &&
		[ "$(events restarting)" = "$restarted" ] && served
}

# Kernels since 6.18 say that they gave up, older ones nothing: the PF is not stopped.
given_up_without_reset()
{
	local gone

	gone=$(events restarting $PF)
	echo "$(vf 0)" >$VF_DRIVER/unbind && aer POISON_TLP &&
		wait_until 20 log_has_after 'device recovery failed' 'PCI error that needs no reset' &&
		sleep 1 && grep -qx up $Q/state && [ "$(events restarting $PF)" = "$gone" ] &&
		echo "$(vf 0)" >$VF_DRIVER/bind && wait_until 20 served
}

# Another function wants a reset after an error that the PF needs none for.
slot_reset_while_up()
{
	local restarted override

	restarted=$(events restarted $PF) override=/sys/bus/pci/devices/$(vf 0)/driver_override
	modprobe qatvf_vote && echo "$(vf 0)" >$VF_DRIVER/unbind && echo qatvf_vote >"$override" &&
		echo "$(vf 0)" >/sys/bus/pci/drivers_probe && aer POISON_TLP &&
		wait_until 60 event_times restarted $((restarted + 1)) $PF && grep -qx up $Q/state &&
		modprobe -r qatvf_vote && echo 4xxxvf >"$override" &&
		echo "$(vf 0)" >/sys/bus/pci/drivers_probe && wait_until 20 served
}

"$(dirname "$0")/uevents.py" >$EVENTS &
listener=$!

plan 17
check 'a VF comes up' bring_up
echo on >$Q/auto_reset
check 'no restart mends a fatal error: out of service' in_the_end_down
check 'up by hand' up_by_hand
check 'an answer is late, but of a large request' slow_but_large
check 'an answer is lost' lost_alone
step 'an answer is lost while others come' lost_under_load
step 'rings stand for good: software takes over' stands_for_good
check 'after a reset of the PF it serves again' reset_helps
step 'an engine hangs: the PF restarts without being polled' survives hb:freeze,ae=2
step 'the VF is reset by hand' vf_is_reset
step "an engine's firmware falls silent: the same" survives admin:silent,ae=3,cmd=7
step 'the link breaks' link_breaks
check 'a link error that needs no reset' link_error_without_reset
check 'the link breaks under a VF without a driver' link_breaks_alone
check 'an error that was given up: down, up' stopped_by_hand
check 'a link error that needs no reset, and a VF without a driver' given_up_without_reset
check 'a slot is reset under a PF that is up' slot_reset_while_up
kill $listener
finish
