// SPDX-License-Identifier: GPL-2.0
/*
 * TAP points out of many cases each; the plan comes last.
 */
#include <stdarg.h>
#include <stdio.h>

#include "points.h"

/* Failed cases of a point that are told in full. */
#define TOLD	5

static unsigned int points, points_failed;
static unsigned int cases, failed;
static char name[200], remark[200];

/**
 * point_begin() - start a point
 * @format: its name, as for printf()
 */
void point_begin(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(name, sizeof(name), format, args);
	va_end(args);
	remark[0] = 0;
	cases = 0;
	failed = 0;
}

/**
 * point_case() - one case of the point is over
 * @good: did it pass
 * @format: what it was, told if it did not
 */
void point_case(bool good, const char *format, ...)
{
	va_list args;

	cases++;
	if (good || ++failed > TOLD)
		return;
	printf("# %s: ", name);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
}

/**
 * point_remark() - what to add to the point's line
 * @format: as for printf()
 */
void point_remark(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(remark, sizeof(remark), format, args);
	va_end(args);
}

/** point_end() - print the point */
void point_end(void)
{
	bool bad = !cases || failed;
	const char *comma = "";

	if (remark[0])
		comma = ", ";
	if (failed > TOLD)
		printf("# %s: ... %u of %u cases failed\n", name, failed, cases);
	points_failed += bad;
	printf("%s %u - %s (%u cases%s%s)\n", bad ? "not ok" : "ok", ++points, name, cases,
	       comma, remark);
	fflush(stdout);
}

/**
 * points_note() - a comment
 * @format: as for printf()
 */
void points_note(const char *format, ...)
{
	va_list args;

	printf("# ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	fflush(stdout);
}

/**
 * points_finish() - print the plan
 *
 * Return: exit code of the program.
 */
int points_finish(void)
{
	printf("1..%u\n", points);
	return points_failed || !points;
}
