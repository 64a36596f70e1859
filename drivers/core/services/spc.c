// SPDX-License-Identifier: GPL-2.0
/*
 * AEADs that the device does in a single pass: AES-GCM, AES-CCM and
 * ChaCha20-Poly1305, each with its form for IPsec (rfc4106, rfc4309, rfc7539esp).
 *
 * The device wants the AAD apart from the text, in one piece padded with zeros.
 * So it is copied from the head of the source, and the device is given what comes
 * behind it only.  The tag stands behind the text, as the crypto API has it.
 *
 * To software go: an empty text, no AAD with CCM, long AAD, tags of lengths that
 * no client asks of the device, and what makes no sense.
 *
 * Facts: reference 05 sections 12 and 19.
 */
#include <crypto/scatterwalk.h>
#include <linux/module.h>

#include "aead.h"
#include "compat.h"

#define GCM_IV_SIZE		12
#define CHACHAPOLY_IV_SIZE	12
#define CHACHA_BLOCK_SIZE	64
#define SPC_TAG_SIZE		16

/* IPsec: an IV of 8 bytes, at the end of the AAD; the rest is in the key. */
#define ESP_IV_SIZE		8
#define ESP_SALT_MAX		4
/* SPI and sequence number, 8 bytes or 12, and the IV. */
#define ESP_ASSOC_MIN		16
#define ESP_ASSOC_MAX		20

/* CCM: the counter has 2 to 8 bytes; byte 0 of an IV says one less. */
#define CCM_COUNTER_MIN		2
#define CCM_COUNTER_MAX		8
#define CCM_B0_AAD		BIT(6)
#define CCM_B0_TAG_SHIFT	3
/* rfc4309 counts in 4 bytes. */
#define RFC4309_COUNTER		4

/**
 * struct spc_params - a row's own
 * @config: LA_CFG_* of the content descriptor: the mode, for ChaCha20 all
 * @flags: LA_FLAG_* of requests
 * @tags: bit n set: the device has tags of n bytes
 * @aad_max: bytes of AAD the device takes
 * @salt_len: IPsec forms: bytes of the key's end that begin the nonce; else 0
 */
struct spc_params {
	u32 config;
	u16 flags;
	u32 tags;
	u8 aad_max;
	u8 salt_len;
};

/**
 * struct spc_ctx - a transform
 * @aead: what all kinds have
 * @params: of its row
 * @cipher: cipher block for encryption, but for the lengths of tag and AAD
 * @salt: IPsec forms: see struct spc_params
 */
struct spc_ctx {
	struct qatvf_aead_ctx aead;
	const struct spc_params *params;
	struct qatvf_cipher_cd cipher;
	u8 salt[ESP_SALT_MAX];
};

static_assert(QATVF_CIPHER_CD_MAX <= QATVF_CD_BEFORE_AAD);

static bool is_ccm(const struct spc_params *params)
{
	return params->flags & LA_FLAG_PROTO_CCM;
}

/* AAD from the head of the source to @r, @head bytes behind the start. */
static void copy_aad(struct aead_request *areq, struct qatvf_aead_req *r,
		     unsigned int head, unsigned int len)
{
	unsigned int end = head + len;

	scatterwalk_map_and_copy(r->spc.aad + head, areq->src, 0, len, 0);
	memset(r->spc.aad + end, 0, ALIGN(end, AES_BLOCK_SIZE) - end);
	r->spc.aad_len = end;
}

/* Nonce from salt and IV, or all of it from the IV. */
static void put_nonce(u8 *nonce, const struct spc_ctx *ctx, const u8 *iv)
{
	unsigned int salt_len = ctx->params->salt_len;

	memcpy(nonce, ctx->salt, salt_len);
	memcpy(nonce + salt_len, iv,
	       salt_len ? ESP_IV_SIZE : GCM_IV_SIZE);
}

static bool prepare_plain(struct aead_request *areq, struct qatvf_aead_req *r,
			  const struct spc_ctx *ctx, unsigned int aad_len)
{
	memset(r->iv, 0, sizeof(r->iv));
	put_nonce(r->iv, ctx, areq->iv);
	copy_aad(areq, r, 0, aad_len);
	return true;
}

/* The crypto API's IV is the first counter block, but for the counter's value. */
static bool ccm_counter_block(struct aead_request *areq,
			      struct qatvf_aead_req *r,
			      const struct spc_ctx *ctx)
{
	unsigned int counter;

	if (ctx->params->salt_len) {
		r->iv[0] = RFC4309_COUNTER - 1;
		put_nonce(r->iv + 1, ctx, areq->iv);
	} else {
		memcpy(r->iv, areq->iv, sizeof(r->iv));
	}
	if (r->iv[0] < CCM_COUNTER_MIN - 1 || r->iv[0] > CCM_COUNTER_MAX - 1)
		return false;
	counter = r->iv[0] + 1;
	memset(r->iv + sizeof(r->iv) - counter, 0, counter);
	/* Does the length of the text fit in where the counter was? */
	return counter >= sizeof(r->text_len) ||
	       !(r->text_len >> (8 * counter));
}

/*
 * Before the AAD comes block B0: flags, nonce, length of the text; and the length
 * of the AAD in two bytes.
 */
static bool prepare_ccm(struct aead_request *areq, struct qatvf_aead_req *r,
			const struct spc_ctx *ctx, unsigned int aad_len)
{
	u8 *b0 = r->spc.aad;
	unsigned int i, left;

	if (!aad_len || !ccm_counter_block(areq, r, ctx))
		return false;
	memcpy(b0, r->iv, AES_BLOCK_SIZE);
	b0[0] |= CCM_B0_AAD | (r->tag_len - 2) / 2 << CCM_B0_TAG_SHIFT;
	for (i = AES_BLOCK_SIZE - 1, left = r->text_len; left; left >>= 8)
		b0[i--] = left;
	put_unaligned_be16(aad_len, b0 + AES_BLOCK_SIZE);
	copy_aad(areq, r, LA_CCM_AAD_HEAD, aad_len);
	return true;
}

static bool spc_prepare(struct aead_request *areq, struct qatvf_aead_req *r)
{
	const struct spc_ctx *ctx = qatvf_aead_request_ctx(areq);
	const struct spc_params *params = ctx->params;
	unsigned int aad_len = areq->assoclen;

	if (!r->text_len || !(params->tags & BIT(r->tag_len)))
		return false;
	if (params->salt_len) {
		if (aad_len != ESP_ASSOC_MIN && aad_len != ESP_ASSOC_MAX)
			return false;
		aad_len -= ESP_IV_SIZE;
	}
	if (aad_len > params->aad_max)
		return false;
	if (is_ccm(params) ? !prepare_ccm(areq, r, ctx, aad_len) :
			     !prepare_plain(areq, r, ctx, aad_len))
		return false;

	r->cipher = &ctx->cipher;
	r->hmac = NULL;
	r->buf.src = scatterwalk_ffwd(r->spc.src, areq->src, areq->assoclen);
	r->buf.dst = areq->src == areq->dst ? r->buf.src :
		     scatterwalk_ffwd(r->spc.dst, areq->dst, areq->assoclen);
	return true;
}

/* The AAD's length in the descriptor is without what CCM puts before it. */
static void fill_descriptor(const struct qatvf_aead_req *r,
			    const struct spc_ctx *ctx, u8 *cd)
{
	unsigned int head = is_ccm(ctx->params) ? LA_CCM_AAD_HEAD : 0;
	u32 config = get_unaligned_le32(r->cipher->bytes);

	config |= r->tag_len << LA_CFG_TAG_SHIFT;
	if (!r->encrypt)
		config |= LA_CFG_DECRYPT;
	memcpy(cd, r->cipher->bytes, sizeof(r->cipher->bytes));
	put_unaligned_le32(config, cd);
	put_unaligned_le32(LA_CD_AAD_WORD_LEN(r->spc.aad_len - head),
			   cd + LA_CD_AAD_WORD);
}

static unsigned int spc_fill(struct qatvf_request *req, void *message,
			     struct qatvf_slot_mem *mem, dma_addr_t mem_dma)
{
	struct qatvf_aead_req *r = qatvf_to_aead_req(req);
	const struct spc_ctx *ctx = qatvf_aead_request_ctx(qatvf_to_aead(r));
	struct la_req *msg = message;

	fill_descriptor(r, ctx, mem->cd);
	memcpy(mem->aad, r->spc.aad, ALIGN(r->spc.aad_len, AES_BLOCK_SIZE));

	qatvf_aead_fill(r, msg, mem, mem_dma);
	msg->cmd = LA_CMD_CIPHER;
	msg->flags = cpu_to_le16(ctx->params->flags |
				 (r->encrypt ? LA_FLAG_RETURN_DIGEST :
					       LA_FLAG_COMPARE_DIGEST));
	msg->cd_qw = r->cipher->qw;
	msg->cipher_key_qw = r->cipher->key_qw;
	msg->cipher_slices = LA_SLICES_CIPHER;
	msg->spc.tag_len = r->tag_len;
	if (r->spc.aad_len) {
		msg->spc.aad_len = cpu_to_le32(r->spc.aad_len);
		msg->spc.aad_addr = cpu_to_le64(mem_dma +
						offsetof(struct qatvf_slot_mem,
							 aad));
	}
	return sizeof(r->cipher->bytes);
}

static const struct qatvf_aead_kind spc_kind = {
	.prepare = spc_prepare,
	.ops = {
		.fill = spc_fill,
		.wait = qatvf_aead_wait,
		.started = qatvf_aead_started,
		.complete = qatvf_aead_complete,
	},
};

/* The software transform has seen to it that the key is as long as its salt. */
static int take_key(struct spc_ctx *ctx, const u8 *key, unsigned int keylen)
{
	const struct spc_params *params = ctx->params;

	keylen -= params->salt_len;
	memcpy(ctx->salt, key + keylen, params->salt_len);
	if (params->config & LA_CFG_ALG_MASK) {
		qatvf_cipher_cd_build_plain(&ctx->cipher, params->config, key,
					    keylen);
		return 0;
	}
	return qatvf_cipher_cd_build(&ctx->cipher, params->config,
				     params->flags & LA_FLAG_SLICE_UCS, false,
				     key, keylen);
}

static int spc_setkey(struct crypto_aead *tfm, const u8 *key,
		      unsigned int keylen)
{
	int err = qatvf_aead_set_fallback_key(tfm, key, keylen);

	return err ?: take_key(crypto_aead_ctx(tfm), key, keylen);
}

static int spc_init(struct crypto_aead *tfm)
{
	struct spc_ctx *ctx = crypto_aead_ctx(tfm);
	int err = qatvf_aead_init(tfm, &spc_kind);

	if (!err)
		ctx->params = ctx->aead.alg->params;
	return err;
}

#define SPC_FLAGS	(LA_FLAG_IV_EMBEDDED | LA_FLAG_SINGLE_PASS |	\
			 LA_FLAG_DIGEST_IN_BUFFER)
#define GCM_FLAGS	(SPC_FLAGS | LA_FLAG_SLICE_UCS | LA_FLAG_GCM_IV12)
#define CCM_FLAGS	(SPC_FLAGS | LA_FLAG_PROTO_CCM)
#define CHACHAPOLY_FLAGS (SPC_FLAGS | LA_FLAG_SLICE_UCS)

#define GCM_TAGS	(BIT(8) | BIT(12) | BIT(16))
#define CCM_TAGS	(BIT(4) | BIT(6) | BIT(8) | BIT(10) | BIT(12) |	\
			 BIT(14) | BIT(16))
#define CHACHAPOLY_TAGS	BIT(16)

#define GCM_CAPS	(QAT_CAP_SYM | QAT_CAP_AUTH | QAT_CAP_AESGCM_SPC)
#define CCM_CAPS	(QAT_CAP_SYM | QAT_CAP_CIPHER | QAT_CAP_AUTH |	\
			 QAT_CAP_AES_V2)
#define CHACHAPOLY_CAPS	(QAT_CAP_SYM | QAT_CAP_CHACHA_POLY)

static const struct spc_params gcm_params = {
	.config = LA_CFG_MODE_GCM,
	.flags = GCM_FLAGS,
	.tags = GCM_TAGS,
	.aad_max = LA_SPC_AAD_MAX,
};

static const struct spc_params rfc4106_params = {
	.config = LA_CFG_MODE_GCM,
	.flags = GCM_FLAGS,
	.tags = GCM_TAGS,
	.aad_max = LA_SPC_AAD_MAX,
	.salt_len = 4,
};

static const struct spc_params ccm_params = {
	.config = LA_CFG_MODE_CCM,
	.flags = CCM_FLAGS,
	.tags = CCM_TAGS,
	.aad_max = LA_SPC_AAD_MAX - LA_CCM_AAD_HEAD,
};

static const struct spc_params rfc4309_params = {
	.config = LA_CFG_MODE_CCM,
	.flags = CCM_FLAGS,
	.tags = CCM_TAGS,
	.aad_max = LA_SPC_AAD_MAX - LA_CCM_AAD_HEAD,
	.salt_len = 3,
};

static const struct spc_params rfc7539_params = {
	.config = LA_CFG_ALG_CHACHA20 | LA_CFG_MODE_CTR,
	.flags = CHACHAPOLY_FLAGS,
	.tags = CHACHAPOLY_TAGS,
	.aad_max = LA_SPC_AAD_MAX,
};

static const struct spc_params rfc7539esp_params = {
	.config = LA_CFG_ALG_CHACHA20 | LA_CFG_MODE_CTR,
	.flags = CHACHAPOLY_FLAGS,
	.tags = CHACHAPOLY_TAGS,
	.aad_max = LA_SPC_AAD_MAX,
	.salt_len = 4,
};

#define SPC(_name, _driver, _params, _caps, _ivsize, _chunksize)	\
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
				.cra_blocksize = 1,			\
				.cra_ctxsize = sizeof(struct spc_ctx),	\
				.cra_module = THIS_MODULE,		\
			},						\
			.ivsize = _ivsize,				\
			.maxauthsize = SPC_TAG_SIZE,			\
			.chunksize = _chunksize,			\
			.init = spc_init,				\
			.exit = qatvf_aead_exit,			\
			.setkey = spc_setkey,				\
			.setauthsize = qatvf_aead_set_tag_len,		\
			.encrypt = qatvf_aead_encrypt,			\
			.decrypt = qatvf_aead_decrypt,			\
		},							\
	}

static struct qatvf_alg spc_algs[] = {
	SPC("gcm(aes)", "qatvf-gcm-aes", &gcm_params, GCM_CAPS, GCM_IV_SIZE,
	    AES_BLOCK_SIZE),
	SPC("rfc4106(gcm(aes))", "qatvf-rfc4106-gcm-aes", &rfc4106_params,
	    GCM_CAPS, ESP_IV_SIZE, AES_BLOCK_SIZE),
	SPC("ccm(aes)", "qatvf-ccm-aes", &ccm_params, CCM_CAPS, AES_BLOCK_SIZE,
	    AES_BLOCK_SIZE),
	SPC("rfc4309(ccm(aes))", "qatvf-rfc4309-ccm-aes", &rfc4309_params,
	    CCM_CAPS, ESP_IV_SIZE, AES_BLOCK_SIZE),
	SPC("rfc7539(chacha20,poly1305)", "qatvf-rfc7539-chacha20-poly1305",
	    &rfc7539_params, CHACHAPOLY_CAPS, CHACHAPOLY_IV_SIZE,
	    CHACHA_BLOCK_SIZE),
	SPC("rfc7539esp(chacha20,poly1305)",
	    "qatvf-rfc7539esp-chacha20-poly1305", &rfc7539esp_params,
	    CHACHAPOLY_CAPS, ESP_IV_SIZE, CHACHA_BLOCK_SIZE),
};

const struct qatvf_alg_table qatvf_spc_aeads = {
	.algs = spc_algs,
	.count = ARRAY_SIZE(spc_algs),
};
