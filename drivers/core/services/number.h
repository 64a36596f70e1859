/* SPDX-License-Identifier: GPL-2.0 */
/* Numbers as the device has them: big-endian strings of a given size. */
#ifndef QATVF_SERVICES_NUMBER_H
#define QATVF_SERVICES_NUMBER_H

#include <linux/scatterlist.h>
#include <linux/types.h>

int qatvf_number_gather(u8 *number, unsigned int bytes, struct scatterlist *sg,
			unsigned int len);
int qatvf_number_scatter(const u8 *number, unsigned int bytes,
			 struct scatterlist *sg);
void qatvf_number_set(u8 *number, unsigned int bytes, const u8 *from,
		      unsigned int len);
void qatvf_number_strip(const u8 **number, unsigned int *len);
bool qatvf_number_inner(const u8 *number, const u8 *odd, unsigned int bytes);

#endif /* QATVF_SERVICES_NUMBER_H */
