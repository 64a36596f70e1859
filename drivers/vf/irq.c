// SPDX-License-Identifier: GPL-2.0
/*
 * The VF's one interrupt, shared by its ring pairs and the mailbox.
 *
 * Ring pairs are asked first, through memory: under load no register is read.
 * Only an interrupt that no ring pair can explain leads to the mailbox.  A
 * message that arrives together with a response is therefore seen late, by
 * vf_watch(); messages are rare and their senders wait long enough.
 * Facts: reference 01 section 9.6.
 */
#include <linux/interrupt.h>

#include "device.h"
#include "qatvf/ring_pair.h"

static irqreturn_t vf_interrupt(int irq, void *data)
{
	struct qatvf_vf *vf = data;
	bool mine = false;
	unsigned int i;

	for (i = 0; i < QAT_RPS_PER_VF; i++) {
		struct qatvf_ring_pair *rp = READ_ONCE(vf->rp[i]);

		if (rp)
			mine |= qatvf_ring_pair_interrupt(rp);
	}
	return IRQ_RETVAL(mine || vf_mailbox_interrupt(vf));
}

/**
 * vf_irq_enable() - take the VF's interrupt
 * @vf: opened VF
 *
 * Context: process context, may sleep.
 * Return: 0 or an errno, said in the log.
 */
int vf_irq_enable(struct qatvf_vf *vf)
{
	struct pci_dev *pdev = vf->pdev;
	int err;

	err = pci_alloc_irq_vectors(pdev, 1, 1, PCI_IRQ_MSI);
	if (err < 0) {
		dev_err(&pdev->dev, "no MSI vector: error %d\n", err);
		return err;
	}
	err = request_irq(pci_irq_vector(pdev, 0), vf_interrupt, 0,
			  pci_name(pdev), vf);
	if (err) {
		dev_err(&pdev->dev, "interrupt refused: error %d\n", err);
		pci_free_irq_vectors(pdev);
	}
	return err;
}

/**
 * vf_irq_disable() - give the interrupt back
 * @vf: VF; afterwards its handler does not run any more
 *
 * Context: process context, sleeps.
 */
void vf_irq_disable(struct qatvf_vf *vf)
{
	free_irq(pci_irq_vector(vf->pdev, 0), vf);
	pci_free_irq_vectors(vf->pdev);
}

/**
 * vf_irq_synchronize() - wait for a handler that runs right now
 * @vf: VF
 *
 * Context: process context, sleeps.
 */
void vf_irq_synchronize(struct qatvf_vf *vf)
{
	synchronize_irq(pci_irq_vector(vf->pdev, 0));
}
