#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What make install-tools puts into a machine, at work there: systemd's own udevd with our
# rule gives group qat the vfio files of VFs and of nothing else, at once and after the
# commands that doctor names; what the unit runs at boot, as it is written; and a program
# of that group, which is not root, opens a VF.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --iommu on --append cryptomgr.notests=1 --qemu-arg -device --qemu-arg edu,bus=pcie.0
# timeout: 300
# programs: configfs ctl

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/configfs/tree.sh"

pf=$(pf 0) vf0=$(vf 0 0) vf1=$(vf 0 1)
unit=/usr/lib/systemd/system/qatvf.service
nobody=65534

# A machine with udev, but nothing of ours.
start_udevd()
{
	rm -f /usr/lib/udev/rules.d/70-qatvf-vfio.rules /etc/udev/rules.d/*
	sed -i '/^qat:/d' /etc/group
	/usr/lib/systemd/systemd-udevd --daemon && udevadm settle
}

# group_file ADDRESS: that vfio has of a device, once udev has seen it
group_file()
{
	udevadm settle --timeout=20
	echo "/dev/vfio/$(group_of "$1")"
}

# owned ADDRESS "GROUP MODE": its file, and the device's own where the kernel has those
owned()
{
	local file is

	for file in "$(group_file "$1")" "$PCI/devices/$1"/vfio-dev/vfio*; do
		case $file in
		*/vfio-dev/vfio\*) continue ;;
		*/vfio-dev/*) file=/dev/vfio/devices/${file##*/}; [ -e "$file" ] || continue ;;
		esac
		is=$(stat -c '%G %a' "$file") && [ "$is" = "$2" ] || { echo "$file: $is"; return 1; }
	done
}

# to_vfio ADDRESS: by hand
to_vfio()
{
	modprobe vfio-pci && override "$1" vfio-pci && probe "$1" && has_driver "$1" vfio-pci
}

install_tools()
{
	make -s -C "$TOP" install-tools BUILD="$BUILD" >/dev/null && [ -x /usr/sbin/qatvfctl ]
}

verified()
{
	local said

	said=$(systemd-analyze --man=no verify "$unit" 2>&1 | grep -i qatvf)
	[ -z "$said" ] || { echo "$said"; return 1; }
}

# What a line of the unit says is run, as it is written.
runs()
{
	local line

	line=$(sed -n "s/^$1=//p" "$unit")
	# shellcheck disable=SC2086 # words
	[ -n "$line" ] && $line
}

# The mount that the unit wants, made as its unit says.
mount_configfs()
{
	local mount=/usr/lib/systemd/system/sys-kernel-config.mount

	grep -q "^After=.*${mount##*/}" "$unit" &&
		mount -t "$(sed -n 's/^Type=//p' "$mount")" "$(sed -n 's/^What=//p' "$mount")" \
			"$(sed -n 's/^Where=//p' "$mount")"
}

# finds ERE: in what doctor says
finds()
{
	local said

	said=$(qatvfctl doctor)
	grep -qE "$1" <<<"$said" || { echo "$said"; return 1; }
}

# The commands that doctor names for permissions, but for the first, which has been done
mend()
{
	local commands

	commands=$(qatvfctl --json doctor | python3 -c 'import json, sys
print(*(f["mend"].split("; ", 1)[1] for f in json.load(sys.stdin)["findings"]
	if f["check"] == "permissions" and f["mend"].startswith("install ")))')
	[ -n "$commands" ] && (eval "$commands")
}

# opens ADDRESS SETPRIV-OPTION...: a program that is not root, with these rights
opens()
{
	local said address=$1

	shift
	said=$(setpriv --reuid $nobody --regid $nobody "$@" "$HOLD" "$address" \
		"$(group_of "$address")" </dev/null 2>&1)
	grep -qx held <<<"$said" || { echo "$said"; return 1; }
}

vfs_again()
{
	numvfs 0 0 && numvfs 0 4 && wait_until 10 has_driver "$vf0" vfio-pci && owned "$vf0" 'qat 660'
}

edu=$(grep -l 0x11e8 "$PCI"/devices/*/device | cut -d/ -f6)

plan 22
check 'udevd runs, nothing of ours is there' start_udevd
modprobe qatvf_pf num_vfs=4
check 'a VF for vfio' to_vfio "$vf0"
check 'its file is root'"'"'s' owned "$vf0" 'root 600'
check 'make install-tools' install_tools
check 'systemd knows the unit' verified
check 'doctor: no group' finds 'permissions .*no group qat'
check 'group qat' systemd-sysusers /usr/lib/sysusers.d/qatvf.conf
check 'doctor: no permission' finds "permissions .*may not open /dev/vfio/$(group_of "$vf0")"
check 'what doctor says mends it' mend
check 'the group has the file' owned "$vf0" 'qat 660'
check 'doctor: all is well' finds 'ok +permissions'
unload vfio_pci qatvf_pf

cat >/etc/qatvf.conf <<EOT
[pf $pf]
num_vfs = 4
[vf $pf 0-1]
driver = vfio-pci
[vf $pf 2]
driver = kernel
EOT
check 'configfs, as the unit wants it' mount_configfs
check 'the unit applies the file' runs ExecStart
modprobe qatvf_pf
check 'it is applied' holds $pf/status applied
check 'the VF has its driver' wait_until 20 has_driver "$vf1" vfio-pci
check 'its file is the group'"'"'s' owned "$vf1" 'qat 660'
check 'a program of the group opens it' opens "$vf1" --groups "$(getent group qat | cut -d: -f3)"
check 'another does not' eval '! opens "$vf1" --clear-groups'
check 'reload' runs ExecReload
check 'VFs come anew: still the group'"'"'s' vfs_again
check 'another device of vfio is not the group'"'"'s' eval \
	'to_vfio "$edu" && owned "$edu" "root 600"'
unbind "$edu"
udevadm control --exit
check 'all of it can be removed and unloaded' eval 'clear_tree && unload vfio_pci && unload_all'
finish
