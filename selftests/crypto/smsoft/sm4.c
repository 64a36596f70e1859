// SPDX-License-Identifier: GPL-2.0
/*
 * SM4 after GB/T 32907-2016, block by block; the kernel's own templates make ECB, CBC
 * and CTR of it.  The S-box is computed: inversion in GF(2^8) modulo x^8 + x^7 + x^6 +
 * x^5 + x^4 + x^2 + 1 between two equal affine maps.
 */
#include <crypto/algapi.h>
#include <crypto/sm4.h>
#include <linux/bitops.h>
#include <linux/crypto.h>
#include <linux/module.h>
#include <linux/string.h>
#include <asm/byteorder.h>

#include "sm.h"

#define ROUNDS	32

/**
 * struct sm4 - a key
 * @rk: round keys
 */
struct sm4 {
	u32 rk[ROUNDS];
};

static u8 sbox[256];

static u8 multiply(u8 a, u8 b)
{
	u8 product = 0;

	for (; b; b >>= 1) {
		if (b & 1)
			product ^= a;
		a = (a << 1) ^ (a & 0x80 ? 0xf5 : 0);
	}
	return product;
}

/* x^254 */
static u8 invert(u8 x)
{
	u8 result = 1;
	int i;

	for (i = 0; i < 7; i++) {
		x = multiply(x, x);
		result = multiply(result, x);
	}
	return result;
}

static u8 affine(u8 x)
{
	u8 result = 0;
	int i;

	for (i = 0; i < 8; i++)
		result |= (hweight8(rol8(0xa7, i) & x) & 1) << i;
	return result ^ 0xd3;
}

static u32 substitute(u32 x)
{
	return (u32)sbox[x >> 24] << 24 | (u32)sbox[x >> 16 & 0xff] << 16 |
	       (u32)sbox[x >> 8 & 0xff] << 8 | sbox[x & 0xff];
}

static u32 load(const u8 *from)
{
	__be32 word;

	memcpy(&word, from, sizeof(word));
	return be32_to_cpu(word);
}

static void store(u32 value, u8 *to)
{
	__be32 word = cpu_to_be32(value);

	memcpy(to, &word, sizeof(word));
}

static int sm4_set_key(struct crypto_tfm *tfm, const u8 *key, unsigned int len)
{
	static const u32 fk[4] = {
		0xa3b1bac6, 0x56aa3350, 0x677d9197, 0xb27022dc,
	};
	struct sm4 *sm4 = crypto_tfm_ctx(tfm);
	u32 k[4], ck, t;
	int i, j;

	if (len != SM4_KEY_SIZE)
		return -EINVAL;
	for (i = 0; i < 4; i++)
		k[i] = load(key + 4 * i) ^ fk[i];
	for (i = 0; i < ROUNDS; i++) {
		for (ck = 0, j = 0; j < 4; j++)
			ck = ck << 8 | (u8)((4 * i + j) * 7);
		t = substitute(k[(i + 1) % 4] ^ k[(i + 2) % 4] ^
			       k[(i + 3) % 4] ^ ck);
		k[i % 4] ^= t ^ rol32(t, 13) ^ rol32(t, 23);
		sm4->rk[i] = k[i % 4];
	}
	return 0;
}

static void crypt(struct crypto_tfm *tfm, u8 *out, const u8 *in, bool decrypt)
{
	const struct sm4 *sm4 = crypto_tfm_ctx(tfm);
	u32 x[4], t;
	int i;

	for (i = 0; i < 4; i++)
		x[i] = load(in + 4 * i);
	for (i = 0; i < ROUNDS; i++) {
		t = substitute(x[(i + 1) % 4] ^ x[(i + 2) % 4] ^ x[(i + 3) % 4] ^
			       sm4->rk[decrypt ? ROUNDS - 1 - i : i]);
		x[i % 4] ^= t ^ rol32(t, 2) ^ rol32(t, 10) ^ rol32(t, 18) ^
			    rol32(t, 24);
	}
	for (i = 0; i < 4; i++)
		store(x[3 - i], out + 4 * i);
}

static void sm4_encrypt(struct crypto_tfm *tfm, u8 *out, const u8 *in)
{
	crypt(tfm, out, in, false);
}

static void sm4_decrypt(struct crypto_tfm *tfm, u8 *out, const u8 *in)
{
	crypt(tfm, out, in, true);
}

static struct crypto_alg sm4_alg = {
	.cra_name = "sm4",
	.cra_driver_name = "sm4-qatvf-test",
	.cra_priority = 50,
	.cra_flags = CRYPTO_ALG_TYPE_CIPHER,
	.cra_blocksize = SM4_BLOCK_SIZE,
	.cra_ctxsize = sizeof(struct sm4),
	.cra_module = THIS_MODULE,
	.cra_u = {
		.cipher = {
			.cia_min_keysize = SM4_KEY_SIZE,
			.cia_max_keysize = SM4_KEY_SIZE,
			.cia_setkey = sm4_set_key,
			.cia_encrypt = sm4_encrypt,
			.cia_decrypt = sm4_decrypt,
		},
	},
};

/**
 * sm4_register() - offer SM4
 *
 * Return: 0 or an errno.
 */
int sm4_register(void)
{
	int i;

	for (i = 0; i < 256; i++)
		sbox[i] = affine(invert(affine(i)));
	return crypto_register_alg(&sm4_alg);
}

/**
 * sm4_unregister() - undo it
 */
void sm4_unregister(void)
{
	crypto_unregister_alg(&sm4_alg);
}
