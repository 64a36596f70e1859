// SPDX-License-Identifier: GPL-2.0
/*
 * The counters of ring pairs as a table, for debugfs files of VFs and PFs.
 */
#include <linux/export.h>
#include <linux/seq_file.h>

#include "qatvf/ring_pair.h"

/**
 * qatvf_ring_pair_show_head() - the table's first line
 * @s: file
 *
 * Context: any.
 */
void qatvf_ring_pair_show_head(struct seq_file *s)
{
	seq_puts(s, "rp requests responses in_flight doorbells interrupts polls backlogged refused errors forged\n");
}
EXPORT_SYMBOL_GPL(qatvf_ring_pair_show_head);

/**
 * qatvf_ring_pair_show() - the line of a ring pair
 * @s: file
 * @nr: its number
 * @rp: ring pair; the caller keeps it alive
 *
 * Context: any but hard interrupt.
 */
void qatvf_ring_pair_show(struct seq_file *s, unsigned int nr, struct qatvf_ring_pair *rp)
{
	struct qatvf_ring_pair_stats st;

	qatvf_ring_pair_stats(rp, &st);
	seq_printf(s, "%u %llu %llu %u %llu %llu %llu %llu %llu %llu %llu\n", nr,
		   st.requests, st.responses, st.in_flight, st.doorbells,
		   st.interrupts, st.polls, st.backlogged, st.refused,
		   st.errors, st.forged);
}
EXPORT_SYMBOL_GPL(qatvf_ring_pair_show);
