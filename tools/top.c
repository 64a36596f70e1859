// SPDX-License-Identifier: GPL-2.0
/*
 * Command top: how busy PFs, services and VFs are, from telemetry, as bars that fit
 * into 80 columns.
 *
 * Telemetry watches one VF at a time (watch.c) and publishes once a second.  So the VFs
 * that have a driver take turns, each until its first sample is there; what was seen of
 * the others stays meanwhile.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "qatvfctl.h"

#define BAR		36
#define POLL_MS		200
#define SAMPLE_MS	5000	/* a sample that has not come by then does not come */
#define NOBODY		(-1)

static const char * const service_name[QATVF_CONFIG_SERVICES] = { "asym", "sym", "dc" };

/** struct vf_load - what was seen of a VF last; @share: of the PF's traffic, per cent */
struct vf_load {
	bool known;
	long bw_in;
	long bw_out;
	int share;
};

/**
 * struct pf_load - what was seen of a PF
 * @address:	PF
 * @load:	last sample of the device
 * @vf:		VFs
 * @watch:	ring pairs that are watched
 * @begun:	is @watch in use?
 * @turn:	the VF whose turn it is, or NOBODY
 * @left:	VFs that have not had their first turn
 * @since:	when the turn began, ms
 */
struct pf_load {
	char address[QATVF_CONFIG_NAME];
	struct load load;
	struct vf_load vf[MAX_VFS];
	struct watch watch;
	bool begun;
	int turn;
	int left;
	long since;
};

/** struct options - of the command line */
struct options {
	bool once;
	bool watched;
	double seconds;
};

static struct pf_load loads[MAX_PFS];
static volatile sig_atomic_t stop;

static void on_signal(int signal)
{
	(void)signal;
	stop = 1;
}

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void wait_ms(long milliseconds)
{
	struct timespec t = { milliseconds / 1000, milliseconds % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

static struct pf_load *load_of(const char *address)
{
	int i;

	for (i = 0; i < MAX_PFS; i++) {
		if (!*loads[i].address) {
			snprintf(loads[i].address, sizeof(loads[i].address), "%s", address);
			loads[i].turn = NOBODY;
		}
		if (!strcmp(loads[i].address, address))
			return &loads[i];
	}
	return NULL;
}

/* --- collecting ---------------------------------------------------------------- */

static int share_of(const struct vf_load *vf, const struct load *load)
{
	long all = load->bw_in + load->bw_out, own = vf->bw_in + vf->bw_out;

	return !all ? 0 : own >= all ? 100 : own * 100 / all;
}

/* The four slots belong to one VF, unless somebody else chose them. */
static void take_slots(struct pf_load *pf)
{
	struct rp_load slot[RP_SLOTS];
	bool seen[MAX_VFS] = { };
	int i;

	telemetry_ring_pairs(pf->address, slot);
	for (i = 0; i < RP_SLOTS; i++) {
		unsigned int nr = slot[i].rp / 4;

		if (slot[i].rp < 0 || nr >= MAX_VFS)
			continue;
		if (!seen[nr])
			memset(&pf->vf[nr], 0, sizeof(pf->vf[nr]));
		seen[nr] = true;
		pf->vf[nr].known = true;
		pf->vf[nr].bw_in += slot[i].bw_in;
		pf->vf[nr].bw_out += slot[i].bw_out;
		pf->vf[nr].share = share_of(&pf->vf[nr], &pf->load);
	}
}

static bool takes_turns(const struct vf_info *vf)
{
	return vf->there && *vf->driver;
}

static void next_turn(struct pf_load *pf, const struct pf_info *info)
{
	int i, nr = pf->turn;

	pf->turn = NOBODY;
	for (i = 0; i < MAX_VFS; i++) {
		nr = (nr + 1) % MAX_VFS;
		if (!takes_turns(&info->vf[nr]))
			continue;
		/* Who may not write sees what is watched. */
		if (watch_vf(&pf->watch, nr))
			pf->turn = nr;
		pf->since = now_ms();
		return;
	}
}

static void begin_turns(struct pf_load *pf, const struct pf_info *info)
{
	int nr;

	watch_begin(&pf->watch, pf->address);
	pf->begun = true;
	for (nr = 0; nr < MAX_VFS; nr++)
		pf->left += takes_turns(&info->vf[nr]);
	next_turn(pf, info);
	if (pf->turn == NOBODY)
		pf->left = 0;
}

/* Returns whether the PF has nothing more to show than it has now. */
static bool collect(struct pf_load *pf, const struct pf_info *info,
		    const struct options *options)
{
	struct load load;

	if (!telemetry_device(pf->address, &load)) {
		pf->load = load;
		pf->begun = false;
		pf->left = 0;
		return true;
	}
	pf->load.on = true;
	if (load.samples) {
		pf->load = load;
		take_slots(pf);
	}
	if (options->watched)
		return true;
	if (!pf->begun) {
		begin_turns(pf, info);
		return !pf->left;
	}
	if (pf->turn == NOBODY || (!load.samples && now_ms() - pf->since < SAMPLE_MS))
		return !pf->left;
	if (pf->left)
		pf->left--;
	if (pf->left || !options->once)
		next_turn(pf, info);
	return !pf->left;
}

static bool collect_all(const struct pf_info *pfs, int n, const struct options *options)
{
	struct pf_load *pf;
	bool all = true;
	int i;

	for (i = 0; i < n; i++) {
		pf = load_of(pfs[i].address);
		if (pf)
			all &= collect(pf, &pfs[i], options);
	}
	return all;
}

static void put_back(void)
{
	int i;

	for (i = 0; i < MAX_PFS; i++)
		if (loads[i].begun)
			watch_end(&loads[i].watch);
}

/* --- showing ------------------------------------------------------------------- */

static void bar(const char *name, int percent, const char *after)
{
	int i, full = percent * BAR / 100;

	printf("  %-8s [", name);
	for (i = 0; i < BAR; i++)
		putchar(i < full ? '#' : ' ');
	printf("] %3d%%%s\n", percent, after);
}

/* "vf0-3,7": the VFs that are there, without a bar, with a driver or not */
static void list_vfs(const struct pf_info *info, const struct pf_load *pf, bool driven,
		     const char *what)
{
	bool in[MAX_VFS + 1] = { };
	int nr, first, n = 0;

	for (nr = 0; nr < MAX_VFS; nr++)
		in[nr] = info->vf[nr].there && !pf->vf[nr].known &&
			 (*info->vf[nr].driver != '\0') == driven;
	for (first = 0; first < MAX_VFS; first = nr + 1) {
		for (nr = first; in[nr]; nr++)
			;
		if (nr == first)
			continue;
		printf(n++ ? ",%d" : "  vf%d", first);
		if (nr - first > 1)
			printf("-%d", nr - 1);
	}
	if (n)
		printf(": %s\n", what);
}

static void show_vfs(const struct pf_info *info, const struct pf_load *pf)
{
	char name[16], after[64];
	int nr;

	for (nr = 0; nr < MAX_VFS; nr++) {
		const struct vf_load *vf = &pf->vf[nr];

		if (!vf->known || !info->vf[nr].there)
			continue;
		snprintf(name, sizeof(name), "vf%d", nr);
		snprintf(after, sizeof(after), " %6ld+%-6ld %.9s", vf->bw_in, vf->bw_out,
			 info->vf[nr].driver);
		bar(name, vf->share, after);
	}
	list_vfs(info, pf, true, pf->turn == NOBODY ? "not watched" : "not looked at yet");
	list_vfs(info, pf, false, "no driver, not watched");
}

/* A slice that no engine uses is no service: "dc" is there as dc or dcc. */
static bool offers(const struct pf_info *info, const struct load *load, int service)
{
	const char *name = service_name[service], *word;

	if (load->service[service] < 0)
		return false;
	for (word = info->services; word; word = strchr(word, ';')) {
		word += *word == ';';
		if (!strncmp(word, name, strlen(name)))
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

static void show_pf(const struct pf_info *info, const struct pf_load *pf)
{
	const char *why = telemetry_missing(info);
	const struct load *load = &pf->load;
	int i;

	printf("%-13s %s", info->address, *info->services ? info->services : "-");
	if (!load->on) {
		if (why)
			printf("  %s\n", why);
		else
			printf("  telemetry is off:\n  echo 1 > " TELEMETRY "/control\n",
			       info->address);
		return;
	}
	if (!load->samples) {
		printf("  no sample yet\n");
		return;
	}
	printf("  in %ld Mbit/s, out %ld Mbit/s\n", load->bw_in, load->bw_out);
	bar("PF", busiest(info, load), "");
	for (i = 0; i < QATVF_CONFIG_SERVICES; i++)
		if (offers(info, load, i))
			bar(service_name[i], load->service[i], "");
	show_vfs(info, pf);
}

static void json_vf(const struct vf_info *info, const struct vf_load *vf, int nr)
{
	json_begin(NULL, '{');
	json_number("vf", nr);
	json_string("driver", info->driver);
	json_bool("watched", vf->known);
	json_number("share", vf->known ? vf->share : -1);
	json_number("bandwidth_in", vf->known ? vf->bw_in : -1);
	json_number("bandwidth_out", vf->known ? vf->bw_out : -1);
	json_end('}');
}

static void json_pf(const struct pf_info *info, const struct pf_load *pf)
{
	const char *why = telemetry_missing(info);
	const struct load *load = &pf->load;
	bool known = load->on && load->samples;
	int i;

	json_begin(NULL, '{');
	json_string("address", info->address);
	json_bool("telemetry", load->on);
	json_string("telemetry_missing", load->on || !why ? "" : why);
	json_number("load", known ? busiest(info, load) : -1);
	json_number("bandwidth_in", known ? load->bw_in : -1);
	json_number("bandwidth_out", known ? load->bw_out : -1);
	json_begin("services", '{');
	for (i = 0; i < QATVF_CONFIG_SERVICES; i++)
		if (known && offers(info, load, i))
			json_number(service_name[i], load->service[i]);
	json_end('}');
	json_begin("vfs", '[');
	for (i = 0; i < MAX_VFS; i++)
		if (info->vf[i].there)
			json_vf(&info->vf[i], &pf->vf[i], i);
	json_end(']');
	json_end('}');
}

/* Returns how many PFs have telemetry. */
static int picture(const struct pf_info *pfs, int n)
{
	struct pf_load *pf;
	int i, on = 0;

	if (json)
		json_begin(NULL, '[');
	else if (!n)
		printf("0 devices: qatvfctl doctor says why\n");
	for (i = 0; i < n; i++) {
		pf = load_of(pfs[i].address);
		if (!pf)
			break;
		on += pf->load.on;
		(json ? json_pf : show_pf)(&pfs[i], pf);
	}
	if (json)
		json_end(']');
	fflush(stdout);
	return on;
}

/* One picture, when every VF has had its turn. */
static enum result show_once(const struct options *options)
{
	struct pf_info *pfs;
	int n = devices_list(&pfs), on;

	while (!collect_all(pfs, n, options) && !stop)
		wait_ms(POLL_MS);
	on = picture(pfs, n);
	free(pfs);
	return on ? DONE : UNUSABLE;
}

static enum result show_always(const struct options *options)
{
	struct pf_info *pfs;
	long next = 0;
	int n;

	while (!stop && !ferror(stdout)) {
		n = devices_list(&pfs);
		do {
			collect_all(pfs, n, options);
			if (next)
				wait_ms(POLL_MS);
		} while (!stop && now_ms() < next);
		if (!json && isatty(STDOUT_FILENO))
			printf("\033[H\033[J");
		picture(pfs, n);
		free(pfs);
		next = now_ms() + options->seconds * 1000;
	}
	return DONE;
}

static bool parse(int argc, char **argv, struct options *options)
{
	char *end;
	int i;

	for (i = 0; i < argc; i++) {
		if (!strcmp(argv[i], "--once")) {
			options->once = true;
		} else if (!strcmp(argv[i], "--watched")) {
			options->watched = true;
		} else if (!strcmp(argv[i], "--interval") && i + 1 < argc) {
			options->seconds = strtod(argv[++i], &end);
			if (*end || !(options->seconds >= 0.1 && options->seconds <= 3600))
				return false;
		} else {
			return false;
		}
	}
	return true;
}

/**
 * do_top() - command top [--once] [--watched] [--interval SECONDS]
 */
enum result do_top(int argc, char **argv)
{
	struct options options = { .seconds = 2 };
	enum result result;

	if (!parse(argc, argv, &options))
		return USAGE;
	/* In another machine's files nothing would move. */
	options.watched |= *root_dir != '\0';

	/* However it ends, what was watched before is put back. */
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	signal(SIGHUP, on_signal);
	signal(SIGPIPE, SIG_IGN);
	result = options.once ? show_once(&options) : show_always(&options);
	put_back();
	return result;
}
