#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A disk encrypted by dm-crypt on VFs: cryptsetup and dm-crypt choose the cipher by
# themselves, a file system lives on it, and the same disk is read in software after.
#
# kernels: 6.12
# also: 6.1
# vm: --pfs 1
# timeout: 600

. "$(dirname "$0")/use.sh"

tmp=/run/dm-crypt
disk=$tmp/disk
volume=vault
fs=$tmp/fs
# udev does not run in the test machine
export DM_DISABLE_UDEV=1

luks() { cryptsetup --batch-mode --key-file "$tmp/key" "$@"; }

format()
{
	luks luksFormat --type luks2 --cipher aes-xts-plain64 --key-size 512 \
		--pbkdf pbkdf2 --pbkdf-force-iterations 1000 "$disk"
}

unlock() { luks open "$disk" $volume; }
lock() { cryptsetup close $volume; }

mounted() { mount /dev/mapper/$volume "$fs"; }

make_fs() { mkfs.ext4 -q -E lazy_itable_init=0 /dev/mapper/$volume && mounted; }

# fio writes, reads back and compares; the pattern bears offset and seed
work()
{
	fio --name=work --directory="$fs" --size=24m --bs=4k --iodepth=16 \
		--ioengine=libaio --direct=1 --rw=randwrite --verify=crc32c \
		--do_verify=1 --verify_fatal=1 --minimal >"$tmp/fio" 2>&1 && return
	cat "$tmp/fio"
	return 1
}

files()
{
	head -c 3000001 /dev/urandom >"$fs/random" &&
		cp -a /usr/share/common-licenses "$fs/" &&
		(cd "$fs" && find . -type f ! -name 'work*' -exec sha256sum {} +) \
			>"$tmp/sums" && [ -s "$tmp/sums" ]
}

same_files() { (cd "$fs" && sha256sum --quiet -c "$tmp/sums"); }

fs_is_clean() { umount "$fs" && e2fsck -fn /dev/mapper/$volume; }

wrong_key()
{
	head -c 64 /dev/urandom >"$tmp/other"
	! cryptsetup --batch-mode --key-file "$tmp/other" open "$disk" $volume
}

prepare()
{
	modprobe loop && modprobe dm_crypt && mkdir -p "$fs" &&
		head -c 64 /dev/urandom >"$tmp/key" && truncate -s 64M "$tmp/image" &&
		disk=$(losetup --show -f --direct-io=off "$tmp/image")
}

mkdir -p $tmp
plan 13
prepare
ok_if $? "a disk"
check "VFs, chosen before software" vfs_above_software qatvf-xts-aes
check "cryptsetup formats it" format
check "a wrong key does not open it" wrong_key
check "dm-crypt opens it" unlock
check "a file system is made on it by the device" device_does qatvf-xts-aes make_fs
check "fio writes and verifies" device_does qatvf-xts-aes work
check "files are written by the device" device_does qatvf-xts-aes files
check "the file system is clean" fs_is_clean
check "it can be closed, and no error was on the device" eval 'lock && [ "$(device_errors)" -eq 0 ]'
check "VFs and modules go" vfs_away
check "software opens the same disk, its file system is clean" eval \
	'unlock && e2fsck -fn /dev/mapper/$volume && mounted'
check "and finds the same files" same_files
umount "$fs"
lock
finish
