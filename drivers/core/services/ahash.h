/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Operations of the hashes and HMACs, for the rows that name them.
 */
#ifndef QATVF_SERVICES_AHASH_H
#define QATVF_SERVICES_AHASH_H

#include <crypto/internal/hash.h>
#include <linux/types.h>

#include "algs.h"
#include "hash_block.h"

/**
 * struct qatvf_ahash_params - a row's own
 * @hash: the hash, or what the HMAC is made of
 * @keyed: it is an HMAC
 */
struct qatvf_ahash_params {
	enum la_hash hash;
	bool keyed;
};

/**
 * struct qatvf_ahash_ctx - a transform
 * @alg: its row
 * @params: of its row
 * @soft: software transform of the same name and key
 * @key_nr: how often the key has been set
 * @block: content descriptor
 */
struct qatvf_ahash_ctx {
	const struct qatvf_alg *alg;
	const struct qatvf_ahash_params *params;
	struct crypto_shash *soft;
	u32 key_nr;
	struct qatvf_hash_block block;
};

int qatvf_ahash_prepare(struct qatvf_alg *alg);
int qatvf_ahash_init_tfm(struct crypto_ahash *tfm);
void qatvf_ahash_exit_tfm(struct crypto_ahash *tfm);
int qatvf_ahash_setkey(struct crypto_ahash *tfm, const u8 *key,
		       unsigned int keylen);
int qatvf_ahash_init(struct ahash_request *areq);
int qatvf_ahash_update(struct ahash_request *areq);
int qatvf_ahash_final(struct ahash_request *areq);
int qatvf_ahash_finup(struct ahash_request *areq);
int qatvf_ahash_digest(struct ahash_request *areq);
int qatvf_ahash_export(struct ahash_request *areq, void *out);
int qatvf_ahash_import(struct ahash_request *areq, const void *in);

#endif /* QATVF_SERVICES_AHASH_H */
