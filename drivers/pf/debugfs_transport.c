// SPDX-License-Identifier: GPL-2.0
/*
 * Directory transport/ in debugfs: where the rings of each ring pair stand, a VF's or the
 * PF's own.  What is in them stays with who uses them: a VF's guest, a transform's user.
 *
 * Facts: reference 08 section 5.5.
 */
#include <linux/debugfs.h>
#include <linux/seq_file.h>

#include "device.h"

static u32 ring_read(struct qatvf_pf *pf, unsigned int rp, u32 reg)
{
	return etr_read(pf, QAT_PF_BUNDLE(rp) + reg);
}

static bool has_ring(struct qatvf_pf *pf, unsigned int rp, unsigned int ring)
{
	return ring_read(pf, rp, RING_LBASE(ring)) || ring_read(pf, rp, RING_UBASE(ring));
}

static int config_show(struct seq_file *file, void *unused)
{
	struct qatvf_bank *bank = file->private;
	struct qatvf_pf *pf = bank->pf;
	unsigned int rp = bank->nr, ring;

	seq_printf(file, "------- Bank %u configuration -------\n", rp);
	for (ring = 0; ring < QAT_RINGS_PER_BUNDLE; ring++)
		if (has_ring(pf, rp, ring))
			seq_printf(file, "ring num %02d, head %04x, tail %04x, empty: %d\n", ring,
				   ring_read(pf, rp, RING_HEAD(ring)),
				   ring_read(pf, rp, RING_TAIL(ring)),
				   !!(ring_read(pf, rp, RING_E_STAT) & BIT(ring)));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(config);

/**
 * qatvf_debugfs_transport() - create directory transport/
 * @pf: PF
 *
 * Context: life worker, may sleep.
 * Return: the directory, for debugfs_remove().
 */
struct dentry *qatvf_debugfs_transport(struct qatvf_pf *pf)
{
	struct dentry *dir = debugfs_create_dir("transport", pf->debugfs);
	struct dentry *bank;
	unsigned int rp;
	char name[16];

	for (rp = 0; rp < QAT_NUM_RPS; rp++) {
		snprintf(name, sizeof(name), "bank_%02u", rp);
		bank = debugfs_create_dir(name, dir);
		debugfs_create_file("config", 0400, bank, &pf->bank[rp], &config_fops);
	}
	return dir;
}
