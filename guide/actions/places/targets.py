"""Which screen a target names, such as ``page:ID``, ``letter:ID`` or ``search``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from guide.actions.answering import open_branch, the_plan
from guide.actions.places.flow import FlowPlace
from guide.model.problems import NotFoundError
from guide.words import _

if TYPE_CHECKING:
    from guide.actions.desk import Desk
    from guide.actions.journey import Journey
    from guide.actions.places.place import Place


def place_for(journey: Journey, target: str) -> Place:
    """The screen named *target*, over what *journey* shows.

    Raises NotFoundError where there is none. Only what it needs is loaded.
    """
    kind, _colon, id_ = target.partition(":")
    match kind:
        case "page":
            from guide.actions.places.reading import PagePlace

            return PagePlace(journey.desk, id_)
        case "letter":
            return _letter(journey.desk, id_)
        case "kept":
            from guide.actions.places.letters import kept_place

            return kept_place(journey.desk, id_)
        case "help" | "help-lines":
            from guide.actions.places.reading import HelpLinesPlace

            return HelpLinesPlace(journey.desk)
        case "tool" if id_ == "mail":
            from guide.actions.places.mail import MailPlace

            return MailPlace(journey.desk)
        case _:
            return _named(journey, target)


def plan_place(desk: Desk) -> Place:
    """The plan that was made from the answers."""
    found = the_plan(desk)
    if found is None:
        raise NotFoundError(
            _("There is no plan yet."),
            _("Answer the first questions, and it is made from your answers."),
        )
    hub = found[0]
    return FlowPlace(desk, open_branch(desk, "", hub.id))


def _named(journey: Journey, target: str) -> Place:
    from guide.actions.places import commands, reading

    desk = journey.desk
    makers: dict[str, Callable[[], Place]] = {
        "letters": lambda: _letters(desk),
        "library": lambda: _library(desk, target),
        "packs": lambda: _packs(desk),
        "keep": lambda: _keep(journey),
        "bring": lambda: _bring(desk),
        "search": lambda: _search(desk),
        "width": _width,
        "review": lambda: reading.ReviewPlace(desk),
        "contents": lambda: reading.ContentsPlace(desk),
        "keys": lambda: commands.KeysPlace(journey.sheet()),
        "commands": commands.CommandsPlace,
        "looks": lambda: commands.LooksPlace(journey.look),
        "doctor": lambda: _doctor(desk),
        "tool:doctor": lambda: _doctor(desk),
        "why": lambda: reading.WhyPlace(journey.sheet()),
    }
    if target.startswith("pack:"):
        return _library(desk, target)
    if target not in makers:
        from guide.actions.places.record import record_place

        return record_place(desk, target)
    return makers[target]()


def _letters(desk: Desk) -> Place:
    from guide.actions.places.letters import LettersPlace

    return LettersPlace(desk)


def _library(desk: Desk, target: str) -> Place:
    from guide.actions.places.library import LibraryPlace, place_in

    _pack, colon, id_ = target.partition(":")
    return place_in(desk, id_) if colon else LibraryPlace(desk)


def _packs(desk: Desk) -> Place:
    from guide.actions.places.packs import PacksPlace

    return PacksPlace(desk)


def _search(desk: Desk) -> Place:
    from guide.actions.places.search import SearchPlace

    return SearchPlace(desk)


def _width() -> Place:
    from guide.actions.places.width import WidthPlace

    return WidthPlace()


def _doctor(desk: Desk) -> Place:
    from guide.actions.places.doctor import DoctorPlace

    return DoctorPlace(desk)


def _bring(desk: Desk) -> Place:
    from guide.actions.places.bringing import BringPlace

    if desk.meanwhile is None:
        raise NotFoundError
    return BringPlace(desk, desk.meanwhile)


def _keep(journey: Journey) -> Place:
    from guide.actions.keeping import vault_folder, vault_there
    from guide.actions.places import vault, vault_door, vault_open
    from guide.vault.whereabouts import lacks_key_file

    desk = journey.desk
    if not desk.may_keep:
        return vault_open.NotKeptPlace()
    if desk.opened is not None:
        return vault_open.VaultPlace(desk)
    journey.pause_all()  # what is half written moves too
    folder = vault_folder(desk.chosen_folder)
    if vault_there(folder) or lacks_key_file(folder):
        return vault_door.NotesPlace(desk, folder)
    return vault.KeepPlace(desk)


def _letter(desk: Desk, id_: str) -> Place:
    # Templates and mail are slow to load; a reader of pages never needs them.
    from guide.actions.places.letters import letter_place
    from guide.actions.places.mail import MailPlace

    letters = desk.library.letters
    if id_ in letters and letters[id_].needs_message:
        return MailPlace(desk)
    return letter_place(desk, id_)
