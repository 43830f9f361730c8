#!/usr/bin/env python3
"""Checks that the binary which ships keeps its promises: what it needs of a machine, and how large it is.

Usage: shipped.py BINARY [--self-test]

It needs the C library alone, in a version that Debian 12 has; it is at most 15 MB; it cannot be written to while it runs
(position-independent, relocations read-only). Reads the file with binutils, which the compiler brings. Called by
tools/dev check. The self-test proves of each rule that it fires.
"""
import pathlib
import re
import subprocess
import sys

MOST_BYTES = 15_000_000
NEWEST_GLIBC = (2, 36)
MAY_NEED = {"libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2"}


def problems(size, dynamic, header, symbols):
    if size > MOST_BYTES:
        yield f"it has {size:,} bytes, more than {MOST_BYTES:,}"
    needed = set(re.findall(r"\(NEEDED\).*\[(.*?)\]", dynamic))
    for library in sorted(needed - MAY_NEED):
        yield f"it needs {library}"
    if not needed & MAY_NEED:
        yield "nothing is known of what it needs"
    versions = {tuple(map(int, version.split("."))) for version in re.findall(r"GLIBC_(\d+(?:\.\d+)+)", symbols)}
    newest = max(versions, default=(0,))
    if newest[:2] > NEWEST_GLIBC:
        yield f"it needs glibc {'.'.join(map(str, newest))}, Debian 12 has 2.36"
    if not re.search(r"Type:\s+DYN", header):
        yield "it always stands at one address (no PIE)"
    if not re.search(r"\b(BIND_NOW|NOW)\b", dynamic):
        yield "its relocations can be written (no -z now)"


def look(binary):
    def ask(*command):
        return subprocess.run([*command, binary], capture_output=True, text=True, check=True).stdout

    size = pathlib.Path(binary).stat().st_size
    return size, ask("readelf", "--dynamic", "--wide"), ask("readelf", "--file-header"), ask("objdump", "-T")


def self_test():
    dynamic = " (NEEDED) Shared library: [libc.so.6]\n (FLAGS) BIND_NOW\n"
    good = (1000, dynamic, "  Type:    DYN (Position-Independent)", "(GLIBC_2.36) arc4random")
    assert not list(problems(*good)), list(problems(*good))
    for at, worse in ((0, MOST_BYTES + 1), (1, dynamic + " (NEEDED) Shared library: [libssl.so.3]"), (1, " BIND_NOW"),
                      (1, " (NEEDED) Shared library: [libc.so.6]"), (2, "  Type:    EXEC"), (3, "(GLIBC_2.38) strlcpy")):
        case = list(good)
        case[at] = worse
        assert list(problems(*case)), f"a rule does not fire: {worse}"
    print("every rule fires")


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    facts = look(sys.argv[1])
    found = list(problems(*facts))
    for problem in found:
        print(f"{sys.argv[1]}: {problem}")
    print(f"{facts[0]:,} bytes, needs", ", ".join(re.findall(r"NEEDED.*\[(.*?)\]", facts[1])))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
