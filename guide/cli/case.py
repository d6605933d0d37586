"""The case on the command line. Results go to standard output, the rest beside."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from guide.cli.ending import FINE, note, say
from guide.cli.evidence_care import Aloud
from guide.cli.record import say_sheet, with_vault
from guide.cli.starting import Wishes
from guide.model.problems import NeedsTerminalError, NotWrittenError
from guide.model.sheet import RowKind, Sheet
from guide.plain.lines import said, wrapped
from guide.words import _

if TYPE_CHECKING:
    from guide.actions.case_choice import Choice
    from guide.actions.case_files import Written
    from guide.actions.desk import Desk
    from guide.actions.journey import Journey

_SCREENS = ("", "items", "stays", "read")
_MORE = "more"
_LISTED = ("items", "read")


def show_preview(wishes: Wishes, whom: str) -> int:
    """Print what would leave, each thing, what stays, and the places to look at."""

    def show(here: Desk) -> int:
        from guide.actions.journey import Journey

        for screen in _SCREENS:
            journey = Journey(here)
            journey.open("case")
            journey.choose(whom)
            if not screen:
                say_sheet(journey.sheet())
            elif _has(journey, screen):
                journey.choose(screen)
                _say_pages(journey, rows=screen in _LISTED)
        return FINE

    return with_vault(wishes, show)


def _has(journey: Journey, value: str) -> bool:
    return any(row.value == value for row in journey.sheet().rows)


def _say_pages(journey: Journey, *, rows: bool) -> None:
    while True:
        say([""])
        say_sheet(journey.sheet())
        if rows:
            _say_rows(journey.sheet())
        if not _has(journey, _MORE):
            return
        journey.choose(_MORE)


def _say_rows(sheet: Sheet) -> None:
    for row in sheet.rows:
        if row.group:
            say(["", *said(_("Heading {level}").format(level=2), row.group)])
        if row.kind is RowKind.BOX:
            more = f" ({row.note})" if row.note else ""
            say(wrapped(f"- {row.text}{more}", indent="  "))


def choice_of(whom: str, *, pdf: bool = True) -> Choice:
    """What a command line asks for."""
    from guide.actions.case_choice import Choice
    from guide.model.case import Recipient

    return Choice(recipient=Recipient(whom), pdf=pdf)


def export(wishes: Wishes, whom: str, form: str, file: str) -> int:
    """Write the case book as *file*."""

    def write(here: Desk) -> int:
        from guide.actions.case_files import write_book

        _warn()
        return _written(write_book(here, choice_of(whom), form, file, Aloud()))

    return with_vault(wishes, write)


def receipt(wishes: Wishes, whom: str, form: str, file: str) -> int:
    """Write the receipt as *file*."""

    def write(here: Desk) -> int:
        from guide.actions.case_files import Written, write_receipt

        _warn()
        path = write_receipt(here, choice_of(whom), form, file)
        return _written(Written(path=path))

    return with_vault(wishes, write)


def bag(wishes: Wishes, choice: Choice, place: str, *, sealed: bool, key: str) -> int:
    """Write the bag as the folder *place* once that was confirmed, or as one file."""

    def write(here: Desk) -> int:
        from guide.actions.case_bags import PdfNotMadeError

        try:
            return _written(_bag(here, wishes, choice, place, sealed=sealed, key=key))
        except PdfNotMadeError as error:
            words = _("Add --no-pdf: the web page in the folder has the whole book.")
            raise NotWrittenError(error.what, words) from None

    return with_vault(wishes, write)


def _bag(
    here: Desk, wishes: Wishes, choice: Choice, place: str, *, sealed: bool, key: str
) -> Written:
    from guide.actions import case_bags
    from guide.actions.keeping import refuse_different

    if caution := case_bags.caution(choice):
        note(caution)
    if key:
        return case_bags.seal_to_key(here, choice, place, key, Aloud())
    if sealed:
        from guide.cli.opening import secret

        words = secret(wishes, _("Passphrase for the folder"))
        refuse_different(words, secret(wishes, _("The same again")))
        return case_bags.seal_to_words(here, choice, place, words, Aloud())
    return case_bags.write_bag(here, choice, place, _confirmed(), Aloud())


def _confirmed() -> str:
    from guide.actions.evidence_care import word_for_copy

    _warn()
    words = _("To have one, type: {words}")
    note(words.format(words=word_for_copy()))
    typed = sys.stdin.readline()
    if not typed:
        raise NeedsTerminalError(
            _("The words were not typed, so nothing was written."),
            _("Run it in a terminal window."),
        )
    return typed.rstrip("\r\n")


def _warn() -> None:
    note(_("What is written is not sealed: whoever finds it can read it."))
    note(_("A deleted file can often be brought back."))


def _written(written: Written) -> int:
    from guide.safety.display import show_path

    say([f"{_('Saved')}: {show_path(written.path)}"])
    if written.given:
        note(_("Once you have handed it over, note it: Home, Hand the case over."))
    return FINE
