/* SPDX-License-Identifier: GPL-2.0 */
/*
 * qatvfctl: what its parts share.  root.c reads and writes below --root, conf.c holds a
 * configuration, ini.c is its file form, tree.c its configfs form, devices.c what is in
 * the machine; each command has a file of its own.
 */
#ifndef QATVFCTL_H
#define QATVFCTL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "qatvf/config.h"

/**
 * enum result - exit status of the program
 * @DONE: all is well
 * @WRONG: doctor found something; check found errors in the file
 * @REFUSED: the kernel refused something; the log says why
 * @UNUSABLE: what the command needs is not there, or permission is missing
 * @USAGE: command line not understood
 */
enum result {
	DONE = 0,
	WRONG = 1,
	REFUSED = 2,
	UNUSABLE = 3,
	USAGE = 64,
};

extern bool json;

/* root.c: files of the system; relative to --root */
#define TEXT_MAX	4096

extern const char *root_dir;
const char *root_path(const char *format, ...) __attribute__((format(printf, 1, 2)));
bool root_exists(const char *path);
bool root_denied(const char *path);
bool root_read(const char *path, char *text, size_t size);
long root_number(const char *path, long otherwise);
bool root_target(const char *path, char *target, size_t size);
bool root_link(const char *path, char *name, size_t size);
int root_write(const char *path, const char *text);
int root_list(const char *path, char ***names);
void root_free(char **names, int n);

/* json.c: writer; objects and arrays nest */
void json_begin(const char *key, char bracket);
void json_end(char bracket);
void json_string(const char *key, const char *value);
void json_number(const char *key, long value);
void json_bool(const char *key, bool value);

/* errors.c: on standard error, and as a list in JSON */
void errors_begin(void);
void errors_end(void);
void errors_add(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* conf.c */
#define NAME_LEN	QATVF_CONFIG_PROFILE
#define MAX_PROFILES	64
#define MAX_PFS		32

/** struct profile - settings shared by VFs */
struct profile {
	char name[NAME_LEN];
	struct qatvf_config_vf settings;
};

/** struct pf_conf - a PF; config.vf[] without what comes from profiles */
struct pf_conf {
	char address[QATVF_CONFIG_NAME];
	bool enable;
	struct qatvf_config config;
	char profile[QATVF_CONFIG_VFS][NAME_LEN];
};

/** struct conf - a configuration of the machine */
struct conf {
	struct profile profile[MAX_PROFILES];
	unsigned int profiles;
	struct pf_conf pf[MAX_PFS];
	unsigned int pfs;
};

struct profile *conf_profile(struct conf *conf, const char *name, bool add);
struct pf_conf *conf_pf(struct conf *conf, const char *address, bool add);
void conf_effective(const struct conf *conf, const struct pf_conf *pf,
		    struct qatvf_config *config);
unsigned int conf_check(const struct conf *conf, const char *file);
const char *conf_errno(int err);

/* ini.c */
unsigned int ini_read(FILE *in, const char *name, struct conf *conf);
void ini_write(FILE *out, const struct conf *conf);

/* tree.c: configfs */
#define TREE	"/sys/kernel/config/qatvf"

bool tree_there(void);
bool tree_read(struct conf *conf);
bool tree_status(const char *address, char *text, size_t size);

/* devices.c */
#define MAX_VFS		QATVF_CONFIG_VFS

/** struct vf_info - a VF as the system shows it */
struct vf_info {
	bool there;
	char address[QATVF_CONFIG_NAME];
	char driver[NAME_LEN];
	char user[48];
	int group;
	int version;
};

/** struct pf_info - a PF as the system shows it */
struct pf_info {
	char address[QATVF_CONFIG_NAME];
	char driver[NAME_LEN];
	long node;
	char firmware[24];
	char services[QATVF_CONFIG_TEXT];
	char state[16];
	long num_vfs;
	long total_vfs;
	struct vf_info vf[MAX_VFS];
};

int devices_list(struct pf_info **pfs);
void devices_find_users(struct pf_info *pfs, int n);
int devices_count_vfs(void);

/* users.c */
void users_find(const char *address, int group, char *user, size_t size);

/* telemetry.c */
#define TELEMETRY	"/sys/kernel/debug/qat_4xxx_%s/telemetry"

/** struct load - what telemetry says; percent, -1: not known */
struct load {
	bool on;
	long samples;
	int service[QATVF_CONFIG_SERVICES];
	long bw_in;
	long bw_out;
};

/** struct rp_load - one of the four slots: ring pair, or -1; bandwidth in Mbit/s */
struct rp_load {
	int rp;
	long bw_in;
	long bw_out;
};

#define RP_SLOTS	4

const char *telemetry_missing(const struct pf_info *pf);
bool telemetry_device(const char *address, struct load *load);
void telemetry_ring_pairs(const char *address, struct rp_load *slots);
int telemetry_busiest(const struct load *load);

/* watch.c */
/** struct watch - ring pairs that telemetry watches, and those from before; -1: none */
struct watch {
	char address[QATVF_CONFIG_NAME];
	int before[RP_SLOTS];
	bool changed;
};

void watch_begin(struct watch *watch, const char *address);
bool watch_vf(struct watch *watch, unsigned int nr);
void watch_end(struct watch *watch);

/* commands */
enum result do_status(int argc, char **argv);
enum result do_top(int argc, char **argv);
enum result do_apply(int argc, char **argv);
enum result do_check(int argc, char **argv);
enum result do_save(int argc, char **argv);
enum result do_doctor(int argc, char **argv);
bool conf_load(const char *file, struct conf *conf, enum result *result);

#endif
