// SPDX-License-Identifier: GPL-2.0
/*
 * From an HMAC key to the authentication block of a content descriptor.
 *
 * The device starts an HMAC where the pads end.  These two states come from the
 * kernel's own hash: the states it exports begin with the chaining words, in the
 * processor's byte order, whatever implementation it is.
 *
 * Facts: reference 05 sections 8.1-8.4.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "compat.h"
#include "hmac.h"

#define HMAC_INNER_PAD	0x36
#define HMAC_OUTER_PAD	0x5c
#define HMAC_BLOCK_MAX	128

/* The chaining words, 4 or 8 bytes each, as big endian ones. */
static void put_state(u8 *out, const u8 *exported, const struct qatvf_hmac *hmac)
{
	bool wide = hmac->block_len == HMAC_BLOCK_MAX;
	unsigned int i;
	u32 word;
	u64 pair;

	for (i = 0; i < hmac->state_len; i += wide ? sizeof(pair) : sizeof(word)) {
		if (wide) {
			memcpy(&pair, exported + i, sizeof(pair));
			put_unaligned_be64(pair, out + i);
		} else {
			memcpy(&word, exported + i, sizeof(word));
			put_unaligned_be32(word, out + i);
		}
	}
}

/* State of the hash after the key's block, each byte of it ^ @pad. */
static int pad_state(const struct qatvf_hmac *hmac, struct shash_desc *desc,
		     const u8 *key_block, u8 pad, u8 *out)
{
	unsigned int statesize = crypto_shash_statesize(desc->tfm), i;
	u8 block[HMAC_BLOCK_MAX], *exported;
	int err;

	exported = kzalloc(max_t(unsigned int, statesize, LA_AUTH_STATE_MAX),
			   GFP_KERNEL);
	if (!exported)
		return -ENOMEM;
	for (i = 0; i < hmac->block_len; i++)
		block[i] = key_block[i] ^ pad;
	err = crypto_shash_init(desc) ?:
	      crypto_shash_update(desc, block, hmac->block_len) ?:
	      crypto_shash_export(desc, exported);
	if (!err)
		put_state(out, exported, hmac);
	memzero_explicit(block, sizeof(block));
	kfree_sensitive(exported);
	return err;
}

/* A state has eight words, but for SHA-1, which has five. */
static int set_sizes(struct qatvf_hmac *hmac, enum la_hash alg,
		     struct crypto_shash *hash)
{
	hmac->alg = alg;
	hmac->block_len = crypto_shash_blocksize(hash);
	hmac->digest_len = crypto_shash_digestsize(hash);
	switch (alg) {
	case LA_HASH_SHA1:
		hmac->state_len = 24;
		return 0;
	case LA_HASH_SHA224:
	case LA_HASH_SHA256:
		hmac->state_len = 32;
		return 0;
	case LA_HASH_SHA384:
	case LA_HASH_SHA512:
		hmac->state_len = 64;
		return 0;
	default:
		return -EINVAL;
	}
}

/* What a state has beyond its words is zero: only SHA-1 is rounded up. */
static void clear_padding(struct qatvf_hmac *hmac)
{
	if (hmac->alg != LA_HASH_SHA1)
		return;
	memset(hmac->inner + hmac->digest_len, 0,
	       hmac->state_len - hmac->digest_len);
	memset(hmac->outer + hmac->digest_len, 0,
	       hmac->state_len - hmac->digest_len);
}

/**
 * qatvf_hmac_set_key() - compute the states of a key
 * @hmac: filled; wiped on failure
 * @alg: SHA-1 or one of SHA-2
 * @hash: the same, software
 * @key: the key
 * @keylen: bytes of @key, any; a key longer than a block is hashed first
 *
 * Context: process context, sleeps.
 * Return: 0, -EINVAL for another hash, -ENOMEM, or an error of @hash.
 */
int qatvf_hmac_set_key(struct qatvf_hmac *hmac, enum la_hash alg,
		       struct crypto_shash *hash, const u8 *key,
		       unsigned int keylen)
{
	SHASH_DESC_ON_STACK(desc, hash);
	u8 key_block[HMAC_BLOCK_MAX] = { };
	int err;

	memzero_explicit(hmac, sizeof(*hmac));
	err = set_sizes(hmac, alg, hash);
	if (err)
		return err;

	desc->tfm = hash;
	if (keylen > hmac->block_len)
		err = crypto_shash_digest(desc, key, keylen, key_block);
	else
		memcpy(key_block, key, keylen);
	err = err ?:
	      pad_state(hmac, desc, key_block, HMAC_INNER_PAD, hmac->inner) ?:
	      pad_state(hmac, desc, key_block, HMAC_OUTER_PAD, hmac->outer);
	if (err)
		memzero_explicit(hmac, sizeof(*hmac));
	else
		clear_padding(hmac);
	memzero_explicit(key_block, sizeof(key_block));
	shash_desc_zero(desc);
	return err;
}

/**
 * qatvf_hmac_cd_len() - size of the authentication block
 * @hmac: states
 *
 * Return: bytes, a multiple of 8, at most QATVF_HMAC_CD_MAX.
 */
unsigned int qatvf_hmac_cd_len(const struct qatvf_hmac *hmac)
{
	return LA_AUTH_STATE1 + 2 * hmac->state_len;
}

/**
 * qatvf_hmac_fill() - write the authentication block and what a message says of it
 * @hmac: states
 * @msg: message, zeroed; slices and the hashed region are left to the caller
 * @cd: content descriptor
 * @offset: where in @cd the block goes, a multiple of 8
 * @tag_len: bytes of the digest that are written or compared
 *
 * Context: under the ring pair's lock, see struct qatvf_request_ops.
 */
void qatvf_hmac_fill(const struct qatvf_hmac *hmac, struct la_req *msg, u8 *cd,
		     unsigned int offset, unsigned int tag_len)
{
	u8 *block = cd + offset;

	memset(block, 0, LA_AUTH_STATE1);
	put_unaligned_le32(LA_AUTH_ALG(hmac->alg) | LA_AUTH_MODE_HMAC |
			   tag_len << LA_AUTH_LEN_SHIFT, block);
	put_unaligned_be32(hmac->block_len, block + LA_AUTH_COUNTER);
	memcpy(block + LA_AUTH_STATE1, hmac->inner, hmac->state_len);
	memcpy(block + LA_AUTH_STATE1 + hmac->state_len, hmac->outer,
	       hmac->state_len);

	msg->hash_cfg_qw = offset / 8;
	msg->final_len = tag_len;
	msg->inner_digest_len = hmac->digest_len;
	msg->state1_len = hmac->state_len;
	msg->state2_qw = (offset + LA_AUTH_STATE1 + hmac->state_len) / 8;
	msg->state2_len = hmac->state_len;
}
