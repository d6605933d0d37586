"""Adding lessons of others: read whole first, and only what was shown is added.

What is added is the copy that was made while the pack was looked at. So a stick that
is pulled out, or a file that changes meanwhile, brings nothing else along.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.pack_facts import kinds_in
from guide.actions.pack_shelf import has_packs
from guide.actions.packs import (
    FOR_NOW,
    added_names,
    keep_copy,
    kept_at,
    read_pack,
    remove_pack,
)
from guide.library.packs.copying import packed
from guide.library.packs.limits import LARGEST_ZIP
from guide.library.packs.names import TEXTS
from guide.library.packs.opening import OpenPack, open_kept
from guide.model.pack import About, Kind
from guide.model.problems import Finding, GuideError
from guide.words import _

_LONGEST = 36  # of a name, before a number follows it


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """A pack that has the name already; ``about`` is None where it does not open."""

    about: About | None
    same: bool  # byte for byte what would be added


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A pack that was read whole, and not added so far."""

    about: About
    kinds: Mapping[Kind, int]
    findings: tuple[Finding, ...]
    more: bool  # there were too many findings to keep them all
    unread: int  # texts that could not be read: they are not in the copy
    copy: bytes = field(repr=False)
    there: There | None

    @property
    def is_update(self) -> bool:
        """Whether it may go in place of the one with its name: of one author alone."""
        there = self.there
        if there is None or there.same:
            return False
        return there.about is None or there.about.author == self.about.author


def look_at(
    place: str,
    name: str = "",
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Looked:
    """Read the pack in a folder or zip, as *name*. Nothing is written.

    Raises what `read_pack` raises, and StoppedError.
    """
    opened = read_pack(place, name)
    try:
        total = len(opened.about.languages) + 1
        for done, lang in enumerate(opened.about.languages):
            progress(done, total)
            _go_on(stopped)
            opened.read_in(lang)
        progress(total - 1, total)
        _go_on(stopped)
        copy = packed(opened)
        _go_on(stopped)
        return _looked(opened, copy)
    finally:
        opened.close()


def _looked(opened: OpenPack, copy: bytes) -> Looked:
    return Looked(
        about=opened.about,
        kinds=kinds_in(opened.read_in()),
        findings=opened.findings(),
        more=bool(opened.tree.findings.more),
        unread=_unread(opened, copy),
        copy=copy,
        there=_there(opened.about.name, copy),
    )


def _go_on(stopped: Callable[[], bool]) -> None:
    if stopped():
        from guide.vault.problems import StoppedError  # slow to load

        raise StoppedError(
            _("You stopped this. Nothing was added."),
            _("You can start it again at any time."),
        )


def _unread(opened: OpenPack, copy: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        inside = set(archive.namelist())
    texts = {path for path in opened.tree.sizes if path.endswith(TEXTS)}
    return len(texts - inside)


def _there(name: str, copy: bytes) -> There | None:
    if name not in added_names():
        return None
    try:
        kept = open_kept(kept_at(name))
    except GuideError:
        return There(about=None, same=False)
    try:
        return There(about=kept.about, same=_is_at(kept_at(name), copy))
    finally:
        kept.close()


def _is_at(path: Path, copy: bytes) -> bool:
    try:
        size = path.stat().st_size
        return size == len(copy) <= LARGEST_ZIP and path.read_bytes() == copy
    except OSError:
        return False


def add_looked(looked: Looked, name: str = "", *, replace: bool = False) -> Path:
    """Keep the copy that was made, under its own name or *name*.

    Raises PackThereError, NotWrittenError.
    """
    return keep_copy(name or looked.about.name, looked.copy, replace=replace)


def add_here(desk: Desk, looked: Looked, name: str, *, replace: bool = False) -> None:
    """The same at a desk that may have the older one open."""
    _let_go(desk, name)
    add_looked(looked, name, replace=replace)
    desk.lessons.there = True


def remove_here(desk: Desk, name: str) -> None:
    """Remove a copy that may be open. Raises NotFoundError, NotWrittenError."""
    _let_go(desk, name)
    remove_pack(name)
    desk.lessons.there = bool(desk.lessons.named) or has_packs()


def _let_go(desk: Desk, name: str) -> None:
    """Open it anew when it is asked for next.

    A screen beneath may still read from it: it is closed only where it has to be.
    """
    opened = desk.lessons.opened.pop(name, None)
    if opened is not None and os.name == "nt":  # no open file is removed there
        opened.close()
    ahead = desk.lessons.ahead
    if ahead is not None and ahead.of.startswith(f"{name}/"):
        desk.lessons.ahead = None


def free_name(name: str) -> str:
    """*name*, or with the first number behind it that no pack here has."""
    taken = {*added_names(), FOR_NOW}
    if name not in taken:
        return name
    short = name[:_LONGEST].rstrip("-")
    numbered = (f"{short}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in numbered if each not in taken)
