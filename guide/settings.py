"""Preferences: how the guide looks and listens, and nothing about the reader.

They stand in one small TOML file that is not there until something is changed. A
file that cannot be read, or that holds nonsense, never stops the guide: what is
wrong in it counts as not said.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from guide.model.reading_width import WIDTHS
from guide.words import _

LOOKS = ("night", "day", "terminal")
PLAIN = "plain"
# Larger than all of it; short enough for a name of as many parts as it can hold.
_FILE, _LARGEST = "settings.toml", 4 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be preferred. ``keys`` are the single letters of the interface."""

    theme: str = ""  # one of LOOKS, or "" for the usual one
    plain: bool = False
    keys: bool = True
    erase_scrollback: bool = True  # when leaving
    width: int = 0  # one of WIDTHS, or 0 for the usual one


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The settings as they were found, and in one sentence what was wrong."""

    settings: Settings
    there: bool = False
    problem: str = ""


def settings_file() -> Path:
    """Where the settings are, or would be: ``GUIDE_HOME``, else the usual folder."""
    home = os.environ.get("GUIDE_HOME", "")
    if home:
        return Path(home).expanduser().absolute() / _FILE
    from platformdirs import user_config_path  # slow, and not needed on a USB stick

    return user_config_path("guide", appauthor=False) / _FILE


def read_settings(path: Path) -> Kept:
    """The settings in *path*; where they say nothing, the usual ones."""
    try:
        if not path.is_file():
            there = path.exists()
            return Kept(settings=Settings(), problem=_unusable() if there else "")
        with path.open("rb") as file:
            source = file.read(_LARGEST + 1)
        if len(source) > _LARGEST:
            return Kept(settings=Settings(), there=True, problem=_unusable())
        return _parsed(source)
    # ValueError: no UTF-8, no TOML, a NUL in the name. RecursionError: absurd TOML.
    except (OSError, ValueError, RecursionError):
        return Kept(settings=Settings(), there=True, problem=_unusable())


def as_toml(settings: Settings) -> bytes:
    """The file that says the same as *settings*."""
    lines = [
        f"{name} = {_toml(value)}"
        for name, value in asdict(settings).items()
        if value != getattr(Settings(), name)
    ]
    return "\n".join([*lines, ""]).encode() if lines else b""


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else f'"{value}"'


def _parsed(source: bytes) -> Kept:
    import tomllib  # 5 ms, and most readers have no settings

    said: Mapping[str, object] = tomllib.loads(source.decode())
    known = {
        each.name: said[each.name]
        for each in fields(Settings)
        if each.name in said and _is_sense(each.name, said[each.name])
    }
    problem = _partly() if any(name not in known for name in said) else ""
    return Kept(settings=_settings(known), there=True, problem=problem)


def _is_sense(name: str, value: object) -> bool:
    if name == "theme":
        return value in ("", *LOOKS)
    if name == "width":
        return isinstance(value, int) and value in (0, *WIDTHS)
    return isinstance(value, bool)


def _settings(known: Mapping[str, object]) -> Settings:
    usual = Settings()
    return Settings(
        theme=str(known.get("theme", usual.theme)),
        plain=bool(known.get("plain", usual.plain)),
        keys=bool(known.get("keys", usual.keys)),
        erase_scrollback=bool(known.get("erase_scrollback", usual.erase_scrollback)),
        width=_number(known.get("width", usual.width)),
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _unusable() -> str:
    return _("The settings file could not be read, so the usual settings are used.")


def _partly() -> str:
    return _("Part of the settings file was not understood, and is not used.")
