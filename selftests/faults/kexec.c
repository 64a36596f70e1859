// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loads a kernel to follow this one, now or after a crash, and goes there.
 *
 * usage: kexec load|crash KERNEL INITRAMFS COMMAND-LINE
 *	  kexec go	at once, as "systemctl kexec" does in the end: devices are shut
 *			down, processes are not
 */
#include <fcntl.h>
#include <linux/kexec.h>
#include <linux/reboot.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int fail(const char *what)
{
	perror(what);
	return 1;
}

static int load(unsigned long flags, const char *kernel, const char *initramfs, const char *line)
{
	int kernel_fd = open(kernel, O_RDONLY);
	int initramfs_fd = open(initramfs, O_RDONLY);

	if (kernel_fd < 0)
		return fail(kernel);
	if (initramfs_fd < 0)
		return fail(initramfs);
	if (syscall(SYS_kexec_file_load, kernel_fd, initramfs_fd, strlen(line) + 1, line, flags))
		return fail("kexec_file_load");
	return 0;
}

static int go(void)
{
	syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, LINUX_REBOOT_CMD_KEXEC, NULL);
	return fail("reboot");
}

int main(int argc, char **argv)
{
	if (argc == 5 && !strcmp(argv[1], "load"))
		return load(0, argv[2], argv[3], argv[4]);
	if (argc == 5 && !strcmp(argv[1], "crash"))
		return load(KEXEC_FILE_ON_CRASH, argv[2], argv[3], argv[4]);
	if (argc == 2 && !strcmp(argv[1], "go"))
		return go();
	fprintf(stderr, "usage: kexec load|crash KERNEL INITRAMFS COMMAND-LINE | go\n");
	return 2;
}
