// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfsay: wait for notifications. Prints "ready" when the VF has introduced itself as
 * asked, then one line per event, "<milliseconds> heard|said <word>", and at the end
 * "<milliseconds> gone" if the VF was removed, or "over" after SIGTERM or the time given.
 * Reference 04 section 8.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "words.h"

struct plan {
	long version;		/* -1: none, -2: legacy */
	bool init, shutdown, deaf, again;
	long done_ms;		/* -1: never */
	long seconds;
};

static sigjmp_buf vanished;
static volatile sig_atomic_t enough;

static void on_sigterm(int signal)
{
	(void)signal;
	enough = 1;
}

static void on_sigbus(int signal)
{
	(void)signal;
	siglongjmp(vanished, 1);
}

static bool parse(struct arguments *args, struct plan *plan)
{
	unsigned int i;

	*plan = (struct plan){ .version = -1, .done_ms = -1, .seconds = 60 };
	for (i = 0; i < args->num_words; i++) {
		const char *arg = args->words[i], *value = strchr(arg, '=');
		long number = value ? strtol(value + 1, NULL, 0) : 0;

		if (!strncmp(arg, "version=", 8))
			plan->version = number;
		else if (!strcmp(arg, "legacy"))
			plan->version = -2;
		else if (!strcmp(arg, "init"))
			plan->init = true;
		else if (!strcmp(arg, "shutdown"))
			plan->shutdown = true;
		else if (!strncmp(arg, "done=", 5))
			plan->done_ms = number;
		else if (!strcmp(arg, "deaf"))
			plan->deaf = true;
		else if (!strcmp(arg, "again"))
			plan->again = true;
		else if (!strncmp(arg, "for=", 4))
			plan->seconds = number;
		else
			return false;
	}
	return true;
}

static bool introduce(struct vf *vf, const struct plan *plan)
{
	if (plan->version == -2 && !vf_ask(vf, 0x00000017, 0x0001110b))
		return false;
	if (plan->version >= 0) {
		uint32_t said = word(SAY_COMPAT, plan->version);
		uint32_t verdict = plan->version == 0 ? 2 : plan->version > 5 ? 3 : 1;

		if (!vf_ask(vf, said, 0x0000050b | verdict << 16))
			return false;
	}
	return (!plan->init || vf_tell(vf, 0x0000000f)) &&
	       (!plan->shutdown || vf_tell(vf, 0x00000013));
}

static uint64_t start_ns;

static unsigned int elapsed_ms(void)
{
	return (unsigned int)((now_ns() - start_ns) / 1000000);
}

/* Says so without waiting: the PF may be gone, or hold us until it is back. */
static void say_done(struct vf *vf)
{
	vf_set_vm2pf(vf, 0x0000002b);
	printf("%u said 0000002b\n", elapsed_ms());
}

static void come_back(struct vf *vf, struct plan *plan)
{
	bool good;

	plan->again = false;
	good = introduce(vf, plan);
	printf("%u %s\n", elapsed_ms(), good ? "back" : "not served");
}

static void look(struct vf *vf, struct plan *plan, uint64_t *done_at)
{
	uint32_t heard = plan->deaf ? vf_pf2vm(vf) & INT_BIT ? vf_pf2vm(vf) : 0 : vf_take(vf);
	static uint32_t before;

	if (!plan->deaf || heard != before)
		if (heard)
			printf("%u heard %08x\n", elapsed_ms(), heard);
	before = heard;
	if (heard == HEAR_RESTARTING && plan->done_ms >= 0 && !*done_at)
		*done_at = now_ns() + plan->done_ms * 1000000ull;
	if (*done_at && now_ns() >= *done_at) {
		*done_at = 0;
		plan->done_ms = -1;
		say_done(vf);
	}
	if (heard == HEAR_RESTARTED && plan->again)
		come_back(vf, plan);
}

bool say_watch(struct arguments *args)
{
	/* static: survive the jump out of a read of a VF that is gone */
	static struct plan plan;
	static uint64_t done_at;
	static unsigned int looks;
	struct vf *vf = args->vf;

	if (!parse(args, &plan))
		return false;
	signal(SIGBUS, on_sigbus);
	signal(SIGTERM, on_sigterm);
	if (sigsetjmp(vanished, 1)) {
		printf("%u gone\n", elapsed_ms());
		return true;
	}
	if (!introduce(vf, &plan))
		return false;
	printf("ready\n");
	start_ns = now_ns();
	while (!enough && elapsed_ms() < plan.seconds * 1000) {
		if (!vf_exists(vf)) {
			printf("%u gone\n", elapsed_ms());
			return true;
		}
		if (++looks % 100 == 0)
			vf_enable_memory(vf);
		look(vf, &plan, &done_at);
		nap_us(500);
	}
	printf("%u over\n", elapsed_ms());
	return true;
}
