#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Everything that the tree refuses before a device is asked: with its errno and one
# line in the log that names the attribute.  No PF driver is loaded.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 0
# timeout: 400

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/configfs/tree.sh"

pf=0000:6b:00.0
invalid='Invalid argument'

# refused_dir NAME LOG-ERE: mkdir fails and says so
refused_dir()
{
	log_mark
	! mkdir "$TREE/$1" 2>/dev/null && one_line "$2"
}

# refused_nul FILE VALUE LOG-ERE: what stands behind a NUL is not passed over
refused_nul()
{
	log_mark
	! (printf '%s\0x' "$2" >"$TREE/$1") 2>/dev/null && one_line "$3"
}

# refused_link TARGET VF LOG-ERE
refused_link()
{
	log_mark
	! ln -s "$1" "$TREE/$pf/vf$2/another" 2>/dev/null && one_line "$3"
}

defaults()
{
	local file

	holds "$pf/services" 'sym;asym' && holds "$pf/num_vfs" 16 && holds "$pf/enable" 0 &&
		holds "$pf/status" off && [ -d "$TREE/$pf/vf15" ] && [ ! -e "$TREE/$pf/vf16" ] ||
		return 1
	for file in driver services rate_asym rate_sym rate_dc mailbox label; do
		holds "$pf/vf0/$file" '' || return 1
	done
}

# check_set FILE VALUE [AS]: taken, reads back
set_to()
{
	put "$1" "$2" && holds "$1" "${3-$2}"
}

# Every value that an attribute takes, as it reads back
every_value()
{
	local value dir

	for value in sym asym dc dcc 'sym;asym' 'asym;sym' 'sym;dc' 'dc;sym' 'asym;dc' 'dc;asym'; do
		set_to $pf/services "$value" || return 1
	done
	for value in {0..16}; do
		set_to $pf/num_vfs "$value" || return 1
	done
	for dir in $pf/vf15 profiles/gold; do
		for value in kernel vfio-pci none ''; do
			set_to $dir/driver "$value" || return 1
		done
		for value in sym asym dc 'asym;sym' 'sym;dc' 'asym;dc' 'asym;sym;dc' ''; do
			set_to $dir/services "$value" || return 1
		done
		for value in strict closed normal ''; do
			set_to $dir/mailbox "$value" || return 1
		done
		for value in rate_asym rate_sym rate_dc; do
			set_to $dir/$value 1 '1 1' && set_to $dir/$value 1000 '1000 1000' &&
				set_to $dir/$value '0 1000' && set_to $dir/$value 0 none &&
				set_to $dir/$value none && set_to $dir/$value '' || return 1
		done
	done
	set_to $pf/vf15/label 'aZ09 -_.:/@+' && set_to $pf/vf15/label '' &&
		set_to $pf/services 'sym;asym' && defaults
}

plan 56
check 'the tree is there' load_tree

for name in x 6b:00.0 0000:6B:00.0 0000:6b:00.8 00000:6b:00.0; do
	check "no directory $name" refused_dir "$name" "$name: not the address of a PF"
done
check 'a directory for a PF that is not there' mkdir "$TREE/$pf"
check 'what it says at first' defaults
check 'no profile of two words' refused_dir 'profiles/a b' 'profiles/a b: a name is'
check 'no profile of 32 letters' refused_dir profiles/01234567890123456789012345678901 \
	'profiles/01234567890123456789012345678901: a name is'
check 'profiles' mkdir "$TREE/profiles/gold" "$TREE/profiles/lead"

check 'every value of every attribute' every_value
check 'no such services' refuses "$invalid" "$pf/services: not understood" $pf/services 'sym;sym'
check 'three services' refuses "$invalid" "$pf/services: not understood" $pf/services 'sym;asym;dc'
check 'decompression alone, which no firmware has' refuses "$invalid" "$pf/services: not understood" \
	$pf/services decomp
check '... nor for a VF' refuses "$invalid" "$pf/vf3/services: not understood" $pf/vf3/services 'sym;decomp'
check 'no number' refuses "$invalid" "$pf/num_vfs: not understood" $pf/num_vfs many
check '17 VFs' refuses 'out of range' "$pf/num_vfs: out of range" $pf/num_vfs 17
check 'no boolean' refuses "$invalid" "$pf/enable: not understood" $pf/enable maybe
check 'no such driver' refuses "$invalid" "$pf/vf3/driver: not understood" $pf/vf3/driver igb
check 'no such service' refuses "$invalid" "$pf/vf3/services: not understood" $pf/vf3/services x
check 'no rate' refuses "$invalid" "$pf/vf3/rate_sym: not understood" $pf/vf3/rate_sym '5 4'
check 'too high a rate' refuses 'out of range' "$pf/vf3/rate_dc: out of range" $pf/vf3/rate_dc 1001
check 'no such policy' refuses "$invalid" "$pf/vf3/mailbox: not understood" $pf/vf3/mailbox x
check 'no label' refuses "$invalid" "$pf/vf3/label: not understood" $pf/vf3/label 'a"b'
check 'too long a label' refuses 'name too long' "$pf/vf3/label: too long" $pf/vf3/label \
	01234567890123456789012345678901
check 'no such driver in a profile' refuses "$invalid" 'profiles/gold/driver: not understood' \
	profiles/gold/driver x
check 'a NUL in services' refused_nul $pf/services dc "$pf/services: not understood"
check 'a NUL in a VF' refused_nul $pf/vf3/label web "$pf/vf3/label: not understood"
check 'a NUL in a profile' refused_nul profiles/gold/driver none 'profiles/gold/driver: not understood'
check 'status is read-only' test ! -w "$TREE/$pf/status" -o "$(stat -c %a "$TREE/$pf/status")" = 444
check 'everything reads as before' defaults

# what only the whole shows
put $pf/num_vfs 4
check 'a VF that will not be there' set_to $pf/vf4/label x
check '... is refused as a whole' refuses "$invalid" "$pf/vf4/label: set, but num_vfs is 4" \
	$pf/enable 1
put $pf/vf4/label ''
put $pf/vf1/services dc
check 'a service that the PF does not have' refuses "$invalid" \
	"$pf/vf1/services: dc is not among" $pf/enable 1
put $pf/vf1/services sym
put $pf/vf1/rate_asym 10
check 'a rate for a service that the VF does not have' refuses "$invalid" \
	"$pf/vf1/rate_asym: a rate for asym" $pf/enable 1
put $pf/vf1/rate_asym ''
put $pf/vf2/driver kernel
put $pf/vf2/mailbox closed
check 'a closed mailbox for the kernel' refuses "$invalid" "$pf/vf2/mailbox: closed" $pf/enable 1
put $pf/vf2/mailbox ''
put profiles/gold/rate_sym '600 700'
ln -s $TREE/profiles/gold $TREE/$pf/vf0/profile
ln -s $TREE/profiles/gold $TREE/$pf/vf3/profile
check 'more than all is committed, by a profile' refuses 'No space left' \
	"$pf/vf3/rate_sym: 600 permille committed" $pf/enable 1
put profiles/gold/rate_sym '500 700'
check 'still off' holds $pf/status off

check 'a second profile' refused_link $TREE/profiles/lead 0 "$pf/vf0: has a profile already"
check 'a link to a PF' refused_link $TREE/$pf 1 "$pf/vf1: links lead to profiles only"
check 'a profile in use stays' bash -c "! rmdir $TREE/profiles/gold 2>/dev/null"

check 'now it makes sense' put $pf/enable 1
check 'it waits for its device' holds $pf/status waiting
check 'an enabled directory stays' bash -c "! rmdir $TREE/$pf 2>/dev/null"
check 'services stay' refuses 'resource busy' "$pf/services: cannot be changed while enabled" \
	$pf/services dc
check 'num_vfs stays' refuses 'resource busy' "$pf/num_vfs: cannot be changed while enabled" \
	$pf/num_vfs 5
check 'what a VF sees stays' refuses 'resource busy' \
	"$pf/vf1/services: cannot be changed while enabled" $pf/vf1/services asym
check 'no new links' refused_link $TREE/profiles/lead 1 "$pf/vf1: no link to a profile"
check 'the driver of a profile stays' refuses 'resource busy' \
	'profiles/gold/driver: cannot be changed while enabled' profiles/gold/driver kernel
check 'a rate can change' set_to $pf/vf1/rate_sym 0 none
check 'but not beyond what is there' refuses 'No space left' \
	"$pf/vf3/rate_sym: 501 permille committed" $pf/vf3/rate_sym 501
check '... which changes nothing' holds $pf/vf3/rate_sym ''
check 'nor by the profile' refuses 'No space left' "$pf/vf3/rate_sym: 501 permille" \
	profiles/gold/rate_sym '501 502'
check '... which changes nothing' holds profiles/gold/rate_sym '500 700'
check 'all of it can be removed, and the module unloaded' eval 'clear_tree && unload_all'
finish
