// SPDX-License-Identifier: GPL-2.0
/*
 * Registration of algorithms: each is registered while at least one ring pair
 * can serve it.
 *
 * The crypto API cannot take an algorithm away from those who use it.  So when
 * the last provider of an algorithm leaves, the algorithm is first hidden: no
 * lookup finds it any more, transforms that exist go on in software.  When the
 * last of them is gone it is unregistered; should a provider come first, it is
 * simply shown again.
 *
 * One work item does all of it, so states change in one place, and never under
 * a lock of a provider.
 */
#include <linux/module.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "../provider.h"
#include "algs.h"
#include "compat.h"

/* How often to look whether the last user of a hidden algorithm has left. */
#define HIDDEN_RECHECK_MS	200
/* Before 6.12 registration waits for the self-test, of one algorithm after the other. */
#define SETTLE_TIMEOUT		(120 * HZ)

static int priority = 100;
module_param(priority, int, 0444);
MODULE_PARM_DESC(priority,
		 "Priority of symmetric algorithms in the crypto API (default 100: below AES-NI, used when asked for by driver name)");

static int asym_priority = 1000;
module_param(asym_priority, int, 0444);
MODULE_PARM_DESC(asym_priority,
		 "Priority of public key algorithms in the crypto API (default 1000: above software)");

static int dc_priority = 1000;
module_param(dc_priority, int, 0444);
MODULE_PARM_DESC(dc_priority,
		 "Priority of compression in the crypto API (default 1000: above software)");

static struct workqueue_struct *algs_wq;

/* How often providers changed, and up to which change algorithms have followed. */
static atomic_t changes = ATOMIC_INIT(0);
static int changes_followed;
static DECLARE_WAIT_QUEUE_HEAD(followed);

/* How many ask algorithms to wait, because more providers are about to come. */
static atomic_t holds = ATOMIC_INIT(0);

/* Those that this kernel cannot have are empty, see compat.h. */
static const struct qatvf_alg_table *const tables[] = {
	&qatvf_skciphers,
	&qatvf_spc_aeads,
	&qatvf_authencs,
	&qatvf_ahashes,
	&qatvf_rsa,
	&qatvf_dh,
	&qatvf_curve25519,
	&qatvf_ecdh,
	&qatvf_ecdsa,
	&qatvf_deflate,
	&qatvf_lz4,
	&qatvf_zstd,
};

static int service_priority(enum qat_service service)
{
	switch (service) {
	case QAT_SVC_ASYM:
		return asym_priority;
	case QAT_SVC_COMPRESSION:
		return dc_priority;
	default:
		return priority;
	}
}

/* Counters are kept until the module goes, so that debugfs may look at any time. */
static int alloc_counts(struct qatvf_alg *alg)
{
	struct qatvf_alg_counts __percpu *counts;

	if (alg->counts)
		return 0;
	counts = alloc_percpu(struct qatvf_alg_counts);
	if (!counts)
		return -ENOMEM;
	/* Zeroed before it is seen: pairs with requests_show(). */
	smp_store_release(&alg->counts, counts);
	return 0;
}

static void offer(struct qatvf_alg *alg)
{
	int err = alg->prepare ? alg->prepare(alg) : 0;

	if (err == -ENOENT) {
		pr_info("qatvf: this kernel has no software implementation of %s to stand in when a device leaves: not offered\n",
			qatvf_alg_base(alg)->cra_name);
		alg->state = QATVF_ALG_FAILED;
		return;
	}
	qatvf_alg_base(alg)->cra_priority = service_priority(alg->service);
	err = err ?: alloc_counts(alg) ?: qatvf_alg_register(alg);
	if (err) {
		pr_err("qatvf: %s refused by the crypto API: error %d%s\n",
		       qatvf_alg_base(alg)->cra_driver_name, err,
		       err == -EEXIST ? "; another module owns the name" : "");
		alg->state = QATVF_ALG_FAILED;
		return;
	}
	alg->state = QATVF_ALG_OFFERED;
}

static bool unused(struct qatvf_alg *alg)
{
	return refcount_read(&qatvf_alg_base(alg)->cra_refcnt) == 1;
}

/*
 * From 6.12 on registration does not wait for the self-test.  The test looks
 * the algorithm up by name, and takes not finding it for success.
 */
static bool under_test(struct qatvf_alg *alg)
{
	return !(READ_ONCE(qatvf_alg_base(alg)->cra_flags) & CRYPTO_ALG_TESTED) &&
	       !unused(alg);
}

/*
 * Lookups pass over an algorithm that is about to die.  Under the crypto API's
 * own lock, so that a lookup either has its reference already or fails.
 */
static void hide(struct qatvf_alg *alg)
{
	struct crypto_alg *base = qatvf_alg_base(alg);
	LIST_HEAD(instances);

	down_write(&crypto_alg_sem);
	base->cra_flags |= CRYPTO_ALG_DYING;
	/* Padding and group templates would hold on to it, used or not. */
	crypto_remove_spawns(base, &instances, NULL);
	up_write(&crypto_alg_sem);
	crypto_remove_final(&instances);
	alg->state = QATVF_ALG_HIDDEN;
}

static void show(struct qatvf_alg *alg)
{
	down_write(&crypto_alg_sem);
	qatvf_alg_base(alg)->cra_flags &= ~CRYPTO_ALG_DYING;
	up_write(&crypto_alg_sem);
	alg->state = QATVF_ALG_OFFERED;
}

static void withdraw(struct qatvf_alg *alg)
{
	qatvf_alg_unregister(alg);
	/* The crypto API marks it dead; the next registration starts anew. */
	qatvf_alg_base(alg)->cra_flags &= ~(CRYPTO_ALG_DYING | CRYPTO_ALG_DEAD |
				  CRYPTO_ALG_TESTED);
	alg->state = QATVF_ALG_ABSENT;
}

static void withdraw_if_registered(struct qatvf_alg *alg)
{
	if (alg->state == QATVF_ALG_OFFERED || alg->state == QATVF_ALG_HIDDEN)
		withdraw(alg);
}

/* Returns true if the algorithm has to be looked at again. */
static bool refresh_alg(struct qatvf_alg *alg)
{
	bool wanted = qatvf_provider_capable(alg->service, alg->capabilities);

	switch (alg->state) {
	case QATVF_ALG_ABSENT:
		if (wanted)
			offer(alg);
		return false;
	case QATVF_ALG_OFFERED:
		if (!wanted && !under_test(alg))
			hide(alg);
		return !wanted;
	case QATVF_ALG_HIDDEN:
		if (wanted)
			show(alg);
		else if (unused(alg))
			withdraw(alg);
		return alg->state == QATVF_ALG_HIDDEN;
	case QATVF_ALG_FAILED:
		break;
	}
	return false;
}

static void refresh(struct work_struct *work)
{
	struct delayed_work *dwork = to_delayed_work(work);
	int seen = atomic_read(&changes);
	bool again = false;
	unsigned int t, i;

	for (t = 0; t < ARRAY_SIZE(tables); t++)
		for (i = 0; i < tables[t]->count; i++)
			again |= refresh_alg(&tables[t]->algs[i]);
	if (again)
		queue_delayed_work(algs_wq, dwork,
				   msecs_to_jiffies(HIDDEN_RECHECK_MS));
	WRITE_ONCE(changes_followed, seen);
	wake_up_all(&followed);
}

static DECLARE_DELAYED_WORK(refresh_work, refresh);

/**
 * qatvf_algs_refresh() - the set of providers changed
 *
 * Context: any.
 */
void qatvf_algs_refresh(void)
{
	/* Fully ordered, as in qatvf_algs_release(): one of the two starts the work. */
	atomic_inc_return(&changes);
	if (!atomic_read(&holds))
		mod_delayed_work(algs_wq, &refresh_work, 0);
}

/**
 * qatvf_algs_hold() - algorithms stay as they are until qatvf_algs_release()
 *
 * Context: any.
 */
void qatvf_algs_hold(void)
{
	atomic_inc(&holds);
}

/**
 * qatvf_algs_release() - undo qatvf_algs_hold(); the last one lets algorithms follow
 *
 * Context: any.
 */
void qatvf_algs_release(void)
{
	if (atomic_dec_and_test(&holds))
		mod_delayed_work(algs_wq, &refresh_work, 0);
}

/**
 * qatvf_algs_settle() - wait until algorithms are registered
 *
 * Their self-tests may still run; the crypto API lets lookups wait for them.
 *
 * Context: process context, sleeps; a signal that kills ends it, and so do two
 * minutes: on a slow machine the rest is registered in the background.
 */
void qatvf_algs_settle(void)
{
	int now = atomic_read(&changes);

	wait_event_killable_timeout(followed,
				    READ_ONCE(changes_followed) - now >= 0,
				    SETTLE_TIMEOUT);
}

/**
 * qatvf_algs_settled() - have algorithms followed the providers?
 *
 * Context: any.
 * Return: true if none will come or go until a provider does.
 */
bool qatvf_algs_settled(void)
{
	return READ_ONCE(changes_followed) == atomic_read(&changes) &&
	       !delayed_work_pending(&refresh_work) &&
	       !work_busy(&refresh_work.work);
}

/**
 * qatvf_algs_init() - before the first provider
 *
 * Return: 0 or -ENOMEM.
 */
int qatvf_algs_init(void)
{
	algs_wq = alloc_workqueue("qatvf_algs", WQ_UNBOUND, 1);
	if (!algs_wq)
		return -ENOMEM;
	qatvf_offload_init(tables, ARRAY_SIZE(tables));
	return 0;
}

/**
 * qatvf_algs_exit() - after the last provider
 *
 * Every transform holds a reference to this module, so when it is unloaded no
 * algorithm has users left.
 */
void qatvf_algs_exit(void)
{
	unsigned int t, i;

	cancel_delayed_work_sync(&refresh_work);
	for (t = 0; t < ARRAY_SIZE(tables); t++)
		for (i = 0; i < tables[t]->count; i++)
			withdraw_if_registered(&tables[t]->algs[i]);
	qatvf_offload_exit();
	for (t = 0; t < ARRAY_SIZE(tables); t++)
		for (i = 0; i < tables[t]->count; i++)
			free_percpu(tables[t]->algs[i].counts);
	destroy_workqueue(algs_wq);
}
