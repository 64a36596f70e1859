/*
 * Intel QuickAssist Gen4: rate limiter
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Software builds a tree of nodes with admin commands: a root for a service,
 * clusters, leaves that hold ring pairs. Each node has a committed and a peak
 * rate, as tokens of four kinds that it gets in each scan. What a request
 * costs is taken from all nodes above its ring pair when it is fetched; a
 * ring pair whose leaf, or anything above it, is out of peak tokens waits.
 * Ring pairs with committed tokens left go before all others.
 *
 * Reference: 03 section 10. Not there, so chosen here: buckets hold the
 * tokens of BURST_SCANS scans; a request may overdraw a bucket; what a
 * request costs in slice and engine tokens follows from the time that the
 * modelled device needs for it, so rates are shares of that device.
 */

#include "qemu/osdep.h"
#include "qat.h"

#define SCANS_PER_SECOND    954
#define BURST_SCANS         20
#define RL_CAPS             0x70
#define PARAM_BYTES         64
#define RP_MAX              16
#define PCIE_UNIT           64
#define SVC_CODES           3

#define REG_R2L(rp)         (0x508000 + 4 * (rp))
#define REG_L2C(leaf)       (0x509000 + 4 * (leaf))
#define REG_C2S(cluster)    (0x508818 + 4 * (cluster))

enum { TYPE_ROOT, TYPE_CLUSTER, TYPE_LEAF };

static const unsigned qat_rl_count[] = { 4, 16, 64 };

static QatRlNode *qat_rl_node(QatPf *s, unsigned type, unsigned id)
{
    switch (type) {
    case TYPE_ROOT:
        return &s->rl.root[id];
    case TYPE_CLUSTER:
        return &s->rl.cluster[id];
    default:
        return &s->rl.leaf[id];
    }
}

static int64_t qat_rl_scan(void)
{
    return muldiv64(qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL), SCANS_PER_SECOND,
                    NANOSECONDS_PER_SECOND);
}

static void qat_rl_fill(int64_t *bucket, int64_t rate, int64_t scans)
{
    *bucket = MIN(*bucket + rate * scans, rate * BURST_SCANS);
}

/* Tokens of the scans that have begun since the last look */
static void qat_rl_refill(QatRlNode *n)
{
    int64_t now = qat_rl_scan();
    int64_t scans = MIN(now - n->scan, 1000 * BURST_SCANS);
    unsigned i;

    for (i = 0; i < QAT_RL_TOKENS; i++) {
        qat_rl_fill(&n->committed[i], n->cir[i], scans);
        qat_rl_fill(&n->peak[i], n->pir[i], scans);
    }
    n->scan = now;
}

static bool qat_rl_has(const int64_t *bucket)
{
    unsigned i;

    for (i = 0; i < QAT_RL_TOKENS; i++) {
        if (bucket[i] <= 0) {
            return false;
        }
    }
    return true;
}

/* The nodes above a ring pair, leaf first; how many */
static unsigned qat_rl_path(QatPf *s, unsigned rp, QatRlNode *path[3])
{
    QatRlNode *n = s->rl.of_rp[rp];
    unsigned depth = 0;

    while (n && depth < 3) {
        path[depth++] = n;
        n = n->parent;
    }
    return depth;
}

/* What the limiter says about the next request of a ring pair */
QatRlVerdict qat_rl_judge(QatPf *s, QatBank *b)
{
    QatRlNode *path[3];
    unsigned i, depth = qat_rl_path(s, b->num, path);

    if (!depth) {
        return QAT_RL_EXCESS;
    }
    for (i = 0; i < depth; i++) {
        qat_rl_refill(path[i]);
        if (!qat_rl_has(path[i]->peak)) {
            return QAT_RL_WAIT;
        }
    }
    return qat_rl_has(path[0]->committed) ? QAT_RL_COMMITTED : QAT_RL_EXCESS;
}

static unsigned qat_rl_slices(QatService svc)
{
    switch (svc) {
    case QAT_SVC_ASYM:
        return QAT_SLICES_PKE;
    case QAT_SVC_SYM:
        return QAT_SLICES_UCS;
    default:
        return QAT_SLICES_DCPR;
    }
}

/* A request was fetched that keeps the device busy for ns; 1 cycle = 1 ns */
void qat_rl_charge(QatPf *s, QatJob *job, uint64_t ns)
{
    uint32_t bytes = qat_job_bytes(job);
    int64_t units = DIV_ROUND_UP((int64_t)bytes, PCIE_UNIT);
    int64_t cost[QAT_RL_TOKENS] = {
        units, units, ns * qat_rl_slices(job->svc), ns * QAT_ADMIN_AE,
    };
    QatRlNode *path[3];
    unsigned i, k, depth = qat_rl_path(s, job->bank->num, path);

    for (i = 0; i < depth; i++) {
        for (k = 0; k < QAT_RL_TOKENS; k++) {
            path[i]->committed[k] -= cost[k];
            path[i]->peak[k] -= cost[k];
        }
    }
}

/* When the next tokens come */
int64_t qat_rl_next(void)
{
    return muldiv64(qat_rl_scan() + 1, NANOSECONDS_PER_SECOND,
                    SCANS_PER_SECOND) + 1;
}

/* ---- admin commands ---- */

static bool qat_rl_read_params(QatPf *s, uint64_t ptr, uint32_t len,
                               uint8_t *params)
{
    return ptr && len >= PARAM_BYTES &&
           qat_dma_read(s, PCI_DEVICE(s), ptr, params, PARAM_BYTES);
}

static void qat_rl_set_rates(QatRlNode *n, const uint8_t *params)
{
    unsigned i;

    for (i = 0; i < QAT_RL_TOKENS; i++) {
        n->cir[i] = qat_get32(params + 8 * i);
        n->pir[i] = qat_get32(params + 8 * i + 4);
        n->committed[i] = MIN(n->committed[i], n->cir[i] * BURST_SCANS);
        n->peak[i] = MIN(n->peak[i], n->pir[i] * BURST_SCANS);
    }
}

/* Registers tell where a node hangs; it must hang somewhere of its service */
static bool qat_rl_parent(QatPf *s, unsigned type, unsigned id, unsigned svc,
                          QatRlNode **parent)
{
    *parent = NULL;
    if (type == TYPE_LEAF) {
        *parent = &s->rl.cluster[*qat_pmisc(s, REG_L2C(id)) & 0xf];
    } else if (type == TYPE_CLUSTER) {
        *parent = &s->rl.root[*qat_pmisc(s, REG_C2S(id)) & 0x3];
    }
    return !*parent || ((*parent)->used && (*parent)->svc == svc);
}

/* Every ring pair exists, is named once, points at this leaf and is free */
static bool qat_rl_rps_ok(QatPf *s, unsigned leaf, const uint8_t *params,
                          unsigned count)
{
    uint64_t seen = 0;
    unsigned i, rp;

    for (i = 0; i < count; i++) {
        rp = lduw_le_p(params + 32 + 2 * i);
        if (rp >= QAT_NUM_BANKS || (seen & 1ull << rp) || s->rl.of_rp[rp] ||
            *qat_pmisc(s, REG_R2L(rp)) != leaf) {
            return false;
        }
        seen |= 1ull << rp;
    }
    return true;
}

static bool qat_rl_add(QatPf *s, const QatRlCommand *c)
{
    uint8_t params[PARAM_BYTES];
    QatRlNode *n, *parent;
    unsigned i;

    if (c->type > TYPE_LEAF || c->node >= qat_rl_count[c->type] ||
        c->svc >= SVC_CODES || c->rps > RP_MAX ||
        (c->type == TYPE_LEAF ? !c->rps : c->rps) ||
        !qat_rl_read_params(s, c->ptr, c->len, params)) {
        return false;
    }
    n = qat_rl_node(s, c->type, c->node);
    if (n->used || !qat_rl_parent(s, c->type, c->node, c->svc, &parent) ||
        !qat_rl_rps_ok(s, c->node, params, c->rps)) {
        return false;
    }
    memset(n, 0, sizeof(*n));
    n->used = true;
    n->svc = c->svc;
    n->parent = parent;
    n->scan = qat_rl_scan();
    qat_rl_set_rates(n, params);
    if (parent) {
        parent->children++;
    }
    for (i = 0; i < c->rps; i++) {
        s->rl.of_rp[lduw_le_p(params + 32 + 2 * i)] = n;
    }
    return true;
}

static bool qat_rl_update(QatPf *s, const QatRlCommand *c)
{
    uint8_t params[PARAM_BYTES];
    QatRlNode *n;

    if (c->type > TYPE_LEAF || c->node >= qat_rl_count[c->type] ||
        !qat_rl_read_params(s, c->ptr, c->len, params)) {
        return false;
    }
    n = qat_rl_node(s, c->type, c->node);
    if (!n->used || n->svc != c->svc) {
        return false;
    }
    qat_rl_refill(n);
    qat_rl_set_rates(n, params);
    return true;
}

static bool qat_rl_remove(QatPf *s, const QatRlCommand *c)
{
    QatRlNode *n;
    unsigned rp;

    if (c->type > TYPE_LEAF || c->node >= qat_rl_count[c->type]) {
        return false;
    }
    n = qat_rl_node(s, c->type, c->node);
    if (!n->used || n->children) {
        return false;
    }
    for (rp = 0; rp < QAT_NUM_BANKS; rp++) {
        if (s->rl.of_rp[rp] == n) {
            s->rl.of_rp[rp] = NULL;
        }
    }
    if (n->parent) {
        n->parent->children--;
    }
    memset(n, 0, sizeof(*n));
    return true;
}

/* Is there a rate limiter at all? RL_INIT asks, and empties it */
bool qat_rl_init_cmd(QatPf *s)
{
    if ((s->fw_caps & RL_CAPS) != RL_CAPS) {
        return false;
    }
    qat_rl_reset(s);
    s->rl.on = true;
    return true;
}

bool qat_rl_command(QatPf *s, const QatRlCommand *c)
{
    bool ok = false;

    if (s->rl.on) {
        ok = c->op == QAT_RL_ADD ? qat_rl_add(s, c) :
             c->op == QAT_RL_UPDATE ? qat_rl_update(s, c) :
             qat_rl_remove(s, c);
    }
    if (!ok) {
        qemu_log_mask(LOG_GUEST_ERROR,
                      "qat: rate limit operation %u of node %u.%u refused\n",
                      c->op, c->type, c->node);
    }
    qat_dispatch_kick(s);
    return ok;
}

void qat_rl_reset(QatPf *s)
{
    memset(&s->rl, 0, sizeof(s->rl));
}
