// SPDX-License-Identifier: GPL-2.0
/*
 * Telemetry of a PF, from debugfs as the in-tree driver lays it out: lines of a name
 * and a value.
 */
#include <stdlib.h>
#include <string.h>

#include "qatvfctl.h"

#define DIR	"/sys/kernel/debug/qat_4xxx_%s/telemetry"

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
	load->on = root_number(root_path(DIR "/control", address), 0) > 0 &&
		   root_read(root_path(DIR "/device_data", address), text, sizeof(text));
	if (!load->on)
		return false;
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		if (sscanf(line, "%31s %ld", name, &value) != 2)
			continue;
		if (!strcmp(name, "bw_in"))
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

static bool read_slot(const char *address, char letter, struct rp_load *rp)
{
	char text[TEXT_MAX], name[32], word[24], *line, *save;

	memset(rp, 0, sizeof(*rp));
	rp->rp = -1;
	if (!root_read(root_path(DIR "/rp_%c_data", address, letter), text, sizeof(text)))
		return false;
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		if (sscanf(line, "%31s %23s", name, word) != 2)
			continue;
		if (!strcmp(name, "rp_num"))
			rp->rp = atoi(word);
		else if (!strcmp(name, "service_type"))
			snprintf(rp->service, sizeof(rp->service), "%.7s", word);
		else if (!strcmp(name, "bw_in"))
			rp->bw_in = atol(word);
		else if (!strcmp(name, "bw_out"))
			rp->bw_out = atol(word);
	}
	return rp->rp >= 0;
}

/**
 * telemetry_ring_pairs() - the ring pairs that are watched
 * @address: PF
 * @slots: RP_SLOTS of them
 *
 * Return: how many are set.
 */
int telemetry_ring_pairs(const char *address, struct rp_load *slots)
{
	int i, n = 0;

	for (i = 0; i < RP_SLOTS; i++)
		n += read_slot(address, 'A' + i, &slots[n]);
	return n;
}
