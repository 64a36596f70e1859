/*
 * Intel QuickAssist Gen4: verification of a signed firmware image
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * RSASSA-PKCS1-v1_5 over SHA-256 with a 3072-bit key that travels in the
 * image; the key itself is trusted by a list of hashes of its modulus.
 * Reference: 02 section 5. No device state here.
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qat.h"
#include <gcrypt.h>

/* SHA-256 of the modulus as stored, of the key that signs Intel's images */
#define QAT_INTEL_KEY \
    "a0648cbb88e1430d4b3e99fccb752683337ad4f6698afbd9926a0feb2bb1a5b2"

static void qat_hex(const uint8_t *in, size_t len, char *out)
{
    size_t i;

    for (i = 0; i < len; i++) {
        snprintf(out + 2 * i, 3, "%02x", in[i]);
    }
}

bool qat_image_trust_valid(const char *trust, const char *key_hashes,
                           Error **errp)
{
    g_auto(GStrv) keys = g_strsplit(key_hashes ?: "", ":", -1);
    unsigned i;

    if (strcmp(trust, "intel") && strcmp(trust, "keys") &&
        strcmp(trust, "any") && strcmp(trust, "none")) {
        error_setg(errp, "fw-trust must be intel, keys, any or none, not %s",
                   trust);
        return false;
    }
    for (i = 0; keys[i]; i++) {
        if (*keys[i] && (strlen(keys[i]) != 64 ||
                         strspn(keys[i], "0123456789abcdefABCDEF") != 64)) {
            error_setg(errp, "fw-key-hash: %s is not 64 hex digits", keys[i]);
            return false;
        }
    }
    return true;
}

static bool qat_key_trusted(const char *trust, const char *key_hashes,
                            const uint8_t *modulus)
{
    g_auto(GStrv) keys = g_strsplit(key_hashes ?: "", ":", -1);
    uint8_t digest[32];
    char hex[65];
    unsigned i;

    if (!strcmp(trust, "any")) {
        return true;
    }
    gcry_md_hash_buffer(GCRY_MD_SHA256, digest, modulus, QAT_KEY_BYTES);
    qat_hex(digest, sizeof(digest), hex);
    if (!strcmp(trust, "intel") && !strcmp(hex, QAT_INTEL_KEY)) {
        return true;
    }
    for (i = 0; keys[i]; i++) {
        if (!g_ascii_strcasecmp(keys[i], hex)) {
            return true;
        }
    }
    return false;
}

static gcry_mpi_t qat_mpi_le(const uint8_t *le, size_t len)
{
    g_autofree uint8_t *be = g_malloc(len);
    gcry_mpi_t m = NULL;
    size_t i;

    for (i = 0; i < len; i++) {
        be[i] = le[len - 1 - i];
    }
    gcry_mpi_scan(&m, GCRYMPI_FMT_USG, be, len, NULL);
    return m;
}

/* sig^e mod n as QAT_KEY_BYTES big-endian bytes; false for a bad key */
static bool qat_rsa_public(const uint8_t *modulus, uint32_t exponent,
                           const uint8_t *sig, uint8_t *out)
{
    gcry_mpi_t n = qat_mpi_le(modulus, QAT_KEY_BYTES);
    gcry_mpi_t c = qat_mpi_le(sig, QAT_SIG_BYTES);
    gcry_mpi_t e = gcry_mpi_set_ui(NULL, exponent);
    gcry_mpi_t m = gcry_mpi_new(QAT_KEY_BYTES * 8);
    size_t len = 0;
    bool ok = false;

    if (n && c && gcry_mpi_get_nbits(n) == QAT_KEY_BYTES * 8 &&
        gcry_mpi_test_bit(n, 0) && gcry_mpi_cmp(c, n) < 0) {
        uint8_t raw[QAT_KEY_BYTES];

        gcry_mpi_powm(m, c, e, n);
        if (!gcry_mpi_print(GCRYMPI_FMT_USG, raw, sizeof(raw), &len, m)) {
            memset(out, 0, QAT_KEY_BYTES - len);
            memcpy(out + QAT_KEY_BYTES - len, raw, len);
            ok = true;
        }
    }
    gcry_mpi_release(n);
    gcry_mpi_release(c);
    gcry_mpi_release(e);
    gcry_mpi_release(m);
    return ok;
}

static void qat_emsa(const uint8_t *digest, uint8_t *em)
{
    static const uint8_t info[] = {
        0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
        0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
    };
    size_t pad = QAT_KEY_BYTES - 3 - sizeof(info) - 32;

    em[0] = 0;
    em[1] = 1;
    memset(em + 2, 0xff, pad);
    em[2 + pad] = 0;
    memcpy(em + 3 + pad, info, sizeof(info));
    memcpy(em + 3 + pad + sizeof(info), digest, 32);
}

bool qat_image_verify(const char *trust, const char *key_hashes,
                      const uint8_t *css, const uint8_t *modulus,
                      uint32_t exponent, const uint8_t *sig,
                      const uint8_t *payload, size_t payload_len,
                      const char **why)
{
    uint8_t digest[32], want[QAT_KEY_BYTES], got[QAT_KEY_BYTES];
    gcry_md_hd_t md;

    if (!strcmp(trust, "none")) {
        return true;
    }
    if (exponent < 3 || !(exponent & 1)) {
        *why = "public exponent is even or too small";
        return false;
    }
    if (!qat_key_trusted(trust, key_hashes, modulus)) {
        *why = "key is not on the list of trusted keys";
        return false;
    }
    if (gcry_md_open(&md, GCRY_MD_SHA256, 0)) {
        *why = "no SHA-256 on the host";
        return false;
    }
    gcry_md_write(md, css, QAT_CSS_BYTES);
    gcry_md_write(md, payload, payload_len);
    memcpy(digest, gcry_md_read(md, GCRY_MD_SHA256), sizeof(digest));
    gcry_md_close(md);

    qat_emsa(digest, want);
    if (!qat_rsa_public(modulus, exponent, sig, got)) {
        *why = "not a 3072-bit RSA key and signature";
        return false;
    }
    if (memcmp(want, got, sizeof(want))) {
        *why = "signature does not match header and payload";
        return false;
    }
    return true;
}
