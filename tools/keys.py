#!/usr/bin/env python3
"""Checks the texts of assets against the sources and against each other, and prints file:line for each fault.

Usage: keys.py [--self-test]

There are two sets of catalogues: assets/i18n, what the client shows and the API answers, and assets/terminal, what the
server's commands print. A key of the former is used where the sources say tr("key") or text_key("key") with a literal,
the scripts of the demo's page tr('key'); one of the latter where server/ says said("key") or said_key("key"). Nothing
else makes a key, so this finds them all. What must stay true, of each set: every key that is used has a text in every
language, every text is used, all languages have the same keys with the same parameters and obey the grammar of
shared/core/catalog.h, and no key is glued together in the code. And in server/ no sentence is printed or thrown that is
not from a catalogue.
"""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LANGUAGES = ["zh-CN", "en"]  # the first is the first language

CALLS = {  # folder of the catalogues -> what makes a key of them
    "assets/i18n": re.compile(r"\b(tr|text_key)\(\s*"),
    "assets/terminal": re.compile(r"\b(said|said_key)\(\s*"),
}
NEEDS_LITERAL = {"text_key", "said", "said_key"}
LITERAL = re.compile(r'"((?:\\.|[^"\\])*)"\s*([,)+"]?)')
SCRIPT_LITERAL = re.compile(r"'((?:\\.|[^'\\])*)'\s*([,)+]?)")
KINDS = {"number", "instant", "date", "clock", "plural", "name"}  # the grammar is shared/core/catalog.h's
KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_-]+)+")
DEFINITIONS = {"shared/core/error.h", "client-wasm/ui/ui.h", "client-wasm/ui/ui.cpp", "server/words/message.h"}  # pass keys on

# What goes to a terminal, up to the end of the statement, and what is thrown for somebody to read there.
PRINTED = re.compile(r"\b(?:streams_?\.)?(?:out|err|to)_?\s*<<(?P<statement>[^;]*);")
THROWN = re.compile(r"\bthrow\s+(?:std::(?:runtime|system)_error|Refused|Damaged)\s*\((?P<statement>[^;]*);")
QUOTED = re.compile(r"\bverbatim\s*\((?P<statement>[^;]*);")  # names and words of others: no sentence of ours
OUR_SENTENCE = re.compile(r"[A-Za-z]+ [a-z]+ [a-z]+")
KEY_CALL = re.compile(r"\b(?:said|said_key|text_key|param|with)\s*\(\s*\"(?:\\.|[^\"\\])*\"")
LITERALS = re.compile(r"\"(?:\\.|[^\"\\])*\"")
PRODUCT = "tidewater"  # whose name and version are for programs
FOR_PROGRAMS = ("server/commands/print.cpp", "server/metrics.cpp")  # the same bytes in every language
BROKEN_WORLDS = "server/ports/"  # what is thrown there nobody can do anything about


def uses(path, text, folder):
    """Yields (line, key or None, fault or None) of each call in a source that makes a key of that folder."""
    code = re.sub(r"//[^\n]*", "", text)
    for call in CALLS[folder].finditer(code):
        line = code.count("\n", 0, call.start()) + 1
        is_script = path.endswith(".js")
        literal = (SCRIPT_LITERAL if is_script else LITERAL).match(code, call.end())
        if literal is None:
            if is_script or call.group(1) in NEEDS_LITERAL and path not in DEFINITIONS:
                yield line, None, f"{call.group(1)}() takes a literal, so that its key can be found"
            continue
        key, following = literal.groups()
        if following not in (",", ")"):
            yield line, None, f'"{key}" is glued to something: write the whole key'
        elif not KEY.fullmatch(key):
            yield line, None, f'"{key}" is no key: words in lower case, parted by dots'
        else:
            yield line, key, None


def literals(path, text):
    """Yields (line, fault) where a source of the server prints or throws a sentence that no catalogue has."""
    if not path.startswith("server/") or path in FOR_PROGRAMS:
        return
    code = re.sub(r"(?<!:)//[^\n]*", "", text)
    for quoted in QUOTED.finditer(code):
        for found in LITERALS.findall(KEY_CALL.sub("", quoted.group("statement"))):
            if OUR_SENTENCE.search(found):
                yield code.count("\n", 0, quoted.start()) + 1, f'{found} is a sentence of ours: write said("key")'
    thrown = [] if path.startswith(BROKEN_WORLDS) else THROWN.finditer(code)
    for statement in [*PRINTED.finditer(code), *thrown]:
        for found in LITERALS.findall(KEY_CALL.sub("", statement.group("statement"))):
            words = re.sub(r"\\.", " ", found).strip('" ')
            if not re.search("[A-Za-z]", words) or words == PRODUCT:
                continue
            yield (code.count("\n", 0, statement.start()) + 1,
                   f'{found} goes to a terminal as it stands: write said("key"), and its text in assets/terminal')


def check(sources, catalogues, folder="assets/i18n"):
    """`sources`: path -> text; `catalogues`: language -> text of its JSON, of `folder`. Returns the faults as lines."""
    faults = []
    texts = {}
    for language in LANGUAGES:
        name = f"{folder}/{language}.json"
        if language not in catalogues:
            faults.append(f"{name}: missing")
            texts[language] = {}
            continue
        texts[language] = parse(name, catalogues[language], faults)

    used = {}
    for path, text in sources.items():
        if folder == "assets/terminal" and not path.startswith("server/"):
            continue
        for line, key, fault in uses(path, text, folder):
            if fault:
                faults.append(f"{path}:{line}: {fault}")
            else:
                used.setdefault(key, f"{path}:{line}")

    for key, place in sorted(used.items(), key=lambda entry: entry[1]):
        lacking = [language for language in LANGUAGES if key not in texts[language]]
        if lacking:
            faults.append(f"{place}: {key} has no text in {', '.join(lacking)}")
    # A used text with {state, name, item_state} uses every item_state.<value>.
    families = {family for language in LANGUAGES for key, text in texts[language].items() if key in used
                for family in re.findall(r"\{\s*[a-z_]+\s*,\s*name\s*,\s*([a-z_]+)\s*\}", text)}
    for language in LANGUAGES:
        for key in sorted(key for key in texts[language].keys() - used.keys() if key.split(".")[0] not in families):
            faults.append(f"{folder}/{language}.json: {key} is used nowhere")

    names = {language: {} for language in LANGUAGES}  # language -> key -> its parameters
    for language in LANGUAGES:
        for key, text in texts[language].items():
            try:
                names[language][key] = parameters(text)
            except ValueError as error:
                faults.append(f"{folder}/{language}.json: {key}: {error}")

    first, *others = LANGUAGES
    for language in others:
        for key in sorted(texts[first].keys() ^ texts[language].keys()):
            lacking = language if key in texts[first] else first
            if key not in used:  # else it was named above
                faults.append(f"{folder}/{lacking}.json: {key} exists in another language only")
        for key in sorted(texts[first].keys() & texts[language].keys()):
            here, there = names[first].get(key, set()), names[language].get(key, set())
            if here != there:
                faults.append(f"{folder}/{language}.json: {key} has parameters {words(there)}, "
                              f"in {first} it has {words(here)}")
    return faults


def parse(name, text, faults):
    def once(pairs):
        seen = {}
        for key, value in pairs:
            if key in seen:
                faults.append(f"{name}: {key} is there twice")
            seen[key] = value
        return seen

    try:
        catalogue = json.loads(text, object_pairs_hook=once)
    except ValueError as error:
        faults.append(f"{name}: {error}")
        return {}
    for key, value in catalogue.items():
        if not isinstance(value, str) or not value.strip():
            faults.append(f"{name}: {key} must have a text that is not empty")
    return {key: value for key, value in catalogue.items() if isinstance(value, str)}


def parameters(text):
    """The names in a text's placeholders; raises ValueError where the text breaks the grammar."""
    names = set()
    at = 0
    while (at := next_brace(text, at)) < len(text):
        end = closing(text, at)
        name, *rest = (part.strip() for part in text[at + 1:end].split(",", 2))
        if not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
            raise ValueError(f"{{{text[at + 1:end]}}} names no parameter")
        names.add(name)
        if rest and rest[0] not in KINDS:
            raise ValueError(f"{{{text[at + 1:end]}}} has an unknown kind")
        if rest and rest[0] == "name" and len(rest) < 2:
            raise ValueError(f"{{{text[at + 1:end]}}} lacks the family of keys")
        if rest and rest[0] == "plural":
            names |= plural_parameters(rest[1] if len(rest) > 1 else "")
        at = end + 1
    return names


def plural_parameters(forms):
    names, seen, at = set(), set(), 0
    while (open_at := forms.find("{", at)) >= 0:
        end = closing(forms, open_at)
        seen.add(forms[at:open_at].strip())
        names |= parameters(forms[open_at + 1:end])
        at = end + 1
    if "other" not in seen or seen - {"one", "other"}:
        raise ValueError("plural has the forms one and other; other is compulsory")
    return names


def next_brace(text, at):
    """Where the next placeholder opens, or the end of the text. A brace that is text is written twice."""
    while at < len(text):
        if text[at:at + 2] in ("{{", "}}"):
            at += 1
        elif text[at] == "{":
            return at
        elif text[at] == "}":
            raise ValueError("a } without its {")
        at += 1
    return at


def closing(text, at):
    depth = 0
    for position in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth == 0:
            return position
    raise ValueError("a { without its }")


def words(names):
    return ", ".join(sorted(names)) or "none"


def main():
    if "--self-test" in sys.argv[1:]:
        return self_test()
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard", "--", "shared", "server",
                             "client-wasm", "web/demo"], capture_output=True, text=True, check=True).stdout.split()
    sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in sorted(listed)
               if (path.endswith((".cpp", ".h")) or path.startswith("web/demo/") and path.endswith(".js"))
               and (ROOT / path).exists()}
    faults = []
    for folder in CALLS:
        faults += check(sources, {file.stem: file.read_text(encoding="utf-8") for file in (ROOT / folder).glob("*.json")},
                        folder)
    faults += [f"{path}:{line}: {fault}" for path, text in sources.items() for line, fault in literals(path, text)]
    print("\n".join(faults + [f"{len(faults)} faults"]))
    return 1 if faults else 0


def self_test():
    good = {"zh-CN": '{"a.title": "{count} 项 {{x}}"}', "en": '{"a.title": "{count, plural, one {# item} other {# items}}"}'}
    use = {"client-wasm/a.cpp": 'ui.tr("a.title", {n});'}
    cases = [
        ("a used key without text", {"s.cpp": 'tr("a.title"); text_key("a.other");'}, good, "s.cpp:1: a.other has no text in zh-CN, en"),
        ("a text that is used nowhere", {}, good, "is used nowhere"),
        ("a key of one language only", use, good | {"en": "{}"}, "has no text in en"),
        ("an unused key of one language only", use,
         good | {"en": '{"a.title": "{count}", "a.b": "x"}'}, "exists in another language only"),
        ("different parameters", use, good | {"en": '{"a.title": "{number} items"}'}, "has parameters number"),
        ("an open brace", use, good | {"en": '{"a.title": "{count"}'}, "without its }"),
        ("an unknown kind", use, good | {"en": '{"a.title": "{count, integer}"}'}, "unknown kind"),
        ("a plural without other", use, good | {"en": '{"a.title": "{count, plural, one {# x}}"}'}, "compulsory"),
        ("a key glued together", {"s.cpp": 'tr("a." + name); tr("a.title");'}, good, "is glued"),
        ("two literals side by side", {"s.cpp": 'tr("a." "b"); tr("a.title");'}, good, "is glued"),
        ("a key from a variable", {"s.cpp": 'text_key(name); tr("a.title");'}, good, "takes a literal"),
        ("a sentence instead of a key", {"s.cpp": 'tr("Hello"); tr("a.title");'}, good, "is no key"),
        ("a used key of a script without text", {"web/demo/a.js": "tr('a.title'); tr('a.other', { n });"}, good,
         "a.js:1: a.other has no text"),
        ("a key of a script from a variable", {"web/demo/a.js": "tr('a.title'); tr(name);"}, good, "takes a literal"),
        ("a key of a script glued together", {"web/demo/a.js": "tr('a.' + name); tr('a.title');"}, good, "is glued"),
        ("an empty text", use, good | {"en": '{"a.title": " "}'}, "not empty"),
        ("a key twice", use, good | {"en": '{"a.title": "{count}", "a.title": "{count}"}'}, "twice"),
        ("broken JSON", use, good | {"en": "{"}, "en.json: "),
        ("a missing language", use, {"en": good["en"]}, "zh-CN.json: missing"),
    ]
    said = {"server/a.cpp": 'out << words(said("a.title", {param("count", n)}));'}
    of_terminal = [
        ("a key of the terminal without text", {"server/a.cpp": 'said("a.title"); said_key("a.other");'}, good,
         "server/a.cpp:1: a.other has no text in zh-CN, en"),
        ("a text of the terminal that is used nowhere", use, good, "assets/terminal/en.json: a.title is used nowhere"),
        ("a text of the terminal in one language only", said, good | {"zh-CN": "{}"}, "has no text in zh-CN"),
        ("different parameters of the terminal", said, good | {"zh-CN": '{"a.title": "{number} 项"}'}, "in zh-CN it has number"),
        ("a key of the terminal from a variable", {"server/a.cpp": 'said_key(name); said("a.title");'}, good, "takes a literal"),
        ("a function of the client that is called alike", {"client-wasm/a.cpp": 'said("a.title")'}, good, "is used nowhere"),
        ("a key of the terminal glued together", {"server/a.cpp": 'said("a." + name); said("a.title");'}, good, "is glued"),
    ]
    printed = [
        ("a sentence that is printed", 'streams.out << "All is well.\\n";'),
        ("a sentence behind a value", 'streams_.err << name << " is there.\\n";'),
        ("a word after a line break", 'out << "\\nAgain";'),
        ("a sentence that is thrown", 'throw std::runtime_error("There is no " + name);'),
        ("a sentence that is refused", 'throw Refused(verbatim("There is none."));'),
        ("a sentence that is passed off as a quotation", 'findings.well(verbatim("all is well"));'),
        ("a sentence beside a key", 'err << words(said("a.title")) << " or not";'),
    ]
    not_printed = ['out << words(said("a.title", {param("count", n)})) << "\\n";', 'out << padded(words(topic), 8) << "-> ";',
                   'throw Refused(said("a.title").with("reason", reason_of(errno)));', 'throw std::logic_error("a mistake");',
                   'advice(verbatim("chmod -R go= " + path));', 'param("problem", "words for a log");', 'to_ << "\\r" << line;']
    wrong = []
    for folder, some in (("assets/i18n", cases), ("assets/terminal", of_terminal)):
        for name, sources, catalogues, expected in some:
            faults = check(sources, catalogues, folder)
            if not any(expected in fault for fault in faults):
                wrong.append(f"not noticed: {name}; found {faults}")
    wrong += [f"not noticed: {name}" for name, code in printed if not list(literals("server/a.cpp", code))]
    wrong += [f"noticed for nothing: {code}" for code in not_printed if list(literals("server/a.cpp", code))]
    for sources, folder in ((use, "assets/i18n"), (said, "assets/terminal")):
        if check(sources, good, folder):
            wrong.append(f"a clean example has faults: {check(sources, good, folder)}")
    print("\n".join(wrong) or f"{len(cases) + len(of_terminal) + len(printed)} faults are noticed, clean examples pass")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
