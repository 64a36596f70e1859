// SPDX-License-Identifier: GPL-2.0
/*
 * qat_4xxxvf: PCI driver for virtual functions of Intel QuickAssist Gen4.
 *
 * In a guest it takes every VF it finds.  On the host that owns the PF it takes
 * only VFs that the administrator gave to the kernel: by kernel_vfs= of the PF
 * driver, or by name through driver_override.  All others stay free for guests
 * and user space.
 */
#include <linux/module.h>
#include <linux/slab.h>

#include "compat.h"
#include "device.h"
#include "qatvf/host.h"
#include "qatvf/provider.h"

/* driver_data of the id table: the driver was asked for by name. */
#define BY_NAME		1

/* May this kernel drive the VF?  A guest cannot see the PF: it may. */
static bool wanted(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return !pdev->is_virtfn || id->driver_data == BY_NAME ||
	       qatvf_pci_overridden(pdev) || qatvf_host_grants(pdev);
}

static void explain_failure(struct pci_dev *pdev, int err)
{
	if (err == -ETIMEDOUT)
		dev_err(&pdev->dev, "the PF does not answer the mailbox; is its driver loaded on the host, and the device up?\n");
	else
		dev_err(&pdev->dev, "not started: error %d\n", err);
}

static int vf_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct qatvf_vf *vf;
	int err;

	if (!wanted(pdev, id)) {
		dev_dbg(&pdev->dev, "left to guests and user space\n");
		return -ENODEV;
	}
	vf = kzalloc_node(sizeof(*vf), GFP_KERNEL, dev_to_node(&pdev->dev));
	if (!vf)
		return -ENOMEM;
	vf->pdev = pdev;
	pci_set_drvdata(pdev, vf);
	vf_mailbox_init(vf);
	vf_life_init(vf);
	vf->wq = alloc_workqueue("qatvf-%s", WQ_UNBOUND | WQ_MEM_RECLAIM, 0,
				 pci_name(pdev));
	if (!vf->wq) {
		err = -ENOMEM;
		goto free;
	}
	err = vf_device_open(vf);
	if (err)
		goto destroy_wq;
	vf_device_reset_if_used(vf);
	err = vf_irq_enable(vf);
	if (err)
		goto close;
	err = vf_life_start(vf);
	if (err) {
		explain_failure(pdev, err);
		goto stop;
	}
	vf_debugfs_add(vf);
	return 0;

stop:
	vf_life_stop(vf);
	vf_irq_disable(vf);
close:
	vf_device_close(vf);
destroy_wq:
	destroy_workqueue(vf->wq);
free:
	kfree(vf);
	return err;
}

static void vf_remove(struct pci_dev *pdev)
{
	struct qatvf_vf *vf = pci_get_drvdata(pdev);

	vf_debugfs_del(vf);
	vf_life_stop(vf);
	vf_irq_disable(vf);
	vf_device_close(vf);
	destroy_workqueue(vf->wq);
	kfree(vf);
}

/* Reboot and kexec: no DMA into the next kernel's memory. */
static void vf_shutdown(struct pci_dev *pdev)
{
	struct qatvf_vf *vf = pci_get_drvdata(pdev);

	vf_life_stop(vf);
	pci_clear_master(pdev);
}

static int __maybe_unused vf_suspend(struct device *dev)
{
	vf_life_stop(dev_get_drvdata(dev));
	return 0;
}

/* Its PF may be resumed later: the VF tries until it is there. */
static int __maybe_unused vf_resume(struct device *dev)
{
	vf_life_resume(dev_get_drvdata(dev));
	return 0;
}

static const struct dev_pm_ops vf_pm_ops = {
	SET_SYSTEM_SLEEP_PM_OPS(vf_suspend, vf_resume)
};

/* The row for driver_override stands first: the first match decides. */
static const struct pci_device_id vf_match_table[] = {
	QATVF_PCI_ID_OVERRIDE(0x4941, BY_NAME)
	{ PCI_VDEVICE(INTEL, 0x4941) },
	{ }
};

/* What module aliases are made from; without the row for driver_override. */
static const struct pci_device_id vf_alias_table[] = {
	{ PCI_VDEVICE(INTEL, 0x4941) },
	{ }
};
MODULE_DEVICE_TABLE(pci, vf_alias_table);

static struct pci_driver vf_driver = {
	.name = "4xxxvf",
	.id_table = vf_match_table,
	.probe = vf_probe,
	.remove = vf_remove,
	.shutdown = vf_shutdown,
	.err_handler = &vf_error_handlers,
	.driver.pm = &vf_pm_ops,
};

static int __init qatvf_vf_init(void)
{
	int err;

	err = pci_register_driver(&vf_driver);
	if (err == -EBUSY)
		pr_err("qat_4xxxvf: another driver named 4xxxvf is loaded (Intel's out-of-tree package?); unload it first\n");
	if (err)
		return err;
	/* Whoever loaded us finds the algorithms registered. */
	qatvf_provider_settle();
	return 0;
}
module_init(qatvf_vf_init);

static void __exit qatvf_vf_exit(void)
{
	pci_unregister_driver(&vf_driver);
}
module_exit(qatvf_vf_exit);

MODULE_DESCRIPTION("Intel QuickAssist Gen4 virtual function driver");
MODULE_AUTHOR("The qatvf authors");
MODULE_LICENSE("GPL");
MODULE_ALIAS("qatvf_vf");
