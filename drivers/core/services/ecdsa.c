// SPDX-License-Identifier: GPL-2.0
/*
 * ECDSA verification: from key, signature and digest to the device's operand.
 * Facts: reference 07 section 8.6.
 */
#include "compat.h"
#include "ecdsa.h"
#include "number.h"

#ifdef QATVF_WITH_CURVES

#include <crypto/internal/ecc.h>

/* Places of the numbers in the operand. */
enum {
	NUM_P, NUM_B, NUM_A, NUM_YQ, NUM_XQ, NUM_YG, NUM_XG, NUM_N,
	NUM_R, NUM_S, NUM_E,
};
static_assert(NUM_E + 1 == PKE_ECDSA_VERIFY_NUMBERS);

static u8 *number(const struct qatvf_curve *curve, u8 *operand,
		  unsigned int index)
{
	return operand + index * curve->verify_bytes;
}

static void set_digits(const struct qatvf_curve *curve, u8 *operand,
		       unsigned int index, const u64 *digits)
{
	qatvf_curve_number(number(curve, operand, index), curve->verify_bytes,
			   digits, curve->bytes / sizeof(u64));
}

static void set_bytes(const struct qatvf_curve *curve, u8 *operand,
		      unsigned int index, const u8 *from, unsigned int len)
{
	qatvf_number_set(number(curve, operand, index), curve->verify_bytes,
			 from, len);
}

/**
 * qatvf_ecdsa_set_key() - take a public key
 * @key: its curve is set
 * @data: 4, x, y, as the software transform has accepted it
 * @len: bytes of @data
 *
 * A key in which coordinates are shorter than the curve's is left to software.
 */
void qatvf_ecdsa_set_key(struct qatvf_ecdsa_key *key, const u8 *data,
			 unsigned int len)
{
	const struct qatvf_curve *curve = key->curve;
	const struct ecc_curve *params = ecc_get_curve(curve->id);
	u8 *operand = key->operand;

	key->usable = len == 1 + 2 * curve->bytes;
	if (!key->usable)
		return;
	set_digits(curve, operand, NUM_P, params->p);
	set_digits(curve, operand, NUM_B, params->b);
	set_digits(curve, operand, NUM_A, params->a);
	set_bytes(curve, operand, NUM_XQ, data + 1, curve->bytes);
	set_bytes(curve, operand, NUM_YQ, data + 1 + curve->bytes,
		  curve->bytes);
	set_digits(curve, operand, NUM_XG, params->g.x);
	set_digits(curve, operand, NUM_YG, params->g.y);
	set_digits(curve, operand, NUM_N, params->n);
}

/**
 * qatvf_ecdsa_prepare() - operands for the device, or none: software
 * @pke: request
 * @key: key; unless it is usable software is to do it
 * @sig: signature; numbers out of range are software's to judge
 * @digest: what was signed
 * @digest_len: bytes of @digest; more than the curve has are cut off
 * @flags: CRYPTO_TFM_REQ_* of the caller
 *
 * Context: sleeps if @flags allow it.
 */
void qatvf_ecdsa_prepare(struct qatvf_pke *pke,
			 const struct qatvf_ecdsa_key *key,
			 const struct qatvf_ecdsa_sig *sig, const u8 *digest,
			 unsigned int digest_len, u32 flags)
{
	const struct qatvf_curve *curve = key->curve;
	unsigned int bytes = PKE_ECDSA_VERIFY_NUMBERS * curve->verify_bytes;
	struct qatvf_pke_function fn = {
		.id = curve->verify,
		.inputs = 1,
		.outputs = 0,
		.bytes = { bytes },
	};
	u8 *operand;

	if (!key->usable || !qatvf_curve_has_scalar(curve, sig->r) ||
	    !qatvf_curve_has_scalar(curve, sig->s) ||
	    qatvf_pke_alloc(pke, &fn, flags))
		return;
	operand = qatvf_pke_operand(pke, 0);
	memcpy(operand, key->operand, bytes);
	set_bytes(curve, operand, NUM_R, sig->r, curve->bytes);
	set_bytes(curve, operand, NUM_S, sig->s, curve->bytes);
	set_bytes(curve, operand, NUM_E, digest,
		  min_t(unsigned int, digest_len, curve->bytes));
}

/**
 * qatvf_ecdsa_finish() - the device found the signature good
 * @pke: request
 *
 * Return: 0; there is no other result.
 */
int qatvf_ecdsa_finish(struct qatvf_pke *pke)
{
	return 0;
}

#endif /* QATVF_WITH_CURVES */

#if !defined(QATVF_WITH_ECDSA_SIG) && !defined(QATVF_WITH_ECDSA_AKCIPHER)
const struct qatvf_alg_table qatvf_ecdsa;
#endif
