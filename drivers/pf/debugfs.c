// SPDX-License-Identifier: GPL-2.0
/*
 * debugfs: one directory per PF, named as tools expect it (contract C16), and in it
 * the table of VFs as the mailbox server sees them.
 */
#include <linux/debugfs.h>
#include <linux/seq_file.h>

#include "device.h"

static int vfs_show(struct seq_file *file, void *unused)
{
	struct qatvf_pf *pf = file->private;
	unsigned int num = READ_ONCE(pf->sriov.num);
	unsigned int nr;

	seq_puts(file, "vf version init muted kernel messages unknown dropped spurious mutes\n");
	/* Without locks: slots are never freed, and a reader must not wait for a reset. */
	for (nr = 0; nr < num; nr++) {
		struct qatvf_vf_slot *vf = &pf->vf[nr];

		seq_printf(file, "%2u %7u %4u %5u %6u %8lu %7lu %7lu %8lu %5lu\n", nr,
			   READ_ONCE(vf->version), READ_ONCE(vf->init), READ_ONCE(vf->muted),
			   !!(READ_ONCE(pf->host.kernel_vfs) & BIT(nr)),
			   READ_ONCE(vf->stats.messages), READ_ONCE(vf->stats.unknown),
			   READ_ONCE(vf->stats.dropped), READ_ONCE(vf->stats.spurious),
			   READ_ONCE(vf->stats.mutes));
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(vfs);

/**
 * qatvf_debugfs_add() - directory of a PF
 * @pf: PF
 *
 * Context: probe, may sleep.  Failure leaves the directory out.
 */
void qatvf_debugfs_add(struct qatvf_pf *pf)
{
	char name[48];

	snprintf(name, sizeof(name), "qat_" QATVF_PF_DRIVER_NAME "_%s", pci_name(pf->pdev));
	pf->debugfs = debugfs_create_dir(name, NULL);
	debugfs_create_file("vfs", 0400, pf->debugfs, pf, &vfs_fops);
}

/**
 * qatvf_debugfs_remove() - undo qatvf_debugfs_add(); waits for readers
 * @pf: PF
 *
 * Context: process context, without qatvf_sriov.lock.
 */
void qatvf_debugfs_remove(struct qatvf_pf *pf)
{
	debugfs_remove_recursive(pf->debugfs);
}
