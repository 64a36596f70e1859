# SPDX-License-Identifier: GPL-2.0-or-later
"""KTAP output; a test is a function marked with @test("what it shows")."""

import sys
import traceback

from qtest import close_all

TESTS = []


def test(name):
    def mark(func):
        TESTS.append((name, func))
        return func
    return mark


def equal(got, want, what=""):
    if got != want:
        show = [x.hex() if isinstance(x, bytes) else hex(x) if isinstance(x, int) else x
                for x in (got, want)]
        raise AssertionError("%s: got %s, expected %s" % (what, *show))


def run(words):
    chosen = [t for t in TESTS if not words or any(w in t[0] for w in words)]
    failed = 0
    print("KTAP version 1\n1..%d" % len(chosen))
    for number, (name, func) in enumerate(chosen, 1):
        try:
            func()
            print("ok %d %s" % (number, name))
        except Exception:
            failed += 1
            for line in traceback.format_exc().splitlines():
                print("# " + line)
            print("not ok %d %s" % (number, name))
        finally:
            close_all()
        sys.stdout.flush()
    print("# Totals: pass:%d fail:%d skip:0" % (len(chosen) - failed, failed))
    return 1 if failed else 0
