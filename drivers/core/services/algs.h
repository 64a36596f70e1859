/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The algorithms we offer to the crypto API, as rows.
 */
#ifndef QATVF_SERVICES_ALGS_H
#define QATVF_SERVICES_ALGS_H

#include <crypto/internal/aead.h>
#include <crypto/internal/skcipher.h>
#include <linux/types.h>

#include "hw/pfvf.h"

/** enum qatvf_alg_state - where an algorithm stands with the crypto API */
enum qatvf_alg_state {
	QATVF_ALG_ABSENT,	/* not registered */
	QATVF_ALG_OFFERED,	/* registered, found by name */
	QATVF_ALG_HIDDEN,	/* no provider: waits for its last user */
	QATVF_ALG_FAILED,	/* the crypto API refused it: not tried again */
};

/** enum qatvf_alg_type - which member of struct qatvf_alg describes it */
enum qatvf_alg_type {
	QATVF_ALG_SKCIPHER,
	QATVF_ALG_AEAD,
};

/**
 * struct qatvf_alg - one algorithm
 * @type: see there
 * @service: that ring pairs must serve
 * @capabilities: QAT_CAP_* they must have
 * @params: what its file needs to know of it, constant
 * @state: changed by the registration work only
 * @skcipher: what the crypto API sees, by @type
 * @aead: likewise
 */
struct qatvf_alg {
	enum qatvf_alg_type type;
	enum qat_service service;
	u32 capabilities;
	const void *params;
	enum qatvf_alg_state state;
	union {
		struct skcipher_alg skcipher;
		struct aead_alg aead;
	};
};

/*
 * Not ALLOCATES_MEMORY: requests bring all they need.  KERN_DRIVER_ONLY keeps
 * file systems away that want a cipher of the processor.
 */
#define QATVF_ALG_FLAGS		(CRYPTO_ALG_ASYNC | CRYPTO_ALG_NEED_FALLBACK | \
				 CRYPTO_ALG_KERN_DRIVER_ONLY)

/* Each file of algorithms has one table. */
extern struct qatvf_alg qatvf_skciphers[];
extern const unsigned int qatvf_skciphers_count;

int qatvf_algs_init(void);
void qatvf_algs_exit(void);
void qatvf_algs_refresh(void);
void qatvf_algs_settle(void);

#endif /* QATVF_SERVICES_ALGS_H */
