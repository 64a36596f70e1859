// SPDX-License-Identifier: GPL-2.0
/*
 * qatvfctl: QuickAssist devices and their VFs, seen and configured; see qatvfctl(8).
 */
#include <string.h>

#include "qatvfctl.h"

static const struct {
	const char *name;
	const char *arguments;
	const char *what;
	enum result (*run)(int argc, char **argv);
} commands[] = {
	{ "status", "", "PFs and VFs, as a table", do_status },
	{ "top", "[--once] [--watched] [--interval SECONDS]", "how busy they are", do_top },
	{ "apply", "FILE", "configure them as a file says", do_apply },
	{ "check", "FILE", "find errors, change nothing", do_check },
	{ "save", "", "print the configuration", do_save },
	{ "doctor", "", "what is wrong, what mends it", do_doctor },
};

#define COMMANDS	(sizeof(commands) / sizeof(commands[0]))

static enum result usage(FILE *out)
{
	size_t i;

	fprintf(out, "usage: qatvfctl [--json] [--root DIR] COMMAND\n");
	for (i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-6s %-41s %s\n", commands[i].name, commands[i].arguments,
			commands[i].what);
	return out == stdout ? DONE : USAGE;
}

int main(int argc, char **argv)
{
	enum result result;
	size_t i;
	int arg;

	for (arg = 1; arg < argc && argv[arg][0] == '-'; arg++) {
		if (!strcmp(argv[arg], "--json"))
			json = true;
		else if (!strcmp(argv[arg], "--root") && arg + 1 < argc)
			root_dir = argv[++arg];
		else
			return usage(strcmp(argv[arg], "--help") ? stderr : stdout);
	}
	for (i = 0; arg < argc && i < COMMANDS; i++) {
		if (strcmp(argv[arg], commands[i].name))
			continue;
		result = commands[i].run(argc - arg - 1, argv + arg + 1);
		return result == USAGE ? usage(stderr) : result;
	}
	return usage(stderr);
}
