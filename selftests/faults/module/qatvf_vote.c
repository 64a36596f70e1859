// SPDX-License-Identifier: GPL-2.0
/*
 * A PCI driver that wants its function reset after every error: with it on a VF, errors
 * that cost the PF nothing lead to slot_reset() of the PF all the same.  It takes what
 * driver_override gives it.
 */
#include <linux/module.h>
#include <linux/pci.h>

static int vote_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return 0;
}

static pci_ers_result_t error_detected(struct pci_dev *pdev, pci_channel_state_t state)
{
	return PCI_ERS_RESULT_NEED_RESET;
}

static pci_ers_result_t slot_reset(struct pci_dev *pdev)
{
	return PCI_ERS_RESULT_RECOVERED;
}

static const struct pci_error_handlers vote_error_handlers = {
	.error_detected = error_detected,
	.slot_reset = slot_reset,
};

static const struct pci_device_id vote_ids[] = {
	{ }
};

static struct pci_driver vote_driver = {
	.name = "qatvf_vote",
	.id_table = vote_ids,
	.probe = vote_probe,
	.err_handler = &vote_error_handlers,
};
module_pci_driver(vote_driver);

MODULE_DESCRIPTION("Wants a reset after each PCI error");
MODULE_LICENSE("GPL");
