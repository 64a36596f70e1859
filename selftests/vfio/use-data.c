// SPDX-License-Identifier: GPL-2.0-only
/* vfio-use: data through the VF, for others to compare. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "mailbox.h"
#include "request.h"
#include "work.h"

#define DATA_MAX	0x80000
#define SKID		4096	/* drivers give a compression that much more */

static bool start(struct device *dev, struct session *session)
{
	return device_open(dev) && session_open(dev, session);
}

static bool end(struct device *dev, bool good)
{
	good = mailbox_say(dev, SAY_SHUTDOWN) && good;
	device_close(dev);
	return good;
}

bool use_hello(struct device *dev, char **arg)
{
	struct session session;

	(void)arg;
	if (!start(dev, &session))
		return false;
	printf("version %u\ncapabilities 0x%08x\nring_map 0x%03x\n", session.version,
	       session.capabilities, session.ring_map);
	return end(dev, true);
}

static long read_all(uint8_t *data)
{
	long bytes = 0, now;

	while (bytes < DATA_MAX && (now = read(0, data + bytes, DATA_MAX - bytes)) > 0)
		bytes += now;
	return bytes;
}

static bool write_all(const uint8_t *data, long bytes)
{
	long now;

	for (; bytes > 0; bytes -= now, data += now) {
		now = write(1, data, bytes);
		if (now <= 0)
			return false;
	}
	return true;
}

static unsigned int hex(const char *text, uint8_t *bytes, unsigned int max)
{
	unsigned int n = 0, value;

	while (n < max && sscanf(text + 2 * n, "%2x", &value) == 1)
		bytes[n++] = value;
	return n;
}

static bool parse_cipher(struct cipher *cipher, char **arg)
{
	unsigned int i;

	for (i = 0; i < 4; i++)
		if (!arg[i])
			return false;
	cipher->ctr = !strcmp(arg[0], "ctr");
	cipher->decrypt = !strcmp(arg[1], "decrypt");
	cipher->key_bytes = hex(arg[2], cipher->key, KEY_MAX);
	return hex(arg[3], cipher->iv, BLOCK) == BLOCK && cipher->key_bytes;
}

static bool set_up(struct device *dev, const struct session *session, unsigned int service,
		   struct ring_pair *rp)
{
	int n = session_find(session, service, 0);

	if (n < 0)
		complain("%s: no ring pair for service %u", dev->address, service);
	return n >= 0 && ring_pair_on(rp, dev, n);
}

bool use_cipher(struct device *dev, char **arg)
{
	struct cipher cipher = { 0 };
	struct session session;
	struct ring_pair rp;
	uint8_t *descriptor;
	bool good;

	if (!parse_cipher(&cipher, arg) || !start(dev, &session) ||
	    !set_up(dev, &session, SERVICE_SYM, &rp))
		return false;
	descriptor = memory_get(dev, 64, 64);
	cipher.data = memory_get(dev, DATA_MAX, 1);
	if (!descriptor || !cipher.data)
		return false;
	cipher.bytes = read_all(cipher.data);
	good = cipher_run(&rp, &cipher, descriptor) && write_all(cipher.data, cipher.bytes);
	ring_pair_off(&rp);
	return end(dev, good);
}

bool use_deflate(struct device *dev, char **arg)
{
	struct session session;
	struct ring_pair rp;
	uint8_t *src, *dst;
	long bytes;

	(void)arg;
	if (!start(dev, &session) || !set_up(dev, &session, SERVICE_DC, &rp))
		return false;
	src = memory_get(dev, DATA_MAX, 64);
	dst = memory_get(dev, DATA_MAX + SKID, 64);
	if (!src || !dst)
		return false;
	bytes = deflate_run(&rp, src, read_all(src), dst, DATA_MAX + SKID);
	ring_pair_off(&rp);
	return end(dev, bytes >= 0 && write_all(dst, bytes));
}

bool use_works(struct device *dev, char **arg)
{
	struct work work;
	bool good;

	(void)arg;
	if (!device_open(dev))
		return false;
	good = work_start(&work, dev) && work_check_all(&work) && work_done(&work);
	device_close(dev);
	return good;
}
