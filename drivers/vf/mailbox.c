// SPDX-License-Identifier: GPL-2.0
/*
 * The VF's end of the mailbox: requests with their replies, and notifications
 * of the PF.  Every message is acknowledged in every state, understood or not.
 * Facts: reference 04 sections 2, 3, 7.
 */
#include <linux/io.h>
#include <linux/iopoll.h>

#include "device.h"
#include "hw/ring.h"

/* The PF takes a message within this time (04 section 7). */
#define ACK_POLL_US		5
#define ACK_TIMEOUT_US		(1000 * 1000)
/* And answers within this one; else the request is repeated. */
#define REPLY_TIMEOUT_MS	250
#define REQUEST_TRIES		5

static void mask_messages(struct qatvf_vf *vf)
{
	writel(1, vf->pmisc + VF_VINTMSK_PF2VM);
}

/* Unmasking with a message present interrupts again: none is lost. */
static void unmask_messages(struct qatvf_vf *vf)
{
	writel(0, vf->pmisc + VF_VINTMSK_PF2VM);
}

static void take_reply(struct qatvf_vf *vf, unsigned int type, u32 data)
{
	struct vf_mailbox *mbox = &vf->mailbox;

	lockdep_assert_held(&mbox->receive_lock);

	if (type != mbox->awaited) {
		mbox->unexpected++;
		dev_dbg(&vf->pdev->dev, "message type 0x%x dropped\n", type);
		return;
	}
	mbox->awaited = 0;
	mbox->reply = data;
	complete(&mbox->replied);
}

static void dispatch(struct qatvf_vf *vf, u32 word)
{
	switch (pfvf_type(word)) {
	case PFVF_PF2VF_RESTARTING:
		vf_life_event(vf, VF_EVENT_RESTARTING);
		break;
	case PFVF_PF2VF_RESTARTED:
		vf_life_event(vf, VF_EVENT_RESTARTED);
		break;
	case PFVF_PF2VF_FATAL_ERROR:
		vf_life_event(vf, VF_EVENT_FATAL);
		break;
	default:
		take_reply(vf, pfvf_type(word), pfvf_data(word));
		break;
	}
}

/* The register is read once: what was read is what gets handled and acked. */
static void receive(struct qatvf_vf *vf)
{
	u32 word;

	mutex_lock(&vf->mailbox.receive_lock);
	word = readl(vf->pmisc + VF_PF2VM);
	if (word != ~0U && word & PFVF_INT) {
		if (word & PFVF_SYSTEM)
			dispatch(vf, word);
		writel(word & ~PFVF_INT, vf->pmisc + VF_PF2VM);
	}
	if (vf->mailbox.open)
		unmask_messages(vf);
	mutex_unlock(&vf->mailbox.receive_lock);
}

static void receive_work(struct work_struct *work)
{
	receive(container_of(work, struct qatvf_vf, mailbox.receive_work));
}

/**
 * vf_mailbox_interrupt() - is there a message?
 * @vf: VF
 *
 * Context: any, hard interrupt included.  Reads a register.
 * Return: true if a message is present and will be taken.
 */
bool vf_mailbox_interrupt(struct qatvf_vf *vf)
{
	u32 source;

	if (!READ_ONCE(vf->mailbox.open))
		return false;
	source = readl(vf->pmisc + VF_VINTSOU_PF2VM);
	if (source == ~0U || !(source & 1))
		return false;
	mask_messages(vf);
	queue_work(vf->wq, &vf->mailbox.receive_work);
	return true;
}

static int post(struct qatvf_vf *vf, u32 word)
{
	u32 seen;
	int err;

	writel(word, vf->pmisc + VF_VM2PF);
	err = readl_poll_timeout(vf->pmisc + VF_VM2PF, seen,
				 seen == ~0U || !(seen & PFVF_INT),
				 ACK_POLL_US, ACK_TIMEOUT_US);
	return err ?: seen == ~0U ? -ENODEV : 0;
}

/**
 * vf_mailbox_send() - send a message that has no reply
 * @vf: VF
 * @type: message
 * @data: its data
 *
 * Context: process context, sleeps up to a second.
 * Return: 0 when the PF took it, -ETIMEDOUT, or -ENODEV if the VF is gone.
 */
int vf_mailbox_send(struct qatvf_vf *vf, enum pfvf_vf2pf type, u32 data)
{
	int err;

	mutex_lock(&vf->mailbox.request_lock);
	err = post(vf, pfvf_msg(type, data));
	mutex_unlock(&vf->mailbox.request_lock);
	return err;
}

static void await(struct vf_mailbox *mbox, unsigned int type)
{
	mutex_lock(&mbox->receive_lock);
	mbox->awaited = type;
	reinit_completion(&mbox->replied);
	mutex_unlock(&mbox->receive_lock);
}

static int request_once(struct qatvf_vf *vf, u32 word, unsigned int reply_type)
{
	struct vf_mailbox *mbox = &vf->mailbox;
	unsigned long timeout = msecs_to_jiffies(REPLY_TIMEOUT_MS);
	int err;

	await(mbox, reply_type);
	err = post(vf, word);
	if (err)
		return err;
	if (wait_for_completion_timeout(&mbox->replied, timeout))
		return 0;
	/* Was it only the interrupt that got lost? */
	receive(vf);
	return completion_done(&mbox->replied) ? 0 : -EAGAIN;
}

/**
 * vf_mailbox_request() - send a request and wait for its reply
 * @vf: VF
 * @type: request
 * @data: its data
 * @reply_type: message the PF answers with
 * @reply: data of the answer
 *
 * Context: process context, sleeps; bounded by tries and timeouts.
 * Return: 0, -ETIMEDOUT if the PF neither takes nor answers it, or -ENODEV if
 * the VF is gone.
 */
int vf_mailbox_request(struct qatvf_vf *vf, enum pfvf_vf2pf type, u32 data,
		       enum pfvf_pf2vf reply_type, u32 *reply)
{
	struct vf_mailbox *mbox = &vf->mailbox;
	unsigned int tries = REQUEST_TRIES;
	int err;

	mutex_lock(&mbox->request_lock);
	do {
		err = request_once(vf, pfvf_msg(type, data), reply_type);
	} while (err == -EAGAIN && --tries);
	if (!err)
		*reply = mbox->reply;
	await(mbox, 0);
	mutex_unlock(&mbox->request_lock);
	return err == -EAGAIN ? -ETIMEDOUT : err;
}

/**
 * vf_mailbox_init() - prepare the locks and work of the mailbox
 * @vf: VF
 */
void vf_mailbox_init(struct qatvf_vf *vf)
{
	struct vf_mailbox *mbox = &vf->mailbox;

	mutex_init(&mbox->request_lock);
	mutex_init(&mbox->receive_lock);
	init_completion(&mbox->replied);
	INIT_WORK(&mbox->receive_work, receive_work);
}

static void drop_message(struct qatvf_vf *vf)
{
	u32 word = readl(vf->pmisc + VF_PF2VM);

	if (word != ~0U && word & PFVF_INT)
		writel(word & ~PFVF_INT, vf->pmisc + VF_PF2VM);
}

/**
 * vf_mailbox_open() - drop what a former user left and let messages in
 * @vf: VF with its interrupt enabled
 *
 * What is in a mailbox that is open already, as after the PF's reset, is for us.
 *
 * Context: process context, may sleep.
 */
void vf_mailbox_open(struct qatvf_vf *vf)
{
	if (!READ_ONCE(vf->mailbox.open))
		drop_message(vf);
	WRITE_ONCE(vf->mailbox.open, true);
	unmask_messages(vf);
}

/**
 * vf_mailbox_close() - no message gets in any more
 * @vf: VF
 *
 * Context: process context, sleeps.
 */
void vf_mailbox_close(struct qatvf_vf *vf)
{
	mutex_lock(&vf->mailbox.receive_lock);
	WRITE_ONCE(vf->mailbox.open, false);
	mask_messages(vf);
	mutex_unlock(&vf->mailbox.receive_lock);
	/* Nobody queues the work any more once the handler has seen that. */
	vf_irq_synchronize(vf);
	cancel_work_sync(&vf->mailbox.receive_work);
}
