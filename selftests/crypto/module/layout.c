// SPDX-License-Identifier: GPL-2.0
/*
 * Scatterlists of a given shape.  Each segment has pages of its own, with a page
 * before and one behind it; whatever of them is not data holds a pattern.
 */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "internal.h"

#define GUARD	0xa5

/**
 * struct guarded - a segment's memory
 * @base: all of it
 * @size: bytes of it
 * @data: where the segment starts
 * @len: bytes of the segment
 */
struct guarded {
	u8 *base;
	size_t size;
	u8 *data;
	unsigned int len;
};

/**
 * struct qct_layout - a scatterlist and its memory
 * @sgl: the list
 * @second: another list of the same segments, or NULL
 * @n: segments
 * @segs: their memory
 */
struct qct_layout {
	struct scatterlist *sgl;
	struct scatterlist *second;
	unsigned int n;
	struct guarded segs[];
};

static int alloc_guarded(struct guarded *seg, const struct qct_seg *shape)
{
	if (shape->offset >= PAGE_SIZE || shape->len > QCT_MAX_SEG_LEN)
		return -EINVAL;
	seg->size = PAGE_ALIGN(shape->offset + shape->len) + 2 * PAGE_SIZE;
	seg->base = alloc_pages_exact(seg->size, GFP_KERNEL | __GFP_NOWARN);
	if (!seg->base)
		return -ENOMEM;
	seg->data = seg->base + PAGE_SIZE + shape->offset;
	seg->len = shape->len;
	return 0;
}

/* One table, or with @chained a table of one entry and a link for each. */
static void build_list(const struct qct_layout *layout, struct scatterlist *sgl,
		       bool chained)
{
	unsigned int stride = chained ? 2 : 1, last = layout->n - 1, i;

	if (!chained)
		sg_init_table(sgl, layout->n);
	for (i = 0; i <= last; i++) {
		const struct guarded *seg = &layout->segs[i];
		struct scatterlist *sg = &sgl[i * stride];

		if (chained)
			sg_init_table(sg, i < last ? 2 : 1);
		sg_set_page(sg, virt_to_page(seg->data), seg->len,
			    offset_in_page(seg->data));
		if (chained && i < last)
			sg_chain(sg, 2, sg + 2);
	}
}

/**
 * qct_layout_free() - free a layout
 * @layout: layout or NULL
 */
void qct_layout_free(struct qct_layout *layout)
{
	unsigned int i;

	if (!layout)
		return;
	for (i = 0; i < layout->n; i++)
		if (layout->segs[i].base)
			free_pages_exact(layout->segs[i].base,
					 layout->segs[i].size);
	kvfree(layout->sgl);
	kvfree(layout->second);
	kvfree(layout);
}

/**
 * qct_layout_create() - build a scatterlist
 * @segs: shape
 * @n: segments, at least 1
 * @chained: link lists of one entry
 *
 * Return: layout, ERR_PTR(-ENOMEM), or ERR_PTR(-EINVAL) for an impossible shape.
 */
struct qct_layout *qct_layout_create(const struct qct_seg *segs, unsigned int n,
				     bool chained)
{
	struct qct_layout *layout;
	unsigned int i;
	int err = -ENOMEM;

	layout = kvzalloc(struct_size(layout, segs, n), GFP_KERNEL);
	if (!layout)
		return ERR_PTR(-ENOMEM);
	layout->n = n;
	layout->sgl = kvcalloc(2 * n, sizeof(*layout->sgl), GFP_KERNEL);
	if (!layout->sgl)
		goto fail;
	for (i = 0; i < n; i++) {
		err = alloc_guarded(&layout->segs[i], &segs[i]);
		if (err)
			goto fail;
	}
	build_list(layout, layout->sgl, chained);
	return layout;

fail:
	qct_layout_free(layout);
	return ERR_PTR(err);
}

/**
 * qct_layout_sgl() - the scatterlist
 * @layout: layout
 */
struct scatterlist *qct_layout_sgl(struct qct_layout *layout)
{
	return layout->sgl;
}

/**
 * qct_layout_second_sgl() - another scatterlist of the same memory
 * @layout: layout
 *
 * Return: the list, which is freed with the layout, or NULL without memory.
 */
struct scatterlist *qct_layout_second_sgl(struct qct_layout *layout)
{
	if (!layout->second)
		layout->second = kvcalloc(layout->n, sizeof(*layout->second),
					  GFP_KERNEL);
	if (layout->second)
		build_list(layout, layout->second, false);
	return layout->second;
}

/**
 * qct_layout_size() - bytes that all segments hold
 * @layout: layout
 */
u64 qct_layout_size(const struct qct_layout *layout)
{
	u64 size = 0;
	unsigned int i;

	for (i = 0; i < layout->n; i++)
		size += layout->segs[i].len;
	return size;
}

/**
 * qct_layout_put() - fill everything: first the pattern, then the data
 * @layout: layout of at least @len bytes
 * @data: data, or NULL for the pattern only
 * @len: its bytes
 */
void qct_layout_put(struct qct_layout *layout, const u8 *data, unsigned int len)
{
	unsigned int i;

	for (i = 0; i < layout->n; i++) {
		struct guarded *seg = &layout->segs[i];
		unsigned int part = min(len, seg->len);

		memset(seg->base, GUARD, seg->size);
		if (data)
			memcpy(seg->data, data, part);
		if (data)
			data += part;
		len -= part;
	}
}

/**
 * qct_layout_get() - collect the data
 * @layout: layout of at least @len bytes
 * @data: where to
 * @len: bytes
 */
void qct_layout_get(const struct qct_layout *layout, u8 *data, unsigned int len)
{
	unsigned int i;

	for (i = 0; i < layout->n && len; i++) {
		unsigned int part = min(len, layout->segs[i].len);

		memcpy(data, layout->segs[i].data, part);
		data += part;
		len -= part;
	}
}

/**
 * qct_layout_damage() - look for writes outside the data
 * @layout: layout
 * @len: bytes of data
 *
 * Return: segments whose surroundings, or room behind the data, were changed.
 */
unsigned int qct_layout_damage(const struct qct_layout *layout, unsigned int len)
{
	unsigned int i, damaged = 0;

	for (i = 0; i < layout->n; i++) {
		const struct guarded *seg = &layout->segs[i];
		unsigned int part = min(len, seg->len);
		const u8 *rest = seg->data + part;

		damaged += memchr_inv(seg->base, GUARD, seg->data - seg->base) ||
			   memchr_inv(rest, GUARD, seg->base + seg->size - rest);
		len -= part;
	}
	return damaged;
}
