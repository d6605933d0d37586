"""The kept files as exhibits: their index, every touch of them, what is printed.

A time that a file or a person states is called a claim; the time when a file came
into the record is the record's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from guide.export.book.blocks import (
    Block,
    Exact,
    Field,
    Fields,
    Heading,
    Items,
    Photo,
    Table,
    Words,
)
from guide.export.book.photos import size_in_pixels
from guide.export.book.printing import grouped, heading_of, moment, size_of, visible
from guide.export.book.records import numbers
from guide.model.case import Case, Exhibit
from guide.model.records import Claim, CustodyAction, CustodyEvent
from guide.model.telling import in_words
from guide.model.times import Precision
from guide.words import _

Pictures: TypeAlias = Callable[[Exhibit], bytes | None]


def index(case: Case) -> Iterator[Block]:
    """A table of all exhibits, then each of them with every touch of it."""
    if not case.exhibits:
        yield Words(text=_("There is nothing in this part."))
        return
    yield Table(
        head=(_("Exhibit"), _("File"), _("SHA-256")),
        rows=tuple(_row(each) for each in case.exhibits),
        shares=(3, 8, 8),
        exact=frozenset({2}),
    )
    for each in case.exhibits:
        yield Heading(level=2, text=heading_of(_headline(each)))
        yield from _exhibit(each)


def _row(each: Exhibit) -> tuple[str, ...]:
    kept = each.evidence
    facts = f"{kept.media_type}, {size_of(kept.size)}"
    name = f"{visible(kept.original_name)}\n{visible(facts)}"
    return each.label, name, grouped(kept.sha256)


def _headline(each: Exhibit) -> str:
    return f"{each.label}: {each.evidence.original_name}"


def _exhibit(each: Exhibit) -> Iterator[Block]:
    told = [
        Field(lead=lead, value=visible(value).strip())
        for lead, value in _facts(each)
        if value.strip()
    ]
    digest = grouped(each.evidence.sha256)
    told.append(Field(lead="SHA-256", value=digest, exact=True))
    yield Fields(fields=tuple(told), many=True)
    if each.custody:
        yield Heading(
            level=3, text=_("Chain of custody of {label}").format(label=each.label)
        )
        yield Table(
            head=(_("When"), _("What"), _("By"), _("Detail")),
            rows=tuple(_touch(event) for event in each.custody),
            shares=(6, 3, 4, 6),
            small=True,
        )


def _facts(each: Exhibit) -> tuple[tuple[str, str], ...]:
    kept = each.evidence
    captured = ""
    if kept.captured_at.precision is not Precision.UNKNOWN:
        captured = f"{in_words(kept.captured_at)}\n{numbers(kept.captured_at)}"
    return (
        (_("Named here"), each.file_name),
        (_("Original name"), kept.original_name),
        (_("Type"), kept.media_type),
        (_("Size"), size_of(kept.size)),
        (_("Came in"), moment(kept.acquired_at)),
        (_("Saved at (claim)"), captured),
        (_("Saved, as told"), kept.captured_at.words),
        (_("Saved by (claim)"), kept.acquired_by),
        (_("Where from (claim)"), kept.source),
        (_("Web address (claim)"), kept.url),
        (_("Note"), kept.note),
        (_("Who"), each.person),
        (_("Incidents"), ", ".join(each.incidents)),
        *((_("The file claims"), _claim(claim)) for claim in kept.claims),
    )


def _claim(claim: Claim) -> str:
    told = f"{claim.what}: {claim.value}"
    return f"{told} ({moment(claim.at)})" if claim.at else told


def _touch(event: CustodyEvent) -> tuple[str, ...]:
    return (
        moment(event.at),
        touch(event.action),
        visible(event.by),
        visible(event.detail),
    )


def touch(action: CustodyAction) -> str:
    """What was done with a file, in words."""
    return {
        CustodyAction.ACQUIRED: _("came in"),
        CustodyAction.VERIFIED: _("checked"),
        CustodyAction.VIEWED: _("looked at"),
        CustodyAction.EXPORTED: _("copied out"),
        CustodyAction.HANDED_OVER: _("handed over"),
    }[action]


def printed(case: Case, pictures: Pictures) -> Iterator[Block]:
    """Pictures, and the headers of mails, line by line."""
    shown = [each for each in case.exhibits if _may_be_drawn(each) or each.headers]
    if not shown:
        yield Words(text=_("There is nothing in this part."))
    for each in shown:
        yield Heading(level=2, text=heading_of(_headline(each)))
        if _may_be_drawn(each):
            yield _photo(each, pictures(each))
        if each.headers:
            yield Exact(text=visible(each.headers))


def _may_be_drawn(each: Exhibit) -> bool:
    # The case says so already; an intimate picture is worth asking twice.
    return each.drawn and not each.evidence.sensitive


def _photo(each: Exhibit, data: bytes | None) -> Block:
    size = size_in_pixels(data) if data else None
    if data is None or size is None:
        return Words(
            text=_("This picture could not be printed. The file is {name}.").format(
                name=each.file_name
            )
        )
    kept = each.evidence
    alt = f"{each.label}, {heading_of(kept.original_name)}, {size_of(kept.size)}"
    return Photo(data=data, alt=alt, width=size[0], height=size[1])


def title() -> str:
    """The name of the last part."""
    return _("How to check this")


def blocks(case: Case) -> Iterator[Block]:
    """How anyone can check a hash, and what it proves."""
    name = case.exhibits[0].file_name if case.exhibits else "E-001.jpg"
    yield Words(
        text=_(
            "SHA-256 is a fingerprint of a file (FIPS 180-4). Any change to the file "
            "gives another fingerprint. Every computer can work it out:"
        )
    )
    yield Fields(
        fields=(
            Field(lead="Linux", value=f"sha256sum {name}", exact=True),
            Field(lead="macOS", value=f"shasum -a 256 {name}", exact=True),
            Field(
                lead="Windows", value=f"certutil -hashfile {name} SHA256", exact=True
            ),
        )
    )
    yield Words(
        text=_(
            "Compare the answer with the SHA-256 in this book. The spaces here are "
            "only for reading aloud."
        )
    )
    yield Heading(level=2, text=_("What a match shows, and what it does not"))
    yield Items(texts=_what_it_shows())


def _what_it_shows() -> tuple[str, ...]:
    return (
        _("A match shows that the file has not changed since the hash was taken."),
        _("It does not show that what the file says is true."),
        _("It does not show when the file was made, or who wrote it."),
        _("A time marked as a claim was given by a file or a person. It may be wrong."),
        _("The time a file came in is from the clock of the computer that kept it."),
        _("A label such as E-001 stays with its record in every copy."),
    )
