#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Our VF driver and a program, on VFs of Linux's own PF driver; run in the virtual
# machine by selftests/interop/run.  That PF acknowledges first and replies later, and
# enables all VFs whatever number is asked for (reference 04 sections 3 and 11).

. "$(dirname "$0")/../crypto/ciphers.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/vfio/users.sh"

pf=$(pf 0) ours=$(vf 0 3) programs=$(vf 0 7)

state_is()
{
	grep -qx "$1" "$PCI/devices/$pf/qat/state"
}

# Refused while a self-test holds the device
enable_vfs()
{
	numvfs 0 16 2>/dev/null
}

# The PF's driver name is taken (contract C23 of reference 08 section 12).
refused_beside()
{
	! modprobe qatvf_pf 2>/dev/null && [ ! -d /sys/module/qatvf_pf ] &&
		dmesg | grep -q 'in-tree module qat_4xxx: unload it' && state_is up
}

take()
{
	modprobe qat_4xxxvf && override "$ours" 4xxxvf && probe "$ours" &&
		has_driver "$ours" 4xxxvf
}

# good COMMAND...: a program that prints TAP has only good news
good()
{
	local out

	out=$("$@" 2>&1) && ! grep "^not ok" <<<"$out" || { tail -n 20 <<<"$out"; return 1; }
}

plan 15
check "Linux's own PF driver loads" modprobe qat_4xxx
check 'and comes up' wait_until 120 state_is up
check 'ours is refused meanwhile, and says why' refused_beside
check 'it enables VFs' wait_until 120 enable_vfs
check 'which our driver leaves alone, unless asked' eval 'modprobe qat_4xxxvf && has_no_driver "$ours"'
check 'our driver takes the one that it is asked to' take
check 'they agree on the version' eval "dmesg | grep -q '$ours: ready: PF mailbox version 5'"
check 'its algorithms are there' wait_until 60 all_passed
check 'a module to test ciphers loads' modprobe qatvf_crypto_test
check 'ciphers are those of OpenSSL' good "$CIPHER_TEST" shapes cbc ctr
modprobe vfio-pci && to_vfio "$programs"
ok_if $? 'vfio-pci takes another VF'
check 'a program works with it' use works "$programs"
check 'the PF resets its ring pairs' use ring-reset "$programs"
check 'VFs go, in use as they are' eval 'numvfs 0 0 && ! exists "$ours"'
check 'all unload' eval 'unload vfio_pci qatvf_crypto_test && unload_all && unload qat_4xxx'
finish
