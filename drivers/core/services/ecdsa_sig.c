// SPDX-License-Identifier: GPL-2.0
/*
 * "ecdsa-nist-p256" and "ecdsa-nist-p384" of kernels with the sig interface: the
 * signature is two numbers in digits; the caller waits.
 */
#include <linux/completion.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "compat.h"
#include "ecdsa.h"

#ifdef QATVF_WITH_ECDSA_SIG

#include <crypto/internal/ecc.h>

/* Not asynchronous to its callers, who sleep meanwhile. */
#define ECDSA_SIG_FLAGS		(QATVF_PKE_ALG_FLAGS & ~CRYPTO_ALG_ASYNC)

/**
 * struct ecdsa_ctx - a transform
 * @alg: its row
 * @fallback: software transform with the same key
 * @key: the key
 */
struct ecdsa_ctx {
	const struct qatvf_alg *alg;
	struct crypto_sig *fallback;
	struct qatvf_ecdsa_key key;
};

/**
 * struct ecdsa_req - a signature under examination
 * @pke: of the service
 * @ctx: transform
 * @raw: the signature
 * @digest: what was signed
 * @digest_len: bytes of @digest
 * @done: there is an outcome
 * @err: the outcome
 */
struct ecdsa_req {
	struct qatvf_pke pke;
	struct ecdsa_ctx *ctx;
	const struct ecdsa_raw_sig *raw;
	const u8 *digest;
	unsigned int digest_len;
	struct completion done;
	int err;
};

static struct ecdsa_req *to_ecdsa_req(struct qatvf_pke *pke)
{
	return container_of(pke, struct ecdsa_req, pke);
}

static int ecdsa_soft(struct qatvf_pke *pke)
{
	struct ecdsa_req *ereq = to_ecdsa_req(pke);

	return crypto_sig_verify(ereq->ctx->fallback, ereq->raw,
				 sizeof(*ereq->raw), ereq->digest,
				 ereq->digest_len);
}

static void ecdsa_end(struct qatvf_pke *pke, int err)
{
	struct ecdsa_req *ereq = to_ecdsa_req(pke);

	if (err == -EINPROGRESS)
		return;
	ereq->err = err;
	complete(&ereq->done);
}

static const struct qatvf_pke_ops ecdsa_ops = {
	.refused = -EKEYREJECTED,
	.finish = qatvf_ecdsa_finish,
	.soft = ecdsa_soft,
	.end = ecdsa_end,
};

static void prepare(struct ecdsa_req *ereq, u32 flags)
{
	const struct qatvf_curve *curve = ereq->ctx->key.curve;
	unsigned int ndigits = curve->bytes / sizeof(u64);
	struct qatvf_ecdsa_sig sig;

	qatvf_curve_number(sig.r, curve->bytes, ereq->raw->r, ndigits);
	qatvf_curve_number(sig.s, curve->bytes, ereq->raw->s, ndigits);
	qatvf_ecdsa_prepare(&ereq->pke, &ereq->ctx->key, &sig, ereq->digest,
			    ereq->digest_len, flags);
}

static int run(struct ecdsa_req *ereq)
{
	u32 flags = CRYPTO_TFM_REQ_MAY_SLEEP | CRYPTO_TFM_REQ_MAY_BACKLOG;
	int ret;

	init_completion(&ereq->done);
	qatvf_pke_start(&ereq->pke, ereq->ctx->alg, &ecdsa_ops);
	prepare(ereq, flags);
	ret = qatvf_pke_run(&ereq->pke, flags);
	if (ret != -EINPROGRESS && ret != -EBUSY)
		return ret;
	/* Bounded: a device that dies gives back what it has. */
	wait_for_completion(&ereq->done);
	return ereq->err;
}

static int ecdsa_verify(struct crypto_sig *tfm, const void *src,
			unsigned int slen, const void *digest,
			unsigned int dlen)
{
	struct ecdsa_req *ereq;
	int err;

	if (slen != sizeof(struct ecdsa_raw_sig))
		return -EINVAL;
	ereq = kzalloc(sizeof(*ereq), GFP_KERNEL);
	if (!ereq)
		return -ENOMEM;
	ereq->ctx = crypto_sig_ctx(tfm);
	ereq->raw = src;
	ereq->digest = digest;
	ereq->digest_len = dlen;
	err = run(ereq);
	kfree(ereq);
	return err;
}

static int ecdsa_set_pub_key(struct crypto_sig *tfm, const void *key,
			     unsigned int keylen)
{
	struct ecdsa_ctx *ctx = crypto_sig_ctx(tfm);
	int err;

	ctx->key.usable = false;
	err = crypto_sig_set_pubkey(ctx->fallback, key, keylen);
	if (!err)
		qatvf_ecdsa_set_key(&ctx->key, key, keylen);
	return err;
}

static unsigned int ecdsa_key_size(struct crypto_sig *tfm)
{
	struct ecdsa_ctx *ctx = crypto_sig_ctx(tfm);

	return crypto_sig_keysize(ctx->fallback);
}

static unsigned int ecdsa_digest_size(struct crypto_sig *tfm)
{
	struct ecdsa_ctx *ctx = crypto_sig_ctx(tfm);

	return crypto_sig_digestsize(ctx->fallback);
}

static unsigned int ecdsa_max_size(struct crypto_sig *tfm)
{
	struct ecdsa_ctx *ctx = crypto_sig_ctx(tfm);

	return crypto_sig_maxsize(ctx->fallback);
}

static int ecdsa_init(struct crypto_sig *tfm)
{
	struct ecdsa_ctx *ctx = crypto_sig_ctx(tfm);
	const char *name = crypto_tfm_alg_name(crypto_sig_tfm(tfm));

	ctx->alg = container_of(crypto_sig_alg(tfm), struct qatvf_alg, sig);
	ctx->key.curve = ctx->alg->params;
	ctx->fallback = crypto_alloc_sig(name, 0, QATVF_PKE_FALLBACK_MASK);
	if (IS_ERR(ctx->fallback)) {
		pr_err("qatvf: no software implementation of %s: error %ld\n",
		       name, PTR_ERR(ctx->fallback));
		return PTR_ERR(ctx->fallback);
	}
	return 0;
}

static void ecdsa_exit(struct crypto_sig *tfm)
{
	struct ecdsa_ctx *ctx = crypto_sig_ctx(tfm);

	crypto_free_sig(ctx->fallback);
}

#define ECDSA_ALG(_curve, _name)					\
	{								\
		.type = QATVF_ALG_SIG,					\
		.service = QAT_SVC_ASYM,				\
		.capabilities = QAT_CAP_ASYM,				\
		.params = _curve,					\
		.sig = {						\
			.verify = ecdsa_verify,				\
			.set_pub_key = ecdsa_set_pub_key,		\
			.key_size = ecdsa_key_size,			\
			.digest_size = ecdsa_digest_size,		\
			.max_size = ecdsa_max_size,			\
			.init = ecdsa_init,				\
			.exit = ecdsa_exit,				\
			.base = {					\
				.cra_name = _name,			\
				.cra_driver_name = "qatvf-" _name,	\
				.cra_flags = ECDSA_SIG_FLAGS,		\
				.cra_ctxsize = sizeof(struct ecdsa_ctx),\
				.cra_module = THIS_MODULE,		\
			},						\
		},							\
	}

static struct qatvf_alg ecdsa_algs[] = {
	ECDSA_ALG(&qatvf_p256, "ecdsa-nist-p256"),
	ECDSA_ALG(&qatvf_p384, "ecdsa-nist-p384"),
};

const struct qatvf_alg_table qatvf_ecdsa = {
	.algs = ecdsa_algs,
	.count = ARRAY_SIZE(ecdsa_algs),
};

#endif /* QATVF_WITH_ECDSA_SIG */
