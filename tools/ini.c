// SPDX-License-Identifier: GPL-2.0
/*
 * The file form of a configuration, qatvf.conf(5): sections in brackets, lines
 * "key = value", comments.  The text may come from anybody: every line is checked, and
 * every error is told with its line.
 */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "qatvfctl.h"

#define LINE_LEN	256
#define ERRORS_MAX	50

/**
 * struct ini - a file being read
 * @name:	for messages
 * @line:	number of the line
 * @errors:	so far
 * @conf:	result
 * @profile:	section [profile], or NULL
 * @pf:		section [pf] or [vf], or NULL
 * @is_vf:	section [vf]: @first to @last
 * @first:	first VF
 * @last:	last VF
 * @seen:	keys of this section
 */
struct ini {
	const char *name;
	unsigned int line;
	unsigned int errors;
	struct conf *conf;
	struct profile *profile;
	struct pf_conf *pf;
	bool is_vf;
	unsigned int first;
	unsigned int last;
	unsigned int seen;
};

/* Bits of ini.seen beyond those of settings. */
enum {
	SEEN_PROFILE = QATVF_SETTINGS,
	SEEN_NUM_VFS,
	SEEN_ENABLE,
};

static void __attribute__((format(printf, 2, 3)))
complain(struct ini *ini, const char *format, ...)
{
	char text[LINE_LEN + 128];
	va_list args;

	if (ini->errors++ >= ERRORS_MAX)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	errors_add("%s:%u: %s", ini->name, ini->line, text);
}

static char *trim(char *text)
{
	size_t len;

	while (isspace((unsigned char)*text))
		text++;
	len = strlen(text);
	while (len && isspace((unsigned char)text[len - 1]))
		text[--len] = '\0';
	return text;
}

/* "N" or "N-M" */
static bool parse_range(const char *text, unsigned int *first, unsigned int *last)
{
	char *end;

	if (!isdigit((unsigned char)*text))
		return false;
	*first = *last = strtoul(text, &end, 10);
	if (*end == '-' && isdigit((unsigned char)end[1]))
		*last = strtoul(end + 1, &end, 10);
	return !*end && *first <= *last && *last < QATVF_CONFIG_VFS;
}

static void no_section(struct ini *ini)
{
	ini->profile = NULL;
	ini->pf = NULL;
	ini->is_vf = false;
	ini->seen = 0;
}

static void begin_profile(struct ini *ini, const char *name)
{
	if (!qatvf_config_profile_name(name)) {
		complain(ini, "a profile's name is up to %d letters, digits, '-', '_', '.'",
			 NAME_LEN - 1);
		return;
	}
	if (conf_profile(ini->conf, name, false)) {
		complain(ini, "profile %s is there already", name);
		return;
	}
	ini->profile = conf_profile(ini->conf, name, true);
	if (!ini->profile)
		complain(ini, "more than %d profiles", MAX_PROFILES);
}

static void begin_pf(struct ini *ini, const char *address, bool vf)
{
	if (!qatvf_config_address(address)) {
		complain(ini, "%s is not the address of a PF, DDDD:BB:DD.F", address);
		return;
	}
	ini->pf = conf_pf(ini->conf, address, false);
	if (vf && !ini->pf)
		complain(ini, "[vf %s] before [pf %s]", address, address);
	if (vf)
		return;
	if (ini->pf) {
		complain(ini, "PF %s is there already", address);
		ini->pf = NULL;
		return;
	}
	ini->pf = conf_pf(ini->conf, address, true);
	if (!ini->pf)
		complain(ini, "more than %d PFs", MAX_PFS);
}

/* "[kind name]" or "[vf address range]" */
static void begin_section(struct ini *ini, char *line)
{
	char *words[4], *save, *word;
	size_t len = strlen(line);
	int n = 0;

	no_section(ini);
	if (line[len - 1] != ']') {
		complain(ini, "a section ends with ]");
		return;
	}
	line[len - 1] = '\0';
	for (word = strtok_r(line + 1, " \t", &save); word && n < 4;
	     word = strtok_r(NULL, " \t", &save))
		words[n++] = word;
	if (n == 2 && !strcmp(words[0], "profile")) {
		begin_profile(ini, words[1]);
	} else if (n == 2 && !strcmp(words[0], "pf")) {
		begin_pf(ini, words[1], false);
	} else if (n == 3 && !strcmp(words[0], "vf")) {
		begin_pf(ini, words[1], true);
		ini->is_vf = ini->pf;
		if (parse_range(words[2], &ini->first, &ini->last))
			return;
		complain(ini, "%s is not a VF, 0 to %d, or a range of them", words[2],
			 QATVF_CONFIG_VFS - 1);
		no_section(ini);
	} else {
		complain(ini, "sections are [profile NAME], [pf ADDRESS], [vf ADDRESS NUMBERS]");
	}
}

static bool once(struct ini *ini, unsigned int bit, const char *key)
{
	if (ini->seen & 1u << bit) {
		complain(ini, "%s is said twice", key);
		return false;
	}
	ini->seen |= 1u << bit;
	return true;
}

static void refuse(struct ini *ini, const char *key, const char *value, int err)
{
	if (err)
		complain(ini, "%s = %.40s: %s", key, value, conf_errno(err));
}

static void pf_key(struct ini *ini, const char *key, const char *value)
{
	if (!strcmp(key, "services")) {
		if (once(ini, QATVF_SET_SERVICES, key))
			refuse(ini, key, value,
			       qatvf_config_set_services(&ini->pf->config, value));
	} else if (!strcmp(key, "num_vfs")) {
		if (once(ini, SEEN_NUM_VFS, key))
			refuse(ini, key, value,
			       qatvf_config_set_num_vfs(&ini->pf->config, value));
	} else if (!strcmp(key, "enable")) {
		if (!once(ini, SEEN_ENABLE, key))
			return;
		ini->pf->enable = !strcmp(value, "yes");
		if (!ini->pf->enable && strcmp(value, "no"))
			refuse(ini, key, value, -EINVAL);
	} else {
		complain(ini, "a PF has services, num_vfs and enable, but no %.40s", key);
	}
}

static void link_key(struct ini *ini, const char *value)
{
	unsigned int nr;

	if (!once(ini, SEEN_PROFILE, "profile"))
		return;
	if (!qatvf_config_profile_name(value)) {
		refuse(ini, "profile", value, -EINVAL);
		return;
	}
	for (nr = ini->first; nr <= ini->last; nr++)
		strcpy(ini->pf->profile[nr], value);
}

static void set_key(struct ini *ini, unsigned int setting, const char *key, const char *value)
{
	unsigned int nr;
	int err = 0;

	if (!once(ini, setting, key))
		return;
	if (ini->profile)
		err = qatvf_config_set(&ini->profile->settings, setting, value);
	for (nr = ini->first; ini->is_vf && !err && nr <= ini->last; nr++)
		err = qatvf_config_set(&ini->pf->config.vf[nr], setting, value);
	refuse(ini, key, value, err);
}

static void take_key(struct ini *ini, const char *key, const char *value)
{
	unsigned int setting;

	if (!*value) {
		complain(ini, "%.40s has no value", key);
		return;
	}
	if (ini->pf && !ini->is_vf) {
		pf_key(ini, key, value);
		return;
	}
	if (ini->is_vf && !strcmp(key, "profile")) {
		link_key(ini, value);
		return;
	}
	for (setting = 0; setting < QATVF_SETTINGS; setting++)
		if (!strcmp(key, qatvf_config_setting_name(setting)))
			break;
	if (setting == QATVF_SETTINGS || (ini->profile && setting == QATVF_SET_LABEL))
		complain(ini, "unknown key %.40s", key);
	else
		set_key(ini, setting, key, value);
}

static void take_line(struct ini *ini, char *line)
{
	char *value;

	line = trim(line);
	if (!*line || *line == '#' || *line == ';')
		return;
	if (*line == '[') {
		begin_section(ini, line);
		return;
	}
	value = strchr(line, '=');
	if (!value) {
		complain(ini, "neither a section nor KEY = VALUE");
		return;
	}
	*value++ = '\0';
	line = trim(line);
	/* The lines of a section that was refused are passed over. */
	if (ini->profile || ini->pf)
		take_key(ini, line, trim(value));
	else if (!ini->errors)
		complain(ini, "%.40s before any section", line);
}

/* A line without its end; false for one that is too long or holds a NUL. */
static int get_line(FILE *in, char *line)
{
	size_t len = 0;
	bool good = true;
	int c;

	while ((c = getc(in)) != EOF && c != '\n') {
		if (!c || len == LINE_LEN - 1)
			good = false;
		else
			line[len++] = c;
	}
	line[len] = '\0';
	if (c == EOF && !len && good)
		return EOF;
	return good;
}

/**
 * ini_read() - read a file
 * @in: file
 * @name: its name, for messages
 * @conf: emptied and filled
 *
 * Return: number of errors.
 */
unsigned int ini_read(FILE *in, const char *name, struct conf *conf)
{
	struct ini ini = { .name = name, .conf = conf };
	char line[LINE_LEN];
	int got;

	memset(conf, 0, sizeof(*conf));
	while ((got = get_line(in, line)) != EOF) {
		ini.line++;
		if (got)
			take_line(&ini, line);
		else
			complain(&ini, "longer than %d characters, or not text", LINE_LEN - 1);
	}
	if (ferror(in))
		complain(&ini, "cannot be read");
	return ini.errors;
}

static void write_settings(FILE *out, const struct qatvf_config_vf *vf)
{
	char text[QATVF_CONFIG_TEXT];
	unsigned int setting;

	for (setting = 0; setting < QATVF_SETTINGS; setting++)
		if (qatvf_config_show(vf, setting, text))
			fprintf(out, "%s = %s\n", qatvf_config_setting_name(setting), text);
}

static void write_pf(FILE *out, const struct pf_conf *pf)
{
	unsigned int nr;

	fprintf(out, "\n[pf %s]\n", pf->address);
	fprintf(out, "services = %s\nnum_vfs = %u\n", pf->config.services, pf->config.num_vfs);
	if (!pf->enable)
		fprintf(out, "enable = no\n");
	for (nr = 0; nr < QATVF_CONFIG_VFS; nr++) {
		if (!pf->config.vf[nr].set && !*pf->profile[nr])
			continue;
		fprintf(out, "\n[vf %s %u]\n", pf->address, nr);
		if (*pf->profile[nr])
			fprintf(out, "profile = %s\n", pf->profile[nr]);
		write_settings(out, &pf->config.vf[nr]);
	}
}

/**
 * ini_write() - write a file that ini_read() takes
 * @out: file
 * @conf: configuration
 */
void ini_write(FILE *out, const struct conf *conf)
{
	unsigned int i;

	fprintf(out, "# Configuration of QuickAssist devices, see qatvf.conf(5)\n");
	for (i = 0; i < conf->profiles; i++) {
		fprintf(out, "\n[profile %s]\n", conf->profile[i].name);
		write_settings(out, &conf->profile[i].settings);
	}
	for (i = 0; i < conf->pfs; i++)
		write_pf(out, &conf->pf[i]);
}
