"""Could the person read this? Words in a case that may tell them too much. Pure.

What goes to a company, the police or a court may reach the person. So each place is
pointed at where a case names the reader's own addresses, their days, helpers, plans or
legal advice. It is a help for the eye, not a proof: it cannot know everything, and it
looks into no picture and no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum, StrEnum

from guide.model.case import (
    TAKEN_OUT,
    Case,
    CaseContact,
    CaseIncident,
    CaseLetter,
    Exhibit,
)
from guide.model.people import same
from guide.words import _

_AROUND = 40  # characters shown on each side
_SHORTEST = 3
_MOST = 500
_MAIL = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
_PHONE = r"(?<![\w.:-])\+?\d[\d\s()/-]{7,18}\d(?![\w.:-])"
_ADDRESS = (
    r"\b\d{1,5}[a-z]?,? (?:[^\W\d_]+ ){1,3}"
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|close|court|way|place|square)\b"
)
_NEVER = frozenset(
    {"id", "label", "sha256", "head", "public_key", "lang", "media_type", "person_id"}
)


class Kind(StrEnum):
    """What a place may give away."""

    ADDRESS = "address"  # where the reader lives, or can be reached
    ROUTINE = "routine"
    HELPER = "helper"
    PLAN = "plan"
    LEGAL = "legal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of the reader, from their own record: exact words."""

    own: frozenset[str] = frozenset()  # addresses, numbers, names
    helpers: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()  # of the person: they know these


@dataclass(frozen=True, slots=True, kw_only=True)
class Revealing:
    """One wording: in which records, and what stands around it in the first."""

    kind: Kind
    words: str
    excerpt: str
    labels: tuple[str, ...]


def kind_in_words(kind: Kind) -> str:
    """What such a place may tell the person."""
    return {
        Kind.ADDRESS: _("Where you live, or how to reach you"),
        Kind.ROUTINE: _("Your days and your places"),
        Kind.HELPER: _("Who helps you, or who saw it"),
        Kind.PLAN: _("What you plan to do"),
        Kind.LEGAL: _("Legal advice"),
    }[kind]


def revealing(case: Case, known: Known) -> tuple[Revealing, ...]:
    """Every such wording in *case* once, whatever its case and spacing."""
    ours = {same(each) for each in known.theirs}
    found: dict[str, Revealing] = {}
    for kind, label, words, excerpt in _hits(case, _patterns(known)):
        key = same(words)
        if key in ours or TAKEN_OUT in words:
            continue
        before = found.get(key)
        if before is None and len(found) < _MOST:
            found[key] = Revealing(
                kind=kind, words=words, excerpt=excerpt, labels=(label,)
            )
        elif before and before.labels[-1] != label:
            found[key] = replace(before, labels=(*before.labels, label))
    return tuple(found.values())


def _hits(
    case: Case, patterns: Sequence[tuple[Kind, re.Pattern[str]]]
) -> Iterator[tuple[Kind, str, str, str]]:
    for label, text in texts(case):
        for kind, pattern in patterns:
            for hit in pattern.finditer(text):
                excerpt = _around(text, hit.start(), hit.end())
                yield kind, label, " ".join(hit[0].split()), excerpt


def texts(case: Case) -> Iterator[tuple[str, str]]:
    """Every text of *case* that somebody wrote, with the label of its record."""
    records: Sequence[CaseIncident | CaseContact | CaseLetter | Exhibit] = (
        *case.incidents,
        *case.contacts,
        *case.letters,
        *case.exhibits,
    )
    for record in records:
        for text in _strings(record):
            yield record.label, text


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if not isinstance(value, Enum) and len(value) >= _SHORTEST:
            yield value
        return
    for each in _inside(value):
        yield from _strings(each)


def _inside(value: object) -> tuple[object, ...]:
    if isinstance(value, tuple):
        return value
    if not is_dataclass(value):
        return ()
    names = (field.name for field in fields(value) if field.name not in _NEVER)
    return tuple(getattr(value, name) for name in names)


def _patterns(known: Known) -> list[tuple[Kind, re.Pattern[str]]]:
    exact = [(Kind.ADDRESS, known.own), (Kind.HELPER, known.helpers)]
    found = [(kind, _any_of(words)) for kind, words in exact if _any_of(words)]
    hints = [
        (Kind.ADDRESS, f"{_MAIL}|{_PHONE}|{_ADDRESS}"),
        (Kind.ADDRESS, _listed(_home())),
        (Kind.ROUTINE, _listed(_routine())),
        (Kind.HELPER, _listed(_helper())),
        (Kind.PLAN, _listed(_plan())),
        (Kind.LEGAL, _listed(_legal())),
    ]
    return [
        (kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in found + hints
    ]


def _any_of(words: frozenset[str]) -> str:
    known = sorted((each.strip() for each in words), key=len, reverse=True)
    parts = [r"\s+".join(map(re.escape, each.split())) for each in known]
    return "|".join(rf"(?<!\w){x}(?!\w)" for x in parts if len(x) >= _SHORTEST)


def _listed(words: str) -> str:
    """Words between bars, as a translator writes them; ``…`` is any one word."""
    parts = (re.escape(each).replace("…", r"\w+") for each in words.split("|"))
    return "|".join(rf"\b{part}\b" for part in parts)


# Words between bars are looked for as they stand. Another language has its own.


def _home() -> str:
    return _("my home|my house|my flat|my apartment|my address|i live|we live|i moved")


def _routine() -> str:
    return _(
        "every monday|every tuesday|every wednesday|every thursday|every friday|"
        "every saturday|every sunday|every day|every morning|every evening|"
        "every week|on my way|my work|my job|my office|my shift|my school|"
        "my course|my gym|my bus|my train|my car|my doctor|my church|my therapist|"
        "pick up my|drop off my|my daughter|my son|my child|my children|my kids"
    )


def _helper() -> str:
    return _(
        "my friend|my friend …|my sister|my brother|my mother|my father|my mum|"
        "my mom|my dad|my parents|my neighbour|my neighbor|my partner|my husband|"
        "my wife|my advocate|my colleague|my boss|staying with"
    )


def _plan() -> str:
    return _(
        "i plan|my plan|we plan|i will move|going to move|i am moving|i'm moving|"
        "i will leave|going to leave|new address|new flat|new number|new phone|"
        "shelter|refuge|safe place|code word|safety plan|password"
    )


def _legal() -> str:
    return _(
        "my lawyer|my solicitor|my attorney|my barrister|legal advice|advised me|"
        "told me to file|protection order|restraining order|going to court|"
        "press charges|legal aid"
    )


def _around(text: str, start: int, end: int) -> str:
    left, right = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, after = text[left:start], text[end:right]
    if left:  # no half a word at either end
        before = f"…{before.partition(' ')[2]}"
    if right < len(text):
        after = f"{after.rpartition(' ')[0]}…"
    return " ".join(f"{before}{text[start:end]}{after}".split())
