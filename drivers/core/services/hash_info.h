/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What there is to know of each hash.
 */
#ifndef QATVF_SERVICES_HASH_INFO_H
#define QATVF_SERVICES_HASH_INFO_H

#include <linux/types.h>

#include "hw/la.h"

/* The largest of each: SHA3-224 and the 512-bit ones. */
#define QATVF_HASH_MAX_BLOCK	144
#define QATVF_HASH_MAX_STATE	64

/**
 * struct qatvf_hash_info - a hash
 * @name: what the crypto API calls it
 * @digest: bytes of the digest
 * @block: bytes it takes at a time
 * @state: bytes of the chaining state in a content descriptor
 * @by_prefix: its HMAC is given to the device as key, not as states
 * @start: the state it starts from, NULL if that is zero (05 section 8.3)
 */
struct qatvf_hash_info {
	const char *name;
	u8 digest;
	u8 block;
	u8 state;
	bool by_prefix;
	const u8 *start;
};

const struct qatvf_hash_info *qatvf_hash_info(enum la_hash hash);

#endif /* QATVF_SERVICES_HASH_INFO_H */
