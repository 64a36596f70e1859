// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio-use: the PF resets ring pairs one by one. Each begins anew, the others go on
 * (reference 04 section 19).
 */
#include "commands.h"
#include "registers.h"
#include "work.h"

/* Results of a reset. */
#define DONE		0
#define UNSUPPORTED	1

/* All that a reset must bring back; the status registers say "empty". */
static bool is_reset(struct device *dev, unsigned int n)
{
	volatile uint32_t *csr = bundle(dev, n);
	unsigned int ring;
	uint32_t left = 0;

	for (ring = 0; ring < 2; ring++)
		left |= csr[RING_CONFIG(ring)] | csr[RING_LBASE(ring)] | csr[RING_UBASE(ring)] |
			csr[RING_HEAD(ring)] | csr[RING_TAIL(ring)];
	if (!left && !csr[ARB_EN] && csr[E_STAT] == 3)
		return true;
	complain("ring pair %u is not as new: %08x, ARB_EN %08x, E_STAT %08x", n, left,
		 csr[ARB_EN], csr[E_STAT]);
	return false;
}

static bool says(struct device *dev, unsigned int data, unsigned int expected)
{
	unsigned int result;

	if (!session_reset_ring_pair(dev, data, &result))
		return false;
	if (result == expected)
		return true;
	complain("reset of ring pair %u: result %u", data, result);
	return false;
}

/* In use, with requests on their way; afterwards it takes new ones. */
static bool reset_in_use(struct work *work, unsigned int i)
{
	unsigned int other;

	work_fill(work);
	if (!says(work->dev, work->n[i], DONE) || !is_reset(work->dev, work->n[i]) ||
	    !ring_pair_on_again(&work->rp[i]) || !work_check(work, i))
		return false;
	for (other = 0; other < work->count; other++) {
		struct ring_pair *rp = &work->rp[other];
		uint8_t response[RESPONSE_BYTES];

		while (rp->in_flight)
			if (!ring_pair_take(rp, response, 5000) || !cipher_good(response)) {
				complain("ring pair %u suffered", work->n[other]);
				return false;
			}
	}
	return work_check_all(work);
}

bool use_ring_reset(struct device *dev, char **arg)
{
	struct work work;
	unsigned int n, i;

	(void)arg;
	if (!device_open(dev) || !work_start(&work, dev) || !work_check_all(&work))
		return false;
	for (i = 0; i < work.count; i++)
		if (!reset_in_use(&work, i))
			return false;
	work_stop(&work);
	for (n = 0; n < RING_PAIRS; n++)
		if (!says(dev, n, DONE) || !is_reset(dev, n))
			return false;
	/* the field has 24 bits, ring pairs have two of them */
	for (n = RING_PAIRS; n <= 0x800000; n *= 2)
		if (!says(dev, n, UNSUPPORTED))
			return false;
	if (!mailbox_say(dev, SAY_SHUTDOWN))
		return false;
	device_close(dev);
	return true;
}
