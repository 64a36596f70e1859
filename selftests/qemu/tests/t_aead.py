# SPDX-License-Identifier: GPL-2.0-or-later
"""Single-pass AEAD: GCM, CCM and ChaCha20-Poly1305 against OpenSSL's primitives."""

import random
import struct
import subprocess

from device import Device, u16, u32, u64
from t_sym import BIG, changed, openssl
from tap import equal, test
from vectors import AAD, BUF, CD, DIGEST, OUT, VECTORS


def mac(*args, data):
    return bytes.fromhex(subprocess.run(["openssl", "mac", *args], input=data, check=True,
                                        capture_output=True).stdout.decode())


def pad(data):
    return data + bytes(-len(data) % 16)


def poly(key, nonce, aad, data):
    """RFC 8439 section 2.8 of OpenSSL's ChaCha20 and Poly1305."""
    def stream(counter, text):
        return openssl("chacha20", key, u32(counter) + nonce, text)

    enc = stream(1, data)
    auth = pad(aad) + pad(enc) + u64(len(aad)) + u64(len(enc))
    return enc, mac("-macopt", "hexkey:" + stream(0, bytes(32)).hex(), "Poly1305", data=auth)


def gcm(key, nonce, aad, data):
    """Counter mode, and GMAC's arithmetic written out for GHASH."""
    aes = "aes-%d-" % (8 * len(key))
    h = int.from_bytes(openssl(aes + "ecb", key, b"", bytes(16)), "big")
    enc = openssl(aes + "ctr", key, nonce + b"\0\0\0\2", data) if data else b""
    y = 0
    blocks = pad(aad) + pad(enc) + struct.pack(">QQ", 8 * len(aad), 8 * len(enc))
    for i in range(0, len(blocks), 16):
        x, v, y = y ^ int.from_bytes(blocks[i:i + 16], "big"), h, 0
        for bit in range(127, -1, -1):
            y ^= v if x >> bit & 1 else 0
            v = v >> 1 ^ (0xe1 << 120 if v & 1 else 0)
    mask = openssl(aes + "ecb", key, b"", nonce + b"\0\0\0\1")
    return enc, bytes(a ^ b for a, b in zip(y.to_bytes(16, "big"), mask))


def ccm_blocks(nonce, aad, size, tag):
    """A0 and the buffer in front of the payload: B0, the length of the data, the data."""
    q = 15 - len(nonce)
    flags = (0x40 if aad else 0) | (tag - 2) // 2 << 3 | q - 1
    b0 = bytes([flags]) + nonce + size.to_bytes(q, "big")
    return bytes([q - 1]) + nonce + bytes(q), b0 + struct.pack(">H", len(aad)) + aad


def ccm(key, a0, head, aad, data):
    aes = "aes-%d-" % (8 * len(key))
    auth = pad(head if aad else head[:16]) + pad(data)
    t = openssl(aes + "cbc", key, bytes(16), auth)[-16:]
    out = openssl(aes + "ctr", key, a0, bytes(16) + data)
    return out[16:], bytes(a ^ b for a, b in zip(t, out[:16]))


def request(flags, key_qw, cd_qw, size, iv, aad, tag, total=None):
    """A flat request out of place: the data at BUF, the result at OUT."""
    total = size if total is None else total
    return (bytes([0, 0, 4, 0x80]) + u16(flags) + bytes(2) + u64(CD) +
            bytes([0, 0, cd_qw, 0]) + u32(0) + u64(0x77) + u64(BUF) + u64(OUT) + u32(total) +
            u32(total) + u32(0) + u32(size) + iv.ljust(16, b"\xaa") + u32(0) + u32(aad) +
            u64(AAD) + u64(DIGEST) + bytes([0, 0, 0, tag, 2, key_qw, 0, 0x41])
            ).ljust(128, b"\0")


def both_ways(d, bank, what, flags, cfg, key, iv, head, plain, enc, tag, ucs):
    """Encrypt and decrypt, tag by address and in the buffer, and a wrong tag."""
    stored = key.ljust(32, b"\xee") if ucs and len(key) == 24 else key
    n, t = len(plain), len(tag)
    for decrypt in (False, True):
        for in_buffer in (False, True):
            src, dst = (enc, plain) if decrypt else (plain, enc)
            cd = u32(cfg | (0x100 if decrypt else 0)) + bytes(12 if ucs else 4) + stored
            d.q.write(CD, cd)
            d.q.write(AAD, pad(head) + b"\xdd" * 16)
            d.q.write(BUF, src + (tag if in_buffer and decrypt else b"\xbb" * t))
            d.q.fill(OUT, n + t + 16, 0xcc)
            d.q.write(DIGEST, tag if decrypt else b"\xbb" * 16)
            req = request(flags | (0x40 if decrypt else 0x20) | (0x400 if in_buffer else 0),
                          len(stored) // 8, len(cd) // 8, n, iv, len(head), t, n + t)
            name = "%s %s%s" % (what, "decrypt" if decrypt else "encrypt",
                                ", tag in buffer" if in_buffer else "")
            equal(bank.do(req)[6], 0, name)
            out = dst + (tag if in_buffer and not decrypt else b"\xcc" * t)
            equal(d.q.read(OUT, n + t + 16), out + b"\xcc" * 16, name)
            if not decrypt:
                equal(d.q.read(DIGEST, t), b"\xbb" * t if in_buffer else tag, name + " tag")
                continue
            at = BUF + n if in_buffer else DIGEST
            d.q.write(at, bytes([tag[0] ^ 1]) + tag[1:])
            equal(bank.do(req)[6], 0x80, name + ", wrong tag")


@test("single-pass GCM, CCM and ChaCha20-Poly1305 agree with OpenSSL's primitives")
def aead():
    d = Device(**BIG)
    bank = d.bank(1)
    rnd = random.Random(7)
    for size, aad_len in ((1, 0), (15, 12), (16, 16), (100, 20), (513, 240), (64, 300)):
        aad, data = rnd.randbytes(aad_len), rnd.randbytes(size)
        for bits in (128, 192, 256):
            key, nonce = rnd.randbytes(bits // 8), rnd.randbytes(12)
            code = 3 + (bits - 128) // 64
            what = "%d+%d bytes, %d" % (aad_len, size, bits)
            enc, tag = gcm(key, nonce, aad, data)
            both_ways(d, bank, "gcm " + what, 0x6004, code | 0x4040, key, nonce, aad, data, enc,
                      tag, True)
            for nonce_len, tag_len in ((13, 16), (7, 4), (11, 8), (12, 14)):
                a0, head = ccm_blocks(rnd.randbytes(nonce_len), aad, size, tag_len)
                enc, tag = ccm(key, a0, head, aad, data)
                both_ways(d, bank, "ccm " + what, 0x2084, code | 0x50 | tag_len << 10, key, a0,
                          head, data, enc, tag[:tag_len], False)
                if bits != 128:
                    break
        key, nonce = rnd.randbytes(32), rnd.randbytes(12)
        enc, tag = poly(key, nonce, aad, data)
        both_ways(d, bank, "chacha20-poly1305 %d+%d bytes" % (aad_len, size), 0x6004, 0x402b,
                  key, nonce, aad, data, enc, tag, True)
    d.q.close()


@test("empty payloads: GCM and CCM give a tag")
def empty():
    d = Device(**BIG)
    bank = d.bank(1)
    key, nonce, aad = bytes(range(16)), bytes(range(12)), b"authenticated only"
    a0, head = ccm_blocks(nonce, aad, 0, 16)
    for flags, cfg, iv, front, tag, ucs in (
            (0x6024, 0x4043, nonce, aad, gcm(key, nonce, aad, b"")[1], True),
            (0x20a4, 0x4053, a0, head, ccm(key, a0, head, aad, b"")[1], False)):
        cd = u32(cfg) + bytes(12 if ucs else 4) + key
        d.q.write(CD, cd)
        d.q.write(AAD, pad(front))
        equal(bank.do(request(flags, 2, len(cd) // 8, 0, iv, len(front), 16))[6], 0, "status")
        equal(d.q.read(DIGEST, 16), tag, hex(cfg))
    d.q.close()


@test("GMAC: associated data lie in the source, the tag behind them or by address")
def gmac():
    d = Device(**BIG)
    bank = d.bank(1)
    key, nonce, data = bytes(range(16)), bytes(range(12)), bytes(range(200))
    cd = u32(0x4043) + bytes(12) + key
    for flags in (0x6024, 0x6424, 0x6044, 0x6444):
        req = bytearray(request(flags, 2, 4, 0, nonce, len(data), 16, len(data) + 16))
        req[40:48] = req[32:40]         # in place
        req[88:96] = bytes(8)
        tag = gcm(key, nonce, data, b"")[1]
        in_buffer, check = flags & 0x400, flags & 0x40
        d.q.write(CD, u32(0x4143) + cd[4:] if check else cd)
        d.q.write(BUF, data + (tag if in_buffer and check else bytes(16)))
        d.q.write(DIGEST, tag if check else bytes(16))
        equal(bank.do(bytes(req))[6], 0, hex(flags))
        equal(d.q.read(BUF + len(data) if in_buffer else DIGEST, 16), tag, hex(flags))
        equal(d.q.read(BUF, len(data)), data, "data")
        if check:
            d.q.write(BUF + 5, b"\0")
            equal(bank.do(bytes(req))[6], 0x80, "changed data")
    d.q.close()


@test("AEAD requests that break a rule are refused")
def refusals():
    d = Device(**BIG)
    bank = d.bank(1)
    e9 = VECTORS["E9 ChaCha20-Poly1305 encrypt, tag in buffer"]
    ccm1 = VECTORS["CCM, SP 800-38C example 1"]
    for v, what, status, err, change in (
            (e9, "ChaCha20 without the single-pass flag", 0x84, 0, {"b5": 0x40}),
            (e9, "ChaCha20 in the legacy slice", 0x84, 0, {"b5": 0x24, "b110": 0}),
            (e9, "ChaCha20 called GCM", 0x84, 0, {"b5": 0x65}),
            (e9, "key of 16 bytes", 0x82, 0, {"b109": 2}),
            (e9, "tag of 12 bytes", 0x82, 0, {"b107": 12}),
            (e9, "no payload", 0x82, 0, {"w60": 0}),
            (e9, "tag beyond the buffer", 0x82, 0, {"w60": 115}),
            (e9, "associated data unreadable", 0x80, 0xef, {"w92": 0xfff00000}),
            (ccm1, "CCM in the other slice", 0x84, 0, {"b5": 0x64}),
            (ccm1, "CCM called GCM", 0x84, 0, {"b4": 0x24, "b5": 0x25}),
            (ccm1, "CCM in two passes", 0x84, 0, {"b5": 0x04}),
            (ccm1, "no room for B0 and the length", 0x82, 0, {"w84": 17}),
            (ccm1, "associated data too long", 0x82, 0, {"w84": 16384}),
            (ccm1, "odd tag", 0x82, 0, {"b107": 5, "w60": 3}),
            (ccm1, "tag of 2 bytes", 0x82, 0, {"b107": 2}),
            (ccm1, "tag beyond the buffer", 0x82, 0, {"w60": 5})):
        for addr, data in v["before"].items():
            d.q.write(addr, bytes.fromhex(data))
        resp = bank.do(changed(v["request"], **change))
        assert resp, what + ": no response"
        equal((resp[6], resp[5]), (status, err), what)
    # B0 is authenticated as it is: another payload length in it gives another tag
    for addr, data in ccm1["before"].items():
        d.q.write(addr, bytes.fromhex(data))
    d.q.write(AAD, bytes.fromhex(ccm1["before"][AAD])[:15] + b"\5")
    equal(bank.do(bytes.fromhex(ccm1["request"]))[6], 0, "wrong B0")
    equal(d.q.read(BUF, 4).hex(), "7162015b", "payload")
    assert d.q.read(BUF + 4, 4).hex() != "4dac255d", "the length in B0 was not authenticated"
    d.q.close()
