# SPDX-License-Identifier: GPL-2.0-or-later
"""SM3, SHA-3, HMAC from the key, nested hashes, and SM4, against hashlib and OpenSSL."""

import hashlib
import hmac
import random
import struct

from device import Device, u32, u64
from t_aead import mac, pad
from t_sym import BIG, IV, changed, cipher_request, openssl
from tap import equal, test
from vectors import BUF, CD, DIGEST, OUT, AAD

# number, digest, state 1 as sent, hash block
HASHES = {"sm3": (0xf, 32, 32, 64), "sha256": (4, 32, 32, 64), "sha512": (6, 64, 64, 128),
          "sha3_224": (0x400000, 28, 32, 144), "sha3_256": (0x400001, 32, 32, 136),
          "sha3_384": (0x400002, 48, 48, 104), "sha3_512": (0x400003, 64, 64, 72)}
SM3_IV = "7380166f4914b2b9172442d7da8a0600a96f30bc163138aae38dee4db0fb0e4e"


def start(name):
    _, _, size, _ = HASHES[name]
    return bytes.fromhex(SM3_IV if name == "sm3" else IV.get(name, "00" * size))


def setup(name, mode=0, counter=0, state=None):
    alg, digest, _, _ = HASHES[name]
    return (u32(alg | mode << 4 | digest << 8) + u32(0) + struct.pack(">I", counter) + u32(0) +
            (start(name) if state is None else state))


def request(cd, length, final, control):
    """control: bytes of the request by offset, beyond what every hash request has."""
    raw = bytearray(128)
    raw[0:8] = bytes([0, 1, 4, 0x80, 0x20, 0, 0, 0])
    raw[8:16] = u64(CD)
    raw[18] = len(cd) // 8
    raw[24:56] = u64(0x88) + u64(BUF) + u64(BUF) + u32(length) + u32(length)
    raw[84:88] = u32(length)
    raw[88:104] = u64(AAD) + u64(DIGEST)
    raw[115], raw[118] = 0x42, final
    for off, val in control.items():
        raw[off] = val
    return bytes(raw)


def plain(name, length, final=None, **change):
    cd = setup(name)
    control = {121: len(cd) - 16, 122: len(cd) // 8}
    control.update({int(k[1:]): v for k, v in change.items()})
    return cd, request(cd, length, final or HASHES[name][1], control)


def keyed(name, length):
    """Mode 2: outer block behind the inner one, both key copies in the prefix buffer."""
    _, digest, state, block = HASHES[name]
    cd = setup(name, 2) * 2
    outer = (16 + state) // 8
    return cd, request(cd, length, digest, {
        104: block, 106: block // 4, 113: 0x20, 117: block, 119: digest, 121: state, 122: outer,
        124: outer, 125: state, 126: digest, 127: block // 8})


def run(d, bank, cd, req, data, what, status=0):
    d.q.write(CD, cd)
    d.q.write(BUF, data)
    d.q.fill(DIGEST, 80, 0xee)
    equal(bank.do(req)[6], status, what + " status")
    return d.q.read(DIGEST, 80)


@test("SM3 and SHA-3 agree with hashlib")
def hashes():
    d = Device(**BIG)
    bank = d.bank(1)
    rnd = random.Random(8)
    for name, (_, digest, _, block) in HASHES.items():
        for size in (0, 1, 55, 56, block - 1, block, block + 1, 3 * block, 5000):
            data = rnd.randbytes(size)
            want = hashlib.new(name, data).digest()
            for final in (digest, 12):
                cd, req = plain(name, size, final)
                equal(run(d, bank, cd, req, data, name),
                      want[:final].ljust(80, b"\xee"), "%s %d" % (name, size))
    d.q.close()


@test("HMAC from the key itself agrees with the library")
def keyed_hmac():
    d = Device(**BIG)
    bank = d.bank(1)
    rnd = random.Random(9)
    for name, (_, digest, _, block) in HASHES.items():
        for size, key_len in ((0, 16), (1, block), (block, 1), (2000, 20)):
            key, data = rnd.randbytes(key_len), rnd.randbytes(size)
            cd, req = keyed(name, size)
            d.q.write(AAD, key.ljust(block, b"\0") * 2)
            equal(run(d, bank, cd, req, data, name)[:digest],
                  hmac.new(key, data, name).digest(), "hmac(%s) %d" % (name, size))
    d.q.close()


@test("mode 2 with SM3 as a client lays it out, an unused state 2 before the outer block")
def sm3_gap():
    d = Device(**BIG)
    bank = d.bank(1)
    cd = setup("sm3", 2) + bytes(32) + setup("sm3", 2)
    _, req = keyed("sm3", 3)
    req = changed(req.hex(), b18=len(cd) // 8, b123=32, b124=10)
    d.q.write(AAD, b"key".ljust(64, b"\0") * 2)
    equal(run(d, bank, cd, req, b"abc", "sm3")[:32], hmac.new(b"key", b"abc", "sm3").digest(),
          "digest")
    d.q.close()


@test("SHA-3 with a 200-byte state, read or skipped")
def sha3_long_state():
    d = Device(**BIG)
    bank = d.bank(1)
    want = hashlib.sha3_256(b"abc").digest()
    for flags, fill, status in ((0, 0, 0), (2, 0x55, 0), (0, 0x55, 0x82)):
        cd = setup("sha3_256", state=bytes([fill]) * 200)
        req = request(cd, 3, 32, {113: flags, 121: 200})
        got = run(d, bank, cd, req, b"abc", "flags %d fill %d" % (flags, fill), status)
        equal(got[:32], want if not status else b"\xee" * 32, "digest")
    d.q.close()


@test("nested hashes: two algorithms, two prefixes")
def nested():
    d = Device(**BIG)
    bank = d.bank(1)
    inner, outer, data = b"inner prefix", b"outer", b"x" * 100
    cd = setup("sha512") + setup("sm3")
    req = request(cd, 100, 32, {104: 12, 106: 3, 113: 1, 117: 5, 121: 64, 122: 10, 124: 10,
                                125: 32, 126: 32, 127: 2})
    d.q.write(AAD, inner.ljust(16, b"\x99") + outer.ljust(8, b"\x99"))
    want = hashlib.new("sm3", outer + hashlib.sha512(inner + data).digest()).digest()
    equal(run(d, bank, cd, req, data, "nested")[:32], want, "digest")
    req = changed(req.hex(), b104=0, b106=0, b117=0, b127=0, w88=0, w92=0)
    want = hashlib.new("sm3", hashlib.sha512(data).digest()).digest()
    equal(run(d, bank, cd, req, data, "without prefixes")[:32], want, "digest")
    d.q.close()


@test("hash requests that break a rule are refused")
def refusals():
    d = Device(**BIG)
    bank = d.bank(1)
    sha3, k = plain("sha3_256", 3), keyed("sm3", 3)
    for what, (cd, req), status, change in (
            ("SHA-3 that starts from another state",
             (setup("sha3_256", state=b"\0" * 31 + b"\1"), sha3[1]), 0x82, {}),
            ("SHA-3 with bytes already hashed", (setup("sha3_256", counter=136), sha3[1]), 0x82,
             {}),
            ("SHA-3 with a short state", sha3, 0x82, {"b121": 24}),
            ("SHA-3 from precomputed states", (setup("sha3_256", 1), sha3[1]), 0x84, {}),
            ("software pads", (u32(0x00412001) + sha3[0][4:], sha3[1]), 0x84, {}),
            ("digest longer than SHA3-256's", sha3, 0x82, {"b118": 33}),
            ("MD5", (u32(0x1002) + sha3[0][4:], sha3[1]), 0x84, {}),
            ("mode 3", (setup("sm3", 3), sha3[1]), 0x84, {}),
            ("wireless flag", sha3, 0x84, {"b113": 8}),
            ("SM3 without its state", (setup("sm3"), sha3[1]), 0x82, {"b113": 2}),
            ("key of another size than the block", k, 0x82, {"b104": 56}),
            ("outer key beyond the prefix buffer", k, 0x82, {"b127": 9}),
            ("no prefix buffer", k, 0x82, {"b106": 0}),
            ("outer block beyond the descriptor", k, 0x82, {"b124": 7}),
            ("outer block of another mode", (setup("sm3", 2) + setup("sm3"), k[1]), 0x84, {}),
            ("outer block of another hash", (setup("sm3", 2) + setup("sha256", 2), k[1]), 0x84,
             {}),
            ("prefix with a plain hash", sha3, 0x84, {"b106": 2})):
        run(d, bank, cd, changed(req.hex(), **change), b"abc", what, status)
    d.q.write(CD, k[0])
    resp = bank.do(changed(k[1].hex(), w92=0xfff00000))
    equal((resp[6], resp[5]), (0x80, 0xef), "prefix buffer unreadable")
    d.q.close()


def mac_request(cfg, state2, length, final=16, **change):
    cd = u32(cfg) + bytes(28) + state2
    control = {121: 16, 122: 4, 123: len(state2)}
    control.update({int(k[1:]): v for k, v in change.items()})
    return cd, request(cd, length, final, control)


@test("AES-CMAC, AES-XCBC-MAC and CBC-MAC: OpenSSL's and RFC 3566's results")
def macs():
    d = Device(**BIG)
    bank = d.bank(1)
    rnd = random.Random(18)

    def ecb(key, block):
        return openssl("aes-128-ecb", key, b"", block)

    def doubled(block):
        val = int.from_bytes(block, "big") << 1
        return (val & (1 << 128) - 1 ^ (0x87 if val >> 128 else 0)).to_bytes(16, "big")

    for size in (0, 1, 15, 16, 17, 32, 40, 64, 1000):
        key, data = rnd.randbytes(16), rnd.randbytes(size)
        k1 = doubled(ecb(key, bytes(16)))
        cd, req = mac_request(0x1017, key + k1 + doubled(k1), size)
        want = mac("-macopt", "cipher:AES-128-CBC", "-macopt", "hexkey:" + key.hex(), "CMAC",
                   data=data)
        equal(run(d, bank, cd, req, data or b"\0", "cmac")[:16], want, "CMAC %d" % size)
        cd, req = mac_request(0x1008, key + bytes(16), size)
        want = openssl("aes-128-cbc", key, bytes(16), pad(data))[-16:] if size else bytes(16)
        equal(run(d, bank, cd, req, data or b"\0", "cbc-mac")[:16], want, "CBC-MAC %d" % size)
    key = bytes(range(16))
    state2 = b"".join(ecb(key, bytes([n]) * 16) for n in (1, 2, 3))
    for size, want in ((0, "75f0251d528ac01c4573dfd584d79f29"),
                       (3, "5b376580ae2f19afe7219ceef172756f"),
                       (16, "d2a246fa349b68a79998a4394ff7a263"),
                       (20, "47f51b4564966215b8985c63055ed308"),
                       (32, "f54f0ec8d2b9f3d36807734bd5283fd4")):
        cd, req = mac_request(0x1017, state2, size, 12)
        equal(run(d, bank, cd, req, bytes(range(32)), "xcbc")[:13].hex(), want[:24] + "ee",
              "XCBC-MAC-96 %d" % size)
    for what, (cd, req), status in (
            ("mode 0", mac_request(0x1007, state2, 3), 0x84),
            ("192-bit key", mac_request(0x401017, state2, 3), 0x84),
            ("state 2 too short", mac_request(0x1017, state2[:40], 3), 0x82),
            ("state 1 too short", mac_request(0x1017, state2, 3, b121=8), 0x82),
            ("state 2 outside", mac_request(0x1017, state2, 3, b122=5), 0x82),
            ("CCM's extra data", mac_request(0x1008, state2[:32], 3, b106=2), 0x84),
            ("17 bytes", mac_request(0x1017, state2, 3, 17), 0x82)):
        run(d, bank, cd, req, b"abc", what, status)
    d.q.close()


@test("SM4 agrees with OpenSSL in all three modes")
def sm4():
    d = Device(**BIG)
    bank = d.bank(1)
    rnd = random.Random(10)
    for mode, code, sizes in (("ecb", 0, (16, 1024)), ("cbc", 1, (16, 64, 4096)),
                              ("ctr", 2, (1, 17, 1000))):
        for size in sizes:
            key, data = rnd.randbytes(16), rnd.randbytes(size)
            iv = {"ecb": b"", "cbc": rnd.randbytes(16), "ctr": b"\xff" * 15 + b"\xfe"}[mode]
            enc = openssl("sm4-" + mode, key, iv, data)
            for decrypt in (False, True):
                cd = u32(0xa | code << 4 | (0x300 if decrypt and code != 2 else 0)) + u32(0) + key
                d.q.write(CD, cd)
                d.q.write(BUF, enc if decrypt else data)
                equal(bank.do(cipher_request(False, 2, 3, size, iv))[6], 0, "sm4-" + mode)
                equal(d.q.read(OUT, size), data if decrypt else enc, "sm4-" + mode)
    for what, cfg, ucs, size, status in (
            ("UCS slice", 0x1a, True, 16, 0x84), ("XTS", 0x6a, False, 16, 0x84),
            ("no key conversion", 0x11a, False, 16, 0x84), ("odd length", 0x1a, False, 17, 0x82)):
        cd = u32(cfg) + bytes(12 if ucs else 4) + key
        d.q.write(CD, cd)
        equal(bank.do(cipher_request(ucs, 2, len(cd) // 8, size, b""))[6], status, what)
    d.q.close()
