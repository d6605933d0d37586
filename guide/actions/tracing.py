"""What this computer holds that shows the guide was used, as far as it can be told.

Everything is looked at and nothing is changed: no other program is run, no keyring
is asked, no line of a list is repeated.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.keeping import vault_folder, vault_there
from guide.actions.pack_shelf import has_packs, packs_folder
from guide.actions.unlocking import keyring_is_on
from guide.bootstrap import ROOT, STAMP, places
from guide.model.problems import GuideError
from guide.safety.swap import Swap, swaps
from guide.safety.traces import (
    Look,
    histories,
    restores,
)
from guide.settings import read_settings, settings_file
from guide.vault.folder import vault_files
from guide.vault.whereabouts import SPARE, lacks_key_file

# Somebody else can set them too. The values may hold names, so they are not told.
_STEERING = (
    *("GUIDE_HOME", "GUIDE_VENV", "PYTHONPATH", "PYTHONHOME", "PYTHONPLATLIBDIR"),
    *("LD_PRELOAD", "LD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES", "DYLD_LIBRARY_PATH"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What was found on this computer."""

    system: str  # as ``sys.platform`` names it
    program: Path
    libraries: tuple[Path, ...]
    settings: Path | None
    packs: Path | None  # the folder of the lessons that were added
    vault: Path | None
    vault_size: int  # in bytes; -1 where it cannot be told
    vault_files: int
    keyring: bool  # whether the vault says that a keyring may open it
    histories: tuple[Look, ...]
    windows: tuple[Look, ...]
    swaps: tuple[Swap, ...] | None  # None where it cannot be told
    key_missing: bool = False  # the notes are there, and not what opens them
    spare_keys: Path | None = None  # of the file that opens them
    scrollback_stays: bool = False  # the settings say so; leaving then hides less
    steering: tuple[str, ...] = ()  # variables that choose folders, or the Python


def look_for_traces(desk: Desk) -> Traces:
    """Look into every known place, once."""
    home, settings = Path.home(), settings_file()
    folder = vault_folder(desk.chosen_folder)
    key_missing = lacks_key_file(folder)
    vault = folder if vault_there(folder) or key_missing else None
    size, count = _size_of(vault)
    return Traces(
        system=sys.platform,
        program=Path(ROOT) if _is_checkout() else Path(__file__).parents[1],
        libraries=_libraries(),
        settings=settings if os.path.lexists(settings) else None,
        packs=packs_folder() if has_packs() else None,
        vault=vault,
        vault_size=size,
        vault_files=count,
        keyring=vault is not None and keyring_is_on(vault),
        histories=histories(home, os.environ),
        windows=restores(home, os.environ),
        swaps=swaps() if sys.platform == "linux" else None,
        key_missing=key_missing,
        spare_keys=_spare_in(vault),
        scrollback_stays=not read_settings(settings).settings.erase_scrollback,
        steering=tuple(name for name in _STEERING if os.environ.get(name)),
    )


def _is_checkout() -> bool:
    return os.path.lexists(Path(ROOT, "pyproject.toml"))


def _libraries() -> tuple[Path, ...]:
    """The environments that a first start made, with a stamp or in use now."""
    made = [Path(place) for place in places()] if _is_checkout() else []
    here = os.path.realpath(sys.prefix)
    return tuple(
        place
        for place in made
        if os.path.lexists(place / STAMP) or os.path.realpath(place) == here
    )


def _spare_in(vault: Path | None) -> Path | None:
    there = vault is not None and os.path.lexists(vault / SPARE)
    return vault / SPARE if vault and there else None


def _size_of(vault: Path | None) -> tuple[int, int]:
    try:
        files = vault_files(vault) if vault else ()
    except GuideError:
        return -1, 0
    return sum(each.size for each in files), len(files)
