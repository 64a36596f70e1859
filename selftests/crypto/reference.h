/* SPDX-License-Identifier: GPL-2.0 */
/* What the result must be, by OpenSSL. */
#ifndef QATVF_REFERENCE_H
#define QATVF_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BLOCK	16
#define MAX_KEY	64

/* What is not said to be SM4 is AES. */
enum mode {
	MODE_CBC,
	MODE_CTR,
	MODE_XTS,
	MODE_ECB,
	MODE_SM4_ECB,
	MODE_SM4_CBC,
	MODE_SM4_CTR,
};

void reference_crypt(enum mode mode, bool encrypt, const uint8_t *key,
		     unsigned int key_len, const uint8_t *iv, const uint8_t *in,
		     uint8_t *out, size_t len);
void reference_next_iv(enum mode mode, bool encrypt, uint8_t *iv,
		       const uint8_t *in, const uint8_t *out, size_t len);

#endif
