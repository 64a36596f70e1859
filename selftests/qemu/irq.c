/*
 * Intel QuickAssist Gen4: interrupts of the PF and of the VFs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * PF: 64 ring pair sources and one misc source, routed through
 * MSIX_RTTABLE. VF: four ring pair sources and the mailbox share one MSI.
 * A message is sent for every source bit that becomes pending and unmasked,
 * and again when a mask write leaves something pending: software that
 * handles one class and returns must not lose the others. A message is
 * never withdrawn. Reference: 01 section 9, 04 section 3.3.
 */

#include "qemu/osdep.h"
#include "hw/pci/msi.h"
#include "hw/pci/msix.h"
#include "qat.h"

#define REG_RPINTMSK(b)     (0x200004 + 0x1000 * (b))
#define REG_RTTABLE(i)      (0x409000 + 4 * (i))
#define REG_RP_X0_MASK      0x41a040
#define REG_RP_X1_MASK      0x41a044
#define REG_SMIAPF_MASK     0x41a084
#define REG_VM2PF_MSK       0x41a1c0
#define REG_ERRMSK(n)       (0x41a210 + 4 * (n))

static void qat_send(QatPf *s, QatStats *st, PCIDevice *dev, int vf,
                     unsigned vec)
{
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .op = "lose", .vf = vf,
                        .vec = vec };
    bool msix = msix_present(dev);
    unsigned n = 1;

    if (msix ? !msix_enabled(dev) : !msi_enabled(dev)) {
        return;
    }
    if (qat_fault(s, "irq", &m)) {
        return;
    }
    m.op = "dup";
    if (qat_fault(s, "irq", &m)) {
        n = 2;
    }
    while (n--) {
        st->interrupts++;
        if (msix) {
            msix_notify(dev, vec);
        } else {
            msi_notify(dev, vec);
        }
    }
    qat_trace(s, "interrupt %s vector %u", vf < 0 ? "PF" : "VF", vec);
}

static void qat_pf_message(QatPf *s, unsigned source)
{
    uint32_t entry = *qat_pmisc(s, REG_RTTABLE(source));

    if (entry >= QAT_MSIX_VECTORS) {
        qemu_log_mask(LOG_GUEST_ERROR,
                      "qat: source %u routed to MSI-X entry %u\n",
                      source, entry);
        return;
    }
    qat_send(s, &s->stats, PCI_DEVICE(s), -1, entry);
}

/*
 * The misc source: VF messages, power management and errors. mask_written
 * tells that a mask register was written, which repeats what is pending.
 */
void qat_irq_misc_update(QatPf *s, bool mask_written)
{
    bool masked = *qat_pmisc(s, REG_SMIAPF_MASK) & 1;
    uint32_t now = qat_vm2pf_sou_read(s, 0, 0) &
                   ~*qat_pmisc(s, REG_VM2PF_MSK);
    bool any = now, rise = now & ~s->vm2pf_last;
    unsigned n;

    s->vm2pf_last = now;
    for (n = 0; n < QAT_NUM_ERRSOU; n++) {
        now = qat_errsou(s, n) & ~*qat_pmisc(s, REG_ERRMSK(n));
        any |= now != 0;
        rise |= (now & ~s->errsou_last[n]) != 0;
        s->errsou_last[n] = now;
    }
    if (!masked && (rise || (mask_written && any))) {
        qat_pf_message(s, QAT_MISC_SOURCE);
    }
}

/* The one MSI of a VF: ring pairs in bits 3:0, mailbox in bit 4 */
void qat_irq_vf_update(QatPf *s, unsigned vf, bool mask_written)
{
    uint32_t now = qat_vintsou_read(s, vf, 0) &
                   ~*qat_pmisc(s, QAT_VINTMSK(vf));
    uint32_t rise;

    if (qat_vintsoupf2vm_read(s, vf, 0) &
        ~*qat_pmisc(s, QAT_VINTMSKPF2VM(vf))) {
        now |= 1u << QAT_BANKS_PER_VF;
    }
    rise = now & ~s->vf_last[vf];
    s->vf_last[vf] = now;
    if (s->vf[vf] && (rise || (mask_written && now))) {
        qat_send(s, &s->vf[vf]->stats, PCI_DEVICE(s->vf[vf]), vf, 0);
    }
}

static bool qat_bank_gated(QatPf *s, unsigned bank)
{
    uint32_t mask = *qat_pmisc(s, bank < 32 ? REG_RP_X0_MASK
                                            : REG_RP_X1_MASK);

    return (mask & (1u << (bank % 32))) ||
           (*qat_pmisc(s, REG_RPINTMSK(bank)) & 1);
}

/* The source bit of a ring pair rose or fell */
void qat_irq_bank_raise(QatBank *b)
{
    QatPf *s = b->pf;

    if (s->vf[b->num / QAT_BANKS_PER_VF]) {
        qat_irq_vf_update(s, b->num / QAT_BANKS_PER_VF, false);
    } else if (b->irq && !qat_bank_gated(s, b->num)) {
        qat_pf_message(s, b->num);
    }
}

/* A gate of PF ring pair interrupts was written */
void qat_irq_bank_unmask(QatPf *s, unsigned first, unsigned count)
{
    unsigned i;

    for (i = first; i < first + count; i++) {
        if (s->bank[i].irq && !s->vf[i / QAT_BANKS_PER_VF] &&
            !qat_bank_gated(s, i)) {
            qat_pf_message(s, i);
        }
    }
}

/* Fault knob: an interrupt with no source behind it */
void qat_irq_spurious(QatPf *s, PCIDevice *dev, unsigned vec)
{
    if (msix_present(dev)) {
        if (vec < QAT_MSIX_VECTORS && msix_enabled(dev)) {
            msix_notify(dev, vec);
        }
    } else if (msi_enabled(dev)) {
        msi_notify(dev, 0);
    }
}

void qat_irq_reset(QatPf *s)
{
    unsigned i;

    for (i = 0; i < QAT_MSIX_VECTORS; i++) {
        *qat_pmisc(s, REG_RTTABLE(i)) = i;
    }
    s->vm2pf_last = 0;
    memset(s->errsou_last, 0, sizeof(s->errsou_last));
    memset(s->vf_last, 0, sizeof(s->vf_last));
}
