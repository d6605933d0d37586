"""The bag: the case book with the files themselves, and what anyone can check them by.

Plain in a folder, once that was confirmed; or sealed, so that only a passphrase or
an advocate's key opens it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from guide.actions import given, stamping
from guide.actions.case_choice import Choice
from guide.actions.case_files import Written, book, books_of, table, watch, whole_case
from guide.actions.evidence_care import refuse_unconfirmed
from guide.actions.keeping import prove, refuse_inside_vault, vault_of
from guide.export.bag import journal
from guide.export.bag.pieces import Bag, Piece, Sink
from guide.export.bag.sealed import Lock, to_key, to_passphrase, write_sealed
from guide.export.profiles import PROFILES, ask_first
from guide.files import path_typed
from guide.model.case import Case, Exhibit
from guide.model.problems import GuideError, InvalidAnswerError, NotWrittenError
from guide.model.records import CustodyAction, CustodyEvent
from guide.vault import sealing
from guide.vault.disk import DISK
from guide.vault.journal import Journal
from guide.vault.passphrases import refuse_unfit
from guide.vault.problems import ReadOnlyVaultError, WrongPassphraseError
from guide.words import _

if TYPE_CHECKING:
    from guide.actions.desk import Desk
    from guide.actions.working import Work

NAME = "case"
_PAGE = "html"  # holds every word of the book, whatever it is
_BOOKS = ("pdf", _PAGE)
_TABLES = ("csv", "json")


class PdfNotMadeError(NotWrittenError):
    """The PDF could not be made. The bag can be written without it, once agreed."""


def caution(choice: Choice) -> str:
    """What to ask before it is written, or ""."""
    return ask_first(choice.recipient)


def write_bag(
    desk: Desk, choice: Choice, typed: str, confirmed: str, work: Work
) -> Written:
    """Write the bag as the new folder *typed*; *confirmed* says: it may be plain."""
    from guide.export.bag.folder import write_folder

    refuse_unconfirmed(confirmed)
    target = _target(desk, typed)
    case, bag = bag_of(desk, choice, work)
    work.say(_("Writing the files, and reading them back"))
    written = write_folder(
        bag, target, disk=DISK, progress=work.progress, cancelled=work.stopped
    )
    return _noted(desk, case, written.path)


def refuse_unfit_words(desk: Desk, words: str) -> None:
    """Refuse a passphrase that is weak, or the one that opens the notes themselves."""
    refuse_unfit(words)
    with suppress(WrongPassphraseError):
        prove(desk, words)
        raise InvalidAnswerError(
            _("That passphrase opens your notes. Nothing was written."),
            _("Choose another one, which you can give away."),
        )


def key_typed(typed: str) -> str:
    """A public age key; NoSuchKeyError if it is none."""
    return to_key(typed).recipient


def seal_to_words(
    desk: Desk, choice: Choice, typed: str, words: str, work: Work
) -> Written:
    """Write the bag sealed with the passphrase *words*, as the new folder *typed*."""
    refuse_unfit_words(desk, words)

    def lock() -> Lock:
        return to_passphrase(
            lambda data: sealing.locked(data, words, watch=lambda: watch(work))
        )

    return _seal(desk, choice, typed, lock, work)


def seal_to_key(
    desk: Desk, choice: Choice, typed: str, key: str, work: Work
) -> Written:
    """Write the bag sealed to somebody's public *key*, as the new folder *typed*."""
    lock = to_key(key)
    return _seal(desk, choice, typed, lambda: lock, work)


def _seal(
    desk: Desk, choice: Choice, typed: str, lock: Callable[[], Lock], work: Work
) -> Written:
    target = _target(desk, typed)
    case, bag = bag_of(desk, choice, work)
    work.say(_("Sealing the files, and reading them back"))
    written = write_sealed(
        bag,
        target,
        lock(),
        age=sealing,
        disk=DISK,
        progress=work.progress,
        cancelled=work.stopped,
    )
    return _noted(desk, case, written.path)


def _target(desk: Desk, typed: str) -> Path:
    if not desk.saving:
        raise ReadOnlyVaultError
    target = (Path.cwd() / path_typed(typed)).absolute()
    refuse_inside_vault(desk, target)
    return target


def bag_of(desk: Desk, choice: Choice, work: Work) -> tuple[Case, Bag]:
    """What goes in. A twin with words taken out has no bag: its files hold them."""
    if choice.words:
        raise GuideError(
            _("Words are to be taken out, so no files were written."),
            _("Nobody can search files for words. Write the case book instead."),
        )
    work.say(_("Writing the case book"))
    case = whole_case(desk, choice, work)
    books = _books(desk, choice, case, work)
    tables = {f"log.{each}": table(case, each) for each in _TABLES}
    pieces = [
        *(Piece.of(name, data) for name, data in (books | tables).items()),
        *(_original(desk, each, work) for each in case.exhibits),
        *_journal(desk, choice, case),
        *stamping.pieces(desk),
    ]
    watch(work)
    bag = Bag(
        name=NAME,
        title=case.title,
        made_at=case.made_at,
        pieces=tuple(pieces),
        head=case.head,
        public_key=case.public_key,
    )
    return case, bag


def _books(desk: Desk, choice: Choice, case: Case, work: Work) -> dict[str, bytes]:
    try:
        return {
            name: book(desk, volume, form, work)
            for form in (_BOOKS if choice.pdf else (_PAGE,))
            for name, volume in books_of(case, "case-book", form)
        }
    except NotWrittenError as error:
        if not choice.pdf:
            raise
        raise PdfNotMadeError(
            error.what,
            _("Write the folder without it. The web page in it has the whole book."),
        ) from None


def _original(desk: Desk, exhibit: Exhibit, work: Work) -> Piece:
    from guide.vault.sealed_export import pour

    vault, file = vault_of(desk), exhibit.evidence

    def give(sink: Sink) -> None:
        pour(vault, file, sink, cancelled=work.stopped)

    name = f"originals/{exhibit.file_name}"
    return Piece(name=name, pour=give, size=file.size, sha256=file.sha256)


def _journal(desk: Desk, choice: Choice, case: Case) -> tuple[Piece, ...]:
    """All of its entries, for whoever may see that there is more than they get."""
    if not PROFILES[choice.recipient].journal:
        return ()
    opened = vault_of(desk)
    kept = Journal(opened.connection, opened.root.signing_key())
    return journal.pieces(kept.lines(), case.head, case.public_key)


def _noted(desk: Desk, case: Case, path: Path) -> Written:
    """Each original went out: that stands in its history, whoever gets it."""
    for each in case.exhibits:
        event = CustodyEvent(
            evidence_id=each.evidence.id,
            at=desk.now(),
            action=CustodyAction.EXPORTED,
            by="",
            detail=str(path),
        )
        desk.vault.note_custody(event)
    waits = given.remember(desk, case, path.name, files=True)
    return Written(path=path, given=waits)
