// SPDX-License-Identifier: GPL-2.0
/*
 * Power: waking the device at bring-up, and answering its idle and throttle events
 * while it is up.  Facts: reference 03 section 13.
 */
#include <linux/bitfield.h>
#include <linux/interrupt.h>
#include <linux/iopoll.h>

#include "device.h"

#define UP_POLL_US	20
#define UP_TIMEOUT_US	1000000
#define MSG_POLL_US	10000
#define MSG_TIMEOUT_US	1000000

/**
 * qatvf_power_up() - step of bring-up: wake the device
 * @pf: PF; power events stay masked
 *
 * Context: life worker, sleeps for up to 1 s.
 * Return: 0, -ETIMEDOUT, or -ENODEV if the device does not answer.
 */
int qatvf_power_up(struct qatvf_pf *pf)
{
	u32 status;
	int err;

	qatvf_irq_err_mask(pf, 2, ERRSOU2_PM);
	misc_write(pf, PM_INTERRUPT, PM_INTERRUPT_DRV_ACTIVE);
	err = readl_poll_timeout(pf->misc + PM_STATUS, status,
				 status == QATVF_GONE ||
				 FIELD_GET(PM_STATUS_STATE, status) == PM_STATUS_STATE_INIT,
				 UP_POLL_US, UP_TIMEOUT_US);
	if (!err && status == QATVF_GONE)
		err = -ENODEV;
	if (err)
		dev_err(&pf->pdev->dev, "device does not power up: PM_STATUS %#x, error %d\n",
			status, err);
	return err;
}

/* The device says that it is idle: let it go to minimal power, or not. */
static void answer_idle(struct qatvf_pf *pf)
{
	bool allow = READ_ONCE(pf->settings.idle);
	u32 msg = misc_read(pf, PM_HOST_MSG);

	if (msg & PM_HOST_MSG_PENDING) {
		dev_warn_ratelimited(&pf->pdev->dev,
				     "firmware has not taken the last power message: PM_HOST_MSG %#x\n",
				     msg);
		return;
	}
	misc_write(pf, PM_HOST_MSG, PM_HOST_MSG_PENDING |
		   FIELD_PREP(PM_HOST_MSG_PAYLOAD,
			      allow ? PM_HOST_MSG_SET_MIN : PM_HOST_MSG_NO_CHANGE));
	if (allow)
		pf->power.host_acks++;
	else
		pf->power.host_nacks++;
	if (readl_poll_timeout(pf->misc + PM_HOST_MSG, msg, !(msg & PM_HOST_MSG_PENDING),
			       MSG_POLL_US, MSG_TIMEOUT_US))
		dev_warn_ratelimited(&pf->pdev->dev,
				     "firmware does not take a power message: PM_HOST_MSG %#x\n",
				     msg);
}

static void power_work(struct work_struct *work)
{
	struct qatvf_pf *pf = container_of(work, struct qatvf_pf, power.work);
	u32 event = misc_read(pf, PM_INTERRUPT);

	if (event == QATVF_GONE)
		return;
	pf->power.throttle_events += !!(event & PM_INTERRUPT_THROTTLE);
	pf->power.fw_events += !!(event & PM_INTERRUPT_FW);
	if (event & PM_INTERRUPT_IDLE) {
		pf->power.idle_events++;
		answer_idle(pf);
	}
	/* Clears exactly the status bits that were seen; the enables are kept. */
	misc_write(pf, PM_INTERRUPT, event);
	if (READ_ONCE(pf->power.managed))
		qatvf_irq_err_unmask(pf, 2, ERRSOU2_PM);
}

/**
 * qatvf_power_event() - a power event is pending
 * @pf: PF
 *
 * Its source stays masked until the event has been answered.
 *
 * Context: interrupt thread.
 */
void qatvf_power_event(struct qatvf_pf *pf)
{
	qatvf_irq_err_mask(pf, 2, ERRSOU2_PM);
	if (READ_ONCE(pf->power.managed))
		queue_work(pf->wq, &pf->power.work);
}

/**
 * qatvf_power_manage() - step of bring-up: take idle and throttle events
 * @pf: PF, whose firmware has its idle filter
 *
 * Context: life worker, may sleep.
 * Return: 0 or the error of the admin message.
 */
int qatvf_power_manage(struct qatvf_pf *pf)
{
	struct qat_admin_req req = {
		.cmd = QAT_ADMIN_PM_STATE_CONFIG,
		.param[0] = cpu_to_le32(QAT_ADMIN_IDLE_FILTER),
	};
	u32 value;
	int err;

	err = qatvf_admin_send(pf, QAT_ADMIN_AE, &req, NULL);
	if (err)
		return err;

	value = misc_read(pf, PM_INTERRUPT);
	misc_write(pf, PM_INTERRUPT, value | PM_INTERRUPT_IDLE_EN | PM_INTERRUPT_THROTTLE_EN |
		   PM_INTERRUPT_STATUS);
	WRITE_ONCE(pf->power.managed, true);
	qatvf_irq_err_unmask(pf, 2, ERRSOU2_PM);
	return 0;
}

/**
 * qatvf_power_unmanage() - undo: no power events any more
 * @pf: PF
 *
 * Context: life worker, sleeps for up to 1 s.
 */
void qatvf_power_unmanage(struct qatvf_pf *pf)
{
	misc_write(pf, PM_INTERRUPT, PM_INTERRUPT_DRV_ACTIVE | PM_INTERRUPT_STATUS);
	WRITE_ONCE(pf->power.managed, false);
	/* A handler that has seen it true has queued the work when this returns. */
	synchronize_irq(pf->irq.vector);
	cancel_work_sync(&pf->power.work);
	qatvf_irq_err_mask(pf, 2, ERRSOU2_PM);
}

/**
 * qatvf_power_init() - prepare power management
 * @pf: PF
 */
void qatvf_power_init(struct qatvf_pf *pf)
{
	INIT_WORK(&pf->power.work, power_work);
	mutex_init(&pf->power.info_lock);
}
