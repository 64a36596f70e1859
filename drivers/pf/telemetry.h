/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Telemetry: switched on and off, its publications collected, shown.
 *
 * Layers: telemetry.c talks to the device and keeps the last publications;
 * debugfs_telemetry.c shows them.
 */
#ifndef QATVF_PF_TELEMETRY_H
#define QATVF_PF_TELEMETRY_H

#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include "hw/admin.h"
#include "hw/telemetry.h"

struct qatvf_pf;

#define QATVF_TL_SAMPLES	4

/**
 * struct qatvf_telemetry - telemetry of a PF
 * @work:	collects publications
 * @lock:	guards all that follows; held for 10 s at most
 * @page:	written by the device
 * @page_dma:	its bus address
 * @wanted:	how many samples are looked at together, or 0 while it is off
 * @rp:		ring pairs that are watched, or QAT_TL_NO_RP
 * @slices:	what the device has
 * @published:	publication that was collected last
 * @collected:	how many of @sample are filled
 * @newest:	index of the newest
 * @sample:	last publications, a ring
 */
struct qatvf_telemetry {
	struct delayed_work work;
	struct mutex lock;	/* all that follows */
	struct qat_tl_buffer *page;
	dma_addr_t page_dma;
	unsigned int wanted;
	u8 rp[QAT_TL_RPS];
	struct qat_slice_counts slices;
	u32 published;
	unsigned int collected;
	unsigned int newest;
	struct qat_tl_buffer *sample;
};

/* telemetry.c */
void qatvf_telemetry_init(struct qatvf_pf *pf);
int qatvf_telemetry_alloc(struct qatvf_pf *pf);
void qatvf_telemetry_free(struct qatvf_pf *pf);
void qatvf_telemetry_stop(struct qatvf_pf *pf);
int qatvf_telemetry_begin(struct qatvf_pf *pf);
int qatvf_telemetry_switch(struct qatvf_pf *pf, unsigned int samples);
int qatvf_telemetry_watch(struct qatvf_pf *pf, unsigned int slot, unsigned int rp);

/* debugfs_telemetry.c */
struct dentry *qatvf_debugfs_telemetry(struct qatvf_pf *pf);

#endif
