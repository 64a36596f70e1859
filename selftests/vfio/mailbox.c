// SPDX-License-Identifier: GPL-2.0-only
/* Words to and from the PF, and the exchange with which a session begins. */
#include <unistd.h>

#include "mailbox.h"

#define INT		1u
#define TYPE(word)	((word) >> 2 & 0x3f)
#define DATA(word)	((word) >> 8)

#define VERSION_REQUEST	(0x00000001u | 2 | 6 << 2 | MAILBOX_VERSION << 8)
#define VERSION_RESP	2
#define COMPATIBLE	1
#define BLOCK_RESP	3
#define RESET_RESP	0x10

/* Byte @index of small block @type, or the CRC up to it. */
#define BLOCK(type, index, crc)	(0x00000027u | ((type) | (index) << 4 | (crc) << 9) << 8)
#define RESET(data)		(0x00000043u | (data) << 8)

#define CAPABILITIES	2
#define RING_MAP	3
#define BLOCK_BYTES	32

/* A ring pair may take 5 s to be reset. */
#define ACK_MS		6000
#define REPLY_MS	1000

bool mailbox_say(struct device *dev, uint32_t word)
{
	volatile uint32_t *bar = dev->bar[1].word;
	uint64_t end = now_ms() + ACK_MS;

	bar[VM2PF] = word;
	while (bar[VM2PF] & INT) {
		if (now_ms() > end) {
			complain("%s: %08x: not acknowledged", dev->address, word);
			return false;
		}
		usleep(20);
	}
	return true;
}

/* What the PF says, acknowledged; 0 if it says nothing. */
uint32_t mailbox_take(struct device *dev)
{
	volatile uint32_t *bar = dev->bar[1].word;
	uint32_t word = bar[PF2VM];

	/* all ones: the function is in reset */
	if (!(word & INT) || word == UINT32_MAX)
		return 0;
	bar[PF2VM] = word & ~INT;
	return word;
}

bool mailbox_ask(struct device *dev, uint32_t word, uint32_t *reply)
{
	uint64_t end;

	if (!mailbox_say(dev, word))
		return false;
	end = now_ms() + REPLY_MS;
	while (!(*reply = mailbox_take(dev))) {
		if (now_ms() > end) {
			complain("%s: %08x: no reply", dev->address, word);
			return false;
		}
		usleep(20);
	}
	return true;
}

static bool agree(struct device *dev, struct session *session)
{
	uint32_t reply;

	if (!mailbox_ask(dev, VERSION_REQUEST, &reply))
		return false;
	session->version = DATA(reply) & 0xff;
	if (TYPE(reply) == VERSION_RESP && (DATA(reply) >> 8 & 3) == COMPATIBLE)
		return true;
	complain("%s: version answered with %08x", dev->address, reply);
	return false;
}

static bool get_byte(struct device *dev, uint32_t request, unsigned int kind, uint8_t *byte)
{
	uint32_t reply;

	if (!mailbox_ask(dev, request, &reply))
		return false;
	*byte = DATA(reply) >> 2;
	if (TYPE(reply) == BLOCK_RESP && (DATA(reply) & 3) == kind)
		return true;
	complain("%s: %08x answered with %08x", dev->address, request, reply);
	return false;
}

/* x^8+x^7+x^4+x^2+x+1, from 0xff (section 6.2) */
static uint8_t crc_of(const uint8_t *data, size_t len)
{
	unsigned int reg = 0xff, bit;

	while (len--) {
		reg ^= *data++;
		for (bit = 0; bit < 8; bit++) {
			reg *= 2;
			if (reg > 0xff)
				reg ^= 0x197;
		}
	}
	return (uint8_t)reg;
}

static bool get_block(struct device *dev, unsigned int type, uint8_t *block, unsigned int least)
{
	unsigned int bytes = 2, i;
	uint8_t crc;

	for (i = 0; i < bytes; i++) {
		if (!get_byte(dev, BLOCK(type, i, 0u), 0, &block[i]))
			return false;
		if (i == 1)
			bytes += block[1];
		if (bytes > BLOCK_BYTES - 2) {
			complain("%s: block %u has %u bytes", dev->address, type, bytes);
			return false;
		}
	}
	if (!get_byte(dev, BLOCK(type, bytes - 1, 1u), 1, &crc))
		return false;
	if (crc == crc_of(block, bytes) && bytes >= least)
		return true;
	complain("%s: block %u: %u bytes, CRC %02x", dev->address, type, bytes, crc);
	return false;
}

/* Version, capabilities, services; then INIT: from now on the PF may notify us. */
bool session_open(struct device *dev, struct session *session)
{
	uint8_t block[BLOCK_BYTES];

	dev->bar[1].word[VINTMSKPF2VM] = 1;
	if (!agree(dev, session) || !get_block(dev, CAPABILITIES, block, 10))
		return false;
	session->capabilities = block[6] | block[7] << 8 | block[8] << 16 |
				(uint32_t)block[9] << 24;
	if (!get_block(dev, RING_MAP, block, 4))
		return false;
	session->ring_map = block[2] | block[3] << 8;
	return mailbox_say(dev, SAY_INIT);
}

/* @data: number of the ring pair, or what no VF should say */
bool session_reset_ring_pair(struct device *dev, unsigned int data, unsigned int *result)
{
	uint32_t reply;

	if (!mailbox_ask(dev, RESET(data), &reply))
		return false;
	*result = DATA(reply);
	if (TYPE(reply) == RESET_RESP)
		return true;
	complain("%s: reset of ring pair %u answered with %08x", dev->address, data, reply);
	return false;
}

/* The @nth ring pair of a service, or -1. */
int session_find(const struct session *session, unsigned int service, unsigned int nth)
{
	int rp;

	for (rp = 0; rp < RING_PAIRS; rp++)
		if ((session->ring_map >> 3 * rp & 7) == service && !nth--)
			return rp;
	return -1;
}
