// SPDX-License-Identifier: GPL-2.0
/*
 * The configuration that configfs holds for a PF, applied: at probe, when it is
 * enabled, and when a part of it changes.  All checks come first; a guest is not
 * disturbed.
 *
 * A reset of the PF keeps its VFs and all that is set here, but for the rates, which
 * bring-up sets again.
 */
#include <linux/slab.h>

#include "device.h"

/**
 * struct plan - what a configuration changes of the PF
 * @services:	it must restart, without VFs
 * @num_vfs:	all VFs are replaced
 * @first:	it had no configuration
 */
struct plan {
	bool services;
	bool num_vfs;
	bool first;
};

/* Is the driver of a VF to change? */
static bool new_driver(struct qatvf_pf *pf, const struct qatvf_config *config, unsigned int nr)
{
	return !pf->configure.enabled ||
	       config->vf[nr].driver != pf->configure.wanted.vf[nr].driver;
}

static int refuse_busy(struct qatvf_pf *pf, const char *what, unsigned int nr, const char *user)
{
	dev_err(&pf->pdev->dev, "%s: cannot change while VF %u is in use through %s\n", what, nr,
		user);
	return -EBUSY;
}

/*
 * Does anything change that a VF's user would notice?  A VF that already has the wanted
 * driver, or none in particular is wanted at first, can be left as it is.
 */
static int check_vf(struct qatvf_pf *pf, const struct qatvf_config *config, struct plan plan,
		    unsigned int nr)
{
	const struct qatvf_config_vf *vf = &config->vf[nr];
	char name[32], what[24];

	if (!qatvf_bind_user(pf, nr, name, sizeof(name)))
		return 0;
	if (plan.services)
		return refuse_busy(pf, "services", nr, name);
	if (plan.num_vfs)
		return refuse_busy(pf, "num_vfs", nr, name);
	if (vf->services != pf->vf[nr].services) {
		snprintf(what, sizeof(what), "vf%u/services", nr);
		return refuse_busy(pf, what, nr, name);
	}
	if (!new_driver(pf, config, nr) ||
	    (vf->driver == QATVF_DRIVER_VFIO && !strcmp(name, "vfio-pci")) ||
	    (vf->driver == QATVF_DRIVER_NONE && plan.first))
		return 0;
	snprintf(what, sizeof(what), "vf%u/driver", nr);
	return refuse_busy(pf, what, nr, name);
}

static int check_guests(struct qatvf_pf *pf, const struct qatvf_config *config, struct plan plan)
{
	unsigned int nr;
	int err = 0;

	for (nr = 0; !err && nr < pf->sriov.num; nr++)
		err = check_vf(pf, config, plan, nr);
	return err;
}

static int check_device(struct qatvf_pf *pf, const struct qatvf_config *config)
{
	unsigned int total = pci_sriov_get_totalvfs(pf->pdev);

	if (!qatvf_services_find(config->services)) {
		dev_err(&pf->pdev->dev, "services: %s is not what this device can serve\n",
			config->services);
		return -EINVAL;
	}
	if (config->num_vfs > total) {
		dev_err(&pf->pdev->dev,
			"num_vfs: %u wanted, %u possible: is SR-IOV enabled in the firmware setup?\n",
			config->num_vfs, total);
		return -ERANGE;
	}
	return qatvf_configure_rates_check(pf, config) ?: qatvf_bind_prepare(pf, config);
}

/* To other services, by way of a restart; VFs are gone already. */
static int change_services(struct qatvf_pf *pf, const struct qatvf_config *config)
{
	const struct qatvf_services *row = qatvf_services_find(config->services);
	int err;

	err = qatvf_life_request(pf, QATVF_LIFE_DOWN);
	if (err)
		return err;
	mutex_lock(&pf->sriov.lock);
	err = qatvf_services_check(pf, row);
	if (!err) {
		pf->settings.services = row;
		WRITE_ONCE(pf->settings.services_text,
			   qatvf_services_text(row, config->services));
	}
	mutex_unlock(&pf->sriov.lock);
	if (err)
		dev_err(&pf->pdev->dev, "services: %s is not what this device can serve\n",
			config->services);
	return err;
}

static void set_slots(struct qatvf_pf *pf, const struct qatvf_config *config)
{
	unsigned int nr;

	for (nr = 0; nr < QAT_MAX_VFS; nr++) {
		WRITE_ONCE(pf->vf[nr].services, config->vf[nr].services);
		qatvf_mailbox_set_policy(pf, nr, config->vf[nr].mailbox);
	}
}

/**
 * qatvf_configure_kernel_vfs() - VFs that the kernel of this host drives
 * @pf: PF
 * @num: how many VFs there are
 * @otherwise: what holds without a configuration
 *
 * Context: with the device lock.
 * Return: bit per VF.
 */
u32 qatvf_configure_kernel_vfs(struct qatvf_pf *pf, unsigned int num, u32 otherwise)
{
	unsigned int nr;
	u32 mask = 0;

	if (!pf->configure.enabled)
		return otherwise;
	for (nr = 0; nr < num; nr++)
		if (pf->configure.wanted.vf[nr].driver == QATVF_DRIVER_KERNEL)
			mask |= BIT(nr);
	return mask;
}

/**
 * qatvf_configure_bind_all() - give new VFs to those who shall drive them
 * @pf: PF, with VFs
 *
 * What fails is logged.
 *
 * Context: with the device lock; sleeps, loads modules.
 */
void qatvf_configure_bind_all(struct qatvf_pf *pf)
{
	unsigned int nr;

	if (!pf->configure.enabled)
		return;
	for (nr = 0; nr < pf->sriov.num; nr++)
		qatvf_bind_vf(pf, nr, pf->configure.wanted.vf[nr].driver, false);
}

/* VFs that stay: those whose driver or view changes. */
static int bind_changed(struct qatvf_pf *pf, const struct qatvf_config *config, u32 drivers,
			u32 views)
{
	unsigned int nr;
	int err = 0, ret;

	for (nr = 0; nr < pf->sriov.num; nr++) {
		if (!((drivers | views) & BIT(nr)))
			continue;
		ret = qatvf_bind_vf(pf, nr, config->vf[nr].driver, views & BIT(nr));
		err = err ?: ret;
	}
	return err;
}

static int replace_vfs(struct qatvf_pf *pf, const struct qatvf_config *config, struct plan plan)
{
	int err = 0;

	if (plan.services || plan.num_vfs)
		qatvf_sriov_disable(pf);
	if (plan.services)
		err = change_services(pf, config);
	/* Back with the old services, if the new ones cannot be had. */
	return qatvf_life_request(pf, QATVF_LIFE_UP) ?: err;
}

static int configure(struct qatvf_pf *pf, const struct qatvf_config *config)
{
	struct plan plan = {
		.services = qatvf_services_find(config->services) != pf->settings.services,
		.num_vfs = pf->sriov.num && pf->sriov.num != config->num_vfs,
		.first = !pf->configure.enabled,
	};
	u32 drivers = 0, views = 0;
	unsigned int nr;
	int err;

	err = check_device(pf, config) ?: check_guests(pf, config, plan) ?:
	      replace_vfs(pf, config, plan);
	if (err)
		return err;

	for (nr = 0; nr < pf->sriov.num; nr++) {
		/* What somebody bound by hand before, and nobody was meant to have, is his. */
		bool keep = plan.first && config->vf[nr].driver == QATVF_DRIVER_NONE &&
			    !(pf->host.kernel_vfs & BIT(nr));

		if (new_driver(pf, config, nr) && !keep)
			drivers |= BIT(nr);
		if (config->vf[nr].services != pf->vf[nr].services)
			views |= BIT(nr);
	}
	pf->configure.wanted = *config;
	pf->configure.enabled = true;
	set_slots(pf, config);
	if (pf->sriov.num) {
		WRITE_ONCE(pf->host.kernel_vfs,
			   qatvf_configure_kernel_vfs(pf, pf->sriov.num, 0));
		err = bind_changed(pf, config, drivers, views);
	} else if (config->num_vfs) {
		err = qatvf_sriov_configure(pf->pdev, config->num_vfs);
		err = err < 0 ? err : 0;
	}
	return err ?: qatvf_configure_rates(pf, config);
}

static int unconfigure(struct qatvf_pf *pf)
{
	static const struct qatvf_config nothing;
	struct plan plan = { .num_vfs = true };
	int err;

	err = check_guests(pf, &nothing, plan);
	if (err)
		return err;
	qatvf_sriov_disable(pf);
	pf->configure.enabled = false;
	set_slots(pf, &nothing);
	return qatvf_configure_rates(pf, &nothing);
}

/* Comes up from configfs. */
static int apply(struct qatvf_configurable *self, const struct qatvf_config *config)
{
	struct qatvf_pf *pf = container_of(self, struct qatvf_pf, configure.self);
	int err;

	if (!qatvf_sriov_lock_device(pf))
		return -ESHUTDOWN;
	err = config ? configure(pf, config) : unconfigure(pf);
	device_unlock(&pf->pdev->dev);
	return err;
}

/**
 * qatvf_configure_find() - look for a configuration before the first bring-up
 * @pf: PF
 *
 * Context: probe.
 */
void qatvf_configure_find(struct qatvf_pf *pf)
{
	pf->configure.enabled = qatvf_configurable_get(pci_name(pf->pdev), &pf->configure.wanted);
}

/**
 * qatvf_configure_services() - what to serve
 * @pf: PF
 * @otherwise: what holds without a configuration
 *
 * Context: probe.
 * Return: combination of services.
 */
const char *qatvf_configure_services(struct qatvf_pf *pf, const char *otherwise)
{
	if (!pf->configure.enabled || !qatvf_services_find(pf->configure.wanted.services))
		return otherwise;
	return pf->configure.wanted.services;
}

/**
 * qatvf_configure_ready() - can the configuration be applied without loading modules?
 * @pf: PF
 *
 * Context: probe.
 * Return: true also if there is no configuration.
 */
bool qatvf_configure_ready(struct qatvf_pf *pf)
{
	return !pf->configure.enabled || qatvf_bind_ready(&pf->configure.wanted);
}

/**
 * qatvf_configure_at_probe() - apply the configuration of a PF that has just come
 * @pf: PF, up
 *
 * Context: with the device lock, at the end of probe or after it; sleeps.
 * Return: true if there is one: what the module parameters say is not to be done.
 */
bool qatvf_configure_at_probe(struct qatvf_pf *pf)
{
	struct qatvf_config *config = kmalloc(sizeof(*config), GFP_KERNEL);
	int err;

	/* Anew: it may have been changed since. */
	pf->configure.enabled = false;
	if (!config || !qatvf_configurable_get(pci_name(pf->pdev), config)) {
		kfree(config);
		return false;
	}
	err = configure(pf, config);
	kfree(config);
	qatvf_configurable_report(pci_name(pf->pdev), err);
	if (err)
		dev_err(&pf->pdev->dev, "configuration in configfs not applied: error %d\n", err);
	qatvf_report_ready(pf);
	return true;
}

/**
 * qatvf_configure_add() - configfs can reach the PF from now on
 * @pf: PF, up
 *
 * Context: probe.
 */
void qatvf_configure_add(struct qatvf_pf *pf)
{
	pf->configure.self.name = pci_name(pf->pdev);
	pf->configure.self.apply = apply;
	qatvf_configurable_add(&pf->configure.self);
}

/**
 * qatvf_configure_del() - undo qatvf_configure_add()
 * @pf: PF; qatvf_sriov_cancel() has been called
 *
 * Context: remove, with the device lock; sleeps until nobody is in apply().
 */
void qatvf_configure_del(struct qatvf_pf *pf)
{
	qatvf_configurable_del(&pf->configure.self);
}
