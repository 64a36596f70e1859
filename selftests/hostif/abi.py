#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
#
# usage: abi.py ABI-FOLDER ADDRESS-OF-PF
#
# Compares the files of a PF and of our modules with the entries of Documentation/ABI:
# every file has one and every entry its file, and what may be done with a file, (RW), (RO)
# or (WO), is what its mode lets root do. Prints what differs.

import os
import re
import stat
import sys

abi, pf = sys.argv[1:]
PCI = '/sys/bus/pci/devices/' + pf
FIXED = ('/sys/kernel/config/qatvf', '/sys/kernel/debug/qatvf', PCI + '/qat', PCI + '/qat_ras',
         PCI + '/qat_rl', '/sys/module/qatvf_core/parameters', '/sys/module/qatvf_pf/parameters',
         '/sys/module/qat_4xxxvf/parameters')
WORDS = {'<BDF>': r'[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]', '<N>': '[0-9]+', '<NN>': '[0-9]{2}',
         '<name>': r'[A-Za-z0-9_.-]+', '<A,B,C,D>': '[A-D]'}


def entries():
    """(pattern, path as written, letters of what may be done) of each file"""
    found = []
    for name in sorted(os.listdir(abi)):
        paths = []
        for line in open(os.path.join(abi, name)):
            if line.startswith('What:'):
                if not paths or paths[-1][1]:
                    paths = []
                paths.append([line.split(None, 1)[1].strip(), None])
            m = re.match(r'Description:\s*(?:\((RW|RO|WO)\))?', line)
            if m:
                for path in paths:
                    path[1] = m.group(1) or 'none'
                    found.append(path)
    for path, access in found:
        if path.endswith(('/', '<link>')) or '(the event' in path:
            continue
        pattern = ''.join(WORDS.get(part, re.escape(part)) for part in re.split(r'(<[^>]*>)', path))
        yield re.compile(pattern + '$'), path, access


def files():
    debug = '/sys/kernel/debug/'
    roots = list(FIXED) + [debug + name for name in os.listdir(debug) if name.startswith('qat_4xxx')]
    for root in roots:
        for folder, _, names in os.walk(root):
            for name in names:
                path = os.path.join(folder, name)
                if not os.path.islink(path):
                    yield path


def access_of(path):
    mode = stat.S_IMODE(os.stat(path).st_mode)
    return {0o600: 'RW', 0o400: 'RO', 0o200: 'WO'}.get(mode & 0o600)


wanted = list(entries())
seen, count = set(), 0
for path in files():
    count += 1
    fits = [(what, access) for pattern, what, access in wanted if pattern.match(path)]
    if len(fits) != 1:
        print(path, 'has', len(fits), 'entries')
    for what, access in fits:
        seen.add(what)
        if access != access_of(path):
            print(path, 'is', access_of(path), 'but its entry says', access)
for _, what, _ in wanted:
    if what not in seen:
        print(what, 'is not there')
print('#', count, 'files,', len(wanted), 'entries')
