/*
 * Intel QuickAssist Gen4: BAR 2, the PMISC register map
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table follows chapter 01 of the reference, sections 6.1 to 6.4, in
 * order of address. Engine windows (0x600000..0x608fff) are decoded by
 * arithmetic in engine.c, the MSI-X table by QEMU's own MSI-X code.
 */

#include "qemu/osdep.h"
#include "qat.h"

#define RO(n, o)            { .name = n, .offset = o }
#define RW(n, o, m, r)      { .name = n, .offset = o, .wmask = m, .reset = r }
#define W1C(n, o, m)        { .name = n, .offset = o, .w1c = m, \
                              .write = qat_ras_source_write }

/* A group of five per-slice registers; the middle one, WAT_WCP, is unused */
#define SLICES_W1C(n, o) \
    W1C(n "_ATH_CPH", o, 0x000f000f), W1C(n "_CPR_XLT", o + 4, 0x00010001), \
    W1C(n "_WAT_WCP", o + 8, 0xffffffff), \
    W1C(n "_DCPR_UCS", o + 0xc, 0x00030007), \
    W1C(n "_PKE", o + 0x10, 0x0000003f)
#define SLICES_MASK(n, o) \
    RW(n "_ATH_CPH", o, 0x000f000f, 0x000f000f), \
    RW(n "_CPR_XLT", o + 4, 0x00010001, 0x00010001), \
    RW(n "_WAT_WCP", o + 8, 0xffffffff, 0), \
    RW(n "_DCPR_UCS", o + 0xc, 0x00030007, 0x00030007), \
    RW(n "_PKE", o + 0x10, 0x3f, 0x3f)

static uint32_t qat_write_only(QatPf *s, unsigned idx, uint32_t stored)
{
    return 0;
}

static void qat_rpintmsk_write(QatPf *s, unsigned bank, uint32_t val)
{
    qat_irq_bank_unmask(s, bank, 1);
}

static void qat_rp_x0_write(QatPf *s, unsigned idx, uint32_t val)
{
    qat_irq_bank_unmask(s, 0, 32);
}

static void qat_rp_x1_write(QatPf *s, unsigned idx, uint32_t val)
{
    qat_irq_bank_unmask(s, 32, 32);
}

static const QatRegInfo qat_pmisc_regs[] = {
    /* SSM block */
    RW("INTMASKSSM", 0x000, 0xffffffff, 0x3f),
    RO("INTSTATSSM", 0x004),
    W1C("PPERR", 0x008, 0x3),
    RO("PPERRID", 0x00c),
    { .name = "CERRSSMSH", .offset = 0x010, .wmask = 0x8, .w1c = 0x1,
      .write = qat_ras_source_write },
    RO("CERRSSMSHAD", 0x014),
    W1C("UERRSSMSH", 0x018, 0x00008001),
    RO("UERRSSMSHAD", 0x01c),
    W1C("IAINTSTATSSM", 0x028, 0x1ff),
    RW("SLICEPWRDOWN", 0x02c, 0xffffffff, 0),
    RW("SSMWDTL", 0x054, 0xffffffff, 0),
    RW("SSMWDTPKEL", 0x058, 0xffffffff, 0),
    RW("SSMWDTH", 0x05c, 0xffffffff, 0),
    RW("SSMWDTPKEH", 0x060, 0xffffffff, 0),
    SLICES_W1C("SLICEHANGSTATUS", 0x084),
    W1C("SSMSOFTERRORPARITY_SRC", 0x09c, 0x1),
    SLICES_W1C("SSMSOFTERRORPARITY", 0x0a0),
    RW("SSMSOFTERRORPARITYMASK_SRC", 0x0b8, 0x1, 0x1),
    SLICES_MASK("SSMSOFTERRORPARITYMASK", 0x0bc),
    SLICES_MASK("SHINTMASKSSM", 0x0f0),
    RW("SSMFEATREN", 0x198, 0xffffffff, 0),
    RO("SLPAGEFWDERR", 0x19c),
    SLICES_W1C("SPPPULLCMDPARERR", 0x1a4),
    SLICES_W1C("SPPPULLDATAPARERR", 0x1bc),
    SLICES_W1C("SPPPUSHCMDPARERR", 0x1d4),
    SLICES_W1C("SPPPUSHDATAPARERR", 0x1ec),
    SLICES_MASK("SPPPARERRMSK", 0x204),
    W1C("SSMCPPERR", 0x224, 0x3f),
    RO("BFMGRERROR", 0x3e0),
    RO("FW_ERR_STATUS", 0x440),
    RO("RSRCMGRERROR", 0x448),
    W1C("SER_ERR_SSMSH", 0x44c, 0x7fff),
    RW("SER_EN_SSMSH", 0x450, 0x7f, 0),
    /* the out-of-tree driver's ARAM accesses land here: inert storage */
    RW("ARAM_ALIAS_1700", 0x1700, 0xffffffff, 0),
    RW("ARAM_ALIAS_1704", 0x1704, 0xffffffff, 0),
    RW("ARAM_ALIAS_1710", 0x1710, 0xffffffff, 0),
    RW("ARAM_ALIAS_1728", 0x1728, 0xffffffff, 0),
    RW("ARAM_ALIAS_172C", 0x172c, 0xffffffff, 0),
    RW("ARAM_ALIAS_1730", 0x1730, 0xffffffff, 0),
    RW("ARAM_ALIAS_173C", 0x173c, 0xffffffff, 0),
    RW("ARAM_ALIAS_1740", 0x1740, 0xffffffff, 0),
    RW("ARAM_ALIAS_1808", 0x1808, 0xffffffff, 0),
    W1C("EXPRPSSMCPR", 0x2000, 0xffffffff),
    W1C("EXPRPSSMXLT", 0xa000, 0xffffffff),
    { .name = "EXPRPSSMDCPR", .offset = 0x12000, .stride = 0x80, .count = 3,
      .w1c = 0xffffffff, .write = qat_ras_source_write },

    /* ring pair interrupts */
    { .name = "RPINTSOU", .offset = 0x200000, .stride = 0x1000,
      .count = QAT_NUM_BANKS, .read = qat_rpintsou_read },
    { .name = "RPINTMSK", .offset = 0x200004, .stride = 0x1000,
      .count = QAT_NUM_BANKS, .wmask = 0x1, .write = qat_rpintmsk_write },
    /* routing: the reset value, identity, is set by qat_irq_reset() */
    { .name = "MSIX_RTTABLE", .offset = 0x409000, .stride = 4,
      .count = QAT_MSIX_VECTORS, .wmask = 0xffffffff },

    /* VF interrupt and mailbox registers, PF view */
    { .name = "VINTSOU", .offset = QAT_VINTSOU(0), .stride = 0x20,
      .count = QAT_NUM_VFS, .read = qat_vintsou_read },
    { .name = "VINTMSK", .offset = QAT_VINTMSK(0), .stride = 0x20,
      .count = QAT_NUM_VFS, .wmask = 0xf, .write = qat_vint_write },
    { .name = "VINTSOUPF2VM", .offset = QAT_VINTSOUPF2VM(0), .stride = 0x20,
      .count = QAT_NUM_VFS, .read = qat_vintsoupf2vm_read },
    { .name = "VINTMSKPF2VM", .offset = QAT_VINTMSKPF2VM(0), .stride = 0x20,
      .count = QAT_NUM_VFS, .wmask = 0x1, .write = qat_vint_write },
    { .name = "PF2VM", .offset = QAT_PF2VM(0), .stride = 0x20,
      .count = QAT_NUM_VFS, .write = qat_pf2vm_pf_write },
    { .name = "VM2PF", .offset = QAT_VM2PF(0), .stride = 0x20,
      .count = QAT_NUM_VFS, .write = qat_vm2pf_pf_write },
    { .name = "VRSVD0", .offset = 0x40b018, .stride = 0x20,
      .count = QAT_NUM_VFS },
    { .name = "VRSVD1", .offset = 0x40b01c, .stride = 0x20,
      .count = QAT_NUM_VFS },
    { .name = "IMS", .offset = 0x410000, .stride = 4, .count = 256,
      .wmask = 0xffffffff },

    /* interrupt masks and error sources */
    { .name = "SMIAPF_RP_X0_MASK", .offset = 0x41a040, .wmask = 0xffffffff,
      .reset = 0xffffffff, .write = qat_rp_x0_write },
    { .name = "SMIAPF_RP_X1_MASK", .offset = 0x41a044, .wmask = 0xffffffff,
      .reset = 0xffffffff, .write = qat_rp_x1_write },
    RO("SINTPF", 0x41a080),
    { .name = "SMIAPF_MASK", .offset = 0x41a084, .wmask = 0x1, .reset = 0x1,
      .write = qat_errmsk_write },
    { .name = "VM2PF_SOU", .offset = 0x41a180, .read = qat_vm2pf_sou_read },
    { .name = "VM2PF_MSK", .offset = 0x41a1c0, .wmask = 0xffff,
      .reset = 0xffff, .write = qat_vm2pf_msk_write },
    { .name = "ERRSOU", .offset = 0x41a200, .stride = 4,
      .count = QAT_NUM_ERRSOU, .read = qat_errsou_read },
    { .name = "ERRMSK0", .offset = 0x41a210, .wmask = 0xffffffff,
      .reset = 0x1, .write = qat_errmsk_write },
    { .name = "ERRMSK1", .offset = 0x41a214, .wmask = 0xffffffff,
      .reset = 0x1f, .write = qat_errmsk_write },
    { .name = "ERRMSK2", .offset = 0x41a218, .wmask = 0xffffffff,
      .reset = 0x4001f, .write = qat_errmsk_write },
    { .name = "ERRMSK3", .offset = 0x41a21c, .wmask = 0xffffffff,
      .reset = 0x3ff, .write = qat_errmsk_write },
    W1C("HIAEUNCERRLOG_CPP0", 0x41a300, 0x1ff),
    W1C("HIAECORERRLOG_CPP0", 0x41a308, 0x1ff),
    W1C("HICPPAGENTCMDPARERRLOG", 0x41a310, 0x1f),
    RW("HICPPAGENTCMDPARERRLOGENABLE", 0x41a314, 0x1f, 0),
    RW("HIAECORERRLOGENABLE_CPP0", 0x41a318, 0x1ff, 0),
    RW("HIAEUNCERRLOGENABLE_CPP0", 0x41a320, 0x1ff, 0),
    RW("RICPPINTCTL", 0x41a32c, 0x1f, 0),
    W1C("RICPPINTSTS", 0x41a330, 0xf),
    RO("RIERRPUSHID", 0x41a334),
    RO("RIERRPULLID", 0x41a338),
    W1C("RIMEM_PARERR_STS", 0x41b128, 0x5fffffff),
    RW("RI_MEM_PAR_ERR_EN0", 0x41b12c, 0xffffffff, 0),
    RO("RI_MEM_PAR_ERR_FERR", 0x41b130),
    W1C("RIMISCSTS", 0x41b1b8, 0x1),
    RW("RIMISCCTL", 0x41b1bc, 0x1, 0),

    /* transport interface */
    RO("AT_EXCEP_STS", 0x50502c),
    RO("AT_PAR_STS", 0x50560c),
    RO("AT_SC_PAR_STS", 0x505618),
    RO("AT_SRT_PAR_STS", 0x505624),
    RO("AT_PAYLOAD_PAR_STS", 0x505630),
    RO("AT_GLOBAL0_PAR_STS", 0x50563c),
    RO("AT_GLOBAL1_PAR_STS", 0x505644),
    RW("TICPPINTCTL", 0x500538, 0x1f, 0),
    W1C("TICPPINTSTS", 0x50053c, 0x7),
    RO("TIERRPUSHID", 0x500540),
    RO("TIERRPULLID", 0x500544),
    RW("TIMISCCTL", 0x500548, 0xffffffff, 0),
    RO("TIMISCSTS", 0x50054c),
    RO("TIERRPPID", 0x500550),
    RW("ADMINMSGUR", 0x500574, 0xffffffff, 0),
    RW("ADMINMSGLR", 0x500578, 0xffffffff, 0),
    RO("TI_MEM_PAR_ERR_FIRST_ERROR", 0x500600),
    RW("TI_CI_PAR_ERR_MASK", 0x500608, 0xffffffff, 0x8b),
    W1C("TI_CI_PAR_STS", 0x50060c, 0x8b),
    RW("TI_PULL0FUB_PAR_ERR_MASK", 0x500614, 0xffffffff, 0x7ff7),
    W1C("TI_PULL0FUB_PAR_STS", 0x500618, 0x7ff7),
    RW("TI_PUSHFUB_PAR_ERR_MASK", 0x50062c, 0xffffffff, 0x7f7),
    W1C("TI_PUSHFUB_PAR_STS", 0x500630, 0x7f7),
    RW("TI_CD_PAR_ERR_MASK", 0x500638, 0xffffffff, 0x03ffffff),
    W1C("TI_CD_PAR_STS", 0x50063c, 0x03ffffff),
    RW("TI_TRNSB_PAR_ERR_MASK", 0x500644, 0xffffffff, 0x003fffff),
    W1C("TI_TRNSB_PAR_STS", 0x500648, 0x003fffff),
    RW("RL_PAR_ERR_MASK", 0x500650, 0xffffffff, 0xf),
    W1C("RL_PAR_STS", 0x500654, 0xf),
    RW("QM_PAR_ERR_MASK", 0x50065c, 0xffffffff, 0x000fffff),
    W1C("QM_PAR_STS", 0x500660, 0x000fffff),
    { .name = "ATUFAULTSTATUS", .offset = 0x506000, .stride = 4,
      .count = QAT_NUM_BANKS, .w1c = 0xf, .write = qat_ras_source_write },

    /* rate limiting */
    { .name = "RL_RING2LEAF", .offset = 0x508000, .stride = 4, .count = 64,
      .wmask = 0x3f },
    RW("RL_TOKEN_PCIEIN_BUCKET", 0x508800, 0xffffffff, 0),
    RW("RL_TOKEN_PCIEOUT_BUCKET", 0x508804, 0xffffffff, 0),
    W1C("RLT_ERRLOG", 0x508814, 0xf),
    { .name = "RL_CLUSTER2SERVICE", .offset = 0x508818, .stride = 4,
      .count = 16, .wmask = 0x3 },
    { .name = "RL_LEAF2CLUSTER", .offset = 0x509000, .stride = 4,
      .count = 64, .wmask = 0xf },

    /* power management */
    RO("PM_FW_INIT", 0x50a000),
    RO("PM_PWRREQ", 0x50a008),
    RO("PM_STATUS", 0x50a00c),
    { .name = "PM_HOST_MSG", .offset = 0x50a01c, .wmask = 0x1fffffff,
      .write = qat_pm_host_msg_write },
    RO("PM_THREAD", 0x50a020),
    { .name = "PM_INTERRUPT", .offset = 0x50a028, .wmask = 0x001c0000,
      .w1c = 0x7, .write = qat_pm_interrupt_write },

    /* global engine control */
    { .name = "ICP_RESET_CPP0", .offset = 0x640938, .wmask = 0x100015,
      .reset = 0x100015, .write = qat_cap_reset_write },
    { .name = "ICP_GLOBAL_CLK_ENABLE_CPP0", .offset = 0x640964,
      .wmask = 0x100015, .write = qat_cap_clock_write },
    RW("MISC_CONTROL", 0x640aa0, 0xffffffff, 0),
    RW("CPP_CFC_ERR_CTRL", 0x640c00, 0xffffffff, 0),
    RO("CPP_CFC_ERR_STATUS", 0x640c04),
    { .name = "CPP_CFC_ERR_STATUS_CLR", .offset = 0x640c08,
      .read = qat_write_only, .write = qat_cfc_clear_write },
    RO("CPP_CFC_ERR_PPID_LO", 0x640c0c),
    RO("CPP_CFC_ERR_PPID_HI", 0x640c10),

    /* firmware control unit */
    { .name = "FCU_CONTROL", .offset = 0x641000, .wmask = 0xffffffff,
      .write = qat_fcu_control_write },
    { .name = "FCU_STATUS", .offset = 0x641004,
      .read = qat_fcu_status_read },
    RW("FCU_ME_BROADCAST_MASK_TYPE", 0x641008, 0xffffffff, 0),
    { .name = "FCU_AE_LOADED", .offset = 0x641010,
      .read = qat_fcu_loaded_read },
    RW("FCU_DRAM_ADDR_LO", 0x641014, 0xffffffff, 0),
    RW("FCU_DRAM_ADDR_HI", 0x641018, 0xffffffff, 0),
};

void qat_pmisc_init(QatPf *s)
{
    qat_regs_init(&s->sp_pmisc, "PMISC", qat_pmisc_regs,
                  ARRAY_SIZE(qat_pmisc_regs));
}

static uint64_t qat_pmisc_read(void *opaque, hwaddr addr, unsigned size)
{
    QatPf *s = opaque;

    if (!qat_access_ok(s, &s->stats, "PMISC", addr, size, false)) {
        return 0;
    }
    if (qat_is_ae_addr(addr)) {
        return qat_ae_read(s, addr);
    }
    return qat_regs_read(s, &s->sp_pmisc, addr, size);
}

static void qat_pmisc_write(void *opaque, hwaddr addr, uint64_t val,
                            unsigned size)
{
    QatPf *s = opaque;

    if (!qat_access_ok(s, &s->stats, "PMISC", addr, size, true)) {
        return;
    }
    if (qat_is_ae_addr(addr)) {
        qat_ae_write(s, addr, val);
    } else {
        qat_regs_write(s, &s->sp_pmisc, addr, val, size);
    }
}

const MemoryRegionOps qat_pmisc_ops = {
    .read = qat_pmisc_read,
    .write = qat_pmisc_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = { .min_access_size = 1, .max_access_size = 8,
               .unaligned = true },
    .impl = { .min_access_size = 1, .max_access_size = 8,
              .unaligned = true },
};
