// SPDX-License-Identifier: GPL-2.0
/*
 * The data of a request: mapping it and telling the device where it is.
 * One segment each way goes flat, anything else as buffer lists in the slot's
 * own memory.  Facts: reference 05 section 6.
 */
#include <linux/dma-mapping.h>
#include <linux/errno.h>
#include <linux/minmax.h>

#include "buffers.h"

/*
 * Number of entries that hold @len bytes, or an error if software has to take
 * them: too many, too few bytes, or an empty one among them, at which
 * dma_unmap_sg() would stop and leave the rest mapped.
 */
static int count_entries(struct scatterlist *sg, unsigned int len)
{
	int n;

	for (n = 1; sg && n <= QATVF_MAX_SEGS; sg = sg_next(sg), n++) {
		if (!sg->length)
			return -E2BIG;
		if (sg->length >= len)
			return n;
		len -= sg->length;
	}
	return -E2BIG;
}

/**
 * qatvf_buffers_map() - map a request's data
 * @buf: with lists and lengths set
 * @dev: device that will work on it
 *
 * Context: any; does not sleep.
 * Return: 0; -E2BIG if a list has too many entries for the device or too few
 * bytes; -ENOMEM if the mapping failed.  Software can take the request then.
 */
int qatvf_buffers_map(struct qatvf_buffers *buf, struct device *dev)
{
	bool same = qatvf_buffers_in_place(buf);
	enum dma_data_direction dir = same ? DMA_BIDIRECTIONAL : DMA_TO_DEVICE;

	buf->dev = dev;
	/* One list for both: what is written may be longer than what is read. */
	if (same)
		buf->src_len = max(buf->src_len, buf->dst_len);
	buf->src_nents = count_entries(buf->src, buf->src_len);
	buf->dst_nents = same ? 0 : count_entries(buf->dst, buf->dst_len);
	if (buf->src_nents < 0 || buf->dst_nents < 0)
		return -E2BIG;

	buf->src_segs = dma_map_sg(dev, buf->src, buf->src_nents, dir);
	if (!buf->src_segs)
		return -ENOMEM;
	if (same)
		return 0;
	buf->dst_segs = dma_map_sg(dev, buf->dst, buf->dst_nents,
				   DMA_FROM_DEVICE);
	if (buf->dst_segs)
		return 0;
	dma_unmap_sg(dev, buf->src, buf->src_nents, dir);
	return -ENOMEM;
}

/**
 * qatvf_buffers_unmap() - undo qatvf_buffers_map(); the CPU may look again
 * @buf: mapped
 *
 * Context: any; does not sleep.
 */
void qatvf_buffers_unmap(struct qatvf_buffers *buf)
{
	if (qatvf_buffers_in_place(buf)) {
		dma_unmap_sg(buf->dev, buf->src, buf->src_nents,
			     DMA_BIDIRECTIONAL);
		return;
	}
	dma_unmap_sg(buf->dev, buf->dst, buf->dst_nents, DMA_FROM_DEVICE);
	dma_unmap_sg(buf->dev, buf->src, buf->src_nents, DMA_TO_DEVICE);
}

static void fill_list(struct qatvf_sgl *list, struct scatterlist *sgl, int segs,
		      unsigned int len)
{
	struct scatterlist *sg;
	unsigned int n = 0;
	int i;

	for_each_sg(sgl, sg, segs, i) {
		unsigned int part = min(sg_dma_len(sg), len);

		if (!part)
			continue;
		list->entry[n].len = cpu_to_le32(part);
		list->entry[n].addr = cpu_to_le64(sg_dma_address(sg));
		len -= part;
		n++;
	}
	list->head.count = cpu_to_le32(n);
}

static void fill_flat(const struct qatvf_buffers *buf, struct la_req *msg)
{
	msg->src = cpu_to_le64(sg_dma_address(buf->src));
	msg->src_len = cpu_to_le32(buf->src_len);
	msg->dst = msg->src;
	msg->dst_len = msg->src_len;
	if (qatvf_buffers_in_place(buf))
		return;
	msg->dst = cpu_to_le64(sg_dma_address(buf->dst));
	msg->dst_len = cpu_to_le32(buf->dst_len);
}

/**
 * qatvf_buffers_fill() - write source and destination into a message
 * @buf: mapped
 * @msg: message, zeroed
 * @mem: memory of its slot
 * @mem_dma: where the device sees that
 *
 * Context: under the ring pair's lock, see struct qatvf_request_ops.
 */
void qatvf_buffers_fill(const struct qatvf_buffers *buf, struct la_req *msg,
			struct qatvf_slot_mem *mem, dma_addr_t mem_dma)
{
	bool same = qatvf_buffers_in_place(buf);

	if (buf->src_segs == 1 && (same || buf->dst_segs == 1)) {
		fill_flat(buf, msg);
		return;
	}
	msg->ptr_flags = QAT_FW_PTR_SGL;
	fill_list(&mem->src, buf->src, buf->src_segs, buf->src_len);
	msg->src = cpu_to_le64(mem_dma + offsetof(struct qatvf_slot_mem, src));
	msg->dst = msg->src;
	if (same)
		return;
	fill_list(&mem->dst, buf->dst, buf->dst_segs, buf->dst_len);
	msg->dst = cpu_to_le64(mem_dma + offsetof(struct qatvf_slot_mem, dst));
}
