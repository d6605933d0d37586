"""Records as the text that is kept and hashed: canonical JSON, and back again.

JSON is written in ASCII, so that half a surrogate pair in a file name survives.
What is derived or given by the vault (numbers, flags) is never part of a body.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date

from guide.model.paper import Paper, Paragraph, ParagraphKind
from guide.model.records import Claim, Evidence, Incident, OfficialContact
from guide.model.times import Precision, When
from guide.vault.tables.table import moment, new_salt, time_of

Body = Mapping[str, object]
_NOT_SAID = ("id", "number", "after_notice")


def packed(record: Incident | Evidence | OfficialContact) -> tuple[str, str]:
    """The body of *record*, and its SHA-256 (FIPS 180-4) in lower-case hex.

    A salt in it keeps a short record from being guessed from its hash.
    """
    values = {k: v for k, v in asdict(record).items() if k not in _NOT_SAID}
    values["salt"] = new_salt()
    text = json.dumps(
        values, default=_plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True
    )
    return text, hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    raise TypeError(type(value).__name__)


def unpacked(text: object) -> Body:
    """What ``packed`` was given."""
    values: Body = json.loads(str(text))
    return values


def incident(id_: str, body: Body) -> Incident:
    """The incident in *body*."""
    return Incident(
        id=id_,
        recorded_at=time_of(body["recorded_at"]),
        account=str(body["account"]),
        what=str(body["what"]),
        where=str(body["where"]),
        platform=str(body["platform"]),
        when=_when(body["when"]),
        person_id=str(body["person_id"]),
        witnesses=_texts(body["witnesses"]),
        effect=str(body["effect"]),
        done=str(body["done"]),
        reported_to=_texts(body["reported_to"]),
        evidence_ids=_texts(body["evidence_ids"]),
        not_known=_texts(body["not_known"]),
    )


def evidence(id_: str, body: Body) -> Evidence:
    """The piece of evidence in *body*."""
    return Evidence(
        id=id_,
        original_name=str(body["original_name"]),
        media_type=str(body["media_type"]),
        size=int(str(body["size"])),
        sha256=str(body["sha256"]),
        acquired_at=time_of(body["acquired_at"]),
        claims=_claims(body["claims"]),
        captured_at=_when(body["captured_at"]),
        acquired_by=str(body["acquired_by"]),
        source=str(body["source"]),
        url=str(body["url"]),
        note=str(body["note"]),
        person_id=str(body["person_id"]),
        sensitive=body.get("sensitive") is True,
    )


def contact(id_: str, body: Body) -> OfficialContact:
    """The talk with an official in *body*."""
    day = body["follow_up_on"]
    return OfficialContact(
        id=id_,
        at=time_of(body["at"]),
        organisation=str(body["organisation"]),
        person=str(body["person"]),
        badge_number=str(body["badge_number"]),
        channel=str(body["channel"]),
        reference=str(body["reference"]),
        outcome=str(body["outcome"]),
        promised=str(body["promised"]),
        follow_up_on=date.fromisoformat(str(day)) if day else None,
        followed_up=body["followed_up"] is True,
        incident_ids=_texts(body["incident_ids"]),
        evidence_ids=_texts(body["evidence_ids"]),
        letter_id=str(body["letter_id"]),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _when(value: object) -> When:
    parts: Body = value if isinstance(value, dict) else {}
    return When(
        precision=Precision(str(parts["precision"])),
        start=moment(parts["start"]),
        end=moment(parts["end"]),
        zone=str(parts["zone"]),
        words=str(parts["words"]),
    )


def _claims(value: object) -> tuple[Claim, ...]:
    each: list[Body] = value if isinstance(value, list) else []
    return tuple(
        Claim(what=str(c["what"]), value=str(c["value"]), at=moment(c["at"]))
        for c in each
    )


def packed_paper(paper: Paper) -> str:
    """The paper as JSON; a message that travels with it is kept elsewhere."""
    return json.dumps(asdict(replace(paper, original=None)))


def unpacked_paper(text: str) -> Paper:
    """The paper that ``packed_paper`` was given."""
    values = json.loads(text)
    paragraphs = tuple(
        Paragraph(
            kind=ParagraphKind(each["kind"]),
            text=each["text"],
            rows=tuple(tuple(row) for row in each["rows"]),
        )
        for each in values.pop("paragraphs")
    )
    return Paper(**values, paragraphs=paragraphs)


def words_of(paper: Paper) -> str:
    """Everything a letter says, for the search."""
    lines = [paper.title, paper.subject, paper.to]
    for each in paper.paragraphs:
        lines += [each.text, *(cell for row in each.rows for cell in row)]
    return "\n".join(filter(None, lines))
