"""Starting the guide: which front end, why, and always under supervision.

Before the fork nothing heavy or private is loaded; the front ends are imported in
the child.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guide.cli.ending import FINE, explained, note, say
from guide.model.problems import NeedsTerminalError
from guide.model.reading_width import read_at
from guide.safety.leave import supervised
from guide.safety.terminal import CANNOT_DRAW
from guide.settings import LOOKS, PLAIN, Kept, Settings, read_settings, settings_file
from guide.words import _

if TYPE_CHECKING:
    from pathlib import Path

    from guide.actions.desk import Desk
    from guide.actions.journey import Journey

USUAL_LOOK = "night"
LIBRARY = "library"
PLAIN_CHOSEN = 64  # how the interface says that plain mode was chosen in it
NARROWEST, LOWEST = 40, 12
_NO = frozenset({"", "0", "no", "off", "false"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was asked for on the command line."""

    plain: bool | None = None
    lang: str = ""
    start: str = ""  # where to begin; home when empty
    anyway: bool = False  # also without a terminal
    vault: str = ""  # the folder of the vault; the usual one when empty
    keep_nothing: bool = False
    passphrase_fd: int = -1  # where the passphrase is read from; -1 asks for it
    pack: str = ""  # a folder or zip of lessons to read in this run alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the terminal can do."""

    typed: bool  # somebody types
    read: bool  # somebody reads along
    utf8: bool
    columns: int
    lines: int

    @property
    def terminal(self) -> bool:
        """Whether somebody is there at all."""
        return self.typed and self.read


def surroundings() -> Surroundings:
    """The terminal of this process."""
    try:
        size = tuple(os.get_terminal_size(1))
    except OSError:
        size = (0, 0)
    columns, lines = size if all(size) else (80, 24)  # not every terminal knows
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    return Surroundings(
        typed=os.isatty(0),
        read=os.isatty(1),
        utf8=encoding == "utf8",
        columns=columns,
        lines=lines,
    )


def why_plain(
    flag: bool | None,
    environment: Mapping[str, str],
    settings: Settings,
    around: Surroundings,
) -> str:
    """Why plain mode is on, in a sentence; "" when the interface is to start.

    The flag, ``GUIDE_PLAIN``, ``ACCESSIBLE``, the settings, then what the terminal
    cannot do: the first that says anything decides.
    """
    if flag is not None:
        return _("you asked for it.") if flag else ""
    asked = environment.get("GUIDE_PLAIN")
    if asked is not None:
        return "" if asked.lower() in _NO else _("GUIDE_PLAIN asks for it.")
    if environment.get("ACCESSIBLE", "").lower() not in _NO:
        return _("ACCESSIBLE asks for it.")
    if settings.plain or environment.get("GUIDE_THEME") == PLAIN:
        return _("your settings ask for it.")
    return _what_is_missing(environment, around)


def _what_is_missing(environment: Mapping[str, str], around: Surroundings) -> str:
    if not around.terminal:
        return _("there is no terminal to draw on.")
    if sys.platform != "win32" and environment.get("TERM", "") in CANNOT_DRAW:
        return _("this terminal cannot draw a screen. Leaving cannot empty it either.")
    if not around.utf8:
        return _("this terminal does not use UTF-8.")
    if around.columns < NARROWEST or around.lines < LOWEST:
        words = _("this window is smaller than {columns} by {lines}.")
        return words.format(columns=NARROWEST, lines=LOWEST)
    return ""


def start(wishes: Wishes) -> int:
    """The guide, in the front end that fits; without a terminal, what it is."""
    around = surroundings()
    if not around.terminal and wishes.plain is None and not wishes.anyway:
        from guide.cli.home import home_page

        say(home_page())
        return FINE
    if not around.terminal and wishes.plain is False:
        raise NeedsTerminalError
    kept = read_settings(settings_file())
    if kept.problem:
        note(kept.problem)
    read_at(kept.settings.width)
    why = why_plain(wishes.plain, os.environ, kept.settings, around)
    first = around.terminal and not kept.there and not wishes.start
    if why:
        return in_plain_mode(wishes, kept.settings, why=why, first_run=first)
    return _in_the_interface(wishes, kept, first_run=first)


def in_plain_mode(
    wishes: Wishes, settings: Settings, *, why: str, first_run: bool
) -> int:
    """The guide line by line."""

    def talk() -> int:
        from guide.plain.app import run

        return run(journey(wishes, first_run=first_run), why=why)

    return watched(talk, settings, raw=False)


def _in_the_interface(wishes: Wishes, kept: Kept, *, first_run: bool) -> int:
    settings = kept.settings

    def show_screens() -> int:
        from guide.tui.app import run

        look = look_of(os.environ, settings)
        begun = journey(wishes, first_run=first_run)
        return run(begun, look, letters=settings.keys)

    code = watched(show_screens, settings, raw=True)
    if code != PLAIN_CHOSEN:
        return code
    chosen = _("you chose it.")
    again = replace(wishes, plain=True)
    return in_plain_mode(again, settings, why=chosen, first_run=False)


def watched(interface: Callable[[], int], settings: Settings, *, raw: bool) -> int:
    """Run *interface* so that the reader can always leave; its failures are said."""
    return supervised(
        lambda: explained(interface),
        raw=raw,
        erase_scrollback=settings.erase_scrollback,
    )


def journey(wishes: Wishes, *, first_run: bool) -> Journey:
    """A journey that stands where the reader wants to begin, or at the door."""
    from guide.actions.journey import Journey

    here, door = sitting(wishes), door_of(wishes)
    if door is not None and wishes.passphrase_fd >= 0:
        from guide.cli.opening import vault_desk

        here, door, first_run = vault_desk(wishes), None, False
    then = LIBRARY if wishes.pack else ""
    if wishes.start == LIBRARY:
        then = LIBRARY
    elif wishes.start:
        from guide.cli.reading import target

        then = target(here, wishes.start)
    return Journey(here, first_run=first_run, door=door, then=then)


def door_of(wishes: Wishes) -> Path | None:
    """The folder of the vault that is to be opened first, if there is one.

    Raises NoVaultError where one was named and none is there.
    """
    if wishes.keep_nothing:
        return None
    if wishes.vault or wishes.passphrase_fd >= 0:
        from guide.actions.keeping import refuse_without_vault, vault_folder

        folder = vault_folder(wishes.vault)
        refuse_without_vault(folder)
        return folder
    from guide.vault.whereabouts import default_folder, is_vault, lacks_key_file

    folder = default_folder()
    return folder if is_vault(folder) or lacks_key_file(folder) else None


def look_of(environment: Mapping[str, str], settings: Settings) -> str:
    """The look to start with."""
    look = environment.get("GUIDE_THEME", "") or settings.theme
    return look if look in LOOKS else USUAL_LOOK


def sitting(wishes: Wishes) -> Desk:
    """A desk that keeps nothing so far, and knows where it may come to keep."""
    from guide.actions.pack_shelf import has_packs

    may = not wishes.keep_nothing
    here = desk(wishes.lang)
    here.lessons.named = wishes.pack
    here.lessons.there = bool(wishes.pack) or has_packs()
    return replace(here, chosen_folder=wishes.vault, may_keep=may)


def desk(lang: str) -> Desk:
    """A desk that keeps nothing, in the reader's language."""
    from guide.actions.desk import keep_nothing
    from guide.cli.tongue import content_language, missing_language
    from guide.library.loader import content_root

    content = content_root()
    if missing := missing_language(content, lang):
        note(missing)
    return keep_nothing(content, content_language(content, lang))
