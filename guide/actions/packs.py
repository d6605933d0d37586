"""Packs of lessons: which there are, adding one, removing one, opening one.

A pack stands beside the guide and never in it. No page, letter, gate or help line is
ever looked for in a pack: what a pack holds is named ``pack:NAME/…``, and only the
screens of the library open such a name.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.pack_shelf import packs_folder
from guide.files import path_typed, write_whole
from guide.library.packs.copying import ENDING, packed
from guide.library.packs.names import slug
from guide.library.packs.opening import OpenPack, open_kept, open_pack
from guide.library.packs.problems import PackThereError
from guide.library.packs.walking import Walked, all_findings, walk
from guide.model.pack import About
from guide.model.problems import (
    Finding,
    GuideError,
    NotFoundError,
    NotWrittenError,
    not_written,
)
from guide.words import _

FOR_NOW = "this-run"  # the pack of --pack: it never takes the name of another
_OWNER_ONLY = 0o700
_PART = re.compile(r"\.[0-9a-f]{16}\.part", re.ASCII)  # as `write_whole` names them


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A pack that can be opened, or why it cannot."""

    name: str
    about: About | None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackReport:
    """What there is in a pack, and everything that is odd in it."""

    about: About
    findings: tuple[Finding, ...]
    walked: Walked | None = None


def added_names() -> tuple[str, ...]:
    """The names of the packs that were added, in order."""
    folder = packs_folder()
    try:
        found = [each.name for each in folder.iterdir()]
    except OSError:
        return ()
    names = (name.removesuffix(ENDING) for name in found if name.endswith(ENDING))
    return tuple(sorted(name for name in names if slug(name) == name))


def shelved(desk: Desk) -> tuple[Shelved, ...]:
    """Every pack that can be read here: the one of this run first."""
    return tuple(_shelved(desk, name) for name in readable(desk))


def added(desk: Desk) -> tuple[Shelved, ...]:
    """Every pack that was added, whether it opens or not."""
    return tuple(_shelved(desk, name) for name in added_names())


def readable(desk: Desk) -> tuple[str, ...]:
    """The names of the packs that can be read here: the one of this run first."""
    named = (FOR_NOW,) if desk.lessons.named else ()
    return (*named, *added_names())


def _shelved(desk: Desk, name: str) -> Shelved:
    try:
        opened = pack_of(desk, name)
    except GuideError as error:
        return Shelved(name=name, about=None, problem=str(error))
    return Shelved(name=name, about=opened.about)


def pack_of(desk: Desk, name: str) -> OpenPack:
    """The pack with this name, opened once. Raises NotFoundError and others."""
    if name == FOR_NOW and desk.lessons.named:
        return _named(desk)
    if name not in added_names():
        raise NotFoundError(
            _("There is no pack with that name."), _("See all: guide pack list")
        )
    if name not in desk.lessons.opened:
        desk.lessons.opened[name] = open_kept(kept_at(name))
    return desk.lessons.opened[name]


def _named(desk: Desk) -> OpenPack:
    opened = desk.lessons.opened
    if FOR_NOW not in opened:
        opened[FOR_NOW] = open_pack(path_typed(desk.lessons.named), FOR_NOW)
    return opened[FOR_NOW]


def read_pack(place: str, name: str = "") -> OpenPack:
    """The pack in a folder or zip that the reader named, before it is added."""
    return open_pack(path_typed(place), name)


def add_pack(opened: OpenPack, *, replace: bool = False) -> Path:
    """Copy the checked texts of *opened* to where packs are kept.

    The copy appears whole or not at all. Raises PackThereError, NotWrittenError.
    """
    return keep_copy(opened.about.name, packed(opened), replace=replace)


def keep_copy(name: str, copy: bytes, *, replace: bool = False) -> Path:
    """Put the packed texts *copy* where packs are kept, as `add_pack` does."""
    if name == FOR_NOW or (name in added_names() and not replace):
        raise PackThereError
    folder = packs_folder()
    try:
        folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(error.errno) from None
    _remove_parts(folder)
    try:
        return write_whole(kept_at(name), copy, replace=replace)
    finally:
        _remove_empty(folder)  # where nothing was written


def kept_at(name: str) -> Path:
    """Where the copy of the pack with this name is, or would be."""
    return packs_folder() / f"{name}{ENDING}"


def _remove_parts(folder: Path) -> None:
    """Remove what was begun when somebody left in a hurry: it is no pack."""
    for path in folder.glob(".*"):
        if _PART.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # something is in it
        folder.rmdir()


def remove_pack(name: str) -> None:
    """Remove the copy of a pack. The original and the notes stay as they are.

    Raises NotFoundError, NotWrittenError.
    """
    if name not in added_names():
        raise NotFoundError(
            _("There is no pack with that name. Nothing was changed."),
            _("See all: guide pack list"),
        )
    try:
        kept_at(name).unlink()
    except OSError:
        raise NotWrittenError(
            _("The copy could not be removed. Nothing was changed."),
            _("Close what else may use it, and try again."),
        ) from None
    _remove_parts(packs_folder())
    _remove_empty(packs_folder())


def check_pack(place: str, *, walks: bool) -> PackReport:
    """Everything odd in the pack at *place*; with *walks*, each file is opened."""
    opened = open_pack(path_typed(place))
    try:
        walked = walk(opened) if walks else None
        found = all_findings(opened)
        return PackReport(about=opened.about, findings=found, walked=walked)
    finally:
        opened.close()
