/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Rate limits: the tree of nodes that the device enforces, as the driver keeps it.
 *
 * Each service that the PF serves has a root, below it a cluster, below that up to 16
 * leaves.  A leaf holds up to four ring pairs and two rates, in permille of what the
 * device can do of the service: what it is promised, and what it gets at most.
 *
 * Layers: rate_limit_tokens.c turns rates into what the device counts in;
 * rate_limit_node.c talks to it about one node; rate_limit.c keeps the tree;
 * rate_limit_vf.c and sysfs_rl.c are its users.
 */
#ifndef QATVF_PF_RATE_LIMIT_H
#define QATVF_PF_RATE_LIMIT_H

#include <linux/mutex.h>
#include <linux/types.h>

#include "hw/admin.h"

#include "rate_limit_tokens.h"

struct qatvf_pf;

#define QATVF_RL_LEAF_RPS	4	/* ring pairs of a leaf */
#define QATVF_RL_LEAVES		16	/* leaves of a service */
#define QATVF_RL_IDS		84	/* nodes of all kinds */

/**
 * enum qatvf_rl_type - kinds of nodes, the firmware's codes
 * @QATVF_RL_ROOT: all of a service
 * @QATVF_RL_CLUSTER: group of leaves
 * @QATVF_RL_LEAF: ring pairs
 */
enum qatvf_rl_type {
	QATVF_RL_ROOT,
	QATVF_RL_CLUSTER,
	QATVF_RL_LEAF,
};

/**
 * struct qatvf_rl_node - node of the tree
 * @used:	it exists, in the device, too
 * @type:	what it is
 * @service:	whose
 * @nr:		number among nodes of its type, the firmware's
 * @rates:	its rates
 * @left:	of the committed rate, what is not promised to nodes below
 * @parent:	node above, or NULL
 * @rps:	ring pairs of a leaf
 */
struct qatvf_rl_node {
	bool used;
	enum qatvf_rl_type type;
	enum qatvf_rl_service service;
	unsigned int nr;
	struct qatvf_rl_rates rates;
	u32 left;
	struct qatvf_rl_node *parent;
	u64 rps;
};

/**
 * struct qatvf_rl_sla - a leaf, as its users see it
 * @service:	whose
 * @rates:	its rates
 * @rps:	its ring pairs
 */
struct qatvf_rl_sla {
	enum qatvf_rl_service service;
	struct qatvf_rl_rates rates;
	u64 rps;
};

/**
 * struct qatvf_rl_form - what has been written to the files of group qat_rl/
 * @lock:	guards all of it; taken before qatvf_rl.lock
 * @id:		of an SLA, or -1
 * @sla:	the rest of it
 * @remaining:	service whose remaining rate is shown
 */
struct qatvf_rl_form {
	struct mutex lock;	/* all of the form */
	int id;
	struct qatvf_rl_sla sla;
	enum qatvf_rl_service remaining;
};

/**
 * struct qatvf_rl - rate limiter of a PF
 * @lock:	guards all of it but @form; held for 5 s at most
 * @on:		the device has one, and it is set up
 * @slices:	what the rates of a service refer to
 * @node:	tree; the index is the id that users see
 * @form:	of sysfs
 */
struct qatvf_rl {
	struct mutex lock;	/* all but form */
	bool on;
	struct qat_slice_counts slices;
	struct qatvf_rl_node node[QATVF_RL_IDS];
	struct qatvf_rl_form form;
};

/* rate_limit.c */
void qatvf_rl_init(struct qatvf_pf *pf);
int qatvf_rl_start(struct qatvf_pf *pf);
void qatvf_rl_stop(struct qatvf_pf *pf);
bool qatvf_rl_serves(struct qatvf_pf *pf, enum qatvf_rl_service service);
u64 qatvf_rl_ring_pairs(struct qatvf_pf *pf, enum qatvf_rl_service service);
int qatvf_rl_add(struct qatvf_pf *pf, const struct qatvf_rl_sla *sla);
int qatvf_rl_update(struct qatvf_pf *pf, int id, struct qatvf_rl_rates rates);
int qatvf_rl_remove(struct qatvf_pf *pf, int id);
void qatvf_rl_remove_all(struct qatvf_pf *pf);
int qatvf_rl_get(struct qatvf_pf *pf, int id, struct qatvf_rl_sla *sla);
int qatvf_rl_remaining(struct qatvf_pf *pf, enum qatvf_rl_service service);

/* rate_limit_node.c */
int qatvf_rl_node_init(struct qatvf_pf *pf);
int qatvf_rl_node_add(struct qatvf_pf *pf, const struct qatvf_rl_node *node);
int qatvf_rl_node_update(struct qatvf_pf *pf, const struct qatvf_rl_node *node);
void qatvf_rl_node_remove(struct qatvf_pf *pf, const struct qatvf_rl_node *node);

/* rate_limit_vf.c */
bool qatvf_rl_vf_has(struct qatvf_pf *pf, unsigned int vf, enum qatvf_rl_service service,
		     struct qatvf_rl_rates rates);
int qatvf_rl_set_vf(struct qatvf_pf *pf, unsigned int vf, enum qatvf_rl_service service,
		    struct qatvf_rl_rates rates);

/* sysfs_rl.c */
int qatvf_sysfs_rl_add(struct qatvf_pf *pf);
void qatvf_sysfs_rl_remove(struct qatvf_pf *pf);

#endif
