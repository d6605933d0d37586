"""What was written down so far, as it would be kept: pure of any choice."""

from __future__ import annotations

from datetime import date

from guide.actions.desk import Desk
from guide.actions.knowing import name_of
from guide.actions.notes import CONTACT, Notes
from guide.actions.places.steps import Step, StepKind, steps_of
from guide.actions.recording import NEW, PERSON, UNKNOWN, how_kept
from guide.model.sheet import Sheet
from guide.model.telling import in_words, the_day
from guide.model.text import Block, BlockKind, heading, paragraph
from guide.model.times import When
from guide.safety.display import show
from guide.words import _

LONGEST = 100_000


def check_sheet(desk: Desk, notes: Notes, trail: str) -> Sheet:
    """Everything in *notes*, with a warning where a time is still to come."""
    blocks = [paragraph(_("Nothing is kept as a record before you choose it."))]
    blocks += future_warning(desk, notes.when)
    for step in steps_of(notes.kind):
        blocks += _said(desk, notes, step)
    draft = _("Until then, what you typed waits in your vault.")
    blocks.append(paragraph(draft if desk.vault.on_disk else how_kept(desk)))
    title = _("Is this right?") if notes.of else _("Look it over")
    return Sheet(
        name=f"{notes.kind}-check", title=title, trail=(trail,), blocks=tuple(blocks)
    )


def future_warning(desk: Desk, when: When) -> list[Block]:
    """A question about a time that has not come yet."""
    if when.start is None or when.start <= desk.now():
        return []
    words = _("This time is still to come. Is the year right, and the day?")
    return [Block(kind=BlockKind.CALLOUT, lead=_("Please check"), text=words)]


def _said(desk: Desk, notes: Notes, step: Step) -> list[Block]:
    if step.id in notes.not_known:
        return [field(step.name, _("you don't know"))]
    if step.kind is StepKind.WHEN:
        return _when(notes, step)
    value = notes.value(step.id)
    if not value.strip():
        return []
    if step.kind is StepKind.LONG:
        return long_field(step.name, value)
    return [field(step.name, _short(desk, step, value))]


def _when(notes: Notes, step: Step) -> list[Block]:
    if notes.when.start is not None:
        return when_blocks(notes.when)
    return [field(step.name, _("just now"))] if notes.kind == CONTACT else []


def _short(desk: Desk, step: Step, value: str) -> str:
    match step.kind:
        case StepKind.WHO:
            return _who(desk, value)
        case StepKind.DAY:
            return the_day(date.fromisoformat(value))
        case _:
            return value


def _who(desk: Desk, value: str) -> str:
    if value == UNKNOWN:
        return _("somebody you don't know")
    if value.startswith(PERSON):
        return name_of(desk, value.removeprefix(PERSON))
    words = _("{name} (new in your record)")
    return words.format(name=show(value.removeprefix(NEW)))


def when_blocks(when: When) -> list[Block]:
    """A time as it is known, and as it was typed."""
    told = in_words(when)
    if when.zone:
        told = f"{told}, {when.zone}"
    blocks = [field(_("When"), told)]
    if when.words:
        blocks.append(field(_("In your words"), when.words))
    return blocks


def field(name: str, value: str) -> Block:
    """A name and one line."""
    return Block(kind=BlockKind.FIELD, lead=f"{name}: ", text=show(value))


def long_field(name: str, value: str) -> list[Block]:
    """A name, and text of more than one line beneath it where it needs them."""
    if "\n" not in value.strip():
        return [field(name, value.strip("\n"))]
    text = show(value, multiline=True, limit=LONGEST)
    return [heading(name, 3), paragraph(text)]
