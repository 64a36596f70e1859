/*
 * Intel QuickAssist Gen4: fault knobs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The property "faults" holds a list of knobs, set at start or at run time:
 *
 *     kind:mode[,key=value]...[;kind:mode...]
 *
 * Each boundary of the model (register access, firmware unit, admin answer,
 * mailbox word, interrupt, DMA, response, reset) asks here whether a knob
 * matches. Keys narrow the match: cmd, ae, vf, bank, vec, reg (a name or an
 * offset), op. nth=N fires from the N-th match on, times=M only M times (0:
 * for ever; without nth and times: for ever, with nth alone: once). val and
 * ms are parameters of the mode. "faults-fired" lists what fired, numbered.
 * Setting the property replaces the whole list.
 */

#include "qemu/osdep.h"
#include "qemu/cutils.h"
#include "qapi/error.h"
#include "qat.h"

#define LOG_MAX     65536

/* kind, its modes; a mode is also the op the boundary asks for */
static const struct {
    const char *kind;
    const char *modes;
} qat_fault_kinds[] = {
    { "fw", "auth load start slow" },
    { "admin", "status silent delay garbage" },
    { "mmio", "ones stuck ignore" },
    { "mbox", "drop noack corrupt dup" },
    { "irq", "lose dup spurious" },
    { "resp", "drop dup opaque status command service late" },
    { "dc", "verify error" },
    { "ring", "stall" },
    { "dma", "read write" },
    { "reset", "flr rp" },
    { "pm", "never" },
    { "hb", "freeze" },
    { "tl", "freeze" },
    { "ras", "set" },
};

static bool qat_fault_mode_known(const char *kind, const char *mode)
{
    unsigned i, k;

    for (i = 0; i < ARRAY_SIZE(qat_fault_kinds); i++) {
        g_auto(GStrv) modes = g_strsplit(qat_fault_kinds[i].modes, " ", -1);

        for (k = 0; !strcmp(kind, qat_fault_kinds[i].kind) && modes[k]; k++) {
            if (!strcmp(mode, modes[k])) {
                return true;
            }
        }
    }
    return false;
}

static void qat_fault_free(QatFault *f)
{
    g_free(f->kind);
    g_free(f->mode);
    g_free(f->op);
    g_free(f->regname);
    g_free(f);
}

static void qat_fault_clear(QatPf *s)
{
    QatFault *f;

    while ((f = QTAILQ_FIRST(&s->faults))) {
        QTAILQ_REMOVE(&s->faults, f, next);
        qat_fault_free(f);
    }
}

static bool qat_fault_key(QatFault *f, const char *key, const char *value)
{
    const struct {
        const char *key;
        int64_t *field;
    } ints[] = {
        { "cmd", &f->cmd }, { "ae", &f->ae }, { "vf", &f->vf },
        { "bank", &f->bank }, { "vec", &f->vec },
    };
    uint64_t num;
    bool is_num = !qemu_strtou64(value, NULL, 0, &num);
    unsigned i;

    if (!strcmp(key, "op")) {
        f->op = g_strdup(value);
        return true;
    }
    if (!strcmp(key, "reg") && !is_num) {
        f->regname = g_strdup(value);
        return true;
    }
    if (!is_num) {
        return false;
    }
    for (i = 0; i < ARRAY_SIZE(ints); i++) {
        if (!strcmp(key, ints[i].key)) {
            *ints[i].field = num;
            return true;
        }
    }
    if (!strcmp(key, "reg")) {
        f->reg = num;
    } else if (!strcmp(key, "val")) {
        f->val = num;
    } else if (!strcmp(key, "ms")) {
        f->ms = num;
    } else if (!strcmp(key, "nth")) {
        f->nth = MAX(num, 1);
        f->times = f->times ?: 1;
    } else if (!strcmp(key, "times")) {
        f->times = num;
    } else {
        return false;
    }
    return true;
}

static QatFault *qat_fault_parse(const char *text, Error **errp)
{
    g_auto(GStrv) head = g_strsplit(text, ":", 2);
    g_auto(GStrv) part = NULL;
    QatFault *f;
    unsigned i;

    if (!head[0] || !head[1]) {
        error_setg(errp, "fault '%s': expected kind:mode", text);
        return NULL;
    }
    part = g_strsplit(head[1], ",", -1);
    if (!part[0] || !qat_fault_mode_known(head[0], part[0])) {
        error_setg(errp, "fault '%s': unknown kind or mode", text);
        return NULL;
    }
    f = g_new0(QatFault, 1);
    f->kind = g_strdup(head[0]);
    f->mode = g_strdup(part[0]);
    f->cmd = f->ae = f->reg = f->vf = f->bank = f->vec = QAT_FAULT_ANY;
    f->nth = 1;
    for (i = 1; part[i]; i++) {
        g_auto(GStrv) kv = g_strsplit(part[i], "=", 2);

        if (!kv[0] || !kv[1] || !qat_fault_key(f, kv[0], kv[1])) {
            error_setg(errp, "fault '%s': bad parameter '%s'", text, part[i]);
            qat_fault_free(f);
            return NULL;
        }
    }
    return f;
}

static void qat_fault_note(QatPf *s, QatFault *f)
{
    f->fired++;
    s->faults_seq++;
    if (s->faults_log->len < LOG_MAX) {
        g_string_append_printf(s->faults_log, "%u %s:%s\n", s->faults_seq,
                               f->kind, f->mode);
    }
    qat_trace(s, "fault %u %s:%s", s->faults_seq, f->kind, f->mode);
}

/* Knobs that act at once instead of waiting at a boundary */
static void qat_fault_act(QatPf *s, QatFault *f)
{
    if (!strcmp(f->kind, "ras") && f->reg >= 0) {
        qat_fault_note(s, f);
        qat_ras_inject(s, f->reg, f->val);
    }
    if (!strcmp(f->kind, "irq") && !strcmp(f->mode, "spurious")) {
        PCIDevice *dev = PCI_DEVICE(s);

        if (f->vf >= 0 && f->vf < QAT_NUM_VFS && s->vf[f->vf]) {
            dev = PCI_DEVICE(s->vf[f->vf]);
        }
        qat_fault_note(s, f);
        qat_irq_spurious(s, dev, MAX(f->vec, 0));
    }
}

bool qat_fault_set(QatPf *s, const char *text, Error **errp)
{
    g_auto(GStrv) list = g_strsplit(text, ";", -1);
    QTAILQ_HEAD(, QatFault) fresh = QTAILQ_HEAD_INITIALIZER(fresh);
    QatFault *f, *tmp;
    bool ok = true;
    unsigned i;

    for (i = 0; ok && list[i]; i++) {
        if (!*list[i]) {
            continue;
        }
        f = qat_fault_parse(list[i], errp);
        if (f) {
            QTAILQ_INSERT_TAIL(&fresh, f, next);
        } else {
            ok = false;
        }
    }
    if (ok) {
        qat_fault_clear(s);
        if (text != s->faults_text) {
            g_free(s->faults_text);
            s->faults_text = g_strdup(text);
        }
    }
    QTAILQ_FOREACH_SAFE(f, &fresh, next, tmp) {
        QTAILQ_REMOVE(&fresh, f, next);
        if (ok) {
            QTAILQ_INSERT_TAIL(&s->faults, f, next);
            qat_fault_act(s, f);
        } else {
            qat_fault_free(f);
        }
    }
    /* what stood still may go on */
    if (s->work_bh) {
        qat_dispatch_kick(s);
    }
    return ok;
}

static bool qat_field(int64_t want, int64_t have)
{
    return want == QAT_FAULT_ANY || want == have;
}

/* Count a match; does it fire this time? */
static bool qat_fault_fires(QatPf *s, QatFault *f)
{
    f->hits++;
    if (f->hits < f->nth || (f->times && f->fired >= f->times)) {
        return false;
    }
    qat_fault_note(s, f);
    return true;
}

/* The knob that fires at this boundary, or NULL */
QatFault *qat_fault(QatPf *s, const char *kind, const QatFaultMatch *m)
{
    QatFault *f;

    QTAILQ_FOREACH(f, &s->faults, next) {
        if (strcmp(f->kind, kind) || strcmp(f->mode, m->op) ||
            !qat_field(f->cmd, m->cmd) || !qat_field(f->ae, m->ae) ||
            !qat_field(f->reg, m->reg) || !qat_field(f->vf, m->vf) ||
            !qat_field(f->bank, m->bank) || !qat_field(f->vec, m->vec)) {
            continue;
        }
        if (qat_fault_fires(s, f)) {
            return f;
        }
    }
    return NULL;
}

/*
 * Register boundary; op is read, write or config. A knob without reg= is
 * the whole device gone: all reads give ones. True: a write is swallowed.
 */
bool qat_fault_reg(QatPf *s, const char *op, const char *name, hwaddr addr,
                   uint32_t *val)
{
    bool reading = strcmp(op, "write");
    QatFault *f;

    QTAILQ_FOREACH(f, &s->faults, next) {
        if (strcmp(f->kind, "mmio") ||
            (f->op && strcmp(f->op, op)) ||
            (f->regname && strcmp(f->regname, name)) ||
            (f->reg >= 0 && f->reg != addr) ||
            (reading == !strcmp(f->mode, "ignore"))) {
            continue;
        }
        if (!qat_fault_fires(s, f)) {
            continue;
        }
        if (!reading) {
            return true;
        }
        *val = strcmp(f->mode, "stuck") ? 0xffffffff : f->val;
    }
    return false;
}

void qat_fault_init(QatPf *s)
{
    QTAILQ_INIT(&s->faults);
    s->faults_log = g_string_new("");
}

void qat_fault_exit(QatPf *s)
{
    qat_fault_clear(s);
    g_string_free(s->faults_log, true);
    g_free(s->faults_text);
    s->faults_text = NULL;
}
