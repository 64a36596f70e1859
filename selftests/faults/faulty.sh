# SPDX-License-Identifier: GPL-2.0
#
# Shell functions for tests that bring a PF up while the model misbehaves: one knob
# (selftests/qemu/fault.c) at a time, what must come of it, and that the same device
# works when the knob is back. Needs selftests/sriov/functions.sh and leftovers.sh.
#
# shellcheck shell=bash

PF0=$(pf 0)
# No wait of bring-up is longer, whatever happens (the longest is 5 s, on a slow machine).
LONGEST=40

knob() { qmp set qat0 faults "$1"; }
fired() { [ -n "$(qmp get qat0 faults-fired)" ]; }

# timed_refusal TEXT: binding fails with this errno, in bounded time
timed_refusal()
{
	local start=$SECONDS

	refused_with "$1" "$PCI/drivers/4xxx/bind" "$PF0" || return 1
	[ $((SECONDS - start)) -le $LONGEST ] || { echo "took $((SECONDS - start)) s"; return 1; }
}

# said ERE: the kernel's log since log_mark has it in a line about this PF
said()
{
	log_since "$PF0.*($1)" >/dev/null && return 0
	echo "the log has no '$1':"
	log_since "$PF0"
	return 1
}

# loaded_unbound: the module is there, the device has no driver
loaded_unbound()
{
	modprobe qatvf_pf && unbind "$PF0" && nothing_left "$PF0"
}

# It comes up, can be unbound, and nothing of that stays.
works_now()
{
	bind 4xxx "$PF0" && has_driver "$PF0" 4xxx && numvfs 0 1 && answered 0 1 && unbind "$PF0" &&
		nothing_left "$PF0"
}

# fails ERRNO-TEXT ERE: after a knob has been turned and before it is turned back
fails()
{
	log_mark
	timed_refusal "$1" && said "$2" && nothing_left "$PF0"
}

# knob_fails KNOB ERRNO-TEXT ERE: the whole story of one knob
knob_fails()
{
	local status

	knob "$1" && fails "$2" "$3"
	status=$?
	knob '' && [ $status -eq 0 ] && nothing_left "$PF0" && works_now
}
