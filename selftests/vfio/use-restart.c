// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio-use: live through a restart of the PF as qatlib does. Work until RESTARTING
 * comes; stop; say so; close the device; open it again each second until the PF answers;
 * work again (reference 04 sections 8.3 and 12).
 */
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "work.h"

#define RETRIES		60

/* Works until the PF says that it stops; false if it fails or nothing comes. */
static bool work_until_restarting(struct work *work, unsigned int seconds)
{
	uint64_t end = now_ms() + seconds * 1000ull;
	unsigned long done = 0;
	uint32_t word;

	printf("working\n");
	while (now_ms() < end) {
		if (!work_check(work, done++ % work->count))
			return false;
		word = mailbox_take(work->dev);
		if (word == HEAR_FATAL)
			printf("fatal error\n");
		else if (word == HEAR_RESTARTING)
			return printf("restarting after %lu requests\n", done);
		else if (word)
			complain("unexpected word %08x", word);
	}
	complain("the PF did not restart");
	return false;
}

/* A PF that is not yet up answers nothing. */
static bool come_back(struct device *dev, struct work *work)
{
	unsigned int try;

	for (try = 1; try <= RETRIES; try++) {
		sleep(1);
		if (device_open(dev) && work_start(work, dev))
			return printf("back at try %u\n", try);
		device_close(dev);
	}
	return false;
}

bool use_restart(struct device *dev, char **arg)
{
	struct work work;

	if (!device_open(dev) || !work_start(&work, dev) ||
	    !work_until_restarting(&work, number(arg, 60)))
		return false;
	work_stop(&work);
	/* the PF may be gone before it can acknowledge */
	dev->bar[1].word[VM2PF] = SAY_DONE;
	usleep(100000);
	device_close(dev);
	if (!come_back(dev, &work) || !work_check_all(&work) || !work_done(&work))
		return false;
	device_close(dev);
	printf("works\n");
	return true;
}
