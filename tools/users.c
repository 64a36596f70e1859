// SPDX-License-Identifier: GPL-2.0
/*
 * Who has a VF open: the process that holds its file of vfio, that of its group or, with
 * iommufd, its own; and if that is a machine, its name.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "qatvfctl.h"

static bool is_number(const char *text)
{
	return *text && text[strspn(text, "0123456789")] == '\0';
}

/** struct files - of vfio, by which a device can be opened; "" for none */
struct files {
	char group[32];
	char device[64];
};

static bool has_open(const char *pid, const struct files *files)
{
	char **names, target[64], path[64];
	bool found = false;
	int n, i;

	snprintf(path, sizeof(path), "/proc/%.10s/fd", pid);
	n = root_list(path, &names);
	for (i = 0; i < n && !found; i++)
		found = root_target(root_path("%s/%s", path, names[i]), target, sizeof(target)) &&
			(!strcmp(target, files->group) || !strcmp(target, files->device));
	root_free(names, n);
	return found;
}

/* QEMU and libvirt: "-name guest=NAME,..." or "-name NAME" */
static bool guest_name(const char *pid, char *name, size_t size)
{
	const char *path = root_path("%s/proc/%.10s/cmdline", root_dir, pid);
	FILE *in = fopen(path, "r");
	char *word = NULL;
	size_t room = 0;
	bool next = false, found = false;

	while (in && !found && getdelim(&word, &room, '\0', in) > 0) {
		if (next) {
			char *start = !strncmp(word, "guest=", 6) ? word + 6 : word;

			start[strcspn(start, ",")] = '\0';
			snprintf(name, size, "%s", start);
			found = true;
		}
		next = !strcmp(word, "-name");
	}
	free(word);
	if (in)
		fclose(in);
	return found;
}

static void describe(const char *pid, char *user, size_t size)
{
	char name[24];
	char *p;

	if (guest_name(pid, name, sizeof(name))) {
		snprintf(user, size, "guest %s", name);
	} else {
		root_read(root_path("/proc/%.10s/comm", pid), name, sizeof(name));
		snprintf(user, size, "%s[%.10s]", name, pid);
	}
	for (p = user; *p; p++)
		if (!isprint((unsigned char)*p))
			*p = '?';
}

static void find_files(const char *address, int group, struct files *files)
{
	char **names;
	int n;

	memset(files, 0, sizeof(*files));
	if (group >= 0)
		snprintf(files->group, sizeof(files->group), "/dev/vfio/%d", group);
	n = root_list(root_path("/sys/bus/pci/devices/%s/vfio-dev", address), &names);
	if (n)
		snprintf(files->device, sizeof(files->device), "/dev/vfio/devices/%.40s", names[0]);
	root_free(names, n);
}

/**
 * users_find() - who has a VF open
 * @address: VF
 * @group: number of its IOMMU group, or -1
 * @user: set to a guest's name, or a program and its number; "" if nobody has, or
 *	we may not know
 * @size: of @user
 */
void users_find(const char *address, int group, char *user, size_t size)
{
	struct files files;
	char **names;
	int n, i;

	*user = '\0';
	find_files(address, group, &files);
	n = root_list("/proc", &names);
	for (i = 0; i < n && !*user; i++)
		if (is_number(names[i]) && has_open(names[i], &files))
			describe(names[i], user, size);
	root_free(names, n);
}
