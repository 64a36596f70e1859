// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio-use: a user who notices if anybody else touches his VF. He works all the time, and
 * looks at each register that only he may change.
 */
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "registers.h"
#include "work.h"

#define REGISTERS	9

static void state(struct work *work, unsigned int i, uint32_t *value)
{
	volatile uint32_t *csr = work->rp[i].csr;
	unsigned int ring;

	for (ring = 0; ring < 2; ring++) {
		*value++ = csr[RING_CONFIG(ring)];
		*value++ = csr[RING_LBASE(ring)];
		*value++ = csr[RING_UBASE(ring)];
	}
	*value++ = csr[RING_TAIL(0)];
	*value++ = csr[RING_HEAD(1)];
	*value++ = csr[ARB_EN];
}

static bool unchanged(struct work *work, unsigned int i, const uint32_t *before)
{
	uint32_t now[REGISTERS];
	unsigned int n;

	state(work, i, now);
	for (n = 0; n < REGISTERS; n++)
		if (now[n] != before[n]) {
			complain("%s: register %u of ring pair %u was %08x, is %08x",
				 work->dev->address, n, work->n[i], before[n], now[n]);
			return false;
		}
	return true;
}

static bool mailbox_unchanged(struct device *dev, const uint32_t *before)
{
	volatile uint32_t *bar = dev->bar[1].word;

	if (bar[PF2VM] == before[0] && bar[VM2PF] == before[1] && bar[VINTMSKPF2VM] == 1)
		return true;
	complain("%s: PF2VM %08x, VM2PF %08x, VINTMSKPF2VM %08x", dev->address, bar[PF2VM],
		 bar[VM2PF], bar[VINTMSKPF2VM]);
	return false;
}

static bool guard(struct work *work, unsigned int seconds)
{
	volatile uint32_t *bar = work->dev->bar[1].word;
	uint32_t before[REGISTERS], mailbox[2];
	uint64_t end = now_ms() + seconds * 1000ull;
	unsigned long rounds = 0;

	while (now_ms() < end) {
		unsigned int i = rounds++ % work->count;

		mailbox[0] = bar[PF2VM];
		mailbox[1] = bar[VM2PF];
		if (!work_check(work, i))
			return false;
		state(work, i, before);
		usleep(1000);
		if (!unchanged(work, i, before) || !mailbox_unchanged(work->dev, mailbox))
			return false;
	}
	printf("%lu requests, nobody else was here\n", rounds);
	return true;
}

bool use_guard(struct device *dev, char **arg)
{
	struct work work;
	bool good;

	if (!device_open(dev) || !work_start(&work, dev))
		return false;
	printf("on guard\n");
	good = guard(&work, number(arg, 5)) && work_done(&work);
	device_close(dev);
	return good;
}
