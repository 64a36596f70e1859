// SPDX-License-Identifier: GPL-2.0-only
/*
 * moving-bars - do writes arrive while another device's BARs come and go?
 *
 *	moving-bars MOVING WRITTEN SECONDS
 *
 * One CPU turns the memory decoding of device MOVING on and off, another one writes to
 * a register of device WRITTEN and reads it back. Both are addresses of PFs without
 * driver. The register is USTORE_ADDRESS of engine 0, which only stores (reference 01
 * section 6.4). Exit status 0 if both did something and nothing was lost.
 */
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define PCI_COMMAND	4
#define MEMORY		2

/* In BAR 2; the next register, USTORE_DATA_LOWER, stores as well. */
#define WINDOW		0x600000
#define WINDOW_BYTES	4096
#define REGISTER	(0x800 / 4)

static volatile bool over;
static unsigned long moves, writes, lost;

static int open_file(const char *address, const char *name)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/%s", address, name);
	fd = open(path, O_RDWR | O_SYNC);
	if (fd < 0) {
		perror(path);
		exit(1);
	}
	return fd;
}

static void decode_memory(int config, uint16_t command)
{
	if (pwrite(config, &command, sizeof(command), PCI_COMMAND) != sizeof(command)) {
		perror("command register");
		exit(1);
	}
}

static void stay_on_cpu(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

static void *move(void *address)
{
	int config = open_file(address, "config");

	stay_on_cpu(1);
	for (; !over; moves++) {
		decode_memory(config, MEMORY);
		decode_memory(config, 0);
	}
	return NULL;
}

static void *write_registers(void *registers)
{
	volatile uint32_t *reg = registers;
	uint32_t value;

	stay_on_cpu(0);
	for (value = 1; !over; value++) {
		reg[0] = value;
		reg[1] = ~value;
		lost += reg[0] != value || reg[1] != (uint32_t)~value;
		writes++;
	}
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t mover, writer;
	uint32_t *bar;

	if (argc != 4) {
		fprintf(stderr, "usage: moving-bars MOVING WRITTEN SECONDS\n");
		return 2;
	}
	decode_memory(open_file(argv[2], "config"), MEMORY);
	bar = mmap(NULL, WINDOW_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED,
		   open_file(argv[2], "resource2"), WINDOW);
	if (bar == MAP_FAILED) {
		perror("mmap of BAR 2");
		return 1;
	}
	if (pthread_create(&mover, NULL, move, argv[1]) ||
	    pthread_create(&writer, NULL, write_registers, bar + REGISTER))
		return 1;
	sleep(atoi(argv[3]));
	over = true;
	pthread_join(mover, NULL);
	pthread_join(writer, NULL);
	printf("# BARs moved %lu times, %lu writes, %lu lost\n", moves, writes, lost);
	return moves && writes && !lost ? 0 : 1;
}
