#!/usr/bin/env python3
"""Writes the table of shared/core/zone.cpp: every IANA time zone since 1970, from the compiled files of Debian's tzdata.

Usage: zone_table.py OUTPUT.cpp

Called by CMake, so that server and client carry the same bytes and neither reads the zone files of the machine it runs
on. A zone is its offset at the beginning of 1970, its changes since then, and the rule that holds after the last of
them (the POSIX text at the end of each file, which Debian's files repeat as changes until 2037: those are left out).
Names of zones that have been the same since 1970 share one entry.

What must stay true: the script compares what it writes with what it has read, at every change and between them; a
rule of a form that the table cannot hold stops the build.
"""
import bisect
import calendar
import datetime
import pathlib
import re
import struct
import sys

FOLDER = pathlib.Path("/usr/share/zoneinfo")
INDEX = FOLDER / "tzdata.zi"
EPOCH = datetime.date(1970, 1, 1).toordinal()


def names():
    """Zones and their other names, without files that are not places: Factory."""
    if not INDEX.exists():
        sys.exit(f"{INDEX} is missing: install tzdata (tools/deps does)")
    for line in INDEX.read_text(encoding="ascii").splitlines():
        words = line.split()
        if words[:1] in (["Z"], ["L"]) and (name := words[1 if words[0] == "Z" else 2]) != "Factory":
            yield name


def read(name):
    """(offset at 1970, [(instant, offset)...], POSIX rule)"""
    data = (FOLDER / name).read_bytes()

    def counts(at):
        magic, isut, isstd, leap, times, types, chars = struct.unpack(">5s15x6l", data[at:at + 44])
        if magic[:4] != b"TZif":
            sys.exit(f"{name} is no compiled zone")
        return isut, isstd, leap, times, types, chars

    isut, isstd, leap, times, types, chars = counts(0)
    second = 44 + times * 5 + types * 6 + chars + leap * 8 + isstd + isut  # the block with 64 bits
    isut, isstd, leap, times, types, chars = counts(second)
    at = second + 44
    instants = struct.unpack(f">{times}q", data[at:at + 8 * times])
    at += 8 * times
    kinds = data[at:at + times]
    at += times
    offsets = [struct.unpack(">lBB", data[at + 6 * i:at + 6 * i + 6])[0] for i in range(types)]
    changes = [(instant, offsets[kind]) for instant, kind in zip(instants, kinds)]
    first = offsets[0]
    for instant, offset in changes:
        if instant <= 0:
            first = offset
    later = [change for change in changes if change[0] > 0]
    return first, later, data.rstrip(b"\n").rsplit(b"\n", 1)[1].decode("ascii")


def seconds(text):
    sign = -1 if text.startswith("-") else 1
    parts = [int(part) for part in text.lstrip("+-").split(":")] + [0, 0]
    return sign * (parts[0] * 3600 + parts[1] * 60 + parts[2])


def rule_of(text):
    """(standard, summer, to summer, to standard); a change is (month, week, weekday, seconds after midnight)."""
    name = r"(?:<[^>]+>|[A-Za-z]+)"
    offset = r"([+-]?\d+(?::\d+)*)"
    day = r"M(\d+)\.(\d)\.(\d)(?:/([+-]?\d+(?::\d+)*))?"
    found = re.fullmatch(f"{name}{offset}(?:{name}{offset}?,{day},{day})?", text)
    if not found:
        sys.exit(f"a rule that the table cannot hold: {text}")
    standard = -seconds(found[1])
    if not found[3]:
        return standard, standard, (1, 1, 0, 0), (1, 1, 0, 0)
    summer = -seconds(found[2]) if found[2] else standard + 3600

    def change(at):
        month, week, weekday = (int(found[i]) for i in range(at, at + 3))
        return month, week, weekday, seconds(found[at + 3]) if found[at + 3] else 7200

    return standard, summer, change(3), change(7)


def changes_of(rule, year):
    standard, summer, to_summer, to_standard = rule

    def instant(change, offset):
        month, week, weekday, second = change
        first = datetime.date(year, month, 1)
        day = 1 + (weekday - first.isoweekday()) % 7 + 7 * (week - 1)
        if day > calendar.monthrange(year, month)[1]:
            day -= 7
        return (first.toordinal() - EPOCH + day - 1) * 86400 + second - offset

    if standard == summer:
        return []
    return [(instant(to_summer, standard), summer), (instant(to_standard, summer), standard)]


def by_rule(rule, at):
    year = datetime.datetime.fromtimestamp(at, datetime.timezone.utc).year
    known = sorted(change for y in (year - 1, year, year + 1) for change in changes_of(rule, y))
    before = [offset for instant, offset in known if instant <= at]
    return before[-1] if before else rule[0]


def changes_between(rule, after, until):
    years = range(datetime.datetime.fromtimestamp(after, datetime.timezone.utc).year - 1,
                  datetime.datetime.fromtimestamp(until, datetime.timezone.utc).year + 2)
    return any(after < at < until for year in years for at, _ in changes_of(rule, year))


def offset_at(zone, at):
    first, changes, rule = zone
    place = bisect.bisect_right([instant for instant, _ in changes], at)
    if place == len(changes):
        return by_rule(rule, at)
    return changes[place - 1][1] if place else first


def shortened(name, first, changes, rule):
    """Without the changes at the end that the rule tells as well."""
    kept = list(changes)
    while kept:
        at, offset = kept[-1]
        before = kept[-2] if len(kept) > 1 else (0, first)
        if by_rule(rule, at) != offset or changes_between(rule, before[0], at) or by_rule(rule, at - 1) != before[1]:
            break
        kept.pop()
    # What changes no offset goes too, but for the last: from there on the rule holds.
    before = [first] + [offset for _, offset in kept]
    kept = [change for i, change in enumerate(kept) if change[1] != before[i] or i == len(kept) - 1]
    zone = (first, kept, rule)
    edges = [0] + [instant for instant, _ in changes]
    offset = first
    for (at, after), previous in zip(changes, edges):
        for instant in (previous, (previous + at) // 2, at - 1):
            if instant >= 0 and offset_at(zone, instant) != offset:
                sys.exit(f"{name}: the table would be wrong at {instant}")
        offset = after
    return zone


def main(output):
    zones, places = {}, {}
    for name in sorted(set(names())):
        first, changes, text = read(name)
        zone = shortened(name, first, changes, rule_of(text))
        key = (zone[0], tuple(zone[1]), zone[2])
        places[name] = zones.setdefault(key, len(zones))
    changes, rows = [], []
    for first, own, rule in zones:
        standard, summer, to_summer, to_standard = rule
        day = "{%d, %d, %d, %d}"
        rows.append(f"    {{{len(changes)}, {len(own)}, {first}, {standard}, {summer}, "
                    f"{day % to_summer}, {day % to_standard}}},\n")
        changes += own
    if any(not 0 < at < 2**32 for at, _ in changes):
        sys.exit("a change does not fit into 32 bits")
    written = [f"{{{at}u, {offset}}}" for at, offset in changes]
    lines = [", ".join(written[at:at + 5]) for at in range(0, len(written), 5)]
    named = [f'    {{"{name}", {place}}},\n' for name, place in sorted(places.items())]
    pathlib.Path(output).write_text(
        "// Generated by tools/zone_table.py from tzdata: do not edit.\n"
        '#include "core/zone_table.h"\n\n'
        "namespace tw {\n\n"
        f"extern const ZoneChange zone_changes[{len(changes)}] = {{\n    " + ",\n    ".join(lines) + "};\n\n"
        f"extern const ZoneData zone_data[{len(rows)}] = {{\n" + "".join(rows) + "};\n\n"
        f"extern const ZoneName zone_names[{len(named)}] = {{\n" + "".join(named) + "};\n"
        f"extern const std::size_t zone_name_count = {len(named)};\n\n}}  // namespace tw\n", encoding="ascii")


if __name__ == "__main__":
    main(sys.argv[1])
