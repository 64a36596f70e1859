#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Our PF as VFs see it through their mailboxes: the transcripts of reference 04
# section 10, every request there is, and everything else that a VF could say.
#
# kernels: 6.1 6.12
# vm: --pfs 1
# timeout: 900
# programs: pfvf

# shellcheck disable=SC2046,SC2086 # addresses, one word each

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"

all=$(vfs 0 0 15)
one=$(vf 0 5)
seed=${SEED:-1}

say()
{
	timeout 300 "$VFSAY" "$@"
}

# reset_vf ADDRESS: as VFIO does it on each open and close
reset_vf()
{
	echo 1 >"$PCI/devices/$1/reset"
}

init_after_reset()
{
	say versions "$one" && reset_vf "$one" && say init-only "$one" && say transcript "$one"
}

plan 22
log_mark
check 'PF driver loads with 16 VFs' modprobe qatvf_pf num_vfs=16 kernel_vfs=0
check '16 VFs are there' have_vfs 0 16
check 'INIT without a version exchange, as the first word of all' say init-only "$one"
check 'bring-up on all VFs, word by word' say transcript $all
check 'versions 0 to 255 and the legacy request' say versions "$one"
check 'every byte of every block, and the errors' say blocks "$one"
check 'every CRC of every block, and the errors' say crcs "$one"
check 'reset of each ring pair, reserved bits refused' say resets "$one"
check 'RESTARTING_DONE that nobody asked for' say done-early "$one"
check 'unknown types are acknowledged and ignored' say unknown "$one"
check 'so are words without the system bit' say no-origin "$one"
check 'words without the interrupt bit are left alone' say no-int "$one"
check 'reply is there when the acknowledgement is (DPDK), 3000 times' say dpdk 3000 "$one"
check 'one read 100 us after the acknowledgement (qatlib), 1000 times' say qatlib 1000 "$one"
check 'replies that are never acknowledged, 1000 times' say deaf 1000 "$one"
check 'VF writes to the register of the replies, 3000 times' say meddle "$seed" 3000 $all
check 'words replaced before they are read, 3000 times' say replaced "$seed" 3000 $all
check "100000 random words from 16 VFs at once, seed $seed" say garbage "$seed" 100000 $all
check 'after the FLR of a VF: INIT without version, then bring-up' init_after_reset
check 'all VFs still work' say transcript $all
lines=$(log_since '4xxx|qat' | wc -l)
check "the log has not been flooded ($lines lines)" test "$lines" -lt 60
check 'unloads' unload_all
finish
