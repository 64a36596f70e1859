// SPDX-License-Identifier: GPL-2.0
/*
 * Ring pairs that the PF offers to this kernel itself.  Without VFs all 64 are the
 * PF's; a guest that was given the whole PF has no other way to use it.  The services
 * see no difference to a VF's.
 *
 * They come up last and go down first.  When VFs are enabled they give way, because
 * VF n owns ring pairs 4n to 4n + 3, and come back when the VFs are gone.
 *
 * Facts: reference 01 section 9, 04 section 14.3.
 */
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>

#include "device.h"
#include "qatvf/provider.h"
#include "qatvf/ring_pair.h"

/* A healthy device answers what it has within this time. */
#define QUIESCE_TIME	(HZ / 2)	/* for all ring pairs together */
#define WATCH_PERIOD	(HZ / 5)
#define PER_CPU		2		/* with two services one of each */

/* Some PF uses ring pairs itself. */
static bool used;

/**
 * qatvf_own_rings_used() - is there a PF that uses ring pairs itself?
 *
 * Context: any.
 * Return: true if there is, or was.
 */
bool qatvf_own_rings_used(void)
{
	return READ_ONCE(used);
}

static irqreturn_t own_irq(int vector, void *data)
{
	/* Else the poll, which runs already, sees what came. */
	qatvf_ring_pair_interrupt(data);
	return IRQ_HANDLED;
}

static void watch(struct work_struct *work)
{
	struct qatvf_pf *pf = container_of(to_delayed_work(work), struct qatvf_pf, own.watch);
	unsigned int failures = qatvf_failures_in_a_row(&pf->own.failures);
	const char *complaint;
	unsigned int i;

	for (i = 0; i < pf->own.wanted; i++) {
		if (!pf->own.rp[i])
			continue;
		qatvf_ring_pair_watch(pf->own.rp[i]);
		complaint = qatvf_ring_pair_overdue(pf->own.rp[i], failures);
		if (!complaint)
			continue;
		dev_err(&pf->pdev->dev, "ring pair %u: %s; resetting it\n", i, complaint);
		__set_bit(i, pf->own.overdue);
	}
	if (bitmap_empty(pf->own.overdue, QAT_NUM_RPS))
		queue_delayed_work(pf->wq, &pf->own.watch, WATCH_PERIOD);
	else
		qatvf_life_post(pf, QATVF_LIFE_OWN_RINGS);	/* goes on watching */
}

static void go_on_watching(struct qatvf_pf *pf)
{
	bitmap_zero(pf->own.overdue, QAT_NUM_RPS);
	queue_delayed_work(pf->wq, &pf->own.watch, WATCH_PERIOD);
}

static int start_one(struct qatvf_pf *pf, unsigned int i)
{
	struct qatvf_ring_pair_config config = {
		.dev = &pf->pdev->dev,
		.parent = &pf->pdev->dev,
		.csr = pf->etr + QAT_PF_BUNDLE(i),
		.service = QAT_RP_SERVICE(pf->ring_map, i % QAT_RPS_PER_VF),
		.capabilities = pf->capabilities,
	};
	struct qatvf_own_rings *own = &pf->own;
	struct qatvf_ring_pair *rp;
	int err;

	if (config.service == QAT_SVC_NONE)
		return 0;
	rp = qatvf_ring_pair_create(&config);
	if (IS_ERR(rp))
		return PTR_ERR(rp);
	snprintf(own->name[i], sizeof(own->name[i]), "qat_dev%d-rp%u", pf->id, i);
	err = request_irq(own->vector[i], own_irq, 0, own->name[i], rp);
	if (err)
		goto destroy;
	err = qatvf_provider_add(rp);
	if (err)
		goto free;
	own->rp[i] = rp;
	return 0;

free:
	free_irq(own->vector[i], rp);
destroy:
	qatvf_ring_pair_destroy(rp);
	return err;
}

/**
 * qatvf_own_rings_start() - step of bring-up: offer ring pairs, unless there are VFs
 * @pf: PF, all else of which is up
 *
 * Also called when the VFs are gone.  A PF whose ring pairs cannot be used is still
 * good for VFs, so that is no error.
 *
 * Context: process context, with qatvf_sriov.lock.
 * Return: 0.
 */
int qatvf_own_rings_start(struct qatvf_pf *pf)
{
	struct qatvf_own_rings *own = &pf->own;
	unsigned int i;
	int err = 0;

	lockdep_assert_held(&pf->sriov.lock);

	own->failed = false;
	own->failures.count = 0;
	/* Nor with a device that failed and that nobody has restarted. */
	if (pf->sriov.num || !own->vectors || pf->life.fatal_told)
		return 0;
	for (i = 0; !err && i < own->vectors; i++)
		err = start_one(pf, i);
	if (err)
		dev_err(&pf->pdev->dev, "ring pair %u cannot be used: error %d\n", i - 1, err);
	WRITE_ONCE(used, true);
	go_on_watching(pf);
	dev_info(&pf->pdev->dev, "this kernel uses its first %u ring pairs\n", i - !!err);
	return 0;
}

static void withdraw(struct qatvf_own_rings *own)
{
	unsigned int i;

	for (i = 0; i < own->wanted; i++)
		if (own->rp[i])
			qatvf_provider_remove(own->rp[i]);
}

static unsigned int ms_until(unsigned long end)
{
	return time_before(jiffies, end) ? jiffies_to_msecs(end - jiffies) : 0;
}

/* Nothing may be written to memory that is about to be freed. */
static void stop_dma(struct qatvf_pf *pf, unsigned int i)
{
	if (pf->own.failed)
		return;
	dev_warn(&pf->pdev->dev, "ring pair %u: requests were left unanswered, resetting it\n", i);
	if (!qatvf_ring_pair_reset(pf, i))
		return;
	pf->own.failed = true;
	pci_clear_master(pf->pdev);
}

/**
 * qatvf_own_rings_stop() - undo: nobody uses the PF's ring pairs
 * @pf: PF, up
 *
 * A ring pair that does not let go costs the device its bus mastering until it is
 * reset, see qatvf_own_rings.failed.
 *
 * Context: process context, with qatvf_sriov.lock; sleeps: a grace period for each ring
 * pair, half a second for all, and up to 5 s for each that has to be reset, until one
 * cannot be.
 */
void qatvf_own_rings_stop(struct qatvf_pf *pf)
{
	struct qatvf_own_rings *own = &pf->own;
	unsigned long end;
	unsigned int i;

	lockdep_assert_held(&pf->sriov.lock);

	cancel_delayed_work_sync(&own->watch);
	withdraw(own);
	end = jiffies + QUIESCE_TIME;
	for (i = 0; i < own->wanted; i++) {
		if (!own->rp[i])
			continue;
		if (!qatvf_ring_pair_quiesce(own->rp[i], ms_until(end)))
			stop_dma(pf, i);
		free_irq(own->vector[i], own->rp[i]);
	}
	for (i = 0; i < own->wanted; i++) {
		if (own->rp[i])
			qatvf_ring_pair_destroy(own->rp[i]);
		own->rp[i] = NULL;
	}
}

static void stop_one(struct qatvf_pf *pf, unsigned int i)
{
	struct qatvf_own_rings *own = &pf->own;
	struct qatvf_ring_pair *rp = own->rp[i];

	qatvf_provider_remove(rp);
	if (!qatvf_ring_pair_quiesce(rp, jiffies_to_msecs(QUIESCE_TIME)))
		stop_dma(pf, i);
	free_irq(own->vector[i], rp);
	qatvf_ring_pair_destroy(rp);
	own->rp[i] = NULL;
}

/* Returns false if that did not help, or helps no more. */
static bool restart_one(struct qatvf_pf *pf, unsigned int i)
{
	int err;

	if (!pf->own.rp[i])
		return true;
	if (qatvf_failures_add(&pf->own.failures)) {
		dev_err(&pf->pdev->dev, "ring pairs left without an answer %u times in a row\n",
			pf->own.failures.count);
		return false;
	}
	stop_one(pf, i);
	if (pf->own.failed)
		return false;
	err = start_one(pf, i);
	if (err)
		dev_err(&pf->pdev->dev, "ring pair %u cannot be used: error %d\n", i, err);
	qatvf_failures_serving(&pf->own.failures);
	return true;
}

/**
 * qatvf_own_rings_recover() - reset ring pairs that owe an answer which will not come
 * @pf: PF, up
 *
 * The others and the rest of the PF see nothing of it.  If a ring pair cannot be reset,
 * or if it happens again and again, that is a fatal error of the device.
 *
 * Context: life worker; sleeps for up to 6 s for each of them.
 * Return: 0, or -EIO after a fatal error.
 */
int qatvf_own_rings_recover(struct qatvf_pf *pf)
{
	struct qatvf_own_rings *own = &pf->own;
	unsigned int i;

	lockdep_assert_held(&pf->sriov.lock);

	if (pf->sriov.num || pf->life.fatal_told)
		return 0;
	cancel_delayed_work_sync(&own->watch);
	for_each_set_bit(i, own->overdue, own->wanted) {
		if (restart_one(pf, i))
			continue;
		qatvf_life_post(pf, QATVF_LIFE_FATAL);
		return -EIO;
	}
	go_on_watching(pf);
	return 0;
}

/**
 * qatvf_own_rings_init() - decide how many there will be
 * @pf: PF
 *
 * A PF that can have VFs is left to them, unless own_rps says otherwise.
 *
 * Context: probe.
 */
void qatvf_own_rings_init(struct qatvf_pf *pf)
{
	int wanted = qatvf_own_rps();

	if (wanted < 0 && pci_sriov_get_totalvfs(pf->pdev))
		wanted = 0;
	else if (wanted < 0)
		wanted = min_t(unsigned int, PER_CPU * num_possible_cpus(), QAT_NUM_RPS);
	pf->own.wanted = wanted;
	INIT_DELAYED_WORK(&pf->own.watch, watch);
}
