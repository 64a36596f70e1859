/*
 * Intel QuickAssist Gen4: compression service, checksums
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * CRC-32 and Adler-32 by zlib, xxHash-32 by its own header, and the CRC64
 * whose polynomial software chooses, which no library has. Reference: 06
 * section 11.
 */

#include "qemu/osdep.h"
#include "dc.h"
#include <zlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

uint32_t dc_crc32(uint32_t seed, const uint8_t *data, size_t len)
{
    return crc32_z(seed, len ? data : (const uint8_t *)"", len);
}

uint32_t dc_adler32(uint32_t seed, const uint8_t *data, size_t len)
{
    return adler32_z(seed, len ? data : (const uint8_t *)"", len);
}

uint32_t dc_xxh32(const uint8_t *data, size_t len)
{
    return XXH32(len ? data : (const uint8_t *)"", len, 0);
}

/*
 * Goes on from a state in memory and leaves the new one there: bytes so far,
 * output bytes of this request, four accumulators, up to 15 pending bytes.
 */
uint32_t dc_xxh32_accumulate(uint8_t *state, const uint8_t *data, size_t len,
                             uint32_t produced)
{
    XXH32_state_t x;
    unsigned i;

    XXH32_reset(&x, 0);
    x.total_len_32 = qat_get32(state);
    x.large_len = x.total_len_32 >= 16;
    x.memsize = x.total_len_32 % 16;
    for (i = 0; i < 4; i++) {
        x.v[i] = qat_get32(state + 8 + 4 * i);
    }
    memcpy(x.mem32, state + 24, 16);

    XXH32_update(&x, len ? data : (const uint8_t *)"", len);

    stl_le_p(state, x.total_len_32);
    stl_le_p(state + 4, produced);
    for (i = 0; i < 4; i++) {
        stl_le_p(state + 8 + 4 * i, x.v[i]);
    }
    memcpy(state + 24, x.mem32, 16);
    return XXH32_digest(&x);
}

static uint64_t reverse64(uint64_t x)
{
    uint64_t out = 0;
    unsigned i;

    for (i = 0; i < 64; i++, x >>= 1) {
        out = out << 1 | (x & 1);
    }
    return out;
}

static void crc64_table(uint64_t *table, uint64_t poly)
{
    unsigned i, bit;

    for (i = 0; i < 256; i++) {
        uint64_t crc = (uint64_t)i << 56;

        for (bit = 0; bit < 8; bit++) {
            crc = crc << 1 ^ (crc >> 63 ? poly : 0);
        }
        table[i] = crc;
    }
}

/* params: the CRC control data, which names polynomial and conventions */
uint64_t dc_crc64(const uint8_t *params, uint64_t seed, const uint8_t *data,
                  size_t len)
{
    bool reflect_in = qat_get32(params + 0x18);
    bool reflect_out = qat_get32(params + 0x1c);
    uint64_t table[256], crc = seed;
    size_t i;

    crc64_table(table, ldq_le_p(params + 0x28));
    for (i = 0; i < len; i++) {
        uint8_t byte = reflect_in ? reverse64(data[i]) >> 56 : data[i];

        crc = crc << 8 ^ table[crc >> 56 ^ byte];
    }
    return (reflect_out ? reverse64(crc) : crc) ^ ldq_le_p(params + 0x30);
}
