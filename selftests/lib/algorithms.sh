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

# Algorithms are registered one after the other, on old kernels with their tests
# between: all are there when in a while none came and none is under test.
settled()
{
	local before

	before=$(offered | sort)
	[ -n "$before" ] || return 1
	sleep 1
	! grep -q 'type *: larval' /proc/crypto && [ "$(offered | sort)" = "$before" ]
}
