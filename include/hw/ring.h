/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One bundle (= bank = ring pair) as software sees it: its registers, how a
 * ring is described to the hardware, and the marks in ring memory.  The
 * offsets are relative to the bundle, so they hold for the PF's BAR4 and for a
 * VF's BAR0 alike.  Facts: reference 04 sections 14-18.
 */
#ifndef QATVF_HW_RING_H
#define QATVF_HW_RING_H

#include <linux/bits.h>

/* Where bundles are. */
#define QAT_BUNDLE_SIZE			0x2000
#define QAT_VF_BUNDLE(rp)		((rp) * QAT_BUNDLE_SIZE)
#define QAT_PF_BUNDLE(rp)		(0x100000 + (rp) * QAT_BUNDLE_SIZE)

/* Rings of a bundle. */
#define QAT_RING_REQ			0
#define QAT_RING_RSP			1
#define QAT_RINGS_PER_BUNDLE		2

/* Registers of a bundle; r is a ring of it. */
#define RING_HEAD(r)			(0x0c0 + 4 * (r))
#define RING_TAIL(r)			(0x100 + 4 * (r))
#define RING_E_STAT			0x14c
#define RING_INT_FLAG			0x170
#define RING_INT_SRCSEL			0x174
#define RING_INT_COL_EN			0x17c
#define RING_INT_COL_CTL		0x180
#define RING_INT_FLAG_AND_COL		0x184
#define RING_SRV_ARB_EN			0x19c
#define RING_CONFIG(r)			(0x1000 + 4 * (r))
#define RING_LBASE(r)			(0x1040 + 4 * (r))
#define RING_UBASE(r)			(0x1080 + 4 * (r))

/* Both rings raise their event when they stop being empty. */
#define RING_INT_SRCSEL_NOT_EMPTY	0x44
/* Coalescing: interrupt after [15:0] units of 256 clocks. */
#define RING_INT_COL_CTL_ENABLE		BIT(31)
#define RING_INT_COL_CTL_DELAY		GENMASK(15, 0)

/* RING_CONFIG: the ring has 64 << size bytes; at most 4 MiB. */
#define RING_CONFIG_SIZE_SHIFT		6
#define RING_CONFIG_SIZE_MAX		16
/*
 * Near-full watermark of 512 bytes, for response rings: the arbiter keeps the
 * last 16 responses in reserve, so the head may lag by up to 32 (04 section 17).
 */
#define RING_CONFIG_NEAR_FULL_512	(8U << 10)

#define QAT_REQ_SIZE			128	/* symmetric and compression */
#define QAT_REQ_SIZE_ASYM		64
#define QAT_RSP_SIZE			32

/* The first word of a response slot that holds no response. */
#define QAT_RSP_EMPTY			0x7f7f7f7fU
#define QAT_RING_FILL			0x7f

/* Lowest BAR sizes that hold what a VF driver touches (01 section 4.2). */
#define QAT_VF_ETR_BAR			0
#define QAT_VF_ETR_SIZE			0x8000
#define QAT_VF_PMISC_BAR		2
#define QAT_VF_PMISC_SIZE		0x1010

/* A VF's own interrupt and mailbox registers (01 section 8.2). */
#define VF_VINTSOU_PF2VM		0x1000
#define VF_VINTMSK_PF2VM		0x1004
#define VF_PF2VM			0x1008
#define VF_VM2PF			0x100c

#endif /* QATVF_HW_RING_H */
