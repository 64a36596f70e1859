/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The algorithms we offer to the crypto API, as rows.
 */
#ifndef QATVF_SERVICES_ALGS_H
#define QATVF_SERVICES_ALGS_H

#include <crypto/internal/skcipher.h>
#include <linux/types.h>

/** enum qatvf_alg_state - where an algorithm stands with the crypto API */
enum qatvf_alg_state {
	QATVF_ALG_ABSENT,	/* not registered */
	QATVF_ALG_OFFERED,	/* registered, found by name */
	QATVF_ALG_HIDDEN,	/* no provider: waits for its last user */
	QATVF_ALG_FAILED,	/* the crypto API refused it: not tried again */
};

/**
 * struct qatvf_alg - one algorithm
 * @capabilities: QAT_CAP_* a ring pair must have to serve it
 * @mode: LA_CFG_MODE_* of the content descriptor
 * @flags: LA_FLAG_* of its requests
 * @state: changed by the registration work only
 * @skcipher: what the crypto API sees
 */
struct qatvf_alg {
	u32 capabilities;
	u32 mode;
	u16 flags;
	enum qatvf_alg_state state;
	struct skcipher_alg skcipher;
};

extern struct qatvf_alg qatvf_skciphers[];
extern const unsigned int qatvf_skciphers_count;

int qatvf_algs_init(void);
void qatvf_algs_exit(void);
void qatvf_algs_refresh(void);
void qatvf_algs_settle(void);

#endif /* QATVF_SERVICES_ALGS_H */
