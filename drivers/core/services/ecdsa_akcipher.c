// SPDX-License-Identifier: GPL-2.0
/*
 * "ecdsa-nist-p256" and "ecdsa-nist-p384" of kernels where signatures are checked
 * through akcipher: source is the signature, DER as in X.509, and behind it the
 * digest; there is no destination.
 */
#include <linux/module.h>

#include "compat.h"
#include "ecdsa.h"
#include "number.h"

#ifdef QATVF_WITH_ECDSA_AKCIPHER

#include <crypto/internal/akcipher.h>

#define DER_SEQUENCE		0x30
#define DER_INTEGER		0x02
/* Two numbers of P-384 with their heads, and the head of both. */
#define SIG_MAX_BYTES		(2 + 2 * (2 + 1 + QATVF_CURVE_MAX_BYTES))
/* SHA-512 is the longest digest there is. */
#define DIGEST_MAX_BYTES	64

/**
 * struct ecdsa_ctx - a transform
 * @alg: its row
 * @fallback: software transform with the same key
 * @key: the key
 */
struct ecdsa_ctx {
	const struct qatvf_alg *alg;
	struct crypto_akcipher *fallback;
	struct qatvf_ecdsa_key key;
};

/**
 * struct ecdsa_req - a request
 * @pke: of the service
 * @soft: request of the software transform, with its context behind it
 */
struct ecdsa_req {
	struct qatvf_pke pke;
	struct akcipher_request soft;	/* last */
};

static struct akcipher_request *to_akcipher(struct qatvf_pke *pke)
{
	struct ecdsa_req *ereq = container_of(pke, struct ecdsa_req, pke);

	return container_of((void *)ereq, struct akcipher_request, __ctx);
}

static int ecdsa_soft(struct qatvf_pke *pke)
{
	struct akcipher_request *req = to_akcipher(pke);
	struct ecdsa_ctx *ctx = akcipher_tfm_ctx(crypto_akcipher_reqtfm(req));
	struct ecdsa_req *ereq = akcipher_request_ctx(req);
	DECLARE_CRYPTO_WAIT(wait);

	akcipher_request_set_tfm(&ereq->soft, ctx->fallback);
	akcipher_request_set_callback(&ereq->soft, CRYPTO_TFM_REQ_MAY_SLEEP |
				      CRYPTO_TFM_REQ_MAY_BACKLOG,
				      crypto_req_done, &wait);
	akcipher_request_set_crypt(&ereq->soft, req->src, NULL, req->src_len,
				   req->dst_len);
	return crypto_wait_req(crypto_akcipher_verify(&ereq->soft), &wait);
}

static void ecdsa_end(struct qatvf_pke *pke, int err)
{
	akcipher_request_complete(to_akcipher(pke), err);
}

static const struct qatvf_pke_ops ecdsa_ops = {
	.refused = -EKEYREJECTED,
	.finish = qatvf_ecdsa_finish,
	.soft = ecdsa_soft,
	.end = ecdsa_end,
};

/*
 * An element with a length of one byte; moves *@data and *@len to its content and
 * returns what follows, or NULL if there is no such element.
 */
static const u8 *element(u8 tag, const u8 **data, unsigned int *len)
{
	const u8 *in = *data;

	if (*len < 2 || in[0] != tag || in[1] & 0x80 || in[1] > *len - 2)
		return NULL;
	*data = in + 2;
	*len = in[1];
	return *data + *len;
}

/* A positive integer that fits. */
static const u8 *integer(u8 *number, unsigned int bytes, const u8 *in,
			 const u8 *end)
{
	unsigned int len = end - in;
	const u8 *next = element(DER_INTEGER, &in, &len);

	if (!next || !len || in[0] & 0x80)
		return NULL;
	qatvf_number_strip(&in, &len);
	if (len > bytes)
		return NULL;
	qatvf_number_set(number, bytes, in, len);
	return next;
}

/*
 * False for whatever is not plain DER: software has the say over it.  What stands
 * behind the sequence does not count: the kernel's keyrings hand over signatures
 * with as many bytes as the longest may have.
 */
static bool parse(struct qatvf_ecdsa_sig *sig, unsigned int bytes,
		  const u8 *data, unsigned int len)
{
	const u8 *end = element(DER_SEQUENCE, &data, &len);

	if (!end)
		return false;
	data = integer(sig->r, bytes, data, end);
	if (!data)
		return false;
	return integer(sig->s, bytes, data, end) == end;
}

static void prepare(struct akcipher_request *req, struct ecdsa_req *ereq,
		    const struct ecdsa_ctx *ctx)
{
	u8 source[SIG_MAX_BYTES + DIGEST_MAX_BYTES];
	struct qatvf_ecdsa_sig sig;

	if (req->src_len > SIG_MAX_BYTES || req->dst_len > DIGEST_MAX_BYTES ||
	    qatvf_number_gather(source, req->src_len + req->dst_len, req->src,
				req->src_len + req->dst_len) ||
	    !parse(&sig, ctx->key.curve->bytes, source, req->src_len))
		return;
	qatvf_ecdsa_prepare(&ereq->pke, &ctx->key, &sig, source + req->src_len,
			    req->dst_len, req->base.flags);
}

static int ecdsa_verify(struct akcipher_request *req)
{
	struct ecdsa_ctx *ctx = akcipher_tfm_ctx(crypto_akcipher_reqtfm(req));
	struct ecdsa_req *ereq = akcipher_request_ctx(req);

	qatvf_pke_start(&ereq->pke, ctx->alg, &ecdsa_ops);
	prepare(req, ereq, ctx);
	return qatvf_pke_run(&ereq->pke, req->base.flags);
}

static int ecdsa_set_pub_key(struct crypto_akcipher *tfm, const void *key,
			     unsigned int keylen)
{
	struct ecdsa_ctx *ctx = akcipher_tfm_ctx(tfm);
	int err;

	ctx->key.usable = false;
	err = crypto_akcipher_set_pub_key(ctx->fallback, key, keylen);
	if (!err)
		qatvf_ecdsa_set_key(&ctx->key, key, keylen);
	return err;
}

static unsigned int ecdsa_max_size(struct crypto_akcipher *tfm)
{
	struct ecdsa_ctx *ctx = akcipher_tfm_ctx(tfm);

	return crypto_akcipher_maxsize(ctx->fallback);
}

static int ecdsa_init(struct crypto_akcipher *tfm)
{
	struct ecdsa_ctx *ctx = akcipher_tfm_ctx(tfm);
	const char *name = crypto_tfm_alg_name(crypto_akcipher_tfm(tfm));

	ctx->alg = container_of(crypto_akcipher_alg(tfm), struct qatvf_alg,
				akcipher);
	ctx->key.curve = ctx->alg->params;
	ctx->fallback = crypto_alloc_akcipher(name, 0, QATVF_PKE_FALLBACK_MASK);
	if (IS_ERR(ctx->fallback)) {
		pr_err("qatvf: no software implementation of %s: error %ld\n",
		       name, PTR_ERR(ctx->fallback));
		return PTR_ERR(ctx->fallback);
	}
	akcipher_set_reqsize(tfm, sizeof(struct ecdsa_req) +
			     crypto_akcipher_reqsize(ctx->fallback));
	return 0;
}

static void ecdsa_exit(struct crypto_akcipher *tfm)
{
	struct ecdsa_ctx *ctx = akcipher_tfm_ctx(tfm);

	crypto_free_akcipher(ctx->fallback);
}

#define ECDSA_ALG(_curve, _name)					\
	{								\
		.type = QATVF_ALG_AKCIPHER,				\
		.service = QAT_SVC_ASYM,				\
		.capabilities = QAT_CAP_ASYM,				\
		.params = _curve,					\
		.akcipher = {						\
			.verify = ecdsa_verify,				\
			.set_pub_key = ecdsa_set_pub_key,		\
			.max_size = ecdsa_max_size,			\
			.init = ecdsa_init,				\
			.exit = ecdsa_exit,				\
			.base = {					\
				.cra_name = _name,			\
				.cra_driver_name = "qatvf-" _name,	\
				.cra_flags = QATVF_PKE_ALG_FLAGS,	\
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

#endif /* QATVF_WITH_ECDSA_AKCIPHER */
