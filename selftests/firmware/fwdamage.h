/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Damaged firmware: a table of defects (reference 02 section 11.5 and more), and
 * the function that applies one of them to a good pair of files. The same table
 * serves the parser's unit test, the fuzzer's seeds and the tests in the VM.
 */
#ifndef QATVF_TEST_FWDAMAGE_H
#define QATVF_TEST_FWDAMAGE_H

#include <gcrypt.h>
#include <stdbool.h>

#include "fwbytes.h"

/**
 * enum fwdamage_expect - how a driver must take it
 * @FW_LOADS: unusual but valid: everything works
 * @FW_REFUSED: the parser refuses it, before any register is touched
 * @FW_MISSING: well formed, but a required object is not there
 * @FW_DEVICE: the parser has nothing against it; the device refuses (VERI_FAIL)
 *	or the loader finds no engine for it
 * @FW_NOFILE: the file does not exist
 * @FW_EITHER: the reference leaves it open; no harm may come of it
 */
enum fwdamage_expect {
	FW_LOADS,
	FW_REFUSED,
	FW_MISSING,
	FW_DEVICE,
	FW_NOFILE,
	FW_EITHER,
};

/**
 * struct fwpair - the two files that belong together
 * @main: bytes of qat_4xxx.bin
 * @mmp: bytes of qat_4xxx_mmp.bin
 * @no_main: @main is absent altogether
 * @no_mmp: @mmp is absent altogether
 */
struct fwpair {
	struct fwbytes main;
	struct fwbytes mmp;
	bool no_main;
	bool no_mmp;
};

/* What a row does; see fwdamage_apply(). */
enum fwdamage_op {
	OP_CUT,		/* end the file at the place */
	OP_GROW,	/* append value zero bytes */
	OP_PUT,		/* write value */
	OP_ADD,		/* add value to what is there */
	OP_XOR,		/* flip the bits of value */
	OP_TEXT,	/* write a string without its NUL */
	OP_DROP,	/* leave out the object named text */
	OP_EXTRA,	/* repeat the target object under the name text */
	OP_RENAME,	/* let the target's name be that of object text */
	OP_PAYLOAD,	/* cut or extend the target's payload to value bytes */
	OP_RESIGN,	/* sign the target with a key that nobody trusts */
	OP_NO_UOF,	/* leave out the chunk of unsigned objects */
	OP_OTHER,	/* the other file's content under this name */
	OP_ABSENT,	/* no file */
};

/* Place to which the row's offset is added. */
enum fwdamage_place {
	AT_FILE,		/* first byte */
	AT_END,			/* one past the last byte */
	AT_CHUNK_STRINGS,	/* chunk header of the string table */
	AT_CHUNK_UOF,
	AT_CHUNK_SUF,
	AT_STRINGS,
	AT_STRINGS_END,
	AT_UOF,
	AT_SUF,
	AT_ENTRY,		/* from here on: of the target object */
	AT_SUOF,
	AT_SUOF_CHUNK0,
	AT_SUOF_CHUNK1,
	AT_SUOF_STRINGS,
	AT_IMG_HDR,
	AT_IMAGE,		/* for the MMP: the file */
	AT_PAYLOAD,
};

/* Checksums to put right afterwards. */
#define FIX_NONE	0
#define FIX_MOF		1
#define FIX_SUOF	2
#define FIX_ALL		(FIX_MOF | FIX_SUOF)

/**
 * struct fwdamage - one defect
 * @name: short name, also of the folder that holds the files
 * @mmp: the MMP file is damaged, not the main file
 * @boot: one of the representative few that the VM test takes
 * @op: what is done
 * @at: where
 * @off: relative to @at
 * @width: bytes of the field, for OP_PUT, OP_ADD and OP_XOR
 * @fix: FIX_* bits
 * @expect: outcome
 * @value: operand
 * @text: operand of the operations that take a name; also the name of the
 *	target object where @target is not given
 * @target: object to damage, NULL for the admin object, which every service
 *	combination needs
 * @says: word that the driver's message must contain, NULL for any
 */
struct fwdamage {
	const char *name;
	bool mmp;
	bool boot;
	enum fwdamage_op op;
	enum fwdamage_place at;
	long off;
	unsigned int width;
	unsigned int fix;
	enum fwdamage_expect expect;
	uint64_t value;
	const char *text;
	const char *target;
	const char *says;
};

extern const struct fwdamage fwdamage_table[];
extern const unsigned int fwdamage_count;

const char *fwdamage_expect_name(enum fwdamage_expect expect);
int fwdamage_apply(const struct fwdamage *row, const struct fwpair *good,
		   gcry_sexp_t stranger, struct fwpair *bad);
void fwpair_free(struct fwpair *pair);

#endif
