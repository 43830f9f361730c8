#!/usr/bin/env python3
"""Writes the copyright file of the package: our licence, and that of everything that is inside the binary.

Usage: copyright.py OUTPUT --deps FOLDER

Versions and licences are those of tools/deps; the texts are those that came with the sources, or lie in the machine's
/usr/share/doc for what Debian's packages gave. What must stay true: whatever tools/deps fetches for `run` is either named
here as inside or as a tool, so that a new dependency cannot be forgotten.
"""
import argparse
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

# What of tools/deps is inside: name -> the file with its words, in the deps folder or (a package) in /usr/share/doc.
SOURCES = {"imgui": "LICENSE.txt", "httplib": "LICENSE", "sqlite": "sqlite3.h", "chinese-days": "LICENSE"}
PACKAGES = {"libargon2-dev": "Argon2", "libssl-dev": "OpenSSL", "zlib1g-dev": "zlib", "nlohmann-json3-dev": "JSON for "
            "Modern C++", "tzdata": "time zone database", "unicode-data": "Unicode character database",
            "g++": "GNU C++ library and runtime", "emscripten": "Emscripten's libraries, in the client"}
# What works for us without a byte of it being shipped, and what only the demo has.
TOOLS = {"argon2", "ca-certificates", "xz-utils", "python3", "cmake", "ninja-build", "ccache", "nodejs", "npm", "zopfli",
         "terser"}
DOC_OF = {"g++": "gcc-12-base"}  # where Debian keeps the words


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("output", type=pathlib.Path)
    arguments.add_argument("--deps", type=pathlib.Path, required=True)
    options = arguments.parse_args()

    parts = ["Tidewater\n\nLicensed under the Apache License, version 2.0. On Debian systems its text is in\n"
             "/usr/share/common-licenses/Apache-2.0.\n\nThe program contains, in whole or in part:\n"]
    texts = []
    for name, version, licence in fetched():
        if name in TOOLS:
            continue
        if name in SOURCES:
            text = (options.deps / name / SOURCES[name]).read_text(encoding="utf-8", errors="replace")
            if name == "sqlite":
                text = text[:text.index("**\n***")].replace("/*\n", "").replace("** ", "").replace("**", "")
        elif name in PACKAGES:
            text = words_of(name)
        else:
            sys.exit(f"copyright.py: is {name} of tools/deps inside the package, or a tool?")
        title = PACKAGES.get(name, name)
        parts.append(f"  {title} {version}: {licence}".rstrip())
        texts.append(f"\n{'=' * 78}\n{title}\n{'=' * 78}\n\n{text.strip()}\n")
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text("\n".join(parts) + "\n" + "".join(texts), encoding="utf-8")


def fetched():
    listed = subprocess.run([ROOT / "tools" / "deps", "--list"], capture_output=True, text=True, check=True).stdout
    for row in listed.splitlines():
        fields = [field.strip() for field in row.split("|")]
        if fields[0] != "run":
            continue
        if len(fields) == 7:  # a source
            yield fields[1], fields[2], fields[5]
        else:
            yield fields[1], version_of(fields[1]), fields[4]


def version_of(package):
    asked = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True, check=False)
    return re.sub(r"^\d+:", "", asked.stdout.strip())


def words_of(package):
    file = pathlib.Path("/usr/share/doc") / DOC_OF.get(package, package) / "copyright"
    if not file.exists():
        sys.exit(f"copyright.py: {file} is missing: a package needs the licences of what is inside")
    return file.read_text(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
