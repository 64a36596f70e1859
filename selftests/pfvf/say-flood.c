// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfsay: one VF says as much as it can while others go on with what they do. The
 * others must not notice, the flooder must be stopped for a while, and be served
 * again when it has become quiet (reference 04 sections 11 and 13).
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "commands.h"
#include "words.h"

/*
 * qatlib gives up after 25 ms at best; this is a slow machine, so twice that for all
 * but one in a hundred.
 */
#define SLOW_MS		50
#define SLOWEST_MS	1000
/*
 * The budget of 130 words is for 32 ms (section 7). A flooder that is muted when it has
 * used it up cannot get more than this in each second.
 */
#define WORDS_PER_S	130
/* Penalties may double; one of a short flood does not last longer. */
#define FORGIVEN_MS	20000
#define MAX_SAMPLES	20000

struct flooder {
	unsigned long served;
	uint64_t longest_pause_ns;
};

struct latency {
	uint64_t most_ns, worst_ns;
};

/* Says the next word as soon as the last was taken, or 20 us later in any case. */
static void flood(struct vf *vf, volatile struct flooder *f)
{
	uint64_t served_ns = now_ns();

	for (;;) {
		uint64_t start = now_ns(), now;

		vf_set_vm2pf(vf, 0x00002327);
		do
			now = now_ns();
		while ((vf_vm2pf(vf) & INT_BIT) && now - start < 20000);
		if (vf_vm2pf(vf) & INT_BIT)
			continue;
		if (now - served_ns > f->longest_pause_ns)
			f->longest_pause_ns = now - served_ns;
		served_ns = now;
		f->served++;
	}
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* The other VFs in turn, about one exchange per millisecond. */
static bool measure(struct arguments *args, unsigned int seconds, struct latency *result)
{
	static uint64_t took[MAX_SAMPLES];
	uint64_t end = now_ns() + seconds * 1000000000ull;
	unsigned int n = 0;

	while (now_ns() < end && n < MAX_SAMPLES) {
		struct vf *vf = &args->vf[1 + n % (args->num_vfs - 1)];
		uint64_t start;

		nap_us(1000);
		start = now_ns();
		if (!vf_ask(vf, 0x00003327, 0x00001c0f))
			return false;
		took[n++] = now_ns() - start;
	}
	qsort(took, n, sizeof(took[0]), compare);
	result->most_ns = n ? took[n - 1 - n / 100] : 0;
	result->worst_ns = n ? took[n - 1] : 0;
	printf("# %u exchanges, 99 %% within %u us, worst %u us\n", n,
	       (unsigned int)(result->most_ns / 1000), (unsigned int)(result->worst_ns / 1000));
	return n;
}

/* Until the word that the flooder left behind is taken, then a good exchange. */
static bool is_forgiven(struct vf *vf)
{
	uint64_t start = now_ns();

	while (vf_vm2pf(vf) & INT_BIT) {
		if (now_ns() - start > FORGIVEN_MS * 1000000ull) {
			complain(vf, "still not served %u s after its flood", FORGIVEN_MS / 1000);
			return false;
		}
		nap_us(1000);
	}
	printf("# served again after %u ms\n", (unsigned int)((now_ns() - start) / 1000000));
	nap_us(1000);
	vf_take(vf);
	return vf_works(vf);
}

static bool flooded(struct arguments *args, struct flooder *f, struct latency *result)
{
	pid_t child = fork();
	bool good;

	if (child < 0)
		return false;
	if (!child) {
		/* what is measured is the PF, not the machine that we share with it */
		nice(19);
		flood(args->vf, f);
	}
	good = measure(args, args->number[0], result);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	return good;
}

bool say_flood(struct arguments *args)
{
	struct latency quiet, loud;
	struct flooder *f = mmap(NULL, sizeof(*f), PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	bool good = true;

	if (f == MAP_FAILED || args->num_vfs < 2)
		return false;
	if (!measure(args, 2, &quiet) || !flooded(args, f, &loud))
		return false;
	printf("# flooder: %lu words taken, longest pause %u ms\n", f->served,
	       (unsigned int)(f->longest_pause_ns / 1000000));
	if (loud.most_ns > SLOW_MS * 1000000ull + quiet.most_ns ||
	    loud.worst_ns > SLOWEST_MS * 1000000ull + quiet.worst_ns) {
		printf("# others were kept waiting\n");
		good = false;
	}
	if (f->served > WORDS_PER_S * (args->number[0] + 1)) {
		printf("# the flooder was not stopped\n");
		good = false;
	}
	return is_forgiven(args->vf) && good;
}
