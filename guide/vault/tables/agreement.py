"""Whether the tables are what the journal says they became.

The cipher notices a page that was changed, and not an old page put back. The
journal does: each entry has the hash of what was written with it, so whatever is
missing, older or more than that shows here. Check the journal itself first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from guide.vault.tables.search import Search
from guide.vault.tables.table import Facts, Row, fingerprint

Key = tuple[str, str]  # what, and which
_VERSIONS = "select kind, id, number, body from version"
_CUSTODY = "select evidence, n, at, by, detail, salt from custody"
_LETTERS = "select id, paper, state from letter"
_NAMES = "select person, salt, label from person_name"
_IDENTIFIERS = "select n, salt, value, withdrawn is not null from identifier"
_CURRENT = "select kind, id, version from record where version > 0"
_BINNED = "select kind, id from record where binned_at <> ''"


class Said(Protocol):
    """One entry of the journal."""

    @property
    def type(self) -> str:
        """What kind of change it was."""

    @property
    def body(self) -> Facts:
        """Ids and hashes."""


class Fault(StrEnum):
    """How the tables differ from the journal."""

    MISSING = "missing"  # the journal tells of it, and it is not there
    CHANGED = "changed"  # it is there, and is not what was written
    EXTRA = "extra"  # it is there, and the journal knows nothing of it


@dataclass(frozen=True, slots=True, order=True)
class Disagreement:
    """One thing that is not as the journal has it: its kind, its id, the fault."""

    what: str
    id: str
    fault: Fault


@dataclass(slots=True)
class _Expected:
    """What the entries so far make of the tables: a hash or a state for each thing."""

    things: dict[Key, str] = field(default_factory=dict)

    def hear(self, type_: str, body: Facts) -> None:
        """Take in one entry."""
        noun, _dot, verb = type_.partition(".")
        if "version" in body:
            self._version(noun, body)
        elif noun in ("person", "identifier"):
            self._person(type_, body)
        elif noun == "letter":
            self._letter(verb, body)
        elif noun == "bin":
            self._bin(verb, body)
        elif type_ == "evidence.custody":
            owner = f"{body['evidence']}#{body['event']}"
            self.things["custody", owner] = str(body["sha256"])

    def _version(self, noun: str, body: Facts) -> None:
        id_, number = str(body[noun]), str(body["version"])
        self.things[noun, f"{id_}#{number}"] = str(body["sha256"])
        self.things[f"{noun} line", id_] = number

    def _person(self, type_: str, body: Facts) -> None:
        match type_:
            case "person.add":
                self.things["person", str(body["person"])] = ""
            case "person.name":
                hash_ = str(body["name_sha256"])
                self.things["name", f"{body['person']}#{hash_}"] = hash_
            case "person.merge":
                self.things["merge", f"{body['kept']}<{body['gone']}"] = ""
            case "identifier.add":
                hash_ = str(body["value_sha256"])
                self.things["identifier", str(body["identifier"])] = hash_
            case "identifier.withdraw":
                self.things["withdrawn", str(body["identifier"])] = ""
            case _:
                pass

    def _letter(self, verb: str, body: Facts) -> None:
        id_ = str(body["letter"])
        states = {"finish": "finished", "sent": "sent", "void": "void"}
        if verb in states:
            self.things["letter state", id_] = states[verb]
        if verb == "finish":
            self.things["letter", id_] = str(body["paper_sha256"])

    def _bin(self, verb: str, body: Facts) -> None:
        kind, id_ = str(body["kind"]), str(body["id"])
        self.things.pop(("bin", f"{kind}:{id_}"), None)
        if verb == "put":
            self.things["bin", f"{kind}:{id_}"] = ""
        if verb == "remove":
            self.things = {
                key: value
                for key, value in self.things.items()
                if not _is_of(key, kind, id_)
            }
            self.things["tombstone", f"{kind}:{id_}"] = str(body["sha256"])


def _is_of(key: Key, kind: str, id_: str) -> bool:
    """Whether *key* went when the record *id_* went."""
    what, which = key
    if what == f"{kind} line":
        return which == id_
    mine = (kind, "custody") if kind == "evidence" else (kind,)
    return what in mine and which.rpartition("#")[0] == id_


class Agreement(Search):
    """The tables held against the journal."""

    def disagreements(self, entries: Iterable[Said]) -> tuple[Disagreement, ...]:
        """Everything that is not as *entries*, the whole journal, say it became."""
        expected = _Expected()
        for each in entries:
            expected.hear(each.type, each.body)
        return tuple(sorted(_compared(expected.things, dict(self._there()))))

    def _there(self) -> Iterator[tuple[Key, str]]:
        """What is in the tables now, in the same words."""
        for kind, id_, number, body in self._rows(_VERSIONS):
            hash_ = hashlib.sha256(str(body).encode()).hexdigest()
            yield (str(kind), f"{id_}#{number}"), hash_
        for kind, id_, number in self._rows(_CURRENT):
            yield (f"{kind} line", str(id_)), str(number)
        for kind, id_ in self._rows(_BINNED):
            yield ("bin", f"{kind}:{id_}"), ""
        for kind, id_, sha256 in self._rows("select kind, id, sha256 from tombstone"):
            yield ("tombstone", f"{kind}:{id_}"), str(sha256)
        yield from map(_custody, self._rows(_CUSTODY))
        yield from self._letters_there()
        yield from self._people_there()

    def _letters_there(self) -> Iterator[tuple[Key, str]]:
        for id_, paper, state in self._rows(_LETTERS):
            yield ("letter", str(id_)), fingerprint("", str(paper))
            yield ("letter state", str(id_)), str(state)

    def _people_there(self) -> Iterator[tuple[Key, str]]:
        for (id_,) in self._rows("select id from person"):
            yield ("person", str(id_)), ""
        for who, salt, label in self._rows(_NAMES):
            hash_ = fingerprint(str(salt), str(label))
            yield ("name", f"{who}#{hash_}"), hash_
        for n, salt, value, withdrawn in self._rows(_IDENTIFIERS):
            yield ("identifier", str(n)), fingerprint(str(salt), str(value))
            if withdrawn:
                yield ("withdrawn", str(n)), ""
        for kept, gone in self._rows("select kept, gone from merged"):
            yield ("merge", f"{kept}<{gone}"), ""


def _custody(row: Row) -> tuple[Key, str]:
    evidence, n, at, by, detail, salt = row
    hash_ = fingerprint(str(salt), f"{at}\n{by}\n{detail}")
    return ("custody", f"{evidence}#{n}"), hash_


def _compared(
    expected: Mapping[Key, str], there: Mapping[Key, str]
) -> Iterator[Disagreement]:
    for key in expected.keys() | there.keys():
        what, id_ = key
        if key not in there:
            yield Disagreement(what, id_, Fault.MISSING)
        elif key not in expected:
            yield Disagreement(what, id_, Fault.EXTRA)
        elif there[key] != expected[key]:
            yield Disagreement(what, id_, Fault.CHANGED)
