// SPDX-License-Identifier: GPL-2.0
/* Compiles on no kernel. */
#include <linux/pci.h>

int probe(struct pci_dev *pdev);

int probe(struct pci_dev *pdev)
{
	return pdev->qatvf_there_is_no_such_member;
}
