// SPDX-License-Identifier: GPL-2.0
/*
 * Rate limiter, the tree: which nodes there are, what each may still promise to those
 * below it, and which requests for change are refused.
 *
 * Facts: reference 03 sections 10.1 and 10.6, reference 08 section 4.
 */
#include "device.h"

static const u8 ring_service[QATVF_RL_SERVICES] = {
	[QATVF_RL_ASYM] = QAT_SVC_ASYM,
	[QATVF_RL_SYM] = QAT_SVC_SYM,
	[QATVF_RL_DC] = QAT_SVC_COMPRESSION,
};

/**
 * qatvf_rl_ring_pairs() - ring pairs that serve a service
 * @pf: PF, that has been up
 * @service: service
 *
 * Context: any.
 * Return: mask, all VFs together.
 */
u64 qatvf_rl_ring_pairs(struct qatvf_pf *pf, enum qatvf_rl_service service)
{
	unsigned int rp;
	u64 rps = 0;

	for (rp = 0; rp < QAT_NUM_RPS; rp++)
		if (QAT_RP_SERVICE(READ_ONCE(pf->ring_map), rp % QAT_RPS_PER_VF) ==
		    ring_service[service])
			rps |= BIT_ULL(rp);
	return rps;
}

/**
 * qatvf_rl_serves() - is a service on?
 * @pf: PF, that has been up
 * @service: service, or QATVF_RL_SERVICES for none
 *
 * Context: any.
 * Return: whether some ring pair serves it.
 */
bool qatvf_rl_serves(struct qatvf_pf *pf, enum qatvf_rl_service service)
{
	return service < QATVF_RL_SERVICES && qatvf_rl_ring_pairs(pf, service);
}

static struct qatvf_rl_node *find(struct qatvf_rl *rl, enum qatvf_rl_type type,
				  enum qatvf_rl_service service)
{
	unsigned int id;

	for (id = 0; id < QATVF_RL_IDS; id++)
		if (rl->node[id].used && rl->node[id].type == type &&
		    rl->node[id].service == service)
			return &rl->node[id];
	return NULL;
}

static u64 used_ring_pairs(struct qatvf_rl *rl)
{
	unsigned int id;
	u64 rps = 0;

	for (id = 0; id < QATVF_RL_IDS; id++)
		if (rl->node[id].used)
			rps |= rl->node[id].rps;
	return rps;
}

static struct qatvf_rl_node *free_node(struct qatvf_rl *rl)
{
	unsigned int id;

	for (id = 0; id < QATVF_RL_IDS; id++)
		if (!rl->node[id].used)
			return &rl->node[id];
	return NULL;
}

/* Lowest number that no leaf of the service has, or -ENOSPC. */
static int free_leaf(struct qatvf_rl *rl, enum qatvf_rl_service service)
{
	DECLARE_BITMAP(taken, QATVF_RL_LEAVES) = { };
	unsigned int id, n;

	for (id = 0; id < QATVF_RL_IDS; id++)
		if (rl->node[id].used && rl->node[id].type == QATVF_RL_LEAF &&
		    rl->node[id].service == service)
			__set_bit(rl->node[id].nr % QATVF_RL_LEAVES, taken);
	n = find_first_zero_bit(taken, QATVF_RL_LEAVES);
	return n < QATVF_RL_LEAVES ? service * QATVF_RL_LEAVES + n : -ENOSPC;
}

/*
 * May a node have these rates under its parent? @own is what it has of the parent's
 * promise already.
 */
static bool within_budget(const struct qatvf_rl_node *parent, struct qatvf_rl_rates rates,
			  u32 own)
{
	return rates.committed <= parent->left + own && rates.peak <= parent->rates.peak;
}

/* Create @wanted, which is complete, in the device and in the tree; returns its id. */
static int insert(struct qatvf_pf *pf, const struct qatvf_rl_node *wanted)
{
	struct qatvf_rl_node *node = free_node(&pf->rl);
	int err;

	if (!node)
		return -ENOSPC;
	err = qatvf_rl_node_add(pf, wanted);
	if (err)
		return err;
	*node = *wanted;
	node->used = true;
	node->left = node->rates.committed;
	if (node->type == QATVF_RL_LEAF)
		node->parent->left -= node->rates.committed;
	return node - pf->rl.node;
}

/*
 * Roots first, in the order of services, then a cluster for each: so ids of users begin
 * with two for each service.  A root and its cluster are the whole device both.
 */
static int insert_defaults(struct qatvf_pf *pf)
{
	enum qatvf_rl_service service;
	enum qatvf_rl_type type;
	int id;

	for (type = QATVF_RL_ROOT; type <= QATVF_RL_CLUSTER; type++) {
		for (service = 0; service < QATVF_RL_SERVICES; service++) {
			struct qatvf_rl_node node = {
				.type = type,
				.service = service,
				.nr = service,
				.rates = { QATVF_RL_FULL, QATVF_RL_FULL },
			};

			if (!qatvf_rl_serves(pf, service))
				continue;
			if (type == QATVF_RL_CLUSTER)
				node.parent = find(&pf->rl, QATVF_RL_ROOT, service);
			id = insert(pf, &node);
			if (id < 0)
				return id;
		}
	}
	return 0;
}

static int start_locked(struct qatvf_pf *pf)
{
	int err;

	lockdep_assert_held(&pf->rl.lock);

	memset(pf->rl.node, 0, sizeof(pf->rl.node));
	err = qatvf_rl_node_init(pf);
	if (!err)
		err = insert_defaults(pf);
	return err;
}

/**
 * qatvf_rl_start() - step of bring-up: rates can be limited
 * @pf: PF, with configured firmware
 *
 * Firmware that cannot, or will not, is no reason to stay down.
 *
 * Context: life worker; sleeps, for 5 s at the first message without an answer.
 * Return: 0, or -ENODEV if the device does not answer.
 */
int qatvf_rl_start(struct qatvf_pf *pf)
{
	struct device *dev = &pf->pdev->dev;
	int err;

	if ((pf->fw_caps & QAT_ADMIN_FW_CAP_RATE_LIMIT) != QAT_ADMIN_FW_CAP_RATE_LIMIT) {
		dev_info(dev, "RateLimiting: feature not supported by FW\n");
		return 0;
	}
	mutex_lock(&pf->rl.lock);
	err = start_locked(pf);
	pf->rl.on = !err;
	mutex_unlock(&pf->rl.lock);
	if (err)
		dev_warn(dev, "rates cannot be limited until the next start: error %d\n", err);
	return err == -ENODEV ? err : 0;
}

/**
 * qatvf_rl_stop() - undo: all limits are forgotten
 * @pf: PF; the reset that follows makes the device forget them
 *
 * Context: life worker, may sleep.
 */
void qatvf_rl_stop(struct qatvf_pf *pf)
{
	mutex_lock(&pf->rl.lock);
	pf->rl.on = false;
	memset(pf->rl.node, 0, sizeof(pf->rl.node));
	mutex_unlock(&pf->rl.lock);
}

/**
 * qatvf_rl_init() - prepare
 * @pf: PF
 */
void qatvf_rl_init(struct qatvf_pf *pf)
{
	mutex_init(&pf->rl.lock);
	mutex_init(&pf->rl.form.lock);
}

static struct qatvf_rl_rates ordered(struct qatvf_pf *pf, struct qatvf_rl_rates rates)
{
	if (rates.peak < rates.committed) {
		dev_notice(&pf->pdev->dev, "PIR must be >= CIR, setting PIR to CIR\n");
		rates.peak = rates.committed;
	}
	return rates;
}

static int refuse(struct qatvf_pf *pf, int err, const char *why)
{
	dev_notice(&pf->pdev->dev, "%s\n", why);
	return err;
}

static int add_locked(struct qatvf_pf *pf, const struct qatvf_rl_sla *sla)
{
	struct qatvf_rl *rl = &pf->rl;
	struct qatvf_rl_node node = {
		.type = QATVF_RL_LEAF,
		.service = sla->service,
		.rates = ordered(pf, sla->rates),
		.rps = sla->rps,
	};
	int id;

	lockdep_assert_held(&rl->lock);

	if (!rl->on)
		return -EOPNOTSUPP;
	if (hweight64(sla->rps) > QATVF_RL_LEAF_RPS)
		return refuse(pf, -EINVAL, "Too many ring pairs selected for this SLA");
	if (sla->service >= QATVF_RL_SERVICES)
		return refuse(pf, -EINVAL, "Wrong service type");
	node.parent = find(rl, QATVF_RL_CLUSTER, sla->service);
	if (!node.parent)
		return refuse(pf, -EINVAL, "Provided service is not enabled");
	if (!free_node(rl))
		return refuse(pf, -ENOSPC, "Allocated maximum SLAs number");
	id = free_leaf(rl, sla->service);
	if (id < 0)
		return refuse(pf, id, "Exceeded number of available nodes for that service");
	node.nr = id;
	if (!sla->rps || (sla->rps & ~qatvf_rl_ring_pairs(pf, sla->service)) ||
	    (sla->rps & used_ring_pairs(rl)))
		return refuse(pf, -EINVAL, "Unable to find ring pairs to assign to the leaf");
	if (!within_budget(node.parent, node.rates, 0))
		return refuse(pf, -EINVAL, "Input value exceeds the remaining budget");

	id = insert(pf, &node);
	if (id < 0)
		return refuse(pf, id, "Failed to apply an SLA");
	return id;
}

/**
 * qatvf_rl_add() - limit ring pairs
 * @pf: PF
 * @sla: what is wanted; a peak rate below the committed one is raised to it
 *
 * Context: process context, sleeps for up to 5 s.
 * Return: id of the new leaf; -EINVAL if the request makes no sense or asks for more
 * than is left, -ENOSPC if there are too many leaves, -EOPNOTSUPP if the device has no
 * rate limiter, or the error of the admin message.
 */
int qatvf_rl_add(struct qatvf_pf *pf, const struct qatvf_rl_sla *sla)
{
	int id;

	mutex_lock(&pf->rl.lock);
	id = add_locked(pf, sla);
	mutex_unlock(&pf->rl.lock);
	return id;
}

/* Leaf by id, or an error that has been reported. */
static struct qatvf_rl_node *leaf(struct qatvf_pf *pf, int id)
{
	struct qatvf_rl *rl = &pf->rl;

	lockdep_assert_held(&rl->lock);

	if (!rl->on)
		return ERR_PTR(-EOPNOTSUPP);
	if (id < 0 || id >= QATVF_RL_IDS)
		return ERR_PTR(refuse(pf, -EINVAL, "Provided ID is out of bounds"));
	if (!rl->node[id].used)
		return ERR_PTR(refuse(pf, -EINVAL, "SLA with provided ID does not exist"));
	if (rl->node[id].type != QATVF_RL_LEAF)
		return ERR_PTR(refuse(pf, -EINVAL, "This ID is reserved for internal use"));
	return &rl->node[id];
}

static int update_locked(struct qatvf_pf *pf, int id, struct qatvf_rl_rates rates)
{
	struct qatvf_rl_node *node = leaf(pf, id);
	struct qatvf_rl_node changed;
	int err;

	if (IS_ERR(node))
		return PTR_ERR(node);
	changed = *node;
	changed.rates = ordered(pf, rates);
	if (!within_budget(node->parent, changed.rates, node->rates.committed))
		return refuse(pf, -EINVAL, "Input value exceeds the remaining budget");
	err = qatvf_rl_node_update(pf, &changed);
	if (err)
		return refuse(pf, err, "Failed to apply an SLA");
	node->parent->left += node->rates.committed;
	node->parent->left -= changed.rates.committed;
	node->rates = changed.rates;
	return 0;
}

/**
 * qatvf_rl_update() - other rates for a leaf
 * @pf: PF
 * @id: leaf
 * @rates: its new rates; a peak rate below the committed one is raised to it
 *
 * Takes effect under load.
 *
 * Context: process context, sleeps for up to 5 s.
 * Return: 0, or an error as for qatvf_rl_add().
 */
int qatvf_rl_update(struct qatvf_pf *pf, int id, struct qatvf_rl_rates rates)
{
	int err;

	mutex_lock(&pf->rl.lock);
	err = update_locked(pf, id, rates);
	mutex_unlock(&pf->rl.lock);
	return err;
}

static void remove_leaf(struct qatvf_pf *pf, struct qatvf_rl_node *node)
{
	qatvf_rl_node_remove(pf, node);
	node->parent->left += node->rates.committed;
	memset(node, 0, sizeof(*node));
}

/**
 * qatvf_rl_remove() - take the limits off the ring pairs of a leaf
 * @pf: PF
 * @id: leaf
 *
 * Context: process context, sleeps for up to 5 s.
 * Return: 0, -EINVAL if there is no such leaf, -EOPNOTSUPP without a rate limiter.
 */
int qatvf_rl_remove(struct qatvf_pf *pf, int id)
{
	struct qatvf_rl_node *node;
	int err;

	mutex_lock(&pf->rl.lock);
	node = leaf(pf, id);
	err = PTR_ERR_OR_ZERO(node);
	if (!err)
		remove_leaf(pf, node);
	mutex_unlock(&pf->rl.lock);
	return err;
}

/**
 * qatvf_rl_remove_all() - take off all limits
 * @pf: PF
 *
 * Context: process context; sleeps, for 5 s at the first message without an answer.
 */
void qatvf_rl_remove_all(struct qatvf_pf *pf)
{
	unsigned int id;

	mutex_lock(&pf->rl.lock);
	for (id = 0; id < QATVF_RL_IDS; id++)
		if (pf->rl.node[id].used && pf->rl.node[id].type == QATVF_RL_LEAF)
			remove_leaf(pf, &pf->rl.node[id]);
	mutex_unlock(&pf->rl.lock);
}

/**
 * qatvf_rl_get() - what a leaf is
 * @pf: PF
 * @id: leaf
 * @sla: filled
 *
 * Context: process context, may sleep.
 * Return: 0, -EINVAL if there is no such leaf, -EOPNOTSUPP without a rate limiter.
 */
int qatvf_rl_get(struct qatvf_pf *pf, int id, struct qatvf_rl_sla *sla)
{
	struct qatvf_rl_node *node;
	int err;

	mutex_lock(&pf->rl.lock);
	node = leaf(pf, id);
	err = PTR_ERR_OR_ZERO(node);
	if (!err) {
		sla->service = node->service;
		sla->rates = node->rates;
		sla->rps = node->rps;
	}
	mutex_unlock(&pf->rl.lock);
	return err;
}

/**
 * qatvf_rl_remaining() - how much of a service has not been promised
 * @pf: PF
 * @service: service
 *
 * Context: process context, may sleep.
 * Return: permille, or -EINVAL if the service is not on.
 */
int qatvf_rl_remaining(struct qatvf_pf *pf, enum qatvf_rl_service service)
{
	struct qatvf_rl_node *cluster;
	int left = -EINVAL;

	mutex_lock(&pf->rl.lock);
	cluster = find(&pf->rl, QATVF_RL_CLUSTER, service);
	if (cluster)
		left = cluster->left;
	mutex_unlock(&pf->rl.lock);
	return left;
}
