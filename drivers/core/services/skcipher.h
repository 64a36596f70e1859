/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Key material of a cipher transform, ready for the device.
 */
#ifndef QATVF_SERVICES_SKCIPHER_H
#define QATVF_SERVICES_SKCIPHER_H

#include <crypto/aes.h>
#include <crypto/sm4.h>
#include <linux/types.h>

/* Cipher block of the largest key, UCS form: configuration and 256-bit key. */
#define QATVF_CIPHER_CD_MAX	48

/**
 * struct qatvf_cipher_cd - content descriptor of one direction
 * @bytes: as the device reads it; holds the key
 * @qw: quad words in use
 * @key_qw: quad words of the key
 */
struct qatvf_cipher_cd {
	u8 bytes[QATVF_CIPHER_CD_MAX];
	u8 qw;
	u8 key_qw;
};

int qatvf_cipher_cd_build(struct qatvf_cipher_cd *cd, u32 mode, bool ucs,
			  bool decrypt, const u8 *key, unsigned int keylen);

void qatvf_cipher_cd_build_sm4(struct qatvf_cipher_cd *cd, u32 mode,
			       bool decrypt, const u8 *key);

void qatvf_cipher_cd_build_plain(struct qatvf_cipher_cd *cd, u32 config,
				 const u8 *key, unsigned int keylen);

#endif /* QATVF_SERVICES_SKCIPHER_H */
