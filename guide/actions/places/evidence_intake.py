"""Taking files in: what was found, the question about pictures, what is said of them.

Nothing is kept before all of that. "Yes" and "not sure" end at the stop page, and
nothing remembers which files were named.
"""

from __future__ import annotations

from dataclasses import dataclass

from guide.actions.desk import Desk
from guide.actions.evidence import Tie, count_and_size, keep
from guide.actions.finding import Found, Refused
from guide.actions.notes import EVIDENCE, Notes, forget
from guide.actions.picture_gate import (
    STOP_PAGE,
    AgeUnknownError,
    Answer,
    MayKeep,
    StopHereError,
    answer_images,
    nothing_to_ask,
)
from guide.actions.places.place import Begin, Close, Move, Open, Place, Show
from guide.actions.places.reading import PagePlace
from guide.actions.places.writing_down import LookPlace, StepPlace, Writing
from guide.actions.working import Work
from guide.media import in_words
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, heading, item, paragraph
from guide.safety.display import show_path
from guide.words import _, plural

GO_ON, NOT_NOW = "go-on", "not-now"
MOST_SHOWN = 12


def found_place(desk: Desk, found: Found, tie: Tie) -> Place:
    """What was found, before anything of it is kept."""
    return FoundPlace(desk, found, tie)


def stop_place(desk: Desk) -> Place:
    """The page on what to do without a copy."""
    return PagePlace(desk, STOP_PAGE)


class FoundPlace(Place):
    """What was found behind a name, and what of it cannot be kept."""

    def __init__(self, desk: Desk, found: Found, tie: Tie) -> None:
        self._desk, self._found, self._tie = desk, found, tie

    def sheet(self) -> Sheet:
        found = self._found
        blocks = [*_files(found), *refused_blocks(found.refused)]
        blocks.append(paragraph(_("Nothing is kept yet.")))
        go_on = [_button(GO_ON, _("Go on"), key="n")] if found.files else []
        return Sheet(
            name="evidence-found",
            title=_("What was found"),
            trail=(_("Evidence"),),
            blocks=tuple(blocks),
            rows=(*go_on, _button(NOT_NOW, _("Not now"))),
        )

    def choose(self, value: str) -> Move:
        desk, found = self._desk, self._found
        if value != GO_ON or not found.files:
            return Close()
        if found.asks:
            return Show(PicturesPlace(desk, found, self._tie))
        return Show(
            first_step(_Intake(desk, found, nothing_to_ask(desk, found), self._tie))
        )


class PicturesPlace(Place):
    """The question of facts 8.3. There is no way past it, and none to skip it."""

    def __init__(self, desk: Desk, found: Found, tie: Tie) -> None:
        self._desk, self._found, self._tie = desk, found, tie

    def sheet(self) -> Sheet:
        first = _(
            "Pictures, videos and packed files can hold sexual pictures. It counts "
            "if someone shown is, looks or was under 18, also in a fake, and also if "
            "it is you."
        )
        second = _(
            "Please do not open anything to find out. “I am not sure” is a full "
            "answer, and it leads to the careful way."
        )
        choices = {
            Answer.YES: _("Yes, someone in it is, was or looks under 18"),
            Answer.UNSURE: _("I am not sure"),
            Answer.ADULT: _("There is a sexual picture, and everyone is an adult"),
            Answer.NO: _("No, there is no sexual picture in it"),
        }
        return Sheet(
            name="evidence-pictures",
            title=_("Might it show someone under 18 in a sexual picture?"),
            trail=(_("Evidence"),),
            blocks=(paragraph(first), paragraph(second)),
            rows=tuple(
                _button(value, text)  # not a choice: no answer to this is kept
                for value, text in choices.items()
            ),
            why=_(
                "In most countries, copying a sexual picture of anyone under 18 can be "
                "a crime, even as proof. So this is asked before anything is kept."
            ),
        )

    def choose(self, value: str) -> Move:
        if value not in tuple(Answer):
            return Open(value)
        desk, found = self._desk, self._found
        try:
            may = answer_images(desk, found, value)
        except StopHereError:
            return Show(stop_place(desk))
        except AgeUnknownError as error:
            return Show(AgeUnknownPlace(str(error)))
        intake = _Intake(desk, found, may, self._tie)
        return Show(AdultPlace(intake) if may.sensitive else first_step(intake))

    def back(self) -> Place | None:
        return FoundPlace(self._desk, self._found, self._tie)


class AgeUnknownPlace(Place):
    """Why pictures of adults are not kept where nobody was said to be one."""

    def __init__(self, said: str) -> None:
        self._said = said

    def sheet(self) -> Sheet:
        row = Row(
            kind=RowKind.LINK, value="review", text=_("See what I have said so far")
        )
        careful = _(
            "So the guide takes the careful way. The web address, the account name and "
            "a few words are enough for nearly every report."
        )
        return Sheet(
            name="evidence-age",
            title=_("Not kept, to be careful"),
            trail=(_("Evidence"),),
            blocks=(paragraph(self._said), paragraph(careful)),
            rows=(row,),
        )

    def choose(self, value: str) -> Move:
        return Open(value)


class AdultPlace(Place):
    """What is often enough instead, before an intimate picture is kept."""

    def __init__(self, intake: _Intake) -> None:
        self._intake = intake

    def sheet(self) -> Sheet:
        first = _(
            "A capture with the picture covered or cut off, and the web address, are "
            "enough for nearly every report."
        )
        second = _(
            "Keep the picture itself only if it shows you, and only if you want to. "
            "Whoever helps you should not copy it."
        )
        third = _(
            "It will be marked as intimate. The guide never draws it, and leaves it "
            "out when it hands many files over."
        )
        return Sheet(
            name="evidence-adult",
            title=_("Is a picture of it needed?"),
            trail=(_("Evidence"),),
            blocks=tuple(map(paragraph, (first, second, third))),
            rows=(
                _button(NOT_NOW, _("Do not keep it")),
                _button(GO_ON, _("It shows me, and I want to keep it, marked")),
            ),
        )

    def choose(self, value: str) -> Move:
        return Show(first_step(self._intake)) if value == GO_ON else Close()

    def back(self) -> Place | None:
        return PicturesPlace(self._intake.desk, self._intake.found, self._intake.tie)


@dataclass(frozen=True, slots=True)
class _Intake:
    """Files that may be kept, while it is asked what is known of them."""

    desk: Desk
    found: Found
    may: MayKeep
    tie: Tie


def first_step(intake: _Intake) -> Place:
    """What is asked about them, one thing at a time; each can be skipped."""

    def go_on(notes: Notes, _why: str) -> Move:
        def with_tie(tie: Tie) -> Move:
            return keeping(intake, notes, tie)

        if intake.tie:
            return with_tie(intake.tie)
        from guide.actions.places.evidence_which import WhichPlace

        return Show(
            WhichPlace(intake.desk, with_tie, LookPlace(writing, notes), none=True)
        )

    waiting = _("Nothing is kept yet. To keep it now, choose “That is all”.")
    writing = Writing(
        desk=intake.desk,
        trail=_("Evidence"),
        keep=go_on,
        about=tuple(_files(intake.found)),
        waiting=waiting,
    )
    return StepPlace(writing, Notes(kind=EVIDENCE, step="source"))


def keeping(intake: _Intake, notes: Notes, tie: Tie) -> Move:
    """Keep them now; the way out of it is Stop, which keeps what was finished."""

    def do(work: Work) -> Place:
        from guide.actions.places.evidence_kept import KeptPlace

        desk = intake.desk
        result = keep(desk, intake.found, intake.may, notes, tie, work)
        forget(desk, notes)
        return KeptPlace(desk, result, tie)

    work = Work(_("Keeping it, byte for byte"), do)
    work.on_stop = _(
        "You can stop at any time. What is finished stays kept, and nothing is kept "
        "by half."
    )
    return Begin(work, instead=True)


def refused_blocks(refused: tuple[Refused, ...]) -> list[Block]:
    """What is not kept, each with its reason."""
    if not refused:
        return []
    blocks = [heading(_("This cannot be kept"))]
    blocks += [item(f"{each.name}: {each.why}") for each in refused[:MOST_SHOWN]]
    if len(refused) > MOST_SHOWN:
        blocks.append(item(_more(len(refused) - MOST_SHOWN)))
    return blocks


def _files(found: Found) -> list[Block]:
    count = len(found.files)
    blocks = [paragraph(count_and_size(count, found.size))]
    blocks += [
        item(_found_line(each.path.name, each.looked.media_type))
        for each in found.files[:MOST_SHOWN]
    ]
    return [*blocks, item(_more(count - MOST_SHOWN))] if count > MOST_SHOWN else blocks


def _found_line(name: str, media: str) -> str:
    return f"{show_path(name)}: {in_words(media)}"


def _more(count: int) -> str:
    return plural("and {count} more", "and {count} more", count)


def _button(value: str, text: str, *, key: str = "") -> Row:
    return Row(kind=RowKind.BUTTON, value=value, text=text, key=key)
