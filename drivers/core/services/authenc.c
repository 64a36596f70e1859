// SPDX-License-Identifier: GPL-2.0
/*
 * authenc(hmac(sha*),*(aes)): encrypt, then authenticate, as IPsec does it.
 *
 * The device chains cipher and hash over one scatterlist: the AAD at its head is
 * authenticated together with the ciphertext, the digest stands behind it.
 *
 * Software keeps digests of lengths that no client asks of the device, texts that
 * CBC cannot have, and requests without any data.
 *
 * Facts: reference 05 sections 8, 11, 19, examples E6 and E7.
 */
#include <crypto/authenc.h>
#include <crypto/ctr.h>
#include <linux/module.h>
#include <linux/overflow.h>

#include "aead.h"
#include "compat.h"

#define TAG_MIN		8
#define TAG_UNIT	4

/**
 * struct authenc_params - a row's own
 * @hash_name: the hash, as the crypto API calls it
 * @hash: as the device does
 * @mode: LA_CFG_MODE_* of the cipher
 * @flags: LA_FLAG_* of requests
 * @rfc3686: the key ends in a nonce, and the counter starts at 1
 */
struct authenc_params {
	const char *hash_name;
	enum la_hash hash;
	u32 mode;
	u16 flags;
	bool rfc3686;
};

/**
 * struct authenc_ctx - a transform
 * @aead: what all kinds have
 * @params: of its row
 * @shash: software hash, for keys
 * @cipher: cipher block for encryption
 * @hmac: states of the authentication key
 * @nonce: rfc3686 only
 */
struct authenc_ctx {
	struct qatvf_aead_ctx aead;
	const struct authenc_params *params;
	struct crypto_shash *shash;
	struct qatvf_cipher_cd cipher;
	struct qatvf_hmac hmac;
	u8 nonce[CTR_RFC3686_NONCE_SIZE];
};

static_assert(LA_CD_KEY_UCS + AES_MAX_KEY_SIZE + QATVF_HMAC_CD_MAX <=
	      QATVF_CD_BYTES);

static void put_iv(struct aead_request *areq, struct qatvf_aead_req *r,
		   const struct authenc_ctx *ctx)
{
	u8 *iv = r->iv;

	if (!ctx->params->rfc3686) {
		memcpy(iv, areq->iv, AES_BLOCK_SIZE);
		return;
	}
	memcpy(iv, ctx->nonce, CTR_RFC3686_NONCE_SIZE);
	iv += CTR_RFC3686_NONCE_SIZE;
	memcpy(iv, areq->iv, CTR_RFC3686_IV_SIZE);
	put_unaligned_be32(1, iv + CTR_RFC3686_IV_SIZE);
}

static bool authenc_prepare(struct aead_request *areq, struct qatvf_aead_req *r)
{
	const struct authenc_ctx *ctx = qatvf_aead_request_ctx(areq);

	if (r->tag_len < TAG_MIN || r->tag_len % TAG_UNIT)
		return false;
	if (ctx->params->mode == LA_CFG_MODE_CBC &&
	    r->text_len % AES_BLOCK_SIZE)
		return false;
	if (!areq->assoclen && !r->text_len)
		return false;
	if (check_add_overflow(r->buf.src_len, areq->assoclen, &r->buf.src_len) ||
	    check_add_overflow(r->buf.dst_len, areq->assoclen, &r->buf.dst_len))
		return false;
	put_iv(areq, r, ctx);
	r->cipher = &ctx->cipher;
	r->hmac = &ctx->hmac;
	return true;
}

static void fill_cipher_block(const struct qatvf_aead_req *r,
			      const struct authenc_ctx *ctx, struct la_req *msg,
			      u8 *cd, unsigned int offset)
{
	u32 config = get_unaligned_le32(r->cipher->bytes);

	if (!r->encrypt && ctx->params->mode == LA_CFG_MODE_CBC)
		config |= LA_CFG_DECRYPT | LA_CFG_KEY_CONVERT;
	memcpy(cd + offset, r->cipher->bytes, 8 * r->cipher->qw);
	put_unaligned_le32(config, cd + offset);
	msg->cipher_cfg_qw = offset / 8;
	msg->cipher_key_qw = r->cipher->key_qw;
}

/*
 * What the device does first stands first.  To encrypt, 8 bytes between the blocks
 * are left unused behind a key in the legacy form, as the in-tree driver has it.
 */
static unsigned int fill_descriptor(const struct qatvf_aead_req *r,
				    const struct authenc_ctx *ctx,
				    struct la_req *msg, u8 *cd)
{
	unsigned int hash_len = qatvf_hmac_cd_len(r->hmac);
	unsigned int offset;

	if (!r->encrypt) {
		qatvf_hmac_fill(r->hmac, msg, cd, 0, r->tag_len);
		fill_cipher_block(r, ctx, msg, cd, hash_len);
		return hash_len + 8 * r->cipher->qw;
	}
	offset = LA_CD_KEY_UCS + 8 * r->cipher->key_qw;
	fill_cipher_block(r, ctx, msg, cd, 0);
	memset(cd + 8 * r->cipher->qw, 0, offset - 8 * r->cipher->qw);
	qatvf_hmac_fill(r->hmac, msg, cd, offset, r->tag_len);
	return offset + hash_len;
}

static unsigned int authenc_fill(struct qatvf_request *req, void *message,
				 struct qatvf_slot_mem *mem, dma_addr_t mem_dma)
{
	struct qatvf_aead_req *r = qatvf_to_aead_req(req);
	struct aead_request *areq = qatvf_to_aead(r);
	const struct authenc_ctx *ctx = qatvf_aead_request_ctx(areq);
	struct la_req *msg = message;
	u16 flags = ctx->params->flags;
	unsigned int secret;

	qatvf_aead_fill(r, msg, mem, mem_dma);
	secret = fill_descriptor(r, ctx, msg, mem->cd);
	msg->cd_qw = secret / 8;
	msg->cipher_off = cpu_to_le32(areq->assoclen);
	msg->auth.len = cpu_to_le32(areq->assoclen + r->text_len);
	if (r->encrypt) {
		msg->cmd = LA_CMD_CIPHER_HASH;
		msg->cipher_slices = LA_SLICES_CIPHER_AUTH;
		msg->hash_slices = LA_SLICES_AUTH;
		flags |= LA_FLAG_RETURN_DIGEST;
	} else {
		msg->cmd = LA_CMD_HASH_CIPHER;
		msg->cipher_slices = LA_SLICES_CIPHER;
		msg->hash_slices = LA_SLICES_AUTH_CIPHER;
		msg->auth.digest_len = r->tag_len;
		flags |= LA_FLAG_COMPARE_DIGEST;
	}
	msg->flags = cpu_to_le16(flags);
	return secret;
}

static const struct qatvf_aead_kind authenc_kind = {
	.prepare = authenc_prepare,
	.ops = {
		.fill = authenc_fill,
		.wait = qatvf_aead_wait,
		.started = qatvf_aead_started,
		.complete = qatvf_aead_complete,
	},
};

/* The software transform has found the key good. */
static int take_keys(struct authenc_ctx *ctx,
		     const struct crypto_authenc_keys *keys)
{
	const struct authenc_params *params = ctx->params;
	unsigned int keylen = keys->enckeylen;
	int err;

	if (params->rfc3686) {
		keylen -= CTR_RFC3686_NONCE_SIZE;
		memcpy(ctx->nonce, keys->enckey + keylen, sizeof(ctx->nonce));
	}
	err = qatvf_cipher_cd_build(&ctx->cipher, params->mode,
				    params->flags & LA_FLAG_SLICE_UCS, false,
				    keys->enckey, keylen);
	return err ?: qatvf_hmac_set_key(&ctx->hmac, params->hash, ctx->shash,
					 keys->authkey, keys->authkeylen);
}

static int authenc_setkey(struct crypto_aead *tfm, const u8 *key,
			  unsigned int keylen)
{
	struct crypto_authenc_keys keys;
	int err;

	err = qatvf_aead_set_fallback_key(tfm, key, keylen) ?:
	      crypto_authenc_extractkeys(&keys, key, keylen) ?:
	      take_keys(crypto_aead_ctx(tfm), &keys);
	memzero_explicit(&keys, sizeof(keys));
	return err;
}

static int authenc_init(struct crypto_aead *tfm)
{
	struct authenc_ctx *ctx = crypto_aead_ctx(tfm);
	int err = qatvf_aead_init(tfm, &authenc_kind);

	if (err)
		return err;
	ctx->params = ctx->aead.alg->params;
	ctx->shash = crypto_alloc_shash(ctx->params->hash_name, 0,
					CRYPTO_ALG_NEED_FALLBACK);
	if (!IS_ERR(ctx->shash))
		return 0;
	err = PTR_ERR(ctx->shash);
	qatvf_aead_exit(tfm);
	return err;
}

static void authenc_exit(struct crypto_aead *tfm)
{
	struct authenc_ctx *ctx = crypto_aead_ctx(tfm);

	crypto_free_shash(ctx->shash);
	qatvf_aead_exit(tfm);
}

#define CHAIN_FLAGS	(LA_FLAG_IV_EMBEDDED | LA_FLAG_DIGEST_IN_BUFFER)

#define CBC_PARAMS(_hash, _number)					\
	(&(const struct authenc_params) {				\
		.hash_name = _hash,					\
		.hash = _number,					\
		.mode = LA_CFG_MODE_CBC,				\
		.flags = CHAIN_FLAGS,					\
	})

#define CTR_PARAMS(_hash, _number, _rfc3686)				\
	(&(const struct authenc_params) {				\
		.hash_name = _hash,					\
		.hash = _number,					\
		.mode = LA_CFG_MODE_CTR,				\
		.flags = CHAIN_FLAGS | LA_FLAG_SLICE_UCS,		\
		.rfc3686 = _rfc3686,					\
	})

#define CBC_CAPS	(QAT_CAP_SYM | QAT_CAP_CIPHER | QAT_CAP_AUTH)
#define CTR_CAPS	(CBC_CAPS | QAT_CAP_AES_V2)

#define AUTHENC(_name, _driver, _params, _caps, _ivsize, _blocksize,	\
		_digest_len)						\
	{								\
		.type = QATVF_ALG_AEAD,					\
		.service = QAT_SVC_SYM,					\
		.capabilities = _caps,					\
		.params = _params,					\
		.aead = {						\
			.base = {					\
				.cra_name = _name,			\
				.cra_driver_name = _driver,		\
				.cra_flags = QATVF_ALG_FLAGS,		\
				.cra_blocksize = _blocksize,		\
				.cra_ctxsize = sizeof(struct authenc_ctx), \
				.cra_module = THIS_MODULE,		\
			},						\
			.ivsize = _ivsize,				\
			.maxauthsize = _digest_len,			\
			.chunksize = AES_BLOCK_SIZE,			\
			.init = authenc_init,				\
			.exit = authenc_exit,				\
			.setkey = authenc_setkey,			\
			.setauthsize = qatvf_aead_set_tag_len,		\
			.encrypt = qatvf_aead_encrypt,			\
			.decrypt = qatvf_aead_decrypt,			\
		},							\
	}

#define AUTHENC_CBC(_hash, _number, _digest_len)			\
	AUTHENC("authenc(hmac(" _hash "),cbc(aes))",			\
		"qatvf-authenc-hmac-" _hash "-cbc-aes",			\
		CBC_PARAMS(_hash, _number), CBC_CAPS,			\
		AES_BLOCK_SIZE, AES_BLOCK_SIZE, _digest_len)

#define AUTHENC_CTR(_hash, _number, _digest_len)			\
	AUTHENC("authenc(hmac(" _hash "),ctr(aes))",			\
		"qatvf-authenc-hmac-" _hash "-ctr-aes",			\
		CTR_PARAMS(_hash, _number, false), CTR_CAPS,		\
		AES_BLOCK_SIZE, 1, _digest_len)

#define AUTHENC_RFC3686(_hash, _number, _digest_len)			\
	AUTHENC("authenc(hmac(" _hash "),rfc3686(ctr(aes)))",		\
		"qatvf-authenc-hmac-" _hash "-rfc3686-ctr-aes",		\
		CTR_PARAMS(_hash, _number, true), CTR_CAPS,		\
		CTR_RFC3686_IV_SIZE, 1, _digest_len)

static struct qatvf_alg authencs[] = {
	AUTHENC_CBC("sha1", LA_HASH_SHA1, 20),
	AUTHENC_CTR("sha1", LA_HASH_SHA1, 20),
	AUTHENC_RFC3686("sha1", LA_HASH_SHA1, 20),
	AUTHENC_CBC("sha256", LA_HASH_SHA256, 32),
	AUTHENC_CTR("sha256", LA_HASH_SHA256, 32),
	AUTHENC_RFC3686("sha256", LA_HASH_SHA256, 32),
	AUTHENC_CBC("sha384", LA_HASH_SHA384, 48),
	AUTHENC_CTR("sha384", LA_HASH_SHA384, 48),
	AUTHENC_RFC3686("sha384", LA_HASH_SHA384, 48),
	AUTHENC_CBC("sha512", LA_HASH_SHA512, 64),
	AUTHENC_CTR("sha512", LA_HASH_SHA512, 64),
	AUTHENC_RFC3686("sha512", LA_HASH_SHA512, 64),
};

const struct qatvf_alg_table qatvf_authencs = {
	.algs = authencs,
	.count = ARRAY_SIZE(authencs),
};
