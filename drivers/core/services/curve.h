/* SPDX-License-Identifier: GPL-2.0 */
/* The NIST curves the device serves, and their numbers. */
#ifndef QATVF_SERVICES_CURVE_H
#define QATVF_SERVICES_CURVE_H

#include <crypto/ecdh.h>
#include <linux/types.h>

/* P-384 */
#define QATVF_CURVE_MAX_BYTES	48

struct ecc_curve;

/**
 * struct qatvf_curve - what we know of a curve ourselves
 * @id: the kernel's number, ECC_CURVE_*
 * @bytes: of a coordinate
 * @point: function of the device for multiples of a point
 * @generator: for multiples of the generator
 * @verify: for signatures
 * @verify_bytes: size of a number there
 */
struct qatvf_curve {
	unsigned int id;
	u16 bytes;
	u32 point;
	u32 generator;
	u32 verify;
	u16 verify_bytes;
};

extern const struct qatvf_curve qatvf_p256;
extern const struct qatvf_curve qatvf_p384;

void qatvf_curve_number(u8 *number, unsigned int bytes, const u64 *digits,
			unsigned int ndigits);
bool qatvf_curve_has_point(const struct qatvf_curve *curve, const u8 *xy);
bool qatvf_curve_has_scalar(const struct qatvf_curve *curve, const u8 *k);

#endif /* QATVF_SERVICES_CURVE_H */
