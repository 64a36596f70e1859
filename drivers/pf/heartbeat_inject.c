// SPDX-License-Identifier: GPL-2.0
/*
 * A device that hangs, for tests of those who watch the heartbeat: it gets no time base,
 * takes no more requests, and one of its threads owes an answer for ever.
 *
 * Facts: reference 03 section 7.5.
 */
#include <linux/random.h>

#include "device.h"

/* Any one of the engines that are there. */
static unsigned int random_engine(struct qatvf_pf *pf)
{
	unsigned int ae;

	do {
		ae = get_random_u32() % QAT_NUM_AES;
	} while (!(pf->ae_mask & BIT(ae)));
	return ae;
}

/* The polls to come see a request that is not answered. */
static void owe_answer(struct qatvf_heartbeat *heartbeat, unsigned int ae, unsigned int thread)
{
	struct qat_heartbeat_pair *live = &heartbeat->page->live[ae][thread];

	lockdep_assert_held(&heartbeat->lock);
	le16_add_cpu(&live->requests, 1);
	heartbeat->polls.previous[ae][thread] = *live;
}

static int inject(struct qatvf_pf *pf)
{
	struct qat_admin_req req = {
		.cmd = QAT_ADMIN_HEARTBEAT_TIMER_SET,
		.param[0] = cpu_to_le32(QAT_HEARTBEAT_STOPPED),
	};
	int err;

	lockdep_assert_held(&pf->heartbeat.lock);
	err = qatvf_admin_send_all(pf, pf->ae_mask, &req);
	if (err)
		return err;
	qatvf_arbiter_stop(pf);
	owe_answer(&pf->heartbeat, random_engine(pf), get_random_u32() % QAT_CONTEXTS_PER_AE);
	/* Nothing counts any more: no poll is too early. */
	pf->heartbeat.period = 0;
	return 0;
}

/**
 * qatvf_heartbeat_inject() - let the device hang until its next start
 * @pf: PF, up
 *
 * Context: process context; sleeps for as long as an admin message takes.
 * Return: 0, or the error of an engine that did not take the message.
 */
int qatvf_heartbeat_inject(struct qatvf_pf *pf)
{
	int err;

	WRITE_ONCE(pf->heartbeat.hung, true);
	/* The time base under way is the last one. */
	flush_delayed_work(&pf->heartbeat.work);
	mutex_lock(&pf->heartbeat.lock);
	err = inject(pf);
	mutex_unlock(&pf->heartbeat.lock);
	if (err)
		WRITE_ONCE(pf->heartbeat.hung, false);
	return err;
}
