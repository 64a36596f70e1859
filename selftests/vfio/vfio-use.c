// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio-use - use a VF from a program, with nothing but VFIO
 *
 *	vfio-use [-c] COMMAND ADDRESS [ARGUMENT...]
 *
 * ADDRESS like 0000:6b:00.1, of a VF that vfio-pci has; -c: by its own character device
 * and iommufd instead of group and container. Exit status 0 if all was as it must be;
 * otherwise lines beginning with # on stderr say what was not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"

static const struct {
	const char *name, *help;
	bool (*use)(struct device *dev, char **arg);
} commands[] = {
	{ "hello", "what the PF says of itself and of the VF", use_hello },
	{ "cipher", "cbc|ctr encrypt|decrypt KEY IV: stdin to stdout", use_cipher },
	{ "deflate", "stdin to stdout", use_deflate },
	{ "works", "a known cipher text on each ring pair for that", use_works },
	{ "ring-reset", "each ring pair is reset by the PF and used again", use_ring_reset },
	{ "restart", "[SECONDS]: work until the PF restarts, and after it", use_restart },
	{ "clean", "nothing of a former user is there", use_clean },
	{ "hold", "keep it open until stdin ends", use_hold },
	{ "die", "by SIGKILL, with requests in flight", use_die },
	{ "handover", "ROUNDS: clean, works, die, again and again", use_handover },
	{ "scribble", "SECONDS [SEED]: nonsense into all registers", use_scribble },
	{ "peek", "requests for memory that is not ours", use_peek },
	{ "flood", "SECONDS: words to the PF as fast as it goes", use_flood },
	{ "guard", "SECONDS: work; nobody else touches what is ours", use_guard },
};

#define NUM_COMMANDS	(sizeof(commands) / sizeof(commands[0]))

static int usage(void)
{
	size_t i;

	fprintf(stderr, "usage: vfio-use [-c] COMMAND ADDRESS [ARGUMENT...]\n");
	for (i = 0; i < NUM_COMMANDS; i++)
		fprintf(stderr, "  %-12s %s\n", commands[i].name, commands[i].help);
	return 2;
}

unsigned long number(char **arg, unsigned long otherwise)
{
	return *arg ? strtoul(*arg, NULL, 0) : otherwise;
}

int main(int argc, char **argv)
{
	struct device dev = { 0 };
	size_t i;

	setvbuf(stdout, NULL, _IOLBF, 0);
	argv++;
	if (argc > 1 && !strcmp(*argv, "-c")) {
		dev.cdev = true;
		argv++;
	}
	if (!argv[0] || !argv[1])
		return usage();
	dev.address = argv[1];
	for (i = 0; i < NUM_COMMANDS; i++)
		if (!strcmp(argv[0], commands[i].name))
			return !commands[i].use(&dev, argv + 2);
	return usage();
}
