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
};

/* Service flags, bytes 4-5 (05 section 3). */
#define LA_FLAG_IV_EMBEDDED		BIT(2)
#define LA_FLAG_SLICE_UCS		BIT(14)

/* Common flags, byte 6. */
#define LA_PTR_SGL			BIT(0)

/* Slice ids of byte 111: current CIPHER, next DRAM write. */
#define LA_SLICES_CIPHER		0x41

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
	u8	auth[28];		/* authentication parameters: unused */
	/* descriptor control block */
	u8	cipher_state_qw;
	u8	cipher_key_qw;
	u8	cipher_cfg_qw;		/* offset */
	u8	cipher_slices;
	u8	rsvd3[16];
};
static_assert(sizeof(struct la_req) == 128);
static_assert(offsetof(struct la_req, cd_qw) == 18);
static_assert(offsetof(struct la_req, opaque) == 24);
static_assert(offsetof(struct la_req, cipher_off) == 56);
static_assert(offsetof(struct la_req, iv) == 64);
static_assert(offsetof(struct la_req, cipher_state_qw) == 108);

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
#define LA_CFG_MODE_XTS			(6U << 4)
#define LA_CFG_DECRYPT			BIT(8)
#define LA_CFG_KEY_CONVERT		BIT(9)

#endif /* QATVF_HW_LA_H */
