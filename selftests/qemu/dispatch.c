/*
 * Intel QuickAssist Gen4: arbiter and engine threads
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A ring pair is served when its arbitration bit is set, its arbiter
 * (number mod 4) is configured, and a thread of a started engine is mapped
 * to that arbiter. A thread takes one request, holds it for the time the
 * hardware would need in virtual time (latency plus size over the device's
 * total rate for that service) and then executes it. Responses leave a ring
 * pair in the order its requests came. Reference: 03 section 6, 04 section
 * 17.
 *
 * The work is done by a bottom half, which runs whenever the main loop gets
 * to it. Under -icount it is done between two guest instructions instead, so
 * that the same guest sees the same device in every run.
 */

#include "qemu/osdep.h"
#include "sysemu/cpu-timers.h"
#include "qat.h"

#define REG_SARCONFIG(i)    (4 * (i))
#define REG_WT2SAM(ae)      (0x400 + 4 * (ae))
/* work of one bottom half run: requests, a large one counts more */
#define RUN_BUDGET          64
#define BUDGET_BYTES        65536

static bool qat_thread_serves(QatPf *s, unsigned ae, unsigned t, unsigned arb)
{
    uint32_t map = *qat_reg(&s->sp_etr, REG_WT2SAM(ae));

    return (map >> (4 * t)) & (1u << arb);
}

static unsigned qat_request_bytes(QatService svc)
{
    return svc == QAT_SVC_ASYM ? 64 : QAT_REQ_BYTES;
}

/* A free thread for this arbiter, or NULL */
static QatJob *qat_find_thread(QatPf *s, unsigned arb)
{
    unsigned i, ae, t;

    if (!*qat_reg(&s->sp_etr, REG_SARCONFIG(arb))) {
        return NULL;
    }
    for (i = 0; i < QAT_ADMIN_AE; i++) {
        ae = (s->next_ae + i) % QAT_ADMIN_AE;
        if (!s->ae[ae].running) {
            continue;
        }
        for (t = 0; t < QAT_NUM_THREADS; t++) {
            if (!s->ae[ae].job[t].busy && qat_thread_serves(s, ae, t, arb)) {
                s->next_ae = ae + 1;
                return &s->ae[ae].job[t];
            }
        }
    }
    return NULL;
}

static bool qat_bank_ready(QatBank *b)
{
    return b->arb_en && !b->held && !b->draining && !b->stat &&
           qat_ring_usable(&b->ring[0]) && qat_ring_used(&b->ring[0]) &&
           qat_bank_has_room(b) && qat_bus_master(qat_bank_owner(b));
}

/* When would the hardware be done with this request? */
static int64_t qat_job_due(QatPf *s, QatJob *job)
{
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    int64_t *free_at = &s->svc_free_at[job->svc];
    uint64_t work = 0;

    if (job->svc == QAT_SVC_ASYM) {
        work = s->asym_ops ? NANOSECONDS_PER_SECOND / s->asym_ops : 0;
    } else {
        uint64_t mbps = job->svc == QAT_SVC_SYM ? s->sym_mbps : s->dc_mbps;

        work = mbps ? qat_job_bytes(job) * 8000ull / mbps : 0;
    }
    job->work_ns = work;
    job->fetched = now;
    *free_at = MAX(*free_at, now) + work;
    return *free_at + s->latency_ns;
}

/* Fetch one request into a thread; false if this pair cannot go on */
static bool qat_fetch(QatPf *s, QatBank *b, QatJob *job)
{
    QatRing *r = &b->ring[0];
    QatAe *ae = &s->ae[job->ae];
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .op = "stall", .bank = b->num };
    QatFault *f;
    bool ok;

    job->svc = ae->svc;
    job->req_len = qat_request_bytes(job->svc);
    if (qat_ring_used(r) < job->req_len || qat_fault(s, "ring", &m)) {
        return false;
    }
    memset(job->req, 0, sizeof(job->req));
    s->tl_bank = b;
    ok = qat_dma_read(s, qat_bank_owner(b), qat_ring_base(r) + r->head,
                      job->req, job->req_len);
    s->tl_bank = NULL;
    if (!ok) {
        qat_bank_halt(b, "request fetch failed");
        return false;
    }
    qat_ring_advance_head(r, job->req_len);
    job->bank = b;
    job->busy = true;
    job->done = false;
    job->cancelled = false;
    job->due = qat_job_due(s, job);
    qat_rl_charge(s, job, job->work_ns);
    qat_pm_active(s);
    m.op = "late";
    f = qat_fault(s, "resp", &m);
    if (f) {
        job->due += f->ms * SCALE_MS;
    }
    b->inflight++;
    QTAILQ_INSERT_TAIL(&b->jobs, job, next);
    qat_bank_stats(b)->requests++;
    ae->requests++;
    ae->hb_req[job->thread]++;
    return true;
}

/*
 * Round robin over the ring pairs that the rate limiter has put into one
 * class; true if the budget ran out. *wait is set if one must wait for tokens.
 */
static bool qat_dispatch_class(QatPf *s, QatRlVerdict class,
                               unsigned *budget, bool *wait)
{
    unsigned idle = 0;

    while (idle < QAT_NUM_BANKS) {
        QatBank *b = &s->bank[s->next_bank[class]];
        QatRlVerdict verdict;
        QatJob *job;

        s->next_bank[class] = (b->num + 1) % QAT_NUM_BANKS;
        if (!qat_bank_ready(b)) {
            idle++;
            continue;
        }
        verdict = qat_rl_judge(s, b);
        *wait |= verdict == QAT_RL_WAIT;
        if (verdict != class) {
            idle++;
            continue;
        }
        job = qat_find_thread(s, b->num % QAT_NUM_ARBITERS);
        if (!job || !qat_fetch(s, b, job)) {
            idle++;
            continue;
        }
        idle = 0;
        if (!--*budget) {
            return true;
        }
    }
    return false;
}

static bool qat_dispatch_all(QatPf *s, unsigned *budget, bool *wait)
{
    return qat_dispatch_class(s, QAT_RL_COMMITTED, budget, wait) ||
           qat_dispatch_class(s, QAT_RL_EXCESS, budget, wait);
}

/*
 * The thread is free again. To its heartbeat that is what counts, not whether
 * an answer got through: else the end of a VF with requests under way would
 * look like a hung engine.
 */
static void qat_job_over(QatJob *job)
{
    job->busy = false;
    job->bank->pf->ae[job->ae].hb_resp[job->thread]++;
}

static void qat_job_release(QatJob *job)
{
    QatBank *b = job->bank;

    QTAILQ_REMOVE(&b->jobs, job, next);
    b->inflight--;
    qat_job_over(job);
    qat_bank_drain_check(b);
}

/* Faults of the response boundary; false: nothing is written */
static bool qat_response_faults(QatPf *s, QatBank *b, uint8_t *resp,
                                unsigned *copies)
{
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .bank = b->num, .cmd = resp[7] };
    QatFault *f;

    if (QTAILQ_EMPTY(&s->faults)) {
        return true;
    }
    m.op = "drop";
    if (qat_fault(s, "resp", &m)) {
        return false;
    }
    m.op = "opaque";
    f = qat_fault(s, "resp", &m);
    if (f) {
        stq_le_p(resp + 8, ldq_le_p(resp + 8) ^ (f->val ?: ~0ull));
    }
    m.op = "status";
    f = qat_fault(s, "resp", &m);
    if (f) {
        resp[6] = f->val;
    }
    m.op = "command";
    f = qat_fault(s, "resp", &m);
    if (f) {
        resp[7] = f->val;
    }
    m.op = "service";
    f = qat_fault(s, "resp", &m);
    if (f) {
        resp[2] = f->val;
    }
    m.op = "dup";
    if (qat_fault(s, "resp", &m)) {
        *copies = 2;
    }
    return true;
}

static bool qat_response_write(QatPf *s, QatBank *b, const uint8_t *resp)
{
    QatRing *r = &b->ring[1];
    bool was_empty = !qat_ring_used(r), ok;

    s->tl_bank = b;
    ok = qat_ring_usable(r) &&
         qat_ring_used(r) + QAT_RESP_BYTES <= qat_ring_bytes(r) &&
         qat_dma_write(s, qat_bank_owner(b), qat_ring_base(r) + r->tail,
                       resp, QAT_RESP_BYTES);
    s->tl_bank = NULL;
    if (!ok) {
        qat_bank_halt(b, "response write failed");
        return false;
    }
    qat_ring_advance_tail(r, QAT_RESP_BYTES);
    qat_bank_stats(b)->responses++;
    if ((resp[6] & 0xe6) || (resp[2] == 3 && resp[5])) {
        qat_bank_stats(b)->errors++;
    }
    qat_bank_response_added(b, was_empty);
    return true;
}

/* Send what is finished at the front of a pair's queue */
static void qat_retire(QatPf *s, QatBank *b)
{
    QatJob *job;

    while ((job = QTAILQ_FIRST(&b->jobs)) && job->done) {
        QatAe *ae = &s->ae[job->ae];
        unsigned copies = 1;
        uint8_t resp[QAT_RESP_BYTES];

        memcpy(resp, job->resp, sizeof(resp));
        qat_tl_done(s, job);
        qat_job_release(job);
        if (b->stat || !qat_response_faults(s, b, resp, &copies)) {
            continue;
        }
        while (copies-- && qat_response_write(s, b, resp)) {
            ae->responses++;
        }
    }
}

static void qat_job_finish(QatPf *s, QatJob *job)
{
    QatBank *b = job->bank;
    PCIDevice *dev = qat_bank_owner(b);

    /* the guest can make a DMA write remove this very function */
    object_ref(OBJECT(dev));
    s->tl_bank = b;
    qat_execute(s, job, dev);
    s->tl_bank = NULL;
    object_unref(OBJECT(dev));
    if (!job->cancelled) {
        job->done = true;
        qat_retire(s, b);
    }
}

/* Finish what is due; *next gets the earliest time of the rest */
static bool qat_finish_due(QatPf *s, unsigned *budget, int64_t *next)
{
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    unsigned ae, t;

    *next = INT64_MAX;
    for (ae = 0; ae < QAT_NUM_AES; ae++) {
        for (t = 0; t < QAT_NUM_THREADS; t++) {
            QatJob *job = &s->ae[ae].job[t];

            if (!job->busy || job->done) {
                continue;
            }
            if (job->due > now) {
                *next = MIN(*next, job->due);
                continue;
            }
            if (!s->ae[ae].running) {
                qat_job_release(job);   /* engine was reset: lost */
                continue;
            }
            *budget -= MIN(*budget, 1 + qat_job_bytes(job) / BUDGET_BYTES);
            qat_job_finish(s, job);
            if (!*budget) {
                return true;
            }
        }
    }
    return false;
}

static void qat_work(void *opaque)
{
    QatPf *s = opaque;
    unsigned budget = RUN_BUDGET;
    bool more, wait = false;
    int64_t next;

    more = qat_finish_due(s, &budget, &next) ||
           qat_dispatch_all(s, &budget, &wait);
    if (!more) {
        /* requests just taken may be due at once */
        more = qat_finish_due(s, &budget, &next);
    }
    if (wait) {
        next = MIN(next, qat_rl_next());
    }
    if (!more && next <= qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL)) {
        more = true;
    }
    if (more) {
        qat_dispatch_kick(s);
    } else if (next != INT64_MAX) {
        timer_mod(&s->work_timer, next);
    }
}

static void qat_work_timer(void *opaque)
{
    QatPf *s = opaque;
    MemReentrancyGuard *guard = &DEVICE(s)->mem_reentrancy_guard;

    /* DMA only happens under the re-entrancy guard; a bottom half has it */
    if (!icount_enabled()) {
        qemu_bh_schedule(s->work_bh);
        return;
    }
    guard->engaged_in_io = true;
    qat_work(s);
    guard->engaged_in_io = false;
}

void qat_dispatch_kick(QatPf *s)
{
    if (icount_enabled()) {
        timer_mod(&s->work_timer, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL));
    } else {
        qemu_bh_schedule(s->work_bh);
    }
}

void qat_arbiter_write(QatPf *s, unsigned idx, uint32_t val)
{
    qat_dispatch_kick(s);
}

/* Reset of a pair: its requests are gone, nothing will be answered */
void qat_dispatch_cancel_bank(QatBank *b)
{
    QatJob *job;

    while ((job = QTAILQ_FIRST(&b->jobs))) {
        QTAILQ_REMOVE(&b->jobs, job, next);
        job->cancelled = true;
        qat_job_over(job);
    }
    b->inflight = 0;
}

/* FLR: every thread is idle again */
void qat_dispatch_reset(QatPf *s)
{
    unsigned ae, t;

    for (ae = 0; ae < QAT_NUM_AES; ae++) {
        for (t = 0; t < QAT_NUM_THREADS; t++) {
            s->ae[ae].job[t].cancelled = true;
            s->ae[ae].job[t].busy = false;
        }
    }
    memset(s->svc_free_at, 0, sizeof(s->svc_free_at));
    timer_del(&s->work_timer);
}

void qat_dispatch_init(QatPf *s)
{
    unsigned ae, t;

    s->work_bh = qemu_bh_new_guarded(qat_work, s,
                                     &DEVICE(s)->mem_reentrancy_guard);
    timer_init_ns(&s->work_timer, QEMU_CLOCK_VIRTUAL, qat_work_timer, s);
    for (ae = 0; ae < QAT_NUM_AES; ae++) {
        for (t = 0; t < QAT_NUM_THREADS; t++) {
            s->ae[ae].job[t].ae = ae;
            s->ae[ae].job[t].thread = t;
        }
    }
}

void qat_dispatch_exit(QatPf *s)
{
    qemu_bh_delete(s->work_bh);
    timer_del(&s->work_timer);
}
