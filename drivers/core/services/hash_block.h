/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The authentication block of a content descriptor, for hashes and HMAC.
 */
#ifndef QATVF_SERVICES_HASH_BLOCK_H
#define QATVF_SERVICES_HASH_BLOCK_H

#include <linux/types.h>

#include "hash_info.h"
#include "hw/la.h"
#include "qatvf/ring_pair.h"

/**
 * struct qatvf_hash_block - content descriptor of a hash or an HMAC
 * @bytes: as the device reads it; behind the descriptor the prefixes, if any.
 *	Holds the key of an HMAC.
 * @len: bytes in use
 * @qw: quad words of the descriptor
 * @mode: LA_AUTH_MODE_*, how the digest comes about
 * @info: the hash
 */
struct qatvf_hash_block {
	u8 bytes[QATVF_CD_BYTES];
	u16 len;
	u8 qw;
	u8 mode;
	const struct qatvf_hash_info *info;
};

void qatvf_hash_block_plain(struct qatvf_hash_block *block, enum la_hash hash);
int qatvf_hash_block_hmac(struct qatvf_hash_block *block, enum la_hash hash,
			  const u8 *key, unsigned int keylen);
void qatvf_hash_block_fill(const struct qatvf_hash_block *block,
			   struct la_req *msg, dma_addr_t dma);

#endif /* QATVF_SERVICES_HASH_BLOCK_H */
