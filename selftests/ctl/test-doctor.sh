#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# qatvfctl doctor in the machine: things are broken one after the other, doctor names each,
# and the commands that it names mend it, run as they are printed.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --append cryptomgr.notests=1
# timeout: 300
# programs: ctl

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"

pf=$(pf 0)
dev=$PCI/devices/$pf
ctl=$BUILD/tools/qatvfctl

# finding CHECK ERE: the command of that finding
finding()
{
	"$ctl" --json doctor | python3 -c 'import json, re, sys
for f in json.load(sys.stdin)["findings"]:
	if f["kind"] != "ok" and f["check"] == sys.argv[1] and re.search(sys.argv[2], f["what"]):
		print(f["mend"])' "$1" "$2"
}

# mended CHECK ERE [SED-SCRIPT]: found, gone after its commands; the script puts in what
# is written for people
mended()
{
	local commands

	commands=$(finding "$1" "$2" | sed "${3:-}")
	[ -n "$commands" ] || { "$ctl" doctor; return 1; }
	echo "$commands"
	(eval "$commands")
	[ -z "$(finding "$1" "$2")" ] || { "$ctl" doctor; dmesg | tail -n 3; return 1; }
}

well()
{
	local said

	said=$("$ctl" doctor)
	[ $? -eq 0 ] && ! grep -qE '^BAD|^note' <<<"$said" &&
		grep -q '^16 devices (VFs) usable; 0 bad, 0 notes' <<<"$said" || { echo "$said"; return 1; }
}

to_vfio()
{
	unbind "$pf" && override "$pf" vfio-pci && probe "$pf" && has_driver "$pf" vfio-pci &&
		override "$pf" ''
}

plan 15
sed -i '/^qat:/d' /etc/group
rm -f /etc/modprobe.d/qatvf.conf
check 'our driver is not loaded' mended module 'qatvf_pf is not loaded'
check 'nothing keeps the in-tree driver away' mended conflict 'nothing keeps qat_4xxx away'
check 'no VFs' mended pf 'VFs are not enabled' 's/.*(or: \(.*\))/\1/'
check 'VFs are there' have_vfs 0 16
check 'vfio is not loaded' mended vfio 'vfio-pci is not loaded'
check 'no configfs' mended configuration 'not mounted'
override "$(vf 0 0)" vfio-pci
probe "$(vf 0 0)"
check 'no group' mended permissions 'no group qat' 's/USER/nobody/'
chgrp qat /dev/vfio/[0-9]* && chmod 660 /dev/vfio/[0-9]*
check 'all is well' well
echo down >"$dev/qat/state"
check 'the PF is down' mended pf 'is down'
unbind "$pf"
check 'the PF has no driver' mended pf 'has no driver'
check 'the PF is given to vfio' to_vfio
check '... which is mended' mended pf 'driven by vfio-pci'
check 'VFs again' mended pf 'VFs are not enabled' 's/.*(or: \(.*\))/\1/'
check 'all is well' well
check 'unloads' eval 'numvfs 0 0 && unload vfio_pci && unload_all'
finish
