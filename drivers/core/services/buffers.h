/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The data of a request: scatterlists of the caller, mapped for a device and
 * written into its message.
 */
#ifndef QATVF_SERVICES_BUFFERS_H
#define QATVF_SERVICES_BUFFERS_H

#include <linux/scatterlist.h>

#include "hw/la.h"
#include "qatvf/ring_pair.h"

/**
 * struct qatvf_buffers - source and destination of one request
 * @dev: whom they are mapped for
 * @src: source list, never NULL
 * @dst: destination list, the same as @src if in place, NULL if the data is only
 *	read
 * @src_len: bytes the device may read
 * @dst_len: bytes the device may write; in place, the larger one counts for both
 * @src_nents: entries mapped
 * @src_segs: segments that made
 * @dst_nents: likewise for the destination; unused if in place
 * @dst_segs: likewise
 */
struct qatvf_buffers {
	struct device *dev;
	struct scatterlist *src;
	struct scatterlist *dst;
	unsigned int src_len;
	unsigned int dst_len;
	int src_nents;
	int src_segs;
	int dst_nents;
	int dst_segs;
};

/* One list for both directions, or only one direction. */
static inline bool qatvf_buffers_in_place(const struct qatvf_buffers *buf)
{
	return !buf->dst || buf->src == buf->dst;
}

int qatvf_buffers_map(struct qatvf_buffers *buf, struct device *dev);
void qatvf_buffers_unmap(struct qatvf_buffers *buf);
bool qatvf_buffers_shared(const struct qatvf_buffers *buf);
void qatvf_buffers_fill(const struct qatvf_buffers *buf, struct la_req *msg,
			struct qatvf_slot_mem *mem, dma_addr_t mem_dma);

#endif /* QATVF_SERVICES_BUFFERS_H */
