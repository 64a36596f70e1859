// SPDX-License-Identifier: GPL-2.0
/*
 * debugfs: one directory per PF, named as tools expect it (contract C16).  In it, all
 * the time, the table of VFs as the mailbox server sees them, ring pairs of the PF's own
 * and the configuration; while the PF is up, what the other debugfs files of this driver add.
 */
#include <linux/debugfs.h>
#include <linux/seq_file.h>

#include "device.h"
#include "qatvf/ring_pair.h"

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

static int fw_version_show(struct seq_file *file, void *unused)
{
	struct qatvf_pf *pf = file->private;

	seq_printf(file, "%s\n", pf->fw_version);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(fw_version);

/* Ring pairs that this kernel uses, as instances: VFs' are not the PF's. */
static void show_instances(struct seq_file *file, struct qatvf_pf *pf)
{
	unsigned int crypto = 0, compression = 0, i;

	for (i = 0; i < pf->own.wanted; i++) {
		if (!READ_ONCE(pf->own.rp[i]))
			continue;
		if (QAT_RP_SERVICE(pf->ring_map, i % QAT_RPS_PER_VF) == QAT_SVC_COMPRESSION)
			compression++;
		else
			crypto++;
	}
	seq_printf(file, "[KERNEL]\nNumberCyInstances = %u\nNumberDcInstances = %u\n", crypto,
		   compression);
}

/* Sections and keys as tools know them (reference 08 section 5, contract C17). */
static int dev_cfg_show(struct seq_file *file, void *unused)
{
	struct qatvf_pf *pf = file->private;
	struct qatvf_settings *settings = &pf->settings;

	seq_puts(file, "[GENERAL]\n");
	seq_printf(file, "ServicesEnabled = %s\n", READ_ONCE(settings->services_text));
	seq_printf(file, "HeartbeatTimer = %d\n", QATVF_HEARTBEAT_MS);
	if (READ_ONCE(settings->idle_set))
		seq_printf(file, "PmIdleSupport = %d\n", READ_ONCE(settings->idle));
	if (READ_ONCE(settings->sriov))
		seq_puts(file, "SriovEnabled = 1\n");
	if (qatvf_life_state(pf) == QATVF_UP)
		show_instances(file, pf);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(dev_cfg);

/* Also while the PF is down: the worker, who removes the others, holds the lock. */
static int ring_pairs_show(struct seq_file *s, void *unused)
{
	struct qatvf_pf *pf = s->private;
	unsigned int i;

	qatvf_ring_pair_show_head(s);
	mutex_lock(&pf->sriov.lock);
	for (i = 0; i < pf->own.wanted; i++)
		if (pf->own.rp[i])
			qatvf_ring_pair_show(s, i, pf->own.rp[i]);
	mutex_unlock(&pf->sriov.lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(ring_pairs);

static struct dentry *(* const while_up[])(struct qatvf_pf *pf) = {
	qatvf_debugfs_fw_counters,
	qatvf_debugfs_cnv_errors,
	qatvf_debugfs_pm_status,
	qatvf_debugfs_heartbeat,
	qatvf_debugfs_transport,
	qatvf_debugfs_telemetry,
};

static_assert(ARRAY_SIZE(while_up) <= QATVF_DEBUGFS_UP);

/**
 * qatvf_debugfs_start() - step of bring-up: the files of a PF that is up
 * @pf: PF
 *
 * Context: life worker, may sleep.  Failure leaves files out.
 * Return: 0.
 */
int qatvf_debugfs_start(struct qatvf_pf *pf)
{
	unsigned int i;

	for (i = 0; i < QAT_NUM_RPS; i++) {
		pf->bank[i].pf = pf;
		pf->bank[i].nr = i;
	}
	for (i = 0; i < ARRAY_SIZE(while_up); i++)
		pf->debugfs_up[i] = while_up[i](pf);
	return 0;
}

/**
 * qatvf_debugfs_stop() - undo; waits for readers and writers
 * @pf: PF
 *
 * Context: life worker; sleeps for as long as an admin message takes.
 */
void qatvf_debugfs_stop(struct qatvf_pf *pf)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(while_up); i++)
		debugfs_remove(pf->debugfs_up[i]);
}

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
	debugfs_create_file("ring_pairs", 0400, pf->debugfs, pf, &ring_pairs_fops);
	debugfs_create_file("dev_cfg", 0400, pf->debugfs, pf, &dev_cfg_fops);
	debugfs_create_file("fw", 0400, debugfs_create_dir("version", pf->debugfs), pf,
			    &fw_version_fops);
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
