// SPDX-License-Identifier: GPL-2.0
/*
 * Module qatvf_pf: PCI driver of the physical function.  Probe gathers what the PF
 * owns and asks for bring-up; all else is in the file of its concern.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/async.h>
#include <linux/crash_dump.h>
#include <linux/dma-mapping.h>
#include <linux/idr.h>
#include <linux/ktime.h>
#include <linux/module.h>

#include "device.h"
#include "qatvf/provider.h"

static unsigned int num_vfs;
module_param(num_vfs, uint, 0444);
MODULE_PARM_DESC(num_vfs, "virtual functions of each device, 0 to 16 (default 0; later: sysfs sriov_numvfs)");

static unsigned int kernel_vfs;
module_param(kernel_vfs, uint, 0444);
MODULE_PARM_DESC(kernel_vfs, "of them, the last so many are for this host's kernel (default 0)");

static int own_rps = -1;
module_param(own_rps, int, 0444);
MODULE_PARM_DESC(own_rps, "ring pairs of a device without VFs that this kernel uses, 0 to 64 (default: none where VFs are possible, else two per CPU)");

static char *services;
module_param(services, charp, 0444);
MODULE_PARM_DESC(services, "services of each device: sym;asym (default), sym, asym, dc, sym;dc, asym;dc, dcc");

static bool auto_reset;
module_param(auto_reset, bool, 0444);
MODULE_PARM_DESC(auto_reset, "restart each device after a fatal error (default off; later: sysfs qat/auto_reset)");

static DEFINE_IDA(ids);

/**
 * qatvf_num_vfs() - VFs that each PF gets at probe
 *
 * Return: 0 to QAT_MAX_VFS.
 */
unsigned int qatvf_num_vfs(void)
{
	return num_vfs;
}

/**
 * qatvf_kernel_vfs() - VFs of each PF that are for the host's kernel
 *
 * Return: 0 to QAT_MAX_VFS.
 */
unsigned int qatvf_kernel_vfs(void)
{
	return kernel_vfs;
}

/**
 * qatvf_own_rps() - ring pairs that each PF without VFs uses itself
 *
 * Return: 0 to QAT_NUM_RPS, or -1: as suits the device.
 */
int qatvf_own_rps(void)
{
	return own_rps;
}

/**
 * qatvf_report_ready() - the line that says all is well
 * @pf: PF, up, with its VFs
 */
void qatvf_report_ready(struct qatvf_pf *pf)
{
	dev_info(&pf->pdev->dev,
		 "ready: firmware %s, services %s, %u VFs (%u for the kernel), %lld ms\n",
		 pf->fw_version, pf->settings.services_text, pf->sriov.num,
		 hweight32(pf->host.kernel_vfs),
		 ktime_ms_delta(ktime_get(), pf->probed));
}

static void __iomem *map_bar(struct pci_dev *pdev, int bar, resource_size_t needed)
{
	void __iomem *base;

	if (pci_resource_len(pdev, bar) < needed) {
		dev_err(&pdev->dev, "BAR %d has %llu bytes, needs %llu: not assigned by the firmware?\n",
			bar, (u64)pci_resource_len(pdev, bar), (u64)needed);
		return NULL;
	}
	base = pci_iomap(pdev, bar, 0);
	if (!base)
		dev_err(&pdev->dev, "BAR %d cannot be mapped\n", bar);
	return base;
}

static void unmap_bars(struct qatvf_pf *pf)
{
	if (pf->etr)
		pci_iounmap(pf->pdev, pf->etr);
	if (pf->misc)
		pci_iounmap(pf->pdev, pf->misc);
	if (pf->sram)
		pci_iounmap(pf->pdev, pf->sram);
	pci_release_mem_regions(pf->pdev);
}

static int map_bars(struct qatvf_pf *pf)
{
	struct pci_dev *pdev = pf->pdev;
	int err;

	err = pci_request_mem_regions(pdev, QATVF_PF_DRIVER_NAME);
	if (err)
		return err;
	pf->sram = map_bar(pdev, QAT_BAR_SRAM, QAT_BAR_SRAM_SIZE);
	pf->misc = map_bar(pdev, QAT_BAR_MISC, QAT_BAR_MISC_SIZE);
	pf->etr = map_bar(pdev, QAT_BAR_ETR, QAT_BAR_ETR_SIZE);
	if (!pf->sram || !pf->misc || !pf->etr) {
		unmap_bars(pf);
		return -ENOMEM;
	}
	return 0;
}

/* What the device is and what it shall do; reads configuration space only. */
static int identify(struct qatvf_pf *pf)
{
	const char *name = qatvf_configure_services(pf, services ? services :
						    qatvf_services_default());
	int err;

	pf->settings.services = qatvf_services_find(name);
	pf->settings.services_text = qatvf_services_text(pf->settings.services, name);
	pf->settings.auto_reset = auto_reset;
	pf->settings.idle = true;
	pf->settings.ring_pair = -1;
	err = qatvf_hwdata_read_fuses(pf);
	if (err)
		return err;
	return qatvf_services_check(pf, pf->settings.services);
}

static int enable_device(struct qatvf_pf *pf)
{
	struct pci_dev *pdev = pf->pdev;
	int err;

	err = pci_enable_device_mem(pdev);
	if (err)
		return err;
	err = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(64));
	if (err)
		goto disable;
	/* Lengths in buffer lists have 32 bits; the PCI core assumes 64 KiB. */
	dma_set_max_seg_size(&pdev->dev, UINT_MAX);
	err = map_bars(pf);
	if (err)
		goto disable;
	/* What every reset returns to: no bus mastering. */
	pci_clear_master(pdev);
	pci_save_state(pdev);
	return 0;

disable:
	pci_disable_device(pdev);
	return err;
}

static void disable_device(struct qatvf_pf *pf)
{
	unmap_bars(pf);
	pci_disable_device(pf->pdev);
}

static int init_parts(struct qatvf_pf *pf)
{
	int err;

	mutex_init(&pf->admin.lock);
	qatvf_irq_init(pf);
	qatvf_power_init(pf);
	qatvf_heartbeat_init(pf);
	qatvf_rl_init(pf);
	qatvf_telemetry_init(pf);
	qatvf_mailbox_init(pf);
	qatvf_error_init(pf);
	qatvf_sriov_init(pf);
	qatvf_own_rings_init(pf);
	qatvf_configure_init(pf);

	pf->wq = alloc_workqueue("qatvf/%s", WQ_UNBOUND, 0, pci_name(pf->pdev));
	if (!pf->wq)
		return -ENOMEM;
	err = qatvf_life_init(pf);
	if (err)
		destroy_workqueue(pf->wq);
	return err;
}

static void exit_parts(struct qatvf_pf *pf)
{
	qatvf_life_exit(pf);
	destroy_workqueue(pf->wq);
}

static u64 address(struct pci_dev *pdev)
{
	return (u64)pci_domain_nr(pdev->bus) << 16 | pci_dev_id(pdev);
}

/*
 * Number for messages: the place by address among the devices of this host, which
 * does not depend on the order in which asynchronous probes run; the next free one
 * if that is taken, as it may be after hot-plug.
 */
static int alloc_id(struct pci_dev *pdev)
{
	struct pci_dev *other = NULL;
	unsigned int place = 0;

	while ((other = pci_get_device(pdev->vendor, pdev->device, other)))
		place += address(other) < address(pdev);
	return ida_alloc_min(&ids, place, GFP_KERNEL);
}

static int qatvf_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct qatvf_pf *pf;
	int err;

	if (is_kdump_kernel()) {
		dev_info(&pdev->dev, "left alone: a crash kernel has no use for it\n");
		return -ENODEV;
	}

	pf = kzalloc_node(sizeof(*pf), GFP_KERNEL, dev_to_node(&pdev->dev));
	if (!pf)
		return -ENOMEM;
	pf->pdev = pdev;
	pf->hw = qatvf_hwdata_get(id->driver_data);
	pf->host.pf = pdev;
	pf->probed = ktime_get();
	pci_set_drvdata(pdev, pf);
	qatvf_configure_find(pf);

	pf->id = alloc_id(pdev);
	if (pf->id < 0) {
		err = pf->id;
		goto free;
	}
	err = identify(pf);
	if (err)
		goto free_id;
	err = enable_device(pf);
	if (err)
		goto free_id;
	err = init_parts(pf);
	if (err)
		goto disable;
	qatvf_debugfs_add(pf);
	err = qatvf_life_request(pf, QATVF_LIFE_UP);
	if (err)
		goto close;
	err = qatvf_sysfs_add(pf);
	if (err)
		goto close;

	qatvf_host_add(&pf->host);
	qatvf_configure_add(pf);
	qatvf_sriov_at_probe(pf);
	return 0;

close:
	/* A request that has not ended in time may have brought it up after all. */
	qatvf_life_request(pf, QATVF_LIFE_DOWN);
	qatvf_life_close(pf);
	qatvf_debugfs_remove(pf);
	exit_parts(pf);
disable:
	disable_device(pf);
free_id:
	ida_free(&ids, pf->id);
free:
	pci_set_drvdata(pdev, NULL);
	kfree(pf);
	return err;
}

static void qatvf_remove(struct pci_dev *pdev)
{
	struct qatvf_pf *pf = pci_get_drvdata(pdev);

	qatvf_sriov_cancel(pf);
	qatvf_error_cancel(pf);
	qatvf_configure_del(pf);
	/* Waits for writers of qat/state, who give up now. */
	qatvf_sysfs_remove(pf);
	qatvf_sriov_disable(pf);
	qatvf_host_del(&pf->host);
	qatvf_life_request(pf, QATVF_LIFE_DOWN);
	qatvf_life_close(pf);
	qatvf_debugfs_remove(pf);
	exit_parts(pf);
	disable_device(pf);
	ida_free(&ids, pf->id);
	pci_set_drvdata(pdev, NULL);
	kfree(pf);
}

/* Reboot and kexec: the next kernel finds a device that has been reset. */
static void qatvf_shutdown(struct pci_dev *pdev)
{
	struct qatvf_pf *pf = pci_get_drvdata(pdev);

	qatvf_sriov_cancel(pf);
	qatvf_error_cancel(pf);
	qatvf_life_request(pf, QATVF_LIFE_DOWN);
	qatvf_life_close(pf);
}

/*
 * Sleep takes the device like a reset by somebody else: it may lose its state or not.
 * Bus mastering is off meanwhile.
 */
static int __maybe_unused qatvf_suspend(struct device *dev)
{
	struct qatvf_pf *pf = dev_get_drvdata(dev);
	int err = qatvf_life_request(pf, QATVF_LIFE_RESET_PREPARE);

	/* Nobody resumes who could not be suspended; what comes late is undone. */
	if (err)
		qatvf_life_post(pf, QATVF_LIFE_RESET_DONE);
	return err;
}

/* A device that does not come back says so itself, and must not keep others asleep. */
static int __maybe_unused qatvf_resume(struct device *dev)
{
	qatvf_life_request(dev_get_drvdata(dev), QATVF_LIFE_RESET_DONE);
	return 0;
}

static const struct dev_pm_ops pm_ops = {
	SET_SYSTEM_SLEEP_PM_OPS(qatvf_suspend, qatvf_resume)
};

static struct pci_driver driver = {
	.name = QATVF_PF_DRIVER_NAME,
	.id_table = qatvf_pf_ids,
	.probe = qatvf_probe,
	.remove = qatvf_remove,
	.shutdown = qatvf_shutdown,
	.sriov_configure = qatvf_sriov_configure,
	.err_handler = &qatvf_error_handlers,
	.driver.pm = &pm_ops,
	.driver.probe_type = PROBE_PREFER_ASYNCHRONOUS,
};

static int check_parameters(void)
{
	if (num_vfs > QAT_MAX_VFS || kernel_vfs > QAT_MAX_VFS) {
		pr_err("num_vfs=%u and kernel_vfs=%u: each must be 0 to %d\n", num_vfs, kernel_vfs,
		       QAT_MAX_VFS);
		return -EINVAL;
	}
	if (own_rps < -1 || own_rps > QAT_NUM_RPS) {
		pr_err("own_rps=%d: must be 0 to %d, or -1 for the default\n", own_rps,
		       QAT_NUM_RPS);
		return -EINVAL;
	}
	if (services && !qatvf_services_find(services)) {
		pr_err("services=%s: unknown; one of sym;asym sym asym dc sym;dc asym;dc dcc\n",
		       services);
		return -EINVAL;
	}
	return 0;
}

static int __init qatvf_pf_init(void)
{
	int err;

	err = check_parameters();
	if (err)
		return err;
	err = qatvf_sriov_module_init();
	if (err)
		return err;
	err = pci_register_driver(&driver);
	if (err) {
		if (err == -EBUSY)
			pr_err("a PCI driver named %s is there already, the in-tree module qat_4xxx: unload it (modprobe -r qat_4xxx) and keep it away with 'install qat_4xxx /bin/false' in /etc/modprobe.d/qatvf.conf\n",
			       driver.name);
		qatvf_sriov_module_exit();
		return err;
	}

	/* A live module means probed PFs with their VFs (contracts C2 and C30). */
	async_synchronize_full();
	qatvf_sriov_settle();
	/* Whoever loaded us finds the algorithms registered. */
	if (qatvf_own_rings_used())
		qatvf_provider_settle();
	return 0;
}

static void __exit qatvf_pf_exit(void)
{
	pci_unregister_driver(&driver);
	qatvf_sriov_module_exit();
	ida_destroy(&ids);
}

module_init(qatvf_pf_init);
module_exit(qatvf_pf_exit);

/* Services of user space wait for a module called qat_4xxx and more (contract C2). */
MODULE_SOFTDEP("post: qat_4xxxvf");
MODULE_DESCRIPTION("Physical function of Intel QuickAssist Gen4");
MODULE_LICENSE("GPL");
