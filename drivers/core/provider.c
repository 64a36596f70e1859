// SPDX-License-Identifier: GPL-2.0
/*
 * Registry of ring pairs: which ones serve what, and which one each CPU uses.
 *
 * Every CPU has its own ring pair per service where there are enough of them,
 * taken from its NUMA node first, so that submitters do not meet at a lock.
 * Few CPUs use many devices: ring pairs are handed out PF by PF, then VF by VF,
 * before a VF gives its second one.  The choice is recomputed when a ring pair
 * comes or goes; using it costs a per-CPU load under RCU.
 */
#include <linux/cpumask.h>
#include <linux/device.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/topology.h>

#include "provider.h"
#include "ring_pair.h"
#include "services/algs.h"

/**
 * struct cpu_rings - the ring pairs one CPU submits to
 * @service: by service; NULL where nobody serves it.  Written under
 *	providers_lock, read under RCU.
 */
struct cpu_rings {
	struct qatvf_ring_pair __rcu *service[QAT_SVC_COUNT];
};

static DEFINE_PER_CPU(struct cpu_rings, cpu_rings);

/* Guards providers and the writing of cpu_rings; readers of cpu_rings use RCU. */
static DEFINE_MUTEX(providers_lock);
/* Sorted by rank. */
static LIST_HEAD(providers);

static bool candidate(const struct qatvf_ring_pair *rp,
		      enum qat_service service, int node)
{
	if (rp->service != service)
		return false;
	return node == NUMA_NO_NODE || dev_to_node(rp->dev) == node;
}

static unsigned int count_candidates(enum qat_service service, int node)
{
	struct qatvf_ring_pair *rp;
	unsigned int n = 0;

	list_for_each_entry(rp, &providers, provider)
		n += candidate(rp, service, node);
	return n;
}

static struct qatvf_ring_pair *nth_candidate(enum qat_service service, int node,
					     unsigned int nth)
{
	struct qatvf_ring_pair *rp;

	list_for_each_entry(rp, &providers, provider) {
		if (candidate(rp, service, node) && !nth--)
			return rp;
	}
	return NULL;
}

/* The how-manyeth CPU of its node a CPU is. */
static unsigned int rank_in_node(unsigned int cpu)
{
	unsigned int other, rank = 0;

	for_each_possible_cpu(other) {
		if (other == cpu)
			break;
		rank += cpu_to_node(other) == cpu_to_node(cpu);
	}
	return rank;
}

static struct qatvf_ring_pair *choose(enum qat_service service,
				      unsigned int cpu)
{
	int node = cpu_to_node(cpu);
	unsigned int nth = rank_in_node(cpu);
	unsigned int n = count_candidates(service, node);

	if (!n) {
		/* Nobody near: spread all CPUs over all there are. */
		node = NUMA_NO_NODE;
		nth = cpu;
		n = count_candidates(service, node);
	}
	return n ? nth_candidate(service, node, nth % n) : NULL;
}

static void assign_rings(enum qat_service service)
{
	unsigned int cpu;

	lockdep_assert_held(&providers_lock);

	for_each_possible_cpu(cpu)
		rcu_assign_pointer(per_cpu(cpu_rings, cpu).service[service],
				   choose(service, cpu));
}

/*
 * How many ring pairs of the service its function has given already, and how
 * many functions of its PF gave as many: what comes first in both comes first.
 */
static u32 rank(const struct qatvf_ring_pair *rp)
{
	const struct qatvf_ring_pair *other;
	u32 in_function = 0, in_pf = 0;

	list_for_each_entry(other, &providers, provider)
		in_function += other->service == rp->service &&
			       other->dev == rp->dev;
	list_for_each_entry(other, &providers, provider)
		in_pf += other->service == rp->service &&
			 other->parent == rp->parent &&
			 other->rank >> 16 == in_function;
	return in_function << 16 | in_pf;
}

static void insert(struct qatvf_ring_pair *rp)
{
	struct qatvf_ring_pair *other;

	lockdep_assert_held(&providers_lock);

	rp->rank = rank(rp);
	list_for_each_entry(other, &providers, provider) {
		if (other->rank > rp->rank)
			break;
	}
	list_add_tail(&rp->provider, &other->provider);
}

/**
 * qatvf_provider_add() - let services use a ring pair
 * @rp: ring pair, ready
 *
 * Algorithms that become possible are registered in the background, see
 * qatvf_provider_settle().
 *
 * Context: process context, may sleep.
 * Return: 0, or -EINVAL if @rp serves nothing.
 */
int qatvf_provider_add(struct qatvf_ring_pair *rp)
{
	if (rp->service == QAT_SVC_NONE || rp->service >= QAT_SVC_COUNT)
		return -EINVAL;

	mutex_lock(&providers_lock);
	insert(rp);
	assign_rings(rp->service);
	mutex_unlock(&providers_lock);
	qatvf_algs_refresh();
	return 0;
}
EXPORT_SYMBOL_GPL(qatvf_provider_add);

/**
 * qatvf_provider_remove() - take a ring pair away from the services
 * @rp: ring pair, as given to qatvf_provider_add()
 *
 * When it returns nobody submits to @rp any more; requests may be in flight.
 *
 * Context: process context, sleeps for a grace period.
 */
void qatvf_provider_remove(struct qatvf_ring_pair *rp)
{
	mutex_lock(&providers_lock);
	list_del_init(&rp->provider);
	assign_rings(rp->service);
	mutex_unlock(&providers_lock);
	synchronize_rcu();
	qatvf_algs_refresh();
}
EXPORT_SYMBOL_GPL(qatvf_provider_remove);

/**
 * qatvf_provider_get() - the ring pair this CPU uses for a service
 * @service: the service
 *
 * Context: RCU read side; the ring pair is good until its end.
 * Return: a ring pair, or NULL if nobody serves @service.
 */
struct qatvf_ring_pair *qatvf_provider_get(enum qat_service service)
{
	/* A move to another CPU only costs locality. */
	return rcu_dereference(raw_cpu_ptr(&cpu_rings)->service[service]);
}

/**
 * qatvf_provider_capable() - does anybody serve this?
 * @service: the service
 * @capabilities: QAT_CAP_* bits that are all needed
 *
 * Context: process context, may sleep.
 * Return: true if a ring pair of the service has all capabilities.
 */
bool qatvf_provider_capable(enum qat_service service, u32 capabilities)
{
	struct qatvf_ring_pair *rp;
	bool capable = false;

	mutex_lock(&providers_lock);
	list_for_each_entry(rp, &providers, provider)
		capable |= rp->service == service &&
			   (rp->capabilities & capabilities) == capabilities;
	mutex_unlock(&providers_lock);
	return capable;
}

/**
 * qatvf_provider_hold() - many ring pairs are about to come
 *
 * Until qatvf_provider_release() no algorithm is registered or withdrawn: the kernel's
 * self-tests would take processors away from those who set the ring pairs up.  What
 * is registered may use the ring pairs at once.
 *
 * Context: any; nests.  Whoever waits in qatvf_provider_settle() waits for the release,
 * so nothing in between may wait for a module to load.
 */
void qatvf_provider_hold(void)
{
	qatvf_algs_hold();
}
EXPORT_SYMBOL_GPL(qatvf_provider_hold);

/**
 * qatvf_provider_release() - undo qatvf_provider_hold()
 *
 * Context: any.
 */
void qatvf_provider_release(void)
{
	qatvf_algs_release();
}
EXPORT_SYMBOL_GPL(qatvf_provider_release);

/**
 * qatvf_provider_settle() - wait until the algorithms follow the providers
 *
 * After this the algorithms of all ring pairs added so far are registered; the
 * crypto API lets their first users wait for its self-tests.
 *
 * Context: process context, sleeps for up to two minutes; not under a lock that
 * probing takes.
 */
void qatvf_provider_settle(void)
{
	qatvf_algs_settle();
}
EXPORT_SYMBOL_GPL(qatvf_provider_settle);
