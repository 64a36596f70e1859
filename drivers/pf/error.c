// SPDX-License-Identifier: GPL-2.0
/*
 * What the PCI core tells a PF's driver: resets that somebody else performs, and
 * errors of the link (AER).  Both end in the same transitions.
 *
 * A link that lost data stops the PF in order; the core then resets the slot or the
 * function, after which the PF comes up again.  Errors that cost no more than a
 * transaction are counted by the core and need nothing.
 *
 * Facts: reference 01 section 12.3.
 */
#include "device.h"

static void reset_prepare(struct pci_dev *pdev)
{
	qatvf_life_request(pci_get_drvdata(pdev), QATVF_LIFE_RESET_PREPARE);
}

static void reset_done(struct pci_dev *pdev)
{
	qatvf_life_request(pci_get_drvdata(pdev), QATVF_LIFE_RESET_DONE);
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
		return PCI_ERS_RESULT_NEED_RESET;
	default:
		dev_err(&pdev->dev, "PCI error: given up by the PCI core; unbind the driver, or replace the device\n");
		qatvf_life_request(pf, QATVF_LIFE_DOWN);
		return PCI_ERS_RESULT_DISCONNECT;
	}
}

static pci_ers_result_t slot_reset(struct pci_dev *pdev)
{
	/* Config space as saved in probe: the bring-up does the rest. */
	pci_restore_state(pdev);
	if (!pci_device_is_present(pdev)) {
		dev_err(&pdev->dev, "PCI error: does not answer after the reset\n");
		/* Not for ever restarting: qat/state takes orders again. */
		qatvf_life_request(pci_get_drvdata(pdev), QATVF_LIFE_DOWN);
		return PCI_ERS_RESULT_DISCONNECT;
	}
	/* Still up if the error was bad for another function of the slot only. */
	qatvf_life_request(pci_get_drvdata(pdev), QATVF_LIFE_RESET_PREPARE);
	return PCI_ERS_RESULT_RECOVERED;
}

/* Also the end of errors for which nothing was stopped. */
static void resume(struct pci_dev *pdev)
{
	struct qatvf_pf *pf = pci_get_drvdata(pdev);

	if (qatvf_life_state(pf) == QATVF_RESTARTING)
		qatvf_life_request(pf, QATVF_LIFE_RESET_DONE);
}

/** qatvf_error_handlers - for the PCI driver */
const struct pci_error_handlers qatvf_error_handlers = {
	.error_detected = error_detected,
	.slot_reset = slot_reset,
	.resume = resume,
	.reset_prepare = reset_prepare,
	.reset_done = reset_done,
};
