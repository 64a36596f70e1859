/* SPDX-License-Identifier: GPL-2.0-only */
/* What a device must look like to somebody who has just opened it. */
#ifndef QATVF_TEST_VFIO_CLEAN_H
#define QATVF_TEST_VFIO_CLEAN_H

#include "device.h"

bool device_is_clean(struct device *dev);
bool memory_is_untouched(struct device *dev);

#endif
