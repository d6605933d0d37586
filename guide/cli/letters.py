"""Letters on the command line: which there are, a blank one, and writing one."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from guide.actions.desk import Desk
from guide.actions.gates import state_words, why_closed, written
from guide.cli.ending import FINE, say
from guide.cli.opening import working_desk
from guide.cli.starting import Wishes, desk
from guide.cli.vault import quietly
from guide.letters.render import BLANK, render
from guide.model.content import Field, FieldKind, Letter
from guide.model.problems import NotFoundError
from guide.plain.lines import said, wrapped
from guide.words import _


def list_letters(wishes: Wishes) -> int:
    """Print every letter: its title, its name, why, and whether it is open.

    Then those that were finished, where there is a vault: number and state.
    """

    def show() -> int:
        here = working_desk(wishes)
        try:
            for letter in here.library.letters.values():
                say(_entry(here, letter))
            say([_("Nothing here is sent by the guide. You send a letter yourself.")])
            say(_written(here))
        finally:
            here.close()
        return FINE

    return quietly(show)


def _entry(here: Desk, letter: Letter) -> Iterator[str]:
    yield letter.title
    yield f"  guide letter show {letter.id}"
    yield from wrapped(letter.why, indent="  ", first="  ")
    if letter.once and written(here, letter):
        yield _("  It is written. Only one can be written here.")
    elif why_closed(here, letter):
        yield _("  It opens after some questions about your situation.")
    yield ""


def _written(here: Desk) -> Iterator[str]:
    kept = here.vault.letters_ever()
    if not kept:
        return
    from guide.actions.places.letters import line_of

    yield ""
    yield from said(_("Heading {level}").format(level=2), _("Written here"))
    for each in kept:
        line = f"- {line_of(each)} ({state_words(each.state)})"
        yield from wrapped(line, indent="  ")
    words = _(
        "With its number: guide letter export, guide letter sent, guide letter void"
    )
    yield from wrapped(words)


def found_letter(here: Desk, letter_id: str) -> Letter:
    """The letter with this name. Raises NotFoundError with the nearest name."""
    letters = here.library.letters
    if letter_id in letters:
        return letters[letter_id]
    close = get_close_matches(letter_id, list(letters), n=1)
    words = _("Did you mean: {word}?").format(word=close[0]) if close else ""
    raise NotFoundError(
        _("There is no letter with that name."),
        words or _("See which there are: guide letter list"),
    )


def show_letter(wishes: Wishes, letter_id: str) -> int:
    """Print what the letter needs, and the letter with its blanks."""
    here = desk(wishes.lang)
    letter = found_letter(here, letter_id)
    say(said(_("Heading {level}").format(level=1), letter.title))
    say(["", *wrapped(letter.why)])
    if why_closed(here, letter):
        words = _(
            "Sending this letter can do harm in some situations. Before it can be "
            "written, the guide asks about yours."
        )
        say(["", *said(_("Warning"), words)])
    say(["", *said(_("Heading {level}").format(level=2), _("What it needs"))])
    for field in letter.fields:
        say([] if field.from_message else _field(field))
    read = [field.label for field in letter.fields if field.from_message]
    if read:
        words = _("Read from the saved email: {fields}.")
        say(wrapped(words.format(fields="; ".join(read)), indent="  "))
    blank, write = _("The blank letter"), _("To write it: guide letter new {letter}")
    if letter.is_form:
        blank = _("The blank form")
        write = _("To fill it in or print it: guide letter new {letter}")
    say(["", *said(_("Heading {level}").format(level=2), blank), ""])
    say(_blank(here, letter))
    say(["", write.format(letter=letter.id)])
    return FINE


def _field(field: Field) -> list[str]:
    if field.kind is FieldKind.YESNO:
        how = _("yes or no")
    else:
        how = _("needed") if field.required else _("can stay empty")
    return wrapped(f"{field.label}: {how}. {field.why}".rstrip(), indent="  ")


def _blank(here: Desk, letter: Letter) -> list[str]:
    blanks = {
        # A form draws its own lines where nothing was typed.
        field.id: field.default or ("" if letter.is_form else BLANK)
        for field in letter.fields
        if field.kind not in (FieldKind.YESNO, FieldKind.LIST)
    }
    paper = render(letter, blanks, to=BLANK, today=here.today())
    subject = _("Subject: {subject}").format(subject=paper.subject)
    lines = wrapped(subject) if paper.subject else []
    for each in paper.paragraphs:
        lines += ["", *wrapped(each.text)]
    return lines
