#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Fuses: a device without its first or its admin engine, or without a slice of every
# service, is refused in one line that is no error; one without some parts comes up and
# tells its VFs so (reference 01 sections 3.2 and 3.3, contract C26).
#
# kernels: 6.12
# vm: --pfs 1
# timeout: 300
# programs: pfvf

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"
. "$TOP/selftests/faults/faulty.sh"

fuse()
{
	qmp set qat0 "fusectl$1" "$(($2))"
}

blown()
{
	local status

	fuse "$1" "$2" && fails 'No such device' 'fused off'
	status=$?
	fuse "$1" 0 && [ $status -eq 0 ] && works_now
}

# partly FUSE VALUE: comes up, and VFs get other capabilities than from a whole device
partly()
{
	local status

	log_mark
	fuse "$1" "$2" && bind 4xxx "$PF0" && numvfs 0 1 && said 'fused off' &&
		! "$VFSAY" transcript "$(vf 0 0)" >/dev/null && "$VFSAY" versions "$(vf 0 0)" &&
		unbind "$PF0" && nothing_left "$PF0"
	status=$?
	fuse "$1" 0
	return $status
}

plan 7
check 'PF driver loads' loaded_unbound
check 'no engines 0 to 3' blown 4 0x1
check 'no admin engine' blown 4 0x100
check 'no engines at all' blown 4 0x1ff
check 'no slice of any kind' blown 1 0x3ff
check 'no public key slice: symmetric crypto remains' partly 1 0x4
check 'unloads' unload_all
finish
