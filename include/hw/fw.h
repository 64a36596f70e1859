/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the messages of all services have in common: the head of a request, the
 * response, buffer lists.  Everything is little endian.  Facts: reference 05
 * sections 2.1, 5 and 6, 06 sections 2 and 9, 07 sections 2 and 5.
 */
#ifndef QATVF_HW_FW_H
#define QATVF_HW_FW_H

#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/stddef.h>
#include <linux/types.h>

#define QAT_FW_VALID			BIT(7)	/* byte 3 of either message */
#define QAT_FW_RSP_SERVICE_ID		1	/* byte 1 of a response, not PKE */

/* Byte 2 of either message. */
#define QAT_FW_SERVICE_PKE		3
#define QAT_FW_SERVICE_LA		4
#define QAT_FW_SERVICE_DC		9

/* Byte 6 of a request: @src and @dst are buffer lists; else flat. */
#define QAT_FW_PTR_SGL			BIT(0)

/**
 * struct qat_req - the head of every request
 * @rsvd0: 0
 * @cmd: command of the service; 0 for PKE
 * @service: QAT_FW_SERVICE_*
 * @valid: QAT_FW_VALID
 * @by_service: flags, descriptor or its address
 * @opaque: returned in the response
 */
struct qat_req {
	u8	rsvd0;
	u8	cmd;
	u8	service;
	u8	valid;
	u8	by_service[20];
	__le64	opaque;
};
static_assert(sizeof(struct qat_req) == 32);
static_assert(offsetof(struct qat_req, opaque) == 24);

/**
 * struct qat_rsp - response, 32 bytes; the same frame for every service
 * @rsvd0: unused
 * @service_id: QAT_FW_RSP_SERVICE_ID; unused by PKE
 * @service: service of the request
 * @valid: QAT_FW_VALID
 * @err0: LA: unused; DC: error of the translator; PKE: error code
 * @err1: LA, DC: error code, signed, 0 = none; PKE: QAT_RSP_PKE_*
 * @status: LA, DC: QAT_RSP_STATUS_*; PKE: unused
 * @cmd: command of the request; PKE: 0
 * @opaque: of the request
 * @by_service: LA: unused; DC: lengths and checksums; PKE: addresses
 *
 * Errors are judged by qatvf_rsp_errno(), nobody else.
 */
struct qat_rsp {
	u8	rsvd0;
	u8	service_id;
	u8	service;
	u8	valid;
	u8	err0;
	u8	err1;
	u8	status;
	u8	cmd;
	__le64	opaque;
	u8	by_service[16];
};
static_assert(sizeof(struct qat_rsp) == 32);
static_assert(offsetof(struct qat_rsp, opaque) == 8);

/* Byte 6 of a response (05 section 5). */
#define QAT_RSP_STATUS_CRYPTO		BIT(7)
#define QAT_RSP_STATUS_COMPRESSION	BIT(5)
#define QAT_RSP_STATUS_TRANSLATOR	BIT(4)
#define QAT_RSP_STATUS_LAST_BLOCK	BIT(3)
#define QAT_RSP_STATUS_UNSUPPORTED	BIT(2)
#define QAT_RSP_STATUS_INVALID		BIT(1)

/* Bytes 4 and 5 of a DC response, signed (06 section 10). */
#define QAT_RSP_DC_BLOCK_TYPE		(-1)	/* -1 to -10: damaged deflate data */
#define QAT_RSP_DC_TOO_FAR		(-10)
#define QAT_RSP_DC_OVERFLOW		(-11)
#define QAT_RSP_DC_OTHER		(-12)	/* not fatal: damaged data, too */
#define QAT_RSP_DC_CORRUPTED		(-14)	/* what the device itself produced */
#define QAT_RSP_DC_TRUNCATED		(-15)
#define QAT_RSP_DC_VERIFY		(-18)

/* Byte 5 of a PKE response (07 section 6). */
#define QAT_RSP_PKE_FAIL		BIT(6)
#define QAT_RSP_PKE_UNSUPPORTED		BIT(2)

/**
 * struct qat_sgl_entry - one buffer of a list (05 section 6.1)
 * @len: bytes
 * @rsvd: 0
 * @addr: of any alignment
 */
struct qat_sgl_entry {
	__le32	len;
	__le32	rsvd;
	__le64	addr;
};
static_assert(sizeof(struct qat_sgl_entry) == 16);

/**
 * struct qat_sgl_header - head of a buffer list
 * @rsvd0: 0
 * @count: entries that follow
 * @rsvd1: 0
 */
struct qat_sgl_header {
	__le64	rsvd0;
	__le32	count;
	__le32	rsvd1;
};
static_assert(sizeof(struct qat_sgl_header) == 16);

#endif /* QATVF_HW_FW_H */
