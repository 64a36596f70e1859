// SPDX-License-Identifier: GPL-2.0
/*
 * HMAC keys, prepared in software: the key as one block, and the states of the
 * inner and outer hash after that block.  Facts: reference 05 sections 8.3-8.5.
 */
#include <crypto/hash.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "compat.h"
#include "hash_info.h"
#include "hmac.h"

#define HMAC_INNER_PAD	0x36
#define HMAC_OUTER_PAD	0x5c

/* A key longer than a block is replaced by its hash; a shorter one is padded. */
static int key_block(struct crypto_shash *tfm, const struct qatvf_hash_info *info,
		     const u8 *key, unsigned int keylen, u8 *block)
{
	memset(block, 0, info->block);
	if (keylen > info->block)
		return crypto_shash_tfm_digest(tfm, key, keylen, block);
	memcpy(block, key, keylen);
	return 0;
}

/*
 * What software exports begins with the chaining state, in words of the
 * processor, whatever the kernel keeps behind it.
 */
static int export_state(struct shash_desc *desc,
			const struct qatvf_hash_info *info, u8 *state)
{
	unsigned int size = crypto_shash_statesize(desc->tfm), i;
	u8 *exported;
	int err;

	if (!info->word || size < info->state)
		return -EINVAL;
	exported = kmalloc(size, GFP_KERNEL);
	if (!exported)
		return -ENOMEM;
	err = crypto_shash_export(desc, exported);
	for (i = 0; !err && i < info->state; i += info->word) {
		if (info->word == sizeof(u64))
			put_unaligned_be64(*(u64 *)(exported + i), state + i);
		else
			put_unaligned_be32(*(u32 *)(exported + i), state + i);
	}
	kfree_sensitive(exported);
	return err;
}

/* The state after the key's block, with each byte of it changed by @pad. */
static int padded_state(struct crypto_shash *tfm,
			const struct qatvf_hash_info *info, const u8 *block,
			u8 pad, u8 *state)
{
	SHASH_DESC_ON_STACK(desc, tfm);
	u8 padded[QATVF_HASH_MAX_BLOCK];
	unsigned int i;
	int err;

	for (i = 0; i < info->block; i++)
		padded[i] = block[i] ^ pad;
	desc->tfm = tfm;
	err = crypto_shash_init(desc) ?:
	      crypto_shash_update(desc, padded, info->block) ?:
	      export_state(desc, info, state);
	shash_desc_zero(desc);
	memzero_explicit(padded, sizeof(padded));
	return err;
}

/**
 * qatvf_hmac_states() - states of the inner and the outer hash after the key
 * @hash: SHA-1 or one of SHA-2
 * @key: HMAC key of any length
 * @keylen: bytes of it
 * @inner: filled, as many bytes as the state has (20, 32 or 64), big endian words
 * @outer: likewise
 *
 * Secret like the key itself: wipe them after use.
 *
 * Context: process context, sleeps.
 * Return: 0; -EINVAL for another hash; -ENOMEM; or what the crypto API says of
 * its software implementation.
 */
int qatvf_hmac_states(enum la_hash hash, const u8 *key, unsigned int keylen,
		      u8 *inner, u8 *outer)
{
	const struct qatvf_hash_info *info = qatvf_hash_info(hash);
	u8 block[QATVF_HASH_MAX_BLOCK];
	struct crypto_shash *tfm;
	int err;

	tfm = crypto_alloc_shash(info->name, 0, 0);
	if (IS_ERR(tfm))
		return PTR_ERR(tfm);
	err = key_block(tfm, info, key, keylen, block) ?:
	      padded_state(tfm, info, block, HMAC_INNER_PAD, inner) ?:
	      padded_state(tfm, info, block, HMAC_OUTER_PAD, outer);
	memzero_explicit(block, sizeof(block));
	crypto_free_shash(tfm);
	return err;
}

/**
 * qatvf_hmac_key_block() - the key as one block, for a device that pads it itself
 * @hash: the hash
 * @key: HMAC key of any length
 * @keylen: bytes of it
 * @block: filled, as many bytes as the hash takes at a time
 *
 * Secret: wipe it after use.
 *
 * Context: process context, sleeps.
 * Return: 0, or what the crypto API says of its software implementation.
 */
int qatvf_hmac_key_block(enum la_hash hash, const u8 *key, unsigned int keylen,
			 u8 *block)
{
	const struct qatvf_hash_info *info = qatvf_hash_info(hash);
	struct crypto_shash *tfm;
	int err;

	tfm = crypto_alloc_shash(info->name, 0, 0);
	if (IS_ERR(tfm))
		return PTR_ERR(tfm);
	err = key_block(tfm, info, key, keylen, block);
	crypto_free_shash(tfm);
	return err;
}
