#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A program that has a VF through VFIO, brought there by driver_override, by vfio-pci's
# ids= and by configfs: the mailbox by polling, ciphers as OpenSSL has them, compression
# that zlib takes back, ring pairs reset by the PF (reference 04, contracts C6, C10 to
# C13 of reference 08).
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --iommu on --append cryptomgr.notests=1
# timeout: 600
# programs: vfio
# may-skip: character device

# shellcheck disable=SC2046 # addresses, one word each

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/configfs/tree.sh"
. "$TOP/selftests/vfio/users.sh"

pf=$(pf 0)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
iv=f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff

# random_hex BYTES
random_hex()
{
	od -An -tx1 -N "$1" /dev/urandom | tr -d ' \n'
}

# as_openssl MODE KEY-BITS ADDRESS: there and back
as_openssl()
{
	local key

	key=$(random_hex $(($2 / 8)))
	use cipher "$3" "$1" encrypt "$key" $iv <"$tmp/plain" >"$tmp/ours" &&
		openssl enc "-aes-$2-$1" -K "$key" -iv $iv -nopad -in "$tmp/plain" \
			-out "$tmp/theirs" && cmp "$tmp/ours" "$tmp/theirs" &&
		use cipher "$3" "$1" decrypt "$key" $iv <"$tmp/ours" | cmp - "$tmp/plain"
}

all_as_openssl()
{
	local mode bits

	for mode in cbc ctr; do
		for bits in 128 192 256; do
			as_openssl $mode $bits "$1" || { echo "$mode $bits"; return 1; }
		done
	done
}

inflate()
{
	python3 -c 'import sys, zlib
sys.stdout.buffer.write(zlib.decompress(sys.stdin.buffer.read(), -15))'
}

# zlib_agrees ADDRESS FILE MOST-PER-CENT: it comes back, and was made smaller
zlib_agrees()
{
	local size

	use deflate "$1" <"$2" >"$tmp/deflated" && inflate <"$tmp/deflated" | cmp - "$2" ||
		return 1
	size=$(stat -c %s "$tmp/deflated")
	[ "$size" -le $(($(stat -c %s "$2") * $3 / 100 + 64)) ] ||
		{ echo "$size bytes of $(stat -c %s "$2")"; return 1; }
}

# by_ids ADDRESS: VFs that nobody has go to vfio-pci, as with vfio-pci.ids= at boot
by_ids()
{
	unload vfio_pci && modprobe vfio-pci ids=8086:4941 && has_driver "$1" vfio-pci
}

by_configfs()
{
	mkdir "$TREE/$pf" && put "$pf/num_vfs" 3 && put "$pf/vf2/driver" vfio-pci &&
		put "$pf/enable" 1 && has_driver "$(vf 0 2)" vfio-pci &&
		! has_driver "$(vf 0 1)" vfio-pci
}

# Not in Debian's kernels.
by_character_device()
{
	if [ -e /dev/iommu ]; then
		check 'opened by its own character device' use -c works "$1"
	else
		skip 'opened by its own character device' 'kernel without iommufd'
	fi
}

first=$(vf 0 0)
head -c 65536 /dev/urandom >"$tmp/plain"
head -c 200000 "$TOP/selftests/run-tests" >"$tmp/text"

plan 21
load_tree && modprobe qatvf_pf num_vfs=16 services='sym;dc' && modprobe vfio-pci
ok_if $? 'drivers load'
check 'each VF has its own IOMMU group' own_iommu_groups 0 16
check 'by driver_override: vfio-pci takes a VF' to_vfio "$first"
check 'it is new' use clean "$first"
use hello "$first" >"$tmp/hello"
ok_if $? 'the PF answers, by polling'
check 'with its version and services' grep -qzx 'version 5.*ring_map 0x69a.' "$tmp/hello"
check 'ciphers are those of OpenSSL' all_as_openssl "$first"
check 'text is compressed, zlib takes it back' zlib_agrees "$first" "$tmp/text" 60
check 'so is noise' zlib_agrees "$first" "$tmp/plain" 101
check 'ring pairs are reset by the PF, in use and idle' use ring-reset "$first"
by_character_device "$first"
check 'it is new again' use clean "$first"

check 'vfio-pci lets go' unbind "$first"
override "$first" ''
check 'by ids=: vfio-pci takes free VFs' by_ids "$first"
check 'which work' use works "$(vf 0 15)"
numvfs 0 0 && numvfs 0 4
ok_if $? 'VFs come again'
check 'and go there, too' has_driver "$(vf 0 3)" vfio-pci
check 'which work' use works "$(vf 0 3)"

unload vfio_pci && numvfs 0 0 && modprobe vfio-pci && by_configfs
ok_if $? 'by configfs: vfio-pci takes the VF named'
check 'which works' use works "$(vf 0 2)"
check 'all can be removed and unloaded' eval 'clear_tree && unload vfio_pci && unload_all'
finish
