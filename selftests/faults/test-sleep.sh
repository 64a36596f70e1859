#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Suspend to idle and to memory, as far as devices are concerned: they stop, and five
# seconds later they start (pm_test).  PF and VFs serve again, by themselves.  No further,
# since QEMU's machine forgets where extended configuration space is when its memory
# sleeps, and SeaBIOS does not tell it again: no kernel can restore SR-IOV there.
#
# The root file system does not survive this (9p knows nothing of sleep), so what is
# needed goes into a folder in memory before, and the test goes on in there.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --append cryptomgr.notests=1 --append no_console_suspend
# timeout: 400
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
	for what in proc sys dev; do
		mkdir -p $room/$what && mount --rbind /$what $room/$what || return 1
	done
	# OpenSSL looks for it
	mkdir -p $room/usr/lib/ssl $room/etc/ssl
}

plan 8
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
	return 1
}

# slept STATE
slept()
{
	local ready

	ready=$(lines '4xxxvf .*: ready:')
	echo devices >/sys/power/pm_test && echo "$1" >/sys/power/state &&
		[ "$(lines 'PM: suspend exit')" -gt 0 ] && ready_again $((ready + VFS))
}

# Whatever modules are wanted are there; modprobe is not.
works
point $? 'they encrypt'
echo >/proc/sys/kernel/modprobe

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
