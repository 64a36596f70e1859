// SPDX-License-Identifier: GPL-2.0
/*
 * pci_device_id.override_only: since 5.16 (cc6711b0bf36), in RHEL 9.1 by
 * backport.  Without it driver_override is a plain string in struct pci_dev.
 */
#include <linux/pci.h>

extern const struct pci_device_id probe;
const struct pci_device_id probe = { .override_only = 1 };
