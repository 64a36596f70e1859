#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# kexec while VFs are under load: the devices are shut down, so the next kernel finds one
# that is as after a reset, and brings it up again.
#
# kernels: 6.12
# also: 6.1
# vm: --pfs 1 --append cryptomgr.notests=1
# timeout: 600
# modules: crypto/module
# programs: crypto faults

. "$(dirname "$0")/../crypto/ciphers.sh"
. "$TOP/selftests/faults/next-kernel.sh"

first()
{
	plan 3
	under_load
	check 'the next kernel is loaded' load_next load next
	leave_by "$KEXEC" go
}

next()
{
	plan 7
	check 'the next kernel has the PF, and no VFs' no_vfs
	check 'the device cannot reach its memory' eval '! masters'
	check 'four VFs come up' bring_up
	check 'the device was found as after a reset' eval '! log_has "found running"'
	check 'it encrypts as OpenSSL does' encrypts
	check 'every request of this kernel was answered' \
		test "$(driver_count requests)" = "$(driver_count responses)"
	check 'all unload' eval 'modprobe -r qatvf_crypto_test qat_4xxxvf qatvf_pf qatvf_core'
	finish
}

case $(stage) in
'') first ;;
next) next ;;
esac
