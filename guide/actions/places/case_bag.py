"""The case with its files as screens: plain in a folder, or sealed for one reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from guide.actions import case_bags
from guide.actions.case_choice import Choice
from guide.actions.case_files import Written
from guide.actions.desk import Desk
from guide.actions.evidence_care import refuse_unconfirmed, word_for_copy
from guide.actions.keeping import refuse_different
from guide.actions.places.case_write import WrittenPlace
from guide.actions.places.place import Begin, Move, Place, Show
from guide.actions.working import Work
from guide.model.problems import InvalidAnswerError
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, item, paragraph
from guide.safety.display import show_path
from guide.words import _

WORDS, KEY, PLAIN, WITHOUT = "words", "key", "plain", "without"
_Write = Callable[[Choice, str, Work], Written]


class BagPlace(Place):
    """Sealed with a passphrase, sealed to somebody's key, or plain."""

    def __init__(self, desk: Desk, choice: Choice) -> None:
        self._desk, self._choice = desk, choice

    def sheet(self) -> Sheet:
        first = _(
            "It holds the case book, the files as they were kept, and a list of "
            "fingerprints. Anyone can check it without this program."
        )
        rows = (
            _row(
                WORDS,
                _("Sealed with a passphrase"),
                _("You tell it to them in person, or by phone"),
            ),
            _row(
                KEY,
                _("Sealed to their key"),
                _("For an advocate or a lawyer who gave you an age key"),
            ),
            _row(
                PLAIN,
                _("Not sealed"),
                _("For a stick that you hand over yourself"),
            ),
        )
        return Sheet(
            name="case-bag",
            title=_("A folder with the files"),
            trail=(_("Hand over"),),
            blocks=(paragraph(first), *self._caution()),
            rows=rows,
        )

    def _caution(self) -> list[Block]:
        lead, words = _("Before you write it"), case_bags.caution(self._choice)
        return [Block(kind=BlockKind.CALLOUT, lead=lead, text=words)] if words else []

    def choose(self, value: str) -> Move:
        made = {WORDS: WordsForBagPlace, KEY: KeyPlace, PLAIN: PlainPlace}
        if value not in made:
            raise InvalidAnswerError
        return Show(made[value](self._desk, self._choice, self))

    def back(self) -> Place | None:
        from guide.actions.places.case_preview import PreviewPlace

        return PreviewPlace(self._desk, self._choice)


class _Asking(Place):
    """One of the three, before it asks where to."""

    def __init__(self, desk: Desk, choice: Choice, before: Place) -> None:
        self._desk, self._choice, self._before = desk, choice, before

    def back(self) -> Place | None:
        return self._before

    def _where(self, write: _Write, note: str) -> Move:
        place = BagWherePlace(self._desk, self._choice, self, write, note)
        return Show(place)


class PlainPlace(_Asking):
    """What a plain folder risks, and the words that confirm it."""

    def sheet(self) -> Sheet:
        first = _(
            "Everything in it can be read by whoever finds it: the files, the names, "
            "your words. This guide cannot take it back."
        )
        second = _(
            "Write it straight onto the stick that you hand over, and not onto this "
            "computer. A deleted file can often be brought back."
        )
        label = _("To go on, type: {words}").format(words=word_for_copy())
        return Sheet(
            name="case-bag-plain",
            title=_("Write it without a seal?"),
            trail=(_("Hand over"),),
            blocks=(paragraph(first), paragraph(second)),
            ask=Ask(label=label, verb=_("Go on")),
        )

    def typed(self, text: str) -> Move:
        refuse_unconfirmed(text)
        desk = self._desk

        def write(choice: Choice, typed: str, work: Work) -> Written:
            return case_bags.write_bag(desk, choice, typed, text, work)

        return self._where(write, _("Not sealed."))


class WordsForBagPlace(_Asking):
    """A passphrase of its own, typed twice: the vault's opens everything else."""

    def __init__(
        self, desk: Desk, choice: Choice, before: Place, first: str = ""
    ) -> None:
        super().__init__(desk, choice, before)
        self._first = first

    def sheet(self) -> Sheet:
        once = _(
            "Choose a new passphrase for this folder alone. Do not use the one of your "
            "notes: whoever gets it could open those, too."
        )
        tell = _("Tell it in person or by phone, and not in the same message.")
        label = _("The same again") if self._first else _("Passphrase for the folder")
        return Sheet(
            name="case-bag-words",
            title=_("Sealed with a passphrase"),
            trail=(_("Hand over"),),
            blocks=(paragraph(once), item(tell)),
            ask=Ask(label=label, secret=True),
        )

    def typed(self, text: str) -> Move:
        desk, choice, first = self._desk, self._choice, self._first
        if not first:
            case_bags.refuse_unfit_words(desk, text)
            return Show(WordsForBagPlace(desk, choice, self._before, text))
        refuse_different(first, text)

        def write(choice: Choice, typed: str, work: Work) -> Written:
            return case_bags.seal_to_words(desk, choice, typed, text, work)

        return self._where(write, _("Sealed. They need the passphrase to open it."))


class KeyPlace(_Asking):
    """Somebody's public key, which only opens for whoever has the secret half."""

    def sheet(self) -> Sheet:
        first = _(
            "Ask them for their public age key. It begins with age1. Check with them, "
            "by phone or in person, that it is theirs."
        )
        return Sheet(
            name="case-bag-key",
            title=_("Sealed to their key"),
            trail=(_("Hand over"),),
            blocks=(paragraph(first), item(_("You cannot open it yourself then."))),
            ask=Ask(label=_("Their public key")),
        )

    def typed(self, text: str) -> Move:
        desk = self._desk
        key = case_bags.key_typed(text)

        def write(choice: Choice, typed: str, work: Work) -> Written:
            return case_bags.seal_to_key(desk, choice, typed, key, work)

        return self._where(write, _("Sealed. Only their key opens it."))


class BagWherePlace(Place):
    """Where the folder goes; then it is written, read back, and can be stopped."""

    def __init__(
        self, desk: Desk, choice: Choice, before: Place, write: _Write, note: str
    ) -> None:
        self._desk, self._choice, self._before = desk, choice, before
        self._write, self._note = write, note

    def sheet(self) -> Sheet:
        words = _("A new folder is made. Nothing that is there is replaced.")
        return Sheet(
            name="case-bag-where",
            title=_("Where to?"),
            trail=(_("Hand over"),),
            blocks=(paragraph(words),),
            ask=Ask(
                label=_("New folder"),
                value=show_path(Path.cwd() / case_bags.NAME),
                verb=_("Write it"),
            ),
        )

    def typed(self, text: str) -> Move:
        return self._begin(text, self._choice)

    def _begin(self, text: str, choice: Choice) -> Move:
        desk, note = self._desk, self._note

        def do(work: Work) -> Place:
            try:
                written = self._write(choice, text, work)
            except case_bags.PdfNotMadeError as error:
                return NoPdfPlace(error.what, self, lambda: self._again(text))
            return WrittenPlace(desk, written, note)

        work = Work(_("Writing the case book"), do)
        work.on_stop = _("You can stop at any time. Then nothing is left of it.")
        return Begin(work, instead=True)

    def _again(self, text: str) -> Move:
        return self._begin(text, replace(self._choice, pdf=False))

    def back(self) -> Place | None:
        return self._before


class NoPdfPlace(Place):
    """The PDF could not be made: whether the folder is written without it."""

    def __init__(self, what: str, before: Place, again: Callable[[], Move]) -> None:
        self._what, self._before, self._again = what, before, again

    def sheet(self) -> Sheet:
        rest = _(
            "Everything else can be written. The web page in the folder has the whole "
            "book, and every file goes along."
        )
        words = (self._what, _("Nothing was written yet."), rest)
        return Sheet(
            name="case-bag-no-pdf",
            title=_("Write it without the PDF?"),
            trail=(_("Hand over"),),
            blocks=tuple(map(paragraph, words)),
            rows=(
                Row(
                    kind=RowKind.BUTTON, value=WITHOUT, text=_("Write it without a PDF")
                ),
            ),
        )

    def choose(self, value: str) -> Move:
        if value != WITHOUT:
            raise InvalidAnswerError
        return self._again()

    def back(self) -> Place | None:
        return self._before


def _row(value: str, text: str, note: str) -> Row:
    return Row(kind=RowKind.LINK, value=value, text=text, note=note)
