"""Where a vault would be, and whether one is there: asked at every start, so light."""

from __future__ import annotations

import os
from pathlib import Path

KEY_FILE = "vault.json"
_NEUTRAL_NAME = "notes"


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
