/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The lookaside (LA) service on the wire: symmetric request and response,
 * buffer lists, and the cipher block of a content descriptor.  Everything is
 * little endian.  Facts: reference 05 sections 2-7.
 */
#ifndef QATVF_HW_LA_H
#define QATVF_HW_LA_H

#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/stddef.h>
#include <linux/types.h>

#define QAT_FW_VALID			BIT(7)	/* byte 3 of either message */
#define QAT_FW_SERVICE_LA		4	/* byte 2 of either message */
#define QAT_FW_RSP_SERVICE_ID		1	/* byte 1 of a response */

/** enum la_cmd - commands of the LA service we send */
enum la_cmd {
	LA_CMD_CIPHER			= 0,
	LA_CMD_AUTH			= 1,
	LA_CMD_CIPHER_HASH		= 2,	/* encrypt, then hash that */
	LA_CMD_HASH_CIPHER		= 3,	/* hash, then decrypt */
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

/* Common flags, byte 6. */
#define LA_PTR_SGL			BIT(0)

/* Slice ids of bytes 111 and 115: 7:4 next, 3:0 current (05 section 2.3). */
#define LA_SLICES_CIPHER		0x41	/* cipher, then memory */
#define LA_SLICES_CIPHER_AUTH		0x21	/* cipher, then hash */
#define LA_SLICES_AUTH			0x42	/* hash, then memory */
#define LA_SLICES_AUTH_CIPHER		0x12	/* hash, then cipher */

/** struct la_auth_params - what a hash works on, bytes 80-107 of a request */
struct la_auth_params {
	__le32	off;			/* bytes from the start of src */
	__le32	len;
	__le64	prefix_addr;
	__le64	digest_addr;		/* unless the digest is in the buffer */
	u8	prefix_len;
	u8	rsvd;
	u8	prefix_qw;
	u8	digest_len;		/* bytes to compare */
} __packed __aligned(4);
static_assert(sizeof(struct la_auth_params) == 28);

/** struct la_spc_params - single-pass AEAD, the same bytes */
struct la_spc_params {
	__le32	aad_off;
	__le32	aad_len;		/* without padding */
	__le64	aad_addr;		/* zero padded to a multiple of 16 */
	__le64	tag_addr;		/* unless the tag is in the buffer */
	u8	rsvd[3];
	u8	tag_len;
} __packed __aligned(4);
static_assert(sizeof(struct la_spc_params) == 28);

/**
 * struct la_req - request of the symmetric service, 128 bytes in the ring
 *
 * Lengths of the descriptor control block count quad words (QW, 8 bytes)
 * unless said otherwise; offsets in it count from the content descriptor.
 */
struct la_req {
	u8	rsvd0;
	u8	cmd;			/* enum la_cmd */
	u8	service;		/* QAT_FW_SERVICE_LA */
	u8	valid;			/* QAT_FW_VALID */
	__le16	flags;			/* LA_FLAG_* */
	u8	ptr_flags;		/* LA_PTR_SGL, or 0 for flat buffers */
	u8	ext_flags;
	__le64	cd_addr;
	__le16	rsvd1;
	u8	cd_qw;			/* bytes of descriptor to fetch, in QW */
	u8	rsvd2[5];
	__le64	opaque;			/* returned in the response */
	__le64	src;			/* buffer list, or data if flat */
	__le64	dst;
	__le32	src_len;		/* flat only, bytes */
	__le32	dst_len;
	/* request parameters */
	__le32	cipher_off;		/* bytes from the start of src and dst */
	__le32	cipher_len;
	u8	iv[16];
	union {
		struct la_auth_params auth;
		struct la_spc_params spc;
	};
	/* descriptor control block */
	u8	cipher_state_qw;
	u8	cipher_key_qw;
	u8	cipher_cfg_qw;		/* offset */
	u8	cipher_slices;
	u8	rsvd3;
	u8	hash_flags;
	u8	hash_cfg_qw;		/* offset */
	u8	hash_slices;
	u8	rsvd4;
	u8	outer_prefix_len;	/* bytes; this and the sizes below */
	u8	final_len;		/* digest returned or compared */
	u8	inner_digest_len;
	u8	rsvd5;
	u8	state1_len;
	u8	state2_qw;		/* offset */
	u8	state2_len;
	u8	outer_cfg_qw;		/* offset */
	u8	outer_state1_len;
	u8	outer_digest_len;
	u8	outer_prefix_qw;	/* offset */
};
static_assert(sizeof(struct la_req) == 128);
static_assert(offsetof(struct la_req, cd_qw) == 18);
static_assert(offsetof(struct la_req, opaque) == 24);
static_assert(offsetof(struct la_req, cipher_off) == 56);
static_assert(offsetof(struct la_req, iv) == 64);
static_assert(offsetof(struct la_req, spc) == 80);
static_assert(offsetof(struct la_req, cipher_state_qw) == 108);
static_assert(offsetof(struct la_req, state2_qw) == 122);

/**
 * struct qat_rsp - response, 32 bytes; the same frame for every service
 *
 * @status and @error are judged by qatvf_rsp_errno(), nobody else.
 */
struct qat_rsp {
	u8	rsvd0;
	u8	service_id;		/* QAT_FW_RSP_SERVICE_ID */
	u8	service;		/* service of the request */
	u8	valid;			/* QAT_FW_VALID */
	u8	xlat_error;
	u8	error;			/* signed code, 0 = none */
	u8	status;			/* QAT_RSP_STATUS_* */
	u8	cmd;			/* command of the request */
	__le64	opaque;
	u8	rsvd1[16];
};
static_assert(sizeof(struct qat_rsp) == 32);
static_assert(offsetof(struct qat_rsp, opaque) == 8);

/* Byte 6 of a response (05 section 5). */
#define QAT_RSP_STATUS_CRYPTO		BIT(7)
#define QAT_RSP_STATUS_UNSUPPORTED	BIT(2)
#define QAT_RSP_STATUS_INVALID		BIT(1)

/** struct qat_sgl_entry - one buffer of a list (05 section 6.1) */
struct qat_sgl_entry {
	__le32	len;			/* bytes */
	__le32	rsvd;
	__le64	addr;			/* any alignment */
};
static_assert(sizeof(struct qat_sgl_entry) == 16);

/** struct qat_sgl_header - head of a buffer list */
struct qat_sgl_header {
	__le64	rsvd0;
	__le32	count;
	__le32	rsvd1;
};
static_assert(sizeof(struct qat_sgl_header) == 16);

/*
 * Cipher block of a content descriptor: le32 configuration, le32 0, then the
 * key at +8 (legacy slice) or at +16 (UCS slice) (05 section 7.2).
 */
#define LA_CD_KEY_LEGACY		8
#define LA_CD_KEY_UCS			16

#define LA_CFG_ALG_AES128		3
#define LA_CFG_ALG_AES192		4
#define LA_CFG_ALG_AES256		5
#define LA_CFG_MODE_CBC			(1U << 4)
#define LA_CFG_MODE_CTR			(2U << 4)
#define LA_CFG_MODE_GCM			(4U << 4)
#define LA_CFG_MODE_CCM			(5U << 4)
#define LA_CFG_MODE_XTS			(6U << 4)
#define LA_CFG_ALG_CHACHA20		11
/* Single pass: tag length in the configuration, AAD length behind it. */
#define LA_CFG_TAG_SHIFT		10
#define LA_CD_AAD_WORD			4
#define LA_CD_AAD_WORD_LEN(len)		(((len) & 0xff) << 24 | ((len) >> 8) << 16)
#define LA_CFG_DECRYPT			BIT(8)
#define LA_CFG_KEY_CONVERT		BIT(9)

/*
 * Authentication block: le32 configuration, le32 0, be32 bytes hashed so far,
 * le32 0, state 1, state 2; states rounded up to 8 bytes (05 section 8.1).
 */
#define LA_AUTH_COUNTER			8
#define LA_AUTH_STATE1			16
#define LA_AUTH_MODE_HMAC		(1U << 4)
#define LA_AUTH_LEN_SHIFT		8

/** enum la_hash - algorithm numbers of the authentication block */
enum la_hash {
	LA_HASH_SHA1			= 1,
	LA_HASH_SHA224			= 3,
	LA_HASH_SHA256			= 4,
	LA_HASH_SHA384			= 5,
	LA_HASH_SHA512			= 6,
	LA_HASH_SM3			= 15,
	LA_HASH_SHA3_224		= 16,
	LA_HASH_SHA3_256		= 17,
	LA_HASH_SHA3_384		= 18,
	LA_HASH_SHA3_512		= 19,
};

/* The number is split: low four bits, then two more from bit 22. */
#define LA_AUTH_ALG(hash)		(((hash) & 0xf) | ((hash) >> 4) << 22)

#endif /* QATVF_HW_LA_H */
