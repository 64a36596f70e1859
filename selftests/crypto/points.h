/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Test points made of many cases: a point passes when all its cases did; the first
 * few that did not are told as comments.
 */
#ifndef QATVF_POINTS_H
#define QATVF_POINTS_H

#include <stdbool.h>

void point_begin(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
void point_case(bool good, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void point_remark(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
void point_end(void);
void points_note(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
int points_finish(void);

#endif
