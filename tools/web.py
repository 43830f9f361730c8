#!/usr/bin/env python3
"""Collects what a browser loads into one folder, as it is served, and writes it as sources for the server's binary.

Usage: web.py --out FOLDER [--client TREE] [--embed FOLDER]

  --out    where the served files go: `name.<hash>.ext`, each with a `.gz` beside it where compression pays, and
           index.html, the only file without a hash in its name
  --client the client build tree; without a client.js in it only the catalogues are collected
  --embed  where web_files.S and web_files.cpp go (see server/http/web_files.h)

What is collected: client.js, client.wasm and signed_in.wasm of the client tree; assets/i18n/*.json, made compact and
without what only the demo says ("demo." keys); everything in web/ except boot.js (the build links it into client.js), README.md and demo/ (tools/demo.py). In web/index.html, {{name}} stands for the served path
of a file (`{{client.js}}`), and {{files}} for a JSON object of all of them, by name, escaped for an attribute. A name
that does not exist stops the build. What must stay true: the same input gives the same bytes, and files whose content did not change keep their
time stamps, so that a build with nothing to do does nothing.
"""
import argparse
import gzip
import hashlib
import html
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent

CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".wasm": "application/wasm",
    ".txt": "text/plain; charset=utf-8",
}
LINKED_OR_INTERNAL = {"index.html", "boot.js", "README.md"}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    arguments.add_argument("--client", type=pathlib.Path)
    arguments.add_argument("--embed", type=pathlib.Path)
    options = arguments.parse_args()

    contents, has_client = collect(options.client)
    served = {name: hashed(name, content) for name, content in contents.items()}
    files = [(served[name], name, contents[name]) for name in sorted(contents)]
    page = ROOT / "web" / "index.html"
    if has_client and page.exists():
        files.append(("index.html", "index.html", fill_page(page, served)))

    write_folder(options.out, files)
    if options.embed:
        embed(options.embed, options.out, files)


def compress(content):
    """gzip, by zopfli where it is installed: 4 % less to load, the same for every browser."""
    if shutil.which("zopfli"):
        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            return subprocess.run(["zopfli", "-c", file.name], check=True, capture_output=True).stdout
    return gzip.compress(content, compresslevel=9, mtime=0)


def collect(client, is_loaded=lambda key: not key.startswith("demo.")):
    """name -> bytes of everything that gets a hashed name, and whether the client is among it."""
    contents = {}
    for name, catalogue in catalogues().items():
        loaded = {key: text for key, text in catalogue.items() if is_loaded(key)}
        contents[f"i18n/{name}.json"] = compact(loaded).encode()
    for file in sorted((ROOT / "web").rglob("*")):
        name = file.relative_to(ROOT / "web").as_posix()
        if file.is_file() and name not in LINKED_OR_INTERNAL and not name.startswith("demo/"):
            contents[name] = file.read_bytes()
    has_client = bool(client) and (client / "client.js").exists() and (client / "client.wasm").exists()
    if has_client:
        for name in ("client.js", "client.wasm", "signed_in.wasm"):
            if (client / name).exists():  # the last one only where the build has split the client
                contents[name] = (client / name).read_bytes()
    return contents, has_client


def catalogues():
    """language -> its texts by key."""
    read = {}
    for file in sorted((ROOT / "assets" / "i18n").glob("*.json")):
        try:
            read[file.stem] = json.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            sys.exit(f"{file.relative_to(ROOT)}: {error}")
    return read


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def hashed(name, content):
    path = pathlib.PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.{digest(content)[:10]}{path.suffix}"))


def digest(content):
    return hashlib.sha256(content).hexdigest()


def fill_page(page, served, text=None, root="/"):
    """`root`: "/" for the server; empty for addresses beside the page, as the demo has them (tools/demo.py)."""
    text = text or page.read_text(encoding="utf-8")

    def replacement(found):
        name = found.group(1)
        if name == "files":
            return html.escape(json.dumps({name: root + path for name, path in served.items()}), quote=True)
        if name not in served:
            line = text.count("\n", 0, found.start()) + 1
            sys.exit(f"{page.relative_to(ROOT)}:{line}: there is no file {name}; there are {', '.join(sorted(served))}")
        return root + served[name]

    return re.sub(r"\{\{([^{}\s]+)\}\}", replacement, text).encode()


def write_folder(folder, files):
    """Writes the files and their .gz, and removes what an earlier build left there."""
    wanted = set()
    for path, _, content in files:
        target = folder / path
        wanted.add(target)
        packed = folder / (path + ".gz")
        if write_if_changed(target, content) or not packed.exists():
            small = compress(content)
            pays = len(small) < 0.95 * len(content)
            write_if_changed(packed, small) if pays else packed.unlink(missing_ok=True)
        if packed.exists():
            wanted.add(packed)
    for file in sorted(folder.rglob("*"), reverse=True):
        if file.is_dir():
            if not any(file.iterdir()):
                file.rmdir()
        elif file not in wanted:
            file.unlink()


def write_if_changed(file, content):
    if file.exists() and file.read_bytes() == content:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return True


def embed(folder, served_folder, files):
    assembly = ["# Generated by tools/web.py: do not edit.", '.section .rodata,"a",@progbits']
    declarations, rows = [], []

    def include(symbol, file):
        # The digest makes this source change when the file does: the assembler's input is not seen by Ninja.
        assembly.extend([
            f"# sha256 {digest(file.read_bytes())}", f".global {symbol}_begin, {symbol}_end", ".balign 16",
            f"{symbol}_begin:", f'.incbin "{file.resolve()}"', f"{symbol}_end:", ".byte 0",
        ])
        declarations.append(f"extern const unsigned char {symbol}_begin[];\nextern const unsigned char {symbol}_end[];")
        return f"std::span<const unsigned char>({symbol}_begin, {symbol}_end)"

    for number, (path, name, content) in enumerate(files):
        raw = include(f"tw_web_{number}_raw", served_folder / path)
        packed = served_folder / (path + ".gz")
        small = include(f"tw_web_{number}_gzip", packed) if packed.exists() else "std::span<const unsigned char>()"
        url = "/" if path == "index.html" else "/" + path
        content_type = CONTENT_TYPES.get(pathlib.PurePosixPath(name).suffix)
        if content_type is None:
            sys.exit(f"web/{name}: tools/web.py knows no content type for this kind of file")
        rows.append(
            f'      {{{json.dumps(url)}, {json.dumps(name)}, "{content_type}", "\\"{digest(content)[:20]}\\"",\n'
            f"       {raw},\n       {small}, {'false' if path == 'index.html' else 'true'}}},\n")

    assembly.append('.section .note.GNU-stack,"",@progbits')
    source = (
        "// Generated by tools/web.py: do not edit.\n"
        '#include "server/http/web_files.h"\n\n'
        'extern "C" {\n' + "\n".join(declarations) + "\n}\n\n"
        "namespace tw::server {\n\n"
        "const std::vector<WebFile>& web_files() {\n  static const std::vector<WebFile> files = {\n"
        + "".join(rows) + "  };\n  return files;\n}\n\n}  // namespace tw::server\n")
    write_if_changed(folder / "web_files.S", ("\n".join(assembly) + "\n").encode())
    write_if_changed(folder / "web_files.cpp", source.encode())


if __name__ == "__main__":
    main()
