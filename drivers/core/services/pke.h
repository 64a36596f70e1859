/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A request of the public key service, for the algorithms built on it.
 */
#ifndef QATVF_SERVICES_PKE_H
#define QATVF_SERVICES_PKE_H

#include <linux/types.h>
#include <linux/workqueue.h>

#include "../ring_pair.h"
#include "algs.h"
#include "hw/pke.h"

/* Operands of the function with the most: six inputs, one output. */
#define QATVF_PKE_OPERANDS	7

/* Each request allocates the memory of its operands. */
#define QATVF_PKE_ALG_FLAGS	(QATVF_ALG_FLAGS | CRYPTO_ALG_ALLOCATES_MEMORY)
/* Our software is synchronous, and none that needs software in turn. */
#define QATVF_PKE_FALLBACK_MASK	(CRYPTO_ALG_NEED_FALLBACK | CRYPTO_ALG_ASYNC)

struct qatvf_pke;

/**
 * struct qatvf_pke_function - a function of the device
 * @id: PKE_*, 0 if there is none for the purpose
 * @inputs: number of inputs
 * @outputs: number of outputs
 * @bytes: size of each, inputs first; multiples of 8
 */
struct qatvf_pke_function {
	u32 id;
	u8 inputs;
	u8 outputs;
	u16 bytes[QATVF_PKE_OPERANDS];
};

/**
 * struct qatvf_pke_ops - what an algorithm does for its requests
 * @refused: errno if the device computed and says no; 0: let software judge
 * @finish: take the outputs; bottom halves may be off.  Returns 0 or the errno of
 *	the request.
 * @soft: do all of it in software and return the outcome; sleeps
 * @end: tell the caller: -EINPROGRESS for a request that waited and is now on its
 *	way, else the outcome.  Bottom halves may be off.  After the outcome the
 *	request may be gone.
 */
struct qatvf_pke_ops {
	int refused;
	int (*finish)(struct qatvf_pke *pke);
	int (*soft)(struct qatvf_pke *pke);
	void (*end)(struct qatvf_pke *pke, int err);
};

/**
 * struct qatvf_pke - a request
 * @req: the ring pair's part
 * @alg: algorithm it is counted for
 * @ops: of the algorithm
 * @fn: function, a copy: the transform may get another key meanwhile
 * @area: tables, inputs and outputs; NULL: this one is for software
 * @area_bytes: its size
 * @dev: whom it is mapped for
 * @dma: its address there
 * @work: software, where the caller's context does not allow it
 */
struct qatvf_pke {
	struct qatvf_request req;
	const struct qatvf_alg *alg;
	const struct qatvf_pke_ops *ops;
	struct qatvf_pke_function fn;
	struct pke_tables *area;
	unsigned int area_bytes;
	struct device *dev;
	dma_addr_t dma;
	struct work_struct work;
};

int qatvf_pke_init(void);
void qatvf_pke_exit(void);

void qatvf_pke_start(struct qatvf_pke *pke, const struct qatvf_alg *alg,
		     const struct qatvf_pke_ops *ops);
int qatvf_pke_alloc(struct qatvf_pke *pke, const struct qatvf_pke_function *fn,
		    u32 flags);
void qatvf_pke_drop(struct qatvf_pke *pke);
u8 *qatvf_pke_operand(struct qatvf_pke *pke, unsigned int index);
int qatvf_pke_run(struct qatvf_pke *pke, u32 flags);

#endif /* QATVF_SERVICES_PKE_H */
