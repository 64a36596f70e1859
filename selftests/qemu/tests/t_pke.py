# SPDX-License-Identifier: GPL-2.0-or-later
"""The public key service against plain integers and published vectors."""

import hashlib
import random

from device import DATA, Device, get32, u32, u64
from tap import equal, test

IN_TABLE, OUT_TABLE, IN, OUT = DATA, DATA + 0x100, DATA + 0x1000, DATA + 0x20000
CHAIN = DATA + 0x40000


class Curve:
    """Points of y^2 = x^3 + ax + b, affine, slow, None at infinity."""

    def __init__(self, p, a, b, n, gx, gy, size):
        self.p, self.a, self.b, self.n, self.g, self.size = p, a, b, n, (gx, gy), size

    def add(self, s, t):
        if s is None or t is None:
            return s or t
        if s[0] == t[0] and (s[1] + t[1]) % self.p == 0:
            return None
        if s == t:
            m = (3 * s[0] * s[0] + self.a) * pow(2 * s[1], -1, self.p)
        else:
            m = (t[1] - s[1]) * pow(t[0] - s[0], -1, self.p)
        x = (m * m - s[0] - t[0]) % self.p
        return x, (m * (s[0] - x) - s[1]) % self.p

    def mult(self, k, pt=None):
        out, pt = None, pt or self.g
        while k:
            out = self.add(out, pt) if k & 1 else out
            pt, k = self.add(pt, pt), k >> 1
        return out

    def sign(self, k, e, d):
        r = self.mult(k)[0] % self.n
        return r, (e + d * r) * pow(k, -1, self.n) % self.n


P256 = Curve(2**256 - 2**224 + 2**192 + 2**96 - 1, -3 % (2**256 - 2**224 + 2**192 + 2**96 - 1),
             0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b,
             0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551,
             0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
             0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5, 4)
_P384 = 2**384 - 2**128 - 2**96 + 2**32 - 1
P384 = Curve(_P384, _P384 - 3,
             0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef,
             0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973,
             0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7,
             0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f,
             6)
_P521 = 2**521 - 1
P521 = Curve(_P521, _P521 - 3,
             0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00,
             0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409,
             0x00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66,
             0x011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650,
             9)
_SM2 = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff
SM2 = Curve(_SM2, _SM2 - 3, 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93,
            0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123,
            0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7,
            0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0, 4)


class Pke:
    def __init__(self):
        self.d = Device()
        self.bank = self.d.bank(0, req=64)

    def build(self, func, ins, outs, n_in=None, opaque=0x77, next_req=0, base=IN, table=IN_TABLE):
        """ins: (value or bytes, quadwords); outs: quadwords."""
        q, ptrs, at = self.d.q, b"", base
        for val, qw in ins:
            q.write(at, val if isinstance(val, bytes) else val.to_bytes(8 * qw, "big"))
            ptrs += u64(at)
            at += 0x1000
        q.write(table, ptrs or bytes(8))
        ptrs = b""
        for i, qw in enumerate(outs):
            q.fill(OUT + 0x1000 * i, 8 * qw + 8, 0xee)
            ptrs += u64(OUT + 0x1000 * i)
        q.write(table + 0x100, ptrs or bytes(8))
        return (bytes([0, 0, 3, 0x80]) + bytes(16) + u32(func) + u64(opaque) + u64(table) +
                u64(table + 0x100) + bytes([len(outs), len(ins) if n_in is None else n_in]) +
                bytes(6) + u64(next_req))

    def call(self, what, func, ins, outs=(), status=0):
        request = self.build(func, ins, outs)
        resp = self.bank.do(request)
        equal(resp[:32], bytes([0, 0, 3, 0x80, 0, status, 0, 0]) + request[0x18:0x30], what)
        got = []
        for i, qw in enumerate(outs):
            raw = self.d.q.read(OUT + 0x1000 * i, 8 * qw + 8)
            equal(raw[8 * qw:], b"\xee" * 8, what + ": written too far")
            if status:
                equal(raw, b"\xee" * len(raw), what + ": output of a failure")
            got.append(int.from_bytes(raw[:8 * qw], "big"))
        return got

    def close(self):
        equal(self.d.prop("dma-faults"), 0, "DMA faults")
        self.d.q.close()


def prime(rnd, nbits):
    while True:
        p = rnd.getrandbits(nbits) | 1 << nbits - 1 | 1 << nbits - 2 | 1
        if all(pow(b, p - 1, p) == 1 for b in (2, 3, 5)):
            return p


@test("RSA: key pairs, all four operations, the reference's limits")
def rsa():
    s, rnd = Pke(), random.Random(20)
    p, q, e = prime(rnd, 512), prime(rnd, 512), 65537
    n = p * q
    got_n, d = s.call("KP1", 0x36181b71, ((p, 8), (q, 8), (e, 16)), (16, 16))
    equal(got_n, n, "n")
    equal(e * d % (p - 1), 1, "d modulo p - 1")
    got = s.call("KP2", 0x40451b9e, ((p, 8), (q, 8), (e, 16)), (16, 16, 8, 8, 8))
    dp, dq, qinv = got[2:]
    equal(got, [n, d, d % (p - 1), d % (q - 1), pow(q, -1, p)], "KP2")
    m = rnd.randrange(n)
    c = pow(m, e, n)
    equal(s.call("EP", 0x35111bf7, ((m, 16), (e, 16), (n, 16)), (16,)), [c], "encrypt")
    equal(s.call("DP1", 0x35111c12, ((c, 16), (d, 16), (n, 16)), (16,)), [m], "decrypt")
    crt = ((c, 16), (p, 8), (q, 8), (dp, 8), (dq, 8), (qinv, 8))
    equal(s.call("DP2", 0x26131c2d, crt, (16,)), [m], "decrypt with the factors")
    crt = ((c, 16), (q, 8), (p, 8), (dq, 8), (dp, 8), (pow(p, -1, q), 8))
    equal(s.call("DP2", 0x26131c2d, crt, (16,)), [m], "with the factors the other way round")
    for what, func, ins, outs in (
            ("message n", 0x35111bf7, ((n, 16), (e, 16), (n, 16)), (16,)),
            ("exponent 1", 0x35111bf7, ((m, 16), (1, 16), (n, 16)), (16,)),
            ("modulus 0", 0x35111bf7, ((m, 16), (e, 16), (0, 16)), (16,)),
            ("cipher text n", 0x35111c12, ((n, 16), (d, 16), (n, 16)), (16,)),
            ("p 0", 0x26131c2d, ((c, 16), (0, 8), (q, 8), (dp, 8), (dq, 8), (qinv, 8)), (16,)),
            ("dp 0", 0x26131c2d, ((c, 16), (p, 8), (q, 8), (0, 8), (dq, 8), (qinv, 8)), (16,)),
            ("even p", 0x36181b71, ((p - 1, 8), (q, 8), (e, 16)), (16, 16)),
            ("p = q", 0x36181b71, ((p, 8), (p, 8), (e, 16)), (16, 16)),
            ("all zero", 0x36181b71, ((0, 8), (0, 8), (0, 16)), (16, 16))):
        s.call(what, func, ins, outs, 0x40)
    s.close()


@test("Diffie-Hellman, exponentiation, inversion")
def modular():
    s, rnd = Pke(), random.Random(21)
    m = 2**2047 + 1
    equal(s.call("the reference's check", 0x4d0c1a60, ((3, 32), (5, 32), (m, 32)), (32,)), [243],
          "3^5")
    e = rnd.getrandbits(2048)
    equal(s.call("g = 2", 0x3e0b1a55, ((e, 32), (m, 32)), (32,)), [pow(2, e, m)], "2^e")
    s.call("short modulus", 0x4d0c1a60, ((3, 32), (5, 32), (m >> 1, 32)), (32,), 0x40)
    s.call("exponent 0", 0x4d0c1a60, ((3, 32), (0, 32), (m, 32)), (32,), 0x40)
    for qw, modexp, odd, even in ((8, 0x150c2327, 0x0c062410, 0x110b2457),
                                  (64, 0x850c23e1, 0x40062434, 0x650b2499)):
        for _ in range(4):
            g, e, m = (rnd.getrandbits(64 * qw) for _ in range(3))
            equal(s.call("modexp", modexp, ((g, qw), (e, qw), (m, qw)), (qw,)), [pow(g, e, m)],
                  "g^e mod m")
        g |= 1
        for b, func in ((prime(rnd, 128), odd), (1 << 100, even), (prime(rnd, 100) << 3, even)):
            equal(s.call("inverse", func, ((g, qw), (b, qw)), (qw,)), [pow(g, -1, b)], "1/a")
        for what, func, a, b in (("even modulus", odd, 3, 8), ("odd modulus", even, 3, 7),
                                 ("not coprime", odd, 6, 9), ("modulus 0", even, 3, 0),
                                 ("modulus 1", odd, 3, 1), ("of 0", odd, 0, 7),
                                 ("both even", even, 2, 8)):
            s.call(what, func, ((a, qw), (b, qw)), (qw,), 0x40)
    equal(s.call("g^0", 0x150c2327, ((5, 8), (0, 8), (7, 8)), (8,)), [1], "g^0")
    equal(s.call("modulo 1", 0x150c2327, ((5, 8), (3, 8), (1, 8)), (8,)), [0], "modulo 1")
    s.call("modulus 0", 0x150c2327, ((5, 8), (3, 8), (0, 8)), (8,), 0x40)
    s.close()


@test("primality: primes pass, composites fail, a chain ends with the first failure")
def primality():
    s, rnd = Pke(), random.Random(22)
    p = prime(rnd, 1024)
    bad = prime(rnd, 512) * prime(rnd, 512)
    funcs = ((0x130f2085, 1), (0x1f11213a, 1), (0x250d21ed, 2), (0x150c22b1, 1))
    for func, n in funcs:
        x = ((rnd.randrange(2, p - 1), 16),)
        s.call("prime", func, x * (n - 1) + ((p, 16),))
        s.call("even", func, x * (n - 1) + ((p - 1, 16),), status=0x40)
        for small in (0, 1, 2, 3):
            s.call("%d" % small, func, ((2, 16),) * (n - 1) + ((small, 16),), status=0x40)
        if func != 0x130f2085:
            s.call("composite", func, ((2, 16),) * (n - 1) + ((bad, 16),), status=0x40)
    for factor in (3, 251):
        s.call("factor %d" % factor, 0x130f2085, ((factor * (p >> 8 | 1), 16),), status=0x40)
    s.call("base m - 1", 0x250d21ed, ((p - 1, 16), (p, 16)), status=0x40)
    s.call("Carmichael number", 0x1f11213a, ((561, 16),))
    s.call("Carmichael number", 0x150c22b1, ((561, 16),), status=0x40)

    # GCD, Fermat, Miller-Rabin, Lucas as one chain
    def chain(values):
        requests, nxt = [], 0
        for i in reversed(range(4)):
            ins = ((5, 16),) * (funcs[i][1] - 1) + ((values[i], 16),)
            requests.append(s.build(funcs[i][0], ins, (), opaque=100 + i, next_req=nxt,
                                    base=IN + 0x4000 * i, table=IN_TABLE + 0x200 * i))
            nxt = CHAIN + 0x40 * i
            s.d.q.write(nxt, requests[-1])
        return s.bank.do(requests[-1])

    resp = chain((p, p, p, p))
    equal((resp[4:6], get32(resp, 8)), (b"\0\0", 103), "all pass, the last one answers")
    equal(resp[16:24], u64(IN_TABLE + 0x600), "its addresses")
    resp = chain((p, p, bad, p))
    equal((resp[4:6], get32(resp, 8)), (b"\0\x40", 102), "the third fails and answers")
    first = s.build(funcs[1][0], ((p, 16),), (), next_req=CHAIN)
    s.d.q.write(CHAIN, first)
    resp = s.bank.do(first)
    equal(resp[4:6], b"\xf0\x40", "a chain that bites its tail")
    s.close()


@test("DSA: parameters, keys, signatures")
def dsa():
    s, rnd = Pke(), random.Random(23)
    q = prime(rnd, 256)
    x = rnd.getrandbits(2048) | 1 << 2047
    equal(s.call("GEN_P", 0x431126b7, ((x, 32), (q, 4)), (32,)), [x - (x % (2 * q) - 1)], "p")
    # a group of any kind will do for the arithmetic; a real one is slow to find
    c = 2 * rnd.getrandbits(1700)
    p = c * q + 1
    h = 3
    equal(s.call("GEN_G", 0x4b1426ed, ((p, 32), (q, 4), (h, 32)), (32,)),
          [pow(h, (p - 1) // q, p)], "g")
    g, key, k, m = pow(h, (p - 1) // q, p), rnd.randrange(q), rnd.randrange(q), rnd.randrange(q)
    equal(s.call("GEN_Y", 0x4d1225ea, ((p, 32), (g, 32), (key, 4)), (32,)), [pow(g, key, p)], "y")
    r = pow(g, k, p) % q
    sig = (m + key * r) * pow(k, -1, q) % q
    equal(s.call("SIGN_R", 0x5b182706, ((k, 4), (p, 32), (q, 4), (g, 32)), (4,)), [r], "r")
    equal(s.call("SIGN_S", 0x15142733, ((m, 4), (k, 4), (q, 4), (r, 4), (key, 4)), (4,)), [sig],
          "s")
    equal(s.call("SIGN_R_S", 0x5a2a274d, ((m, 4), (k, 4), (p, 32), (q, 4), (g, 32), (key, 4)),
                 (4, 4)), [r, sig], "both")
    # a verifiable one: p = 607, q = 101, g of order 101, in the smallest size
    p, q = 607, 101
    g = pow(2, 6, p)
    y = pow(g, 44, p)
    r = pow(g, 50, p) % q
    sig = (99 + 44 * r) * pow(50, -1, q) % q
    good = [(r, 3), (sig, 3), (99, 3), (p, 16), (q, 3), (g, 16), (y, 16)]
    s.call("VERIFY", 0x323a2570, good)
    for i in range(7):
        bad = list(good)
        bad[i] = (bad[i][0] + 2, bad[i][1])
        s.call("VERIFY, operand %d changed" % i, 0x323a2570, bad, status=0x40)
        bad[i] = (0, bad[i][1])
        s.call("VERIFY, operand %d zero" % i, 0x323a2570, bad, status=0x40)
    s.call("k = 0", 0x5b182706, ((0, 4), (p, 32), (q, 4), (g, 32)), (4,), 0x40)
    s.close()


GENERIC = {4: (0x431b2f22, 0x2b252f6d, 0x6a3c2fa6, 0x325b3023, 0x432033a6, 0x1f0c33fc),
           8: (0x4e2530b3, 0x251830fa, 0x5a2b3127, 0x3553318a, 0x41253419, 0x2612345c),
           9: (0x772c31fe, 0x52343251, 0x494a329b, 0x554c331f, 0x5511346e, 0x0e0734be)}


def joined(qw, *values):
    return b"".join(v.to_bytes(8 * qw, "big") for v in values), qw


@test("ECDSA and point multiplication on curves given with the request")
def generic_curves():
    s, rnd = Pke(), random.Random(24)
    for c, qw in ((P256, 4), (P384, 8), (P521, 9), (SM2, 4)):
        sign_r, sign_s, sign_rs, verify, mult, on_curve = GENERIC[qw]
        gx, gy = c.g
        d, k, e = (rnd.randrange(1, c.n) for _ in range(3))
        qx, qy = c.mult(d)
        r, sig = c.sign(k, e, d)
        curve = (c.p, c.a, c.b)
        equal(s.call("SIGN_R", sign_r, [(v, qw) for v in (gx, gy, c.n, *curve, k)], (qw,)), [r],
              "r")
        equal(s.call("SIGN_S", sign_s, [(v, qw) for v in (e, d, r, k, c.n)], (qw,)), [sig], "s")
        equal(s.call("SIGN_RS", sign_rs, [joined(qw, d, e, k, c.b, c.a, c.p, c.n, gy, gx)],
                     (qw, qw)), [r, sig], "both")

        def check(x, y, r, sig, e):
            return [joined(qw, c.p, c.b, c.a, y, x, gy, gx, c.n, r, sig, e)]

        s.call("VERIFY", verify, check(qx, qy, r, sig, e))
        for what, args in (("digest", (qx, qy, r, sig, e ^ 1)), ("r", (qx, qy, r ^ 1, sig, e)),
                           ("r = 0", (qx, qy, 0, sig, e)), ("s = 0", (qx, qy, r, 0, e)),
                           ("s = n", (qx, qy, r, c.n, e)), ("key", (gx, gy, r, sig, e)),
                           ("key off the curve", (qx, qy ^ 1, r, sig, e))):
            s.call("VERIFY, wrong " + what, verify, check(*args), status=0x40)
        hq = 1 if qw == 9 else qw
        for h in (0, 1, 4):
            ins = [(v, qw) for v in (k, qx, qy, c.a, c.b, c.p)] + [(h, hq)]
            equal(s.call("POINT_MULT", mult, ins, (qw, qw)), list(c.mult(k * (h or 1), (qx, qy))),
                  "kP, cofactor %d" % h)
        for what, kk, x, y in (("off the curve", k, qx, qy ^ 1), ("infinity", c.n, qx, qy),
                               ("k = 0", 0, qx, qy), ("x beyond p", k, qx + c.p, qy)):
            if x < 1 << 64 * qw:
                ins = [(v, qw) for v in (kk, x, y, c.a, c.b, c.p)] + [(0, hq)]
                s.call("POINT_MULT, " + what, mult, ins, (qw, qw), 0x40)
        s.call("POINT_VERIFY", on_curve, [(v, qw) for v in (qx, qy, *curve)])
        s.call("POINT_VERIFY, off", on_curve, [(v, qw) for v in (qx, qy ^ 1, *curve)],
               status=0x40)
    s.close()


@test("curve parameters from a hostile request fail, and nothing else")
def hostile_curves():
    s, rnd = Pke(), random.Random(25)
    sign_r, sign_s, sign_rs, verify, mult, on_curve = GENERIC[4]
    for i in range(400):
        p = (0, 1, 2, 3, 4, 9, 15, 21, 35, 105, 1 << 255, P256.p, P256.p - 2, (1 << 256) - 1,
             rnd.getrandbits(256), rnd.getrandbits(20) | 1)[i % 16]
        a, x, y = (rnd.randrange(p) if p and i % 3 else rnd.getrandbits(4) for _ in range(3))
        # on the "curve", whatever the modulus is
        b = (y * y - x * x * x - a * x) % p if p else 0
        k = rnd.getrandbits(rnd.choice((2, 8, 256)))
        resp = s.bank.do(s.build(mult, [(v, 4) for v in (k, x, y, a, b, p, rnd.getrandbits(3))],
                                 (4, 4)))
        assert resp and resp[4] == 0 and resp[5] in (0, 0x40), "POINT_MULT modulo %d" % p
        n = rnd.choice((0, 1, 2, 15, P256.n, rnd.getrandbits(256)))
        values = [d if (d := rnd.choice((0, 1, 5, n, rnd.getrandbits(256)))) < 1 << 256 else 1
                  for _ in range(4)]
        for func, ins in (
                (sign_r, [(v, 4) for v in (x, y, n, p, a, b, values[0])]),
                (sign_s, [(v, 4) for v in (*values, n)]),
                (sign_rs, [joined(4, values[0], values[1], values[2], b, a, p, n, y, x)]),
                (verify, [joined(4, p, b, a, y, x, y, x, n, *values[:3])]),
                (on_curve, [(v, 4) for v in (x, y, p, a, b)])):
            outs = (4,) if func in (sign_r, sign_s) else (4, 4) if func == sign_rs else ()
            resp = s.bank.do(s.build(func, ins, outs))
            assert resp and resp[4] == 0 and resp[5] in (0, 0x40), "function %#x" % func
    s.close()


@test("P-256 and P-384 with fixed parameters; RFC 6979's signatures")
def fixed_curves():
    s, rnd = Pke(), random.Random(26)
    for c, point, generator, sign in ((P256, 0x0a083546, 0x12073556, 0x18133566),
                                      (P384, 0x0b083586, 0x0b073596, 0x1a1335a6)):
        qw = c.size
        for _ in range(3):
            k, d, e = (rnd.randrange(1, c.n) for _ in range(3))
            x, y = c.mult(d)
            equal(s.call("generator", generator, ((d, qw),), (qw, qw)), [x, y], "dG")
            equal(s.call("point", point, ((x, qw), (y, qw), (k, qw)), (qw, qw)),
                  list(c.mult(k, (x, y))), "kQ")
            equal(s.call("sign", sign, ((k, qw), (e, qw), (d, qw)), (qw, qw)),
                  list(c.sign(k, e, d)), "signature")
        s.call("off the curve", point, ((x, qw), (y ^ 1, qw), (k, qw)), (qw, qw), 0x40)
        s.call("the origin", point, ((0, qw), (0, qw), (k, qw)), (qw, qw), 0x40)
        s.call("x = p", point, ((c.p, qw), (y, qw), (k, qw)), (qw, qw), 0x40)
        s.call("k = 0", generator, ((0, qw),), (qw, qw), 0x40)
        s.call("k = n", generator, ((c.n, qw),), (qw, qw), 0x40)
        s.call("nonce n", sign, ((c.n, qw), (e, qw), (d, qw)), (qw, qw), 0x40)
    # RFC 6979 A.2.5, SHA-256 of "sample"
    d = 0xc9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721
    k = 0xa6e3c57dd01abe90086538398355dd4c3b17aa873382b0f24d6129493d8aad60
    e = int.from_bytes(hashlib.sha256(b"sample").digest(), "big")
    equal(s.call("RFC 6979", 0x18133566, ((k, 4), (e, 4), (d, 4)), (4, 4)),
          [0xefd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716,
           0xf7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8], "signature")
    s.close()


def swap(text):
    """RFC 7748 prints little endian."""
    return int.from_bytes(bytes.fromhex(text), "little")


def ladder(k, u, p, a24, bits):
    """RFC 7748 section 5."""
    x1, x2, z2, x3, z3, last = u, 1, 0, u, 1, 0
    for t in reversed(range(bits)):
        bit = k >> t & 1
        if bit != last:
            x2, x3, z2, z3 = x3, x2, z3, z2
        last = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb = a * a % p, b * b % p
        e, da, cb = aa - bb, d * a, c * b
        x3, z3 = (da + cb) ** 2 % p, x1 * (da - cb) ** 2 % p
        x2, z2 = aa * bb % p, e * (aa + a24 * e) % p
    if last:
        x2, z2 = x3, z3
    return x2 * pow(z2, p - 2, p) % p


@test("curves 25519 and 448: RFC 7748's vectors, clamping, low order points")
def montgomery():
    s, rnd = Pke(), random.Random(27)
    for func, qw, k, u, want in (
            (0x0a0634c6, 4, "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
             "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
             "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"),
            (0x0a0634c6, 4, "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
             "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
             "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"),
            (0x0c063506, 8,
             "3d262fddf9ec8e88495266fea19a34d28882acef045104d0d1aae121700a779c984c24f8cdd78fbff44943eba368f54b29259a4f1c600ad3",
             "06fce640fa3487bfda5f6cf2d5263f8aad88334cbd07437f020f08f9814dc031ddbdc38c19c6da2583fa5429db94ada18aa7a7fb4ef8a086",
             "ce3e4ff95a60dc6697da1db1d85e6afbdf79b50a2412d7546d5f239fe14fbaadeb445fc66a01b0779d98223961111e21766282f73dd96b6f")):
        equal(s.call("RFC 7748", func, ((swap(u), qw), (swap(k), qw)), (qw,)), [swap(want)], want)
    for qw, point, generator, p, a24, bits, base in (
            (4, 0x0a0634c6, 0x0a0634d6, 2**255 - 19, 121665, 255, 9),
            (8, 0x0c063506, 0x0c063516, 2**448 - 2**224 - 1, 39081, 448, 5)):
        for _ in range(4):
            k, u = rnd.getrandbits(64 * qw), rnd.getrandbits(64 * qw)
            if qw == 4:
                clamped = k & ~(1 << 255) & ~7 | 1 << 254
                plain = u % 2**255 % p
            else:
                clamped = k % 2**448 & ~3 | 1 << 447
                plain = u % p
            equal(s.call("generator", generator, ((k, qw),), (qw,)),
                  [ladder(clamped, base, p, a24, bits)], "k times the generator")
            equal(s.call("point", point, ((u, qw), (k, qw)), (qw,)),
                  [ladder(clamped, plain, p, a24, bits)], "k times u")
        for u in (0, 1, p - 1, p, p + 1):
            equal(s.call("low order %d" % u, point, ((u, qw), (5, qw)), (qw,)), [0], "zero")
    s.close()


class Edwards:
    def __init__(self, p, a, d):
        self.p, self.a, self.d = p, a, d

    def add(self, s, t):
        p, m = self.p, self.d * s[0] * t[0] * s[1] * t[1]
        return ((s[0] * t[1] + s[1] * t[0]) * pow(1 + m, -1, p) % p,
                (s[1] * t[1] - self.a * s[0] * t[0]) * pow(1 - m, -1, p) % p)

    def mult(self, k, pt):
        out = (0, 1)
        while k:
            out = self.add(out, pt) if k & 1 else out
            pt, k = self.add(pt, pt), k >> 1
        return out


@test("Edwards curves: scalars as they are, points off the curve refused")
def edwards():
    s, rnd = Pke(), random.Random(28)
    p25519, p448 = 2**255 - 19, 2**448 - 2**224 - 1
    g25519 = (0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51a,
              0x6666666666666666666666666666666666666666666666666666666666666658)
    g448 = (0x4f1970c66bed0ded221d15a622bf36da9e146570470f1767ea6de324a3d3a46412ae1af72ab66511433b80e18b00938e2626a82bc70cc05e,
            0x693f46716eb6bc248876203756c9c7624bea73736ca3984087789c1e05a0c2d73ad3ff1ce67c39c4fdbd132c4ed7c8ad9808795bf230fa14)
    for qw, point, generator, c, g in (
            (4, 0x100b34e6, 0x100a34f6,
             Edwards(p25519, -1, -121665 * pow(121666, -1, p25519)), g25519),
            (8, 0x1a0b3526, 0x1a0a3536, Edwards(p448, 1, -39081), g448)):
        for k in (1, 2, 3, 8, rnd.getrandbits(64 * qw), rnd.getrandbits(250)):
            x, y = c.mult(k, g)
            equal(s.call("generator", generator, ((k, qw),), (qw, qw)), [x, y], "kG, %d" % k)
            k = rnd.getrandbits(64 * qw)
            equal(s.call("point", point, ((x, qw), (y, qw), (k, qw)), (qw, qw)),
                  list(c.mult(k, (x, y))), "kP")
        for what, px, py, want in (("neutral", 0, 1, [0, 1]), ("order two", 0, c.p - 1,
                                                               list(c.mult(5, (0, c.p - 1))))):
            equal(s.call(what, point, ((px, qw), (py, qw), (5, qw)), (qw, qw)), want, what)
        equal(s.call("k = 0", generator, ((0, qw),), (qw, qw)), [0, 1], "the neutral element")
        for what, px, py in (("off the curve", x, y ^ 1), ("zero", 0, 0), ("y = p + 1", 0, c.p + 1),
                             ("ones", (1 << 64 * qw) - 1, (1 << 64 * qw) - 1)):
            s.call(what, point, ((px, qw), (py, qw), (5, qw)), (qw, qw), 0x40)
    s.close()


@test("SM2: signatures, encryption, key exchange")
def sm2():
    s, rnd = Pke(), random.Random(29)
    c, n = SM2, SM2.n
    k, e, d = (rnd.randrange(1, n) for _ in range(3))
    px, py = c.mult(d)
    x1, y1 = c.mult(k)
    r = (e + x1) % n
    sig = (k - r * d) * pow(1 + d, -1, n) % n
    equal(s.call("kG", 0x220f16ae, ((k, 4),), (4, 4)), [x1, y1], "kG")
    equal(s.call("R", 0x220f16be, ((k, 4),), (4, 4)), [x1, y1], "key exchange 1")
    equal(s.call("kP", 0x211716ce, ((k, 4), (px, 4), (py, 4)), (4, 4)), list(c.mult(k, (px, py))),
          "kP")
    equal(s.call("decryption", 0x201716e6, ((d, 4), (x1, 4), (y1, 4)), (4, 4)),
          list(c.mult(k, (px, py))), "dC")
    equal(s.call("encryption", 0x25221720, ((k, 4), (px, 4), (py, 4)), (4, 4, 4, 4)),
          [x1, y1, *c.mult(k, (px, py))], "kG and kP")
    s.call("on the curve", 0x1b0716a6, ((px, 4), (py, 4)))
    s.call("off the curve", 0x1b0716a6, ((px, 4), (py ^ 1, 4)), status=0x40)
    equal(s.call("sign", 0x222116fe, ((k, 4), (e, 4), (d, 4)), (4, 4)), [r, sig], "signature")
    s.call("d = n - 1", 0x222116fe, ((k, 4), (e, 4), (n - 1, 4)), (4, 4), 0x40)
    s.call("k = 0", 0x222116fe, ((0, 4), (e, 4), (d, 4)), (4, 4), 0x40)
    good = [(e, 4), (r, 4), (sig, 4), (px, 4), (py, 4)]
    s.call("verify", 0x29241743, good)
    for i in range(5):
        bad = list(good)
        bad[i] = (bad[i][0] ^ 1, 4)
        s.call("verify, operand %d changed" % i, 0x29241743, bad, status=0x40)
    # both sides of a key exchange reach the same point
    da, db, ra, rb = (rnd.randrange(1, n) for _ in range(4))
    pa, pb, qa, qb = c.mult(da), c.mult(db), c.mult(ra), c.mult(rb)
    sides = [s.call("key exchange 2", 0x22361768,
                    [(v, 4) for v in (r_, d_, own[0], other[0], other[1], key[0], key[1])], (4, 4))
             for r_, d_, own, other, key in ((ra, da, qa, qb, pb), (rb, db, qb, qa, pa))]
    equal(sides[0], sides[1], "the same point")
    s.close()


@test("public key requests that break a rule leave the output alone")
def refusals():
    s = Pke()
    ins = ((3, 8), (5, 8), (7, 8))

    def changed(raw, off, val):
        return raw[:off] + bytes([val]) + raw[off + 1:]

    good = s.build(0x150c2327, ins, (8,))
    for what, req, status, err in (
            ("unknown function", s.build(0x12345678, ins, (8,)), 0x44, 0),
            ("a curve over GF(2^m)", s.build(0x231a2e7c, ((1, 4),) * 5, ()), 0x44, 0),
            ("key protection", s.build(0x1b1c3696, ins, (8,)), 0x44, 0),
            ("protection flag", changed(good, 7, 2), 0x44, 0),
            ("valid bit missing", changed(good, 3, 0), 0x44, 0),
            ("another service", changed(good, 2, 4), 0x44, 0),
            ("too few inputs", changed(good, 0x31, 2), 0x44, 0),
            ("too many inputs", changed(good, 0x31, 255), 0x44, 0),
            ("too many outputs", changed(good, 0x30, 2), 0x44, 0),
            ("input table unreadable", changed(good, 0x27, 0x40), 0x40, 0xef),
            ("output table unreadable", changed(good, 0x2f, 0x40), 0x40, 0xef)):
        s.d.q.fill(OUT, 64, 0xee)
        resp = s.bank.do(req)
        equal((resp[5], resp[4]), (status, err), what)
        equal(s.d.q.read(OUT, 64), b"\xee" * 64, what + ": output")
    for table in (IN_TABLE + 8, OUT_TABLE):
        for bad in (0, 1 << 62):
            req = s.build(0x150c2327, ins, (8,))
            s.d.q.write(table, u64(bad))
            resp = s.bank.do(req)
            equal((resp[5], resp[4]), (0x40, 0xef), "operand at %#x" % bad)
    req = s.build(0x150c2327, ins, (8,), next_req=1 << 62)
    resp = s.bank.do(req)
    equal((resp[5], resp[4]), (0x40, 0xef), "next request unreadable")
    equal(s.d.q.read(OUT + 63, 1), bytes([5]), "the first of the chain was executed")
    resp = s.bank.do(bytes(24) + u64(9) + bytes(32))
    equal(resp[:16], bytes([0, 0, 0, 0x80, 0, 0, 0, 0]) + u64(9), "NULL request")
    s.d.q.close()
