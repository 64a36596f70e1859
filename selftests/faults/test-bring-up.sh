#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Each step of bring-up fails: the error names what failed, probe returns it in bounded
# time, nothing is left behind, and the same device comes up when the fault is gone
# (reference 09 section 3.1; the knobs are in selftests/qemu/fault.c).
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1
# timeout: 1500
# programs: pfvf

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"
. "$TOP/selftests/faults/faulty.sh"

NODEV='No such device' TIMEDOUT='timed out' IO='Input/output error' BUSY='busy'

# what happens; knob; errno; what the log must say
ROWS="
the device does not answer at all;	mmio:ones;	$NODEV;	does not answer
registers read as all ones;	mmio:ones,op=read;	$NODEV;	all ones
power never comes;	pm:never;	$TIMEDOUT;	does not power up
the power status vanishes;	mmio:ones,reg=PM_STATUS;	$NODEV;	does not power up
engines stay in reset;	mmio:stuck,reg=ICP_RESET_CPP0,val=0x100015;	$IO;	engines stay in reset
an engine does not count;	mmio:stuck,reg=PROFILE_COUNT,val=7;	$IO;	engine [0-9]+ is inactive
an engine's registers are always busy;	mmio:stuck,reg=LOCAL_CSR_STATUS,val=1;	$TIMEDOUT|$IO;	engine [0-9]+
the first image is not authentic;	fw:auth,nth=1;	$IO|$NODEV|Invalid|rejected|Bad message;	qat_4xxx_mmp.* not authenticated
the second image is not authentic;	fw:auth,nth=2;	$IO|$NODEV|Invalid|rejected|Bad message;	qat_4xxx.* not authenticated
the last image is not authentic;	fw:auth,nth=4;	$IO|$NODEV|Invalid|rejected|Bad message;	qat_4xxx.* not authenticated
authentication never ends;	fw:slow,ms=100000;	$TIMEDOUT;	not authenticated
the first image is not loaded;	fw:load,nth=1;	$IO;	not loaded
the last image is not loaded;	fw:load,nth=3;	$IO;	not loaded
the firmware unit is deaf;	mmio:ignore,reg=FCU_CONTROL;	$TIMEDOUT|$IO;	not authenticated
firmware memory cannot be read;	dma:read;	$IO|$NODEV|$TIMEDOUT|Invalid|rejected|Bad message;	not authenticated
engine 3 does not start;	fw:start,ae=3;	$IO|$TIMEDOUT|$NODEV;	engine
the admin engine does not start;	fw:start,ae=8;	$IO|$TIMEDOUT|$NODEV;	engine
constants are refused;	admin:status,cmd=3;	$IO;	admin command 3
constants are never acknowledged;	admin:silent,cmd=3;	$TIMEDOUT;	admin command 3
constants find the mailbox busy;	mmio:stuck,reg=MAILBOX,val=1;	$BUSY|$TIMEDOUT;	admin command
answers cannot be written;	dma:write;	$TIMEDOUT;	admin command 3
the capability query is refused;	admin:status,cmd=9,ae=5;	$IO;	admin command 9 to engine 5
the capability query is not answered;	admin:silent,cmd=9,ae=0;	$TIMEDOUT;	admin command 9 to engine 0
an engine refuses to be initialised;	admin:status,cmd=0,ae=7;	$IO;	admin command 0 to engine 7
an engine never says it is initialised;	admin:silent,cmd=0,ae=8;	$TIMEDOUT;	admin command 0 to engine 8
power management is refused;	admin:status,cmd=128;	$IO;	admin command 128
power management is not answered;	admin:silent,cmd=128;	$TIMEDOUT;	admin command 128
"

loads_without_device()
{
	knob mmio:ones && modprobe qatvf_pf && has_no_driver "$PF0" && nothing_left "$PF0"
}

device_comes_later()
{
	unload_all && modprobe qatvf_pf && knob '' && works_now
}

comes_up_with_vfs()
{
	bind 4xxx "$PF0" && numvfs 0 16 && have_vfs 0 16 && answered 0 16
}

count=$(grep -c ';' <<<"$ROWS")
plan $((count + 4))
check 'the module loads while the device does not answer' loads_without_device
check 'and unloads, loads, and brings the device up later' device_comes_later
while IFS=';' read -r name fault errno words; do
	[ -n "$name" ] || continue
	fault=${fault//[[:space:]]/}
	check "$name" knob_fails "$fault" "${errno#$'\t'}" "${words#$'\t'}"
done <<<"$ROWS"
check 'with VFs it comes up after all that' comes_up_with_vfs
check 'unloads' unload_all
finish
