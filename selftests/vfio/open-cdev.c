// SPDX-License-Identifier: GPL-2.0-only
/*
 * The new way to a device: a character device of its own, and an address space of
 * iommufd. Both are younger than the headers of the oldest machine that builds this, so
 * what is needed of that ABI stands here.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/ioctl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "device.h"

/* include/uapi/linux/vfio.h, Linux 6.6 and later */
#define BIND_IOMMUFD	_IO(';', 118)
#define ATTACH_PT	_IO(';', 119)

struct bind_iommufd {
	uint32_t argsz;
	uint32_t flags;
	int32_t iommufd;
	uint32_t out_devid;
};

struct attach_pt {
	uint32_t argsz;
	uint32_t flags;
	uint32_t pt_id;
};

/* include/uapi/linux/iommufd.h, Linux 6.2 and later */
#define IOAS_ALLOC	_IO(';', 0x81)
#define IOAS_MAP	_IO(';', 0x85)

#define MAP_FIXED_RW	7

struct ioas_alloc {
	uint32_t size;
	uint32_t flags;
	uint32_t out_ioas_id;
};

struct ioas_map {
	uint32_t size;
	uint32_t flags;
	uint32_t ioas_id;
	uint32_t reserved;
	uint64_t user_va;
	uint64_t length;
	uint64_t iova;
};

static bool failed(const struct device *dev, const char *what)
{
	complain("%s: %s: %s", dev->address, what, strerror(errno));
	return false;
}

/* The device's folder vfio-dev/ holds one entry, its name below /dev/vfio/devices. */
static bool find_cdev(const struct device *dev, char *path, size_t size)
{
	struct dirent *entry;
	char folder[128];
	DIR *dir;

	snprintf(folder, sizeof(folder), "/sys/bus/pci/devices/%s/vfio-dev", dev->address);
	dir = opendir(folder);
	if (!dir)
		return failed(dev, folder);
	do
		entry = readdir(dir);
	while (entry && entry->d_name[0] == '.');
	if (entry)
		snprintf(path, size, "/dev/vfio/devices/%s", entry->d_name);
	closedir(dir);
	return entry || failed(dev, folder);
}

bool cdev_open(struct device *dev)
{
	struct bind_iommufd bind = { .argsz = sizeof(bind) };
	struct ioas_alloc alloc = { .size = sizeof(alloc) };
	struct attach_pt attach = { .argsz = sizeof(attach) };
	char path[300];

	if (!find_cdev(dev, path, sizeof(path)))
		return false;
	dev->space = open("/dev/iommu", O_RDWR | O_CLOEXEC);
	if (dev->space < 0)
		return failed(dev, "/dev/iommu");
	dev->fd = open(path, O_RDWR | O_CLOEXEC);
	if (dev->fd < 0)
		return failed(dev, path);
	bind.iommufd = dev->space;
	if (ioctl(dev->fd, BIND_IOMMUFD, &bind))
		return failed(dev, "VFIO_DEVICE_BIND_IOMMUFD");
	if (ioctl(dev->space, IOAS_ALLOC, &alloc))
		return failed(dev, "IOMMU_IOAS_ALLOC");
	dev->ioas = alloc.out_ioas_id;
	attach.pt_id = dev->ioas;
	return !ioctl(dev->fd, ATTACH_PT, &attach) ||
	       failed(dev, "VFIO_DEVICE_ATTACH_IOMMUFD_PT");
}

bool cdev_map(struct device *dev)
{
	struct ioas_map map = {
		.size = sizeof(map),
		.flags = MAP_FIXED_RW,
		.ioas_id = dev->ioas,
		.user_va = (uintptr_t)dev->memory,
		.length = MEMORY_BYTES,
		.iova = MEMORY_IOVA,
	};

	return !ioctl(dev->space, IOAS_MAP, &map) || failed(dev, "IOMMU_IOAS_MAP");
}
