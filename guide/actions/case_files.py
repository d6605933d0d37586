"""A case as files: the book in any format, the tables, the receipt to sign.

What is written is plain: whoever finds it can read it. It is written whole or not at
all, and nothing that is there is replaced.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from guide.actions.case_choice import Choice
from guide.actions.given import Given, remember
from guide.actions.handing_over import case_for
from guide.actions.keeping import refuse_inside_vault, vault_of
from guide.actions.receipt import receipt_paper
from guide.export.redacting import redact
from guide.export.volumes import volumes
from guide.files import is_folder, path_typed, write_whole
from guide.model.case import Case, Exhibit, Part
from guide.model.problems import GuideError
from guide.vault.problems import StoppedError
from guide.words import _

if TYPE_CHECKING:
    from guide.actions.desk import Desk
    from guide.actions.working import Work

BOOKS = ("pdf", "docx", "html")
TABLES = ("csv", "json")
RECEIPTS = ("pdf", "docx", "txt")
_MAIL = "message/rfc822"
_HEADERS = 32 << 10  # bytes of a mail that are looked through for its headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where it is; and what waits to be noted as handed over, where that is kept.

    ``count`` is how many volumes there are; ``path`` is the first of them.
    """

    path: Path
    given: Given | None = None
    count: int = 1


def write_book(
    desk: Desk, choice: Choice, format_: str, typed: str, work: Work
) -> Written:
    """Write the case book, or a table of the log, where the reader *typed*.

    A large book becomes several files; all of them are there in the end, or none.
    """
    path = place_for(desk, typed, format_)
    case = whole_case(desk, choice, work)
    if format_ in TABLES:
        paths = [write_whole(path, table(case, format_))]
    else:
        paths = _write_volumes(desk, case, path, work)
    given = _noted(desk, case, ", ".join(each.name for each in paths))
    return Written(path=paths[0], given=given, count=len(paths))


def _write_volumes(desk: Desk, case: Case, path: Path, work: Work) -> list[Path]:
    format_ = path.suffix.removeprefix(".").lower()
    with ExitStack() as undo:
        paths = []
        for name, volume in books_of(case, path.stem, format_):
            data = book(desk, volume, format_, work)
            written = write_whole(path.with_name(name), data)
            undo.callback(written.unlink, missing_ok=True)
            paths.append(written)
        undo.pop_all()
    return paths


def books_of(case: Case, stem: str, format_: str) -> tuple[tuple[str, Case], ...]:
    """The files that a book becomes: their names, and what each holds."""
    parts = volumes(case) if format_ == "pdf" else (case,)
    if len(parts) == 1:
        return ((f"{stem}.{format_}", case),)
    return tuple(
        (f"{stem}-{n}-of-{len(parts)}.{format_}", each)
        for n, each in enumerate(parts, 1)
    )


def write_receipt(desk: Desk, choice: Choice, format_: str, typed: str) -> Path:
    """Write the sheet that both sides can sign where the reader *typed*."""
    from guide.letters.formats import write

    path = place_for(desk, typed, format_)
    return write_whole(path, write(receipt_paper(case_for(desk, choice)), format_))


def _noted(desk: Desk, case: Case, what: str, *, files: bool = False) -> Given | None:
    return remember(desk, case, what, files=files) if desk.saving else None


def book(desk: Desk, case: Case, format_: str, work: Work) -> bytes:
    """The case book as the bytes of a file."""
    from guide.export.book import write

    def picture(exhibit: Exhibit) -> bytes | None:
        watch(work)
        return _picture(desk, exhibit)

    return write(case, format_, picture, lambda: watch(work))


def table(case: Case, format_: str) -> bytes:
    """The log as a table for a spreadsheet, or as JSON."""
    from guide.export.tables import log_csv, log_json

    return log_csv(case) if format_ == "csv" else log_json(case)


def whole_case(desk: Desk, choice: Choice, work: Work) -> Case:
    """The case with the headers of its mails, redacted as the reader chose."""
    case = case_for(desk, replace(choice, words=frozenset()))
    if Part.PRINTED in case.parts and desk.opened is not None:
        exhibits = []
        for n, each in enumerate(case.exhibits):
            watch(work)
            work.progress(n, len(case.exhibits))
            exhibits.append(_with_headers(desk, each))
        case = replace(case, exhibits=tuple(exhibits))
    return redact(case, choice.words)


def _with_headers(desk: Desk, exhibit: Exhibit) -> Exhibit:
    if exhibit.evidence.media_type != _MAIL:
        return exhibit
    from guide.vault.sealed_reading import read_file

    start = read_file(vault_of(desk), exhibit.evidence, limit=_HEADERS)
    lines = start.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return replace(exhibit, headers=lines.decode("utf-8", "replace"))


def _picture(desk: Desk, exhibit: Exhibit) -> bytes | None:
    """What is printed of a picture; None where it cannot be drawn."""
    from guide.media.printing import for_print
    from guide.vault.sealed_reading import LARGEST_PREVIEW, read_file

    file = exhibit.evidence
    if desk.opened is None or file.size > LARGEST_PREVIEW:
        return None
    data = read_file(vault_of(desk), file, limit=LARGEST_PREVIEW)
    return for_print(file.media_type, data)


def watch(work: Work) -> None:
    """Stop where the reader has had enough."""
    if work.stopped():
        raise StoppedError


def place_for(desk: Desk, typed: str, format_: str) -> Path:
    """The file that was typed, with the ending of its format; outside the vault."""
    named = path_typed(typed)
    if is_folder(named):
        raise GuideError(
            _("That is a folder. Nothing was written."),
            _("Type a file name after it."),
        )
    ending = f".{format_}"
    path = named if named.name.lower().endswith(ending) else Path(f"{named}{ending}")
    path = Path.cwd() / path
    refuse_inside_vault(desk, path)
    return path
