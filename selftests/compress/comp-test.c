// SPDX-License-Identifier: GPL-2.0
/*
 * comp-test - drive the kernel's compression and compare with others
 *
 *	comp-test [--seed N] trips FORMAT...		good requests; TAP
 *	comp-test [--seed N] wrong FORMAT...		bad ones; TAP
 *	comp-test [--seed N] load FORMAT SECONDS	round trips in a loop
 *	comp-test [--seed N] once FORMAT TIMES		so many round trips
 *	comp-test memory MEGABYTES			fill memory and compare
 *
 * FORMAT is deflate, lz4 or zstd.  All but "memory" need the module qatvf_comp_test.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "comp.h"
#include "points.h"
#include "random.h"

static int usage(void)
{
	fprintf(stderr, "usage: comp-test [--seed N] trips|wrong|load|once|memory FORMAT...\n");
	return 2;
}

static int points(void (*test)(const struct format *), char **names)
{
	for (; *names; names++) {
		if (!format_find(*names))
			return usage();
		test(format_find(*names));
	}
	return points_finish();
}

static int loop(int (*test)(const struct format *, unsigned int), char **words)
{
	const struct format *format = format_find(words[0]);

	if (!format || !words[1])
		return usage();
	return test(format, atoi(words[1]));
}

int main(int argc, char **argv)
{
	uint64_t seed = 0;
	char **word = argv + 1;

	if (getrandom(&seed, 4, 0) != 4)
		seed = 1;
	if (argc > 2 && !strcmp(*word, "--seed")) {
		seed = strtoull(word[1], NULL, 0);
		word += 2;
	}
	if (!word[0] || !word[1])
		return usage();
	if (!strcmp(word[0], "memory"))
		return memory(atoi(word[1]));
	random_seed(seed);
	kernel_open();
	printf("# seed %llu\n", (unsigned long long)seed);
	if (!strcmp(word[0], "trips"))
		return points(round_trips, word + 1);
	if (!strcmp(word[0], "wrong"))
		return points(wrong_input, word + 1);
	if (!strcmp(word[0], "load"))
		return loop(load, word + 1);
	if (!strcmp(word[0], "once"))
		return loop(once, word + 1);
	return usage();
}
