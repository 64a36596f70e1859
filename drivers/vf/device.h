/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One VF: its objects, who changes them, and what each file offers the others.
 *
 *  main.c       PCI driver: probe, remove, shutdown
 *  device.c     BARs and bus mastering; function reset
 *  irq.c        the one interrupt: ring pairs first, then the mailbox
 *  mailbox.c    messages to and from the PF
 *  negotiate.c  version, capabilities and ring map, asked of the PF
 *  life.c       rings up and down; what notifications of the PF and failures lead to
 *  error.c      errors of the PCI link
 *  debugfs.c    counters
 */
#ifndef QATVF_VF_DEVICE_H
#define QATVF_VF_DEVICE_H

#include <linux/completion.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/workqueue.h>

#include "hw/pfvf.h"
#include "qatvf/failures.h"

struct qatvf_ring_pair;

/**
 * enum vf_state - where a VF stands; changed under qatvf_vf.lock
 * @VF_DOWN: no rings; probing, removed, or given up
 * @VF_UP: serving
 * @VF_STOPPED: the PF asked to stop; asks the PF now and then to start again
 * @VF_ERROR: the PF reported a fatal error, or our own resets did not help; waits
 *	for the PF's word
 */
enum vf_state {
	VF_DOWN,
	VF_UP,
	VF_STOPPED,
	VF_ERROR,
};

/**
 * enum vf_event - bits of qatvf_vf.events
 * @VF_EVENT_RESTARTING: the PF's word
 * @VF_EVENT_RESTARTED: likewise
 * @VF_EVENT_FATAL: likewise
 * @VF_EVENT_OVERDUE: the device owes an answer that will not come
 * @VF_EVENT_RESET: the function was reset, and we were not told
 */
enum vf_event {
	VF_EVENT_RESTARTING,
	VF_EVENT_RESTARTED,
	VF_EVENT_FATAL,
	VF_EVENT_OVERDUE,
	VF_EVENT_RESET,
};

/**
 * struct vf_mailbox - our end of the mailbox
 * @request_lock: one request at a time; held while waiting for the PF, never
 *	taken by the receiving side
 * @receive_lock: one reader of PF2VM at a time; guards @open, @awaited, @reply
 * @open: messages are taken; read by the interrupt handler without the lock
 * @receive_work: takes a message after an interrupt
 * @awaited: message type a requester waits for, or 0
 * @reply: data of the reply
 * @replied: a reply is in @reply
 * @unexpected: replies nobody asked for, unknown types
 */
struct vf_mailbox {
	struct mutex request_lock;
	struct mutex receive_lock;
	bool open;
	struct work_struct receive_work;
	unsigned int awaited;
	u32 reply;
	struct completion replied;
	unsigned int unexpected;
};

/**
 * struct qatvf_vf - one VF
 * @pdev: the function
 * @etr: BAR0, the bundles
 * @pmisc: BAR2, interrupt and mailbox registers
 * @config: configuration space as it has to be
 * @wq: for this VF's work items; bounds no other VF
 * @mailbox: see there
 * @pf_version: compatibility version of the PF, see enum pfvf_version
 * @capabilities: QAT_CAP_*, from the PF
 * @ring_map: service of each ring pair, from the PF
 * @lock: guards @state and the transitions up and down; may sleep long; never
 *	taken by interrupt or mailbox reception
 * @state: see there
 * @pf_knows_us: INIT was sent: the PF notifies us and expects a SHUTDOWN
 * @events: bits of enum vf_event
 * @failures: the device has left us without an answer
 * @life_work: acts on @events and retries a start
 * @watch_work: looks for what a lost interrupt would have told
 * @rp: ring pairs; set and cleared under @lock, read by the interrupt handler
 * @debugfs: directory
 */
struct qatvf_vf {
	struct pci_dev *pdev;
	void __iomem *etr;
	void __iomem *pmisc;
	struct pci_saved_state *config;
	struct workqueue_struct *wq;

	struct vf_mailbox mailbox;
	u8 pf_version;
	u32 capabilities;
	u16 ring_map;

	struct mutex lock;
	enum vf_state state;
	bool pf_knows_us;
	unsigned long events;
	struct qatvf_failures failures;
	struct delayed_work life_work;
	struct delayed_work watch_work;
	struct qatvf_ring_pair *rp[QAT_RPS_PER_VF];
	struct dentry *debugfs;
};

/* device.c */
int vf_device_open(struct qatvf_vf *vf);
void vf_device_close(struct qatvf_vf *vf);
bool vf_device_gone(struct qatvf_vf *vf);
void vf_device_reset(struct qatvf_vf *vf);
void vf_device_reset_if_used(struct qatvf_vf *vf);
void vf_device_restore(struct qatvf_vf *vf);
bool vf_device_was_reset(struct qatvf_vf *vf);

/* error.c */
extern const struct pci_error_handlers vf_error_handlers;

/* irq.c */
int vf_irq_enable(struct qatvf_vf *vf);
void vf_irq_disable(struct qatvf_vf *vf);
void vf_irq_synchronize(struct qatvf_vf *vf);

/* mailbox.c */
void vf_mailbox_init(struct qatvf_vf *vf);
void vf_mailbox_open(struct qatvf_vf *vf);
void vf_mailbox_close(struct qatvf_vf *vf);
bool vf_mailbox_interrupt(struct qatvf_vf *vf);
int vf_mailbox_send(struct qatvf_vf *vf, enum pfvf_vf2pf type, u32 data);
int vf_mailbox_request(struct qatvf_vf *vf, enum pfvf_vf2pf type, u32 data,
		       enum pfvf_pf2vf reply_type, u32 *reply);

/* negotiate.c */
int vf_negotiate(struct qatvf_vf *vf);

/* life.c */
void vf_life_init(struct qatvf_vf *vf);
int vf_life_start(struct qatvf_vf *vf);
void vf_life_stop(struct qatvf_vf *vf);
void vf_life_pause(struct qatvf_vf *vf);
void vf_life_resume(struct qatvf_vf *vf);
void vf_life_event(struct qatvf_vf *vf, enum vf_event event);

/* debugfs.c */
void vf_debugfs_add(struct qatvf_vf *vf);
void vf_debugfs_del(struct qatvf_vf *vf);

#endif /* QATVF_VF_DEVICE_H */
