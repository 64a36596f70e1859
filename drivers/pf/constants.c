// SPDX-License-Identifier: GPL-2.0
/*
 * Table of constants for the engines: cipher and hash setups that requests may
 * name by index.  It is built from a compact description; the unit test compares
 * the result with the digest of the known table (reference 03 section 4).
 *
 * Pure: no kernel object, built in user space by the unit test.
 */
#include <linux/string.h>
#include <linux/types.h>

#include "hw/admin.h"
#include "constants.h"

/* Cipher setups: one per 8 bytes, from an offset on. */
static const u16 ciphers_low[] = {
	0x001, 0x101, 0x011, 0x111, 0x021, 0x003, 0x203, 0x103, 0x303,
	0x013, 0x213, 0x113, 0x313, 0x023, 0x033, 0x006, 0x206,
};

static const u16 ciphers_high[] = {
	0x014, 0x114, 0x015, 0x115, 0x214, 0x314, 0x215, 0x315, 0x024, 0x025, 0x224, 0x225,
	0x012, 0x112, 0x043, 0x143, 0x045, 0x145, 0x044, 0x144, 0x02b, 0x12b, 0x020,
};

#define CIPHERS_LOW_AT	0x048
#define CIPHERS_HIGH_AT	0x2c0

/* Initial hash states (RFC 1321, FIPS 180-4), as the numbers that they are. */
static const u32 md5_iv[4] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 };
static const u32 sha1_iv[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 };
static const u32 sha224_iv[8] = {
	0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939,
	0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4,
};

static const u32 sha256_iv[8] = {
	0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
	0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

/* 64-bit words, high half first. */
static const u32 sha384_iv[16] = {
	0xcbbb9d5d, 0xc1059ed8, 0x629a292a, 0x367cd507, 0x9159015a, 0x3070dd17,
	0x152fecd8, 0xf70e5939, 0x67332667, 0xffc00b31, 0x8eb44a87, 0x68581511,
	0xdb0c2e0d, 0x64f98fa7, 0x47b5481d, 0xbefa4fa4,
};

static const u32 sha512_iv[16] = {
	0x6a09e667, 0xf3bcc908, 0xbb67ae85, 0x84caa73b, 0x3c6ef372, 0xfe94f82b,
	0xa54ff53a, 0x5f1d36f1, 0x510e527f, 0xade682d1, 0x9b05688c, 0x2b3e6c1f,
	0x1f83d9ab, 0xfb41bd6b, 0x5be0cd19, 0x137e2179,
};

/* Hash setups: configuration, counter, and after 16 bytes the initial state. */
static const struct {
	u16 at;
	u8 config;
	u8 counter;
	bool little_endian;
	u8 words;
	const u32 *state;
} hashes[] = {
	{ .at = 0x128, .config = 0x02, .little_endian = true, .words = 4, .state = md5_iv },
	{ .at = 0x148, .config = 0x01, .words = 5, .state = sha1_iv },
	{ .at = 0x170, .config = 0x11, .counter = 0x40 },
	{ .at = 0x180, .config = 0x03, .words = 8, .state = sha224_iv },
	{ .at = 0x1b0, .config = 0x04, .words = 8, .state = sha256_iv },
	{ .at = 0x1e0, .config = 0x05, .words = 16, .state = sha384_iv },
	{ .at = 0x230, .config = 0x06, .words = 16, .state = sha512_iv },
	{ .at = 0x280, .config = 0x14, .counter = 0x40 },
	{ .at = 0x290, .config = 0x16, .counter = 0x80 },
	{ .at = 0x2a0, .config = 0x12, .counter = 0x40 },
	{ .at = 0x2b0, .config = 0x18 },
	{ .at = 0x378, .config = 0x15, .counter = 0x80 },
	{ .at = 0x388, .config = 0x17 },
	{ .at = 0x398, .config = 0x10 },
};

#define HASH_COUNTER_AT		8	/* big-endian */
#define HASH_STATE_AT		16

static void put_le32(u8 *p, u32 value)
{
	p[0] = value;
	p[1] = value >> 8;
	p[2] = value >> 16;
	p[3] = value >> 24;
}

static void put_be32(u8 *p, u32 value)
{
	p[0] = value >> 24;
	p[1] = value >> 16;
	p[2] = value >> 8;
	p[3] = value;
}

static void put_ciphers(u8 *p, const u16 *config, unsigned int num)
{
	unsigned int i;

	for (i = 0; i < num; i++)
		put_le32(p + 8 * i, config[i]);
}

/**
 * qatvf_constants_build() - fill in the table
 * @table: QAT_CONSTANTS_SIZE bytes
 */
void qatvf_constants_build(u8 *table)
{
	unsigned int i, w;

	memset(table, 0, QAT_CONSTANTS_SIZE);
	put_ciphers(table + CIPHERS_LOW_AT, ciphers_low,
		    sizeof(ciphers_low) / sizeof(*ciphers_low));
	put_ciphers(table + CIPHERS_HIGH_AT, ciphers_high,
		    sizeof(ciphers_high) / sizeof(*ciphers_high));

	for (i = 0; i < sizeof(hashes) / sizeof(*hashes); i++) {
		u8 *entry = table + hashes[i].at;

		put_le32(entry, hashes[i].config);
		put_be32(entry + HASH_COUNTER_AT, hashes[i].counter);
		for (w = 0; w < hashes[i].words; w++) {
			u8 *word = entry + HASH_STATE_AT + 4 * w;

			if (hashes[i].little_endian)
				put_le32(word, hashes[i].state[w]);
			else
				put_be32(word, hashes[i].state[w]);
		}
	}
}
