/*
 * Intel QuickAssist Gen4: firmware control unit
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * AUTH reads the descriptor and everything it points to once, checks sizes,
 * layout and signature, and keeps what LOAD and START need. Commands run in
 * a bottom half; FCU_STATUS leaves its old result at once, so a stale answer
 * is never seen. Reference: 02 sections 6, 10 and 11.4.
 */

#include "qemu/osdep.h"
#include "qemu/cutils.h"
#include "qat.h"

#define FCU_AUTH        1
#define FCU_LOAD        2
#define FCU_START       3

#define FCU_VERI_DONE   1
#define FCU_LOAD_DONE   2
#define FCU_VERI_FAIL   3
#define FCU_LOAD_FAIL   4
#define FCU_BUSY        5
#define FCU_RESULT      0x7
#define FCU_AUTHFWLD    0x100
#define FCU_DONE        0x200

#define REG_BROADCAST   0x641008
#define REG_DRAM_LO     0x641014
#define REG_DRAM_HI     0x641018

#define DEV_TYPE_4XXX   0x08000000
#define KEY_BLOCK       768
#define KEY_EXPONENT    764

/* One descriptor field pair: high word first */
static uint64_t qat_desc_addr(const uint8_t *desc, unsigned off)
{
    return (uint64_t)qat_get32(desc + off) << 32 | qat_get32(desc + off + 4);
}

static QatService qat_service_of(const char *name)
{
    static const struct {
        const char *name;
        QatService svc;
    } names[] = {
        { "icp_security_cy__c0", QAT_SVC_SYM },
        { "icp_security_pke__c0", QAT_SVC_ASYM },
        { "icp_security_dc__c0", QAT_SVC_DC },
        { "icp_admin_me__c0", QAT_SVC_ADMIN },
        { "rsa_sha_kat__c0", QAT_SVC_KAT },
    };
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(names); i++) {
        if (!strcmp(name, names[i].name)) {
            return names[i].svc;
        }
    }
    return QAT_SVC_NONE;
}

/* The AE mode descriptor at the start of the payload */
static bool qat_parse_simg(const uint8_t *simg, uint32_t desc_mask,
                           QatImage *img, const char **why)
{
    uint32_t mask = qat_get32(simg + 0x10);

    if (qat_get32(simg + 8) != DEV_TYPE_4XXX) {
        *why = "image is for another device type";
        return false;
    }
    if (!mask || (desc_mask & ~mask)) {
        *why = "engine mask is empty or wider than the image allows";
        return false;
    }
    img->ae_mask = mask;
    img->ctx_enables = qat_get32(simg + 0x14);
    pstrcpy(img->name, sizeof(img->name), "");
    memcpy(img->name, simg + 0x28, sizeof(img->name) - 1);
    img->svc = qat_service_of(img->name);
    return true;
}

static bool qat_check_layout(const uint8_t *desc, bool mmp, uint64_t img_addr,
                             const char **why)
{
    uint64_t mode = qat_desc_addr(desc, 0x28);
    uint64_t init = qat_desc_addr(desc, 0x30);
    uint64_t insts = qat_desc_addr(desc, 0x38);
    bool ok;

    if (mmp) {
        ok = !mode && !init && insts == img_addr && !qat_get32(desc + 4);
    } else {
        ok = mode == img_addr && init == img_addr + 552 &&
             insts == img_addr + 952;
    }
    if (!ok) {
        *why = "descriptor addresses do not fit the image layout";
    }
    return ok;
}

static bool qat_auth(QatPf *s, uint64_t addr, QatImage *img, const char **why)
{
    PCIDevice *dev = PCI_DEVICE(s);
    g_autofree uint8_t *payload = NULL;
    uint8_t desc[64], css[QAT_CSS_BYTES], key[KEY_BLOCK], sig[QAT_SIG_BYTES];
    uint64_t img_addr;
    uint32_t len, max, min;

    memset(img, 0, sizeof(*img));
    *why = "DMA error";
    if (!qat_dma_read(s, dev, addr, desc, sizeof(desc)) ||
        !qat_dma_read(s, dev, qat_desc_addr(desc, 0x08), css, sizeof(css))) {
        return false;
    }
    switch (qat_get32(css + 0x28)) {
    case 0:
        min = QAT_AE_PAYLOAD_MIN;
        max = QAT_AE_PAYLOAD_MAX;
        break;
    case 1:
        img->mmp = true;
        min = 1;
        max = QAT_MMP_PAYLOAD_MAX;
        break;
    default:
        *why = "unknown firmware type in the CSS header";
        return false;
    }
    len = qat_get32(desc);
    img_addr = qat_desc_addr(desc, 0x10);
    if (len < min || len > max || qat_get32(css + 4) * 4ull != 900 ||
        qat_get32(css + 0x18) * 4ull != 900ull + len) {
        *why = "image length out of range or not the one in the CSS header";
        return false;
    }
    if (!qat_check_layout(desc, img->mmp, img_addr, why)) {
        return false;
    }
    payload = g_malloc(len);
    *why = "DMA error";
    if (!qat_dma_read(s, dev, img_addr, payload, len) ||
        !qat_dma_read(s, dev, qat_desc_addr(desc, 0x18), sig, sizeof(sig)) ||
        !qat_dma_read(s, dev, qat_desc_addr(desc, 0x20), key, sizeof(key))) {
        return false;
    }
    if (!qat_image_verify(s->fw_trust, s->fw_key_hash, css, key,
                          qat_get32(key + KEY_EXPONENT), sig, payload, len,
                          why)) {
        return false;
    }
    if (!img->mmp &&
        !qat_parse_simg(payload, qat_get32(desc + 4), img, why)) {
        return false;
    }
    img->valid = true;
    return true;
}

static void qat_fcu_result(QatPf *s, uint32_t result)
{
    s->fcu_status = (s->fcu_status & ~FCU_RESULT) | result;
}

static void qat_fcu_auth(QatPf *s)
{
    uint64_t addr = (uint64_t)*qat_pmisc(s, REG_DRAM_HI) << 32 |
                    *qat_pmisc(s, REG_DRAM_LO);
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .op = "auth" };
    const char *why = NULL;
    QatImage img;
    bool ok = qat_auth(s, addr, &img, &why);

    if (ok && qat_fault(s, "fw", &m)) {
        ok = false;
        why = "fault knob";
    }
    s->image = img;
    s->image.valid = ok;
    if (ok) {
        s->fcu_status |= FCU_AUTHFWLD;
        qat_fcu_result(s, FCU_VERI_DONE);
        qat_trace(s, "FCU accepted %s", img.mmp ? "MMP" : img.name);
    } else {
        s->fcu_status &= ~FCU_AUTHFWLD;
        qat_fcu_result(s, FCU_VERI_FAIL);
        qemu_log_mask(LOG_GUEST_ERROR, "qat: FCU refused the image at 0x%"
                      PRIx64 ": %s\n", addr, why);
    }
}

static bool qat_load(QatPf *s, uint32_t target, const char **why)
{
    unsigned n;

    if (!s->image.valid || s->image.mmp) {
        *why = "no authenticated engine image";
        return false;
    }
    if (!target || (target & ~s->image.ae_mask) ||
        (target & ~qat_ae_present_mask(s))) {
        *why = "target engines absent or not allowed by the image";
        return false;
    }
    for (n = 0; n < QAT_NUM_AES; n++) {
        if (!(target & (1u << n))) {
            continue;
        }
        if (!qat_ae_clocked(s, n) || s->ae[n].running) {
            *why = "target engine in reset, not clocked or already running";
            return false;
        }
    }
    return true;
}

static void qat_fcu_load(QatPf *s)
{
    uint32_t cmd = s->fcu_cmd;
    uint32_t target = cmd & 0x10 ? 1u << ((cmd >> 8) & 0x1f)
                                 : *qat_pmisc(s, REG_BROADCAST) & 0x1ff;
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .op = "load" };
    const char *why = NULL;
    bool ok = qat_load(s, target, &why);
    unsigned n;

    if (ok && qat_fault(s, "fw", &m)) {
        ok = false;
        why = "fault knob";
    }
    if (!ok) {
        qat_fcu_result(s, FCU_LOAD_FAIL);
        qemu_log_mask(LOG_GUEST_ERROR,
                      "qat: FCU refused LOAD to engines 0x%x: %s\n",
                      target, why);
        return;
    }
    for (n = 0; n < QAT_NUM_AES; n++) {
        if (target & (1u << n)) {
            s->ae[n].loaded = true;
            s->ae[n].svc = s->image.svc;
            s->ae[n].ctx_enables = s->image.ctx_enables;
            pstrcpy(s->ae[n].image, sizeof(s->ae[n].image), s->image.name);
        }
    }
    qat_fcu_result(s, FCU_LOAD_DONE);
}

static void qat_fcu_start(QatPf *s)
{
    bool any = false;
    unsigned n;

    for (n = 0; n < QAT_NUM_AES; n++) {
        if (s->ae[n].loaded && !s->ae[n].running) {
            qat_ae_start(s, n);
        }
        any |= s->ae[n].running;
    }
    if (any) {
        s->fcu_status |= FCU_DONE;
        qat_dispatch_kick(s);
    } else {
        qemu_log_mask(LOG_GUEST_ERROR, "qat: FCU START with nothing loaded\n");
    }
}

static void qat_fcu_run(QatPf *s)
{
    switch (s->fcu_cmd & 0xf) {
    case FCU_AUTH:
        qat_fcu_auth(s);
        break;
    case FCU_LOAD:
        qat_fcu_load(s);
        break;
    case FCU_START:
        qat_fcu_start(s);
        break;
    }
    s->fcu_cmd = 0;
}

static void qat_fcu_bh(void *opaque)
{
    QatPf *s = opaque;
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .op = "slow" };
    QatFault *f = s->fcu_cmd ? qat_fault(s, "fw", &m) : NULL;

    if (f) {
        timer_mod(&s->fcu_timer, qemu_clock_get_ms(QEMU_CLOCK_VIRTUAL) +
                  f->ms);
        return;
    }
    qat_fcu_run(s);
}

static void qat_fcu_timer(void *opaque)
{
    qat_fcu_run(opaque);
}

void qat_fcu_control_write(QatPf *s, unsigned idx, uint32_t val)
{
    switch (val & 0xf) {
    case 0:
        return;
    case FCU_AUTH:
        s->fcu_status &= ~FCU_AUTHFWLD;
        qat_fcu_result(s, FCU_BUSY);
        break;
    case FCU_LOAD:
        qat_fcu_result(s, FCU_BUSY);
        break;
    case FCU_START:
        break;
    default:
        qemu_log_mask(LOG_GUEST_ERROR, "qat: unknown FCU command 0x%x\n", val);
        return;
    }
    s->fcu_cmd = val;
    qemu_bh_schedule(s->fcu_bh);
}

uint32_t qat_fcu_status_read(QatPf *s, unsigned idx, uint32_t stored)
{
    return s->fcu_status;
}

uint32_t qat_fcu_loaded_read(QatPf *s, unsigned idx, uint32_t stored)
{
    uint32_t mask = 0;
    unsigned n;

    for (n = 0; n < QAT_NUM_AES; n++) {
        mask |= s->ae[n].loaded ? 1u << n : 0;
    }
    return mask;
}

/* A group going into reset, or FLR: nothing held, nothing pending */
void qat_fcu_reset(QatPf *s)
{
    s->fcu_status = 0;
    s->fcu_cmd = 0;
    memset(&s->image, 0, sizeof(s->image));
    timer_del(&s->fcu_timer);
}

void qat_fcu_init(QatPf *s)
{
    s->fcu_bh = qemu_bh_new_guarded(qat_fcu_bh, s,
                                    &DEVICE(s)->mem_reentrancy_guard);
    timer_init_ms(&s->fcu_timer, QEMU_CLOCK_VIRTUAL, qat_fcu_timer, s);
}

void qat_fcu_exit(QatPf *s)
{
    qemu_bh_delete(s->fcu_bh);
    timer_del(&s->fcu_timer);
}
