// SPDX-License-Identifier: GPL-2.0
/*
 * The misc interrupt: VF messages, power events and errors arrive on one vector.
 * This file also owns every mask register that has several users, so that no
 * read-modify-write of one can undo that of another.
 *
 * The handler closes the vector's gate, looks at all sources, and opens the gate
 * again; opening raises a new interrupt if a source came up in between, so nothing
 * is lost although interrupts are edges.  Errors are handled in the thread, with
 * the gate closed until they are.
 *
 * Facts: reference 01 section 9, reference 04 section 3.3.
 */
#include <linux/interrupt.h>
#include <linux/slab.h>

#include "device.h"

#define MAX_PASSES	4	/* over error sources, before what is left is masked */

static const u32 err_all[QAT_NUM_ERRSOU] = {
	ERRSOU0_ALL, ERRSOU1_ALL, ERRSOU2_ALL, ERRSOU3_ALL
};

static void open_gate(struct qatvf_pf *pf)
{
	unsigned long flags;

	spin_lock_irqsave(&pf->irq.lock, flags);
	if (pf->irq.open)
		misc_write(pf, SMIAPF_MASK, 0);
	spin_unlock_irqrestore(&pf->irq.lock, flags);
}

/**
 * qatvf_irq_vf_unmask() - take the next message of VFs
 * @pf: PF
 * @vfs: bit per VF; those that are not served at all stay masked
 *
 * A message that is already there raises an interrupt.
 *
 * Context: any.
 */
void qatvf_irq_vf_unmask(struct qatvf_pf *pf, u32 vfs)
{
	struct qatvf_irq *irq = &pf->irq;
	unsigned long flags;

	spin_lock_irqsave(&irq->lock, flags);
	irq->vf_mask &= ~(vfs & irq->vf_allowed);
	misc_write(pf, VM2PF_MSK, irq->vf_mask);
	spin_unlock_irqrestore(&irq->lock, flags);
}

/**
 * qatvf_irq_vf_open() - begin to serve VFs
 * @pf: PF
 * @vfs: bit per VF
 *
 * Context: any.
 */
void qatvf_irq_vf_open(struct qatvf_pf *pf, u32 vfs)
{
	unsigned long flags;

	spin_lock_irqsave(&pf->irq.lock, flags);
	pf->irq.vf_allowed = vfs;
	spin_unlock_irqrestore(&pf->irq.lock, flags);
	qatvf_irq_vf_unmask(pf, vfs);
}

/**
 * qatvf_irq_vf_close() - end serving VFs
 * @pf: PF, up
 *
 * After return the handler queues no VF's work any more.
 *
 * Context: process context, waits for a running handler.
 */
void qatvf_irq_vf_close(struct qatvf_pf *pf)
{
	unsigned long flags;

	spin_lock_irqsave(&pf->irq.lock, flags);
	pf->irq.vf_allowed = 0;
	pf->irq.vf_mask = VM2PF_ALL;
	misc_write(pf, VM2PF_MSK, pf->irq.vf_mask);
	spin_unlock_irqrestore(&pf->irq.lock, flags);
	synchronize_irq(pf->irq.vector);
}

/**
 * qatvf_irq_err_mask() - no interrupts from error sources
 * @pf: PF
 * @n: ERRSOU register, 0 to 3
 * @bits: sources
 *
 * Context: any.
 */
void qatvf_irq_err_mask(struct qatvf_pf *pf, unsigned int n, u32 bits)
{
	unsigned long flags;

	spin_lock_irqsave(&pf->irq.lock, flags);
	pf->irq.err_mask[n] |= bits & err_all[n];
	misc_write(pf, ERRMSK(n), pf->irq.err_mask[n]);
	spin_unlock_irqrestore(&pf->irq.lock, flags);
}

/**
 * qatvf_irq_err_unmask() - interrupts from error sources
 * @pf: PF
 * @n: ERRSOU register, 0 to 3
 * @bits: sources; one that is pending raises an interrupt
 *
 * Context: any.
 */
void qatvf_irq_err_unmask(struct qatvf_pf *pf, unsigned int n, u32 bits)
{
	unsigned long flags;

	spin_lock_irqsave(&pf->irq.lock, flags);
	pf->irq.err_mask[n] &= ~bits;
	misc_write(pf, ERRMSK(n), pf->irq.err_mask[n]);
	spin_unlock_irqrestore(&pf->irq.lock, flags);
}

/**
 * qatvf_irq_err_pending() - error sources that are up and not masked
 * @pf: PF
 * @n: ERRSOU register, 0 to 3
 *
 * Context: any.
 * Return: bits of ERRSOU; 0 if the device does not answer.
 */
u32 qatvf_irq_err_pending(struct qatvf_pf *pf, unsigned int n)
{
	u32 sources = misc_read(pf, ERRSOU(n));

	if (sources == QATVF_GONE)
		return 0;
	return sources & err_all[n] & ~READ_ONCE(pf->irq.err_mask[n]);
}

static bool any_error(struct qatvf_pf *pf)
{
	unsigned int n;

	for (n = 0; n < QAT_NUM_ERRSOU; n++)
		if (qatvf_irq_err_pending(pf, n))
			return true;
	return false;
}

/*
 * Close the gate and take the VFs that have a message, masking them.  Masking only
 * these could lose one that comes up between the read and the write; masking all
 * first and then all but the others makes it raise a new interrupt.
 */
static unsigned long take_vf_sources(struct qatvf_pf *pf, bool *gone)
{
	struct qatvf_irq *irq = &pf->irq;
	unsigned long flags;
	u32 sources;

	spin_lock_irqsave(&irq->lock, flags);
	misc_write(pf, SMIAPF_MASK, SMIAPF_MASK_MISC);
	sources = misc_read(pf, VM2PF_SOU);
	*gone = sources == QATVF_GONE;
	sources = *gone ? 0 : sources & VM2PF_ALL & ~irq->vf_mask;
	if (sources) {
		irq->vf_mask |= sources;
		misc_write(pf, VM2PF_MSK, VM2PF_ALL);
		misc_write(pf, VM2PF_MSK, irq->vf_mask);
	}
	spin_unlock_irqrestore(&irq->lock, flags);
	return sources;
}

static irqreturn_t misc_irq(int vector, void *data)
{
	struct qatvf_pf *pf = data;
	unsigned long vfs;
	unsigned int nr;
	bool gone;

	vfs = take_vf_sources(pf, &gone);
	if (gone)
		return IRQ_HANDLED;	/* the gate stays closed */
	for_each_set_bit(nr, &vfs, QAT_MAX_VFS)
		qatvf_mailbox_kick(pf, nr);

	if (any_error(pf))
		return IRQ_WAKE_THREAD;
	open_gate(pf);
	return IRQ_HANDLED;
}

static irqreturn_t misc_irq_thread(int vector, void *data)
{
	struct qatvf_pf *pf = data;
	unsigned int pass, n;
	u32 left;

	for (pass = 0; pass < MAX_PASSES && any_error(pf); pass++) {
		if (qatvf_irq_err_pending(pf, 2) & ERRSOU2_PM)
			qatvf_power_event(pf);
		qatvf_ras_handle(pf);
	}

	for (n = 0; n < QAT_NUM_ERRSOU; n++) {
		left = qatvf_irq_err_pending(pf, n);
		if (!left)
			continue;
		qatvf_irq_err_mask(pf, n, left);
		dev_warn(&pf->pdev->dev, "error source ERRSOU%u %#x does not clear: masked until the next start\n",
			 n, left);
	}
	open_gate(pf);
	return IRQ_HANDLED;
}

/* Everything masked, in the registers and in their shadows. */
static void mask_all(struct qatvf_pf *pf)
{
	struct qatvf_irq *irq = &pf->irq;
	unsigned long flags;
	unsigned int n;

	spin_lock_irqsave(&irq->lock, flags);
	irq->open = false;
	irq->vf_allowed = 0;
	irq->vf_mask = VM2PF_ALL;
	misc_write(pf, SMIAPF_MASK, SMIAPF_MASK_MISC);
	misc_write(pf, VM2PF_MSK, irq->vf_mask);
	for (n = 0; n < QAT_NUM_ERRSOU; n++) {
		irq->err_mask[n] = err_all[n];
		misc_write(pf, ERRMSK(n), irq->err_mask[n]);
	}
	spin_unlock_irqrestore(&irq->lock, flags);
}

/* The entries of our own ring pairs, which are the first ones, and the misc one. */
static int enable_own_and_misc(struct qatvf_pf *pf, struct msix_entry *entry, unsigned int own)
{
	unsigned int i;
	int err;

	for (i = 0; i < own; i++)
		entry[i].entry = i;
	entry[own].entry = QAT_MISC_VECTOR;
	err = pci_enable_msix_exact(pf->pdev, entry, own + 1);
	if (err)
		return err;
	for (i = 0; i < own; i++)
		pf->own.vector[i] = entry[i].vector;
	pf->own.vectors = own;
	pf->irq.vector = entry[own].vector;
	return 0;
}

/* Too few of them cost ring pairs of our own; without the misc one there is no PF. */
static int enable_vectors(struct qatvf_pf *pf)
{
	struct device *dev = &pf->pdev->dev;
	unsigned int own = pf->own.wanted;
	struct msix_entry *entry;
	int err;

	entry = kcalloc(own + 1, sizeof(*entry), GFP_KERNEL);
	if (!entry)
		return -ENOMEM;
	while ((err = enable_own_and_misc(pf, entry, own)) && own)
		own /= 2;
	kfree(entry);
	if (err)
		dev_err(dev, "MSI-X entry %d cannot be enabled: error %d\n", QAT_MISC_VECTOR, err);
	else if (own < pf->own.wanted)
		dev_warn(dev, "too few interrupts: this kernel can use %u ring pairs instead of %u\n",
			 own, pf->own.wanted);
	return err;
}

/**
 * qatvf_irq_start() - step of bring-up: the misc interrupt works
 * @pf: PF
 *
 * Ring pairs get vectors only if the PF uses them itself; those of VFs have their
 * own.  Sources are unmasked by those who handle them.
 *
 * Context: life worker, may sleep.
 * Return: 0, or the error of the PCI core or of the interrupt core.
 */
int qatvf_irq_start(struct qatvf_pf *pf)
{
	struct qatvf_irq *irq = &pf->irq;
	unsigned int source;
	int err;

	mask_all(pf);
	for (source = 0; source < QAT_NUM_VECTORS; source++)
		misc_write(pf, MSIX_RTTABLE(source), source);

	err = enable_vectors(pf);
	if (err)
		return err;
	snprintf(irq->name, sizeof(irq->name), "qat_dev%d-misc", pf->id);
	err = request_threaded_irq(irq->vector, misc_irq, misc_irq_thread, 0, irq->name, pf);
	if (err) {
		dev_err(&pf->pdev->dev, "interrupt %d cannot be requested: error %d\n",
			irq->vector, err);
		pci_disable_msix(pf->pdev);
		return err;
	}

	misc_write(pf, SMIAPF_RP_X0_MASK, 0);
	misc_write(pf, SMIAPF_RP_X1_MASK, 0);
	spin_lock_irq(&irq->lock);
	irq->open = true;
	spin_unlock_irq(&irq->lock);
	open_gate(pf);
	return 0;
}

/**
 * qatvf_irq_stop() - undo: no interrupt, no handler running
 * @pf: PF
 *
 * Context: life worker, may sleep.
 */
void qatvf_irq_stop(struct qatvf_pf *pf)
{
	mask_all(pf);
	misc_write(pf, SMIAPF_RP_X0_MASK, U32_MAX);
	misc_write(pf, SMIAPF_RP_X1_MASK, U32_MAX);
	free_irq(pf->irq.vector, pf);
	pci_disable_msix(pf->pdev);
}

/**
 * qatvf_irq_init() - prepare the masks
 * @pf: PF
 */
void qatvf_irq_init(struct qatvf_pf *pf)
{
	spin_lock_init(&pf->irq.lock);
	pf->irq.vf_mask = VM2PF_ALL;
	memcpy(pf->irq.err_mask, err_all, sizeof(err_all));
}
