// SPDX-License-Identifier: GPL-2.0
/*
 * What the PCI core tells a VF's driver: resets that somebody else performs, and errors
 * of the link (AER), where a VF gets what its PF gets.  After either it starts as soon as
 * the PF answers.
 *
 * Facts: reference 01 section 12.3.
 */
#include "device.h"

static pci_ers_result_t error_detected(struct pci_dev *pdev, pci_channel_state_t state)
{
	struct qatvf_vf *vf = pci_get_drvdata(pdev);

	if (state == pci_channel_io_normal)
		return PCI_ERS_RESULT_CAN_RECOVER;
	vf_life_pause(vf);
	return state == pci_channel_io_frozen ? PCI_ERS_RESULT_NEED_RESET :
						PCI_ERS_RESULT_DISCONNECT;
}

static pci_ers_result_t slot_reset(struct pci_dev *pdev)
{
	struct qatvf_vf *vf = pci_get_drvdata(pdev);

	/* Still up if the error was bad for another function of the slot only. */
	vf_life_pause(vf);
	if (!pci_device_is_present(pdev))
		return PCI_ERS_RESULT_DISCONNECT;
	vf_device_restore(vf);
	return PCI_ERS_RESULT_RECOVERED;
}

static void resume(struct pci_dev *pdev)
{
	vf_life_resume(pci_get_drvdata(pdev));
}

/* Of this function by its file reset in sysfs, or of all functions of the slot. */
static void reset_prepare(struct pci_dev *pdev)
{
	vf_life_stop(pci_get_drvdata(pdev));
}

static void reset_done(struct pci_dev *pdev)
{
	vf_life_resume(pci_get_drvdata(pdev));
}

/** vf_error_handlers - for the PCI driver */
const struct pci_error_handlers vf_error_handlers = {
	.error_detected = error_detected,
	.slot_reset = slot_reset,
	.resume = resume,
	.reset_prepare = reset_prepare,
	.reset_done = reset_done,
};
