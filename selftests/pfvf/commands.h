/* SPDX-License-Identifier: GPL-2.0-only */
/* The commands of vfsay; each is a file say-*.c, and the table is in vfsay.c. */
#ifndef QATVF_TEST_COMMANDS_H
#define QATVF_TEST_COMMANDS_H

#include "mailbox.h"

/**
 * struct arguments - what a command works with
 * @vf: VFs, opened
 * @num_vfs: how many, at least one
 * @number: numbers of the command line in their order, 0 where missing
 * @words: everything of the form KEY or KEY=VALUE, for the commands that take it
 * @num_words: how many
 */
struct arguments {
	struct vf *vf;
	unsigned int num_vfs;
	unsigned long number[2];
	char **words;
	unsigned int num_words;
};

bool say_works(struct arguments *args);
bool say_transcript(struct arguments *args);
bool say_versions(struct arguments *args);
bool say_init_only(struct arguments *args);
bool say_blocks(struct arguments *args);
bool say_crcs(struct arguments *args);
bool say_resets(struct arguments *args);
bool say_done_early(struct arguments *args);
bool say_unknown(struct arguments *args);
bool say_no_origin(struct arguments *args);
bool say_no_int(struct arguments *args);
bool say_garbage(struct arguments *args);
bool say_replaced(struct arguments *args);
bool say_deaf(struct arguments *args);
bool say_meddle(struct arguments *args);
bool say_dpdk(struct arguments *args);
bool say_qatlib(struct arguments *args);
bool say_flood(struct arguments *args);
bool say_watch(struct arguments *args);

#endif
