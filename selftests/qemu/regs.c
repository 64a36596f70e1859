/*
 * Intel QuickAssist Gen4: register files described by tables
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A register is a row: name, place, reset value, writable bits, bits cleared
 * by writing 1, hooks. The rows of a BAR are expanded once into a sorted list
 * of offsets, so a lookup is a binary search and every access has a name.
 * Accesses that hit no row, or are not 32 bits wide, are guest errors:
 * counted, logged, reads give 0.
 */

#include "qemu/osdep.h"
#include "qat.h"

static int qat_slot_cmp(const void *a, const void *b)
{
    const QatRegSlot *x = a, *y = b;

    return x->offset < y->offset ? -1 : x->offset > y->offset;
}

void qat_regs_init(QatRegSpace *sp, const char *name,
                   const QatRegInfo *info, unsigned num_info)
{
    unsigned i, k, n = 0;

    for (i = 0; i < num_info; i++) {
        n += MAX(info[i].count, 1);
    }
    sp->name = name;
    sp->info = info;
    sp->num_info = num_info;
    sp->num_slots = n;
    sp->slot = g_new(QatRegSlot, n);
    sp->val = g_new0(uint32_t, n);
    for (i = 0, n = 0; i < num_info; i++) {
        for (k = 0; k < MAX(info[i].count, 1); k++, n++) {
            sp->slot[n].offset = info[i].offset + k * info[i].stride;
            sp->slot[n].info = i;
            sp->slot[n].idx = k;
        }
    }
    qsort(sp->slot, n, sizeof(*sp->slot), qat_slot_cmp);
    for (i = 1; i < n; i++) {
        /* two rows for one place is a mistake in the table */
        g_assert(sp->slot[i].offset != sp->slot[i - 1].offset);
    }
    qat_regs_reset(sp);
}

void qat_regs_exit(QatRegSpace *sp)
{
    g_free(sp->slot);
    g_free(sp->val);
    sp->slot = NULL;
    sp->val = NULL;
    sp->num_slots = 0;
}

void qat_regs_reset(QatRegSpace *sp)
{
    unsigned i;

    for (i = 0; i < sp->num_slots; i++) {
        const QatRegInfo *info = &sp->info[sp->slot[i].info];

        sp->val[i] = info->reset;
    }
}

static int qat_slot_find(const QatRegSpace *sp, uint32_t offset)
{
    unsigned lo = 0, hi = sp->num_slots;

    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;

        if (sp->slot[mid].offset == offset) {
            return mid;
        }
        if (sp->slot[mid].offset < offset) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return -1;
}

/* For the model's own use: offset must be in the table */
uint32_t *qat_reg(QatRegSpace *sp, uint32_t offset)
{
    int i = qat_slot_find(sp, offset);

    g_assert(i >= 0);
    return &sp->val[i];
}

const char *qat_reg_name(QatRegSpace *sp, uint32_t offset, unsigned *idx)
{
    int i = qat_slot_find(sp, offset);

    if (i < 0) {
        return NULL;
    }
    *idx = sp->slot[i].idx;
    return sp->info[sp->slot[i].info].name;
}

/* One line per register access, when the property "trace" is on */
void qat_trace(QatPf *s, const char *fmt, ...)
{
    FILE *f;

    if (!s->trace) {
        return;
    }
    f = qemu_log_trylock();
    if (f) {
        va_list ap;

        fprintf(f, "qat %" PRId64 " ",
                qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL));
        va_start(ap, fmt);
        vfprintf(f, fmt, ap);
        va_end(ap);
        fputc('\n', f);
        qemu_log_unlock(f);
    }
}

void qat_unknown(QatPf *s, QatStats *st, const char *where, hwaddr addr,
                 bool is_write)
{
    st->unknown_accesses++;
    qemu_log_mask(LOG_GUEST_ERROR,
                  "qat: %s of unknown register %s+0x%" HWADDR_PRIx "\n",
                  is_write ? "write" : "read", where, addr);
}

/* Count an access and refuse what is not one aligned 32-bit word */
bool qat_access_ok(QatPf *s, QatStats *st, const char *where, hwaddr addr,
                   unsigned size, bool is_write)
{
    if (is_write) {
        st->mmio_writes++;
    } else {
        st->mmio_reads++;
    }
    if (size == 4 && !(addr & 3)) {
        return true;
    }
    st->unknown_accesses++;
    qemu_log_mask(LOG_GUEST_ERROR,
                  "qat: %u-byte %s at %s+0x%" HWADDR_PRIx
                  ": only aligned 32-bit accesses exist\n",
                  size, is_write ? "write" : "read", where, addr);
    return false;
}

uint64_t qat_regs_read(QatPf *s, QatRegSpace *sp, hwaddr addr, unsigned size)
{
    const QatRegInfo *info;
    uint32_t val;
    int i = qat_slot_find(sp, addr);

    if (i < 0) {
        qat_unknown(s, &s->stats, sp->name, addr, false);
        return 0;
    }
    info = &sp->info[sp->slot[i].info];
    val = sp->val[i];
    if (info->read) {
        val = info->read(s, sp->slot[i].idx, val);
    }
    qat_fault_reg(s, "read", info->name, addr, &val);
    qat_trace(s, "R %s.%s[%u] = 0x%x", sp->name, info->name,
              sp->slot[i].idx, val);
    return val;
}

void qat_regs_write(QatPf *s, QatRegSpace *sp, hwaddr addr, uint64_t val64,
                    unsigned size)
{
    const QatRegInfo *info;
    uint32_t val = val64;
    int i = qat_slot_find(sp, addr);

    if (i < 0) {
        qat_unknown(s, &s->stats, sp->name, addr, true);
        return;
    }
    info = &sp->info[sp->slot[i].info];
    qat_trace(s, "W %s.%s[%u] = 0x%x", sp->name, info->name,
              sp->slot[i].idx, val);
    if (qat_fault_reg(s, "write", info->name, addr, &val)) {
        return;
    }
    if (!info->wmask && !info->w1c && !info->write) {
        qemu_log_mask(LOG_GUEST_ERROR,
                      "qat: write of 0x%x to read-only %s.%s[%u]\n",
                      val, sp->name, info->name, sp->slot[i].idx);
        return;
    }
    sp->val[i] = (sp->val[i] & ~info->wmask) | (val & info->wmask);
    sp->val[i] &= ~(val & info->w1c);
    if (info->write) {
        info->write(s, sp->slot[i].idx, val);
    }
}
