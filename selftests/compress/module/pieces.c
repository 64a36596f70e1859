// SPDX-License-Identifier: GPL-2.0
/*
 * Scatterlists whose entries have pages of their own, with a guard before and
 * behind: whatever is not data holds a pattern.
 */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "internal.h"

#define GUARD		0xa5
#define GUARD_BYTES	64
/* Offsets differ from piece to piece, and are odd. */
#define OFFSET(i)	((i) * 173 % 1024 + 1)

/**
 * struct piece - memory of one entry
 * @base: all of it, with the guards
 * @size: bytes of it
 * @data: where the entry starts
 * @len: bytes of the entry
 */
struct piece {
	u8 *base;
	size_t size;
	u8 *data;
	unsigned int len;
};

/**
 * struct qcmp_pieces - a scatterlist and its memory
 * @sgl: the list
 * @n: entries
 * @piece: their memory
 */
struct qcmp_pieces {
	struct scatterlist *sgl;
	unsigned int n;
	struct piece piece[];
};

static int alloc_piece(struct piece *piece, unsigned int offset,
		       unsigned int len)
{
	piece->size = PAGE_ALIGN(GUARD_BYTES + offset + len + GUARD_BYTES);
	piece->base = alloc_pages_exact(piece->size, GFP_KERNEL | __GFP_NOWARN);
	if (!piece->base)
		return -ENOMEM;
	memset(piece->base, GUARD, piece->size);
	piece->data = piece->base + GUARD_BYTES + offset;
	piece->len = len;
	return 0;
}

/**
 * qcmp_pieces_free() - free it
 * @pieces: list or NULL
 */
void qcmp_pieces_free(struct qcmp_pieces *pieces)
{
	unsigned int i;

	if (!pieces)
		return;
	for (i = 0; i < pieces->n; i++)
		if (pieces->piece[i].base)
			free_pages_exact(pieces->piece[i].base,
					 pieces->piece[i].size);
	kvfree(pieces->sgl);
	kvfree(pieces);
}

/**
 * qcmp_pieces_create() - build a scatterlist
 * @len: bytes
 * @n: entries; at most @len of them are made, but one at least
 *
 * Return: list or ERR_PTR(-ENOMEM).
 */
struct qcmp_pieces *qcmp_pieces_create(unsigned int len, unsigned int n)
{
	struct qcmp_pieces *pieces;
	unsigned int i, from = 0;

	n = clamp(n, 1U, max(len, 1U));
	pieces = kvzalloc(struct_size(pieces, piece, n), GFP_KERNEL);
	if (!pieces)
		return ERR_PTR(-ENOMEM);
	pieces->n = n;
	pieces->sgl = kvcalloc(n, sizeof(*pieces->sgl), GFP_KERNEL);
	if (!pieces->sgl)
		goto fail;
	sg_init_table(pieces->sgl, n);
	for (i = 0; i < n; i++) {
		unsigned int to = mul_u64_u32_div(len, i + 1, n);
		struct piece *piece = &pieces->piece[i];

		if (alloc_piece(piece, OFFSET(i), to - from))
			goto fail;
		sg_set_page(&pieces->sgl[i], virt_to_page(piece->data),
			    piece->len, offset_in_page(piece->data));
		from = to;
	}
	return pieces;

fail:
	qcmp_pieces_free(pieces);
	return ERR_PTR(-ENOMEM);
}

/**
 * qcmp_pieces_sgl() - the scatterlist
 * @pieces: list
 */
struct scatterlist *qcmp_pieces_sgl(struct qcmp_pieces *pieces)
{
	return pieces->sgl;
}

/**
 * qcmp_pieces_put() - fill it
 * @pieces: list
 * @data: as many bytes as it holds
 */
void qcmp_pieces_put(struct qcmp_pieces *pieces, const u8 *data)
{
	unsigned int i;

	for (i = 0; i < pieces->n; i++) {
		memcpy(pieces->piece[i].data, data, pieces->piece[i].len);
		data += pieces->piece[i].len;
	}
}

/**
 * qcmp_pieces_get() - collect its content
 * @pieces: list
 * @data: where to
 * @len: bytes, not more than it holds
 */
void qcmp_pieces_get(const struct qcmp_pieces *pieces, u8 *data,
		     unsigned int len)
{
	unsigned int i;

	for (i = 0; i < pieces->n && len; i++) {
		unsigned int part = min(len, pieces->piece[i].len);

		memcpy(data, pieces->piece[i].data, part);
		data += part;
		len -= part;
	}
}

/**
 * qcmp_pieces_damage() - look for writes outside of it
 * @pieces: list
 *
 * Return: entries around which something was changed.
 */
unsigned int qcmp_pieces_damage(const struct qcmp_pieces *pieces)
{
	unsigned int i, damaged = 0;

	for (i = 0; i < pieces->n; i++) {
		const struct piece *piece = &pieces->piece[i];
		const u8 *end = piece->data + piece->len;

		if (memchr_inv(piece->base, GUARD, piece->data - piece->base) ||
		    memchr_inv(end, GUARD, piece->base + piece->size - end))
			damaged++;
	}
	return damaged;
}
