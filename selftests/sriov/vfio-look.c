// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio-look - use a VF the way qatlib and DPDK do, through VFIO
 *
 *	vfio-look ADDRESS GROUP
 *
 * Opens the device (which resets it), looks whether it has what user-space drivers
 * need (reference 04 sections 1 and 12: BAR 0 and 2 can be mapped, MSI, reset), says
 * INIT to the PF without a version exchange, resets the device once more, fetches a
 * byte of the ring-to-service map, and closes it. Exit status 0 if all that works.
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

static int device;

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void need(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "vfio-look: %s\n", what);
	exit(1);
}

static int open_device(const char *address, const char *group_number)
{
	struct vfio_group_status status = { .argsz = sizeof(status) };
	int container = open("/dev/vfio/vfio", O_RDWR), group;
	char path[64];

	snprintf(path, sizeof(path), "/dev/vfio/%s", group_number);
	group = open(path, O_RDWR);
	if (container < 0 || group < 0)
		die(path);
	if (ioctl(group, VFIO_GROUP_GET_STATUS, &status))
		die("VFIO_GROUP_GET_STATUS");
	need(status.flags & VFIO_GROUP_FLAGS_VIABLE, "group is not viable");
	if (ioctl(group, VFIO_GROUP_SET_CONTAINER, &container) ||
	    ioctl(container, VFIO_SET_IOMMU, VFIO_TYPE1_IOMMU))
		die("VFIO_SET_IOMMU");
	device = ioctl(group, VFIO_GROUP_GET_DEVICE_FD, address);
	if (device < 0)
		die("VFIO_GROUP_GET_DEVICE_FD");
	return device;
}

static struct vfio_region_info region(unsigned int index)
{
	struct vfio_region_info info = { .argsz = sizeof(info), .index = index };

	if (ioctl(device, VFIO_DEVICE_GET_REGION_INFO, &info))
		die("VFIO_DEVICE_GET_REGION_INFO");
	return info;
}

static void enable(void)
{
	struct vfio_region_info config = region(VFIO_PCI_CONFIG_REGION_INDEX);
	uint16_t command = MEMORY_MASTER;

	if (pwrite(device, &command, 2, config.offset + PCI_COMMAND) != 2)
		die("command register");
}

static volatile uint32_t *map_mailbox(void)
{
	struct vfio_region_info info = region(VFIO_PCI_BAR2_REGION_INDEX);
	void *bar;

	need(region(VFIO_PCI_BAR0_REGION_INDEX).flags & VFIO_REGION_INFO_FLAG_MMAP,
	     "BAR 0 cannot be mapped");
	need(info.flags & VFIO_REGION_INFO_FLAG_MMAP, "BAR 2 cannot be mapped");
	bar = mmap(NULL, info.size, PROT_READ | PROT_WRITE, MAP_SHARED, device, info.offset);
	if (bar == MAP_FAILED)
		die("mmap of BAR 2");
	return bar;
}

static void check_device(void)
{
	struct vfio_device_info info = { .argsz = sizeof(info) };
	struct vfio_irq_info msi = { .argsz = sizeof(msi), .index = VFIO_PCI_MSI_IRQ_INDEX };

	if (ioctl(device, VFIO_DEVICE_GET_INFO, &info) ||
	    ioctl(device, VFIO_DEVICE_GET_IRQ_INFO, &msi))
		die("VFIO_DEVICE_GET_INFO");
	need(info.flags & VFIO_DEVICE_FLAGS_RESET, "device has no reset");
	need(msi.count >= 1, "device has no MSI");
}

static void say(volatile uint32_t *bar, uint32_t word)
{
	unsigned int tries = 0;

	bar[VM2PF] = word;
	while (bar[VM2PF] & 1) {
		need(++tries < 20000, "PF does not acknowledge");
		usleep(50);
	}
}

int main(int argc, char **argv)
{
	volatile uint32_t *bar;

	need(argc == 3, "usage: vfio-look ADDRESS GROUP");
	open_device(argv[1], argv[2]);
	check_device();
	enable();
	bar = map_mailbox();
	bar[VINTMSKPF2VM] = 1;
	say(bar, 0x0000000f);
	if (ioctl(device, VFIO_DEVICE_RESET))
		die("VFIO_DEVICE_RESET");
	enable();
	bar[VINTMSKPF2VM] = 1;
	say(bar, 0x00002327);
	need(bar[PF2VM] == 0x0000700f, "PF gives no ring-to-service map");
	say(bar, 0x00000013);
	close(device);
	return 0;
}
