// SPDX-License-Identifier: GPL-2.0
/*
 * Is the device alive?  A poll compares what each thread of each engine has counted
 * with the last poll's.
 *
 * Facts: reference 03 section 7.
 */
#include <linux/jiffies.h>

#include "device.h"

#define ADMIN_THREAD	7
#define MAX_STUCK	3
#define REPORT_PERIOD	(5 * HZ)

/*
 * A worker thread without work may stand still; the admin thread of every engine has
 * the time base to count.
 */
static bool stands_still(const struct qat_heartbeat_pair *now,
			 const struct qat_heartbeat_pair *before, unsigned int thread)
{
	return now->responses == before->responses &&
	       (thread == ADMIN_THREAD || now->requests != now->responses);
}

/* Takes the engine's counters over; returns whether a thread has been stuck for long. */
static bool engine_stuck(struct qatvf_heartbeat *heartbeat, unsigned int ae)
{
	struct qat_heartbeat_pair now[QAT_CONTEXTS_PER_AE];
	bool stuck = false;
	unsigned int thread;

	/* Once: the engine may write while we compare. */
	memcpy(now, heartbeat->page->live[ae], sizeof(now));
	for (thread = 0; thread < QAT_CONTEXTS_PER_AE; thread++) {
		u8 *count = &heartbeat->stuck[ae][thread];

		if (!stands_still(&now[thread], &heartbeat->previous[ae][thread], thread))
			*count = 0;
		else if (*count < MAX_STUCK)
			++*count;
		stuck |= *count == MAX_STUCK;
	}
	memcpy(heartbeat->previous[ae], now, sizeof(now));
	return stuck;
}

static void report(struct qatvf_pf *pf)
{
	struct qatvf_heartbeat *heartbeat = &pf->heartbeat;
	u64 now = get_jiffies_64();

	dev_err_ratelimited(&pf->pdev->dev, "Heartbeat ERROR: QAT is not responding.\n");
	if (heartbeat->reported && now < heartbeat->reported + REPORT_PERIOD)
		return;
	heartbeat->reported = now;
	qatvf_life_post(pf, QATVF_LIFE_FATAL);
}

static bool poll_locked(struct qatvf_pf *pf)
{
	struct qatvf_heartbeat *heartbeat = &pf->heartbeat;
	unsigned long aes = pf->ae_mask;
	u64 now = get_jiffies_64();
	bool stuck = false;
	unsigned int ae;

	lockdep_assert_held(&heartbeat->lock);

	if (now < heartbeat->polled + msecs_to_jiffies(heartbeat->period)) {
		dev_warn_ratelimited(&pf->pdev->dev,
				     "HB polling too frequent. Configured HB timer %d ms\n",
				     QATVF_HEARTBEAT_MS);
		return false;
	}
	heartbeat->polled = now;
	heartbeat->sent++;
	for_each_set_bit(ae, &aes, QAT_NUM_AES)
		stuck |= engine_stuck(heartbeat, ae);
	if (stuck) {
		heartbeat->failed++;
		report(pf);
	}
	return !stuck;
}

/**
 * qatvf_heartbeat_poll() - look whether the device is alive
 * @pf: PF, up
 *
 * Polls that come faster than the engines count are refused.  A device that is not
 * alive goes the way of a fatal error, every 5 s at most.
 *
 * Context: process context, may sleep.
 * Return: true if it is alive.
 */
bool qatvf_heartbeat_poll(struct qatvf_pf *pf)
{
	bool alive;

	mutex_lock(&pf->heartbeat.lock);
	alive = poll_locked(pf);
	WRITE_ONCE(pf->heartbeat.alive, alive);
	mutex_unlock(&pf->heartbeat.lock);
	return alive;
}

/**
 * qatvf_heartbeat_forget() - nothing is known of the engines
 * @pf: PF, being started
 *
 * Context: life worker, may sleep.
 */
void qatvf_heartbeat_forget(struct qatvf_pf *pf)
{
	struct qatvf_heartbeat *heartbeat = &pf->heartbeat;

	mutex_lock(&heartbeat->lock);
	heartbeat->polled = 0;
	heartbeat->period = QATVF_HEARTBEAT_MS;
	memset(heartbeat->previous, 0, sizeof(heartbeat->previous));
	memset(heartbeat->stuck, 0, sizeof(heartbeat->stuck));
	heartbeat->sent = 0;
	heartbeat->failed = 0;
	mutex_unlock(&heartbeat->lock);
}
