"""Where added packs stand, and if there are any: asked at every start, so light."""

from __future__ import annotations

from pathlib import Path

from guide.vault.whereabouts import default_folder

_FOLDER = "packs"


def packs_folder() -> Path:
    """Where the packs are that were added; it need not be there."""
    return default_folder().parent / _FOLDER


def has_packs() -> bool:
    """Whether a pack was added; what is in it, is not asked."""
    return packs_folder().is_dir()
