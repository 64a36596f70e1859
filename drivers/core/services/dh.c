// SPDX-License-Identifier: GPL-2.0
/*
 * Diffie-Hellman: "dh", on which the kernel builds its ffdhe templates.
 *
 * Primes of a size the device has a DH function for use that one; others, from
 * 1536 bits up, the general exponentiation of the next size.
 *
 * Facts: reference 07 sections 8.2, 9 and 14.
 */
#include <crypto/dh.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "compat.h"
#include "kpp.h"
#include "number.h"

#ifdef QATVF_WITH_DH

/**
 * struct dh_size - functions for a size
 * @bytes: of the operands
 * @dh: for a prime of exactly this size, 0 if there is none
 * @dh_two: likewise, base 2
 * @modexp: for any modulus up to this size
 */
struct dh_size {
	u16 bytes;
	u32 dh;
	u32 dh_two;
	u32 modexp;
};

/**
 * struct dh_ctx - a transform
 * @base: first
 * @bytes: of p, rounded up to quad words, which is what results have; 0: no key
 * @g: generator, at the size of the operands
 * @xp: private key and p, likewise: two operands
 * @generate: function for public keys; id 0: software
 * @shared: function for shared secrets; id 0: software
 */
struct dh_ctx {
	struct qatvf_kpp_ctx base;
	unsigned int bytes;
	u8 *g;
	u8 *xp;
	struct qatvf_pke_function generate;
	struct qatvf_pke_function shared;
};

static const struct dh_size dh_sizes[] = {
	{ 192, PKE_DH_1536, PKE_DH_G2_1536, PKE_MODEXP_1536 },
	{ 256, PKE_DH_2048, PKE_DH_G2_2048, PKE_MODEXP_2048 },
	{ 320, 0, 0, PKE_MODEXP_2560 },
	{ 384, PKE_DH_3072, PKE_DH_G2_3072, PKE_MODEXP_3072 },
	{ 448, 0, 0, PKE_MODEXP_3584 },
	{ 512, PKE_DH_4096, PKE_DH_G2_4096, PKE_MODEXP_4096 },
	{ 1024, PKE_DH_8192, PKE_DH_G2_8192, PKE_MODEXP_8192 },
};

static const struct dh_size *size_for(unsigned int bytes)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(dh_sizes); i++)
		if (bytes <= dh_sizes[i].bytes)
			return &dh_sizes[i];
	return NULL;
}

static unsigned int dh_out_bytes(const struct qatvf_kpp_ctx *base, bool shared)
{
	return container_of(base, struct dh_ctx, base)->bytes;
}

static unsigned int operand_bytes(const struct qatvf_kpp_req *kreq)
{
	return kreq->pke.fn.bytes[0];
}

/* The last input of all our functions. */
static const u8 *modulus(struct qatvf_kpp_req *kreq)
{
	return qatvf_pke_operand(&kreq->pke, kreq->pke.fn.inputs - 1);
}

static int dh_prepare(struct kpp_request *req, struct qatvf_kpp_req *kreq)
{
	struct dh_ctx *ctx = qatvf_kpp_request_ctx(req);
	const struct qatvf_pke_function *fn =
		kreq->shared ? &ctx->shared : &ctx->generate;
	unsigned int n = fn->bytes[0];
	u8 *base;
	int err;

	if (!fn->id || qatvf_pke_alloc(&kreq->pke, fn, req->base.flags))
		return -EAGAIN;
	memcpy(qatvf_pke_operand(&kreq->pke, fn->inputs - 2), ctx->xp, 2 * n);
	base = qatvf_pke_operand(&kreq->pke, 0);
	if (!kreq->shared) {
		if (fn->inputs == 3)
			memcpy(base, ctx->g, n);
		return 0;
	}
	err = qatvf_number_gather(base, n, req->src, req->src_len);
	if (err)
		return -EINVAL;
	return qatvf_number_inner(base, modulus(kreq), n) ? 0 : -EINVAL;
}

static int dh_finish(struct kpp_request *req, struct qatvf_kpp_req *kreq)
{
	const u8 *result = qatvf_pke_operand(&kreq->pke, kreq->pke.fn.inputs);
	unsigned int n = operand_bytes(kreq);

	/* A secret that anybody can guess. */
	if (kreq->shared && !qatvf_number_inner(result, modulus(kreq), n))
		return -EBADMSG;
	return qatvf_number_scatter(result + n - kreq->out, kreq->out,
				    req->dst);
}

static void clear_key(struct dh_ctx *ctx)
{
	kfree_sensitive(ctx->g);
	kfree_sensitive(ctx->xp);
	ctx->g = NULL;
	ctx->xp = NULL;
	ctx->bytes = 0;
	ctx->generate.id = 0;
	ctx->shared.id = 0;
}

static void set_functions(struct dh_ctx *ctx, const struct dh_size *size,
			  bool exact, bool two)
{
	struct qatvf_pke_function power = {
		.id = exact ? size->dh : size->modexp,
		.inputs = 3,
		.outputs = 1,
		.bytes = { size->bytes, size->bytes, size->bytes, size->bytes },
	};

	ctx->shared = power;
	if (exact && two) {
		power.id = size->dh_two;
		power.inputs = 2;
	}
	ctx->generate = power;
}

/* What does not suit the device is left to software: no functions are set. */
static int prepare_key(struct dh_ctx *ctx, const struct dh *params)
{
	unsigned int p_len = params->p_size, g_len = params->g_size;
	unsigned int x_len = params->key_size;
	const u8 *p = params->p, *g = params->g, *x = params->key;
	const struct dh_size *size;
	bool exact;

	qatvf_number_strip(&p, &p_len);
	qatvf_number_strip(&g, &g_len);
	qatvf_number_strip(&x, &x_len);
	ctx->bytes = round_up(p_len, sizeof(u64));
	size = size_for(p_len);
	if (!size || !x_len || x_len > size->bytes || g_len > size->bytes ||
	    !(p[p_len - 1] & 1))
		return 0;

	ctx->g = kmalloc(size->bytes, GFP_KERNEL);
	ctx->xp = kmalloc(2 * size->bytes, GFP_KERNEL);
	if (!ctx->g || !ctx->xp)
		return -ENOMEM;
	qatvf_number_set(ctx->g, size->bytes, g, g_len);
	qatvf_number_set(ctx->xp, size->bytes, x, x_len);
	qatvf_number_set(ctx->xp + size->bytes, size->bytes, p, p_len);
	exact = size->dh && p_len == size->bytes && p[0] & 0x80;
	set_functions(ctx, size, exact, g_len == 1 && g[0] == 2);
	return 0;
}

/* The kernel's decoder believes the length inside of the secret. */
static bool is_whole(const void *buf, unsigned int len)
{
	struct kpp_secret head;

	if (!buf || len < sizeof(head))
		return false;
	memcpy(&head, buf, sizeof(head));
	return head.len <= len;
}

static int dh_set_secret(struct crypto_kpp *tfm, const void *buf,
			 unsigned int len)
{
	struct dh_ctx *ctx = kpp_tfm_ctx(tfm);
	struct dh params;
	int err;

	clear_key(ctx);
	if (!is_whole(buf, len))
		return -EINVAL;
	err = crypto_kpp_set_secret(ctx->base.fallback, buf, len) ?:
	      crypto_dh_decode_key(buf, len, &params) ?:
	      prepare_key(ctx, &params);
	if (err)
		clear_key(ctx);
	return err;
}

static void dh_exit(struct crypto_kpp *tfm)
{
	clear_key(kpp_tfm_ctx(tfm));
	qatvf_kpp_exit(tfm);
}

static const struct qatvf_kpp_ops dh_ops = {
	.out_bytes = dh_out_bytes,
	.prepare = dh_prepare,
	.finish = dh_finish,
};

static struct qatvf_alg dh_algs[] = {
	{
		.type = QATVF_ALG_KPP,
		.service = QAT_SVC_ASYM,
		.capabilities = QAT_CAP_ASYM,
		.params = &dh_ops,
		.kpp = {
			.set_secret = dh_set_secret,
			.generate_public_key = qatvf_kpp_compute,
			.compute_shared_secret = qatvf_kpp_compute,
			.max_size = qatvf_kpp_max_size,
			.init = qatvf_kpp_init,
			.exit = dh_exit,
			.base = {
				.cra_name = "dh",
				.cra_driver_name = "qatvf-dh",
				.cra_flags = QATVF_PKE_ALG_FLAGS,
				.cra_ctxsize = sizeof(struct dh_ctx),
				.cra_module = THIS_MODULE,
			},
		},
	},
};

const struct qatvf_alg_table qatvf_dh = {
	.algs = dh_algs,
	.count = ARRAY_SIZE(dh_algs),
};

#else

const struct qatvf_alg_table qatvf_dh;

#endif /* QATVF_WITH_DH */
