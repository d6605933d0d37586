"""Finding what the reader named: a file, several, or a folder with all in it.

Only looked at here: nothing is kept, changed or remembered. What cannot be kept is
listed with its reason, and the rest is found all the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from guide.actions.desk import Desk
from guide.files import paths_typed
from guide.model.problems import GuideError, UnreadableFileError
from guide.safety.display import show_path
from guide.vault.problems import NotKeptError, StoppedError
from guide.words import _

if TYPE_CHECKING:
    from guide.actions.looking import Looked
    from guide.actions.working import Work

MOST_FILES = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """One file as it was when it was looked at. ``inside`` is its folder's name."""

    path: Path = field(repr=False)
    size: int
    modified_ns: int
    identity: tuple[int, int]
    looked: Looked
    inside: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What is not kept, by the name it shows, and why."""

    name: str = field(repr=False)
    why: str
    then: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything that was named, ready to be asked about."""

    files: tuple[FoundFile, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether any of it may show somebody, so that the question comes first."""
        return any(each.looked.asks for each in self.files)

    @property
    def size(self) -> int:
        """All bytes of it."""
        return sum(each.size for each in self.files)


def find(desk: Desk, typed: str, work: Work, at_picture: Callable[[], None]) -> Found:
    """What stands behind the names that were *typed* or dropped.

    *at_picture* is called at each file that may show somebody, and may end it all.
    Raises the reason where a single name was given and nothing can be kept of it.
    """
    files: list[FoundFile] = []
    refused: list[Refused] = []
    for path, inside in _files(desk, paths_typed(typed), refused):
        if work.stopped():
            raise StoppedError
        work.say(_("Looking at {name}").format(name=show_path(path.name)))
        try:
            file = looked_at(path, inside)
        except GuideError as error:
            refused.append(_refusal(_named(path, inside), error))
            continue
        if file.looked.asks:
            at_picture()
        files.append(file)
        _refuse_too_many(len(files))
    if not files:
        _refuse_nothing(refused)
    return Found(files=tuple(files), refused=tuple(refused))


def looked_at(path: Path, inside: str = "") -> FoundFile:
    """The file at *path* as it is now. Raises UnreadableFileError."""
    from guide.actions.looking import before_keeping

    try:
        seen = path.lstat()
    except (OSError, ValueError):
        before_keeping(path)  # which says what is wrong with it
        raise UnreadableFileError from None
    looked = before_keeping(path)
    return FoundFile(
        path=path,
        size=seen.st_size,
        modified_ns=seen.st_mtime_ns,
        identity=(seen.st_dev, seen.st_ino),
        looked=looked,
        inside=inside,
    )


def _files(
    desk: Desk, named: tuple[Path, ...], refused: list[Refused]
) -> Iterator[tuple[Path, str]]:
    """Every file, with the folder it is in where a folder was named."""
    own = _own_folder(desk)
    for each in dict.fromkeys(path.absolute() for path in named):
        if own and _is_within(each, own):
            refused.append(Refused(name=show_path(each.name), why=_own_files()))
        elif os.path.isdir(each) and not each.is_symlink():  # noqa: PTH112  never raises
            yield from _in_folder(each, own, refused)
        else:
            yield each, ""


def _in_folder(
    top: Path, own: Path | None, refused: list[Refused]
) -> Iterator[tuple[Path, str]]:
    """Every entry below *top*, by name; links are not followed."""
    folders = [top]
    while folders:
        folder = folders.pop()
        if own and _is_within(folder, own):
            refused.append(Refused(name=show_path(folder.name), why=_own_files()))
            continue
        inside = os.path.join(top.name, folder.relative_to(top))  # noqa: PTH118
        inside = inside.removesuffix(f"{os.sep}.")
        try:
            below, files = _entries(folder)
        except OSError:
            why = _("This folder cannot be read. It was not changed.")
            refused.append(Refused(name=show_path(inside), why=why))
            continue
        folders += reversed(below)
        yield from ((each, inside) for each in files)


def _entries(folder: Path) -> tuple[list[Path], list[Path]]:
    """The folders in *folder*, and everything else in it."""
    below: list[Path] = []
    others: list[Path] = []
    with os.scandir(folder) as found:
        for entry in sorted(found, key=lambda each: each.name):
            is_folder = entry.is_dir(follow_symlinks=False)
            (below if is_folder else others).append(Path(entry.path))
    return below, others


def _own_folder(desk: Desk) -> Path | None:
    return desk.opened.folder.resolve() if desk.opened else None


def _is_within(path: Path, own: Path) -> bool:
    try:
        return path.resolve().is_relative_to(own)
    except (OSError, ValueError, RuntimeError):
        return False  # what cannot be found is refused when it is looked at


def _own_files() -> str:
    return _("This belongs to the vault itself, so it was left as it is.")


def _refusal(name: str, error: GuideError) -> Refused:
    return Refused(name=name, why=error.what, then=error.next_step)


def _named(path: Path, inside: str) -> str:
    return show_path(os.path.join(inside, path.name))  # noqa: PTH118  only a name


def _refuse_too_many(count: int) -> None:
    if count > MOST_FILES:
        words = _("There are more than {most} files in it, so nothing was kept.")
        raise NotKeptError(
            words.format(most=MOST_FILES), _("Choose a smaller folder, one at a time.")
        )


def _refuse_nothing(refused: list[Refused]) -> None:
    if len(refused) == 1:
        raise UnreadableFileError(refused[0].why, refused[0].then)
    if not refused:
        raise UnreadableFileError(
            _("There is no file in this folder. Nothing was changed."),
            _("Choose another folder, or one file."),
        )
