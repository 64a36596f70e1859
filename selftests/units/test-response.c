// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unit test of drivers/core/response.c: every status byte with every error code.
 * Expected values: reference 05 sections 5 and 20, 07 section 6, stated here anew.
 */
#include <errno.h>
#include <string.h>

#include <linux/types.h>

#include "response.h"
#include "tap.h"

/* The response to a good cipher request, reference 05 section 5. */
static const unsigned char good[32] = {
	0x00, 0x01, 0x04, 0x80, 0x00, 0x00, 0x00, 0x00,
	0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11,
};

/* The response to a good public key request, reference 07 section 5. */
static const unsigned char good_pke[32] = {
	0x00, 0x00, 0x03, 0x80, 0x00, 0x00, 0x00, 0x00,
	0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11,
};

static struct qat_rsp response(unsigned int byte, unsigned int value)
{
	unsigned char bytes[32];
	struct qat_rsp rsp;

	memcpy(bytes, good, sizeof(bytes));
	bytes[byte] = value;
	memcpy(&rsp, bytes, sizeof(rsp));
	return rsp;
}

static int form_is_judged(void)
{
	unsigned int value;

	for (value = 0; value < 256; value++) {
		struct qat_rsp valid = response(3, value);
		struct qat_rsp service = response(1, value);

		if (qatvf_rsp_well_formed(&valid) != !!(value & 0x80))
			return 0;
		if (qatvf_rsp_well_formed(&service) != (value == 1))
			return 0;
	}
	return 1;
}

static int expected(unsigned int status, unsigned int error)
{
	if (status & 0x06 || error)
		return -EIO;
	return status & 0x80 ? -EBADMSG : 0;
}

static int outcome_is_judged(void)
{
	unsigned int status, error;

	for (status = 0; status < 256; status++) {
		for (error = 0; error < 256; error++) {
			struct qat_rsp rsp = response(6, status);

			((unsigned char *)&rsp)[5] = error;
			if (qatvf_rsp_errno(&rsp) != expected(status, error))
				return 0;
		}
	}
	return 1;
}

static int expected_pke(unsigned int code, unsigned int flags)
{
	if (code || flags & 0x04)
		return -EIO;
	return flags & 0x40 ? -EINVAL : 0;
}

static int pke_outcome_is_judged(void)
{
	unsigned int code, flags;

	for (code = 0; code < 256; code++) {
		for (flags = 0; flags < 256; flags++) {
			unsigned char bytes[32];
			struct qat_rsp rsp;

			memcpy(bytes, good_pke, sizeof(bytes));
			bytes[4] = code;
			bytes[5] = flags;
			memcpy(&rsp, bytes, sizeof(rsp));
			if (!qatvf_rsp_well_formed(&rsp) ||
			    qatvf_rsp_errno(&rsp) != expected_pke(code, flags))
				return 0;
		}
	}
	return 1;
}

static int unknown_services_fail(void)
{
	unsigned int service;

	for (service = 0; service < 256; service++) {
		struct qat_rsp rsp = response(2, service);

		if (service != 3 && service != 4 && service != 9 &&
		    qatvf_rsp_errno(&rsp) != -EIO)
			return 0;
	}
	return 1;
}

int main(void)
{
	struct qat_rsp rsp = response(0, 0);

	tap_result(qatvf_rsp_well_formed(&rsp) && !qatvf_rsp_errno(&rsp),
		   "a good response is one");
	tap_result(form_is_judged(), "valid bit and service id decide the form");
	tap_result(outcome_is_judged(), "every status and error code has its errno");
	tap_result(pke_outcome_is_judged(),
		   "every code and flag of the public key service has its errno");
	tap_result(unknown_services_fail(), "other services' responses are errors");
	return tap_finish();
}
