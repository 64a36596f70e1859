// SPDX-License-Identifier: GPL-2.0
/*
 * File pm_status in debugfs: what the firmware says about power, what this driver has
 * counted, and raw registers.  Rows are data.
 *
 * Facts: reference 03 section 13.3, reference 08 section 5.3.
 */
#include <linux/bitfield.h>
#include <linux/debugfs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "device.h"

/**
 * struct row - one line, a field of a word of the firmware's answer
 * @key:	its name
 * @word:	offset of the word in struct qat_pm_info
 * @mask:	field
 */
struct row {
	const char *key;
	u16 word;
	u32 mask;
};

#define ROW(_key, _member, _mask) { _key, offsetof(struct qat_pm_info, _member), _mask }

static const struct row fuse_rows[] = {
	ROW("enable_pm", fusectl0, FUSECTL0_PM),
	ROW("enable_pm_idle", fusectl0, FUSECTL0_PM_IDLE),
	ROW("enable_deep_pm_idle", fusectl0, FUSECTL0_PM_DEEP_IDLE),
	ROW("max_pwrreq", max_pwrreq, GENMASK(15, 0)),
	ROW("min_pwrreq", max_pwrreq, GENMASK(31, 16)),
};

static const struct row info_rows[] = {
	ROW("cpm_pm_state", status, PM_STATUS_STATE),
	ROW("pending_wp", status, PM_STATUS_PENDING_WP),
	ROW("current_wp", status, PM_STATUS_CURRENT_WP),
	ROW("idle_enable", fw_init, PM_FW_INIT_IDLE_ENABLE),
	ROW("idle_filter", fw_init, PM_FW_INIT_IDLE_FILTER),
	ROW("min_pwr_ack", main, PM_MAIN_MIN_PWR_ACK),
	ROW("min_pwr_ack_pending", thread, PM_THREAD_MIN_PWR_ACK_PENDING),
	ROW("thr_value", main, PM_MAIN_THROTTLE),
};

static const struct row ssm_rows[] = {
	ROW("ssm_pm_enable", ssm_enable, PM_SSM_ENABLE),
	ROW("active_constraint", constraint, U32_MAX),
	ROW("domain_power_gated", ssm_domains, PM_SSM_DOMAINS_GATED),
	ROW("ath_active_count", ssm_active, PM_SSM_ATH),
	ROW("cph_active_count", ssm_active, PM_SSM_CPH),
	ROW("pke_active_count", ssm_active, PM_SSM_PKE),
	ROW("cpr_active_count", ssm_active, PM_SSM_CPR),
	ROW("dcpr_active_count", ssm_active, PM_SSM_DCPR),
	ROW("ucs_active_count", ssm_active, PM_SSM_UCS),
	ROW("xlt_active_count", ssm_active, PM_SSM_XLT),
	ROW("wat_active_count", ssm_active, PM_SSM_WAT),
	ROW("wcp_active_count", ssm_active, PM_SSM_WCP),
	ROW("ath_managed_count", ssm_managed, PM_SSM_ATH),
	ROW("cph_managed_count", ssm_managed, PM_SSM_CPH),
	ROW("pke_managed_count", ssm_managed, PM_SSM_PKE),
	ROW("cpr_managed_count", ssm_managed, PM_SSM_CPR),
	ROW("dcpr_managed_count", ssm_managed, PM_SSM_DCPR),
	ROW("ucs_managed_count", ssm_managed, PM_SSM_UCS),
	ROW("xlt_managed_count", ssm_managed, PM_SSM_XLT),
	ROW("wat_managed_count", ssm_managed, PM_SSM_WAT),
	ROW("wcp_managed_count", ssm_managed, PM_SSM_WCP),
};

static const struct row log_rows[] = {
	ROW("host_msg_event_count", host_events, U32_MAX),
	ROW("sys_pm_event_count", sys_events, U32_MAX),
	ROW("ssm_event_count", ssm_events, U32_MAX),
	ROW("timer_event_count", timer_events, U32_MAX),
	ROW("unknown_event_count", unknown_events, U32_MAX),
	ROW("event0", event[0], U32_MAX),
	ROW("event1", event[1], U32_MAX),
	ROW("event2", event[2], U32_MAX),
	ROW("event3", event[3], U32_MAX),
	ROW("event4", event[4], U32_MAX),
	ROW("event5", event[5], U32_MAX),
	ROW("event6", event[6], U32_MAX),
	ROW("event7", event[7], U32_MAX),
};

static const struct row register_rows[] = {
	ROW("CPM_PM_FW_INIT", fw_init, U32_MAX),
	ROW("CPM_PM_STATUS", status, U32_MAX),
	ROW("CPM_PM_MASTER_FW", main, U32_MAX),
	ROW("CPM_PM_PWRREQ", pwrreq, U32_MAX),
};

static void show_value(struct seq_file *file, const char *key, unsigned long value)
{
	seq_printf(file, "%s: %#lx\n", key, value);
}

static void show_rows(struct seq_file *file, const struct qat_pm_info *info,
		      const struct row *rows, unsigned int num)
{
	unsigned int i;

	for (i = 0; i < num; i++) {
		__le32 word = *(const __le32 *)((const u8 *)info + rows[i].word);

		show_value(file, rows[i].key,
			   (le32_to_cpu(word) & rows[i].mask) >> __ffs(rows[i].mask));
	}
}

/* Copies the answer, so that the device cannot change it while it is shown. */
static int ask(struct qatvf_pf *pf, struct qat_pm_info *info)
{
	struct qat_admin_req req = {
		.cmd = QAT_ADMIN_PM_INFO,
		.buffer_size = cpu_to_le16(sizeof(*info)),
		.buffer = cpu_to_le64(pf->admin.buffers_dma +
				      offsetof(struct qat_admin_buffers, pm_info)),
	};
	struct qat_pm_info *answer = &pf->admin.buffers->pm_info;
	int err;

	mutex_lock(&pf->power.info_lock);
	memset(answer, 0, sizeof(*answer));
	err = qatvf_admin_try(pf, QAT_ADMIN_AE, &req, NULL);
	memcpy(info, answer, sizeof(*info));
	mutex_unlock(&pf->power.info_lock);
	return err;
}

static void show_events(struct seq_file *file, const struct qatvf_power *power)
{
	show_value(file, "idle_irq_count", READ_ONCE(power->idle_events));
	show_value(file, "fw_irq_count", READ_ONCE(power->fw_events));
	show_value(file, "throttle_irq_count", READ_ONCE(power->throttle_events));
	show_value(file, "host_ack_count", READ_ONCE(power->host_acks));
	show_value(file, "host_nack_count", READ_ONCE(power->host_nacks));
}

static int pm_status_show(struct seq_file *file, void *unused)
{
	struct qatvf_pf *pf = file->private;
	struct qat_pm_info info;
	int err;

	err = ask(pf, &info);
	if (err)
		return err;

	seq_puts(file, "----------- PM Fuse info ---------\n");
	show_rows(file, &info, fuse_rows, ARRAY_SIZE(fuse_rows));
	seq_puts(file, "------------  PM Info ------------\n");
	seq_printf(file, "power_level: %s\n", info.pwr_state == QAT_PM_INFO_MIN ? "min" : "max");
	show_rows(file, &info, info_rows, ARRAY_SIZE(info_rows));
	seq_puts(file, "pm_mode: STATIC\n");
	seq_puts(file, "----------- SSM_PM Info ----------\n");
	show_rows(file, &info, ssm_rows, ARRAY_SIZE(ssm_rows));
	seq_puts(file, "------------- PM Log -------------\n");
	show_rows(file, &info, log_rows, ARRAY_SIZE(log_rows));
	show_events(file, &pf->power);
	seq_puts(file, "----------- HW PM CSRs -----------\n");
	show_rows(file, &info, register_rows, ARRAY_SIZE(register_rows));
	show_value(file, "CPM_PM_HOST_MSG", misc_read(pf, PM_HOST_MSG));
	show_value(file, "CPM_PM_INTERRUPT", misc_read(pf, PM_INTERRUPT));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(pm_status);

/**
 * qatvf_debugfs_pm_status() - create file pm_status
 * @pf: PF
 *
 * Context: life worker, may sleep.
 * Return: the file, for debugfs_remove().
 */
struct dentry *qatvf_debugfs_pm_status(struct qatvf_pf *pf)
{
	return debugfs_create_file("pm_status", 0400, pf->debugfs, pf, &pm_status_fops);
}
