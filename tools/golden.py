#!/usr/bin/env python3
"""Compares what the program says about itself with files in which a change must be seen and wanted.

Usage: golden.py --binary PROGRAM [--accept]

The OpenAPI description, the permission matrix and the newest schema are printed by `tidewater openapi|permissions|schema`;
the last of them is where a new database begins (shared/db);
the picture of an item's life by `tidewater transitions`, and it stands between two marks of a README.
--accept writes the files anew; look at the difference before you commit it.
"""
import argparse
import difflib
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILES = {"openapi": "tests/golden/openapi.json", "permissions": "tests/golden/permissions.txt",
         "schema": "shared/db/newest_schema.sql"}

# Command: the document that shows what it prints, as a Mermaid picture between these two lines.
PICTURES = {"transitions": "shared/domain/batch/README.md"}
BEGIN, END = "<!-- tidewater {} -->\n```mermaid\n", "```\n<!-- end of {} -->\n"


def picture_differs(command, name, said, accept):
    """Is what stands between the marks of the document not what the program says? Written anew when accepted."""
    file = ROOT / name
    text = file.read_text()
    begin, end = BEGIN.format(command), END.format(command)
    if begin not in text or end not in text:
        print(f"{name}: the marks around the picture of `tidewater {command}` are missing")
        return True
    first = text.index(begin) + len(begin)
    last = text.index(end, first)
    if text[first:last] == said:
        return False
    if accept:
        file.write_text(text[:first] + said + text[last:])
        return False
    changes = difflib.unified_diff(text[first:last].splitlines(), said.splitlines(), name, f"tidewater {command}",
                                   lineterm="", n=2)
    print("\n".join(list(changes)[:80]))
    return True


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--binary", type=pathlib.Path, required=True)
    arguments.add_argument("--accept", action="store_true")
    options = arguments.parse_args()

    failed = False
    for command, name in FILES.items():
        file = ROOT / name
        said = subprocess.run([options.binary, command], stdin=subprocess.DEVNULL, capture_output=True)
        if said.returncode and not file.exists():
            print(f"tidewater {command}: not there yet, skipped")
        elif said.returncode:
            print(f"tidewater {command} ended with {said.returncode}: {said.stderr.decode(errors='replace').strip()}")
            failed = True
        elif options.accept:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(said.stdout)
        elif not file.exists():
            print(f"{file.relative_to(ROOT)} is missing: tools/dev check --accept writes it")
            failed = True
        elif file.read_bytes() != said.stdout:
            failed = True
            changes = difflib.unified_diff(file.read_text().splitlines(), said.stdout.decode().splitlines(),
                                           str(file.relative_to(ROOT)), f"tidewater {command}", lineterm="", n=2)
            print("\n".join(list(changes)[:80]))
    for command, name in PICTURES.items():
        said = subprocess.run([options.binary, command], stdin=subprocess.DEVNULL, capture_output=True)
        if said.returncode:
            print(f"tidewater {command} ended with {said.returncode}: {said.stderr.decode(errors='replace').strip()}")
            failed = True
        else:
            failed |= picture_differs(command, name, said.stdout.decode(), options.accept)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
