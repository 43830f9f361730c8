#!/usr/bin/env python3
"""Splits the client in two: what the sign-in form needs, and what only somebody who is signed in needs.

Usage: split_client.py --wasm-split PROGRAM --in WHOLE.wasm --first client.wasm --rest signed_in.wasm

  --wasm-split  Binaryen's program of that name
  --in          the linked client with the names of its functions
  --first       loaded at once; calls into the other part go through the table (see web/boot.js)
  --rest        loaded once the sign-in form stands, or at once where somebody was signed in last time

A function goes to the second part by its name (LATE and not EARLY below). A wrong guess costs time and breaks nothing:
boot.js loads the second part when it is called before it is there, and a browser test (first_load) sees to it that the
way to the sign-in form never does that; which function a number of its message is stands in client.wasm.placeholders
beside the output. What must stay true: the same input gives the same bytes.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

# Screens, what travels for them, and the commands that they push.
LATE = [
    r"tw::views::",
    r"tw::(transport::call|json::(decode|take|encode))<.*tw::api::",
    r"tw::commands::.*(Executor|descriptor)",
]
# What there is before a session: its own screens, and the operations that they call.
EARLY = [
    r"operator=\(|'lambda'.*operator\(\)<(std|long|bool|int|double|tw::(Id|Version|Instant|domain))|loading_rows",  # alike in both parts
    r"^byn\$mgfn",  # made by Binaryen of several that are alike: called by both parts, named after one
    r"views::.*(session|sign_in|set_up|invitation|draw_no_answer|draw_arriving|title_of|new_password|product_heading)",
    r"views::.*(form_problem|field_problem|failed|push<)",
    r"commands::(SignIn|SetUp|AcceptInvitation|SetLanguage)\b",
    r"__dispatcher<[01]ul>.*commands::Executor::execute|^tw::commands::Executor::(execute|refused|run)\b",
    r"tw::api::(ViewCapabilities|ViewInvitation|SignIn|SignOut|SetUp|AcceptInvitation|SessionPerson|UpdateSession)\b",
]
# Bytes. Shorter ones are often one function for several that came out alike, of which only one name is left.
SHORTEST = 150
FEWEST = 200  # functions of the second part: with fewer the names have changed and the rules must, too

# How Binaryen writes the name of a function: everything else as \hh.
PLAIN = set("!#$%&'*+-./:<=>?@^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--wasm-split", required=True)
    arguments.add_argument("--in", dest="whole", type=pathlib.Path, required=True)
    arguments.add_argument("--first", type=pathlib.Path, required=True)
    arguments.add_argument("--rest", type=pathlib.Path, required=True)
    options = arguments.parse_args()

    late = sorted(name for name, size in function_sizes(options.whole.read_bytes()).items() if is_late(name, size))
    if len(late) < FEWEST:
        sys.exit(f"{options.whole}: only {len(late)} functions belong to the second part: look at LATE and EARLY")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as names:
        names.write("\n".join(escaped(name) for name in late))
        names.flush()
        subprocess.run([options.wasm_split, "--enable-mutable-globals", str(options.whole), f"--split-funcs=@{names.name}",
                        "--placeholdermap", "-o1", str(options.first), "-o2", str(options.rest)], check=True)


def is_late(name, size):
    if size < SHORTEST:
        return False
    return any(re.search(rule, name) for rule in LATE) and not any(re.search(rule, name) for rule in EARLY)


def escaped(name):
    return "".join(sign if sign in PLAIN else f"\\{ord(sign):02x}" for sign in name)


def function_sizes(module):
    """name -> bytes, of the functions whose name no other one has: from the code and name sections."""
    imported, sizes, names = 0, [], {}
    for kind, at, end in sections(module, 8):
        if kind == 2:
            imported = imported_functions(module, at)
        elif kind == 10:
            count, at = number(module, at)
            for _ in range(count):
                size, at = number(module, at)
                sizes.append(size)
                at += size
        elif kind == 0:
            length, at = number(module, at)
            if module[at:at + length] == b"name":
                names = names_of(module, at + length, end)
    found, twice = {}, set()
    for index, size in enumerate(sizes):
        name = names.get(imported + index, "")
        if name in found:
            twice.add(name)
        found[name] = size
    return {name: size for name, size in found.items() if name not in twice}


def imported_functions(module, at):
    count, at = number(module, at)
    functions = 0
    for _ in range(count):
        for _ in range(2):  # of the module, of the field
            length, at = number(module, at)
            at += length
        kind = module[at]
        if kind != 0:
            sys.exit("the client imports more than functions: teach split_client.py about it")
        _, at = number(module, at + 1)
        functions += 1
    return functions


def names_of(module, at, end):
    """index -> name, from the part of the name section that is about functions."""
    names = {}
    for part, at_names, _ in sections(module, at, end):
        if part != 1:
            continue
        count, at = number(module, at_names)
        for _ in range(count):
            index, at = number(module, at)
            length, at = number(module, at)
            names[index] = module[at:at + length].decode()
            at += length
    return names


def sections(module, at, end=None):
    """(kind, begin, end) of each section from `at` on: a byte, a length, the content."""
    end = len(module) if end is None else end
    while at < end:
        kind = module[at]
        length, begin = number(module, at + 1)
        at = begin + length
        yield kind, begin, at


def number(module, at):
    """A LEB128 number and where it ends."""
    value = shift = 0
    while True:
        byte = module[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


if __name__ == "__main__":
    main()
