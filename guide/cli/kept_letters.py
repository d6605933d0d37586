"""Finished letters on the command line: saving, noting as sent, setting aside.

Each walks the screens that the guide has for it. A reason is asked for, never an
argument, so it is in no list of past commands.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.gates import why_closed, written
from guide.actions.journey import Journey
from guide.actions.leaving import leave_now
from guide.cli.ending import FINE, say
from guide.cli.letters import found_letter
from guide.cli.record import with_vault
from guide.cli.starting import Wishes
from guide.cli.writing import refuse_taken
from guide.files import is_folder
from guide.model.problems import LetterClosedError, NeedsTerminalError, NotFoundError
from guide.model.records import LetterState, WrittenLetter
from guide.plain.app import the_talk
from guide.plain.lines import block_lines
from guide.plain.session import Session
from guide.words import _

_USUAL = "txt"


def finish(wishes: Wishes, letter_id: str) -> int:
    """Ask for what is missing and for whom the letter is to, and freeze its text."""
    return with_vault(wishes, lambda here: _finish(here, letter_id))


def _finish(here: Desk, letter_id: str) -> int:
    letter = found_letter(here, letter_id)
    if letter.needs_message:
        raise LetterClosedError(
            _("This letter is about one saved email, which it has to read."),
            _("Use this command: guide mail complaint FILE"),
        )
    if letter.once and written(here, letter):
        raise LetterClosedError(
            _("You have already written this letter. Only one can be written here."),
            _("See it with: guide letter list"),
        )
    if closed := why_closed(here, letter):
        then = _("To be asked about it: guide letter new {letter}")
        raise LetterClosedError(closed.what, then.format(letter=letter.id))
    before = {each.id for each in here.vault.letters_ever()}
    journey = Journey(here)
    journey.open(f"letter:{letter.id}")
    _walk(journey, _Finishing())
    new = [each for each in here.vault.letters_ever() if each.id not in before]
    for each in new:
        words = _(
            "Finished as letter {number}. To save it: guide letter export {number}"
        )
        say([words.format(number=each.number)])
    return FINE if new else _nothing_changed()


class _Finishing:
    """Goes on to the last look as soon as nothing is missing, once."""

    def __init__(self) -> None:
        self._asked = False

    def __call__(self, session: Session) -> bool:
        sheet = session.journey.sheet()
        if sheet.form and not sheet.form.missing and not self._asked:
            self._asked = True
            session.journey.choose("finish")
        return sheet.name == "finished"


def export(wishes: Wishes, number: int, form: str, out: str) -> int:
    """Save letter *number* as a file; nothing that exists is replaced."""
    refuse_taken(out)
    return with_vault(wishes, lambda here: _export(here, number, form, out))


def _export(here: Desk, number: int, form: str, out: str) -> int:
    kept = _numbered(here, number)
    if kept.state is LetterState.VOID:
        raise _set_aside()
    ending = form or Path(out).suffix[1:].lower()
    journey = _at(here, kept)
    saves = {row.value for row in journey.sheet().rows}
    save = f"save:{ending}"
    journey.choose(save if save in saves else f"save:{_USUAL}")
    ask = journey.sheet().ask
    proposed = ask.value if ask else ""
    if not out:
        _walk(journey, lambda session: session.journey.sheet().name == "finished")
        return FINE
    folder = Path(out).expanduser()
    journey.typed(str(folder / Path(proposed).name) if is_folder(folder) else out)
    say(block_lines(journey.sheet().blocks[:1]))
    return FINE


def sent(wishes: Wishes, number: int) -> int:
    """Note that letter *number* has left, after one question."""
    return with_vault(wishes, lambda here: _sent(here, number))


def _sent(here: Desk, number: int) -> int:
    kept = _numbered(here, number)
    _refuse_form(kept)
    match kept.state:
        case LetterState.VOID:
            raise _set_aside()
        case LetterState.SENT:
            say([_("It was noted as sent before. Nothing was changed.")])
            return FINE
        case _:
            return _changed(here, kept, "sent", ("sure", "earlier"))


def void(wishes: Wishes, number: int) -> int:
    """Set letter *number* aside, which never left, after asking why."""
    return with_vault(wishes, lambda here: _void(here, number))


def _void(here: Desk, number: int) -> int:
    kept = _numbered(here, number)
    _refuse_form(kept)
    match kept.state:
        case LetterState.VOID:
            say([_("It was set aside before. Nothing was changed.")])
            return FINE
        case LetterState.SENT:
            from guide.vault.problems import LetterLeftError

            raise LetterLeftError
        case _:
            return _changed(here, kept, "void", ())


def _changed(here: Desk, kept: WrittenLetter, way: str, asks: tuple[str, ...]) -> int:
    """Walk from the letter along *way* until it is another letter, or left as it is.

    *asks*: rows that stand on the letter's own screen while it still asks.
    """
    journey = _at(here, kept)
    journey.choose(way)

    def done(session: Session) -> bool:
        sheet = session.journey.sheet()
        still = {row.value for row in sheet.rows} & set(asks)
        return sheet.name in ("finished", "void") and not still

    _walk(journey, done)
    now = here.vault.written_letter(kept.id)
    if now.state is kept.state:
        return _nothing_changed()
    say(block_lines(journey.sheet().blocks[:2]))
    return FINE


def _nothing_changed() -> int:
    say([_("Nothing was changed.")])
    return FINE


def _numbered(here: Desk, number: int) -> WrittenLetter:
    for each in here.vault.letters_ever():
        if each.number == number:
            return each
    raise NotFoundError(
        _("There is no finished letter with that number."),
        _("See which there are: guide letter list"),
    )


def _refuse_form(kept: WrittenLetter) -> None:
    from guide.actions.places.letter_copy import is_form

    if is_form(kept):
        raise LetterClosedError(
            _("This is a form of your own, which goes to nobody. Nothing was changed."),
            _("It can be saved with: guide letter export NUMBER"),
        )


def _set_aside() -> LetterClosedError:
    return LetterClosedError(
        _("This letter was set aside, because it never left. Nothing was changed."),
        _("It can be read in the guide, under Letters."),
    )


def _at(here: Desk, kept: WrittenLetter) -> Journey:
    journey = Journey(here)
    journey.open(f"kept:{kept.id}")
    return journey


def _walk(journey: Journey, done: Callable[[Session], bool]) -> None:
    """Talk until it is done; where nobody answers any more, say what is missing."""
    try:
        Session(journey, the_talk()).run(done)
    except EOFError:
        raise NeedsTerminalError(
            _("An answer is missing, and nobody is there to give it."),
            _("Run it in a terminal window. Nothing was changed."),
        ) from None
    if journey.left:
        leave_now()
