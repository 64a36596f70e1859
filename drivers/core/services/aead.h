/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What all AEADs share: the transform with its software twin, and the life of a
 * request.  What differs is how a request is written for the device: spc.c and
 * authenc.c.
 */
#ifndef QATVF_SERVICES_AEAD_H
#define QATVF_SERVICES_AEAD_H

#include <crypto/aead.h>
#include <crypto/aes.h>
#include <crypto/internal/aead.h>
#include <linux/scatterlist.h>

#include "algs.h"
#include "buffers.h"
#include "hmac.h"
#include "qatvf/ring_pair.h"
#include "skcipher.h"

struct qatvf_aead_req;

/**
 * struct qatvf_aead_kind - how requests are written for the device
 * @prepare: look at a request before it is mapped: write down what fill() needs,
 *	the key among it, and which data the device is given.  Returns false if the hardware cannot
 *	take it, or should not: software does, and finds the error if there is one.
 * @ops: fill() is the kind's own
 */
struct qatvf_aead_kind {
	bool (*prepare)(struct aead_request *areq, struct qatvf_aead_req *r);
	struct qatvf_request_ops ops;
};

/**
 * struct qatvf_aead_ctx - what every transform begins with
 * @alg: its row
 * @kind: see there
 * @fallback: software transform of the same name, key and tag length
 * @key_nr: how often the key has been set
 */
struct qatvf_aead_ctx {
	const struct qatvf_alg *alg;
	const struct qatvf_aead_kind *kind;
	struct crypto_aead *fallback;
	u32 key_nr;
};

/**
 * struct qatvf_spc_part - what single pass needs for a request
 * @src: source behind the AAD, if it begins in the middle of an entry
 * @dst: destination likewise
 * @aad_len: bytes in @aad, without padding
 * @aad: AAD as the device reads it, padded with zeros to a multiple of 16
 */
struct qatvf_spc_part {
	struct scatterlist src[2];
	struct scatterlist dst[2];
	unsigned int aad_len;
	u8 aad[QATVF_AAD_BYTES];
};

/**
 * struct qatvf_aead_req - a request
 * @req: the ring pair's part
 * @buf: its data
 * @cipher: cipher block of the content descriptor: the transform's, or @kept_cipher
 * @hmac: states of the authentication key: the transform's, or @kept_hmac; NULL for
 *	single pass
 * @key_nr: of the key
 * @encrypt: direction
 * @tag_len: bytes of the tag
 * @text_len: bytes of the text, without the tag
 * @iv: IV or counter block the device starts from
 * @kept_cipher: of a request that had to wait for room: the key it was submitted with
 * @kept_hmac: likewise
 * @spc: while the device has it
 * @soft: when software has it, with its context behind it
 */
struct qatvf_aead_req {
	struct qatvf_request req;
	struct qatvf_buffers buf;
	const struct qatvf_cipher_cd *cipher;
	const struct qatvf_hmac *hmac;
	u32 key_nr;
	bool encrypt;
	u8 tag_len;
	unsigned int text_len;
	u8 iv[AES_BLOCK_SIZE];
	union {
		struct {
			struct qatvf_cipher_cd kept_cipher;
			union {
				struct qatvf_hmac kept_hmac;
				struct qatvf_spc_part spc;
			};
		};
		struct aead_request soft;
	};	/* last */
};

static inline struct qatvf_aead_req *
qatvf_to_aead_req(struct qatvf_request *req)
{
	return container_of(req, struct qatvf_aead_req, req);
}

static inline struct aead_request *
qatvf_to_aead(struct qatvf_aead_req *r)
{
	return container_of((void *)r, struct aead_request, __ctx);
}

static inline void *qatvf_aead_request_ctx(struct aead_request *areq)
{
	return crypto_aead_ctx(crypto_aead_reqtfm(areq));
}

int qatvf_aead_init(struct crypto_aead *tfm, const struct qatvf_aead_kind *kind);
void qatvf_aead_exit(struct crypto_aead *tfm);
int qatvf_aead_set_fallback_key(struct crypto_aead *tfm, const u8 *key,
				unsigned int keylen);
int qatvf_aead_set_tag_len(struct crypto_aead *tfm, unsigned int tag_len);
int qatvf_aead_encrypt(struct aead_request *areq);
int qatvf_aead_decrypt(struct aead_request *areq);

void qatvf_aead_fill(struct qatvf_aead_req *r, struct la_req *msg,
		     struct qatvf_slot_mem *mem, dma_addr_t mem_dma);
void qatvf_aead_wait(struct qatvf_request *req);
void qatvf_aead_started(struct qatvf_request *req);
void qatvf_aead_complete(struct qatvf_request *req, int err);

#endif /* QATVF_SERVICES_AEAD_H */
