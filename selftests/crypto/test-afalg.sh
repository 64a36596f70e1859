#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Files encrypted through AF_ALG on a VF equal OpenSSL's, byte for byte; by our own
# program and by kcapi-enc of libkcapi.  Kernels from 7.2 on let AF_ALG reach software
# only, so there is nothing to test on them.
#
# kernels: 6.1 6.12
# vm: --pfs 1
# timeout: 600
# modules: crypto/module
# programs: crypto

. "$(dirname "$0")/ciphers.sh"

DIR=/run/afalg
IV=f0f1f2f3f4f5f6f7f8f9fafbfffffffe
KEY=603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4
TWEAK=0e329232ea6d0d734fb1a4e0c1f3e8fa2c5d7a3b9b1e5f6c7d8091a2b3c4d5e6
KEY2=8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b

# same CIPHER KEY FILE: both ways of encrypting agree, and the device did its part
same()
{
	local cipher=$1 key=$2 file=$3 before

	before=$(driver_count requests)
	"$CIPHER_TEST" file "$cipher" afalg "$key" $IV "$file" $DIR/ours || return 1
	"$CIPHER_TEST" file "$cipher" openssl "$key" $IV "$file" $DIR/theirs || return 1
	cmp $DIR/ours $DIR/theirs || return 1
	! cmp -s $DIR/ours "$file" || return 1
	[ "$(driver_count requests)" -gt "$before" ]
}

# The same without a line of ours on either side.
foreign_tools()
{
	local before

	before=$(driver_count requests)
	xxd -r -p <<<$KEY >$DIR/key
	kcapi-enc -e -c qatvf-cbc-aes --iv $IV --keyfd 3 -i "$1" -o $DIR/kcapi \
		3<$DIR/key || return 1
	openssl enc -aes-256-cbc -K $KEY -iv $IV -in "$1" -out $DIR/openssl || return 1
	cmp $DIR/kcapi $DIR/openssl || return 1
	[ "$(driver_count requests)" -gt "$before" ]
}

# device_took CIPHER FILE: how many requests that was
device_took()
{
	local before

	before=$(driver_count requests)
	"$CIPHER_TEST" file "$1" afalg $KEY $IV "$2" $DIR/ours >/dev/null || return 1
	echo $(($(driver_count requests) - before))
}

# What is shorter than the threshold is left to software, and only that.
threshold()
{
	local parameter=/sys/module/qatvf_core/parameters/sym_min_bytes below at

	echo 17 >$parameter
	below=$(device_took cbc $DIR/block)
	echo 16 >$parameter
	at=$(device_took cbc $DIR/block)
	echo 0 >$parameter
	echo "the device took $below and $at"
	[ "$below" = 0 ] && [ "$at" -gt 0 ]
}

mkdir -p $DIR
head -c 1048576 /dev/urandom >$DIR/even
head -c 1048575 /dev/urandom >$DIR/odd
head -c 16 /dev/urandom >$DIR/block

plan 12
check "four VFs come up and their algorithms with them" bring_up
check "AF_ALG is there" modprobe algif_skcipher
check "cbc(aes), 256-bit key, 1 MiB" same cbc $KEY $DIR/even
check "cbc(aes), 192-bit key, 1 MiB" same cbc $KEY2 $DIR/even
check "cbc(aes), one block" same cbc $KEY $DIR/block
check "ctr(aes), 256-bit key, 1 MiB" same ctr $KEY $DIR/even
check "ctr(aes), 192-bit key, an odd length, the counter wraps" same ctr $KEY2 $DIR/odd
check "xts(aes), 128-bit key, sectors" same xts $KEY $DIR/even
check "xts(aes), 256-bit key, the last sector has a tail" same xts $KEY$TWEAK $DIR/odd
check "below the threshold software does it" threshold
check "kcapi against openssl" foreign_tools $DIR/odd
check "no error on the device" test "$(driver_count errors) $(driver_count forged) $(driver_count in_flight)" = "0 0 0"
finish
