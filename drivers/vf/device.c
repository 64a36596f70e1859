// SPDX-License-Identifier: GPL-2.0
/*
 * The VF as a PCI function: BARs, bus mastering, reset and what a reset loses.
 * Facts: reference 01 sections 3.7, 4.2, 12.
 */
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/slab.h>

#include "device.h"
#include "hw/ring.h"

static void __iomem *map_bar(struct pci_dev *pdev, int bar, size_t needed)
{
	if (pci_resource_len(pdev, bar) < needed) {
		dev_err(&pdev->dev, "BAR%d has %llu bytes, at least %zu needed\n",
			bar, (u64)pci_resource_len(pdev, bar), needed);
		return NULL;
	}
	return pci_iomap(pdev, bar, 0);
}

/**
 * vf_device_open() - make the function usable: BARs, DMA
 * @vf: with pdev set
 *
 * Context: process context, may sleep.
 * Return: 0 or an errno, said in the log.
 */
int vf_device_open(struct qatvf_vf *vf)
{
	struct pci_dev *pdev = vf->pdev;
	int err;

	err = pci_enable_device_mem(pdev);
	if (err)
		return dev_err_probe(&pdev->dev, err, "cannot be enabled\n");
	err = pci_request_mem_regions(pdev, KBUILD_MODNAME);
	if (err) {
		dev_err(&pdev->dev, "its BARs are in use by another driver\n");
		goto disable;
	}
	err = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(64));
	if (err) {
		dev_err(&pdev->dev, "no usable DMA addressing: error %d\n", err);
		goto release;
	}
	/* Lengths in buffer lists have 32 bits; the PCI core assumes 64 KiB. */
	dma_set_max_seg_size(&pdev->dev, UINT_MAX);
	err = -ENODEV;
	vf->etr = map_bar(pdev, QAT_VF_ETR_BAR, QAT_VF_ETR_SIZE);
	if (!vf->etr)
		goto release;
	vf->pmisc = map_bar(pdev, QAT_VF_PMISC_BAR, QAT_VF_PMISC_SIZE);
	if (!vf->pmisc)
		goto unmap;
	pci_set_master(pdev);
	pci_save_state(pdev);
	vf->config = pci_store_saved_state(pdev);
	if (vf->config)
		return 0;

	err = -ENOMEM;
	pci_clear_master(pdev);
	pci_iounmap(pdev, vf->pmisc);
unmap:
	pci_iounmap(pdev, vf->etr);
release:
	pci_release_mem_regions(pdev);
disable:
	pci_disable_device(pdev);
	return err;
}

/**
 * vf_device_close() - undo vf_device_open()
 * @vf: VF whose rings are down
 *
 * Context: process context, may sleep.
 */
void vf_device_close(struct qatvf_vf *vf)
{
	kfree(vf->config);
	pci_clear_master(vf->pdev);
	pci_iounmap(vf->pdev, vf->pmisc);
	pci_iounmap(vf->pdev, vf->etr);
	pci_release_mem_regions(vf->pdev);
	pci_disable_device(vf->pdev);
}

/**
 * vf_device_gone() - is the function unreachable?
 * @vf: VF
 *
 * Return: true if reads return all ones: the device was removed, is in reset,
 * or the PF took the VF away.
 */
bool vf_device_gone(struct qatvf_vf *vf)
{
	return readl(vf->pmisc + VF_VM2PF) == ~0U;
}

/**
 * vf_device_restore() - program what a reset of the function or the PF lost
 * @vf: VF that answers again
 *
 * Nobody on the PF's side restores a VF's command register and MSI
 * (01 section 12.3).  What the PCI core has saved is good for one time only, and after
 * a sleep it may have been spent before the PF brought the VF back.
 *
 * Context: process context, may sleep.
 */
void vf_device_restore(struct qatvf_vf *vf)
{
	pci_load_saved_state(vf->pdev, vf->config);
	pci_restore_state(vf->pdev);
}

/**
 * vf_device_was_reset() - has the function lost what vf_device_open() set?
 * @vf: VF
 *
 * A function that was reset has its bus mastering off; one in reset reads as all ones,
 * which is not yet for us to act upon.
 *
 * Context: any; reads configuration space.
 * Return: true if vf_device_restore() is due.
 */
bool vf_device_was_reset(struct qatvf_vf *vf)
{
	u16 command;

	pci_read_config_word(vf->pdev, PCI_COMMAND, &command);
	return command != U16_MAX && !(command & PCI_COMMAND_MASTER);
}

/**
 * vf_device_reset() - function level reset: all DMA stops, rings are forgotten
 * @vf: VF
 *
 * Context: process context, sleeps for 100 ms and more.
 */
void vf_device_reset(struct qatvf_vf *vf)
{
	int err;

	/* The kernel would wait a minute for a function that is gone. */
	if (vf_device_gone(vf))
		return;
	err = pcie_flr(vf->pdev);
	if (err)
		dev_err(&vf->pdev->dev, "function level reset failed: error %d\n",
			err);
	vf_device_restore(vf);
}

/**
 * vf_device_reset_if_used() - reset a function that somebody left running
 * @vf: VF, just opened
 *
 * A former kernel (kexec) or guest may have left rings behind that point into
 * memory that is not theirs any more.
 *
 * Context: process context, sleeps if there is something to reset.
 */
void vf_device_reset_if_used(struct qatvf_vf *vf)
{
	unsigned int rp;

	for (rp = 0; rp < QAT_RPS_PER_VF; rp++) {
		void __iomem *csr = vf->etr + QAT_VF_BUNDLE(rp);

		if (!readl(csr + RING_SRV_ARB_EN) &&
		    !readl(csr + RING_CONFIG(QAT_RING_REQ)))
			continue;
		dev_info(&vf->pdev->dev, "found running, resetting it\n");
		vf_device_reset(vf);
		return;
	}
}
