// SPDX-License-Identifier: GPL-2.0
/*
 * Hashes and HMACs as asynchronous hashes.
 *
 * A whole message in one request - digest(), or finup() right after init() - goes to
 * the device.  A message in parts is hashed in software from its first part on: its
 * state, in memory and exported, is that of the software transform.  So is a message
 * the device cannot take: an empty one, too many segments, a full ring, no device.
 *
 * Like a cipher, a transform owns nothing of any device.
 *
 * Facts: reference 05 sections 8, 10, 19.
 */
#include <linux/module.h>
#include <linux/rcupdate.h>

#include "../provider.h"
#include "../ring_pair.h"
#include "ahash.h"
#include "buffers.h"
#include "compat.h"

/**
 * struct hash_req - a request
 * @req: the ring pair's part
 * @buf: its data
 * @block: content descriptor: the transform's, or @kept
 * @key_nr: of its key
 * @fresh: begun, but no data yet: @soft is not initialised
 * @kept: of an HMAC that had to wait for room: the key it was submitted with
 * @soft: state of the software transform, its context behind it
 */
struct hash_req {
	struct qatvf_request req;
	struct qatvf_buffers buf;
	const struct qatvf_hash_block *block;
	u32 key_nr;
	bool fresh;
	union {
		struct qatvf_hash_block kept;
		struct shash_desc soft;
	};	/* last */
};

static struct ahash_request *to_ahash(struct qatvf_request *req)
{
	struct hash_req *hreq = container_of(req, struct hash_req, req);

	return container_of((void *)hreq, struct ahash_request, __ctx);
}

static struct qatvf_ahash_ctx *request_ctx(struct ahash_request *areq)
{
	return crypto_ahash_ctx(crypto_ahash_reqtfm(areq));
}

static struct shash_desc *soft_desc(struct ahash_request *areq)
{
	struct hash_req *hreq = ahash_request_ctx(areq);

	hreq->soft.tfm = request_ctx(areq)->soft;
	return &hreq->soft;
}

static int digest_soft(struct ahash_request *areq)
{
	qatvf_count_soft(request_ctx(areq)->alg);
	return shash_ahash_digest(areq, soft_desc(areq));
}

static unsigned int hash_fill(struct qatvf_request *req, void *message,
			      struct qatvf_slot_mem *mem, dma_addr_t mem_dma)
{
	struct ahash_request *areq = to_ahash(req);
	struct hash_req *hreq = ahash_request_ctx(areq);
	const struct qatvf_hash_block *block = hreq->block;
	struct la_req *msg = message;

	memcpy(mem->cd, block->bytes, block->len);

	memset(msg, 0, sizeof(*msg));
	msg->cmd = LA_CMD_AUTH;
	msg->service = QAT_FW_SERVICE_LA;
	msg->valid = QAT_FW_VALID;
	msg->flags = cpu_to_le16(LA_FLAG_RETURN_DIGEST);
	msg->auth.len = cpu_to_le32(areq->nbytes);
	msg->auth.digest_addr = cpu_to_le64(mem_dma +
					    offsetof(struct qatvf_slot_mem,
						     digest));
	qatvf_hash_block_fill(block, msg,
			      mem_dma + offsetof(struct qatvf_slot_mem, cd));
	qatvf_buffers_fill(&hreq->buf, msg, mem, mem_dma);
	return request_ctx(areq)->params->keyed ? block->len : 0;
}

/* Without a key nothing changes. */
static void hash_wait(struct qatvf_request *req)
{
	struct ahash_request *areq = to_ahash(req);
	struct hash_req *hreq = ahash_request_ctx(areq);

	if (!request_ctx(areq)->params->keyed)
		return;
	hreq->kept = *hreq->block;
	hreq->block = &hreq->kept;
}

static int hash_take(struct qatvf_request *req, const struct qat_rsp *rsp,
		     const struct qatvf_slot_mem *mem)
{
	struct ahash_request *areq = to_ahash(req);

	memcpy(areq->result, mem->digest, request_ctx(areq)->block.info->digest);
	return 0;
}

/*
 * The device left with the request.  It only ever reads the data, so software can
 * hash it whatever happened, unless its key has changed; here, without sleeping.
 */
static int rescue(struct ahash_request *areq)
{
	struct hash_req *hreq = ahash_request_ctx(areq);
	u32 flags = areq->base.flags;
	int err;

	if (hreq->key_nr != READ_ONCE(request_ctx(areq)->key_nr))
		return -EIO;

	areq->base.flags = flags & ~CRYPTO_TFM_REQ_MAY_SLEEP;
	err = digest_soft(areq);
	areq->base.flags = flags;
	return err;
}

static void hash_complete(struct qatvf_request *req, int err)
{
	struct ahash_request *areq = to_ahash(req);
	struct hash_req *hreq = ahash_request_ctx(areq);

	qatvf_buffers_unmap(&hreq->buf);
	if (hreq->block == &hreq->kept)
		memzero_explicit(&hreq->kept, sizeof(hreq->kept));
	if (err == -ECANCELED || err == -ETIMEDOUT)
		err = rescue(areq);
	else if (err)
		err = -EIO;
	ahash_request_complete(areq, err);
}

static void hash_started(struct qatvf_request *req)
{
	ahash_request_complete(to_ahash(req), -EINPROGRESS);
}

static const struct qatvf_request_ops hash_ops = {
	.fill = hash_fill,
	.wait = hash_wait,
	.take = hash_take,
	.started = hash_started,
	.complete = hash_complete,
};

/* Returns what submitting returned, or another error: software's turn. */
static int digest_hard(struct ahash_request *areq)
{
	const struct qatvf_alg *alg = request_ctx(areq)->alg;
	struct hash_req *hreq = ahash_request_ctx(areq);
	struct qatvf_ring_pair *rp;
	int ret = -ENODEV;

	rcu_read_lock();
	rp = qatvf_provider_get(QAT_SVC_SYM);
	if (!rp || (rp->capabilities & alg->capabilities) != alg->capabilities)
		goto out;
	ret = qatvf_buffers_map(&hreq->buf, rp->dev);
	if (ret)
		goto out;
	hreq->req.ops = &hash_ops;
	hreq->req.bytes = areq->nbytes;
	ret = qatvf_ring_pair_submit(rp, &hreq->req, areq->base.flags &
				     CRYPTO_TFM_REQ_MAY_BACKLOG);
	if (ret == -ENOSPC)
		qatvf_buffers_unmap(&hreq->buf);
out:
	rcu_read_unlock();
	return ret;
}

/**
 * qatvf_ahash_digest() - hash a whole message
 * @areq: request
 *
 * Context: any but hard interrupt; does not sleep.
 * Return: 0 done, -EINPROGRESS or -EBUSY as the crypto API defines them, or the
 * errno of the software transform.
 */
int qatvf_ahash_digest(struct ahash_request *areq)
{
	const struct qatvf_ahash_ctx *ctx = request_ctx(areq);
	struct hash_req *hreq = ahash_request_ctx(areq);
	const struct qatvf_alg *alg = ctx->alg;
	int ret;

	if (areq->nbytes && qatvf_offload_wanted(alg, areq->nbytes)) {
		hreq->buf.src = areq->src;
		hreq->buf.src_len = areq->nbytes;
		hreq->buf.dst = NULL;
		hreq->buf.dst_len = 0;
		hreq->block = &ctx->block;
		hreq->key_nr = ctx->key_nr;
		ret = digest_hard(areq);
		if (ret == -EINPROGRESS || ret == -EBUSY) {
			qatvf_count_hard(alg);
			return ret;
		}
	}
	return digest_soft(areq);
}

/**
 * qatvf_ahash_init() - begin a message in parts
 * @areq: request
 *
 * Software begins with the first part, if it comes to that.
 *
 * Context: any.
 * Return: 0.
 */
int qatvf_ahash_init(struct ahash_request *areq)
{
	struct hash_req *hreq = ahash_request_ctx(areq);

	hreq->fresh = true;
	return 0;
}

/* The software state of a message that goes on in software. */
static int soft_state(struct ahash_request *areq)
{
	struct hash_req *hreq = ahash_request_ctx(areq);
	struct shash_desc *desc = soft_desc(areq);
	int err;

	if (!hreq->fresh)
		return 0;
	err = crypto_shash_init(desc);
	hreq->fresh = err;
	return err;
}

/**
 * qatvf_ahash_update() - hash a part, in software
 * @areq: request
 *
 * Context: any but hard interrupt.
 * Return: 0 or the errno of the software transform.
 */
int qatvf_ahash_update(struct ahash_request *areq)
{
	if (!areq->nbytes)
		return 0;
	return soft_state(areq) ?: shash_ahash_update(areq, soft_desc(areq));
}

/**
 * qatvf_ahash_final() - end a message in parts, in software
 * @areq: request
 *
 * Context: any but hard interrupt.
 * Return: 0 or the errno of the software transform.
 */
int qatvf_ahash_final(struct ahash_request *areq)
{
	qatvf_count_soft(request_ctx(areq)->alg);
	return soft_state(areq) ?:
	       crypto_shash_final(soft_desc(areq), areq->result);
}

/**
 * qatvf_ahash_finup() - the last part of a message; the only one goes to the device
 * @areq: request
 *
 * Context: any but hard interrupt.
 * Return: as qatvf_ahash_digest().
 */
int qatvf_ahash_finup(struct ahash_request *areq)
{
	struct hash_req *hreq = ahash_request_ctx(areq);

	if (hreq->fresh)
		return qatvf_ahash_digest(areq);
	if (!areq->nbytes)
		return qatvf_ahash_final(areq);
	qatvf_count_soft(request_ctx(areq)->alg);
	return shash_ahash_finup(areq, soft_desc(areq));
}

/**
 * qatvf_ahash_export() - the state of a message in parts, as software exports it
 * @areq: request
 * @out: as many bytes as the algorithm's state has
 *
 * Context: any.
 * Return: 0 or the errno of the software transform.
 */
int qatvf_ahash_export(struct ahash_request *areq, void *out)
{
	return soft_state(areq) ?: crypto_shash_export(soft_desc(areq), out);
}

/**
 * qatvf_ahash_import() - go on from an exported state
 * @areq: request
 * @in: state
 *
 * Context: any.
 * Return: 0 or the errno of the software transform.
 */
int qatvf_ahash_import(struct ahash_request *areq, const void *in)
{
	struct hash_req *hreq = ahash_request_ctx(areq);

	hreq->fresh = false;
	return crypto_shash_import(soft_desc(areq), in);
}

/**
 * qatvf_ahash_setkey() - key an HMAC
 * @tfm: transform
 * @key: of any length
 * @keylen: bytes of it
 *
 * Context: process context, sleeps.
 * Return: 0, or the errno of the software transform.
 */
int qatvf_ahash_setkey(struct crypto_ahash *tfm, const u8 *key,
		       unsigned int keylen)
{
	struct qatvf_ahash_ctx *ctx = crypto_ahash_ctx(tfm);
	struct qatvf_hash_block block;
	int err;

	WRITE_ONCE(ctx->key_nr, ctx->key_nr + 1);
	crypto_shash_clear_flags(ctx->soft, CRYPTO_TFM_REQ_MASK);
	crypto_shash_set_flags(ctx->soft, crypto_ahash_get_flags(tfm) &
			       CRYPTO_TFM_REQ_MASK);
	err = crypto_shash_setkey(ctx->soft, key, keylen) ?:
	      qatvf_hash_block_hmac(&block, ctx->params->hash, key, keylen);
	/* Built aside: the old key stays if this one is refused. */
	if (!err)
		ctx->block = block;
	memzero_explicit(&block, sizeof(block));
	return err;
}

static struct crypto_shash *alloc_soft(const struct qatvf_alg *alg)
{
	return crypto_alloc_shash(alg->ahash.halg.base.cra_name, 0,
				  CRYPTO_ALG_NEED_FALLBACK |
				  CRYPTO_ALG_ALLOCATES_MEMORY);
}

/**
 * qatvf_ahash_prepare() - make an algorithm's row fit this kernel
 * @alg: row
 *
 * States are those of the software transform, whose size is the kernel's choice.
 *
 * Context: process context, sleeps.
 * Return: 0, or -ENOENT if there is no software.
 */
int qatvf_ahash_prepare(struct qatvf_alg *alg)
{
	struct crypto_shash *soft = alloc_soft(alg);

	if (IS_ERR(soft))
		return PTR_ERR(soft);
	alg->ahash.halg.statesize = crypto_shash_statesize(soft);
	crypto_free_shash(soft);
	return 0;
}

/**
 * qatvf_ahash_init_tfm() - a new transform
 * @tfm: transform
 *
 * Context: process context, sleeps.
 * Return: 0; -ENOENT and the like without software; -EINVAL if software meanwhile
 * became one with larger states than the algorithm was registered with.
 */
int qatvf_ahash_init_tfm(struct crypto_ahash *tfm)
{
	struct qatvf_ahash_ctx *ctx = crypto_ahash_ctx(tfm);
	unsigned int soft_size, kept_size;

	ctx->alg = container_of(crypto_hash_alg_common(tfm), struct qatvf_alg,
				ahash.halg);
	ctx->params = ctx->alg->params;
	ctx->soft = alloc_soft(ctx->alg);
	if (IS_ERR(ctx->soft)) {
		pr_err("qatvf: no software implementation of %s: error %ld\n",
		       ctx->alg->ahash.halg.base.cra_name, PTR_ERR(ctx->soft));
		return PTR_ERR(ctx->soft);
	}
	if (crypto_shash_statesize(ctx->soft) > ctx->alg->ahash.halg.statesize) {
		crypto_free_shash(ctx->soft);
		return -EINVAL;
	}
	if (!ctx->params->keyed)
		qatvf_hash_block_plain(&ctx->block, ctx->params->hash);
	soft_size = sizeof(struct shash_desc) + crypto_shash_descsize(ctx->soft);
	kept_size = ctx->params->keyed ? sizeof(struct qatvf_hash_block) : 0;
	crypto_ahash_set_reqsize(tfm, offsetof(struct hash_req, soft) +
				 max(soft_size, kept_size));
	return 0;
}

/**
 * qatvf_ahash_exit_tfm() - the end of a transform
 * @tfm: transform
 *
 * Context: process context, sleeps.
 */
void qatvf_ahash_exit_tfm(struct crypto_ahash *tfm)
{
	struct qatvf_ahash_ctx *ctx = crypto_ahash_ctx(tfm);

	crypto_free_shash(ctx->soft);
	memzero_explicit(ctx, sizeof(*ctx));
}
