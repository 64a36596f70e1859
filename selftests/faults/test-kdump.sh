#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A crash while VFs are under load: nobody shuts the device down.  The crash kernel leaves
# it alone, as it was left by the kernel that crashed; the kernel after that finds it
# running, resets it and brings it up.
#
# kernels: 6.12
# also: 6.1
# vm: --pfs 1 --mem 3G --append cryptomgr.notests=1 --append crashkernel=512M --allow-dmesg sysrq|Call.Trace:
# timeout: 600
# modules: crypto/module
# programs: crypto faults

. "$(dirname "$0")/../crypto/ciphers.sh"
. "$TOP/selftests/faults/next-kernel.sh"

crash()
{
	echo c >/proc/sysrq-trigger
}

first()
{
	plan 3
	under_load
	check 'a crash kernel is loaded' load_next crash crash nr_cpus=1 reset_devices
	leave_by crash
}

in_crash_kernel()
{
	plan 6
	check 'a crash kernel follows, with the memory of the other one' test -s /proc/vmcore
	check 'the device was left running' masters
	check 'the drivers load' modprobe -a qatvf_pf qat_4xxxvf
	check 'and leave it alone' eval "log_has 'left alone' && [ ! -e /sys/bus/pci/devices/$PF/driver ]"
	check 'it is still as it was' masters
	check 'another kernel is loaded' load_next load after
	leave_by "$KEXEC" go
}

after()
{
	plan 4
	check 'four VFs come up' bring_up
	check 'the device was found running, and reset' log_has 'found running'
	check 'it encrypts as OpenSSL does' encrypts
	check 'all unload' eval 'modprobe -r qatvf_crypto_test qat_4xxxvf qatvf_pf qatvf_core'
	finish
}

case $(stage) in
'') first ;;
crash) in_crash_kernel ;;
after) after ;;
esac
