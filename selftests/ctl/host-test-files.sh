#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# On the host: files for qatvfctl check. Good ones, every kind of error with its line,
# damaged ones in numbers; built with sanitizers.
#
# timeout: 400

. "$(dirname "$0")/../lib/ktap.sh"
BUILD=${BUILD:-$TOP/build}
export LC_ALL=C

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
ctl=$BUILD/selftests/ctl/tools/qatvfctl

make_ctl()
{
	make -s -C "$TOP/tools" BUILD="$BUILD/selftests/ctl" \
		CFLAGS='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all'
}

# wrong ERE LINE...: a file of these lines is refused with status 1 and that message
wrong()
{
	local ere=$1 out status

	shift
	printf '%s\n' "$@" >"$work/file"
	out=$("$ctl" check "$work/file" 2>&1)
	status=$?
	[ $status -eq 1 ] && grep -qE "^$work/file:$ere" <<<"$out" && return 0
	echo "status $status: $out"
	return 1
}

good()
{
	printf '%s\n' "$@" >"$work/file"
	"$ctl" check "$work/file"
}

# What a file means is what JSON says of it.
means()
{
	"$ctl" --json check "$work/file" | python3 -c "import json, sys
d = json.load(sys.stdin)
sys.exit(0 if ($1) else 1)"
}

# Whatever is in a file, the program ends in order: 0 or 1, and sanitizers are silent.
damaged()
{
	local out status

	out=$("$ctl" check "$1" 2>&1)
	status=$?
	[ $status -le 1 ] && ! grep -q 'Sanitizer\|runtime error' <<<"$out" && return 0
	echo "$1: status $status"
	head -c 2000 "$1" | od -c | head
	head -n 20 <<<"$out"
	return 1
}

# Bytes replaced, inserted, removed and doubled at random in a good file
damage_many()
{
	local i bad=0

	python3 - "$work/sample" "$work/damaged" "$1" <<-'END'
	import os, random, sys
	data = open(sys.argv[1], 'rb').read()
	random.seed(8)
	os.makedirs(sys.argv[2])
	for i in range(int(sys.argv[3])):
	    d = bytearray(data)
	    for _ in range(random.randint(1, 12)):
	        at = random.randrange(len(d))
	        kind = random.randrange(5)
	        if kind == 0:
	            d[at] = random.randrange(256)
	        elif kind == 1:
	            d.insert(at, random.choice(b'[]=;#\n\0 \t0159-'))
	        elif kind == 2:
	            del d[at:at + random.randint(1, 20)]
	        elif kind == 3:
	            d[at:at] = d[at:at + random.randint(1, 300)]
	        else:
	            d[at:at] = bytes(random.choice(b'9aZ;') for _ in range(random.randint(1, 400)))
	        d = d or bytearray(b'x')
	    open(f'{sys.argv[2]}/{i}', 'wb').write(d)
	END
	for i in "$work/damaged"/*; do
		damaged "$i" || bad=1
	done
	return $bad
}

pf='[pf 0000:6b:00.0]'
vf='[vf 0000:6b:00.0'

plan 42
check 'qatvfctl builds with sanitizers' make_ctl
check 'an empty file' good ''
check 'a file without anything' good '# nothing' '; here'
check 'a whole one' good '[profile guest]' 'driver = vfio-pci' '  rate_sym=100 400  ' '' "$pf" \
	'services = sym;asym' 'num_vfs = 8' "$vf 0-5]" 'profile = guest' "$vf 3]" \
	'label = web server 1' "$vf 6-7]" $'\tdriver\t=\tkernel'
check 'what it means' means 'len(d["pfs"]) == 1 and d["pfs"][0]["num_vfs"] == 8 and
	d["pfs"][0]["vfs"][3] == {"vf": 3, "profile": "guest", "label": "web server 1"} and
	d["pfs"][0]["vfs"][7]["driver"] == "kernel" and
	d["profiles"][0]["rate_sym"] == "100 400"'
cp "$work/file" "$work/sample"
check 'a PF that is only prepared' good "$pf" 'enable = no'
check 'what that means' means 'd["pfs"][0]["enable"] == False'

check 'no section' wrong '1: driver before any section' 'driver = none'
check 'unknown section' wrong '1: sections are' '[pfs 1]'
check 'section without end' wrong '1: a section ends' '[pf 0000:6b:00.0'
check 'section with too much' wrong '1: sections are' '[vf 0000:6b:00.0 1 2]'
check 'empty section' wrong '1: sections are' '[]'
check 'no address' wrong '1: 6b:00.0 is not the address' '[pf 6b:00.0]'
check 'a PF twice' wrong '2: PF 0000:6b:00.0 is there already' "$pf" "$pf"
check 'a VF without PF' wrong '1: \[vf 0000:6b:00.0\] before' "$vf 1]"
check 'a VF that cannot be' wrong '2: 16 is not a VF' "$pf" "$vf 16]"
check 'a range the wrong way' wrong '2: 3-1 is not a VF' "$pf" "$vf 3-1]"
check 'a huge range' wrong '2: 0-99999999999999999999 is not' "$pf" "$vf 0-99999999999999999999]"
check 'a profile twice' wrong '2: profile a is there' '[profile a]' '[profile a]'
check 'no name for a profile' wrong "1: a profile's name" '[profile a/b]'
check 'a long name' wrong "1: a profile's name" '[profile 01234567890123456789012345678901]'
check 'no equals sign' wrong '2: neither' "$pf" 'services sym'
check 'no value' wrong '2: services has no value' "$pf" 'services ='
check 'no services' wrong '2: services = x: not understood' "$pf" 'services = x'
check 'decompression alone' wrong '2: services = decomp: not understood' "$pf" 'services = decomp'
check 'too many VFs' wrong '2: num_vfs = 17: out of range' "$pf" 'num_vfs = 17'
check 'neither yes nor no' wrong '2: enable = 1: not understood' "$pf" 'enable = 1'
check 'a key of VFs in a PF' wrong '2: a PF has services' "$pf" 'driver = none'
check 'a key twice' wrong '3: services is said twice' "$pf" 'services = dc' 'services = dc'
check 'an unknown key' wrong '3: unknown key color' "$pf" "$vf 1]" 'color = red'
check 'a label in a profile' wrong '2: unknown key label' '[profile a]' 'label = x'
check 'a rate that is none' wrong '3: rate_sym = 5 4: not understood' "$pf" "$vf 1]" 'rate_sym = 5 4'
check 'a long label' wrong '3: label = .*: too long' "$pf" "$vf 1]" \
	'label = 01234567890123456789012345678901'
check 'a missing profile' wrong ' 0000:6b:00.0/vf1/profile: there is no profile x' "$pf" \
	"$vf 1]" 'profile = x'
check 'what the kernel would refuse' wrong ' 0000:6b:00.0/vf9/label: set, but num_vfs is 4' \
	"$pf" 'num_vfs = 4' "$vf 9]" 'label = x'
check 'more than all is committed' wrong ' 0000:6b:00.0/vf1/rate_dc: 600 permille' "$pf" \
	'services = dc' "$vf 0-1]" 'rate_dc = 600'
check 'a long line' wrong '2: longer than' "$pf" "$(printf 'x%.0s' {1..300})"
printf '%s\nservices = d\0c\n' "$pf" >"$work/file"
check 'a NUL' eval '! "$ctl" check "$work/file" 2>/dev/null'
check 'errors have an end' bash -c "yes | head -n 5000 >$work/yes; '$ctl' check $work/yes 2>&1 |
	wc -l | awk '{ exit \$1 > 60 }'"
check 'no file' eval '"$ctl" check "$work/none" 2>/dev/null; [ $? -eq 3 ]'
check 'a folder' eval '"$ctl" check "$work" 2>/dev/null; [ $? -eq 1 ]'
check '300 damaged files' damage_many 300
finish
