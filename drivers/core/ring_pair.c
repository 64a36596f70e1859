// SPDX-License-Identifier: GPL-2.0
/*
 * Ring pairs: submission, completion, backlog, interrupts.
 *
 * A request's way: submit() takes a slot, lets the service write the message in
 * place and rings the doorbell; the device answers in the response ring; the
 * poll takes the answer, finds the slot by index and generation, and completes
 * the request.  No register is read on that way, and nothing is allocated.
 *
 * Facts: reference 04 sections 15-18, 24.
 */
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/log2.h>
#include <linux/slab.h>

#include "hw/ring.h"
#include "response.h"
#include "ring_pair.h"

#define RSP_RING_BYTES		(QATVF_RING_ENTRIES * QAT_RSP_SIZE)

/* Responses taken in one run of the bottom half. */
#define POLL_BUDGET		64
/*
 * Responses taken before the device is told of the room: it sees a ring that is
 * fuller by as many, never too full for what is in flight.
 */
#define HEAD_LAG		32
/*
 * 2 us: long enough to gather responses of a burst.  They are gathered from the time
 * on that a run of polls took this many, until one takes a single response, which
 * nobody shall wait for.
 */
#define COALESCE_UNITS		8
#define COALESCE_FROM		4
/* Else hardly at all; whether the device interrupts without its timer nobody says. */
#define COALESCE_UNITS_MIN	1
/* Bit of qatvf_ring_pair.polling. */
#define POLLING			0

static u32 req_ring_bytes(const struct qatvf_ring_pair *rp)
{
	return QATVF_RING_ENTRIES * rp->req_size;
}

static void ring_doorbell_locked(struct qatvf_ring_pair *rp)
{
	lockdep_assert_held(&rp->lock);

	if (!rp->unrung)
		return;
	rp->unrung = 0;
	rp->doorbells++;
	/* writel() orders the messages before the tail that publishes them. */
	writel(rp->tail, rp->csr + RING_TAIL(QAT_RING_REQ));
}

static unsigned int in_flight_locked(struct qatvf_ring_pair *rp)
{
	return QATVF_RING_ENTRIES - 1 - rp->nfree;
}

/*
 * A request waits untold only while the device has more than are waiting: one by
 * itself is told at once, and a burst costs as many doorbells as its length has
 * bits.  What still waits then is told by the poll.
 */
static bool doorbell_due(struct qatvf_ring_pair *rp)
{
	return 2 * rp->unrung >= in_flight_locked(rp);
}

static void place_locked(struct qatvf_ring_pair *rp, struct qatvf_request *req)
{
	u16 index = rp->free[--rp->nfree];
	struct qatvf_slot *slot = &rp->slots[index];
	struct qat_req *msg = rp->req_ring + rp->tail;

	lockdep_assert_held(&rp->lock);

	req->slot = index;
	slot->secret_bytes = req->ops->fill(req, msg, slot->mem, slot->mem_dma);
	WRITE_ONCE(slot->bytes, req->bytes);
	slot->gen++;
	msg->opaque = cpu_to_le64((u64)slot->gen << 32 | index);
	slot->service = msg->service;
	slot->cmd = msg->cmd;
	/* From here on the poll owns the slot: pairs with take_request(). */
	smp_store_release(&slot->req, req);

	rp->tail = (rp->tail + rp->req_size) & (req_ring_bytes(rp) - 1);
	rp->unrung++;
	rp->requests++;
}

static int submit_locked(struct qatvf_ring_pair *rp, struct qatvf_request *req,
			 bool may_backlog)
{
	if (rp->closed)
		return -ENOSPC;

	if (likely(rp->nfree && list_empty(&rp->backlog))) {
		place_locked(rp, req);
		if (doorbell_due(rp))
			ring_doorbell_locked(rp);
		return -EINPROGRESS;
	}
	if (!may_backlog) {
		rp->refused++;
		return -ENOSPC;
	}
	if (req->ops->wait)
		req->ops->wait(req);
	rp->backlogged++;
	list_add_tail(&req->link, &rp->backlog);
	return -EBUSY;
}

/**
 * qatvf_ring_pair_submit() - give a request to the device
 * @rp: ring pair; the caller keeps it alive (provider lookup under RCU)
 * @req: the request; its data is mapped for the device of @rp
 * @may_backlog: let the request wait when the ring is full
 *
 * Context: any but hard interrupt; does not sleep.
 * Return: -EINPROGRESS (on its way) or -EBUSY (waits; ops->started() tells when
 * it is on its way).  After either, @req belongs to the ring pair and may be
 * complete already: do not touch it.  -ENOSPC: no room, @req is the caller's.
 */
int qatvf_ring_pair_submit(struct qatvf_ring_pair *rp,
			   struct qatvf_request *req, bool may_backlog)
{
	int ret;

	spin_lock_bh(&rp->lock);
	ret = submit_locked(rp, req, may_backlog);
	spin_unlock_bh(&rp->lock);
	return ret;
}

static __le32 *response_mark(struct qatvf_ring_pair *rp)
{
	return rp->rsp_ring + READ_ONCE(rp->head);
}

static bool response_pending(struct qatvf_ring_pair *rp)
{
	return READ_ONCE(*response_mark(rp)) != cpu_to_le32(QAT_RSP_EMPTY);
}

/* The request a response belongs to, or NULL if it was made up. */
static struct qatvf_request *take_request(struct qatvf_ring_pair *rp,
					  const struct qat_rsp *rsp)
{
	u64 opaque = le64_to_cpu(rsp->opaque);
	u32 index = lower_32_bits(opaque);
	struct qatvf_request *req;
	struct qatvf_slot *slot;

	if (!qatvf_rsp_well_formed(rsp) || index >= QATVF_RING_ENTRIES)
		return NULL;
	slot = &rp->slots[index];
	/* The rest of the slot is good once its request is seen. */
	req = smp_load_acquire(&slot->req);
	if (!req || slot->gen != upper_32_bits(opaque))
		return NULL;

	slot->req = NULL;
	if (rsp->service != slot->service || rsp->cmd != slot->cmd)
		req->err = -EIO;
	else
		req->err = qatvf_rsp_errno(rsp);
	if (!req->err && req->ops->take)
		req->err = req->ops->take(req, rsp, slot->mem);
	/* The transform may be gone with the next instruction: so must its key. */
	if (slot->secret_bytes)
		memzero_explicit(slot->mem, slot->secret_bytes);
	return req;
}

/* Returns the request that is finished with it, or NULL. */
static struct qatvf_request *take_response(struct qatvf_ring_pair *rp)
{
	__le32 *mark = response_mark(rp);
	struct qatvf_request *req;
	struct qat_rsp rsp;

	/* The mark was seen; only now may the rest of the response be read. */
	dma_rmb();
	memcpy(&rsp, mark, sizeof(rsp));
	WRITE_ONCE(*mark, cpu_to_le32(QAT_RSP_EMPTY));
	WRITE_ONCE(rp->head, (rp->head + QAT_RSP_SIZE) & (RSP_RING_BYTES - 1));
	rp->responses++;

	req = take_request(rp, &rsp);
	if (!req) {
		rp->forged++;
		dev_warn_ratelimited(rp->dev,
				     "response without a request (header %*phN, opaque 0x%llx): dropped\n",
				     8, &rsp, le64_to_cpu(rsp.opaque));
		return NULL;
	}
	/* A wrong tag, damaged data or a full buffer is an answer as good as any. */
	if (req->err == -EIO)
		rp->errors++;
	return req;
}

static void tell_head(struct qatvf_ring_pair *rp)
{
	if (!rp->head_lag)
		return;
	rp->head_lag = 0;
	writel(rp->head, rp->csr + RING_HEAD(QAT_RING_RSP));
}

/* Returns the requests that are finished, in order, linked by @next. */
static struct qatvf_request *take_responses(struct qatvf_ring_pair *rp)
{
	struct qatvf_request *first = NULL, **last = &first, *req;
	unsigned int n;

	for (n = 0; n < POLL_BUDGET && response_pending(rp); n++) {
		req = take_response(rp);
		if (!req)
			continue;
		*last = req;
		last = &req->next;
	}
	*last = NULL;
	rp->taken += n;
	rp->head_lag += n;
	if (rp->head_lag >= HEAD_LAG)
		tell_head(rp);
	return first;
}

/* Return slots, let waiting requests in, tell the device what is untold. */
static void refill(struct qatvf_ring_pair *rp, struct qatvf_request *done,
		   struct list_head *started)
{
	struct qatvf_request *req;

	spin_lock(&rp->lock);
	for (req = done; req; req = req->next)
		rp->free[rp->nfree++] = req->slot;
	while (rp->nfree && !list_empty(&rp->backlog)) {
		req = list_first_entry(&rp->backlog, struct qatvf_request, link);
		list_move_tail(&req->link, started);
		place_locked(rp, req);
	}
	ring_doorbell_locked(rp);
	spin_unlock(&rp->lock);
}

static void start_polling(struct qatvf_ring_pair *rp)
{
	writel(0, rp->csr + RING_INT_FLAG_AND_COL);
	tasklet_schedule(&rp->poll);
}

static void set_coalescing(struct qatvf_ring_pair *rp, u32 units)
{
	writel(RING_INT_COL_CTL_ENABLE | units, rp->csr + RING_INT_COL_CTL);
}

static void adapt_coalescing(struct qatvf_ring_pair *rp)
{
	unsigned int taken = rp->taken;
	bool on = taken >= COALESCE_FROM || (taken > 1 && rp->coalescing);

	rp->taken = 0;
	if (!taken || on == rp->coalescing)
		return;
	rp->coalescing = on;
	set_coalescing(rp, on ? COALESCE_UNITS : COALESCE_UNITS_MIN);
}

/* Nothing is left to do here, so nobody may be left waiting for another run. */
static void stop_polling(struct qatvf_ring_pair *rp)
{
	if (READ_ONCE(rp->unrung)) {
		spin_lock(&rp->lock);
		ring_doorbell_locked(rp);
		spin_unlock(&rp->lock);
	}
	tell_head(rp);
	adapt_coalescing(rp);
	clear_bit_unlock(POLLING, &rp->polling);
	writel(BIT(QAT_RING_RSP), rp->csr + RING_INT_FLAG_AND_COL);
	/* A response that came before the write may have raised nothing. */
	if (response_pending(rp) && !test_and_set_bit(POLLING, &rp->polling))
		start_polling(rp);
}

static void ring_pair_poll(struct tasklet_struct *t)
{
	struct qatvf_ring_pair *rp = from_tasklet(rp, t, poll);
	struct qatvf_request *done, *req, *next;
	LIST_HEAD(started);

	rp->polls++;
	done = take_responses(rp);
	refill(rp, done, &started);

	/*
	 * What refill() started is in the device's hands, but only a later run
	 * of this function completes it: it is still there to be told.
	 */
	list_for_each_entry_safe(req, next, &started, link)
		req->ops->started(req);
	for (req = done; req; req = next) {
		next = req->next;
		req->ops->complete(req, req->err);
	}

	if (response_pending(rp))
		tasklet_schedule(&rp->poll);
	else
		stop_polling(rp);
}

/**
 * qatvf_ring_pair_interrupt() - look for responses and see to their completion
 * @rp: ring pair
 *
 * Context: any, hard interrupt included.  Reads memory only.
 * Return: true if there were responses that nobody dealt with yet.
 */
bool qatvf_ring_pair_interrupt(struct qatvf_ring_pair *rp)
{
	if (test_bit(POLLING, &rp->polling))
		return false;
	/* The poll's head, once it is done: clear_bit_unlock() in stop_polling(). */
	smp_rmb();
	if (!response_pending(rp))
		return false;
	if (test_and_set_bit_lock(POLLING, &rp->polling))
		return false;
	rp->interrupts++;
	start_polling(rp);
	return true;
}
EXPORT_SYMBOL_GPL(qatvf_ring_pair_interrupt);

/**
 * qatvf_ring_pair_watch() - help along what a lost event left behind
 * @rp: ring pair
 *
 * Called now and then: takes responses whose interrupt was lost, and tells the
 * device of requests whose doorbell waited for responses that never came.
 *
 * Context: any but hard interrupt.
 */
void qatvf_ring_pair_watch(struct qatvf_ring_pair *rp)
{
	spin_lock_bh(&rp->lock);
	ring_doorbell_locked(rp);
	spin_unlock_bh(&rp->lock);
	qatvf_ring_pair_interrupt(rp);
}
EXPORT_SYMBOL_GPL(qatvf_ring_pair_watch);

static bool ring_pair_idle(struct qatvf_ring_pair *rp)
{
	bool idle;

	spin_lock_bh(&rp->lock);
	idle = !in_flight_locked(rp) && list_empty(&rp->backlog);
	spin_unlock_bh(&rp->lock);
	return idle;
}

/**
 * qatvf_ring_pair_quiesce() - let the requests in flight finish
 * @rp: ring pair that no submitter finds any more
 * @ms: how long to wait
 *
 * Works with a lost interrupt, too: it looks for responses itself.
 *
 * Context: process context, sleeps.
 * Return: true if nothing is left; false if the device still owes responses.
 */
bool qatvf_ring_pair_quiesce(struct qatvf_ring_pair *rp, unsigned int ms)
{
	unsigned long deadline = jiffies + msecs_to_jiffies(ms);
	bool idle;

	while (!(idle = ring_pair_idle(rp)) && time_before(jiffies, deadline)) {
		qatvf_ring_pair_watch(rp);
		usleep_range(200, 400);
	}
	return idle;
}
EXPORT_SYMBOL_GPL(qatvf_ring_pair_quiesce);

/* Complete what the device will not answer: each request exactly once. */
static void abort_leftovers(struct qatvf_ring_pair *rp)
{
	struct qatvf_request *req, *next;
	unsigned int i;

	local_bh_disable();
	for (i = 0; i < QATVF_RING_ENTRIES; i++) {
		req = rp->slots[i].req;
		rp->slots[i].req = NULL;
		if (req)
			req->ops->complete(req, -ETIMEDOUT);
	}
	list_for_each_entry_safe(req, next, &rp->backlog, link) {
		list_del(&req->link);
		req->ops->started(req);
		req->ops->complete(req, -ECANCELED);
	}
	local_bh_enable();
}

/* Size code of RING_CONFIG. */
static u32 size_code(u32 bytes)
{
	return ilog2(bytes) - RING_CONFIG_SIZE_SHIFT;
}

static void ring_off(struct qatvf_ring_pair *rp, unsigned int ring)
{
	writel(0, rp->csr + RING_CONFIG(ring));
	writel(0, rp->csr + RING_LBASE(ring));
	writel(0, rp->csr + RING_UBASE(ring));
}

static void ring_on(struct qatvf_ring_pair *rp, unsigned int ring, u32 config,
		    dma_addr_t base)
{
	writel(config, rp->csr + RING_CONFIG(ring));
	writel(lower_32_bits(base), rp->csr + RING_LBASE(ring));
	writel(upper_32_bits(base), rp->csr + RING_UBASE(ring));
}

static void bundle_off(struct qatvf_ring_pair *rp)
{
	writel(0, rp->csr + RING_SRV_ARB_EN);
	writel(0, rp->csr + RING_INT_COL_EN);
	ring_off(rp, QAT_RING_REQ);
	ring_off(rp, QAT_RING_RSP);
	/* Posted writes reach the device before the rings' memory goes. */
	readl(rp->csr + RING_SRV_ARB_EN);
}

/* The arbiter last: it is what lets requests through (04 section 20). */
static void bundle_on(struct qatvf_ring_pair *rp)
{
	ring_on(rp, QAT_RING_REQ, size_code(req_ring_bytes(rp)), rp->req_dma);
	ring_on(rp, QAT_RING_RSP,
		size_code(RSP_RING_BYTES) | RING_CONFIG_NEAR_FULL_512,
		rp->rsp_dma);
	writel(BIT(QAT_RING_REQ) | BIT(QAT_RING_RSP), rp->csr + RING_INT_FLAG);
	writel(RING_INT_SRCSEL_NOT_EMPTY, rp->csr + RING_INT_SRCSEL);
	writel(BIT(QAT_RING_RSP), rp->csr + RING_INT_COL_EN);
	set_coalescing(rp, COALESCE_UNITS_MIN);
	writel(1, rp->csr + RING_SRV_ARB_EN);
}

static void free_memory(struct qatvf_ring_pair *rp)
{
	qatvf_slots_free(rp);
	if (rp->skid)
		dma_free_coherent(rp->dev, QATVF_SKID_BYTES, rp->skid,
				  rp->skid_dma);
	if (rp->rsp_ring)
		dma_free_coherent(rp->dev, RSP_RING_BYTES, rp->rsp_ring,
				  rp->rsp_dma);
	if (rp->req_ring) {
		memzero_explicit(rp->req_ring, req_ring_bytes(rp));
		dma_free_coherent(rp->dev, req_ring_bytes(rp), rp->req_ring,
				  rp->req_dma);
	}
	kvfree(rp);
}

static int alloc_skid(struct qatvf_ring_pair *rp)
{
	if (rp->service != QAT_SVC_COMPRESSION)
		return 0;
	rp->skid = dma_alloc_coherent(rp->dev, QATVF_SKID_BYTES, &rp->skid_dma,
				      GFP_KERNEL);
	return rp->skid ? 0 : -ENOMEM;
}

/*
 * Coherent memory is aligned to its size rounded up to a power of two, which is
 * the alignment the hardware asks of a ring (04 section 16).
 */
static int alloc_memory(struct qatvf_ring_pair *rp)
{
	rp->req_ring = dma_alloc_coherent(rp->dev, req_ring_bytes(rp),
					  &rp->req_dma, GFP_KERNEL);
	rp->rsp_ring = dma_alloc_coherent(rp->dev, RSP_RING_BYTES, &rp->rsp_dma,
					  GFP_KERNEL);
	if (!rp->req_ring || !rp->rsp_ring || alloc_skid(rp))
		return -ENOMEM;
	memset(rp->req_ring, QAT_RING_FILL, req_ring_bytes(rp));
	memset(rp->rsp_ring, QAT_RING_FILL, RSP_RING_BYTES);
	return rp->service == QAT_SVC_ASYM ? 0 : qatvf_slots_alloc(rp);
}

/**
 * qatvf_ring_pair_create() - set up a ring pair and let the device serve it
 * @config: see there
 *
 * Context: process context, may sleep.
 * Return: the ring pair, or ERR_PTR(-ENOMEM).
 */
struct qatvf_ring_pair *
qatvf_ring_pair_create(const struct qatvf_ring_pair_config *config)
{
	struct qatvf_ring_pair *rp;
	int i;

	rp = kvzalloc_node(sizeof(*rp), GFP_KERNEL, dev_to_node(config->dev));
	if (!rp)
		return ERR_PTR(-ENOMEM);
	rp->dev = config->dev;
	rp->parent = config->parent;
	rp->csr = config->csr;
	rp->service = config->service;
	rp->capabilities = config->capabilities;
	rp->req_size = rp->service == QAT_SVC_ASYM ? QAT_REQ_SIZE_ASYM :
						     QAT_REQ_SIZE;
	spin_lock_init(&rp->lock);
	INIT_LIST_HEAD(&rp->backlog);
	INIT_LIST_HEAD(&rp->provider);
	tasklet_setup(&rp->poll, ring_pair_poll);
	for (i = QATVF_RING_ENTRIES - 1; i > 0; i--)
		rp->free[rp->nfree++] = i - 1;
	if (alloc_memory(rp)) {
		free_memory(rp);
		return ERR_PTR(-ENOMEM);
	}
	bundle_off(rp);
	bundle_on(rp);
	return rp;
}
EXPORT_SYMBOL_GPL(qatvf_ring_pair_create);

/**
 * qatvf_ring_pair_destroy() - take a ring pair down and free it
 * @rp: ring pair that no submitter and no interrupt handler finds any more.  If
 *	qatvf_ring_pair_quiesce() left requests, the caller has stopped the
 *	device's DMA by a reset of the ring pair or of the function.
 *
 * Requests that the device did not answer are completed with -ETIMEDOUT, those
 * it never saw with -ECANCELED.
 *
 * Context: process context, sleeps.
 */
void qatvf_ring_pair_destroy(struct qatvf_ring_pair *rp)
{
	spin_lock_bh(&rp->lock);
	rp->closed = true;
	spin_unlock_bh(&rp->lock);

	bundle_off(rp);
	tasklet_kill(&rp->poll);
	abort_leftovers(rp);
	free_memory(rp);
}
EXPORT_SYMBOL_GPL(qatvf_ring_pair_destroy);

/**
 * qatvf_ring_pair_stats() - read the counters
 * @rp: ring pair
 * @stats: filled
 *
 * Context: any but hard interrupt.
 */
void qatvf_ring_pair_stats(struct qatvf_ring_pair *rp,
			   struct qatvf_ring_pair_stats *stats)
{
	spin_lock_bh(&rp->lock);
	stats->requests = rp->requests;
	stats->doorbells = rp->doorbells;
	stats->backlogged = rp->backlogged;
	stats->refused = rp->refused;
	stats->in_flight = in_flight_locked(rp);
	spin_unlock_bh(&rp->lock);
	stats->interrupts = READ_ONCE(rp->interrupts);
	stats->polls = READ_ONCE(rp->polls);
	stats->responses = READ_ONCE(rp->responses);
	stats->errors = READ_ONCE(rp->errors);
	stats->forged = READ_ONCE(rp->forged);
}
