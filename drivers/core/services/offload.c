// SPDX-License-Identifier: GPL-2.0
/*
 * Device or software: the size below which a request is not worth the way to the
 * device, and the count of what went where (debugfs: qatvf/requests) and of what
 * came back wrong (qatvf/unverified).
 */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/seq_file.h>

#include "algs.h"

/* Measured: Documentation/performance.md. */
static unsigned int sym_min_bytes = 1024;
module_param(sym_min_bytes, uint, 0644);
MODULE_PARM_DESC(sym_min_bytes,
		 "Symmetric requests with fewer bytes run in software (default 1024, 0: none)");

static unsigned int dc_min_bytes;
module_param(dc_min_bytes, uint, 0644);
MODULE_PARM_DESC(dc_min_bytes,
		 "Compression requests with fewer bytes run in software (default 0: none)");

static struct dentry *debugfs_dir;
static const struct qatvf_alg_table *const *alg_tables;
static unsigned int alg_tables_count;

static unsigned int min_bytes(enum qat_service service)
{
	switch (service) {
	case QAT_SVC_SYM:
		return READ_ONCE(sym_min_bytes);
	case QAT_SVC_COMPRESSION:
		return READ_ONCE(dc_min_bytes);
	default:
		return 0;
	}
}

/**
 * qatvf_offload_wanted() - is a request long enough for a device?
 * @alg: its algorithm
 * @bytes: length of the text
 *
 * Until an algorithm has passed its self-test everything goes to the device:
 * that is what the test is for.
 *
 * Context: any.
 * Return: false if software is to do it.
 */
bool qatvf_offload_wanted(const struct qatvf_alg *alg, unsigned int bytes)
{
	struct crypto_alg *base;

	if (likely(bytes >= min_bytes(alg->service)))
		return true;
	base = qatvf_alg_base((struct qatvf_alg *)alg);
	return !(READ_ONCE(base->cra_flags) & CRYPTO_ALG_TESTED);
}

static void show_alg(struct seq_file *s, struct qatvf_alg *alg)
{
	u64 hard = 0, soft = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		hard += per_cpu_ptr(alg->counts, cpu)->hard;
		soft += per_cpu_ptr(alg->counts, cpu)->soft;
	}
	seq_printf(s, "%s %llu %llu\n", qatvf_alg_base(alg)->cra_driver_name,
		   hard, soft);
}

static int requests_show(struct seq_file *s, void *unused)
{
	unsigned int t, i;

	seq_puts(s, "driver hardware software\n");
	for (t = 0; t < alg_tables_count; t++)
		for (i = 0; i < alg_tables[t]->count; i++) {
			/* Once there they stay until the module goes. */
			if (smp_load_acquire(&alg_tables[t]->algs[i].counts))
				show_alg(s, &alg_tables[t]->algs[i]);
		}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(requests);

static void show_unverified(struct seq_file *s, struct qatvf_alg *alg)
{
	unsigned int cpu;
	u64 sum = 0;

	for_each_possible_cpu(cpu)
		sum += per_cpu_ptr(alg->counts, cpu)->unverified;
	seq_printf(s, "%s %llu\n", qatvf_alg_base(alg)->cra_driver_name, sum);
}

static int unverified_show(struct seq_file *s, void *unused)
{
	unsigned int t, i;

	seq_puts(s, "driver unverified\n");
	for (t = 0; t < alg_tables_count; t++)
		for (i = 0; i < alg_tables[t]->count; i++) {
			if (alg_tables[t]->algs[i].type != QATVF_ALG_ACOMP)
				continue;
			/* Once there they stay until the module goes. */
			if (smp_load_acquire(&alg_tables[t]->algs[i].counts))
				show_unverified(s, &alg_tables[t]->algs[i]);
		}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(unverified);

static int settled_show(struct seq_file *s, void *unused)
{
	seq_printf(s, "%u\n", qatvf_algs_settled());
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(settled);

/**
 * qatvf_offload_init() - create the debugfs files
 * @tables: of all algorithms
 * @count: number of tables
 */
void qatvf_offload_init(const struct qatvf_alg_table *const *tables,
			unsigned int count)
{
	alg_tables = tables;
	alg_tables_count = count;
	debugfs_dir = debugfs_create_dir("qatvf", NULL);
	debugfs_create_file("requests", 0400, debugfs_dir, NULL,
			    &requests_fops);
	debugfs_create_file("settled", 0400, debugfs_dir, NULL,
			    &settled_fops);
	debugfs_create_file("unverified", 0400, debugfs_dir, NULL,
			    &unverified_fops);
}

/**
 * qatvf_offload_exit() - remove them; no reader is inside afterwards
 */
void qatvf_offload_exit(void)
{
	debugfs_remove_recursive(debugfs_dir);
}
