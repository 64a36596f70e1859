#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Processors and devices: requests go to a VF of the processor's own NUMA node while it
# has one, and processors leave and come back while the device has their requests.  Not
# one is lost, done twice or done wrongly.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 2 --pf-nodes 0,1 --smp 4
# timeout: 400
# modules: crypto/module
# programs: crypto

. "$(dirname "$0")/ciphers.sh"

BUS=(6b 70)
CPU=/sys/devices/system/cpu
REQUESTS=20

two_pfs()
{
	modprobe qatvf_core asym_priority=1 && modprobe qatvf_crypto_test &&
		modprobe qatvf_pf num_vfs=2 kernel_vfs=2 && wait_up
}

node_of()
{
	basename "$(echo "$CPU/cpu$1"/node*)" | tr -dc '0-9\n'
}

# pf_count NODE: requests that the VFs of the PF on that node have taken
pf_count()
{
	cat "/sys/kernel/debug/qat_4xxxvf_0000:${BUS[$1]}":*/ring_pairs 2>/dev/null |
		awk '/^[0-9]/ { n += $2 } END { print n + 0 }'
}

# goes_to NODE CPU: all that this processor asks for is done there
goes_to()
{
	local near far

	near=$(pf_count "$1") far=$(pf_count $((!$1)))
	yes '' | head -n $REQUESTS | taskset -c "$2" "$CIPHER_TEST" hold cbc >/run/hold.out
	echo "processor $2: node $1 $near -> $(pf_count "$1"), other $far -> $(pf_count $((!$1)))"
	[ "$(grep -c ok /run/hold.out)" -eq $REQUESTS ] &&
		[ "$(pf_count "$1")" -eq $((near + REQUESTS)) ] &&
		[ "$(pf_count $((!$1)))" -eq "$far" ]
}

nodes_are_two()
{
	[ "$(for cpu in 0 1 2 3; do node_of $cpu; done | sort | uniq -c | awk '{ print $1, $2 }' |
		xargs)" = '2 0 2 1' ] &&
		[ "$(cat /sys/bus/pci/devices/0000:{6b,70}:00.1/numa_node | xargs)" = '0 1' ]
}

near_first()
{
	local cpu

	for cpu in 0 1 2 3; do
		goes_to "$(node_of $cpu)" $cpu || return 1
	done
}

# vfs_of NODE bind|unbind
vfs_of()
{
	local n

	for n in 1 2; do
		echo "0000:${BUS[$1]}:00.$n" >"$VF_DRIVER/$2" || return 1
	done
}

far_if_need_be()
{
	local cpu

	vfs_of 1 unbind || return 1
	for cpu in 0 1 2 3; do
		goes_to 0 $cpu || return 1
	done
	vfs_of 1 bind && wait_up
}

# power 0|1 CPU...
power()
{
	local cpu on=$1

	shift
	for cpu; do
		echo "$on" >$CPU/cpu$cpu/online && [ "$(cat $CPU/cpu$cpu/online)" = "$on" ] || return 1
	done
}

some_load()
{
	rm -f $LOAD/*
	start_load load cbc 120
	start_load load xts 120
	start_load aead-load gcm 120
	start_load aead-load sha256-cbc 120
	device_works
}

up_and_down()
{
	local round

	for round in 1 2 3; do
		power 0 $round && device_works && power 0 $((round % 3 + 1)) && device_works &&
			power 1 $round $((round % 3 + 1)) || return 1
	done
	device_works
}

# stalled TEXT: for both devices
stalled()
{
	qmp set qat0 faults "\"$1\"" && qmp set qat1 faults "\"$1\""
}

held_in_flight()
{
	stalled ring:stall && wait_until 20 eval '[ "$(driver_count in_flight)" -ge 100 ]' ||
		return 1
	power 0 1 2 3 || return 1
	echo "in flight: $(driver_count in_flight)"
	[ "$(driver_count in_flight)" -ge 100 ] && stalled '' && device_works && power 1 1 2 3
}

plan 11
check "two PFs with two VFs each come up and their algorithms with them" two_pfs
check "two processors and a PF on each node" nodes_are_two
check "each processor's requests go to the PF of its node" near_first
check "to the other one while that has no VF" far_if_need_be
check "and back again" near_first
step "load on the devices" some_load
check "processors leave and come back meanwhile" up_and_down
check "three leave while the devices have their requests" held_in_flight
step "every request ended once and right" stop_load
check "none failed" no_request_failed
check "none is left on a device, none was forged" \
	test "$(driver_count errors) $(driver_count forged) $(driver_count in_flight)" = "0 0 0"
finish
