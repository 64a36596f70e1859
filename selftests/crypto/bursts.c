// SPDX-License-Identifier: GPL-2.0
/*
 * Many requests at once: fuller than the rings, with and without permission to wait.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "counters.h"
#include "points.h"

#define TIMEOUT_MS	60000

/**
 * struct row - one burst
 * @requests: how many
 * @workers: from how many work items
 * @len: bytes each
 * @segs: segments each
 * @flags: QCT_*
 */
struct row {
	unsigned int requests;
	unsigned int workers;
	unsigned int len;
	unsigned int segs;
	unsigned int flags;
};

#define B	QCT_MAY_BACKLOG
#define P	QCT_IN_PLACE
#define E	QCT_ENCRYPT

/* 255 requests fill a ring: around that, and far beyond. */
static const struct row rows[] = {
	{ 1, 1, 64, 1, E }, { 1, 1, 64, 1, E | B }, { 2, 2, 512, 2, E },
	{ 8, 1, 512, 1, E }, { 9, 1, 512, 1, B }, { 64, 2, 512, 1, E | P },
	{ 254, 1, 512, 1, E }, { 255, 1, 512, 1, E }, { 256, 1, 512, 1, E },
	{ 257, 1, 512, 1, E }, { 254, 1, 512, 1, E | B },
	{ 255, 1, 512, 1, E | B }, { 256, 1, 512, 1, B },
	{ 257, 1, 512, 1, E | B }, { 1000, 2, 4096, 1, E | P },
	{ 1000, 2, 4096, 1, E | B }, { 1000, 2, 4096, 5, B | P },
	{ 1000, 2, 512, 40, E | B }, { 1000, 2, 512, 29, E | P | B },
	{ 4096, 4, 64, 1, E }, { 4096, 4, 64, 1, E | B },
	{ 4096, 4, 512, 1, B | P }, { 4096, 8, 512, 2, E | B },
	{ 2000, 8, 512, 1, E | B | QCT_BH_OFF }, { 2000, 8, 512, 1, QCT_BH_OFF },
	{ 2000, 16, 512, 1, E | B | QCT_WAIT_WHEN_BUSY },
	{ 2000, 16, 512, 3, B | P | QCT_MAY_SLEEP | QCT_WAIT_WHEN_BUSY },
};

static void judge_promises(const struct qct_tally *t, const struct row *row)
{
	point_case(t->completions == row->requests && !t->lost && !t->doubled,
		   "%u of %u requests completed, %u lost, %u twice",
		   t->completions, row->requests, t->lost, t->doubled);
	point_case(!t->late_notices && !t->missing_notices && !t->stray_notices,
		   "%u late, %u missing, %u stray notifications",
		   t->late_notices, t->missing_notices, t->stray_notices);
	point_case(!t->failures, "%u failed, last error %d", t->failures,
		   t->failure);
	point_case(!t->wrong_data && !t->wrong_iv,
		   "%u with wrong data, %u with a wrong IV", t->wrong_data,
		   t->wrong_iv);
}

static void judge_returns(const struct qct_tally *t, const struct row *row)
{
	point_case(row->flags & B || !t->busy,
		   "%u told to wait without permission", t->busy);
	point_case(!t->no_space && !t->refused,
		   "%u without space, %u refused, though software is there",
		   t->no_space, t->refused);
	point_case(t->in_progress + t->busy + t->at_once == row->requests,
		   "%u in progress, %u busy, %u done at once of %u",
		   t->in_progress, t->busy, t->at_once, row->requests);
}

/* What the device did must fit what the crypto API's callers saw. */
static void judge_device(const struct qct_tally *t, const struct counters *a,
			 const struct counters *b, const struct row *row)
{
	unsigned long long requests = b->requests - a->requests;

	point_case(requests == b->responses - a->responses && !b->in_flight,
		   "%llu requests, %llu responses, %llu in flight", requests,
		   b->responses - a->responses, b->in_flight);
	point_case(b->errors == a->errors && b->forged == a->forged,
		   "%llu errors, %llu forged", b->errors - a->errors,
		   b->forged - a->forged);
	if (row->segs > DEVICE_SEGS)
		return;
	point_case(b->backlogged - a->backlogged == t->busy,
		   "%llu waited, but %u were told so",
		   b->backlogged - a->backlogged, t->busy);
	point_case(requests == t->in_progress + t->busy &&
		   b->refused - a->refused == t->at_once,
		   "device took %llu and refused %llu; callers saw %u + %u and %u",
		   requests, b->refused - a->refused, t->in_progress, t->busy,
		   t->at_once);
}

static bool run_row(struct cipher *cipher, const struct row *row,
		    struct qct_tally *sum)
{
	struct qct_burst burst = {
		.requests = row->requests, .workers = row->workers,
		.len = row->len, .segs = row->segs,
		.flags = row->flags | (cipher->mode == MODE_XTS ? 0 : QCT_CHECK_IV),
		.timeout_ms = TIMEOUT_MS,
	};
	struct counters before, after;
	int err;

	counters_read(&before);
	err = cipher_burst(cipher, &burst);
	counters_read(&after);
	point_case(!err, "%u requests: error %d", row->requests, err);
	if (err)
		return false;
	judge_promises(&burst.tally, row);
	if (cipher->on_device) {
		judge_returns(&burst.tally, row);
		judge_device(&burst.tally, &before, &after, row);
	}
	sum->completions += burst.tally.completions;
	sum->busy += burst.tally.busy;
	sum->at_once += burst.tally.at_once;
	return !burst.tally.lost;
}

/**
 * bursts() - all bursts for one cipher
 * @cipher: open
 */
void bursts(struct cipher *cipher)
{
	struct qct_tally sum = { };
	unsigned int i;
	bool go = true;

	point_begin("%s: bursts of up to 4096 requests, each completed once, right, with its notification",
		    cipher->name);
	for (i = 0; go && i < sizeof(rows) / sizeof(rows[0]); i++) {
		cipher_random_key(cipher, cipher->key_lens[i & 2]);
		go = run_row(cipher, &rows[i], &sum);
	}
	point_remark("%u requests, %u waited, %u in software", sum.completions,
		     sum.busy, sum.at_once);
	point_end();
}
