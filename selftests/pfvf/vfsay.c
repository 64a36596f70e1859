// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfsay - act as a VF that no driver is bound to, and speak to its PF
 *
 *	vfsay COMMAND [NUMBER...] [KEY[=VALUE]...] BDF...
 *
 * BDF like 0000:6b:00.1; -l before the command accepts a PF that replies after its
 * acknowledgement, as Linux's does. Exit status 0 if the PF did what reference 04
 * asks for; otherwise lines beginning with # say what it did.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"

#define MAX_VFS		64
#define MAX_WORDS	16

static const struct {
	const char *name, *help;
	bool (*say)(struct arguments *args);
} commands[] = {
	{ "works", "one short exchange with each VF", say_works },
	{ "transcript", "bring-up as in section 10.1, word by word", say_transcript },
	{ "versions", "COMPAT 0 to 255 and VERSION_REQ", say_versions },
	{ "init-only", "INIT and SHUTDOWN without a version exchange", say_init_only },
	{ "blocks", "every byte of every block type", say_blocks },
	{ "crcs", "the CRC up to every byte of every block type", say_crcs },
	{ "resets", "ring pair resets, good and with reserved bits", say_resets },
	{ "done-early", "RESTARTING_DONE that nobody asked for", say_done_early },
	{ "unknown", "every type that is not defined", say_unknown },
	{ "no-origin", "every type with the system bit clear", say_no_origin },
	{ "no-int", "words without the interrupt bit", say_no_int },
	{ "garbage", "SEED COUNT: random words, each answer checked", say_garbage },
	{ "replaced", "SEED COUNT: words replaced before they are read", say_replaced },
	{ "deaf", "COUNT: never acknowledge a reply", say_deaf },
	{ "meddle", "SEED COUNT: write nonsense to PF2VM in between", say_meddle },
	{ "dpdk", "COUNT: read the reply at once, acknowledge blindly", say_dpdk },
	{ "qatlib", "COUNT: one read 100 us after the acknowledgement", say_qatlib },
	{ "flood", "SECONDS: first VF floods, the others go on", say_flood },
	{ "watch", "[version=N|legacy] [init] [shutdown] [done=MS] [deaf] [again]\n"
	  "\t\t[for=SECONDS]: print what the PF says", say_watch },
};

#define NUM_COMMANDS	(sizeof(commands) / sizeof(commands[0]))

static int usage(void)
{
	size_t i;

	fprintf(stderr, "usage: vfsay [-l] COMMAND [NUMBER...] [KEY[=VALUE]...] BDF...\n");
	for (i = 0; i < NUM_COMMANDS; i++)
		fprintf(stderr, "  %-12s %s\n", commands[i].name, commands[i].help);
	return 2;
}

static bool too_many(const char *what)
{
	fprintf(stderr, "vfsay: too many %s\n", what);
	return false;
}

/* A BDF has colons, a number begins with a digit, all else is a word. */
static bool sort_arguments(struct arguments *args, char **arg)
{
	static char *words[MAX_WORDS];
	static struct vf vfs[MAX_VFS];
	unsigned int numbers = 0;

	args->words = words;
	args->vf = vfs;
	for (; *arg; arg++) {
		if (strchr(*arg, ':')) {
			if (args->num_vfs == MAX_VFS)
				return too_many("VFs");
			if (!vf_open(&vfs[args->num_vfs++], *arg))
				return false;
		} else if (**arg >= '0' && **arg <= '9') {
			if (numbers == 2)
				return too_many("numbers");
			args->number[numbers++] = strtoul(*arg, NULL, 0);
		} else {
			if (args->num_words == MAX_WORDS)
				return too_many("words");
			words[args->num_words++] = *arg;
		}
	}
	if (!args->num_vfs)
		fprintf(stderr, "vfsay: no VF given\n");
	return args->num_vfs;
}

int main(int argc, char **argv)
{
	struct arguments args = { 0 };
	size_t i;

	setvbuf(stdout, NULL, _IOLBF, 0);
	argv++;
	if (argc > 1 && !strcmp(*argv, "-l")) {
		reply_may_be_late = true;
		argv++;
	}
	if (!*argv)
		return usage();
	for (i = 0; i < NUM_COMMANDS; i++) {
		if (strcmp(*argv, commands[i].name))
			continue;
		if (!sort_arguments(&args, argv + 1))
			return 2;
		return !commands[i].say(&args);
	}
	return usage();
}
