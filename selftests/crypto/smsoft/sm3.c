// SPDX-License-Identifier: GPL-2.0
/*
 * SM3 after GB/T 32905-2016.
 */
#include <crypto/internal/hash.h>
#include <linux/bitops.h>
#include <linux/module.h>
#include <linux/string.h>
#include <asm/byteorder.h>

#include "sm.h"

#define BLOCK	64
#define DIGEST	32

/**
 * struct sm3 - a message being hashed
 * @v: chaining value
 * @count: bytes so far
 * @block: of these, the last that did not fill a block
 */
struct sm3 {
	u32 v[8];
	u64 count;
	u8 block[BLOCK];
};

static u32 p0(u32 x)
{
	return x ^ rol32(x, 9) ^ rol32(x, 17);
}

static u32 p1(u32 x)
{
	return x ^ rol32(x, 15) ^ rol32(x, 23);
}

static u32 majority(u32 x, u32 y, u32 z)
{
	return (x & y) | (x & z) | (y & z);
}

static u32 choose(u32 x, u32 y, u32 z)
{
	return (x & y) | (~x & z);
}

static void expand(u32 *w, const u8 *block)
{
	__be32 word;
	int j;

	for (j = 0; j < 16; j++) {
		memcpy(&word, block + 4 * j, sizeof(word));
		w[j] = be32_to_cpu(word);
	}
	for (; j < 68; j++)
		w[j] = p1(w[j - 16] ^ w[j - 9] ^ rol32(w[j - 3], 15)) ^
		       rol32(w[j - 13], 7) ^ w[j - 6];
}

static void compress(u32 *v, const u8 *block)
{
	u32 w[68], r[8];
	int j;

	expand(w, block);
	memcpy(r, v, sizeof(r));
	for (j = 0; j < 64; j++) {
		u32 t = rol32(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32);
		u32 ss1 = rol32(rol32(r[0], 12) + r[4] + t, 7);
		u32 ss2 = ss1 ^ rol32(r[0], 12);
		u32 tt1 = (j < 16 ? r[0] ^ r[1] ^ r[2] :
				    majority(r[0], r[1], r[2])) +
			  r[3] + ss2 + (w[j] ^ w[j + 4]);
		u32 tt2 = (j < 16 ? r[4] ^ r[5] ^ r[6] :
				    choose(r[4], r[5], r[6])) +
			  r[7] + ss1 + w[j];

		r[3] = r[2];
		r[2] = rol32(r[1], 9);
		r[1] = r[0];
		r[0] = tt1;
		r[7] = r[6];
		r[6] = rol32(r[5], 19);
		r[5] = r[4];
		r[4] = p0(tt2);
	}
	for (j = 0; j < 8; j++)
		v[j] ^= r[j];
}

static int sm3_init(struct shash_desc *desc)
{
	static const u32 start[8] = {
		0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600,
		0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
	};
	struct sm3 *sm3 = shash_desc_ctx(desc);

	memcpy(sm3->v, start, sizeof(start));
	sm3->count = 0;
	memset(sm3->block, 0, sizeof(sm3->block));
	return 0;
}

static int sm3_update(struct shash_desc *desc, const u8 *data, unsigned int len)
{
	struct sm3 *sm3 = shash_desc_ctx(desc);

	while (len--) {
		sm3->block[sm3->count++ % BLOCK] = *data++;
		if (sm3->count % BLOCK == 0)
			compress(sm3->v, sm3->block);
	}
	return 0;
}

static int sm3_final(struct shash_desc *desc, u8 *out)
{
	struct sm3 *sm3 = shash_desc_ctx(desc);
	__be64 bits = cpu_to_be64(sm3->count * 8);
	static const u8 one = 0x80, zero;
	__be32 word;
	int j;

	sm3_update(desc, &one, 1);
	while (sm3->count % BLOCK != BLOCK - sizeof(bits))
		sm3_update(desc, &zero, 1);
	sm3_update(desc, (const u8 *)&bits, sizeof(bits));
	for (j = 0; j < 8; j++) {
		word = cpu_to_be32(sm3->v[j]);
		memcpy(out + 4 * j, &word, sizeof(word));
	}
	return 0;
}

#ifdef CRYPTO_AHASH_ALG_NO_EXPORT_CORE
/* Kernels that know of states without the data behind the last whole block. */
static int sm3_export_core(struct shash_desc *desc, void *out)
{
	memcpy(out, shash_desc_ctx(desc), offsetof(struct sm3, block));
	return 0;
}

static int sm3_import_core(struct shash_desc *desc, const void *in)
{
	memcpy(shash_desc_ctx(desc), in, offsetof(struct sm3, block));
	return 0;
}
#endif

static struct shash_alg sm3_alg = {
	.digestsize = DIGEST,
	.init = sm3_init,
	.update = sm3_update,
	.final = sm3_final,
#ifdef CRYPTO_AHASH_ALG_NO_EXPORT_CORE
	.export_core = sm3_export_core,
	.import_core = sm3_import_core,
#endif
	.descsize = sizeof(struct sm3),
	.base = {
		.cra_name = "sm3",
		.cra_driver_name = "sm3-qatvf-test",
		.cra_priority = 50,
		.cra_blocksize = BLOCK,
		.cra_module = THIS_MODULE,
	},
};

/**
 * sm3_register() - offer SM3
 *
 * Return: 0 or an errno.
 */
int sm3_register(void)
{
	return crypto_register_shash(&sm3_alg);
}

/**
 * sm3_unregister() - undo it
 */
void sm3_unregister(void)
{
	crypto_unregister_shash(&sm3_alg);
}
