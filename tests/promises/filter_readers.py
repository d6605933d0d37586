"""Every filter read back by somebody else: what it does, and to whose mail.

Sieve by a library of its own, Gmail's file by an XML parser. For the others there is
no such library, so the readers here take their few lines and refuse all else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from sievelib.commands import Command
from sievelib.parser import Parser

from guide.filters import FilterFormat

ATOM = "{http://www.w3.org/2005/Atom}"
APPS = "{http://schemas.google.com/apps/2006}"
_TERM = re.compile(r"OR \(from,(is|ends with),([^(),\s\"\\]+)\)")
_VALUE = re.compile(r'([A-Za-z]+)="((?:[^"\\\n]|\\["\\])*)"')
_BEFORE, _AFTER = "^From:(.*[^-A-Za-z0-9._+])?", "([^-A-Za-z0-9.]|$)"


@dataclass(frozen=True, slots=True)
class Read:
    """What a filter does, and to mail from whom; a domain begins with ``@``."""

    does: frozenset[str]
    whose: frozenset[str]
    folders: frozenset[str]


def read_sieve(text: str) -> Read:
    """By sievelib, with every command and argument looked at."""
    assert re.fullmatch(r"[ -~]*(?:\r\n[ -~]*)*", text), "lines end with CRLF"
    parser = Parser()
    assert parser.parse(text.encode("ascii"))
    require, rule = parser.result
    assert (require.name, rule.name) == ("require", "if")
    does, folders = set(), set()
    for each in rule.children:
        does.add(each.name)
        assert not each.children
        if each.name == "fileinto":
            assert set(each.arguments) <= {"mailbox", "create"}
            folders.add(each.arguments["mailbox"].strip('"'))
        if each.name == "addflag":
            assert each.arguments == {"list-of-flags": '"\\\\Seen"'}
    return Read(frozenset(does), frozenset(_sieve_whose(rule)), frozenset(folders))


def _sieve_whose(rule: Command) -> Iterator[str]:
    test = rule.arguments["test"]
    for each in test.arguments["tests"] if test.name == "anyof" else [test]:
        assert each.name == "address"
        assert each.arguments["header-list"] == '"from"'
        assert each.arguments["match-type"] == ":is"
        part = each.arguments["address-part"]
        assert part in (":all", ":domain")
        for quoted in each.arguments["key-list"]:
            yield ("@" if part == ":domain" else "") + str(quoted).strip('"')


def read_gmail(text: str) -> Read:
    """By the XML parser of Python."""
    does, whose, folders = set(), set(), set()
    feed = ET.fromstring(text)  # noqa: S314  the guide's own file
    assert feed.tag == f"{ATOM}feed"
    for entry in feed.findall(f"{ATOM}entry"):
        values = {
            each.attrib["name"]: each.attrib["value"]
            for each in entry.findall(f"{APPS}property")
        }
        assert len(values) == len(entry.findall(f"{APPS}property"))
        assert len(values["from"]) < 1_500
        whose |= set(values.pop("from").split(" OR "))
        folders.add(values.pop("label"))
        assert set(values.values()) == {"true"}
        does |= set(values)
    return Read(frozenset(does), frozenset(whose), frozenset(folders))


def read_thunderbird(text: str) -> Read:
    """Line by line; a line of any other kind is a fault."""
    found = [_VALUE.fullmatch(line) for line in text.rstrip("\n").split("\n")]
    values = [(each[1], each[2]) for each in found if each]
    assert len(values) == len(found)
    assert [name for name, _value in values[:5]] == [
        *("version", "logging", "name", "enabled", "type"),
    ]
    assert values[-1][0] == "condition"
    does = {value for name, value in values if name == "action"}
    folders = {
        value.removeprefix("mailbox://nobody@Local%20Folders/")
        for name, value in values
        if name == "actionValue"
    }
    assert len(values) == 6 + len(does) + len(folders)
    condition = values[-1][1]
    whose = {term[2] for term in _TERM.finditer(condition)}
    assert " ".join(term[0] for term in _TERM.finditer(condition)) == condition
    return Read(frozenset(does), frozenset(whose), frozenset(folders))


def read_procmail(text: str) -> Read:
    """Recipe by recipe: no flag, one condition, and a folder at its end."""
    whose, folders = set(), set()
    for recipe in text.rstrip("\n").split("\n\n"):
        start, condition, target = recipe.split("\n")
        assert start == ":0"
        assert re.fullmatch(r"[A-Za-z0-9_-]+/", target)
        folders.add(target.rstrip("/"))
        pattern = condition.removeprefix("* ")
        assert pattern.endswith(_AFTER)
        whole = pattern.removesuffix(_AFTER)
        known = whole.removeprefix(_BEFORE).removeprefix("^From:.*")
        whose.add(re.sub(r"\\(.)", r"\1", known))
        assert not re.search(r"(?<!\\)[.*+?|()\[\]]", known)
    return Read(frozenset({"deliver"}), frozenset(whose), frozenset(folders))


READERS: dict[FilterFormat, Callable[[str], Read]] = {
    FilterFormat.SIEVE: read_sieve,
    FilterFormat.GMAIL: read_gmail,
    FilterFormat.THUNDERBIRD: read_thunderbird,
    FilterFormat.PROCMAIL: read_procmail,
}
