// SPDX-License-Identifier: GPL-2.0
/*
 * device_set_driver_override(): since 7.1, in 6.12.117 by backport; before, the
 * override is a string in struct pci_dev, guarded by the device lock.
 */
#include <linux/device.h>

int probe(struct device *dev);
int probe(struct device *dev)
{
	return device_set_driver_override(dev, "");
}
