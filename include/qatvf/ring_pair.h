/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A ring pair: the request ring, the response ring and everything between a
 * request's submission and its completion.  VF and PF drivers create ring pairs
 * on their functions and hand them to the services; services submit requests.
 */
#ifndef QATVF_RING_PAIR_H
#define QATVF_RING_PAIR_H

#include <linux/list.h>
#include <linux/types.h>

#include "hw/fw.h"
#include "hw/pfvf.h"

struct device;
struct seq_file;
struct qatvf_ring_pair;
struct qatvf_request;

/* Longest scatterlist a request may have after mapping; so three slots fill a page. */
#define QATVF_MAX_SEGS		29
/* Room for a content descriptor; at most 384: HMAC-SHA3-224 with its prefixes. */
#define QATVF_CD_BYTES		384
/* Room for additional authenticated data: 240 bytes, for CCM 18 more, padded. */
#define QATVF_AAD_BYTES		272
/* Room for a content descriptor that has such data behind it: a cipher's. */
#define QATVF_CD_BEFORE_AAD	64
/* Room for a digest. */
#define QATVF_DIGEST_BYTES	64

/** struct qatvf_sgl - a buffer list as the device reads it */
struct qatvf_sgl {
	struct qat_sgl_header head;
	struct qat_sgl_entry entry[QATVF_MAX_SEGS];
};

/**
 * struct qatvf_slot_mem - device-visible memory of one request in flight
 * @cd: content descriptor; copied here per request, so that a transform holds
 *	no resource of any device
 * @cd_before_aad: the same, of algorithms that want AAD apart
 * @aad: additional authenticated data
 * @src: source buffers, if the request is not flat
 * @dst: destination buffers
 * @digest: written by the device, where it writes nothing else
 *
 * Allocated with the ring pair and mapped as long as it lives: a request costs
 * no mapping but that of its data.  Ring pairs of the public key service have
 * none: its requests bring their operands along.
 */
struct qatvf_slot_mem {
	union {
		u8 cd[QATVF_CD_BYTES];
		struct {
			u8 cd_before_aad[QATVF_CD_BEFORE_AAD];
			u8 aad[QATVF_AAD_BYTES];
		};
	};
	struct qatvf_sgl src;
	union {
		struct qatvf_sgl dst;
		u8 digest[QATVF_DIGEST_BYTES];
	};
};

/**
 * struct qatvf_request_ops - what a service does for its requests
 * @fill: write the message in place in the ring, all but the opaque field;
 *	@msg has the size of the service's requests, @mem is the request's own
 *	and visible to the device at @mem_dma.  Returns how many bytes at the
 *	start of @mem are secret: they are wiped when the response is there.
 *	Called under the ring pair's lock with bottom halves off: no sleeping, no
 *	failing.
 * @wait: optional; the request enters the backlog: keep what @fill will need and what
 *	its owner may change until then, which is the key.  Called as @fill is.
 * @take: optional; take what the device wrote into the response and into @mem,
 *	which belongs to another request soon after.  Called for good responses
 *	only, by the poll, without locks.  Returns 0 or the request's errno.
 * @started: a request that submit answered with -EBUSY entered the ring
 * @complete: the request is finished; the service may free it.  @err is 0, the
 *	errno of the response or of @take, -ECANCELED (the device never saw the
 *	request) or -ETIMEDOUT (the device took it and was stopped; the
 *	destination is undefined).
 *
 * @started and @complete run with bottom halves off, without locks.
 */
struct qatvf_request_ops {
	unsigned int (*fill)(struct qatvf_request *req, void *msg,
			     struct qatvf_slot_mem *mem, dma_addr_t mem_dma);
	void (*wait)(struct qatvf_request *req);
	int (*take)(struct qatvf_request *req, const struct qat_rsp *rsp,
		    const struct qatvf_slot_mem *mem);
	void (*started)(struct qatvf_request *req);
	void (*complete)(struct qatvf_request *req, int err);
};

/**
 * struct qatvf_request - the ring pair's part of a request
 * @link: in the backlog, later in the list of those that left it
 * @next: of the requests that finished together
 * @ops: set by the service before it submits
 * @bytes: how much data it is about; likewise
 * @slot: slot of the ring pair while in flight
 * @err: outcome, between the response and @ops->complete()
 */
struct qatvf_request {
	struct list_head link;
	struct qatvf_request *next;
	const struct qatvf_request_ops *ops;
	u32 bytes;
	u16 slot;
	int err;
};

/**
 * struct qatvf_ring_pair_config - what a ring pair is made from
 * @dev: the function it belongs to: DMA mappings, NUMA node, messages
 * @parent: the PF of that function where it is known, else the same as @dev
 * @csr: its bundle; must stay mapped until the ring pair is destroyed
 * @service: what the device does with its requests
 * @capabilities: QAT_CAP_* of the function
 */
struct qatvf_ring_pair_config {
	struct device *dev;
	struct device *parent;
	void __iomem *csr;
	enum qat_service service;
	u32 capabilities;
};

/**
 * struct qatvf_ring_pair_stats - counters since creation
 * @requests: requests put into the ring
 * @responses: responses taken out of it
 * @doorbells: writes of the request tail
 * @interrupts: interrupts that found responses here
 * @polls: runs of the bottom half
 * @backlogged: requests that had to wait for room
 * @refused: requests turned away because the ring was full
 * @errors: responses by which the device failed its request, as told from what
 *	the request itself deserved: wrong tags, damaged data
 * @forged: responses that matched no request in flight
 * @in_flight: requests the device has now
 */
struct qatvf_ring_pair_stats {
	u64 requests;
	u64 responses;
	u64 doorbells;
	u64 interrupts;
	u64 polls;
	u64 backlogged;
	u64 refused;
	u64 errors;
	u64 forged;
	unsigned int in_flight;
};

struct qatvf_ring_pair *
qatvf_ring_pair_create(const struct qatvf_ring_pair_config *config);
void qatvf_ring_pair_destroy(struct qatvf_ring_pair *rp);
bool qatvf_ring_pair_quiesce(struct qatvf_ring_pair *rp, unsigned int ms);
bool qatvf_ring_pair_interrupt(struct qatvf_ring_pair *rp);
void qatvf_ring_pair_watch(struct qatvf_ring_pair *rp);
const char *qatvf_ring_pair_overdue(struct qatvf_ring_pair *rp,
				    unsigned int failures);
void qatvf_ring_pair_stats(struct qatvf_ring_pair *rp,
			   struct qatvf_ring_pair_stats *stats);
void qatvf_ring_pair_show_head(struct seq_file *s);
void qatvf_ring_pair_show(struct seq_file *s, unsigned int nr,
			  struct qatvf_ring_pair *rp);
int qatvf_ring_pair_submit(struct qatvf_ring_pair *rp,
			   struct qatvf_request *req, bool may_backlog);

#endif /* QATVF_RING_PAIR_H */
