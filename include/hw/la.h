/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The lookaside (LA) service on the wire: the symmetric request and the blocks
 * of a content descriptor.  Everything is little endian.  Facts: reference 05
 * sections 2-8.
 */
#ifndef QATVF_HW_LA_H
#define QATVF_HW_LA_H

#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/stddef.h>
#include <linux/types.h>

#include "hw/fw.h"

/**
 * enum la_cmd - commands of the LA service we send
 * @LA_CMD_CIPHER: cipher, or single-pass AEAD
 * @LA_CMD_AUTH: hash
 * @LA_CMD_CIPHER_HASH: encrypt, then hash that
 * @LA_CMD_HASH_CIPHER: hash, then decrypt
 */
enum la_cmd {
	LA_CMD_CIPHER		= 0,
	LA_CMD_AUTH		= 1,
	LA_CMD_CIPHER_HASH	= 2,
	LA_CMD_HASH_CIPHER	= 3,
};

/* Service flags, bytes 4-5 (05 section 3). */
#define LA_FLAG_IV_EMBEDDED		BIT(2)
#define LA_FLAG_RETURN_DIGEST		BIT(5)
#define LA_FLAG_COMPARE_DIGEST		BIT(6)
#define LA_FLAG_PROTO_CCM		(1U << 7)
#define LA_FLAG_DIGEST_IN_BUFFER	BIT(10)
#define LA_FLAG_GCM_IV12		BIT(11)
#define LA_FLAG_SINGLE_PASS		BIT(13)
#define LA_FLAG_SLICE_UCS		BIT(14)

/* Slice ids of bytes 111 and 115: 7:4 next, 3:0 current (05 section 2.3). */
#define LA_SLICES_CIPHER		0x41	/* cipher, then memory */
#define LA_SLICES_CIPHER_AUTH		0x21	/* cipher, then hash */
#define LA_SLICES_AUTH			0x42	/* hash, then memory */
#define LA_SLICES_AUTH_CIPHER		0x12	/* hash, then cipher */

/**
 * struct la_auth_params - what a hash works on, bytes 80-107 of a request
 * @off: bytes from the start of the source
 * @len: bytes
 * @prefix_addr: what is hashed before, unless @prefix_qw is 0
 * @digest_addr: unless the digest is in the buffer
 * @prefix_len: bytes of the inner prefix
 * @rsvd: 0
 * @prefix_qw: quad words at @prefix_addr
 * @digest_len: bytes to compare
 */
struct la_auth_params {
	__le32	off;
	__le32	len;
	__le64	prefix_addr;
	__le64	digest_addr;
	u8	prefix_len;
	u8	rsvd;
	u8	prefix_qw;
	u8	digest_len;
} __packed __aligned(4);
static_assert(sizeof(struct la_auth_params) == 28);

/**
 * struct la_spc_params - single-pass AEAD, the same bytes
 * @aad_off: 0
 * @aad_len: bytes, without padding
 * @aad_addr: zero padded to a multiple of 16
 * @tag_addr: unless the tag is in the buffer
 * @rsvd: 0
 * @tag_len: bytes
 */
struct la_spc_params {
	__le32	aad_off;
	__le32	aad_len;
	__le64	aad_addr;
	__le64	tag_addr;
	u8	rsvd[3];
	u8	tag_len;
} __packed __aligned(4);
static_assert(sizeof(struct la_spc_params) == 28);

/**
 * struct la_req - request of the symmetric service, 128 bytes in the ring
 * @rsvd0: 0
 * @cmd: enum la_cmd
 * @service: QAT_FW_SERVICE_LA
 * @valid: QAT_FW_VALID
 * @flags: LA_FLAG_*
 * @ptr_flags: QAT_FW_PTR_SGL, or 0 for flat buffers
 * @ext_flags: 0
 * @cd_addr: content descriptor
 * @rsvd1: 0
 * @cd_qw: how much of the descriptor is fetched
 * @rsvd2: 0
 * @opaque: returned in the response
 * @src: buffer list, or data if flat
 * @dst: likewise; the same in place
 * @src_len: flat only
 * @dst_len: flat only
 * @cipher_off: from the start of @src and of @dst
 * @cipher_len: bytes
 * @iv: IV or counter block
 * @auth: what is hashed
 * @spc: single pass: what is authenticated before the text
 * @cipher_state_qw: size of the IV
 * @cipher_key_qw: size of the key as it is in the descriptor
 * @cipher_cfg_qw: where the cipher block is
 * @cipher_slices: LA_SLICES_*
 * @rsvd3: 0
 * @hash_flags: LA_HASH_FLAG_PREFIX, or 0
 * @hash_cfg_qw: where the authentication block is
 * @hash_slices: LA_SLICES_*
 * @rsvd4: 0
 * @outer_prefix_len: HMAC by prefixes: bytes of the outer one, else 0
 * @final_len: bytes of the digest returned or compared
 * @inner_digest_len: bytes of the inner digest
 * @rsvd5: 0
 * @state1_len: bytes, rounded up to 8
 * @state2_qw: where state 2 is
 * @state2_len: bytes, rounded up to 8
 * @outer_cfg_qw: HMAC by prefixes: where the outer setup is, else 0
 * @outer_state1_len: likewise: bytes of its state 1, rounded up to 8
 * @outer_digest_len: likewise: bytes of the outer digest
 * @outer_prefix_qw: likewise: from the inner prefix to the outer one
 *
 * Names in _qw count quad words (8 bytes), offsets among them from the start of
 * the content descriptor; all others count bytes.
 */
struct la_req {
	u8	rsvd0;
	u8	cmd;
	u8	service;
	u8	valid;
	__le16	flags;
	u8	ptr_flags;
	u8	ext_flags;
	__le64	cd_addr;
	__le16	rsvd1;
	u8	cd_qw;
	u8	rsvd2[5];
	__le64	opaque;
	__le64	src;
	__le64	dst;
	__le32	src_len;
	__le32	dst_len;

	__le32	cipher_off;
	__le32	cipher_len;
	u8	iv[16];
	union {
		struct la_auth_params auth;
		struct la_spc_params spc;
	};

	u8	cipher_state_qw;
	u8	cipher_key_qw;
	u8	cipher_cfg_qw;
	u8	cipher_slices;
	u8	rsvd3;
	u8	hash_flags;
	u8	hash_cfg_qw;
	u8	hash_slices;
	u8	rsvd4;
	u8	outer_prefix_len;
	u8	final_len;
	u8	inner_digest_len;
	u8	rsvd5;
	u8	state1_len;
	u8	state2_qw;
	u8	state2_len;
	u8	outer_cfg_qw;
	u8	outer_state1_len;
	u8	outer_digest_len;
	u8	outer_prefix_qw;
};
static_assert(sizeof(struct la_req) == 128);
static_assert(offsetof(struct la_req, cd_qw) == 18);
static_assert(offsetof(struct la_req, opaque) == 24);
static_assert(offsetof(struct la_req, cipher_off) == 56);
static_assert(offsetof(struct la_req, iv) == 64);
static_assert(offsetof(struct la_req, spc) == 80);
static_assert(offsetof(struct la_req, cipher_state_qw) == 108);
static_assert(offsetof(struct la_req, state2_qw) == 122);

/*
 * Cipher block of a content descriptor: le32 configuration, le32 0, then the
 * key at +8 (legacy slice) or at +16 (UCS slice) (05 section 7.2).
 */
#define LA_CD_KEY_LEGACY		8
#define LA_CD_KEY_UCS			16

#define LA_CFG_ALG_MASK			0xf
#define LA_CFG_ALG_AES128		3
#define LA_CFG_ALG_AES192		4
#define LA_CFG_ALG_AES256		5
#define LA_CFG_MODE_ECB			0
#define LA_CFG_MODE_CBC			(1U << 4)
#define LA_CFG_MODE_CTR			(2U << 4)
#define LA_CFG_MODE_GCM			(4U << 4)
#define LA_CFG_MODE_CCM			(5U << 4)
#define LA_CFG_MODE_XTS			(6U << 4)
#define LA_CFG_ALG_SM4			10
#define LA_CFG_ALG_CHACHA20		11
/* Single pass: tag length in the configuration, AAD length behind it. */
#define LA_CFG_TAG_SHIFT		10
#define LA_CD_AAD_WORD			4
#define LA_CD_AAD_WORD_LEN(len)		(((len) & 0xff) << 24 | ((len) >> 8) << 16)
/* What clients send at most; the field has 14 bits (05 section 12.1). */
#define LA_SPC_AAD_MAX			240
/* CCM: block B0 and the length of the AAD stand before it (05 section 12.4). */
#define LA_CCM_AAD_HEAD			18
#define LA_CFG_DECRYPT			BIT(8)
#define LA_CFG_KEY_CONVERT		BIT(9)

/*
 * Authentication block: le32 configuration, le32 0, be32 bytes hashed so far,
 * le32 0, state 1, state 2; states rounded up to 8 bytes (05 section 8.1).
 */
#define LA_AUTH_COUNTER			8
#define LA_AUTH_STATE1			16
#define LA_AUTH_MODE_PLAIN		0
#define LA_AUTH_MODE_HMAC		(1U << 4)	/* from states */
#define LA_AUTH_MODE_PREFIX		(2U << 4)	/* HMAC from the key */
#define LA_HASH_FLAG_PREFIX		BIT(5)		/* byte 113 for that */
#define LA_AUTH_LEN_SHIFT		8
#define LA_AUTH_STATE_MAX		64

/**
 * enum la_hash - algorithm numbers of the authentication block
 * @LA_HASH_SHA1: SHA-1
 * @LA_HASH_SHA224: SHA-224
 * @LA_HASH_SHA256: SHA-256
 * @LA_HASH_SHA384: SHA-384
 * @LA_HASH_SHA512: SHA-512
 * @LA_HASH_SM3: SM3
 * @LA_HASH_SHA3_224: SHA3-224
 * @LA_HASH_SHA3_256: SHA3-256
 * @LA_HASH_SHA3_384: SHA3-384
 * @LA_HASH_SHA3_512: SHA3-512
 */
enum la_hash {
	LA_HASH_SHA1		= 1,
	LA_HASH_SHA224		= 3,
	LA_HASH_SHA256		= 4,
	LA_HASH_SHA384		= 5,
	LA_HASH_SHA512		= 6,
	LA_HASH_SM3		= 15,
	LA_HASH_SHA3_224	= 16,
	LA_HASH_SHA3_256	= 17,
	LA_HASH_SHA3_384	= 18,
	LA_HASH_SHA3_512	= 19,
};

/* The number is split: low four bits, then two more from bit 22. */
#define LA_AUTH_ALG(hash)		(((hash) & 0xf) | ((hash) >> 4) << 22)

#endif /* QATVF_HW_LA_H */
