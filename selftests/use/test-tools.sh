#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Programs that know nothing of us, many at a time: libkcapi's tools and OpenSSL's
# afalg engine.  Every result equals that of OpenSSL's or the kernel's own code.
#
# kernels: 6.12
# also: 6.1
# vm: --pfs 2
# timeout: 600

. "$(dirname "$0")/use.sh"

tmp=/run/tools
users=24
key=603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4
iv=f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff
nonce=${iv:0:24}
aad=000102030405060708090a0b0c0d0e0f

# user NUMBER: encrypts and decrypts a file of its own, a few times
user()
{
	local file=$tmp/plain.$1 out=$tmp/out.$1 i

	head -c $((10007 * $1 + 16)) "$tmp/random" >"$file"
	openssl enc -aes-256-ctr -K $key -iv $iv -in "$file" -out "$out.openssl" || return 1
	for i in 1 2 3; do
		kcapi-enc -e -c qatvf-ctr-aes --iv $iv --keyfd 3 -i "$file" -o "$out" \
			3<"$tmp/key" && cmp "$out" "$out.openssl" || return 1
		kcapi-enc -d -c qatvf-ctr-aes --iv $iv --keyfd 3 -i "$out" -o "$out.back" \
			3<"$tmp/key" && cmp "$out.back" "$file" || return 1
	done
	echo "$1" >>"$tmp/done"
}

# many_users COMMAND: so many at a time, each with its number
many_users()
{
	local i

	: >"$tmp/done"
	for ((i = 1; i <= users; i++)); do
		"$1" $i &
	done
	wait
	[ "$(sort -u "$tmp/done" | wc -l)" -eq $users ]
}

# seal PLAIN OUT: what comes out begins with the AAD and ends with the tag
seal()
{
	kcapi-enc -e -c 'gcm(aes)' --iv $nonce --aad $aad --taglen 16 --keyfd 3 \
		-i "$1" -o "$2" 3<"$tmp/key"
}

# unseal TEXT TAG OUT
unseal()
{
	kcapi-enc -d -c 'gcm(aes)' --iv $nonce --aad $aad --tag "$2" --keyfd 3 \
		-i "$1" -o "$3" 3<"$tmp/key"
}

# sealer NUMBER: what was sealed can be opened, unless tag or text are not the same
sealer()
{
	local plain=$tmp/seal.$1 sealed=$tmp/sealed.$1 text=$tmp/text.$1 tag

	head -c $((1009 * $1 + 1)) "$tmp/random" >"$plain"
	seal "$plain" "$sealed" || return 1
	tail -c +17 "$sealed" | head -c -16 >"$text"
	tag=$(tail -c 16 "$sealed" | xxd -p)
	unseal "$text" "$tag" "$text.back" && tail -c +17 "$text.back" | cmp - "$plain" || return 1
	! unseal "$text" "${tag:2:30}${tag:0:2}" "$text.bad" || return 1
	head -c -1 "$text" >"$text.short"
	! unseal "$text.short" "$tag" "$text.bad" || return 1
	echo "$1" >>"$tmp/done"
}

same_in_software()
{
	local i

	for ((i = 1; i <= users; i++)); do
		seal "$tmp/seal.$i" "$tmp/again" && cmp "$tmp/again" "$tmp/sealed.$i" || return 1
		rm "$tmp/again"
	done
}

# OpenSSL's engine asks for cbc(aes) by name and gets the highest priority.
engine()
{
	openssl enc -engine afalg -aes-128-cbc -K ${key:0:32} -iv $iv \
		-in "$tmp/random" -out "$tmp/engine" 2>"$tmp/said" || { cat "$tmp/said"; return 1; }
	openssl enc -aes-128-cbc -K ${key:0:32} -iv $iv \
		-in "$tmp/random" -out "$tmp/software" && cmp "$tmp/engine" "$tmp/software"
}

# Keys that no AES has, a text that is no whole number of blocks.
bad_input()
{
	local n

	for n in 1 15 17 31; do
		head -c $n "$tmp/random" >"$tmp/bad"
		! kcapi-enc -e -c qatvf-cbc-aes --iv $iv --keyfd 3 -i "$tmp/plain.1" \
			-o "$tmp/out" 3<"$tmp/bad" || { echo "a key of $n bytes is taken"; return 1; }
	done
	head -c 33 "$tmp/random" >"$tmp/odd"
	! openssl enc -d -engine afalg -aes-128-cbc -K ${key:0:32} -iv $iv \
		-in "$tmp/odd" -out "$tmp/out"
}

mkdir -p $tmp
head -c 1000003 /dev/urandom >$tmp/random
xxd -r -p <<<$key >$tmp/key

plan 9
check "AF_ALG is there" modprobe -a algif_skcipher algif_aead
check "VFs, chosen before software" vfs_above_software qatvf-cbc-aes qatvf-ctr-aes qatvf-gcm-aes
check "$users users of kcapi at a time" device_does qatvf-ctr-aes many_users user
check "$users users of an AEAD; wrong tags and short texts are refused" \
	device_does qatvf-gcm-aes many_users sealer
check "OpenSSL's afalg engine" device_does qatvf-cbc-aes engine
check "bad keys and lengths are refused" bad_input
check "no error was on the device" eval '[ "$(device_errors)" -eq 0 ]'
check "VFs and modules go" vfs_away
check "software seals the same texts in the same way" same_in_software
finish
