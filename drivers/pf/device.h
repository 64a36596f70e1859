/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The physical function: its state, who owns which part of it, and the interface
 * of each file of the driver.
 *
 * Who arrives with which lock:
 *   probe, remove, shutdown, sriov_configure	device lock of the PF
 *   sriov_configure, since Linux 6.12.117	also the PCI rescan/remove lock
 *   reset_prepare, reset_done			device lock, and config access blocked
 *   PCI error callbacks, suspend, resume	device lock
 *   VF enable work				takes the device lock itself
 *   work after an abandoned PCI error		takes the device lock itself
 *   configfs enable, through apply()		takes the device lock itself
 *   life worker, mailbox works, timers		none; they never take any of these
 *   interrupt handlers				none
 *   files qat/state				takes the device lock itself
 *   other files of sysfs and debugfs		none; those that exist only while the PF
 *						is up are removed by the life worker, and
 *						so never wait for it
 * Probe to the error callbacks may wait for the life worker, and do so with a bound; nothing
 * that the life worker or a mailbox work waits for needs a lock of theirs.
 *
 * Lock order: qatvf_sriov.lock, qatvf_vf_slot.lock, qatvf_irq.lock.  Apart from these,
 * and not taken by the life worker while it waits for files to be closed:
 * qatvf_rl_form.lock, qatvf_rl.lock; qatvf_telemetry.lock; qatvf_heartbeat.lock;
 * qatvf_power.info_lock.  qatvf_admin.lock and qatvf_life.lock are leaves.
 */
#ifndef QATVF_PF_DEVICE_H
#define QATVF_PF_DEVICE_H

#include <linux/atomic.h>
#include <linux/bitmap.h>
#include <linux/firmware.h>
#include <linux/io.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "hw/admin.h"
#include "hw/pf_csr.h"
#include "hw/pfvf.h"
#include "hw/ring.h"
#include "qatvf/config.h"
#include "qatvf/configurable.h"
#include "qatvf/failures.h"
#include "qatvf/host.h"

#include "image.h"
#include "rate_limit.h"
#include "telemetry.h"

#define QATVF_PF_DRIVER_NAME	"4xxx"
#define QATVF_GROUPS		2	/* groups of worker engines */
#define QATVF_DEBUGFS_UP	6	/* files and directories of a PF that is up */

struct qatvf_pf;
struct qatvf_ring_pair;

/**
 * enum qatvf_object - firmware objects that engines can run
 * @QATVF_OBJECT_SYM: symmetric crypto
 * @QATVF_OBJECT_ASYM: public key crypto
 * @QATVF_OBJECT_DC: compression
 * @QATVF_OBJECT_ADMIN: administration, for the admin engine
 * @QATVF_NUM_OBJECTS: how many
 */
enum qatvf_object {
	QATVF_OBJECT_SYM,
	QATVF_OBJECT_ASYM,
	QATVF_OBJECT_DC,
	QATVF_OBJECT_ADMIN,
	QATVF_NUM_OBJECTS,
};

/**
 * struct qatvf_hwdata - what differs between device ids
 * @firmware:	main firmware file
 * @mmp:	public key engine microcode file
 * @object:	names of the objects in @firmware
 * @asym_threads: threads of an engine that run public key crypto
 */
struct qatvf_hwdata {
	const char *firmware;
	const char *mmp;
	const char *object[QATVF_NUM_OBJECTS];
	u8 asym_threads;
};

/**
 * struct qatvf_services - one combination of services, a row of services.c
 * @name:	as users write it
 * @alias:	the other order, or NULL
 * @group:	per group of worker engines: firmware object, threads that take
 *		requests, arbiters (= ring pairs modulo 4) that they serve
 * @ring_map:	service of each ring pair of four (reference 04 section 6.4)
 * @caps_hidden: capabilities that the objects have but rings do not offer
 * @dc_chained:	engines must be told to chain compression
 */
struct qatvf_services {
	const char *name;
	const char *alias;
	struct {
		enum qatvf_object object;
		u8 threads;
		u8 arbiters;
	} group[QATVF_GROUPS];
	u16 ring_map;
	u32 caps_hidden;
	bool dc_chained;
};

/**
 * enum qatvf_life_state - where a PF is; life.c has the table of transitions
 * @QATVF_DOWN: nothing set up, device quiet
 * @QATVF_STARTING: bring-up runs
 * @QATVF_UP: serving
 * @QATVF_RESTARTING: going down in order to come up again, VFs stay
 * @QATVF_STOPPED: stopped for a reset or a sleep that is somebody else's, VFs stay
 * @QATVF_FAILED: bring-up failed and was undone; device quiet
 * @QATVF_NUM_STATES: how many
 */
enum qatvf_life_state {
	QATVF_DOWN,
	QATVF_STARTING,
	QATVF_UP,
	QATVF_RESTARTING,
	QATVF_STOPPED,
	QATVF_FAILED,
	QATVF_NUM_STATES,
};

/**
 * enum qatvf_life_request - what the life worker can be asked for, in the order
 *			     in which it serves requests that wait together
 * @QATVF_LIFE_FATAL: tell VFs of a fatal error; restart if auto_reset says so, but not
 *	for ever
 * @QATVF_LIFE_OWN_RINGS: reset ring pairs of our own that owe an answer
 * @QATVF_LIFE_RESET_PREPARE: stop for a reset that somebody else performs
 * @QATVF_LIFE_RESET_DONE: come up again after it
 * @QATVF_LIFE_UP: be up
 * @QATVF_LIFE_DOWN: be down
 * @QATVF_NUM_REQUESTS: how many
 */
enum qatvf_life_request {
	QATVF_LIFE_FATAL,
	QATVF_LIFE_OWN_RINGS,
	QATVF_LIFE_RESET_PREPARE,
	QATVF_LIFE_RESET_DONE,
	QATVF_LIFE_UP,
	QATVF_LIFE_DOWN,
	QATVF_NUM_REQUESTS,
};

/**
 * struct qatvf_life - state machine of a PF
 * @state:	written by the life worker only, read by anybody (READ_ONCE)
 * @wq:		ordered; runs @work alone
 * @work:	the life worker
 * @lock:	guards @request and @closed
 * @request:	tickets drawn and served, and the result of the last one served
 * @closed:	no more requests: the PF is being removed
 * @answered:	woken when a ticket has been served
 * @flr_by_core: life worker only: the PCI core resets the function, we must not
 * @steps_done:	life worker only: steps of the bring-up table to undo
 * @fatal_told:	life worker only: VFs and log know of a fatal error since the start
 * @failures:	life worker only: of the device
 */
struct qatvf_life {
	enum qatvf_life_state state;
	struct workqueue_struct *wq;
	struct work_struct work;
	spinlock_t lock;	/* request, closed */
	struct {
		u32 drawn;
		u32 served;
		int result;
	} request[QATVF_NUM_REQUESTS];
	bool closed;
	wait_queue_head_t answered;
	bool flr_by_core;
	unsigned int steps_done;
	bool fatal_told;
	struct qatvf_failures failures;
};

/**
 * struct qatvf_firmware_file - a firmware file
 * @blob:	content
 * @path:	under which it was found
 */
struct qatvf_firmware_file {
	const struct firmware *blob;
	char path[64];
};

/**
 * struct qatvf_firmware_files - the files of a kind of device, for all PFs that start
 * @link:	entry of firmware_files.c's list, whose lock guards @link and @users
 * @users:	PFs that have them
 * @hw:		kind of device
 * @main:	main firmware
 * @mmp:	public key engine microcode
 * @mof:	objects of @main
 */
struct qatvf_firmware_files {
	struct list_head link;
	unsigned int users;
	const struct qatvf_hwdata *hw;
	struct qatvf_firmware_file main;
	struct qatvf_firmware_file mmp;
	struct qatvf_mof mof;
};

/**
 * struct qatvf_firmware - firmware files and what is to be loaded from them
 * @files:	files, until they are loaded, or NULL
 * @mmp_image:	checked image in the microcode
 * @load:	in load order: object, engines and the checked images for them
 * @num_loads:	valid entries of @load
 *
 * Owned by the life worker.
 */
struct qatvf_firmware {
	struct qatvf_firmware_files *files;
	struct qatvf_signed_image mmp_image;
	struct {
		const char *name;
		u32 ae_mask;
		struct qatvf_suof suof;
	} load[QATVF_GROUPS + 1];
	unsigned int num_loads;
};

/**
 * struct qatvf_admin - admin channel; one message at a time over all engines
 * @lock:	guards @page and the engines' mailboxes; held for 5 s at most
 * @page:	shared with the engines
 * @page_dma:	its bus address
 * @constants:	read by the admin engine
 * @constants_dma: its bus address
 * @buffers:	of commands; each has one user, who serialises it.  After a timeout the
 *		engine may still use them, and takes no further command
 * @buffers_dma: its bus address
 */
struct qatvf_admin {
	struct mutex lock;	/* page, engine mailboxes */
	struct qat_admin_page *page;
	dma_addr_t page_dma;
	u8 *constants;
	dma_addr_t constants_dma;
	struct qat_admin_buffers *buffers;
	dma_addr_t buffers_dma;
};

/**
 * struct qatvf_irq - the misc interrupt and every mask register that has more
 *		      than one user
 * @lock:	guards the mask registers, their shadows and @open; taken in the
 *		interrupt handler
 * @open:	handler may unmask SMIAPF_MASK
 * @vector:	Linux interrupt number, while the PF is up
 * @name:	of the handler
 * @vf_allowed:	VFs whose messages are served at all
 * @vf_mask:	shadow of VM2PF_MSK, 1 = masked
 * @err_mask:	shadows of ERRMSK0 to 3, 1 = masked
 */
struct qatvf_irq {
	spinlock_t lock;	/* mask registers and shadows, open */
	bool open;
	int vector;
	char name[32];
	u32 vf_allowed;
	u32 vf_mask;
	u32 err_mask[QAT_NUM_ERRSOU];
};

/**
 * struct qatvf_own_rings - ring pairs that the PF uses itself while it has no VFs
 * @wanted:	how many, from the first on; constant after the first bring-up
 * @vectors:	how many of them got an interrupt, the first ones; written at bring-up
 * @vector:	Linux interrupt number of each, while the PF is up
 * @name:	of their interrupt handlers
 * @rp:		those in use; guarded by qatvf_sriov.lock
 * @failed:	one could not be reset: the device must be; likewise
 * @watch:	finds what lost interrupts would have told
 * @overdue:	bit per ring pair that owes an answer which will not come
 * @failures:	any of them owed an answer; life worker only
 */
struct qatvf_own_rings {
	unsigned int wanted;
	unsigned int vectors;
	int vector[QAT_NUM_RPS];
	char name[QAT_NUM_RPS][24];
	struct qatvf_ring_pair *rp[QAT_NUM_RPS];
	bool failed;
	struct delayed_work watch;
	DECLARE_BITMAP(overdue, QAT_NUM_RPS);
	struct qatvf_failures failures;
};

/**
 * struct qatvf_ras - error counters since the PF came up
 * @correctable: corrected by the device
 * @uncorrectable: a request may have failed
 * @fatal:	the device needs a restart
 *
 * Written by the interrupt thread, read by anybody.
 */
struct qatvf_ras {
	atomic_t correctable;
	atomic_t uncorrectable;
	atomic_t fatal;
};

/**
 * struct qatvf_power - power management
 * @work:	answers an idle or throttle event
 * @managed:	events are taken; written by the life worker
 * @info_lock:	guards the answer of PM_INFO; held for 5 s at most
 * @idle_events: idle events since probe
 * @throttle_events: throttle events
 * @fw_events:	events that the firmware raised
 * @host_acks:	idle events that were answered with leave to go to minimal power
 * @host_nacks:	idle events that were answered otherwise
 *
 * The counters are written by @work only.
 */
struct qatvf_power {
	struct work_struct work;
	bool managed;
	struct mutex info_lock;	/* pf->admin.buffers->pm_info */
	unsigned long idle_events;
	unsigned long throttle_events;
	unsigned long fw_events;
	unsigned long host_acks;
	unsigned long host_nacks;
};

/**
 * struct qatvf_heartbeat_view - what a watcher knows of the engines
 * @previous:	the counters as it last saw them
 * @stuck:	how many times in a row it saw a thread stand still
 */
struct qatvf_heartbeat_view {
	struct qat_heartbeat_pair previous[QAT_NUM_AES][QAT_CONTEXTS_PER_AE];
	u8 stuck[QAT_NUM_AES][QAT_CONTEXTS_PER_AE];
};

/**
 * struct qatvf_heartbeat - time base and liveness of the engines
 * @work:	sends SYNC every 200 ms
 * @started:	jiffies at which counting began
 * @silent:	engines whose failure has been reported; work only
 * @hung:	the device shall hang: no time base
 * @counts:	all engines took timer and time base; work only
 * @unanswered:	requests in a row that an engine has not answered; work only
 * @page:	written by the engines
 * @page_dma:	its bus address
 * @lock:	guards all that follows
 * @polled:	when user space last polled, jiffies
 * @watched:	when the driver last looked, jiffies
 * @period:	shortest time between two polls, ms
 * @reported:	when a failure last went to the life worker, jiffies; 0 for never
 * @polls:	what polls know
 * @watch:	what the driver's own looks know
 * @alive:	what the last poll said
 * @sent:	polls
 * @failed:	polls that found the device unresponsive
 */
struct qatvf_heartbeat {
	struct delayed_work work;
	u64 started;
	u32 silent;
	bool hung;
	bool counts;
	u8 unanswered[QAT_NUM_AES];
	struct qat_heartbeat_page *page;
	dma_addr_t page_dma;
	struct mutex lock;	/* all that follows */
	u64 polled;
	u64 watched;
	unsigned int period;
	u64 reported;
	struct qatvf_heartbeat_view polls;
	struct qatvf_heartbeat_view watch;
	bool alive;
	unsigned int sent;
	unsigned int failed;
};

/* Period of the time base, and the shortest between two polls. */
#define QATVF_HEARTBEAT_MS	200

/**
 * struct qatvf_vf_stats - what a VF did; written by its work and unmute timer only
 * @messages:	taken and acknowledged
 * @unknown:	of them, of unknown type, or without the system bit
 * @dropped:	not taken at once because the VF was over its budget
 * @spurious:	interrupts without a message
 * @mutes:	times the VF was muted
 */
struct qatvf_vf_stats {
	unsigned long messages;
	unsigned long unknown;
	unsigned long dropped;
	unsigned long spurious;
	unsigned long mutes;
};

/**
 * struct qatvf_vf_slot - slot of a VF; exists as long as the PF does, so that no late
 *		     interrupt or work can reach freed memory
 * @pf:		its PF
 * @nr:		its number, from 0
 * @work:	serves one message
 * @unmute:	ends a penalty
 * @lock:	guards PF2VM and everything down to @notify_written
 * @version:	compatibility version that it announced; survives its FLR and ours
 * @init:	wants notifications
 * @restarting:	was told RESTARTING, has not answered
 * @stopped:	answered RESTARTING, has not sent INIT since
 * @held:	not served until the PF is up again
 * @notify:	notification not acknowledged yet, or 0
 * @notify_written: it is in PF2VM
 * @budget:	messages left in this period; work only
 * @budget_from: start of the period, jiffies; work only
 * @muted:	over budget; work and unmute timer only, never both at a time
 * @penalty:	length of the last penalty, jiffies; work only
 * @muted_at:	when it began, jiffies; work only
 * @services:	services it is told of, bit per enum qatvf_config_service, 0: all
 * @policy:	enum qatvf_config_mailbox
 * @stats:	counters
 *
 * @services and @policy are written whole, by configure.c, and read anywhere.
 */
struct qatvf_vf_slot {
	struct qatvf_pf *pf;
	unsigned int nr;
	struct work_struct work;
	struct delayed_work unmute;
	struct mutex lock;	/* PF2VM, version to notify_written */
	u8 version;
	bool init;
	bool restarting;
	bool stopped;
	bool held;
	u8 notify;
	bool notify_written;
	unsigned int budget;
	unsigned long budget_from;
	bool muted;
	unsigned long penalty;
	unsigned long muted_at;
	u8 services;
	u8 policy;
	struct qatvf_vf_stats stats;
};

/**
 * struct qatvf_sriov - virtual functions
 * @lock:	held while VFs come and when they are gone, and by the life worker during
 *		a transition; guards @num, which changes with the device lock only
 * @num:	how many there are, set before pci_enable_sriov() and cleared after
 *		pci_disable_sriov(), unlike pci_num_vf()
 * @enable_work: enables VFs after an asynchronous probe
 * @removing:	ends @enable_work's wait for the device lock
 */
struct qatvf_sriov {
	struct mutex lock;	/* num */
	unsigned int num;
	struct work_struct enable_work;
	bool removing;
};

/**
 * struct qatvf_configure - what configfs says of this PF
 * @self:	how configfs reaches us
 * @wanted:	the configuration, if @enabled
 * @enabled:	there is one; module parameters do not count then
 * @rate_lock:	guards @rate and @rate_set; held while the device is told
 * @rate:	rates of each VF's services
 * @rate_set:	those that the device knows
 *
 * @wanted and @enabled are written with the device lock.
 */
struct qatvf_configure {
	struct qatvf_configurable self;
	struct qatvf_config wanted;
	bool enabled;
	struct mutex rate_lock;	/* rate, rate_set */
	struct qatvf_config_rate rate[QAT_MAX_VFS][QATVF_CONFIG_SERVICES];
	struct qatvf_config_rate rate_set[QAT_MAX_VFS][QATVF_CONFIG_SERVICES];
};

/**
 * struct qatvf_bank - a ring pair, for files that are about one
 * @pf:		its PF
 * @nr:		its number
 */
struct qatvf_bank {
	struct qatvf_pf *pf;
	unsigned int nr;
};

/**
 * struct qatvf_settings - what an administrator sets in group qat/ of sysfs, or by
 *			   module parameters
 * @services:	combination of services, a row of services.c
 * @services_text: as it was written, one of the row's two names
 * @auto_reset:	restart after a fatal error
 * @idle:	let the device go to minimal power when it is idle
 * @idle_set:	@idle was written
 * @ring_pair:	shown by rp2srv, or -1
 * @sriov:	VFs have been enabled before
 *
 * @services, @services_text, @idle and @idle_set: written with qatvf_sriov.lock while
 * the PF is down, so that a bring-up sees one state of them.  The rest: any time.
 */
struct qatvf_settings {
	const struct qatvf_services *services;
	const char *services_text;
	bool auto_reset;
	bool idle;
	bool idle_set;
	int ring_pair;
	bool sriov;
};

/**
 * struct qatvf_pf - one physical function; allocated in probe, freed in remove
 * @pdev:	PCI device
 * @hw:		row of its device id
 * @id:		number in messages, "qat_dev<id>"
 * @revision:	PCI revision
 * @sram:	BAR 0
 * @misc:	BAR 2
 * @etr:	BAR 4
 * @ae_mask:	engines that are not fused off
 * @slices_off:	slices that are fused off, FUSECTL1
 * @settings:	what the administrator wants
 * @services:	what it serves; written at bring-up
 * @capabilities: capability mask that VFs are told; written at bring-up
 * @ring_map:	ring-to-service map that VFs are told; written at bring-up
 * @ext_dc_caps: compression features that VFs are told; written at bring-up
 * @fw_caps:	optional functions of the firmware; written at bring-up
 * @fw_version:	of the running firmware, text; written at bring-up
 * @probed:	when probe began
 * @wq:		unbound; mailbox, power and heartbeat works
 * @life:	state machine
 * @firmware:	files
 * @admin:	admin channel
 * @irq:	interrupt and shared masks
 * @ras:	error counters
 * @power:	power management
 * @heartbeat:	time base
 * @rl:		rate limiter
 * @telemetry:	telemetry
 * @abandoned:	comes up alone after an error of the link that the PCI core gave up
 * @sriov:	virtual functions
 * @own:	ring pairs of its own
 * @vf:		slots
 * @host:	grants VFs to the host's kernel
 * @configure:	configuration by configfs
 * @bank:	ring pairs
 * @debugfs:	directory
 * @debugfs_up:	what is in it while the PF is up; life worker only
 *
 * Members without a comment on locking are constant after probe.
 */
struct qatvf_pf {
	struct pci_dev *pdev;
	const struct qatvf_hwdata *hw;
	int id;
	u8 revision;
	void __iomem *sram;
	void __iomem *misc;
	void __iomem *etr;
	u32 ae_mask;
	u32 slices_off;
	struct qatvf_settings settings;
	const struct qatvf_services *services;
	u32 capabilities;
	u16 ring_map;
	u32 ext_dc_caps;
	u16 fw_caps;
	char fw_version[24];
	ktime_t probed;
	struct workqueue_struct *wq;
	struct qatvf_life life;
	struct qatvf_firmware firmware;
	struct qatvf_admin admin;
	struct qatvf_irq irq;
	struct qatvf_ras ras;
	struct qatvf_power power;
	struct qatvf_heartbeat heartbeat;
	struct qatvf_rl rl;
	struct qatvf_telemetry telemetry;
	struct delayed_work abandoned;
	struct qatvf_sriov sriov;
	struct qatvf_own_rings own;
	struct qatvf_vf_slot vf[QAT_MAX_VFS];
	struct qatvf_host host;
	struct qatvf_configure configure;
	struct qatvf_bank bank[QAT_NUM_RPS];
	struct dentry *debugfs;
	struct dentry *debugfs_up[QATVF_DEBUGFS_UP];
};

static inline u32 misc_read(struct qatvf_pf *pf, u32 reg)
{
	return readl(pf->misc + reg);
}

static inline void misc_write(struct qatvf_pf *pf, u32 reg, u32 value)
{
	writel(value, pf->misc + reg);
}

static inline u32 etr_read(struct qatvf_pf *pf, u32 reg)
{
	return readl(pf->etr + reg);
}

static inline void etr_write(struct qatvf_pf *pf, u32 reg, u32 value)
{
	writel(value, pf->etr + reg);
}

/* What a read returns when nobody answers on the bus. */
#define QATVF_GONE	(~0U)

/* admin.c */
int qatvf_admin_alloc(struct qatvf_pf *pf);
void qatvf_admin_free(struct qatvf_pf *pf);
int qatvf_admin_start(struct qatvf_pf *pf);
int qatvf_admin_try(struct qatvf_pf *pf, unsigned int ae, const struct qat_admin_req *req,
		    struct qat_admin_rsp *rsp);
int qatvf_admin_send(struct qatvf_pf *pf, unsigned int ae, const struct qat_admin_req *req,
		     struct qat_admin_rsp *rsp);
int qatvf_admin_send_all(struct qatvf_pf *pf, u32 ae_mask, const struct qat_admin_req *req);

/* admin_cmds.c */
int qatvf_admin_configure(struct qatvf_pf *pf);

/* arbiter.c */
int qatvf_arbiter_start(struct qatvf_pf *pf);
void qatvf_arbiter_stop(struct qatvf_pf *pf);

/* configure.c */
void qatvf_configure_find(struct qatvf_pf *pf);
void qatvf_configure_add(struct qatvf_pf *pf);
void qatvf_configure_del(struct qatvf_pf *pf);
const char *qatvf_configure_services(struct qatvf_pf *pf, const char *otherwise);
bool qatvf_configure_ready(struct qatvf_pf *pf);
bool qatvf_configure_at_probe(struct qatvf_pf *pf);
u32 qatvf_configure_kernel_vfs(struct qatvf_pf *pf, unsigned int num, u32 otherwise);
void qatvf_configure_bind_all(struct qatvf_pf *pf);

/* configure_bind.c */
const char *qatvf_bind_user(struct qatvf_pf *pf, unsigned int nr, char *name, size_t size);
bool qatvf_bind_ready(const struct qatvf_config *config);
int qatvf_bind_prepare(struct qatvf_pf *pf, const struct qatvf_config *config);
int qatvf_bind_vf(struct qatvf_pf *pf, unsigned int nr, enum qatvf_config_driver driver,
		  bool again);

/* configure_rates.c */
void qatvf_configure_init(struct qatvf_pf *pf);
int qatvf_configure_rates_check(struct qatvf_pf *pf, const struct qatvf_config *config);
int qatvf_configure_rates_again(struct qatvf_pf *pf);
int qatvf_configure_rates(struct qatvf_pf *pf, const struct qatvf_config *config);

/* debugfs.c */
void qatvf_debugfs_add(struct qatvf_pf *pf);
void qatvf_debugfs_remove(struct qatvf_pf *pf);
int qatvf_debugfs_start(struct qatvf_pf *pf);
void qatvf_debugfs_stop(struct qatvf_pf *pf);

/* debugfs_counters.c */
struct dentry *qatvf_debugfs_fw_counters(struct qatvf_pf *pf);
struct dentry *qatvf_debugfs_cnv_errors(struct qatvf_pf *pf);

/* debugfs_heartbeat.c */
struct dentry *qatvf_debugfs_heartbeat(struct qatvf_pf *pf);

/* debugfs_power.c */
struct dentry *qatvf_debugfs_pm_status(struct qatvf_pf *pf);

/* debugfs_transport.c */
struct dentry *qatvf_debugfs_transport(struct qatvf_pf *pf);

/* engine.c */
int qatvf_engines_reset(struct qatvf_pf *pf);
int qatvf_engine_idle(struct qatvf_pf *pf, unsigned int ae);

/* firmware.c */
int qatvf_firmware_get(struct qatvf_pf *pf);
void qatvf_firmware_put(struct qatvf_pf *pf);
int qatvf_firmware_report(struct qatvf_pf *pf, const char *file, const char *object,
			  struct qatvf_image_result result);

/* firmware_files.c */
struct qatvf_firmware_files *qatvf_firmware_files_get(struct qatvf_pf *pf);
void qatvf_firmware_files_put(struct qatvf_firmware_files *files);

/* error.c */
void qatvf_error_init(struct qatvf_pf *pf);
void qatvf_error_cancel(struct qatvf_pf *pf);
extern const struct pci_error_handlers qatvf_error_handlers;

/* heartbeat.c */
void qatvf_heartbeat_init(struct qatvf_pf *pf);
int qatvf_heartbeat_alloc(struct qatvf_pf *pf);
void qatvf_heartbeat_free(struct qatvf_pf *pf);
int qatvf_heartbeat_start(struct qatvf_pf *pf);
void qatvf_heartbeat_stop(struct qatvf_pf *pf);

/* heartbeat_inject.c */
int qatvf_heartbeat_inject(struct qatvf_pf *pf);

/* heartbeat_poll.c */
void qatvf_heartbeat_forget(struct qatvf_pf *pf);
bool qatvf_heartbeat_poll(struct qatvf_pf *pf);
void qatvf_heartbeat_watch(struct qatvf_pf *pf);

/* hwdata.c */
const struct qatvf_hwdata *qatvf_hwdata_get(unsigned int row);
int qatvf_hwdata_read_fuses(struct qatvf_pf *pf);
extern const struct pci_device_id qatvf_pf_ids[];

/* irq.c */
void qatvf_irq_init(struct qatvf_pf *pf);
int qatvf_irq_start(struct qatvf_pf *pf);
void qatvf_irq_stop(struct qatvf_pf *pf);
void qatvf_irq_vf_open(struct qatvf_pf *pf, u32 vfs);
void qatvf_irq_vf_close(struct qatvf_pf *pf);
void qatvf_irq_vf_unmask(struct qatvf_pf *pf, u32 vfs);
void qatvf_irq_err_mask(struct qatvf_pf *pf, unsigned int n, u32 bits);
void qatvf_irq_err_unmask(struct qatvf_pf *pf, unsigned int n, u32 bits);
u32 qatvf_irq_err_pending(struct qatvf_pf *pf, unsigned int n);

/* life.c */
int qatvf_life_init(struct qatvf_pf *pf);
void qatvf_life_exit(struct qatvf_pf *pf);
int qatvf_life_request(struct qatvf_pf *pf, enum qatvf_life_request request);
void qatvf_life_post(struct qatvf_pf *pf, enum qatvf_life_request request);
void qatvf_life_close(struct qatvf_pf *pf);
enum qatvf_life_state qatvf_life_state(struct qatvf_pf *pf);

/* load.c */
int qatvf_load(struct qatvf_pf *pf);
int qatvf_load_start(struct qatvf_pf *pf);

/* mailbox.c */
void qatvf_mailbox_init(struct qatvf_pf *pf);
int qatvf_mailbox_start(struct qatvf_pf *pf);
void qatvf_mailbox_stop(struct qatvf_pf *pf);
void qatvf_mailbox_forget(struct qatvf_pf *pf);
void qatvf_mailbox_set_policy(struct qatvf_pf *pf, unsigned int nr,
			      enum qatvf_config_mailbox policy);
void qatvf_mailbox_kick(struct qatvf_pf *pf, unsigned int nr);

/* main.c */
unsigned int qatvf_num_vfs(void);
unsigned int qatvf_kernel_vfs(void);
int qatvf_own_rps(void);
void qatvf_report_ready(struct qatvf_pf *pf);

/* notify.c */
void qatvf_notify_reply(struct qatvf_vf_slot *vf, u32 word);
void qatvf_notify_fatal(struct qatvf_pf *pf);
void qatvf_notify_restarting(struct qatvf_pf *pf, bool hold);
void qatvf_notify_restarted(struct qatvf_pf *pf);

/* own_rings.c */
void qatvf_own_rings_init(struct qatvf_pf *pf);
int qatvf_own_rings_start(struct qatvf_pf *pf);
void qatvf_own_rings_stop(struct qatvf_pf *pf);
int qatvf_own_rings_recover(struct qatvf_pf *pf);
bool qatvf_own_rings_used(void);

/* power.c */
void qatvf_power_init(struct qatvf_pf *pf);
int qatvf_power_up(struct qatvf_pf *pf);
int qatvf_power_manage(struct qatvf_pf *pf);
void qatvf_power_unmanage(struct qatvf_pf *pf);
void qatvf_power_event(struct qatvf_pf *pf);

/* ras.c */
int qatvf_ras_start(struct qatvf_pf *pf);
void qatvf_ras_stop(struct qatvf_pf *pf);
void qatvf_ras_handle(struct qatvf_pf *pf);
void qatvf_ras_reset_counters(struct qatvf_pf *pf);

/* reset.c */
int qatvf_reset_begin(struct qatvf_pf *pf);
void qatvf_reset_end(struct qatvf_pf *pf);

/* ring_pair.c */
int qatvf_ring_pairs_clear(struct qatvf_pf *pf);
int qatvf_ring_pair_reset(struct qatvf_pf *pf, unsigned int rp);

/* services.c */
const struct qatvf_services *qatvf_services_find(const char *name);
const char *qatvf_services_default(void);
const char *qatvf_services_text(const struct qatvf_services *row, const char *name);
int qatvf_services_check(struct qatvf_pf *pf, const struct qatvf_services *row);
int qatvf_services_apply(struct qatvf_pf *pf);
u32 qatvf_services_threads(struct qatvf_pf *pf, unsigned int ae);
u32 qatvf_services_visible(struct qatvf_pf *pf, u8 services, u16 *ring_map);

/* sriov.c */
void qatvf_sriov_init(struct qatvf_pf *pf);
int qatvf_sriov_configure(struct pci_dev *pdev, int num);
void qatvf_sriov_disable(struct qatvf_pf *pf);
bool qatvf_sriov_lock_device(struct qatvf_pf *pf);
void qatvf_sriov_at_probe(struct qatvf_pf *pf);
void qatvf_sriov_cancel(struct qatvf_pf *pf);
int qatvf_sriov_module_init(void);
void qatvf_sriov_settle(void);
void qatvf_sriov_module_exit(void);

/* sysfs.c */
int qatvf_sysfs_add(struct qatvf_pf *pf);
void qatvf_sysfs_remove(struct qatvf_pf *pf);

/* sysfs_ras.c */
int qatvf_sysfs_ras_add(struct qatvf_pf *pf);
void qatvf_sysfs_ras_remove(struct qatvf_pf *pf);

#endif
