// SPDX-License-Identifier: GPL-2.0
/*
 * One request at a time, in every shape: lengths, keys, segments, IVs, errors.
 * Each function is a test point.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "counters.h"
#include "points.h"
#include "random.h"

#define RANDOM_CASES	300

static struct shape flat(unsigned int offset, unsigned int len)
{
	return (struct shape){ .n = 1, .seg = { { offset, len } } };
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

/* The four ways a request can go. */
static void four_ways(struct cipher *cipher, unsigned int len,
		      const struct shape *src, const struct shape *dst,
		      unsigned int flags)
{
	unsigned int way;

	for (way = 0; way < 4; way++) {
		struct request req = {
			.encrypt = way & 1, .in_place = way & 2, .len = len,
			.src = src, .dst = dst, .flags = flags,
		};

		cipher_case(cipher, &req);
	}
}

static void flat_case(struct cipher *cipher, unsigned int len,
		      unsigned int offset)
{
	struct shape src = flat(offset, len), dst = flat(offset * 7 % 4096, len);

	four_ways(cipher, len, &src, &dst, 0);
}

static void lengths(struct cipher *cipher)
{
	static const unsigned int some[] = {
		0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65,
		80, 100, 112, 127, 128, 129, 240, 255, 256, 257, 496, 511, 512,
		513, 1023, 1024, 1025, 2047, 2048, 2049, 4080, 4095, 4096, 4097,
		4112, 8191, 8192, 8193, 16384, 65520, 65535, 65536, 65537, 131072,
		MAX_LEN,
	};
	unsigned int i, k;

	point_begin("%s: lengths 0 to %u with every key size", cipher->name,
		    MAX_LEN);
	for (k = 0; cipher->key_lens[k]; k++) {
		cipher_random_key(cipher, cipher->key_lens[k]);
		for (i = 0; i < sizeof(some) / sizeof(some[0]); i++)
			flat_case(cipher, some[i], 0);
	}
}

static void tails(struct cipher *cipher)
{
	unsigned int len, k;

	point_begin("%s: every length around the block size", cipher->name);
	for (k = 0; cipher->key_lens[k]; k++) {
		cipher_random_key(cipher, cipher->key_lens[k]);
		for (len = 0; len <= 83; len++)
			flat_case(cipher, len, 0);
		for (len = 4096; len <= 4113; len++)
			flat_case(cipher, len, 0);
	}
}

static void misaligned(struct cipher *cipher)
{
	static const unsigned int more[] = {
		31, 33, 63, 65, 511, 1023, 2047, 2049, 4079, 4080, 4081, 4087,
		4088, 4094, 4095,
	};
	unsigned int i;

	point_begin("%s: misaligned, across pages", cipher->name);
	cipher_random_key(cipher, cipher->key_lens[2]);
	for (i = 0; i <= 17; i++) {
		flat_case(cipher, 64, i);
		flat_case(cipher, 8192, i);
	}
	for (i = 0; i < sizeof(more) / sizeof(more[0]); i++) {
		flat_case(cipher, 16, more[i]);
		flat_case(cipher, 4096, more[i]);
	}
}

static void many_segments(struct cipher *cipher)
{
	static const unsigned int counts[] = {
		1, 2, 3, 4, 7, 15, 16, 28, 29, 30, 31, 64, 128, 129, 200, 256,
	};
	static const unsigned int lens[] = { 256, 512, 4096, 4112, 65536 };
	unsigned int i, j, l;

	point_begin("%s: 1 to 256 segments, more than the device's list holds included",
		    cipher->name);
	for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		cipher_random_key(cipher, cipher->key_lens[i % 3]);
		for (l = 0; l < sizeof(lens) / sizeof(lens[0]); l++) {
			struct shape src = even(counts[i], lens[l]);

			for (j = 0; j < 3; j++) {
				struct shape dst = even(j ? counts[i * 5 * j % 16] : 1,
							lens[l]);

				four_ways(cipher, lens[l], &src, &dst, 0);
			}
		}
	}
}

static void single_bytes(struct cipher *cipher)
{
	unsigned int n;

	point_begin("%s: segments of one byte", cipher->name);
	cipher_random_key(cipher, cipher->key_lens[0]);
	for (n = 1; n <= 66; n++) {
		struct shape bytes = even(n, n), one = flat(3, n);

		four_ways(cipher, n, &bytes, &bytes, 0);
		four_ways(cipher, n, &bytes, &one, 0);
		four_ways(cipher, n, &one, &bytes, 0);
	}
}

/* @shape with @n empty segments put in front of its segment @at. */
static struct shape with_empty(const struct shape *shape, unsigned int at,
			       unsigned int n)
{
	struct shape out = { .n = shape->n + n };
	unsigned int i;

	memcpy(out.seg, shape->seg, at * sizeof(out.seg[0]));
	for (i = 0; i < n; i++)
		out.seg[at + i].offset = i * 64;
	memcpy(out.seg + at + n, shape->seg + at,
	       (shape->n - at) * sizeof(out.seg[0]));
	return out;
}

static void empty_segments(struct cipher *cipher)
{
	struct shape base = even(4, 512), one = flat(0, 512);
	unsigned int at, n;

	point_begin("%s: empty segments between the others", cipher->name);
	cipher_random_key(cipher, cipher->key_lens[2]);
	for (at = 0; at <= 3; at++) {
		for (n = 1; n <= 28; n += 9) {
			struct shape holes = with_empty(&base, at, n);

			four_ways(cipher, 512, &holes, &one, 0);
			four_ways(cipher, 512, &one, &holes, 0);
			four_ways(cipher, 512, &holes, &holes, 0);
		}
	}
}

static void longer_lists(struct cipher *cipher)
{
	unsigned int n;

	point_begin("%s: lists longer than the request", cipher->name);
	cipher_random_key(cipher, cipher->key_lens[2]);
	for (n = 1; n <= 40; n += 3) {
		struct shape src = even(n, 4096), dst = even(41 - n, 2048);

		four_ways(cipher, 16, &src, &dst, 0);
		four_ways(cipher, 1024, &src, &dst, 0);
		four_ways(cipher, 1040, &src, &dst, 0);
	}
}

static void chained_lists(struct cipher *cipher)
{
	unsigned int n;

	point_begin("%s: linked scatterlist tables", cipher->name);
	cipher_random_key(cipher, cipher->key_lens[2]);
	for (n = 1; n <= 40; n += 3) {
		struct shape src = even(n, 1024), dst = even(41 - n, 1024);

		four_ways(cipher, 1024, &src, &dst, QCT_CHAINED);
	}
}

static unsigned int random_len(const struct cipher *cipher)
{
	static const unsigned int limits[] = { 64, 600, 5000, 70000 };
	unsigned int len = 1 + random_below(limits[random_below(4)]);

	return cipher_takes(cipher, len) ? len : (len + 15) & ~15U;
}

static struct shape random_shape(unsigned int len)
{
	unsigned int most = random_below(3) ? 8 : 48, left = len;
	struct shape shape = { };

	while (left && shape.n < most) {
		struct qct_seg *seg = &shape.seg[shape.n++];

		seg->offset = random_below(4096);
		seg->len = random_below(20) ? 1 + random_below(left) : 0;
		if (shape.n == most)
			seg->len = left;
		left -= seg->len;
	}
	shape.seg[shape.n - 1].len += random_below(2) * random_below(100);
	return shape;
}

static void random_shapes(struct cipher *cipher)
{
	unsigned int i;

	point_begin("%s: random shapes", cipher->name);
	for (i = 0; i < RANDOM_CASES; i++) {
		unsigned int len = random_len(cipher);
		struct shape src = random_shape(len), dst = random_shape(len);
		struct request req = {
			.encrypt = random_below(2), .in_place = random_below(2),
			.len = len, .src = &src, .dst = &dst,
			.flags = random_below(2) ? QCT_CHAINED : 0,
		};

		if (i % 10 == 0)
			cipher_random_key(cipher, cipher->key_lens[i / 10 % 3]);
		cipher_case(cipher, &req);
	}
}

static void submit_flags(struct cipher *cipher)
{
	static const unsigned int flags[] = {
		0, QCT_MAY_SLEEP, QCT_MAY_BACKLOG, QCT_MAY_SLEEP | QCT_MAY_BACKLOG,
		QCT_BH_OFF, QCT_BH_OFF | QCT_MAY_BACKLOG,
	};
	struct shape one = flat(0, 4096), many = even(40, 4096);
	unsigned int i;

	point_begin("%s: may sleep, may backlog, bottom halves off", cipher->name);
	cipher_random_key(cipher, cipher->key_lens[0]);
	for (i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		four_ways(cipher, 4096, &one, &one, flags[i]);
		four_ways(cipher, 4096, &many, &one, flags[i]);
	}
}

/* Two requests linked by the returned IV must equal one. */
static void chain_case(struct cipher *cipher, bool encrypt, bool in_place,
		       unsigned int len, unsigned int cut)
{
	static uint8_t in[MAX_LEN], want[MAX_LEN], data[MAX_LEN];
	struct shape first = flat(0, cut), second = flat(0, len - cut);
	struct request req = { .encrypt = encrypt, .in_place = in_place };
	struct qct_crypt outcome;
	uint8_t iv[BLOCK];
	int err;

	random_fill(in, len);
	random_fill(iv, BLOCK);
	reference_crypt(cipher->mode, encrypt, cipher->key, cipher->key_len, iv,
			in, want, len);
	memcpy(data, in, len);
	memcpy(req.iv, iv, BLOCK);
	req.data = data;
	req.len = cut;
	req.src = &first;
	req.dst = &first;
	err = cipher_run(cipher, &req, &outcome) ?: outcome.result;
	req.data = data + cut;
	req.len = len - cut;
	req.src = &second;
	req.dst = &second;
	err = err ?: cipher_run(cipher, &req, &outcome) ?: outcome.result;
	point_case(!err && !memcmp(data, want, len),
		   "%s %s, %u bytes cut at %u: %s, error %d",
		   encrypt ? "encrypt" : "decrypt",
		   in_place ? "in place" : "out of place", len, cut,
		   err ? "failed" : "differs from one request", err);
}

static void chained_iv(struct cipher *cipher)
{
	unsigned int cut, k, way;

	point_begin("%s: two parts linked by the returned IV equal one request",
		    cipher->name);
	for (k = 0; cipher->key_lens[k]; k++) {
		cipher_random_key(cipher, cipher->key_lens[k]);
		for (cut = 16; cut < 160; cut += 16)
			for (way = 0; way < 4; way++)
				chain_case(cipher, way & 1, way & 2, 160, cut);
		for (way = 0; way < 4; way++)
			chain_case(cipher, way & 1, way & 2, 12288, 4096);
	}
}

/* Counter blocks that end in @ones bytes of 0xff, minus @before. */
static void wrap_case(struct cipher *cipher, unsigned int ones,
		      unsigned int before, unsigned int len, bool in_place)
{
	static uint8_t data[MAX_LEN];
	struct shape shape = flat(0, len);
	struct request req = {
		.encrypt = true, .in_place = in_place, .len = len,
		.src = &shape, .dst = &shape, .data = data,
	};

	random_fill(data, len);
	random_fill(req.iv, BLOCK);
	req.iv[BLOCK - 1 - ones % BLOCK] &= 0x7f;
	memset(req.iv + BLOCK - ones, 0xff, ones);
	req.iv[BLOCK - 1] -= before;
	cipher_case(cipher, &req);
}

static void counter_wrap(struct cipher *cipher)
{
	static const unsigned int ones[] = { 1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16 };
	unsigned int i, before, k;

	point_begin("%s: counter carries over 8 to 128 bits", cipher->name);
	for (k = 0; cipher->key_lens[k]; k++) {
		cipher_random_key(cipher, cipher->key_lens[k]);
		for (i = 0; i < sizeof(ones) / sizeof(ones[0]); i++) {
			for (before = 0; before < 4; before++) {
				wrap_case(cipher, ones[i], before, 64, true);
				wrap_case(cipher, ones[i], before, 61, false);
				wrap_case(cipher, ones[i], before, 1024, false);
			}
		}
	}
}

static bool key_exists(const struct cipher *cipher, unsigned int len)
{
	unsigned int k;

	for (k = 0; cipher->key_lens[k]; k++)
		if (cipher->key_lens[k] == len)
			return true;
	return false;
}

static void key_lengths(struct cipher *cipher)
{
	uint8_t key[QCT_MAX_KEY];
	unsigned int len, good = 0;
	int err, want;

	point_begin("%s: keys of 0 to %u bytes", cipher->name, QCT_MAX_KEY);
	for (len = 0; len <= QCT_MAX_KEY; len++) {
		random_fill(key, len);
		want = key_exists(cipher, len) ? 0 : -EINVAL;
		err = len > MAX_KEY && !want ? -EINVAL :
		      cipher_set_key(cipher, key, len, 0);
		point_case(err == want, "%u bytes: error %d instead of %d", len,
			   err, want);
		cipher_random_key(cipher, cipher->key_lens[good++ % 3]);
		flat_case(cipher, 32, 0);
	}
}

/* Equal halves are refused only where the caller wants that. */
static void weak_keys(struct cipher *cipher)
{
	uint8_t key[MAX_KEY];
	unsigned int k;
	int err;

	point_begin("%s: keys with equal halves", cipher->name);
	for (k = 0; cipher->key_lens[k]; k++) {
		unsigned int len = cipher->key_lens[k];

		random_fill(key, len / 2);
		memcpy(key + len / 2, key, len / 2);
		err = cipher_set_key(cipher, key, len, QCT_FORBID_WEAK);
		point_case(err == -EINVAL, "accepted though forbidden, %u bytes: error %d",
			   len, err);
		err = cipher_set_key(cipher, key, len, 0);
		point_case(!err, "refused though allowed, %u bytes: error %d",
			   len, err);
		flat_case(cipher, 512, 0);
	}
}

static int reopen(const struct cipher *cipher, unsigned int flags)
{
	struct cipher other = *cipher;
	int err = cipher_open(&other, flags);

	cipher_close(&other);
	return err;
}

static void attributes(struct cipher *cipher)
{
	struct cipher fresh = *cipher;
	struct shape one = flat(0, 32);
	uint8_t data[32] = { };
	struct request req = {
		.encrypt = true, .in_place = true, .len = 32, .src = &one,
		.data = data,
	};
	struct qct_crypt outcome = { };
	int err;

	point_begin("%s: what it may be allocated for", cipher->name);
	if (cipher->on_device) {
		err = reopen(cipher, QCT_NOT_ASYNC);
		point_case(err == -ENOENT, "given to who wants it synchronous: error %d",
			   err);
	}
	err = reopen(cipher, QCT_NOT_ALLOCATING);
	point_case(!err, "refused to who wants no allocation (dm-crypt): error %d",
		   err);
	err = cipher_open(&fresh, 0) ?: cipher_run(&fresh, &req, &outcome) ?:
	      outcome.result;
	point_case(err == -ENOKEY, "worked without a key: error %d", err);
	fresh.expected = 0;
	cipher_close(&fresh);
}

/* The point is complete when the device did exactly what it should have done. */
static void judge_device(struct cipher *cipher, const struct counters *before)
{
	struct counters now;

	counters_read(&now);
	if (!cipher->on_device)
		return;
	point_case(now.requests - before->requests == cipher->expected &&
		   now.responses - before->responses == cipher->expected,
		   "device took %llu requests and answered %llu, instead of %llu",
		   now.requests - before->requests,
		   now.responses - before->responses, cipher->expected);
	point_case(now.errors == before->errors && now.forged == before->forged &&
		   !now.in_flight,
		   "%llu errors, %llu forged responses, %llu still in flight",
		   now.errors - before->errors, now.forged - before->forged,
		   now.in_flight);
	point_remark("%llu requests on the device", cipher->expected);
}

static void run_point(struct cipher *cipher, void (*point)(struct cipher *))
{
	struct counters before;

	counters_read(&before);
	cipher->expected = 0;
	point(cipher);
	judge_device(cipher, &before);
	point_end();
}

/**
 * shapes() - all points for one cipher
 * @cipher: open
 */
void shapes(struct cipher *cipher)
{
	run_point(cipher, attributes);
	run_point(cipher, lengths);
	run_point(cipher, tails);
	run_point(cipher, misaligned);
	run_point(cipher, many_segments);
	run_point(cipher, single_bytes);
	run_point(cipher, empty_segments);
	run_point(cipher, longer_lists);
	run_point(cipher, chained_lists);
	run_point(cipher, random_shapes);
	run_point(cipher, submit_flags);
	if (cipher->mode != MODE_XTS)
		run_point(cipher, chained_iv);
	if (cipher->mode == MODE_CTR || cipher->mode == MODE_SM4_CTR)
		run_point(cipher, counter_wrap);
	run_point(cipher, key_lengths);
	if (cipher->mode == MODE_XTS)
		run_point(cipher, weak_keys);
}
