/* SPDX-License-Identifier: GPL-2.0-only */
/* Registers of a bundle, as numbers of words. Facts: reference 04 section 15. */
#ifndef QATVF_TEST_VFIO_REGISTERS_H
#define QATVF_TEST_VFIO_REGISTERS_H

#define BUNDLE_WORDS	(0x2000 / 4)

/* ring 0: requests, 1: responses */
#define RING_HEAD(r)	((0x0c0 + 4 * (r)) / 4)
#define RING_TAIL(r)	((0x100 + 4 * (r)) / 4)
#define E_STAT		(0x14c / 4)
#define NE_STAT		(0x150 / 4)
#define ARB_EN		(0x19c / 4)
#define RING_CONFIG(r)	((0x1000 + 4 * (r)) / 4)
#define RING_LBASE(r)	((0x1040 + 4 * (r)) / 4)
#define RING_UBASE(r)	((0x1080 + 4 * (r)) / 4)

#endif
