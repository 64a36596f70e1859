// SPDX-License-Identifier: GPL-2.0
/*
 * From a key to the cipher block of a content descriptor.
 * Facts: reference 05 sections 7.2-7.4.
 */
#include <linux/errno.h>
#include <linux/string.h>

#include "compat.h"
#include "hw/la.h"
#include "skcipher.h"

/* Configuration word of an AES key, or 0 for a length AES does not have. */
static u32 aes_config(unsigned int keylen)
{
	switch (keylen) {
	case AES_KEYSIZE_128:
		return LA_CFG_ALG_AES128;
	case AES_KEYSIZE_192:
		return LA_CFG_ALG_AES192;
	case AES_KEYSIZE_256:
		return LA_CFG_ALG_AES256;
	}
	return 0;
}

/*
 * ECB and CBC decrypt with a key that the device derives from the one given; the
 * other modes only ever encrypt with it, except XTS, which wants it reversed.
 */
static u32 direction(u32 mode, bool decrypt)
{
	if (!decrypt)
		return 0;
	if (mode == LA_CFG_MODE_ECB || mode == LA_CFG_MODE_CBC)
		return LA_CFG_DECRYPT | LA_CFG_KEY_CONVERT;
	return LA_CFG_DECRYPT;
}

/*
 * XTS decryption starts from the end of the key schedule: its last words, the
 * last four first, each as FIPS-197 writes it (05 section 7.4).
 */
static int reverse_key(u8 *out, const u8 *key, unsigned int keylen)
{
	unsigned int words = keylen / 4, first, i;
	struct crypto_aes_ctx schedule;
	int err;

	err = aes_expandkey(&schedule, key, keylen);
	if (!err) {
		first = 4 * (words + 6);
		for (i = 0; i < words; i++)
			put_unaligned_le32(schedule.key_enc[first + i % 4 -
							    i / 4 * 4],
					   out + 4 * i);
	}
	memzero_explicit(&schedule, sizeof(schedule));
	return err;
}

/**
 * qatvf_cipher_cd_build() - content descriptor for one direction
 * @cd: filled; wiped on failure
 * @mode: LA_CFG_MODE_*
 * @ucs: form of the UCS slice (CTR, XTS) instead of the legacy one
 * @decrypt: direction; CTR has one configuration for both, pass false
 * @key: the key; for XTS its first half
 * @keylen: bytes of @key
 *
 * Return: 0, or -EINVAL for a length that AES does not have.
 */
int qatvf_cipher_cd_build(struct qatvf_cipher_cd *cd, u32 mode, bool ucs,
			  bool decrypt, const u8 *key, unsigned int keylen)
{
	unsigned int key_offset = ucs ? LA_CD_KEY_UCS : LA_CD_KEY_LEGACY;
	bool reversed = decrypt && mode == LA_CFG_MODE_XTS;
	u32 config = aes_config(keylen);
	int err = 0;

	memzero_explicit(cd, sizeof(*cd));
	if (!config)
		return -EINVAL;

	put_unaligned_le32(config | mode | direction(mode, decrypt), cd->bytes);

	/* The UCS slice takes a 192-bit key in the room of a 256-bit one. */
	cd->key_qw = (ucs && keylen == AES_KEYSIZE_192 ? AES_KEYSIZE_256 :
							 keylen) / 8;
	cd->qw = key_offset / 8 + cd->key_qw;
	if (reversed)
		err = reverse_key(cd->bytes + key_offset, key, keylen);
	else
		memcpy(cd->bytes + key_offset, key, keylen);
	return err;
}

/**
 * qatvf_cipher_cd_build_sm4() - content descriptor of SM4 for one direction
 * @cd: filled
 * @mode: LA_CFG_MODE_*
 * @decrypt: direction; CTR has one configuration for both, pass false
 * @key: 16 bytes
 *
 * In the form of the legacy slice, the only one that has SM4.
 */
void qatvf_cipher_cd_build_sm4(struct qatvf_cipher_cd *cd, u32 mode,
			       bool decrypt, const u8 *key)
{
	memzero_explicit(cd, sizeof(*cd));
	put_unaligned_le32(LA_CFG_ALG_SM4 | mode | direction(mode, decrypt),
			   cd->bytes);
	memcpy(cd->bytes + LA_CD_KEY_LEGACY, key, SM4_KEY_SIZE);
	cd->key_qw = SM4_KEY_SIZE / 8;
	cd->qw = LA_CD_KEY_LEGACY / 8 + cd->key_qw;
}

/**
 * qatvf_cipher_cd_build_plain() - descriptor of a cipher that takes any key as is
 * @cd: filled
 * @config: whole configuration word
 * @key: the key
 * @keylen: bytes of it, a multiple of 8, at most 32
 *
 * In the form of the UCS slice.
 */
void qatvf_cipher_cd_build_plain(struct qatvf_cipher_cd *cd, u32 config,
				 const u8 *key, unsigned int keylen)
{
	memzero_explicit(cd, sizeof(*cd));
	put_unaligned_le32(config, cd->bytes);
	memcpy(cd->bytes + LA_CD_KEY_UCS, key, keylen);
	cd->key_qw = keylen / 8;
	cd->qw = LA_CD_KEY_UCS / 8 + cd->key_qw;
}
