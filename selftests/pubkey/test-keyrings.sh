#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Keys of the kernel's keyrings on the device: certificates and private keys made by
# OpenSSL.  The kernel checks the certificates' own signatures, signs, verifies,
# encrypts and decrypts; OpenSSL does the other side.
#
# kernels: 6.12 7.3
# also: 6.1
# vm: --pfs 1
# timeout: 900
# modules: pubkey/module
# programs: pubkey
# may-skip: ecdsa

. "$(dirname "$0")/pubkey.sh"

DIR=/run/keyrings
PKCS1='enc=pkcs1 hash=sha256'

kernel()
{
	"$PUBKEY_TEST" keyring "$@"
}

# refused ERRNO COMMAND...: the kernel refuses, with this error
refused()
{
	local want=$1 said

	shift
	said=$("$@") && { echo "not refused"; return 1; }
	[ "$said" = "$want" ] || { echo "error $said"; return 1; }
}

# certificate NAME HASH KEYGEN-ARG...: a self-signed one with its key
certificate()
{
	local name=$1 hash=$2

	shift 2
	openssl req -x509 -nodes -days 30 -subj "/CN=$name" "-$hash" "$@" \
		-keyout "$DIR/$name.pem" -out "$DIR/$name.crt" &&
		openssl x509 -in "$DIR/$name.crt" -outform DER -out "$DIR/$name.der" &&
		openssl pkcs8 -topk8 -nocrypt -in "$DIR/$name.pem" -outform DER \
			-out "$DIR/$name.p8"
}

# add FILE: the key's number goes to $key
add()
{
	key=$(kernel add "$1")
}

text_and_digest()
{
	local hash=$1

	head -c 5000 /dev/urandom >$DIR/text
	openssl dgst "-$hash" -binary -out $DIR/digest $DIR/text
	cp $DIR/digest $DIR/wrong
	printf 'x' | dd of=$DIR/wrong conv=notrunc status=none
}

# --- RSA -------------------------------------------------------------------------

rsa_verifies()
{
	add $DIR/rsa.der && openssl dgst -sha256 -sign $DIR/rsa.pem -out $DIR/sig $DIR/text &&
		kernel verify "$key" "$PKCS1" $DIR/digest $DIR/sig
}

rsa_signs()
{
	add $DIR/rsa.p8 && kernel sign "$key" "$PKCS1" $DIR/digest $DIR/sig &&
		openssl x509 -in $DIR/rsa.crt -noout -pubkey >$DIR/rsa.pub &&
		openssl dgst -sha256 -verify $DIR/rsa.pub -signature $DIR/sig $DIR/text
}

rsa_decrypts()
{
	head -c 48 /dev/urandom >$DIR/secret
	openssl pkeyutl -encrypt -certin -inkey $DIR/rsa.crt -in $DIR/secret \
		-out $DIR/cipher &&
		kernel decrypt "$key" enc=pkcs1 $DIR/cipher $DIR/plain &&
		cmp $DIR/secret $DIR/plain
}

rsa_encrypts()
{
	kernel encrypt "$key" enc=pkcs1 $DIR/secret $DIR/cipher &&
		openssl pkeyutl -decrypt -inkey $DIR/rsa.pem -in $DIR/cipher \
			-out $DIR/plain &&
		cmp $DIR/secret $DIR/plain
}

rsa_points()
{
	local bits=$1

	check "rsa $bits: OpenSSL makes a certificate" certificate rsa sha256 \
		-newkey "rsa:$bits"
	text_and_digest sha256
	step "rsa $bits: a certificate; the kernel verifies OpenSSL's signature" \
		by_device qatvf-rsa rsa_verifies
	check "rsa $bits: but not that of another text" \
		refused EKEYREJECTED kernel verify "$key" "$PKCS1" $DIR/wrong $DIR/sig
	step "rsa $bits: a private key; OpenSSL verifies the kernel's signature" \
		by_device qatvf-rsa rsa_signs
	check "rsa $bits: the kernel decrypts" by_device qatvf-rsa rsa_decrypts
	check "rsa $bits: the kernel encrypts" by_device qatvf-rsa rsa_encrypts
}

# --- ECDSA -----------------------------------------------------------------------

ec_verifies()
{
	local name=$1 hash=$2

	add "$DIR/$name.der" &&
		openssl dgst "-$hash" -sign "$DIR/$name.pem" -out $DIR/sig $DIR/text &&
		kernel verify "$key" "enc=x962 hash=$hash" $DIR/digest $DIR/sig
}

ec_rejects()
{
	local hash=$1

	refused EKEYREJECTED kernel verify "$key" "enc=x962 hash=$hash" $DIR/wrong $DIR/sig
}

ec_points()
{
	local curve=$1 hash=$2 driver=$3

	check "ecdsa $curve: OpenSSL makes a certificate" certificate "$curve" "$hash" \
		-newkey ec -pkeyopt "ec_paramgen_curve:$curve"
	text_and_digest "$hash"
	step "ecdsa $curve: a certificate; the kernel verifies OpenSSL's signature" \
		by_device "$driver" ec_verifies "$curve" "$hash"
	check "ecdsa $curve: but not that of another text" \
		by_device "$driver" ec_rejects "$hash"
}

# --- afterwards --------------------------------------------------------------------

vfs_go()
{
	local n

	for ((n = 0; n < VFS; n++)); do
		echo "$(vf $n)" >"$VF_DRIVER/unbind" || return 1
	done
	wait_until 30 none_listed || { grep -A 6 qatvf- /proc/crypto; return 1; }
}

software_verifies()
{
	text_and_digest sha256 && rsa_verifies
}

modules_go()
{
	wait_until 30 modprobe -r qat_4xxxvf qatvf_pf qatvf_pubkey_test &&
		! grep -q '^qatvf_core ' /proc/modules
}

key=0
mkdir -p $DIR
plan 29
check "two VFs come up and their algorithms with them" bring_up_pubkey
check "private keys can be read" modprobe pkcs8_key_parser
for bits in 2048 3072 4096; do
	rsa_points $bits
done
if [ "$VM_KERNEL" = 6.1 ]; then
	for n in 1 2 3 4 5 6; do
		skip "ecdsa $n" "this kernel is built without ECDSA"
	done
else
	ec_points P-256 sha256 qatvf-ecdsa-nist-p256
	ec_points P-384 sha384 qatvf-ecdsa-nist-p384
fi
check "templates on them do not keep the algorithms: VFs gone, all gone" vfs_go
check "the kernel verifies in software" software_verifies
check "the modules can go" modules_go
finish
