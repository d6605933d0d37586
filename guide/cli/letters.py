"""Letters on the command line: which there are, a blank one, and writing one."""

from __future__ import annotations

from difflib import get_close_matches

from guide.actions.desk import Desk
from guide.actions.gates import why_closed
from guide.cli.ending import FINE, say
from guide.cli.starting import Wishes, desk
from guide.letters.render import BLANK, render
from guide.model.content import Field, FieldKind, Letter
from guide.model.problems import NotFoundError
from guide.plain.lines import said, wrapped
from guide.words import _


def list_letters(wishes: Wishes) -> int:
    """Print every letter: its title, its name, why, and whether it is open."""
    here = desk(wishes.lang)
    for letter in here.library.letters.values():
        say([letter.title, f"  guide letter show {letter.id}"])
        say(wrapped(letter.why, indent="  ", first="  "))
        if why_closed(here, letter):
            say([_("  It opens after some questions about your situation.")])
        say([""])
    say([_("Nothing here is sent by the guide. You send a letter yourself.")])
    return FINE


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
    say(["", *said(_("Heading {level}").format(level=2), _("The blank letter")), ""])
    say(_blank(here, letter))
    say(["", _("To write it: guide letter new {letter}").format(letter=letter.id)])
    return FINE


def _field(field: Field) -> list[str]:
    if field.kind is FieldKind.YESNO:
        how = _("yes or no")
    else:
        how = _("needed") if field.required else _("can stay empty")
    return wrapped(f"{field.label}: {how}. {field.why}".rstrip(), indent="  ")


def _blank(here: Desk, letter: Letter) -> list[str]:
    blanks = {
        field.id: field.default or BLANK
        for field in letter.fields
        if field.kind not in (FieldKind.YESNO, FieldKind.LIST)
    }
    paper = render(letter, blanks, to=BLANK, today=here.today())
    lines = wrapped(_("Subject: {subject}").format(subject=paper.subject))
    for each in paper.paragraphs:
        lines += ["", *wrapped(each.text)]
    return lines
