// SPDX-License-Identifier: GPL-2.0
/*
 * Expected results, by OpenSSL's own modes.  Only XTS with
 * 192-bit halves or with equal halves, which OpenSSL does not offer, is put together
 * from its single-block AES after IEEE 1619, and that composition is checked against
 * OpenSSL's XTS wherever both can do it.
 */
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reference.h"

static void must(int good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "OpenSSL: %s failed\n", what);
	exit(2);
}

static const EVP_CIPHER *cbc(unsigned int key_len)
{
	return key_len == 16 ? EVP_aes_128_cbc() :
	       key_len == 24 ? EVP_aes_192_cbc() : EVP_aes_256_cbc();
}

static const EVP_CIPHER *ctr(unsigned int key_len)
{
	return key_len == 16 ? EVP_aes_128_ctr() :
	       key_len == 24 ? EVP_aes_192_ctr() : EVP_aes_256_ctr();
}

static const EVP_CIPHER *ecb(unsigned int key_len)
{
	return key_len == 16 ? EVP_aes_128_ecb() :
	       key_len == 24 ? EVP_aes_192_ecb() : EVP_aes_256_ecb();
}

static void run(const EVP_CIPHER *cipher, bool encrypt, const uint8_t *key,
		const uint8_t *iv, const uint8_t *in, uint8_t *out, size_t len)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	int done = 0;

	must(ctx != NULL, "EVP_CIPHER_CTX_new");
	must(EVP_CipherInit_ex(ctx, cipher, NULL, key, iv, encrypt),
	     "EVP_CipherInit_ex");
	EVP_CIPHER_CTX_set_padding(ctx, 0);
	must(EVP_CipherUpdate(ctx, out, &done, in, len) && done == (int)len,
	     "EVP_CipherUpdate");
	EVP_CIPHER_CTX_free(ctx);
}

/* Multiply by x in GF(2^128), little endian. */
static void double_tweak(uint8_t *tweak)
{
	unsigned int carry = 0, i;

	for (i = 0; i < BLOCK; i++) {
		unsigned int byte = tweak[i] << 1 | carry;

		carry = byte >> 8;
		tweak[i] = byte;
	}
	if (carry)
		tweak[0] ^= 0x87;
}

struct xts {
	EVP_CIPHER_CTX *ctx;
	uint8_t tweak[BLOCK];
};

static void xts_block(struct xts *xts, const uint8_t *tweak, const uint8_t *in,
		      uint8_t *out)
{
	uint8_t block[BLOCK];
	int done, i;

	for (i = 0; i < BLOCK; i++)
		block[i] = in[i] ^ tweak[i];
	must(EVP_CipherUpdate(xts->ctx, block, &done, block, BLOCK), "AES block");
	for (i = 0; i < BLOCK; i++)
		out[i] = block[i] ^ tweak[i];
}

/* The last whole block and the tail behind it: ciphertext stealing. */
static void xts_tail(struct xts *xts, bool encrypt, const uint8_t *in,
		     uint8_t *out, size_t tail)
{
	uint8_t next[BLOCK], first[BLOCK], last[BLOCK];
	const uint8_t *tweak[2];

	memcpy(next, xts->tweak, BLOCK);
	double_tweak(next);
	tweak[0] = encrypt ? xts->tweak : next;
	tweak[1] = encrypt ? next : xts->tweak;

	xts_block(xts, tweak[0], in, first);
	memcpy(last, in + BLOCK, tail);
	memcpy(last + tail, first + tail, BLOCK - tail);
	xts_block(xts, tweak[1], last, out);
	memcpy(out + BLOCK, first, tail);
}

static void xts_by_blocks(bool encrypt, const uint8_t *key, unsigned int half,
			  const uint8_t *iv, const uint8_t *in, uint8_t *out,
			  size_t len)
{
	struct xts xts = { .ctx = EVP_CIPHER_CTX_new() };
	size_t tail = len % BLOCK, whole = len - tail - (tail ? BLOCK : 0), at;

	run(ecb(half), true, key + half, NULL, iv, xts.tweak, BLOCK);
	must(xts.ctx && EVP_CipherInit_ex(xts.ctx, ecb(half), NULL, key, NULL,
					  encrypt), "EVP_CipherInit_ex");
	EVP_CIPHER_CTX_set_padding(xts.ctx, 0);
	for (at = 0; at < whole; at += BLOCK) {
		xts_block(&xts, xts.tweak, in + at, out + at);
		double_tweak(xts.tweak);
	}
	if (tail)
		xts_tail(&xts, encrypt, in + at, out + at, tail);
	EVP_CIPHER_CTX_free(xts.ctx);
}

static void xts_crypt(bool encrypt, const uint8_t *key, unsigned int half,
		      const uint8_t *iv, const uint8_t *in, uint8_t *out,
		      size_t len)
{
	const EVP_CIPHER *cipher = half == 16 ? EVP_aes_128_xts() :
				   half == 32 ? EVP_aes_256_xts() : NULL;
	bool openssl_can = cipher && memcmp(key, key + half, half);
	uint8_t check[256];

	if (!openssl_can) {
		xts_by_blocks(encrypt, key, half, iv, in, out, len);
		return;
	}
	run(cipher, encrypt, key, iv, in, out, len);
	if (len > sizeof(check))
		return;
	xts_by_blocks(encrypt, key, half, iv, in, check, len);
	must(!memcmp(check, out, len), "agreement with IEEE 1619");
}

/**
 * reference_crypt() - the expected result
 * @mode: cipher mode
 * @encrypt: direction
 * @key: key; for XTS both halves
 * @key_len: its bytes, a length that the mode has
 * @iv: IV, counter block or sector number
 * @in: data
 * @out: result, another buffer
 * @len: bytes, a length that the mode can do
 */
void reference_crypt(enum mode mode, bool encrypt, const uint8_t *key,
		     unsigned int key_len, const uint8_t *iv, const uint8_t *in,
		     uint8_t *out, size_t len)
{
	if (!len)
		return;
	switch (mode) {
	case MODE_CBC:
		run(cbc(key_len), encrypt, key, iv, in, out, len);
		break;
	case MODE_CTR:
		run(ctr(key_len), encrypt, key, iv, in, out, len);
		break;
	case MODE_XTS:
		xts_crypt(encrypt, key, key_len / 2, iv, in, out, len);
		break;
	case MODE_ECB:
		run(ecb(key_len), encrypt, key, NULL, in, out, len);
		break;
	case MODE_SM4_ECB:
		run(EVP_sm4_ecb(), encrypt, key, NULL, in, out, len);
		break;
	case MODE_SM4_CBC:
		run(EVP_sm4_cbc(), encrypt, key, iv, in, out, len);
		break;
	case MODE_SM4_CTR:
		run(EVP_sm4_ctr(), encrypt, key, iv, in, out, len);
		break;
	}
}

/**
 * reference_next_iv() - the IV that the crypto API hands back
 * @mode: cipher mode; where nothing is promised the IV stays
 * @encrypt: direction
 * @iv: IV of the request, replaced
 * @in: data
 * @out: result
 * @len: bytes
 */
void reference_next_iv(enum mode mode, bool encrypt, uint8_t *iv,
		       const uint8_t *in, const uint8_t *out, size_t len)
{
	size_t blocks = (len + BLOCK - 1) / BLOCK;
	int i;

	switch (mode) {
	case MODE_CBC:
	case MODE_SM4_CBC:
		if (len)
			memcpy(iv, (encrypt ? out : in) + len - BLOCK, BLOCK);
		break;
	case MODE_CTR:
	case MODE_SM4_CTR:
		for (i = BLOCK - 1; i >= 0 && blocks; i--) {
			blocks += iv[i];
			iv[i] = blocks;
			blocks >>= 8;
		}
		break;
	case MODE_XTS:
	case MODE_ECB:
	case MODE_SM4_ECB:
		break;
	}
}
