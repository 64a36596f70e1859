#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Documentation/ABI against the machine: a PF that has everything on, a VF of the kernel, a
# configuration with a profile. Every file there is has an entry, and every entry a file,
# with the mode it says.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --append cryptomgr.notests=1
# timeout: 200

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/configfs/tree.sh"
. "$TOP/selftests/hostif/files.sh"

everything()
{
	load_tree && mkdir "$TREE/$PF0" "$TREE/profiles/all" && put "$PF0/num_vfs" 2 &&
		put "$PF0/vf1/driver" kernel && put "$PF0/enable" 1 && modprobe qatvf_pf &&
		is_up && wait_until 30 eval 'dmesg | grep -q "4xxxvf .*: ready:"'
}

as_documented()
{
	local said

	said=$("$TOP/selftests/hostif/abi.py" "$TOP/Documentation/ABI/testing" "$PF0") || return 1
	note "$(grep '^#' <<<"$said")"
	! grep -v '^#' <<<"$said"
}

plan 3
check 'everything is there' everything
check 'files are as documented' as_documented
check 'unloads' eval 'clear_tree && unload_all'
finish
