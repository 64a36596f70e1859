// SPDX-License-Identifier: GPL-2.0
/*
 * debugfs: qat_4xxxvf_<BDF>/ring_pairs, what each ring pair of a VF has done.
 */
#include <linux/debugfs.h>
#include <linux/seq_file.h>

#include "device.h"
#include "qatvf/ring_pair.h"

static int ring_pairs_show(struct seq_file *s, void *unused)
{
	struct qatvf_vf *vf = s->private;
	unsigned int i;

	qatvf_ring_pair_show_head(s);
	mutex_lock(&vf->lock);
	for (i = 0; i < QAT_RPS_PER_VF; i++) {
		if (vf->rp[i])
			qatvf_ring_pair_show(s, i, vf->rp[i]);
	}
	mutex_unlock(&vf->lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(ring_pairs);

/**
 * vf_debugfs_add() - create the files of a VF
 * @vf: VF
 */
void vf_debugfs_add(struct qatvf_vf *vf)
{
	char name[sizeof("qat_4xxxvf_0000:00:00.0") + 8];

	snprintf(name, sizeof(name), "qat_4xxxvf_%s", pci_name(vf->pdev));
	vf->debugfs = debugfs_create_dir(name, NULL);
	debugfs_create_file("ring_pairs", 0400, vf->debugfs, vf,
			    &ring_pairs_fops);
}

/**
 * vf_debugfs_del() - remove them; no reader is inside afterwards
 * @vf: VF
 */
void vf_debugfs_del(struct qatvf_vf *vf)
{
	debugfs_remove_recursive(vf->debugfs);
}
