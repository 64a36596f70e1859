// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio-use: a VF goes from one user to the next, whatever the former one was doing. The
 * next one finds it as new.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clean.h"
#include "commands.h"
#include "registers.h"
#include "work.h"

#define TAKEN_MS	20

static bool open_clean(struct device *dev)
{
	return device_open(dev) && device_is_clean(dev) && memory_is_untouched(dev);
}

bool use_clean(struct device *dev, char **arg)
{
	bool good = open_clean(dev);

	(void)arg;
	device_close(dev);
	return good;
}

bool use_hold(struct device *dev, char **arg)
{
	struct session session;
	char c;

	(void)arg;
	if (!device_open(dev) || !session_open(dev, &session))
		return false;
	printf("held\n");
	while (read(0, &c, 1) > 0)
		;
	return true;
}

/* Ends in the middle of something, a different thing each time. */
static void die(struct work *work, unsigned int round)
{
	work_fill(work);
	/* The device takes them: it owes answers now. */
	usleep(TAKEN_MS * 1000);
	switch (round % 4) {
	case 1:		/* the PF has a word to answer */
		work->dev->bar[1].word[VM2PF] = 0x00002327;
		break;
	case 2:		/* the PF resets a ring pair */
		work->dev->bar[1].word[VM2PF] = 0x00000043 | work->n[0] << 8;
		break;
	case 3:		/* the rings change under the requests */
		bundle(work->dev, work->n[0])[RING_CONFIG(0)] = 3;
		break;
	}
	raise(SIGKILL);
}

bool use_die(struct device *dev, char **arg)
{
	struct work work;

	if (!device_open(dev) || !work_start(&work, dev) || !work_check_all(&work))
		return false;
	die(&work, number(arg, 0));
	return false;
}

/* A user's life, in a process of his own. */
static int live(struct device *dev, unsigned int round)
{
	struct work work;

	if (open_clean(dev) && work_start(&work, dev) && work_check_all(&work))
		die(&work, round);
	return 1;
}

bool use_handover(struct device *dev, char **arg)
{
	unsigned long rounds = number(arg, 1), round;
	int status;

	for (round = 0; round < rounds; round++) {
		pid_t child = fork();

		if (child < 0)
			return false;
		if (!child)
			_exit(live(dev, round));
		if (waitpid(child, &status, 0) != child || !WIFSIGNALED(status) ||
		    WTERMSIG(status) != SIGKILL) {
			complain("round %lu of %lu: user ended with status %#x", round + 1,
				 rounds, status);
			return false;
		}
	}
	return use_clean(dev, arg) && use_works(dev, arg);
}
