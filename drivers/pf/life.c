// SPDX-License-Identifier: GPL-2.0
/*
 * Life of a PF: the only code that changes its state.  Everybody else posts a
 * request; one worker per PF serves them in turn, outside all other locks, so that
 * no transition runs inside another and several PFs proceed side by side.
 *
 * Bring-up is a table of steps, each with its undo.  Probe, restart and the return
 * from a reset all run this table; going down and failing half-way run the undo
 * side, last step first.
 */
#include <linux/ktime.h>

#include "qatvf/event.h"

#include "device.h"

/* Longest wait for an answer: every step is bounded, and this is more than all of them. */
#define ANSWER_TIMEOUT	(120 * HZ)

/**
 * struct life_step - one step of bring-up
 * @name:	for messages
 * @up:		does it; on failure leaves nothing of itself behind
 * @down:	undoes it, or NULL if a later reset of the function does
 */
struct life_step {
	const char *name;
	int (*up)(struct qatvf_pf *pf);
	void (*down)(struct qatvf_pf *pf);
};

/*
 * Memory that the device may write comes before the step whose undo resets the
 * function, so that it is freed after the reset.  Firmware files are checked before
 * the first register is touched.
 */
static const struct life_step steps[] = {
	{ "services", qatvf_services_apply, NULL },
	{ "firmware files", qatvf_firmware_get, qatvf_firmware_put },
	{ "admin memory", qatvf_admin_alloc, qatvf_admin_free },
	{ "heartbeat memory", qatvf_heartbeat_alloc, qatvf_heartbeat_free },
	{ "telemetry memory", qatvf_telemetry_alloc, qatvf_telemetry_free },
	{ "function reset", qatvf_reset_begin, qatvf_reset_end },
	{ "ring pairs", qatvf_ring_pairs_clear, NULL },
	{ "power-up", qatvf_power_up, NULL },
	{ "admin channel", qatvf_admin_start, NULL },
	{ "arbiter", qatvf_arbiter_start, qatvf_arbiter_stop },
	{ "engine reset", qatvf_engines_reset, NULL },
	{ "firmware load", qatvf_load, NULL },
	{ "interrupt", qatvf_irq_start, qatvf_irq_stop },
	{ "error reporting", qatvf_ras_start, qatvf_ras_stop },
	{ "engine start", qatvf_load_start, NULL },
	{ "firmware configuration", qatvf_admin_configure, NULL },
	{ "power management", qatvf_power_manage, qatvf_power_unmanage },
	{ "heartbeat", qatvf_heartbeat_start, qatvf_heartbeat_stop },
	{ "rate limits", qatvf_rl_start, qatvf_rl_stop },
	{ "configured rates", qatvf_configure_rates_again, NULL },
	{ "rate limit files", qatvf_sysfs_rl_add, qatvf_sysfs_rl_remove },
	{ "telemetry", qatvf_telemetry_begin, qatvf_telemetry_stop },
	{ "error counter files", qatvf_sysfs_ras_add, qatvf_sysfs_ras_remove },
	{ "debugfs files", qatvf_debugfs_start, qatvf_debugfs_stop },
	{ "mailbox", qatvf_mailbox_start, qatvf_mailbox_stop },
	{ "own ring pairs", qatvf_own_rings_start, qatvf_own_rings_stop },
};

static const char * const state_name[QATVF_NUM_STATES] = {
	[QATVF_DOWN] = "down",
	[QATVF_STARTING] = "starting",
	[QATVF_UP] = "up",
	[QATVF_RESTARTING] = "restarting",
	[QATVF_STOPPED] = "stopped",
	[QATVF_FAILED] = "failed",
};

/* State to the states that may follow it. */
static const u8 may_follow[QATVF_NUM_STATES] = {
	[QATVF_DOWN] = BIT(QATVF_STARTING),
	[QATVF_STARTING] = BIT(QATVF_UP) | BIT(QATVF_FAILED),
	[QATVF_UP] = BIT(QATVF_RESTARTING) | BIT(QATVF_STOPPED) | BIT(QATVF_DOWN),
	[QATVF_RESTARTING] = BIT(QATVF_UP) | BIT(QATVF_FAILED),
	[QATVF_STOPPED] = BIT(QATVF_STARTING) | BIT(QATVF_DOWN),
	[QATVF_FAILED] = BIT(QATVF_STARTING) | BIT(QATVF_RESTARTING) | BIT(QATVF_DOWN),
};

/**
 * qatvf_life_state() - where a PF is
 * @pf: PF
 *
 * Context: any; the state may change as soon as it is read.
 * Return: the state.
 */
enum qatvf_life_state qatvf_life_state(struct qatvf_pf *pf)
{
	return READ_ONCE(pf->life.state);
}

static void set_state(struct qatvf_pf *pf, enum qatvf_life_state next)
{
	enum qatvf_life_state now = pf->life.state;

	WARN_ONCE(!(may_follow[now] & BIT(next)), "PF goes from %s to %s\n",
		  state_name[now], state_name[next]);
	dev_dbg(&pf->pdev->dev, "%s -> %s\n", state_name[now], state_name[next]);
	WRITE_ONCE(pf->life.state, next);
}

static void undo_steps(struct qatvf_pf *pf)
{
	while (pf->life.steps_done) {
		const struct life_step *step = &steps[--pf->life.steps_done];

		if (step->down)
			step->down(pf);
	}
}

/* What failed until now is no failure of the next start. */
static void forget_fatal(struct qatvf_life *life)
{
	spin_lock_irq(&life->lock);
	life->request[QATVF_LIFE_FATAL].served = life->request[QATVF_LIFE_FATAL].drawn;
	spin_unlock_irq(&life->lock);
}

/* To QATVF_UP or, with everything undone, to QATVF_FAILED. */
static int bring_up(struct qatvf_pf *pf)
{
	struct device *dev = &pf->pdev->dev;
	unsigned int i;
	int err;

	pf->life.fatal_told = false;
	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		err = steps[i].up(pf);
		if (err) {
			dev_err(dev, "bring-up failed at step %u of %zu, %s: error %d\n",
				i + 1, ARRAY_SIZE(steps), steps[i].name, err);
			undo_steps(pf);
			forget_fatal(&pf->life);
			set_state(pf, QATVF_FAILED);
			return err;
		}
		pf->life.steps_done = i + 1;
	}

	set_state(pf, QATVF_UP);
	qatvf_failures_serving(&pf->life.failures);
	dev_info(dev, "qat_dev%d started %d acceleration engines\n", pf->id,
		 hweight32(pf->ae_mask));
	return 0;
}

/* From QATVF_UP; the caller sets the state. */
static void tear_down(struct qatvf_pf *pf)
{
	undo_steps(pf);
	forget_fatal(&pf->life);
	dev_info(&pf->pdev->dev, "qat_dev%d stopped %d acceleration engines\n", pf->id,
		 hweight32(pf->ae_mask));
}

static int serve_up(struct qatvf_pf *pf)
{
	int err;

	switch (pf->life.state) {
	case QATVF_UP:
		return 0;
	case QATVF_DOWN:
	case QATVF_FAILED:
	case QATVF_STOPPED:
		pf->life.failures.count = 0;
		set_state(pf, QATVF_STARTING);
		err = bring_up(pf);
		/* VFs are there if it failed with them; they wait for this. */
		if (!err)
			qatvf_notify_restarted(pf);
		return err;
	default:
		return -EBUSY;
	}
}

static int serve_down(struct qatvf_pf *pf)
{
	if (pf->life.state == QATVF_UP)
		tear_down(pf);
	if (pf->life.state != QATVF_DOWN)
		set_state(pf, QATVF_DOWN);
	return 0;
}

static int give_up(struct qatvf_pf *pf)
{
	dev_err(&pf->pdev->dev,
		"failed %u times in a row: out of service, its users work in software; look above for the cause, then write up to qat/state\n",
		pf->life.failures.count);
	set_state(pf, QATVF_FAILED);
	qatvf_event(&pf->pdev->dev, "failed");
	return -EIO;
}

/* From QATVF_RESTARTING with nothing set up, to QATVF_UP or to QATVF_FAILED. */
static int come_back(struct qatvf_pf *pf)
{
	while (!qatvf_failures_add(&pf->life.failures)) {
		if (!bring_up(pf))
			return 0;
		set_state(pf, QATVF_RESTARTING);
	}
	return give_up(pf);
}

static int serve_fatal(struct qatvf_pf *pf)
{
	struct device *dev = &pf->pdev->dev;
	bool restart = READ_ONCE(pf->settings.auto_reset);
	ktime_t began = ktime_get();
	int err;

	/* What hangs is found again and again, until somebody restarts it. */
	if (pf->life.state != QATVF_UP || (pf->life.fatal_told && !restart))
		return 0;

	pf->life.fatal_told = true;
	qatvf_event(dev, "fatal");
	qatvf_notify_fatal(pf);
	/* Software takes over at once, whatever becomes of the device. */
	qatvf_own_rings_stop(pf);
	if (!restart) {
		dev_err(dev, "fatal error: write down, then up to qat/state to restart the device; on to qat/auto_reset lets that happen by itself\n");
		return 0;
	}

	dev_info(dev, "Resetting device qat_dev%d\n", pf->id);
	set_state(pf, QATVF_RESTARTING);
	qatvf_event(dev, "restarting");
	qatvf_notify_restarting(pf, true);
	tear_down(pf);
	err = come_back(pf);
	if (err)
		return err;
	qatvf_notify_restarted(pf);
	dev_info(dev, "restarted in %lld ms\n", ktime_ms_delta(ktime_get(), began));
	qatvf_event(dev, "restarted");
	return 0;
}

static int serve_reset_prepare(struct qatvf_pf *pf)
{
	if (pf->life.state != QATVF_UP)
		return 0;

	set_state(pf, QATVF_STOPPED);
	qatvf_event(&pf->pdev->dev, "restarting");
	qatvf_notify_restarting(pf, true);
	pf->life.flr_by_core = true;
	tear_down(pf);
	pf->life.flr_by_core = false;
	return 0;
}

static int serve_reset_done(struct qatvf_pf *pf)
{
	int err;

	if (pf->life.state == QATVF_UP)
		return 0;
	/* The core has used up the configuration that was saved in probe. */
	pci_save_state(pf->pdev);
	if (pf->life.state != QATVF_STOPPED)
		return 0;

	err = serve_up(pf);
	qatvf_event(&pf->pdev->dev, err ? "failed" : "restarted");
	return err;
}

/* Whatever has happened meanwhile took the ring pairs away. */
static int serve_own_rings(struct qatvf_pf *pf)
{
	return pf->life.state == QATVF_UP ? qatvf_own_rings_recover(pf) : 0;
}

static int (* const serve[QATVF_NUM_REQUESTS])(struct qatvf_pf *pf) = {
	[QATVF_LIFE_FATAL] = serve_fatal,
	[QATVF_LIFE_OWN_RINGS] = serve_own_rings,
	[QATVF_LIFE_RESET_PREPARE] = serve_reset_prepare,
	[QATVF_LIFE_RESET_DONE] = serve_reset_done,
	[QATVF_LIFE_UP] = serve_up,
	[QATVF_LIFE_DOWN] = serve_down,
};

/*
 * Serve every request whose tickets are not all answered.  Tickets drawn while one
 * is served get the next round, since their owner asked later.
 */
static void life_work(struct work_struct *work)
{
	struct qatvf_pf *pf = container_of(work, struct qatvf_pf, life.work);
	struct qatvf_life *life = &pf->life;
	unsigned int i;
	bool nothing;
	u32 drawn;
	int result;

	/* The number of VFs does not change while they are told and reset. */
	mutex_lock(&pf->sriov.lock);
	for (i = 0; i < QATVF_NUM_REQUESTS; i++) {
		spin_lock_irq(&life->lock);
		drawn = life->request[i].drawn;
		nothing = drawn == life->request[i].served;
		spin_unlock_irq(&life->lock);
		if (nothing)
			continue;

		result = serve[i](pf);

		spin_lock_irq(&life->lock);
		/* Not back behind forget_fatal(). */
		if ((s32)(life->request[i].served - drawn) < 0)
			life->request[i].served = drawn;
		life->request[i].result = result;
		spin_unlock_irq(&life->lock);
		wake_up_all(&life->answered);
	}
	mutex_unlock(&pf->sriov.lock);
}

/* Returns the ticket, or 0 if requests are not taken any more. */
static u32 draw_ticket(struct qatvf_pf *pf, enum qatvf_life_request request)
{
	struct qatvf_life *life = &pf->life;
	unsigned long flags;
	u32 ticket = 0;

	spin_lock_irqsave(&life->lock, flags);
	if (!life->closed) {
		ticket = ++life->request[request].drawn;
		if (!ticket)	/* 0 means refused */
			ticket = ++life->request[request].drawn;
		queue_work(life->wq, &life->work);
	}
	spin_unlock_irqrestore(&life->lock, flags);
	return ticket;
}

static bool ticket_answered(struct qatvf_pf *pf, enum qatvf_life_request request, u32 ticket,
			    int *result)
{
	struct qatvf_life *life = &pf->life;
	bool answered;

	spin_lock_irq(&life->lock);
	answered = (s32)(life->request[request].served - ticket) >= 0;
	*result = life->request[request].result;
	spin_unlock_irq(&life->lock);
	return answered;
}

/**
 * qatvf_life_post() - ask for a transition, do not wait
 * @pf: PF
 * @request: what
 *
 * Context: any, also hard interrupt.  Without effect while the PF is being removed.
 */
void qatvf_life_post(struct qatvf_pf *pf, enum qatvf_life_request request)
{
	draw_ticket(pf, request);
}

/**
 * qatvf_life_request() - ask for a transition and wait for its end
 * @pf: PF
 * @request: what
 *
 * Context: process context, sleeps for up to two minutes; without qatvf_sriov.lock,
 * which the life worker takes.
 * Return: what the transition returned, -ENODEV if the PF is being removed,
 * -ETIMEDOUT if the worker has not come to it.
 */
int qatvf_life_request(struct qatvf_pf *pf, enum qatvf_life_request request)
{
	u32 ticket = draw_ticket(pf, request);
	int result;

	if (!ticket)
		return -ENODEV;
	if (!wait_event_timeout(pf->life.answered,
				ticket_answered(pf, request, ticket, &result), ANSWER_TIMEOUT)) {
		dev_err(&pf->pdev->dev, "state change has not ended after %d s\n",
			ANSWER_TIMEOUT / HZ);
		return -ETIMEDOUT;
	}
	return result;
}

/**
 * qatvf_life_close() - refuse all further requests and wait for the worker
 * @pf: PF
 *
 * Context: process context, sleeps; every step of the worker is bounded.
 */
void qatvf_life_close(struct qatvf_pf *pf)
{
	spin_lock_irq(&pf->life.lock);
	pf->life.closed = true;
	spin_unlock_irq(&pf->life.lock);
	flush_work(&pf->life.work);
}

/**
 * qatvf_life_init() - prepare the state machine
 * @pf: PF
 *
 * Context: probe, may sleep.
 * Return: 0 or -ENOMEM.
 */
int qatvf_life_init(struct qatvf_pf *pf)
{
	struct qatvf_life *life = &pf->life;

	spin_lock_init(&life->lock);
	init_waitqueue_head(&life->answered);
	INIT_WORK(&life->work, life_work);
	life->wq = alloc_ordered_workqueue("qatvf_life/%s", 0, pci_name(pf->pdev));
	return life->wq ? 0 : -ENOMEM;
}

/**
 * qatvf_life_exit() - undo qatvf_life_init(), after qatvf_life_close()
 * @pf: PF, down or failed
 *
 * Context: process context, may sleep.
 */
void qatvf_life_exit(struct qatvf_pf *pf)
{
	destroy_workqueue(pf->life.wq);
}
