// SPDX-License-Identifier: GPL-2.0
/*
 * Requests of the public key service.
 *
 * A request brings its operands: one area of ordinary memory with the pointer
 * tables, the inputs and room for the outputs, mapped while the device has it.
 * The device writes nothing but that area, so a request can be repeated in
 * software whatever became of it.
 *
 * The software implementations sleep.  They run in the caller's context if that
 * allows it, else, and for requests whose device left, in a work item.
 *
 * Facts: reference 07 sections 2-6.
 */
#include <linux/dma-mapping.h>
#include <linux/log2.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include "../provider.h"
#include "pke.h"

static struct workqueue_struct *soft_wq;

/**
 * qatvf_pke_init() - before the first algorithm
 *
 * Return: 0 or -ENOMEM.
 */
int qatvf_pke_init(void)
{
	soft_wq = alloc_workqueue("qatvf_pke", WQ_UNBOUND, 0);
	return soft_wq ? 0 : -ENOMEM;
}

/**
 * qatvf_pke_exit() - after the last algorithm
 *
 * Waits for work items that have told their callers and are about to end.
 */
void qatvf_pke_exit(void)
{
	destroy_workqueue(soft_wq);
}

static void soft_work(struct work_struct *work)
{
	struct qatvf_pke *pke = container_of(work, struct qatvf_pke, work);

	pke->ops->end(pke, pke->ops->soft(pke));
}

/**
 * qatvf_pke_start() - begin a request
 * @pke: request
 * @alg: algorithm it belongs to
 * @ops: of the algorithm
 */
void qatvf_pke_start(struct qatvf_pke *pke, const struct qatvf_alg *alg,
		     const struct qatvf_pke_ops *ops)
{
	pke->alg = alg;
	pke->ops = ops;
	pke->area = NULL;
	INIT_WORK(&pke->work, soft_work);
}

static unsigned int operand_offset(const struct qatvf_pke_function *fn,
				   unsigned int index)
{
	unsigned int offset = sizeof(struct pke_tables), i;

	for (i = 0; i < index; i++)
		offset += fn->bytes[i];
	return offset;
}

/**
 * qatvf_pke_alloc() - make room for the operands
 * @pke: request; without room it goes to software
 * @fn: what the device shall compute
 * @flags: CRYPTO_TFM_REQ_* of the caller
 *
 * Context: sleeps if @flags allow it.
 * Return: 0 or -ENOMEM.
 */
int qatvf_pke_alloc(struct qatvf_pke *pke, const struct qatvf_pke_function *fn,
		    u32 flags)
{
	gfp_t gfp = flags & CRYPTO_TFM_REQ_MAY_SLEEP ? GFP_KERNEL : GFP_ATOMIC;

	pke->fn = *fn;
	pke->area_bytes = operand_offset(fn, fn->inputs + fn->outputs);
	/* A power of two: the tables are aligned, and kmalloc() rounds anyway. */
	pke->area = kzalloc(roundup_pow_of_two(pke->area_bytes),
			    gfp | __GFP_NOWARN);
	return pke->area ? 0 : -ENOMEM;
}

/**
 * qatvf_pke_drop() - wipe and free the operands
 * @pke: request that no device has
 */
void qatvf_pke_drop(struct qatvf_pke *pke)
{
	kfree_sensitive(pke->area);
	pke->area = NULL;
}

/**
 * qatvf_pke_operand() - where an operand is
 * @pke: request with operands
 * @index: inputs first, then outputs
 *
 * Operands follow each other without a gap.
 *
 * Return: its first byte.
 */
u8 *qatvf_pke_operand(struct qatvf_pke *pke, unsigned int index)
{
	return (u8 *)pke->area + operand_offset(&pke->fn, index);
}

static struct qatvf_pke *to_pke(struct qatvf_request *req)
{
	return container_of(req, struct qatvf_pke, req);
}

static unsigned int pke_fill(struct qatvf_request *req, void *message,
			     struct qatvf_slot_mem *mem, dma_addr_t mem_dma)
{
	struct qatvf_pke *pke = to_pke(req);
	struct pke_req *msg = message;

	memset(msg, 0, sizeof(*msg));
	msg->service = QAT_FW_SERVICE_PKE;
	msg->valid = QAT_FW_VALID;
	msg->function = cpu_to_le32(pke->fn.id);
	msg->src = cpu_to_le64(pke->dma + offsetof(struct pke_tables, in));
	msg->dst = cpu_to_le64(pke->dma + offsetof(struct pke_tables, out));
	msg->inputs = pke->fn.inputs;
	msg->outputs = pke->fn.outputs;
	return 0;
}

static void unmap(struct qatvf_pke *pke)
{
	dma_unmap_single(pke->dev, pke->dma, pke->area_bytes,
			 DMA_BIDIRECTIONAL);
}

static int map(struct qatvf_pke *pke, struct device *dev)
{
	struct pke_tables *tables = pke->area;
	unsigned int i;

	pke->dev = dev;
	pke->dma = dma_map_single(dev, pke->area, pke->area_bytes,
				  DMA_BIDIRECTIONAL);
	if (dma_mapping_error(dev, pke->dma))
		return -ENOMEM;
	/* The tables hold addresses that are known only now. */
	dma_sync_single_for_cpu(dev, pke->dma, sizeof(*tables),
				DMA_BIDIRECTIONAL);
	for (i = 0; i < pke->fn.inputs; i++)
		tables->in[i] = cpu_to_le64(pke->dma +
					    operand_offset(&pke->fn, i));
	for (; i < pke->fn.inputs + pke->fn.outputs; i++)
		tables->out[i - pke->fn.inputs] =
			cpu_to_le64(pke->dma + operand_offset(&pke->fn, i));
	dma_sync_single_for_device(dev, pke->dma, sizeof(*tables),
				   DMA_BIDIRECTIONAL);
	return 0;
}

static void soft_later(struct qatvf_pke *pke)
{
	qatvf_pke_drop(pke);
	qatvf_count_soft(pke->alg);
	queue_work(soft_wq, &pke->work);
}

static void pke_complete(struct qatvf_request *req, int err)
{
	struct qatvf_pke *pke = to_pke(req);

	unmap(pke);
	if (err == -EINVAL && pke->ops->refused)
		err = pke->ops->refused;
	if (err == -EINVAL || err == -ECANCELED || err == -ETIMEDOUT) {
		soft_later(pke);
		return;
	}
	if (!err)
		err = pke->ops->finish(pke);
	qatvf_pke_drop(pke);
	pke->ops->end(pke, err);
}

static void pke_started(struct qatvf_request *req)
{
	struct qatvf_pke *pke = to_pke(req);

	pke->ops->end(pke, -EINPROGRESS);
}

static const struct qatvf_request_ops pke_ops = {
	.fill = pke_fill,
	.started = pke_started,
	.complete = pke_complete,
};

/* Returns what submitting returned, or another error: software's turn. */
static int run_hard(struct qatvf_pke *pke, u32 flags)
{
	u32 needed = pke->alg->capabilities;
	struct qatvf_ring_pair *rp;
	int ret = -ENODEV;

	rcu_read_lock();
	rp = qatvf_provider_get(QAT_SVC_ASYM);
	if (!rp || (rp->capabilities & needed) != needed)
		goto out;
	ret = map(pke, rp->dev);
	if (ret)
		goto out;
	pke->req.ops = &pke_ops;
	pke->req.bytes = pke->area_bytes;
	ret = qatvf_ring_pair_submit(rp, &pke->req,
				     flags & CRYPTO_TFM_REQ_MAY_BACKLOG);
	if (ret == -ENOSPC)
		unmap(pke);
out:
	rcu_read_unlock();
	return ret;
}

/**
 * qatvf_pke_run() - run a request
 * @pke: request; with operands for the device, without them for software
 * @flags: CRYPTO_TFM_REQ_* of the caller
 *
 * Context: sleeps if @flags allow it.
 * Return: -EINPROGRESS or -EBUSY: ops->end() tells the rest, @pke may be gone;
 * else the outcome, and @pke has no operands any more.
 */
int qatvf_pke_run(struct qatvf_pke *pke, u32 flags)
{
	const struct qatvf_alg *alg = pke->alg;
	int ret;

	if (pke->area) {
		ret = run_hard(pke, flags);
		if (ret == -EINPROGRESS || ret == -EBUSY) {
			qatvf_count_hard(alg);
			return ret;
		}
	}
	if (!(flags & CRYPTO_TFM_REQ_MAY_SLEEP)) {
		soft_later(pke);
		return -EINPROGRESS;
	}
	qatvf_pke_drop(pke);
	qatvf_count_soft(alg);
	return pke->ops->soft(pke);
}
