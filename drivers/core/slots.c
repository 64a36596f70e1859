// SPDX-License-Identifier: GPL-2.0
/*
 * Device-visible memory of a ring pair's slots.  It comes in blocks, since to allocate
 * and map some hundred pages one by one is most of what setting up a ring pair takes.
 */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "ring_pair.h"

#define SLOTS_PER_PAGE	3
/* The largest that the page allocator gives readily when memory is fragmented. */
#define PAGES_PER_BLOCK	BIT(PAGE_ALLOC_COSTLY_ORDER)

/** struct slot_page - a page of slots: none of them crosses its end */
struct slot_page {
	struct qatvf_slot_mem slot[SLOTS_PER_PAGE];
	u8 unused[4096 - SLOTS_PER_PAGE * sizeof(struct qatvf_slot_mem)];
};

static_assert(sizeof(struct slot_page) == 4096);
static_assert(SLOTS_PER_PAGE * PAGES_PER_BLOCK == QATVF_SLOTS_PER_BLOCK);
/* What the device wants of buffer lists and descriptors. */
static_assert(sizeof(struct qatvf_slot_mem) % 64 == 0);

#define BLOCK_BYTES	(PAGES_PER_BLOCK * sizeof(struct slot_page))

/* Slot @nr of a block: from its start, in bytes. */
static size_t place(unsigned int nr)
{
	return nr / SLOTS_PER_PAGE * sizeof(struct slot_page) +
	       nr % SLOTS_PER_PAGE * sizeof(struct qatvf_slot_mem);
}

/**
 * qatvf_slots_alloc() - give each slot its memory, cleared
 * @rp: ring pair without
 *
 * Context: process context, may sleep.
 * Return: 0, or -ENOMEM; what is there then is for qatvf_slots_free().
 */
int qatvf_slots_alloc(struct qatvf_ring_pair *rp)
{
	struct qatvf_slot_block *block;
	unsigned int i, nr;

	for (i = 0; i < ARRAY_SIZE(rp->block); i++) {
		/* Coherent memory comes cleared. */
		rp->block[i].mem = dma_alloc_coherent(rp->dev, BLOCK_BYTES, &rp->block[i].dma,
						      GFP_KERNEL);
		if (!rp->block[i].mem)
			return -ENOMEM;
	}
	for (i = 0; i < QATVF_RING_ENTRIES; i++) {
		block = &rp->block[i / QATVF_SLOTS_PER_BLOCK];
		nr = i % QATVF_SLOTS_PER_BLOCK;
		rp->slots[i].mem = block->mem + place(nr);
		rp->slots[i].mem_dma = block->dma + place(nr);
	}
	return 0;
}

/**
 * qatvf_slots_free() - take it back; content descriptors hold keys, so wiped
 * @rp: ring pair that the device does not serve any more
 *
 * Context: process context, may sleep.
 */
void qatvf_slots_free(struct qatvf_ring_pair *rp)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rp->block) && rp->block[i].mem; i++) {
		memzero_explicit(rp->block[i].mem, BLOCK_BYTES);
		dma_free_coherent(rp->dev, BLOCK_BYTES, rp->block[i].mem, rp->block[i].dma);
	}
}
