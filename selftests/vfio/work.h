/* SPDX-License-Identifier: GPL-2.0-only */
/* A session with rings, and work of which the result is known. */
#ifndef QATVF_TEST_VFIO_WORK_H
#define QATVF_TEST_VFIO_WORK_H

#include "mailbox.h"
#include "request.h"

/**
 * struct work - rings for ciphers, on each ring pair that has them
 * @dev: VF, opened
 * @session: what the PF said
 * @rp: ring pairs
 * @n: their numbers
 * @count: how many
 * @descriptor: one for each request in flight
 * @text: likewise
 */
struct work {
	struct device *dev;
	struct session session;
	struct ring_pair rp[RING_PAIRS];
	unsigned int n[RING_PAIRS];
	unsigned int count;
	uint8_t *descriptor;
	uint8_t *text;
};

bool work_start(struct work *work, struct device *dev);
bool work_done(struct work *work);
bool work_check(struct work *work, unsigned int i);
bool work_check_all(struct work *work);
void work_fill(struct work *work);
void work_stop(struct work *work);

#endif
