// SPDX-License-Identifier: GPL-2.0
/*
 * Words from the PF to its VFs: replies, and the notifications RESTARTING,
 * RESTARTED and FATAL_ERROR.
 *
 * A VF has one register for both.  A reply may overwrite what is there, because a
 * VF that asks again has given up on, or read, the last reply.  A notification that
 * a reply overwrites is written again later.  Whoever sends notifications gives
 * them to all VFs first and then waits once, so silent VFs do not add up.
 *
 * Facts: reference 04 sections 7, 8 and 13.
 */
#include <linux/delay.h>
#include <linux/jiffies.h>

#include "device.h"

#define ACK_TIMEOUT		HZ		/* for all VFs together */
#define STOP_TIMEOUT		(10 * HZ)	/* for all VFs together */
#define POLL_MS			2

static u32 pf2vm(struct qatvf_vf_slot *vf)
{
	return misc_read(vf->pf, PF2VM(vf->nr));
}

/* VFs of a device that is gone cannot answer. */
static bool gone(struct qatvf_pf *pf)
{
	return misc_read(pf, VM2PF_SOU) == QATVF_GONE;
}

static u32 notification(struct qatvf_vf_slot *vf)
{
	return pfvf_msg(vf->notify, 0);
}

/**
 * qatvf_notify_reply() - write a reply
 * @vf: VF, its lock held
 * @word: message, complete
 *
 * Context: process context; does not wait for the VF.
 */
void qatvf_notify_reply(struct qatvf_vf_slot *vf, u32 word)
{
	lockdep_assert_held(&vf->lock);

	if (vf->notify_written && pf2vm(vf) == notification(vf))
		vf->notify_written = false;
	misc_write(vf->pf, PF2VM(vf->nr), word);
}

/*
 * One step for a VF's notification: write it as soon as the register is free, or at
 * once if @force; notice when it is acknowledged.  Returns true when nothing is
 * left to do.
 */
static bool advance(struct qatvf_vf_slot *vf, bool force)
{
	bool busy;

	mutex_lock(&vf->lock);
	busy = pf2vm(vf) & PFVF_INT;
	if (vf->notify && vf->notify_written && !busy) {
		vf->notify = 0;
	} else if (vf->notify && !vf->notify_written && (!busy || force)) {
		misc_write(vf->pf, PF2VM(vf->nr), notification(vf));
		vf->notify_written = true;
	}
	mutex_unlock(&vf->lock);
	return !vf->notify;
}

static bool advance_all(struct qatvf_pf *pf, bool force)
{
	bool done = true;
	unsigned int nr;

	for (nr = 0; nr < pf->sriov.num; nr++)
		done &= advance(&pf->vf[nr], force);
	return done;
}

/* Stop waiting for VFs that have not acknowledged. */
static void give_up(struct qatvf_pf *pf)
{
	unsigned int nr;

	for (nr = 0; nr < pf->sriov.num; nr++) {
		struct qatvf_vf_slot *vf = &pf->vf[nr];

		mutex_lock(&vf->lock);
		if (vf->notify)
			dev_warn_ratelimited(&pf->pdev->dev,
					     "VF %u does not acknowledge notification %u: PF2VM %#x\n",
					     nr, vf->notify, pf2vm(vf));
		vf->notify = 0;
		mutex_unlock(&vf->lock);
	}
}

/*
 * Send what has been put into the slots.  A register that stays busy holds a reply
 * that nobody reads: half-way through it is overwritten.
 */
static void deliver(struct qatvf_pf *pf)
{
	unsigned long begin = jiffies;
	unsigned long end = begin + ACK_TIMEOUT;

	while (!advance_all(pf, time_after(jiffies, begin + ACK_TIMEOUT / 2))) {
		if (time_after(jiffies, end) || gone(pf)) {
			give_up(pf);
			return;
		}
		usleep_range(POLL_MS * 500, POLL_MS * 1000);
	}
}

static void prepare(struct qatvf_vf_slot *vf, enum pfvf_pf2vf type)
{
	lockdep_assert_held(&vf->lock);

	vf->notify = type;
	vf->notify_written = false;
}

/**
 * qatvf_notify_fatal() - tell VFs that the device failed
 * @pf: PF, up
 *
 * Context: life worker; sleeps for up to 1 s.
 */
void qatvf_notify_fatal(struct qatvf_pf *pf)
{
	unsigned int nr;

	for (nr = 0; nr < pf->sriov.num; nr++) {
		struct qatvf_vf_slot *vf = &pf->vf[nr];

		mutex_lock(&vf->lock);
		if (vf->init && vf->version >= PFVF_V_RESTART)
			prepare(vf, PFVF_PF2VF_FATAL_ERROR);
		mutex_unlock(&vf->lock);
	}
	deliver(pf);
}

static unsigned long still_running(struct qatvf_pf *pf)
{
	unsigned long vfs = 0;
	unsigned int nr;

	for (nr = 0; nr < pf->sriov.num; nr++)
		if (READ_ONCE(pf->vf[nr].restarting))
			__set_bit(nr, &vfs);
	return vfs;
}

static void wait_stopped(struct qatvf_pf *pf)
{
	unsigned long end = jiffies + STOP_TIMEOUT;
	unsigned long vfs;

	while ((vfs = still_running(pf)) && !gone(pf)) {
		if (time_after(jiffies, end)) {
			dev_warn(&pf->pdev->dev, "Some VFs are still running: %*pbl; going on without them\n",
				 QAT_MAX_VFS, &vfs);
			return;
		}
		usleep_range(POLL_MS * 500, POLL_MS * 1000);
	}
}

/**
 * qatvf_notify_restarting() - tell VFs to stop, wait until they have
 * @pf: PF, up
 * @hold: VFs survive: one that has stopped is not served until the PF is up again,
 *	lest it starts a session that the reset would destroy
 *
 * Only VFs of compatibility version 5 say when they have stopped.
 *
 * Context: process context, with qatvf_sriov.lock; sleeps for up to 11 s.
 */
void qatvf_notify_restarting(struct qatvf_pf *pf, bool hold)
{
	unsigned int nr;

	for (nr = 0; nr < pf->sriov.num; nr++) {
		struct qatvf_vf_slot *vf = &pf->vf[nr];

		mutex_lock(&vf->lock);
		if (vf->init) {
			WRITE_ONCE(vf->restarting, vf->version >= PFVF_V_RESTART);
			vf->held = hold;
			prepare(vf, PFVF_PF2VF_RESTARTING);
		}
		mutex_unlock(&vf->lock);
	}
	deliver(pf);
	wait_stopped(pf);
}

/**
 * qatvf_notify_restarted() - tell VFs that the PF is back
 * @pf: PF, up
 *
 * A VF that stopped in order has taken back its INIT, but it waits for this.
 *
 * Context: life worker; sleeps for up to 1 s.
 */
void qatvf_notify_restarted(struct qatvf_pf *pf)
{
	unsigned int nr;

	for (nr = 0; nr < pf->sriov.num; nr++) {
		struct qatvf_vf_slot *vf = &pf->vf[nr];

		mutex_lock(&vf->lock);
		WRITE_ONCE(vf->restarting, false);
		if ((vf->init || vf->stopped) && vf->version >= PFVF_V_RESTART)
			prepare(vf, PFVF_PF2VF_RESTARTED);
		mutex_unlock(&vf->lock);
	}
	deliver(pf);
}
