// SPDX-License-Identifier: GPL-2.0
/*
 * Rate limiter, one node: its place in the device's registers, its rates turned into
 * tokens, and the messages about it.
 *
 * The device hands out tokens of four kinds in each scan: for reads and writes over
 * PCIe, for the slices of the service and for the engines.
 *
 * Facts: reference 03 section 10.
 */
#include <linux/bitfield.h>
#include <linux/math64.h>

#include "device.h"

#define CLOCK_HZ		1000000000ULL
#define SCANS_PER_SECOND	954
#define PCIE_TOKEN_BYTES	64
/* Descriptors and the like, on top of data. */
#define PCIE_MUL		102
#define PCIE_DIV		100
#define BYTES_PER_MBIT		125000
#define BYTES_PER_ASYM		1024

/* What the device can do of a service, and in what unit. */
static const struct {
	u32 max;
	u32 bytes;	/* moved over PCIe for one unit */
} service_rate[QATVF_RL_SERVICES] = {
	[QATVF_RL_ASYM] = { 173750, BYTES_PER_ASYM },
	[QATVF_RL_SYM] = { 95000, BYTES_PER_MBIT },
	[QATVF_RL_DC] = { 45000, BYTES_PER_MBIT },
};

static u32 service_slices(const struct qat_slice_counts *slices, enum qatvf_rl_service service)
{
	switch (service) {
	case QATVF_RL_ASYM:
		return slices->pke;
	case QATVF_RL_SYM:
		return slices->ucs;
	default:
		return slices->dcpr;
	}
}

static u32 slice_tokens(struct qatvf_pf *pf, enum qatvf_rl_service service, u32 permille)
{
	u64 all = div_u64(CLOCK_HZ * service_slices(&pf->rl.slices, service), SCANS_PER_SECOND);

	return div_u64(all * permille, QATVF_RL_FULL);
}

static u32 ae_tokens(struct qatvf_pf *pf, enum qatvf_rl_service service, u32 permille)
{
	u32 max = service_rate[service].max;
	u64 all = div_u64(CLOCK_HZ * (hweight32(pf->ae_mask) - 1), SCANS_PER_SECOND);

	return div_u64(div_u64((u64)permille * max, QATVF_RL_FULL) * all, max);
}

static u32 pcie_tokens(enum qatvf_rl_service service, u32 permille, u32 factor)
{
	u64 bytes = div_u64((u64)permille * service_rate[service].max, QATVF_RL_FULL);

	bytes *= service_rate[service].bytes;
	bytes *= factor;
	bytes = div_u64(bytes * PCIE_MUL, PCIE_DIV);
	return div_u64(div_u64(bytes, PCIE_TOKEN_BYTES), SCANS_PER_SECOND);
}

/* Decompression makes more of what it gets. */
static u32 output_factor(struct qatvf_pf *pf, enum qatvf_rl_service service)
{
	return service == QATVF_RL_DC ? pf->rl.slices.dcpr - 1 : 1;
}

static void fill_params(struct qatvf_pf *pf, const struct qatvf_rl_node *node,
			struct qat_rl_params *params)
{
	enum qatvf_rl_service service = node->service;
	u32 committed = node->rates.committed;
	u32 peak = node->rates.peak;
	u32 factor = output_factor(pf, service);
	unsigned int rp, n = 0;

	memset(params, 0, sizeof(*params));
	params->pcie_in_cir = cpu_to_le32(pcie_tokens(service, committed, 1));
	params->pcie_in_pir = cpu_to_le32(pcie_tokens(service, peak, 1));
	params->pcie_out_cir = cpu_to_le32(pcie_tokens(service, committed, factor));
	params->pcie_out_pir = cpu_to_le32(pcie_tokens(service, peak, factor));
	params->slice_cir = cpu_to_le32(slice_tokens(pf, service, committed));
	params->slice_pir = cpu_to_le32(slice_tokens(pf, service, peak));
	params->ae_cir = cpu_to_le32(ae_tokens(pf, service, committed));
	params->ae_pir = cpu_to_le32(ae_tokens(pf, service, peak));
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
	u32 count = service_slices(slices, service);

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
