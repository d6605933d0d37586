"""Which letters are open to this reader, and what keeps the others closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.actions.answering import due
from guide.actions.desk import Desk
from guide.model.content import Letter
from guide.model.problems import LetterClosedError, NotFoundError
from guide.words import _

if TYPE_CHECKING:
    from guide.model.records import LetterState, WrittenLetter


def letter(desk: Desk, id_: str) -> Letter:
    """The letter *id_*, or NotFoundError."""
    try:
        return desk.library.letters[id_]
    except KeyError:
        raise NotFoundError from None


def written(desk: Desk, letter: Letter) -> WrittenLetter | None:
    """The last finished letter of this kind, if there is one; of two, one that left."""
    mine = [each for each in desk.vault.letters() if each.letter_id == letter.id]
    left = [each for each in mine if each.sent_at]
    return (left or mine)[-1] if mine else None


def why_closed(desk: Desk, letter: Letter) -> LetterClosedError | None:
    """What keeps *letter* from being written; None when nothing does.

    A once-only letter that is finished stays closed, whatever is answered later.
    While a question waits to be asked afresh, a gate stays closed too.
    """
    if letter.once and written(desk, letter):
        return LetterClosedError(
            _("You have already written this letter. Only one can be written here."),
            _("A second one could start the contact again. Open the first one."),
        )
    if not gate_open(desk, letter):
        return LetterClosedError(
            _("This letter is closed for now. At the wrong moment it could do harm."),
            _("It opens when every question about it has a safe answer."),
        )
    return None


def gate_open(desk: Desk, letter: Letter) -> bool:
    """Whether the answers, as they are now, leave the gate of *letter* open."""
    return not letter.gate or (letter.gate in desk.facts() and not due(desk))


def state_words(state: LetterState) -> str:
    """What has become of a finished letter, in a word or two."""
    words = {"sent": _("sent"), "void": _("set aside")}
    return words.get(state, _("finished"))


def standing(desk: Desk, letter: Letter) -> tuple[str, str]:
    """How *letter* stands for this reader, in a word or two, and its title."""
    kept = written(desk, letter)
    if letter.once and kept:
        return state_words(kept.state), letter.title
    return (_("closed for now") if why_closed(desk, letter) else ""), letter.title
