# SPDX-License-Identifier: GPL-2.0-or-later
"""The symmetric service: worked requests, every refusal, other implementations."""

import hashlib
import hmac
import random
import struct
import subprocess

import vectors
from device import DATA, Device, u16, u32, u64
from tap import equal, test
from vectors import BUF, CD, DIGEST, OUT, SRC, VECTORS

BIG = {"ram": "6G"}


def run_vector(d, bank, v):
    for addr, data in v["before"].items():
        d.q.write(addr, bytes.fromhex(data))
    request = bytes.fromhex(v["request"])
    resp = bank.do(request)
    equal(resp, bytes([0, 1, 4, 0x80, 0, 0, v["status"], request[1]]) + request[24:32] +
          bytes(16), "response")
    for addr, data in v["after"].items():
        equal(d.q.read(addr, len(data) // 2), bytes.fromhex(data), "memory at %#x" % addr)


@test("the worked requests of the reference give the published results")
def worked():
    d = Device(**BIG)
    bank = d.bank(1)
    for name, v in VECTORS.items():
        try:
            run_vector(d, bank, v)
        except AssertionError as e:
            raise AssertionError(name + ": " + str(e))
    equal(d.prop("errors"), sum(v["status"] != 0 for v in VECTORS.values()),
          "failed requests counted")
    d.q.close()


def changed(base, **fields):
    """A request with 32-bit words or single bytes replaced: b<offset>, w<offset>."""
    raw = bytearray(bytes.fromhex(base))
    for name, val in fields.items():
        off = int(name[1:])
        raw[off:off + (4 if name[0] == "w" else 1)] = (
            u32(val) if name[0] == "w" else bytes([val]))
    return bytes(raw)


@test("requests that break a rule get exactly one error response each")
def refusals():
    d = Device(**BIG)
    bank = d.bank(1)
    e1, e6, e7 = (VECTORS[k] for k in VECTORS if k[:2] in ("E1", "E6") or "verify" in k)
    e3 = VECTORS["E3 AES-128-GCM encrypt"]
    high = 0xfff00000
    cases = [
        # vector, what, response byte 6, byte 5, changes
        (e1, "valid bit missing", 0x82, 0, {"b3": 0}),
        (e1, "unknown service", 0x84, 0, {"b2": 9}),
        (e1, "public key on a sym ring", 0x84, 0, {"b2": 3}),
        (e1, "unknown command", 0x84, 0, {"b1": 17}),
        (e1, "key derivation", 0x84, 0, {"b1": 9}),
        (e1, "partial request", 0x84, 0, {"b4": 0x07}),
        (e1, "constants table that nobody loaded", 0x82, 0, {"b4": 0x0c}),
        (e1, "wireless slice", 0x84, 0, {"b5": 0x80}),
        (e1, "descriptor of size 0", 0x82, 0, {"b18": 0}),
        (e1, "key outside the descriptor", 0x82, 0, {"b18": 2}),
        (e1, "configuration outside the descriptor", 0x82, 0, {"b110": 3}),
        (e1, "key size does not fit AES-128", 0x82, 0, {"b109": 3, "b18": 4}),
        (e1, "length not a multiple of the block", 0x82, 0, {"w60": 63}),
        (e1, "region beyond the list", 0x82, 0, {"w60": 80}),
        (e1, "offset beyond the list", 0x82, 0, {"w56": 16}),
        (e1, "offset and length wrap 32 bits", 0x82, 0, {"w56": 0xfffffff0, "w60": 0x20}),
        (e1, "descriptor unreadable", 0x80, 0xef, {"w12": high}),
        (e1, "list unreadable", 0x80, 0xef, {"w36": high, "w44": high}),
        (e1, "flat, length 0", 0x82, 0, {"b6": 0}),
        (e6, "digest beyond the buffer", 0x82, 0, {"w84": 80}),
        (e6, "digest of size 0", 0x82, 0, {"b118": 0}),
        (e6, "digest longer than the hash", 0x82, 0, {"b118": 33}),
        (e6, "state 1 too small", 0x82, 0, {"b121": 24}),
        (e6, "state 1 outside the descriptor", 0x82, 0, {"b114": 13}),
        (e6, "state 2 outside the descriptor", 0x82, 0, {"b122": 11}),
        (e6, "nested hash with precomputed states", 0x84, 0, {"b113": 1}),
        (e7, "compared digest beyond the buffer", 0x82, 0, {"w84": 96}),
        (e3, "single pass with a plain cipher", 0x84, 0, {"w8": CD + 0x1000 & 0xffffffff}),
        (e3, "associated data too long", 0x82, 0, {"w84": 16384}),
        (e3, "associated data unreadable", 0x80, 0xef, {"w92": high}),
        (e3, "tag unwritable", 0x80, 0xef, {"w100": high}),
        (e3, "tag longer than 16", 0x82, 0, {"b107": 17}),
    ]
    d.q.write(CD + 0x1000, bytes.fromhex("63" + "00" * 15 + vectors.AES_KEY))
    for v, what, status, err, change in cases:
        for addr, data in v["before"].items():
            d.q.write(addr, bytes.fromhex(data))
        request = changed(v["request"], **change)
        resp = bank.do(request)
        assert resp, what + ": no response"
        equal((resp[6], resp[5]), (status, err), what)
        equal(resp[8:16], request[24:32], what + ": opaque")
        equal(resp[7], request[1], what + ": command")
    run_vector(d, bank, VECTORS["E8 SHA-256 of abc"])
    d.q.close()


def constants_table():
    """Reference 03 section 4, as far as clients use it."""
    table = bytearray(1024)
    for off, cfg in ((18, 0x13), (19, 0x213), (21, 0x313), (14, 0x3), (17, 0x303)):
        table[8 * off:8 * off + 4] = u32(cfg)
    for off, alg, name in ((54, 4, "sha256"), (60, 5, "sha384"), (70, 6, "sha512")):
        table[8 * off:8 * off + 4] = u32(alg)
        state = bytes.fromhex(IV[name])
        table[8 * off + 16:8 * off + 16 + len(state)] = state
    table[8 * 80:8 * 80 + 16] = u32(0x14) + u32(0) + struct.pack(">II", 64, 0)
    return bytes(table)


# reference 05 section 15: complete requests as a client sends them
TABLE_CBC = ("000004800c0003002b7e151628aed2a6abf7158809cf4f3c8877665544332211"
             "0000002001000000000000200100000000000000000000000000000040000000"
             "000102030405060708090a0b0c0d0e0f00000000000000000000000000000000"
             "0000000000000000000000000202124100000000000000000000000000000000")
TABLE_SHA256 = ("0001048028000300000000000000000000000000000000008877665544332211"
                "0000002001000000000000200100000000000000000000000000000000000000"
                "0000000000000000000000000000000000000000030000002800004001000000"
                "0000005001000000000000000000000000003602000020200020040000000000")


@test("configurations from the constants table: as clients send them, and what is refused")
def constants():
    d = Device(**BIG)
    bank = d.bank(1)
    d.q.write(DATA, constants_table())
    equal(d.admin(8, 3, 1024, DATA)[2], 0, "table accepted")
    e1, e8 = (VECTORS[k] for k in VECTORS if k[:2] in ("E1", "E8"))
    for v, request in ((e1, TABLE_CBC), (e8, TABLE_SHA256)):
        changed_v = dict(v, request=request)
        run_vector(d, bank, changed_v)
    # a descriptor by address of size 0 is not looked at
    run_vector(d, bank, dict(e8, request=changed(TABLE_SHA256, b6=1).hex()))
    # back again, in place: entry 21
    for addr, data in e1["before"].items():
        d.q.write(addr, bytes.fromhex(data))
    plain = d.q.read(BUF, 64)
    equal(bank.do(bytes.fromhex(TABLE_CBC))[6], 0, "encrypts")
    assert d.q.read(BUF, 64) != plain, "nothing was encrypted"
    equal(bank.do(changed(TABLE_CBC, b110=21))[6], 0, "decrypts")
    equal(d.q.read(BUF, 64), plain, "there and back")
    for base, what, status, change in (
            (TABLE_CBC, "entry beyond the table", 0x82, {"b110": 128}),
            (TABLE_CBC, "empty entry with a key", 0x82, {"b110": 0}),
            (TABLE_CBC, "key beyond the descriptor", 0x82, {"b109": 3}),
            (TABLE_CBC, "the other slice", 0x84, {"b5": 0x40}),
            (TABLE_CBC, "a chain", 0x84, {"b1": 2}),
            (TABLE_SHA256, "entry beyond the table", 0x82, {"b114": 127}),
            (TABLE_SHA256, "a setup without its states", 0x84, {"b114": 80})):
        equal(bank.do(changed(base, **change))[6], status, what)
    d.q.close()


@test("damaged scatter-gather lists are refused")
def bad_lists():
    d = Device(**BIG)
    bank = d.bank(1)
    v = VECTORS["E8 SHA-256 of abc"]
    for what, status, data in (
            ("too many entries", 0x82, u64(0) + u32(65537) + u32(0)),
            ("no entry", 0x82, u64(0) + u64(0)),
            ("entry unreadable", 0x80, u64(0) + u64(1) + u32(3) + u32(0) + u64(1 << 62)),
            ("total too small", 0x82, u64(0) + u64(1) + u32(2) + u32(0) + u64(BUF))):
        d.q.write(CD, bytes.fromhex(v["before"][CD]))
        d.q.write(SRC, data)
        equal(bank.do(bytes.fromhex(v["request"]))[6], status, what)
    # entries of length 0 are skipped, their addresses not looked at
    d.q.write(SRC, u64(0) + u64(3) + u64(0) + u64(1 << 63) + u32(1) + u32(7) + u64(BUF) +
              u32(2) + u32(0) + u64(BUF + 1))
    d.q.write(BUF, b"abc")
    equal(bank.do(bytes.fromhex(v["request"]))[6], 0, "zero length entries")
    equal(d.q.read(DIGEST, 32), hashlib.sha256(b"abc").digest(), "digest")
    d.q.close()


def openssl(cipher, key, iv, data, decrypt=False):
    args = ["openssl", "enc", "-" + cipher, "-nopad", "-K", key.hex()]
    args += ["-iv", iv.hex()] if iv else []
    return subprocess.run(args + (["-d"] if decrypt else []), input=data, check=True,
                          capture_output=True).stdout


def cipher_request(ucs, key_qw, cd_qw, length, iv, flat=True, out=OUT):
    return (bytes([0, 0, 4, 0x80]) + u16((0x4000 if ucs else 0) | 4) +
            bytes([0 if flat else 1, 0]) + u64(CD) + bytes([0, 0, cd_qw, 0]) + u32(0) +
            u64(0x55) + u64(BUF) + u64(out) + u32(length) + u32(length) + u32(0) +
            u32(length) + iv.ljust(16, b"\0") + bytes(28) +
            bytes([2, key_qw, 0, 0x41])).ljust(128, b"\0")


@test("ciphers agree with OpenSSL for all key sizes, modes and odd lengths")
def ciphers():
    d = Device(**BIG)
    bank = d.bank(1)
    rnd = random.Random(1)
    for bits in (128, 192, 256):
        for mode, ucs, code, sizes in (("ecb", False, 0, (16, 4096)),
                                       ("cbc", False, 1, (16, 64, 8192)),
                                       ("ctr", True, 2, (1, 15, 17, 1000, 65536)),
                                       ("ctr", False, 2, (33,))):
            for size in sizes:
                key, data = rnd.randbytes(bits // 8), rnd.randbytes(size)
                iv = b"\xff" * 15 + b"\xfe" if mode == "ctr" else rnd.randbytes(16)
                iv = b"" if mode == "ecb" else iv
                alg = 3 + (bits - 128) // 64
                stored = key.ljust(32, b"\xee") if ucs and bits == 192 else key
                want = openssl("aes-%d-%s" % (bits, mode), key, iv, data)
                what = "aes-%d-%s %d" % (bits, mode, size)
                for decrypt in (False, True):
                    cfg = alg | code << 4 | (0x300 if decrypt and mode != "ctr" else 0)
                    cd = u32(cfg) + bytes(12 if ucs else 4) + stored
                    d.q.write(CD, cd)
                    d.q.write(BUF, want if decrypt else data)
                    resp = bank.do(cipher_request(ucs, len(stored) // 8, len(cd) // 8, size,
                                                  iv))
                    equal(resp[6], 0, what + " status")
                    equal(d.q.read(OUT, size), data if decrypt else want, what)
    d.q.close()


def expand(key):
    """FIPS-197 key expansion, to make the reversed key a driver would send."""
    sbox, p, q = [0] * 256, 1, 1
    while True:
        p = p ^ (p << 1) & 0xff ^ (0x1b if p & 0x80 else 0)
        q ^= q << 1
        q ^= q << 2
        q ^= q << 4
        q &= 0xff
        q ^= 9 if q & 0x80 else 0
        rot = [q << n & 0xff | q >> (8 - n) for n in range(5)]
        sbox[p] = rot[0] ^ rot[1] ^ rot[2] ^ rot[3] ^ rot[4] ^ 0x63
        if p == 1:
            break
    sbox[0] = 0x63
    nk = len(key) // 4
    w, rcon = [key[4 * i:4 * i + 4] for i in range(nk)], 1
    for i in range(nk, 4 * (nk + 7)):
        t = w[i - 1]
        if i % nk == 0:
            t = bytes(sbox[b] for b in t[1:] + t[:1])
            t = bytes([t[0] ^ rcon]) + t[1:]
            rcon = rcon << 1 ^ (0x11b if rcon & 0x80 else 0)
        elif nk > 6 and i % nk == 4:
            t = bytes(sbox[b] for b in t)
        w.append(bytes(a ^ b for a, b in zip(w[i - nk], t)))
    return w


def reversed_key(key):
    w, nk, out = expand(key), len(key) // 4, b""
    while len(out) < len(key):
        n = min(4, nk - len(out) // 4)
        end = len(w) - len(out) // 4
        out += b"".join(w[end - n:end])
    return out


@test("reversed keys: all sizes decrypt like the forward key")
def reversed_keys():
    d = Device(**BIG)
    bank = d.bank(1)
    rnd = random.Random(2)
    key = bytes.fromhex(vectors.AES_KEY)
    equal(reversed_key(key).hex(), "d014f9a8c9ee2589e13f0cc8b6630ca6", "the reference's own")
    for bits in (128, 192, 256):
        for _ in range(8):
            key, data, iv = (rnd.randbytes(n) for n in (bits // 8, 64, 16))
            enc = openssl("aes-%d-cbc" % bits, key, iv, data)
            cd = u32(0x113 + (bits - 128) // 64) + u32(0) + reversed_key(key)
            d.q.write(CD, cd)
            d.q.write(BUF, enc)
            equal(bank.do(cipher_request(False, bits // 64, len(cd) // 8, 64, iv))[6], 0, "")
            equal(d.q.read(OUT, 64), data, "aes-%d" % bits)
    d.q.close()


def xts(key1, t0, data, decrypt):
    """IEEE 1619 around OpenSSL's single blocks."""
    ecb = "aes-%d-ecb" % (8 * len(key1))
    t = int.from_bytes(t0, "little")
    tweaks = []
    for _ in range(len(data) // 16 + 1):
        tweaks.append(t.to_bytes(16, "little"))
        t = (t << 1) ^ (0x87 | 1 << 128 if t >> 127 else 0)

    def block(chunk, tweak):
        x = bytes(a ^ b for a, b in zip(chunk, tweak))
        x = openssl(ecb, key1, b"", x, decrypt)
        return bytes(a ^ b for a, b in zip(x, tweak))

    tail, whole = len(data) % 16, len(data) // 16
    if tail == 0:
        return b"".join(block(data[16 * i:16 * i + 16], tweaks[i]) for i in range(whole))
    out = b"".join(block(data[16 * i:16 * i + 16], tweaks[i]) for i in range(whole - 1))
    first, second = tweaks[whole - 1], tweaks[whole]
    if decrypt:
        first, second = second, first
    cc = block(data[16 * whole - 16:16 * whole], first)
    return out + block(data[16 * whole:] + cc[tail:], second) + cc[:tail]


@test("XTS: encrypted tweak given, reversed key, ciphertext stealing")
def xts_lengths():
    d = Device(**BIG)
    bank = d.bank(1)
    rnd = random.Random(3)
    for bits in (128, 256):
        for size in (16, 17, 31, 32, 47, 512, 4096 + 5):
            key1, t0, data = (rnd.randbytes(n) for n in (bits // 8, 16, size))
            enc = xts(key1, t0, data, False) if size < 600 else None
            cfg = 0x63 if bits == 128 else 0x65
            for decrypt, key, src, want in ((False, key1, data, enc),
                                            (True, reversed_key(key1), None, data)):
                src = src if src is not None else enc
                cd = u32(cfg | (0x100 if decrypt else 0)) + bytes(12) + key
                d.q.write(CD, cd)
                d.q.write(BUF, src)
                resp = bank.do(cipher_request(True, bits // 64, len(cd) // 8, size, t0))
                equal(resp[6], 0, "status")
                got = d.q.read(OUT, size)
                if want is None:
                    enc = got       # long: checked by the way back
                else:
                    equal(got, want, "xts-%d %d %s" % (bits, size, decrypt))
        resp = bank.do(cipher_request(True, bits // 64, len(cd) // 8, 15, t0))
        equal(resp[6], 0x82, "shorter than a block")
    d.q.close()


HASHES = {"sha1": (1, 20, 24, 64), "sha224": (3, 28, 32, 64), "sha256": (4, 32, 32, 64),
          "sha384": (5, 48, 64, 128), "sha512": (6, 64, 64, 128)}
IV = {"sha1": "67452301efcdab8998badcfe10325476c3d2e1f000000000",
      "sha224": "c1059ed8367cd5073070dd17f70e5939ffc00b316858151164f98fa7befa4fa4",
      "sha256": "6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19",
      "sha384": "cbbb9d5dc1059ed8629a292a367cd5079159015a3070dd17152fecd8f70e5939"
                "67332667ffc00b318eb44a8768581511db0c2e0d64f98fa747b5481dbefa4fa4",
      "sha512": "6a09e667f3bcc908bb67ae8584caa73b3c6ef372fe94f82ba54ff53a5f1d36f1"
                "510e527fade682d19b05688c2b3e6c1f1f83d9abfb41bd6b5be0cd19137e2179"}


def auth_request(name, cd_qw, length, mode1, final):
    _, digest, state, _ = HASHES[name]
    tail = bytearray(20)
    tail[0:4] = bytes([0, 0, 0, 0])
    tail[6], tail[7], tail[10], tail[11], tail[13] = 0, 0x42, final, digest, state
    tail[14] = 2 + state // 8
    tail[15] = state if mode1 else 0
    return (bytes([0, 1, 4, 0x80]) + u16(0x20) + bytes(2) + u64(CD) +
            bytes([0, 0, cd_qw, 0]) + u32(0) + u64(0x66) + u64(BUF) + u64(BUF) + u32(length) +
            u32(length) + u32(0) + u32(0) + bytes(16) + u32(0) + u32(length) + u64(0) +
            u64(DIGEST) + bytes(4) + bytes(tail))


@test("hashes agree with hashlib, and their digests may be truncated")
def hashes():
    d = Device(**BIG)
    bank = d.bank(1)
    rnd = random.Random(4)
    for name, (alg, digest, state, _) in HASHES.items():
        for size in (0, 1, 55, 56, 63, 64, 111, 112, 127, 128, 129, 5000):
            data = rnd.randbytes(size)
            cd = u32(alg | digest << 8) + bytes(12) + bytes.fromhex(IV[name])
            d.q.write(CD, cd)
            d.q.write(BUF, data)
            for final in (digest, 12):
                d.q.fill(DIGEST, 64, 0xee)
                request = auth_request(name, len(cd) // 8, size, False, final)
                equal(len(request), 128, "request")
                equal(bank.do(request)[6], 0, "%s %d status" % (name, size))
                want = hashlib.new(name, data).digest()[:final].ljust(64, b"\xee")
                equal(d.q.read(DIGEST, 64), want, "%s %d" % (name, size))
    d.q.close()


def sha2_block32(state, block):
    """One SHA-256 compression, to precompute an HMAC state as a driver does."""
    primes = [p for p in range(2, 312) if all(p % q for q in range(2, p))][:64]
    k = [int((p ** (1 / 3) % 1) * (1 << 32)) for p in primes]
    m = 0xffffffff

    def rot(x, n):
        return (x >> n | x << (32 - n)) & m

    w = list(struct.unpack(">16I", block))
    for i in range(16, 64):
        s0 = rot(w[i - 15], 7) ^ rot(w[i - 15], 18) ^ w[i - 15] >> 3
        s1 = rot(w[i - 2], 17) ^ rot(w[i - 2], 19) ^ w[i - 2] >> 10
        w.append(w[i - 16] + s0 + w[i - 7] + s1 & m)
    a, b, c, dd, e, f, g, h = state
    for i in range(64):
        t1 = h + (rot(e, 6) ^ rot(e, 11) ^ rot(e, 25)) + (e & f ^ ~e & g) + k[i] + w[i]
        t2 = (rot(a, 2) ^ rot(a, 13) ^ rot(a, 22)) + (a & b ^ a & c ^ b & c)
        a, b, c, dd, e, f, g, h = t1 + t2 & m, a, b, c, dd + t1 & m, e, f, g
    return [x + y & m for x, y in zip(state, (a, b, c, dd, e, f, g, h))]


@test("HMAC-SHA-256 with precomputed states agrees with the library")
def hmacs():
    d = Device(**BIG)
    bank = d.bank(1)
    rnd = random.Random(5)
    start = list(struct.unpack(">8I", bytes.fromhex(IV["sha256"])))
    for size in (0, 1, 64, 1000):
        key, data = rnd.randbytes(40), rnd.randbytes(size)
        padded = key.ljust(64, b"\0")
        states = b"".join(struct.pack(">8I", *sha2_block32(start, bytes(b ^ pad for b in padded)))
                          for pad in (0x36, 0x5c))
        cd = u32(4 | 1 << 4 | 32 << 8) + u32(0) + struct.pack(">I", 64) + u32(0) + states
        d.q.write(CD, cd)
        d.q.write(BUF, data)
        equal(bank.do(auth_request("sha256", len(cd) // 8, size, True, 32))[6], 0, "status")
        equal(d.q.read(DIGEST, 32), hmac.new(key, data, "sha256").digest(), "size %d" % size)
    d.q.close()


@test("a NULL request touches nothing and succeeds")
def null_request():
    d = Device()
    bank = d.bank(1)
    resp = bank.do(bytes([0, 1, 0, 0x80]) + bytes(20) + u64(0x1234))
    equal(resp[:16], bytes([0, 1, 0, 0x80, 0, 0, 0, 1]) + u64(0x1234), "response")
    d.q.close()
