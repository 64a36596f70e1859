#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Runs inside the test machine, started by init: puts the test kernel's modules
# and the chosen firmware in their places, runs the command of this run, and
# leaves the machine.  run-vm copies this file and writes the ones it reads:
#
#	/run/vm/conf	variables (VM_* and where things are)
#	/run/vm/cmd	the command, as a bash script

. /run/vm/conf

# A throw-away layer over a folder of the host, so that tests may write there.
layer()
{
	local from=$1 to=$2 scratch=/run/layer/$3

	mkdir -p "$scratch" "$to"
	mount -t tmpfs layer "$scratch"
	mkdir "$scratch/upper" "$scratch/work"
	mount -t overlay overlay \
		-o "lowerdir=$from,upperdir=$scratch/upper,workdir=$scratch/work" "$to"
}

# The host's own drivers, rules and services have no say here.
rm -f /etc/modprobe.d/*.conf
[ -n "$VM_MODPROBE_CONF" ] && cp "$VM_MODPROBE_CONF" /etc/modprobe.d/
# Tests count what devices do, with requests of any length.
echo 'options qatvf_core sym_min_bytes=0' >/etc/modprobe.d/qatvf-test.conf

mkdir -p "/lib/modules/$(uname -r)"
mount --bind "$VM_MODULES" "/lib/modules/$(uname -r)" || exit 125
layer "$VM_FIRMWARE_DIR" /lib/firmware firmware || exit 125
ip link set lo up 2>/dev/null

# What udev does at boot for the devices that are there already.
if [ -n "$VM_COLDPLUG" ]; then
	cat /sys/bus/pci/devices/*/modalias | xargs -n 1 modprobe -q -b --
fi

cd "$VM_CWD" || exit 125
bash /run/vm/cmd
status=$?

# Leaks first, so that the verdict of run-vm, which reads the console, is last.
if [ -e /sys/kernel/debug/kmemleak ]; then
	for _ in 1 2; do
		echo scan >/sys/kernel/debug/kmemleak
		sleep 5
	done
	# each line a write of its own, longer ones the log refuses
	sed -u 's/^/kmemleak: /' /sys/kernel/debug/kmemleak >/dev/kmsg
fi
exit $status
