#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Test of the firmware tools on the host: the synthetic files have the sizes of
# the recipe (reference 02 section 12) and are checked with OpenSSL too; Intel's
# own files, where there are any, have the map that reference 02 section 4 gives,
# and are rebuilt byte for byte from their parts.
#
# QAT_FIRMWARE=DIR names another folder of real files.
#
# programs: firmware
# may-skip: real

# shellcheck disable=SC2317 # check() calls the functions by name

. "$(dirname "$0")/../lib/ktap.sh"

BUILD=${BUILD:-$TOP/build}
mkfw=$BUILD/selftests/firmware/mkfw
fw=$BUILD/firmware-synthetic
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

refused()
{
	! "$@"
}

has_size()
{
	[ "$(stat -c %s "$1")" -eq "$2" ]
}

# part FILE OFFSET LENGTH
part()
{
	tail -c "+$(($2 + 1))" "$1" | head -c "$3"
}

# A little-endian number of a file as hex digits.
number()
{
	part "$@" | od -An -v -tx1 -w1 | tac | tr -d ' \n'
}

key_hash()
{
	[ "$(part "$fw/qat_4xxx_mmp.bin" 128 384 | sha256sum | cut -d' ' -f1)" = \
	  "$(cat "$fw/key.sha256")" ]
}

# The signature of the MMP file by another implementation than our tool's.
openssl_verify()
{
	local file=$1

	printf 'asn1=SEQUENCE:k\n[k]\nn=INTEGER:0x%s\ne=INTEGER:0x%s\n' \
		"$(number "$file" 128 384)" "$(number "$file" 512 4)" >"$tmp/key.cnf"
	openssl asn1parse -genconf "$tmp/key.cnf" -noout -out "$tmp/key.der" &&
	openssl rsa -RSAPublicKey_in -inform DER -in "$tmp/key.der" -pubout \
		-out "$tmp/key.pem" || return 1
	# shellcheck disable=SC2059 # the number is the format: one escape per byte
	printf "$(number "$file" 516 384 | sed 's/../\\x&/g')" >"$tmp/sig"
	{ part "$file" 0 128; tail -c +901 "$file"; } >"$tmp/signed"
	openssl dgst -sha256 -verify "$tmp/key.pem" -signature "$tmp/sig" "$tmp/signed"
}

# shows FILE LINE...: the dump has each of the lines
shows()
{
	local line

	"$mkfw" dump "$1" >"$tmp/dump" || return 1
	shift
	for line in "$@"; do
		grep -qF -- "$line" "$tmp/dump" || { echo "missing: $line"; return 1; }
	done
}

verifies()
{
	"$mkfw" dump "$1" >"$tmp/dump" && ! grep WRONG "$tmp/dump" &&
	[ "$(grep -c 'RSA verified' "$tmp/dump")" -eq "$2" ]
}

same_again()
{
	"$mkfw" build --out "$tmp/again" --key "$fw/test-key.sexp" &&
	cmp "$tmp/again/qat_4xxx.bin" "$fw/qat_4xxx.bin" &&
	cmp "$tmp/again/qat_4xxx_mmp.bin" "$fw/qat_4xxx_mmp.bin"
}

full_size()
{
	"$mkfw" build --out "$tmp/full" --key "$fw/test-key.sexp" --insts 0x20000 \
		--mmp 0x246c0 && has_size "$tmp/full/qat_4xxx.bin" 665356 &&
	has_size "$tmp/full/qat_4xxx_mmp.bin" 150084 &&
	verifies "$tmp/full/qat_4xxx.bin" 5
}

selected()
{
	"$mkfw" build --out "$tmp/few" --key "$fw/test-key.sexp" --objects sym,admin &&
	verifies "$tmp/few/qat_4xxx.bin" 2 &&
	[ "$(sed -n 's/^object \(\S*\).*/\1/p' "$tmp/dump" | xargs)" = \
	  "qat_4xxx_sym.bin qat_4xxx_admin.bin" ]
}

# Every row has its folder, and but for the harmless ones differs from the original.
damaged()
{
	local name file expect

	[ "$(wc -l <"$fw/damaged/manifest")" -eq "$("$mkfw" damage --list | wc -l)" ] &&
	while read -r name file expect _; do
		[ -d "$fw/damaged/$name" ] || return 1
		cmp -s "$fw/$file" "$fw/damaged/$name/$file" &&
			{ echo "$name: not damaged"; return 1; }
		[ "$expect" = nofile ] || [ -e "$fw/damaged/$name/$file" ] || return 1
	done <"$fw/damaged/manifest"
}

repacked()
{
	"$mkfw" repack "$1" "$tmp/repacked" && cmp "$1" "$tmp/repacked"
}

real_map()
{
	shows "$1" \
		'0x00000 0x00010 MOF header' 'checksum 0xDB7D ok' \
		'0x00010 0x00018 chunk SYM_OBJS' '0x00028 0x00018 chunk UOF_OBJS' \
		'0x00040 0x00018 chunk SUF_OBJS' '0x00058 0x0005C object names' \
		'0x000B4 0x00008 unsigned object table' \
		'0x000BC 0x00008 signed object table' '0x000C4 0x000A0 object entries' \
		'qat_4xxx_admin.bin entry 0x0C4 SUOF 0x00164 end 0x208EC CRC 0x2C89 ok' \
		'qat_4xxx_sym.bin entry 0x0E4 SUOF 0x208EC end 0x41074 CRC 0x1F2F ok' \
		'qat_4xxx_dc.bin entry 0x104 SUOF 0x41074 end 0x617FC CRC 0xE2D4 ok' \
		'qat_4xxx_asym.bin entry 0x124 SUOF 0x617FC end 0x81F84 CRC 0x535E ok' \
		'rsa_sha_kat.bin entry 0x144 SUOF 0x81F84 end 0xA270C CRC 0x5B9E ok' \
		'0xA270C 0x00000 end of file'
}

real_parts()
{
	shows "$1" \
		'0x00164 0x00010 SUOF header' '0x00174 0x00030 chunk headers' \
		'0x001A4 0x00004 string table' '0x001A8 0x00008 image length' \
		'0x001B0 0x00080 CSS header' '0x00230 0x00180 modulus' \
		'0x003B0 0x00004 exponent' '0x003B4 0x00180 signature' \
		'0x00534 0x00228 AE mode descriptor' '0x0075C 0x00190 init sequence' \
		'0x008EC 0x20000 instructions' '0x208EC 0x00010 SUOF header' \
		'0x20938 0x00080 CSS header' '0x20CBC 0x00228 AE mode descriptor' \
		'0x21074 0x20000 instructions'
}

real_contents()
{
	shows "$1" 'fw_type 0 date 0x20240227 size 0x81CF dwords' \
		'dev_type 0x08000000 revisions 0x00-0xFF ae_mask 0x100 ctx_enables 0x1000FF40' \
		'dev_type 0x08000000 revisions 0x00-0xFF ae_mask 0x0FF ctx_enables 0x1000FF40' \
		'dev_type 0x08000000 revisions 0x00-0xFF ae_mask 0x001 ctx_enables 0x1000FF40' \
		'name icp_admin_me__c0' 'name icp_security_cy__c0' \
		'name icp_security_dc__c0' 'name icp_security_pke__c0' \
		'name rsa_sha_kat__c0' 'Firmware version: 1.1.50' \
		'digest e1699d9b2252bffe' 'digest 69dbc67f9806b774' \
		'digest f5905a41a30ffa48' 'digest fa9549c2705d0bbc' \
		'digest 140ab8e57a1b2acc' \
		'key a0648cbb88e1430d4b3e99fccb752683337ad4f6698afbd9926a0feb2bb1a5b2'
}

real_mmp()
{
	shows "$1" 'fw_type 1 date 0x20220913 size 0x9291 dwords' \
		'0x00080 0x00180 modulus' '0x00204 0x00180 signature' \
		'0x00384 0x246C0 payload' 'digest 8930a052a3261b3b' \
		'0x24A44 0x00000 end of file'
}

find_real()
{
	local dir

	for dir in ${QAT_FIRMWARE:+"$QAT_FIRMWARE"} "$TOP/../shared/firmware" /lib/firmware; do
		[ -e "$dir/qat_4xxx.bin" ] && [ -e "$dir/qat_4xxx_mmp.bin" ] &&
			{ echo "$dir"; return; }
	done
}

is_reference()
{
	sha256sum "$1" | grep -q ^11dda94c9bd7aa45f80bfa61c535199c70eef10482c3aafe3eaf635cff031abe
}

plan 24
check 'synthetic main file has the size of the recipe' has_size "$fw/qat_4xxx.bin" 10316
check 'synthetic MMP file has the size of the recipe' has_size "$fw/qat_4xxx_mmp.bin" 1156
check 'all five synthetic images verify' verifies "$fw/qat_4xxx.bin" 5
check 'the synthetic MMP image verifies' verifies "$fw/qat_4xxx_mmp.bin" 1
check 'OpenSSL verifies it too' openssl_verify "$fw/qat_4xxx_mmp.bin"
check 'key.sha256 is that of the modulus' key_hash
check 'the same key gives the same files again' same_again
check 'synthetic files of full size are as large as the real ones' full_size
check 'objects can be selected, in any order' selected
check 'an unknown object is refused' \
	refused "$mkfw" build --out "$tmp/x" --key "$fw/test-key.sexp" --objects sym,nix
check 'a size that is no multiple of 4 is refused' \
	refused "$mkfw" build --out "$tmp/x" --key "$fw/test-key.sexp" --insts 63
check 'a size beyond the instruction area is refused' \
	refused "$mkfw" build --out "$tmp/x" --key "$fw/test-key.sexp" --insts 0x20004
check 'every defect has been made' damaged
check 'dump reports a wrong checksum' refused "$mkfw" dump "$fw/damaged/mof-crc/qat_4xxx.bin"
check 'dump reports a wrong signature' \
	refused "$mkfw" dump "$fw/damaged/sign-signature/qat_4xxx.bin"
check 'repacking the synthetic file gives it back' repacked "$fw/qat_4xxx.bin"

# Points about Intel's own file, left out where it is not here.
real=$(find_real)
real_check()
{
	local need=$1 name=$2

	shift 2
	if [ -z "$real" ]; then
		skip "$name" 'no such file here'
	elif [ "$need" = reference ] && ! is_reference "$real/qat_4xxx.bin"; then
		skip "$name" 'another version than the one the reference describes'
	else
		check "$name" "$@"
	fi
}

real_check any 'all five real images verify' verifies "$real/qat_4xxx.bin" 5
real_check any 'the real MMP image verifies' verifies "$real/qat_4xxx_mmp.bin" 1
real_check any 'OpenSSL verifies the real MMP image' openssl_verify "$real/qat_4xxx_mmp.bin"
real_check any 'repacking the real file gives it back' repacked "$real/qat_4xxx.bin"
real_check reference 'real main file: containers are where the reference has them' \
	real_map "$real/qat_4xxx.bin"
real_check reference 'real main file: parts of an object too' real_parts "$real/qat_4xxx.bin"
real_check reference 'real main file: fields and digests as in the reference' \
	real_contents "$real/qat_4xxx.bin"
real_check reference 'real MMP file as in the reference' real_mmp "$real/qat_4xxx_mmp.bin"
finish
