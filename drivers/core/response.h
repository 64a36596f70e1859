/* SPDX-License-Identifier: GPL-2.0 */
/* What a response says, judged in one place. */
#ifndef QATVF_CORE_RESPONSE_H
#define QATVF_CORE_RESPONSE_H

#include "hw/fw.h"

bool qatvf_rsp_well_formed(const struct qat_rsp *rsp);
int qatvf_rsp_errno(const struct qat_rsp *rsp);

#endif /* QATVF_CORE_RESPONSE_H */
