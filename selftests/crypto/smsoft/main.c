// SPDX-License-Identifier: GPL-2.0
/*
 * SM3 and SM4 in software: Debian's kernels have none, and a driver whose transforms
 * need a software one beside them offers nothing then.  Slow and not constant-time:
 * for test machines only.
 */
#include <linux/module.h>

#include "sm.h"

static int __init sm_init(void)
{
	int err = sm3_register();

	if (err)
		return err;
	err = sm4_register();
	if (err)
		sm3_unregister();
	return err;
}
module_init(sm_init);

static void __exit sm_exit(void)
{
	sm4_unregister();
	sm3_unregister();
}
module_exit(sm_exit);

MODULE_DESCRIPTION("qatvf selftest: SM3 and SM4 in software");
MODULE_AUTHOR("The qatvf authors");
MODULE_LICENSE("GPL");
