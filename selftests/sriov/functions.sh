# SPDX-License-Identifier: GPL-2.0
#
# Shell functions for tests that turn VFs on and off: where the functions are, which
# driver they have, what the kernel said. Facts: reference 08 section 7.3 (VF n is at
# devfn + 1 + n of its PF) and run-vm (PF 0 is at 6b:00.0, PF 1 at 70:00.0).
#
# shellcheck shell=bash
# shellcheck disable=SC2046 # addresses, one word each
# shellcheck disable=SC2015 # { } after || only complains

PCI=/sys/bus/pci
PF_BUSES=(6b 70 75 7a)
VFSAY=$BUILD/selftests/pfvf/vfsay
export LC_ALL=C

# A program takes tens of milliseconds to start here, so what is called often is made
# of the shell's own parts.

# pf NUMBER: address of a PF
pf()
{
	echo "0000:${PF_BUSES[$1]}:00.0"
}

# vfs PF-NUMBER FIRST LAST: where these VFs must appear, one a line
vfs()
{
	local n

	for ((n = $2; n <= $3; n++)); do
		printf '0000:%s:%02x.%x\n' "${PF_BUSES[$1]}" $(((n + 1) / 8)) $(((n + 1) % 8))
	done
}

vf()
{
	vfs "$1" "$2" "$2"
}

exists()
{
	[ -d "$PCI/devices/$1" ]
}

has_driver()
{
	[ "$PCI/devices/$1/driver" -ef "$PCI/drivers/$2" ]
}

has_no_driver()
{
	[ ! -e "$PCI/devices/$1/driver" ]
}

# driver_of ADDRESS: its name, or nothing
driver_of()
{
	local link

	[ -e "$PCI/devices/$1/driver" ] || return 1
	link=$(readlink "$PCI/devices/$1/driver") && echo "${link##*/}"
}

# numvfs PF-NUMBER [COUNT]: reads or writes
numvfs()
{
	local file

	file=$PCI/devices/$(pf "$1")/sriov_numvfs
	if [ $# -eq 1 ]; then
		cat "$file"
	else
		echo "$2" >"$file"
	fi
}

# refused_with ERE FILE VALUE: the write fails, and with that errno, in words
refused_with()
{
	local said

	said=$( (echo "$3" >"$2") 2>&1) && { echo "$3 was accepted"; return 1; }
	echo "$said"
	[[ $said =~ $1 ]]
}

# Commands of sysfs which take an address.
bind() { echo "$2" >"$PCI/drivers/$1/bind"; }
unbind() { echo "$1" >"$PCI/devices/$1/driver/unbind"; }
probe() { echo "$1" >"$PCI/drivers_probe"; }
override() { echo "$2" >"$PCI/devices/$1/driver_override"; }

# have_vfs PF-NUMBER COUNT: exactly so many, at their places, with their links
have_vfs()
{
	local dir now links address n=0

	dir=$PCI/devices/$(pf "$1")
	read -r now <"$dir/sriov_numvfs" && [ "$now" = "$2" ] ||
		{ echo "sriov_numvfs is $now"; return 1; }
	links=("$dir"/virtfn*)
	[ -e "${links[0]}" ] || links=()
	[ ${#links[@]} -eq "$2" ] || { echo "${#links[@]} virtfn links"; return 1; }
	for address in $(vfs "$1" 0 15); do
		if [ $n -lt "$2" ]; then
			[ "$dir/virtfn$n" -ef "$PCI/devices/$address" ] &&
				[ "$PCI/devices/$address/physfn" -ef "$dir" ] ||
				{ echo "VF $n is not at $address"; return 1; }
		elif exists "$address"; then
			echo "VF $n exists"
			return 1
		fi
		n=$((n + 1))
	done
}

# answered PF-NUMBER COUNT: the first so many, all unbound, get their mailbox answered
answered()
{
	[ "$2" -eq 0 ] && return 0
	"$VFSAY" works $(vfs "$1" 0 $(($2 - 1)))
}

# own_iommu_groups PF-NUMBER COUNT: no VF shares its group with anything
own_iommu_groups()
{
	local address members

	[ "${VM_IOMMU:-on}" = on ] || return 0
	for address in $(vfs "$1" 0 $(($2 - 1))); do
		members=("$PCI/devices/$address/iommu_group/devices"/*)
		[ "${members[*]##*/}" = "$address" ] ||
			{ echo "group of $address: ${members[*]##*/}"; return 1; }
	done
}

# The kernel's log from now on: log_mark once, then log_since [ERE]
log_mark()
{
	log_lines=$(dmesg | wc -l)
}

log_since()
{
	dmesg | tail -n +$((log_lines + 1)) | grep -E "${1:-.}"
}

# unload MODULE...: those that are loaded
unload()
{
	local module

	for module; do
		[ ! -d "/sys/module/$module" ] || modprobe -r "$module" || return 1
	done
}

try_unload_all()
{
	unload qat_4xxxvf qatvf_pf qatvf_core && [ ! -d /sys/module/qatvf_core ]
}

# The VF driver may be on its way, loaded for the modalias of VFs that have just come.
unload_all()
{
	wait_until 30 try_unload_all
	try_unload_all
}
