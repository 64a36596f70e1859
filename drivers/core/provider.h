/* SPDX-License-Identifier: GPL-2.0 */
/* The services' view of the registry of ring pairs. */
#ifndef QATVF_CORE_PROVIDER_H
#define QATVF_CORE_PROVIDER_H

#include "qatvf/provider.h"

struct qatvf_ring_pair *qatvf_provider_get(enum qat_service service);
bool qatvf_provider_capable(enum qat_service service, u32 capabilities);

#endif /* QATVF_CORE_PROVIDER_H */
