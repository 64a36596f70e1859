// SPDX-License-Identifier: GPL-2.0
/*
 * What a response says.  Pure functions on a copy of the response.
 * Facts: reference 05 sections 5 and 20.
 */
#include <linux/errno.h>

#include "response.h"

/**
 * qatvf_rsp_well_formed() - does a message look like a response at all?
 * @rsp: copy of a response slot
 *
 * Return: true if it bears the valid bit and the firmware's service id.
 */
bool qatvf_rsp_well_formed(const struct qat_rsp *rsp)
{
	return rsp->valid & QAT_FW_VALID &&
	       rsp->service_id == QAT_FW_RSP_SERVICE_ID;
}

/**
 * qatvf_rsp_errno() - errno of a response
 * @rsp: copy of a well-formed response
 *
 * A crypto error alone means that a digest did not match; together with an
 * error code or a rejected request it is a failure of the device or of us.
 *
 * Return: 0, -EBADMSG or -EIO.
 */
int qatvf_rsp_errno(const struct qat_rsp *rsp)
{
	if (rsp->status & (QAT_RSP_STATUS_UNSUPPORTED | QAT_RSP_STATUS_INVALID))
		return -EIO;
	if (rsp->error)
		return -EIO;
	if (rsp->status & QAT_RSP_STATUS_CRYPTO)
		return -EBADMSG;
	return 0;
}
