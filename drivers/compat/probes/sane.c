// SPDX-License-Identifier: GPL-2.0
/* Compiles on every kernel. */
#include <linux/module.h>
#include <linux/pci.h>

int probe(struct pci_dev *pdev);

int probe(struct pci_dev *pdev)
{
	return pdev->devfn;
}
