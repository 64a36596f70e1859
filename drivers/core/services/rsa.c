// SPDX-License-Identifier: GPL-2.0
/*
 * Raw RSA, "rsa", under the kernel's padding templates.
 *
 * Keys are given to the software transform first: what that refuses is refused,
 * so sizes and FIPS rules are the kernel's.  Private keys whose factors have
 * exactly half the size use them, others the private exponent.  Messages that are
 * not in 2 to n - 2 are left to software, whose rules for them differ by kernel.
 *
 * Facts: reference 07 sections 8.1, 9 and 14.
 */
#include <crypto/internal/akcipher.h>
#include <crypto/internal/rsa.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "compat.h"
#include "number.h"
#include "pke.h"

#ifdef QATVF_WITH_RSA

/**
 * struct rsa_size - functions for a size
 * @bytes: of the modulus, rounded up to quad words
 * @ep: with the public exponent
 * @dp1: with the private exponent
 * @dp2: with the factors
 */
struct rsa_size {
	u16 bytes;
	u32 ep;
	u32 dp1;
	u32 dp2;
};

/**
 * struct rsa_op - one direction
 * @fn: function, id 0: software
 * @key: its operands after the message, one behind the other
 * @key_bytes: of them
 */
struct rsa_op {
	struct qatvf_pke_function fn;
	u8 *key;
	unsigned int key_bytes;
};

/**
 * struct rsa_ctx - a transform
 * @alg: its row
 * @fallback: software transform with the same key
 * @bytes: of the modulus as software counts them, 0 without a key
 * @n: modulus at that size, if the device can take it
 * @encrypt: public operation
 * @decrypt: private operation
 */
struct rsa_ctx {
	const struct qatvf_alg *alg;
	struct crypto_akcipher *fallback;
	unsigned int bytes;
	u8 *n;
	struct rsa_op encrypt;
	struct rsa_op decrypt;
};

/**
 * struct rsa_req - a request
 * @pke: of the service
 * @private: direction
 * @bytes: of the result
 * @soft: request of the software transform, with its context behind it
 */
struct rsa_req {
	struct qatvf_pke pke;
	bool private;
	unsigned int bytes;
	struct akcipher_request soft;	/* last */
};

#define RSA_SIZE(bits) \
	{ (bits) / 8, PKE_RSA_EP_##bits, PKE_RSA_DP1_##bits, PKE_RSA_DP2_##bits }

static const struct rsa_size rsa_sizes[] = {
	RSA_SIZE(512),
	RSA_SIZE(1024),
	RSA_SIZE(1536),
	RSA_SIZE(2048),
	RSA_SIZE(3072),
	RSA_SIZE(4096),
	RSA_SIZE(8192),
};

static const struct rsa_size *size_for(unsigned int bytes)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rsa_sizes); i++)
		if (bytes == rsa_sizes[i].bytes)
			return &rsa_sizes[i];
	return NULL;
}

static struct akcipher_request *to_akcipher(struct qatvf_pke *pke)
{
	struct rsa_req *rreq = container_of(pke, struct rsa_req, pke);

	return container_of((void *)rreq, struct akcipher_request, __ctx);
}

static int rsa_soft(struct qatvf_pke *pke)
{
	struct akcipher_request *req = to_akcipher(pke);
	struct rsa_ctx *ctx = akcipher_tfm_ctx(crypto_akcipher_reqtfm(req));
	struct rsa_req *rreq = akcipher_request_ctx(req);
	struct akcipher_request *soft = &rreq->soft;
	DECLARE_CRYPTO_WAIT(wait);
	int ret;

	akcipher_request_set_tfm(soft, ctx->fallback);
	akcipher_request_set_callback(soft, CRYPTO_TFM_REQ_MAY_SLEEP |
				      CRYPTO_TFM_REQ_MAY_BACKLOG,
				      crypto_req_done, &wait);
	akcipher_request_set_crypt(soft, req->src, req->dst, req->src_len,
				   rreq->bytes);
	if (rreq->private)
		ret = crypto_akcipher_decrypt(soft);
	else
		ret = crypto_akcipher_encrypt(soft);
	ret = crypto_wait_req(ret, &wait);
	if (!ret)
		req->dst_len = rreq->bytes;
	return ret;
}

static int rsa_finish(struct qatvf_pke *pke)
{
	struct akcipher_request *req = to_akcipher(pke);
	struct rsa_req *rreq = akcipher_request_ctx(req);

	req->dst_len = rreq->bytes;
	return qatvf_number_scatter(qatvf_pke_operand(pke, pke->fn.inputs),
				    rreq->bytes, req->dst);
}

static void rsa_end(struct qatvf_pke *pke, int err)
{
	akcipher_request_complete(to_akcipher(pke), err);
}

static const struct qatvf_pke_ops rsa_ops = {
	.finish = rsa_finish,
	.soft = rsa_soft,
	.end = rsa_end,
};

/* Operands for the device, or none: software. */
static void prepare(struct akcipher_request *req, struct rsa_req *rreq,
		    const struct rsa_ctx *ctx, const struct rsa_op *op)
{
	struct qatvf_pke *pke = &rreq->pke;
	u8 *message;

	if (!op->fn.id || qatvf_pke_alloc(pke, &op->fn, req->base.flags))
		return;
	message = qatvf_pke_operand(pke, 0);
	if (qatvf_number_gather(message, ctx->bytes, req->src, req->src_len) ||
	    !qatvf_number_inner(message, ctx->n, ctx->bytes))
		qatvf_pke_drop(pke);
	else
		memcpy(qatvf_pke_operand(pke, 1), op->key, op->key_bytes);
}

static int rsa_crypt(struct akcipher_request *req, bool private)
{
	struct rsa_ctx *ctx = akcipher_tfm_ctx(crypto_akcipher_reqtfm(req));
	struct rsa_req *rreq = akcipher_request_ctx(req);

	if (!ctx->bytes)
		return -EINVAL;
	if (req->dst_len < ctx->bytes) {
		req->dst_len = ctx->bytes;
		return -EOVERFLOW;
	}
	rreq->private = private;
	rreq->bytes = ctx->bytes;
	qatvf_pke_start(&rreq->pke, ctx->alg, &rsa_ops);
	prepare(req, rreq, ctx, private ? &ctx->decrypt : &ctx->encrypt);
	return qatvf_pke_run(&rreq->pke, req->base.flags);
}

static int rsa_encrypt(struct akcipher_request *req)
{
	return rsa_crypt(req, false);
}

static int rsa_decrypt(struct akcipher_request *req)
{
	return rsa_crypt(req, true);
}

static void clear_op(struct rsa_op *op)
{
	kfree_sensitive(op->key);
	memset(op, 0, sizeof(*op));
}

static void clear_key(struct rsa_ctx *ctx)
{
	clear_op(&ctx->encrypt);
	clear_op(&ctx->decrypt);
	kfree(ctx->n);
	ctx->n = NULL;
	ctx->bytes = 0;
}

/**
 * struct part - a number of a key
 * @data: big endian, without leading zeros
 * @len: bytes, 0 if it is 0
 */
struct part {
	const u8 *data;
	unsigned int len;
};

static struct part part(const u8 *data, size_t len)
{
	struct part part = { data, len };

	qatvf_number_strip(&part.data, &part.len);
	return part;
}

/* @count numbers of @bytes each follow the message; they are known to fit. */
static int set_op(struct rsa_op *op, u32 id, unsigned int message_bytes,
		  const struct part *parts, unsigned int count,
		  unsigned int bytes)
{
	unsigned int i;

	op->key_bytes = count * bytes;
	op->key = kmalloc(op->key_bytes, GFP_KERNEL);
	if (!op->key)
		return -ENOMEM;
	op->fn.id = id;
	op->fn.inputs = 1 + count;
	op->fn.outputs = 1;
	op->fn.bytes[0] = message_bytes;
	op->fn.bytes[op->fn.inputs] = message_bytes;
	for (i = 0; i < count; i++) {
		op->fn.bytes[1 + i] = bytes;
		qatvf_number_set(op->key + i * bytes, bytes, parts[i].data,
				 parts[i].len);
	}
	return 0;
}

static bool fit(const struct part *parts, unsigned int count,
		unsigned int bytes)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (!parts[i].len || parts[i].len > bytes)
			return false;
	return true;
}

static bool fills(const struct part *part, unsigned int bytes)
{
	return part->len == bytes && part->data[0] & 0x80;
}

static int set_public(struct rsa_ctx *ctx, const struct rsa_size *size,
		      const struct rsa_key *key)
{
	struct part parts[] = {
		part(key->e, key->e_sz), part(key->n, key->n_sz),
	};

	/* The function wants e >= 3. */
	if (!fit(parts, ARRAY_SIZE(parts), size->bytes) ||
	    (parts[0].len == 1 && parts[0].data[0] < 3))
		return 0;
	return set_op(&ctx->encrypt, size->ep, size->bytes, parts,
		      ARRAY_SIZE(parts), size->bytes);
}

static int set_private(struct rsa_ctx *ctx, const struct rsa_size *size,
		       const struct rsa_key *key)
{
	struct part factors[] = {
		part(key->p, key->p_sz), part(key->q, key->q_sz),
		part(key->dp, key->dp_sz), part(key->dq, key->dq_sz),
		part(key->qinv, key->qinv_sz),
	};
	struct part plain[] = {
		part(key->d, key->d_sz), part(key->n, key->n_sz),
	};
	unsigned int half = size->bytes / 2;

	if (fit(factors, ARRAY_SIZE(factors), half) &&
	    fills(&factors[0], half) && fills(&factors[1], half))
		return set_op(&ctx->decrypt, size->dp2, size->bytes, factors,
			      ARRAY_SIZE(factors), half);
	if (!fit(plain, ARRAY_SIZE(plain), size->bytes))
		return 0;
	return set_op(&ctx->decrypt, size->dp1, size->bytes, plain,
		      ARRAY_SIZE(plain), size->bytes);
}

static int take_key(struct rsa_ctx *ctx, const struct rsa_key *key)
{
	struct part n = part(key->n, key->n_sz);
	const struct rsa_size *size;

	ctx->bytes = crypto_akcipher_maxsize(ctx->fallback);
	size = size_for(ctx->bytes);
	if (!size || !fit(&n, 1, size->bytes) || !(n.data[n.len - 1] & 1))
		return 0;
	ctx->n = kmalloc(size->bytes, GFP_KERNEL);
	if (!ctx->n)
		return -ENOMEM;
	qatvf_number_set(ctx->n, size->bytes, n.data, n.len);
	return set_public(ctx, size, key) ?:
	       (key->d ? set_private(ctx, size, key) : 0);
}

static int rsa_set_pub_key(struct crypto_akcipher *tfm, const void *key,
			   unsigned int keylen)
{
	struct rsa_ctx *ctx = akcipher_tfm_ctx(tfm);
	struct rsa_key parsed = { };
	int err;

	clear_key(ctx);
	err = crypto_akcipher_set_pub_key(ctx->fallback, key, keylen) ?:
	      rsa_parse_pub_key(&parsed, key, keylen) ?:
	      take_key(ctx, &parsed);
	if (err)
		clear_key(ctx);
	return err;
}

static int rsa_set_priv_key(struct crypto_akcipher *tfm, const void *key,
			    unsigned int keylen)
{
	struct rsa_ctx *ctx = akcipher_tfm_ctx(tfm);
	struct rsa_key parsed = { };
	int err;

	clear_key(ctx);
	err = crypto_akcipher_set_priv_key(ctx->fallback, key, keylen) ?:
	      rsa_parse_priv_key(&parsed, key, keylen) ?:
	      take_key(ctx, &parsed);
	if (err)
		clear_key(ctx);
	return err;
}

static unsigned int rsa_max_size(struct crypto_akcipher *tfm)
{
	struct rsa_ctx *ctx = akcipher_tfm_ctx(tfm);

	return ctx->bytes;
}

static int rsa_init(struct crypto_akcipher *tfm)
{
	struct rsa_ctx *ctx = akcipher_tfm_ctx(tfm);

	ctx->alg = container_of(crypto_akcipher_alg(tfm), struct qatvf_alg,
				akcipher);
	ctx->fallback = crypto_alloc_akcipher("rsa", 0,
					      QATVF_PKE_FALLBACK_MASK);
	if (IS_ERR(ctx->fallback)) {
		pr_err("qatvf: no software implementation of rsa: error %ld\n",
		       PTR_ERR(ctx->fallback));
		return PTR_ERR(ctx->fallback);
	}
	akcipher_set_reqsize(tfm, sizeof(struct rsa_req) +
			     crypto_akcipher_reqsize(ctx->fallback));
	return 0;
}

static void rsa_exit(struct crypto_akcipher *tfm)
{
	struct rsa_ctx *ctx = akcipher_tfm_ctx(tfm);

	clear_key(ctx);
	crypto_free_akcipher(ctx->fallback);
}

static struct qatvf_alg rsa_algs[] = {
	{
		.type = QATVF_ALG_AKCIPHER,
		.service = QAT_SVC_ASYM,
		.capabilities = QAT_CAP_ASYM,
		.akcipher = {
			.encrypt = rsa_encrypt,
			.decrypt = rsa_decrypt,
			.set_pub_key = rsa_set_pub_key,
			.set_priv_key = rsa_set_priv_key,
			.max_size = rsa_max_size,
			.init = rsa_init,
			.exit = rsa_exit,
			.base = {
				.cra_name = "rsa",
				.cra_driver_name = "qatvf-rsa",
				.cra_flags = QATVF_PKE_ALG_FLAGS,
				.cra_ctxsize = sizeof(struct rsa_ctx),
				.cra_module = THIS_MODULE,
			},
		},
	},
};

const struct qatvf_alg_table qatvf_rsa = {
	.algs = rsa_algs,
	.count = ARRAY_SIZE(rsa_algs),
};

#else

const struct qatvf_alg_table qatvf_rsa;

#endif /* QATVF_WITH_RSA */
