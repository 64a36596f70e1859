# SPDX-License-Identifier: GPL-2.0
#
# Shell functions for tests with guests inside the test machine: starting one as libvirt
# does, reading its console, ending it.  Needs sriov/functions.sh and vfio/users.sh.
#
# All processors are emulated, and those of the guest by emulated ones: nothing here
# polls with programs while a guest works.
#
# shellcheck shell=bash disable=SC2054 # commas of QEMU's options

GUESTS=$BUILD/selftests/nested
GUEST_MIB=160
guest_dir=$(mktemp -d) || exit 1
mkfifo "$guest_dir/never"
exec 8<>"$guest_dir/never"
trap 'guest_kill; rm -rf "$guest_dir"' EXIT
guest_pid=

# hostdev_args ADDRESS...: one root port each, as libvirt has it for PCI Express devices
hostdev_args()
{
	local address n=0

	for address; do
		n=$((n + 1))
		guest_args+=(-device "{\"driver\":\"pcie-root-port\",\"port\":$((15 + n)),\"chassis\":$n,\"id\":\"pci.$n\",\"bus\":\"pcie.0\",\"addr\":\"0x$((n + 1))\"}"
			-device "{\"driver\":\"vfio-pci\",\"host\":\"$address\",\"id\":\"hostdev$((n - 1))\",\"bus\":\"pci.$n\",\"addr\":\"0x0\"}")
	done
}

# guest_start NAME PARAMETERS ADDRESS...: PARAMETERS are for the guest's kernel.  What is
# not about the disk, the network and the screen is what libvirt 9 makes of a domain.
guest_start()
{
	local name=$1 parameters=$2

	shift 2
	guest_console=$guest_dir/$name.console guest_monitor=$guest_dir/$name.monitor
	: >"$guest_console"
	guest_args=(-name "guest=$name,debug-threads=on" -no-user-config -nodefaults
		-machine "q35,usb=off,dump-guest-core=off,memory-backend=pc.ram"
		-accel "tcg,tb-size=64" -cpu qemu64 -m "size=$((GUEST_MIB * 1024))k"
		-object "{\"qom-type\":\"memory-backend-ram\",\"id\":\"pc.ram\",\"size\":$((GUEST_MIB << 20))}"
		-overcommit mem-lock=off -smp 1,sockets=1,cores=1,threads=1
		-display none -boot strict=on -rtc base=utc
		-chardev "socket,id=charmonitor,path=$guest_monitor,server=on,wait=off"
		-mon chardev=charmonitor,id=monitor,mode=readline
		-chardev "file,id=charserial0,path=$guest_console,append=on"
		-device '{"driver":"isa-serial","chardev":"charserial0","id":"serial0","index":0}'
		-kernel "$GUESTS/vmlinux" -initrd "${GUEST_INITRD:-$GUESTS/initramfs.cpio}"
		-append "console=ttyS0 loglevel=4 tsc=reliable $parameters")
	hostdev_args "$@"
	qemu-system-x86_64 "${guest_args[@]}" >"$guest_dir/$name.qemu" 2>&1 &
	guest_pid=$!
}

# guest_command TEXT: to the monitor
guest_command()
{
	echo "$1" | socat -t 2 - "UNIX-CONNECT:$guest_monitor" >/dev/null
}

pause()
{
	read -rt "$1" -u 8 || return 0
}

# guest_lines: the console as an array
guest_lines()
{
	mapfile -t guest_line <"$guest_console"
	guest_line=("${guest_line[@]%$'\r'}")
}

# said COUNT ERE: so many lines of the guest match
said()
{
	local line n=0

	guest_lines
	for line in "${guest_line[@]}"; do
		[[ $line =~ $2 ]] && n=$((n + 1))
	done
	[ $n -ge "$1" ]
}

alive()
{
	kill -0 "$guest_pid" 2>/dev/null
}

# guest_says SECONDS COUNT ERE: in that time, or what it has said so far; then its QEMU
# ends, so that nobody waits for more
guest_says()
{
	local end=$((SECONDS + $1 * ${VM_PATIENCE:-1}))

	until said "$2" "$3"; do
		if [ $SECONDS -ge $end ] || ! alive; then
			alive || echo "its QEMU has ended"
			tail -n 25 "$guest_console"
			cat "${guest_console%.console}.qemu"
			kill -9 "$guest_pid" 2>/dev/null
			return 1
		fi
		pause 1
	done
	return 0
}

guest_kill()
{
	[ -n "$guest_pid" ] || return 0
	kill -9 "$guest_pid" 2>/dev/null
	wait "$guest_pid" 2>/dev/null
	guest_pid=
}

# guest_ends SECONDS: by itself, and its QEMU is content
guest_ends()
{
	local end=$((SECONDS + $1 * ${VM_PATIENCE:-1})) status

	while alive; do
		[ $SECONDS -lt $end ] || { echo "still there"; return 1; }
		pause 1
	done
	wait "$guest_pid"
	status=$?
	guest_pid=
	[ $status -eq 0 ] || { echo "QEMU: status $status"; cat "${guest_console%.console}.qemu"; return 1; }
}
