/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Public key service: the request, the pointer tables and the ids of the
 * functions we use.  Descriptors are little endian, operands are big-endian
 * strings of fixed size.  Facts: reference 07 sections 2-4 and 8.
 */
#ifndef QATVF_HW_PKE_H
#define QATVF_HW_PKE_H

#include <linux/build_bug.h>
#include <linux/stddef.h>
#include <linux/types.h>

/**
 * struct pke_req - request, 64 bytes (07 section 2)
 * @rsvd0: 0
 * @service: QAT_FW_SERVICE_PKE
 * @valid: QAT_FW_VALID
 * @flags: 0: flat, 64-bit addresses, no key protection
 * @cd_addr: 0
 * @rsvd1: 0
 * @function: PKE_*
 * @opaque: returned in the response
 * @src: table of inputs
 * @dst: table of outputs
 * @outputs: entries of @dst; the device wants what the function has
 * @inputs: entries of @src
 * @rsvd2: 0
 * @next: 0: no further request hangs on this one
 */
struct pke_req {
	u8	rsvd0[2];
	u8	service;
	u8	valid;
	__le32	flags;
	__le64	cd_addr;
	__le32	rsvd1;
	__le32	function;
	__le64	opaque;
	__le64	src;
	__le64	dst;
	u8	outputs;
	u8	inputs;
	u8	rsvd2[6];
	__le64	next;
};
static_assert(sizeof(struct pke_req) == 64);
static_assert(offsetof(struct pke_req, function) == 0x14);
static_assert(offsetof(struct pke_req, opaque) == 0x18);
static_assert(offsetof(struct pke_req, outputs) == 0x30);
static_assert(offsetof(struct pke_req, next) == 0x38);

#define PKE_MAX_INPUTS			8
#define PKE_MAX_OUTPUTS			5

/**
 * struct pke_tables - where the operands are (07 section 3)
 * @in: bus address of each input, in the order of the function's list
 * @out: bus address of each output
 * @pad: the operands behind it begin at a multiple of 64
 *
 * The sizes follow from the function.
 */
struct pke_tables {
	__le64	in[PKE_MAX_INPUTS];
	__le64	out[PKE_MAX_OUTPUTS];
	__le64	pad[3];
};
static_assert(sizeof(struct pke_tables) == 128);

/* RSA (07 section 8.1).  EP: m, e, n; DP1: c, d, n; DP2: c, p, q, dp, dq, qinv. */
#define PKE_RSA_EP_512			0x1c161b21
#define PKE_RSA_EP_1024			0x35111bf7
#define PKE_RSA_EP_1536			0x4d111cdc
#define PKE_RSA_EP_2048			0x6e111dba
#define PKE_RSA_EP_3072			0x7d111ea3
#define PKE_RSA_EP_4096			0xa5101f7e
#define PKE_RSA_EP_8192			0xc31335c6
#define PKE_RSA_DP1_512			0x1c161b3c
#define PKE_RSA_DP1_1024		0x35111c12
#define PKE_RSA_DP1_1536		0x4d111cf7
#define PKE_RSA_DP1_2048		0x6e111dda
#define PKE_RSA_DP1_3072		0x7d111ebe
#define PKE_RSA_DP1_4096		0xa5101f98
#define PKE_RSA_DP1_8192		0xc31335e6
#define PKE_RSA_DP2_512			0x1c131b57
#define PKE_RSA_DP2_1024		0x26131c2d
#define PKE_RSA_DP2_1536		0x45111d12
#define PKE_RSA_DP2_2048		0x59121dfa
#define PKE_RSA_DP2_3072		0x81121ed9
#define PKE_RSA_DP2_4096		0xb1111fb2
#define PKE_RSA_DP2_8192		0xc9133606

/* Powers (07 section 8.2).  DH and MODEXP: g, e, m; DH_G2: e, m. */
#define PKE_DH_1536			0x390c1a49
#define PKE_DH_2048			0x4d0c1a60
#define PKE_DH_3072			0x510c1a77
#define PKE_DH_4096			0x690c1a8e
#define PKE_DH_8192			0xcd0d3636
#define PKE_DH_G2_1536			0x2e0b1a3e
#define PKE_DH_G2_2048			0x3e0b1a55
#define PKE_DH_G2_3072			0x3a0b1a6c
#define PKE_DH_G2_4096			0x4a0b1a83
#define PKE_DH_G2_8192			0x8d0b3626
#define PKE_MODEXP_1536			0x410c2355
#define PKE_MODEXP_2048			0x5e12236c
#define PKE_MODEXP_2560			0x60162388
#define PKE_MODEXP_3072			0x650c23a9
#define PKE_MODEXP_3584			0x801623c0
#define PKE_MODEXP_4096			0x850c23e1
#define PKE_MODEXP_8192			0xc50c3646

/*
 * Signature check on any curve over GF(p) (07 section 8.6): one input of eleven
 * numbers of the same size, q, b, a, yQ, xQ, yG, xG, n, r, s, e; no output.
 */
#define PKE_ECDSA_VERIFY_L256		0x325b3023
#define PKE_ECDSA_VERIFY_L512		0x3553318a
#define PKE_ECDSA_VERIFY_NUMBERS	11

/* Fixed curves (07 section 8.7).  POINT: x, y, k; GENERATOR: k; both: x, y. */
#define PKE_EC_POINT_P256		0x0a083546
#define PKE_EC_GENERATOR_P256		0x12073556
#define PKE_EC_POINT_P384		0x0b083586
#define PKE_EC_GENERATOR_P384		0x0b073596

/* POINT: u, k; GENERATOR: k; the device clamps k. */
#define PKE_POINT_C25519		0x0a0634c6
#define PKE_GENERATOR_C25519		0x0a0634d6

#endif /* QATVF_HW_PKE_H */
