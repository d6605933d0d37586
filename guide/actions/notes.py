"""A record while it is being written: what was said so far, kept at every step.

It lies with the blanks of letters, so leaving in the middle loses nothing where
there is a vault, and nothing at all before the guide ends. It is forgotten when the
record itself is kept, or thrown away.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from guide.actions.desk import Desk
from guide.model.text import whole
from guide.model.times import Precision, When

INCIDENT, CONTACT, EVIDENCE = "incident", "contact", "evidence"
_PREFIX = "being-written:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What was said so far. ``of`` is the record that is corrected, or empty.

    ``values`` hold exactly what was typed, by step.
    """

    kind: str
    of: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    not_known: tuple[str, ...] = ()
    when: When = field(default_factory=When)
    step: str = ""

    def value(self, step: str) -> str:
        """What was typed at *step*."""
        return self.values.get(step, "")

    def saying(self, step: str, text: str) -> Notes:
        """The same with *text* at *step*; half a character is no character."""
        unknown = tuple(each for each in self.not_known if each != step)
        values = {**self.values, step: whole(text)}
        return replace(self, values=values, not_known=unknown)

    def not_knowing(self, step: str) -> Notes:
        """The same, with "I don't know" at *step*."""
        unknown = tuple(dict.fromkeys((*self.not_known, step)))
        values = {k: v for k, v in self.values.items() if k != step}
        when = When() if step == "when" else self.when
        return replace(self, values=values, not_known=unknown, when=when)

    def happening(self, when: When) -> Notes:
        """The same, with its time."""
        return replace(self.saying("when", when.words), when=when)

    @property
    def empty(self) -> bool:
        """Whether nothing was said yet."""
        said = any(text.strip() for text in self.values.values())
        return not (said or self.not_known)


def begun(desk: Desk, kind: str, of: str = "") -> Notes | None:
    """What was begun and neither kept nor thrown away."""
    text = desk.vault.fields().get(_key(kind, of))
    return _unpacked(text) if text else None


def all_begun(desk: Desk) -> tuple[Notes, ...]:
    """Everything that was begun and neither kept nor thrown away."""
    fields = desk.vault.fields()
    return tuple(_unpacked(x) for key, x in fields.items() if is_begun(key))


def is_begun(field_id: str) -> bool:
    """Whether what lies in this field is a record being written, not a blank."""
    return field_id.startswith(_PREFIX)


def remember(desk: Desk, notes: Notes) -> None:
    """Keep *notes* as they are now."""
    desk.vault.put_field(_key(notes.kind, notes.of), _packed(notes))


def forget(desk: Desk, notes: Notes) -> None:
    """Throw away what was begun."""
    desk.vault.put_field(_key(notes.kind, notes.of), "")


def _key(kind: str, of: str) -> str:
    return f"{_PREFIX}{kind}:{of}"


def _packed(notes: Notes) -> str:
    when = notes.when
    return json.dumps(
        {
            "kind": notes.kind,
            "of": notes.of,
            "values": dict(notes.values),
            "not_known": notes.not_known,
            "step": notes.step,
            "when": {
                "precision": when.precision,
                "start": when.start.isoformat() if when.start else "",
                "end": when.end.isoformat() if when.end else "",
                "zone": when.zone,
                "words": when.words,
            },
        }
    )


def _unpacked(text: str) -> Notes:
    values = json.loads(text)
    when = values.pop("when")
    return Notes(
        kind=values["kind"],
        of=values["of"],
        values=values["values"],
        not_known=tuple(values["not_known"]),
        step=values["step"],
        when=When(
            precision=Precision(when["precision"]),
            start=_moment(when["start"]),
            end=_moment(when["end"]),
            zone=when["zone"],
            words=when["words"],
        ),
    )


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
