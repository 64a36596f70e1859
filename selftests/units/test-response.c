// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unit test of drivers/core/response.c: every status byte with every error code.
 * Expected values: reference 05 sections 5 and 20, 06 section 10, 07 section 6,
 * stated here anew.
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

/* The response to a good compression request, reference 06 section 19.1. */
static const unsigned char good_dc[32] = {
	0x00, 0x01, 0x09, 0xc0, 0x00, 0x00, 0x00, 0x00,
	0x80, 0x56, 0x34, 0x12, 0x80, 0x88, 0xff, 0xff,
	0x00, 0x10, 0x00, 0x00, 0x12, 0x00, 0x00, 0x00,
	0x40, 0x34, 0xa6, 0xfe, 0x3d, 0x10, 0xad, 0xff,
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

static struct qat_rsp dc_response(unsigned char xlat, unsigned char slice,
				  unsigned char status)
{
	unsigned char bytes[32];
	struct qat_rsp rsp;

	memcpy(bytes, good_dc, sizeof(bytes));
	bytes[4] = xlat;
	bytes[5] = slice;
	bytes[6] = status;
	memcpy(&rsp, bytes, sizeof(rsp));
	return rsp;
}

/* What an error code is called in the reference's table decides. */
static int expected_dc_code(unsigned int code)
{
	if (code >= 0xf6 || code == 0xf4 || code == 0xf1)
		return -EINVAL;
	if (code == 0xf5)
		return -ENOSPC;
	return code == 0xee || code == 0xf2 ? -EBADMSG : -EIO;
}

static int expected_dc(unsigned int xlat, unsigned int slice, unsigned int status)
{
	if (status & 0x06)
		return -EIO;
	if (slice)
		return expected_dc_code(slice);
	if (xlat)
		return expected_dc_code(xlat);
	return status & 0x30 ? -EIO : 0;
}

static int dc_outcome_is_judged(void)
{
	unsigned int xlat, slice, status;

	for (status = 0; status < 256; status++) {
		for (slice = 0; slice < 256; slice++) {
			/* the translator's codes are the same: all of them, and some pairs */
			for (xlat = 0; xlat < 256; xlat += slice ? 51 : 1) {
				struct qat_rsp rsp = dc_response(xlat, slice, status);

				if (!qatvf_rsp_well_formed(&rsp) ||
				    qatvf_rsp_errno(&rsp) !=
					    expected_dc(xlat, slice, status))
					return 0;
			}
		}
	}
	return 1;
}

/* Worked responses of reference 06 section 19. */
static int dc_examples(void)
{
	struct qat_rsp last = dc_response(0, 0, 0x08);
	struct qat_rsp overflow = dc_response(0, 0xf5, 0x20);
	struct qat_rsp verify = dc_response(0, 0xee, 0x20);
	struct qat_rsp unsupported = dc_response(0, 0, 0x24);
	struct qat_rsp hang = dc_response(0, 0xf0, 0x20);

	return !qatvf_rsp_errno(&last) && qatvf_rsp_errno(&overflow) == -ENOSPC &&
	       qatvf_rsp_errno(&verify) == -EBADMSG &&
	       qatvf_rsp_errno(&unsupported) == -EIO && qatvf_rsp_errno(&hang) == -EIO;
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
	tap_result(dc_outcome_is_judged(),
		   "every code and status of the compression service has its errno");
	tap_result(dc_examples(), "the reference's responses of compression");
	tap_result(unknown_services_fail(), "other services' responses are errors");
	return tap_finish();
}
