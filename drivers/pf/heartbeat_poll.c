// SPDX-License-Identifier: GPL-2.0
/*
 * Is the device alive?  A poll compares what each thread of each engine has counted
 * with the last poll's.  User space polls as often as it likes; the driver does so
 * itself every second, and neither notices the other.
 *
 * Facts: reference 03 section 7.
 */
#include <linux/jiffies.h>

#include "device.h"

#define ADMIN_THREAD	7
#define MAX_STUCK	3
#define REPORT_PERIOD	(5 * HZ)
#define WATCH_PERIOD	HZ

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
static bool engine_stuck(const struct qatvf_heartbeat *heartbeat,
			 struct qatvf_heartbeat_view *view, unsigned int ae)
{
	struct qat_heartbeat_pair now[QAT_CONTEXTS_PER_AE];
	bool stuck = false;
	unsigned int thread;

	/* Once: the engine may write while we compare. */
	memcpy(now, heartbeat->page->live[ae], sizeof(now));
	for (thread = 0; thread < QAT_CONTEXTS_PER_AE; thread++) {
		u8 *count = &view->stuck[ae][thread];

		if (!stands_still(&now[thread], &view->previous[ae][thread], thread))
			*count = 0;
		else if (*count < MAX_STUCK)
			++*count;
		stuck |= *count == MAX_STUCK;
	}
	memcpy(view->previous[ae], now, sizeof(now));
	return stuck;
}

static void report(struct qatvf_pf *pf)
{
	struct qatvf_heartbeat *heartbeat = &pf->heartbeat;
	u64 now = get_jiffies_64();

	if (heartbeat->reported && now < heartbeat->reported + REPORT_PERIOD)
		return;
	heartbeat->reported = now;
	dev_err(&pf->pdev->dev, "Heartbeat ERROR: QAT is not responding.\n");
	qatvf_life_post(pf, QATVF_LIFE_FATAL);
}

static bool any_stuck(struct qatvf_pf *pf, struct qatvf_heartbeat_view *view)
{
	unsigned long aes = pf->ae_mask;
	bool stuck = false;
	unsigned int ae;

	for_each_set_bit(ae, &aes, QAT_NUM_AES)
		stuck |= engine_stuck(&pf->heartbeat, view, ae);
	return stuck;
}

static bool poll_locked(struct qatvf_pf *pf)
{
	struct qatvf_heartbeat *heartbeat = &pf->heartbeat;
	u64 now = get_jiffies_64();
	bool stuck;

	lockdep_assert_held(&heartbeat->lock);

	if (now < heartbeat->polled + msecs_to_jiffies(heartbeat->period)) {
		dev_warn_ratelimited(&pf->pdev->dev,
				     "HB polling too frequent. Configured HB timer %d ms\n",
				     QATVF_HEARTBEAT_MS);
		return false;
	}
	heartbeat->polled = now;
	heartbeat->sent++;
	stuck = any_stuck(pf, &heartbeat->polls);
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
 * qatvf_heartbeat_watch() - the driver's own look whether the device is alive
 * @pf: PF, up
 *
 * May be called as often as is convenient.
 *
 * Context: heartbeat work, may sleep.
 */
void qatvf_heartbeat_watch(struct qatvf_pf *pf)
{
	struct qatvf_heartbeat *heartbeat = &pf->heartbeat;
	u64 now = get_jiffies_64();

	mutex_lock(&heartbeat->lock);
	if (time_after_eq64(now, heartbeat->watched + WATCH_PERIOD)) {
		heartbeat->watched = now;
		if (any_stuck(pf, &heartbeat->watch))
			report(pf);
	}
	mutex_unlock(&heartbeat->lock);
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
	heartbeat->watched = get_jiffies_64();
	memset(&heartbeat->polls, 0, sizeof(heartbeat->polls));
	memset(&heartbeat->watch, 0, sizeof(heartbeat->watch));
	heartbeat->sent = 0;
	heartbeat->failed = 0;
	mutex_unlock(&heartbeat->lock);
}
