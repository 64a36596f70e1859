// SPDX-License-Identifier: GPL-2.0
/*
 * "ecdh-nist-p256" and "ecdh-nist-p384".  Keys and coordinates are big endian, as
 * the device has them; a public key is x and y, a shared secret x alone.
 *
 * Facts: reference 07 sections 8.7 and 14.
 */
#include <crypto/ecdh.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "compat.h"
#include "curve.h"
#include "kpp.h"
#include "number.h"

#ifdef QATVF_WITH_ECDH

#include <crypto/internal/ecc.h>

/**
 * struct ecdh_row - what the rows have of their own
 * @ops: first: kpp.c knows no more of it
 * @curve: the curve
 */
struct ecdh_row {
	struct qatvf_kpp_ops ops;
	const struct qatvf_curve *curve;
};

/**
 * struct ecdh_ctx - a transform
 * @base: first
 * @has_key: the software transform has one
 * @soft_only: the device cannot take it
 * @secret: private key
 */
struct ecdh_ctx {
	struct qatvf_kpp_ctx base;
	bool has_key;
	bool soft_only;
	u8 secret[QATVF_CURVE_MAX_BYTES];
};

static const struct qatvf_curve *curve_of(const struct qatvf_kpp_ctx *base)
{
	return container_of(base->ops, struct ecdh_row, ops)->curve;
}

static unsigned int ecdh_out_bytes(const struct qatvf_kpp_ctx *base,
				   bool shared)
{
	if (!container_of(base, struct ecdh_ctx, base)->has_key)
		return 0;
	return shared ? curve_of(base)->bytes : 2 * curve_of(base)->bytes;
}

static int prepare_generate(struct kpp_request *req, struct qatvf_kpp_req *kreq)
{
	const struct ecdh_ctx *ctx = qatvf_kpp_request_ctx(req);
	const struct qatvf_curve *curve = curve_of(&ctx->base);
	unsigned int n = curve->bytes;
	struct qatvf_pke_function fn = {
		.id = curve->generator,
		.inputs = 1,
		.outputs = 2,
		.bytes = { n, n, n },
	};

	if (qatvf_pke_alloc(&kreq->pke, &fn, req->base.flags))
		return -EAGAIN;
	memcpy(qatvf_pke_operand(&kreq->pke, 0), ctx->secret, n);
	return 0;
}

static int prepare_shared(struct kpp_request *req, struct qatvf_kpp_req *kreq)
{
	const struct ecdh_ctx *ctx = qatvf_kpp_request_ctx(req);
	const struct qatvf_curve *curve = curve_of(&ctx->base);
	unsigned int n = curve->bytes;
	struct qatvf_pke_function fn = {
		.id = curve->point,
		.inputs = 3,
		.outputs = 2,
		.bytes = { n, n, n, n, n },
	};
	u8 *xy;

	if (req->src_len != 2 * n)
		return -EINVAL;
	if (qatvf_pke_alloc(&kreq->pke, &fn, req->base.flags))
		return -EAGAIN;
	xy = qatvf_pke_operand(&kreq->pke, 0);
	if (qatvf_number_gather(xy, 2 * n, req->src, 2 * n) ||
	    !qatvf_curve_has_point(curve, xy))
		return -EINVAL;
	memcpy(qatvf_pke_operand(&kreq->pke, 2), ctx->secret, n);
	return 0;
}

static int ecdh_prepare(struct kpp_request *req, struct qatvf_kpp_req *kreq)
{
	const struct ecdh_ctx *ctx = qatvf_kpp_request_ctx(req);

	if (ctx->soft_only)
		return -EAGAIN;
	return kreq->shared ? prepare_shared(req, kreq) :
			      prepare_generate(req, kreq);
}

/* The outputs x and y follow each other; a secret is the first alone. */
static int ecdh_finish(struct kpp_request *req, struct qatvf_kpp_req *kreq)
{
	return qatvf_number_scatter(qatvf_pke_operand(&kreq->pke,
						      kreq->pke.fn.inputs),
				    kreq->out, req->dst);
}

static int set_fallback_key(struct ecdh_ctx *ctx, const struct ecdh *params)
{
	unsigned int len = crypto_ecdh_key_len(params);
	char *buf = kmalloc(len, GFP_KERNEL);
	int err;

	if (!buf)
		return -ENOMEM;
	err = crypto_ecdh_encode_key(buf, len, params) ?:
	      crypto_kpp_set_secret(ctx->base.fallback, buf, len);
	kfree_sensitive(buf);
	return err;
}

/* A key of length 0 asks for a new one, which both sides must then have. */
static int make_key(struct ecdh_ctx *ctx, const struct qatvf_curve *curve)
{
	u64 digits[QATVF_CURVE_MAX_BYTES / sizeof(u64)];
	unsigned int ndigits = curve->bytes / sizeof(u64);
	struct ecdh params = {
		.key = ctx->secret,
		.key_size = curve->bytes,
	};
	int err;

	err = ecc_gen_privkey(curve->id, ndigits, digits);
	if (err)
		return err;
	qatvf_curve_number(ctx->secret, curve->bytes, digits, ndigits);
	memzero_explicit(digits, sizeof(digits));
	return set_fallback_key(ctx, &params);
}

static int set_key(struct ecdh_ctx *ctx, const void *buf, unsigned int len)
{
	const struct qatvf_curve *curve = curve_of(&ctx->base);
	struct ecdh params;
	int err;

	err = crypto_ecdh_decode_key(buf, len, &params);
	if (err)
		return err;
	if (!params.key_size)
		return make_key(ctx, curve);
	err = crypto_kpp_set_secret(ctx->base.fallback, buf, len);
	if (err)
		return err;
	ctx->soft_only = params.key_size != curve->bytes;
	if (ctx->soft_only)
		return 0;
	memcpy(ctx->secret, params.key, curve->bytes);
	ctx->soft_only = !qatvf_curve_has_scalar(curve, ctx->secret);
	return 0;
}

static int ecdh_set_secret(struct crypto_kpp *tfm, const void *buf,
			   unsigned int len)
{
	struct ecdh_ctx *ctx = kpp_tfm_ctx(tfm);
	int err;

	ctx->soft_only = false;
	err = set_key(ctx, buf, len);
	ctx->has_key = !err;
	if (err)
		memzero_explicit(ctx->secret, sizeof(ctx->secret));
	return err;
}

#define ECDH_ROW(_curve)						\
	{								\
		.ops = {						\
			.out_bytes = ecdh_out_bytes,			\
			.prepare = ecdh_prepare,			\
			.finish = ecdh_finish,				\
		},							\
		.curve = _curve,					\
	}

static const struct ecdh_row p256_row = ECDH_ROW(&qatvf_p256);
static const struct ecdh_row p384_row = ECDH_ROW(&qatvf_p384);

#define ECDH_ALG(_row, _name)						\
	{								\
		.type = QATVF_ALG_KPP,					\
		.service = QAT_SVC_ASYM,				\
		.capabilities = QAT_CAP_ASYM,				\
		.params = &(_row)->ops,					\
		.kpp = {						\
			.set_secret = ecdh_set_secret,			\
			.generate_public_key = qatvf_kpp_compute,	\
			.compute_shared_secret = qatvf_kpp_compute,	\
			.max_size = qatvf_kpp_max_size,			\
			.init = qatvf_kpp_init,				\
			.exit = qatvf_kpp_exit,				\
			.base = {					\
				.cra_name = _name,			\
				.cra_driver_name = "qatvf-" _name,	\
				.cra_flags = QATVF_PKE_ALG_FLAGS,	\
				.cra_ctxsize = sizeof(struct ecdh_ctx),	\
				.cra_module = THIS_MODULE,		\
			},						\
		},							\
	}

static struct qatvf_alg ecdh_algs[] = {
	ECDH_ALG(&p256_row, "ecdh-nist-p256"),
	ECDH_ALG(&p384_row, "ecdh-nist-p384"),
};

const struct qatvf_alg_table qatvf_ecdh = {
	.algs = ecdh_algs,
	.count = ARRAY_SIZE(ecdh_algs),
};

#else

const struct qatvf_alg_table qatvf_ecdh;

#endif /* QATVF_WITH_ECDH */
