// SPDX-License-Identifier: GPL-2.0
/*
 * Virtual functions: how many there are, and which of them belong to the kernel of
 * this host.
 *
 * VFs are probed inside pci_enable_sriov(), so the mailbox serves them before it is
 * called; they are removed inside pci_disable_sriov(), so the mailbox serves them
 * until it returns.  pci_num_vf() lags behind on both occasions.
 *
 * VFs that are asked for at load are not enabled by an asynchronous probe but by a
 * work: a VF's probe registers algorithms, whose self-tests may load modules, a
 * configuration may need drivers, and loading a module waits for all asynchronous
 * probes.  All probes at load count as such, because the PCI core moves them on to
 * workers of the device's node, where nothing shows any more who waits for them.
 */
#include <linux/async.h>
#include <linux/delay.h>
#include <linux/iommu.h>
#include <linux/wait.h>

#include "device.h"
#include "qatvf/provider.h"

#define DEVICE_LOCK_POLL_MS	10

/* Enables VFs of any PF after its probe; unbound, so PFs do not wait for each other. */
static struct workqueue_struct *enable_wq;

/* All devices that were there at load have been probed. */
static bool probed;
static DECLARE_WAIT_QUEUE_HEAD(probed_wait);

/* The module is loaded, and so are the VFs that were asked for. */
static bool settled;

static void warn_without_iommu(struct qatvf_pf *pf)
{
	if (!device_iommu_mapped(&pf->pdev->dev))
		dev_warn(&pf->pdev->dev, "IOMMU should be enabled for SR-IOV to work correctly\n");
}

/* The last of the VFs, so that the first ones can be counted on for guests. */
static u32 kernel_mask(unsigned int num)
{
	unsigned int kernel = min(qatvf_kernel_vfs(), num);

	return kernel ? GENMASK(num - 1, num - kernel) : 0;
}

/* VFs are gone: what they left in the rings must not outlive them. */
static void reset_ring_pairs(struct qatvf_pf *pf, unsigned int vfs)
{
	unsigned int rp;
	int err = 0;

	for (rp = 0; !err && rp < vfs * QAT_RPS_PER_VF; rp++)
		err = qatvf_ring_pair_reset(pf, rp);
	if (err && err != -ENODEV)
		qatvf_life_post(pf, QATVF_LIFE_FATAL);
}

static void stop_serving(struct qatvf_pf *pf, bool up)
{
	if (up)
		qatvf_mailbox_stop(pf);
	qatvf_mailbox_forget(pf);
	WRITE_ONCE(pf->host.kernel_vfs, 0);
	WRITE_ONCE(pf->sriov.num, 0);
}

static int enable_locked(struct qatvf_pf *pf, unsigned int num)
{
	int err;

	lockdep_assert_held(&pf->sriov.lock);

	if (qatvf_life_state(pf) != QATVF_UP)
		return -EAGAIN;
	if (pf->sriov.num)
		return -EBUSY;

	/* All ring pairs are the VFs' now. */
	qatvf_own_rings_stop(pf);
	if (pf->own.failed) {
		qatvf_life_post(pf, QATVF_LIFE_FATAL);
		return -EIO;
	}
	warn_without_iommu(pf);
	WRITE_ONCE(pf->host.kernel_vfs, qatvf_configure_kernel_vfs(pf, num, kernel_mask(num)));
	WRITE_ONCE(pf->sriov.num, num);
	qatvf_mailbox_start(pf);

	qatvf_provider_hold();
	err = pci_enable_sriov(pf->pdev, num);
	qatvf_provider_release();
	if (err) {
		dev_err(&pf->pdev->dev, "%u VFs cannot be enabled: error %d; is SR-IOV enabled in the firmware setup?\n",
			num, err);
		stop_serving(pf, true);
		qatvf_own_rings_start(pf);
		return err;
	}
	WRITE_ONCE(pf->settings.sriov, true);
	return 0;
}

/* Returns how many there are, or an error. */
static int enable(struct qatvf_pf *pf, unsigned int num)
{
	int err;

	/* Enabling VFs brings a PF up that is down. */
	err = qatvf_life_request(pf, QATVF_LIFE_UP);
	if (err)
		return err;

	mutex_lock(&pf->sriov.lock);
	err = enable_locked(pf, num);
	mutex_unlock(&pf->sriov.lock);
	if (!err)
		qatvf_configure_bind_all(pf);
	return err ? err : num;
}

/**
 * qatvf_sriov_disable() - remove all VFs
 * @pf: PF, in any state
 *
 * Context: process context, with the device lock; sleeps: VFs have 11 s to stop, and
 * their drivers' remove functions run, that of vfio-pci for as long as a user pleases.
 */
void qatvf_sriov_disable(struct qatvf_pf *pf)
{
	unsigned int num;
	bool up;

	mutex_lock(&pf->sriov.lock);
	num = pf->sriov.num;
	if (num && qatvf_life_state(pf) == QATVF_UP)
		qatvf_notify_restarting(pf, false);
	mutex_unlock(&pf->sriov.lock);
	if (!num)
		return;

	/* Who has a VF open may take his time, through which the PF may need a restart. */
	pci_disable_sriov(pf->pdev);

	mutex_lock(&pf->sriov.lock);
	up = qatvf_life_state(pf) == QATVF_UP;
	stop_serving(pf, up);
	if (up) {
		reset_ring_pairs(pf, num);
		qatvf_own_rings_start(pf);
	}
	mutex_unlock(&pf->sriov.lock);
}

/**
 * qatvf_sriov_configure() - callback of sysfs sriov_numvfs
 * @pdev: PF
 * @num: VFs wanted; the PCI core allows 0, or a number while there are none
 *
 * Context: process context, see device.h for the locks.
 * Return: number of VFs, or an error.
 */
int qatvf_sriov_configure(struct pci_dev *pdev, int num)
{
	struct qatvf_pf *pf = pci_get_drvdata(pdev);

	if (num < 0 || num > QAT_MAX_VFS)
		return -EINVAL;
	if (num)
		return enable(pf, num);
	qatvf_sriov_disable(pf);
	return 0;
}

/* As many as asked for at load, and as the device has; then the PF is ready. */
static void enable_at_probe(struct qatvf_pf *pf)
{
	int num = min_t(int, qatvf_num_vfs(), pci_sriov_get_totalvfs(pf->pdev));

	if (qatvf_configure_at_probe(pf))
		return;
	if (num < qatvf_num_vfs())
		dev_warn(&pf->pdev->dev, "%u VFs wanted, %d possible: is SR-IOV enabled in the firmware setup?\n",
			 qatvf_num_vfs(), num);
	if (num)
		enable(pf, num);
	qatvf_report_ready(pf);
}

/**
 * qatvf_sriov_lock_device() - take the device lock, unless the PF is being removed
 * @pf: PF
 *
 * For those for whom remove waits while it holds the lock.
 *
 * Context: process context, sleeps.
 * Return: true with the lock held, or false.
 */
bool qatvf_sriov_lock_device(struct qatvf_pf *pf)
{
	while (!device_trylock(&pf->pdev->dev)) {
		if (READ_ONCE(pf->sriov.removing))
			return false;
		msleep(DEVICE_LOCK_POLL_MS);
	}
	if (!pf->sriov.removing)
		return true;
	device_unlock(&pf->pdev->dev);
	return false;
}

/*
 * Runs with the device lock, like the sysfs callback.  The first VF brings its module
 * along, from whose being there services conclude that all PFs are (contract C2).
 */
static void enable_later(struct work_struct *work)
{
	struct qatvf_pf *pf = container_of(work, struct qatvf_pf, sriov.enable_work);

	wait_event(probed_wait, READ_ONCE(probed) || READ_ONCE(pf->sriov.removing));
	if (!qatvf_sriov_lock_device(pf))
		return;
	enable_at_probe(pf);
	device_unlock(&pf->pdev->dev);
}

/**
 * qatvf_sriov_at_probe() - enable the VFs that were asked for at load
 * @pf: PF, up
 *
 * Context: probe, at its end.
 */
void qatvf_sriov_at_probe(struct qatvf_pf *pf)
{
	if (current_is_async() || !READ_ONCE(settled) || !qatvf_configure_ready(pf))
		queue_work(enable_wq, &pf->sriov.enable_work);
	else
		enable_at_probe(pf);
}

/**
 * qatvf_sriov_cancel() - forget what qatvf_sriov_at_probe() has put off
 * @pf: PF
 *
 * Context: remove, with the device lock.
 */
void qatvf_sriov_cancel(struct qatvf_pf *pf)
{
	WRITE_ONCE(pf->sriov.removing, true);
	wake_up_all(&probed_wait);
	cancel_work_sync(&pf->sriov.enable_work);
}

/**
 * qatvf_sriov_settle() - enable the VFs asked for at load, and wait until they are there
 *
 * Context: process context, without locks, after the probes of all PFs.
 */
void qatvf_sriov_settle(void)
{
	WRITE_ONCE(probed, true);
	wake_up_all(&probed_wait);
	flush_workqueue(enable_wq);
	WRITE_ONCE(settled, true);
}

/**
 * qatvf_sriov_init() - prepare a PF
 * @pf: PF
 *
 * Context: probe.
 */
void qatvf_sriov_init(struct qatvf_pf *pf)
{
	mutex_init(&pf->sriov.lock);
	INIT_WORK(&pf->sriov.enable_work, enable_later);
}

/**
 * qatvf_sriov_module_init() - what all PFs share
 *
 * Return: 0 or -ENOMEM.
 */
int qatvf_sriov_module_init(void)
{
	enable_wq = alloc_workqueue("qatvf_enable", WQ_UNBOUND, 0);
	return enable_wq ? 0 : -ENOMEM;
}

/**
 * qatvf_sriov_module_exit() - undo qatvf_sriov_module_init()
 */
void qatvf_sriov_module_exit(void)
{
	destroy_workqueue(enable_wq);
}
