// SPDX-License-Identifier: GPL-2.0
/*
 * Steps in a function's life as uevents, for whoever watches over many devices and
 * does not want to read the log.
 */
#include <linux/device.h>
#include <linux/kobject.h>

#include "qatvf/event.h"

/**
 * qatvf_event() - tell user space what has just happened to a function
 * @dev: the function
 * @what: word for QATVF_EVENT
 *
 * Nobody may be listening, or there may be no memory: the log says the same.
 *
 * Context: process context, may sleep.
 */
void qatvf_event(struct device *dev, const char *what)
{
	char text[48];
	char *env[2] = { text };

	snprintf(text, sizeof(text), "QATVF_EVENT=%s", what);
	kobject_uevent_env(&dev->kobj, KOBJ_CHANGE, env);
}
EXPORT_SYMBOL_GPL(qatvf_event);
