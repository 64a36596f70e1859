// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is the same however the VF was opened: its regions, its command register, its
 * reset, and the memory it works on.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/vfio.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "device.h"

#define PCI_COMMAND	4
#define MEMORY_MASTER	6

static const unsigned int region_of[NUM_BARS] = {
	VFIO_PCI_BAR0_REGION_INDEX, VFIO_PCI_BAR2_REGION_INDEX, VFIO_PCI_BAR4_REGION_INDEX
};

/* A line of explanation, in the form that TAP readers skip. */
void complain(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "# ");
	vfprintf(stderr, format, args);
	fprintf(stderr, "\n");
	va_end(args);
}

uint64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000ull + t.tv_nsec / 1000000;
}

/* Memory decoding and bus mastering: off after each reset. */
bool device_enable(struct device *dev)
{
	uint16_t command = MEMORY_MASTER;

	if (pwrite(dev->fd, &command, 2, dev->config + PCI_COMMAND) == 2)
		return true;
	complain("%s: command register: %s", dev->address, strerror(errno));
	return false;
}

static bool map_bar(struct device *dev, unsigned int n)
{
	struct vfio_region_info info = { .argsz = sizeof(info), .index = region_of[n] };
	void *bar;

	if (ioctl(dev->fd, VFIO_DEVICE_GET_REGION_INFO, &info)) {
		complain("%s: no region %u: %s", dev->address, info.index, strerror(errno));
		return false;
	}
	bar = mmap(NULL, info.size, PROT_READ | PROT_WRITE, MAP_SHARED, dev->fd, info.offset);
	if (bar == MAP_FAILED) {
		complain("%s: BAR %u cannot be mapped: %s", dev->address, 2 * n, strerror(errno));
		return false;
	}
	dev->bar[n].word = bar;
	dev->bar[n].bytes = info.size;
	return true;
}

static bool find_config(struct device *dev)
{
	struct vfio_region_info info = {
		.argsz = sizeof(info), .index = VFIO_PCI_CONFIG_REGION_INDEX
	};

	if (ioctl(dev->fd, VFIO_DEVICE_GET_REGION_INFO, &info)) {
		complain("%s: no configuration space: %s", dev->address, strerror(errno));
		return false;
	}
	dev->config = info.offset;
	return true;
}

/* VFIO resets the device here; all zeros is what memory begins with. */
bool device_open(struct device *dev)
{
	unsigned int n;

	dev->fd = dev->group = dev->space = -1;
	dev->used = 0;
	dev->memory = mmap(NULL, MEMORY_BYTES, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (dev->memory == MAP_FAILED) {
		complain("no memory");
		return false;
	}
	if (!(dev->cdev ? cdev_open(dev) && cdev_map(dev) : group_open(dev) && group_map(dev)))
		return false;
	if (!find_config(dev) || !device_enable(dev))
		return false;
	for (n = 0; n < NUM_BARS; n++)
		if (!map_bar(dev, n))
			return false;
	return true;
}

/* VFIO resets the device with its last user. */
void device_close(struct device *dev)
{
	unsigned int n;

	for (n = 0; n < NUM_BARS; n++) {
		if (dev->bar[n].word)
			munmap((void *)dev->bar[n].word, dev->bar[n].bytes);
		dev->bar[n].word = NULL;
	}
	if (dev->fd >= 0)
		close(dev->fd);
	if (dev->group >= 0)
		close(dev->group);
	if (dev->space >= 0)
		close(dev->space);
	munmap(dev->memory, MEMORY_BYTES);
}

bool device_reset(struct device *dev)
{
	if (!ioctl(dev->fd, VFIO_DEVICE_RESET))
		return device_enable(dev);
	complain("%s: reset: %s", dev->address, strerror(errno));
	return false;
}

/* Never given back: programs here live shortly. */
void *memory_get(struct device *dev, size_t bytes, size_t align)
{
	size_t start = (dev->used + align - 1) / align * align;

	if (start + bytes > MEMORY_BYTES) {
		complain("out of memory for the device");
		return NULL;
	}
	dev->used = start + bytes;
	return dev->memory + start;
}

uint64_t memory_iova(const struct device *dev, const void *memory)
{
	return MEMORY_IOVA + (size_t)((const uint8_t *)memory - dev->memory);
}
