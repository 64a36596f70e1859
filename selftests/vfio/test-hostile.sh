#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A program with full control of its VF does all it can: nonsense into every register,
# rings in memory that is not its own, floods of messages.  Programs with the VFs beside
# it work on and find nothing changed; the PF spends little on it; and the VF can be
# taken away (reference 04 section 13).  Messages that are wrong in themselves, and how
# soon others are answered during a flood: pfvf/test-protocol, pfvf/test-flood.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --iommu on --smp 1 --append cryptomgr.notests=1 --allow-dmesg DMAR
# timeout: 600
# programs: vfio

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/vfio/users.sh"

pf=$(pf 0) before=$(vf 0 4) bad=$(vf 0 5) after=$(vf 0 6)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

# guarded COMMAND [ARGUMENT...]: the bad one does this, its neighbours watch; sets
# neighbours to whether they saw nothing
guarded()
{
	local first second status

	in_background "$tmp/first" guard "$before" 5
	first=$user_pid
	in_background "$tmp/second" guard "$after" 5
	second=$user_pid
	use "$1" "$bad" "${@:2}"
	status=$?
	was_good $first "$tmp/first" && was_good $second "$tmp/second"
	neighbours=$?
	cat "$tmp/first" "$tmp/second"
	return $status
}

# kernel_ticks: processor time of interrupts and of the kernel's own threads
kernel_ticks()
{
	# a thread of the kernel has no memory; fields count from behind its name
	cat /proc/[0-9]*/stat 2>/dev/null | sed 's/.*) //' |
		awk '$21 == 0 { sum += $13 }
		END { while ((getline <"/proc/stat") > 0) if ($1 == "cpu") sum += $7 + $8; print sum }'
}

# cost COMMAND...: sets cost to the kernel's time for it, in 1/1000 of the time it took
cost()
{
	local ticks start

	ticks=$(kernel_ticks)
	start=$(date +%s%N)
	"$@" || return 1
	cost=$((($(kernel_ticks) - ticks) * (1000 / $(getconf CLK_TCK)) * 1000 * 1000000 /
		($(date +%s%N) - start)))
}

quiet()
{
	sleep 4
}

# In the background: the write lasts until the program has let go of the VF.
remove_vfs()
{
	numvfs 0 0
	echo $? >"$tmp/removed"
}

removed()
{
	[ "$(cat "$tmp/removed" 2>/dev/null)" = 0 ]
}

plan 17
modprobe qatvf_pf num_vfs=16 && modprobe vfio-pci && to_vfio "$before" "$bad" "$after"
ok_if $? 'three VFs for programs'
guarded scribble 4 4711 >"$tmp/bad" 2>&1
ok_if $? 'one writes nonsense into all of its registers'
note "$(cat "$tmp/bad")"
ok_if "$neighbours" 'its neighbours work on, nothing of theirs changes'
check 'the PF serves it again' wait_until 60 use works "$bad"
guarded peek >"$tmp/bad" 2>&1
ok_if $? 'it gets nothing from memory that is not its own, and writes nothing there'
note "$(cat "$tmp/bad")"
ok_if "$neighbours" 'its neighbours work on, nothing of theirs changes'
check 'the PF is well' grep -qx up "$PCI/devices/$pf/qat/state"

cost quiet
quiet=$cost
log_mark
cost use flood "$bad" 4 >"$tmp/bad"
ok_if $? 'it floods its mailbox'
note "$(cat "$tmp/bad"); kernel threads and interrupts: $quiet per mille without, $cost with"
check 'which takes less than a tenth of a processor' test $((cost - quiet)) -lt 100
lines=$(log_since '4xxx|qat' | wc -l)
check "and few lines in the log ($lines)" test "$lines" -le 15
guarded flood 4 >"$tmp/bad" 2>&1
ok_if "$neighbours" 'its neighbours work on, nothing of theirs changes'
check 'the next user is served' wait_until 90 use works "$bad"

in_background "$tmp/hold" restart "$after" 60
user=$user_pid
remove_vfs &
sleep 3
check 'a user stops when VFs are turned off, and lets go' wait_until 30 removed
kill $user
wait
rm "$tmp/removed"
check 'VFs come again' eval "numvfs 0 2 && to_vfio $(vf 0 0) $(vf 0 1)"

mkfifo "$tmp/pipe"
"$USE" hold "$(vf 0 0)" <"$tmp/pipe" >"$tmp/hold" 2>&1 &
user=$!
exec 7>"$tmp/pipe"
wait_until 20 grep -q held "$tmp/hold"
remove_vfs &
sleep 14
! removed && grep -qx up "$PCI/devices/$pf/qat/state"
ok_if $? 'a user who does not: the PF waits, as the kernel does for any device'
kill -9 $user
wait $user 2>/dev/null
exec 7>&-
check 'and no longer than he lives' wait_until 20 removed
wait
check 'all unload' eval 'have_vfs 0 0 && unload vfio_pci && unload_all'
finish
