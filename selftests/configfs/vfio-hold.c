// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio-hold - have a VF open through VFIO, as a guest has
 *
 *	vfio-hold ADDRESS GROUP
 *
 * Opens the device, says INIT to its PF, asks it for the ring-to-service map and prints
 * that, prints "held", and keeps the device open until its standard input ends.  A PF
 * that does not answer within a second is "silent".
 */
#include <fcntl.h>
#include <linux/vfio.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#define PCI_COMMAND	4
#define MEMORY_MASTER	6

#define PF2VM		(0x1008 / 4)
#define VM2PF		(0x100c / 4)
#define VINTMSKPF2VM	(0x1004 / 4)

/* Reference 04 sections 5 and 6: INIT; byte n of block 3 in a small block request */
#define INIT		0x0000000f
#define MAP_BYTE(n)	(0x00000027 | (0x3 | (n) << 4) << 8)

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static int open_device(const char *address, const char *group_number)
{
	int container = open("/dev/vfio/vfio", O_RDWR), group, device;
	char path[64];

	snprintf(path, sizeof(path), "/dev/vfio/%s", group_number);
	group = open(path, O_RDWR);
	if (container < 0 || group < 0)
		die(path);
	if (ioctl(group, VFIO_GROUP_SET_CONTAINER, &container) ||
	    ioctl(container, VFIO_SET_IOMMU, VFIO_TYPE1_IOMMU))
		die("VFIO_SET_IOMMU");
	device = ioctl(group, VFIO_GROUP_GET_DEVICE_FD, address);
	if (device < 0)
		die("VFIO_GROUP_GET_DEVICE_FD");
	return device;
}

static struct vfio_region_info region(int device, unsigned int index)
{
	struct vfio_region_info info = { .argsz = sizeof(info), .index = index };

	if (ioctl(device, VFIO_DEVICE_GET_REGION_INFO, &info))
		die("VFIO_DEVICE_GET_REGION_INFO");
	return info;
}

static volatile uint32_t *map_mailbox(int device)
{
	struct vfio_region_info config = region(device, VFIO_PCI_CONFIG_REGION_INDEX);
	struct vfio_region_info info = region(device, VFIO_PCI_BAR2_REGION_INDEX);
	uint16_t command = MEMORY_MASTER;
	void *bar;

	if (pwrite(device, &command, 2, config.offset + PCI_COMMAND) != 2)
		die("command register");
	bar = mmap(NULL, info.size, PROT_READ | PROT_WRITE, MAP_SHARED, device, info.offset);
	if (bar == MAP_FAILED)
		die("mmap of BAR 2");
	return bar;
}

static bool say(volatile uint32_t *bar, uint32_t word)
{
	unsigned int tries = 0;

	bar[VM2PF] = word;
	while (bar[VM2PF] & 1) {
		if (++tries == 1000)
			return false;
		usleep(1000);
	}
	return true;
}

int main(int argc, char **argv)
{
	unsigned int map = 0, n;
	volatile uint32_t *bar;
	char c;

	if (argc != 3) {
		fprintf(stderr, "usage: vfio-hold ADDRESS GROUP\n");
		return 2;
	}
	bar = map_mailbox(open_device(argv[1], argv[2]));
	bar[VINTMSKPF2VM] = 1;
	if (!say(bar, INIT)) {
		printf("silent\n");
	} else {
		for (n = 0; n < 2; n++) {
			if (!say(bar, MAP_BYTE(n + 2)))
				die("no answer");
			map |= (bar[PF2VM] >> 10 & 0xff) << 8 * n;
			bar[PF2VM] = bar[PF2VM] & ~1u;
		}
		printf("ring_map 0x%03x\n", map);
	}
	printf("held\n");
	fflush(stdout);
	while (read(0, &c, 1) > 0)
		;
	return 0;
}
