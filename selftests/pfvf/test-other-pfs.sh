#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Our VF driver and PFs that are not ours: older ones, one that refuses, one that
# says what makes no sense, one that is silent.  The model changes the words of our
# own PF on their way to the VF, by XOR, so that the VF reads what such a PF would
# have sent (values: reference 04 sections 5, 6 and 10).
#
# kernels: 6.1 6.12
# vm: --pfs 1 --append cryptomgr.notests=1
# timeout: 600

. "$(dirname "$0")/../lib/ktap.sh"

PF=0000:6b:00.0
VF=0000:6b:00.1
DRIVER=/sys/bus/pci/drivers/4xxxvf

# Type 2 answers the version, type 3 a byte of a block; ours is 0x0001050b.
words() { qmp set qat0 faults "${1:+mbox:corrupt,vf=0,reg=0,cmd=$1,val=$2${3:+,nth=$3}}"; }

log_of_vf() { dmesg | grep -F "4xxxvf $VF" | tail -n +"$((seen + 1))"; }

probe_vf()
{
	seen=$(dmesg | grep -cF "4xxxvf $VF")
	echo "$VF" >$DRIVER/bind 2>/dev/null
}

leave()
{
	words ''
	[ ! -e "$DRIVER/$VF" ] || echo "$VF" >$DRIVER/unbind
}

# The VF comes up and says so with this version and these capabilities.
serves_with()
{
	local status

	words "$1" "$2"
	probe_vf && log_of_vf | grep -qE "ready: PF mailbox version $3, .*$4"
	status=$?
	leave
	return $status
}

# The VF does not come up, says why, and comes up when the PF is itself again.
refuses()
{
	local why=$1 status

	shift
	words "$@"
	! probe_vf && log_of_vf | grep -qE "$why"
	status=$?
	leave
	probe_vf && log_of_vf | grep -q ready: || status=1
	leave
	return $status
}

prepared()
{
	modprobe qat_4xxxvf && modprobe qatvf_pf num_vfs=1 &&
		echo 4xxxvf >/sys/bus/pci/devices/$VF/driver_override &&
		probe_vf && log_of_vf | grep -q 'ready: PF mailbox version 5' && leave
}

silent_pf()
{
	local status

	qmp set qat0 faults mbox:drop,vf=0,reg=0
	! probe_vf && log_of_vf | grep -q 'the PF does not answer'
	status=$?
	leave
	return $status
}

# One byte of the capability block is damaged once: it is asked for again.
damaged_once()
{
	local status

	words 3 0x3fc00 3
	probe_vf && log_of_vf | grep -q 'capabilities 0x041fb20f' &&
		qmp get qat0 faults-fired | grep -q mbox
	status=$?
	leave
	return $status
}

still_clean()
{
	rmmod qatvf_pf qat_4xxxvf qatvf_core && [ -z "$(lsmod | grep -E '^qat')" ]
}

plan 12
check "VF and PF of ours" prepared
check "PF of version 4: no restart protocol, all else" \
	serves_with 2 0x00020100 4 'capabilities 0x041fb20f'
check "PF of version 3: the default ring map" \
	serves_with 2 0x00020600 3 'asym sym asym sym, capabilities 0x041fb20f'
check "PF of version 2: likewise" serves_with 2 0x00020700 2 'capabilities 0x041fb20f'
check "PF of version 1: default capabilities, too" \
	serves_with 2 0x00020400 1 'capabilities 0x0000000f'
check "PF that is newer" serves_with 2 0x00000300 6 'capabilities 0x041fb20f'
check "PF that finds us incompatible" refuses 'refuses ours' 2 0x00030000
check "PF with verdict 0" refuses 'refuses ours' 2 0x00010000
check "blocks with errors in every byte" refuses 'block 2 cannot be read' 3 0x00000400
check "a block damaged once is read again" damaged_once
check "PF that is silent" silent_pf
check "all modules can be unloaded" still_clean
finish
