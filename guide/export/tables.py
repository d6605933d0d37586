"""The log for other programs: CSV for a spreadsheet, JSON for anything else. Pure.

A spreadsheet may run a cell that begins like a formula. In the CSV such a cell gets
an apostrophe before it, and the last column of its row names each cell that has one:
what was written can be told apart from what was added. JSON holds the bare words.
A person reads the one, so its columns have names in words; programs read the other.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from guide.model.case import Case, Part
from guide.words import _

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_MARK = "\ufeff"  # without it a spreadsheet may not read UTF-8
_Value = str | int | bool | list[str] | list[dict[str, str]] | None
_Record = dict[str, _Value]
_SURROGATE = re.compile("[\ud800-\udfff]")
_FORM = 1
_CHOSEN = frozenset({"precision", "after_notice", "not_known"})  # of a few words


def log_csv(case: Case) -> bytes:
    """The incidents, a row each: UTF-8 with its mark, as RFC 4180 says.

    The first row names the columns: those of an incident in ``log_json``, then
    ``apostrophe_added``, in the language that is spoken. Each name is one word. The
    values of a list stand on lines of their own in a cell.
    """
    written = io.StringIO(newline="")
    out = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    columns, said = _columns(), _values()
    out.writerow((*columns.values(), _one_word(_("apostrophe_added"))))
    for record in _incidents(case):
        cells = {x: _cell(record[x], said if x in _CHOSEN else {}) for x in columns}
        added = [name for name, text in cells.items() if text.startswith(_RISKY)]
        row = [f"'{text}" if name in added else text for name, text in cells.items()]
        out.writerow((*row, " ".join(columns[name] for name in added)))
    told = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", written.getvalue())
    return (_MARK + told).encode()


def log_json(case: Case) -> bytes:
    """The log with what belongs to it, in UTF-8, with keys in a fixed order.

    ``form`` is 1; it changes when a key changes its meaning. ``title``,
    ``made_at``, ``journal_head`` and ``public_key`` are of the case; ``redacted``
    says that words were taken out. ``incidents``, ``contacts``, ``letters`` and
    ``exhibits`` are lists, empty where the case is not to have that part. Moments
    are as RFC 3339 has them, or null. Lists of labels name records of other lists.

    An incident has ``label``, ``start``, ``end``, ``zone``, ``precision`` ("exact",
    "about", "range", "unknown"), ``when``, ``when_as_told``, ``what_happened``,
    ``in_short``, ``how``, ``where``, ``who``, ``witnesses``, ``effect``,
    ``what_was_done``, ``told``, ``exhibits``, ``after_notice`` ("no", "yes",
    "perhaps"), ``not_known`` and ``written_down``. The other keys of records are
    named in the same way.
    """
    data: dict[str, object] = {
        "form": _FORM,
        "title": case.title,
        "made_at": case.made_at.isoformat(),
        "journal_head": case.head,
        "public_key": case.public_key,
        "redacted": case.redacted,
        "incidents": list(_incidents(case)),
        "contacts": list(_contacts(case)),
        "letters": list(_letters(case)),
        "exhibits": list(_exhibits(case)),
    }
    told = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    # UTF-8 has no lone surrogates (an undecodable file name); JSON can name them.
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", told).encode()


def _incidents(case: Case) -> Iterator[_Record]:
    for each in case.incidents if Part.LOG in case.parts else ():
        told = each.incident
        yield {
            "label": each.label,
            "start": _at(told.when.start),
            "end": _at(told.when.end),
            "zone": told.when.zone,
            "precision": told.when.precision.value,
            "when": each.when,
            "when_as_told": told.when.words,
            "what_happened": told.account,
            "in_short": told.what,
            "how": told.platform,
            "where": told.where,
            "who": each.person,
            "witnesses": list(told.witnesses),
            "effect": told.effect,
            "what_was_done": told.done,
            "told": list(told.reported_to),
            "exhibits": list(each.exhibits),
            "after_notice": told.after_notice.value,
            "not_known": list(told.not_known),
            "written_down": _at(told.recorded_at),
        }


def _contacts(case: Case) -> Iterator[_Record]:
    for each in case.contacts if Part.CONTACTS in case.parts else ():
        told = each.contact
        again = told.follow_up_on
        yield {
            "label": each.label,
            "at": _at(told.at),
            "office": told.organisation,
            "person": told.person,
            "badge_number": told.badge_number,
            "how": told.channel,
            "reference": told.reference,
            "what_they_said": told.outcome,
            "what_they_promised": told.promised,
            "ask_again_on": again.isoformat() if again else None,
            "asked_again": told.followed_up,
            "incidents": list(each.incidents),
            "exhibits": list(each.exhibits),
            "letter": each.letter,
        }


def _letters(case: Case) -> Iterator[_Record]:
    for each in case.letters if Part.LETTERS in case.parts else ():
        yield {
            "label": each.label,
            "title": each.title,
            "finished_at": _at(each.letter.finished_at),
            "sent_at": _at(each.letter.sent_at),
            "sha256": each.letter.sha256,
        }


def _exhibits(case: Case) -> Iterator[_Record]:
    for each in case.exhibits if Part.EXHIBITS in case.parts else ():
        kept = each.evidence
        yield {
            "label": each.label,
            "file": each.file_name,
            "original_name": kept.original_name,
            "media_type": kept.media_type,
            "size": kept.size,
            "sha256": kept.sha256,
            "came_in": _at(kept.acquired_at),
            "claims": [
                {"what": claim.what, "value": claim.value} for claim in kept.claims
            ],
            "saved_start": _at(kept.captured_at.start),
            "saved_end": _at(kept.captured_at.end),
            "saved_precision": kept.captured_at.precision.value,
            "saved_as_told": kept.captured_at.words,
            "saved_by": kept.acquired_by,
            "where_from": kept.source,
            "web_address": kept.url,
            "note": kept.note,
            "who": each.person,
            "incidents": list(each.incidents),
            "custody": [
                {
                    "at": event.at.isoformat(),
                    "what": event.action.value,
                    "by": event.by,
                    "detail": event.detail,
                }
                for event in each.custody
            ],
        }


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _columns() -> dict[str, str]:
    """What each column is called, by the key of its values."""
    named = {
        "label": _("label"),
        "start": _("start"),
        "end": _("end"),
        "zone": _("zone"),
        "precision": _("precision"),
        "when": _("when"),
        "when_as_told": _("when_as_told"),
        "what_happened": _("what_happened"),
        "in_short": _("in_short"),
        "how": _("how"),
        "where": _("where"),
        "who": _("who"),
        "witnesses": _("witnesses"),
        "effect": _("effect"),
        "what_was_done": _("what_was_done"),
        "told": _("told"),
        "exhibits": _("exhibits"),
        "after_notice": _("after_notice"),
        "not_known": _("not_known"),
        "written_down": _("written_down"),
    }
    return {key: _one_word(name) for key, name in named.items()}


def _one_word(name: str) -> str:
    """So that names with a space between them can be told apart."""
    return "_".join(name.split())


def _values() -> dict[str, str]:
    """The values that a record chooses from, as a person reads them."""
    return {
        "exact": _("exact"),
        "about": _("about"),
        "range": _("range"),
        "unknown": _("unknown"),
        "no": _("no"),
        "yes": _("yes"),
        "perhaps": _("perhaps"),
        "account": _("account"),
        "when": _("when"),
        "platform": _("platform"),
        "where": _("where"),
        "who": _("who"),
        "witnesses": _("witnesses"),
        "effect": _("effect"),
        "done": _("done"),
        "told": _("told"),
    }


def _cell(value: _Value, said: Mapping[str, str]) -> str:
    values = value if isinstance(value, list) else [] if value is None else [value]
    return "\n".join(said.get(str(each), str(each)) for each in values)
