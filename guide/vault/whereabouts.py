"""Where a vault would be, and whether one is there: asked at every start, so light."""

from __future__ import annotations

import os
from pathlib import Path

KEY_FILE, DATABASE = "vault.json", "vault.db"
SPARE = "backup/keys.json"  # of the key file; written after it, removed before it
_NEUTRAL_NAME = "notes"
_OF_NOTES = 64 * 1024  # bytes; the tables of an empty vault take more


def default_folder() -> Path:
    """Where a vault stands if nothing else is said: ``GUIDE_HOME``, else the usual."""
    home = os.environ.get("GUIDE_HOME", "")
    if home:
        return Path(home).expanduser().absolute() / _NEUTRAL_NAME
    from platformdirs import user_data_path  # slow, and not needed on a USB stick

    return user_data_path("guide", appauthor=False) / _NEUTRAL_NAME


def is_vault(folder: Path) -> bool:
    """Whether *folder* holds a key file; that it can be opened is not said."""
    return os.path.lexists(folder / KEY_FILE)


def lacks_key_file(folder: Path) -> bool:
    """Whether notes stand in *folder* without the key file that opens them.

    A making that was cut short left a database too, of some pages only. Neither that
    nor the mark of a removal counts: anybody can put a mark there. A spare of the key
    file does: neither a making nor a removal ever leaves one.
    """
    if is_vault(folder):
        return False
    if os.path.lexists(folder / SPARE):
        return True
    try:
        return (folder / DATABASE).lstat().st_size >= _OF_NOTES
    except (OSError, ValueError):
        return False
