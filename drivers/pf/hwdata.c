// SPDX-License-Identifier: GPL-2.0
/*
 * What differs between devices: a row per device id, and the fuses of the one at
 * hand.  The rows are data; supporting another id of the family is one line.
 */
#include <linux/module.h>
#include <linux/pci.h>

#include "device.h"

enum { ROW_4XXX };

static const struct qatvf_hwdata hwdata[] = {
	[ROW_4XXX] = {
		.firmware = "qat_4xxx.bin",
		.mmp = "qat_4xxx_mmp.bin",
		.object = {
			[QATVF_OBJECT_SYM] = "qat_4xxx_sym.bin",
			[QATVF_OBJECT_ASYM] = "qat_4xxx_asym.bin",
			[QATVF_OBJECT_DC] = "qat_4xxx_dc.bin",
			[QATVF_OBJECT_ADMIN] = "qat_4xxx_admin.bin",
		},
		.asym_threads = 0x03,
	},
};

const struct pci_device_id qatvf_pf_ids[] = {
	{ PCI_DEVICE(PCI_VENDOR_ID_INTEL, QAT_PF_4XXX_ID), .driver_data = ROW_4XXX },
	{ }
};
MODULE_DEVICE_TABLE(pci, qatvf_pf_ids);

/**
 * qatvf_hwdata_get() - row of a device
 * @row: driver data of the id that matched
 *
 * Return: constant row.
 */
const struct qatvf_hwdata *qatvf_hwdata_get(unsigned int row)
{
	return &hwdata[row];
}

/**
 * qatvf_hwdata_read_fuses() - learn which parts of the device exist
 * @pf: PF; its ae_mask and slices_off are set
 *
 * An engine is absent if its bit is set, or that of the first engine of its group: both
 * readings of reference 01 section 3.2, since to leave out an engine that is there does no
 * harm (reference 09 row LD-3).  Engine 0 and the admin engine are indispensable.
 *
 * Context: probe, may sleep.
 * Return: 0, or -ENODEV if the device does not answer or lacks these engines.
 */
int qatvf_hwdata_read_fuses(struct qatvf_pf *pf)
{
	struct pci_dev *pdev = pf->pdev;
	u32 engines_off;

	pci_read_config_byte(pdev, PCI_REVISION_ID, &pf->revision);
	if (pci_read_config_dword(pdev, QAT_CFG_FUSECTL1, &pf->slices_off) ||
	    pci_read_config_dword(pdev, QAT_CFG_FUSECTL4, &engines_off) ||
	    pf->slices_off == QATVF_GONE || engines_off == QATVF_GONE) {
		dev_err(&pdev->dev,
			"fuse registers (config %#x, %#x) read as all ones: device does not answer\n",
			QAT_CFG_FUSECTL1, QAT_CFG_FUSECTL4);
		return -ENODEV;
	}

	pf->ae_mask = QAT_AE_MASK_ALL & ~engines_off;
	if (engines_off & FUSECTL4_GROUP0)
		pf->ae_mask &= ~QAT_AE_MASK_GROUP0;
	if (engines_off & FUSECTL4_GROUP1)
		pf->ae_mask &= ~QAT_AE_MASK_GROUP1;

	if (!(pf->ae_mask & BIT(0)) || !(pf->ae_mask & QAT_AE_MASK_ADMIN)) {
		dev_warn(&pdev->dev,
			 "engines %#x fused off (config %#x = %#x): device cannot be used\n",
			 (u32)QAT_AE_MASK_ALL & ~pf->ae_mask, QAT_CFG_FUSECTL4, engines_off);
		return -ENODEV;
	}
	return 0;
}
