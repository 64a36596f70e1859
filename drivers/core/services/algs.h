/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The algorithms we offer to the crypto API, as rows.
 */
#ifndef QATVF_SERVICES_ALGS_H
#define QATVF_SERVICES_ALGS_H

#include <crypto/internal/acompress.h>
#include <crypto/internal/aead.h>
#include <crypto/internal/akcipher.h>
#include <crypto/internal/hash.h>
#include <crypto/internal/kpp.h>
#include <crypto/internal/skcipher.h>
#include <linux/percpu.h>
#include <linux/types.h>

#include "compat.h"
#include "hw/pfvf.h"

/** enum qatvf_alg_state - where an algorithm stands with the crypto API */
enum qatvf_alg_state {
	QATVF_ALG_ABSENT,	/* not registered */
	QATVF_ALG_OFFERED,	/* registered, found by name */
	QATVF_ALG_HIDDEN,	/* no provider: waits for its last user */
	QATVF_ALG_FAILED,	/* refused, or without software: not tried again */
};

/** enum qatvf_alg_type - which member of struct qatvf_alg describes it */
enum qatvf_alg_type {
	QATVF_ALG_SKCIPHER,
	QATVF_ALG_AEAD,
	QATVF_ALG_AHASH,
	QATVF_ALG_AKCIPHER,
	QATVF_ALG_KPP,
	QATVF_ALG_SIG,
	QATVF_ALG_ACOMP,
};

/**
 * struct qatvf_alg_counts - requests of an algorithm, per CPU
 * @hard: given to a device
 * @soft: done by the software transform, for whatever reason
 * @unverified: compressed by a device, whose own check found the result wrong
 */
struct qatvf_alg_counts {
	u64 hard;
	u64 soft;
	u64 unverified;
};

/**
 * struct qatvf_alg - one algorithm
 * @type: see there
 * @service: that ring pairs must serve
 * @capabilities: QAT_CAP_* they must have
 * @params: what its file needs to know of it, constant
 * @prepare: optional, before it is registered: 0, or -ENOENT if this kernel has no
 *	software to put beside it
 * @state: changed by the registration work only
 * @counts: allocated before it is registered
 * @skcipher: what the crypto API sees, by @type
 * @aead: likewise
 * @ahash: likewise
 * @akcipher: likewise
 * @kpp: likewise
 * @sig: likewise
 * @acomp: likewise
 */
struct qatvf_alg {
	enum qatvf_alg_type type;
	enum qat_service service;
	u32 capabilities;
	const void *params;
	int (*prepare)(struct qatvf_alg *alg);
	enum qatvf_alg_state state;
	struct qatvf_alg_counts __percpu *counts;
	union {
		struct skcipher_alg skcipher;
		struct aead_alg aead;
		struct ahash_alg ahash;
		struct akcipher_alg akcipher;
		struct kpp_alg kpp;
		struct sig_alg sig;
		struct acomp_alg acomp;
	};
};

/*
 * Not ALLOCATES_MEMORY: requests bring all they need.  KERN_DRIVER_ONLY keeps
 * file systems away that want a cipher of the processor.
 */
#define QATVF_ALG_FLAGS		(CRYPTO_ALG_ASYNC | CRYPTO_ALG_NEED_FALLBACK | \
				 CRYPTO_ALG_KERN_DRIVER_ONLY)

/**
 * struct qatvf_alg_table - the algorithms of one file
 * @algs: rows
 * @count: of them
 */
struct qatvf_alg_table {
	struct qatvf_alg *algs;
	unsigned int count;
};

/* Each file of algorithms has one table; algs.c lists them. */
extern const struct qatvf_alg_table qatvf_skciphers;
extern const struct qatvf_alg_table qatvf_spc_aeads;
extern const struct qatvf_alg_table qatvf_authencs;
extern const struct qatvf_alg_table qatvf_ahashes;
extern const struct qatvf_alg_table qatvf_rsa;
extern const struct qatvf_alg_table qatvf_dh;
extern const struct qatvf_alg_table qatvf_curve25519;
extern const struct qatvf_alg_table qatvf_ecdh;
extern const struct qatvf_alg_table qatvf_ecdsa;
extern const struct qatvf_alg_table qatvf_deflate;
extern const struct qatvf_alg_table qatvf_lz4;
extern const struct qatvf_alg_table qatvf_zstd;

struct crypto_alg *qatvf_alg_base(struct qatvf_alg *alg);
int qatvf_alg_register(struct qatvf_alg *alg);
void qatvf_alg_unregister(struct qatvf_alg *alg);

int qatvf_algs_init(void);
void qatvf_algs_exit(void);
void qatvf_algs_refresh(void);
void qatvf_algs_hold(void);
void qatvf_algs_release(void);
void qatvf_algs_settle(void);
bool qatvf_algs_settled(void);

bool qatvf_offload_wanted(const struct qatvf_alg *alg, unsigned int bytes);
void qatvf_offload_init(const struct qatvf_alg_table *const *tables,
			unsigned int count);
void qatvf_offload_exit(void);

/**
 * qatvf_count_hard() - a request went to a device
 * @alg: its algorithm
 */
static inline void qatvf_count_hard(const struct qatvf_alg *alg)
{
	this_cpu_inc(alg->counts->hard);
}

/**
 * qatvf_count_soft() - a request went to the software transform
 * @alg: its algorithm
 */
static inline void qatvf_count_soft(const struct qatvf_alg *alg)
{
	this_cpu_inc(alg->counts->soft);
}

/**
 * qatvf_count_unverified() - a result did not pass the device's own check
 * @alg: its algorithm
 */
static inline void qatvf_count_unverified(const struct qatvf_alg *alg)
{
	this_cpu_inc(alg->counts->unverified);
}

#endif /* QATVF_SERVICES_ALGS_H */
