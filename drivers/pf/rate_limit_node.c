// SPDX-License-Identifier: GPL-2.0
/*
 * Rate limiter, one node: its place in the device's registers, and the messages about
 * it.
 *
 * Facts: reference 03 section 10.
 */
#include <linux/bitfield.h>

#include "device.h"

static void fill_params(struct qatvf_pf *pf, const struct qatvf_rl_node *node,
			struct qat_rl_params *params)
{
	unsigned int rp, n = 0;

	memset(params, 0, sizeof(*params));
	qatvf_rl_tokens(params, node->service, node->rates, &pf->rl.slices,
			hweight32(pf->ae_mask & ~QAT_AE_MASK_ADMIN));
	for (rp = 0; rp < QAT_NUM_RPS; rp++)
		if (node->rps & BIT_ULL(rp))
			params->rp[n++] = cpu_to_le16(rp);
}

/* Caller holds qatvf_rl.lock, which makes it the only user of the parameters. */
static int send_rates(struct qatvf_pf *pf, enum qat_admin_cmd cmd,
		      const struct qatvf_rl_node *node)
{
	struct qat_admin_req req = {
		.cmd = cmd,
		.buffer_size = cpu_to_le16(sizeof(struct qat_rl_params)),
		.buffer = cpu_to_le64(pf->admin.buffers_dma +
				      offsetof(struct qat_admin_buffers, rl)),
		.param[0] = cpu_to_le32(FIELD_PREP(QAT_ADMIN_RL_NODE, node->nr) |
					FIELD_PREP(QAT_ADMIN_RL_TYPE, node->type) |
					FIELD_PREP(QAT_ADMIN_RL_SERVICE, node->service)),
		.param[1] = cpu_to_le32(FIELD_PREP(QAT_ADMIN_RL_RPS, hweight64(node->rps))),
	};

	lockdep_assert_held(&pf->rl.lock);

	fill_params(pf, node, &pf->admin.buffers->rl);
	return qatvf_admin_send(pf, QAT_ADMIN_AE, &req, NULL);
}

/* The way from a ring pair up to its root, in registers; 0 when there is none. */
static void place(struct qatvf_pf *pf, const struct qatvf_rl_node *node, bool there)
{
	unsigned int parent = there && node->parent ? node->parent->nr : 0;
	unsigned int rp;

	switch (node->type) {
	case QATVF_RL_LEAF:
		for (rp = 0; rp < QAT_NUM_RPS; rp++)
			if (node->rps & BIT_ULL(rp))
				misc_write(pf, RL_RING2LEAF(rp), there ? node->nr : 0);
		misc_write(pf, RL_LEAF2CLUSTER(node->nr), parent);
		break;
	case QATVF_RL_CLUSTER:
		misc_write(pf, RL_CLUSTER2ROOT(node->nr), parent);
		break;
	case QATVF_RL_ROOT:
		break;
	}
}

static bool plausible(const struct qat_slice_counts *slices, enum qatvf_rl_service service)
{
	u32 count = qatvf_rl_slices(slices, service);

	/* Output tokens of compression are made from dcpr - 1. */
	return count && count <= QAT_SLICE_COUNT_MAX && (service != QATVF_RL_DC || count > 1);
}

/**
 * qatvf_rl_node_init() - wake the rate limiter
 * @pf: PF, with initialised engines; its slice counts are set
 *
 * Context: process context, with qatvf_rl.lock; sleeps for up to 5 s.
 * Return: 0, the error of the admin message, or -EPROTO if its answer makes no sense.
 */
int qatvf_rl_node_init(struct qatvf_pf *pf)
{
	struct qat_admin_req req = { .cmd = QAT_ADMIN_RL_INIT };
	enum qatvf_rl_service service;
	struct qat_admin_rsp rsp;
	int err;

	misc_write(pf, RL_PCIE_IN_BUCKET, 0);
	misc_write(pf, RL_PCIE_OUT_BUCKET, 0);
	err = qatvf_admin_send(pf, QAT_ADMIN_AE, &req, &rsp);
	if (err)
		return err;
	memcpy(&pf->rl.slices, rsp.param, sizeof(pf->rl.slices));
	for (service = 0; service < QATVF_RL_SERVICES; service++)
		if (qatvf_rl_serves(pf, service) && !plausible(&pf->rl.slices, service))
			return -EPROTO;
	return 0;
}

/**
 * qatvf_rl_node_add() - create a node in the device
 * @pf: PF
 * @node: node, complete
 *
 * Context: process context, with qatvf_rl.lock; sleeps for up to 5 s.
 * Return: 0 or the error of the admin message, in which case nothing is left of it.
 */
int qatvf_rl_node_add(struct qatvf_pf *pf, const struct qatvf_rl_node *node)
{
	int err;

	place(pf, node, true);
	err = send_rates(pf, QAT_ADMIN_RL_ADD, node);
	if (err)
		place(pf, node, false);
	return err;
}

/**
 * qatvf_rl_node_update() - other rates for a node
 * @pf: PF
 * @node: node with the new rates
 *
 * Context: process context, with qatvf_rl.lock; sleeps for up to 5 s.
 * Return: 0 or the error of the admin message.
 */
int qatvf_rl_node_update(struct qatvf_pf *pf, const struct qatvf_rl_node *node)
{
	return send_rates(pf, QAT_ADMIN_RL_UPDATE, node);
}

/**
 * qatvf_rl_node_remove() - remove a node from the device
 * @pf: PF
 * @node: node; failure is reported, but it counts as removed
 *
 * Context: process context, with qatvf_rl.lock; sleeps for up to 5 s.
 */
void qatvf_rl_node_remove(struct qatvf_pf *pf, const struct qatvf_rl_node *node)
{
	struct qat_admin_req req = {
		.cmd = QAT_ADMIN_RL_REMOVE,
		.param[0] = cpu_to_le32(FIELD_PREP(QAT_ADMIN_RL_NODE, node->nr) |
					FIELD_PREP(QAT_ADMIN_RL_TYPE, node->type)),
	};

	place(pf, node, false);
	qatvf_admin_send(pf, QAT_ADMIN_AE, &req, NULL);
}
