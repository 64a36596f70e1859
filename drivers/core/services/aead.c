// SPDX-License-Identifier: GPL-2.0
/*
 * AEADs: the transform and the life of a request, for every kind of them.
 *
 * As in skcipher.c a transform owns its keys, as parts of content descriptors in
 * ordinary memory, and a software transform for everything the hardware cannot
 * take, and nothing of any device.  Requests that make no sense go to software,
 * too: so callers get the errors they know.
 *
 * Tags are compared by the device, or by the software transform: never here.
 * Whatever else will have to compare secrets uses crypto_memneq().
 *
 * Facts: reference 05 sections 2, 5, 6.
 */
#include <linux/module.h>
#include <linux/rcupdate.h>

#include "../provider.h"
#include "../ring_pair.h"
#include "aead.h"
#include "compat.h"

/* Software: may complete the request itself, later, by calling @done. */
static int crypt_soft(struct aead_request *areq, bool encrypt, u32 flags,
		      crypto_completion_t done, void *data)
{
	const struct qatvf_aead_ctx *ctx = qatvf_aead_request_ctx(areq);
	struct qatvf_aead_req *r = aead_request_ctx(areq);

	qatvf_count_soft(ctx->alg);
	aead_request_set_tfm(&r->soft, ctx->fallback);
	aead_request_set_callback(&r->soft, flags, done, data);
	aead_request_set_ad(&r->soft, areq->assoclen);
	aead_request_set_crypt(&r->soft, areq->src, areq->dst, areq->cryptlen,
			       areq->iv);
	return encrypt ? crypto_aead_encrypt(&r->soft) :
			 crypto_aead_decrypt(&r->soft);
}

/* The caller knows since long that its request has been started. */
static void rescued(void *data, int err)
{
	if (err != -EINPROGRESS)
		aead_request_complete(data, err);
}

QATVF_COMPLETION(rescue_done, rescued)

/*
 * The device left with the request: software does it, unless the device may
 * have overwritten part of the only copy of the data, or software has another key.
 */
static int rescue(struct aead_request *areq, struct qatvf_aead_req *r, int err)
{
	const struct qatvf_aead_ctx *ctx = qatvf_aead_request_ctx(areq);
	u32 flags = areq->base.flags & ~CRYPTO_TFM_REQ_MAY_SLEEP;

	if (r->key_nr != READ_ONCE(ctx->key_nr))
		return -EIO;
	if (err == -ETIMEDOUT && qatvf_buffers_shared(&r->buf))
		return -EIO;
	/* The caller was told to wait: refusing is no longer possible. */
	return crypt_soft(areq, r->encrypt, flags | CRYPTO_TFM_REQ_MAY_BACKLOG,
			  rescue_done, areq);
}

/**
 * qatvf_aead_wait() - wait() of every kind
 * @req: request
 *
 * Context: under the ring pair's lock, see struct qatvf_request_ops.
 */
void qatvf_aead_wait(struct qatvf_request *req)
{
	struct qatvf_aead_req *r = qatvf_to_aead_req(req);

	r->kept_cipher = *r->cipher;
	r->cipher = &r->kept_cipher;
	if (!r->hmac)
		return;
	r->kept_hmac = *r->hmac;
	r->hmac = &r->kept_hmac;
}

static void forget_kept(struct qatvf_aead_req *r)
{
	if (r->cipher != &r->kept_cipher)
		return;
	memzero_explicit(&r->kept_cipher, sizeof(r->kept_cipher));
	if (r->hmac)
		memzero_explicit(&r->kept_hmac, sizeof(r->kept_hmac));
}

/**
 * qatvf_aead_complete() - complete() of every kind
 * @req: request
 * @err: see struct qatvf_request_ops
 *
 * A wrong tag, and nothing else, is -EBADMSG.
 */
void qatvf_aead_complete(struct qatvf_request *req, int err)
{
	struct qatvf_aead_req *r = qatvf_to_aead_req(req);
	struct aead_request *areq = qatvf_to_aead(r);

	qatvf_buffers_unmap(&r->buf);
	forget_kept(r);
	if (err == -ECANCELED || err == -ETIMEDOUT)
		err = rescue(areq, r, err);
	else if (err && (err != -EBADMSG || r->encrypt))
		err = -EIO;
	if (err != -EINPROGRESS && err != -EBUSY)
		aead_request_complete(areq, err);
}

/**
 * qatvf_aead_started() - started() of every kind
 * @req: request
 */
void qatvf_aead_started(struct qatvf_request *req)
{
	aead_request_complete(qatvf_to_aead(qatvf_to_aead_req(req)),
			      -EINPROGRESS);
}

/**
 * qatvf_aead_fill() - begin a message: what does not depend on the kind
 * @r: request
 * @msg: zeroed and filled, but for command, flags and what concerns AAD and hash
 * @mem: memory of its slot; the descriptor is left to the caller
 * @mem_dma: where the device sees that
 *
 * Context: under the ring pair's lock, see struct qatvf_request_ops.
 */
void qatvf_aead_fill(struct qatvf_aead_req *r, struct la_req *msg,
		     struct qatvf_slot_mem *mem, dma_addr_t mem_dma)
{
	memset(msg, 0, sizeof(*msg));
	msg->service = QAT_FW_SERVICE_LA;
	msg->valid = QAT_FW_VALID;
	msg->cd_addr = cpu_to_le64(mem_dma + offsetof(struct qatvf_slot_mem, cd));
	msg->cipher_len = cpu_to_le32(r->text_len);
	memcpy(msg->iv, r->iv, sizeof(msg->iv));
	msg->cipher_state_qw = sizeof(msg->iv) / 8;
	qatvf_buffers_fill(&r->buf, msg, mem, mem_dma);
}

/* Returns what submitting returned, or another error: software's turn. */
static int crypt_hard(struct aead_request *areq, struct qatvf_aead_req *r)
{
	const struct qatvf_aead_ctx *ctx = qatvf_aead_request_ctx(areq);
	u32 needed = ctx->alg->capabilities;
	struct qatvf_ring_pair *rp;
	int ret = -ENODEV;

	rcu_read_lock();
	rp = qatvf_provider_get(QAT_SVC_SYM);
	if (!rp || (rp->capabilities & needed) != needed)
		goto out;
	ret = -EINVAL;
	r->key_nr = ctx->key_nr;
	if (!ctx->kind->prepare(areq, r))
		goto out;
	ret = qatvf_buffers_map(&r->buf, rp->dev);
	if (ret)
		goto out;
	r->req.ops = &ctx->kind->ops;
	r->req.bytes = r->buf.src_len;
	ret = qatvf_ring_pair_submit(rp, &r->req, areq->base.flags &
				     CRYPTO_TFM_REQ_MAY_BACKLOG);
	if (ret == -ENOSPC)
		qatvf_buffers_unmap(&r->buf);
out:
	rcu_read_unlock();
	return ret;
}

/* The tag stands behind the text: in the source to decrypt, else in the result. */
static void describe(struct aead_request *areq, struct qatvf_aead_req *r,
		     bool encrypt)
{
	r->tag_len = crypto_aead_authsize(crypto_aead_reqtfm(areq));
	r->encrypt = encrypt;
	r->text_len = areq->cryptlen - (encrypt ? 0 : r->tag_len);
	r->buf.src = areq->src;
	r->buf.dst = areq->dst;
	r->buf.src_len = areq->cryptlen;
	r->buf.dst_len = r->text_len + (encrypt ? r->tag_len : 0);
}

static int crypt(struct aead_request *areq, bool encrypt)
{
	const struct qatvf_aead_ctx *ctx = qatvf_aead_request_ctx(areq);
	struct qatvf_aead_req *r = aead_request_ctx(areq);
	const struct qatvf_alg *alg = ctx->alg;
	int ret;

	describe(areq, r, encrypt);
	if (qatvf_offload_wanted(alg, r->text_len)) {
		ret = crypt_hard(areq, r);
		if (ret == -EINPROGRESS || ret == -EBUSY) {
			qatvf_count_hard(alg);
			return ret;
		}
	}
	return crypt_soft(areq, encrypt, areq->base.flags, areq->base.complete,
			  areq->base.data);
}

/**
 * qatvf_aead_encrypt() - encrypt() of every row
 * @areq: request
 *
 * Context: any but hard interrupt; does not sleep, unless software may and does.
 * Return: -EINPROGRESS, -EBUSY, or what software returns.
 */
int qatvf_aead_encrypt(struct aead_request *areq)
{
	return crypt(areq, true);
}

/**
 * qatvf_aead_decrypt() - decrypt() of every row
 * @areq: request; the crypto API has seen to it that it is as long as a tag
 *
 * Context: any but hard interrupt; does not sleep, unless software may and does.
 * Return: -EINPROGRESS, -EBUSY, or what software returns.
 */
int qatvf_aead_decrypt(struct aead_request *areq)
{
	return crypt(areq, false);
}

/**
 * qatvf_aead_set_tag_len() - setauthsize() of every row
 * @tfm: transform
 * @tag_len: bytes
 *
 * The software transform knows which lengths there are; the device is told with
 * each request.
 *
 * Return: 0 or -EINVAL.
 */
int qatvf_aead_set_tag_len(struct crypto_aead *tfm, unsigned int tag_len)
{
	struct qatvf_aead_ctx *ctx = crypto_aead_ctx(tfm);

	return crypto_aead_setauthsize(ctx->fallback, tag_len);
}

/**
 * qatvf_aead_set_fallback_key() - give the key to the software transform
 * @tfm: transform
 * @key: as the user gave it
 * @keylen: bytes of @key
 *
 * Context: process context, may sleep.
 * Return: 0, or what is wrong with the key.
 */
int qatvf_aead_set_fallback_key(struct crypto_aead *tfm, const u8 *key,
				unsigned int keylen)
{
	struct qatvf_aead_ctx *ctx = crypto_aead_ctx(tfm);

	WRITE_ONCE(ctx->key_nr, ctx->key_nr + 1);
	crypto_aead_clear_flags(ctx->fallback, CRYPTO_TFM_REQ_MASK);
	crypto_aead_set_flags(ctx->fallback, crypto_aead_get_flags(tfm) &
			      CRYPTO_TFM_REQ_MASK);
	return crypto_aead_setkey(ctx->fallback, key, keylen);
}

/**
 * qatvf_aead_init() - init() of every kind
 * @tfm: transform; its context begins with a struct qatvf_aead_ctx
 * @kind: of it
 *
 * Context: process context, sleeps.
 * Return: 0, or an errno if there is no software to fall back on.
 */
int qatvf_aead_init(struct crypto_aead *tfm, const struct qatvf_aead_kind *kind)
{
	const char *name = crypto_tfm_alg_name(crypto_aead_tfm(tfm));
	struct qatvf_aead_ctx *ctx = crypto_aead_ctx(tfm);
	unsigned int soft_end;

	ctx->alg = container_of(crypto_aead_alg(tfm), struct qatvf_alg, aead);
	ctx->kind = kind;
	/* Software only, and none that allocates: neither do we. */
	ctx->fallback = crypto_alloc_aead(name, 0, CRYPTO_ALG_NEED_FALLBACK |
					  CRYPTO_ALG_ALLOCATES_MEMORY);
	if (IS_ERR(ctx->fallback)) {
		pr_err("qatvf: no software implementation of %s: error %ld\n",
		       name, PTR_ERR(ctx->fallback));
		return PTR_ERR(ctx->fallback);
	}
	soft_end = offsetofend(struct qatvf_aead_req, soft) +
		   crypto_aead_reqsize(ctx->fallback);
	crypto_aead_set_reqsize(tfm, max_t(unsigned int, soft_end,
					   sizeof(struct qatvf_aead_req)));
	return 0;
}

/**
 * qatvf_aead_exit() - exit() of every kind; the last thing it does
 * @tfm: transform
 */
void qatvf_aead_exit(struct crypto_aead *tfm)
{
	struct qatvf_aead_ctx *ctx = crypto_aead_ctx(tfm);

	crypto_free_aead(ctx->fallback);
	memzero_explicit(ctx, crypto_aead_alg(tfm)->base.cra_ctxsize);
}
