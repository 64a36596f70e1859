# SPDX-License-Identifier: GPL-2.0-or-later
"""The compression service against zlib, a decoder of LZ4 and LZ4s, and the reference."""

import random
import struct
import zlib

from device import DATA, Device, get32, u32, u64
from t_sym import changed
from tap import equal, test

SRC_LIST, DST_LIST = 0x123456000, 0x123457000
SRC, DST, STATE = DATA, DATA + 0x100000, DATA + 0x300000
OPAQUE = 0xffff888012345680
BIG = {"ram": "6G"}

# the worked requests of reference 06 section 19
IN_TREE_COMPRESS = (
    "000009800800030000000107000205030000000000000000805634128088ffff"
    "0060452301000000007045230100000000100000002000000010000000200000"
    "0000000001000000430003000000000000000000000000000000000000000000" + "00" * 32)
IN_TREE_DECOMPRESS = (
    "000209800800030000000020000000000000000000000000805634128088ffff"
    "00604523010000000070452301000000d204000000100000d204000000100000"
    "0000000001000000430003000000000000000000000000000000000000000000" + "00" * 32)

DEFLATE, STATIC, INFLATE = (0x107, 0x20503), (0x312f, 0x80020503), (0x20, 0)
LZ4, UNLZ4, LZ4S3, LZ4S4 = (0x315d, 0x60503), (0x40, 0), (0x316d, 0x80020503), (0x317d,
                                                                             0x80020503)
FINAL, MORE, VERIFY, RECOVER, INJECT = 0x43, 0x3, 1 << 16, 1 << 17, 1 << 18


def dc_device(**kwargs):
    d = Device(up=False, **kwargs)
    d.bring_up(group0="dc")
    return d, d.bank(0)


def request(cmd, words, size, room, par=FINAL, flags=8, seeds=(0, 1), crc=None, state=0):
    """Flat buffers SRC and DST."""
    return (bytes([0, cmd, 9, 0x80, flags, 0, 2, 0]) + struct.pack(">II", *words) + bytes(8) +
            u64(OPAQUE) + u64(SRC) + u64(DST) + 2 * (u32(size) + u32(room)) +
            (u64(crc) if crc else u32(seeds[0]) + u32(seeds[1])) + u32(par) + bytes(0x1c) +
            u64(state)).ljust(128, b"\0")


class Result:
    def __init__(self, d, resp, room):
        self.hdr, self.err, self.status = resp[3], resp[5], resp[6]
        self.consumed, self.produced, self.crc, self.sum = struct.unpack("<IIII", resp[16:])
        data = d.q.read(DST, room + 16)
        self.data = data[:self.produced]
        if data[room:] != b"\xcc" * 16:
            raise AssertionError("written beyond the output space")
        self.rest = data[self.produced:room]


def run(d, bank, cmd, words, data, room, **kwargs):
    d.q.write(SRC, data or b"\0")
    d.q.fill(DST, room + 16, 0xcc)
    raw = request(cmd, words, len(data), room, **kwargs)
    resp = bank.do(raw)
    equal((resp[1], resp[2], resp[7]), (1, 9, cmd), "frame")
    equal(resp[8:16], u64(OPAQUE), "opaque")
    return Result(d, resp, room)


def inflate(data):
    z = zlib.decompressobj(-15)
    out = z.decompress(data) + z.flush()
    return out, z.eof, z.unused_data


def raw_deflate(data, level=6):
    z = zlib.compressobj(level, zlib.DEFLATED, -15)
    return z.compress(data) + z.flush()


def texts(rnd):
    words = [rnd.randbytes(rnd.randrange(2, 9)) for _ in range(50)]
    text = b"".join(rnd.choice(words) for _ in range(20000))
    return (("empty", b""), ("one byte", b"x"), ("70 bytes", text[:70]), ("text", text),
            ("zeros", bytes(200000)), ("random", rnd.randbytes(70000)))


def xxh32(data):
    """xxHash-32 with seed 0, from its published description."""
    p = (2654435761, 2246822519, 3266489917, 668265263, 374761393)
    m = 0xffffffff

    def rot(x, n):
        return (x << n | x >> 32 - n) & m

    at, h = 0, p[4]
    if len(data) >= 16:
        acc = [p[0] + p[1] & m, p[1], 0, -p[0] & m]
        while at + 16 <= len(data):
            for i in range(4):
                acc[i] = rot(acc[i] + get32(data, at + 4 * i) * p[1] & m, 13) * p[0] & m
            at += 16
        h = rot(acc[0], 1) + rot(acc[1], 7) + rot(acc[2], 12) + rot(acc[3], 18) & m
    h = h + len(data) & m
    while at + 4 <= len(data):
        h = rot(h + get32(data, at) * p[2] & m, 17) * p[3] & m
        at += 4
    for byte in data[at:]:
        h = rot(h + byte * p[4] & m, 11) * p[0] & m
    h = (h ^ h >> 15) * p[1] & m
    h = (h ^ h >> 13) * p[2] & m
    return h ^ h >> 16


def sequences(block, out, bias, no_match=False):
    """Decode an LZ4 block, or an LZ4s stream, behind what out holds already."""
    at = 0

    def extended(n):
        nonlocal at
        while n >= 15:
            byte = block[at]
            at += 1
            n += byte
            if byte != 255:
                break
        return n

    count = 0
    while at < len(block):
        token = block[at]
        at += 1
        n = extended(token >> 4)
        out += block[at:at + n]
        at += n
        count += 1
        if at == len(block):
            break
        offset = struct.unpack_from("<H", block, at)[0]
        at += 2
        n = extended(token & 15)
        if n == 0 and no_match:
            continue
        n += bias
        assert 0 < offset <= len(out) and n <= 65535 or not no_match, "bad sequence"
        for _ in range(n):
            out.append(out[-offset])
    return count


def lz4_frame_blocks(data):
    out, at, stored = bytearray(), 0, []
    while at < len(data):
        head = get32(data, at)
        size = head & 0x7fffffff
        block = data[at + 4:at + 4 + size]
        stored.append(bool(head >> 31))
        if head >> 31:
            out += block
        else:
            sequences(block, out, 4)
        at += 4 + size
    return bytes(out), stored


@test("compression: the reference's requests of the in-tree driver")
def worked():
    d, bank = dc_device(**BIG)
    for at, addr in ((SRC_LIST, SRC), (DST_LIST, DST)):
        # behind the used entry garbage, as in-tree leaves it
        d.q.write(at, u64(0) + u32(1) + u32(0x5555) + u32(8192) + u32(0x1234) + u64(addr) +
                  b"\xff" * 16)
    d.q.write(SRC, b"A" * 4096)
    resp = bank.do(bytes.fromhex(IN_TREE_COMPRESS))
    equal(resp[:16].hex(), "000109c000000000805634128088ffff", "compress")
    equal(resp[24:].hex(), "4034a6fe3d10adff", "checksums")
    equal(get32(resp, 16), 4096, "consumed")
    size = get32(resp, 20)
    packed = d.q.read(DST, size)
    equal(inflate(packed), (b"A" * 4096, True, b""), "inflated by zlib")
    d.q.write(SRC, packed)
    request = changed(IN_TREE_DECOMPRESS, w56=size, w48=size)
    resp = bank.do(request)
    equal(resp.hex(), "0001098000000802805634128088ffff" + u32(size).hex() + "00100000"
          "4034a6fe3d10adff", "decompress")
    equal(d.q.read(DST, 4096), b"A" * 4096, "data")
    d.q.write(DST, b"\xcc" * 4096)
    resp = bank.do(changed(request.hex(), w60=4095))
    equal(resp.hex(), "0001098000f52002805634128088ffff" + "00" * 12 + "01000000", "overflow")
    equal(d.q.read(DST, 4096), b"\xcc" * 4096, "nothing written")
    d.q.close()


@test("deflate both ways agrees with zlib, all shapes and levels")
def deflate():
    d, bank = dc_device()
    for name, data in texts(random.Random(11)):
        for cmd, words, flags in ((0, DEFLATE, 8), (1, DEFLATE, 0), (0, STATIC, 8),
                                  (1, (0x2407, 0x20503), 8)):
            what = "%s command %d %#x" % (name, cmd, words[0])
            room = len(data) + len(data) // 8 + 1029
            r = run(d, bank, cmd, words, data, room, flags=flags, par=FINAL | VERIFY)
            equal((r.status, r.err, r.hdr & 0xe7), (0, 0, 0xc0), what)
            equal(r.consumed, len(data), what + " consumed")
            equal(inflate(r.data), (data, True, b""), what)
            equal((r.crc, r.sum), (zlib.crc32(data), zlib.adler32(data)), what + " checksums")
            if name == "random" and flags:
                equal(r.hdr, 0xd0, "stored")
                equal(r.produced, len(data) + 5 * 2, "stored blocks")
            elif name in ("text", "zeros"):
                equal(r.hdr, 0xc0, "not stored")
                assert r.produced < len(data) // 2, "not compressed"
            # back, with something behind the stream
            back = run(d, bank, 2, INFLATE, r.data + b"trailer", len(data) + 1)
            equal((back.status, back.hdr, back.err), (8, 0x80, 0), what + " back")
            equal((back.consumed, back.produced), (r.produced, len(data)), what + " counters")
            equal((back.crc, back.sum), (zlib.crc32(data), zlib.adler32(data)), what)
            assert back.data == data, what + " data"
    d.q.close()


@test("outputs without the final bit can be joined, checksums carried on")
def full_flush():
    d, bank = dc_device()
    rnd = random.Random(12)
    data = b"".join(bytes([rnd.randrange(20)]) * rnd.randrange(9) for _ in range(9000))
    packed, seeds, at = b"", (0, 1), 0
    for size, par in ((1, MORE), (0, MORE), (10000, MORE), (len(data), FINAL)):
        part = data[at:at + size]
        at += len(part)
        r = run(d, bank, 1, DEFLATE, part, 2 * len(part) + 600, par=par, seeds=seeds)
        equal(r.status, 0, "status")
        if par == MORE:
            # a part decompresses by itself
            back = run(d, bank, 2, INFLATE, r.data, len(part) + 1, par=MORE)
            equal((back.status, back.err, back.data), (0, 0, part), "a part")
            back = run(d, bank, 2, INFLATE, r.data, len(part) + 1, par=FINAL)
            equal((back.status, back.err), (0x20, 0xf1), "a part taken for the whole")
        packed += r.data
        seeds = (r.crc, r.sum)
    equal(seeds, (zlib.crc32(data), zlib.adler32(data)), "checksums")
    equal(inflate(packed), (data, True, b""), "joined")
    d.q.close()


@test("a compression that does not fit gives a part to go on from")
def overflow():
    d, bank = dc_device()
    rnd = random.Random(13)
    data = rnd.randbytes(20000)
    packed, at, rounds, seeds = b"", 0, 0, (0, 1)
    while at < len(data):
        r = run(d, bank, 1, DEFLATE, data[at:], 3000, par=FINAL | VERIFY | RECOVER, seeds=seeds)
        packed, at, rounds, seeds = packed + r.data, at + r.consumed, rounds + 1, (r.crc, r.sum)
        if at < len(data):
            equal((r.status, r.err, r.hdr & 0xc0), (0x20, 0xf5, 0xc0), "overflow")
            assert 0 < r.consumed and r.produced <= 3000, "nothing fitted"
        assert rounds < 50, "no progress"
    equal((r.status, r.err), (0, 0), "the last part")
    equal(inflate(packed), (data, True, b""), "joined")
    equal(seeds, (zlib.crc32(data), zlib.adler32(data)), "checksums")
    for cmd, words in ((1, DEFLATE), (3, LZ4), (5, LZ4S3)):
        for room in (0, 1):
            r = run(d, bank, cmd, words, data, room, seeds=(5, 7))
            equal((r.status, r.err, r.consumed, r.produced), (0x20, 0xf5, 0, 0), "no room")
            equal((r.crc, r.sum), (5, 7), "seeds come back")
    # exactly enough is enough
    for cmd, words in ((1, DEFLATE), (0, STATIC), (3, LZ4), (5, LZ4S4)):
        for par in (FINAL, MORE):
            for text in (data, bytes(5000)):
                r = run(d, bank, cmd, words, text, 40000, par=par)
                again = run(d, bank, cmd, words, text, r.produced, par=par)
                equal((again.status, again.consumed), (0, len(text)), "exact room")
                again = run(d, bank, cmd, words, text, r.produced - 1, par=par)
                equal((again.status, again.err), (0x20, 0xf5), "a byte less")
    packed = raw_deflate(data)
    equal(run(d, bank, 2, INFLATE, packed, len(data)).status, 8, "exact output")
    r = run(d, bank, 2, INFLATE, packed, len(data) - 1)
    equal((r.status, r.err, r.produced, r.consumed), (0x20, 0xf5, 0, 0), "output too small")
    d.q.close()


def bits(*fields):
    """Deflate's bit order: (value, width)..."""
    val = at = 0
    for v, width in fields:
        val |= v << at
        at += width
    return val.to_bytes((at + 7) // 8, "little")


@test("damaged streams give the reference's error codes")
def damaged():
    d, bank = dc_device()
    good = raw_deflate(b"some text, some text, some more text")
    # a dynamic block with four code length codes, of 16, 17, 18 and 0
    head = ((1, 1), (2, 2), (0, 5), (0, 5), (0, 4))
    for what, data, err in (
            ("block type 3", b"\x07", 0xff), ("length and complement", b"\x01\4\0\0\0abcd", 0xfe),
            ("too many codes", b"\xfd\xff\xff\xff\xff", 0xfd),
            ("code length codes", bits(*head, (2, 3), *3 * ((0, 3),), (0, 32)), 0xfc),
            ("repeat of nothing", bits(*head, (1, 3), (1, 3), (0, 6), (0, 32)), 0xfa),
            ("no end of block code", bits(*head, (0, 3), (1, 3), (1, 3), (0, 3), (1, 1),
                                          (127, 7), (1, 1), (109, 7), (0, 32)), 0xf9),
            ("distance too far back",
             # fixed codes: the literal a, length 3, distance 4
             bits((1, 1), (1, 2), (0x89, 8), (0x40, 7), (0x18, 5), (0, 7)), 0xf6),
            ("truncated", good[:-3], 0xf1), ("no input", b"", 0xf1)):
        r = run(d, bank, 2, INFLATE, data, 1000)
        try:
            zlib.decompress(data, -15)
            raise AssertionError(what + ": zlib takes it")
        except zlib.error as e:
            equal((r.status, r.err, r.consumed, r.produced), (0x20, err, 0, 0),
                  "%s (%s)" % (what, e))
        equal(r.rest, b"\xcc" * 1000, what + ": output")
    rnd = random.Random(14)
    big = raw_deflate(rnd.randbytes(300) * 30)
    for _ in range(300):
        bad = bytearray(big)
        for _ in range(rnd.randrange(1, 4)):
            bad[rnd.randrange(len(bad))] ^= 1 << rnd.randrange(8)
        r = run(d, bank, 2, INFLATE, bytes(bad), 9100)
        z = zlib.decompressobj(-15)
        try:
            out, good = z.decompress(bytes(bad)), z.eof
        except zlib.error:
            good = False
        equal((r.status, r.data) if good and len(out) <= 9100 else r.status,
              (8, out) if good and len(out) <= 9100 else 0x20, "damaged")
    d.q.close()


@test("LZ4 blocks both ways, every block size, stored ones and dependent ones")
def lz4():
    d, bank = dc_device()
    for name, data in texts(random.Random(15)):
        for code in range(4):
            words = (0x315d, 0x60503 | code << 19)
            size = 0x10000 << 2 * code
            r = run(d, bank, 3, words, data, len(data) + 1024, par=FINAL | VERIFY)
            what = "%s %d" % (name, code)
            equal((r.status, r.consumed, r.sum), (0, len(data), xxh32(data)), what)
            out, stored = lz4_frame_blocks(r.data)
            assert out == data, what
            equal(len(stored), -(-len(data) // size), what + " blocks")
            equal(bool(r.hdr & 0x10), bool(data) and all(stored), what + " stored")
            back = run(d, bank, 4, (0x40 | code << 8, 0), r.data, len(data))
            equal((back.status, back.consumed, back.sum), (0, r.produced, xxh32(data)), what)
            assert back.data == data, what + " back"
    # a block that refers to the one before it, and block checksums
    first, second = b"\x50hello", b"\x12,\x05\x00\x50world"
    blocks = b"".join(u32(len(b)) + b for b in (first, second))
    r = run(d, bank, 4, UNLZ4, blocks, 100)
    equal((r.status, r.data), (0, b"hello" b"," b"ello,e" b"world"), "dependent")
    summed = b"".join(u32(len(b)) + b + u32(xxh32(b)) for b in (first, second))
    again = run(d, bank, 4, (0x48, 0), summed, 100)
    equal((again.status, again.data), (0, r.data), "with checksums")
    bad = summed[:-1] + bytes([summed[-1] ^ 1])
    for what, data, words, room, err in (
            ("checksum", bad, (0x48, 0), 100, 0xf4),
            ("no checksum", blocks[:9], (0x48, 0), 100, 0xf1),
            ("too small", blocks, UNLZ4, len(r.data) - 1, 0xf5),
            ("truncated", blocks[:-1], UNLZ4, 100, 0xf1),
            ("size only", blocks[:3], UNLZ4, 100, 0xf1),
            ("size 0", u32(0) + blocks, UNLZ4, 100, 0xf4),
            ("block too large", u32(65537) + bytes(65537), UNLZ4, 100, 0xfd),
            ("offset before the start", u32(len(second)) + second, UNLZ4, 100, 0xf4)):
        r = run(d, bank, 4, words, data, room)
        equal((r.status, r.err, r.produced), (0x20, err, 0), what)
    d.q.close()


@test("LZ4s: sequences with both match bases, long matches split, stored form")
def lz4s():
    d, bank = dc_device()
    for name, data in texts(random.Random(16)):
        for words, bias in ((LZ4S3, 2), (LZ4S4, 3)):
            r = run(d, bank, 5, words, data, len(data) + 2048, par=FINAL | VERIFY, flags=0)
            equal((r.status, r.hdr, r.consumed), (0, 0xc0, len(data)), name)
            out = bytearray()
            sequences(r.data, out, bias, True)
            assert bytes(out) == data, "%s bias %d" % (name, bias)
            equal(r.sum, xxh32(data), name + " checksum")
    r = run(d, bank, 5, LZ4S3, data, len(data) + 2048, flags=8)
    equal((r.hdr & 0x10, r.produced), (0x10, len(data)), "random data stored")
    assert r.data == data, "stored data"
    r = run(d, bank, 6, LZ4S3, data[:100], 100)
    equal((r.status, r.err), (0x24, 0), "LZ4s decompression does not exist here")
    d.q.close()


@test("verify: injected errors, recovery, statistics, the fault knobs")
def verify():
    d, bank = dc_device()
    data = b"text " * 100

    def stats():
        # the engine is found by asking all of them
        answers = [d.admin(ae, 20) for ae in range(8)]
        for ae, a in enumerate(answers):
            equal(a[2], 0 if ae < 4 else 4, "engine %d" % ae)
        return sorted(struct.unpack_from("<HH", a, 4) for a in answers[:4])[-1]

    equal(stats(), (0, 0), "no error yet")
    r = run(d, bank, 1, DEFLATE, data, 1000, par=FINAL | VERIFY | INJECT)
    equal((r.status, r.err, r.hdr, r.produced), (0x20, 0xee, 0xc0, 0), "no recovery")
    equal(stats(), (1, 0x1000), "counted")
    for cmd, words in ((0, DEFLATE), (3, LZ4), (5, LZ4S3)):
        r = run(d, bank, cmd, words, data, 1000, par=FINAL | VERIFY | RECOVER | INJECT | 3 << 21)
        equal((r.status, r.err, r.hdr), (0, 0, 0xf0), "recovered")
        equal(r.produced, len(data) + {0: 5, 3: 4, 5: 0}[cmd], "stored form")
        assert r.data[-len(data):] == data, "stored data"
    r = run(d, bank, 1, DEFLATE, data, 1000, par=FINAL | RECOVER | INJECT)
    equal((r.status, r.hdr), (0, 0x80), "recovery without verify is no verify")
    r = run(d, bank, 1, DEFLATE, data, 100, par=FINAL | VERIFY | RECOVER | INJECT)
    equal((r.status, r.err, r.produced), (0x20, 0xf5, 0), "no room for the stored form")
    d.faults("dc:verify,nth=1;dc:error,cmd=2,val=0xf0")
    r = run(d, bank, 1, DEFLATE, data, 1000, par=FINAL | VERIFY | RECOVER)
    equal((r.status, r.hdr), (0, 0xf0), "dc:verify")
    r = run(d, bank, 2, INFLATE, raw_deflate(data), 1000)
    equal((r.status, r.err, r.produced), (0x20, 0xf0, 0), "dc:error")
    d.q.close()


def crc64(data, seed, poly, reflect_in, reflect_out, xor):
    crc = seed
    for byte in data:
        if reflect_in:
            byte = int("{:08b}".format(byte)[::-1], 2)
        crc ^= byte << 56
        for _ in range(8):
            crc = crc << 1 ^ (poly if crc >> 63 else 0)
            crc &= (1 << 64) - 1
    return (int("{:064b}".format(crc)[::-1], 2) if reflect_out else crc) ^ xor


@test("integrity structure: programmable CRC64 over both sides")
def integrity():
    d, bank = dc_device()
    data = bytes(range(256)) * 20
    ecma, xz = (0x42f0e1eba9ea3693, 0, 0, 0), (0x42f0e1eba9ea3693, 1, 1, (1 << 64) - 1)
    equal(crc64(b"123456789", 0, *ecma), 0x6c40df5f0b497347, "the published check value")
    equal(crc64(b"123456789", xz[3], *xz), 0x995dc9bbdf1939fa, "the reflected one")
    for params in (ecma, xz):
        seed = params[3]
        poly, rin, rout, xor = params
        block = (u32(0) + u32(1) + u64(seed) + u64(seed) + u32(rin) + u32(rout) + u64(seed) +
                 u64(poly) + u64(xor) + u64(0x5a5a))
        for cmd, words, src in ((1, DEFLATE, data), (0, STATIC, data),
                                (2, INFLATE, raw_deflate(data)), (3, LZ4, data)):
            d.q.write(STATE, block)
            r = run(d, bank, cmd, words, src, 8000, par=FINAL | VERIFY | 1 << 19, crc=STATE)
            equal((r.status & ~8, r.crc, r.sum), (0, 0, 0), "response")
            after = d.q.read(STATE, 64)
            plain = r.data if cmd == 2 else data
            equal(get32(after), zlib.crc32(plain), "CRC-32")
            equal(get32(after, 4), xxh32(plain) if cmd == 3 else zlib.adler32(plain), "sum")
            cin, cout = crc64(src, seed, *params), crc64(r.data, seed, *params)
            equal(struct.unpack_from("<Q", after, 8)[0], cin, "input CRC64")
            equal(struct.unpack_from("<Q", after, 16)[0], seed if cmd == 1 else cout, "output")
            equal(struct.unpack_from("<Q", after, 32)[0], cout, "output CRC64 at 0x20")
            equal(after[24:32] + after[40:], block[24:32] + block[40:], "the rest")
    d.q.close()


@test("accumulated xxHash goes on over several requests")
def accumulate():
    d, bank = dc_device()
    rnd = random.Random(17)
    d.q.write(STATE, bytes(8) + u32(0x24234428) + u32(0x85ebca77) + u32(0) + u32(0x61c8864f) +
              bytes(16))
    done = b""
    for size in (3, 12, 1, 16, 100, 0, 31, 65):
        part = rnd.randbytes(size)
        done += part
        r = run(d, bank, 3, LZ4, part, 500, par=MORE | 1 << 20, state=STATE)
        equal((r.status, r.sum), (0, xxh32(done)), "after %d bytes" % len(done))
        equal(get32(d.q.read(STATE, 4)), len(done), "bytes so far")
    d.q.close()


@test("compression requests that break a rule get one error response each")
def refusals():
    d, bank = dc_device(**BIG)
    d.q.write(SRC, raw_deflate(b"abc") + bytes(100))
    good = request(2, INFLATE, 100, 100)
    high = 0xfff00000
    listed = changed(good.hex(), b6=3)
    for what, req, status, err, change in (
            ("valid bit missing", good, 0x24, 0, {"b3": 0}),
            ("symmetric on a dc ring", good, 0x24, 0, {"b2": 4}),
            ("chaining", good, 0x24, 0, {"b2": 11}),
            ("unknown command", good, 0x24, 0, {"b1": 9}),
            ("zstd", good, 0x24, 0, {"b1": 10}),
            ("stateful", good, 0x24, 0, {"b4": 4}),
            ("not the whole stream", good, 0x24, 0, {"w72": 0x41}),
            ("append CRC", good, 0x24, 0, {"w72": 0x1000043}),
            ("descriptor by address", good, 0x22, 0xf3, {"b6": 0}),
            ("format of another command", good, 0x22, 0xf3, {"b11": 0x40}),
            ("no integrity structure", good, 0x22, 0xf3, {"w72": 0x80043, "w64": 0, "w68": 0}),
            ("no place for the hash", good, 0x22, 0xf3, {"b1": 4, "b11": 0x40,
                                                         "w72": 0x100043}),
            ("accumulated hash with deflate", good, 0x22, 0xf3, {"w72": 0x100043,
                                                                 "w104": STATE}),
            ("integrity structure unreadable", good, 0x20, 0xef, {"w72": 0x80043, "w68": high}),
            ("source unreadable", good, 0x20, 0xef, {"w36": high}),
            ("destination unwritable", good, 0x20, 0xef, {"w44": high}),
            ("list unreadable", listed, 0x20, 0xef, {"w36": high}),
            ("input larger than any client's", good, 0x20, 0xf0, {"w56": 0x4000001})):
        resp = bank.do(changed(req.hex(), **change))
        assert resp, what + ": no response"
        equal((resp[6], resp[5]), (status, err), what)
        equal(resp[8:16], u64(OPAQUE), what + ": opaque")
        equal(resp[16:24], bytes(8), what + ": counters")
    # as much as the list has, in-tree's in-place requests say more
    d.q.write(SRC_LIST, u64(0) + u64(1) + u32(20) + u32(0) + u64(SRC))
    d.q.write(DST_LIST, u64(0) + u64(2) + u32(0) + u32(0) + u64(1 << 62) + u32(2) + u32(0) +
              u64(DST))
    both = bytearray(changed(listed.hex(), w32=SRC_LIST & 0xffffffff, w36=1,
                             w40=DST_LIST & 0xffffffff, w44=1))
    resp = bank.do(bytes(both))
    equal((resp[6], resp[5]), (0x20, 0xf5), "three bytes into a list of two")
    d.q.write(DST_LIST + 32, u32(3))
    resp = bank.do(bytes(both))
    equal((resp[6], get32(resp, 20)), (8, 3), "three bytes into three")
    equal(d.q.read(DST, 3), b"abc", "data")
    # what a small input may become is bounded
    bomb = raw_deflate(bytes(80 << 20), 9)
    d.q.write(SRC, bomb)
    resp = bank.do(request(2, INFLATE, len(bomb), 100 << 20))
    equal((resp[6], resp[5]), (0x20, 0xf0), "output larger than any client's")
    equal(bank.do(bytes([0, 1, 0, 0x80]) + bytes(20) + u64(5))[:8].hex(), "0001008000000001",
          "NULL request")
    d.q.close()
