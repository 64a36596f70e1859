#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# One VF says as much as it can: the others get their answers, the flooder is muted
# for a while, the log stays short, and the flooder is served again. Reference 04
# sections 11 and 13.
#
# kernels: 6.1 6.12
# vm: --pfs 1
# timeout: 900
# programs: pfvf

# shellcheck disable=SC2046,SC2086 # addresses, one word each

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"

# Answers that are late because this machine is busy are not the PF's fault: one good
# run of three is enough, a PF that lets VFs disturb each other has none.
flood()
{
	local try

	for try in 1 2 3; do
		echo "try $try"
		timeout 100 "$VFSAY" flood "$@" && return 0
	done
	return 1
}

plan 7
check 'PF driver loads with 16 VFs' modprobe qatvf_pf num_vfs=16 kernel_vfs=0
log_mark
check 'VF 3 floods, VFs 0 to 2 are answered' flood 6 "$(vf 0 3)" $(vfs 0 0 2)
lines=$(log_since '4xxx|qat' | wc -l)
check "the log tells of it in a few lines ($lines)" test "$lines" -ge 1 -a "$lines" -le 15
check 'and names the VF' log_since 'VF ?3'
check 'all VFs work afterwards' "$VFSAY" transcript $(vfs 0 0 15)

"$VFSAY" flood 20 "$(vf 0 4)" "$(vf 0 5)" >/dev/null &
flooder=$!
sleep 2
check 'VFs can be removed during a flood' numvfs 0 0
# its VF is gone: it cannot know
kill $flooder 2>/dev/null
wait $flooder
check 'unloads' unload_all
finish
