// SPDX-License-Identifier: GPL-2.0
/*
 * Admin channel: one message at a time to one engine, through a page that the
 * engines share with us and a mailbox register per engine.
 *
 * Facts: reference 03 section 2.
 */
#include <linux/dma-mapping.h>
#include <linux/iopoll.h>

#include "constants.h"
#include "device.h"

#define POLL_US		20
#define TIMEOUT_US	5000000

/**
 * qatvf_admin_alloc() - step of bring-up: memory of the channel
 * @pf: PF
 *
 * Context: life worker, may sleep.
 * Return: 0 or -ENOMEM.
 */
int qatvf_admin_alloc(struct qatvf_pf *pf)
{
	struct qatvf_admin *admin = &pf->admin;
	struct device *dev = &pf->pdev->dev;

	admin->page = dma_alloc_coherent(dev, sizeof(*admin->page), &admin->page_dma, GFP_KERNEL);
	if (!admin->page)
		return -ENOMEM;

	/* A page, so that the table is aligned to its size. */
	admin->constants = dma_alloc_coherent(dev, PAGE_SIZE, &admin->constants_dma, GFP_KERNEL);
	if (!admin->constants)
		goto free_page;
	admin->buffers = dma_alloc_coherent(dev, sizeof(*admin->buffers), &admin->buffers_dma,
					    GFP_KERNEL);
	if (!admin->buffers)
		goto free_constants;
	qatvf_constants_build(admin->constants);
	return 0;

free_constants:
	dma_free_coherent(dev, PAGE_SIZE, admin->constants, admin->constants_dma);
free_page:
	dma_free_coherent(dev, sizeof(*admin->page), admin->page, admin->page_dma);
	return -ENOMEM;
}

/**
 * qatvf_admin_free() - undo, after the function has been reset
 * @pf: PF
 *
 * Context: life worker, may sleep.
 */
void qatvf_admin_free(struct qatvf_pf *pf)
{
	struct qatvf_admin *admin = &pf->admin;
	struct device *dev = &pf->pdev->dev;

	dma_free_coherent(dev, sizeof(*admin->buffers), admin->buffers, admin->buffers_dma);
	dma_free_coherent(dev, PAGE_SIZE, admin->constants, admin->constants_dma);
	dma_free_coherent(dev, sizeof(*admin->page), admin->page, admin->page_dma);
	admin->buffers = NULL;
	admin->constants = NULL;
	admin->page = NULL;
}

/**
 * qatvf_admin_start() - step of bring-up: tell the device where the page is
 * @pf: PF
 *
 * Context: life worker.
 * Return: 0.
 */
int qatvf_admin_start(struct qatvf_pf *pf)
{
	misc_write(pf, ADMINMSGUR, upper_32_bits(pf->admin.page_dma));
	misc_write(pf, ADMINMSGLR, lower_32_bits(pf->admin.page_dma));
	return 0;
}

/* Hand the request over and wait for the answer; the caller holds the lock. */
static int exchange(struct qatvf_pf *pf, unsigned int ae, const struct qat_admin_req *req,
		    struct qat_admin_rsp *rsp)
{
	struct qat_admin_slot *slot = &pf->admin.page->slot[ae];
	u32 mailbox = AE_CSR(ae, AE_MAILBOX);
	u32 value = misc_read(pf, mailbox);
	int err;

	if (value == QATVF_GONE)
		return -ENODEV;
	/* A request that timed out: its late answer may still be written. */
	if (value == AE_MAILBOX_PENDING)
		return -EBUSY;

	memset(&slot->rsp, 0, sizeof(slot->rsp));
	slot->req = *req;
	/* writel() orders the request before the mailbox. */
	misc_write(pf, mailbox, AE_MAILBOX_PENDING);
	err = readl_poll_timeout(pf->misc + mailbox, value, !value || value == QATVF_GONE,
				 POLL_US, TIMEOUT_US);
	if (err)
		return err;
	if (value == QATVF_GONE)
		return -ENODEV;

	/* readl() ordered the mailbox before the response. */
	*rsp = slot->rsp;
	return rsp->status == QAT_ADMIN_STATUS_OK ? 0 :
	       rsp->status == QAT_ADMIN_STATUS_UNSUPPORTED ? -EOPNOTSUPP : -EIO;
}

/**
 * qatvf_admin_try() - send one message to one engine, say nothing about failure
 * @pf: PF, with started engines
 * @ae: engine
 * @req: request, complete
 * @rsp: filled with the answer, or NULL
 *
 * Context: process context; sleeps for up to 5 s, and as long for each message that
 * is ahead.
 * Return: 0; -EIO or -EOPNOTSUPP if the firmware says so; -ETIMEDOUT; -EBUSY if an
 * earlier request of the engine was never answered; -ENODEV if the device is gone.
 */
int qatvf_admin_try(struct qatvf_pf *pf, unsigned int ae, const struct qat_admin_req *req,
		    struct qat_admin_rsp *rsp)
{
	struct qat_admin_rsp local;
	int err;

	mutex_lock(&pf->admin.lock);
	err = exchange(pf, ae, req, rsp ? rsp : &local);
	mutex_unlock(&pf->admin.lock);
	return err;
}

/**
 * qatvf_admin_send() - send one message to one engine, report failure
 * @pf: PF, with started engines
 * @ae: engine
 * @req: request, complete
 * @rsp: filled with the answer, or NULL
 *
 * Context: see qatvf_admin_try().
 * Return: see qatvf_admin_try().
 */
int qatvf_admin_send(struct qatvf_pf *pf, unsigned int ae, const struct qat_admin_req *req,
		     struct qat_admin_rsp *rsp)
{
	int err = qatvf_admin_try(pf, ae, req, rsp);

	if (err)
		dev_warn(&pf->pdev->dev, "admin command %u to engine %u: error %d%s\n", req->cmd,
			 ae, err, err == -ETIMEDOUT ? ", no answer within 5 s" : "");
	return err;
}

/**
 * qatvf_admin_send_all() - send one message to several engines, lowest first
 * @pf: PF, with started engines
 * @ae_mask: engines
 * @req: request, complete
 *
 * Context: process context; sleeps, see qatvf_admin_try().
 * Return: 0, or the error of the first engine that failed; later ones get nothing.
 */
int qatvf_admin_send_all(struct qatvf_pf *pf, u32 ae_mask, const struct qat_admin_req *req)
{
	unsigned long aes = ae_mask;
	unsigned int ae;
	int err;

	for_each_set_bit(ae, &aes, QAT_NUM_AES) {
		err = qatvf_admin_send(pf, ae, req, NULL);
		if (err)
			return err;
	}
	return 0;
}
