// SPDX-License-Identifier: GPL-2.0
/*
 * What the PCI core tells a PF's driver: resets that somebody else performs, and
 * errors of the link (AER).  Both end in the same transitions.
 *
 * A link that lost data stops the PF in order; the core then resets the slot or the
 * function, after which the PF comes up again.  Errors that cost no more than a
 * transaction are counted by the core and need nothing.
 *
 * The core gives up as soon as one function below the port has no driver, or one that
 * knows nothing of errors, as VFs kept for guests often are.  It has reset the link by
 * then, but who stopped for that is told of the end by kernels since 6.18 only; and they
 * tell it after errors that needed no reset, too.  So the PF goes on alone.
 *
 * Facts: reference 01 section 12.3.
 */
#include "device.h"

/* Time that the core takes for the next step at most, unless it has given up. */
#define ABANDONED_AFTER	(10 * HZ)

static void reset_prepare(struct pci_dev *pdev)
{
	qatvf_life_request(pci_get_drvdata(pdev), QATVF_LIFE_RESET_PREPARE);
}

static void reset_done(struct pci_dev *pdev)
{
	qatvf_life_request(pci_get_drvdata(pdev), QATVF_LIFE_RESET_DONE);
}

static void expect_next_step(struct qatvf_pf *pf, unsigned long within)
{
	mod_delayed_work(pf->wq, &pf->abandoned, within);
}

/* What was stopped comes back; what was not goes on. */
static pci_ers_result_t given_up(struct qatvf_pf *pf)
{
	struct pci_dev *pdev = pf->pdev;

	if (!pci_device_is_present(pdev)) {
		dev_err(&pdev->dev, "PCI error: given up by the PCI core; unbind the driver, or replace the device\n");
		qatvf_life_request(pf, QATVF_LIFE_DOWN);
	} else if (qatvf_life_state(pf) == QATVF_STOPPED) {
		expect_next_step(pf, 0);
	} else {
		dev_warn(&pdev->dev, "PCI error: given up by the PCI core, but nothing was reset: going on\n");
	}
	return PCI_ERS_RESULT_DISCONNECT;
}

static pci_ers_result_t error_detected(struct pci_dev *pdev, pci_channel_state_t state)
{
	struct qatvf_pf *pf = pci_get_drvdata(pdev);

	switch (state) {
	case pci_channel_io_normal:
		dev_warn(&pdev->dev, "PCI error that needs no reset\n");
		return PCI_ERS_RESULT_CAN_RECOVER;
	case pci_channel_io_frozen:
		dev_err(&pdev->dev, "PCI error: the link is down, stopping until it has been reset\n");
		qatvf_life_request(pf, QATVF_LIFE_RESET_PREPARE);
		expect_next_step(pf, ABANDONED_AFTER);
		return PCI_ERS_RESULT_NEED_RESET;
	default:
		return given_up(pf);
	}
}

static pci_ers_result_t slot_reset(struct pci_dev *pdev)
{
	struct qatvf_pf *pf = pci_get_drvdata(pdev);

	/* Still up if the error was bad for another function of the slot only. */
	qatvf_life_request(pf, QATVF_LIFE_RESET_PREPARE);
	/* Config space as saved in probe: the bring-up does the rest. */
	pci_restore_state(pdev);
	if (!pci_device_is_present(pdev)) {
		dev_err(&pdev->dev, "PCI error: does not answer after the reset\n");
		qatvf_life_request(pf, QATVF_LIFE_DOWN);
		return PCI_ERS_RESULT_DISCONNECT;
	}
	expect_next_step(pf, ABANDONED_AFTER);
	return PCI_ERS_RESULT_RECOVERED;
}

/* Also the end of errors for which nothing was stopped. */
static void resume(struct pci_dev *pdev)
{
	struct qatvf_pf *pf = pci_get_drvdata(pdev);

	cancel_delayed_work(&pf->abandoned);
	if (qatvf_life_state(pf) == QATVF_STOPPED)
		qatvf_life_request(pf, QATVF_LIFE_RESET_DONE);
}

static void go_on_alone(struct work_struct *work)
{
	struct qatvf_pf *pf = container_of(to_delayed_work(work), struct qatvf_pf, abandoned);
	struct pci_dev *pdev = pf->pdev;

	/* Like the callbacks that should have come. */
	if (!qatvf_sriov_lock_device(pf))
		return;
	if (qatvf_life_state(pf) == QATVF_STOPPED) {
		dev_warn(&pdev->dev, "PCI error: given up by the PCI core, as when a VF has no driver that knows of errors: going on alone\n");
		pdev->error_state = pci_channel_io_normal;
		if (slot_reset(pdev) == PCI_ERS_RESULT_RECOVERED)
			resume(pdev);
	}
	device_unlock(&pdev->dev);
}

/**
 * qatvf_error_init() - prepare for errors
 * @pf: PF
 *
 * Context: probe.
 */
void qatvf_error_init(struct qatvf_pf *pf)
{
	INIT_DELAYED_WORK(&pf->abandoned, go_on_alone);
}

/**
 * qatvf_error_cancel() - forget an error that the PCI core may have given up
 * @pf: PF; qatvf_sriov_cancel() has been called
 *
 * Context: remove and shutdown, with the device lock; sleeps.
 */
void qatvf_error_cancel(struct qatvf_pf *pf)
{
	cancel_delayed_work_sync(&pf->abandoned);
}

/** qatvf_error_handlers - for the PCI driver */
const struct pci_error_handlers qatvf_error_handlers = {
	.error_detected = error_detected,
	.slot_reset = slot_reset,
	.resume = resume,
	.reset_prepare = reset_prepare,
	.reset_done = reset_done,
};
