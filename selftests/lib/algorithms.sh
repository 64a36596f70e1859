# SPDX-License-Identifier: GPL-2.0
#
# Shell functions about the algorithms we offer to the kernel, however many.
#
# shellcheck shell=bash

# One driver name a line.
offered()
{
	sed -n 's/^driver *: \(qatvf-.*\)/\1/p' /proc/crypto
}

# All are registered, and the kernel has tested them.
settled()
{
	[ "$(cat /sys/kernel/debug/qatvf/settled 2>/dev/null)" = 1 ] &&
		[ -n "$(offered)" ] && ! grep -q 'type *: larval' /proc/crypto
}
