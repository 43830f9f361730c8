#!/usr/bin/env python3
"""Runs the test suites that are built, and ends with one line "N passed, N failed" over all of them.

Usage: run_tests.py [--preset NAME] [--long] SUITE...

A SUITE is `native` (all native areas), one area's name, `wasm` (the portable areas under Node), `same` (tests/portable:
programs whose native and wasm builds must print the same), `scenarios` (tests/scenarios at its three doors: the
dispatcher, the server, the local backend as WebAssembly under Node), `fuzz`, `e2e` or `package` (tests/package: the .deb
in a clean root). The native and wasm programs are those that ctest knows; each writes its results as JSON. tests/e2e/*.mjs are programs for
node:test, and so are tests/scenarios/*.mjs. A fuzzer runs 23 seconds (nine of them on two processors: less than two minutes), with --long five minutes, from a seed that it prints (TIDEWATER_SEED gives another).
What must stay true: a program that dies, hangs or writes no results counts as failed, even if every claim in it held;
and a run in which nothing ran is a failure. Called by tools/dev test.
"""
import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
LOG = ROOT / "build" / "log" / "tests"


@dataclasses.dataclass
class Suite:
    name: str
    command: list
    read: callable  # (suite, log) -> Outcome
    results: pathlib.Path = None  # GoogleTest's JSON
    directory: pathlib.Path = ROOT
    environment: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Outcome:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    remarks: list = dataclasses.field(default_factory=list)  # what failed, in lines
    note: str = ""


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--preset", default="asan")
    arguments.add_argument("--long", action="store_true")
    arguments.add_argument("suites", nargs="+")
    options = arguments.parse_args()

    LOG.mkdir(parents=True, exist_ok=True)
    wanted = set(options.suites)
    programs = []
    areas = wanted - {"wasm", "same", "scenarios", "e2e", "fuzz", "package", "native"}
    if areas or "native" in wanted:
        native = ctest_suites(options.preset, options.preset)
        unknown = areas - {suite.name.split("/")[1] for suite in native}
        if unknown:
            sys.exit(f"no such test suite: {', '.join(sorted(unknown))}")
        programs += [suite for suite in native if "native" in wanted or suite.name.split("/")[1] in areas]
    if "wasm" in wanted:
        programs += ctest_suites("wasm", "wasm")
    if "same" in wanted:
        programs += same_suites(options.preset)
    if "scenarios" in wanted:
        programs += scenario_suites(options.preset)
    if "package" in wanted:
        programs += package_suites()
    fuzzers = fuzz_suites(options.long) if "fuzz" in wanted else []
    in_browser = e2e_suites() if "e2e" in wanted else []

    environment = dict(os.environ)
    if options.long:
        environment["TIDEWATER_LONG"] = "1"
    limit = 4 * 3600 if options.long else 1800 * int(os.environ.get("TIDEWATER_SLOW", "1"))

    total = Outcome()
    # Programs run beside each other, the longest kinds first; then fuzzers, which take what time they are given;
    # browsers one after another, for they measure time.
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        order = sorted(programs, key=lambda suite: not suite.name.endswith(("/server", "/services")))
        jobs = [pool.submit(run, suite, environment, limit) for suite in order + fuzzers]
        for job in concurrent.futures.as_completed(jobs):
            add(total, job.result())
    for suite in in_browser:
        add(total, run(suite, environment, limit))

    if total.skipped:
        print(f"{total.skipped} skipped")
    print(f"{total.passed} passed, {total.failed} failed")
    if total.passed + total.failed == 0:
        sys.exit("nothing ran")
    sys.exit(1 if total.failed else 0)


def ctest_suites(preset, label):
    tree = ROOT / "build" / preset
    shutil.rmtree(tree / "results", ignore_errors=True)
    answer = subprocess.run(["ctest", "--test-dir", tree, "--show-only=json-v1"], capture_output=True, check=True)
    suites = []
    for test in json.loads(answer.stdout)["tests"]:
        properties = {entry["name"]: entry["value"] for entry in test.get("properties", [])}
        environment = dict(pair.split("=", 1) for pair in properties.get("ENVIRONMENT", []))
        if "command" not in test:
            sys.exit(f"{preset}: the program of suite {test['name']} was not built")
        suites.append(Suite(f"{label}/{test['name']}", test["command"], read_google_test,
                            tree / "results" / f"{test['name']}.json",
                            pathlib.Path(properties.get("WORKING_DIRECTORY", ROOT)), environment))
    return suites


def same_suites(preset):
    suites = []
    for source in sorted((ROOT / "tests" / "portable").glob("*.cpp")):
        native = ROOT / "build" / preset / "portable" / source.stem
        wasm = ROOT / "build" / "wasm" / "portable" / f"{source.stem}.js"
        suites.append(Suite(f"same/{source.stem}", [
            sys.executable, ROOT / "tools" / "same_output.py", "10", native, "--",
            shutil.which("node") or "node", "--no-experimental-fetch", wasm], read_same))
    return suites


def scenario_suites(preset):
    """The same files, unchanged, at each door; what is behind a door is said by the environment."""
    behind = {
        "TIDEWATER_DISPATCHER": str(ROOT / "build" / preset / "tests" / "dispatcher_door"),
        "TIDEWATER_BINARY": str(ROOT / "build" / preset / "tidewater"),
        "TIDEWATER_WORKER": str(ROOT / "build" / "wasm" / "worker" / "worker.js"),
    }
    for program in behind.values():
        if not pathlib.Path(program).exists():
            sys.exit(f"scenarios: {program} was not built")
    files = sorted((ROOT / "tests" / "scenarios").glob("*.test.mjs"))
    node = ["node", "--no-experimental-fetch", "--test-reporter=tap"]  # the glue of Emscripten 3 cannot fetch() files
    return [Suite(f"scenarios/{door}/{file.name.split('.')[0]}", [*node, str(file)], read_tap,
                  environment=behind | {"TIDEWATER_DOOR": door})
            for door in ("dispatcher", "server", "worker") for file in files]


def fuzz_suites(long):
    """Each begins with the inputs of tests/fuzz/corpus; what it finds beside stays in build/asan/found, for one run."""
    seed = os.environ.get("TIDEWATER_SEED", "20261121")
    suites = []
    for program in sorted((ROOT / "build" / "asan" / "fuzzers").glob("*_fuzz")):
        name = program.name.removesuffix("_fuzz")
        if not (ROOT / "tests" / "fuzz" / program.name).with_suffix(".cpp").exists():
            continue  # built from a source that is gone
        found, kept = ROOT / "build" / "asan" / "found" / name, LOG / "fuzz" / name
        shutil.rmtree(found, ignore_errors=True)
        for folder in (found, kept):
            folder.mkdir(parents=True, exist_ok=True)
        suites.append(Suite(f"fuzz/{name}", [
            program, f"-max_total_time={300 if long else 23}", f"-seed={seed}", "-max_len=4096", "-timeout=20",
            "-rss_limit_mb=2048", "-print_funcs=0", "-print_final_stats=1", f"-artifact_prefix={kept}/", found,
            ROOT / "tests" / "fuzz" / "corpus" / name], read_fuzzer))
    if not suites:
        sys.exit("fuzz: no fuzzer was built")
    return suites


def e2e_suites():
    deps = pathlib.Path(os.environ.get("TIDEWATER_DEPS_DIR", ROOT / "build" / "deps"))
    environment = {
        "TIDEWATER_BINARY": str(ROOT / "build" / "tidewater"),
        "TIDEWATER_STORYBOOK": str(ROOT / "build" / "client" / "storybook"),
        "TIDEWATER_ARTEFACTS": str(ROOT / "build" / "log" / "e2e"),  # screenshots, traces
        "TIDEWATER_CHROMIUM": shutil.which("chromium") or "",
        "NODE_PATH": str(deps / "node_modules"),  # found by createRequire(import.meta.url)("playwright-core")
    }
    pathlib.Path(environment["TIDEWATER_ARTEFACTS"]).mkdir(parents=True, exist_ok=True)
    return [Suite(f"e2e/{file.name.split('.')[0]}", ["node", "--test-reporter=tap", str(file)], read_tap,
                  environment=environment)
            for file in sorted((ROOT / "tests" / "e2e").glob("*.test.mjs"))]


def package_suites():
    packages = sorted((ROOT / "build").glob("tidewater_*.deb"))
    if len(packages) != 1:
        sys.exit(f"package: {len(packages)} packages in build/, not one")
    return [Suite(f"package/{file.stem.removesuffix('_test')}", [sys.executable, file], read_tap,
                  environment={"TIDEWATER_PACKAGE": str(packages[0])})
            for file in sorted((ROOT / "tests" / "package").glob("*_test.py"))]


def run(suite, environment, limit):
    log = LOG / (suite.name.replace("/", "-") + ".log")
    began = time.monotonic()
    how_it_ended = ""
    with open(log, "wb") as output:
        try:
            process = subprocess.run(suite.command, cwd=suite.directory, env=environment | suite.environment,
                                     stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, timeout=limit)
            if process.returncode:
                how_it_ended = f"ended with {process.returncode}"
        except subprocess.TimeoutExpired:
            how_it_ended = f"was stopped after {limit} s"
    outcome = suite.read(suite, log)
    if how_it_ended and not outcome.failed:
        outcome.failed += 1
        tail = log.read_text(errors="replace").splitlines()[-30:]
        outcome.remarks.append(f"the program {how_it_ended}; the end of its output:")
        outcome.remarks += tail
    elif outcome.passed + outcome.failed + outcome.skipped == 0:
        outcome.failed += 1
        outcome.remarks.append("no test ran")
    report(suite, outcome, time.monotonic() - began, log)
    return outcome


def read_google_test(suite, _):
    outcome = Outcome()
    try:
        results = json.loads(suite.results.read_text(encoding="utf-8", errors="replace"))
    except (OSError, ValueError):
        return outcome
    for group in results["testsuites"]:
        for test in group["testsuite"]:
            if test.get("failures"):
                outcome.failed += 1
                outcome.remarks.append(f"{group['name']}.{test['name']}")
                outcome.remarks += [line for entry in test["failures"] for line in entry["failure"].splitlines()]
            elif test["result"] == "COMPLETED":
                outcome.passed += 1
            elif test["status"] == "RUN":  # not: disabled
                outcome.skipped += 1
                outcome.remarks.append(f"skipped: {group['name']}.{test['name']}")
    return outcome


def read_same(_, log):
    text = log.read_text(encoding="utf-8", errors="replace")
    counts = re.search(r"^(\d+) lines agree, (\d+) differ$", text, re.MULTILINE)
    outcome = Outcome(*map(int, counts.groups())) if counts else Outcome(failed=1)
    if outcome.failed:
        outcome.remarks += text.splitlines()[:20]
    return outcome


def read_fuzzer(_, log):
    """One claim per fuzzer: nothing was found. That it ended badly counts as failed in any case, see run()."""
    outcome = Outcome()
    text = log.read_text(encoding="utf-8", errors="replace")
    seed = re.search(r"^INFO: Seed: (\d+)$", text, re.MULTILINE)
    runs = re.search(r"^stat::number_of_executed_units: (\d+)$", text, re.MULTILINE)
    if "DOES NOT HOLD" in text or "ERROR: " in text or not runs:
        outcome.failed = 1
        kept = re.search(r"Test unit written to (\S+)", text)
        said = r"^(?:DOES NOT HOLD.*(?:\n  .*)*|.*ERROR: .*|.*runtime error: .*)$"
        outcome.remarks += [line for found in re.findall(said, text, re.MULTILINE) for line in found.splitlines()]
        outcome.remarks.append(f"the input is kept: {kept.group(1)}" if kept else "it kept no input")
    elif int(runs.group(1)) > 0:
        outcome.passed = 1
        outcome.note = f"{int(runs.group(1)):,} inputs, seed {seed.group(1) if seed else 'unknown'}"
    return outcome


def read_tap(_, log):
    outcome = Outcome()
    text = log.read_text(encoding="utf-8", errors="replace")
    for name, count in re.findall(r"^# (pass|fail|cancelled|skipped) (\d+)$", text, re.MULTILINE):
        if name == "pass":
            outcome.passed += int(count)
        elif name == "skipped":
            outcome.skipped += int(count)
        else:
            outcome.failed += int(count)
    if outcome.failed:
        outcome.remarks += re.findall(r"^\s*not ok .*$|^\s*(?:error|message): .*$", text, re.MULTILINE)
    return outcome


def report(suite, outcome, seconds, log):
    state = "FAILED" if outcome.failed else "ok"
    counts = f"{outcome.passed} passed" + (f", {outcome.failed} failed" if outcome.failed else "")
    note = f", {outcome.note}" if outcome.note else ""
    lines = [f"{suite.name:<31} {state:<6} {counts} ({seconds:.1f} s){note}"]
    lines += ["    " + remark for remark in outcome.remarks[:80]]
    if outcome.failed:
        lines.append(f"    the whole output: {log}")
    print("\n".join(lines), flush=True)


def add(total, outcome):
    total.passed += outcome.passed
    total.failed += outcome.failed
    total.skipped += outcome.skipped


if __name__ == "__main__":
    main()
