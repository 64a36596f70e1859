// SPDX-License-Identifier: GPL-2.0
/*
 * Numbers of public key algorithms as the device has them: big-endian strings of
 * a given size.  Facts: reference 07 section 4.
 */
#include <linux/errno.h>
#include <linux/string.h>

#include "number.h"

/**
 * qatvf_number_strip() - leave out leading zeros
 * @number: first byte, moved to the first that is not zero
 * @len: bytes, 0 afterwards if the number is 0
 */
void qatvf_number_strip(const u8 **number, unsigned int *len)
{
	while (*len && !**number) {
		(*number)++;
		(*len)--;
	}
}

/**
 * qatvf_number_set() - a number at another size
 * @number: where to
 * @bytes: its size, at least @len
 * @from: big-endian string
 * @len: its bytes
 */
void qatvf_number_set(u8 *number, unsigned int bytes, const u8 *from,
		      unsigned int len)
{
	memset(number, 0, bytes - len);
	memcpy(number + bytes - len, from, len);
}

/**
 * qatvf_number_inner() - is 1 < x < m - 1?
 * @number: x
 * @odd: m, odd; not secret, and neither is x: the time taken tells of them
 * @bytes: size of both
 *
 * Return: true if so.
 */
bool qatvf_number_inner(const u8 *number, const u8 *odd, unsigned int bytes)
{
	unsigned int last = bytes - 1;
	int order;

	if (number[last] <= 1 && !memchr_inv(number, 0, last))
		return false;
	order = memcmp(number, odd, last);
	return order ? order < 0 : number[last] < odd[last] - 1;
}

/**
 * qatvf_number_gather() - read a number that a caller wrote
 * @number: where to
 * @bytes: its size
 * @sg: where from
 * @len: bytes there
 *
 * Context: any.
 * Return: 0; -ERANGE if it is longer than @bytes; -EINVAL if @sg is shorter than
 * @len.
 */
int qatvf_number_gather(u8 *number, unsigned int bytes, struct scatterlist *sg,
			unsigned int len)
{
	int nents;

	if (len > bytes)
		return -ERANGE;
	memset(number, 0, bytes - len);
	if (!len)
		return 0;
	nents = sg_nents_for_len(sg, len);
	if (nents < 0 ||
	    sg_copy_to_buffer(sg, nents, number + bytes - len, len) != len)
		return -EINVAL;
	return 0;
}

/**
 * qatvf_number_scatter() - write a number for a caller
 * @number: the number
 * @bytes: its size
 * @sg: where to
 *
 * Context: any.
 * Return: 0, or -EINVAL if @sg is shorter than @bytes.
 */
int qatvf_number_scatter(const u8 *number, unsigned int bytes,
			 struct scatterlist *sg)
{
	int nents = sg_nents_for_len(sg, bytes);

	if (nents < 0 || sg_copy_from_buffer(sg, nents, number, bytes) != bytes)
		return -EINVAL;
	return 0;
}
