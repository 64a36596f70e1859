// SPDX-License-Identifier: GPL-2.0
/*
 * AEAD requests one at a time, in every shape: lengths of text, AAD and tag, keys,
 * segments, and what must be refused.  Each function is a test point.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "aead.h"
#include "commands.h"
#include "counters.h"
#include "points.h"
#include "random.h"

#define RANDOM_CASES	150
#define ALL_WAYS	(2 * AEAD_PLACES)

static void random_key(struct aead *aead)
{
	unsigned int n = aead->key_lens[1] ? random_below(3) : 0;
	int err = aead_random_key(aead, aead->key_lens[n], 1 + random_below(100));

	point_case(!err, "key of %u bytes refused: error %d", aead->key_lens[n], err);
}

/* Both directions, in every place. */
static void all_ways(struct aead *aead, struct aead_request req)
{
	unsigned int way;

	for (way = 0; way < ALL_WAYS; way++) {
		req.encrypt = way & 1;
		req.place = way / 2;
		aead_case(aead, &req);
	}
}

/* One of the ways, in turn. */
static void one_way(struct aead *aead, struct aead_request req, unsigned int turn)
{
	req.encrypt = turn & 1;
	req.place = turn / 2 % AEAD_PLACES;
	aead_case(aead, &req);
}

static void text_lengths(struct aead *aead)
{
	static const unsigned int some[] = {
		0, 1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256,
		511, 512, 513, 1024, 1500, 2047, 4095, 4096, 4097, 8192, 16384, 65520,
		65535, 65536,
	};
	unsigned int i, k;

	point_begin("%s: texts of 0 to 65536 bytes with every key size", aead->name);
	for (k = 0; aead->key_lens[k]; k++) {
		aead_random_key(aead, aead->key_lens[k], 20 + 40 * k);
		for (i = 0; i < sizeof(some) / sizeof(some[0]); i++)
			all_ways(aead, (struct aead_request) {
				.aad_len = aead_good_aad(aead, i), .len = some[i],
			});
	}
}

static void short_texts(struct aead *aead)
{
	unsigned int len;

	point_begin("%s: every short text", aead->name);
	random_key(aead);
	for (len = 0; len <= 130; len++)
		one_way(aead, (struct aead_request) {
			.aad_len = aead_good_aad(aead, len % 19),
			.len = len,
		}, len / 2 + len % 2 * 3);
}

static void aad_lengths(struct aead *aead)
{
	unsigned int len;

	point_begin("%s: AAD of 0 to 300 bytes", aead->name);
	random_key(aead);
	for (len = 0; len <= 300; len++)
		one_way(aead, (struct aead_request) {
			.aad_len = len, .len = aead_good_text(aead, 64 + len % 3),
		}, len);
	for (len = 0; len <= 300; len += 7)
		one_way(aead, (struct aead_request) { .aad_len = len, }, len);
	all_ways(aead, (struct aead_request) { .aad_len = AEAD_MAX_AAD, .len = 32, });
}

static void tag_lengths(struct aead *aead)
{
	unsigned int len;
	int err, want;

	point_begin("%s: every length of the tag", aead->name);
	for (len = 0; len <= aead->max_tag + 1; len++) {
		err = aead_set_tag(aead, len);
		want = aead_tag_exists(aead, len) ? 0 : -EINVAL;
		point_case(err == want, "tag of %u bytes: error %d instead of %d",
			   len, err, want);
		random_key(aead);
		all_ways(aead, (struct aead_request) {
			.aad_len = aead_good_aad(aead, 13), .len = 48,
		});
		one_way(aead, (struct aead_request) {
			.aad_len = aead_good_aad(aead, 13), .len = 48,
			.damage = AEAD_BAD_TAG,
		}, 2 * (len % 3));
	}
	err = aead_set_tag(aead, aead->max_tag);
	point_case(!err, "longest tag again: error %d", err);
}

/* A wrong bit anywhere: -EBADMSG.  The IV is under the tag of AEAD modes only. */
static void wrong_tags(struct aead *aead)
{
	unsigned int i;

	point_begin("%s: a wrong bit in tag, text, AAD or IV", aead->name);
	random_key(aead);
	for (i = 0; i < 40 * AEAD_DAMAGES; i++) {
		struct aead_request req = {
			.damage = i % AEAD_DAMAGES, .aad_len = aead_good_aad(aead, 1 + i),
			.len = aead_good_text(aead, 16 + random_below(i % 3 ? 100 : 5000)),
			.place = i / AEAD_DAMAGES % AEAD_PLACES, .ccm_counter = 7,
		};

		if (req.damage == AEAD_BAD_IV && aead_has_hmac(aead))
			continue;
		aead_case(aead, &req);
	}
}

/* @n segments which together hold @len bytes. */
static struct shape even(unsigned int n, unsigned int len)
{
	struct shape shape = { .n = n };
	unsigned int i, done = 0;

	for (i = 0; i < n; i++) {
		unsigned int end = (unsigned long long)len * (i + 1) / n;

		shape.seg[i].offset = i * 173 % 4096;
		shape.seg[i].len = end - done;
		done = end;
	}
	return shape;
}

static void many_segments(struct aead *aead)
{
	static const unsigned int counts[] = { 2, 3, 16, 28, 29, 30, 31, 33, 64, 200 };
	unsigned int i;

	point_begin("%s: 2 to 200 segments, more than the device's list holds included",
		    aead->name);
	random_key(aead);
	for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		unsigned int aad_len = aead_good_aad(aead, 40 + i);
		unsigned int most = aad_len + 4096 + aead->tag_len;
		struct shape src = even(counts[i], most), dst = even(counts[9 - i], most);

		all_ways(aead, (struct aead_request) {
			.aad_len = aad_len, .len = 4096, .src = &src, .dst = &dst,
		});
	}
}

/* Without empty segments: the kernel's own hashes stop at them. */
static struct shape random_shape(unsigned int len)
{
	unsigned int most = random_below(3) ? 8 : 48, left = len;
	struct shape shape = { };

	while (shape.n < most && (left || !shape.n)) {
		struct qct_seg *seg = &shape.seg[shape.n++];

		seg->offset = random_below(4096);
		seg->len = left ? 1 + random_below(left) : 0;
		if (shape.n == most)
			seg->len = left;
		left -= seg->len;
	}
	shape.seg[shape.n - 1].len += random_below(2) * random_below(100);
	return shape;
}

static struct aead_request random_request(const struct aead *aead,
					  struct shape *src, struct shape *dst)
{
	static const unsigned int limits[] = { 64, 600, 5000, 70000 };
	struct aead_request req = {
		.encrypt = random_below(2), .place = random_below(AEAD_PLACES),
		.aad_len = aead_good_aad(aead, random_below(random_below(4) ? 64 : 300)),
		.len = aead_good_text(aead, random_below(limits[random_below(4)])),
		.flags = random_below(2) ? QCT_CHAINED : 0,
		.src = src, .dst = dst,
	};
	unsigned int most = req.aad_len + req.len + aead->tag_len;

	*src = random_shape(most);
	*dst = random_shape(most);
	if (!req.encrypt && req.len && random_below(5) == 0)
		req.damage = random_below(2) ? AEAD_BAD_TAG : AEAD_BAD_TEXT;
	return req;
}

static void random_shapes(struct aead *aead)
{
	struct shape src, dst;
	unsigned int i;

	point_begin("%s: random shapes", aead->name);
	for (i = 0; i < RANDOM_CASES; i++) {
		struct aead_request req = random_request(aead, &src, &dst);

		if (i % 10 == 0)
			random_key(aead);
		aead_case(aead, &req);
	}
}

static void submit_flags(struct aead *aead)
{
	static const unsigned int flags[] = {
		QCT_MAY_SLEEP, QCT_MAY_BACKLOG, QCT_MAY_SLEEP | QCT_MAY_BACKLOG,
		QCT_BH_OFF, QCT_BH_OFF | QCT_MAY_BACKLOG,
	};
	unsigned int aad_len = aead_good_aad(aead, 16), i;
	struct shape many = even(40, aad_len + 4096 + aead->tag_len);

	point_begin("%s: may sleep, may backlog, bottom halves off", aead->name);
	random_key(aead);
	for (i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		struct aead_request req = {
			.aad_len = aad_len, .len = 4096, .flags = flags[i],
		};

		all_ways(aead, req);
		req.src = &many;
		req.dst = &many;
		all_ways(aead, req);
	}
}

static bool key_exists(const struct aead *aead, unsigned int len)
{
	unsigned int k;

	for (k = 0; aead->key_lens[k]; k++)
		if (len == aead->key_lens[k] + aead->salt)
			return true;
	return false;
}

static void plain_keys(struct aead *aead)
{
	uint8_t key[QCT_MAX_KEY];
	unsigned int len;
	int err, want;

	for (len = 0; len <= QCT_MAX_KEY; len++) {
		random_fill(key, len);
		want = key_exists(aead, len) ? 0 : -EINVAL;
		err = aead_set_raw_key(aead, key, len);
		point_case(err == want, "%u bytes: error %d instead of %d", len, err,
			   want);
	}
}

/* Keys for the HMAC of any length, as long as a block and longer included. */
static void joined_keys(struct aead *aead)
{
	uint8_t garbage[64];
	unsigned int len;
	int err;

	for (len = 0; len <= 40 - aead->salt; len++) {
		err = aead_random_key(aead, len, 20);
		point_case(!err == key_exists(aead, len + aead->salt) &&
			   (!err || err == -EINVAL),
			   "cipher key of %u bytes: error %d", len, err);
	}
	for (len = 0; len <= sizeof(garbage); len += 3) {
		memset(garbage, 0, sizeof(garbage));
		err = aead_set_raw_key(aead, garbage, len);
		point_case(err == -EINVAL, "no keys in %u bytes: error %d", len, err);
	}
	for (len = 1; len <= sizeof(aead->auth_key); len += len < 10 ? 1 : 3) {
		err = aead_random_key(aead, 16, len);
		point_case(!err, "HMAC key of %u bytes: error %d", len, err);
		one_way(aead, (struct aead_request) { .aad_len = 8, .len = 64, }, len);
	}
}

static void keys(struct aead *aead)
{
	point_begin("%s: keys of all lengths", aead->name);
	if (aead_has_hmac(aead))
		joined_keys(aead);
	else
		plain_keys(aead);
	random_key(aead);
	all_ways(aead, (struct aead_request) {
		.aad_len = aead_good_aad(aead, 8), .len = 64,
	});
}

static int reopen(const struct aead *aead, unsigned int flags)
{
	struct aead other = *aead;
	int err = aead_open(&other, flags);

	aead_close(&other);
	return err;
}

/* Shorter than a tag; without a key; a counter that CCM cannot have. */
static void refused(struct aead *aead)
{
	struct qct_seg seg = { 0, 64 };
	uint8_t data[128] = { };
	struct qct_aead_crypt args = {
		.in = (uintptr_t)data, .out = (uintptr_t)data, .src = (uintptr_t)&seg,
		.nsrc = 1, .flags = QCT_IN_PLACE, .iv = { 3 },
	};
	struct aead fresh = *aead;
	unsigned int i;
	int err;

	point_begin("%s: what must be refused", aead->name);
	if (aead->on_device) {
		err = reopen(aead, QCT_NOT_ASYNC);
		point_case(err == -ENOENT, "given to who wants it synchronous: error %d",
			   err);
	}
	err = reopen(aead, QCT_NOT_ALLOCATING);
	point_case(!err, "refused to who wants no allocation: error %d", err);
	fresh.tag_len = fresh.max_tag;
	err = aead_open(&fresh, 0);
	point_case(!err && !ioctl(fresh.fd, QCT_AEAD_CRYPT, &args) &&
		   args.result == -ENOKEY,
		   "worked without a key: error %d", args.result);
	aead_close(&fresh);
	random_key(aead);
	for (i = 0; i < aead->tag_len; i += 3) {
		args.len = i;
		err = ioctl(aead->fd, QCT_AEAD_CRYPT, &args) ? -errno : args.result;
		point_case(err == -EINVAL, "%u bytes are no tag: error %d", i, err);
	}
	if (aead->family != AEAD_CCM || aead->salt)
		return;
	for (i = 1; i <= 255; i += i < 9 ? 1 : 41)
		all_ways(aead, (struct aead_request) {
			.aad_len = 8, .len = 64, .ccm_counter = i,
		});
	all_ways(aead, (struct aead_request) {
		.aad_len = 8, .len = 65535, .ccm_counter = 1,
	});
	all_ways(aead, (struct aead_request) {
		.aad_len = 8, .len = 65537, .ccm_counter = 1,
	});
}

/* The point is complete when the device did exactly what it should have done. */
static void judge_device(const struct aead *aead, const struct counters *before)
{
	struct counters now;

	counters_read(&now);
	if (!aead->on_device)
		return;
	point_case(now.requests - before->requests == aead->expected &&
		   now.responses - before->responses == aead->expected,
		   "device took %llu requests and answered %llu, instead of %llu",
		   now.requests - before->requests,
		   now.responses - before->responses, aead->expected);
	point_case(now.errors == before->errors &&
		   now.forged == before->forged && !now.in_flight,
		   "%llu errors, %llu forged responses, %llu still in flight",
		   now.errors - before->errors,
		   now.forged - before->forged, now.in_flight);
	point_remark("%llu requests on the device", aead->expected);
}

static void run_point(struct aead *aead, void (*point)(struct aead *))
{
	struct counters before;

	counters_read(&before);
	aead->expected = 0;
	point(aead);
	judge_device(aead, &before);
	point_end();
}

/**
 * aead_shapes() - all points for one AEAD
 * @aead: open
 */
void aead_shapes(struct aead *aead)
{
	run_point(aead, refused);
	run_point(aead, text_lengths);
	run_point(aead, short_texts);
	run_point(aead, aad_lengths);
	run_point(aead, tag_lengths);
	run_point(aead, wrong_tags);
	run_point(aead, many_segments);
	run_point(aead, random_shapes);
	run_point(aead, submit_flags);
	run_point(aead, keys);
}

/**
 * aead_load() - random requests until the time is over or SIGTERM comes
 * @aead: described
 * @seconds: how long
 *
 * A request whose device is taken away may fail with -EIO if it had only one copy of
 * its data; nothing else may go wrong.
 *
 * Return: exit code: 0 if every promise was kept.
 */
int aead_load(struct aead *aead, unsigned int seconds)
{
	unsigned int done = 0, failed = 0, wrong = 0;
	struct shape src, dst;
	int err;

	err = aead_open(aead, 0) ?: aead_random_key(aead, aead->key_lens[0], 32);
	load_start(seconds);
	while (!err && load_goes_on()) {
		struct aead_request req = random_request(aead, &src, &dst);
		const char *what;

		/* so that software which has a queue of its own takes it, too */
		req.flags |= QCT_MAY_BACKLOG;
		what = aead_try(aead, &req, &err);
		done++;
		if (what && err == -EIO && req.place != AEAD_APART) {
			failed++;
		} else if (what) {
			wrong++;
			printf("# %s: %s, error %d, place %u\n", aead->name, what,
			       err, req.place);
		}
		err = 0;
	}
	printf("%s: %u done, %u failed, %u wrong\n", aead->name, done, failed, wrong);
	if (err)
		fprintf(stderr, "%s: error %d\n", aead->driver, err);
	return err || wrong || !done;
}
