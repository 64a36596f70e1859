// SPDX-License-Identifier: GPL-2.0
/*
 * More requests at once than a ring holds, and load while devices come and go.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>

#include "pubkey.h"

#define DRIVER		"qatvf-rsa"
#define BITS		1024
#define TIMEOUT_MS	300000

static uint8_t cipher[MAX_BYTES], message[MAX_BYTES];

static struct qpt_burst burst(struct tfm *tfm, unsigned int requests, unsigned int flags)
{
	struct qpt_burst args = {
		.src = (uintptr_t)cipher,
		.expected = (uintptr_t)message,
		.src_len = BITS / 8,
		.expected_len = BITS / 8,
		.op = QPT_DECRYPT,
		.flags = flags,
		.requests = requests,
		.timeout_ms = TIMEOUT_MS,
	};

	if (ioctl(tfm->fd, QPT_BURST, &args))
		die("burst: %s", strerror(errno));
	return args;
}

static bool good(const struct qpt_burst *b)
{
	return !b->refused && !b->failures && !b->wrong && !b->lost &&
	       b->in_progress + b->busy + b->at_once == b->requests &&
	       b->completions == b->in_progress + b->busy && b->notices == b->busy;
}

static void tell(const struct qpt_burst *b, bool ok)
{
	if (!ok)
		points_note("%u requests: %u in progress, %u busy, %u at once, %u refused; "
			    "%u notices, %u completions, %u failures (%d), %u wrong, %u lost",
			    b->requests, b->in_progress, b->busy, b->at_once, b->refused,
			    b->notices, b->completions, b->failures, b->failure, b->wrong,
			    b->lost);
}

static void one(struct tfm *tfm, const char *name, unsigned int flags, bool may_wait)
{
	unsigned long long hard = hard_requests(DRIVER), soft = soft_requests(DRIVER);
	struct qpt_burst b = burst(tfm, 1500, flags);

	hard = hard_requests(DRIVER) - hard;
	soft = soft_requests(DRIVER) - soft;
	point_begin("rsa: 1500 requests at once, %s", name);
	point_case(good(&b), "a promise was broken");
	tell(&b, good(&b));
	point_case(hard + soft == 1500, "%llu by the device, %llu by software", hard, soft);
	point_case(hard > 0, "none by the device");
	point_case(!may_wait || (b.busy && !soft), "%u waited, %llu in software", b.busy,
		   soft);
	point_case(may_wait || !b.busy, "%u waited", b.busy);
	point_remark("%llu by the device, %u of them waited, %llu by software", hard, b.busy,
		     soft);
	point_end();
}

/** test_burst() - rings that overflow: waiting where allowed, software where not */
void test_burst(void)
{
	struct tfm tfm;

	rsa_sample(&tfm, BITS, cipher, message);
	one(&tfm, "which may wait", QPT_MAY_BACKLOG | QPT_BH_OFF, true);
	one(&tfm, "which may neither wait nor sleep", QPT_BH_OFF, false);
	one(&tfm, "which may sleep", QPT_MAY_SLEEP, false);
	tfm_close(&tfm);
}

/**
 * load() - bursts one after the other, with and without waiting
 * @seconds: how long
 *
 * Return: exit status: 1 if a promise was broken.
 */
int load(unsigned int seconds)
{
	static const unsigned int flags[] = { QPT_MAY_BACKLOG, 0, QPT_MAY_SLEEP };
	time_t end = time(NULL) + seconds;
	unsigned long long requests = 0;
	unsigned int round = 0, bad = 0;
	struct tfm tfm;

	rsa_sample(&tfm, BITS, cipher, message);
	printf("ready\n");
	fflush(stdout);
	while (time(NULL) < end) {
		struct qpt_burst b = burst(&tfm, 400, flags[round++ % 3]);

		requests += b.requests;
		bad += !good(&b);
		tell(&b, good(&b));
	}
	printf("%llu requests, %u bad bursts\n", requests, bad);
	tfm_close(&tfm);
	return bad ? 1 : 0;
}
