/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of this module offer each other. */
#ifndef QATVF_SM_SOFT_H
#define QATVF_SM_SOFT_H

int sm3_register(void);
void sm3_unregister(void);
int sm4_register(void);
void sm4_unregister(void);

#endif /* QATVF_SM_SOFT_H */
