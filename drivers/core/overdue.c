// SPDX-License-Identifier: GPL-2.0
/*
 * Requests that the device has had for too long: their answers were lost, or the
 * device stands still.
 *
 * A request carries no timer; now and then somebody looks over the slots.  How long a
 * request may take cannot be said, since rate limits may hold it back behind 254
 * others, but two things can: while there are requests, some answer comes within a
 * deadline; and a request that has been there for a second is not overtaken by twice as
 * many others as the ring holds, because the device takes them in order.
 *
 * Nobody tells a VF its rate, and a VF with a rate but no share of its own that is
 * promised to it may have to wait as long as others want all.  So the deadline allows for
 * the largest of the last requests at the smallest rate, and doubles with each failure in
 * a row.
 *
 * Facts: reference 04 section 17, reference 09 row IN-1.
 */
#include <linux/jiffies.h>
#include <linux/minmax.h>

#include "ring_pair.h"

#define OVERTAKEN_BY	(2 * QATVF_RING_ENTRIES)
#define OVERTAKEN_MS	1000
/* Who has not looked for so long cannot say what did not move meanwhile. */
#define LATE_MS		2000

/*
 * The smallest rate is a permille of the device, 45 Mbit/s of compression, and a VF may
 * share it among its four ring pairs: 10 Mbit/s.
 */
#define SLOWEST_BYTES_PER_MS	1250

/* Of the requests in flight, and of those that had their slots before. */
static u32 largest_request(struct qatvf_ring_pair *rp)
{
	unsigned int i;
	u32 bytes = 0;

	for (i = 0; i < QATVF_RING_ENTRIES; i++)
		bytes = max(bytes, READ_ONCE(rp->slots[i].bytes));
	return bytes;
}

static unsigned int deadline_ms(struct qatvf_ring_pair *rp, unsigned int failures)
{
	unsigned int ms = rp->service == QAT_SVC_SYM ? 5000 : 10000;

	return (ms << failures) + largest_request(rp) / SLOWEST_BYTES_PER_MS;
}

static bool stands_still(struct qatvf_ring_pair *rp, bool idle, unsigned int failures)
{
	struct qatvf_overdue *o = &rp->overdue;
	bool late = time_after(jiffies, o->looked + msecs_to_jiffies(LATE_MS));
	u64 responses = READ_ONCE(rp->responses);

	o->looked = jiffies;
	if (idle || late || responses != o->responses) {
		o->responses = responses;
		o->moved = jiffies;
		return false;
	}
	return time_after(jiffies, o->moved +
			  msecs_to_jiffies(deadline_ms(rp, failures)));
}

static bool overtaken(struct qatvf_ring_pair *rp, unsigned int slot)
{
	struct qatvf_sighting *first = &rp->overdue.first[slot];
	u32 gen = READ_ONCE(rp->slots[slot].gen);
	u64 responses = rp->overdue.responses;

	if (!READ_ONCE(rp->slots[slot].req) || first->gen != gen) {
		first->gen = gen;
		first->responses = responses;
		first->when = jiffies;
		return false;
	}
	return responses - first->responses > OVERTAKEN_BY &&
	       time_after(jiffies, first->when + msecs_to_jiffies(OVERTAKEN_MS));
}

/**
 * qatvf_ring_pair_overdue() - does the device owe an answer that will not come?
 * @rp: ring pair; to be asked several times a second, by one caller
 * @failures: how often in a row it has come to that, a few at most
 *
 * To be asked after qatvf_ring_pair_watch(), which finds what is only late because of
 * a lost interrupt or doorbell.
 *
 * Context: any but hard interrupt.
 * Return: what is wrong, for the log, or NULL.
 */
const char *qatvf_ring_pair_overdue(struct qatvf_ring_pair *rp,
				    unsigned int failures)
{
	unsigned int i;
	bool idle;

	spin_lock_bh(&rp->lock);
	idle = rp->nfree == QATVF_RING_ENTRIES - 1;
	spin_unlock_bh(&rp->lock);

	if (stands_still(rp, idle, failures))
		return "no request has been answered for a long time";
	for (i = 0; !idle && i < QATVF_RING_ENTRIES; i++)
		if (overtaken(rp, i))
			return "the answer to a request was lost";
	return NULL;
}
EXPORT_SYMBOL_GPL(qatvf_ring_pair_overdue);
