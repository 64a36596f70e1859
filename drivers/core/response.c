// SPDX-License-Identifier: GPL-2.0
/*
 * What a response says.  Pure functions on a copy of the response.
 * Facts: reference 05 sections 5 and 20, 06 section 10, 07 sections 5 and 6.
 */
#include <linux/errno.h>

#include "response.h"

/**
 * qatvf_rsp_well_formed() - does a message look like a response at all?
 * @rsp: copy of a response slot
 *
 * Return: true if it bears the valid bit and the firmware's service id, which
 * the public key service leaves out.
 */
bool qatvf_rsp_well_formed(const struct qat_rsp *rsp)
{
	if (!(rsp->valid & QAT_FW_VALID))
		return false;
	return rsp->service == QAT_FW_SERVICE_PKE ||
	       rsp->service_id == QAT_FW_RSP_SERVICE_ID;
}

/*
 * A crypto error alone means that a digest did not match; together with an
 * error code or a rejected request it is a failure of the device or of us.
 */
static int la_errno(const struct qat_rsp *rsp)
{
	if (rsp->status & (QAT_RSP_STATUS_UNSUPPORTED | QAT_RSP_STATUS_INVALID))
		return -EIO;
	if (rsp->err1)
		return -EIO;
	if (rsp->status & QAT_RSP_STATUS_CRYPTO)
		return -EBADMSG;
	return 0;
}

/* What is wrong by the code of the slice, or of the translator behind it. */
static int dc_code_errno(int code)
{
	if (code <= QAT_RSP_DC_BLOCK_TYPE && code >= QAT_RSP_DC_TOO_FAR)
		return -EINVAL;
	switch (code) {
	case QAT_RSP_DC_OVERFLOW:
		return -ENOSPC;
	case QAT_RSP_DC_OTHER:
	case QAT_RSP_DC_TRUNCATED:
		return -EINVAL;
	case QAT_RSP_DC_CORRUPTED:
	case QAT_RSP_DC_VERIFY:
		return -EBADMSG;
	}
	return -EIO;
}

/* Devices differ in the status that goes with a code: either makes it an error. */
static int dc_errno(const struct qat_rsp *rsp)
{
	int code = (s8)rsp->err1 ?: (s8)rsp->err0;

	if (rsp->status & (QAT_RSP_STATUS_UNSUPPORTED | QAT_RSP_STATUS_INVALID))
		return -EIO;
	if (code)
		return dc_code_errno(code);
	return rsp->status & (QAT_RSP_STATUS_COMPRESSION |
			      QAT_RSP_STATUS_TRANSLATOR) ? -EIO : 0;
}

/*
 * "Failed" alone is mathematics: operands out of range, a point off the curve,
 * a signature that does not verify.
 */
static int pke_errno(const struct qat_rsp *rsp)
{
	if (rsp->err0 || rsp->err1 & QAT_RSP_PKE_UNSUPPORTED)
		return -EIO;
	return rsp->err1 & QAT_RSP_PKE_FAIL ? -EINVAL : 0;
}

/**
 * qatvf_rsp_errno() - errno of a response
 * @rsp: copy of a well-formed response that belongs to its request
 *
 * Return: 0; -EBADMSG: a digest does not match, or compressed data did not pass
 * the device's own verification; -EINVAL: operands of public key mathematics, or
 * damaged compressed data; -ENOSPC: the result of a compression or decompression
 * does not fit; -EIO: anything else.
 */
int qatvf_rsp_errno(const struct qat_rsp *rsp)
{
	switch (rsp->service) {
	case QAT_FW_SERVICE_LA:
		return la_errno(rsp);
	case QAT_FW_SERVICE_PKE:
		return pke_errno(rsp);
	case QAT_FW_SERVICE_DC:
		return dc_errno(rsp);
	}
	return -EIO;
}
