// SPDX-License-Identifier: GPL-2.0
/*
 * Requests in a loop, while others do things to the device: each has to end, and
 * what ends well has to be right.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "comp.h"
#include "random.h"

#define LEN	50000U

static uint8_t text[LEN], packed[ROOM(LEN)], back[LEN];
static volatile sig_atomic_t stop;

static void on_term(int signal)
{
	(void)signal;
	stop = 1;
}

/* Returns 0, or the errno of the request that failed, or 1 for a wrong result. */
static int trip(const struct format *format)
{
	unsigned int len = 1 + random_below(LEN);
	struct job job = {
		.name = format->driver, .flags = QCMP_COMPRESS | QCMP_BACKLOG,
		.src = text, .slen = len, .dst = packed, .dlen = ROOM(len),
		.src_pieces = 1 + random_below(4), .dst_pieces = 1 + random_below(4),
	};

	text_make(random_below(TEXT_KINDS), text, len);
	kernel_run(&job);
	if (job.result || !job.intact)
		return job.result ? job.result : 1;
	if (format->decompress &&
	    (format->decompress(packed, job.produced, back, len) != (long)len ||
	     memcmp(text, back, len)))
		return 1;
	job.flags = QCMP_BACKLOG;
	job.src = packed;
	job.slen = job.produced;
	job.dst = back;
	job.dlen = len;
	memset(back, 0, len);
	kernel_run(&job);
	if (job.result || !job.intact)
		return job.result ? job.result : 1;
	return job.produced == len && !memcmp(text, back, len) ? 0 : 1;
}

/**
 * load() - round trips until the time is over or SIGTERM comes
 * @format: of this format
 * @seconds: time
 *
 * Return: exit code: 0 if all were right.
 */
int load(const struct format *format, unsigned int seconds)
{
	time_t end = time(NULL) + seconds;
	unsigned long good = 0, bad = 0;
	int err, last = 0;

	signal(SIGTERM, on_term);
	while (!stop && time(NULL) < end) {
		err = trip(format);
		good += !err;
		bad += !!err;
		if (err)
			last = err;
	}
	printf("%s: %lu round trips, %lu failed", format->driver, good, bad);
	printf(last ? " (%d)\n" : "\n", last);
	return bad || !good;
}

/**
 * once() - a few round trips
 * @format: of this format
 * @times: how many
 *
 * Return: exit code: 0 if all were right.
 */
int once(const struct format *format, unsigned int times)
{
	unsigned int i;
	int err;

	for (i = 0; i < times; i++) {
		err = trip(format);
		if (err) {
			printf("%s: round trip %u: %d\n", format->driver, i, err);
			return 1;
		}
	}
	printf("%s: %u round trips\n", format->driver, times);
	return 0;
}

/**
 * memory() - fill memory with text, more than once, and see whether it stays
 * @megabytes: how much
 *
 * Return: exit code: 0 if it did.
 */
int memory(unsigned int megabytes)
{
	size_t len = (size_t)megabytes << 20, at, bad = 0;
	static uint8_t page[4096];
	unsigned int turn;
	uint8_t *map;

	map = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (map == MAP_FAILED)
		return 2;
	for (turn = 0; turn < 2; turn++) {
		random_seed(turn);
		for (at = 0; at < len; at += sizeof(page))
			text_make(at / sizeof(page) % 8 ? TEXT_WORDS : TEXT_RANDOM,
				  map + at, sizeof(page));
		random_seed(turn);
		for (at = 0; at < len; at += sizeof(page)) {
			text_make(at / sizeof(page) % 8 ? TEXT_WORDS : TEXT_RANDOM,
				  page, sizeof(page));
			bad += !!memcmp(page, map + at, sizeof(page));
		}
	}
	printf("%u MB twice, %zu pages wrong\n", megabytes, bad);
	munmap(map, len);
	return bad ? 1 : 0;
}
