"""A second copy of everything that is kept, on another disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from guide.actions.desk import Desk
from guide.actions.keeping import folder_typed, vault_of
from guide.model.telling import short_day
from guide.words import _, plural

if TYPE_CHECKING:
    from guide.vault.second_copy import Copied

_COPIED = "copied-to-another-disk"


def copy_vault(
    desk: Desk,
    typed: str,
    progress: Callable[[int, int], None],
    stopped: Callable[[], bool],
) -> tuple[Path, Copied]:
    """Make the folder *typed* a copy of the open vault, or bring it up to date.

    Raises PlaceRefusedError, NotCopiedError or StoppedError; the vault is as it was.
    """
    from guide.vault import second_copy

    target = folder_typed(typed)
    copied = second_copy.copy_vault(
        vault_of(desk), target, progress=progress, cancelled=stopped
    )
    if desk.saving:
        desk.vault.put_field(_COPIED, desk.now().isoformat())
    return target, copied


def last_copy(desk: Desk) -> datetime | None:
    """When all of it was last copied to another disk; None if it never was."""
    text = desk.vault.fields().get(_COPIED, "")
    return datetime.fromisoformat(text) if text else None


def last_copy_in_words(desk: Desk) -> str:
    """When that was, in short."""
    at = last_copy(desk)
    if at is None:
        return _("No copy on another disk yet")
    day = short_day(at.astimezone().date())
    return _("Last copy on another disk: {day}").format(day=day)


def told(copied: Copied) -> tuple[str, ...]:
    """What came of a copy, in sentences."""
    said = [
        _("The copy is complete, and was read back. It opens with your passphrase."),
        plural(
            "{count} sealed file was copied now.",
            "{count} sealed files were copied now.",
            copied.files,
        ),
        *_not_copied(copied),
    ]
    if copied.put_aside:
        words = _("The copy knew more than your notes. That was kept beside it: {name}")
        said.append(words.format(name=copied.put_aside.name))
    return tuple(said)


def _not_copied(copied: Copied) -> Iterator[str]:
    if copied.there:
        yield plural(
            "{count} was there already.",
            "{count} were there already.",
            copied.there,
        )
    if copied.more:
        yield plural(
            "{count} sealed file is only in the copy. It stays there.",
            "{count} sealed files are only in the copy. They stay there.",
            copied.more,
        )
    if copied.damaged:
        yield plural(
            "{count} sealed file is damaged here. The copy keeps the one it has.",
            "{count} sealed files are damaged here. The copy keeps those it has.",
            copied.damaged,
        )
