#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The AEADs against OpenSSL: self-tests of the kernel, texts, AAD and tags of every
# length, keys, scatterlist shapes, wrong tags, errors.  The driver's counters prove
# that the device did what it should have done, and no more.
#
# kernels: 6.12 7.3
# also: 6.1
# vm: --pfs 1 --append slub_debug=FZP
# timeout: 1500
# modules: crypto/module
# programs: crypto

. "$(dirname "$0")/ciphers.sh"

AEADS='qatvf-gcm-aes qatvf-rfc4106-gcm-aes qatvf-ccm-aes qatvf-rfc4309-ccm-aes
	qatvf-rfc7539-chacha20-poly1305 qatvf-rfc7539esp-chacha20-poly1305'
for hash in sha1 sha256 sha384 sha512; do
	for cipher in cbc ctr rfc3686-ctr; do
		AEADS+=" qatvf-authenc-hmac-$hash-$cipher-aes"
	done
done

# The kernel has vectors for some and finds nothing to test in the others.
all_tested()
{
	local aead bad=

	for aead in $AEADS; do
		selftest_passed "$aead" || bad+="$aead "
	done
	echo "not passed: $bad"
	[ -z "$bad" ] && ! dmesg | grep 'alg: .*qatvf.*fail'
}

# is NAME DRIVER BLOCKSIZE IVSIZE MAXAUTHSIZE
is()
{
	local have

	have="$(field "$2" name) $(field "$2" blocksize) $(field "$2" ivsize) $(field "$2" maxauthsize) $(field "$2" async) $(field "$2" type)"
	[ "$have" = "$1 $3 $4 $5 yes aead" ] || { echo "$2: $have"; return 1; }
}

attributes()
{
	local hash digest

	is 'gcm(aes)' qatvf-gcm-aes 1 12 16 &&
	is 'rfc4106(gcm(aes))' qatvf-rfc4106-gcm-aes 1 8 16 &&
	is 'ccm(aes)' qatvf-ccm-aes 1 16 16 &&
	is 'rfc4309(ccm(aes))' qatvf-rfc4309-ccm-aes 1 8 16 &&
	is 'rfc7539(chacha20,poly1305)' qatvf-rfc7539-chacha20-poly1305 1 12 16 &&
	is 'rfc7539esp(chacha20,poly1305)' qatvf-rfc7539esp-chacha20-poly1305 1 8 16 ||
		return 1
	for hash in sha1:20 sha256:32 sha384:48 sha512:64; do
		digest=${hash#*:} hash=${hash%:*}
		is "authenc(hmac($hash),cbc(aes))" "qatvf-authenc-hmac-$hash-cbc-aes" 16 16 "$digest" &&
		is "authenc(hmac($hash),ctr(aes))" "qatvf-authenc-hmac-$hash-ctr-aes" 1 16 "$digest" &&
		is "authenc(hmac($hash),rfc3686(ctr(aes)))" \
			"qatvf-authenc-hmac-$hash-rfc3686-ctr-aes" 1 8 "$digest" || return 1
	done
}

# What went to hardware and software, by algorithm: each has had both.
requests_counted()
{
	local aead

	for aead in $AEADS; do
		awk -v driver="$aead" '$1 == driver { good = $2 > 500 && $3 > 10; print }
			END { exit !good }' /sys/kernel/debug/qatvf/requests || return 1
	done
}

plan 203
check "four VFs come up and their algorithms with them" bring_up ||
	dmesg | grep -i qat | tail -n 20 | sed 's/^/# /'
check "the kernel's own self-tests passed" all_tested
check "what /proc/crypto says of them" attributes
adopt "$CIPHER_TEST" aead all
check "each algorithm used the device, and software" requests_counted
check "no response was forged, no request is left on the device" \
	test "$(driver_count forged) $(driver_count in_flight)" = "0 0"
finish
