/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * TAP output of the host's test programs: number each case, say what went wrong,
 * end with the plan and an exit code.
 */
#ifndef QATVF_TEST_TAP_H
#define QATVF_TEST_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

static unsigned int tap_count, tap_failed;

/**
 * tap_result() - one case is over
 * @good: did it pass
 * @format: its name, as for printf()
 */
static void __attribute__((format(printf, 2, 3)))
tap_result(bool good, const char *format, ...)
{
	va_list args;

	tap_failed += !good;
	printf("%s %u - ", good ? "ok" : "not ok", ++tap_count);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	fflush(stdout);
}

/**
 * tap_finish() - print the plan
 *
 * Return: exit code of the program.
 */
static int tap_finish(void)
{
	printf("1..%u\n", tap_count);
	return tap_failed || !tap_count;
}

#endif
