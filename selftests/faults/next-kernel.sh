# SPDX-License-Identifier: GPL-2.0
#
# Shell functions for tests in which one kernel follows another.  init starts the whole
# test again in each of them; the stage, on the kernel's command line, tells which one
# that is, and each stage has a plan of its own.  Needs crypto/ciphers.sh.
#
# shellcheck shell=bash disable=SC2154

KEXEC=$BUILD/selftests/faults/kexec
KERNEL=$BUILD/kernels/$VM_KERNEL/vmlinuz
INITRAMFS=$BUILD/vm/$VM_KERNEL/initramfs.cpio

# stage: of this kernel; the first one has none
stage()
{
	local word

	read -ra words </proc/cmdline
	for word in "${words[@]}"; do
		[[ $word == stage=* ]] && echo "${word#stage=}"
	done
	return 0
}

# line_for STAGE [PARAMETER...]: our command line, but for what was about this kernel
line_for()
{
	local word line=

	read -ra words </proc/cmdline
	for word in "${words[@]}"; do
		case $word in
		stage=* | crashkernel=* | elfcorehdr=* | nr_cpus=* | reset_devices) ;;
		*) line+="$word " ;;
		esac
	done
	echo "${line}stage=$*"
}

# under_load: what the first kernel does while it is left; two points
under_load()
{
	check 'four VFs come up' bring_up
	start_load load cbc 600
	start_load load ctr 600
	check 'they are under load' at_work
}

# load_next load|crash STAGE [PARAMETER...]
load_next()
{
	"$KEXEC" "$1" "$KERNEL" "$INITRAMFS" "$(line_for "${@:2}")"
}

# All went well so far: COMMAND leads to the next kernel. Else the test ends here.
leave_by()
{
	if [ "$ktap_failed" -ne 0 ] || [ "$ktap_count" -ne "$ktap_planned" ]; then
		finish
	fi
	# what was said is on its way through init
	sleep 1
	"$@"
	sleep 60
	echo "Bail out! $* did not lead to the next kernel"
	exit 1
}

# encrypts: the device does, and as OpenSSL does
encrypts()
{
	local key=000102030405060708090a0b0c0d0e0f iv=f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff
	local before how

	before=$(model_count requests)
	head -c 65536 /dev/urandom >/run/plain
	for how in afalg openssl; do
		"$CIPHER_TEST" file cbc $how $key $iv /run/plain /run/$how || return 1
	done
	cmp /run/afalg /run/openssl && [ "$(model_count requests)" -gt "$before" ]
}

# at_work: there is load, and the device answers
at_work()
{
	local before

	before=$(model_count responses)
	wait_until 20 more_than "$before"
}

more_than()
{
	[ "$(model_count responses)" -gt "$1" ]
}

log_has()
{
	dmesg | grep -q "$PF: $1"
}

# masters: may the PF reach memory?
masters()
{
	[ $((0x$(setpci -s "$PF" COMMAND.w) & 4)) -ne 0 ]
}

no_vfs()
{
	local number

	read -r number <"/sys/bus/pci/devices/$PF/sriov_numvfs" && [ "$number" = 0 ]
}
