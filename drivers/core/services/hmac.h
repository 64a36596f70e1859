/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An HMAC key as the device wants it (mode 1): the states of the hash after the
 * inner and the outer pad.
 */
#ifndef QATVF_SERVICES_HMAC_H
#define QATVF_SERVICES_HMAC_H

#include <crypto/hash.h>
#include <linux/types.h>

#include "hw/la.h"

/**
 * struct qatvf_hmac - states of a key
 * @alg: number of the hash for the device
 * @block_len: bytes of a block of the hash
 * @digest_len: bytes of its digest
 * @state_len: bytes of a state in a descriptor, a multiple of 8
 * @inner: state after the inner pad, big endian words
 * @outer: state after the outer pad
 */
struct qatvf_hmac {
	enum la_hash alg;
	u8 block_len;
	u8 digest_len;
	u8 state_len;
	u8 inner[LA_AUTH_STATE_MAX];
	u8 outer[LA_AUTH_STATE_MAX];
};

/* Largest authentication block: head and two states. */
#define QATVF_HMAC_CD_MAX	(LA_AUTH_STATE1 + 2 * LA_AUTH_STATE_MAX)

int qatvf_hmac_set_key(struct qatvf_hmac *hmac, enum la_hash alg,
		       struct crypto_shash *hash, const u8 *key,
		       unsigned int keylen);
unsigned int qatvf_hmac_cd_len(const struct qatvf_hmac *hmac);
void qatvf_hmac_fill(const struct qatvf_hmac *hmac, struct la_req *msg, u8 *cd,
		     unsigned int offset, unsigned int tag_len);

#endif /* QATVF_SERVICES_HMAC_H */
