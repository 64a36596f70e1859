// SPDX-License-Identifier: GPL-2.0
/*
 * AES and SM4 in several modes as asynchronous skciphers.
 *
 * A transform owns its keys, as content descriptors in ordinary memory, and a
 * software transform for everything the hardware cannot take: no device, too
 * many segments, a full ring, a key size it lacks.  It owns nothing of any
 * device, so devices may come and go under it.
 *
 * A request's way: crypt() - map - qatvf_ring_pair_submit() - fill(), called
 * back with the place in the ring - device - complete().
 *
 * Facts: reference 05 sections 6, 7, 9, 19.
 */
#include <crypto/algapi.h>
#include <crypto/scatterwalk.h>
#include <crypto/xts.h>
#include <linux/module.h>
#include <linux/rcupdate.h>

#include "../provider.h"
#include "../ring_pair.h"
#include "algs.h"
#include "buffers.h"
#include "compat.h"
#include "skcipher.h"

/**
 * struct cipher_params - a row's own
 * @mode: LA_CFG_MODE_* of the content descriptor
 * @flags: LA_FLAG_* of requests
 */
struct cipher_params {
	u32 mode;
	u16 flags;
};

/**
 * struct cipher_ctx - a transform
 * @alg: its row
 * @params: of its row
 * @fallback: software transform of the same name and key
 * @tweak: XTS: AES with the second half of the key, for the first tweak
 * @soft_only: the hardware cannot take this key
 * @key_nr: how often the key has been set
 * @encrypt: content descriptor
 * @decrypt: content descriptor
 */
struct cipher_ctx {
	const struct qatvf_alg *alg;
	const struct cipher_params *params;
	struct crypto_skcipher *fallback;
	struct crypto_cipher *tweak;
	bool soft_only;
	u32 key_nr;
	struct qatvf_cipher_cd encrypt;
	struct qatvf_cipher_cd decrypt;
};

/**
 * struct cipher_req - a request
 * @req: the ring pair's part
 * @buf: its data
 * @cd: content descriptor: the transform's, or @kept
 * @key_nr: of its key
 * @encrypt: direction
 * @iv: what the device starts from: the IV, for XTS the encrypted tweak
 * @next_iv: CBC decryption in place destroys the block that is the next IV
 * @kept: of a request that had to wait for room: the key it was submitted with
 * @soft: request of the software transform, with its context behind it
 */
struct cipher_req {
	struct qatvf_request req;
	struct qatvf_buffers buf;
	const struct qatvf_cipher_cd *cd;
	u32 key_nr;
	bool encrypt;
	u8 iv[AES_BLOCK_SIZE];
	u8 next_iv[AES_BLOCK_SIZE];
	union {
		struct qatvf_cipher_cd kept;
		struct skcipher_request soft;
	};	/* last */
};

static struct skcipher_request *to_skcipher(struct cipher_req *creq)
{
	return container_of((void *)creq, struct skcipher_request, __ctx);
}

static struct cipher_req *to_cipher_req(struct qatvf_request *req)
{
	return container_of(req, struct cipher_req, req);
}

static struct cipher_ctx *request_ctx(struct skcipher_request *sreq)
{
	return crypto_skcipher_ctx(crypto_skcipher_reqtfm(sreq));
}

/* Software: may complete the request itself, later, by calling @done. */
static int crypt_soft(struct skcipher_request *sreq, bool encrypt, u32 flags,
		      crypto_completion_t done, void *data)
{
	struct cipher_req *creq = skcipher_request_ctx(sreq);

	qatvf_count_soft(request_ctx(sreq)->alg);
	skcipher_request_set_tfm(&creq->soft, request_ctx(sreq)->fallback);
	skcipher_request_set_callback(&creq->soft, flags, done, data);
	skcipher_request_set_crypt(&creq->soft, sreq->src, sreq->dst,
				   sreq->cryptlen, sreq->iv);
	return encrypt ? crypto_skcipher_encrypt(&creq->soft) :
			 crypto_skcipher_decrypt(&creq->soft);
}

static unsigned int cipher_fill(struct qatvf_request *req, void *message,
				struct qatvf_slot_mem *mem, dma_addr_t mem_dma)
{
	struct cipher_req *creq = to_cipher_req(req);
	struct skcipher_request *sreq = to_skcipher(creq);
	const struct qatvf_cipher_cd *cd = creq->cd;
	struct la_req *msg = message;

	memcpy(mem->cd, cd->bytes, sizeof(cd->bytes));

	memset(msg, 0, sizeof(*msg));
	msg->cmd = LA_CMD_CIPHER;
	msg->service = QAT_FW_SERVICE_LA;
	msg->valid = QAT_FW_VALID;
	msg->flags = cpu_to_le16(request_ctx(sreq)->params->flags);
	msg->cd_addr = cpu_to_le64(mem_dma + offsetof(struct qatvf_slot_mem, cd));
	msg->cd_qw = cd->qw;
	msg->cipher_len = cpu_to_le32(sreq->cryptlen);
	if (request_ctx(sreq)->params->mode != LA_CFG_MODE_ECB) {
		memcpy(msg->iv, creq->iv, sizeof(msg->iv));
		msg->cipher_state_qw = AES_BLOCK_SIZE / 8;
	}
	msg->cipher_key_qw = cd->key_qw;
	msg->cipher_slices = LA_SLICES_CIPHER;
	qatvf_buffers_fill(&creq->buf, msg, mem, mem_dma);
	return sizeof(cd->bytes);
}

static void cipher_wait(struct qatvf_request *req)
{
	struct cipher_req *creq = to_cipher_req(req);

	creq->kept = *creq->cd;
	creq->cd = &creq->kept;
}

/* Big endian counter += blocks, all 128 bits. */
static void advance_counter(u8 *counter, u32 blocks)
{
	u64 low = get_unaligned_be64(counter + 8) + blocks;

	put_unaligned_be64(low, counter + 8);
	if (low < blocks)
		put_unaligned_be64(get_unaligned_be64(counter) + 1, counter);
}

/*
 * The last block of what CBC read or wrote, which the next request starts from.
 * Mostly the list is one entry (x86-64 has all memory mapped).
 */
static void copy_last_block(u8 *block, struct scatterlist *sgl,
			    unsigned int len)
{
	if (sgl->length >= len)
		memcpy(block, sg_virt(sgl) + len - AES_BLOCK_SIZE,
		       AES_BLOCK_SIZE);
	else
		scatterwalk_map_and_copy(block, sgl, len - AES_BLOCK_SIZE,
					 AES_BLOCK_SIZE, 0);
}

/* The crypto API wants back the IV a following request would start from. */
static void return_iv(struct skcipher_request *sreq, struct cipher_req *creq)
{
	switch (request_ctx(sreq)->params->mode) {
	case LA_CFG_MODE_CBC:
		if (creq->encrypt)
			copy_last_block(sreq->iv, sreq->dst, sreq->cryptlen);
		else
			memcpy(sreq->iv, creq->next_iv, AES_BLOCK_SIZE);
		break;
	case LA_CFG_MODE_CTR:
		advance_counter(sreq->iv, DIV_ROUND_UP(sreq->cryptlen,
						       AES_BLOCK_SIZE));
		break;
	}
}

/* The caller knows since long that its request has been started. */
static void rescued(void *data, int err)
{
	if (err != -EINPROGRESS)
		skcipher_request_complete(data, err);
}

QATVF_COMPLETION(rescue_done, rescued)

/*
 * The device left with the request: software does it, unless the device may
 * have overwritten part of the only copy of the data, or software has another key.
 */
static int rescue(struct skcipher_request *sreq, struct cipher_req *creq,
		  int err)
{
	u32 flags = sreq->base.flags & ~CRYPTO_TFM_REQ_MAY_SLEEP;

	if (creq->key_nr != READ_ONCE(request_ctx(sreq)->key_nr))
		return -EIO;
	if (err == -ETIMEDOUT && qatvf_buffers_shared(&creq->buf))
		return -EIO;
	/* The caller was told to wait: refusing is no longer possible. */
	return crypt_soft(sreq, creq->encrypt,
			  flags | CRYPTO_TFM_REQ_MAY_BACKLOG, rescue_done, sreq);
}

static void cipher_complete(struct qatvf_request *req, int err)
{
	struct cipher_req *creq = to_cipher_req(req);
	struct skcipher_request *sreq = to_skcipher(creq);

	qatvf_buffers_unmap(&creq->buf);
	if (creq->cd == &creq->kept)
		memzero_explicit(&creq->kept, sizeof(creq->kept));
	if (!err)
		return_iv(sreq, creq);
	else if (err == -ECANCELED || err == -ETIMEDOUT)
		err = rescue(sreq, creq, err);
	else
		err = -EIO;
	if (err != -EINPROGRESS && err != -EBUSY)
		skcipher_request_complete(sreq, err);
}

static void cipher_started(struct qatvf_request *req)
{
	skcipher_request_complete(to_skcipher(to_cipher_req(req)),
				  -EINPROGRESS);
}

static const struct qatvf_request_ops cipher_ops = {
	.fill = cipher_fill,
	.wait = cipher_wait,
	.started = cipher_started,
	.complete = cipher_complete,
};

static void prepare_iv(struct skcipher_request *sreq, struct cipher_req *creq)
{
	const struct cipher_ctx *ctx = request_ctx(sreq);

	if (ctx->params->mode == LA_CFG_MODE_ECB)
		return;
	if (ctx->params->mode == LA_CFG_MODE_XTS)
		crypto_cipher_encrypt_one(ctx->tweak, creq->iv, sreq->iv);
	else
		memcpy(creq->iv, sreq->iv, AES_BLOCK_SIZE);
	if (ctx->params->mode == LA_CFG_MODE_CBC && !creq->encrypt)
		copy_last_block(creq->next_iv, sreq->src, sreq->cryptlen);
}

/* Returns what submitting returned, or another error: software's turn. */
static int crypt_hard(struct skcipher_request *sreq, struct cipher_req *creq)
{
	const struct qatvf_alg *alg = request_ctx(sreq)->alg;
	struct qatvf_ring_pair *rp;
	int ret = -ENODEV;

	rcu_read_lock();
	rp = qatvf_provider_get(QAT_SVC_SYM);
	if (!rp || (rp->capabilities & alg->capabilities) != alg->capabilities)
		goto out;
	prepare_iv(sreq, creq);
	ret = qatvf_buffers_map(&creq->buf, rp->dev);
	if (ret)
		goto out;
	creq->req.ops = &cipher_ops;
	creq->req.bytes = sreq->cryptlen;
	ret = qatvf_ring_pair_submit(rp, &creq->req, sreq->base.flags &
				     CRYPTO_TFM_REQ_MAY_BACKLOG);
	if (ret == -ENOSPC)
		qatvf_buffers_unmap(&creq->buf);
out:
	rcu_read_unlock();
	return ret;
}

static int check_length(struct skcipher_request *sreq, u32 mode)
{
	switch (mode) {
	case LA_CFG_MODE_ECB:
	case LA_CFG_MODE_CBC:
		return sreq->cryptlen % AES_BLOCK_SIZE ? -EINVAL : 0;
	case LA_CFG_MODE_XTS:
		return sreq->cryptlen < AES_BLOCK_SIZE ? -EINVAL : 0;
	}
	return 0;
}

static int crypt(struct skcipher_request *sreq, bool encrypt)
{
	struct cipher_req *creq = skcipher_request_ctx(sreq);
	const struct cipher_ctx *ctx = request_ctx(sreq);
	const struct qatvf_alg *alg = ctx->alg;
	int ret;

	ret = check_length(sreq, ctx->params->mode);
	if (ret || !sreq->cryptlen)
		return ret;

	creq->encrypt = encrypt;
	creq->cd = encrypt ? &ctx->encrypt : &ctx->decrypt;
	creq->key_nr = ctx->key_nr;
	creq->buf.src = sreq->src;
	creq->buf.dst = sreq->dst;
	creq->buf.src_len = sreq->cryptlen;
	creq->buf.dst_len = sreq->cryptlen;
	if (!ctx->soft_only && qatvf_offload_wanted(alg, sreq->cryptlen)) {
		ret = crypt_hard(sreq, creq);
		if (ret == -EINPROGRESS || ret == -EBUSY) {
			qatvf_count_hard(alg);
			return ret;
		}
	}
	return crypt_soft(sreq, encrypt, sreq->base.flags, sreq->base.complete,
			  sreq->base.data);
}

static int cipher_encrypt(struct skcipher_request *sreq)
{
	return crypt(sreq, true);
}

static int cipher_decrypt(struct skcipher_request *sreq)
{
	return crypt(sreq, false);
}

static int build_descriptors(struct cipher_ctx *ctx, const u8 *key,
			     unsigned int keylen)
{
	bool ucs = ctx->params->flags & LA_FLAG_SLICE_UCS;
	u32 mode = ctx->params->mode;
	int err;

	err = qatvf_cipher_cd_build(&ctx->encrypt, mode, ucs, false, key,
				    keylen);
	if (err)
		return err;
	return qatvf_cipher_cd_build(&ctx->decrypt, mode, ucs,
				     mode != LA_CFG_MODE_CTR, key, keylen);
}

static int set_fallback_key(struct crypto_skcipher *tfm, const u8 *key,
			    unsigned int keylen)
{
	struct cipher_ctx *ctx = crypto_skcipher_ctx(tfm);

	WRITE_ONCE(ctx->key_nr, ctx->key_nr + 1);
	crypto_skcipher_clear_flags(ctx->fallback, CRYPTO_TFM_REQ_MASK);
	crypto_skcipher_set_flags(ctx->fallback, crypto_skcipher_get_flags(tfm) &
				  CRYPTO_TFM_REQ_MASK);
	return crypto_skcipher_setkey(ctx->fallback, key, keylen);
}

static int cipher_setkey(struct crypto_skcipher *tfm, const u8 *key,
			 unsigned int keylen)
{
	int err = set_fallback_key(tfm, key, keylen);

	return err ?: build_descriptors(crypto_skcipher_ctx(tfm), key, keylen);
}

static int sm4_setkey(struct crypto_skcipher *tfm, const u8 *key,
		      unsigned int keylen)
{
	struct cipher_ctx *ctx = crypto_skcipher_ctx(tfm);
	u32 mode = ctx->params->mode;
	int err = set_fallback_key(tfm, key, keylen);

	if (err)
		return err;
	qatvf_cipher_cd_build_sm4(&ctx->encrypt, mode, false, key);
	qatvf_cipher_cd_build_sm4(&ctx->decrypt, mode, mode != LA_CFG_MODE_CTR,
				  key);
	return 0;
}

/* The hardware has no XTS with 192-bit keys. */
static int xts_setkey(struct crypto_skcipher *tfm, const u8 *key,
		      unsigned int keylen)
{
	struct cipher_ctx *ctx = crypto_skcipher_ctx(tfm);
	unsigned int half = keylen / 2;
	int err;

	err = xts_verify_key(tfm, key, keylen) ?:
	      set_fallback_key(tfm, key, keylen);
	if (err)
		return err;
	ctx->soft_only = half == AES_KEYSIZE_192;
	if (ctx->soft_only)
		return 0;
	err = crypto_cipher_setkey(ctx->tweak, key + half, half);
	return err ?: build_descriptors(ctx, key, half);
}

/* Software only, and none that allocates: neither do we. */
#define FALLBACK_MASK	(CRYPTO_ALG_NEED_FALLBACK | CRYPTO_ALG_ALLOCATES_MEMORY)

static int cipher_prepare(struct qatvf_alg *alg)
{
	return crypto_has_skcipher(alg->skcipher.base.cra_name, 0,
				   FALLBACK_MASK) ? 0 : -ENOENT;
}

static int cipher_init(struct crypto_skcipher *tfm)
{
	struct cipher_ctx *ctx = crypto_skcipher_ctx(tfm);
	const char *name = crypto_tfm_alg_name(crypto_skcipher_tfm(tfm));

	ctx->alg = container_of(crypto_skcipher_alg(tfm), struct qatvf_alg,
				skcipher);
	ctx->params = ctx->alg->params;
	ctx->fallback = crypto_alloc_skcipher(name, 0, FALLBACK_MASK);
	if (IS_ERR(ctx->fallback)) {
		pr_err("qatvf: no software implementation of %s: error %ld\n",
		       name, PTR_ERR(ctx->fallback));
		return PTR_ERR(ctx->fallback);
	}
	crypto_skcipher_set_reqsize(tfm, sizeof(struct cipher_req) +
				    crypto_skcipher_reqsize(ctx->fallback));
	return 0;
}

static void cipher_exit(struct crypto_skcipher *tfm)
{
	struct cipher_ctx *ctx = crypto_skcipher_ctx(tfm);

	crypto_free_skcipher(ctx->fallback);
	memzero_explicit(ctx, sizeof(*ctx));
}

static int xts_init(struct crypto_skcipher *tfm)
{
	struct cipher_ctx *ctx = crypto_skcipher_ctx(tfm);
	int err;

	ctx->tweak = crypto_alloc_cipher("aes", 0, 0);
	if (IS_ERR(ctx->tweak))
		return PTR_ERR(ctx->tweak);
	err = cipher_init(tfm);
	if (err)
		crypto_free_cipher(ctx->tweak);
	return err;
}

static void xts_exit(struct crypto_skcipher *tfm)
{
	struct cipher_ctx *ctx = crypto_skcipher_ctx(tfm);

	crypto_free_cipher(ctx->tweak);
	cipher_exit(tfm);
}

#define CIPHER_BASE(_name, _driver, _blocksize)				\
	.base = {							\
		.cra_name = _name,					\
		.cra_driver_name = _driver,				\
		.cra_flags = QATVF_ALG_FLAGS,				\
		.cra_blocksize = _blocksize,				\
		.cra_ctxsize = sizeof(struct cipher_ctx),		\
		.cra_module = THIS_MODULE,				\
	},								\
	.encrypt = cipher_encrypt,					\
	.decrypt = cipher_decrypt

static const struct cipher_params cbc_params = {
	.mode = LA_CFG_MODE_CBC,
	.flags = LA_FLAG_IV_EMBEDDED,
};

static const struct cipher_params ctr_params = {
	.mode = LA_CFG_MODE_CTR,
	.flags = LA_FLAG_IV_EMBEDDED | LA_FLAG_SLICE_UCS,
};

static const struct cipher_params xts_params = {
	.mode = LA_CFG_MODE_XTS,
	.flags = LA_FLAG_IV_EMBEDDED | LA_FLAG_SLICE_UCS,
};

static const struct cipher_params ecb_params = {
	.mode = LA_CFG_MODE_ECB,
};

/* SM4 is in the legacy slice only. */
static const struct cipher_params sm4_ctr_params = {
	.mode = LA_CFG_MODE_CTR,
	.flags = LA_FLAG_IV_EMBEDDED,
};

#define SM4_BASE(_name, _driver, _blocksize)				\
	CIPHER_BASE(_name, _driver, _blocksize),			\
	.min_keysize = SM4_KEY_SIZE,					\
	.max_keysize = SM4_KEY_SIZE,					\
	.setkey = sm4_setkey,						\
	.init = cipher_init,						\
	.exit = cipher_exit

static struct qatvf_alg skciphers[] = {
	{
		.type = QATVF_ALG_SKCIPHER,
		.service = QAT_SVC_SYM,
		.capabilities = QAT_CAP_SYM | QAT_CAP_CIPHER,
		.params = &cbc_params,
		.prepare = cipher_prepare,
		.skcipher = {
			CIPHER_BASE("cbc(aes)", "qatvf-cbc-aes", AES_BLOCK_SIZE),
			.ivsize = AES_BLOCK_SIZE,
			.min_keysize = AES_MIN_KEY_SIZE,
			.max_keysize = AES_MAX_KEY_SIZE,
			.setkey = cipher_setkey,
			.init = cipher_init,
			.exit = cipher_exit,
		},
	}, {
		.type = QATVF_ALG_SKCIPHER,
		.service = QAT_SVC_SYM,
		.capabilities = QAT_CAP_SYM | QAT_CAP_CIPHER | QAT_CAP_AES_V2,
		.params = &ctr_params,
		.prepare = cipher_prepare,
		.skcipher = {
			CIPHER_BASE("ctr(aes)", "qatvf-ctr-aes", 1),
			.ivsize = AES_BLOCK_SIZE,
			.chunksize = AES_BLOCK_SIZE,
			.min_keysize = AES_MIN_KEY_SIZE,
			.max_keysize = AES_MAX_KEY_SIZE,
			.setkey = cipher_setkey,
			.init = cipher_init,
			.exit = cipher_exit,
		},
	}, {
		.type = QATVF_ALG_SKCIPHER,
		.service = QAT_SVC_SYM,
		.capabilities = QAT_CAP_SYM | QAT_CAP_CIPHER | QAT_CAP_AES_V2,
		.params = &xts_params,
		.prepare = cipher_prepare,
		.skcipher = {
			CIPHER_BASE("xts(aes)", "qatvf-xts-aes", AES_BLOCK_SIZE),
			.ivsize = AES_BLOCK_SIZE,
			.min_keysize = 2 * AES_MIN_KEY_SIZE,
			.max_keysize = 2 * AES_MAX_KEY_SIZE,
			.setkey = xts_setkey,
			.init = xts_init,
			.exit = xts_exit,
		},
	}, {
		.type = QATVF_ALG_SKCIPHER,
		.service = QAT_SVC_SYM,
		.capabilities = QAT_CAP_SYM | QAT_CAP_CIPHER,
		.params = &ecb_params,
		.prepare = cipher_prepare,
		.skcipher = {
			CIPHER_BASE("ecb(aes)", "qatvf-ecb-aes", AES_BLOCK_SIZE),
			.min_keysize = AES_MIN_KEY_SIZE,
			.max_keysize = AES_MAX_KEY_SIZE,
			.setkey = cipher_setkey,
			.init = cipher_init,
			.exit = cipher_exit,
		},
	}, {
		.type = QATVF_ALG_SKCIPHER,
		.service = QAT_SVC_SYM,
		.capabilities = QAT_CAP_SYM | QAT_CAP_SM4,
		.params = &ecb_params,
		.prepare = cipher_prepare,
		.skcipher = {
			SM4_BASE("ecb(sm4)", "qatvf-ecb-sm4", SM4_BLOCK_SIZE),
		},
	}, {
		.type = QATVF_ALG_SKCIPHER,
		.service = QAT_SVC_SYM,
		.capabilities = QAT_CAP_SYM | QAT_CAP_SM4,
		.params = &cbc_params,
		.prepare = cipher_prepare,
		.skcipher = {
			SM4_BASE("cbc(sm4)", "qatvf-cbc-sm4", SM4_BLOCK_SIZE),
			.ivsize = SM4_BLOCK_SIZE,
		},
	}, {
		.type = QATVF_ALG_SKCIPHER,
		.service = QAT_SVC_SYM,
		.capabilities = QAT_CAP_SYM | QAT_CAP_SM4,
		.params = &sm4_ctr_params,
		.prepare = cipher_prepare,
		.skcipher = {
			SM4_BASE("ctr(sm4)", "qatvf-ctr-sm4", 1),
			.ivsize = SM4_BLOCK_SIZE,
			.chunksize = SM4_BLOCK_SIZE,
		},
	},
};

const struct qatvf_alg_table qatvf_skciphers = {
	.algs = skciphers,
	.count = ARRAY_SIZE(skciphers),
};
