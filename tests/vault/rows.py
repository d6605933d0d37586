"""Small records for the tests of the vault's tables, and a journal that is a list."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw

from guide.model.paper import Paper, Paragraph
from guide.model.people import Identifier, IdentifierKind, Person
from guide.model.records import Evidence, Incident, OfficialContact, WrittenLetter
from guide.model.times import exactly
from guide.vault.store import Vault

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NOTICE = "no-contact-notice"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class PowerCutError(RuntimeError):
    """What a journal raises that fails in the middle of a change."""


@dataclass
class Ledger:
    """Remembers every entry; fails once when ``broken`` says so."""

    entries: list[tuple[str, dict[str, str | int | None], datetime]] = field(
        default_factory=list
    )
    broken: bool = False

    def append(
        self, type_: str, body: Mapping[str, str | int | None], at: datetime
    ) -> None:
        if self.broken:
            self.broken = False
            raise PowerCutError
        self.entries.append((type_, dict(body), at))

    @property
    def types(self) -> list[str]:
        return [type_ for type_, _body, _at in self.entries]


def opened(path: Path | str, ledger: Ledger | None = None) -> Vault:
    """A vault in a database file, as it is after a restart."""
    connection = apsw.Connection(str(path))
    for each in ("journal_mode = wal", "synchronous = off"):
        connection.execute(f"pragma {each}").fetchall()
    return Vault(connection, on_disk=True, journal=ledger)


def identifier(value: str, kind: IdentifierKind = IdentifierKind.HANDLE) -> Identifier:
    return Identifier(kind=kind, value=value)


def mail(value: str) -> Identifier:
    return identifier(value, IdentifierKind.EMAIL)


def person(id_: str, label: str = "", *identifiers: Identifier) -> Person:
    return Person(id=id_, label=label or f"Name of {id_}", identifiers=identifiers)


def letter(
    id_: str, person_id: str, to: str = "", kind: str = NOTICE, at: datetime = NOON
) -> WrittenLetter:
    text = f"Please do not contact me again. {id_}"
    paper = Paper(
        title="Notice",
        subject="",
        paragraphs=(Paragraph(text=text),),
        mail_to=to,
        to=to,
    )
    return WrittenLetter(
        id=id_,
        letter_id=kind,
        person_id=person_id,
        paper=paper,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        finished_at=at,
    )


def incident(id_: str, at: datetime = NOON, **said: object) -> Incident:
    base = Incident(
        id=id_,
        recorded_at=at + HOUR,
        account=f"Another message came. {id_}",
        when=exactly(at),
    )
    return replace(base, **said)  # type: ignore[arg-type]  # a test names real fields


def evidence(id_: str, data: bytes = b"", at: datetime = NOON) -> Evidence:
    return Evidence(
        id=id_,
        original_name=f"{id_}.png",
        media_type="image/png",
        size=len(data or id_.encode()),
        sha256=hashlib.sha256(data or id_.encode()).hexdigest(),
        acquired_at=at,
        acquired_by="me",
        source="phone",
    )


def contact(id_: str, at: datetime = NOON, **said: object) -> OfficialContact:
    base = OfficialContact(id=id_, at=at, organisation="Example Mail abuse desk")
    return replace(base, **said)  # type: ignore[arg-type]  # a test names real fields
