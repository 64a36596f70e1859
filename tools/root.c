// SPDX-License-Identifier: GPL-2.0
/*
 * Files of the system.  All paths go through here, so that --root can put another tree,
 * say a test's, in the place of the machine's.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "qatvfctl.h"

const char *root_dir = "";

/**
 * root_path() - a path from parts
 * @format: as for printf()
 *
 * Return: one of a few static buffers in turn.
 */
const char *root_path(const char *format, ...)
{
	static char buffers[8][PATH_MAX];
	static unsigned int next;
	char *path = buffers[next++ % 8];
	va_list args;

	va_start(args, format);
	vsnprintf(path, PATH_MAX, format, args);
	va_end(args);
	return path;
}

static const char *full(const char *path)
{
	return root_path("%s%s", root_dir, path);
}

/**
 * root_exists() - is there a file?
 * @path: path
 */
bool root_exists(const char *path)
{
	return access(full(path), F_OK) == 0;
}

/**
 * root_denied() - is there a file or folder that we may not read?
 * @path: path
 */
bool root_denied(const char *path)
{
	return access(full(path), R_OK) && errno == EACCES;
}

/**
 * root_read() - text of a small file, without the white space at its end
 * @path: path
 * @text: set, "" if it cannot be read
 * @size: of @text
 *
 * Return: could it be read?
 */
bool root_read(const char *path, char *text, size_t size)
{
	int fd = open(full(path), O_RDONLY | O_CLOEXEC);
	size_t len = 0;
	ssize_t n;

	text[0] = '\0';
	if (fd < 0)
		return false;
	while (len < size - 1 && (n = read(fd, text + len, size - 1 - len)) > 0)
		len += n;
	n = len ? 0 : read(fd, text, 0);
	close(fd);
	while (len && strchr(" \t\n", text[len - 1]))
		len--;
	text[len] = '\0';
	return n == 0;
}

/**
 * root_number() - a file that holds a number
 * @path: path
 * @otherwise: what to return if it does not
 */
long root_number(const char *path, long otherwise)
{
	char text[32], *end;
	long value;

	if (!root_read(path, text, sizeof(text)))
		return otherwise;
	value = strtol(text, &end, 0);
	return end == text ? otherwise : value;
}

/**
 * root_target() - what a link leads to
 * @path: path of the link
 * @target: set, "" if it is no link; cut if it is too long
 * @size: of @target
 */
bool root_target(const char *path, char *target, size_t size)
{
	ssize_t n = readlink(full(path), target, size - 1);

	target[n > 0 ? n : 0] = '\0';
	return n > 0;
}

/**
 * root_link() - last part of what a link leads to
 * @path: path of the link
 * @name: set, "" if it is no link
 * @size: of @name
 */
bool root_link(const char *path, char *name, size_t size)
{
	char target[PATH_MAX];
	const char *last;

	root_target(path, target, sizeof(target));
	last = strrchr(target, '/');
	snprintf(name, size, "%s", last ? last + 1 : target);
	return *name;
}

/**
 * root_write() - write a file of the kernel
 * @path: path; made if it is not there, which only a test's root allows
 * @text: what to write, in one call
 *
 * Return: 0, or an errno.
 */
int root_write(const char *path, const char *text)
{
	int fd = open(full(path), O_WRONLY | O_CLOEXEC | (*root_dir ? O_CREAT | O_TRUNC : 0), 0644);
	size_t len = strlen(text);
	ssize_t n;
	int err;

	if (fd < 0)
		return errno;
	n = write(fd, text, len);
	err = n == (ssize_t)len ? 0 : n < 0 ? errno : EIO;
	close(fd);
	return err;
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/**
 * root_list() - names in a folder, sorted
 * @path: folder
 * @names: set; for root_free()
 *
 * Return: how many, 0 if it cannot be read.
 */
int root_list(const char *path, char ***names)
{
	struct dirent **entries;
	int n, i;

	*names = NULL;
	n = scandir(full(path), &entries, visible, alphasort);
	if (n < 0)
		return 0;
	*names = calloc(n + 1, sizeof(**names));
	for (i = 0; i < n; i++) {
		if (*names)
			(*names)[i] = strdup(entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	for (i = 0; *names && i < n; i++)
		if (!(*names)[i])
			break;
	return *names ? i : 0;
}

/**
 * root_free() - undo root_list()
 * @names: names
 * @n: how many
 */
void root_free(char **names, int n)
{
	while (n-- > 0)
		free(names[n]);
	free(names);
}
