// SPDX-License-Identifier: GPL-2.0
/*
 * Reading debugfs qat_4xxxvf_BDF/ring_pairs: a line of names, then one line of
 * numbers for each ring pair.  Columns are found by name.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "counters.h"

#define PATTERN		"/sys/kernel/debug/qat_4xxxvf_*/ring_pairs"
#define COLUMNS		32

static void add(struct counters *sum, const char *name, unsigned long long value)
{
	const struct {
		const char *name;
		unsigned long long *value;
	} columns[] = {
		{ "requests", &sum->requests },
		{ "responses", &sum->responses },
		{ "in_flight", &sum->in_flight },
		{ "doorbells", &sum->doorbells },
		{ "backlogged", &sum->backlogged },
		{ "refused", &sum->refused },
		{ "errors", &sum->errors },
		{ "forged", &sum->forged },
	};
	unsigned int i;

	for (i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (!strcmp(columns[i].name, name))
			*columns[i].value += value;
	if (!strcmp(name, "requests") && value)
		sum->used++;
}

static void read_file(struct counters *sum, const char *path)
{
	char head[512], line[512], *names[COLUMNS], *word, *rest;
	FILE *file = fopen(path, "r");
	unsigned int n = 0, i;

	if (!file)
		return;
	if (fgets(head, sizeof(head), file))
		for (word = strtok(head, " \n"); word && n < COLUMNS;
		     word = strtok(NULL, " \n"))
			names[n++] = word;
	while (n && fgets(line, sizeof(line), file)) {
		rest = line;
		for (i = 0; i < n; i++)
			add(sum, names[i], strtoull(rest, &rest, 0));
		sum->ring_pairs++;
	}
	fclose(file);
}

/**
 * counters_read() - sum the counters up
 * @sum: filled; all 0 if there is no VF
 */
void counters_read(struct counters *sum)
{
	glob_t found;
	size_t i;

	memset(sum, 0, sizeof(*sum));
	if (glob(PATTERN, 0, NULL, &found))
		return;
	for (i = 0; i < found.gl_pathc; i++)
		read_file(sum, found.gl_pathv[i]);
	globfree(&found);
}
