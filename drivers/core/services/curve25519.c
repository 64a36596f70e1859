// SPDX-License-Identifier: GPL-2.0
/*
 * "curve25519": X25519 key agreement.  Strings are little endian (RFC 7748), the
 * device's numbers big endian.
 *
 * Software is the kernel's library, not a transform: recent kernels have no other.
 *
 * Facts: reference 07 sections 4, 8.7 and 14.
 */
#include <crypto/curve25519.h>
#include <linux/module.h>

#include "compat.h"
#include "kpp.h"
#include "number.h"

#ifdef QATVF_WITH_CURVE25519

/**
 * struct x25519_ctx - a transform
 * @base: first
 * @has_key: @secret is one
 * @secret: private key, little endian; both software and device clamp it
 */
struct x25519_ctx {
	struct qatvf_kpp_ctx base;
	bool has_key;
	u8 secret[CURVE25519_KEY_SIZE];
};

static const struct qatvf_pke_function fn_generate = {
	.id = PKE_GENERATOR_C25519,
	.inputs = 1,
	.outputs = 1,
	.bytes = { CURVE25519_KEY_SIZE, CURVE25519_KEY_SIZE },
};

static const struct qatvf_pke_function fn_shared = {
	.id = PKE_POINT_C25519,
	.inputs = 2,
	.outputs = 1,
	.bytes = { CURVE25519_KEY_SIZE, CURVE25519_KEY_SIZE,
		   CURVE25519_KEY_SIZE },
};

static void reverse(u8 *to, const u8 *from)
{
	unsigned int i;

	for (i = 0; i < CURVE25519_KEY_SIZE; i++)
		to[i] = from[CURVE25519_KEY_SIZE - 1 - i];
}

static unsigned int x25519_out_bytes(const struct qatvf_kpp_ctx *base,
				     bool shared)
{
	return container_of(base, struct x25519_ctx, base)->has_key ?
	       CURVE25519_KEY_SIZE : 0;
}

/* Not below 2^255 - 19, which is allowed but rare. */
static bool unreduced(const u8 *point)
{
	return point[0] >= 0xed && point[31] == 0x7f &&
	       !memchr_inv(point + 1, 0xff, 30);
}

static int get_point(struct kpp_request *req, u8 *point)
{
	if (req->src_len != CURVE25519_KEY_SIZE)
		return -EINVAL;
	return qatvf_number_gather(point, CURVE25519_KEY_SIZE, req->src,
				   CURVE25519_KEY_SIZE);
}

static int x25519_prepare(struct kpp_request *req, struct qatvf_kpp_req *kreq)
{
	const struct x25519_ctx *ctx = qatvf_kpp_request_ctx(req);
	const struct qatvf_pke_function *fn =
		kreq->shared ? &fn_shared : &fn_generate;
	u8 point[CURVE25519_KEY_SIZE];
	int err;

	if (kreq->shared) {
		err = get_point(req, point);
		if (err)
			return err;
		/* RFC 7748 section 5: the last bit does not count. */
		point[31] &= 0x7f;
		if (unreduced(point))
			return -EAGAIN;
	}
	if (qatvf_pke_alloc(&kreq->pke, fn, req->base.flags))
		return -EAGAIN;
	if (kreq->shared)
		reverse(qatvf_pke_operand(&kreq->pke, 0), point);
	reverse(qatvf_pke_operand(&kreq->pke, fn->inputs - 1), ctx->secret);
	return 0;
}

/* Points of low order give 0, whatever the secret: refused, as by the library. */
static int x25519_finish(struct kpp_request *req, struct qatvf_kpp_req *kreq)
{
	const u8 *number = qatvf_pke_operand(&kreq->pke, kreq->pke.fn.inputs);
	u8 result[CURVE25519_KEY_SIZE];
	int err;

	if (!memchr_inv(number, 0, CURVE25519_KEY_SIZE))
		return -EINVAL;
	reverse(result, number);
	err = qatvf_number_scatter(result, sizeof(result), req->dst);
	memzero_explicit(result, sizeof(result));
	return err;
}

static int x25519_soft(struct kpp_request *req, struct qatvf_kpp_req *kreq)
{
	const struct x25519_ctx *ctx = qatvf_kpp_request_ctx(req);
	u8 result[CURVE25519_KEY_SIZE], point[CURVE25519_KEY_SIZE];
	bool good;
	int err;

	if (kreq->shared) {
		err = get_point(req, point);
		if (err)
			return err;
		good = curve25519(result, ctx->secret, point);
	} else {
		good = curve25519_generate_public(result, ctx->secret);
	}
	err = good ? qatvf_number_scatter(result, sizeof(result), req->dst) :
		     -EINVAL;
	memzero_explicit(result, sizeof(result));
	return err;
}

static int x25519_set_secret(struct crypto_kpp *tfm, const void *buf,
			     unsigned int len)
{
	struct x25519_ctx *ctx = kpp_tfm_ctx(tfm);

	ctx->has_key = false;
	if (!len)
		curve25519_generate_secret(ctx->secret);
	else if (len == CURVE25519_KEY_SIZE && memchr_inv(buf, 0, len))
		memcpy(ctx->secret, buf, len);
	else
		return -EINVAL;
	ctx->has_key = true;
	return 0;
}

static const struct qatvf_kpp_ops x25519_ops = {
	.out_bytes = x25519_out_bytes,
	.prepare = x25519_prepare,
	.finish = x25519_finish,
	.soft = x25519_soft,
};

static struct qatvf_alg x25519_algs[] = {
	{
		.type = QATVF_ALG_KPP,
		.service = QAT_SVC_ASYM,
		.capabilities = QAT_CAP_ASYM | QAT_CAP_ECEDMONT,
		.params = &x25519_ops,
		.kpp = {
			.set_secret = x25519_set_secret,
			.generate_public_key = qatvf_kpp_compute,
			.compute_shared_secret = qatvf_kpp_compute,
			.max_size = qatvf_kpp_max_size,
			.init = qatvf_kpp_init,
			.exit = qatvf_kpp_exit,
			.base = {
				.cra_name = "curve25519",
				.cra_driver_name = "qatvf-curve25519",
				.cra_flags = QATVF_PKE_ALG_FLAGS,
				.cra_ctxsize = sizeof(struct x25519_ctx),
				.cra_module = THIS_MODULE,
			},
		},
	},
};

const struct qatvf_alg_table qatvf_curve25519 = {
	.algs = x25519_algs,
	.count = ARRAY_SIZE(x25519_algs),
};

#else

const struct qatvf_alg_table qatvf_curve25519;

#endif /* QATVF_WITH_CURVE25519 */
