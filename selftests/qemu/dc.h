/*
 * Intel QuickAssist Gen4: compression service, shared by its files
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_MISC_QAT_DC_H
#define HW_MISC_QAT_DC_H

#include "sgl.h"

/* What byte 5 of a response says (reference 06 section 10) */
enum {
    DC_OK = 0,
    DC_BLOCK_TYPE = -1,
    DC_STORED_LENGTH = -2,
    DC_TOO_MANY_CODES = -3,
    DC_CODE_LENGTHS = -4,
    DC_REPEAT = -6,
    DC_LITERAL_LENGTHS = -7,
    DC_DISTANCE_LENGTHS = -8,
    DC_CODE = -9,
    DC_TOO_FAR = -10,
    DC_OVERFLOW = -11,
    DC_OTHER = -12,
    DC_FATAL = -13,
    DC_TRUNCATED = -15,
    DC_WATCHDOG = -16,
    DC_ENDPOINT = -17,
    DC_VERIFY_FAILED = -18,
};

/* What a codec works on: all of it in the host's memory */
typedef struct DcData {
    const uint8_t *in;
    size_t in_len;
    GByteArray *out;        /* replaced, and never longer than cap */
    size_t cap;
    size_t consumed;
    bool stored;            /* the output is the input in stored form */
    bool last_block;        /* decompression met the final block */
} DcData;

/* ---- dc-deflate.c ---- */

typedef struct DcDeflate {
    int level;              /* zlib's */
    bool fixed;             /* fixed Huffman codes only */
    bool final;             /* else: byte aligned, to be continued */
    bool may_store;
} DcDeflate;

int dc_deflate(DcData *d, const DcDeflate *how);
int dc_deflate_store(DcData *d, bool final);
int dc_inflate(DcData *d, bool want_final);

/* ---- dc-lz4.c ---- */

int dc_lz4_compress(DcData *d, size_t block_max);
int dc_lz4_store(DcData *d, size_t block_max);
int dc_lz4_decompress(DcData *d, size_t block_max, bool checksums);

/* ---- dc-lz4s.c ---- */

int dc_lz4s_compress(DcData *d, unsigned min_match, bool may_store);
int dc_lz4s_store(DcData *d);

/* ---- dc-checksum.c ---- */

/* What qatlib calls the CRC control data, reference 06 section 11.2 */
#define DC_CRC_BYTES    64
/* Running state of the accumulated xxHash, section 11.3 */
#define DC_XXH_BYTES    40

uint32_t dc_crc32(uint32_t seed, const uint8_t *data, size_t len);
uint32_t dc_adler32(uint32_t seed, const uint8_t *data, size_t len);
uint32_t dc_xxh32(const uint8_t *data, size_t len);
uint32_t dc_xxh32_accumulate(uint8_t *state, const uint8_t *data, size_t len,
                             uint32_t produced);
uint64_t dc_crc64(const uint8_t *params, uint64_t seed, const uint8_t *data,
                  size_t len);

#endif /* HW_MISC_QAT_DC_H */
