/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Inside of a ring pair, for the files of the core only.
 */
#ifndef QATVF_CORE_RING_PAIR_H
#define QATVF_CORE_RING_PAIR_H

#include <linux/cache.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>

#include "qatvf/ring_pair.h"

/* Requests a ring pair holds; one slot stays free so that head != tail. */
#define QATVF_RING_ENTRIES	256
/* Slots whose memory is allocated as one block, see slots.c. */
#define QATVF_SLOTS_PER_BLOCK	24
/* What drivers in the field give a compression beyond its destination. */
#define QATVF_SKID_BYTES	4096

/**
 * struct qatvf_slot - one request the device may answer
 * @req: the request while in flight, else NULL.  A free slot belongs to the
 *	submitter that takes it from the free stack, a slot in flight to the
 *	poll: handed over by the store and the load of @req.
 * @gen: counts the uses of the slot, so that a late or doubled response of a
 *	former use is told from the present one
 * @service: what the response has to repeat
 * @cmd: likewise
 * @secret_bytes: at the start of @mem
 * @bytes: of the request, or of the last one that was here
 * @mem: the slot's device-visible memory, or NULL if the service needs none
 * @mem_dma: its address for the device
 */
struct qatvf_slot {
	struct qatvf_request *req;
	u32 gen;
	u8 service;
	u8 cmd;
	u16 secret_bytes;
	u32 bytes;
	struct qatvf_slot_mem *mem;
	dma_addr_t mem_dma;
};

/**
 * struct qatvf_slot_block - memory of QATVF_SLOTS_PER_BLOCK slots
 * @mem: it, or NULL
 * @dma: its address for the device
 */
struct qatvf_slot_block {
	void *mem;
	dma_addr_t dma;
};

/**
 * struct qatvf_sighting - when overdue.c first saw a request in its slot
 * @gen: use of the slot
 * @responses: taken by then
 * @when: jiffies
 */
struct qatvf_sighting {
	u32 gen;
	u64 responses;
	unsigned long when;
};

/**
 * struct qatvf_overdue - what overdue.c has seen; its caller's only
 * @responses: taken when it last looked
 * @moved: when it last saw the ring pair idle or moving, jiffies
 * @looked: when it last looked, jiffies
 * @first: of each slot
 */
struct qatvf_overdue {
	u64 responses;
	unsigned long moved;
	unsigned long looked;
	struct qatvf_sighting first[QATVF_RING_ENTRIES];
};

/**
 * struct qatvf_ring_pair - see include/qatvf/ring_pair.h
 * @dev: function, from the configuration
 * @parent: likewise
 * @csr: bundle
 * @service: what it serves
 * @capabilities: of the function
 * @provider: entry in the registry's list, guarded by the registry
 * @rank: place in that list, likewise
 * @req_size: bytes of a request
 * @req_ring: request ring, written by the CPU
 * @req_dma: its address for the device
 * @rsp_ring: response ring, written by the device
 * @rsp_dma: its address for the device
 * @skid: compression: room which the device may need behind a destination and
 *	whose content nobody wants; shared by all requests
 * @skid_dma: its address for the device
 * @block: the slots' memory, if the service needs any
 * @poll: bottom half; it alone takes responses
 * @polling: bit 0 set: the bottom half is on its way and interrupts are off
 * @interrupts: statistics; written by the interrupt handler
 *
 * @lock: guards the members from @tail to @refused.  Taken by submitters and,
 *	once per run, by the poll; never held across a callback other than
 *	fill() and wait(), and not needed by interrupt() or by the completion of requests.
 * @tail: where the next request goes, bytes
 * @unrung: requests placed since the last doorbell
 * @nfree: slots on the free stack
 * @free: stack of free slots
 * @backlog: requests waiting for a slot, oldest first
 * @closed: no request may enter any more
 * @requests: statistics
 * @doorbells: statistics
 * @backlogged: statistics
 * @refused: statistics
 *
 * @head: next response, bytes; written by the poll, read by interrupt()
 * @head_lag: responses taken since the device was told; the poll's
 * @taken: responses taken since interrupts were off; the poll's
 * @coalescing: interrupts gather responses; the poll's
 * @polls: statistics; this and the rest are written by the poll only
 * @responses: statistics
 * @errors: statistics
 * @forged: statistics
 * @slots: requests in flight, see struct qatvf_slot
 *
 * @overdue: see there
 */
struct qatvf_ring_pair {
	struct device *dev;
	struct device *parent;
	void __iomem *csr;
	enum qat_service service;
	u32 capabilities;
	struct list_head provider;
	u32 rank;
	u32 req_size;
	void *req_ring;
	dma_addr_t req_dma;
	void *rsp_ring;
	dma_addr_t rsp_dma;
	void *skid;
	dma_addr_t skid_dma;
	struct qatvf_slot_block block[DIV_ROUND_UP(QATVF_RING_ENTRIES, QATVF_SLOTS_PER_BLOCK)];
	struct tasklet_struct poll;
	unsigned long polling;
	u64 interrupts;

	spinlock_t lock ____cacheline_aligned_in_smp;
	u32 tail;
	u16 unrung;
	u16 nfree;
	u16 free[QATVF_RING_ENTRIES];
	struct list_head backlog;
	bool closed;
	u64 requests;
	u64 doorbells;
	u64 backlogged;
	u64 refused;

	u32 head ____cacheline_aligned_in_smp;
	u32 head_lag;
	u32 taken;
	bool coalescing;
	u64 polls;
	u64 responses;
	u64 errors;
	u64 forged;
	struct qatvf_slot slots[QATVF_RING_ENTRIES];

	struct qatvf_overdue overdue;
};

/* slots.c */
int qatvf_slots_alloc(struct qatvf_ring_pair *rp);
void qatvf_slots_free(struct qatvf_ring_pair *rp);

#endif /* QATVF_CORE_RING_PAIR_H */
