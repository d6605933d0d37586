"""A whole mailbox file as a table: who wrote how often, from when to when.

The file is read as a stream and only looked at. What is taken out of it is a table
of senders; no message of it is kept.
"""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from guide.actions.desk import Desk
from guide.actions.own_service import own_services, was_asked
from guide.actions.reporting import LARGEST_MESSAGE
from guide.files import is_folder, path_typed, pieces_of, read_start, write_whole
from guide.mail import is_mailbox, table_of
from guide.mail.mailbox import headers_of
from guide.model.problems import GuideError
from guide.model.trace import MailTable, SenderRow
from guide.vault.problems import StoppedError
from guide.words import _, plural

if TYPE_CHECKING:
    from guide.actions.working import Work

_LOOK = 4 * 1024 * 1024  # bytes in which a second message is looked for
# Some spreadsheets take the wide forms of these for formulas, too.
_FORMULA = (
    *("=", "+", "-", "@", "\t", "\r", "\n", "|", "%"),
    *("\uff1d", "\uff0b", "\uff0d", "\uff20"),
)
NAME = "senders.csv"


def is_mailbox_file(typed: str) -> bool:
    """Whether *typed* names a mailbox of more than one message.

    False for everything that is refused later, with the reason.
    """
    with suppress(GuideError):
        start = read_start(path_typed(typed), _LOOK)
        if not is_mailbox(start):
            return False
        several = len(list(islice(headers_of([start]), 2))) > 1
        return several or len(start) == _LOOK
    return False


def is_too_large_for_one(typed: str) -> bool:
    """Whether the file *typed* is larger than any email can be."""
    with suppress(GuideError, OSError, ValueError):
        return path_typed(typed).lstat().st_size > LARGEST_MESSAGE
    return False


def make_table(desk: Desk, path: Path, work: Work) -> MailTable:
    """Read the mailbox at *path* through to its end.

    Raises UnreadableFileError for what is none, StoppedError when it was stopped.
    """

    def read(done: int, total: int) -> None:
        if work.stopped():
            raise StoppedError
        work.progress(done, total)

    own, asked = own_services(desk), was_asked(desk)
    return table_of(pieces_of(path, read), own, only_given=asked)


def in_words(table: MailTable) -> tuple[str, ...]:
    """What a table holds, in sentences."""
    told = [
        plural(
            "This file holds {count} message.",
            "This file holds {count} messages.",
            table.messages,
        ),
        plural(
            "They name {count} sender.", "They name {count} senders.", len(table.rows)
        ),
    ]
    if table.other_senders:
        told.append(
            plural(
                "{count} message more names a sender for whom there was no room.",
                "{count} messages more name senders for whom there was no room.",
                table.other_senders,
            )
        )
    if table.undated:
        told.append(
            plural(
                "{count} of them has no time that can be read.",
                "{count} of them have no such time.",
                table.undated,
            )
        )
    return (*told, _("A sender's name can be forged. See how many were confirmed."))


def line_of(row: SenderRow) -> str:
    """One sender in a line: how often, from when to when, how far confirmed."""
    count = plural("{count} message", "{count} messages", row.count)
    parts = [count, _span(row)]
    for number, words in (
        (row.genuine, _("{count} confirmed")),
        (row.failed, _("{count} failed the check")),
        (row.unknown, _("{count} not confirmed")),
    ):
        if number:
            parts.append(words.format(count=number))
    return ", ".join(part for part in parts if part)


def _span(row: SenderRow) -> str:
    if row.first is None or row.last is None:
        return ""
    first, last = _day(row.first), _day(row.last)
    if first == last:
        return first
    return _("{first} to {last}").format(first=first, last=last)


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def as_csv(table: MailTable) -> bytes:
    """The table for a spreadsheet (RFC 4180), times in UTC.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it:
    a sender chose these words.
    """
    text = io.StringIO(newline="")
    out = csv.writer(text, quoting=csv.QUOTE_ALL)
    out.writerow(_columns())
    for row in table.rows:
        counts = (row.genuine, row.failed, row.unknown)
        cells = (row.sender, row.count, _moment(row.first), _moment(row.last), *counts)
        out.writerow([_harmless(str(cell)) for cell in cells])
    return text.getvalue().encode("utf-8", "replace")


def _columns() -> tuple[str, ...]:
    return (
        *(_("sender"), _("messages"), _("first (UTC)"), _("last (UTC)")),
        *(_("confirmed"), _("failed the check"), _("not confirmed")),
    )


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}" if at else ""


def _harmless(cell: str) -> str:
    shown = "".join(x if x.isprintable() else "\ufffd" for x in cell)
    risky = shown.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA)
    return f"'{shown}" if risky else shown


def save_table(table: MailTable, typed: str) -> Path:
    """Write the table as a file; nothing that exists is replaced."""
    path = path_typed(typed)
    if is_folder(path):
        path /= NAME
    if path.suffix.lower() != ".csv":
        path = path.with_name(f"{path.name}.csv")
    return write_whole(path, as_csv(table))
