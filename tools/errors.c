// SPDX-License-Identifier: GPL-2.0
/*
 * What went wrong, for people on standard error, and with --json also for programs, as a
 * list of texts at the beginning of a command's object.
 */
#include <stdarg.h>

#include "qatvfctl.h"

#define ERROR_LEN	512

static bool listed;

/**
 * errors_begin() - begin a command's object with the list of errors
 *
 * Nothing but errors is put out until errors_end().
 */
void errors_begin(void)
{
	if (!json)
		return;
	json_begin(NULL, '{');
	json_begin("errors", '[');
	listed = true;
}

/**
 * errors_end() - end of the list; the object goes on
 */
void errors_end(void)
{
	if (!json)
		return;
	json_end(']');
	listed = false;
}

/**
 * errors_add() - tell of an error
 * @format: as for printf(), one line without its end
 */
void errors_add(const char *format, ...)
{
	char text[ERROR_LEN];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	fprintf(stderr, "%s\n", text);
	if (listed)
		json_string(NULL, text);
}
