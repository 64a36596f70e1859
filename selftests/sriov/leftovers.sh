# SPDX-License-Identifier: GPL-2.0
#
# What a driver could leave behind when it lets go of its devices, or fails to take
# them: a list of names, to be compared with the list from before.
#
# shellcheck shell=bash

# Interrupts, regions, files, threads and registrations that bear our names.
named_leftovers()
{
	grep -hE 'qat|4xxx' /proc/interrupts | sed 's/^/interrupt /;s/  */ /g;s/: [0-9 ]*/ /'
	grep -E 'qat|4xxx' /proc/iomem | sed 's/^ */iomem /'
	grep -E 'qat' /proc/crypto | sed 's/^/crypto /'
	grep -E 'qat|4xxx' /proc/vmallocinfo | sed 's/^0x[0-9a-f-]* */vmalloc /'
	# qatvf/ belongs to the core, which may stay loaded without devices
	find /sys/kernel/debug -maxdepth 1 -name '*qat*' -printf 'debugfs %f\n' |
		if [ -d /sys/module/qatvf_core ]; then grep -vx 'debugfs qatvf'; else cat; fi
	find /sys/devices/virtual/workqueue -maxdepth 1 -name '*qat*' -printf 'workqueue %f\n'
	# so does its configfs folder; debug kernels have a loop in debugfs
	find /sys/class /sys/kernel/config /dev -maxdepth 2 -name '*qat*' -printf 'node %p\n' 2>&1 |
		grep -v -e 'No such file' -e 'File system loop' |
		if [ -d /sys/module/qatvf_core ]; then
			grep -vx 'node /sys/kernel/config/qatvf'
		else
			cat
		fi
	# rescuers of workqueues; the name of a shared worker tells what it did last
	# shellcheck disable=SC2009 # pgrep cannot leave out some
	# the core's own rescuer, which has this name on older kernels, stays with it
	ps -e -o comm= | grep -v -e '^kworker' -e '^qatvf_comp$' | grep qat | sed 's/^/thread /'
}

# device_leftovers ADDRESS...: what a device without driver still holds
device_leftovers()
{
	local address dir entry count command

	for address; do
		dir=/sys/bus/pci/devices/$address
		[ -e "$dir" ] || continue
		[ -e "$dir/driver" ] && echo "driver $address"
		for entry in "$dir"/msi_irqs/* "$dir"/virtfn*; do
			[ -e "$entry" ] && echo "$entry"
		done
		read -r count <"$dir/enable"
		[ "$count" = 0 ] || echo "enabled $address $count times"
		# a device without driver must not reach memory; ones mean that it is gone
		command=$(setpci -s "$address" COMMAND.w)
		[ "$command" = ffff ] || [ $((0x$command & 4)) -eq 0 ] || echo "busmaster $address"
	done
}

# nothing_left ADDRESS...: succeeds, or lists what there is
nothing_left()
{
	local found

	found=$( (named_leftovers; device_leftovers "$@") | grep -v '^$')
	[ -z "$found" ] && return 0
	echo "$found"
	return 1
}

# Kernel memory that unbalanced mappings and allocations would pile up, in KiB.
kernel_memory()
{
	awk '/^(SUnreclaim|VmallocUsed|PageTables):/ { sum += $2 } END { print sum }' /proc/meminfo
}

# The same after the kernel gave back what it only keeps for later: caches of the file
# system, and empty pages of its allocator.
kernel_memory_settled()
{
	local shrink

	echo 3 >/proc/sys/vm/drop_caches
	for shrink in /sys/kernel/slab/*/shrink; do
		echo 1 >"$shrink"
	done
	kernel_memory
}
