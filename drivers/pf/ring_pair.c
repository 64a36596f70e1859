// SPDX-License-Identifier: GPL-2.0
/*
 * Ring pairs as the PF sees them: cleared at bring-up, reset one by one when a VF
 * asks or leaves.  Those that the PF drives itself are in own_rings.c.
 */
#include <linux/iopoll.h>

#include "device.h"

#define RESET_POLL_US		20
#define RESET_TIMEOUT_US	5000000

#define INT_FLAG_ALL		0x3

static void bundle_write(struct qatvf_pf *pf, unsigned int rp, u32 reg, u32 value)
{
	etr_write(pf, QAT_PF_BUNDLE(rp) + reg, value);
}

/**
 * qatvf_ring_pairs_clear() - step of bring-up: no ring pair has rings
 * @pf: PF
 *
 * Reference 01 section 13.1, step 10.
 *
 * Context: life worker.
 * Return: 0.
 */
int qatvf_ring_pairs_clear(struct qatvf_pf *pf)
{
	unsigned int rp, ring;

	for (rp = 0; rp < QAT_NUM_RPS; rp++) {
		for (ring = 0; ring < QAT_RINGS_PER_BUNDLE; ring++) {
			bundle_write(pf, rp, RING_CONFIG(ring), 0);
			bundle_write(pf, rp, RING_LBASE(ring), 0);
			bundle_write(pf, rp, RING_UBASE(ring), 0);
		}
		bundle_write(pf, rp, RING_INT_FLAG, INT_FLAG_ALL);
		bundle_write(pf, rp, RING_INT_SRCSEL, RING_INT_SRCSEL_NOT_EMPTY);
	}
	return 0;
}

/**
 * qatvf_ring_pair_reset() - reset one ring pair, whoever owns it
 * @pf: PF, up
 * @rp: ring pair, 0 to 63; nobody else resets it at the same time
 *
 * Work in flight is dropped and every register of the ring pair returns to its
 * default (reference 04 section 19).
 *
 * Context: process context, sleeps for up to 5 s.
 * Return: 0, -ETIMEDOUT, or -ENODEV if the device does not answer.
 */
int qatvf_ring_pair_reset(struct qatvf_pf *pf, unsigned int rp)
{
	u32 status;
	int err;

	etr_write(pf, RPRESETCTL(rp), RPRESETCTL_RESET);
	err = readl_poll_timeout(pf->etr + RPRESETSTS(rp), status, status & RPRESETSTS_DONE,
				 RESET_POLL_US, RESET_TIMEOUT_US);
	if (!err && status == QATVF_GONE)
		err = -ENODEV;
	if (err) {
		dev_err(&pf->pdev->dev, "ring pair %u has not been reset: RPRESETSTS %#x, error %d\n",
			rp, status, err);
		return err;
	}
	etr_write(pf, RPRESETSTS(rp), RPRESETSTS_DONE);
	return 0;
}
