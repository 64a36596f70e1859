/*
 * Intel QuickAssist Gen4: the physical function as a PCI device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Capabilities, BARs, fuses, properties, function level reset and the DMA
 * entry points. Reference: 01 sections 3, 4 and 12.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "hw/pci/msix.h"
#include "hw/pci/pcie_aer.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "qat.h"
#include <gcrypt.h>

#define QAT_VENDOR          0x8086
#define QAT_REVISION        0x40
#define CAP_MSIX            0x50
#define CAP_EXP             0x80
#define CAP_AER             0x100
#define CAP_SRIOV           0x150
#define CAP_ARI             0x200
#define CAP_ACS             0x220
#define CFG_IOSF_PRIR       0x2c0
#define CFG_FUSECTL0        0x2c8

#define ARAM_SIZE           (512 * KiB)
#define PMISC_SIZE          (8 * MiB)
#define ETR_SIZE            (2 * MiB)
#define VF_ETR_SIZE         (32 * KiB)
#define VF_PMISC_SIZE       (8 * KiB)
#define VF_UQ_SIZE          (32 * KiB)
#define MSIX_TABLE          0x400000
#define MSIX_PBA            0x408000

#define BAR_TYPE            (PCI_BASE_ADDRESS_SPACE_MEMORY | \
                             PCI_BASE_ADDRESS_MEM_TYPE_64)

/* ---- DMA, always through the function that owns the address ---- */

/* Who issues the DMA of a ring pair: the VF that owns it, else the PF */
PCIDevice *qat_bank_owner(QatBank *b)
{
    QatVf *v = b->pf->vf[b->num / QAT_BANKS_PER_VF];

    return v ? PCI_DEVICE(v) : PCI_DEVICE(b->pf);
}

QatStats *qat_bank_stats(QatBank *b)
{
    QatVf *v = b->pf->vf[b->num / QAT_BANKS_PER_VF];

    return v ? &v->stats : &b->pf->stats;
}

bool qat_bus_master(PCIDevice *dev)
{
    return pci_get_word(dev->config + PCI_COMMAND) & PCI_COMMAND_MASTER;
}

static bool qat_dma(QatPf *s, PCIDevice *dev, uint64_t addr, void *buf,
                    size_t len, DMADirection dir)
{
    QatFaultMatch m = {
        QAT_FAULT_MATCH_ANY,
        .op = dir == DMA_DIRECTION_TO_DEVICE ? "read" : "write",
        .vf = dev == PCI_DEVICE(s) ? -1 : (int64_t)QAT_VF(dev)->num,
    };
    bool ok;

    /* the access may hit configuration space and remove this very VF */
    object_ref(OBJECT(dev));
    ok = len && addr + len - 1 >= addr && qat_bus_master(dev) &&
         !qat_fault(s, "dma", &m) &&
         pci_dma_rw(dev, addr, buf, len, dir,
                    MEMTXATTRS_UNSPECIFIED) == MEMTX_OK;
    if (ok) {
        qat_tl_dma(s, s->tl_bank, addr, len,
                   dir == DMA_DIRECTION_FROM_DEVICE);
    } else {
        if (dev == PCI_DEVICE(s)) {
            s->stats.dma_faults++;
        } else {
            QAT_VF(dev)->stats.dma_faults++;
        }
        qemu_log_mask(LOG_GUEST_ERROR,
                      "qat: DMA %s of %zu bytes at 0x%" PRIx64 " failed\n",
                      m.op, len, addr);
    }
    object_unref(OBJECT(dev));
    return ok;
}

bool qat_dma_read(QatPf *s, PCIDevice *dev, uint64_t addr, void *buf,
                  size_t len)
{
    return qat_dma(s, dev, addr, buf, len, DMA_DIRECTION_TO_DEVICE);
}

bool qat_dma_write(QatPf *s, PCIDevice *dev, uint64_t addr, const void *buf,
                   size_t len)
{
    return qat_dma(s, dev, addr, (void *)buf, len,
                   DMA_DIRECTION_FROM_DEVICE);
}

/* ---- configuration space ---- */

static uint32_t qat_pf_read_config(PCIDevice *dev, uint32_t addr, int len)
{
    QatPf *s = QAT_PF(dev);
    uint32_t val = pci_default_read_config(dev, addr, len);

    qat_fault_reg(s, "config", "CONFIG", addr, &val);
    return val;
}

static void qat_pf_write_config(PCIDevice *dev, uint32_t addr, uint32_t val,
                                int len)
{
    QatPf *s = QAT_PF(dev);
    uint16_t flr = PCI_EXP_DEVCTL_BCR_FLR;
    uint8_t *devctl = dev->config + dev->exp.exp_cap + PCI_EXP_DEVCTL;
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .op = "flr", .vf = -1 };
    bool paused = qat_map_pause(dev, addr, val, len);

    pci_default_write_config(dev, addr, val, len);
    pcie_aer_write_config(dev, addr, val, len);
    if ((pci_get_word(devctl) & flr) && qat_fault(s, "reset", &m)) {
        pci_word_test_and_clear_mask(devctl, flr);
    }
    pcie_cap_flr_write_config(dev, addr, val, len);
    if (ranges_overlap(addr, len, PCI_COMMAND, 2)) {
        qat_dispatch_kick(s);
    }
    if (paused) {
        qat_map_resume(dev);
    }
}

/* Fuses are read-only words; the model's owner may change them any time */
static void qat_pf_set_fuses(QatPf *s)
{
    uint8_t *config = PCI_DEVICE(s)->config;
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(s->fusectl); i++) {
        pci_set_long(config + CFG_FUSECTL0 + 4 * i, s->fusectl[i]);
    }
}

/* VF Enable, NumVFs and the VF BARs return to their reset values */
static void qat_sriov_reset(PCIDevice *dev)
{
    uint8_t *cap = dev->config + CAP_SRIOV;
    unsigned bar;

    if (!QAT_PF(dev)->total_vfs) {
        return;
    }
    pcie_sriov_pf_disable_vfs(dev);
    pci_set_word(cap + PCI_SRIOV_CTRL, 0);
    pci_set_word(cap + PCI_SRIOV_NUM_VF, 0);
    pci_set_word(cap + PCI_SRIOV_SYS_PGSIZE, 1);
    for (bar = 0; bar < 6; bar += 2) {
        pci_set_quad(cap + PCI_SRIOV_BAR + 4 * bar, BAR_TYPE);
    }
}

static void qat_pf_reset_state(QatPf *s)
{
    unsigned i;

    qat_dispatch_reset(s);
    for (i = 0; i < QAT_NUM_BANKS; i++) {
        qat_bank_reset(&s->bank[i]);
    }
    for (i = 0; i < QAT_NUM_AES; i++) {
        qat_ae_reset(s, i);
    }
    qat_fcu_reset(s);
    qat_admin_reset(s);
    qat_regs_reset(&s->sp_aram);
    qat_regs_reset(&s->sp_pmisc);
    qat_regs_reset(&s->sp_etr);
    qat_irq_reset(s);
}

/* Bus reset and function level reset alike */
static void qat_pf_reset(DeviceState *qdev)
{
    PCIDevice *dev = PCI_DEVICE(qdev);

    qat_sriov_reset(dev);
    qat_pf_reset_state(QAT_PF(dev));
    pci_set_long(dev->config + CFG_IOSF_PRIR, 0);
    pcie_cap_deverr_reset(dev);
}

static bool qat_pf_check(QatPf *s, Error **errp)
{
    if (s->total_vfs > QAT_NUM_VFS) {
        error_setg(errp, "total-vfs must be 0..%d", QAT_NUM_VFS);
        return false;
    }
    if (s->device_id != 0x4940 && s->device_id != 0x4942 &&
        s->device_id != 0x4944) {
        error_setg(errp, "device-id must be 0x4940, 0x4942 or 0x4944");
        return false;
    }
    return qat_image_trust_valid(s->fw_trust, s->fw_key_hash, errp);
}

static bool qat_pf_capabilities(QatPf *s, Error **errp)
{
    PCIDevice *dev = PCI_DEVICE(s);
    unsigned bar;

    if (msix_init(dev, QAT_MSIX_VECTORS, &s->pmisc, 2, MSIX_TABLE, &s->pmisc,
                  2, MSIX_PBA, CAP_MSIX, errp) < 0) {
        return false;
    }
    for (bar = 0; bar < QAT_MSIX_VECTORS; bar++) {
        msix_vector_use(dev, bar);
    }
    if (pcie_endpoint_cap_init(dev, CAP_EXP) < 0) {
        error_setg(errp, "no room for the PCI Express capability");
        return false;
    }
    pcie_cap_flr_init(dev);
    pcie_cap_deverr_init(dev);
    if (pcie_aer_init(dev, PCI_ERR_VER, CAP_AER, PCI_ERR_SIZEOF, errp) < 0) {
        return false;
    }
    /* VF numbers reach device 2, so behind a port ARI is needed */
    pcie_ari_init(dev, CAP_ARI, 0);
    if (!s->total_vfs) {
        return true;
    }
    pcie_sriov_pf_init(dev, CAP_SRIOV, TYPE_QAT_VF, s->device_id + 1,
                       s->total_vfs, s->total_vfs, 1, 1);
    pcie_sriov_pf_init_vf_bar(dev, 0, BAR_TYPE, VF_ETR_SIZE);
    pcie_sriov_pf_init_vf_bar(dev, 2, BAR_TYPE, VF_PMISC_SIZE);
    pcie_sriov_pf_init_vf_bar(dev, 4, BAR_TYPE, VF_UQ_SIZE);
    pcie_acs_init(dev, CAP_ACS);
    return true;
}

static void qat_pf_bars(QatPf *s)
{
    PCIDevice *dev = PCI_DEVICE(s);
    Object *obj = OBJECT(s);

    memory_region_init_io(&s->aram, obj, &qat_aram_ops, s, "qat-aram",
                          ARAM_SIZE);
    memory_region_init(&s->pmisc, obj, "qat-pmisc", PMISC_SIZE);
    memory_region_init_io(&s->pmisc_io, obj, &qat_pmisc_ops, s,
                          "qat-pmisc-io", PMISC_SIZE);
    memory_region_add_subregion(&s->pmisc, 0, &s->pmisc_io);
    memory_region_init_io(&s->etr, obj, &qat_etr_ops, s, "qat-etr", ETR_SIZE);
    pci_register_bar(dev, 0, BAR_TYPE, &s->aram);
    pci_register_bar(dev, 2, BAR_TYPE, &s->pmisc);
    pci_register_bar(dev, 4, BAR_TYPE, &s->etr);
}

static void qat_pf_create_state(QatPf *s)
{
    unsigned i;

    qat_aram_init(s);
    qat_pmisc_init(s);
    qat_etr_init(s);
    for (i = 0; i < QAT_NUM_BANKS; i++) {
        qat_bank_init(s, i);
    }
    for (i = 0; i < QAT_NUM_AES; i++) {
        s->ae[i].pf = s;
    }
    qat_fcu_init(s);
    qat_admin_init(s);
    qat_pm_init(s);
    qat_dispatch_init(s);
    qat_irq_reset(s);
}

static void qat_pf_free_state(QatPf *s)
{
    unsigned i;

    qat_dispatch_exit(s);
    qat_pm_reset(s);
    qat_admin_exit(s);
    qat_fcu_exit(s);
    for (i = 0; i < QAT_NUM_BANKS; i++) {
        qat_bank_exit(&s->bank[i]);
    }
    qat_regs_exit(&s->sp_aram);
    qat_regs_exit(&s->sp_pmisc);
    qat_regs_exit(&s->sp_etr);
    g_free(s->scratch);
    s->scratch = NULL;
    s->scratch_len = 0;
}

/* libgcrypt's integers do not work before; QEMU may have done it already */
static void qat_init_libgcrypt(void)
{
    if (!gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P)) {
        gcry_check_version(NULL);
        gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
        gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    }
}

static void qat_pf_realize(PCIDevice *dev, Error **errp)
{
    QatPf *s = QAT_PF(dev);

    if (!qat_pf_check(s, errp)) {
        return;
    }
    qat_init_libgcrypt();
    qat_pf_create_state(s);
    if (s->faults_text && !qat_fault_set(s, s->faults_text, errp)) {
        qat_pf_free_state(s);
        return;
    }
    pci_config_set_device_id(dev->config, s->device_id);
    /* by default all beyond the header is writable */
    memset(dev->wmask + PCI_CONFIG_HEADER_SIZE, 0,
           pci_config_size(dev) - PCI_CONFIG_HEADER_SIZE);
    pci_set_long(dev->wmask + CFG_IOSF_PRIR, 0xffffffff);
    qat_pf_set_fuses(s);
    qat_pf_bars(s);
    if (!qat_pf_capabilities(s, errp)) {
        qat_pf_free_state(s);
    }
}

static void qat_pf_exit(PCIDevice *dev)
{
    QatPf *s = QAT_PF(dev);

    if (s->total_vfs) {
        pcie_sriov_pf_exit(dev);
    }
    msix_uninit(dev, &s->pmisc, &s->pmisc);
    pcie_aer_exit(dev);
    pcie_cap_exit(dev);
    qat_pf_free_state(s);
}

/* ---- QOM ---- */

static char *qat_get_faults(Object *obj, Error **errp)
{
    return g_strdup(QAT_PF(obj)->faults_text ?: "");
}

static void qat_set_faults(Object *obj, const char *value, Error **errp)
{
    QatPf *s = QAT_PF(obj);

    if (DEVICE(obj)->realized) {
        qat_fault_set(s, value, errp);
    } else {
        g_free(s->faults_text);
        s->faults_text = g_strdup(value);
    }
}

static char *qat_get_faults_fired(Object *obj, Error **errp)
{
    return g_strdup(QAT_PF(obj)->faults_log->str);
}

static char *qat_get_time_base(Object *obj, Error **errp)
{
    return qat_admin_time_base(QAT_PF(obj));
}

static void qat_get_fuse(Object *obj, Visitor *v, const char *name,
                         void *opaque, Error **errp)
{
    visit_type_uint32(v, name, opaque, errp);
}

static void qat_set_fuse(Object *obj, Visitor *v, const char *name,
                         void *opaque, Error **errp)
{
    if (visit_type_uint32(v, name, opaque, errp) &&
        DEVICE(obj)->realized) {
        qat_pf_set_fuses(QAT_PF(obj));
    }
}

static void qat_pf_instance_init(Object *obj)
{
    QatPf *s = QAT_PF(obj);
    unsigned i;

    s->fw_trust = g_strdup("intel");
    qat_fault_init(s);
    qat_stats_add_props(obj, &s->stats);
    object_property_add_str(obj, "faults", qat_get_faults, qat_set_faults);
    object_property_add_str(obj, "faults-fired", qat_get_faults_fired, NULL);
    object_property_add_str(obj, "time-base", qat_get_time_base, NULL);
    for (i = 0; i < ARRAY_SIZE(s->fusectl); i++) {
        g_autofree char *name = g_strdup_printf("fusectl%u", i);

        object_property_add(obj, name, "uint32", qat_get_fuse, qat_set_fuse,
                            NULL, &s->fusectl[i]);
    }
    for (i = 0; i < QAT_NUM_VFS; i++) {
        g_autofree char *name = g_strdup_printf("vf%u", i);

        object_property_add_link(obj, name, TYPE_QAT_VF,
                                 (Object **)&s->vf[i], NULL, 0);
    }
}

static void qat_pf_instance_finalize(Object *obj)
{
    qat_fault_exit(QAT_PF(obj));
}

static Property qat_pf_properties[] = {
    DEFINE_PROP_UINT16("device-id", QatPf, device_id, 0x4940),
    DEFINE_PROP_UINT16("total-vfs", QatPf, total_vfs, QAT_NUM_VFS),
    DEFINE_PROP_UINT16("fw-capabilities", QatPf, fw_caps, 0x72),
    DEFINE_PROP_STRING("fw-trust", QatPf, fw_trust),
    DEFINE_PROP_STRING("fw-key-hash", QatPf, fw_key_hash),
    DEFINE_PROP_UINT32("vffusectl1", QatPf, vffusectl1, 0),
    DEFINE_PROP_UINT32("latency-ns", QatPf, latency_ns, 4000),
    DEFINE_PROP_UINT64("sym-mbps", QatPf, sym_mbps, 95000),
    DEFINE_PROP_UINT64("asym-ops", QatPf, asym_ops, 173750),
    DEFINE_PROP_UINT64("dc-mbps", QatPf, dc_mbps, 45000),
    DEFINE_PROP_BOOL("pm-idle", QatPf, pm_idle, false),
    DEFINE_PROP_BOOL("trace", QatPf, trace, false),
    DEFINE_PROP_END_OF_LIST(),
};

/* The state is large and partly in flight: not worth the trouble so far */
static const VMStateDescription qat_pf_vmstate = {
    .name = TYPE_QAT_PF,
    .unmigratable = 1,
};

static void qat_pf_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    PCIDeviceClass *pc = PCI_DEVICE_CLASS(klass);

    pc->realize = qat_pf_realize;
    pc->exit = qat_pf_exit;
    pc->config_read = qat_pf_read_config;
    pc->config_write = qat_pf_write_config;
    pc->vendor_id = QAT_VENDOR;
    pc->device_id = 0x4940;
    pc->subsystem_vendor_id = QAT_VENDOR;
    pc->subsystem_id = 0;
    pc->revision = QAT_REVISION;
    pc->class_id = PCI_CLASS_PROCESSOR_CO;
    dc->desc = "Intel QuickAssist Technology Gen4 physical function";
    dc->reset = qat_pf_reset;
    dc->vmsd = &qat_pf_vmstate;
    set_bit(DEVICE_CATEGORY_MISC, dc->categories);
    device_class_set_props(dc, qat_pf_properties);
}

static const TypeInfo qat_pf_info = {
    .name = TYPE_QAT_PF,
    .parent = TYPE_PCI_DEVICE,
    .instance_size = sizeof(QatPf),
    .instance_init = qat_pf_instance_init,
    .instance_finalize = qat_pf_instance_finalize,
    .class_init = qat_pf_class_init,
    .interfaces = (InterfaceInfo[]) {
        { INTERFACE_PCIE_DEVICE },
        { }
    },
};

static void qat_register_types(void)
{
    type_register_static(&qat_pf_info);
}

type_init(qat_register_types)
