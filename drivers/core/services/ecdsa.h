/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ECDSA verification, whichever of its interfaces the kernel has.
 */
#ifndef QATVF_SERVICES_ECDSA_H
#define QATVF_SERVICES_ECDSA_H

#include "curve.h"
#include "pke.h"

/* As many numbers as the function takes, of the size it has for P-384. */
#define QATVF_ECDSA_OPERAND_MAX	(PKE_ECDSA_VERIFY_NUMBERS * 64)

/**
 * struct qatvf_ecdsa_key - a public key as the device takes it
 * @curve: its curve
 * @usable: @operand is good; if not, software does it
 * @operand: the function's operand, but for the signature and the digest
 *
 * Nothing in it is secret.
 */
struct qatvf_ecdsa_key {
	const struct qatvf_curve *curve;
	bool usable;
	u8 operand[QATVF_ECDSA_OPERAND_MAX];
};

/**
 * struct qatvf_ecdsa_sig - a signature
 * @r: first number, big endian, of the curve's size
 * @s: second
 */
struct qatvf_ecdsa_sig {
	u8 r[QATVF_CURVE_MAX_BYTES];
	u8 s[QATVF_CURVE_MAX_BYTES];
};

void qatvf_ecdsa_set_key(struct qatvf_ecdsa_key *key, const u8 *data,
			 unsigned int len);
void qatvf_ecdsa_prepare(struct qatvf_pke *pke,
			 const struct qatvf_ecdsa_key *key,
			 const struct qatvf_ecdsa_sig *sig, const u8 *digest,
			 unsigned int digest_len, u32 flags);
int qatvf_ecdsa_finish(struct qatvf_pke *pke);

#endif /* QATVF_SERVICES_ECDSA_H */
