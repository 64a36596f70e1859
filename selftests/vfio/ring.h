/* SPDX-License-Identifier: GPL-2.0-only */
/* A ring pair of a VF, polled. Facts: reference 04 sections 14 to 17. */
#ifndef QATVF_TEST_VFIO_RING_H
#define QATVF_TEST_VFIO_RING_H

#include "device.h"

#define RING_ENTRIES	64
#define REQUEST_BYTES	128
#define RESPONSE_BYTES	32

/**
 * struct ring_pair - a ring pair in use
 * @dev: its VF
 * @csr: its registers
 * @request: ring of requests
 * @response: ring of responses
 * @tail: where the next request goes, bytes
 * @head: where the next response comes, bytes
 * @in_flight: requests not answered
 */
struct ring_pair {
	struct device *dev;
	volatile uint32_t *csr;
	uint8_t *request;
	uint8_t *response;
	uint32_t tail;
	uint32_t head;
	unsigned int in_flight;
};

volatile uint32_t *bundle(struct device *dev, unsigned int n);
bool ring_pair_on(struct ring_pair *rp, struct device *dev, unsigned int n);
bool ring_pair_on_again(struct ring_pair *rp);
void ring_pair_off(struct ring_pair *rp);
bool ring_pair_submit(struct ring_pair *rp, const uint8_t *request);
bool ring_pair_take(struct ring_pair *rp, uint8_t *response, unsigned int ms);

/* Little endian fields of messages. */
void put32(uint8_t *at, uint32_t value);
void put64(uint8_t *at, uint64_t value);
uint32_t get32(const uint8_t *at);

#endif
