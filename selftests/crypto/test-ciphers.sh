#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The ciphers against OpenSSL: self-tests of the kernel, every length, key size and
# scatterlist shape, the returned IV, errors, bursts.  The driver's and the model's
# counters prove that the device did what it should have done, and no more.
#
# kernels: 6.1 6.12 7.3
# vm: --pfs 1 --append slub_debug=FZP
# timeout: 900
# modules: crypto/module
# programs: crypto

. "$(dirname "$0")/ciphers.sh"

# Register reads allowed besides the data path: each VF looks for lost mailbox
# interrupts five times a second.
READS_PER_VF_SECOND=10

attributes_of()
{
	local algorithm=$1

	shift
	while [ $# -gt 0 ]; do
		[ "$(field "$algorithm" "$1")" = "$2" ] ||
			{ echo "$algorithm: $1 is '$(field "$algorithm" "$1")', not '$2'"; return 1; }
		shift 2
	done
}

attributes()
{
	attributes_of qatvf-cbc-aes name 'cbc(aes)' module qatvf_core type skcipher \
		async yes internal no blocksize 16 ivsize 16 chunksize 16 &&
	attributes_of qatvf-ctr-aes name 'ctr(aes)' module qatvf_core type skcipher \
		async yes internal no blocksize 1 ivsize 16 chunksize 16 &&
	attributes_of qatvf-xts-aes name 'xts(aes)' module qatvf_core type skcipher \
		async yes internal no blocksize 16 ivsize 16
}

counters_agree()
{
	local driver model

	driver="$(driver_count requests) $(driver_count responses) $(driver_count doorbells)"
	model="$(model_count requests) $(model_count responses) $(model_count doorbells)"
	[ "$driver" = "$model" ] || { echo "driver: $driver, model: $model"; return 1; }
	[ "$(driver_count requests)" -gt 10000 ]
}

# Thousands of requests, and next to no register read by the processor.
no_reads()
{
	local reads requests start=$SECONDS

	reads=$(model_count mmio-reads) requests=$(driver_count requests)
	"$CIPHER_TEST" load cbc 3 || return 1
	requests=$(($(driver_count requests) - requests))
	reads=$(($(model_count mmio-reads) - reads))
	echo "$requests requests, $reads register reads"
	[ $requests -gt 1000 ] &&
		[ $reads -le $((READS_PER_VF_SECOND * VFS * (SECONDS - start + 1))) ]
}

plan 56
check "four VFs come up and their algorithms with them" bring_up ||
	dmesg | grep -i qat | tail -n 20 | sed 's/^/# /'
for algorithm in $ALGORITHMS; do
	check "$algorithm: the kernel's own self-test passed" selftest_passed "$algorithm"
done
check "what /proc/crypto says of them" attributes
adopt "$CIPHER_TEST" shapes cbc ctr xts
adopt "$CIPHER_TEST" bursts cbc ctr xts
check "the driver's counters and the device's agree" counters_agree
check "no register is read for a request" no_reads
finish
