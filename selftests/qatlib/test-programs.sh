#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Programs on Intel's user-space library, unpatched, on VFs of our PF: QATzip, OpenSSL
# with QAT_Engine, the library's own samples; with qatmgr and without. Their results are
# those of zlib and OpenSSL, and the device's counters say who did the work.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --prop total-vfs=4 --append cryptomgr.notests=1
# timeout: 600
# programs: qatlib

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/qatlib/userland.sh"

tmp=$USERLAND/tmp
# newer ones have no engine any more
provider=$USERLAND/usr/lib/x86_64-linux-gnu/ossl-modules/qatprovider.so

start_with()
{
	service_config POLICY=1 "ServicesEnabled=$1" && service_start
}

compress() { inside qzip -k /tmp/text -o /tmp/zipped; }
compressed_right() { zcat "$tmp/zipped.gz" | cmp - "$tmp/text"; }
decompress() { inside qzip -d -k /tmp/zipped.gz -o /tmp/unzipped; }

# speed ALGORITHM...: for a second each
speed()
{
	inside openssl speed "${qat[@]}" -elapsed -seconds 1 -async_jobs 4 "$@"
}

# sign: by the engine, verified by OpenSSL itself
sign()
{
	inside openssl pkeyutl "${qat[@]}" -sign -inkey /tmp/key -in /tmp/hash \
		-out /tmp/signature
}

sign_is_right()
{
	openssl pkeyutl -verify -inkey "$tmp/key" -in "$tmp/hash" -sigfile "$tmp/signature"
}

# Killed with work in flight: the next one starts clean.
killed()
{
	local pid

	chroot $USERLAND openssl speed "${qat[@]}" -seconds 30 -async_jobs 4 ecdsap256 \
		>/run/victim 2>&1 &
	pid=$!
	wait_until 20 grep -q 'Doing 256 bits' /run/victim && sleep 1 && kill -KILL $pid
	wait $pid
	[ $? -eq 137 ] || { cat /run/victim; return 1; }
}

# Without qatmgr the library takes a VF itself.
alone()
{
	QAT_POLICY=1 speed ecdsap256
}

plan 17
check 'the Debian with qatlib' userland_mount
check 'the PF driver loads' modprobe qatvf_pf
qat=(-engine qatengine)
[ ! -e "$provider" ] || qat=(-provider qatprovider -provider default)
head -c 131072 $USERLAND/usr/bin/cpa_sample_code >"$tmp/text"
head -c 32 /dev/urandom >"$tmp/hash"
openssl genrsa -out "$tmp/key" 2048 2>/dev/null

check 'the service starts, with symmetric crypto and compression' start_with 'sym;dc'
check 'QATzip compresses' by_device compress
check 'zlib takes it back' compressed_right
check 'QATzip decompresses' by_device decompress
check 'to what it was' cmp "$tmp/text" "$tmp/unzipped"
check 'OpenSSL, AES-CBC with HMAC' by_device speed -bytes 4096 -evp aes-256-cbc-hmac-sha256
check 'the service stops' service_stop
check 'it starts, with symmetric and public key crypto' start_with 'sym;asym'
check 'OpenSSL signs' by_device sign
check 'and verifies the signature in software' sign_is_right
check 'a program is killed' by_device killed
check 'the next one works' by_device speed ecdsap256
check 'the samples: RSA' by_device sample 2
check 'the service stops' service_stop
check 'OpenSSL works without it' by_device alone
finish
