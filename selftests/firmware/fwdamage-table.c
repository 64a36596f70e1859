// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table of damaged firmware: every defect of reference 02 section 11.5, and
 * those that its checklists 11.1 to 11.3 name besides. Checksums are put right
 * (FIX_*) wherever they are not themselves the defect, so that it is the check
 * meant that has to refuse. Rows with boot set are also tried in the VM.
 */
#include "fwdamage.h"
#include "fwlayout.h"

/* A file that ends early. The checksum fits what is left of it. */
#define CUT(n, where, o, ...) \
	{ .name = n, .op = OP_CUT, .at = where, .off = o, .fix = FIX_MOF, \
	  .expect = FW_REFUSED, .says = "truncated", __VA_ARGS__ }

/* One field with a wrong value; .fix and .expect may be overridden. */
#define PUT(n, where, o, w, v, f, e, ...) \
	{ .name = n, .op = OP_PUT, .at = where, .off = o, .width = w, .value = v, \
	  .fix = f, .expect = e, __VA_ARGS__ }
#define ADD(n, where, o, w, v, f, e, ...) \
	{ .name = n, .op = OP_ADD, .at = where, .off = o, .width = w, \
	  .value = (uint64_t)(v), .fix = f, .expect = e, __VA_ARGS__ }
#define FLIP(n, where, o, w, v, f, e, ...) \
	{ .name = n, .op = OP_XOR, .at = where, .off = o, .width = w, .value = v, \
	  .fix = f, .expect = e, __VA_ARGS__ }

/* The values at which 64-bit offsets and sizes go wrong; 0 has its own outcome. */
#define FIVE(n, where, o, f, zero, word) \
	PUT(n "-0", where, o, 8, 0, f, zero), \
	PUT(n "-2g", where, o, 8, 0x7fffffff, f, FW_REFUSED, .says = word), \
	PUT(n "-4g", where, o, 8, 0x100000000, f, FW_REFUSED, .says = word), \
	PUT(n "-max", where, o, 8, UINT64_MAX, f, FW_REFUSED, .says = word), \
	PUT(n "-wrap", where, o, 8, UINT64_MAX - 7, f, FW_REFUSED, .says = word)

#define CHUNK_FIELDS(n, where, f, zero_size, word) \
	FIVE(n "-offset", where, CHUNK_OFF_OFFSET, f, FW_REFUSED, word), \
	FIVE(n "-size", where, CHUNK_OFF_SIZE, f, zero_size, word)

/* The longest name: 128 bytes with its NUL (reference 02 section 11.1). */
#define NAME_32		"a-name-made-of-thirty-two-bytes-"
#define NAME_127	NAME_32 NAME_32 NAME_32 "a-name-made-of-thirty-one-bytes"

const struct fwdamage fwdamage_table[] = {
	/* Files that are not there, or not what their name says. */
	{ .name = "main-absent", .op = OP_ABSENT, .expect = FW_NOFILE, .boot = true },
	{ .name = "mmp-absent", .op = OP_ABSENT, .mmp = true, .expect = FW_NOFILE,
	  .boot = true },
	{ .name = "main-is-mmp", .op = OP_OTHER, .expect = FW_REFUSED, .boot = true,
	  .says = "not a MOF" },
	{ .name = "mmp-is-main", .op = OP_OTHER, .mmp = true, .expect = FW_REFUSED,
	  .boot = true, .says = "differs from the size" },

	/* Truncated, structure by structure. */
	{ .name = "cut-empty", .op = OP_CUT, .expect = FW_REFUSED, .boot = true },
	CUT("cut-id", AT_FILE, 3),
	CUT("cut-header-15", AT_FILE, 15, .boot = true),
	CUT("cut-header-16", AT_FILE, 16),
	CUT("cut-chunks-87", AT_FILE, 87, .boot = true),
	CUT("cut-chunks-88", AT_FILE, 88),
	CUT("cut-strings", AT_STRINGS, 2),
	CUT("cut-strings-1", AT_STRINGS_END, -1, .boot = true),
	CUT("cut-uof", AT_UOF, 4),
	CUT("cut-suf", AT_SUF, 0),
	CUT("cut-suf-header", AT_SUF, 7, .boot = true),
	CUT("cut-entries", AT_ENTRY, ENTRY_LEN - 1, .boot = true),
	CUT("cut-suof", AT_SUOF, 0),
	CUT("cut-suof-header", AT_SUOF, 15, .boot = true),
	CUT("cut-suof-chunks", AT_SUOF, SUOF_HDR_LEN + CHUNK_LEN),
	CUT("cut-image-header", AT_IMG_HDR, 4),
	CUT("cut-css", AT_IMAGE, CSS_LEN - 1, .boot = true),
	CUT("cut-modulus", AT_IMAGE, IMG_OFF_EXPONENT - 1),
	CUT("cut-signature", AT_IMAGE, IMG_OFF_PAYLOAD - 1),
	CUT("cut-simg", AT_PAYLOAD, SIMG_LEN - 1, .boot = true),
	CUT("cut-init", AT_PAYLOAD, AE_PAYLOAD_MIN - 1),
	CUT("cut-last", AT_END, -1, .boot = true),
	{ .name = "cut-last-no-crc", .op = OP_CUT, .at = AT_END, .off = -1,
	  .expect = FW_REFUSED, .boot = true, .says = "truncated" },
	{ .name = "grown", .op = OP_GROW, .value = 64, .expect = FW_REFUSED,
	  .says = "checksum" },
	{ .name = "grown-crc", .op = OP_GROW, .value = 64, .fix = FIX_MOF,
	  .expect = FW_EITHER },

	/* MOF header. */
	PUT("mof-id", AT_FILE, 0, 4, 0x12345678, FIX_MOF, FW_REFUSED, .boot = true,
	    .says = "not a MOF"),
	PUT("mof-id-suof", AT_FILE, 0, 4, SUOF_ID, FIX_MOF, FW_REFUSED,
	    .says = "not a MOF"),
	PUT("mof-min-ver-0", AT_FILE, MOF_OFF_MIN_VER, 1, 0, FIX_MOF, FW_REFUSED,
	    .says = "MOF version"),
	PUT("mof-min-ver-2", AT_FILE, MOF_OFF_MIN_VER, 1, 2, FIX_MOF, FW_REFUSED,
	    .boot = true, .says = "MOF version"),
	PUT("mof-maj-ver", AT_FILE, MOF_OFF_MAJ_VER, 1, 1, FIX_MOF, FW_REFUSED,
	    .says = "MOF version"),
	FLIP("mof-crc", AT_FILE, MOF_OFF_CRC, 4, 1, FIX_NONE, FW_REFUSED,
	     .boot = true, .says = "checksum"),
	FLIP("mof-crc-high", AT_FILE, MOF_OFF_CRC, 4, 0x10000, FIX_NONE, FW_REFUSED,
	     .says = "checksum"),
	PUT("mof-chunks-0", AT_FILE, MOF_OFF_NUM_CHUNKS, 2, 0, FIX_MOF, FW_REFUSED,
	    .says = "MOF chunk count"),
	PUT("mof-chunks-1", AT_FILE, MOF_OFF_NUM_CHUNKS, 2, 1, FIX_MOF, FW_REFUSED,
	    .says = "MOF chunk count"),
	PUT("mof-chunks-4", AT_FILE, MOF_OFF_NUM_CHUNKS, 2, 4, FIX_MOF, FW_REFUSED,
	    .says = "MOF chunk count"),
	PUT("mof-chunks-max", AT_FILE, MOF_OFF_NUM_CHUNKS, 2, 0xffff, FIX_MOF, FW_REFUSED,
	    .says = "MOF chunk count"),
	PUT("mof-chunks-all-max", AT_FILE, MOF_OFF_MAX_CHUNKS, 4, 0xffffffff, FIX_MOF,
	    FW_REFUSED, .says = "MOF chunk count"),
	PUT("mof-max-chunks-2", AT_FILE, MOF_OFF_MAX_CHUNKS, 2, 2, FIX_MOF, FW_REFUSED,
	    .says = "MOF chunk count"),

	/* MOF chunks. */
	CHUNK_FIELDS("mof-strings", AT_CHUNK_STRINGS, FIX_MOF, FW_REFUSED, "MOF chunk lies outside"),
	CHUNK_FIELDS("mof-suf", AT_CHUNK_SUF, FIX_MOF, FW_REFUSED, "MOF chunk lies outside"),
	CHUNK_FIELDS("mof-uof", AT_CHUNK_UOF, FIX_MOF, FW_EITHER, "MOF chunk lies outside"),
	PUT("mof-strings-in-table", AT_CHUNK_STRINGS, CHUNK_OFF_OFFSET, 8, 0x57, FIX_MOF,
	    FW_REFUSED, .says = "MOF chunk lies outside"),
	{ .name = "mof-strings-twice", .op = OP_TEXT, .at = AT_CHUNK_UOF,
	  .text = CHUNK_ID_STRINGS, .fix = FIX_MOF, .expect = FW_REFUSED,
	  .says = "occurs twice" },
	{ .name = "mof-suf-twice", .op = OP_TEXT, .at = AT_CHUNK_UOF,
	  .text = CHUNK_ID_SIGNED, .fix = FIX_MOF, .expect = FW_REFUSED,
	  .says = "occurs twice" },
	{ .name = "mof-strings-missing", .op = OP_TEXT, .at = AT_CHUNK_STRINGS,
	  .text = "NON_OBJS", .fix = FIX_MOF, .expect = FW_REFUSED, .says = "lacks its" },
	{ .name = "mof-suf-missing", .op = OP_TEXT, .at = AT_CHUNK_SUF,
	  .text = "NON_OBJS", .fix = FIX_MOF, .expect = FW_REFUSED, .boot = true,
	  .says = "lacks its" },
	{ .name = "mof-unknown-chunk", .op = OP_TEXT, .at = AT_CHUNK_UOF,
	  .text = "NEW_OBJS", .fix = FIX_MOF, .expect = FW_LOADS },
	{ .name = "mof-no-uof", .op = OP_NO_UOF, .expect = FW_LOADS, .boot = true },

	/* String table. */
	ADD("tab-len-plus-1", AT_STRINGS, 0, 4, 1, FIX_MOF, FW_REFUSED,
	    .says = "MOF string table"),
	PUT("tab-len-0", AT_STRINGS, 0, 4, 0, FIX_MOF, FW_REFUSED,
	    .says = "MOF string table"),
	PUT("tab-len-max", AT_STRINGS, 0, 4, 0xffffffff, FIX_MOF, FW_REFUSED,
	    .says = "MOF string table"),
	PUT("tab-unterminated", AT_STRINGS_END, -4, 4, 0x41414141, FIX_MOF, FW_REFUSED,
	    .says = "MOF string table"),

	/* Object table. */
	PUT("suf-empty", AT_SUF, OBJTAB_OFF_NUM, 2, 0, FIX_MOF, FW_EITHER),
	PUT("suf-num-max", AT_SUF, OBJTAB_OFF_NUM, 2, 0xffff, FIX_MOF, FW_REFUSED,
	    .says = "object table"),
	PUT("suf-all-max", AT_SUF, OBJTAB_OFF_MAX, 4, 0xffffffff, FIX_MOF, FW_REFUSED,
	    .says = "object table"),
	PUT("suf-max-0", AT_SUF, OBJTAB_OFF_MAX, 2, 0, FIX_MOF, FW_REFUSED,
	    .says = "object table"),
	FIVE("entry-offset", AT_ENTRY, ENTRY_OFF_OFFSET, FIX_MOF, FW_REFUSED,
	     "MOF object lies outside"),
	FIVE("entry-size", AT_ENTRY, ENTRY_OFF_SIZE, FIX_MOF, FW_REFUSED,
	     "MOF object lies outside"),
	PUT("entry-size-4", AT_ENTRY, ENTRY_OFF_SIZE, 8, 4, FIX_MOF, FW_REFUSED,
	    .says = "ends inside a header"),
	PUT("entry-size-7", AT_ENTRY, ENTRY_OFF_SIZE, 8, 7, FIX_MOF, FW_REFUSED,
	    .says = "ends inside a header"),
	PUT("entry-size-15", AT_ENTRY, ENTRY_OFF_SIZE, 8, 15, FIX_MOF, FW_REFUSED,
	    .boot = true, .says = "ends inside a header"),
	PUT("entry-size-63", AT_ENTRY, ENTRY_OFF_SIZE, 8, 63, FIX_MOF, FW_REFUSED,
	    .says = "ends inside a header"),
	ADD("entry-size-less", AT_ENTRY, ENTRY_OFF_SIZE, 8, -4, FIX_MOF, FW_REFUSED,
	    .says = "SUOF chunk lies outside"),
	ADD("entry-offset-less", AT_ENTRY, ENTRY_OFF_OFFSET, 8, -1, FIX_MOF, FW_REFUSED,
	    .says = "MOF object lies outside"),
	ADD("entry-overlap", AT_ENTRY, ENTRY_OFF_SIZE, 8, 4, FIX_MOF, FW_REFUSED,
	    .says = "overlap"),
	{ .name = "entry-id", .op = OP_TEXT, .at = AT_ENTRY, .text = "UOF_IMAG",
	  .fix = FIX_MOF, .expect = FW_REFUSED, .says = "not a signed image" },
	PUT("entry-reserved", AT_ENTRY, ENTRY_OFF_RESERVED, 4, 1, FIX_MOF, FW_REFUSED,
	    .says = "not a signed image"),
	PUT("entry-name-0x57", AT_ENTRY, ENTRY_OFF_NAME, 4, 0x57, FIX_MOF, FW_REFUSED,
	    .says = "name malformed"),
	PUT("entry-name-0x58", AT_ENTRY, ENTRY_OFF_NAME, 4, 0x58, FIX_MOF, FW_REFUSED,
	    .says = "name malformed"),
	PUT("entry-name-max", AT_ENTRY, ENTRY_OFF_NAME, 4, 0xffffffff, FIX_MOF,
	    FW_REFUSED, .says = "name malformed"),
	{ .name = "entry-name-twice", .op = OP_RENAME, .text = "qat_4xxx_sym.bin",
	  .expect = FW_REFUSED, .boot = true, .says = "occurs twice" },
	{ .name = "object-name-127", .op = OP_EXTRA, .expect = FW_LOADS,
	  .text = NAME_127 },
	{ .name = "object-name-128", .op = OP_EXTRA, .expect = FW_REFUSED,
	  .text = NAME_127 "x", .says = "name malformed" },
	{ .name = "object-extra", .op = OP_EXTRA, .text = "unheard_of.bin",
	  .expect = FW_LOADS, .boot = true },
	{ .name = "object-no-admin", .op = OP_DROP, .text = "qat_4xxx_admin.bin",
	  .target = "qat_4xxx_sym.bin", .expect = FW_MISSING, .boot = true,
	  .says = "qat_4xxx_admin.bin" },
	{ .name = "object-no-sym", .op = OP_DROP, .text = "qat_4xxx_sym.bin",
	  .expect = FW_MISSING, .says = "qat_4xxx_sym.bin" },
	{ .name = "object-no-asym", .op = OP_DROP, .text = "qat_4xxx_asym.bin",
	  .expect = FW_MISSING, .says = "qat_4xxx_asym.bin" },
	{ .name = "object-no-dc", .op = OP_DROP, .text = "qat_4xxx_dc.bin",
	  .expect = FW_MISSING, .says = "qat_4xxx_dc.bin" },
	{ .name = "object-no-kat", .op = OP_DROP, .text = "rsa_sha_kat.bin",
	  .expect = FW_LOADS, .boot = true },

	/* SUOF. */
	PUT("suof-id", AT_SUOF, 0, 4, 0x12345678, FIX_ALL, FW_REFUSED, .boot = true,
	    .says = "not a SUOF"),
	PUT("suof-min-ver", AT_SUOF, SUOF_OFF_MIN_VER, 1, 2, FIX_ALL, FW_REFUSED,
	    .says = "SUOF version"),
	PUT("suof-maj-ver", AT_SUOF, SUOF_OFF_MAJ_VER, 1, 1, FIX_ALL, FW_REFUSED,
	    .says = "SUOF version"),
	PUT("suof-fw-type", AT_SUOF, SUOF_OFF_FW_TYPE, 1, 1, FIX_ALL, FW_REFUSED,
	    .says = "SUOF version"),
	FLIP("suof-crc", AT_SUOF, SUOF_OFF_CRC, 4, 1, FIX_MOF, FW_REFUSED,
	     .boot = true, .says = "checksum"),
	FLIP("suof-crc-high", AT_SUOF, SUOF_OFF_CRC, 4, 0x80000000, FIX_MOF, FW_REFUSED,
	     .says = "checksum"),
	PUT("suof-chunks-0", AT_SUOF, SUOF_OFF_NUM_CHUNKS, 2, 0, FIX_ALL, FW_REFUSED,
	    .says = "SUOF chunk count"),
	PUT("suof-chunks-1", AT_SUOF, SUOF_OFF_NUM_CHUNKS, 2, 1, FIX_ALL, FW_REFUSED,
	    .says = "SUOF chunk count"),
	PUT("suof-chunks-3", AT_SUOF, SUOF_OFF_NUM_CHUNKS, 2, 3, FIX_ALL, FW_REFUSED,
	    .says = "SUOF chunk lies outside"),
	PUT("suof-chunks-max", AT_SUOF, SUOF_OFF_NUM_CHUNKS, 2, 0xffff, FIX_ALL,
	    FW_REFUSED, .says = "SUOF chunk count"),
	PUT("suof-chunks-all-max", AT_SUOF, SUOF_OFF_MAX_CHUNKS, 4, 0xffffffff, FIX_ALL,
	    FW_REFUSED, .says = "SUOF chunk count"),
	PUT("suof-max-chunks-1", AT_SUOF, SUOF_OFF_MAX_CHUNKS, 2, 1, FIX_ALL, FW_REFUSED,
	    .says = "SUOF chunk count"),
	CHUNK_FIELDS("suof-strings", AT_SUOF_CHUNK0, FIX_ALL, FW_REFUSED,
		     "SUOF chunk lies outside"),
	CHUNK_FIELDS("suof-image", AT_SUOF_CHUNK1, FIX_ALL, FW_REFUSED,
		     "SUOF chunk lies outside"),
	PUT("suof-image-size-7", AT_SUOF_CHUNK1, CHUNK_OFF_SIZE, 8, 7, FIX_ALL,
	    FW_REFUSED, .says = "longer than its chunk"),
	PUT("suof-tab-len-1", AT_SUOF_STRINGS, 0, 4, 1, FIX_ALL, FW_REFUSED,
	    .says = "SUOF string table"),
	PUT("suof-tab-len-max", AT_SUOF_STRINGS, 0, 4, 0xffffffff, FIX_ALL, FW_REFUSED,
	    .says = "SUOF string table"),
	ADD("img-length-plus-1", AT_IMG_HDR, 0, 4, 1, FIX_ALL, FW_REFUSED,
	    .says = "longer than its chunk"),
	ADD("img-length-minus-4", AT_IMG_HDR, 0, 4, -4, FIX_ALL, FW_REFUSED,
	    .says = "differs from the size"),
	PUT("img-length-0", AT_IMG_HDR, 0, 4, 0, FIX_ALL, FW_REFUSED,
	    .says = "differs from the size"),
	PUT("img-length-900", AT_IMG_HDR, 0, 4, 900, FIX_ALL, FW_REFUSED,
	    .says = "differs from the size"),
	PUT("img-length-max", AT_IMG_HDR, 0, 4, 0xffffffff, FIX_ALL, FW_REFUSED,
	    .says = "longer than its chunk"),
	PUT("img-length-wrap", AT_IMG_HDR, 0, 4, 0xfffffff8, FIX_ALL, FW_REFUSED,
	    .says = "longer than its chunk"),

	/* Signed image of an engine object. */
	ADD("css-header-len", AT_IMAGE, CSS_OFF_HEADER_LEN, 4, 1, FIX_ALL, FW_REFUSED,
	    .says = "RSA-3072 header"),
	PUT("css-header-len-wrap", AT_IMAGE, CSS_OFF_HEADER_LEN, 4, 0x400000e1, FIX_ALL,
	    FW_REFUSED, .says = "RSA-3072 header"),
	ADD("css-size-plus-1", AT_IMAGE, CSS_OFF_SIZE, 4, 1, FIX_ALL, FW_REFUSED,
	    .boot = true, .says = "differs from the size"),
	ADD("css-size-minus-1", AT_IMAGE, CSS_OFF_SIZE, 4, -1, FIX_ALL, FW_REFUSED,
	    .says = "differs from the size"),
	FLIP("css-size-wrap", AT_IMAGE, CSS_OFF_SIZE, 4, 0x40000000, FIX_ALL, FW_REFUSED,
	     .says = "differs from the size"),
	PUT("css-key-size", AT_IMAGE, CSS_OFF_KEY_SIZE, 4, 64, FIX_ALL, FW_REFUSED,
	    .says = "RSA-3072 header"),
	PUT("css-exp-size", AT_IMAGE, CSS_OFF_EXP_SIZE, 4, 2, FIX_ALL, FW_REFUSED,
	    .says = "RSA-3072 header"),
	PUT("css-type-mmp", AT_IMAGE, CSS_OFF_FW_TYPE, 4, CSS_TYPE_MMP, FIX_ALL,
	    FW_REFUSED, .boot = true, .says = "wrong type"),
	PUT("css-type-2", AT_IMAGE, CSS_OFF_FW_TYPE, 4, 2, FIX_ALL, FW_REFUSED,
	    .says = "wrong type"),
	FLIP("key-even", AT_IMAGE, IMG_OFF_MODULUS, 1, 1, FIX_ALL, FW_REFUSED,
	     .says = "impossible key"),
	PUT("key-short", AT_IMAGE, IMG_OFF_MODULUS + RSA_LEN - 1, 1, 0x7f, FIX_ALL,
	    FW_REFUSED, .says = "impossible key"),
	PUT("signature-too-big", AT_IMAGE, IMG_OFF_SIGNATURE + RSA_LEN - 8, 8, UINT64_MAX,
	    FIX_ALL, FW_REFUSED, .says = "impossible key"),
	{ .name = "payload-948", .op = OP_PAYLOAD, .value = AE_PAYLOAD_MIN - 4,
	  .expect = FW_REFUSED, .boot = true, .says = "impossible size" },
	{ .name = "payload-951", .op = OP_PAYLOAD, .value = AE_PAYLOAD_MIN - 1,
	  .expect = FW_REFUSED, .says = "differs from the size" },
	{ .name = "payload-132028", .op = OP_PAYLOAD, .value = AE_PAYLOAD_MAX + 4,
	  .expect = FW_REFUSED, .boot = true, .says = "impossible size" },
	{ .name = "payload-132024", .op = OP_PAYLOAD, .value = AE_PAYLOAD_MAX,
	  .expect = FW_EITHER },
	PUT("simg-dev-type", AT_PAYLOAD, SIMG_OFF_DEV_TYPE, 4, 0x04000000, FIX_ALL,
	    FW_REFUSED, .boot = true, .says = "device family"),
	PUT("simg-dev-type-0", AT_PAYLOAD, SIMG_OFF_DEV_TYPE, 4, 0, FIX_ALL, FW_REFUSED,
	    .says = "device family"),
	PUT("simg-dev-min", AT_PAYLOAD, SIMG_OFF_DEV_MIN, 2, 0xf1, FIX_ALL, FW_REFUSED,
	    .boot = true, .says = "other revisions"),
	PUT("simg-dev-max", AT_PAYLOAD, SIMG_OFF_DEV_MAX, 2, 0xef, FIX_ALL, FW_REFUSED,
	    .says = "other revisions"),
	PUT("simg-ae-mask-0", AT_PAYLOAD, SIMG_OFF_AE_MASK, 4, 0, FIX_ALL, FW_REFUSED,
	    .boot = true, .says = "names no engine"),
	PUT("simg-ae-mask-200", AT_PAYLOAD, SIMG_OFF_AE_MASK, 4, 0x200, FIX_ALL,
	    FW_REFUSED, .says = "names no engine"),
	PUT("simg-ae-mask-workers", AT_PAYLOAD, SIMG_OFF_AE_MASK, 4, 0x0ff, FIX_ALL,
	    FW_DEVICE),

	/* In perfect order but for the signature: the device has to notice. */
	FLIP("sign-payload-admin", AT_PAYLOAD, AE_PAYLOAD_MIN, 1, 0x01, FIX_ALL,
	     FW_DEVICE, .boot = true),
	FLIP("sign-payload-sym", AT_PAYLOAD, AE_PAYLOAD_MIN, 1, 0x80, FIX_ALL,
	     FW_DEVICE, .target = "qat_4xxx_sym.bin"),
	FLIP("sign-css-date", AT_IMAGE, CSS_OFF_DATE, 4, 1, FIX_ALL, FW_DEVICE,
	     .boot = true),
	FLIP("sign-signature", AT_IMAGE, IMG_OFF_SIGNATURE, 1, 1, FIX_ALL, FW_DEVICE,
	     .boot = true),
	{ .name = "sign-stranger", .op = OP_RESIGN, .expect = FW_DEVICE, .boot = true },

	/* MMP file: a bare signed image. */
	{ .name = "mmp-cut-empty", .op = OP_CUT, .mmp = true, .expect = FW_REFUSED,
	  .boot = true },
	CUT("mmp-cut-css", AT_FILE, CSS_LEN - 1, .mmp = true, .boot = true),
	CUT("mmp-cut-modulus", AT_FILE, IMG_OFF_EXPONENT - 1, .mmp = true),
	CUT("mmp-cut-header", AT_FILE, IMG_OFF_PAYLOAD, .mmp = true, .boot = true),
	CUT("mmp-cut-last", AT_END, -1, .mmp = true, .boot = true),
	CUT("mmp-cut-word", AT_END, -4, .mmp = true),
	{ .name = "mmp-grown", .op = OP_GROW, .value = 4, .mmp = true,
	  .expect = FW_REFUSED, .says = "differs from the size" },
	PUT("mmp-type-ae", AT_FILE, CSS_OFF_FW_TYPE, 4, CSS_TYPE_AE, FIX_NONE, FW_REFUSED,
	    .mmp = true, .boot = true, .says = "wrong type"),
	ADD("mmp-size-plus-1", AT_FILE, CSS_OFF_SIZE, 4, 1, FIX_NONE, FW_REFUSED,
	    .mmp = true, .says = "differs from the size"),
	ADD("mmp-header-len", AT_FILE, CSS_OFF_HEADER_LEN, 4, -1, FIX_NONE, FW_REFUSED,
	    .mmp = true, .says = "RSA-3072 header"),
	{ .name = "mmp-payload-0", .op = OP_PAYLOAD, .value = 0, .mmp = true,
	  .expect = FW_REFUSED, .says = "differs from the size" },
	{ .name = "mmp-payload-large", .op = OP_PAYLOAD, .value = MMP_PAYLOAD_MAX + 4,
	  .mmp = true, .expect = FW_REFUSED, .boot = true, .says = "impossible size" },
	FLIP("mmp-sign-payload", AT_PAYLOAD, 0, 1, 0x10, FIX_NONE, FW_DEVICE,
	     .mmp = true, .boot = true),
	{ .name = "mmp-sign-stranger", .op = OP_RESIGN, .mmp = true,
	  .expect = FW_DEVICE },
};

const unsigned int fwdamage_count =
	sizeof(fwdamage_table) / sizeof(fwdamage_table[0]);
