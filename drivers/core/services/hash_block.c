// SPDX-License-Identifier: GPL-2.0
/*
 * The authentication block of a content descriptor, and what a request says of it.
 * SHA-1 and SHA-2 take an HMAC key as the states after its block; SM3 and SHA-3,
 * whose states only the device knows, take it as prefixes which the device hashes
 * itself, once before the data and once before the inner digest.
 * Facts: reference 05 sections 8, 10, 19.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "compat.h"
#include "hash_block.h"
#include "hmac.h"

/* The largest: two setups of SHA3-224, and its block as prefix twice. */
static_assert(2 * (LA_AUTH_STATE1 + 32) + 2 * QATVF_HASH_MAX_BLOCK <=
	      QATVF_CD_BYTES);
/* The most state: two of 64 bytes with two blocks of SHA3-512. */
static_assert(2 * (LA_AUTH_STATE1 + QATVF_HASH_MAX_STATE) + 2 * 72 <=
	      QATVF_CD_BYTES);

/* Room of a state in a descriptor. */
static unsigned int state_room(const struct qatvf_hash_info *info)
{
	return ALIGN(info->state, 8);
}

static void start(struct qatvf_hash_block *block, enum la_hash hash, u8 mode)
{
	memzero_explicit(block, sizeof(*block));
	block->info = qatvf_hash_info(hash);
	block->mode = mode;
}

/* Appends configuration and counter; returns where state 1 is to be. */
static u8 *add_setup(struct qatvf_hash_block *block, enum la_hash hash,
		     u32 hashed)
{
	const struct qatvf_hash_info *info = block->info;
	u8 *setup = block->bytes + block->len;

	put_unaligned_le32(LA_AUTH_ALG(hash) | block->mode |
			   (u32)info->digest << LA_AUTH_LEN_SHIFT, setup);
	put_unaligned_be32(hashed, setup + LA_AUTH_COUNTER);
	block->len += LA_AUTH_STATE1 + state_room(info);
	return setup + LA_AUTH_STATE1;
}

static void add_fresh_setup(struct qatvf_hash_block *block, enum la_hash hash)
{
	u8 *state = add_setup(block, hash, 0);

	if (block->info->start)
		memcpy(state, block->info->start, block->info->state);
}

/**
 * qatvf_hash_block_plain() - descriptor of a hash without key
 * @block: filled
 * @hash: not SHA-1
 */
void qatvf_hash_block_plain(struct qatvf_hash_block *block, enum la_hash hash)
{
	start(block, hash, LA_AUTH_MODE_PLAIN);
	add_fresh_setup(block, hash);
	block->qw = block->len / 8;
}

static int hmac_by_states(struct qatvf_hash_block *block, enum la_hash hash,
			  struct crypto_shash *soft, const u8 *key,
			  unsigned int keylen)
{
	struct qatvf_hmac hmac;
	u8 *inner;
	int err;

	start(block, hash, LA_AUTH_MODE_HMAC);
	err = qatvf_hmac_set_key(&hmac, hash, soft, key, keylen);
	if (err)
		return err;
	inner = add_setup(block, hash, hmac.block_len);
	memcpy(inner, hmac.inner, hmac.state_len);
	memcpy(inner + hmac.state_len, hmac.outer, hmac.state_len);
	block->len += hmac.state_len;
	block->qw = block->len / 8;
	memzero_explicit(&hmac, sizeof(hmac));
	return 0;
}

/* A key longer than a block is replaced by its hash; a shorter one is padded. */
static int hmac_by_prefix(struct qatvf_hash_block *block, enum la_hash hash,
			  struct crypto_shash *soft, const u8 *key,
			  unsigned int keylen)
{
	unsigned int size = qatvf_hash_info(hash)->block;
	u8 *prefix;
	int err = 0;

	start(block, hash, LA_AUTH_MODE_PREFIX);
	add_fresh_setup(block, hash);
	add_fresh_setup(block, hash);
	block->qw = block->len / 8;

	prefix = block->bytes + block->len;
	if (keylen > size)
		err = crypto_shash_tfm_digest(soft, key, keylen, prefix);
	else
		memcpy(prefix, key, keylen);
	memcpy(prefix + size, prefix, size);
	block->len += 2 * size;
	return err;
}

/**
 * qatvf_hash_block_hmac() - descriptor of an HMAC
 * @block: filled; wiped on failure
 * @hash: the hash it is made of
 * @key: key of any length
 * @keylen: bytes of it
 *
 * Context: process context, sleeps.
 * Return: 0, -ENOMEM, or what the crypto API says of its software hash.
 */
int qatvf_hash_block_hmac(struct qatvf_hash_block *block, enum la_hash hash,
			  const u8 *key, unsigned int keylen)
{
	const struct qatvf_hash_info *info = qatvf_hash_info(hash);
	struct crypto_shash *soft;
	int err;

	soft = crypto_alloc_shash(info->name, 0, 0);
	if (IS_ERR(soft))
		return PTR_ERR(soft);
	err = info->by_prefix ?
	      hmac_by_prefix(block, hash, soft, key, keylen) :
	      hmac_by_states(block, hash, soft, key, keylen);
	if (err)
		memzero_explicit(block, sizeof(*block));
	crypto_free_shash(soft);
	return err;
}

static void fill_prefixes(const struct qatvf_hash_block *block,
			  struct la_req *msg, dma_addr_t dma)
{
	const struct qatvf_hash_info *info = block->info;

	msg->auth.prefix_addr = cpu_to_le64(dma + 8 * block->qw);
	msg->auth.prefix_len = info->block;
	msg->auth.prefix_qw = 2 * info->block / 8;
	msg->hash_flags = LA_HASH_FLAG_PREFIX;
	msg->outer_prefix_len = info->block;
	msg->outer_prefix_qw = info->block / 8;
	msg->outer_cfg_qw = msg->state2_qw;
	msg->outer_state1_len = state_room(info);
	msg->outer_digest_len = info->digest;
}

/**
 * qatvf_hash_block_fill() - write into a message where the descriptor is and what
 * it says
 * @block: descriptor
 * @msg: message, zeroed
 * @dma: where the device sees a copy of @block->bytes
 */
void qatvf_hash_block_fill(const struct qatvf_hash_block *block,
			   struct la_req *msg, dma_addr_t dma)
{
	const struct qatvf_hash_info *info = block->info;

	msg->cd_addr = cpu_to_le64(dma);
	msg->cd_qw = block->qw;
	msg->hash_slices = LA_SLICES_AUTH;
	msg->final_len = info->digest;
	msg->inner_digest_len = info->digest;
	msg->state1_len = state_room(info);
	msg->state2_qw = (LA_AUTH_STATE1 + state_room(info)) / 8;
	if (block->mode == LA_AUTH_MODE_HMAC)
		msg->state2_len = state_room(info);
	if (block->mode == LA_AUTH_MODE_PREFIX)
		fill_prefixes(block, msg, dma);
}
