// SPDX-License-Identifier: GPL-2.0
/*
 * Load for tests that take devices away meanwhile: bursts in a loop, a transform that
 * is only held, transforms that come and go.  The rule: every request ends exactly
 * once, with the right data or with a defined error.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "commands.h"
#include "random.h"

#define TIMEOUT_MS	60000
/* What a request may end with when its device is taken away. */
#define DEFINED(err)	((err) == -EIO || (err) == -ENODEV)

static volatile sig_atomic_t stop;

static void on_signal(int signal)
{
	(void)signal;
	stop = 1;
}

static void catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal };

	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
}

static time_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

static time_t load_end;

/**
 * load_start() - the load begins
 * @seconds: how long it lasts, unless SIGTERM or SIGINT comes
 */
void load_start(unsigned int seconds)
{
	catch_signals();
	load_end = now() + seconds;
}

/** load_goes_on() - not yet over? */
bool load_goes_on(void)
{
	return !stop && now() < load_end;
}

static int keyed(struct cipher *cipher)
{
	uint8_t key[MAX_KEY];
	int err = cipher_open(cipher, 0);

	random_fill(key, cipher->key_lens[2]);
	return err ?: cipher_set_key(cipher, key, cipher->key_lens[2], 0);
}

static void add(struct qct_tally *sum, const struct qct_tally *t)
{
	sum->completions += t->completions;
	sum->busy += t->busy;
	sum->at_once += t->at_once;
	sum->failures += t->failures;
	sum->failure = t->failure ?: sum->failure;
	sum->lost += t->lost;
	sum->doubled += t->doubled;
	sum->late_notices += t->late_notices;
	sum->missing_notices += t->missing_notices;
	sum->stray_notices += t->stray_notices;
	sum->wrong_data += t->wrong_data;
	sum->wrong_iv += t->wrong_iv;
}

static bool kept(const struct qct_tally *sum)
{
	return !sum->lost && !sum->doubled && !sum->late_notices &&
	       !sum->missing_notices && !sum->stray_notices &&
	       !sum->wrong_data && !sum->wrong_iv &&
	       (!sum->failures || DEFINED(sum->failure));
}

static void tell(const struct cipher *cipher, const struct qct_tally *sum)
{
	printf("%s: %u completed, %u waited, %u in software, %u failed (last %d), %u lost, %u doubled, %u late, %u missing and %u stray notifications, %u wrong\n",
	       cipher->name, sum->completions, sum->busy, sum->at_once,
	       sum->failures, sum->failure, sum->lost, sum->doubled,
	       sum->late_notices, sum->missing_notices, sum->stray_notices,
	       sum->wrong_data + sum->wrong_iv);
	fflush(stdout);
}

/**
 * load() - bursts until the time is over or SIGTERM comes
 * @cipher: described
 * @seconds: how long
 *
 * All combinations of direction, in place and may backlog in turn; CBC begins with
 * requests that may not wait, XTS with such that may.
 *
 * Return: exit code: 0 if every promise was kept.
 */
int load(struct cipher *cipher, unsigned int seconds)
{
	struct qct_tally sum = { };
	unsigned int round = 2 * cipher->mode;
	int err = keyed(cipher);

	load_start(seconds);
	while (!err && load_goes_on() && !sum.lost) {
		struct qct_burst burst = {
			.requests = 400, .workers = 4, .len = 1024,
			.segs = 1 + round % 3, .timeout_ms = TIMEOUT_MS,
			.flags = round % 8,
		};

		err = cipher_burst(cipher, &burst);
		add(&sum, &burst.tally);
		round++;
	}
	tell(cipher, &sum);
	if (err)
		fprintf(stderr, "%s: error %d\n", cipher->driver, err);
	return err || !kept(&sum) || !sum.completions;
}

/**
 * burst() - one burst of requests that may wait
 * @cipher: described
 * @len: bytes each
 * @requests: how many
 *
 * Return: exit code: 0 if every promise was kept, and no request failed.
 */
int burst(struct cipher *cipher, unsigned int len, unsigned int requests)
{
	struct qct_burst burst = {
		.requests = requests, .workers = 4, .len = len, .segs = 1,
		.timeout_ms = TIMEOUT_MS,
		.flags = QCT_ENCRYPT | QCT_MAY_BACKLOG,
	};
	int err;

	/* its end is told, whatever comes meanwhile */
	catch_signals();
	err = keyed(cipher) ?: cipher_burst(cipher, &burst);
	tell(cipher, &burst.tally);
	if (err)
		fprintf(stderr, "%s: error %d\n", cipher->driver, err);
	return err || !kept(&burst.tally) || burst.tally.failures;
}

/**
 * rekey() - a burst whose key changes while most of it waits
 * @cipher: described
 *
 * For rings that stand still until all requests are given.
 *
 * Return: exit code: 0 if every request ended with the key it was given with.
 */
int rekey(struct cipher *cipher)
{
	struct qct_burst burst = {
		.requests = 1000, .workers = 4, .len = 512, .segs = 1,
		.timeout_ms = TIMEOUT_MS,
		.flags = QCT_ENCRYPT | QCT_MAY_BACKLOG | QCT_REKEY,
	};
	int err = keyed(cipher) ?: cipher_burst(cipher, &burst);

	tell(cipher, &burst.tally);
	printf("%u waited when the key changed\n", burst.tally.rekeyed);
	if (err)
		fprintf(stderr, "%s: error %d\n", cipher->driver, err);
	return err || !kept(&burst.tally) || burst.tally.failures ||
	       !burst.tally.rekeyed;
}

static int one_request(struct cipher *cipher, bool in_place)
{
	struct shape one = { .n = 1, .seg = { { 0, 512 } } };
	uint8_t in[512], want[512], data[512], iv[BLOCK];
	struct request req = {
		.encrypt = true, .in_place = in_place, .len = 512, .src = &one,
		.dst = &one, .data = data,
	};
	struct qct_crypt outcome;
	int err;

	random_fill(in, sizeof(in));
	random_fill(iv, BLOCK);
	memcpy(data, in, sizeof(data));
	memcpy(req.iv, iv, BLOCK);
	reference_crypt(cipher->mode, true, cipher->key, cipher->key_len, iv, in,
			want, sizeof(in));
	err = cipher_run(cipher, &req, &outcome) ?: outcome.result;
	if (!err && memcmp(data, want, sizeof(want)))
		err = -EILSEQ;
	return err;
}

/**
 * hold() - keep a transform until standard input ends, using it now and then
 * @cipher: described
 *
 * Each line of input runs a request, in place, and answers "ok" or "error N".
 *
 * Return: exit code.
 */
int hold(struct cipher *cipher)
{
	int err = keyed(cipher);
	char line[16];

	if (err) {
		printf("error %d\n", err);
		return 1;
	}
	printf("held\n");
	fflush(stdout);
	while (fgets(line, sizeof(line), stdin)) {
		err = one_request(cipher, true);
		if (err)
			printf("error %d\n", err);
		else
			printf("ok\n");
		fflush(stdout);
	}
	cipher_close(cipher);
	return 0;
}

/**
 * churn() - allocate, use and free transforms until the time is over
 * @cipher: described
 * @seconds: how long
 *
 * An algorithm that is not there is no failure: -ENOENT, or on a lookup that races
 * with its coming or going -EAGAIN or -ELIBBAD.  Requests are not in place, so that
 * none may fail, even if the device does not answer.
 *
 * Return: exit code.
 */
int churn(struct cipher *cipher, unsigned int seconds)
{
	unsigned int good = 0, absent = 0, bad = 0;
	int err, last = 0;

	load_start(seconds);
	while (load_goes_on()) {
		err = keyed(cipher);
		if (!err)
			err = one_request(cipher, false);
		cipher_close(cipher);
		if (!err) {
			good++;
		} else if (err == -ENOENT || err == -EAGAIN || err == -ELIBBAD) {
			absent++;
			usleep(1000);
		} else {
			bad++;
			last = err;
		}
	}
	printf("%s: %u transforms used, %u times absent, %u failed (last %d)\n",
	       cipher->name, good, absent, bad, last);
	return bad || !(good + absent);
}
