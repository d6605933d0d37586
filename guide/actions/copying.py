"""A second copy of everything that is kept, on another disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from guide.actions.desk import Desk
from guide.actions.keeping import folder_typed, vault_of
from guide.words import _, plural

if TYPE_CHECKING:
    from guide.vault.second_copy import Copied


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
    return target, copied


def told(copied: Copied) -> tuple[str, ...]:
    """What came of a copy, in sentences."""
    said = [
        _("The copy is complete, and was read back. It opens with your passphrase."),
        plural(
            "{count} sealed file was copied now.",
            "{count} sealed files were copied now.",
            copied.files,
        ),
    ]
    if copied.there:
        one = "{count} was there already."
        said.append(plural(one, "{count} were there already.", copied.there))
    if copied.more:
        said.append(
            plural(
                "{count} sealed file is only in the copy. It stays there.",
                "{count} sealed files are only in the copy. They stay there.",
                copied.more,
            )
        )
    if copied.put_aside:
        words = _("Somebody wrote into the copy. That state was kept beside it: {name}")
        said.append(words.format(name=copied.put_aside.name))
    return tuple(said)
