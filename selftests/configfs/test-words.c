// SPDX-License-Identifier: GPL-2.0-only
/*
 * The words of a configuration and the check of the whole, in user space: each value
 * that must be taken, each that must be refused, what is taken reads back the same, and
 * bytes at random do no harm.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "qatvf/config.h"
#include "tap.h"

#define RANDOM_TEXTS	200000

/** struct word - a text for a setting, and what shall come of it */
struct word {
	enum qatvf_config_setting setting;
	const char *text;
	int err;
	const char *shown;
};

static const struct word words[] = {
	{ QATVF_SET_DRIVER, "none", 0, "none" },
	{ QATVF_SET_DRIVER, "kernel\n", 0, "kernel" },
	{ QATVF_SET_DRIVER, " vfio-pci ", 0, "vfio-pci" },
	{ QATVF_SET_DRIVER, "", 0, "" },
	{ QATVF_SET_DRIVER, "vfio", -EINVAL, NULL },
	{ QATVF_SET_DRIVER, "kernel none", -EINVAL, NULL },
	{ QATVF_SET_SERVICES, "sym", 0, "sym" },
	{ QATVF_SET_SERVICES, "dc;sym;asym", 0, "asym;sym;dc" },
	{ QATVF_SET_SERVICES, "dcc", -EINVAL, NULL },
	{ QATVF_SET_SERVICES, "sym;sym", -EINVAL, NULL },
	{ QATVF_SET_SERVICES, "sym;", -EINVAL, NULL },
	{ QATVF_SET_SERVICES, ";sym", -EINVAL, NULL },
	{ QATVF_SET_SERVICES, "sym asym", -EINVAL, NULL },
	{ QATVF_SET_RATE_SYM, "0", 0, "none" },
	{ QATVF_SET_RATE_SYM, "none", 0, "none" },
	{ QATVF_SET_RATE_SYM, "300", 0, "300 300" },
	{ QATVF_SET_RATE_ASYM, "0 1000", 0, "0 1000" },
	{ QATVF_SET_RATE_DC, "10\t 20\n", 0, "10 20" },
	{ QATVF_SET_RATE_SYM, "1001", -ERANGE, NULL },
	{ QATVF_SET_RATE_SYM, "99999999999999999999", -ERANGE, NULL },
	{ QATVF_SET_RATE_SYM, "300 200", -EINVAL, NULL },
	{ QATVF_SET_RATE_SYM, "-1", -EINVAL, NULL },
	{ QATVF_SET_RATE_SYM, "1 2 3", -EINVAL, NULL },
	{ QATVF_SET_RATE_SYM, "0x10", -EINVAL, NULL },
	{ QATVF_SET_RATE_SYM, "10%", -EINVAL, NULL },
	{ QATVF_SET_MAILBOX, "normal", 0, "normal" },
	{ QATVF_SET_MAILBOX, "strict", 0, "strict" },
	{ QATVF_SET_MAILBOX, "closed", 0, "closed" },
	{ QATVF_SET_MAILBOX, "open", -EINVAL, NULL },
	{ QATVF_SET_LABEL, "web server 1", 0, "web server 1" },
	{ QATVF_SET_LABEL, "0123456789012345678901234567890", 0,
	  "0123456789012345678901234567890" },
	{ QATVF_SET_LABEL, "01234567890123456789012345678901", -ENAMETOOLONG, NULL },
	{ QATVF_SET_LABEL, "a\"b", -EINVAL, NULL },
	{ QATVF_SET_LABEL, "a\033[2J", -EINVAL, NULL },
	{ QATVF_SET_LABEL, "a\nb", -EINVAL, NULL },
	{ QATVF_SET_LABEL, "caf\xc3\xa9", -EINVAL, NULL },
};

static void test_words(void)
{
	char text[QATVF_CONFIG_TEXT], again[QATVF_CONFIG_TEXT];
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const struct word *word = &words[i];
		struct qatvf_config_vf vf = { }, before, second = { };
		int err;

		memset(&before, 0x5a, sizeof(before));
		vf = before;
		err = qatvf_config_set(&vf, word->setting, word->text);
		if (word->err) {
			tap_result(err == word->err && !memcmp(&vf, &before, sizeof(vf)),
				   "word %zu is refused with %d, and changes nothing", i, err);
			continue;
		}
		memset(&vf, 0, sizeof(vf));
		err = err ? err : qatvf_config_set(&vf, word->setting, word->text);
		qatvf_config_show(&vf, word->setting, text);
		qatvf_config_set(&second, word->setting, text);
		qatvf_config_show(&second, word->setting, again);
		tap_result(!err && !strcmp(text, word->shown) && !strcmp(text, again),
			   "word %zu is taken, and reads '%s'", i, text);
	}
}

static void test_pf(void)
{
	static const char * const good[] = {
		"sym;asym", "asym;sym", "sym", "asym", "dc", "dcc", "asym;dc", "dc;asym",
		"sym;dc", "dc;sym", " dc\n",
	};
	static const char * const bad[] = {
		"", "sym;asym;dc", "dc;dcc", "dcc;sym", "sym;sym", "sym,asym", "SYM", "symasym",
		"sym;asym;", "decomp", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};
	struct qatvf_config config;
	bool fine = true;
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		fine &= !qatvf_config_set_services(&config, good[i]);
	tap_result(fine, "every combination of services is taken");
	for (i = 0, fine = true; i < sizeof(bad) / sizeof(bad[0]); i++)
		fine &= qatvf_config_set_services(&config, bad[i]) == -EINVAL;
	tap_result(fine && !strcmp(config.services, "dc"), "nothing else is");
	fine = !qatvf_config_set_num_vfs(&config, "0\n") && config.num_vfs == 0 &&
	       !qatvf_config_set_num_vfs(&config, "16") && config.num_vfs == 16 &&
	       qatvf_config_set_num_vfs(&config, "17") == -ERANGE &&
	       qatvf_config_set_num_vfs(&config, "x") == -EINVAL &&
	       qatvf_config_set_num_vfs(&config, "") == -EINVAL &&
	       qatvf_config_set_num_vfs(&config, "3 4") == -EINVAL && config.num_vfs == 16;
	tap_result(fine, "numbers of VFs");
}

static void test_addresses(void)
{
	static const char * const good[] = {
		"0000:6b:00.0", "ffff:ff:1f.7", "10000:01:00.0", "abcdef01:00:00.0",
	};
	static const char * const bad[] = {
		"", "profiles", "6b:00.0", "000:6b:00.0", "00000:6b:00.0", "0000:6B:00.0",
		"0000:6b:20.0", "0000:6b:00.8", "0000:6b:00.0 ", "0000:6b:00", "0000:6b-00.0",
		"0000:6b:00.0.", "123456789:6b:00.0", ":6b:00.0", "0000:", "gggg:6b:00.0",
	};
	bool fine = true;
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		fine &= qatvf_config_address(good[i]);
	tap_result(fine, "addresses");
	for (i = 0, fine = true; i < sizeof(bad) / sizeof(bad[0]); i++)
		fine &= !qatvf_config_address(bad[i]);
	tap_result(fine, "what is no address");
}

static void test_names(void)
{
	static const char * const good[] = {
		"guest", "a", "-", "0.9_x", "0123456789012345678901234567890",
	};
	static const char * const bad[] = {
		"", ".", "..", ".hidden", "a b", "a]", "a=b", "a/b", "caf\xc3\xa9", "a\n",
		"01234567890123456789012345678901",
	};
	bool fine = true;
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		fine &= qatvf_config_profile_name(good[i]);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		fine &= !qatvf_config_profile_name(bad[i]);
	tap_result(fine, "names of profiles");
}

static void say(struct qatvf_config *config, unsigned int nr, enum qatvf_config_setting setting,
		const char *text)
{
	if (qatvf_config_set(&config->vf[nr], setting, text))
		abort();
}

static void checked(const struct qatvf_config *config, int err, const char *where,
		    const char *name)
{
	struct qatvf_config_fault fault = { "", "" };
	int got = qatvf_config_check(config, &fault);

	tap_result(got == err && !strcmp(fault.where, where), "%s: %d %s", name, got, fault.why);
}

static void test_check(void)
{
	struct qatvf_config config;
	unsigned int nr;

	qatvf_config_init(&config);
	checked(&config, 0, "", "the default");

	config.num_vfs = 4;
	say(&config, 4, QATVF_SET_LABEL, "x");
	checked(&config, -EINVAL, "vf4/label", "a VF that will not be there");

	qatvf_config_init(&config);
	say(&config, 2, QATVF_SET_SERVICES, "dc");
	checked(&config, -EINVAL, "vf2/services", "a service that the PF does not have");
	qatvf_config_set_services(&config, "dcc");
	checked(&config, 0, "", "chained compression is compression");

	qatvf_config_init(&config);
	say(&config, 2, QATVF_SET_SERVICES, "sym");
	say(&config, 2, QATVF_SET_RATE_ASYM, "10");
	checked(&config, -EINVAL, "vf2/rate_asym", "a rate for what the VF does not have");
	say(&config, 2, QATVF_SET_RATE_ASYM, "none");
	checked(&config, 0, "", "no rate for it");

	qatvf_config_init(&config);
	say(&config, 1, QATVF_SET_MAILBOX, "closed");
	checked(&config, 0, "", "a closed mailbox");
	say(&config, 1, QATVF_SET_DRIVER, "kernel");
	checked(&config, -EINVAL, "vf1/mailbox", "a closed mailbox for the kernel");

	qatvf_config_init(&config);
	for (nr = 0; nr < 16; nr++)
		say(&config, nr, QATVF_SET_RATE_SYM, nr ? "62 1000" : "70 1000");
	checked(&config, 0, "", "all is committed");
	say(&config, 3, QATVF_SET_RATE_SYM, "63 1000");
	checked(&config, -ENOSPC, "vf15/rate_sym", "more than all is committed");
}

static void test_inherit(void)
{
	struct qatvf_config_vf vf = { }, profile = { };
	char text[QATVF_CONFIG_TEXT];
	bool fine;

	qatvf_config_set(&profile, QATVF_SET_DRIVER, "kernel");
	qatvf_config_set(&profile, QATVF_SET_RATE_SYM, "5 6");
	qatvf_config_set(&vf, QATVF_SET_DRIVER, "none");
	qatvf_config_inherit(&vf, &profile);
	fine = vf.driver == QATVF_DRIVER_NONE && vf.rate[QATVF_CONFIG_SYM].peak == 6;
	qatvf_config_set(&vf, QATVF_SET_RATE_SYM, "\n");
	fine &= !qatvf_config_show(&vf, QATVF_SET_RATE_SYM, text) &&
		!vf.rate[QATVF_CONFIG_SYM].peak;
	tap_result(fine, "a VF's own word counts more than its profile's, and can be taken back");
}

/* Bytes from what the words are made of, and from everywhere. */
static void test_random(void)
{
	static const char alphabet[] = "symasdc;; \t\n0123459none-vfiopckrlt";
	char text[80], shown[QATVF_CONFIG_TEXT];
	struct qatvf_config config;
	unsigned int i, taken = 0;
	bool fine = true;

	srandom(4);
	for (i = 0; i < RANDOM_TEXTS; i++) {
		enum qatvf_config_setting setting = random() % QATVF_SETTINGS;
		struct qatvf_config_vf vf = { };
		size_t len = random() % sizeof(text), k;

		for (k = 0; k < len; k++)
			text[k] = random() % 8 ? alphabet[random() % (sizeof(alphabet) - 1)] :
						 random();
		text[k == sizeof(text) ? k - 1 : k] = '\0';
		qatvf_config_address(text);
		qatvf_config_set_services(&config, text);
		qatvf_config_set_num_vfs(&config, text);
		if (qatvf_config_set(&vf, setting, text))
			continue;
		taken++;
		fine &= qatvf_config_show(&vf, setting, shown) == (int)strlen(shown) &&
			!qatvf_config_set(&vf, setting, shown);
	}
	tap_result(fine && taken > 0, "%u of %u random texts are taken, and read back", taken, i);
}

int main(void)
{
	test_words();
	test_pf();
	test_addresses();
	test_names();
	test_check();
	test_inherit();
	test_random();
	return tap_finish();
}
