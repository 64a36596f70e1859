// SPDX-License-Identifier: GPL-2.0
/*
 * Who drives a VF: our VF driver, vfio-pci or nobody, brought about by the driver
 * core's own means: driver_override, release, attach.
 */
#include <linux/delay.h>
#include <linux/kmod.h>

#include "compat.h"
#include "device.h"

#define VF_DRIVER	"4xxxvf"
#define VFIO_DRIVER	"vfio-pci"

#define LOCK_POLL_MS	10
#define LOCK_TIMEOUT	HZ

/* VF @nr sits nr + 1 functions behind its PF (reference 01 section 3.6). */
static struct pci_dev *get_vf(struct qatvf_pf *pf, unsigned int nr)
{
	u16 id = pci_dev_id(pf->pdev) + 1 + nr;

	return pci_get_domain_bus_and_slot(pci_domain_nr(pf->pdev->bus), PCI_BUS_NUM(id),
					   id & 0xff);
}

/* vfio-pci keeps the lock of a device that is being unbound until its user lets go. */
static bool lock_vf(struct pci_dev *vf)
{
	unsigned long end = jiffies + LOCK_TIMEOUT;

	while (!device_trylock(&vf->dev)) {
		if (time_after(jiffies, end))
			return false;
		msleep(LOCK_POLL_MS);
	}
	return true;
}

/* Name of the driver, or "" for none; false if somebody is at it. */
static bool driver_name(struct pci_dev *vf, char *name, size_t size, bool *enabled)
{
	if (!lock_vf(vf)) {
		strscpy(name, "a driver that is being unbound", size);
		*enabled = true;
		return false;
	}
	strscpy(name, vf->dev.driver ? vf->dev.driver->name : "", size);
	*enabled = pci_is_enabled(vf);
	device_unlock(&vf->dev);
	return true;
}

/**
 * qatvf_bind_user() - does a guest, or a program, use a VF?
 * @pf: PF
 * @nr: VF
 * @name: set to the driver through which it does
 * @size: size of @name
 *
 * vfio-pci and its like enable a device while somebody has it open.  The kernel itself,
 * with our VF driver, does without the VF when it goes, and does not count.
 *
 * Context: with the device lock of the PF; sleeps for up to 1 s.
 * Return: @name, or NULL if nobody uses the VF.
 */
const char *qatvf_bind_user(struct qatvf_pf *pf, unsigned int nr, char *name, size_t size)
{
	struct pci_dev *vf = get_vf(pf, nr);
	bool enabled;

	if (!vf)
		return NULL;
	driver_name(vf, name, size, &enabled);
	pci_dev_put(vf);
	return enabled && *name && strcmp(name, VF_DRIVER) ? name : NULL;
}

/* Does a VF want a driver that is not there? */
static bool lacks(const struct qatvf_config *config, enum qatvf_config_driver driver,
		  const char *name)
{
	unsigned int nr;

	for (nr = 0; nr < config->num_vfs; nr++)
		if (config->vf[nr].driver == driver)
			return !driver_find(name, &pci_bus_type);
	return false;
}

/**
 * qatvf_bind_ready() - are the drivers that VFs shall have there?
 * @config: says which
 *
 * Context: process context.
 * Return: true if no module has to be loaded for them.
 */
bool qatvf_bind_ready(const struct qatvf_config *config)
{
	return !lacks(config, QATVF_DRIVER_VFIO, VFIO_DRIVER) &&
	       !lacks(config, QATVF_DRIVER_KERNEL, VF_DRIVER);
}

/**
 * qatvf_bind_prepare() - see to it that they are
 * @pf: PF
 * @config: says which
 *
 * Context: process context, not in an asynchronous probe; loads modules.
 * Return: 0, or -ENOENT if vfio-pci cannot be had.
 */
int qatvf_bind_prepare(struct qatvf_pf *pf, const struct qatvf_config *config)
{
	/* Without it the VFs wait for it. */
	if (lacks(config, QATVF_DRIVER_KERNEL, VF_DRIVER))
		request_module("qat_4xxxvf");
	if (lacks(config, QATVF_DRIVER_VFIO, VFIO_DRIVER))
		request_module(VFIO_DRIVER);
	if (!lacks(config, QATVF_DRIVER_VFIO, VFIO_DRIVER))
		return 0;
	dev_err(&pf->pdev->dev, "driver: there is no %s: modprobe %s says why\n", VFIO_DRIVER,
		VFIO_DRIVER);
	return -ENOENT;
}

static int attach(struct qatvf_pf *pf, struct pci_dev *vf, const char *driver)
{
	int ret;

	if (vf->dev.driver)
		device_release_driver(&vf->dev);
	ret = device_attach(&vf->dev);
	if (ret > 0)
		return 0;
	/* Our own driver may come later and find the VF. */
	if (!strcmp(driver, VF_DRIVER) && !driver_find(VF_DRIVER, &pci_bus_type)) {
		dev_warn(&pf->pdev->dev, "%s waits for module qat_4xxxvf\n", pci_name(vf));
		return 0;
	}
	dev_err(&pf->pdev->dev, "%s has not been taken by %s\n", pci_name(vf), driver);
	return ret ?: -ENODEV;
}

static int bind(struct qatvf_pf *pf, struct pci_dev *vf, const char *driver, bool again)
{
	char name[32];
	bool enabled;
	int err;

	if (!driver_name(vf, name, sizeof(name), &enabled)) {
		dev_err(&pf->pdev->dev, "%s has %s\n", pci_name(vf), name);
		return -EBUSY;
	}
	err = qatvf_pci_set_override(vf, strcmp(driver, VF_DRIVER) ? driver : "");
	if (err)
		return err;
	if (!strcmp(name, driver) && !again)
		return 0;
	return attach(pf, vf, driver);
}

/* Unless somebody uses it through another driver than ours. */
static int leave_alone(struct pci_dev *vf)
{
	char name[32];
	bool enabled;

	if (!driver_name(vf, name, sizeof(name), &enabled) ||
	    (enabled && strcmp(name, VF_DRIVER)))
		return 0;
	if (*name)
		device_release_driver(&vf->dev);
	return qatvf_pci_set_override(vf, "");
}

/**
 * qatvf_bind_vf() - give a VF to a driver
 * @pf: PF; the VF may be used by nobody but that driver
 * @nr: VF
 * @driver: which; none: taken from any driver through which nobody uses it
 * @again: also if that driver has it already, so that it asks its PF anew
 *
 * Context: with the device lock of the PF; sleeps.
 * Return: 0, or an error, which has been logged.
 */
int qatvf_bind_vf(struct qatvf_pf *pf, unsigned int nr, enum qatvf_config_driver driver,
		  bool again)
{
	struct pci_dev *vf = get_vf(pf, nr);
	int err = 0;

	if (!vf)
		return -ENODEV;
	switch (driver) {
	case QATVF_DRIVER_KERNEL:
		err = bind(pf, vf, VF_DRIVER, again);
		break;
	case QATVF_DRIVER_VFIO:
		err = bind(pf, vf, VFIO_DRIVER, false);
		break;
	case QATVF_DRIVER_NONE:
		err = leave_alone(vf);
		break;
	}
	pci_dev_put(vf);
	return err;
}
