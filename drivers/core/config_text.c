// SPDX-License-Identifier: GPL-2.0
/*
 * The words of a configuration: text to settings and back.  The same words serve
 * configfs and the files of qatvfctl, which builds this file in user space.
 */
#include <linux/bits.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "qatvf/config.h"

/* Deep enough for "65535", beyond all ranges. */
#define DIGITS_MAX	5

static const char * const setting_name[QATVF_SETTINGS] = {
	[QATVF_SET_DRIVER] = "driver",
	[QATVF_SET_SERVICES] = "services",
	[QATVF_SET_RATE_ASYM] = "rate_asym",
	[QATVF_SET_RATE_SYM] = "rate_sym",
	[QATVF_SET_RATE_DC] = "rate_dc",
	[QATVF_SET_MAILBOX] = "mailbox",
	[QATVF_SET_LABEL] = "label",
};

static const char * const driver_word[] = {
	[QATVF_DRIVER_NONE] = "none",
	[QATVF_DRIVER_KERNEL] = "kernel",
	[QATVF_DRIVER_VFIO] = "vfio-pci",
};

static const char * const mailbox_word[] = {
	[QATVF_MAILBOX_NORMAL] = "normal",
	[QATVF_MAILBOX_STRICT] = "strict",
	[QATVF_MAILBOX_CLOSED] = "closed",
};

/* A combination of a PF may say dcc, compression chained to hashes: also compression. */
static const struct {
	const char *word;
	u8 services;
	bool alone;
} service_word[] = {
	{ "asym", BIT(QATVF_CONFIG_ASYM), false },
	{ "sym", BIT(QATVF_CONFIG_SYM), false },
	{ "dc", BIT(QATVF_CONFIG_DC), false },
	{ "dcc", BIT(QATVF_CONFIG_DC), true },
};

/* The text without white space around it; its length goes to @len. */
static const char *trim(const char *text, size_t *len)
{
	while (isspace(*text))
		text++;
	*len = strlen(text);
	while (*len && isspace(text[*len - 1]))
		(*len)--;
	return text;
}

static int find_word(const char * const *words, unsigned int n, const char *text, size_t len)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (strlen(words[i]) == len && !memcmp(words[i], text, len))
			return i;
	return -EINVAL;
}

/* Decimal digits at *@text up to @end; moves *@text behind them. */
static int parse_number(const char **text, const char *end, unsigned int max)
{
	const char *p = *text;
	unsigned int value = 0;

	while (p < end && isdigit(*p)) {
		value = 10 * value + (*p++ - '0');
		if (p - *text > DIGITS_MAX)
			return -ERANGE;
	}
	if (p == *text)
		return -EINVAL;
	*text = p;
	return value > max ? -ERANGE : (int)value;
}

/* Bits of services, separated by semicolons; at least one, none twice. */
static int parse_services(const char *text, size_t len, bool chained, u8 *services)
{
	unsigned int words = 0, i;
	bool alone = false;

	*services = 0;
	for (;;) {
		const char *end = memchr(text, ';', len);
		size_t n = end ? (size_t)(end - text) : len;

		for (i = 0; i < ARRAY_SIZE(service_word); i++)
			if (strlen(service_word[i].word) == n &&
			    !memcmp(service_word[i].word, text, n))
				break;
		if (i == ARRAY_SIZE(service_word) || (*services & service_word[i].services) ||
		    (service_word[i].alone && !chained))
			return -EINVAL;
		*services |= service_word[i].services;
		alone |= service_word[i].alone;
		words++;
		if (!end)
			break;
		len -= n + 1;
		text += n + 1;
	}
	return alone && words > 1 ? -EINVAL : (int)words;
}

/* "COMMITTED [PEAK]", permille; "none" or 0 for no limit. */
static int parse_rate(const char *text, size_t len, struct qatvf_config_rate *rate)
{
	const char *end = text + len;
	int committed, peak;

	if (len == strlen("none") && !memcmp(text, "none", len)) {
		memset(rate, 0, sizeof(*rate));
		return 0;
	}
	committed = parse_number(&text, end, QATVF_CONFIG_RATE_MAX);
	if (committed < 0)
		return committed;
	peak = committed;
	if (text < end) {
		if (!isspace(*text))
			return -EINVAL;
		while (text < end && isspace(*text))
			text++;
		peak = parse_number(&text, end, QATVF_CONFIG_RATE_MAX);
		if (peak < 0)
			return peak;
	}
	if (text < end || peak < committed)
		return -EINVAL;
	rate->committed = committed;
	rate->peak = peak;
	return 0;
}

/* Goes to logs, files and tables: nothing that could mean something there. */
static int parse_label(const char *text, size_t len, char *label)
{
	size_t i;

	if (len >= QATVF_CONFIG_TEXT)
		return -ENAMETOOLONG;
	for (i = 0; i < len; i++)
		if (!isascii(text[i]) || (!isalnum(text[i]) && !strchr(" -_.:/@+", text[i])))
			return -EINVAL;
	memcpy(label, text, len);
	label[len] = '\0';
	return 0;
}

/**
 * qatvf_config_init() - the configuration of a PF of which nothing was said
 * @config: all of it is set
 */
void qatvf_config_init(struct qatvf_config *config)
{
	memset(config, 0, sizeof(*config));
	snprintf(config->services, sizeof(config->services), "sym;asym");
	config->num_vfs = QATVF_CONFIG_VFS;
}

/**
 * qatvf_config_parse_services() - which services a combination holds
 * @text: a valid combination of a PF
 * @services: set to a bit per enum qatvf_config_service
 *
 * A device has two groups of engines, so a combination has one or two words.
 *
 * Return: 0, or -EINVAL if there is no such combination.
 */
int qatvf_config_parse_services(const char *text, u8 *services)
{
	size_t len;
	int words;

	text = trim(text, &len);
	words = parse_services(text, len, true, services);
	return words < 0 || words > 2 ? -EINVAL : 0;
}

/**
 * qatvf_config_set_services() - set the combination of a PF
 * @config: changed only if the text is good
 * @text: one or two of asym, sym, dc, separated by a semicolon, or dcc
 *
 * Return: 0 or -EINVAL.
 */
int qatvf_config_set_services(struct qatvf_config *config, const char *text)
{
	u8 services;
	size_t len;

	if (qatvf_config_parse_services(text, &services))
		return -EINVAL;
	text = trim(text, &len);
	memcpy(config->services, text, len);
	config->services[len] = '\0';
	return 0;
}

/**
 * qatvf_config_set_num_vfs() - set the number of VFs of a PF
 * @config: changed only if the text is good
 * @text: decimal number
 *
 * Return: 0, -EINVAL if it is no number, -ERANGE if a PF cannot have so many.
 */
int qatvf_config_set_num_vfs(struct qatvf_config *config, const char *text)
{
	size_t len;
	const char *end;
	int num;

	text = trim(text, &len);
	end = text + len;
	num = parse_number(&text, end, QATVF_CONFIG_VFS);
	if (num < 0)
		return num;
	if (text < end)
		return -EINVAL;
	config->num_vfs = num;
	return 0;
}

/**
 * qatvf_config_setting_name() - name of a setting
 * @setting: below QATVF_SETTINGS
 *
 * Return: its name in configfs and in files.
 */
const char *qatvf_config_setting_name(enum qatvf_config_setting setting)
{
	return setting_name[setting];
}
EXPORT_SYMBOL_GPL(qatvf_config_setting_name);

static int set_value(struct qatvf_config_vf *vf, enum qatvf_config_setting setting,
		     const char *text, size_t len)
{
	int word;

	switch (setting) {
	case QATVF_SET_DRIVER:
		word = find_word(driver_word, ARRAY_SIZE(driver_word), text, len);
		if (word >= 0)
			vf->driver = word;
		return word < 0 ? word : 0;
	case QATVF_SET_MAILBOX:
		word = find_word(mailbox_word, ARRAY_SIZE(mailbox_word), text, len);
		if (word >= 0)
			vf->mailbox = word;
		return word < 0 ? word : 0;
	case QATVF_SET_SERVICES:
		word = parse_services(text, len, false, &vf->services);
		return word < 0 ? word : 0;
	case QATVF_SET_RATE_ASYM:
	case QATVF_SET_RATE_SYM:
	case QATVF_SET_RATE_DC:
		return parse_rate(text, len, &vf->rate[setting - QATVF_SET_RATE_ASYM]);
	case QATVF_SET_LABEL:
		return parse_label(text, len, vf->label);
	default:
		return -EINVAL;
	}
}

static void copy_setting(struct qatvf_config_vf *to, const struct qatvf_config_vf *from,
			 enum qatvf_config_setting setting)
{
	switch (setting) {
	case QATVF_SET_DRIVER:
		to->driver = from->driver;
		break;
	case QATVF_SET_SERVICES:
		to->services = from->services;
		break;
	case QATVF_SET_MAILBOX:
		to->mailbox = from->mailbox;
		break;
	case QATVF_SET_LABEL:
		memcpy(to->label, from->label, sizeof(to->label));
		break;
	default:
		to->rate[setting - QATVF_SET_RATE_ASYM] =
			from->rate[setting - QATVF_SET_RATE_ASYM];
	}
}

/**
 * qatvf_config_set() - change one setting of a VF
 * @vf: changed only if the text is good
 * @setting: which
 * @text: its value, white space around it does not matter; nothing: back to the
 *	profile's, or the default
 *
 * Return: 0, -EINVAL if the text has no meaning here, -ERANGE for a rate above
 * 1000 permille, -ENAMETOOLONG for a label of more than 31 characters.
 */
int qatvf_config_set(struct qatvf_config_vf *vf, enum qatvf_config_setting setting,
		     const char *text)
{
	static const struct qatvf_config_vf nothing;
	struct qatvf_config_vf changed = *vf;
	size_t len;
	int err;

	text = trim(text, &len);
	if (!len) {
		copy_setting(vf, &nothing, setting);
		vf->set &= ~BIT(setting);
		return 0;
	}
	err = set_value(&changed, setting, text, len);
	if (err)
		return err;
	changed.set |= BIT(setting);
	*vf = changed;
	return 0;
}

static int show_services(u8 services, char *text)
{
	unsigned int i;
	int len = 0;

	for (i = 0; i < QATVF_CONFIG_SERVICES; i++)
		if (services & BIT(i))
			len += sprintf(text + len, "%s%s", len ? ";" : "", service_word[i].word);
	return len;
}

/**
 * qatvf_config_show() - a setting as text that qatvf_config_set() takes
 * @vf: VF
 * @setting: which
 * @text: QATVF_CONFIG_TEXT bytes; nothing if it was not said
 *
 * Return: length of the text.
 */
int qatvf_config_show(const struct qatvf_config_vf *vf, enum qatvf_config_setting setting,
		      char *text)
{
	const struct qatvf_config_rate *rate;

	text[0] = '\0';
	if (!(vf->set & BIT(setting)))
		return 0;
	switch (setting) {
	case QATVF_SET_DRIVER:
		return sprintf(text, "%s", driver_word[vf->driver]);
	case QATVF_SET_MAILBOX:
		return sprintf(text, "%s", mailbox_word[vf->mailbox]);
	case QATVF_SET_SERVICES:
		return show_services(vf->services, text);
	case QATVF_SET_LABEL:
		return sprintf(text, "%s", vf->label);
	default:
		rate = &vf->rate[setting - QATVF_SET_RATE_ASYM];
		if (!rate->peak)
			return sprintf(text, "none");
		return sprintf(text, "%u %u", rate->committed, rate->peak);
	}
}

/**
 * qatvf_config_inherit() - take from a profile what was not said of a VF itself
 * @vf: VF
 * @profile: profile
 */
void qatvf_config_inherit(struct qatvf_config_vf *vf, const struct qatvf_config_vf *profile)
{
	u8 take = profile->set & ~vf->set;
	unsigned int setting;

	for (setting = 0; setting < QATVF_SETTINGS; setting++)
		if (take & BIT(setting))
			copy_setting(vf, profile, setting);
	vf->set |= take;
}

/**
 * qatvf_config_address() - is this the address of a PCI function, as sysfs has it?
 * @name: text
 *
 * Return: true for DDDD:BB:DD.F in small hexadecimal digits, with up to eight for the
 * domain, as long as a domain of more than four does not begin with 0.
 */
bool qatvf_config_address(const char *name)
{
	static const char shape[] = "xx:xx.x";
	const char *colon = strchr(name, ':');
	size_t domain = colon ? (size_t)(colon - name) : 0, i;

	if (domain < 4 || domain > 8 || (domain > 4 && name[0] == '0'))
		return false;
	for (i = 0; i < domain; i++)
		if (!isxdigit(name[i]) || isupper(name[i]))
			return false;
	name = colon + 1;
	if (strlen(name) != strlen(shape))
		return false;
	for (i = 0; shape[i]; i++) {
		if (shape[i] == 'x' ? !isxdigit(name[i]) || isupper(name[i]) :
				      name[i] != shape[i])
			return false;
	}
	/* a bus has 32 devices of 8 functions */
	return name[3] <= '1' && name[6] <= '7';
}

/**
 * qatvf_config_profile_name() - can a profile have this name?
 * @name: text
 *
 * A name stands in a section's head and in values of the file form, so it has nothing
 * that would end one.
 *
 * Return: true for up to 31 letters, digits and any of -_. that do not begin with a dot.
 */
bool qatvf_config_profile_name(const char *name)
{
	size_t len = strlen(name), i;

	if (!len || len >= QATVF_CONFIG_PROFILE || *name == '.')
		return false;
	for (i = 0; i < len; i++)
		if (!isascii(name[i]) || (!isalnum(name[i]) && !strchr("-_.", name[i])))
			return false;
	return true;
}
