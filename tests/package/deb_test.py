#!/usr/bin/env python3
"""The .deb in a clean Debian 12: it installs, serves, is upgraded and removed, and never takes the data with it.

Usage: deb_test.py        (as root; TIDEWATER_PACKAGE names the .deb)

The root is made by debootstrap from the machine's own package source and kept as build/package-root.tar, from which each
run unpacks its own. Commands in it run in a mount namespace of their own, so that nothing is left mounted, whatever
happens. There is no systemd in it: the service's user starts the program with the unit's own words. Prints TAP.
"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
KEPT = ROOT / "build" / "package-root.tar"
CONFIGURATION = "/etc/tidewater/tidewater.conf"
DATA = "/var/lib/tidewater"
PASSWORD = "correct horse battery"


class Broken(Exception):
    """What follows makes no sense any more."""


class Claims:
    def __init__(self):
        self.passed = self.failed = 0

    def claim(self, holds, words, why=""):
        number = self.passed + self.failed + 1
        if holds:
            self.passed += 1
        else:
            self.failed += 1
        print(f"{'ok' if holds else 'not ok'} {number} - {words}", flush=True)
        if not holds:
            print("  error: " + str(why).strip().replace("\n", " | ")[:2000], flush=True)
        return holds


def own_mounts(*command):
    """The command in a namespace of its own: what it mounts is gone with it."""
    return ["unshare", "--mount", "--propagation", "private", *command]


def make_root():
    """debootstrap, with the address and the key that the machine's apt has."""
    targets = subprocess.run(["apt-get", "indextargets", "--format", "$(ORIGIN) $(LABEL) $(CODENAME) $(REPO_URI)",
                              "Created-By: Packages"], capture_output=True, text=True, check=True).stdout
    address = next((row.split()[3] for row in targets.splitlines() if row.startswith("Debian Debian bookworm ")), None)
    if not address:
        raise Broken("the machine's apt knows no Debian 12")
    keys = subprocess.run(["dpkg", "-L", "debian-archive-keyring"], capture_output=True, text=True, check=True).stdout
    key = next(line for line in keys.splitlines() if line.endswith("/debian-archive-keyring.gpg"))
    KEPT.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tidewater-root-", dir=KEPT.parent) as folder:
        made = new_folder(folder)
        log = KEPT.with_suffix(".log")
        with open(log, "wb") as output:
            ended = subprocess.run(own_mounts("debootstrap", "--variant=minbase", f"--keyring={key}", "bookworm", made,
                                              address), stdout=output, stderr=subprocess.STDOUT, check=False)
        if ended.returncode:
            raise Broken(f"debootstrap failed: {log}")
        subprocess.run(["tar", "-C", made, "-cf", KEPT.with_suffix(".new"), "."], check=True)
        KEPT.with_suffix(".new").rename(KEPT)


def new_folder(above):
    """One that every user of the root may pass; the temporary one above it is ours alone."""
    made = pathlib.Path(above) / "root"
    made.mkdir()
    made.chmod(0o755)
    return made


class Machine:
    """The clean root, entered by chroot."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def path(self, name):
        return self.folder / name.lstrip("/")

    def command(self, *words, user=None):
        as_user = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"] if user else []
        return own_mounts("sh", "-c", 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"', str(self.folder),
                          *as_user, "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8",
                          "DEBIAN_FRONTEND=noninteractive", *words)

    def run(self, *words, user=None, given=""):
        return subprocess.run(self.command(*words, user=user), input=given, capture_output=True, text=True, check=False,
                              timeout=300)


class Service:
    """What the unit starts, as the unit starts it, on a free port."""

    def __init__(self, machine):
        unit = machine.path("/lib/systemd/system/tidewater.service").read_text()
        words = re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE).group(1).split()
        user = re.search(r"^User=(.*)$", unit, re.MULTILINE).group(1)
        self.process = subprocess.Popen(machine.command(*words, "--listen", "127.0.0.1:0", user=user), text=True,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.greeting = self.process.stdout.readline()
        found = re.search(r"serves (http://\S+)", self.greeting)
        if not found:
            self.stop()
            raise Broken(f"the service does not start: {self.greeting}")
        self.address = found.group(1)

    def ask(self, path, body=None):
        request = urllib.request.Request(self.address + path, data=json.dumps(body).encode() if body else None,
                                         headers={"Content-Type": "application/json", "Accept": "text/html,*/*"})
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self.process.stdout.close()
        return code


def newer(package, folder):
    """The same package under a higher version."""
    unpacked = pathlib.Path(folder) / "newer"
    subprocess.run(["dpkg-deb", "-R", package, unpacked], check=True)
    control = unpacked / "DEBIAN" / "control"
    control.write_text(re.sub(r"^Version: (.*)$", r"Version: \1+later1", control.read_text(), flags=re.MULTILINE))
    target = pathlib.Path(folder) / "newer.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-b", unpacked, target], check=True, capture_output=True)
    return target


def owner_and_mode(machine, name):
    said = machine.run("stat", "-c", "%U:%G %a", name)
    return said.stdout.strip()


def installs(claims, machine, package):
    shutil.copy(package, machine.path("/tmp/tidewater.deb"))
    done = machine.run("dpkg", "-i", "/tmp/tidewater.deb")
    if not claims.claim(done.returncode == 0, "the package installs in a clean root", done.stdout + done.stderr):
        raise Broken("nothing is installed")
    claims.claim(owner_and_mode(machine, DATA) == "tidewater:tidewater 700", "the data folder is its user's alone",
                 owner_and_mode(machine, DATA))
    claims.claim(owner_and_mode(machine, CONFIGURATION) == "root:root 644", "the configuration is root's",
                 owner_and_mode(machine, CONFIGURATION))
    shell = machine.run("getent", "passwd", "tidewater").stdout.strip()
    claims.claim(shell.endswith("/usr/sbin/nologin"), "nobody signs in as the service's user", shell)
    words = machine.path("/usr/share/doc/tidewater/copyright").read_text()
    claims.claim(all(name in words for name in ("Apache License", "OpenSSL", "httplib", "Omar Cornut")),
                 "the licences of what is inside are there")
    checked = machine.run("tidewater", "config", "check", "--config", CONFIGURATION, user="tidewater")
    claims.claim(checked.returncode == 0 and "WRONG" not in checked.stdout,
                 "the configuration that comes with it is in order", checked.stdout + checked.stderr)


def serves(claims, machine):
    service = Service(machine)
    try:
        claims.claim(service.ask("/healthz") == (200, "ok\n"), "the service answers", service.ask("/healthz"))
        status, page = service.ask("/")
        claims.claim(status == 200 and "<title>Tidewater</title>" in page, "with the page", page[:200])
        status, said = service.ask("/api/v1/capabilities")
        claims.claim(status == 200 and isinstance(json.loads(said), dict), "and the API", said)
        claims.claim(owner_and_mode(machine, DATA + "/tidewater.db") == "tidewater:tidewater 600",
                     "nobody else reads the database", owner_and_mode(machine, DATA + "/tidewater.db"))
        added = machine.run("tidewater", "user", "add", "alice", "--role", "administrator", "--config", CONFIGURATION,
                            given=PASSWORD)
        claims.claim(added.returncode == 0, "root makes a person while it runs", added.stdout + added.stderr)
        claims.claim(signs_in(service), "who signs in", "see above")
    finally:
        code = service.stop()
    claims.claim(code == 0, "SIGTERM ends it well", code)


def signs_in(service):
    return service.ask("/api/v1/session", {"login": "alice", "password": PASSWORD})[0] == 200


def is_upgraded(claims, machine, package):
    with open(machine.path(CONFIGURATION), "a") as configuration:
        configuration.write("keep-daily = 3\n")
    shutil.copy(package, machine.path("/tmp/newer.deb"))
    done = machine.run("dpkg", "-i", "/tmp/newer.deb")
    claims.claim(done.returncode == 0, "a newer version goes over it", done.stdout + done.stderr)
    version = machine.run("dpkg-query", "-W", "-f", "${Version}", "tidewater").stdout
    claims.claim(version.endswith("+later1"), "which is then there", version)
    checked = machine.run("tidewater", "config", "check", "--config", CONFIGURATION, user="tidewater").stdout
    claims.claim(re.search(r"^keep-daily +3 ", checked, re.MULTILINE) is not None,
                 "a changed configuration stays as it was changed", checked)
    service = Service(machine)
    try:
        claims.claim(signs_in(service) and "/setup#" not in service.greeting, "the data are there", service.greeting)
    finally:
        claims.claim(service.stop() == 0, "the newer one ends well, too")


def goes(claims, machine):
    removed = machine.run("dpkg", "-r", "tidewater")
    claims.claim(removed.returncode == 0, "the package is removed", removed.stdout + removed.stderr)
    claims.claim(not machine.path("/usr/bin/tidewater").exists() and
                 not machine.path("/lib/systemd/system/tidewater.service").exists(), "with its program and its unit")
    claims.claim(machine.path(DATA + "/tidewater.db").exists() and machine.path(CONFIGURATION).exists(),
                 "data and configuration stay")
    purged = machine.run("dpkg", "-P", "tidewater")
    claims.claim(purged.returncode == 0 and not machine.path("/etc/tidewater").exists(),
                 "purged, its configuration is gone", purged.stdout + purged.stderr)
    claims.claim(owner_and_mode(machine, DATA + "/tidewater.db") == "tidewater:tidewater 600" and
                 "The data are kept in " + DATA in purged.stdout, "and the data stay, which it says", purged.stdout)


def comes_back(claims, machine):
    done = machine.run("dpkg", "-i", "/tmp/newer.deb")
    service = Service(machine)
    try:
        claims.claim(signs_in(service), "installed again, it finds its data", done.stdout + done.stderr)
    finally:
        service.stop()
    purged = machine.run("env", "LC_ALL=zh_CN.UTF-8", "dpkg", "-P", "tidewater")
    claims.claim(machine.path(DATA + "/tidewater.db").exists() and "数据仍保留在 " + DATA in purged.stdout,
                 "it says so in Chinese where that is spoken", purged.stdout + purged.stderr)


def main():
    package = os.environ.get("TIDEWATER_PACKAGE", "")
    if not pathlib.Path(package).is_file():
        sys.exit("TIDEWATER_PACKAGE names no package")
    claims = Claims()
    if os.geteuid() != 0:
        print("ok 1 - # SKIP a root of its own needs root\n# pass 0\n# fail 0\n# skipped 1")
        return 0
    mounted = pathlib.Path("/proc/self/mounts").read_text()
    began = time.monotonic()
    try:
        if not KEPT.exists():
            make_root()
        print(f"# the root is there after {time.monotonic() - began:.1f} s", flush=True)
        with tempfile.TemporaryDirectory(prefix="tidewater-root-", dir=KEPT.parent) as folder:
            machine = Machine(new_folder(folder))
            subprocess.run(["tar", "-C", machine.folder, "-xpf", KEPT], check=True)
            later = newer(package, folder)
            installs(claims, machine, package)
            serves(claims, machine)
            is_upgraded(claims, machine, later)
            goes(claims, machine)
            comes_back(claims, machine)
    except Broken as problem:
        claims.claim(False, "it goes on", problem)
    claims.claim(pathlib.Path("/proc/self/mounts").read_text() == mounted, "nothing is left mounted")
    print(f"1..{claims.passed + claims.failed}\n# pass {claims.passed}\n# fail {claims.failed}\n# skipped 0")
    return 1 if claims.failed else 0


if __name__ == "__main__":
    sys.exit(main())
