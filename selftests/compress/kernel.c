// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel's side: requests through /dev/qatvf_comp_test, the driver's counters.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "comp.h"

static int device = -1;

/** kernel_open() - open the device file, or end the program */
void kernel_open(void)
{
	device = open("/dev/qatvf_comp_test", O_RDWR);
	if (device < 0) {
		perror("/dev/qatvf_comp_test");
		exit(2);
	}
}

/**
 * kernel_run() - run one request
 * @job: outcome is filled in
 */
void kernel_run(struct job *job)
{
	struct qcmp_request args = {
		.src = (uintptr_t)job->src, .slen = job->slen,
		.dst = (uintptr_t)job->dst, .dlen = job->dlen,
		.src_pieces = job->src_pieces ? job->src_pieces : 1,
		.dst_pieces = job->dst_pieces ? job->dst_pieces : 1,
		.flags = job->flags,
	};

	snprintf(args.name, sizeof(args.name), "%s", job->name);
	if (ioctl(device, QCMP_RUN, &args)) {
		fprintf(stderr, "request of %s: %s\n", job->name, strerror(errno));
		exit(2);
	}
	job->result = args.result;
	job->produced = args.produced;
	job->intact = !args.overwritten && !args.source_changed &&
		      (args.result || args.produced <= job->dlen);
}

/**
 * counts_read() - look into debugfs
 * @driver: which
 *
 * Return: its counts, zeros if it is not there.
 */
struct counts counts_read(const char *driver)
{
	FILE *file = fopen("/sys/kernel/debug/qatvf/requests", "r");
	struct counts counts = { 0 }, other;
	char line[200], name[100];

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "%99s %llu %llu", name, &other.hard, &other.soft) == 3 &&
		    !strcmp(name, driver))
			counts = other;
	if (file)
		fclose(file);
	return counts;
}
