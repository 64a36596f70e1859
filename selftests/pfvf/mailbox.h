/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A VF's end of its mailbox, reached through the BAR file of an unbound VF: opening
 * it, saying a word, and judging the PF's acknowledgement and reply. Offsets:
 * reference 04 section 2.2.
 */
#ifndef QATVF_TEST_MAILBOX_H
#define QATVF_TEST_MAILBOX_H

#include <stdbool.h>
#include <stdint.h>

/**
 * struct vf - a VF that we speak for
 * @bdf: its PCI address, as in sysfs
 * @bar: BAR 2
 * @said_ns: when it last said something
 * @late: replies that were not there yet when the acknowledgement was seen
 */
struct vf {
	const char *bdf;
	volatile uint32_t *bar;
	uint64_t said_ns;
	unsigned int late;
};

/* Longest wait for an acknowledgement; a ring pair reset may take that long. */
#define ACK_MS		6000
/* Between two words of one VF: far below the flood limit of section 7. */
#define PACE_NS		500000
/* Ring pair resets are dearer, and a PF may grant fewer of them. */
#define RESET_PACE_NS	4000000

/* Set by the command line: the peer acknowledges first and replies later. */
extern bool reply_may_be_late;

uint64_t now_ns(void);
void nap_us(unsigned int us);
void complain(const struct vf *vf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

bool vf_open(struct vf *vf, const char *bdf);
bool vf_enable_memory(const struct vf *vf);
bool vf_exists(const struct vf *vf);

uint32_t vf_pf2vm(const struct vf *vf);
void vf_set_pf2vm(struct vf *vf, uint32_t value);
uint32_t vf_vm2pf(const struct vf *vf);
void vf_set_vm2pf(struct vf *vf, uint32_t value);

void vf_say(struct vf *vf, uint32_t said);
bool vf_wait_ack(struct vf *vf, uint32_t said, unsigned int ms);
uint32_t vf_take(struct vf *vf);
bool vf_ask(struct vf *vf, uint32_t said, uint32_t reply);
bool vf_tell(struct vf *vf, uint32_t said);
bool vf_works(struct vf *vf);

#endif
