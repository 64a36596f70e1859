/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What key agreement algorithms have in common.
 */
#ifndef QATVF_SERVICES_KPP_H
#define QATVF_SERVICES_KPP_H

#include <crypto/internal/kpp.h>

#include "pke.h"

/**
 * struct qatvf_kpp_ctx - a transform; first member of an algorithm's own
 * @alg: its row
 * @ops: of the row
 * @fallback: software transform of the same name and key, or NULL
 */
struct qatvf_kpp_ctx {
	const struct qatvf_alg *alg;
	const struct qatvf_kpp_ops *ops;
	struct crypto_kpp *fallback;
};

/**
 * struct qatvf_kpp_req - a request
 * @pke: of the service
 * @shared: a shared secret is asked for, else a public key
 * @out: bytes of the result
 * @soft: request of the software transform, with its context behind it
 */
struct qatvf_kpp_req {
	struct qatvf_pke pke;
	bool shared;
	unsigned int out;
	struct kpp_request soft;	/* last */
};

/**
 * struct qatvf_kpp_ops - what an algorithm does itself
 * @out_bytes: size of a result; 0 without a key
 * @prepare: check the peer's value, allocate and fill the operands.  Returns 0, an
 *	errno for the caller, or -EAGAIN: software is to do it.
 * @finish: write the result, from the outputs, to the destination
 * @soft: the request in software, sleeps; NULL: the software transform does it
 */
struct qatvf_kpp_ops {
	unsigned int (*out_bytes)(const struct qatvf_kpp_ctx *ctx, bool shared);
	int (*prepare)(struct kpp_request *req, struct qatvf_kpp_req *kreq);
	int (*finish)(struct kpp_request *req, struct qatvf_kpp_req *kreq);
	int (*soft)(struct kpp_request *req, struct qatvf_kpp_req *kreq);
};

int qatvf_kpp_compute(struct kpp_request *req);
unsigned int qatvf_kpp_max_size(struct crypto_kpp *tfm);
int qatvf_kpp_init(struct crypto_kpp *tfm);
void qatvf_kpp_exit(struct crypto_kpp *tfm);

/**
 * qatvf_kpp_request_ctx() - the transform of a request
 * @req: request
 *
 * Return: its context.
 */
static inline void *qatvf_kpp_request_ctx(struct kpp_request *req)
{
	return kpp_tfm_ctx(crypto_kpp_reqtfm(req));
}

#endif /* QATVF_SERVICES_KPP_H */
