// SPDX-License-Identifier: GPL-2.0
/*
 * First process of the test machine.
 *
 * Loads the few modules that the initramfs brings (virtio, 9p, overlay), puts a
 * throw-away layer over the host's root file system, starts guest.sh there and
 * from then on does what a real system's services would: gives hotplugged
 * devices their drivers by modalias, as udev does, and reaps orphans.  The
 * output of the tests goes to one virtio port, the exit status to another, so
 * that neither depends on the kernel's console.
 *
 * Static, no configuration: everything that differs between runs is in the
 * folder which the host shares under the tag "run" (see run-vm).
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define NEWROOT		"/newroot"
#define GUEST_SCRIPT	"/run/vm/guest.sh"
#define MAX_PENDING	256
#define MAX_ALIAS	256

static char pending[MAX_PENDING][MAX_ALIAS];	/* modaliases not yet served */
static unsigned int pending_count;
static pid_t modprobe_pid;
static int kmsg = -1;

static void say(const char *fmt, ...)
{
	char line[512];
	va_list ap;
	int len;

	len = snprintf(line, sizeof(line), "<5>vm-init: ");
	va_start(ap, fmt);
	len += vsnprintf(line + len, sizeof(line) - len - 1, fmt, ap);
	va_end(ap);
	if (len > (int)sizeof(line) - 1)
		len = sizeof(line) - 1;
	if (kmsg >= 0 && write(kmsg, line, len) < 0)
		return;
}

static void power_off(void)
{
	sync();
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}

static void fatal(const char *what)
{
	say("cannot %s: %s", what, strerror(errno));
	power_off();
}

static void mount_or_die(const char *src, const char *dst, const char *type,
			 unsigned long flags, const char *data)
{
	char what[256];

	mkdir(dst, 0755);
	snprintf(what, sizeof(what), "mount %s on %s (%s)", src, dst, type);
	if (mount(src, dst, type, flags, data))
		fatal(what);
}

/* /modules/list names the files in the order in which they depend on each other */
static void load_modules(void)
{
	char name[256], path[512];
	FILE *list = fopen("/modules/list", "r");
	int fd;

	if (!list)
		fatal("open /modules/list");
	while (fgets(name, sizeof(name), list)) {
		name[strcspn(name, "\n")] = '\0';
		snprintf(path, sizeof(path), "/modules/%s", name);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || (syscall(SYS_finit_module, fd, "", 0) && errno != EEXIST))
			fatal(path);
		close(fd);
	}
	fclose(list);
}

static void mount_kernel_filesystems(const char *root)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/dev", root);
	mount_or_die("dev", path, "devtmpfs", 0, NULL);
	snprintf(path, sizeof(path), "%s/proc", root);
	mount_or_die("proc", path, "proc", 0, NULL);
	snprintf(path, sizeof(path), "%s/sys", root);
	mount_or_die("sys", path, "sysfs", 0, NULL);
}

#define NINEP "trans=virtio,version=9p2000.L,msize=262144"

static void enter_host_root(void)
{
	mount_or_die("root", "/lower", "9p", MS_RDONLY, NINEP ",cache=loose");
	mount_or_die("layer", "/layer", "tmpfs", 0, "mode=755");
	mkdir("/layer/upper", 0755);
	mkdir("/layer/work", 0755);
	mount_or_die("overlay", NEWROOT, "overlay", 0,
		     "lowerdir=/lower,upperdir=/layer/upper,workdir=/layer/work");
	mount_kernel_filesystems(NEWROOT);
	mount_or_die("run", NEWROOT "/run", "tmpfs", 0, "mode=755");
	mount_or_die("shm", NEWROOT "/dev/shm", "tmpfs", 0, "mode=1777");
	mount_or_die("pts", NEWROOT "/dev/pts", "devpts", 0, NULL);
	mount("debugfs", NEWROOT "/sys/kernel/debug", "debugfs", 0, NULL);
	mount("configfs", NEWROOT "/sys/kernel/config", "configfs", 0, NULL);
	mount_or_die("run", NEWROOT "/run/vm", "9p", 0, NINEP ",cache=none");
	if (chroot(NEWROOT) || chdir("/"))
		fatal("enter the new root");
}

/* Give the virtio ports the names that udev would. */
static void name_ports(void)
{
	const char *class = "/sys/class/virtio-ports";
	char path[512], name[64], target[300];
	struct dirent *ent;
	DIR *dir;
	FILE *f;

	mkdir("/dev/virtio-ports", 0755);
	dir = opendir(class);
	while (dir && (ent = readdir(dir))) {
		snprintf(path, sizeof(path), "%s/%s/name", class, ent->d_name);
		f = fopen(path, "r");
		if (!f)
			continue;
		if (fscanf(f, "%63s", name) == 1) {
			snprintf(target, sizeof(target), "../%s", ent->d_name);
			snprintf(path, sizeof(path), "/dev/virtio-ports/%s", name);
			if (symlink(target, path) && errno != EEXIST)
				say("no link %s", path);
		}
		fclose(f);
	}
	if (dir)
		closedir(dir);
}

static void write_all(int fd, const char *buf, ssize_t len)
{
	ssize_t done;

	while (len > 0) {
		done = write(fd, buf, len);
		if (done < 0 && errno != EINTR)
			return;
		if (done > 0) {
			buf += done;
			len -= done;
		}
	}
}

static int open_uevents(void)
{
	struct sockaddr_nl addr = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	int fd, size = 4 << 20;

	fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT);
	if (fd < 0)
		fatal("open the uevent socket");
	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)))
		fatal("bind the uevent socket");
	return fd;
}

/*
 * SIGCHLD is blocked except inside ppoll(), so that the end of a child always
 * wakes the loop and never falls between a look and the sleep.
 */
static void on_child(int sig)
{
	(void)sig;
}

static void block_signals(void)
{
	struct sigaction act = { .sa_handler = on_child };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaction(SIGCHLD, &act, NULL);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

/* What we start must not inherit that. */
static void allow_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigprocmask(SIG_SETMASK, &set, NULL);
}

static void start_modprobe(void)
{
	char alias[MAX_ALIAS];

	if (modprobe_pid || !pending_count)
		return;
	strcpy(alias, pending[0]);
	memmove(pending[0], pending[1], sizeof(pending[0]) * --pending_count);
	modprobe_pid = fork();
	if (modprobe_pid)
		return;
	allow_signals();
	execl("/sbin/modprobe", "modprobe", "-q", "-b", "--", alias, NULL);
	_exit(127);
}

static void queue_modalias(const char *alias)
{
	unsigned int i;

	for (i = 0; i < pending_count; i++)
		if (!strcmp(pending[i], alias))
			return;
	if (pending_count == MAX_PENDING) {
		say("too many new devices, %s gets no driver", alias);
		return;
	}
	snprintf(pending[pending_count++], MAX_ALIAS, "%s", alias);
}

/* A uevent is a list of strings, each ended by a zero byte. */
static void read_uevent(int fd)
{
	const char *alias = NULL, *action = NULL;
	char buf[8192], *p;
	ssize_t len;

	len = recv(fd, buf, sizeof(buf) - 1, MSG_DONTWAIT);
	if (len <= 0)
		return;
	buf[len] = '\0';
	for (p = buf; p < buf + len; p += strlen(p) + 1) {
		if (!strncmp(p, "ACTION=", 7))
			action = p + 7;
		else if (!strncmp(p, "MODALIAS=", 9))
			alias = p + 9;
	}
	if (alias && action && !strcmp(action, "add"))
		queue_modalias(alias);
}

static pid_t start_guest_script(int output)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	allow_signals();
	setsid();
	dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), 0);
	dup2(output, 1);
	dup2(output, 2);
	execl("/bin/bash", "bash", GUEST_SCRIPT, NULL);
	_exit(127);
}

/* Reaps every child; true once the guest script is among them. */
static int reap(pid_t script, int *status)
{
	int st, done = 0;
	pid_t pid;

	while ((pid = waitpid(-1, &st, WNOHANG)) > 0) {
		if (pid == modprobe_pid)
			modprobe_pid = 0;
		if (pid == script) {
			*status = WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st);
			done = 1;
		}
	}
	return done;
}

static void relay(int from, int to)
{
	char buf[16384];
	ssize_t len;

	while ((len = read(from, buf, sizeof(buf))) > 0)
		write_all(to, buf, len);
}

/* Until the script ends; returns its exit status. */
static int serve(int uevents, int output, int out[2])
{
	struct pollfd fds[2] = {
		{ .fd = uevents, .events = POLLIN },
		{ .fd = out[0], .events = POLLIN },
	};
	int status = 127, done = 0;
	sigset_t none;
	pid_t script;

	sigemptyset(&none);
	block_signals();
	script = start_guest_script(out[1]);
	while (!done) {
		ppoll(fds, 2, NULL, &none);
		if (fds[0].revents)
			read_uevent(uevents);
		relay(out[0], output);
		done = reap(script, &status);
		start_modprobe();
	}
	relay(out[0], output);
	return status;
}

int main(void)
{
	int output, result, uevents, out[2];
	char text[32];

	mkdir("/dev", 0755);
	mount_kernel_filesystems("");
	kmsg = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
	load_modules();
	enter_host_root();
	name_ports();
	output = open("/dev/virtio-ports/output", O_WRONLY | O_CLOEXEC);
	result = open("/dev/virtio-ports/result", O_WRONLY | O_CLOEXEC);
	if (output < 0 || result < 0)
		fatal("open the virtio ports");
	setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
	setenv("HOME", "/root", 1);
	setenv("LC_ALL", "C", 1);
	uevents = open_uevents();
	if (pipe2(out, O_CLOEXEC | O_NONBLOCK))
		fatal("make a pipe");
	/* the writing side must block, or a fast test would lose output */
	fcntl(out[1], F_SETFL, 0);
	snprintf(text, sizeof(text), "exit %d\n", serve(uevents, output, out));
	write_all(result, text, strlen(text));
	power_off();
}
