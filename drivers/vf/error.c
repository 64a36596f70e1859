// SPDX-License-Identifier: GPL-2.0
/*
 * What the PCI core tells a VF's driver of errors of the link (AER).  A VF gets what
 * its PF gets, and after the reset starts as soon as the PF answers.
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
	vf_device_restore(pci_get_drvdata(pdev));
	return PCI_ERS_RESULT_RECOVERED;
}

static void resume(struct pci_dev *pdev)
{
	vf_life_resume(pci_get_drvdata(pdev));
}

/** vf_error_handlers - for the PCI driver */
const struct pci_error_handlers vf_error_handlers = {
	.error_detected = error_detected,
	.slot_reset = slot_reset,
	.resume = resume,
};
