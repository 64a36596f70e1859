// SPDX-License-Identifier: GPL-2.0
/*
 * Telemetry of a PF, from debugfs as the in-tree driver lays it out: lines of a name
 * and a value.
 */
#include <stdlib.h>
#include <string.h>

#include "qatvfctl.h"

/* Slices that do a service's work; a service is as busy as its busiest kind. */
static const struct {
	const char *prefix;
	int service;
} slices[] = {
	{ "util_pke", QATVF_CONFIG_ASYM },
	{ "util_ucs", QATVF_CONFIG_SYM },
	{ "util_cph", QATVF_CONFIG_SYM },
	{ "util_ath", QATVF_CONFIG_SYM },
	{ "util_cpr", QATVF_CONFIG_DC },
	{ "util_dcpr", QATVF_CONFIG_DC },
	{ "util_xlt", QATVF_CONFIG_DC },
};

#define KINDS	(sizeof(slices) / sizeof(slices[0]))

/**
 * struct sums - of the slices of each kind
 * @sum:	percent, all slices together
 * @n:		slices
 */
struct sums {
	long sum[KINDS];
	int n[KINDS];
};

/* "util_cpr0": the prefix and a number */
static void take_slice(struct sums *sums, const char *name, long value)
{
	size_t k, len;

	for (k = 0; k < KINDS; k++) {
		len = strlen(slices[k].prefix);
		if (strncmp(name, slices[k].prefix, len) ||
		    strspn(name + len, "0123456789") != strlen(name + len) || !name[len])
			continue;
		sums->sum[k] += value < 0 ? 0 : value > 100 ? 100 : value;
		sums->n[k]++;
	}
}

/**
 * telemetry_missing() - why it cannot be turned on
 * @pf: PF
 *
 * Return: a few words, or NULL if it can.
 */
const char *telemetry_missing(const struct pf_info *pf)
{
	if (root_denied("/sys/kernel/debug"))
		return "telemetry is for root";
	if (!strcmp(pf->state, "down"))
		return "the PF is down";
	if (!root_exists(root_path(TELEMETRY, pf->address)))
		return "its firmware has no telemetry";
	return NULL;
}

/**
 * telemetry_device() - load of a PF
 * @address: PF
 * @load: set
 *
 * Return: is telemetry on?
 */
bool telemetry_device(const char *address, struct load *load)
{
	char text[2 * TEXT_MAX], name[32], *line, *save;
	struct sums sums = { };
	long value;
	size_t k;
	int i;

	memset(load, 0, sizeof(*load));
	for (i = 0; i < QATVF_CONFIG_SERVICES; i++)
		load->service[i] = -1;
	load->on = root_number(root_path(TELEMETRY "/control", address), 0) > 0 &&
		   root_read(root_path(TELEMETRY "/device_data", address), text, sizeof(text));
	if (!load->on)
		return false;
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		if (sscanf(line, "%31s %ld", name, &value) != 2)
			continue;
		if (!strcmp(name, "sample_cnt"))
			load->samples = value;
		else if (!strcmp(name, "bw_in"))
			load->bw_in = value;
		else if (!strcmp(name, "bw_out"))
			load->bw_out = value;
		else
			take_slice(&sums, name, value);
	}
	for (k = 0; k < KINDS; k++)
		if (sums.n[k] && sums.sum[k] / sums.n[k] > load->service[slices[k].service])
			load->service[slices[k].service] = sums.sum[k] / sums.n[k];
	return true;
}

/**
 * telemetry_busiest() - load of the busiest service
 * @load: load
 *
 * Return: percent, or -1.
 */
int telemetry_busiest(const struct load *load)
{
	int i, busiest = -1;

	for (i = 0; i < QATVF_CONFIG_SERVICES; i++)
		if (load->service[i] > busiest)
			busiest = load->service[i];
	return busiest;
}

static void read_slot(const char *address, char letter, struct rp_load *rp)
{
	char text[TEXT_MAX], name[32], *line, *save;
	long value;

	memset(rp, 0, sizeof(*rp));
	rp->rp = -1;
	if (!root_read(root_path(TELEMETRY "/rp_%c_data", address, letter), text, sizeof(text)))
		return;
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		if (sscanf(line, "%31s %ld", name, &value) != 2)
			continue;
		if (!strcmp(name, "rp_num"))
			rp->rp = value;
		else if (!strcmp(name, "bw_in"))
			rp->bw_in = value;
		else if (!strcmp(name, "bw_out"))
			rp->bw_out = value;
	}
}

/**
 * telemetry_ring_pairs() - the ring pairs that are watched
 * @address: PF
 * @slots: RP_SLOTS of them, set
 */
void telemetry_ring_pairs(const char *address, struct rp_load *slots)
{
	int i;

	for (i = 0; i < RP_SLOTS; i++)
		read_slot(address, 'A' + i, &slots[i]);
}
