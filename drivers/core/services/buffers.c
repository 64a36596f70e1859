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

/* An IOMMU may make few segments of many entries, but one has to stop somewhere. */
#define MAX_ENTRIES	256

/*
 * Number of entries that hold @len bytes, or an error if software has to take
 * them: too many, too few bytes, or an empty one among them, at which
 * dma_unmap_sg() would stop and leave the rest mapped.
 */
static int count_entries(struct scatterlist *sg, unsigned int len)
{
	int n;

	for (n = 1; sg && n <= MAX_ENTRIES; sg = sg_next(sg), n++) {
		if (!sg->length)
			return -E2BIG;
		if (sg->length >= len)
			return n;
		len -= sg->length;
	}
	return -E2BIG;
}

/* Rare, and apart: the usual case saves no registers for it. */
static noinline int map_entries(struct device *dev, struct scatterlist *sgl,
				unsigned int len, enum dma_data_direction dir,
				int *nents, int *segs)
{
	*nents = count_entries(sgl, len);
	if (*nents < 0)
		return *nents;
	*segs = dma_map_sg(dev, sgl, *nents, dir);
	if (*segs <= QATVF_MAX_SEGS)
		return *segs ? 0 : -ENOMEM;
	dma_unmap_sg(dev, sgl, *nents, dir);
	return -E2BIG;
}

/*
 * A list of one entry, as most are, is mapped as the page it is: that costs less.
 * The address is left where dma_map_sg() would leave it.
 */
static int map_list(struct device *dev, struct scatterlist *sgl,
		    unsigned int len, enum dma_data_direction dir, int *nents,
		    int *segs)
{
	dma_addr_t addr;

	if (!sgl || !sgl->length || sgl->length < len)
		return map_entries(dev, sgl, len, dir, nents, segs);
	addr = dma_map_page(dev, sg_page(sgl), sgl->offset, sgl->length, dir);
	if (dma_mapping_error(dev, addr))
		return -ENOMEM;
	sg_dma_address(sgl) = addr;
	sg_dma_len(sgl) = sgl->length;
	*nents = 1;
	*segs = 1;
	return 0;
}

static void unmap_list(struct device *dev, struct scatterlist *sgl, int nents,
		       enum dma_data_direction dir)
{
	if (nents > 1)
		dma_unmap_sg(dev, sgl, nents, dir);
	else
		dma_unmap_page(dev, sg_dma_address(sgl), sgl->length, dir);
}

/**
 * qatvf_buffers_map() - map a request's data
 * @buf: with lists and lengths set
 * @dev: device that will work on it
 *
 * Context: any; does not sleep.
 * Return: 0; -E2BIG if a list has too many segments for the device or too few
 * bytes; -ENOMEM if the mapping failed.  Software can take the request then.
 */
int qatvf_buffers_map(struct qatvf_buffers *buf, struct device *dev)
{
	int err;

	buf->dev = dev;
	if (qatvf_buffers_in_place(buf)) {
		/* One list for both: what is written may be longer than what is read. */
		buf->src_len = max(buf->src_len, buf->dst_len);
		buf->dst_nents = 0;
		return map_list(dev, buf->src, buf->src_len, DMA_BIDIRECTIONAL,
				&buf->src_nents, &buf->src_segs);
	}
	err = map_list(dev, buf->src, buf->src_len, DMA_TO_DEVICE,
		       &buf->src_nents, &buf->src_segs);
	if (err)
		return err;
	err = map_list(dev, buf->dst, buf->dst_len, DMA_FROM_DEVICE,
		       &buf->dst_nents, &buf->dst_segs);
	if (err)
		unmap_list(dev, buf->src, buf->src_nents, DMA_TO_DEVICE);
	return err;
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
		unmap_list(buf->dev, buf->src, buf->src_nents,
			   DMA_BIDIRECTIONAL);
		return;
	}
	unmap_list(buf->dev, buf->dst, buf->dst_nents, DMA_FROM_DEVICE);
	unmap_list(buf->dev, buf->src, buf->src_nents, DMA_TO_DEVICE);
}

/**
 * qatvf_buffers_shared() - is what is written also what is read?
 * @buf: mapped, or unmapped since
 *
 * Two lists may describe the same memory.  What a device left half done on it
 * cannot be done again.
 *
 * Context: any; for the rare case: compares all entries with all.
 * Return: true if a byte of the source is one of the destination, too.
 */
bool qatvf_buffers_shared(const struct qatvf_buffers *buf)
{
	struct scatterlist *src, *dst;
	int i, j;

	if (qatvf_buffers_in_place(buf))
		return true;
	for_each_sg(buf->src, src, buf->src_nents, i)
		for_each_sg(buf->dst, dst, buf->dst_nents, j)
			if (sg_phys(src) < sg_phys(dst) + dst->length &&
			    sg_phys(dst) < sg_phys(src) + src->length)
				return true;
	return false;
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

/*
 * The device works in place where both addresses are the same (05 section 6.2), and
 * then knows one length.  Two lists over the same memory have the same address, too,
 * where no IOMMU translates.
 */
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
	if (msg->src == msg->dst)
		msg->src_len = cpu_to_le32(max(buf->src_len, buf->dst_len));
}

/* Apart, as map_entries() is. */
static noinline void fill_lists(const struct qatvf_buffers *buf,
				struct la_req *msg, struct qatvf_slot_mem *mem,
				dma_addr_t mem_dma)
{
	msg->ptr_flags = QAT_FW_PTR_SGL;
	fill_list(&mem->src, buf->src, buf->src_segs, buf->src_len);
	msg->src = cpu_to_le64(mem_dma + offsetof(struct qatvf_slot_mem, src));
	msg->dst = msg->src;
	if (qatvf_buffers_in_place(buf))
		return;
	fill_list(&mem->dst, buf->dst, buf->dst_segs, buf->dst_len);
	msg->dst = cpu_to_le64(mem_dma + offsetof(struct qatvf_slot_mem, dst));
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
	if (buf->src_segs == 1 &&
	    (qatvf_buffers_in_place(buf) || buf->dst_segs == 1))
		fill_flat(buf, msg);
	else
		fill_lists(buf, msg, mem, mem_dma);
}
