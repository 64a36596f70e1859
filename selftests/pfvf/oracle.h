/* SPDX-License-Identifier: GPL-2.0-only */
/* What a PF must answer to any 32-bit word of a VF. */
#ifndef QATVF_TEST_ORACLE_H
#define QATVF_TEST_ORACLE_H

#include <stdbool.h>
#include <stdint.h>

/**
 * struct answer - what is right
 * @reply: the word in PF2VM, 0 for none
 * @or_none: the reference leaves it open whether such a word deserves a reply
 */
struct answer {
	uint32_t reply;
	bool or_none;
};

struct answer answer_to(uint32_t said);
bool answer_is_right(uint32_t said, uint32_t heard);

#endif
