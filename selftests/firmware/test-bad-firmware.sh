#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Bad firmware in the test machine. Each of the representative defects of the damage
# table (fwdamage-table.c) is put where the kernel looks for firmware; then the PF
# driver is loaded. It has to say in one line which file is wrong and why, must not
# turn on a VF or keep anything (interrupts, memory regions, mappings, debugfs), can
# be unloaded, and with the good files the same device then comes up. Compressed
# files and the folder of linux-firmware work as well.
#
# kernels: 6.12
# also: 6.1
# vm: --pfs 1
# firmware: real synthetic
# timeout: 1200
# programs: firmware
# may-skip: zst

# shellcheck disable=SC2317 # check() calls the functions by name

. "$(dirname "$0")/../lib/ktap.sh"

BUILD=${BUILD:-$TOP/build}
mkfw=$BUILD/selftests/firmware/mkfw
pci=/sys/bus/pci/devices
work=/run/bad-firmware
good=$work/good try=$work/try
search=/sys/module/firmware_class/parameters/path
config=$BUILD/kernels/$VM_KERNEL/boot/config-$(uname -r)

pf=$(lspci -Dn -d 8086:4940 | cut -d' ' -f1 | head -n 1)
[ -n "$pf" ] || skip_all 'no PF in this machine'

# --- where the kernel looks -----------------------------------------------------

# fetch NAME: the machine's own firmware file, unpacked
fetch()
{
	local from

	for from in "/lib/firmware/$1" "/lib/firmware/intel/qat/$1"; do
		if [ -e "$from" ]; then
			cp "$from" "$good/$1"
		elif [ -e "$from.xz" ]; then
			xz -dc "$from.xz" >"$good/$1"
		elif [ -e "$from.zst" ]; then
			zstd -qdc "$from.zst" >"$good/$1"
		else
			continue
		fi
		return
	done
	return 1
}

# The usual folder is hidden, so that a missing file is really missing.
prepare()
{
	mkdir -p "$work"
	mount -t tmpfs firmware "$work" || return 1
	mkdir "$good" "$try" "$work/empty"
	fetch qat_4xxx.bin && fetch qat_4xxx_mmp.bin || return 1
	"$mkfw" damage --boot --from "$good" --out "$work/bad" --key "$work/stranger" ||
		return 1
	mount --bind "$work/empty" /lib/firmware || return 1
	echo -n "$try" >"$search"
	modprobe qatvf_pf || return 1
	modprobe -r qatvf_pf
	modprobe qatvf_core || return 1
	module=$(modprobe --show-depends qatvf_pf | sed -n 's/^insmod \(.*qatvf_pf[^ ]*\).*/\1/p')
}

clean_up()
{
	rmmod qatvf_pf 2>/dev/null
	echo -n ' ' >"$search"
	umount /lib/firmware
	umount "$work"
}

# install_from DIR
install_from()
{
	rm -rf "${try:?}"/*
	cp -r "$1"/. "$try"
}

# --- what the driver did --------------------------------------------------------

mark()
{
	marker="bad-firmware $EPOCHREALTIME"
	echo "<3>$marker" >/dev/kmsg
}

# Lines of error level since the last mark.
errors()
{
	dmesg --level=err,crit | sed "1,/$marker\$/d"
}

# The same with the warnings, where the kernel's own firmware loader speaks.
messages()
{
	dmesg --level=warn,err,crit | sed "1,/$marker\$/d"
}

bound()
{
	[ -e "$pci/$pf/driver" ]
}

gave_up()
{
	! bound && errors | grep -q "$pf.*bring-up failed"
}

settled()
{
	bound || gave_up
}

# has_vfs NUMBER
has_vfs()
{
	local vf=("$pci/$pf"/virtfn*)

	[ -e "${vf[0]}" ] || vf=()
	[ ${#vf[@]} -eq "$1" ]
}

fail()
{
	echo "$*"
	return 1
}

# Everything that a driver could forget to give back.
footprint()
{
	echo "numvfs $(cat "$pci/$pf/sriov_numvfs"), enabled $(cat "$pci/$pf/enable")"
	echo "bus master $(($(setpci -s "$pf" COMMAND.W | sed 's/^/0x/') >> 2 & 1))"
	ls "$pci/$pf/msi_irqs" 2>/dev/null
	awk 'NR > 1 { print "irq", $1, $NF }' /proc/interrupts
	cat /proc/iomem
	grep -o 'phys=.*ioremap' /proc/vmallocinfo | sort
	ls /sys/kernel/debug /sys/kernel/config 2>/dev/null
	ls -d /sys/bus/pci/drivers/4xxx /sys/module/qatvf_pf 2>/dev/null
	true
}

# By insmod and rmmod, which under emulation take a fraction of modprobe's time.
load_with()
{
	# still there if the point before this one failed half-way
	rmmod qatvf_pf 2>/dev/null
	insmod "$module" "$@" || fail 'the module cannot be loaded' || return 1
	wait_until 60 settled || fail 'neither up nor given up after 60 s'
}

unloaded_cleanly()
{
	rmmod qatvf_pf || fail 'the module cannot be unloaded' || return 1
	footprint >"$work/after"
	diff "$work/before" "$work/after" || fail 'this stayed behind'
}

# comes_up VFS: the files in place work, and all of it goes again
comes_up()
{
	mark
	load_with num_vfs="$1" || return 1
	bound || fail "not bound: $(errors)" || return 1
	wait_until 30 has_vfs "$1" || fail "not $1 VFs: $(errors)" || return 1
	unloaded_cleanly
}

# says FILE WORDS [SOURCE]: one line names the device, the file and the reason
says()
{
	local source=${3:-errors}

	$source | grep -F "$pf" | grep -F -- "$1" | grep -qiE -- "$2" && return
	fail "no line with \"$1\" and \"$2\" in: $(messages)"
}

# Words by which the message tells the outcome, where the table has none. Each must
# be one that no other outcome has, or the point would pass whatever is said.
words()
{
	case $1 in
	nofile) echo 'not found.*(firmware-misc-nonfree|linux-firmware)' ;;
	device) echo 'refuses its signature|names no engine' ;;
	esac
}

# given_up FILE WORDS [SOURCE]: the files in place are refused as they should be
given_up()
{
	mark
	load_with num_vfs=2 || return 1
	! bound || fail 'the device came up with it' || return 1
	says "$@" || return 1
	has_vfs 0 || fail 'there are VFs' || return 1
	unloaded_cleanly
}

# --- the points -----------------------------------------------------------------

# bad NAME FILE EXPECT WORD: a row of the manifest
bad()
{
	local word=$4

	install_from "$work/bad/$1"
	if [ "$3" = loads ]; then
		comes_up 0
		return
	fi
	# The kernel hands no empty file on; only a word of its loader tells it from a
	# missing one, and that is a warning.  6.1's loader has no such word: there the
	# driver can but name emptiness among what may be wrong.
	if [ ! -s "$try/$2" ] && [ -e "$try/$2" ]; then
		if [ "$VM_KERNEL" = 6.1 ]; then
			given_up "$2" 'not found, empty or not readable'
		else
			given_up "$2" 'is empty|failed with error -22' messages
		fi
		return
	fi
	[ "$word" = - ] && word=$(words "$3")
	[ -n "$word" ] || fail 'the table does not say what the message must say' || return 1
	given_up "$2" "$word"
}

good_after()
{
	install_from "$good"
	comes_up 0
}

# The parser refuses before any register is touched, so that trying the good files
# after each fourth of its refusals is enough; after all others they are tried each
# time.
recovers()
{
	[ "$1" != refused ] || [ $((++refusals % 4)) -eq 1 ]
}

# packed SUFFIX COMMAND...: both files compressed, nothing else there. The command
# gets a file name: zstd notes the size, which the kernel needs, of no other input.
packed()
{
	local suffix=$1 file

	shift
	rm -rf "${try:?}"/*
	for file in qat_4xxx.bin qat_4xxx_mmp.bin; do
		"$@" "$good/$file" >"$try/$file.$suffix" || return 1
	done
	comes_up 0
}

# A compressed file that the kernel's loader cannot unpack.
packed_badly()
{
	install_from "$good"
	xz --check=crc32 -c "$good/qat_4xxx.bin" | head -c 500 >"$try/qat_4xxx.bin.xz"
	rm "$try/qat_4xxx.bin"
	given_up qat_4xxx.bin 'cannot be read|not readable' || return 1
	# A missing file may be reported in the same words: here the reason must be too.
	messages | grep -F "$pf" | grep -q 'xz decompression failed' ||
		fail "no word of the damaged stream in: $(messages)"
}

in_subfolder()
{
	rm -rf "${try:?}"/*
	mkdir -p "$try/intel/qat"
	cp "$good"/* "$try/intel/qat"
	comes_up 0
}

supports()
{
	grep -q "^CONFIG_FW_LOADER_COMPRESS_$1=y" "$config"
}

trap clean_up EXIT
if ! prepare; then
	plan 1
	ok_if 1 'firmware files are prepared'
	finish
fi

rows=$(wc -l <"$work/bad/manifest") refusals=0
loading=$(grep -c ' loads ' "$work/bad/manifest")
refused=$(grep -c ' refused ' "$work/bad/manifest")
plan $((rows + rows - loading - refused + (refused + 3) / 4 + 6))
footprint >"$work/before"

install_from "$good"
check "good files: the device comes up with its VFs" comes_up 2
while read -r name file expect word; do
	check "$name: $expect" bad "$name" "$file" "$expect" "$word"
	if [ "$expect" = loads ] || ! recovers "$expect"; then
		continue
	fi
	check "$name: the good files work after it" good_after
done <"$work/bad/manifest"
check "files in intel/qat are found" in_subfolder
check "xz: compressed files work" packed xz xz --check=crc32 -c
check "xz: a damaged stream is reported" packed_badly
if supports ZSTD; then
	check "zst: compressed files work" packed zst zstd -qc
else
	skip "zst: compressed files work" 'this kernel has no CONFIG_FW_LOADER_COMPRESS_ZSTD'
fi
install_from "$good"
check "good files at last: the device comes up with its VFs" comes_up 2
finish
