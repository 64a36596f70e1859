// SPDX-License-Identifier: GPL-2.0
/*
 * Command top: how busy PFs, services and VFs are, from telemetry, as bars that fit
 * into 80 columns.
 *
 * Telemetry watches four ring pairs of a PF at a time, as many as a VF has, so VFs are
 * looked at in turn, one in each round.  --once shows those that are watched already.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "qatvfctl.h"

#define BAR		40
#define MAX_SHOWN	MAX_PFS
#define TELEMETRY	"/sys/kernel/debug/qat_4xxx_%s/telemetry"

static const char * const service_name[QATVF_CONFIG_SERVICES] = { "asym", "sym", "dc" };

/** struct vf_load - what was seen of a VF last */
struct vf_load {
	bool known;
	long bw_in;
	long bw_out;
};

/** struct pf_load - what was seen of a PF, and which VF is being watched */
struct pf_load {
	char address[QATVF_CONFIG_NAME];
	struct vf_load vf[MAX_VFS];
	unsigned int watched;
};

static struct pf_load loads[MAX_SHOWN];
static volatile sig_atomic_t stop;

static void on_signal(int signal)
{
	(void)signal;
	stop = 1;
}

static struct pf_load *load_of(const char *address)
{
	int i;

	for (i = 0; i < MAX_SHOWN; i++) {
		if (!*loads[i].address)
			snprintf(loads[i].address, sizeof(loads[i].address), "%s", address);
		if (!strcmp(loads[i].address, address))
			return &loads[i];
	}
	return NULL;
}

static void bar(const char *name, int percent, const char *after)
{
	int i, full = percent * BAR / 100;

	printf("  %-8s [", name);
	for (i = 0; i < BAR; i++)
		putchar(i < full ? '#' : ' ');
	printf("] %3d%%%s\n", percent, after);
}

/* All four slots belong to one VF, unless somebody else chose them. */
static void take_slots(struct pf_load *pf)
{
	struct rp_load slot[RP_SLOTS];
	bool seen[MAX_VFS] = { };
	int n = telemetry_ring_pairs(pf->address, slot), i;

	for (i = 0; i < n; i++) {
		unsigned int nr = slot[i].rp / 4;

		if (slot[i].rp < 0 || nr >= MAX_VFS)
			continue;
		if (!seen[nr])
			memset(&pf->vf[nr], 0, sizeof(pf->vf[nr]));
		seen[nr] = true;
		pf->vf[nr].known = true;
		pf->vf[nr].bw_in += slot[i].bw_in;
		pf->vf[nr].bw_out += slot[i].bw_out;
	}
}

static void watch_next(struct pf_load *pf, const struct pf_info *info)
{
	char number[8];
	int i;

	for (i = 0; i < MAX_VFS; i++) {
		pf->watched = (pf->watched + 1) % MAX_VFS;
		if (info->vf[pf->watched].there)
			break;
	}
	for (i = 0; i < RP_SLOTS; i++) {
		snprintf(number, sizeof(number), "%u\n", 4 * pf->watched + i);
		root_write(root_path(TELEMETRY "/rp_%c_data", pf->address, 'A' + i), number);
	}
}

static void show_vfs(const struct pf_info *info, const struct pf_load *pf)
{
	char name[16], after[64];
	long most = 1;
	int nr;

	for (nr = 0; nr < MAX_VFS; nr++)
		if (pf->vf[nr].known && pf->vf[nr].bw_in + pf->vf[nr].bw_out > most)
			most = pf->vf[nr].bw_in + pf->vf[nr].bw_out;
	for (nr = 0; nr < MAX_VFS; nr++) {
		const struct vf_load *vf = &pf->vf[nr];

		if (!vf->known)
			continue;
		snprintf(name, sizeof(name), "vf%d", nr);
		snprintf(after, sizeof(after), " %6ld+%-6ld %.9s", vf->bw_in, vf->bw_out,
			 info->vf[nr].driver);
		bar(name, (vf->bw_in + vf->bw_out) * 100 / most, after);
	}
}

/* A slice that no engine uses is no service: "dc" is there as dc, dcc or decomp. */
static bool offers(const struct pf_info *info, const struct load *load, int service)
{
	const char *name = service_name[service], *word;

	if (load->service[service] < 0)
		return false;
	for (word = info->services; word; word = strchr(word, ';')) {
		word += *word == ';';
		if (!strncmp(word, name, strlen(name)) ||
		    (!strcmp(name, "dc") && !strncmp(word, "decomp", 6)))
			return true;
	}
	return false;
}

/* A PF is as busy as the busiest of the services it has. */
static int busiest(const struct pf_info *info, const struct load *load)
{
	int i, most = 0;

	for (i = 0; i < QATVF_CONFIG_SERVICES; i++)
		if (offers(info, load, i) && load->service[i] > most)
			most = load->service[i];
	return most;
}

static void show_pf(const struct pf_info *info, const struct load *load, const struct pf_load *pf)
{
	int i;

	printf("%-13s %s", info->address, *info->services ? info->services : "-");
	if (!load->on) {
		printf("  telemetry is off:\n  echo 1 > " TELEMETRY "/control\n", info->address);
		return;
	}
	printf("  in %ld Mbit/s, out %ld Mbit/s\n", load->bw_in, load->bw_out);
	bar("PF", busiest(info, load), "");
	for (i = 0; i < QATVF_CONFIG_SERVICES; i++)
		if (offers(info, load, i))
			bar(service_name[i], load->service[i], "");
	show_vfs(info, pf);
}

static void json_pf(const struct pf_info *info, const struct load *load, const struct pf_load *pf)
{
	int i;

	json_begin(NULL, '{');
	json_string("address", info->address);
	json_bool("telemetry", load->on);
	json_number("load", load->on ? busiest(info, load) : -1);
	json_number("bandwidth_in", load->bw_in);
	json_number("bandwidth_out", load->bw_out);
	json_begin("services", '{');
	for (i = 0; i < QATVF_CONFIG_SERVICES; i++)
		if (offers(info, load, i))
			json_number(service_name[i], load->service[i]);
	json_end('}');
	json_begin("vfs", '[');
	for (i = 0; i < MAX_VFS; i++) {
		if (!pf->vf[i].known)
			continue;
		json_begin(NULL, '{');
		json_number("vf", i);
		json_string("driver", info->vf[i].driver);
		json_number("bandwidth_in", pf->vf[i].bw_in);
		json_number("bandwidth_out", pf->vf[i].bw_out);
		json_end('}');
	}
	json_end(']');
	json_end('}');
}

/* One picture; returns how many PFs have telemetry. */
static int picture(bool once)
{
	struct pf_info *pfs;
	int n = devices_list(&pfs), i, on = 0;
	struct load load;

	if (json)
		json_begin(NULL, '[');
	else if (!n)
		printf("0 devices: qatvfctl doctor says why\n");
	for (i = 0; i < n; i++) {
		struct pf_load *pf = load_of(pfs[i].address);

		if (!pf)
			break;
		if (telemetry_device(pfs[i].address, &load)) {
			on++;
			take_slots(pf);
		}
		(json ? json_pf : show_pf)(&pfs[i], &load, pf);
		if (load.on && !once)
			watch_next(pf, &pfs[i]);
	}
	if (json)
		json_end(']');
	free(pfs);
	return on;
}

static void wait_for(long milliseconds)
{
	struct timespec t = { milliseconds / 1000, milliseconds % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

/**
 * do_top() - command top [--once] [--interval SECONDS]
 */
enum result do_top(int argc, char **argv)
{
	double seconds = 2;
	bool once = false;
	char *end;
	int i;

	for (i = 0; i < argc; i++) {
		if (!strcmp(argv[i], "--once")) {
			once = true;
		} else if (!strcmp(argv[i], "--interval") && i + 1 < argc) {
			seconds = strtod(argv[++i], &end);
			if (*end || seconds < 0.1 || seconds > 3600)
				return USAGE;
		} else {
			return USAGE;
		}
	}
	if (once)
		return picture(true) ? DONE : UNUSABLE;

	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	while (!stop) {
		if (!json && isatty(STDOUT_FILENO))
			printf("\033[H\033[J");
		picture(false);
		fflush(stdout);
		wait_for(seconds * 1000);
	}
	return DONE;
}
