#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Group qat_rl/ of the PF: every file, every operation, every refusal with its errno and
# its line in the log; and that a ring pair with a limit really gets what it was promised
# and no more (reference 08 section 4, reference 03 section 10; contract C21).
#
# The modelled device is slow, so that the processor is not what limits: rates are shares
# of 8 Mbit/s. Time is counted in instructions, so that it does not matter how busy this
# machine is; a kernel 6.1 does not find its second processor that way.
#
# kernels: 6.12
# also: 7.3
# vm: --pfs 1 --prop sym-mbps=8 --icount shift=0,sleep=off --append cryptomgr.notests=1
# timeout: 600

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/hostif/files.sh"
. "$TOP/selftests/hostif/load.sh"

R=$DEV/qat_rl
EINVAL='Invalid argument'
FULL=1000000	# bytes a second, of --prop sym-mbps

modes()
{
	local file

	for file in rp id cir pir srv cap_rem; do
		mode_is "$R/$file" 644 || return 1
	done
	mode_is "$R/sla_op" 200
}

unset_files()
{
	unreadable "$R/srv" "$EINVAL" && unreadable "$R/cap_rem" "$EINVAL" && reads "$R/rp" 0x0
}

formats()
{
	writes "$R/rp" 0x500000 && reads "$R/rp" 0x500000 && writes "$R/rp" a && reads "$R/rp" 0xa &&
		writes "$R/rp" ffffffffffffffff && reads "$R/rp" 0xffffffffffffffff &&
		refuses "$R/rp" "$EINVAL" xyz -1 '1 2' && refuses "$R/rp" 'out of range' 10000000000000000 &&
		writes "$R/id" -1 && reads "$R/id" -1 && refuses "$R/id" "$EINVAL" one &&
		writes "$R/cir" 1000 && reads "$R/cir" 1000 && writes "$R/pir" 4294967295 &&
		reads "$R/pir" 4294967295 && refuses "$R/cir" "$EINVAL" -1 x &&
		refuses "$R/pir" 'out of range' 4294967296 &&
		writes "$R/srv" sym && reads "$R/srv" sym && writes "$R/srv" asym && reads "$R/srv" asym &&
		refuses "$R/srv" "$EINVAL" dc rsa SYM && reads "$R/srv" asym &&
		refuses "$R/cap_rem" "$EINVAL" rsa && writes "$R/cap_rem" dc &&
		unreadable "$R/cap_rem" "$EINVAL" && refuses "$R/sla_op" "$EINVAL" adds all 1
}

# sla SERVICE RP-MASK CIR PIR: fills the form
sla()
{
	echo "$1" >"$R/srv" && echo "$2" >"$R/rp" && echo "$3" >"$R/cir" && echo "$4" >"$R/pir"
}

op() { echo "$1" >"$R/sla_op"; }

# add SERVICE RP-MASK CIR PIR ID: becomes this id
add()
{
	sla "$1" "$2" "$3" "$4" && op add && reads "$R/id" "$5"
}

# add_refused ERE LINE SERVICE RP-MASK CIR PIR
add_refused()
{
	local ere=$1 line=$2

	shift 2
	log_mark
	sla "$@" && refuses "$R/sla_op" "$ere" add && reads "$R/id" -1 && said "$line"
}

# id_refused OPERATION LINE ID
id_refused()
{
	log_mark
	echo "$3" >"$R/id" && refuses "$R/sla_op" "$EINVAL" "$1" && said "$2"
}

# get_is ID SERVICE RP-MASK CIR PIR
get_is()
{
	sla asym 0 0 0 && echo "$1" >"$R/id" && op get && reads "$R/srv" "$2" &&
		reads "$R/rp" "$3" && reads "$R/cir" "$4" && reads "$R/pir" "$5"
}

left_is()
{
	echo "$1" >"$R/cap_rem" && reads "$R/cap_rem" "$2"
}

# The worked example: VF 5's symmetric ring pairs, 21 and 23.
added()
{
	add sym 0xa00000 105 105 4 && get_is 4 sym 0xa00000 105 105 && left_is sym 895 &&
		left_is asym 1000
}

raised_peak()
{
	log_mark
	add asym 0x500000 200 100 5 && get_is 5 asym 0x500000 200 200 &&
		said 'PIR must be >= CIR, setting PIR to CIR'
}

updated()
{
	echo 4 >"$R/id" && echo 300 >"$R/cir" && echo 900 >"$R/pir" && op update &&
		get_is 4 sym 0xa00000 300 900 && left_is sym 700
}

update_over_budget()
{
	echo 4 >"$R/id" && echo 1001 >"$R/cir" && echo 1001 >"$R/pir" &&
		refuses "$R/sla_op" "$EINVAL" update && echo 10 >"$R/cir" &&
		refuses "$R/sla_op" "$EINVAL" update && get_is 4 sym 0xa00000 300 900
}

removed()
{
	echo 4 >"$R/id" && op rm && left_is sym 1000 && id_refused get 'does not exist' 4 &&
		get_is 5 asym 0x500000 200 200 && add sym 0x2 1 1 4
}

# Sixteen leaves of a service, one ring pair each; there is no seventeenth.
all_leaves()
{
	local n

	op rm_all && left_is sym 1000 && left_is asym 1000 || return 1
	for ((n = 0; n < 16; n++)); do
		add sym "$(printf '%x' $((2 << 4 * n)))" 50 100 $((4 + n)) || return 1
	done
	add_refused 'No space left' 'Exceeded number of available nodes' sym 0x8 50 100 &&
		left_is sym 200 && op rm_all && left_is sym 1000
}

refused_by_firmware()
{
	qmp set qat0 faults admin:status,cmd=134 &&
		add_refused 'Input/output error' 'Failed to apply an SLA' sym 0x2 10 10 &&
		qmp set qat0 faults '' && left_is sym 1000 && add sym 0x2 10 10 4 && op rm
}

lost_when_down()
{
	add sym 0x2 100 100 4 && state down && [ ! -e "$R" ] && state up && left_is sym 1000 &&
		unreadable "$R/srv" "$EINVAL" && id_refused get 'does not exist' 4
}

# With one service there is one root and one cluster.
only_compression()
{
	restarted_with dc && add dc 0x1 500 500 2 && left_is dc 500 && refuses "$R/srv" "$EINVAL" sym &&
		restarted_with 'sym;asym'
}

# qat_sla_mgr: ids 0 to 63, EINVAL means nothing there.
listed_as_by_sla_mgr()
{
	local id found=

	add sym 0xa 10 10 4 && add asym 0x5 10 10 5 || return 1
	for ((id = 0; id < 64; id++)); do
		echo $id >"$R/id"
		if (echo -n get >"$R/sla_op") 2>/dev/null; then
			found+="$id "
		fi
	done
	[ "$found" = '4 5 ' ] && op rm_all
}

# ---- enforcement ----

# Rates of loads on CPU 0, or on CPU 0 and 1 at a time.
one_rate() { load 0 4; }

two_rates()
{
	load 0 10 >/tmp/rate0 &
	load 1 10 >/tmp/rate1 &
	wait
	read -r rate0 </tmp/rate0
	read -r rate1 </tmp/rate1
}

share() { echo $((FULL * $1 / 1000)); }

unlimited()
{
	local rate

	rate=$(one_rate) || return 1
	note "without limit: $rate bytes/s"
	[ "$rate" -gt "$(share 600)" ]
}

# limited PERMILLE: no more than that, and not much less
limited()
{
	local rate

	rate=$(one_rate) || return 1
	note "limit $1: $rate bytes/s"
	between "$(share $(($1 * 85 / 100)))" "$rate" "$(share $(($1 * 105 / 100)))"
}

limit_holds()
{
	add sym "$mask0" 200 200 4 && limited 200
}

limit_changes_under_load()
{
	{ sleep 1; echo 4 >"$R/id"; echo 400 >"$R/cir"; echo 400 >"$R/pir"; op update; } &
	one_rate >/dev/null
	wait
	limited 400
}

# 3:1, to ten in a hundred
three_to_one()
{
	op rm_all && add sym "$mask0" 360 360 4 && add sym "$mask1" 120 120 5 && two_rates || return 1
	note "360 and 120 permille: $rate0 and $rate1 bytes/s"
	between 270 $((rate0 * 100 / rate1)) 330 && [ "$rate0" -le "$(share 380)" ]
}

# What is promised comes, though the other takes all that it can get.
promise_kept()
{
	op rm_all && add sym "$mask0" 300 300 4 && add sym "$mask1" 100 1000 5 && two_rates || return 1
	note "promised 300 and up to 1000 permille: $rate0 and $rate1 bytes/s"
	between "$(share 250)" "$rate0" "$(share 315)" && [ "$rate1" -gt "$(share 200)" ]
}

off_again()
{
	op rm_all && unlimited
}

enforcement()
{
	check 'a VF of the kernel' vf_for_the_kernel
	check 'two CPUs use two ring pairs' two_ring_pairs
	two_ring_pairs
	mask0=$(printf '%x' $((1 << rp0))) mask1=$(printf '%x' $((1 << rp1)))
	check 'no limit: most of the device' unlimited
	check 'a limit of a fifth holds' limit_holds
	check 'it changes under load' limit_changes_under_load
	check 'two ring pairs, 3:1' three_to_one
	check 'a promise is kept' promise_kept
	check 'limits are taken off' off_again
}

# The load comes through AF_ALG, which since 7.2 has software only: there the files alone.
case $VM_KERNEL in
7.*) plan 27 ;;
*) plan 35 ;;
esac
modprobe qatvf_pf
check 'the files are there' modes
check 'nothing is set at first' unset_files
check 'formats' formats
check 'add' added
check 'a peak below the promise is raised' raised_peak
check 'refused: five ring pairs' add_refused "$EINVAL" 'Too many ring pairs' sym 0x2aaa 1 1
check 'refused: ring pair of another service' add_refused "$EINVAL" 'Unable to find ring pairs' sym 0x1 1 1
check 'refused: ring pair that has an SLA' add_refused "$EINVAL" 'Unable to find ring pairs' sym 0x200002 1 1
check 'refused: no ring pair' add_refused "$EINVAL" 'Unable to find ring pairs' sym 0 1 1
check 'refused: more than is left' add_refused "$EINVAL" 'exceeds the remaining budget' sym 0x2 896 896
check 'refused: more than there is' add_refused "$EINVAL" 'exceeds the remaining budget' sym 0x2 10 1001
check 'update' updated
check 'update refused: more than there is' update_over_budget
for op in get update rm; do
	check "$op refused: no such id" id_refused $op 'does not exist' 83
	check "$op refused: out of bounds" id_refused $op 'out of bounds' 84
done
check 'rm refused: a root' id_refused rm 'reserved for internal use' 0
check 'get refused: below 0' id_refused get 'out of bounds' -1
check 'rm, and the id is used again' removed
check 'sixteen leaves of a service' all_leaves
check 'refused by the firmware: nothing is left of it' refused_by_firmware
check 'all is lost when the PF goes down' lost_when_down
check 'compression only: first id 2' only_compression
check 'listed as qat_sla_mgr does' listed_as_by_sla_mgr
[[ $VM_KERNEL = 7.* ]] || enforcement
finish
