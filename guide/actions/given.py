"""What was written for a hand-over and not yet noted as handed over.

It lies with the blanks of letters, so that a reader who comes back from the police
station can say it then. It holds ids, labels and the head: no words of theirs.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from guide.actions.desk import Desk
from guide.model.case import Case, Recipient

_PREFIX = "handing-over:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One case that was written: for whom, when, what, and what is in it.

    ``evidence_ids`` are of the originals that went along, not of those only listed.
    """

    id: str
    recipient: Recipient
    made_at: datetime
    what: str
    head: str
    incident_ids: tuple[str, ...]
    evidence_ids: tuple[str, ...]


def remember(desk: Desk, case: Case, what: str, *, files: bool) -> Given:
    """Keep that *case* was written, as *what*; with the originals or without."""
    originals = tuple(each.evidence.id for each in case.exhibits) if files else ()
    given = Given(
        id=secrets.token_hex(8),
        recipient=case.recipient,
        made_at=case.made_at,
        what=what,
        head=case.head,
        incident_ids=tuple(each.incident.id for each in case.incidents),
        evidence_ids=originals,
    )
    values = {**asdict(given), "made_at": given.made_at.isoformat()}
    desk.vault.put_field(f"{_PREFIX}{given.id}", json.dumps(values))
    return given


def forget(desk: Desk, given: Given) -> None:
    """It is noted, or it was never handed over."""
    desk.vault.put_field(f"{_PREFIX}{given.id}", "")


def waiting(desk: Desk) -> tuple[Given, ...]:
    """Everything that was written and not yet noted as handed over, oldest first."""
    kept = (x for key, x in desk.vault.fields().items() if is_given(key) and x)
    return tuple(sorted(map(_read, kept), key=lambda each: each.made_at))


def is_given(field_id: str) -> bool:
    """Whether what lies in this field is a hand-over, not a blank."""
    return field_id.startswith(_PREFIX)


def _read(text: str) -> Given:
    values = json.loads(text)
    return Given(
        id=str(values["id"]),
        recipient=Recipient(values["recipient"]),
        made_at=datetime.fromisoformat(values["made_at"]),
        what=str(values["what"]),
        head=str(values["head"]),
        incident_ids=tuple(map(str, values["incident_ids"])),
        evidence_ids=tuple(map(str, values["evidence_ids"])),
    )
