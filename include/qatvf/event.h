/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What happens to a function, told to user space as uevents; the words are in
 * Documentation/ABI/testing/uevent-qatvf.
 */
#ifndef QATVF_EVENT_H
#define QATVF_EVENT_H

struct device;

void qatvf_event(struct device *dev, const char *what);

#endif /* QATVF_EVENT_H */
