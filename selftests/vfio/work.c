// SPDX-License-Identifier: GPL-2.0-only
/*
 * AES-128-CBC of one block, from NIST SP 800-38A F.2.1: whoever gets another result has
 * seen somebody else's key or data.
 */
#include <string.h>

#include "work.h"

#define DESCRIPTOR_BYTES	64

static const struct cipher known = {
	.key = { 0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6,
		 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c },
	.key_bytes = 16,
	.iv = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 },
	.bytes = BLOCK,
};

static const uint8_t plain[BLOCK] = {
	0x6b, 0xc1, 0xbe, 0xe2, 0x2e, 0x40, 0x9f, 0x96,
	0xe9, 0x3d, 0x7e, 0x11, 0x73, 0x93, 0x17, 0x2a
};

static const uint8_t result[BLOCK] = {
	0x76, 0x49, 0xab, 0xac, 0x81, 0x19, 0xb2, 0x46,
	0xce, 0xe9, 0x8e, 0x9b, 0x12, 0xe9, 0x19, 0x7d
};

/* A session, and rings on all ring pairs for ciphers. */
bool work_start(struct work *work, struct device *dev)
{
	int n;

	memset(work, 0, sizeof(*work));
	work->dev = dev;
	if (!session_open(dev, &work->session))
		return false;
	work->descriptor = memory_get(dev, DESCRIPTOR_BYTES * RING_PAIRS * RING_ENTRIES,
				      DESCRIPTOR_BYTES);
	work->text = memory_get(dev, BLOCK * RING_PAIRS * RING_ENTRIES, BLOCK);
	if (!work->descriptor || !work->text)
		return false;
	while ((n = session_find(&work->session, SERVICE_SYM, work->count)) >= 0) {
		if (!ring_pair_on(&work->rp[work->count], dev, n))
			return false;
		work->n[work->count++] = n;
	}
	if (!work->count)
		complain("%s: no ring pair for ciphers", dev->address);
	return work->count;
}

/* One known request on ring pair @i of ours. */
bool work_check(struct work *work, unsigned int i)
{
	struct cipher cipher = known;

	cipher.data = work->text;
	memcpy(cipher.data, plain, BLOCK);
	if (!cipher_run(&work->rp[i], &cipher, work->descriptor))
		return false;
	if (!memcmp(cipher.data, result, BLOCK))
		return true;
	complain("%s: ring pair %u: wrong cipher text", work->dev->address, work->n[i]);
	return false;
}

bool work_check_all(struct work *work)
{
	unsigned int i;

	for (i = 0; i < work->count; i++)
		if (!work_check(work, i))
			return false;
	return true;
}

/* All rings full of requests, nobody waits for the responses. */
void work_fill(struct work *work)
{
	uint8_t request[REQUEST_BYTES];
	struct cipher cipher = known;
	unsigned int i, used = 0;

	for (i = 0; i < work->count; i++)
		do {
			cipher.data = work->text + BLOCK * used;
			cipher_write(work->dev, &cipher,
				     work->descriptor + DESCRIPTOR_BYTES * used++, request);
		} while (ring_pair_submit(&work->rp[i], request));
}

/* Without a word to the PF. */
void work_stop(struct work *work)
{
	unsigned int i;

	for (i = 0; i < work->count; i++)
		ring_pair_off(&work->rp[i]);
}

/* A good end: rings off, SHUTDOWN. */
bool work_done(struct work *work)
{
	work_stop(work);
	return mailbox_say(work->dev, SAY_SHUTDOWN);
}
