# SPDX-License-Identifier: GPL-2.0
#
# What is measured: one algorithm a line, and the keys.
#
#	ALG KIND SERVICE OURS THEIRS KEY SIZES SOFTWARE
#
# OURS and THEIRS are driver names in the crypto API ("-": Linux's driver has no such
# algorithm); a driver that is not there gives "-" in the results.  SERVICE is what the
# device has to be configured for.  Lengths of sizes: "all" or one number.  SOFTWARE is
# the algorithm's name, "-": not compared with software.
#
# shellcheck shell=bash

ROWS='cbc		skcipher sym	qatvf-cbc-aes				qat_aes_cbc		aes	all	cbc(aes)
ctr		skcipher sym	qatvf-ctr-aes				qat_aes_ctr		aes	all	ctr(aes)
xts		skcipher sym	qatvf-xts-aes				qat_aes_xts		xts	all	xts(aes)
authenc		aead	sym	qatvf-authenc-hmac-sha256-cbc-aes	qat_aes_cbc_hmac_sha256	authenc	all	authenc(hmac(sha256),cbc(aes))
gcm		aead	sym	qatvf-gcm-aes				-			aes	all	gcm(aes)
sha256		ahash	sym	qatvf-sha256				-			none	all	sha256
hmac-sha256	ahash	sym	qatvf-hmac-sha256			-			aes	all	hmac(sha256)
rsa2048		akcipher sym	qatvf-rsa				qat-rsa			rsa2048	256	-
ecdh-p256	kpp	sym	qatvf-ecdh-nist-p256			-			ecdh	64	-
x25519		kpp	sym	qatvf-curve25519			-			x25519	32	-
deflate		acomp	dc	qatvf-deflate				qat_deflate		none	all	deflate'
DEPTHS='1 8 32 128'
# all of these at depth 32, the second list at the others
SIZES='64 1024 4096 16384 65536'
FEW_SIZES='64 4096 65536'
# against software, at depth 1
SOFTWARE_SIZES='64 256 512 1024 2048 4096 16384'

bytes()
{
	local i

	for ((i = 0; i < $1; i++)); do
		# shellcheck disable=SC2059 # an octal escape
		printf "\\$(printf %03o $((i * 7 + $2 & 255)))"
	done
}

# make_keys DIR: one file per name in the KEY column
make_keys()
{
	local dir=$1

	mkdir -p "$dir"
	: >"$dir/none"
	bytes 16 1 >"$dir/aes"
	bytes 32 1 >"$dir/xts"
	bytes 32 64 >"$dir/x25519"
	# struct rtattr and struct crypto_authenc_key_param: then HMAC's key, then AES's
	{
		printf '\x08\x00\x01\x00\x00\x00\x00\x10'
		bytes 32 1
		bytes 16 5
	} >"$dir/authenc"
	# struct kpp_secret of type ECDH, the length of the key, the key
	{
		printf '\x02\x00\x26\x00\x20\x00'
		bytes 32 9
	} >"$dir/ecdh"
	[ -s "$dir/rsa2048" ] ||
		openssl genrsa 2048 2>/dev/null |
		openssl rsa -traditional -outform DER -out "$dir/rsa2048" 2>/dev/null
}
