/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A growing byte buffer with unaligned little-endian access and file I/O: what
 * the firmware tools need to write and read images. The tools are short-lived
 * programs, so running out of memory ends them.
 */
#ifndef QATVF_TEST_FWBYTES_H
#define QATVF_TEST_FWBYTES_H

#include <stddef.h>
#include <stdint.h>

/**
 * struct fwbytes - bytes owned by whoever holds the structure
 * @data: the bytes, NULL while empty
 * @len: how many of them
 */
struct fwbytes {
	uint8_t *data;
	size_t len;
};

void fwbytes_free(struct fwbytes *b);
void fwbytes_resize(struct fwbytes *b, size_t len);
size_t fwbytes_append(struct fwbytes *b, const void *src, size_t len);
size_t fwbytes_append_zero(struct fwbytes *b, size_t len);
void fwbytes_copy(struct fwbytes *dst, const struct fwbytes *src);
int fwbytes_read(struct fwbytes *b, const char *path);
int fwbytes_write(const struct fwbytes *b, const char *path);

uint64_t fwbytes_get(const struct fwbytes *b, size_t off, unsigned int bytes);
void fwbytes_put(struct fwbytes *b, size_t off, unsigned int bytes, uint64_t val);
uint16_t fwbytes_crc(const struct fwbytes *b, size_t off, size_t len);

#endif
