/*
 * Intel QuickAssist Gen4: PF-VF mailboxes and the VF's own registers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Each of the six registers of a VF is one cell seen from two sides: the
 * PF through PMISC, the VF through its BAR 2. Bit 0 of a message word is
 * the interrupt source; whoever receives clears it to acknowledge.
 * Reference: 04 sections 2, 3 and 25.
 */

#include "qemu/osdep.h"
#include "qat.h"

#define VF_VINTSOU          0x0000
#define VF_VINTMSK          0x0004
#define VF_VINTSOUPF2VM     0x1000
#define VF_VINTMSKPF2VM     0x1004
#define VF_PF2VM            0x1008
#define VF_VM2PF            0x100c

uint32_t qat_vintsou_read(QatPf *s, unsigned vf, uint32_t stored)
{
    uint32_t sou = 0;
    unsigned b;

    for (b = 0; b < QAT_BANKS_PER_VF; b++) {
        if (s->bank[vf * QAT_BANKS_PER_VF + b].irq) {
            sou |= 1u << b;
        }
    }
    return sou;
}

uint32_t qat_vintsoupf2vm_read(QatPf *s, unsigned vf, uint32_t stored)
{
    return *qat_pmisc(s, QAT_PF2VM(vf)) & 1;
}

uint32_t qat_vm2pf_sou_read(QatPf *s, unsigned idx, uint32_t stored)
{
    uint32_t sou = 0;
    unsigned vf;

    for (vf = 0; vf < QAT_NUM_VFS; vf++) {
        sou |= (*qat_pmisc(s, QAT_VM2PF(vf)) & 1) << vf;
    }
    return sou;
}

void qat_vint_write(QatPf *s, unsigned vf, uint32_t val)
{
    qat_irq_vf_update(s, vf, true);
}

void qat_vm2pf_msk_write(QatPf *s, unsigned idx, uint32_t val)
{
    qat_irq_misc_update(s, true);
}

/* by_sender: a message is sent, else the receiver acknowledges */
void qat_mailbox_store(QatPf *s, unsigned vf, bool to_pf, bool by_sender,
                       uint32_t val)
{
    uint32_t *cell = qat_pmisc(s, to_pf ? QAT_VM2PF(vf) : QAT_PF2VM(vf));
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .vf = vf,
                        .cmd = (val >> 2) & 0x3f, .reg = to_pf };
    QatFault *f;

    if (by_sender) {
        m.op = "drop";
        if (qat_fault(s, "mbox", &m)) {
            return;
        }
        m.op = "corrupt";
        f = qat_fault(s, "mbox", &m);
        if (f) {
            val ^= f->val;
        }
    } else {
        m.op = "noack";
        if (qat_fault(s, "mbox", &m)) {
            return;
        }
    }
    *cell = val;
    if (to_pf) {
        qat_irq_misc_update(s, false);
    } else {
        qat_irq_vf_update(s, vf, false);
    }
    if (by_sender && to_pf) {
        m.op = "dup";
        if (qat_fault(s, "mbox", &m)) {
            s->vm2pf_last &= ~(1u << vf);
            qat_irq_misc_update(s, false);
        }
    }
}

void qat_pf2vm_pf_write(QatPf *s, unsigned vf, uint32_t val)
{
    qat_mailbox_store(s, vf, false, val & 1, val);
}

void qat_vm2pf_pf_write(QatPf *s, unsigned vf, uint32_t val)
{
    qat_mailbox_store(s, vf, true, val & 1, val);
}

static const struct {
    uint32_t vf;
    uint32_t pf;
    const char *name;
} qat_vf_regs[] = {
    { VF_VINTSOU, QAT_VINTSOU(0), "VINTSOU" },
    { VF_VINTMSK, QAT_VINTMSK(0), "VINTMSK" },
    { VF_VINTSOUPF2VM, QAT_VINTSOUPF2VM(0), "VINTSOUPF2VM" },
    { VF_VINTMSKPF2VM, QAT_VINTMSKPF2VM(0), "VINTMSKPF2VM" },
    { VF_PF2VM, QAT_PF2VM(0), "PF2VM" },
    { VF_VM2PF, QAT_VM2PF(0), "VM2PF" },
};

static int qat_vf_reg(hwaddr addr)
{
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(qat_vf_regs); i++) {
        if (qat_vf_regs[i].vf == addr) {
            return i;
        }
    }
    return -1;
}

uint64_t qat_vf_pmisc_read(QatVf *v, hwaddr addr, unsigned size)
{
    QatPf *s = v->pf;
    uint32_t val;
    int i = qat_vf_reg(addr);

    if (i < 0) {
        qat_unknown(s, &v->stats, "VF PMISC", addr, false);
        return 0;
    }
    switch (addr) {
    case VF_VINTSOU:
        val = qat_vintsou_read(s, v->num, 0);
        break;
    case VF_VINTSOUPF2VM:
        val = qat_vintsoupf2vm_read(s, v->num, 0);
        break;
    default:
        val = *qat_pmisc(s, qat_vf_regs[i].pf + 0x20 * v->num);
        break;
    }
    qat_fault_reg(s, "read", qat_vf_regs[i].name, addr, &val);
    qat_trace(s, "R VF%u.%s = 0x%x", v->num, qat_vf_regs[i].name, val);
    return val;
}

void qat_vf_pmisc_write(QatVf *v, hwaddr addr, uint64_t val64, unsigned size)
{
    QatPf *s = v->pf;
    uint32_t val = val64;
    int i = qat_vf_reg(addr);

    if (i < 0) {
        qat_unknown(s, &v->stats, "VF PMISC", addr, true);
        return;
    }
    qat_trace(s, "W VF%u.%s = 0x%x", v->num, qat_vf_regs[i].name, val);
    if (qat_fault_reg(s, "write", qat_vf_regs[i].name, addr, &val)) {
        return;
    }
    switch (addr) {
    case VF_VINTMSK:
        *qat_pmisc(s, QAT_VINTMSK(v->num)) = val & 0xf;
        qat_irq_vf_update(s, v->num, true);
        break;
    case VF_VINTMSKPF2VM:
        *qat_pmisc(s, QAT_VINTMSKPF2VM(v->num)) = val & 1;
        qat_irq_vf_update(s, v->num, true);
        break;
    case VF_PF2VM:
        qat_mailbox_store(s, v->num, false, val & 1, val);
        break;
    case VF_VM2PF:
        qat_mailbox_store(s, v->num, true, val & 1, val);
        break;
    default:
        qemu_log_mask(LOG_GUEST_ERROR, "qat: VF%u writes read-only %s\n",
                      v->num, qat_vf_regs[i].name);
        break;
    }
}
