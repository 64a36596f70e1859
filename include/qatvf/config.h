/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The configuration of a PF and its VFs as plain data, its words, and the check of the
 * whole.  No kernel object: configfs, the PF driver and qatvfctl share these files.
 */
#ifndef QATVF_CONFIG_H
#define QATVF_CONFIG_H

#include <linux/types.h>

#define QATVF_CONFIG_VFS	16	/* that a PF can have */
#define QATVF_CONFIG_RATE_MAX	1000	/* permille of what the device can do */
#define QATVF_CONFIG_TEXT	32	/* longest value of a setting, with its end */
#define QATVF_CONFIG_NAME	20	/* longest address of a PF, with its end */
#define QATVF_CONFIG_PROFILE	32	/* longest name of a profile, with its end */

/**
 * enum qatvf_config_service - services with rates, in the order of the rate limiter
 * @QATVF_CONFIG_ASYM: public key crypto
 * @QATVF_CONFIG_SYM: symmetric crypto
 * @QATVF_CONFIG_DC: compression
 * @QATVF_CONFIG_SERVICES: how many
 */
enum qatvf_config_service {
	QATVF_CONFIG_ASYM,
	QATVF_CONFIG_SYM,
	QATVF_CONFIG_DC,
	QATVF_CONFIG_SERVICES,
};

/**
 * enum qatvf_config_driver - who drives a VF
 * @QATVF_DRIVER_NONE: nobody, until somebody binds it by hand
 * @QATVF_DRIVER_KERNEL: this host's kernel, by our VF driver
 * @QATVF_DRIVER_VFIO: guests and user space, through vfio-pci
 */
enum qatvf_config_driver {
	QATVF_DRIVER_NONE,
	QATVF_DRIVER_KERNEL,
	QATVF_DRIVER_VFIO,
};

/**
 * enum qatvf_config_mailbox - how a VF's messages are served
 * @QATVF_MAILBOX_NORMAL: within the budget that the in-tree driver grants
 * @QATVF_MAILBOX_STRICT: within half of it
 * @QATVF_MAILBOX_CLOSED: not at all
 */
enum qatvf_config_mailbox {
	QATVF_MAILBOX_NORMAL,
	QATVF_MAILBOX_STRICT,
	QATVF_MAILBOX_CLOSED,
};

/**
 * enum qatvf_config_setting - what can be said of a VF, also by a profile but for
 *			       the label
 * @QATVF_SET_DRIVER: who drives it
 * @QATVF_SET_SERVICES: services it is told of
 * @QATVF_SET_RATE_ASYM: rate of public key crypto
 * @QATVF_SET_RATE_SYM: rate of symmetric crypto
 * @QATVF_SET_RATE_DC: rate of compression
 * @QATVF_SET_MAILBOX: how its messages are served
 * @QATVF_SET_LABEL: a name for humans
 * @QATVF_SETTINGS: how many
 */
enum qatvf_config_setting {
	QATVF_SET_DRIVER,
	QATVF_SET_SERVICES,
	QATVF_SET_RATE_ASYM,
	QATVF_SET_RATE_SYM,
	QATVF_SET_RATE_DC,
	QATVF_SET_MAILBOX,
	QATVF_SET_LABEL,
	QATVF_SETTINGS,
};

/**
 * struct qatvf_config_rate - share of a service, permille of what the device can do
 * @committed:	always granted
 * @peak:	granted while others leave it, at least @committed; 0: no limit at all
 */
struct qatvf_config_rate {
	u16 committed;
	u16 peak;
};

/**
 * struct qatvf_config_vf - settings of a VF or a profile
 * @set:	bit per enum qatvf_config_setting: was said; all else is the default
 * @driver:	enum qatvf_config_driver
 * @services:	bit per enum qatvf_config_service; 0: all that the PF has
 * @mailbox:	enum qatvf_config_mailbox
 * @rate:	of each service
 * @label:	printable
 */
struct qatvf_config_vf {
	u8 set;
	u8 driver;
	u8 services;
	u8 mailbox;
	struct qatvf_config_rate rate[QATVF_CONFIG_SERVICES];
	char label[QATVF_CONFIG_TEXT];
};

/**
 * struct qatvf_config - a PF and its VFs
 * @services:	combination of services, as it was written
 * @num_vfs:	VFs to enable
 * @vf:		VF settings, profiles worked in
 */
struct qatvf_config {
	char services[QATVF_CONFIG_TEXT];
	unsigned int num_vfs;
	struct qatvf_config_vf vf[QATVF_CONFIG_VFS];
};

/**
 * struct qatvf_config_fault - why a configuration is refused
 * @where:	the attribute, below the PF's directory
 * @why:	the reason, one line
 */
struct qatvf_config_fault {
	char where[24];
	char why[96];
};

/* config_text.c */
void qatvf_config_init(struct qatvf_config *config);
int qatvf_config_parse_services(const char *text, u8 *services);
int qatvf_config_set_services(struct qatvf_config *config, const char *text);
int qatvf_config_set_num_vfs(struct qatvf_config *config, const char *text);
const char *qatvf_config_setting_name(enum qatvf_config_setting setting);
int qatvf_config_set(struct qatvf_config_vf *vf, enum qatvf_config_setting setting,
		     const char *text);
int qatvf_config_show(const struct qatvf_config_vf *vf, enum qatvf_config_setting setting,
		      char *text);
void qatvf_config_inherit(struct qatvf_config_vf *vf, const struct qatvf_config_vf *profile);
bool qatvf_config_address(const char *name);
bool qatvf_config_profile_name(const char *name);

/* config_check.c */
int qatvf_config_check(const struct qatvf_config *config, struct qatvf_config_fault *fault);

#endif /* QATVF_CONFIG_H */
