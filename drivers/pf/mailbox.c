// SPDX-License-Identifier: GPL-2.0
/*
 * Mailbox server: what VFs ask, and what they are answered.  A VF is hostile: its
 * word is read once, checked, and can change nothing but that VF's own slot.
 *
 * Each VF is served by its own work, one message at a time, with its interrupt
 * masked meanwhile, so no VF can delay another.  The reply is written before the
 * request is acknowledged, because some VFs read it right after that.  A VF that
 * exceeds its budget is muted for a time: its message stays where it is, and is
 * served when the time is over.
 *
 * Facts: reference 04 sections 3 to 9 and 13.
 */
#include <linux/jiffies.h>

#include "device.h"
#include "qatvf/pfvf_codec.h"

/* As many messages in a period as the in-tree driver grants. */
#define BUDGET			130
#define BUDGET_PERIOD		msecs_to_jiffies(32)
#define COST_RP_RESET		8
/* For VFs whose policy is strict; a driver's start needs half of it. */
#define STRICT_BUDGET		(BUDGET / 4)

#define PENALTY_MIN		HZ
#define PENALTY_MAX		(60 * HZ)

/* Compatibility version 5 has this capability block; larger ones exist. */
#define CAPS_BLOCK_VERSION	2

static u32 answer_nothing(struct qatvf_vf_slot *vf, u32 data)
{
	return 0;
}

static u32 answer_init(struct qatvf_vf_slot *vf, u32 data)
{
	mutex_lock(&vf->lock);
	vf->init = true;
	vf->stopped = false;
	mutex_unlock(&vf->lock);
	return 0;
}

static u32 answer_shutdown(struct qatvf_vf_slot *vf, u32 data)
{
	mutex_lock(&vf->lock);
	vf->init = false;
	vf->stopped = false;
	WRITE_ONCE(vf->restarting, false);
	mutex_unlock(&vf->lock);
	return 0;
}

static void set_version(struct qatvf_vf_slot *vf, u8 version)
{
	mutex_lock(&vf->lock);
	vf->version = version;
	mutex_unlock(&vf->lock);
}

static u32 answer_legacy_version(struct qatvf_vf_slot *vf, u32 data)
{
	set_version(vf, PFVF_V_LEGACY);
	return pfvf_msg(PFVF_PF2VF_VERSION_RESP,
			PFVF_VERSION_RESP(PFVF_LEGACY_VERSION, PFVF_COMPATIBLE));
}

static u32 answer_version(struct qatvf_vf_slot *vf, u32 data)
{
	u8 version = data;
	enum pfvf_compat verdict = PFVF_COMPATIBLE;

	if (version < PFVF_V_COMPAT)
		verdict = PFVF_INCOMPATIBLE;
	else if (version > PFVF_V_OURS)
		verdict = PFVF_VF_NEWER;
	set_version(vf, version);
	return pfvf_msg(PFVF_PF2VF_VERSION_RESP, PFVF_VERSION_RESP(PFVF_V_OURS, verdict));
}

static void put_le32(u8 *p, u32 value)
{
	p[0] = value;
	p[1] = value >> 8;
	p[2] = value >> 16;
	p[3] = value >> 24;
}

/* Returns the size of the block, 0 if there is none of this type. */
static size_t build_block(struct qatvf_vf_slot *vf, unsigned int type, u8 *block)
{
	struct qatvf_pf *pf = vf->pf;
	u32 capabilities;
	u16 ring_map;

	capabilities = qatvf_services_visible(pf, READ_ONCE(vf->services), &ring_map);
	switch (type) {
	case PFVF_BLOCK_CAPABILITIES:
		block[0] = CAPS_BLOCK_VERSION;
		block[1] = PFVF_CAPS_V2_SIZE - PFVF_BLOCK_HEADER;
		put_le32(block + PFVF_CAPS_EXT_DC, pf->ext_dc_caps);
		put_le32(block + PFVF_CAPS_MASK, capabilities);
		return PFVF_CAPS_V2_SIZE;
	case PFVF_BLOCK_RING_MAP:
		block[0] = PFVF_RING_MAP_VERSION;
		block[1] = PFVF_RING_MAP_SIZE - PFVF_BLOCK_HEADER;
		block[2] = ring_map;
		block[3] = ring_map >> 8;
		return PFVF_RING_MAP_SIZE;
	default:
		return 0;
	}
}

static u32 answer_block(struct qatvf_vf_slot *vf, u32 word)
{
	struct qatvf_pfvf_block_req req;
	u8 block[PFVF_SMALL_BLOCK_MAX] = { };
	size_t size;

	if (!qatvf_pfvf_block_req(word, &req))
		return 0;
	size = build_block(vf, req.block, block);
	return pfvf_msg(PFVF_PF2VF_BLOCK_RESP,
			qatvf_pfvf_block_answer(&req, size ? block : NULL, size));
}

static u32 answer_restarting_done(struct qatvf_vf_slot *vf, u32 data)
{
	mutex_lock(&vf->lock);
	vf->stopped = vf->restarting;
	WRITE_ONCE(vf->restarting, false);
	vf->init = false;
	mutex_unlock(&vf->lock);
	return 0;
}

/* May take 5 s, in this VF's own work. */
static u32 answer_rp_reset(struct qatvf_vf_slot *vf, u32 data)
{
	enum pfvf_rp_reset result = PFVF_RP_RESET_OK;
	int err;

	if (data >= QAT_RPS_PER_VF) {
		result = PFVF_RP_RESET_UNSUPPORTED;
	} else {
		err = qatvf_ring_pair_reset(vf->pf, vf->nr * QAT_RPS_PER_VF + data);
		if (err) {
			/* Its memory may still be written: the device has failed. */
			result = PFVF_RP_RESET_TIMEOUT;
			qatvf_life_post(vf->pf, QATVF_LIFE_FATAL);
		}
	}
	return pfvf_msg(PFVF_PF2VF_RP_RESET_RESP, result);
}

/**
 * struct vf_message - what a VF may say
 * @type:	message type
 * @cost:	of its budget
 * @whole:	@answer wants the whole word instead of the data field
 * @answer:	does what is asked; returns the reply, or 0 for none
 *
 * No message needs a compatibility version or an order: DPDK asks for blocks and
 * resets without any version exchange, and clients of qatlib send INIT only
 * (reference 04 section 12).
 */
struct vf_message {
	u8 type;
	u8 cost;
	bool whole;
	u32 (*answer)(struct qatvf_vf_slot *vf, u32 data);
};

static const struct vf_message messages[] = {
	{ PFVF_VF2PF_NONE, 1, false, answer_nothing },
	{ PFVF_VF2PF_INIT, 1, false, answer_init },
	{ PFVF_VF2PF_SHUTDOWN, 1, false, answer_shutdown },
	{ PFVF_VF2PF_VERSION_REQ, 1, false, answer_legacy_version },
	{ PFVF_VF2PF_COMPAT_REQ, 1, false, answer_version },
	{ PFVF_VF2PF_LARGE_BLOCK, 1, true, answer_block },
	{ PFVF_VF2PF_MEDIUM_BLOCK, 1, true, answer_block },
	{ PFVF_VF2PF_SMALL_BLOCK, 1, true, answer_block },
	{ PFVF_VF2PF_RESTARTING_DONE, 1, false, answer_restarting_done },
	{ PFVF_VF2PF_RP_RESET, COST_RP_RESET, false, answer_rp_reset },
};

static const struct vf_message *find_message(u32 word)
{
	unsigned int i;

	if (!(word & PFVF_SYSTEM))
		return NULL;
	for (i = 0; i < ARRAY_SIZE(messages); i++)
		if (messages[i].type == pfvf_type(word))
			return &messages[i];
	return NULL;
}

static bool within_budget(struct qatvf_vf_slot *vf, unsigned int cost)
{
	if (time_after(jiffies, vf->budget_from + BUDGET_PERIOD)) {
		vf->budget = READ_ONCE(vf->policy) == QATVF_MAILBOX_STRICT ?
			     STRICT_BUDGET : BUDGET;
		vf->budget_from = jiffies;
	}
	if (vf->budget < cost)
		return false;
	vf->budget -= cost;
	return true;
}

/* Each penalty is twice as long as the last, until the VF has been quiet for long. */
static void mute(struct qatvf_vf_slot *vf)
{
	if (!vf->penalty || time_after(jiffies, vf->muted_at + vf->penalty + PENALTY_MAX))
		vf->penalty = PENALTY_MIN;
	else
		vf->penalty = min_t(unsigned long, 2 * vf->penalty, PENALTY_MAX);
	vf->muted_at = jiffies;
	WRITE_ONCE(vf->muted, true);
	vf->stats.mutes++;
	vf->stats.dropped++;

	dev_warn_ratelimited(&vf->pf->pdev->dev,
			     "Too many ints from VF%u: its mailbox is muted for %lu s\n", vf->nr,
			     vf->penalty / HZ);
	queue_delayed_work(vf->pf->wq, &vf->unmute, vf->penalty);
}

static void unmute_work(struct work_struct *work)
{
	struct qatvf_vf_slot *vf = container_of(to_delayed_work(work), struct qatvf_vf_slot,
						unmute);

	WRITE_ONCE(vf->muted, false);
	qatvf_irq_vf_unmask(vf->pf, BIT(vf->nr));
}

/* Reply, acknowledge; returns false if the VF must wait until the PF is up again. */
static bool conclude(struct qatvf_vf_slot *vf, u32 word, u32 reply)
{
	bool serve;

	mutex_lock(&vf->lock);
	if (reply)
		qatvf_notify_reply(vf, reply);
	misc_write(vf->pf, VM2PF(vf->nr), word & ~PFVF_INT);
	serve = !(vf->held && vf->stopped);
	mutex_unlock(&vf->lock);
	return serve;
}

static void vf_work(struct work_struct *work)
{
	struct qatvf_vf_slot *vf = container_of(work, struct qatvf_vf_slot, work);
	const struct vf_message *message;
	u32 word = misc_read(vf->pf, VM2PF(vf->nr));
	u32 reply = 0;

	/* A VF can write all ones itself; the source register it cannot. */
	if (word == QATVF_GONE && misc_read(vf->pf, VM2PF_SOU) == QATVF_GONE)
		return;

	/* Its interrupt stays masked until the policy changes. */
	if (READ_ONCE(vf->policy) == QATVF_MAILBOX_CLOSED)
		return;

	if (!(word & PFVF_INT)) {
		vf->stats.spurious++;
		qatvf_irq_vf_unmask(vf->pf, BIT(vf->nr));
		return;
	}

	message = find_message(word);
	if (!within_budget(vf, message ? message->cost : 1)) {
		mute(vf);
		return;
	}

	if (message)
		reply = message->answer(vf, message->whole ? word : pfvf_data(word));
	else
		vf->stats.unknown++;
	vf->stats.messages++;

	if (conclude(vf, word, reply))
		qatvf_irq_vf_unmask(vf->pf, BIT(vf->nr));
}

/**
 * qatvf_mailbox_set_policy() - how a VF's messages are served from now on
 * @pf: PF
 * @nr: VF
 * @policy: policy
 *
 * A VF that is not heard any more cannot say that it has stopped, so nobody waits for
 * it.  What came in the meantime is served when it is heard again.
 *
 * Context: process context, sleeps shortly.
 */
void qatvf_mailbox_set_policy(struct qatvf_pf *pf, unsigned int nr,
			      enum qatvf_config_mailbox policy)
{
	struct qatvf_vf_slot *vf = &pf->vf[nr];

	if (READ_ONCE(vf->policy) == policy)
		return;
	WRITE_ONCE(vf->policy, policy);
	if (policy == QATVF_MAILBOX_CLOSED)
		answer_shutdown(vf, 0);
	else if (!READ_ONCE(vf->muted) && qatvf_life_state(pf) == QATVF_UP)
		qatvf_irq_vf_unmask(pf, BIT(nr));
}

/**
 * qatvf_mailbox_kick() - a VF has a message
 * @pf: PF
 * @nr: VF, whose interrupt is masked now
 *
 * Context: interrupt handler.
 */
void qatvf_mailbox_kick(struct qatvf_pf *pf, unsigned int nr)
{
	queue_work(pf->wq, &pf->vf[nr].work);
}

/**
 * qatvf_mailbox_start() - step of bring-up: serve the VFs that there are
 * @pf: PF
 *
 * Also called for a new number of VFs, before they appear.
 *
 * Context: process context, with qatvf_sriov.lock.
 * Return: 0.
 */
int qatvf_mailbox_start(struct qatvf_pf *pf)
{
	unsigned int nr;

	lockdep_assert_held(&pf->sriov.lock);

	for (nr = 0; nr < QAT_MAX_VFS; nr++) {
		struct qatvf_vf_slot *vf = &pf->vf[nr];

		mutex_lock(&vf->lock);
		vf->held = false;
		mutex_unlock(&vf->lock);
	}
	if (pf->sriov.num)
		qatvf_irq_vf_open(pf, GENMASK(pf->sriov.num - 1, 0));
	return 0;
}

/**
 * qatvf_mailbox_stop() - undo: no message is served, no work runs
 * @pf: PF
 *
 * What is known of the VFs is kept: their sessions survive a reset of the PF.
 *
 * Context: process context, with qatvf_sriov.lock; sleeps for up to 5 s.
 */
void qatvf_mailbox_stop(struct qatvf_pf *pf)
{
	unsigned int nr;

	lockdep_assert_held(&pf->sriov.lock);

	qatvf_irq_vf_close(pf);
	for (nr = 0; nr < QAT_MAX_VFS; nr++) {
		cancel_work_sync(&pf->vf[nr].work);
		cancel_delayed_work_sync(&pf->vf[nr].unmute);
		WRITE_ONCE(pf->vf[nr].muted, false);
	}
}

/**
 * qatvf_mailbox_forget() - forget all VFs
 * @pf: PF, whose mailbox is stopped
 *
 * Context: process context.
 */
void qatvf_mailbox_forget(struct qatvf_pf *pf)
{
	unsigned int nr;

	for (nr = 0; nr < QAT_MAX_VFS; nr++) {
		struct qatvf_vf_slot *vf = &pf->vf[nr];

		mutex_lock(&vf->lock);
		vf->version = PFVF_V_LEGACY;
		vf->init = false;
		vf->restarting = false;
		vf->stopped = false;
		vf->held = false;
		vf->notify = 0;
		mutex_unlock(&vf->lock);
		vf->penalty = 0;
		memset(&vf->stats, 0, sizeof(vf->stats));
	}
}

/**
 * qatvf_mailbox_init() - prepare the slots
 * @pf: PF
 *
 * Context: probe.
 */
void qatvf_mailbox_init(struct qatvf_pf *pf)
{
	unsigned int nr;

	for (nr = 0; nr < QAT_MAX_VFS; nr++) {
		struct qatvf_vf_slot *vf = &pf->vf[nr];

		vf->pf = pf;
		vf->nr = nr;
		mutex_init(&vf->lock);
		INIT_WORK(&vf->work, vf_work);
		INIT_DELAYED_WORK(&vf->unmute, unmute_work);
		vf->budget = BUDGET;
		vf->budget_from = jiffies;
	}
}
