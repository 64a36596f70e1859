// SPDX-License-Identifier: GPL-2.0
/*
 * Key agreement: the part between the crypto API and the single algorithms.
 *
 * Every key is given to the software transform first: what that refuses is
 * refused.  In FIPS mode software does everything, because the standard asks for
 * checks of each key pair and secret which the device does not make.
 */
#include <linux/fips.h>
#include <linux/module.h>

#include "compat.h"
#include "kpp.h"

static struct kpp_request *to_kpp(struct qatvf_kpp_req *kreq)
{
	return container_of((void *)kreq, struct kpp_request, __ctx);
}

static struct qatvf_kpp_req *to_kpp_req(struct qatvf_pke *pke)
{
	return container_of(pke, struct qatvf_kpp_req, pke);
}

static int soft_transform(struct kpp_request *req, struct qatvf_kpp_req *kreq)
{
	struct qatvf_kpp_ctx *ctx = qatvf_kpp_request_ctx(req);
	struct kpp_request *soft = &kreq->soft;
	DECLARE_CRYPTO_WAIT(wait);
	int ret;

	kpp_request_set_tfm(soft, ctx->fallback);
	kpp_request_set_callback(soft, CRYPTO_TFM_REQ_MAY_SLEEP |
				 CRYPTO_TFM_REQ_MAY_BACKLOG,
				 crypto_req_done, &wait);
	kpp_request_set_input(soft, req->src, req->src_len);
	kpp_request_set_output(soft, req->dst, kreq->out);
	if (kreq->shared)
		ret = crypto_kpp_compute_shared_secret(soft);
	else
		ret = crypto_kpp_generate_public_key(soft);
	return crypto_wait_req(ret, &wait);
}

static int kpp_soft(struct qatvf_pke *pke)
{
	struct qatvf_kpp_req *kreq = to_kpp_req(pke);
	struct kpp_request *req = to_kpp(kreq);
	struct qatvf_kpp_ctx *ctx = qatvf_kpp_request_ctx(req);
	int err = ctx->ops->soft ? ctx->ops->soft(req, kreq) :
				   soft_transform(req, kreq);

	if (!err)
		req->dst_len = kreq->out;
	return err;
}

static int kpp_finish(struct qatvf_pke *pke)
{
	struct qatvf_kpp_req *kreq = to_kpp_req(pke);
	struct kpp_request *req = to_kpp(kreq);
	struct qatvf_kpp_ctx *ctx = qatvf_kpp_request_ctx(req);
	int err = ctx->ops->finish(req, kreq);

	if (!err)
		req->dst_len = kreq->out;
	return err;
}

static void kpp_end(struct qatvf_pke *pke, int err)
{
	kpp_request_complete(to_kpp(to_kpp_req(pke)), err);
}

static const struct qatvf_pke_ops kpp_pke_ops = {
	.finish = kpp_finish,
	.soft = kpp_soft,
	.end = kpp_end,
};

/**
 * qatvf_kpp_compute() - generate_public_key() and compute_shared_secret()
 * @req: request; with a source it is the latter, as in the software algorithms
 *
 * Context: sleeps if the request allows it.
 * Return: -EINPROGRESS or -EBUSY as all asynchronous algorithms, or the outcome:
 * -EINVAL without a key or for a bad value of the peer; -EOVERFLOW if the
 * destination is too short, with the length it takes in dst_len.
 */
int qatvf_kpp_compute(struct kpp_request *req)
{
	struct qatvf_kpp_ctx *ctx = qatvf_kpp_request_ctx(req);
	struct qatvf_kpp_req *kreq = kpp_request_ctx(req);
	int err;

	kreq->shared = req->src;
	kreq->out = ctx->ops->out_bytes(ctx, kreq->shared);
	if (!kreq->out)
		return -EINVAL;
	if (req->dst_len < kreq->out) {
		req->dst_len = kreq->out;
		return -EOVERFLOW;
	}
	qatvf_pke_start(&kreq->pke, ctx->alg, &kpp_pke_ops);
	err = fips_enabled ? -EAGAIN : ctx->ops->prepare(req, kreq);
	if (err)
		qatvf_pke_drop(&kreq->pke);
	if (err && err != -EAGAIN)
		return err;
	return qatvf_pke_run(&kreq->pke, req->base.flags);
}

/**
 * qatvf_kpp_max_size() - room that any result needs
 * @tfm: transform
 *
 * Return: bytes, 0 without a key.
 */
unsigned int qatvf_kpp_max_size(struct crypto_kpp *tfm)
{
	struct qatvf_kpp_ctx *ctx = kpp_tfm_ctx(tfm);

	return ctx->ops->out_bytes(ctx, false);
}

static int alloc_fallback(struct crypto_kpp *tfm, struct qatvf_kpp_ctx *ctx)
{
	const char *name = crypto_tfm_alg_name(crypto_kpp_tfm(tfm));

	ctx->fallback = crypto_alloc_kpp(name, 0, QATVF_PKE_FALLBACK_MASK);
	if (IS_ERR(ctx->fallback)) {
		pr_err("qatvf: no software implementation of %s: error %ld\n",
		       name, PTR_ERR(ctx->fallback));
		return PTR_ERR(ctx->fallback);
	}
	return 0;
}

/**
 * qatvf_kpp_init() - a transform comes
 * @tfm: transform, its context zeroed
 *
 * Context: process context, sleeps.
 * Return: 0 or the errno of the software transform.
 */
int qatvf_kpp_init(struct crypto_kpp *tfm)
{
	struct qatvf_kpp_ctx *ctx = kpp_tfm_ctx(tfm);
	unsigned int reqsize = sizeof(struct qatvf_kpp_req);
	int err;

	ctx->alg = container_of(crypto_kpp_alg(tfm), struct qatvf_alg, kpp);
	ctx->ops = ctx->alg->params;
	if (!ctx->ops->soft) {
		err = alloc_fallback(tfm, ctx);
		if (err)
			return err;
		reqsize += crypto_kpp_reqsize(ctx->fallback);
	}
	kpp_set_reqsize(tfm, reqsize);
	return 0;
}

/**
 * qatvf_kpp_exit() - a transform goes
 * @tfm: transform; the crypto API wipes its context
 */
void qatvf_kpp_exit(struct crypto_kpp *tfm)
{
	struct qatvf_kpp_ctx *ctx = kpp_tfm_ctx(tfm);

	if (ctx->fallback)
		crypto_free_kpp(ctx->fallback);
}
