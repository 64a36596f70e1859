/* SPDX-License-Identifier: GPL-2.0-only */
/* The commands of vfio-use; each group is a file, and the table is in vfio-use.c. */
#ifndef QATVF_TEST_VFIO_COMMANDS_H
#define QATVF_TEST_VFIO_COMMANDS_H

#include "device.h"

/*
 * @dev: not yet opened
 * @arg: what follows the address, up to NULL
 */
bool use_hello(struct device *dev, char **arg);
bool use_cipher(struct device *dev, char **arg);
bool use_deflate(struct device *dev, char **arg);
bool use_works(struct device *dev, char **arg);
bool use_ring_reset(struct device *dev, char **arg);
bool use_restart(struct device *dev, char **arg);
bool use_clean(struct device *dev, char **arg);
bool use_hold(struct device *dev, char **arg);
bool use_die(struct device *dev, char **arg);
bool use_handover(struct device *dev, char **arg);
bool use_scribble(struct device *dev, char **arg);
bool use_peek(struct device *dev, char **arg);
bool use_flood(struct device *dev, char **arg);
bool use_guard(struct device *dev, char **arg);

/* The number at @arg, or @otherwise if there is none. */
unsigned long number(char **arg, unsigned long otherwise);

#endif
