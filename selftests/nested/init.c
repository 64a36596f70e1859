// SPDX-License-Identifier: GPL-2.0-only
/*
 * First and only process of a guest: loads our drivers for whatever functions it was
 * given, has them encrypt, says on the console what came of it, and turns the machine
 * off.  All it needs is in its initramfs.
 *
 * From the kernel's command line:
 *
 *	task=forever	encrypt until somebody ends the machine
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "guest.h"

#define MAX_FUNCTIONS	8
#define NAME		32

static const char *const drivers[] = { "4xxx", "4xxxvf" };

void say_line(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	fflush(stdout);
}

static void __attribute__((noreturn)) power_off(void)
{
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}

/* What the drivers have said about their devices. */
static void show_log(void)
{
	char line[1024], *text;
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK);
	ssize_t len;

	while (fd >= 0 && (len = read(fd, line, sizeof(line) - 1)) > 0) {
		line[len] = '\0';
		text = strchr(line, ';');
		if (text && strstr(text, "4xxx"))
			say("log %.*s", (int)strcspn(text + 1, "\n"), text + 1);
	}
}

void die(const char *what)
{
	say("cannot %s: %s", what, strerror(errno));
	show_log();
	power_off();
}

static void mount_all(void)
{
	static const char *const where[][2] = {
		{ "/dev", "devtmpfs" }, { "/proc", "proc" }, { "/sys", "sysfs" },
		{ "/sys/kernel/debug", "debugfs" },
	};
	unsigned int i;

	for (i = 0; i < sizeof(where) / sizeof(where[0]); i++) {
		mkdir(where[i][0], 0755);
		/* devtmpfs is there already if the kernel mounts it */
		if (mount(where[i][1], where[i][0], where[i][1], 0, NULL) && errno != EBUSY)
			die(where[i][0]);
	}
}

/* /modules/list: file and parameters, one module a line, in the order of their needs */
static void load_modules(void)
{
	FILE *list = fopen("/modules/list", "r");
	char line[256], path[300], *parameters;
	int fd;

	if (!list)
		die("read the list of modules");
	while (fgets(line, sizeof(line), list)) {
		line[strcspn(line, "\n")] = '\0';
		parameters = strchr(line, ' ');
		if (parameters)
			*parameters++ = '\0';
		snprintf(path, sizeof(path), "/modules/%s", line);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || syscall(SYS_finit_module, fd, parameters ? parameters : "", 0))
			die(path);
		close(fd);
	}
	fclose(list);
}

/* Functions that our drivers have; returns how many. */
static unsigned int find_functions(const char *driver, char names[][NAME], unsigned int n)
{
	char path[64];
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), "/sys/bus/pci/drivers/%s", driver);
	dir = opendir(path);
	while (dir && (entry = readdir(dir)) && n < MAX_FUNCTIONS)
		if (!strncmp(entry->d_name, "0000:", 5))
			snprintf(names[n++], NAME, "%.31s", entry->d_name);
	if (dir)
		closedir(dir);
	return n;
}

static void bind_to(const char *driver, const char *name, bool bound)
{
	char path[96];
	int fd;

	snprintf(path, sizeof(path), "/sys/bus/pci/drivers/%s/%sbind", driver,
		 bound ? "" : "un");
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, name, strlen(name)) < 0)
		die(path);
	close(fd);
}

static bool encrypt_with(const char *who)
{
	bool good = run_vectors(false);

	say("%s with %s", good ? "all good" : "not good", who);
	return good;
}

/*
 * One processor uses one ring pair of one VF, as long as there is a choice: each VF has
 * its turn while the others are away.
 */
static bool each_alone(char names[][NAME], unsigned int n)
{
	unsigned int i, other;
	bool good = true;

	for (i = 0; i < n; i++) {
		for (other = 0; other < n; other++)
			if (other != i)
				bind_to("4xxxvf", names[other], false);
		good &= encrypt_with(names[i]);
		for (other = 0; other < n; other++)
			if (other != i)
				bind_to("4xxxvf", names[other], true);
	}
	return good;
}

/* Until it is killed. A word now and then tells that it lives. */
static void forever(void)
{
	unsigned long round;

	for (round = 1; run_vectors(true); round++)
		if (round % 8 == 1)
			say("round %lu", round);
	say("not good in round %lu", round);
}

int main(void)
{
	char names[MAX_FUNCTIONS][NAME];
	const char *task = getenv("task");
	unsigned int i, n = 0;
	bool good;

	mount_all();
	say("started");
	load_modules();
	for (i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++)
		n = find_functions(drivers[i], names, n);
	show_log();
	say("%u functions", n);
	if (!n)
		power_off();
	good = n > 1 ? each_alone(names, n) : encrypt_with(names[0]);
	if (good && task && !strcmp(task, "forever"))
		forever();
	say("done");
	power_off();
}
