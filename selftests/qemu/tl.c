/*
 * Intel QuickAssist Gen4: telemetry
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * While it is on, the model counts what it does: bytes over PCIe, requests,
 * how long they took, which slices worked and for how long; for the device
 * and for up to four ring pairs that software names. About once a second the
 * admin engine publishes one interval into memory and counts the publication
 * last. Reference: 03 section 11. There is no address translation to count;
 * a read takes no virtual time, so read latencies stay 0.
 */

#include "qemu/osdep.h"
#include "qat.h"

#define BUF_BYTES           2048
#define SLOT_BASE           0x718
#define SLOT_BYTES          56
#define MSG_CNT             0x7f8
#define SLICE_ENTRIES       24
#define CYCLE_NS            2
#define PCIE_UNIT           64
#define PERIOD_NS           NANOSECONDS_PER_SECOND

/* Where a type's entries begin in the buffer, and how many slices there are */
static const struct {
    uint16_t offset;
    uint8_t count;
} qat_tl_types[QAT_TL_SLICE_TYPES] = {
    [QAT_TL_CPR] = { 0x1d8, QAT_SLICES_CPR },
    [QAT_TL_XLT] = { 0x298, QAT_SLICES_XLT },
    [QAT_TL_DCPR] = { 0x358, QAT_SLICES_DCPR },
    [QAT_TL_PKE] = { 0x418, QAT_SLICES_PKE },
    [QAT_TL_UCS] = { 0x4d8, QAT_SLICES_UCS },
    [QAT_TL_CPH] = { 0x118, QAT_SLICES_CPH },
    [QAT_TL_ATH] = { 0x058, QAT_SLICES_ATH },
};

/* In the order of the answers of RL_INIT and TL_START */
void qat_slice_counts(uint8_t *out)
{
    static const uint8_t counts[] = {
        QAT_SLICES_CPR, QAT_SLICES_XLT, QAT_SLICES_DCPR, QAT_SLICES_PKE,
        0, 0, QAT_SLICES_UCS, QAT_SLICES_CPH, QAT_SLICES_ATH,
    };

    memcpy(out, counts, sizeof(counts));
}

/* ---- counting ---- */

static void qat_tl_count_dma(QatTlCount *c, size_t len, bool partial,
                             bool to_host)
{
    c->partial += partial;
    if (to_host) {
        c->bytes_in += len;
    } else {
        c->bytes_out += len;
        c->reads++;
    }
}

/* A DMA access succeeded; bank is whose, or NULL */
void qat_tl_dma(QatPf *s, QatBank *bank, uint64_t addr, size_t len,
                bool to_host)
{
    bool partial = (addr | len) % PCIE_UNIT;

    if (!s->tl.on) {
        return;
    }
    qat_tl_count_dma(&s->tl.device, len, partial, to_host);
    if (bank) {
        qat_tl_count_dma(&s->tl.rp[bank->num], len, partial, to_host);
    }
}

static void qat_tl_count_put(QatTlCount *c, uint64_t cycles)
{
    c->puts++;
    c->latency += cycles;
    c->latency_max = MAX(c->latency_max, cycles);
}

static void qat_tl_slice(QatPf *s, unsigned type, uint64_t ns)
{
    unsigned n = s->tl.next[type]++ % qat_tl_types[type].count;

    s->tl.exec[type][n]++;
    s->tl.busy_ns[type][n] += ns * qat_tl_types[type].count;
}

/* Which slices a request needs: by its service and command */
static void qat_tl_slices(QatPf *s, const QatJob *job)
{
    uint8_t command = job->req[1];

    switch (job->svc) {
    case QAT_SVC_ASYM:
        qat_tl_slice(s, QAT_TL_PKE, job->work_ns);
        break;
    case QAT_SVC_DC:
        if (command == 1) {
            qat_tl_slice(s, QAT_TL_DCPR, job->work_ns);
            break;
        }
        qat_tl_slice(s, QAT_TL_CPR, job->work_ns);
        qat_tl_slice(s, QAT_TL_XLT, job->work_ns);
        qat_tl_slice(s, QAT_TL_DCPR, job->work_ns);     /* verify */
        break;
    case QAT_SVC_SYM:
        if (command != 1) {
            qat_tl_slice(s, QAT_TL_UCS, job->work_ns);
        }
        if (command != 0) {
            qat_tl_slice(s, QAT_TL_ATH, job->work_ns);
        }
        break;
    default:
        break;
    }
}

/* A request was answered */
void qat_tl_done(QatPf *s, const QatJob *job)
{
    uint64_t cycles = (job->due - job->fetched) / CYCLE_NS;

    if (!s->tl.on) {
        return;
    }
    qat_tl_count_put(&s->tl.device, cycles);
    qat_tl_count_put(&s->tl.rp[job->bank->num], cycles);
    qat_tl_slices(s, job);
}

/* ---- publishing ---- */

static uint32_t qat_tl_bandwidth(uint64_t bytes, int64_t ns)
{
    return muldiv64(bytes, NANOSECONDS_PER_SECOND, ns) / PCIE_UNIT;
}

static void qat_tl_put_device(QatPf *s, uint8_t *buf, int64_t ns)
{
    const QatTlCount *c = &s->tl.device;
    unsigned type, n;

    stq_le_p(buf + 0x008, c->latency);
    stl_le_p(buf + 0x028, c->partial);
    stl_le_p(buf + 0x030, c->reads);
    stl_le_p(buf + 0x034, c->latency_max);
    stl_le_p(buf + 0x038, c->puts);
    stl_le_p(buf + 0x03c, qat_tl_bandwidth(c->bytes_in, ns));
    stl_le_p(buf + 0x040, qat_tl_bandwidth(c->bytes_out, ns));
    for (type = 0; type < QAT_TL_SLICE_TYPES; type++) {
        for (n = 0; n < qat_tl_types[type].count; n++) {
            uint8_t *e = buf + qat_tl_types[type].offset + 8 * n;

            stl_le_p(e, s->tl.exec[type][n]);
            stl_le_p(e + 4, MIN(100, s->tl.busy_ns[type][n] * 100 / ns));
        }
    }
}

static void qat_tl_put_rp(const QatTlCount *c, uint8_t *slot, int64_t ns)
{
    stq_le_p(slot, c->latency);
    stl_le_p(slot + 0x10, c->partial);
    stl_le_p(slot + 0x14, c->puts);
    stl_le_p(slot + 0x18, qat_tl_bandwidth(c->bytes_in, ns));
    stl_le_p(slot + 0x1c, qat_tl_bandwidth(c->bytes_out, ns));
}

static void qat_tl_restart(QatPf *s)
{
    memset(&s->tl.device, 0, sizeof(s->tl.device));
    memset(s->tl.rp, 0, sizeof(s->tl.rp));
    memset(s->tl.exec, 0, sizeof(s->tl.exec));
    memset(s->tl.busy_ns, 0, sizeof(s->tl.busy_ns));
    s->tl.since = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
}

/* The admin engine got its time base: publish what is due */
void qat_tl_sync(QatPf *s)
{
    int64_t ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) - s->tl.since;
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .op = "freeze" };
    uint8_t buf[BUF_BYTES] = { 0 }, count[4];
    unsigned i;

    if (!s->tl.on || ns < PERIOD_NS || qat_fault(s, "tl", &m)) {
        return;
    }
    qat_tl_put_device(s, buf, ns);
    for (i = 0; i < QAT_TL_SLOTS; i++) {
        if (s->tl.slot[i] < QAT_NUM_BANKS) {
            qat_tl_put_rp(&s->tl.rp[s->tl.slot[i]],
                          buf + SLOT_BASE + SLOT_BYTES * i, ns);
        }
    }
    stl_le_p(count, s->tl.published + 1);
    qat_tl_restart(s);
    if (qat_dma_write(s, PCI_DEVICE(s), s->tl.page, buf, MSG_CNT) &&
        qat_dma_write(s, PCI_DEVICE(s), s->tl.page + MSG_CNT, count,
                      sizeof(count))) {
        s->tl.published++;
    }
}

/* TL_START: page and ring pairs; a wrong ring pair is refused */
bool qat_tl_start(QatPf *s, uint64_t page, uint32_t rps)
{
    unsigned i, rp;

    for (i = 0; i < QAT_TL_SLOTS; i++) {
        rp = rps >> 8 * i & 0xff;
        if (rp >= QAT_NUM_BANKS && rp != 0xff) {
            return false;
        }
    }
    if (!(s->fw_caps & 2) || !page) {
        return false;
    }
    memset(&s->tl, 0, sizeof(s->tl));
    s->tl.on = true;
    s->tl.page = page;
    for (i = 0; i < QAT_TL_SLOTS; i++) {
        s->tl.slot[i] = rps >> 8 * i & 0xff;
    }
    qat_tl_restart(s);
    return true;
}

void qat_tl_stop(QatPf *s)
{
    s->tl.on = false;
}
