// SPDX-License-Identifier: GPL-2.0
/*
 * qatvf_core: what the PF and the VF driver share - ring pairs, the services on
 * top of them, the mailbox codec and the list of PFs this host owns.
 */
#include <linux/module.h>

#include "compat.h"
#include "services/algs.h"

static int __init qatvf_core_init(void)
{
	return qatvf_algs_init();
}
module_init(qatvf_core_init);

static void __exit qatvf_core_exit(void)
{
	qatvf_algs_exit();
}
module_exit(qatvf_core_exit);

MODULE_DESCRIPTION("Intel QuickAssist Gen4: ring pairs and crypto services");
MODULE_AUTHOR("The qatvf authors");
MODULE_LICENSE("GPL");
QATVF_IMPORT_CRYPTO_INTERNAL();
