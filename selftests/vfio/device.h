/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A VF as a program of user space has it: opened through VFIO, BARs mapped, and one
 * piece of memory which the VF can reach.
 */
#ifndef QATVF_TEST_VFIO_DEVICE_H
#define QATVF_TEST_VFIO_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where the VF sees the memory: above 4 GiB, so that both halves of an address count. */
#define MEMORY_IOVA	0x123400000ull
#define MEMORY_BYTES	0x400000

/* BARs that there are; VFIO counts the halves of 64-bit ones, too. */
#define NUM_BARS	3

/**
 * struct bar - a BAR, mapped
 * @word: its registers
 * @bytes: its size
 */
struct bar {
	volatile uint32_t *word;
	size_t bytes;
};

/**
 * struct device - a VF, opened
 * @address: PCI address, as in sysfs
 * @cdev: opened by its own character device and iommufd, not by group and container
 * @fd: the device
 * @group: its group, unless @cdev
 * @space: container or iommufd
 * @ioas: address space in an iommufd
 * @config: where the configuration space begins in @fd
 * @bar: BARs 0, 2 and 4: rings, mailbox and interrupts, user queues
 * @memory: MEMORY_BYTES, which the VF sees at MEMORY_IOVA
 * @used: how much of that has been given out
 */
struct device {
	const char *address;
	bool cdev;
	int fd;
	int group;
	int space;
	uint32_t ioas;
	uint64_t config;
	struct bar bar[NUM_BARS];
	uint8_t *memory;
	size_t used;
};

void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
uint64_t now_ms(void);

bool device_open(struct device *dev);
void device_close(struct device *dev);
bool device_reset(struct device *dev);
bool device_enable(struct device *dev);

void *memory_get(struct device *dev, size_t bytes, size_t align);
uint64_t memory_iova(const struct device *dev, const void *memory);

/* open-group.c and open-cdev.c: set what they open; map the memory */
bool group_open(struct device *dev);
bool group_map(struct device *dev);
bool cdev_open(struct device *dev);
bool cdev_map(struct device *dev);

#endif
