// SPDX-License-Identifier: GPL-2.0-only
/*
 * libFuzzer target for the driver's firmware image parser. Any input is tried as
 * a main file and as an MMP file. The mutator puts the checksums right after each
 * change, since otherwise hardly any input would get past them.
 */
#include <string.h>

#include "fwlayout.h"
#include "parse-files.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);

/**
 * LLVMFuzzerTestOneInput() - called by libFuzzer with each input
 * @data: input
 * @size: its bytes
 *
 * Return: 0.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	parse_main(data, size, false);
	parse_mmp(data, size);
	return 0;
}

static void fix_crc(uint8_t *data, size_t off, size_t len)
{
	struct fwbytes whole = { .data = data, .len = off + len };

	fwbytes_put(&whole, off + MOF_OFF_CRC, 4,
		    fwbytes_crc(&whole, off + CRC_FROM, len - CRC_FROM));
}

/* SUOFs as far as the signed object table can be followed. */
static void fix_suofs(uint8_t *data, size_t size, size_t chunk)
{
	struct fwbytes file = { .data = data, .len = size };
	uint64_t suf = fwbytes_get(&file, chunk + CHUNK_OFF_OFFSET, 8);
	unsigned int num, i;

	if (suf >= size)
		return;
	num = fwbytes_get(&file, suf + OBJTAB_OFF_NUM, 2);
	for (i = 0; i < num && i < FW_OBJECTS_MAX; i++) {
		size_t entry = suf + OBJTAB_HDR_LEN + i * ENTRY_LEN;
		uint64_t off = fwbytes_get(&file, entry + ENTRY_OFF_OFFSET, 8);
		uint64_t len = fwbytes_get(&file, entry + ENTRY_OFF_SIZE, 8);

		if (off < size - suf && len <= size - suf - off && len >= SUOF_HDR_LEN)
			fix_crc(data, suf + off, len);
	}
}

/**
 * LLVMFuzzerCustomMutator() - change an input at random, then fix its checksums
 * @data: input, changed in place
 * @size: its bytes
 * @max: room at @data
 * @seed: not needed, libFuzzer's own mutator keeps its state
 *
 * Return: the new size.
 */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed)
{
	struct fwbytes file = { .data = data };
	unsigned int i;

	(void)seed;
	size = LLVMFuzzerMutate(data, size, max);
	file.len = size;
	if (size < MOF_HDR_LEN || fwbytes_get(&file, 0, 4) != MOF_ID)
		return size;
	for (i = 0; i < FW_OBJECTS_MAX; i++) {
		size_t chunk = MOF_HDR_LEN + i * CHUNK_LEN;

		if (chunk + CHUNK_LEN <= size && !memcmp(data + chunk, CHUNK_ID_SIGNED, 8))
			fix_suofs(data, size, chunk);
	}
	fix_crc(data, 0, size);
	return size;
}
