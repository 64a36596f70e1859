// SPDX-License-Identifier: GPL-2.0-only
/* The old way to a device: its IOMMU group in a container. */
#include <errno.h>
#include <fcntl.h>
#include <linux/vfio.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "device.h"

static bool failed(const struct device *dev, const char *what)
{
	complain("%s: %s: %s", dev->address, what, strerror(errno));
	return false;
}

/* The name of the group is the last part of where a link leads. */
static bool find_group(const struct device *dev, char *path, size_t size)
{
	char link[128], target[256];
	ssize_t len;

	snprintf(link, sizeof(link), "/sys/bus/pci/devices/%s/iommu_group", dev->address);
	len = readlink(link, target, sizeof(target) - 1);
	if (len < 0)
		return failed(dev, link);
	target[len] = 0;
	snprintf(path, size, "/dev/vfio/%s", strrchr(target, '/') + 1);
	return true;
}

bool group_open(struct device *dev)
{
	struct vfio_group_status status = { .argsz = sizeof(status) };
	char path[300];

	if (!find_group(dev, path, sizeof(path)))
		return false;
	dev->space = open("/dev/vfio/vfio", O_RDWR | O_CLOEXEC);
	dev->group = open(path, O_RDWR | O_CLOEXEC);
	if (dev->space < 0 || dev->group < 0)
		return failed(dev, path);
	if (ioctl(dev->group, VFIO_GROUP_GET_STATUS, &status))
		return failed(dev, "VFIO_GROUP_GET_STATUS");
	if (!(status.flags & VFIO_GROUP_FLAGS_VIABLE)) {
		complain("%s: group is not viable", dev->address);
		return false;
	}
	if (ioctl(dev->group, VFIO_GROUP_SET_CONTAINER, &dev->space) ||
	    ioctl(dev->space, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU))
		return failed(dev, "VFIO_SET_IOMMU");
	dev->fd = ioctl(dev->group, VFIO_GROUP_GET_DEVICE_FD, dev->address);
	return dev->fd >= 0 || failed(dev, "VFIO_GROUP_GET_DEVICE_FD");
}

bool group_map(struct device *dev)
{
	struct vfio_iommu_type1_dma_map map = {
		.argsz = sizeof(map),
		.flags = VFIO_DMA_MAP_FLAG_READ | VFIO_DMA_MAP_FLAG_WRITE,
		.vaddr = (uintptr_t)dev->memory,
		.iova = MEMORY_IOVA,
		.size = MEMORY_BYTES,
	};

	return !ioctl(dev->space, VFIO_IOMMU_MAP_DMA, &map) || failed(dev, "VFIO_IOMMU_MAP_DMA");
}
