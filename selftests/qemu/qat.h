/*
 * Intel QuickAssist Gen4 (8086:4940 / 8086:4941): internal structures
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One physical function owns all state of the device: registers, engines,
 * ring pairs, mailboxes. A virtual function is only a window on four ring
 * pairs and one mailbox, plus its own PCI identity for DMA and MSI.
 *
 * Rules kept everywhere:
 *  - an MMIO handler never does DMA; it records and schedules a bottom half,
 *    so that a descriptor pointing back at the device cannot recurse;
 *  - whatever is read from guest memory is copied once, checked, and never
 *    read again;
 *  - work per bottom half run is bounded.
 */

#ifndef HW_MISC_QAT_H
#define HW_MISC_QAT_H

#include "qemu/units.h"

#include "hw/pci/pci.h"
#include "hw/pci/pcie.h"
#include "hw/pci/pcie_sriov.h"
#include "qemu/timer.h"
#include "qemu/main-loop.h"
#include "qemu/log.h"
#include "qemu/bswap.h"
#include "qom/object.h"

#define TYPE_QAT_PF "qat-4xxx"
#define TYPE_QAT_VF "qat-4xxx-vf"
OBJECT_DECLARE_SIMPLE_TYPE(QatPf, QAT_PF)
OBJECT_DECLARE_SIMPLE_TYPE(QatVf, QAT_VF)

#define QAT_NUM_BANKS      64
#define QAT_NUM_VFS        16
#define QAT_BANKS_PER_VF   4
#define QAT_NUM_ARBITERS   4
#define QAT_NUM_AES        9
#define QAT_ADMIN_AE       8
#define QAT_NUM_THREADS    8
#define QAT_NUM_CTX        8
#define QAT_MSIX_VECTORS   65
#define QAT_MISC_SOURCE    64
#define QAT_REQ_BYTES      128
#define QAT_RESP_BYTES     32
#define QAT_NUM_ERRSOU     4

/* What an engine, and so a ring pair, serves: follows from the image */
typedef enum QatService {
    QAT_SVC_NONE,
    QAT_SVC_SYM,
    QAT_SVC_ASYM,
    QAT_SVC_DC,
    QAT_SVC_ADMIN,
    QAT_SVC_KAT,
} QatService;

typedef struct QatStats {
    uint64_t mmio_reads;
    uint64_t mmio_writes;
    uint64_t doorbells;
    uint64_t interrupts;
    uint64_t requests;
    uint64_t responses;
    uint64_t errors;
    uint64_t unknown_accesses;
    uint64_t dma_faults;
} QatStats;

/* ---- registers as data (regs.c) ---- */

typedef struct QatRegInfo {
    const char *name;
    uint32_t offset;
    uint32_t stride;        /* between instances */
    uint16_t count;         /* instances, 0 means 1 */
    uint32_t reset;
    uint32_t wmask;         /* bits software may write */
    uint32_t w1c;           /* bits a written 1 clears */
    /* NULL: the stored value is the answer */
    uint32_t (*read)(QatPf *s, unsigned idx, uint32_t stored);
    /* runs after the store; val is what the guest wrote */
    void (*write)(QatPf *s, unsigned idx, uint32_t val);
} QatRegInfo;

typedef struct QatRegSlot {
    uint32_t offset;
    uint16_t info;
    uint16_t idx;
} QatRegSlot;

typedef struct QatRegSpace {
    const char *name;
    const QatRegInfo *info;
    unsigned num_info;
    QatRegSlot *slot;       /* sorted by offset */
    unsigned num_slots;
    uint32_t *val;          /* one per slot */
} QatRegSpace;

/* ---- ring pairs (ring.c) ---- */

typedef struct QatRing {
    uint32_t head;
    uint32_t tail;
    uint32_t config;
    uint32_t lbase;
    uint32_t ubase;
    bool full;              /* tells head == tail full from empty */
} QatRing;

typedef struct QatJob QatJob;

typedef struct QatBank {
    QatPf *pf;
    unsigned num;
    QatRing ring[2];        /* 0 requests, 1 responses */
    uint32_t stat;
    uint32_t int_flag_en;
    uint32_t int_flag;
    uint32_t int_srcsel;
    uint32_t int_srcsel1;
    uint32_t int_col_en;
    uint32_t int_col_ctl;
    uint32_t exp_stat;
    uint32_t exp_int_en;
    uint32_t arb_en;
    bool armed;
    bool irq;               /* RPINTSOU / VINTSOU bit */
    bool held;              /* RPRESETSTS bit 0: reset or drain complete */
    bool draining;
    QEMUTimer coal;
    bool coal_running;
    unsigned inflight;
    QTAILQ_HEAD(, QatJob) jobs;     /* dispatched, oldest first */
} QatBank;

/* ---- rate limiter (rl.c) ---- */

/* Kinds of tokens, in the order of the command's parameters */
#define QAT_RL_TOKENS      4

typedef struct QatRlNode QatRlNode;

struct QatRlNode {
    bool used;
    uint8_t svc;
    unsigned children;
    QatRlNode *parent;
    int64_t scan;           /* of the last refill */
    int64_t cir[QAT_RL_TOKENS], pir[QAT_RL_TOKENS];     /* for each scan */
    int64_t committed[QAT_RL_TOKENS], peak[QAT_RL_TOKENS];  /* buckets */
};

typedef struct QatRl {
    bool on;
    QatRlNode root[4];
    QatRlNode cluster[16];
    QatRlNode leaf[64];
    QatRlNode *of_rp[QAT_NUM_BANKS];
} QatRl;

typedef enum QatRlVerdict {
    QAT_RL_COMMITTED,       /* goes first */
    QAT_RL_EXCESS,          /* goes if nobody of the first kind can */
    QAT_RL_WAIT,
} QatRlVerdict;

typedef enum QatRlOp {
    QAT_RL_ADD,
    QAT_RL_UPDATE,
    QAT_RL_REMOVE,
} QatRlOp;

typedef struct QatRlCommand {
    QatRlOp op;
    uint16_t node;
    uint8_t type;
    uint8_t svc;
    uint8_t rps;
    uint64_t ptr;
    uint32_t len;
} QatRlCommand;

/* ---- telemetry (tl.c) ---- */

#define QAT_TL_SLOTS       4
#define QAT_SLICES_CPR     1
#define QAT_SLICES_XLT     1
#define QAT_SLICES_DCPR    3
#define QAT_SLICES_PKE     6
#define QAT_SLICES_UCS     2
#define QAT_SLICES_CPH     4
#define QAT_SLICES_ATH     4
#define QAT_SLICES_MAX     6

enum {
    QAT_TL_CPR, QAT_TL_XLT, QAT_TL_DCPR, QAT_TL_PKE, QAT_TL_UCS, QAT_TL_CPH,
    QAT_TL_ATH, QAT_TL_SLICE_TYPES
};

typedef struct QatTlCount {
    uint64_t bytes_in;      /* written to the host */
    uint64_t bytes_out;     /* read from it */
    uint64_t latency;       /* from fetch to answer, cycles */
    uint32_t latency_max;
    uint32_t puts;
    uint32_t reads;
    uint32_t partial;
} QatTlCount;

typedef struct QatTl {
    bool on;
    uint64_t page;
    uint8_t slot[QAT_TL_SLOTS];     /* ring pairs, 0xff: none */
    uint32_t published;
    int64_t since;          /* begin of the interval */
    QatTlCount device;
    QatTlCount rp[QAT_NUM_BANKS];
    unsigned next[QAT_TL_SLICE_TYPES];
    uint32_t exec[QAT_TL_SLICE_TYPES][QAT_SLICES_MAX];
    uint64_t busy_ns[QAT_TL_SLICE_TYPES][QAT_SLICES_MAX];
} QatTl;

/* One request inside the device; each engine thread holds at most one */
struct QatJob {
    bool busy;
    bool done;
    bool cancelled;         /* its bank was reset */
    QatBank *bank;
    QatService svc;
    uint8_t ae;
    uint8_t thread;
    int64_t fetched;
    int64_t due;
    uint64_t work_ns;       /* of the device's time, without waiting */
    uint32_t req_len;
    uint8_t req[QAT_REQ_BYTES];
    uint8_t resp[QAT_RESP_BYTES];
    QTAILQ_ENTRY(QatJob) next;
};

/* ---- firmware and engines (fcu.c, image.c, engine.c) ---- */

typedef struct QatImage {
    bool valid;
    bool mmp;
    uint32_t ae_mask;
    uint32_t ctx_enables;
    QatService svc;
    char name[64];
} QatImage;

typedef struct QatAe {
    QatPf *pf;
    bool loaded;
    bool running;
    QatService svc;
    char image[64];
    uint32_t ctx_enables;   /* what START writes to CTX_ENABLES */
    uint32_t csr[256];
    uint32_t ctx[QAT_NUM_CTX][256]; /* indirect CSRs, by context */
    uint32_t xfer[256];
    uint32_t profile_count;
    bool init_done;
    bool chain_init;
    uint16_t cnv_errors;    /* compress and verify: failures, the last one */
    uint16_t cnv_latest;
    uint64_t hb_page;
    uint32_t hb_ticks;
    bool hb_on;
    uint64_t time_syncs;    /* messages of the time base, the last one's count */
    uint32_t time_count;
    uint64_t requests;
    uint64_t responses;
    uint16_t hb_req[QAT_NUM_THREADS];
    uint16_t hb_resp[QAT_NUM_THREADS];
    QEMUTimer admin_timer;  /* delayed answers of a fault knob */
    QatJob job[QAT_NUM_THREADS];
} QatAe;

/* ---- faults (fault.c) ---- */

typedef struct QatFault QatFault;

typedef struct QatFaultMatch {
    const char *op;         /* what happens at this boundary */
    int64_t cmd, ae, reg, vf, bank, vec;
} QatFaultMatch;

/* Fields a knob leaves open match anything */
#define QAT_FAULT_ANY (-1)
#define QAT_FAULT_MATCH_ANY \
    .cmd = QAT_FAULT_ANY, .ae = QAT_FAULT_ANY, .reg = QAT_FAULT_ANY, \
    .vf = QAT_FAULT_ANY, .bank = QAT_FAULT_ANY, .vec = QAT_FAULT_ANY

struct QatFault {
    char *kind;
    char *mode;
    char *op;
    char *regname;
    int64_t cmd, ae, reg, vf, bank, vec;
    uint64_t val;
    uint32_t ms;
    uint32_t nth;           /* first match that fires, from 1 */
    uint32_t times;         /* how often, 0 = for ever */
    uint32_t hits;
    uint32_t fired;
    QTAILQ_ENTRY(QatFault) next;
};

/* ---- functions ---- */

struct QatVf {
    PCIDevice parent_obj;
    QatPf *pf;
    unsigned num;
    MemoryRegion etr;
    MemoryRegion pmisc;
    MemoryRegion uq;
    QatStats stats;
};

struct QatPf {
    PCIDevice parent_obj;

    MemoryRegion aram;      /* BAR 0 */
    MemoryRegion pmisc;     /* BAR 2: container of registers and MSI-X */
    MemoryRegion pmisc_io;
    MemoryRegion etr;       /* BAR 4 */

    QatRegSpace sp_aram;
    QatRegSpace sp_pmisc;
    QatRegSpace sp_etr;

    QatBank bank[QAT_NUM_BANKS];
    QatAe ae[QAT_NUM_AES];
    QatVf *vf[QAT_NUM_VFS];

    /* FCU */
    QEMUBH *fcu_bh;
    uint32_t fcu_cmd;
    QEMUTimer fcu_timer;
    QatImage image;         /* what the last AUTH accepted */
    uint32_t fcu_status;

    /* admin */
    QEMUBH *admin_bh;
    uint32_t admin_pending; /* engines with an unread request */
    uint32_t admin_stuck;   /* engines that will not answer any more */
    uint8_t constants[1024];
    bool have_constants;
    uint32_t pm_idle_filter;
    uint32_t pm_host_msgs;
    QEMUTimer pm_timer;
    bool pm_told;           /* the driver knows that the device is idle */
    bool pm_min;            /* minimal power */
    QatRl rl;
    QatTl tl;
    QatBank *tl_bank;       /* whose work causes DMA now, or NULL */

    /* interrupts */
    uint32_t vm2pf_last;
    uint32_t errsou_last[QAT_NUM_ERRSOU];
    uint32_t vf_last[QAT_NUM_VFS];

    /* dispatch */
    QEMUBH *work_bh;
    QEMUTimer work_timer;
    unsigned next_bank[QAT_RL_WAIT];    /* by class */
    int64_t svc_free_at[QAT_SVC_KAT + 1];
    unsigned next_ae;
    uint8_t *scratch;
    size_t scratch_len;

    /* faults and counters */
    QTAILQ_HEAD(, QatFault) faults;
    char *faults_text;
    GString *faults_log;
    uint32_t faults_seq;
    QatStats stats;

    /* properties */
    uint32_t fusectl[6];
    uint32_t vffusectl1;
    uint16_t total_vfs;
    uint16_t device_id;
    uint16_t fw_caps;
    char *fw_trust;
    char *fw_key_hash;
    uint32_t latency_ns;
    uint64_t sym_mbps;
    uint64_t asym_ops;
    uint64_t dc_mbps;
    bool pm_idle;
    bool trace;
};

/* regs.c */
void qat_regs_init(QatRegSpace *sp, const char *name,
                   const QatRegInfo *info, unsigned num_info);
void qat_regs_exit(QatRegSpace *sp);
void qat_regs_reset(QatRegSpace *sp);
uint32_t *qat_reg(QatRegSpace *sp, uint32_t offset);
uint64_t qat_regs_read(QatPf *s, QatRegSpace *sp, hwaddr addr, unsigned size);
void qat_regs_write(QatPf *s, QatRegSpace *sp, hwaddr addr, uint64_t val,
                    unsigned size);
const char *qat_reg_name(QatRegSpace *sp, uint32_t offset, unsigned *idx);
bool qat_access_ok(QatPf *s, QatStats *st, const char *where, hwaddr addr,
                   unsigned size, bool is_write);
void qat_unknown(QatPf *s, QatStats *st, const char *where, hwaddr addr,
                 bool is_write);
void qat_trace(QatPf *s, const char *fmt, ...) G_GNUC_PRINTF(2, 3);

/* ldl_le_p() is signed, which a 64-bit address must not see */
static inline uint32_t qat_get32(const void *p)
{
    return (uint32_t)ldl_le_p(p);
}

/* Direct access to a PMISC register's stored value */
static inline uint32_t *qat_pmisc(QatPf *s, uint32_t offset)
{
    return qat_reg(&s->sp_pmisc, offset);
}

/* regs-pmisc.c, regs-etr.c, regs-aram.c */
void qat_pmisc_init(QatPf *s);
void qat_etr_init(QatPf *s);
void qat_aram_init(QatPf *s);
extern const MemoryRegionOps qat_pmisc_ops;
extern const MemoryRegionOps qat_etr_ops;
extern const MemoryRegionOps qat_aram_ops;

/* pf.c */
PCIDevice *qat_bank_owner(QatBank *b);
QatStats *qat_bank_stats(QatBank *b);
bool qat_bus_master(PCIDevice *dev);
bool qat_dma_read(QatPf *s, PCIDevice *dev, uint64_t addr, void *buf,
                  size_t len);
bool qat_dma_write(QatPf *s, PCIDevice *dev, uint64_t addr, const void *buf,
                   size_t len);

/* map.c */
bool qat_map_pause(PCIDevice *dev, uint32_t addr, uint32_t val, int len);
void qat_map_resume(PCIDevice *dev);

/* vf.c */
void qat_vf_clear_state(QatPf *s, unsigned vf);

/* engine.c */
uint64_t qat_ae_read(QatPf *s, hwaddr addr);
void qat_ae_write(QatPf *s, hwaddr addr, uint32_t val);
bool qat_is_ae_addr(hwaddr addr);
bool qat_ae_clocked(QatPf *s, unsigned ae);
void qat_ae_reset(QatPf *s, unsigned ae);
void qat_ae_start(QatPf *s, unsigned ae);
uint32_t qat_ae_present_mask(QatPf *s);
void qat_cap_reset_write(QatPf *s, unsigned idx, uint32_t val);
void qat_cap_clock_write(QatPf *s, unsigned idx, uint32_t val);

/* fcu.c, image.c */
void qat_fcu_init(QatPf *s);
void qat_fcu_exit(QatPf *s);
void qat_fcu_reset(QatPf *s);
uint32_t qat_fcu_status_read(QatPf *s, unsigned idx, uint32_t stored);
uint32_t qat_fcu_loaded_read(QatPf *s, unsigned idx, uint32_t stored);
void qat_fcu_control_write(QatPf *s, unsigned idx, uint32_t val);

#define QAT_CSS_BYTES        128
#define QAT_KEY_BYTES        384
#define QAT_SIG_BYTES        384
#define QAT_AE_PAYLOAD_MIN   952
#define QAT_AE_PAYLOAD_MAX   132024
#define QAT_MMP_PAYLOAD_MAX  0x30000

bool qat_image_verify(const char *trust, const char *key_hashes,
                      const uint8_t *css, const uint8_t *modulus,
                      uint32_t exponent, const uint8_t *sig,
                      const uint8_t *payload, size_t payload_len,
                      const char **why);
bool qat_image_trust_valid(const char *trust, const char *key_hashes,
                           Error **errp);

/* admin.c */
void qat_admin_init(QatPf *s);
void qat_admin_exit(QatPf *s);
void qat_admin_reset(QatPf *s);
void qat_admin_kick(QatPf *s, unsigned ae);
char *qat_admin_time_base(QatPf *s);

/* rl.c */
QatRlVerdict qat_rl_judge(QatPf *s, QatBank *b);
void qat_rl_charge(QatPf *s, QatJob *job, uint64_t ns);
int64_t qat_rl_next(void);
bool qat_rl_init_cmd(QatPf *s);
bool qat_rl_command(QatPf *s, const QatRlCommand *c);
void qat_rl_reset(QatPf *s);

/* tl.c */
void qat_slice_counts(uint8_t *out);
void qat_tl_dma(QatPf *s, QatBank *bank, uint64_t addr, size_t len,
                bool to_host);
void qat_tl_done(QatPf *s, const QatJob *job);
void qat_tl_sync(QatPf *s);
bool qat_tl_start(QatPf *s, uint64_t page, uint32_t rps);
void qat_tl_stop(QatPf *s);

/* pfvf.c */
uint32_t qat_vintsou_read(QatPf *s, unsigned vf, uint32_t stored);
uint32_t qat_vintsoupf2vm_read(QatPf *s, unsigned vf, uint32_t stored);
uint32_t qat_vm2pf_sou_read(QatPf *s, unsigned idx, uint32_t stored);
void qat_vint_write(QatPf *s, unsigned vf, uint32_t val);
void qat_vm2pf_msk_write(QatPf *s, unsigned idx, uint32_t val);
void qat_mailbox_store(QatPf *s, unsigned vf, bool to_pf, bool by_sender,
                       uint32_t val);
void qat_pf2vm_pf_write(QatPf *s, unsigned vf, uint32_t val);
void qat_vm2pf_pf_write(QatPf *s, unsigned vf, uint32_t val);
uint64_t qat_vf_pmisc_read(QatVf *v, hwaddr addr, unsigned size);
void qat_vf_pmisc_write(QatVf *v, hwaddr addr, uint64_t val, unsigned size);

#define QAT_VINTSOU(vf)       (0x40b000 + 0x20 * (vf))
#define QAT_VINTMSK(vf)       (0x40b004 + 0x20 * (vf))
#define QAT_VINTSOUPF2VM(vf)  (0x40b008 + 0x20 * (vf))
#define QAT_VINTMSKPF2VM(vf)  (0x40b00c + 0x20 * (vf))
#define QAT_PF2VM(vf)         (0x40b010 + 0x20 * (vf))
#define QAT_VM2PF(vf)         (0x40b014 + 0x20 * (vf))

/* irq.c */
void qat_irq_reset(QatPf *s);
void qat_irq_misc_update(QatPf *s, bool mask_written);
void qat_irq_vf_update(QatPf *s, unsigned vf, bool mask_written);
void qat_irq_bank_raise(QatBank *b);
void qat_irq_bank_unmask(QatPf *s, unsigned first, unsigned count);
void qat_irq_spurious(QatPf *s, PCIDevice *dev, unsigned vec);

/* ras.c */
uint32_t qat_errsou(QatPf *s, unsigned n);
uint32_t qat_errsou_read(QatPf *s, unsigned idx, uint32_t stored);
void qat_ras_source_write(QatPf *s, unsigned idx, uint32_t val);
void qat_errmsk_write(QatPf *s, unsigned idx, uint32_t val);
void qat_cfc_clear_write(QatPf *s, unsigned idx, uint32_t val);
void qat_ras_inject(QatPf *s, uint32_t offset, uint32_t val);

/* pm.c */
void qat_pm_interrupt_write(QatPf *s, unsigned idx, uint32_t val);
void qat_pm_host_msg_write(QatPf *s, unsigned idx, uint32_t val);
bool qat_pm_pending(QatPf *s);
void qat_pm_active(QatPf *s);
void qat_pm_reset(QatPf *s);
void qat_pm_init(QatPf *s);

/* ring.c */
void qat_bank_init(QatPf *s, unsigned num);
void qat_bank_exit(QatBank *b);
void qat_bank_reset(QatBank *b);
uint32_t qat_bank_read(QatBank *b, QatStats *st, uint32_t off);
void qat_bank_write(QatBank *b, QatStats *st, uint32_t off, uint32_t val);
uint32_t qat_ring_bytes(const QatRing *r);
uint64_t qat_ring_base(const QatRing *r);
uint32_t qat_ring_used(const QatRing *r);
bool qat_ring_usable(const QatRing *r);
bool qat_bank_has_room(QatBank *b);
void qat_ring_advance_head(QatRing *r, uint32_t bytes);
void qat_ring_advance_tail(QatRing *r, uint32_t bytes);
void qat_bank_halt(QatBank *b, const char *why);
void qat_bank_irq_update(QatBank *b);
void qat_bank_response_added(QatBank *b, bool was_empty);
uint32_t qat_rpintsou_read(QatPf *s, unsigned bank, uint32_t stored);
void qat_rpreset_write(QatPf *s, unsigned bank, uint32_t val);
uint32_t qat_rpresetsts_read(QatPf *s, unsigned bank, uint32_t stored);
void qat_rpresetsts_write(QatPf *s, unsigned bank, uint32_t val);
void qat_bank_drain_check(QatBank *b);

/* dispatch.c: arbiter and engine threads */
void qat_dispatch_init(QatPf *s);
void qat_dispatch_exit(QatPf *s);
void qat_dispatch_reset(QatPf *s);
void qat_dispatch_kick(QatPf *s);
void qat_dispatch_cancel_bank(QatBank *b);
void qat_arbiter_write(QatPf *s, unsigned idx, uint32_t val);

/* response.c: the parts of a request all services share */
#define QAT_ST_OK           0x00
#define QAT_ST_CRYPTO       0x80
#define QAT_ST_UNSUPPORTED  0x84
#define QAT_ST_INVALID      0x82
#define QAT_ST_COMP         0x20
#define QAT_ST_LAST_BLOCK   0x08
#define QAT_ST_UNSUPPORTED_BIT 0x04
#define QAT_ST_INVALID_BIT  0x02
#define QAT_ERR_NONE        0
#define QAT_ERR_OTHER       ((uint8_t)-50)
#define QAT_ERR_ENDPOINT    ((uint8_t)-17)
#define QAT_ERR_HANG        ((uint8_t)-16)

void qat_execute(QatPf *s, QatJob *job, PCIDevice *dev);
uint32_t qat_job_bytes(const QatJob *job);

/* sym.c */
void qat_sym_execute(QatPf *s, PCIDevice *dev, const uint8_t *req,
                     uint8_t *status, uint8_t *err);

/* dc.c */
void qat_dc_execute(QatPf *s, QatJob *job, PCIDevice *dev);

/* pke.c */
void qat_pke_execute(QatPf *s, PCIDevice *dev, uint8_t *req, uint8_t *status,
                     uint8_t *err);

/* fault.c */
void qat_fault_init(QatPf *s);
void qat_fault_exit(QatPf *s);
bool qat_fault_set(QatPf *s, const char *text, Error **errp);
QatFault *qat_fault(QatPf *s, const char *kind, const QatFaultMatch *m);
bool qat_fault_reg(QatPf *s, const char *op, const char *name, hwaddr addr,
                   uint32_t *val);

/* stats.c */
void qat_stats_add_props(Object *obj, QatStats *st);

#endif /* HW_MISC_QAT_H */
