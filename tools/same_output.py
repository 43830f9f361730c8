#!/usr/bin/env python3
"""Runs two builds of one program and compares what they print, line by line.

Usage: same_output.py LEAST_LINES COMMAND... -- COMMAND...

Prints each line that differs and ends with "N lines agree, M differ". What must stay true: it fails when either side is
missing, ends badly, or prints fewer than LEAST_LINES lines, so that agreement of nothing with nothing never passes.
"""
import subprocess
import sys


def main():
    least, commands = int(sys.argv[1]), sys.argv[2:]
    at = commands.index("--")
    running = []
    for command in (commands[:at], commands[at + 1:]):
        try:
            running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        except OSError as problem:
            sys.exit(f"{command[-1]}: {problem}")
    printed = []
    for process in running:
        lines = process.communicate()[0].splitlines()
        if process.returncode:
            sys.exit(f"{process.args[-1]} ended with {process.returncode}")
        if len(lines) < least:
            sys.exit(f"{process.args[-1]} printed {len(lines)} lines, not {least}")
        printed.append(lines)
    differing = [pair for pair in zip(*printed) if pair[0] != pair[1]]
    for one, other in differing:
        print(f"one says   {one}\nother says {other}")
    differ = len(differing) + abs(len(printed[0]) - len(printed[1]))
    print(f"{min(map(len, printed)) - len(differing)} lines agree, {differ} differ")
    sys.exit(1 if differ else 0)


main()
