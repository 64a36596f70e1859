/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The one place that knows how kernels differ.  The rest of the drivers speaks
 * to the newest kernel; what an older one lacks is supplied here, feature by
 * feature, as the probes beside this file found it.  No version numbers.
 */
#ifndef QATVF_COMPAT_H
#define QATVF_COMPAT_H

#include <linux/module.h>
#include <linux/pci.h>
#include <linux/rwsem.h>
#include <linux/slab.h>

#include "features.h"

#ifdef QATVF_HAVE_LINUX_UNALIGNED_H
#include <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif

#ifdef QATVF_HAVE_CRYPTO_INTERNAL_CIPHER_H
#include <crypto/internal/cipher.h>
#else
#include <linux/crypto.h>
#endif

/*
 * The crypto API's lock for flags and lists of algorithms: exported to modules,
 * but declared in a header that is not installed.
 */
extern struct rw_semaphore crypto_alg_sem;

/*
 * Single-block ciphers live in a symbol namespace.  MODULE_IMPORT_NS() takes a
 * bare token on some kernels and a string on others; what it expands to is the
 * same on all.
 */
#define QATVF_IMPORT_CRYPTO_INTERNAL() \
	MODULE_INFO(import_ns, "CRYPTO_INTERNAL")

/**
 * QATVF_PCI_ID_OVERRIDE() - id table row that matches under driver_override only
 * @id: PCI device id of vendor Intel
 * @data: driver_data of the row
 *
 * Placed before the plain row of the same id, its driver_data tells probe()
 * that the administrator asked for this driver by name.  Kernels without such
 * rows get none, and qatvf_pci_overridden() looks at the device instead.
 */
#ifdef QATVF_HAVE_PCI_ID_OVERRIDE_ONLY
#define QATVF_PCI_ID_OVERRIDE(id, data) \
	{ PCI_VDEVICE(INTEL, id), .driver_data = (data), .override_only = 1 },

static inline bool qatvf_pci_overridden(struct pci_dev *pdev)
{
	return false;
}
#else
#define QATVF_PCI_ID_OVERRIDE(...)

static inline bool qatvf_pci_overridden(struct pci_dev *pdev)
{
	return pdev->driver_override;
}
#endif

/**
 * qatvf_pci_set_override() - which driver alone may bind a device
 * @pdev: device
 * @driver: its name, "" for none in particular
 *
 * Context: process context, takes the device lock.
 * Return: 0 or -ENOMEM.
 */
#ifdef QATVF_HAVE_DEVICE_SET_DRIVER_OVERRIDE
static inline int qatvf_pci_set_override(struct pci_dev *pdev, const char *driver)
{
	return device_set_driver_override(&pdev->dev, driver);
}
#else
static inline int qatvf_pci_set_override(struct pci_dev *pdev, const char *driver)
{
	char *name = *driver ? kstrdup(driver, GFP_KERNEL) : NULL;
	const char *old;

	if (*driver && !name)
		return -ENOMEM;
	device_lock(&pdev->dev);
	old = pdev->driver_override;
	pdev->driver_override = name;
	device_unlock(&pdev->dev);
	kfree(old);
	return 0;
}
#endif

#endif /* QATVF_COMPAT_H */
