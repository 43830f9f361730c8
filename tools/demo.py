#!/usr/bin/env python3
"""Collects the demo, which runs in a browser alone, into one folder that any host of files can serve, and packs it.

Usage: demo.py --client TREE --worker FOLDER --out FOLDER [--zip FILE]

  --client  the client build tree: the same client.js, client.wasm and signed_in.wasm as the server's
  --worker  where worker.js and worker.wasm were built (build/wasm/worker)
  --out     the folder: index.html, service-worker.js, and everything else as `name.<hash>.ext`
  --zip     also the folder as one archive, with .br and .gz beside each file where they pay, and the sum of what is
            loaded

In service-worker.js {{build}} and {{cached}} stand for a digest of all files and the list of them, in demo.js {{version}}
and {{world_version}} for the program's and the world's, {{texts}} for the words of the page around the client. Those
stand in the catalogues under the keys that web/demo/*.js writes as tr('…'); here the keys become numbers, their texts go
into demo.js alone, and the catalogues that client and worker load go without them. What must stay true: the same input gives the same bytes, the
archive's too; every address is relative, so that the folder works wherever it lies; and a browser that has loaded it
needs nothing that is not on the list.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

import web

ROOT = web.ROOT
DEMO = ROOT / "web" / "demo"
KEY = re.compile(r"\btr\('([a-z0-9_.-]+)'")
MOST_TO_LOAD = 1_200_000  # bytes by brotli: what the demo promises

# As the server says it in a header (server/http), but for what a page cannot say of itself.
POLICY = ("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
          "connect-src 'self'; font-src 'none'; base-uri 'none'; form-action 'self'; manifest-src 'self'; worker-src 'self'")
# What the demo adds to web/index.html, before these lines.
ADDED = {
    "<title>Tidewater</title>": f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
                                '<link rel="manifest" href="{{manifest.webmanifest}}">\n',
    '<link rel="preload" href="{{client.wasm}}"': '<link rel="stylesheet" href="{{demo.css}}">\n',
    '<script src="{{client.js}}" defer></script>': '<script src="{{demo_tour.js}}" defer></script>\n'
                                                   '<script src="{{demo_bar.js}}" defer></script>\n'
                                                   '<script src="{{demo.js}}" defer></script>\n',
}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--client", type=pathlib.Path, required=True)
    arguments.add_argument("--worker", type=pathlib.Path, required=True)
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    arguments.add_argument("--zip", type=pathlib.Path)
    options = arguments.parse_args()

    files = collect(options.client, options.worker)
    write_folder(options.out, files)
    if options.zip:
        pack(options.zip, options.out.with_name(options.out.name + "-packed"), files)


def collect(client, worker):
    """path -> bytes of the whole folder."""
    scripts = {name: (DEMO / name).read_text(encoding="utf-8") for name in ("demo_bar.js", "demo_tour.js", "demo.js")}
    keys = sorted({key for text in scripts.values() for key in KEY.findall(text)})
    contents, has_client = web.collect(client, is_loaded=lambda key: key not in keys)
    if not has_client:
        sys.exit(f"{client}: there is no client here")
    contents["worker.wasm"] = (worker / "worker.wasm").read_bytes()
    contents["worker.js"] = replaced((worker / "worker.js").read_bytes(), b"worker.wasm",
                                     web.hashed("worker.wasm", contents["worker.wasm"]).encode())
    for name in ("demo.css", "icon.svg"):
        contents[name] = (DEMO / name).read_bytes()
    for name, text in scripts.items():
        contents[name] = KEY.sub(lambda use: f"tr({keys.index(use.group(1))}", text).encode()
    contents["demo.js"] = filled(contents["demo.js"], {
        "texts": web.compact({language: [said(texts, language, key) for key in keys]
                              for language, texts in web.catalogues().items()}),
        "version": found("CMakeLists.txt", r"project\(tidewater VERSION ([0-9.]+)"),
        "world_version": found("client-wasm/worker/demo/cast.h", r"world_version = (\d+);")})
    for name in (*scripts, "crash.js"):
        contents[name] = shrunk(contents[name])
    for name in contents:
        if name.endswith(".css"):
            contents[name] = without_comments(contents[name])
    contents["manifest.webmanifest"] = filled((DEMO / "manifest.webmanifest").read_bytes(),
                                              {"icon.svg": web.hashed("icon.svg", contents["icon.svg"])})

    served = {name: web.hashed(name, content) for name, content in contents.items()}
    files = {served[name]: content for name, content in contents.items()}
    files["index.html"] = page(served)
    build = web.digest("\n".join(f"{path} {web.digest(files[path])}" for path in sorted(files)).encode())[:16]
    files["service-worker.js"] = filled((DEMO / "service-worker.js").read_bytes(),
                                        {"build": build, "cached": json.dumps(sorted(files))})
    return files


def shrunk(script):
    """As tools/cmake does it to client.js: shorter names and no comments, where there is a terser."""
    program = shutil.which("terser")
    if not program:
        return script
    return subprocess.run([program, "--compress", "passes=3,ecma=2020", "--mangle"], input=script, check=True,
                          stdout=subprocess.PIPE, env={**os.environ, "NODE_PATH": "/usr/share/nodejs"}).stdout


def without_comments(style):
    return re.sub(rb"\s*\n\s*", b"\n", re.sub(rb"/\*.*?\*/", b"", style, flags=re.DOTALL))


def page(served):
    text = (ROOT / "web" / "index.html").read_text(encoding="utf-8")
    for line, addition in ADDED.items():
        if text.count(line) != 1:
            sys.exit(f"web/index.html: {line} stands there {text.count(line)} times, and the demo adds to it")
        text = text.replace(line, addition + line)
    return web.fill_page(ROOT / "web" / "index.html", served, text, root="")


def found(file, pattern):
    match = re.search(pattern, (ROOT / file).read_text(encoding="utf-8"))
    return match.group(1) if match else sys.exit(f"{file}: there is no {pattern}")


def said(texts, language, key):
    return texts[key] if key in texts else sys.exit(f"assets/i18n/{language}.json: there is no {key}")


def filled(content, values):
    for key, value in values.items():
        content = replaced(content, b"{{" + key.encode() + b"}}", value.encode())
    return content


def replaced(content, old, new):
    if content.count(old) != 1:
        sys.exit(f"{old.decode()} stands {content.count(old)} times where it should stand once")
    return content.replace(old, new)


def write_folder(folder, files):
    for path, content in files.items():
        web.write_if_changed(folder / path, content)
    for file in folder.rglob("*"):
        if file.is_file() and file.relative_to(folder).as_posix() not in files:
            file.unlink()


def pack(archive, kept, files):
    """Writes the archive; `kept` is where what was compressed before lies, by its digest."""
    to_load, entries = 0, {"LICENSE": (ROOT / "LICENSE").read_bytes()}
    for path, content in files.items():
        entries[path] = content
        smallest = len(content)
        for ending, compress in ((".br", brotli), (".gz", web.compress)):
            small = compressed(kept / (web.digest(content) + ending), compress, content)
            if len(small) < 0.95 * len(content):
                entries[path + ending] = small
                smallest = len(small) if ending == ".br" else smallest
        to_load += smallest
        print(f"{smallest:>10,} of {len(content):>10,} bytes  {path}")
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w") as target:
        for path in sorted(entries):
            entry = zipfile.ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if path.endswith((".br", ".gz")) else zipfile.ZIP_DEFLATED
            target.writestr(entry, entries[path])
    verdict = "kept" if to_load <= MOST_TO_LOAD else "MISSED"
    print(f"{archive.name}: {to_load:,} bytes to load by brotli; at most {MOST_TO_LOAD:,} promised: {verdict}")


def compressed(file, compress, content):
    if not file.exists():
        web.write_if_changed(file, compress(content))
    return file.read_bytes()


def brotli(content):
    """By Node.js, which the build needs anyway."""
    program = ("const {brotliCompressSync: pack, constants: c} = require('zlib'); const parts = [];"
               "process.stdin.on('data', (part) => parts.push(part)).on('end', () => { const all = Buffer.concat(parts);"
               "process.stdout.write(pack(all, {params: {[c.BROTLI_PARAM_QUALITY]: 11, [c.BROTLI_PARAM_LGWIN]: 24,"
               "[c.BROTLI_PARAM_SIZE_HINT]: all.length}})); });")
    return subprocess.run(["node", "-e", program], input=content, check=True, capture_output=True).stdout


if __name__ == "__main__":
    main()
