/* SPDX-License-Identifier: GPL-2.0 */
/* What the ring pairs of all VFs have done, from the driver's debugfs. */
#ifndef QATVF_COUNTERS_H
#define QATVF_COUNTERS_H

/**
 * struct counters - sums over all ring pairs of this kernel's VFs
 * @ring_pairs: how many there are
 * @used: how many had requests
 * @requests: requests given to the device
 * @responses: its responses
 * @in_flight: requests it has now
 * @doorbells: doorbells
 * @backlogged: requests that waited
 * @refused: requests turned away
 * @errors: responses with an error
 * @forged: responses without a request
 */
struct counters {
	unsigned int ring_pairs;
	unsigned int used;
	unsigned long long requests;
	unsigned long long responses;
	unsigned long long in_flight;
	unsigned long long doorbells;
	unsigned long long backlogged;
	unsigned long long refused;
	unsigned long long errors;
	unsigned long long forged;
};

void counters_read(struct counters *sum);

#endif
