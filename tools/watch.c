// SPDX-License-Identifier: GPL-2.0
/*
 * Which ring pairs telemetry watches.  It has four slots, as many as a VF has ring pairs;
 * so VFs are looked at one after the other, and what was watched before is put back.
 *
 * A ring pair that has a slot already is left there by the kernel, whatever slot it is
 * written to; and no slot can be emptied while the PF is up.
 */
#include <string.h>

#include "qatvfctl.h"

#define RP_FILE		"/sys/kernel/debug/qat_4xxx_%s/telemetry/rp_%c_data"
#define RING_PAIRS	64
#define RPS_PER_VF	4

static int write_slot(const char *address, int slot, int rp)
{
	char number[16];

	snprintf(number, sizeof(number), "%d\n", rp);
	return root_write(root_path(RP_FILE, address, 'A' + slot), number);
}

static bool has(const int *slots, int rp)
{
	int i;

	for (i = 0; i < RP_SLOTS; i++)
		if (slots[i] == rp)
			return true;
	return false;
}

static void read_slots(const char *address, int *slots)
{
	struct rp_load rps[RP_SLOTS];
	int i;

	telemetry_ring_pairs(address, rps);
	for (i = 0; i < RP_SLOTS; i++)
		slots[i] = rps[i].rp;
}

/* A ring pair that has another slot must leave it first, for one that nobody wants. */
static bool make_way(const char *address, int *now, const int *wanted, int rp)
{
	int i, spare;

	for (i = 0; i < RP_SLOTS; i++) {
		if (now[i] != rp)
			continue;
		for (spare = RING_PAIRS - 1; has(now, spare) || has(wanted, spare); spare--)
			;
		if (write_slot(address, i, spare))
			return false;
		now[i] = spare;
	}
	return true;
}

/* Negative numbers are slots that do not matter. */
static bool place(const char *address, const int *wanted)
{
	int now[RP_SLOTS], i;

	read_slots(address, now);
	for (i = 0; i < RP_SLOTS; i++) {
		if (wanted[i] < 0 || now[i] == wanted[i])
			continue;
		if (!make_way(address, now, wanted, wanted[i]) ||
		    write_slot(address, i, wanted[i]))
			return false;
		now[i] = wanted[i];
	}
	return true;
}

/**
 * watch_begin() - before the first watch_vf()
 * @watch: set
 * @address: PF, with telemetry on
 */
void watch_begin(struct watch *watch, const char *address)
{
	snprintf(watch->address, sizeof(watch->address), "%s", address);
	read_slots(address, watch->before);
	watch->changed = false;
}

/**
 * watch_vf() - have telemetry watch the ring pairs of a VF; it begins anew with that
 * @watch: watch
 * @nr: VF
 *
 * Return: may we?
 */
bool watch_vf(struct watch *watch, unsigned int nr)
{
	int wanted[RP_SLOTS], i;

	for (i = 0; i < RP_SLOTS; i++)
		wanted[i] = RPS_PER_VF * nr + i;
	watch->changed = true;
	return place(watch->address, wanted);
}

/**
 * watch_end() - put back what was watched before
 * @watch: watch
 *
 * Slots that were empty keep what they have.
 */
void watch_end(struct watch *watch)
{
	if (watch->changed)
		place(watch->address, watch->before);
	watch->changed = false;
}
