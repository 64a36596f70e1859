// SPDX-License-Identifier: GPL-2.0
/*
 * The NIST curves the device serves.  Their parameters come from the kernel, which
 * has them as 64-bit digits, least significant first.
 *
 * Facts: reference 07 sections 8.6 and 8.7.
 */
#include "compat.h"
#include "curve.h"
#include "hw/pke.h"

#ifdef QATVF_WITH_CURVES

#include <crypto/internal/ecc.h>

const struct qatvf_curve qatvf_p256 = {
	.id = ECC_CURVE_NIST_P256,
	.bytes = 32,
	.point = PKE_EC_POINT_P256,
	.generator = PKE_EC_GENERATOR_P256,
	.verify = PKE_ECDSA_VERIFY_L256,
	.verify_bytes = 32,
};

const struct qatvf_curve qatvf_p384 = {
	.id = ECC_CURVE_NIST_P384,
	.bytes = 48,
	.point = PKE_EC_POINT_P384,
	.generator = PKE_EC_GENERATOR_P384,
	.verify = PKE_ECDSA_VERIFY_L512,
	.verify_bytes = 64,
};

/**
 * qatvf_curve_number() - from digits to the device's form
 * @number: where to
 * @bytes: its size, at least that of the digits
 * @digits: least significant first
 * @ndigits: of them
 */
void qatvf_curve_number(u8 *number, unsigned int bytes, const u64 *digits,
			unsigned int ndigits)
{
	unsigned int i;

	memset(number, 0, bytes - ndigits * sizeof(u64));
	for (i = 0; i < ndigits; i++)
		put_unaligned_be64(digits[i],
				   number + bytes - (i + 1) * sizeof(u64));
}

static void to_digits(u64 *digits, const u8 *number, unsigned int ndigits)
{
	unsigned int i;

	for (i = 0; i < ndigits; i++)
		digits[ndigits - 1 - i] = get_unaligned_be64(number + 8 * i);
}

/**
 * qatvf_curve_has_point() - is a point on the curve?
 * @curve: curve
 * @xy: its coordinates, x first
 *
 * A point elsewhere, multiplied by a private key, betrays the key.
 *
 * Return: true if it is, and is not at infinity.
 */
bool qatvf_curve_has_point(const struct qatvf_curve *curve, const u8 *xy)
{
	unsigned int ndigits = curve->bytes / sizeof(u64);
	u64 x[QATVF_CURVE_MAX_BYTES / sizeof(u64)];
	u64 y[QATVF_CURVE_MAX_BYTES / sizeof(u64)];
	struct ecc_point point = ECC_POINT_INIT(x, y, ndigits);

	to_digits(x, xy, ndigits);
	to_digits(y, xy + curve->bytes, ndigits);
	return !ecc_is_pubkey_valid_partial(ecc_get_curve(curve->id), &point);
}

/**
 * qatvf_curve_has_scalar() - is a number between 0 and the order of the curve?
 * @curve: curve
 * @k: of its size
 *
 * Return: true if it is neither 0 nor the order or more.
 */
bool qatvf_curve_has_scalar(const struct qatvf_curve *curve, const u8 *k)
{
	unsigned int ndigits = curve->bytes / sizeof(u64);
	u64 digits[QATVF_CURVE_MAX_BYTES / sizeof(u64)];
	bool has;

	to_digits(digits, k, ndigits);
	has = !vli_is_zero(digits, ndigits) &&
	      vli_cmp(digits, ecc_get_curve(curve->id)->n, ndigits) < 0;
	memzero_explicit(digits, sizeof(digits));
	return has;
}

#endif /* QATVF_WITH_CURVES */
