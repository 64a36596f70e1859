// SPDX-License-Identifier: GPL-2.0
/*
 * Heartbeat: a page into which the engines count, and the regular message that
 * makes them do so and that is their time base for everything else.
 *
 * Facts: reference 03 sections 7 and 8.
 */
#include <linux/dma-mapping.h>
#include <linux/jiffies.h>

#include "device.h"

/*
 * So many requests in a row without an answer: the first took 5 s to give up, and the
 * others found it still pending.
 */
#define UNANSWERED_MAX	10

/* Each failure and each recovery is reported once. */
static void note(struct qatvf_pf *pf, unsigned int ae, int err)
{
	bool silent = pf->heartbeat.silent & BIT(ae);

	if (err && !silent)
		dev_err(&pf->pdev->dev, "engine %u does not take the time base: error %d\n", ae,
			err);
	else if (!err && silent)
		dev_info(&pf->pdev->dev, "engine %u takes the time base again\n", ae);

	if (err)
		pf->heartbeat.silent |= BIT(ae);
	else
		pf->heartbeat.silent &= ~BIT(ae);
}

/* An engine that answers nothing any more does not come back without a restart. */
static void judge(struct qatvf_pf *pf, unsigned int ae, int err)
{
	u8 *unanswered = &pf->heartbeat.unanswered[ae];

	if (err != -ETIMEDOUT && err != -EBUSY) {
		*unanswered = 0;
	} else if (*unanswered < UNANSWERED_MAX && ++*unanswered == UNANSWERED_MAX) {
		dev_err(&pf->pdev->dev, "firmware of engine %u does not answer any more\n", ae);
		qatvf_life_post(pf, QATVF_LIFE_FATAL);
	}
}

/* Returns false if the device is gone. */
static bool send_time_base(struct qatvf_pf *pf)
{
	u64 elapsed = jiffies64_to_msecs(get_jiffies_64() - pf->heartbeat.started);
	struct qat_admin_req req = {
		.cmd = QAT_ADMIN_SYNC,
		.param[0] = cpu_to_le32(div_u64(elapsed, QATVF_HEARTBEAT_MS)),
	};
	unsigned long aes = pf->ae_mask;
	unsigned int ae;
	int err;

	for_each_set_bit(ae, &aes, QAT_NUM_AES) {
		err = qatvf_admin_try(pf, ae, &req, NULL);
		note(pf, ae, err);
		judge(pf, ae, err);
		if (err == -ENODEV)
			return false;
		/* Who refuses it does not count, and is not dead for that. */
		if (err == -EIO || err == -EOPNOTSUPP)
			pf->heartbeat.counts = false;
		if (err == -ETIMEDOUT)
			break;	/* 5 s are gone: time for other users of the channel */
	}
	return true;
}

static void sync_work(struct work_struct *work)
{
	struct qatvf_pf *pf = container_of(to_delayed_work(work), struct qatvf_pf,
					   heartbeat.work);

	if (!READ_ONCE(pf->heartbeat.hung) && !send_time_base(pf)) {
		/* A restart finds out whether for good. */
		qatvf_life_post(pf, QATVF_LIFE_FATAL);
		return;
	}
	if (pf->heartbeat.counts)
		qatvf_heartbeat_watch(pf);
	queue_delayed_work(pf->wq, &pf->heartbeat.work, msecs_to_jiffies(QATVF_HEARTBEAT_MS));
}

/**
 * qatvf_heartbeat_alloc() - step of bring-up: memory of the counters
 * @pf: PF
 *
 * Context: life worker, may sleep.
 * Return: 0 or -ENOMEM.
 */
int qatvf_heartbeat_alloc(struct qatvf_pf *pf)
{
	struct qatvf_heartbeat *heartbeat = &pf->heartbeat;

	heartbeat->page = dma_alloc_coherent(&pf->pdev->dev, sizeof(*heartbeat->page),
					     &heartbeat->page_dma, GFP_KERNEL);
	return heartbeat->page ? 0 : -ENOMEM;
}

/**
 * qatvf_heartbeat_free() - undo, after the function has been reset
 * @pf: PF
 *
 * Context: life worker, may sleep.
 */
void qatvf_heartbeat_free(struct qatvf_pf *pf)
{
	struct qatvf_heartbeat *heartbeat = &pf->heartbeat;

	dma_free_coherent(&pf->pdev->dev, sizeof(*heartbeat->page), heartbeat->page,
			  heartbeat->page_dma);
	heartbeat->page = NULL;
}

/**
 * qatvf_heartbeat_start() - step of bring-up: engines count
 * @pf: PF, configured
 *
 * Firmware without a heartbeat still gets its time base.
 *
 * Context: life worker, may sleep.
 * Return: 0.
 */
int qatvf_heartbeat_start(struct qatvf_pf *pf)
{
	struct qat_admin_req req = {
		.cmd = QAT_ADMIN_HEARTBEAT_TIMER_SET,
		.buffer = cpu_to_le64(pf->heartbeat.page_dma),
		.param[0] = cpu_to_le32(QATVF_HEARTBEAT_MS * QAT_HEARTBEAT_TICKS_PER_MS),
	};

	pf->heartbeat.counts = !qatvf_admin_send_all(pf, pf->ae_mask, &req);
	if (!pf->heartbeat.counts)
		dev_warn(&pf->pdev->dev, "firmware does not take the heartbeat timer\n");
	pf->heartbeat.started = get_jiffies_64();
	pf->heartbeat.silent = 0;
	pf->heartbeat.hung = false;
	memset(pf->heartbeat.unanswered, 0, sizeof(pf->heartbeat.unanswered));
	qatvf_heartbeat_forget(pf);
	queue_delayed_work(pf->wq, &pf->heartbeat.work, msecs_to_jiffies(QATVF_HEARTBEAT_MS));
	return 0;
}

/**
 * qatvf_heartbeat_stop() - undo: no more messages
 * @pf: PF
 *
 * Context: life worker; sleeps for up to 5 s.
 */
void qatvf_heartbeat_stop(struct qatvf_pf *pf)
{
	cancel_delayed_work_sync(&pf->heartbeat.work);
}

/**
 * qatvf_heartbeat_init() - prepare
 * @pf: PF
 */
void qatvf_heartbeat_init(struct qatvf_pf *pf)
{
	mutex_init(&pf->heartbeat.lock);
	INIT_DELAYED_WORK(&pf->heartbeat.work, sync_work);
}
