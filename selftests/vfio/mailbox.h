/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The VF's end of the mailbox, by polling. Offsets and words are those of reference 04
 * sections 2 to 6, typed here on purpose: a misreading of the drivers' headers must show.
 */
#ifndef QATVF_TEST_VFIO_MAILBOX_H
#define QATVF_TEST_VFIO_MAILBOX_H

#include "device.h"

/* Registers of BAR 2, in words. */
#define VINTMSKPF2VM	(0x1004 / 4)
#define PF2VM		(0x1008 / 4)
#define VM2PF		(0x100c / 4)

#define MAILBOX_VERSION	5

/* Whole words. */
#define SAY_INIT	0x0000000fu
#define SAY_SHUTDOWN	0x00000013u
#define SAY_DONE	0x0000002bu
#define HEAR_RESTARTING	0x00000007u
#define HEAR_FATAL	0x00000013u
#define HEAR_RESTARTED	0x00000017u

/* Services of the ring-to-service map. */
#define SERVICE_DC	2
#define SERVICE_SYM	3
#define SERVICE_ASYM	4

#define RING_PAIRS	4

/**
 * struct session - what the PF told us
 * @version: its mailbox version
 * @capabilities: mask
 * @ring_map: service of each ring pair, 3 bits each
 */
struct session {
	unsigned int version;
	uint32_t capabilities;
	unsigned int ring_map;
};

bool mailbox_say(struct device *dev, uint32_t word);
bool mailbox_ask(struct device *dev, uint32_t word, uint32_t *reply);
uint32_t mailbox_take(struct device *dev);

bool session_open(struct device *dev, struct session *session);
bool session_reset_ring_pair(struct device *dev, unsigned int data, unsigned int *result);
int session_find(const struct session *session, unsigned int service, unsigned int nth);

#endif
