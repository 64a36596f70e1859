// SPDX-License-Identifier: GPL-2.0
/*
 * Telemetry, the device's side: switching it on and off, and collecting what the
 * firmware publishes about once a second.
 *
 * Facts: reference 03 section 11.
 */
#include <linux/dma-mapping.h>
#include <linux/jiffies.h>
#include <linux/slab.h>

#include "device.h"

/* Twice as often as the firmware publishes. */
#define COLLECT_PERIOD	(HZ / 2)

static bool supported(struct qatvf_pf *pf)
{
	return pf->fw_caps & QAT_ADMIN_FW_CAP_TELEMETRY;
}

static int send_stop(struct qatvf_pf *pf)
{
	struct qat_admin_req req = { .cmd = QAT_ADMIN_TL_STOP };

	return qatvf_admin_send(pf, QAT_ADMIN_AE, &req, NULL);
}

static bool plausible(const struct qat_slice_counts *slices)
{
	const u8 *count = (const u8 *)slices;
	unsigned int i;

	for (i = 0; i < sizeof(*slices); i++)
		if (count[i] > QAT_SLICE_COUNT_MAX)
			return false;
	return true;
}

static int send_start(struct qatvf_pf *pf)
{
	struct qatvf_telemetry *telemetry = &pf->telemetry;
	struct qat_admin_req req = {
		.cmd = QAT_ADMIN_TL_START,
		.buffer_size = cpu_to_le16(sizeof(*telemetry->page)),
		.buffer = cpu_to_le64(telemetry->page_dma),
	};
	struct qat_admin_rsp rsp;
	int err;

	memcpy(&req.param[0], telemetry->rp, sizeof(telemetry->rp));
	err = qatvf_admin_send(pf, QAT_ADMIN_AE, &req, &rsp);
	if (err)
		return err;
	memcpy(&telemetry->slices, rsp.param, sizeof(telemetry->slices));
	if (plausible(&telemetry->slices))
		return 0;
	dev_err(&pf->pdev->dev, "telemetry: more slices than can be: %*ph\n",
		(int)sizeof(telemetry->slices), &telemetry->slices);
	send_stop(pf);
	return -EPROTO;
}

/* The device writes the count last, but may begin anew while we copy. */
static void collect(struct qatvf_telemetry *telemetry)
{
	struct qat_tl_buffer *to;
	u32 published = le32_to_cpu(READ_ONCE(telemetry->page->published));

	lockdep_assert_held(&telemetry->lock);

	if (published == telemetry->published)
		return;
	telemetry->newest = (telemetry->newest + 1) % QATVF_TL_SAMPLES;
	to = &telemetry->sample[telemetry->newest];
	dma_rmb();
	memcpy(to, telemetry->page, sizeof(*to));
	dma_rmb();
	if (le32_to_cpu(READ_ONCE(telemetry->page->published)) != published)
		memcpy(to, telemetry->page, sizeof(*to));
	telemetry->published = le32_to_cpu(to->published);
	if (telemetry->collected < telemetry->wanted)
		telemetry->collected++;
}

static void collect_work(struct work_struct *work)
{
	struct qatvf_pf *pf = container_of(to_delayed_work(work), struct qatvf_pf,
					   telemetry.work);
	struct qatvf_telemetry *telemetry = &pf->telemetry;

	mutex_lock(&telemetry->lock);
	if (telemetry->wanted) {
		collect(telemetry);
		queue_delayed_work(pf->wq, &telemetry->work, COLLECT_PERIOD);
	}
	mutex_unlock(&telemetry->lock);
}

/* Off is off even if the device does not answer: its page stays until it is reset. */
static int switch_off(struct qatvf_pf *pf)
{
	lockdep_assert_held(&pf->telemetry.lock);

	pf->telemetry.wanted = 0;
	return send_stop(pf);
}

static int switch_on(struct qatvf_pf *pf, unsigned int samples)
{
	struct qatvf_telemetry *telemetry = &pf->telemetry;
	int err;

	lockdep_assert_held(&telemetry->lock);

	memset(telemetry->page, 0, sizeof(*telemetry->page));
	memset(telemetry->sample, 0, QATVF_TL_SAMPLES * sizeof(*telemetry->sample));
	telemetry->published = 0;
	telemetry->collected = 0;
	err = send_start(pf);
	if (err)
		return err;
	telemetry->wanted = samples;
	mod_delayed_work(pf->wq, &telemetry->work, COLLECT_PERIOD);
	return 0;
}

static int switch_locked(struct qatvf_pf *pf, unsigned int samples)
{
	int err = 0;

	if (pf->telemetry.wanted || !samples)
		err = switch_off(pf);
	if (!err && samples)
		err = switch_on(pf, samples);
	return err;
}

/**
 * qatvf_telemetry_switch() - turn telemetry on or off
 * @pf: PF, up
 * @samples: 0 for off, else how many publications are looked at together, at most
 *	QATVF_TL_SAMPLES; if it is on it begins anew
 *
 * Context: process context, sleeps for up to 10 s.
 * Return: 0, -EINVAL, the error of the admin message, or -EPROTO if its answer makes no
 * sense.
 */
int qatvf_telemetry_switch(struct qatvf_pf *pf, unsigned int samples)
{
	int err;

	if (samples > QATVF_TL_SAMPLES)
		return -EINVAL;
	mutex_lock(&pf->telemetry.lock);
	if (samples && pf->telemetry.wanted)
		dev_info(&pf->pdev->dev, "telemetry is on: it begins anew\n");
	err = switch_locked(pf, samples);
	mutex_unlock(&pf->telemetry.lock);
	return err;
}

static bool watched(struct qatvf_telemetry *telemetry, unsigned int rp)
{
	unsigned int i;

	for (i = 0; i < QAT_TL_RPS; i++)
		if (telemetry->rp[i] == rp)
			return true;
	return false;
}

/**
 * qatvf_telemetry_watch() - choose a ring pair to watch
 * @pf: PF, up
 * @slot: 0 to QAT_TL_RPS - 1
 * @rp: ring pair; one that has a slot already is left there
 *
 * Telemetry that is on begins anew.
 *
 * Context: process context, sleeps for up to 10 s.
 * Return: 0, -EINVAL, or as for qatvf_telemetry_switch().
 */
int qatvf_telemetry_watch(struct qatvf_pf *pf, unsigned int slot, unsigned int rp)
{
	struct qatvf_telemetry *telemetry = &pf->telemetry;
	int err = 0;

	if (slot >= QAT_TL_RPS || rp >= QAT_NUM_RPS)
		return -EINVAL;
	mutex_lock(&telemetry->lock);
	if (watched(telemetry, rp)) {
		dev_info(&pf->pdev->dev, "telemetry: ring pair %u is watched already\n", rp);
	} else {
		telemetry->rp[slot] = rp;
		if (telemetry->wanted)
			err = switch_locked(pf, telemetry->wanted);
	}
	mutex_unlock(&telemetry->lock);
	return err;
}

/**
 * qatvf_telemetry_alloc() - step of bring-up: memory that the device will write
 * @pf: PF
 *
 * Context: life worker, may sleep.
 * Return: 0 or -ENOMEM.
 */
int qatvf_telemetry_alloc(struct qatvf_pf *pf)
{
	struct qatvf_telemetry *telemetry = &pf->telemetry;

	telemetry->sample = kcalloc(QATVF_TL_SAMPLES, sizeof(*telemetry->sample), GFP_KERNEL);
	if (!telemetry->sample)
		return -ENOMEM;
	telemetry->page = dma_alloc_coherent(&pf->pdev->dev, sizeof(*telemetry->page),
					     &telemetry->page_dma, GFP_KERNEL);
	if (!telemetry->page) {
		kfree(telemetry->sample);
		return -ENOMEM;
	}
	return 0;
}

/**
 * qatvf_telemetry_free() - undo, after the function has been reset
 * @pf: PF
 *
 * Context: life worker, may sleep.
 */
void qatvf_telemetry_free(struct qatvf_pf *pf)
{
	struct qatvf_telemetry *telemetry = &pf->telemetry;

	dma_free_coherent(&pf->pdev->dev, sizeof(*telemetry->page), telemetry->page,
			  telemetry->page_dma);
	kfree(telemetry->sample);
	telemetry->page = NULL;
	telemetry->sample = NULL;
}

/**
 * qatvf_telemetry_begin() - step of bring-up: off, no ring pair chosen
 * @pf: PF, with configured firmware
 *
 * Context: life worker.
 * Return: 0.
 */
int qatvf_telemetry_begin(struct qatvf_pf *pf)
{
	if (!supported(pf))
		dev_info(&pf->pdev->dev, "Telemetry: feature not supported by FW\n");
	pf->telemetry.wanted = 0;
	memset(pf->telemetry.rp, QAT_TL_NO_RP, sizeof(pf->telemetry.rp));
	return 0;
}

/**
 * qatvf_telemetry_stop() - undo: nothing is published, nothing collected
 * @pf: PF
 *
 * Context: life worker, sleeps for up to 10 s.
 */
void qatvf_telemetry_stop(struct qatvf_pf *pf)
{
	mutex_lock(&pf->telemetry.lock);
	if (pf->telemetry.wanted)
		switch_off(pf);
	mutex_unlock(&pf->telemetry.lock);
	cancel_delayed_work_sync(&pf->telemetry.work);
}

/**
 * qatvf_telemetry_init() - prepare
 * @pf: PF
 */
void qatvf_telemetry_init(struct qatvf_pf *pf)
{
	mutex_init(&pf->telemetry.lock);
	INIT_DELAYED_WORK(&pf->telemetry.work, collect_work);
}
