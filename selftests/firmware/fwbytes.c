// SPDX-License-Identifier: GPL-2.0-only
/*
 * Byte buffers for the firmware tools: growth, little-endian fields at any
 * alignment (the container's 64-bit fields are only 4-byte aligned, reference 02
 * section 2.4), the container's CRC and whole-file I/O.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fwbytes.h"

/* No image is larger; a special file given by mistake must not be read for ever. */
#define FWBYTES_FILE_MAX	(64u << 20)

/**
 * fwbytes_free() - release the bytes and make the buffer empty again
 * @b: buffer
 */
void fwbytes_free(struct fwbytes *b)
{
	free(b->data);
	b->data = NULL;
	b->len = 0;
}

/**
 * fwbytes_resize() - cut the buffer or extend it with zeros
 * @b: buffer
 * @len: new length in bytes
 */
void fwbytes_resize(struct fwbytes *b, size_t len)
{
	uint8_t *data = realloc(b->data, len ? len : 1);

	if (!data) {
		perror("firmware tools: out of memory");
		exit(1);
	}
	if (len > b->len)
		memset(data + b->len, 0, len - b->len);
	b->data = data;
	b->len = len;
}

/**
 * fwbytes_append() - add bytes at the end
 * @b: buffer
 * @src: bytes to add
 * @len: how many
 *
 * Return: the offset at which they now start.
 */
size_t fwbytes_append(struct fwbytes *b, const void *src, size_t len)
{
	size_t at = b->len;

	fwbytes_resize(b, at + len);
	if (len)
		memcpy(b->data + at, src, len);
	return at;
}

/**
 * fwbytes_append_zero() - add zero bytes at the end
 * @b: buffer
 * @len: how many
 *
 * Return: the offset at which they start.
 */
size_t fwbytes_append_zero(struct fwbytes *b, size_t len)
{
	size_t at = b->len;

	fwbytes_resize(b, at + len);
	return at;
}

/**
 * fwbytes_copy() - make one buffer hold the bytes of another
 * @dst: buffer to overwrite
 * @src: buffer to copy
 */
void fwbytes_copy(struct fwbytes *dst, const struct fwbytes *src)
{
	fwbytes_free(dst);
	fwbytes_append(dst, src->data, src->len);
}

/**
 * fwbytes_read() - read a whole file
 * @b: buffer to overwrite
 * @path: file name
 *
 * Return: 0, or a negative errno (said on stderr).
 */
int fwbytes_read(struct fwbytes *b, const char *path)
{
	uint8_t part[65536];
	size_t got;
	FILE *f;
	int ret = 0;

	fwbytes_free(b);
	f = fopen(path, "rb");
	if (!f) {
		ret = -errno;
		fprintf(stderr, "%s: cannot open: %s\n", path, strerror(errno));
		return ret;
	}
	while ((got = fread(part, 1, sizeof(part), f)) > 0) {
		if (b->len + got > FWBYTES_FILE_MAX) {
			ret = -EFBIG;
			fprintf(stderr, "%s: larger than any firmware file\n", path);
			break;
		}
		fwbytes_append(b, part, got);
	}
	if (!ret && ferror(f)) {
		ret = -EIO;
		fprintf(stderr, "%s: read failed\n", path);
	}
	fclose(f);
	return ret;
}

/**
 * fwbytes_write() - write a whole file
 * @b: what to write
 * @path: file name; an existing file is replaced
 *
 * Return: 0, or a negative errno (said on stderr).
 */
int fwbytes_write(const struct fwbytes *b, const char *path)
{
	FILE *f = fopen(path, "wb");
	int bad;

	if (!f) {
		bad = errno;
		fprintf(stderr, "%s: cannot create: %s\n", path, strerror(bad));
		return -bad;
	}
	bad = b->len && fwrite(b->data, 1, b->len, f) != b->len;
	if (fclose(f) || bad) {
		fprintf(stderr, "%s: write failed\n", path);
		return -EIO;
	}
	return 0;
}

/**
 * fwbytes_get() - read a little-endian field
 * @b: buffer
 * @off: offset of the field
 * @bytes: its width, 1 to 8
 *
 * Return: its value, 0 when it does not lie inside the buffer (callers that
 * care check the range first).
 */
uint64_t fwbytes_get(const struct fwbytes *b, size_t off, unsigned int bytes)
{
	uint64_t val = 0;
	unsigned int i;

	if (off > b->len || bytes > b->len - off)
		return 0;
	for (i = bytes; i-- > 0;)
		val = val << 8 | b->data[off + i];
	return val;
}

/**
 * fwbytes_put() - write a little-endian field that lies inside the buffer
 * @b: buffer
 * @off: offset of the field
 * @bytes: its width, 1 to 8
 * @val: value; higher bits are dropped
 */
void fwbytes_put(struct fwbytes *b, size_t off, unsigned int bytes, uint64_t val)
{
	unsigned int i;

	if (off > b->len || bytes > b->len - off) {
		fprintf(stderr, "firmware tools: field at 0x%zx outside the image\n", off);
		abort();
	}
	for (i = 0; i < bytes; i++)
		b->data[off + i] = (uint8_t)(val >> (8 * i));
}

/**
 * fwbytes_crc() - the checksum of MOF and SUOF over a range of the buffer
 * @b: buffer
 * @off: first byte
 * @len: number of bytes; the range must lie inside the buffer
 *
 * CRC-16, polynomial 0x1021, start 0, most significant bit first, nothing
 * reflected or inverted (reference 02 section 2.5).
 *
 * Return: the checksum.
 */
uint16_t fwbytes_crc(const struct fwbytes *b, size_t off, size_t len)
{
	uint16_t crc = 0;
	size_t i;

	/* Eight steps of the division at once, which this polynomial allows. */
	for (i = off; i < off + len; i++) {
		uint8_t x = (uint8_t)(crc >> 8 ^ b->data[i]);

		x ^= x >> 4;
		crc = (uint16_t)(crc << 8 ^ x << 12 ^ x << 5 ^ x);
	}
	return crc;
}
