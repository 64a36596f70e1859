// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looks for what a former user left: every word of every BAR, and memory that the device
 * could only write for him. Reset values: reference 04 sections 2.3 and 15.
 */
#include <unistd.h>

#include "clean.h"
#include "registers.h"
#include "ring.h"

/* Responses of the former user that are still on their way would come in this time. */
#define LATE_MS		100

/* Empty rings say so; all else is zero. */
static uint32_t expected(unsigned int n, size_t word)
{
	size_t in_bundle = word % BUNDLE_WORDS;

	return n == 0 && (in_bundle == E_STAT || in_bundle == NE_STAT) ? 3 : 0;
}

bool device_is_clean(struct device *dev)
{
	unsigned int n, bad = 0;
	size_t word;

	for (n = 0; n < NUM_BARS; n++)
		for (word = 0; word < dev->bar[n].bytes / 4; word++) {
			uint32_t value = dev->bar[n].word[word];

			if (value == expected(n, word))
				continue;
			if (!bad++)
				complain("%s: BAR %u offset %#zx holds %08x", dev->address, 2 * n,
					 4 * word, value);
		}
	return !bad;
}

/* Call it before anything is written there. */
bool memory_is_untouched(struct device *dev)
{
	const uint64_t *word = (const uint64_t *)dev->memory;
	size_t i;

	usleep(LATE_MS * 1000);
	for (i = 0; i < MEMORY_BYTES / 8; i++)
		if (word[i]) {
			complain("%s: memory at %#zx was written: %016lx", dev->address, 8 * i,
				 (unsigned long)word[i]);
			return false;
		}
	return true;
}
