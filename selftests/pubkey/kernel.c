// SPDX-License-Identifier: GPL-2.0
/*
 * Transforms of the kernel through the test module, and the driver's counts of what
 * went to the device and what to software.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "pubkey.h"

#define DEVICE		"/dev/qatvf_pubkey_test"
#define COUNTS		"/sys/kernel/debug/qatvf/requests"

static unsigned int shape_segs = 1, shape_flags = QPT_MAY_SLEEP | QPT_MAY_BACKLOG;

/**
 * tfm_shape() - how the requests from now on are made
 * @segs: parts of source and destination
 * @flags: QPT_*
 */
void tfm_shape(unsigned int segs, unsigned int flags)
{
	shape_segs = segs;
	shape_flags = flags;
}

/**
 * tfm_try_open() - allocate a transform that may not exist
 * @tfm: filled
 * @type: of it
 * @name: algorithm or driver
 *
 * Return: true if it is there.
 */
bool tfm_try_open(struct tfm *tfm, enum qpt_type type, const char *name)
{
	struct qpt_open args = { .type = type };

	memset(tfm, 0, sizeof(*tfm));
	tfm->fd = open(DEVICE, O_RDWR | O_CLOEXEC);
	if (tfm->fd < 0)
		die("%s: %s", DEVICE, strerror(errno));
	snprintf(args.name, sizeof(args.name), "%s", name);
	if (ioctl(tfm->fd, QPT_OPEN, &args)) {
		close(tfm->fd);
		return false;
	}
	memcpy(tfm->driver, args.driver, sizeof(tfm->driver));
	return true;
}

/**
 * tfm_open() - allocate a transform
 * @tfm: filled
 * @type: of it
 * @name: algorithm or driver
 */
void tfm_open(struct tfm *tfm, enum qpt_type type, const char *name)
{
	if (!tfm_try_open(tfm, type, name))
		die("no %s: %s", name, strerror(errno));
}

/** tfm_close() - free @tfm */
void tfm_close(struct tfm *tfm)
{
	close(tfm->fd);
}

/**
 * tfm_key() - set a key
 * @tfm: transform
 * @kind: of key
 * @key: as the crypto API takes it
 * @len: bytes of it
 *
 * Return: 0 or a negative errno.
 */
int tfm_key(struct tfm *tfm, enum qpt_key_kind kind, const void *key, size_t len)
{
	struct qpt_key args = {
		.key = (uintptr_t)key,
		.len = len,
		.kind = kind,
	};

	if (ioctl(tfm->fd, QPT_SET_KEY, &args))
		return -errno;
	tfm->max_size = args.max_size;
	return 0;
}

/**
 * tfm_run() - run a request
 * @tfm: transform
 * @op: operation
 * @src: source
 * @src_len: bytes of it
 * @dst_len: room for the result
 * @answer: filled
 */
void tfm_run(struct tfm *tfm, enum qpt_op op, const void *src, size_t src_len,
	     size_t dst_len, struct answer *answer)
{
	static const uint8_t nothing[1];
	struct qpt_run args = {
		.src = (uintptr_t)(src_len ? src : nothing),
		.dst = (uintptr_t)answer->data,
		.src_len = src_len,
		.dst_len = dst_len,
		.op = op,
		.flags = shape_flags,
		.segs = shape_segs,
	};

	memset(answer, 0, sizeof(*answer));
	if (ioctl(tfm->fd, QPT_RUN, &args))
		die("%s: request: %s", tfm->driver, strerror(errno));
	answer->err = args.result;
	answer->len = args.dst_len;
	if (args.overwritten)
		die("%s: %u bytes behind the destination are damaged", tfm->driver,
		    args.overwritten);
}

static unsigned long long count(const char *driver, bool hard)
{
	unsigned long long h, s, result = 0;
	char line[200], name[100];
	FILE *f = fopen(COUNTS, "r");

	if (!f)
		die("%s: %s", COUNTS, strerror(errno));
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "%99s %llu %llu", name, &h, &s) == 3 &&
		    !strcmp(name, driver))
			result = hard ? h : s;
	fclose(f);
	return result;
}

/**
 * hard_requests() - requests that went to a device
 * @driver: of the algorithm
 *
 * Return: since the module was loaded.
 */
unsigned long long hard_requests(const char *driver)
{
	return count(driver, true);
}

/**
 * soft_requests() - requests that software did
 * @driver: of the algorithm
 *
 * Return: since the module was loaded.
 */
unsigned long long soft_requests(const char *driver)
{
	return count(driver, false);
}
