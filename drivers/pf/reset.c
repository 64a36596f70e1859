// SPDX-License-Identifier: GPL-2.0
/*
 * Function level reset, at the two ends of a PF's life: a device found running
 * (after kexec) is reset before it is touched, and every device that goes down is
 * reset last, so that no DMA survives the memory it points to.
 */
#include <linux/pci.h>

#include "device.h"

/*
 * The configuration was saved in probe, with bus mastering off, so it is off after
 * the reset.  The caller has no device lock (see device.h), which pci_reset_function()
 * would take.  Config access of user space is held off meanwhile, unless it is already:
 * by a reset of the PCI core's, which waits for us.
 */
static void function_reset(struct qatvf_pf *pf)
{
	struct pci_dev *pdev = pf->pdev;
	bool locked;
	int err;

	if (!pci_device_is_present(pdev)) {
		dev_warn(&pdev->dev, "device does not answer: reset skipped\n");
		return;
	}

	locked = pci_cfg_access_trylock(pdev);
	err = pcie_flr(pdev);
	pci_restore_state(pdev);
	/* Restoring uses the saved state up. */
	pci_save_state(pdev);
	if (locked)
		pci_cfg_access_unlock(pdev);
	if (err)
		dev_err(&pdev->dev, "function level reset failed: error %d\n", err);
}

/* Somebody may have reset the function, or the link to it, and left it at that. */
static void restore_if_lost(struct qatvf_pf *pf)
{
	struct pci_dev *pdev = pf->pdev;
	u16 command;

	pci_read_config_word(pdev, PCI_COMMAND, &command);
	if (command & PCI_COMMAND_MEMORY)
		return;
	pci_restore_state(pdev);
	pci_save_state(pdev);
}

/**
 * qatvf_reset_begin() - step of bring-up: quiet device, bus mastering on
 * @pf: PF
 *
 * Its configuration space may have been lost: then it is as in probe afterwards.
 *
 * Context: life worker, may sleep.
 * Return: 0, or -ENODEV if the device does not answer.
 */
int qatvf_reset_begin(struct qatvf_pf *pf)
{
	u32 loaded, power;

	restore_if_lost(pf);
	loaded = misc_read(pf, FCU_AE_LOADED);
	power = misc_read(pf, PM_INTERRUPT);
	if (loaded == QATVF_GONE || power == QATVF_GONE) {
		dev_err(&pf->pdev->dev,
			"registers (FCU_AE_LOADED, PM_INTERRUPT) read as all ones: device does not answer\n");
		return -ENODEV;
	}
	if (loaded || (power & PM_INTERRUPT_DRV_ACTIVE)) {
		dev_info(&pf->pdev->dev, "found running (engines %#x): resetting first\n", loaded);
		function_reset(pf);
	}
	pci_set_master(pf->pdev);
	return 0;
}

/**
 * qatvf_reset_end() - undo: bus mastering off, everything forgotten
 * @pf: PF
 *
 * Context: life worker, may sleep.
 */
void qatvf_reset_end(struct qatvf_pf *pf)
{
	pci_clear_master(pf->pdev);
	if (!pf->life.flr_by_core)
		function_reset(pf);
}
