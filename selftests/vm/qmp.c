// SPDX-License-Identifier: GPL-2.0
/*
 * qmp - talk to the QEMU around this machine, from inside it
 *
 *	qmp get PATH PROPERTY...	prints each value on a line, strings without
 *					quotes
 *	qmp set PATH PROPERTY VALUE	VALUE is JSON; a bare word is taken as string
 *	qmp list PATH			one property per line: name type
 *	qmp raw JSON			any QMP command, prints its answer
 *
 * PATH is a QOM path; "qat0" is short for /machine/peripheral/qat0, the first PF.
 * Exit status 1 and a message when QEMU refuses.  The tests use this to set the
 * fault knobs of the device model and to read its counters.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define PORT		"/dev/virtio-ports/qmp"
#define LOCK		"/run/qmp.lock"
#define WAIT_MS		10000

static char answer[1 << 20];

static void fail(const char *what, const char *why)
{
	fprintf(stderr, "qmp: %s: %s\n", what, why);
	exit(1);
}

static void send_line(int fd, const char *text)
{
	size_t len = strlen(text);

	if (write(fd, text, len) != (ssize_t)len || write(fd, "\n", 1) != 1)
		fail(PORT, strerror(errno));
}

/* One line, without its end; the port delivers in pieces. */
static void read_line(int fd)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	size_t len = 0;

	while (len < sizeof(answer) - 1) {
		if (poll(&pfd, 1, WAIT_MS) <= 0)
			fail(PORT, "QEMU does not answer");
		if (read(fd, answer + len, 1) != 1)
			continue;
		if (answer[len] == '\n')
			break;
		len++;
	}
	while (len && isspace((unsigned char)answer[len - 1]))
		len--;
	answer[len] = '\0';
}

/* Greetings, events and answers to somebody else's command are passed over. */
static void command(int fd, const char *text)
{
	static unsigned int count;
	char *line, mark[64];

	snprintf(mark, sizeof(mark), "qmp-%d-%u", getpid(), count++);
	if (asprintf(&line, "%.*s, \"id\": \"%s\"}", (int)(strrchr(text, '}') - text),
		     text, mark) < 0)
		fail("asprintf", "no memory");
	send_line(fd, line);
	free(line);
	do {
		read_line(fd);
	} while (!strstr(answer, mark));
}

/* The value after "return":, to the end of that value. */
static char *return_value(void)
{
	char *start = strstr(answer, "\"return\":"), *p;
	int depth = 0, quoted = 0;

	if (!start) {
		p = strstr(answer, "\"desc\":");
		fail("QEMU refuses", p ? p + 7 : answer);
	}
	start += strlen("\"return\":");
	while (*start == ' ')
		start++;
	for (p = start; *p; p++) {
		if (quoted) {
			if (*p == '\\' && p[1])
				p++;
			else if (*p == '"')
				quoted = 0;
			continue;
		}
		if (*p == '"')
			quoted = 1;
		else if (*p == '{' || *p == '[')
			depth++;
		else if (depth && (*p == '}' || *p == ']'))
			depth--;
		else if (!depth && (*p == ',' || *p == '}'))
			break;
	}
	*p = '\0';
	return start;
}

static void print_value(char *value)
{
	size_t len = strlen(value);

	if (len >= 2 && value[0] == '"' && value[len - 1] == '"') {
		value[len - 1] = '\0';
		value++;
	}
	puts(value);
}

/* [{"name": "a", "type": "b"}, ...] as lines "a b" */
static void print_list(char *value)
{
	char *obj = value, *name, *type;

	while ((obj = strchr(obj, '{'))) {
		char *end = strchr(obj, '}');

		if (!end)
			break;
		*end = '\0';
		name = strstr(obj, "\"name\": \"");
		type = strstr(obj, "\"type\": \"");
		if (name && type)
			printf("%.*s %.*s\n", (int)strcspn(name + 9, "\""), name + 9,
			       (int)strcspn(type + 9, "\""), type + 9);
		obj = end + 1;
	}
}

static const char *full_path(const char *path)
{
	static char full[512];

	snprintf(full, sizeof(full), "%s%s",
		 path[0] == '/' ? "" : "/machine/peripheral/", path);
	return full;
}

static int is_json(const char *v)
{
	char *end;

	if (!strcmp(v, "true") || !strcmp(v, "false") || !strcmp(v, "null"))
		return 1;
	if (v[0] == '"' || v[0] == '{' || v[0] == '[')
		return 1;
	strtod(v, &end);
	return v[0] && !*end && !strpbrk(v, "xX");
}

/* QMP's JSON knows no hexadecimal numbers, but registers are written so. */
static const char *json_value(const char *v)
{
	static char text[64];
	char *end;
	unsigned long long n;

	if (v[0] != '0' || (v[1] != 'x' && v[1] != 'X'))
		return v;
	n = strtoull(v, &end, 16);
	if (*end)
		return v;
	snprintf(text, sizeof(text), "%llu", n);
	return text;
}

static int open_port(void)
{
	int fd, lock, tries;

	lock = open(LOCK, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (lock < 0 || flock(lock, LOCK_EX))
		fail(LOCK, strerror(errno));
	for (tries = 0; tries < 50; tries++) {
		fd = open(PORT, O_RDWR | O_CLOEXEC);
		if (fd >= 0)
			return fd;
		if (errno != EBUSY)
			break;
		usleep(20000);
	}
	fail(PORT, strerror(errno));
	return -1;
}

static int usage(void)
{
	fputs("usage: qmp get PATH PROPERTY... | set PATH PROPERTY VALUE | list PATH | raw JSON\n",
	      stderr);
	return 2;
}

static char *get_command(const char *path, const char *property)
{
	char *text;

	if (asprintf(&text, "{\"execute\": \"qom-get\", \"arguments\": {\"path\": \"%s\", \"property\": \"%s\"}}",
		     full_path(path), property) < 0)
		fail("asprintf", "no memory");
	return text;
}

int main(int argc, char **argv)
{
	char *text = NULL;
	int fd, i;

	if (argc >= 4 && !strcmp(argv[1], "get")) {
		text = get_command(argv[2], argv[3]);
	} else if (argc == 5 && !strcmp(argv[1], "set")) {
		const char *value = json_value(argv[4]);
		const char *quote = is_json(value) ? "" : "\"";

		if (asprintf(&text, "{\"execute\": \"qom-set\", \"arguments\": {\"path\": \"%s\", \"property\": \"%s\", \"value\": %s%s%s}}",
			     full_path(argv[2]), argv[3], quote, value, quote) < 0)
			return 1;
	} else if (argc == 3 && !strcmp(argv[1], "list")) {
		if (asprintf(&text, "{\"execute\": \"qom-list\", \"arguments\": {\"path\": \"%s\"}}",
			     full_path(argv[2])) < 0)
			return 1;
	} else if (argc == 3 && !strcmp(argv[1], "raw") && strrchr(argv[2], '}')) {
		text = argv[2];
	} else {
		return usage();
	}

	fd = open_port();
	/* refused when the session is past it already, which is as good */
	command(fd, "{\"execute\": \"qmp_capabilities\"}");
	command(fd, text);
	if (!strcmp(argv[1], "raw"))
		puts(return_value());
	else if (!strcmp(argv[1], "list"))
		print_list(return_value());
	else if (!strcmp(argv[1], "get"))
		print_value(return_value());
	else
		return_value();
	for (i = 4; i < argc && !strcmp(argv[1], "get"); i++) {
		command(fd, get_command(argv[2], argv[i]));
		print_value(return_value());
	}
	return 0;
}
