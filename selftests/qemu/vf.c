/*
 * Intel QuickAssist Gen4: a virtual function as a PCI device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * VFs come and go with VF Enable (pcie_sriov). One sees four ring pairs in
 * BAR 0, its mailbox and interrupt registers in BAR 2, and nothing else.
 * Reference: 01 sections 3.4, 3.7, 4.2 and 8.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "qapi/error.h"
#include "hw/pci/msi.h"
#include "hw/qdev-properties.h"
#include "qat.h"

#define CAP_MSI             0x60
#define CAP_EXP             0x80
#define CAP_ARI             0x100
#define CFG_VFFUSECTL1      0x44

#define VF_ETR_SIZE         (32 * KiB)
#define VF_PMISC_SIZE       (8 * KiB)
#define VF_UQ_SIZE          (32 * KiB)
#define BUNDLE_SIZE         0x2000

static uint64_t qat_vf_etr_read(void *opaque, hwaddr addr, unsigned size)
{
    QatVf *v = opaque;

    if (!qat_access_ok(v->pf, &v->stats, "VF ETR", addr, size, false)) {
        return 0;
    }
    return qat_bank_read(&v->pf->bank[v->num * QAT_BANKS_PER_VF +
                                      addr / BUNDLE_SIZE],
                         &v->stats, addr % BUNDLE_SIZE);
}

static void qat_vf_etr_write(void *opaque, hwaddr addr, uint64_t val,
                             unsigned size)
{
    QatVf *v = opaque;

    if (qat_access_ok(v->pf, &v->stats, "VF ETR", addr, size, true)) {
        qat_bank_write(&v->pf->bank[v->num * QAT_BANKS_PER_VF +
                                    addr / BUNDLE_SIZE],
                       &v->stats, addr % BUNDLE_SIZE, val);
    }
}

static uint64_t qat_vf_misc_read(void *opaque, hwaddr addr, unsigned size)
{
    QatVf *v = opaque;

    if (!qat_access_ok(v->pf, &v->stats, "VF PMISC", addr, size, false)) {
        return 0;
    }
    return qat_vf_pmisc_read(v, addr, size);
}

static void qat_vf_misc_write(void *opaque, hwaddr addr, uint64_t val,
                              unsigned size)
{
    QatVf *v = opaque;

    if (qat_access_ok(v->pf, &v->stats, "VF PMISC", addr, size, true)) {
        qat_vf_pmisc_write(v, addr, val, size);
    }
}

/* User-queue windows: exist, hold nothing */
static uint64_t qat_vf_uq_read(void *opaque, hwaddr addr, unsigned size)
{
    QatVf *v = opaque;

    v->stats.mmio_reads++;
    return 0;
}

static void qat_vf_uq_write(void *opaque, hwaddr addr, uint64_t val,
                            unsigned size)
{
    QatVf *v = opaque;

    v->stats.mmio_writes++;
}

#define QAT_VF_OPS(r, w) {                                              \
    .read = r, .write = w, .endianness = DEVICE_LITTLE_ENDIAN,          \
    .valid = { .min_access_size = 1, .max_access_size = 8,              \
               .unaligned = true },                                     \
    .impl = { .min_access_size = 1, .max_access_size = 8,               \
              .unaligned = true },                                      \
}

static const MemoryRegionOps qat_vf_etr_ops =
    QAT_VF_OPS(qat_vf_etr_read, qat_vf_etr_write);
static const MemoryRegionOps qat_vf_misc_ops =
    QAT_VF_OPS(qat_vf_misc_read, qat_vf_misc_write);
static const MemoryRegionOps qat_vf_uq_ops =
    QAT_VF_OPS(qat_vf_uq_read, qat_vf_uq_write);

/* What a VF loses on FLR or when it goes away: four banks, six cells */
void qat_vf_clear_state(QatPf *s, unsigned vf)
{
    unsigned i;

    for (i = 0; i < QAT_BANKS_PER_VF; i++) {
        qat_bank_reset(&s->bank[vf * QAT_BANKS_PER_VF + i]);
    }
    *qat_pmisc(s, QAT_VINTMSK(vf)) = 0;
    *qat_pmisc(s, QAT_VINTMSKPF2VM(vf)) = 0;
    *qat_pmisc(s, QAT_PF2VM(vf)) = 0;
    *qat_pmisc(s, QAT_VM2PF(vf)) = 0;
    s->vf_last[vf] = 0;
    qat_irq_misc_update(s, false);
}

static void qat_vf_reset(DeviceState *qdev)
{
    QatVf *v = QAT_VF(qdev);

    qat_vf_clear_state(v->pf, v->num);
}

static void qat_vf_write_config(PCIDevice *dev, uint32_t addr, uint32_t val,
                                int len)
{
    QatVf *v = QAT_VF(dev);
    uint16_t flr = PCI_EXP_DEVCTL_BCR_FLR;
    uint8_t *devctl = dev->config + dev->exp.exp_cap + PCI_EXP_DEVCTL;
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .op = "flr", .vf = v->num };
    bool paused = qat_map_pause(dev, addr, val, len);

    pci_default_write_config(dev, addr, val, len);
    if ((pci_get_word(devctl) & flr) && qat_fault(v->pf, "reset", &m)) {
        pci_word_test_and_clear_mask(devctl, flr);
    }
    pcie_cap_flr_write_config(dev, addr, val, len);
    if (ranges_overlap(addr, len, PCI_COMMAND, 2)) {
        qat_dispatch_kick(v->pf);
    }
    if (paused) {
        qat_map_resume(dev);
    }
}

static void qat_vf_realize(PCIDevice *dev, Error **errp)
{
    QatVf *v = QAT_VF(dev);
    Object *obj = OBJECT(v);

    if (!pci_is_vf(dev)) {
        error_setg(errp, TYPE_QAT_VF " is created by its physical function");
        return;
    }
    v->pf = QAT_PF(pcie_sriov_get_pf(dev));
    v->num = pcie_sriov_vf_number(dev);
    /* by default all beyond the header is writable */
    memset(dev->wmask + PCI_CONFIG_HEADER_SIZE, 0,
           pci_config_size(dev) - PCI_CONFIG_HEADER_SIZE);

    memory_region_init_io(&v->etr, obj, &qat_vf_etr_ops, v, "qat-vf-etr",
                          VF_ETR_SIZE);
    memory_region_init_io(&v->pmisc, obj, &qat_vf_misc_ops, v,
                          "qat-vf-pmisc", VF_PMISC_SIZE);
    memory_region_init_io(&v->uq, obj, &qat_vf_uq_ops, v, "qat-vf-uq",
                          VF_UQ_SIZE);
    pcie_sriov_vf_register_bar(dev, 0, &v->etr);
    pcie_sriov_vf_register_bar(dev, 2, &v->pmisc);
    pcie_sriov_vf_register_bar(dev, 4, &v->uq);

    if (msi_init(dev, CAP_MSI, 1, true, false, errp) < 0) {
        return;
    }
    if (pcie_endpoint_cap_init(dev, CAP_EXP) < 0) {
        error_setg(errp, "no room for the PCI Express capability");
        return;
    }
    pcie_cap_flr_init(dev);
    pcie_ari_init(dev, CAP_ARI, 0);
    pci_set_long(dev->config + CFG_VFFUSECTL1, v->pf->vffusectl1);
    qat_vf_clear_state(v->pf, v->num);
    v->pf->vf[v->num] = v;
}

static void qat_vf_exit(PCIDevice *dev)
{
    QatVf *v = QAT_VF(dev);

    qat_vf_clear_state(v->pf, v->num);
    v->pf->vf[v->num] = NULL;
    msi_uninit(dev);
    pcie_cap_exit(dev);
}

static void qat_vf_instance_init(Object *obj)
{
    qat_stats_add_props(obj, &QAT_VF(obj)->stats);
}

static void qat_vf_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    PCIDeviceClass *pc = PCI_DEVICE_CLASS(klass);

    pc->realize = qat_vf_realize;
    pc->exit = qat_vf_exit;
    pc->config_write = qat_vf_write_config;
    pc->vendor_id = 0x8086;
    pc->device_id = 0x4941;
    pc->subsystem_vendor_id = 0x8086;
    pc->revision = 0x40;
    pc->class_id = PCI_CLASS_PROCESSOR_CO;
    dc->desc = "Intel QuickAssist Technology Gen4 virtual function";
    dc->reset = qat_vf_reset;
    dc->user_creatable = false;
    set_bit(DEVICE_CATEGORY_MISC, dc->categories);
}

static const TypeInfo qat_vf_info = {
    .name = TYPE_QAT_VF,
    .parent = TYPE_PCI_DEVICE,
    .instance_size = sizeof(QatVf),
    .instance_init = qat_vf_instance_init,
    .class_init = qat_vf_class_init,
    .interfaces = (InterfaceInfo[]) {
        { INTERFACE_PCIE_DEVICE },
        { }
    },
};

static void qat_vf_register_types(void)
{
    type_register_static(&qat_vf_info);
}

type_init(qat_vf_register_types)
