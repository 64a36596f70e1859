// SPDX-License-Identifier: GPL-2.0
/*
 * Rate limits of VFs: all ring pairs of a VF that serve one service are one leaf.
 */
#include "device.h"

static u64 vf_ring_pairs(struct qatvf_pf *pf, unsigned int vf, enum qatvf_rl_service service)
{
	return qatvf_rl_ring_pairs(pf, service) &
	       GENMASK_ULL(vf * QAT_RPS_PER_VF + QAT_RPS_PER_VF - 1, vf * QAT_RPS_PER_VF);
}

/* The leaf that has exactly these ring pairs, or -ENOENT. */
static int find_leaf(struct qatvf_pf *pf, u64 rps)
{
	int id, found = -ENOENT;

	mutex_lock(&pf->rl.lock);
	for (id = 0; id < QATVF_RL_IDS; id++)
		if (pf->rl.node[id].used && pf->rl.node[id].rps == rps)
			found = id;
	mutex_unlock(&pf->rl.lock);
	return found;
}

/**
 * qatvf_rl_vf_has() - is one service of a VF limited just so?
 * @pf: PF, up
 * @vf: VF, 0 to QAT_MAX_VFS - 1
 * @service: service
 * @rates: permille of the device
 *
 * Context: process context, may sleep.
 * Return: true if all ring pairs of the VF that serve it, and no others, have a limit of
 * these rates.
 */
bool qatvf_rl_vf_has(struct qatvf_pf *pf, unsigned int vf, enum qatvf_rl_service service,
		     struct qatvf_rl_rates rates)
{
	u64 rps = vf_ring_pairs(pf, vf, service);
	struct qatvf_rl_sla sla;
	int id = find_leaf(pf, rps);

	return rps && id >= 0 && !qatvf_rl_get(pf, id, &sla) && sla.rps == rps &&
	       sla.rates.committed == rates.committed && sla.rates.peak == rates.peak;
}

/**
 * qatvf_rl_set_vf() - limit one service of a VF, or no longer
 * @pf: PF, up; limits are forgotten when it goes down
 * @vf: VF, 0 to QAT_MAX_VFS - 1, whether it exists or not
 * @service: service
 * @rates: permille of the device; a peak rate of 0 takes the limit off
 *
 * Safe while the VF is in use.  Callers must serialise it for one VF.
 *
 * Context: process context, sleeps for up to 5 s.
 * Return: 0, -EINVAL if the VF does not serve the service or if one of its ring pairs
 * has a limit that was set otherwise (sysfs qat_rl/), else as for qatvf_rl_add().
 */
int qatvf_rl_set_vf(struct qatvf_pf *pf, unsigned int vf, enum qatvf_rl_service service,
		    struct qatvf_rl_rates rates)
{
	struct qatvf_rl_sla sla = { .service = service, .rates = rates };
	int id;

	if (vf >= QAT_MAX_VFS || !qatvf_rl_serves(pf, service))
		return -EINVAL;
	sla.rps = vf_ring_pairs(pf, vf, service);
	id = find_leaf(pf, sla.rps);
	if (!rates.peak && !rates.committed)
		return id < 0 ? 0 : qatvf_rl_remove(pf, id);
	if (id >= 0)
		return qatvf_rl_update(pf, id, rates);
	id = qatvf_rl_add(pf, &sla);
	return id < 0 ? id : 0;
}
