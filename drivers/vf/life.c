// SPDX-License-Identifier: GPL-2.0
/*
 * A VF's life: rings up, rings down, and what the PF's notifications lead to.
 *
 *            start                 RESTARTING
 *   DOWN ------------> UP --------------------------> STOPPED
 *    ^                  | \                            |  ^
 *    |   stop           |  \ FATAL_ERROR               |  | asks the PF again
 *    +------------------+   +--> ERROR -- RESTARTING --+  | every second, and
 *    |                            |                    |  | on RESTARTED
 *    +----------------------------+--------------------+--+
 *
 * A device that owes answers is reset and started again (UP, STOPPED, UP), three times
 * in a row at most: then ERROR.
 *
 * Transitions happen under qatvf_vf.lock: in probe, in remove, in life_work, and in the
 * callbacks for sleep, resets and PCI errors.
 * Requests of the crypto API never wait for any of this: without rings they run
 * in software.  Facts: reference 04 sections 8, 9.2, 12.
 */
#include "device.h"
#include "hw/ring.h"
#include "qatvf/event.h"
#include "qatvf/provider.h"
#include "qatvf/ring_pair.h"

/* A healthy device answers what it has within this time. */
#define QUIESCE_MS	500
/* The PF needs at least this long for a reset. */
#define RETRY_MS	1000
#define WATCH_MS	200

static bool serves(enum qat_service service)
{
	return service == QAT_SVC_SYM || service == QAT_SVC_ASYM ||
	       service == QAT_SVC_COMPRESSION;
}

static struct qatvf_ring_pair *create_ring_pair(struct qatvf_vf *vf,
						unsigned int i)
{
	struct qatvf_ring_pair_config config = {
		.dev = &vf->pdev->dev,
		.parent = &pci_physfn(vf->pdev)->dev,
		.csr = vf->etr + QAT_VF_BUNDLE(i),
		.service = QAT_RP_SERVICE(vf->ring_map, i),
		.capabilities = vf->capabilities,
	};

	return serves(config.service) ? qatvf_ring_pair_create(&config) : NULL;
}

static void rings_down(struct qatvf_vf *vf)
{
	struct qatvf_ring_pair *rp[QAT_RPS_PER_VF];
	bool idle = true;
	unsigned int i;

	for (i = 0; i < QAT_RPS_PER_VF; i++) {
		rp[i] = vf->rp[i];
		if (rp[i])
			qatvf_provider_remove(rp[i]);
	}
	for (i = 0; i < QAT_RPS_PER_VF; i++) {
		if (rp[i])
			idle &= qatvf_ring_pair_quiesce(rp[i], QUIESCE_MS);
		WRITE_ONCE(vf->rp[i], NULL);
	}
	vf_irq_synchronize(vf);
	if (!idle) {
		dev_warn(&vf->pdev->dev, "requests were left unanswered, resetting the function\n");
		vf_device_reset(vf);
	}
	for (i = 0; i < QAT_RPS_PER_VF; i++) {
		if (rp[i])
			qatvf_ring_pair_destroy(rp[i]);
	}
}

static int rings_up(struct qatvf_vf *vf)
{
	struct qatvf_ring_pair *rp;
	unsigned int i;
	int err;

	for (i = 0; i < QAT_RPS_PER_VF; i++) {
		rp = create_ring_pair(vf, i);
		if (!rp)
			continue;
		err = PTR_ERR_OR_ZERO(rp);
		if (!err) {
			WRITE_ONCE(vf->rp[i], rp);
			err = qatvf_provider_add(rp);
		}
		if (err) {
			rings_down(vf);
			return err;
		}
	}
	return 0;
}

static const char *service_name(unsigned int service)
{
	switch (service) {
	case QAT_SVC_COMPRESSION:
		return "dc";
	case QAT_SVC_SYM:
		return "sym";
	case QAT_SVC_ASYM:
		return "asym";
	}
	return "none";
}

static void announce(struct qatvf_vf *vf)
{
	dev_info(&vf->pdev->dev,
		 "ready: PF mailbox version %u, ring pairs %s %s %s %s, capabilities 0x%08x\n",
		 vf->pf_version,
		 service_name(QAT_RP_SERVICE(vf->ring_map, 0)),
		 service_name(QAT_RP_SERVICE(vf->ring_map, 1)),
		 service_name(QAT_RP_SERVICE(vf->ring_map, 2)),
		 service_name(QAT_RP_SERVICE(vf->ring_map, 3)),
		 vf->capabilities);
}

/* INIT last: from then on the PF may notify us. */
static int start_locked(struct qatvf_vf *vf)
{
	int err;

	lockdep_assert_held(&vf->lock);

	vf_mailbox_open(vf);
	err = vf_negotiate(vf);
	if (err)
		return err;
	err = rings_up(vf);
	if (err)
		return err;
	err = vf_mailbox_send(vf, PFVF_VF2PF_INIT, 0);
	if (err) {
		rings_down(vf);
		return err;
	}
	vf->pf_knows_us = true;
	vf->state = VF_UP;
	qatvf_failures_serving(&vf->failures);
	queue_delayed_work(vf->wq, &vf->watch_work, msecs_to_jiffies(WATCH_MS));
	announce(vf);
	return 0;
}

static void retry_later(struct qatvf_vf *vf)
{
	queue_delayed_work(vf->wq, &vf->life_work, msecs_to_jiffies(RETRY_MS));
}

static void handle_fatal(struct qatvf_vf *vf)
{
	if (vf->state != VF_UP)
		return;
	dev_err(&vf->pdev->dev, "the PF reports a fatal device error; requests run in software until it is back\n");
	rings_down(vf);
	vf->state = VF_ERROR;
	qatvf_event(&vf->pdev->dev, "fatal");
}

static void handle_restarting(struct qatvf_vf *vf)
{
	/* Who has stopped by himself still owes the PF the answer it waits for. */
	if (vf->state == VF_STOPPED && !vf->pf_knows_us)
		return;
	dev_info(&vf->pdev->dev, "the PF stops; requests run in software until it is back\n");
	if (vf->state == VF_UP)
		rings_down(vf);
	vf->state = VF_STOPPED;
	vf->pf_knows_us = false;
	vf->failures.count = 0;
	qatvf_event(&vf->pdev->dev, "restarting");
	if (vf->pf_version >= PFVF_V_RESTART)
		vf_mailbox_send(vf, PFVF_VF2PF_RESTARTING_DONE, 0);
}

static void handle_overdue(struct qatvf_vf *vf)
{
	struct device *dev = &vf->pdev->dev;

	if (vf->state != VF_UP)
		return;
	rings_down(vf);
	if (qatvf_failures_add(&vf->failures)) {
		dev_err(dev, "left without an answer %u times in a row: out of service, requests run in software; a restart of the PF or binding the VF anew tries again\n",
			vf->failures.count);
		vf->state = VF_ERROR;
		qatvf_event(dev, "failed");
		return;
	}
	vf->state = VF_STOPPED;
	qatvf_event(dev, "restarting");
}

/* The PF's word was lost on its way, or it was reset without a word. */
static void handle_reset(struct qatvf_vf *vf)
{
	if (vf->state != VF_UP)
		return;
	dev_warn(&vf->pdev->dev, "was reset without notice; starting anew\n");
	rings_down(vf);
	vf->state = VF_STOPPED;
	qatvf_event(&vf->pdev->dev, "restarting");
}

static void try_restart(struct qatvf_vf *vf)
{
	if (vf_device_gone(vf)) {
		retry_later(vf);
		return;
	}
	vf->state = VF_STOPPED;
	vf_device_restore(vf);
	if (start_locked(vf))
		retry_later(vf);
	else
		qatvf_event(&vf->pdev->dev, "restarted");
}

static void life_work(struct work_struct *work)
{
	struct qatvf_vf *vf = container_of(to_delayed_work(work),
					   struct qatvf_vf, life_work);
	bool restarted;

	mutex_lock(&vf->lock);
	if (vf->state == VF_DOWN)
		goto out;
	restarted = test_and_clear_bit(VF_EVENT_RESTARTED, &vf->events);
	if (test_and_clear_bit(VF_EVENT_FATAL, &vf->events))
		handle_fatal(vf);
	if (test_and_clear_bit(VF_EVENT_OVERDUE, &vf->events))
		handle_overdue(vf);
	if (test_and_clear_bit(VF_EVENT_RESET, &vf->events))
		handle_reset(vf);
	if (test_and_clear_bit(VF_EVENT_RESTARTING, &vf->events)) {
		handle_restarting(vf);
		retry_later(vf);
	} else if (vf->state == VF_STOPPED ||
		   (vf->state == VF_ERROR && restarted)) {
		try_restart(vf);
	}
out:
	mutex_unlock(&vf->lock);
}

static void watch_up(struct qatvf_vf *vf)
{
	unsigned int failures = qatvf_failures_in_a_row(&vf->failures);
	const char *complaint;
	unsigned int i;

	if (vf_device_was_reset(vf)) {
		vf_life_event(vf, VF_EVENT_RESET);
		return;
	}
	for (i = 0; i < QAT_RPS_PER_VF; i++) {
		if (!vf->rp[i])
			continue;
		qatvf_ring_pair_watch(vf->rp[i]);
		complaint = qatvf_ring_pair_overdue(vf->rp[i], failures);
		if (!complaint)
			continue;
		dev_err(&vf->pdev->dev, "ring pair %u: %s; starting anew\n", i, complaint);
		vf_life_event(vf, VF_EVENT_OVERDUE);
		return;
	}
}

/*
 * Finds what a lost interrupt would have told; see also irq.c.  A VF that waits
 * for its PF needs this most: a reset of the PF takes the MSI of its VFs away.
 * Hence it must not wait for a start that is under way, either.
 */
static void watch_work(struct work_struct *work)
{
	struct qatvf_vf *vf = container_of(to_delayed_work(work),
					   struct qatvf_vf, watch_work);

	if (mutex_trylock(&vf->lock)) {
		if (vf->state == VF_UP)
			watch_up(vf);
		else if (vf_device_was_reset(vf))
			vf_device_restore(vf);
		mutex_unlock(&vf->lock);
	}
	vf_mailbox_interrupt(vf);
	if (READ_ONCE(vf->state) != VF_DOWN)
		queue_delayed_work(vf->wq, &vf->watch_work,
				   msecs_to_jiffies(WATCH_MS));
}

/**
 * vf_life_event() - something happened that life_work has to act upon
 * @vf: VF
 * @event: which
 *
 * Context: any.  Acted upon later, in order of severity.
 */
void vf_life_event(struct qatvf_vf *vf, enum vf_event event)
{
	set_bit(event, &vf->events);
	mod_delayed_work(vf->wq, &vf->life_work, 0);
}

/**
 * vf_life_pause() - stop, because the link to the device is down
 * @vf: VF
 *
 * Context: process context, sleeps; bounded.
 */
void vf_life_pause(struct qatvf_vf *vf)
{
	mutex_lock(&vf->lock);
	if (vf->state == VF_UP) {
		rings_down(vf);
		vf->state = VF_STOPPED;
		qatvf_event(&vf->pdev->dev, "restarting");
		retry_later(vf);
	}
	mutex_unlock(&vf->lock);
}

/**
 * vf_life_resume() - go on after vf_life_pause() or vf_life_stop()
 * @vf: VF whose configuration space is as it was
 *
 * The PF need not be there yet: the VF tries until it is.
 *
 * Context: process context, may sleep.
 */
void vf_life_resume(struct qatvf_vf *vf)
{
	mutex_lock(&vf->lock);
	if (vf->state == VF_DOWN)
		vf->state = VF_STOPPED;
	mutex_unlock(&vf->lock);
	mod_delayed_work(vf->wq, &vf->life_work, 0);
	mod_delayed_work(vf->wq, &vf->watch_work, msecs_to_jiffies(WATCH_MS));
}

/**
 * vf_life_init() - prepare lock and work
 * @vf: VF
 */
void vf_life_init(struct qatvf_vf *vf)
{
	mutex_init(&vf->lock);
	INIT_DELAYED_WORK(&vf->life_work, life_work);
	INIT_DELAYED_WORK(&vf->watch_work, watch_work);
}

/**
 * struct first_start - a start whose end probe waits for
 * @work:	does it
 * @vf:		VF
 * @err:	what came of it
 */
struct first_start {
	struct work_struct work;
	struct qatvf_vf *vf;
	int err;
};

static void first_start_work(struct work_struct *work)
{
	struct first_start *start = container_of(work, struct first_start, work);

	mutex_lock(&start->vf->lock);
	start->err = start_locked(start->vf);
	mutex_unlock(&start->vf->lock);
}

/**
 * vf_life_start() - first start, from probe
 * @vf: VF with its interrupt enabled
 *
 * The PCI core probes all functions of a node on one of its CPUs.  What takes long is
 * done by a work of the VF, so that the VFs of several PFs do not wait for each other.
 *
 * Context: process context, sleeps; bounded.
 * Return: 0 or an errno, see vf_negotiate(); -ENOMEM.
 */
int vf_life_start(struct qatvf_vf *vf)
{
	struct first_start start = { .vf = vf };

	INIT_WORK_ONSTACK(&start.work, first_start_work);
	queue_work(vf->wq, &start.work);
	flush_work(&start.work);
	destroy_work_on_stack(&start.work);
	return start.err;
}

/**
 * vf_life_stop() - stop for good, to sleep, or for a reset by somebody else
 * @vf: VF; afterwards nothing of it runs any more but the interrupt
 *
 * Context: process context, sleeps; bounded.
 */
void vf_life_stop(struct qatvf_vf *vf)
{
	mutex_lock(&vf->lock);
	if (vf->state == VF_UP)
		rings_down(vf);
	vf->state = VF_DOWN;
	if (vf->pf_knows_us && !vf_device_gone(vf))
		vf_mailbox_send(vf, PFVF_VF2PF_SHUTDOWN, 0);
	vf->pf_knows_us = false;
	mutex_unlock(&vf->lock);

	/* DOWN: neither work queues itself again, and only the mailbox could. */
	cancel_delayed_work_sync(&vf->watch_work);
	vf_mailbox_close(vf);
	cancel_delayed_work_sync(&vf->life_work);
}
