// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio-use: a hostile user with full control of its VF's BARs. Others must not notice
 * (reference 04 section 13); what "guard" does at the same time is to notice.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "registers.h"
#include "work.h"

#define BYTES_OF(n)	(1u << ((n) & 3))

/* One access of a random width at a random place of a random BAR. */
static void scribble(struct device *dev)
{
	struct bar *bar = &dev->bar[random() % NUM_BARS];
	size_t bytes = BYTES_OF(random());
	volatile uint8_t *at = (volatile uint8_t *)bar->word +
			       random() % (bar->bytes / bytes) * bytes;
	uint64_t value = (uint64_t)random() << 33 ^ (uint64_t)random() << 11 ^ random();

	switch (bytes) {
	case 1:
		*at = value;
		break;
	case 2:
		*(volatile uint16_t *)at = value;
		break;
	case 4:
		*(volatile uint32_t *)at = value;
		break;
	default:
		*(volatile uint64_t *)at = value;
	}
}

/* Registers that exist are few among all offsets: most writes go to these. */
static void scribble_registers(struct device *dev)
{
	static const unsigned int registers[] = {
		RING_HEAD(0), RING_HEAD(1), RING_TAIL(0), RING_TAIL(1), ARB_EN,
		RING_CONFIG(0), RING_CONFIG(1), RING_LBASE(0), RING_LBASE(1), RING_UBASE(0),
	};
	unsigned int n = random() % (sizeof(registers) / sizeof(registers[0]));
	uint32_t value = random() << 1 ^ random();

	bundle(dev, random() % RING_PAIRS)[registers[n]] = value;
}

/* Rings that are served, but lie in memory that belongs to nobody. */
static void rings_nowhere(struct device *dev)
{
	volatile uint32_t *csr = bundle(dev, random() % RING_PAIRS);
	unsigned int ring;

	csr[ARB_EN] = 0;
	for (ring = 0; ring < 2; ring++) {
		csr[RING_LBASE(ring)] = random() << 12;
		csr[RING_UBASE(ring)] = random() & 0x7f;
		csr[RING_CONFIG(ring)] = 6;
	}
	csr[ARB_EN] = 1;
	csr[RING_TAIL(0)] = 128 * (1 + random() % 31);
}

bool use_scribble(struct device *dev, char **arg)
{
	uint64_t end = now_ms() + number(arg, 5) * 1000;
	unsigned long seed = *arg ? number(arg + 1, 1) : 1, rounds = 0;
	struct work work;

	if (!device_open(dev) || !work_start(&work, dev))
		return false;
	srandom(seed);
	work_fill(&work);
	while (now_ms() < end) {
		unsigned int i;

		for (i = 0; i < 100; i++)
			scribble(dev);
		for (i = 0; i < 100; i++)
			scribble_registers(dev);
		rings_nowhere(dev);
		if (++rounds % 50 == 0 && !device_reset(dev))
			return false;
	}
	printf("%lu rounds of nonsense\n", rounds);
	device_close(dev);
	return true;
}

/*
 * Data from where the VF may not read, and to where it may not write: no good response.
 * Each time the ring pair stops, and is reset.
 */
static bool peek(struct work *work, uint64_t src, uint64_t dst)
{
	uint8_t request[REQUEST_BYTES], response[RESPONSE_BYTES];
	static const struct cipher nothing = { .key_bytes = 16, .bytes = BLOCK };
	struct cipher cipher = nothing;
	unsigned int result;

	cipher.data = work->text;
	cipher_write(work->dev, &cipher, work->descriptor, request);
	if (src)
		put64(request + 32, src);
	if (dst)
		put64(request + 40, dst);
	ring_pair_submit(&work->rp[0], request);
	if (ring_pair_take(&work->rp[0], response, 300) && !response[5] && !response[6]) {
		complain("%s: %#lx to %#lx was done", work->dev->address, (unsigned long)src,
			 (unsigned long)dst);
		return false;
	}
	return session_reset_ring_pair(work->dev, work->n[0], &result) && !result &&
	       ring_pair_on_again(&work->rp[0]) && work_check(work, 0);
}

bool use_peek(struct device *dev, char **arg)
{
	/* low and high, and just beside what is ours; the interrupt window is no memory */
	static const uint64_t places[] = {
		0x1000, 0x100000, 0x7e000000, 0xc0000000, 0x100000000, MEMORY_IOVA - BLOCK,
		MEMORY_IOVA + MEMORY_BYTES, 0x7fffffff000,
	};
	struct work work;
	size_t i;

	(void)arg;
	if (!device_open(dev) || !work_start(&work, dev))
		return false;
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (!peek(&work, places[i], 0) || !peek(&work, 0, places[i]))
			return false;
	if (!work_done(&work))
		return false;
	device_close(dev);
	return true;
}

/* The next word as soon as the last was taken, or without that. */
bool use_flood(struct device *dev, char **arg)
{
	uint64_t end = now_ms() + number(arg, 5) * 1000;
	unsigned long said = 0, taken = 0;
	volatile uint32_t *bar;

	if (!device_open(dev))
		return false;
	bar = dev->bar[1].word;
	bar[VINTMSKPF2VM] = 1;
	for (; now_ms() < end; said++) {
		bar[VM2PF] = 0x00002327;
		taken += !(bar[VM2PF] & 1);
	}
	printf("%lu words said, %lu taken at once\n", said, taken);
	device_close(dev);
	return true;
}
