#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Suspend to idle and to memory with PF and VFs at work: all of them serve again
# afterwards, by themselves.  To memory, QEMU resets every device, as the loss of power
# does.
#
# The root file system does not survive this (9p knows nothing of sleep), so what is
# needed goes into a folder in memory before, and the test goes on in there.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1
# timeout: 150
# modules: crypto/module
# programs: crypto

. "$(dirname "$0")/../crypto/ciphers.sh"

room=/run/room

# into_room PROGRAM...: with the libraries it wants
into_room()
{
	local program file

	for program in "$@"; do
		program=$(type -P "$program")
		for file in "$program" $(ldd "$program" | grep -o '/[^ ]*'); do
			mkdir -p "$room${file%/*}" && cp -Ln "$file" "$room$file"
		done
	done
}

furnish()
{
	local what

	mkdir -p $room && mount -t tmpfs room $room &&
		into_room bash timeout sleep grep dmesg "$CIPHER_TEST" || return 1
	for what in proc sys dev tmp; do
		mkdir -p $room/$what && mount --rbind /$what $room/$what || return 1
	done
	# OpenSSL looks for it
	mkdir -p $room/usr/lib/ssl $room/etc/ssl
}

plan 7
check 'four VFs come up' bring_up
check 'everything in memory' furnish

export room CIPHER_TEST ktap_count VFS
exec chroot $room /usr/bin/bash <<'ROOM'
point() { ktap_count=$((ktap_count + 1)); [ "$1" = 0 ] && echo "ok $ktap_count $2" || { echo "not ok $ktap_count $2"; bad=1; }; }
bad=0

lines() { dmesg | grep -c "$1"; }
works() { [[ $(echo | timeout 60 "$CIPHER_TEST" hold cbc) == *ok ]]; }

# All VFs have said once more that they are ready.
ready_again()
{
	local i

	for ((i = 0; i < 60; i++)); do
		[ "$(lines '4xxxvf .*: ready:')" -ge "$1" ] && return
		sleep 1
	done
	dmesg | grep -E '4xxx|qat' | sed -n 's/^/# /;$p'
	return 1
}

# slept STATE
slept()
{
	local ready

	ready=$(lines '4xxxvf .*: ready:')
	echo 0 >/sys/class/rtc/rtc0/wakealarm
	echo +4 >/sys/class/rtc/rtc0/wakealarm && echo "$1" >/sys/power/state &&
		[ "$(lines 'PM: suspend exit')" -gt 0 ] && ready_again $((ready + VFS))
}

for state in freeze mem; do
	slept $state
	point $? "$state: the VFs are ready again"
	works
	point $? "$state: they encrypt"
done
read -r n </sys/bus/pci/devices/0000:6b:00.0/sriov_numvfs && [ "$n" = "$VFS" ]
point $? 'the PF has its VFs'
exit $bad
ROOM
