// SPDX-License-Identifier: GPL-2.0-only
/* Rings: on, off, a request in, a response out. */
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "registers.h"
#include "ring.h"

/* 64 << code bytes; the response ring keeps 512 bytes in reserve, as drivers have it. */
#define REQUEST_CONFIG	7
#define RESPONSE_CONFIG	(5 | 8 << 10)
#define REQUEST_RING	(RING_ENTRIES * REQUEST_BYTES)
#define RESPONSE_RING	(RING_ENTRIES * RESPONSE_BYTES)

#define FILL		0x7f
#define EMPTY		0x7f7f7f7fu

volatile uint32_t *bundle(struct device *dev, unsigned int n)
{
	return dev->bar[0].word + n * BUNDLE_WORDS;
}

static void place(struct ring_pair *rp, unsigned int ring, const void *memory, uint32_t config)
{
	uint64_t iova = memory_iova(rp->dev, memory);

	rp->csr[RING_LBASE(ring)] = (uint32_t)iova;
	rp->csr[RING_UBASE(ring)] = iova >> 32;
	rp->csr[RING_CONFIG(ring)] = config;
}

/* With the memory it has, after a reset. */
bool ring_pair_on_again(struct ring_pair *rp)
{
	rp->tail = 0;
	rp->head = 0;
	rp->in_flight = 0;
	memset(rp->request, FILL, REQUEST_RING);
	memset(rp->response, FILL, RESPONSE_RING);
	place(rp, 0, rp->request, REQUEST_CONFIG);
	place(rp, 1, rp->response, RESPONSE_CONFIG);
	rp->csr[ARB_EN] = 1;
	return true;
}

bool ring_pair_on(struct ring_pair *rp, struct device *dev, unsigned int n)
{
	rp->dev = dev;
	rp->csr = bundle(dev, n);
	rp->request = memory_get(dev, REQUEST_RING, REQUEST_RING);
	rp->response = memory_get(dev, RESPONSE_RING, RESPONSE_RING);
	return rp->request && rp->response && ring_pair_on_again(rp);
}

void ring_pair_off(struct ring_pair *rp)
{
	unsigned int ring;

	rp->csr[ARB_EN] = 0;
	for (ring = 0; ring < 2; ring++) {
		rp->csr[RING_CONFIG(ring)] = 0;
		rp->csr[RING_LBASE(ring)] = 0;
		rp->csr[RING_UBASE(ring)] = 0;
	}
}

/* One slot stays free. */
bool ring_pair_submit(struct ring_pair *rp, const uint8_t *request)
{
	if (rp->in_flight == RING_ENTRIES - 1)
		return false;
	memcpy(rp->request + rp->tail, request, REQUEST_BYTES);
	rp->tail = (rp->tail + REQUEST_BYTES) % REQUEST_RING;
	rp->in_flight++;
	atomic_thread_fence(memory_order_seq_cst);
	rp->csr[RING_TAIL(0)] = rp->tail;
	return true;
}

/* The next response, within @ms. */
bool ring_pair_take(struct ring_pair *rp, uint8_t *response, unsigned int ms)
{
	volatile uint32_t *slot = (volatile uint32_t *)(rp->response + rp->head);
	uint64_t end = now_ms() + ms;

	while (*slot == EMPTY) {
		if (now_ms() > end)
			return false;
		usleep(10);
	}
	atomic_thread_fence(memory_order_acquire);
	memcpy(response, (const void *)slot, RESPONSE_BYTES);
	*slot = EMPTY;
	atomic_thread_fence(memory_order_seq_cst);
	rp->head = (rp->head + RESPONSE_BYTES) % RESPONSE_RING;
	rp->in_flight--;
	rp->csr[RING_HEAD(1)] = rp->head;
	return true;
}

void put32(uint8_t *at, uint32_t value)
{
	unsigned int i;

	for (i = 0; i < 4; i++)
		at[i] = value >> 8 * i;
}

void put64(uint8_t *at, uint64_t value)
{
	put32(at, (uint32_t)value);
	put32(at + 4, value >> 32);
}

uint32_t get32(const uint8_t *at)
{
	return at[0] | at[1] << 8 | at[2] << 16 | (uint32_t)at[3] << 24;
}
