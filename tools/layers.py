#!/usr/bin/env python3
"""Checks the dependency rules of ARCHITECTURE.md in the C++ sources, and prints file:line for each breach.

Usage: layers.py [--self-test]

The compiler already refuses an include that no target publishes; this reads the words as well, because includes are
transitive and a rule such as "no clock in shared/" is not about includes at all. Comments and texts are taken out before
a rule looks at a line. Each rule is a function below, and the self-test proves of each that it fires: a rule that cannot
fail is no rule. Tests and tools may include everything.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# folder -> the first parts of "part/file.h" that it may include. The longest folder that fits counts.
MAY_INCLUDE = {
    "shared/core/": {"core"},
    "shared/domain/": {"core", "domain"},
    "shared/api/": {"core", "domain", "api"},
    "shared/db/": {"core", "db"},
    "shared/services/": {"core", "domain", "api", "db", "services"},
    "server/": {"core", "domain", "api", "db", "services", "server"},
    "client-wasm/": {"core", "domain", "api", "client"},
    "client-wasm/worker/": {"core", "domain", "api", "db", "services", "worker", "demo"},
    "client-wasm/worker/demo/": {"core", "domain", "api", "db", "services", "demo"},
}
OURS = {"core", "domain", "api", "db", "services", "server", "client", "worker", "demo", "support", "tests"}

# Views speak to the ui layer and read the store; how bytes travel and what the browser is, they do not know.
VIEWS_MAY_NOT = re.compile(r"client/(transport|platform|a11y|worker)/")

# header of others -> where it may be included
OTHERS = [
    (re.compile(r"sqlite3\.h"), re.compile(r"shared/db/[^/]+\.cpp"), "shared/db/*.cpp"),
    (re.compile(r"nlohmann/.*"), re.compile(r"shared/core/json\.cpp"), "shared/core/json.cpp"),
    (re.compile(r"httplib\.h"), re.compile(r"server/http/.*\.cpp"), "server/http/*.cpp"),
    (re.compile(r"argon2\.h"), re.compile(r"(server/ports/.*|client-wasm/worker/ports)\.cpp"),
     "server/ports/*.cpp and client-wasm/worker/ports.cpp"),
    (re.compile(r"blake2/.*"), re.compile(r"client-wasm/worker/ports\.cpp"), "client-wasm/worker/ports.cpp"),
    (re.compile(r"openssl/.*"), re.compile(r"server/(http|ports)/.*\.cpp"), "server/http and server/ports"),
    (re.compile(r"emscripten(/.*|\.h)|GLES3/.*|webgl/.*"),
     re.compile(r"client-wasm/((platform|a11y|worker)/.*|main\.cpp)"),
     "client-wasm/{platform,a11y,worker} and main.cpp"),
    (re.compile(r"client/storybook/.*"), re.compile(r"client-wasm/storybook/.*"), "the storybook: nothing is built on it"),
    (re.compile(r"(im(gui|config)|imgui_(internal|impl_.*)|imstb_.*)\.h"),
     re.compile(r"client-wasm/((ui|a11y|platform)/.*|app\.(h|cpp))"), "client-wasm/{ui,a11y,platform} and app"),
]

NOT_IN_SHARED = re.compile(
    r"\bstd::(thread|jthread|mutex|shared_mutex|recursive_mutex|condition_variable\w*|async|random_device|[io]?fstream)\b"
    r"|\b(system|steady|high_resolution)_clock\b|\b(getenv|fopen|srand|rand|gettimeofday|clock_gettime)\s*\("
    r"|\bstd::(time|localtime|gmtime|mktime)\s*\(")

SQL_WORDS = re.compile(r"\b(SELECT\s|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)")
SQL_PLACES = re.compile(r"shared/services/(\w+_store|unit_of_work)\.(cpp|h)")


class Source:
    """One file: `lines` as written, `code` without comments and the content of texts, `texts` the texts by line."""

    def __init__(self, path, text):
        self.path = path
        self.lines = text.splitlines()
        code, self.texts = strip(text)
        self.code = code.splitlines()
        self.is_header = path.endswith(".h")

    def includes(self):
        for number, line in enumerate(self.lines, start=1):
            found = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
            if found:
                yield number, found.group(2), found.group(1) == '"'


def strip(text):
    """Blanks comments and the content of texts, keeping the lines; returns the code and [(line, text)]."""
    token = re.compile(
        r'//[^\n]*|/\*.*?\*/|R"(?P<end>[^(\s]*)\((?P<raw>.*?)\)(?P=end)"|"(?P<plain>(?:\\.|[^"\\\n])*)"'
        r"|'(?:\\.|[^'\\\n])+'(?<!\d')", re.DOTALL)
    texts = []

    def blank(found):
        content = found.group("raw") if found.group("raw") is not None else found.group("plain")
        breaks = "\n" * found.group(0).count("\n")
        if content is None:
            return " " + breaks
        texts.append((text.count("\n", 0, found.start()) + 1, content))
        return '""' + breaks

    # A quote between digits (1'000'000) is no character literal.
    return token.sub(blank, re.sub(r"(?<=[0-9a-fA-F])'(?=[0-9a-fA-F])", "", text)), texts


# --- the rules: each yields (line, what is wrong) ------------------------------------------------------------------

def arrows_point_down(source):
    folder = max((folder for folder in MAY_INCLUDE if source.path.startswith(folder)), key=len, default=None)
    if folder is None:
        return
    for number, name, _ in source.includes():
        part = name.split("/")[0]
        if "/" in name and part in OURS and part not in MAY_INCLUDE[folder]:
            yield number, f"{folder} may not include {name}"


def views_see_ui_and_store_only(source):
    if source.path.startswith("client-wasm/views/"):
        for number, name, _ in source.includes():
            if VIEWS_MAY_NOT.match(name):
                yield number, f"a view may not include {name}"


def others_have_one_place(source):
    if source.path.startswith(("tests/", "tools/")):
        return
    for number, name, _ in source.includes():
        for header, place, words in OTHERS:
            if header.fullmatch(name) and not place.fullmatch(source.path):
                yield number, f"{name} only in {words}"


def platform_switches_have_one_place(source):
    if re.match(r"client-wasm/(platform|a11y|worker)/|tests/|tools/", source.path):
        return
    for number, line in enumerate(source.code, start=1):
        if "__EMSCRIPTEN__" in line:
            yield number, "__EMSCRIPTEN__ only in client-wasm/{platform,a11y,worker}"


def shared_has_no_machine(source):
    if source.path.startswith("shared/"):
        for number, line in enumerate(source.code, start=1):
            found = NOT_IN_SHARED.search(line)
            if found:
                yield number, f"{found.group(0).strip('( ')} not in shared/: it comes in through Env or as an argument"


def sql_is_in_stores(source):
    if source.path.startswith(("shared/domain/", "shared/api/", "shared/services/", "client-wasm/")):
        if not SQL_PLACES.fullmatch(source.path):
            for number, text in source.texts:
                if SQL_WORDS.search(text):
                    yield number, "SQL belongs in services/<area>_store.cpp"


def areas_do_not_call_each_other(source):
    """services/<area>.cpp may include another area's store, never its use cases; registration knows its own area."""
    found = re.fullmatch(r"shared/services/(\w+)\.(cpp|h)", source.path)
    if not found or found.group(1) in {"dispatcher", "registry"}:
        return
    area = found.group(1).removeprefix("register_").removesuffix("_store")
    for number, name, _ in source.includes():
        other = re.fullmatch(r"services/(\w+)\.h", name)
        if other and other.group(1) != area and other.group(1) in areas():
            yield number, f"{name} holds another area's use cases: include its store or the domain"


def areas():
    folder = ROOT / "shared" / "services"
    return areas_for_test or {file.name.removesuffix("_store.h") for file in folder.glob("*_store.h")}


areas_for_test = set()


def own_header_first(source):
    if not source.path.endswith(".cpp"):
        return
    own = source.path.replace("client-wasm/worker/", "worker/").replace("client-wasm/", "client/").removeprefix("shared/")
    own = own.removesuffix(".cpp") + ".h"
    names = [(number, name) for number, name, _ in source.includes()]
    for position, (number, name) in enumerate(names):
        if name == own and position > 0:
            yield number, f"its own header {own} comes first"


def headers_are_plain(source):
    if not source.is_header:
        return
    if not any(re.match(r"#pragma once", line) for line in source.code):
        yield 1, "a header starts with #pragma once"
    for number, line in enumerate(source.code, start=1):
        if re.search(r"\busing\s+namespace\b", line):
            yield number, "no `using namespace` in a header"


def no_changing_globals(source):
    if source.path.endswith("/main.cpp") or source.path.startswith("tests/"):
        return
    constant = r"(?:const|constexpr|consteval|constinit\s+const|assert)"
    for number, line in enumerate(source.code, start=1):
        local = re.match(rf"\s+(?:static|thread_local)\s+(?!{constant}\b|thread_local\s+const\b)[\w:<>,*&\s]+?\b\w+\s*"
                         r"(=|;|\{[^}]*\};)", line)
        inline_member = re.match(r"\s+static\s+inline\s+const", line)
        if local and not inline_member and not re.search(r"\bconst\b|\bconstexpr\b", line.split("=")[0]):
            yield number, "no static that changes: App or Program owns it"
        outside = re.match(r"(?:static |inline |thread_local )*(?!(?:const|constexpr|constinit|using|typedef|return|struct|"
                           r"class|enum|union|extern|namespace|template|friend|static_assert|goto|case|default|public|"
                           r"private|protected|delete|throw|break|continue|else|requires|explicit|virtual|operator)\b)"
                           r"[A-Za-z_][\w:<>,*& ]*[\s*&>]\w+(\[\w*\])?\s*(=[^=].*|\{.*\})?;$", line)
        if outside and not re.match(r"(?:static |inline |thread_local )*(const|constexpr)\b", line) \
                and "(" not in line.split("=")[0] and not re.search(r"\*\s*const\b", line):
            yield number, "no global that changes: App or Program owns it"


TEXT_OF_IMGUI = re.compile(
    r"\b(AddText|RenderText\w*|RenderChar)\s*\(|\bImGui::(Text\w*|LabelText|BulletText|SeparatorText|SetTooltip|"
    r"\w*Button|Checkbox\w*|Selectable|MenuItem|Combo|ListBox|Input\w+|Slider\w+|Drag(Int|Float|Scalar)\w*|TreeNode\w*|"
    r"CollapsingHeader|ProgressBar|TabItem\w*|TableHeader\w*)\s*\(")


def text_is_drawn_in_one_place(source):
    """All text reaches the screen through Inside::put_words: what is drawn there can be compared with what is announced."""
    if not source.path.startswith("client-wasm/"):
        return
    allowed = 1 if source.path == "client-wasm/ui/draw.cpp" else 0
    for number, line in enumerate(source.code, start=1):
        for found in TEXT_OF_IMGUI.finditer(line):
            allowed -= 1
            if allowed < 0:
                yield number, f"{found.group(0).rstrip('(')}: text is drawn by Inside::put_words alone"


# What asks ImGui whether something is pressed, and who may. Inside::item() is the one that notes what it answers for.
HIT_TESTS = re.compile(r"\b(?:ImGui::)?(ButtonBehavior|ItemHoverable|IsItem\w+|IsMouse(?:Clicked|DoubleClicked|Released))\s*\(")
HIT_PLACES = {
    "client-wasm/ui/input.cpp": {"ButtonBehavior", "IsMouseClicked", "IsMouseDoubleClicked", "IsMouseReleased"},
    "client-wasm/ui/field_edit.cpp": {"IsMouseClicked"},    # the caret, inside of a field's item
    "client-wasm/ui/table_rows.cpp": {"IsMouseReleased"},   # other buttons than the left, on a row's item
    "client-wasm/ui/drag.cpp": {"IsMouseReleased", "IsMouseClicked"},  # the drop, and a press that ends a drag by keys
    "client-wasm/ui/dialogs.cpp": {"IsMouseClicked"},       # beside the dialog
}


def presses_go_through_item(source):
    """Whatever reacts to a press is an Inside::item(), so that tests can hold it against what is announced."""
    if source.path.startswith("client-wasm/"):
        allowed = HIT_PLACES.get(source.path, set())
        for number, line in enumerate(source.code, start=1):
            for found in HIT_TESTS.finditer(line):
                if found.group(1) not in allowed:
                    yield number, f"{found.group(1)}: what reacts to a press is an Inside::item()"


def failures_are_values(source):
    """Exceptions are caught in the dispatcher; a use case or a view that catches hides a broken world."""
    if re.match(r"shared/(core|domain|api|services)/|client-wasm/views/", source.path):
        if source.path != "shared/services/dispatcher.cpp":
            for number, line in enumerate(source.code, start=1):
                if re.search(r"\bcatch\s*\(", line):
                    yield number, "no catch here: the dispatcher catches"


def todos_have_an_issue(source):
    for number, line in enumerate(source.lines, start=1):
        if re.search(r"\b(TODO|FIXME|XXX)\b(?!\(#\d+\))", line):
            yield number, "a TODO names its issue: TODO(#12)"


RULES = [arrows_point_down, views_see_ui_and_store_only, others_have_one_place, platform_switches_have_one_place,
         shared_has_no_machine, sql_is_in_stores, areas_do_not_call_each_other, own_header_first, headers_are_plain,
         no_changing_globals, text_is_drawn_in_one_place, presses_go_through_item, failures_are_values, todos_have_an_issue]


def check(source):
    return [(number, rule.__name__, what) for rule in RULES for number, what in rule(source)]


def main():
    if "--self-test" in sys.argv[1:]:
        return self_test()
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard", "--", "*.cpp", "*.h"],
                            capture_output=True, text=True, check=True).stdout.split()
    breaches = 0
    for path in sorted(listed):
        if not (ROOT / path).exists():
            continue
        source = Source(path, (ROOT / path).read_text(encoding="utf-8"))
        for number, rule, what in check(source):
            print(f"{path}:{number}: {what}  [{rule}]")
            breaches += 1
    print(f"{len(listed)} files, {breaches} breaches")
    return 1 if breaches else 0


# --- each rule fires, and a clean file passes -----------------------------------------------------------------------

SAMPLES = [
    ("arrows_point_down", "shared/core/a.cpp", '#include "domain/b.h"\n'),
    ("arrows_point_down", "shared/db/a.cpp", '#include "api/b.h"\n'),
    ("arrows_point_down", "client-wasm/store/a.cpp", '#include "services/b.h"\n'),
    ("arrows_point_down", "client-wasm/store/a.cpp", '#include "worker/local_backend.h"\n'),
    ("arrows_point_down", "client-wasm/worker/a.cpp", '#include "client/ui/ui.h"\n'),
    ("arrows_point_down", "client-wasm/store/a.cpp", '#include "demo/cast.h"\n'),
    ("arrows_point_down", "server/a.cpp", '#include "support/clock.h"\n'),
    ("views_see_ui_and_store_only", "client-wasm/views/a.cpp", '#include "client/transport/http.h"\n'),
    ("others_have_one_place", "shared/services/a.cpp", "#include <sqlite3.h>\n"),
    ("others_have_one_place", "shared/api/a.cpp", "#include <nlohmann/json.hpp>\n"),
    ("others_have_one_place", "server/main.cpp", "#include <httplib.h>\n"),
    ("others_have_one_place", "server/http/a.cpp", "#include <argon2.h>\n"),
    ("others_have_one_place", "client-wasm/worker/local_call.cpp", "#include <blake2/blake2.h>\n"),
    ("others_have_one_place", "client-wasm/store/a.cpp", "#include <emscripten.h>\n"),
    ("others_have_one_place", "client-wasm/views/a.cpp", '#include "imgui.h"\n'),
    ("others_have_one_place", "client-wasm/app.cpp", '#include "client/storybook/canned.h"\n'),
    ("platform_switches_have_one_place", "client-wasm/app.cpp", "#ifdef __EMSCRIPTEN__\n#endif\n"),
    ("shared_has_no_machine", "shared/services/a.cpp", "void f() { std::thread t; }\n"),
    ("shared_has_no_machine", "shared/core/a.cpp", "auto now = [] { return std::chrono::system_clock::now(); };\n"),
    ("sql_is_in_stores", "shared/services/batch.cpp", 'auto q() { return R"(\n  SELECT id FROM t)"; }\n'),
    ("areas_do_not_call_each_other", "shared/services/batch.cpp", '#include "services/customer.h"\n'),
    ("own_header_first", "shared/core/text.cpp", '#include <string>\n#include "core/text.h"\n'),
    ("own_header_first", "client-wasm/worker/ports.cpp", '#include <argon2.h>\n#include "worker/ports.h"\n'),
    ("own_header_first", "client-wasm/ui/ui.cpp", '#include "imgui.h"\n#include "client/ui/ui.h"\n'),
    ("headers_are_plain", "shared/core/a.h", "namespace tw {}\n"),
    ("headers_are_plain", "shared/core/a.h", "#pragma once\nusing namespace std;\n"),
    ("no_changing_globals", "shared/core/a.cpp", "int counter = 0;\n"),
    ("no_changing_globals", "shared/core/a.cpp", "static std::vector<int> seen;\n"),
    ("no_changing_globals", "server/a.cpp", "int f() {\n  static int calls = 0;\n  return ++calls;\n}\n"),
    ("text_is_drawn_in_one_place", "client-wasm/ui/table.cpp", "void f() { list().AddText({0, 0}, 0, words); }\n"),
    ("text_is_drawn_in_one_place", "client-wasm/ui/a.cpp", "void f() { ImGui::TextUnformatted(words); }\n"),
    ("text_is_drawn_in_one_place", "client-wasm/ui/draw.cpp", "void f() { a.AddText(x); }\nvoid g() { a.AddText(x); }\n"),
    ("presses_go_through_item", "client-wasm/ui/controls.cpp", "bool f() { return ImGui::ButtonBehavior(box, id); }\n"),
    ("presses_go_through_item", "client-wasm/ui/table.cpp", "bool f() { return ImGui::IsMouseClicked(0); }\n"),
    ("failures_are_values", "shared/services/batch.cpp", "int f() try { return 1; } catch (...) { return 2; }\n"),
    ("todos_have_an_issue", "server/a.cpp", "// TODO: later\n"),
]

CLEAN = [
    ("shared/services/batch.cpp", '#include "services/batch.h"\n\n#include <string>\n\n#include "core/text.h"\n'
     '#include "services/customer_store.h"\n#include "services/unit_of_work.h"\n\n'
     "namespace tw {\nconst int limit = 1'000;\nconstexpr char mark = '\"';\n"
     "static int twice(int n) { return 2 * n; }\n// system_clock::now() is banned; \"SELECT x\" too\n"
     "int f() {\n  static const std::string name = \"update it\";\n  static constexpr int n = 3;\n  return n;\n}\n"
     "struct A {\n  static A parse(int);\n  int value = 0;\n};\n}\n"),
    ("shared/services/batch_store.cpp", 'const char* q = "SELECT id FROM batch";\n// TODO(#12): one index\n'),
    ("shared/db/open.cpp", "#include <sqlite3.h>\n"),
    ("client-wasm/worker/ports.cpp", '#include "worker/ports.h"\n\n#include <argon2.h>\n\n#include "services/dispatcher.h"\n'),
    ("client-wasm/ui/text.cpp", '#include "client/ui/text.h"\n\n#include "imgui.h"\n'),
    ("client-wasm/ui/draw.cpp", "void f() { into.AddText(face, size); ImGui::PushFont(face, size); }\n"),
    ("client-wasm/ui/drag.cpp", "bool f() { return ImGui::IsMouseReleased(0); }\n"),
    ("client-wasm/platform/browser_em.cpp", "#include <emscripten.h>\n#ifdef __EMSCRIPTEN__\n#endif\n"),
    ("tests/ui/a.cpp", '#include "imgui.h"\n#include "services/batch.h"\n'),
]


def self_test():
    areas_for_test.update({"batch", "customer"})
    wrong = []
    for rule, path, text in SAMPLES:
        fired = {name for _, name, _ in check(Source(path, text))}
        if rule not in fired:
            wrong.append(f"{rule} did not fire on {path}: {text!r}")
    for path, text in CLEAN:
        for number, rule, what in check(Source(path, text)):
            wrong.append(f"{rule} fired on clean {path}:{number}: {what}")
    for rule in RULES:
        if rule.__name__ not in {sample[0] for sample in SAMPLES}:
            wrong.append(f"{rule.__name__} has no sample that breaks it")
    print("\n".join(wrong) or f"{len(RULES)} rules fire on {len(SAMPLES)} samples and pass {len(CLEAN)} clean files")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
