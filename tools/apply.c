// SPDX-License-Identifier: GPL-2.0
/*
 * Commands check, apply and save.  Apply changes what differs: rates, labels, mailboxes
 * and drivers of enabled VFs at once, anything else by disabling the PF before, which
 * the kernel refuses while a guest uses a VF.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "qatvfctl.h"

/* What an enabled configuration lets change; see Documentation/configuration.md. */
#define SAFE_IN_PROFILE	(1u << QATVF_SET_MAILBOX | 1u << QATVF_SET_RATE_ASYM |	\
			 1u << QATVF_SET_RATE_SYM | 1u << QATVF_SET_RATE_DC)
#define SAFE_IN_VF	(SAFE_IN_PROFILE | 1u << QATVF_SET_LABEL | 1u << QATVF_SET_DRIVER)

/**
 * conf_load() - read and check a file
 * @file: its name, "-" for standard input
 * @conf: filled
 * @result: set if it is no good
 */
bool conf_load(const char *file, struct conf *conf, enum result *result)
{
	FILE *in = strcmp(file, "-") ? fopen(file, "r") : stdin;
	unsigned int errors;

	if (!in) {
		errors_add("qatvfctl: %s: %s", file, strerror(errno));
		*result = UNUSABLE;
		return false;
	}
	errors = ini_read(in, file, conf);
	if (in != stdin)
		fclose(in);
	errors += conf_check(conf, file);
	if (!errors)
		return true;
	fprintf(stderr, "%s: %u error%s, nothing was changed\n", file, errors,
		errors == 1 ? "" : "s");
	*result = WRONG;
	return false;
}

static void json_settings(const struct qatvf_config_vf *vf)
{
	char text[QATVF_CONFIG_TEXT];
	unsigned int setting;

	for (setting = 0; setting < QATVF_SETTINGS; setting++)
		if (qatvf_config_show(vf, setting, text))
			json_string(qatvf_config_setting_name(setting), text);
}

/* Members of the object that has been begun. */
static void json_conf(const struct conf *conf)
{
	unsigned int i, nr;

	json_begin("profiles", '[');
	for (i = 0; i < conf->profiles; i++) {
		json_begin(NULL, '{');
		json_string("name", conf->profile[i].name);
		json_settings(&conf->profile[i].settings);
		json_end('}');
	}
	json_end(']');
	json_begin("pfs", '[');
	for (i = 0; i < conf->pfs; i++) {
		const struct pf_conf *pf = &conf->pf[i];

		json_begin(NULL, '{');
		json_string("address", pf->address);
		json_bool("enable", pf->enable);
		json_string("services", pf->config.services);
		json_number("num_vfs", pf->config.num_vfs);
		json_begin("vfs", '[');
		for (nr = 0; nr < pf->config.num_vfs; nr++) {
			json_begin(NULL, '{');
			json_number("vf", nr);
			if (*pf->profile[nr])
				json_string("profile", pf->profile[nr]);
			json_settings(&pf->config.vf[nr]);
			json_end('}');
		}
		json_end(']');
		json_end('}');
	}
	json_end(']');
}

/**
 * do_check() - command check FILE
 */
enum result do_check(int argc, char **argv)
{
	struct conf *conf = calloc(1, sizeof(*conf));
	enum result result = DONE;
	bool good;

	if (!conf || argc != 1) {
		free(conf);
		return USAGE;
	}
	errors_begin();
	good = conf_load(argv[0], conf, &result);
	errors_end();
	if (json) {
		json_bool("good", good);
		if (good)
			json_conf(conf);
		json_end('}');
	} else if (good) {
		printf("%s: %u PFs, %u profiles: good\n", argv[0], conf->pfs, conf->profiles);
	}
	free(conf);
	return result;
}

static bool need_tree(void)
{
	if (tree_there())
		return true;
	errors_add("qatvfctl: there is no " TREE ": modprobe qatvf_core; mount -t configfs none /sys/kernel/config");
	return false;
}

/* A part of a configuration would be a wrong one. */
static bool read_tree(struct conf *conf)
{
	if (tree_read(conf))
		return true;
	errors_add("qatvfctl: " TREE " has more than %d PFs or %d profiles", MAX_PFS, MAX_PROFILES);
	return false;
}

/**
 * do_save() - command save
 */
enum result do_save(int argc, char **argv)
{
	struct conf *conf = calloc(1, sizeof(*conf));
	bool good;

	(void)argv;
	if (!conf || argc) {
		free(conf);
		return USAGE;
	}
	errors_begin();
	good = need_tree() && read_tree(conf);
	errors_end();
	if (json) {
		if (good)
			json_conf(conf);
		json_end('}');
	} else if (good) {
		ini_write(stdout, conf);
	}
	free(conf);
	return good ? DONE : UNUSABLE;
}

/**
 * struct job - one run of apply
 * @want:	the file
 * @have:	configfs
 * @off:	PFs of @want that must be disabled first
 * @refused:	PFs of @want that could not be
 * @writes:	that were made
 */
struct job {
	struct conf want;
	struct conf have;
	bool off[MAX_PFS];
	bool refused[MAX_PFS];
	unsigned int writes;
};

static bool write_one(struct job *job, const char *path, const char *value)
{
	char line[QATVF_CONFIG_TEXT + 1];
	int err;

	snprintf(line, sizeof(line), "%s\n", value);
	job->writes++;
	err = root_write(path, line);
	if (!err)
		return true;
	errors_add("qatvfctl: %s = %s: %s", path + strlen(TREE) + 1, value, strerror(err));
	return false;
}

static bool make_dir(const char *path)
{
	if (!mkdir(root_path("%s%s", root_dir, path), 0755) || errno == EEXIST)
		return true;
	errors_add("qatvfctl: %s: %s", path + strlen(TREE) + 1, strerror(errno));
	return false;
}

static bool differs(const struct qatvf_config_vf *a, const struct qatvf_config_vf *b,
		    unsigned int settings)
{
	char text_a[QATVF_CONFIG_TEXT], text_b[QATVF_CONFIG_TEXT];
	unsigned int setting;

	for (setting = 0; setting < QATVF_SETTINGS; setting++) {
		if (!(settings & 1u << setting))
			continue;
		qatvf_config_show(a, setting, text_a);
		qatvf_config_show(b, setting, text_b);
		if (strcmp(text_a, text_b))
			return true;
	}
	return false;
}

static bool write_settings(struct job *job, const char *dir, const struct qatvf_config_vf *want,
			   const struct qatvf_config_vf *have)
{
	char text[QATVF_CONFIG_TEXT];
	unsigned int setting;

	for (setting = 0; setting < QATVF_SETTINGS; setting++) {
		if (!differs(want, have, 1u << setting))
			continue;
		qatvf_config_show(want, setting, text);
		if (!write_one(job, root_path("%s/%s", dir, qatvf_config_setting_name(setting)),
			       text))
			return false;
	}
	return true;
}

static const struct qatvf_config_vf *profile_of(struct conf *conf, const char *name)
{
	static const struct qatvf_config_vf nothing;
	struct profile *profile = *name ? conf_profile(conf, name, false) : NULL;

	return profile ? &profile->settings : &nothing;
}

/* Does anything differ that an enabled PF does not let change? */
static bool must_be_off(struct job *job, const struct pf_conf *want, const struct pf_conf *have)
{
	unsigned int nr;

	if (strcmp(want->config.services, have->config.services) ||
	    want->config.num_vfs != have->config.num_vfs || !want->enable)
		return true;
	for (nr = 0; nr < QATVF_CONFIG_VFS; nr++)
		if (strcmp(want->profile[nr], have->profile[nr]) ||
		    differs(&want->config.vf[nr], &have->config.vf[nr], ~SAFE_IN_VF) ||
		    differs(profile_of(&job->want, want->profile[nr]),
			    profile_of(&job->have, have->profile[nr]), ~SAFE_IN_PROFILE))
			return true;
	return false;
}

/* A PF that is refused stays as it is, and does not keep others from being configured. */
static bool disable(struct job *job)
{
	bool all = true;
	unsigned int i;

	for (i = 0; i < job->want.pfs; i++) {
		struct pf_conf *want = &job->want.pf[i];
		struct pf_conf *have = conf_pf(&job->have, want->address, false);

		job->off[i] = !have || !have->enable || must_be_off(job, want, have);
		job->refused[i] = have && have->enable && job->off[i] &&
			!write_one(job, root_path(TREE "/%s/enable", want->address), "0");
		all &= !job->refused[i];
	}
	return all;
}

static bool write_profiles(struct job *job)
{
	static const struct qatvf_config_vf nothing;
	bool all = true;
	char dir[128];
	unsigned int i;

	for (i = 0; i < job->want.profiles; i++) {
		struct profile *want = &job->want.profile[i];
		struct profile *have = conf_profile(&job->have, want->name, false);

		snprintf(dir, sizeof(dir), TREE "/profiles/%s", want->name);
		all &= make_dir(dir) &&
		       write_settings(job, dir, &want->settings, have ? &have->settings : &nothing);
	}
	return all;
}

/* Links are removed by their names, which somebody else may have chosen. */
static bool write_link(struct job *job, const char *dir, const char *want, const char *have)
{
	char **names, target[NAME_LEN];
	int n, i;

	if (!strcmp(want, have))
		return true;
	job->writes++;
	n = root_list(dir, &names);
	for (i = 0; i < n; i++)
		if (root_link(root_path("%s/%s", dir, names[i]), target, sizeof(target)))
			unlink(root_path("%s%s/%s", root_dir, dir, names[i]));
	root_free(names, n);
	if (!*want || !symlink(root_path("%s" TREE "/profiles/%s", root_dir, want),
			       root_path("%s%s/profile", root_dir, dir)))
		return true;
	errors_add("qatvfctl: %s/profile: %s", dir + strlen(TREE) + 1, strerror(errno));
	return false;
}

static bool write_pf(struct job *job, unsigned int i)
{
	static const struct pf_conf nothing;
	const struct pf_conf *want = &job->want.pf[i];
	const struct pf_conf *have = conf_pf(&job->have, want->address, false);
	char dir[128], num[8];
	unsigned int nr;

	have = have ? have : &nothing;
	snprintf(dir, sizeof(dir), TREE "/%s", want->address);
	snprintf(num, sizeof(num), "%u", want->config.num_vfs);
	if (!make_dir(dir))
		return false;
	if (job->off[i] &&
	    (!write_one(job, root_path("%s/services", dir), want->config.services) ||
	     !write_one(job, root_path("%s/num_vfs", dir), num)))
		return false;
	for (nr = 0; nr < QATVF_CONFIG_VFS; nr++) {
		snprintf(dir, sizeof(dir), TREE "/%s/vf%u", want->address, nr);
		if (!write_link(job, dir, want->profile[nr], have->profile[nr]) ||
		    !write_settings(job, dir, &want->config.vf[nr], &have->config.vf[nr]))
			return false;
	}
	if (!want->enable || !job->off[i])
		return true;
	return write_one(job, root_path(TREE "/%s/enable", want->address), "1");
}

/* Profiles of a PF that was refused may be refused, too; the others go on. */
static enum result apply(struct job *job)
{
	unsigned int i;
	bool all;

	if (!read_tree(&job->have))
		return UNUSABLE;
	all = disable(job);
	all &= write_profiles(job);
	for (i = 0; i < job->want.pfs; i++)
		if (!job->refused[i])
			all &= write_pf(job, i);
	return all ? DONE : REFUSED;
}

/* As the unit at boot needs it: the module may not be loaded yet. */
static void load_core(void)
{
	int status;
	pid_t pid;

	if (tree_there() || *root_dir)
		return;
	fflush(NULL);
	pid = fork();
	if (!pid) {
		execlp("modprobe", "modprobe", "-q", "qatvf_core", (char *)NULL);
		_exit(127);
	}
	if (pid > 0)
		waitpid(pid, &status, 0);
}

static void report(const struct job *job, enum result result)
{
	char status[32];
	unsigned int i;

	if (json) {
		json_bool("applied", result == DONE);
		json_number("changes", job->writes);
		json_begin("pfs", '[');
	}
	for (i = 0; i < job->want.pfs; i++) {
		const char *address = job->want.pf[i].address;

		if (!tree_status(address, status, sizeof(status)))
			snprintf(status, sizeof(status), "unknown");
		if (json) {
			json_begin(NULL, '{');
			json_string("address", address);
			json_string("status", status);
			json_end('}');
		} else {
			printf("%s: %s\n", address, status);
		}
	}
	if (json) {
		json_end(']');
		json_end('}');
	}
	if (result == REFUSED)
		fprintf(stderr, "qatvfctl: the kernel's log says why: dmesg | grep -i qat | tail\n");
}

static enum result run(struct job *job, const char *file)
{
	enum result result = DONE;

	if (!conf_load(file, &job->want, &result))
		return result;
	load_core();
	return need_tree() ? apply(job) : UNUSABLE;
}

/**
 * do_apply() - command apply FILE
 */
enum result do_apply(int argc, char **argv)
{
	struct job *job = calloc(1, sizeof(*job));
	enum result result;

	if (!job || argc != 1) {
		free(job);
		return USAGE;
	}
	errors_begin();
	result = run(job, argv[0]);
	errors_end();
	/* Of a file that is not good, or has not been tried, there is nothing to tell. */
	if (result == WRONG || result == UNUSABLE)
		job->want.pfs = 0;
	report(job, result);
	free(job);
	return result;
}
