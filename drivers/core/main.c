// SPDX-License-Identifier: GPL-2.0
/*
 * qatvf_core: what the PF and the VF driver share - ring pairs, the services on
 * top of them, the mailbox codec, the list of PFs this host owns - and the
 * configuration of PFs, which outlives their driver.
 */
#include <linux/module.h>

#include "compat.h"
#include "config.h"
#include "services/algs.h"
#include "services/compress.h"
#include "services/pke.h"

static int __init qatvf_core_init(void)
{
	int err;

	err = qatvf_pke_init();
	if (err)
		return err;
	err = qatvf_comp_soft_init();
	if (err)
		goto pke_exit;
	err = qatvf_algs_init();
	if (err)
		goto comp_exit;
	err = qatvf_config_tree_init();
	if (err)
		goto algs_exit;
	return 0;

algs_exit:
	qatvf_algs_exit();
comp_exit:
	qatvf_comp_soft_exit();
pke_exit:
	qatvf_pke_exit();
	return err;
}
module_init(qatvf_core_init);

static void __exit qatvf_core_exit(void)
{
	qatvf_config_tree_exit();
	qatvf_algs_exit();
	qatvf_comp_soft_exit();
	qatvf_pke_exit();
}
module_exit(qatvf_core_exit);

MODULE_DESCRIPTION("Intel QuickAssist Gen4: ring pairs and crypto services");
MODULE_AUTHOR("The qatvf authors");
MODULE_LICENSE("GPL");
QATVF_IMPORT_CRYPTO_INTERNAL();
