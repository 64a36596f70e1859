/* SPDX-License-Identifier: GPL-2.0 */
/*
 * comp-test: formats, the kernel's and user space's implementations of them, texts.
 */
#ifndef QATVF_COMP_H
#define QATVF_COMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "module/qatvf_comp_test.h"

/* Room for whatever a text of so many bytes becomes. */
#define ROOM(len)	((len) + (len) / 4 + 4096)

/**
 * struct format - a format
 * @name: in the crypto API
 * @driver: ours
 * @levels: of the user-space library that compresses, or 0 if there is none here
 * @compress: by that library; returns bytes, 0 if they do not fit
 * @decompress: likewise, or -1 for damaged data
 * @hard_min: the device is given texts of this length and more
 * @hard_text: texts up to this length are compressed by the device
 * @hard_room: destinations up to this length are decompressed to by the device
 */
struct format {
	const char *name;
	const char *driver;
	unsigned int levels;
	size_t (*compress)(unsigned int level, const uint8_t *src, size_t slen,
			   uint8_t *dst, size_t dlen);
	long (*decompress)(const uint8_t *src, size_t slen, uint8_t *dst,
			   size_t dlen);
	unsigned int hard_min;
	unsigned int hard_text;
	unsigned int hard_room;
};

const struct format *format_find(const char *name);

/**
 * struct job - one request and its outcome
 * @name: algorithm or driver
 * @flags: QCMP_*
 * @src: source
 * @slen: its bytes
 * @src_pieces: in so many pieces
 * @dst: destination
 * @dlen: room in it
 * @dst_pieces: in so many pieces
 * @result: 0 or a negative errno
 * @produced: bytes in @dst
 * @intact: no byte was written that was not the request's
 */
struct job {
	const char *name;
	unsigned int flags;
	const uint8_t *src;
	unsigned int slen;
	unsigned int src_pieces;
	uint8_t *dst;
	unsigned int dlen;
	unsigned int dst_pieces;
	int result;
	unsigned int produced;
	bool intact;
};

void kernel_open(void);
void kernel_run(struct job *job);

/**
 * struct counts - what the driver did itself and what it left to software
 * @hard: given to the device
 * @soft: done in software
 */
struct counts {
	unsigned long long hard;
	unsigned long long soft;
};

struct counts counts_read(const char *driver);

/* Kinds of text. */
enum kind { TEXT_ZEROS, TEXT_WORDS, TEXT_MIXED, TEXT_RANDOM, TEXT_KINDS };

const char *kind_name(enum kind kind);
void text_make(enum kind kind, uint8_t *text, size_t len);

/* The commands. */
void round_trips(const struct format *format);
void wrong_input(const struct format *format);
int load(const struct format *format, unsigned int seconds);
int once(const struct format *format, unsigned int times);
int memory(unsigned int megabytes);

#endif
