// SPDX-License-Identifier: GPL-2.0
/*
 * The check of a whole configuration, before any of it is applied: what each setting's
 * own text cannot show.  Also built into qatvfctl, for files.
 */
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/kernel.h>

#include "qatvf/config.h"

static const char * const service_name[QATVF_CONFIG_SERVICES] = {
	[QATVF_CONFIG_ASYM] = "asym",
	[QATVF_CONFIG_SYM] = "sym",
	[QATVF_CONFIG_DC] = "dc",
};

static void at(struct qatvf_config_fault *fault, unsigned int nr,
	       enum qatvf_config_setting setting)
{
	snprintf(fault->where, sizeof(fault->where), "vf%u/%s", nr,
		 qatvf_config_setting_name(setting));
}

/* Nothing is said of VFs that will not be there. */
static int check_absent(const struct qatvf_config *config, struct qatvf_config_fault *fault)
{
	unsigned int nr, setting;

	for (nr = config->num_vfs; nr < QATVF_CONFIG_VFS; nr++)
		for (setting = 0; setting < QATVF_SETTINGS; setting++)
			if (config->vf[nr].set & BIT(setting)) {
				at(fault, nr, setting);
				snprintf(fault->why, sizeof(fault->why),
					 "set, but num_vfs is %u", config->num_vfs);
				return -EINVAL;
			}
	return 0;
}

static int check_services(const struct qatvf_config *config, unsigned int nr, u8 offered,
			  struct qatvf_config_fault *fault)
{
	const struct qatvf_config_vf *vf = &config->vf[nr];
	u8 visible = vf->services ? vf->services : offered;
	unsigned int i;

	for (i = 0; i < QATVF_CONFIG_SERVICES; i++) {
		if (visible & ~offered & BIT(i)) {
			at(fault, nr, QATVF_SET_SERVICES);
			snprintf(fault->why, sizeof(fault->why),
				 "%s is not among the services of the device, %s",
				 service_name[i], config->services);
			return -EINVAL;
		}
		if (vf->rate[i].peak && !(visible & BIT(i))) {
			at(fault, nr, QATVF_SET_RATE_ASYM + i);
			snprintf(fault->why, sizeof(fault->why),
				 "a rate for %s, which the VF does not have", service_name[i]);
			return -EINVAL;
		}
	}
	return 0;
}

static int check_mailbox(const struct qatvf_config *config, unsigned int nr,
			 struct qatvf_config_fault *fault)
{
	const struct qatvf_config_vf *vf = &config->vf[nr];

	if (vf->mailbox != QATVF_MAILBOX_CLOSED || vf->driver != QATVF_DRIVER_KERNEL)
		return 0;
	at(fault, nr, QATVF_SET_MAILBOX);
	snprintf(fault->why, sizeof(fault->why),
		 "closed, but the kernel's driver cannot start without it");
	return -EINVAL;
}

/* What is promised to all must be there. */
static int check_sums(const struct qatvf_config *config, struct qatvf_config_fault *fault)
{
	unsigned int i, nr, sum;

	for (i = 0; i < QATVF_CONFIG_SERVICES; i++) {
		sum = 0;
		for (nr = 0; nr < config->num_vfs; nr++) {
			const struct qatvf_config_rate *rate = &config->vf[nr].rate[i];

			if (rate->committed > QATVF_CONFIG_RATE_MAX - sum) {
				at(fault, nr, QATVF_SET_RATE_ASYM + i);
				snprintf(fault->why, sizeof(fault->why),
					 "%u permille committed, but only %u of %u are left",
					 rate->committed, QATVF_CONFIG_RATE_MAX - sum,
					 QATVF_CONFIG_RATE_MAX);
				return -ENOSPC;
			}
			sum += rate->committed;
		}
	}
	return 0;
}

/**
 * qatvf_config_check() - does a configuration make sense as a whole?
 * @config: configuration, each setting of which is valid by itself
 * @fault: if not, set to the attribute and the reason
 *
 * Return: 0; -EINVAL for settings that contradict each other or say something of VFs
 * that will not be there; -ENOSPC if more is committed than the device can do.
 */
int qatvf_config_check(const struct qatvf_config *config, struct qatvf_config_fault *fault)
{
	unsigned int nr;
	u8 offered;
	int err;

	err = qatvf_config_parse_services(config->services, &offered);
	if (err) {
		snprintf(fault->where, sizeof(fault->where), "services");
		snprintf(fault->why, sizeof(fault->why), "no such combination");
		return err;
	}
	err = check_absent(config, fault);
	for (nr = 0; !err && nr < config->num_vfs; nr++)
		err = check_services(config, nr, offered, fault) ?:
		      check_mailbox(config, nr, fault);
	return err ?: check_sums(config, fault);
}
