/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The guest's program: its parts, and how they speak.
 */
#ifndef SELFTESTS_NESTED_GUEST_H
#define SELFTESTS_NESTED_GUEST_H

#include <stdbool.h>

/* One line on the console, which the test outside reads. */
#define say(...) say_line("guest: " __VA_ARGS__)

void say_line(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Says what is wrong, with errno, and turns the machine off. */
void die(const char *what) __attribute__((noreturn));

/* Runs all vectors; says one line for each unless quiet; false if one was wrong, or none. */
bool run_vectors(bool quiet);

#endif
