"""What other programs of this computer may have written down about the guide.

Lists of past commands, and what terminals keep to open their windows again. Only
known places in a home folder are looked at, and only read: no line of them is kept
or given on, just how many name the guide. A place that is not known is not found.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

_MOST_READ = 32 * 1024 * 1024
_MOST_FILES = 500
_NO_WAIT: int = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_BINARY: int = getattr(os, "O_BINARY", 0)
_UNNOTICED: int = getattr(os, "O_NOATIME", 0)  # the time of reading stays as it is
_WORD = re.compile(
    rb"(?i)(?<![a-z0-9_])guide(?![a-z0-9_])"
    rb"|(?<![a-z0-9_]\0)g\0u\0i\0d\0e\0(?![a-z0-9_]\0)"  # as Windows writes text
)
_FISH, _FISH_COMMAND = "fish", b"- cmd:"
_PACKED = (".gz", ".sqlite", ".sqlite3", ".sqlite-wal", ".data", ".age", ".db")

# What keeps it, and where: a base folder, and a pattern below it.
_HISTORIES = (
    ("bash", "home", ".bash_history"),
    ("bash", "home", ".bash_sessions/*.history"),
    ("zsh", "home", ".zsh_history"),
    ("zsh", "home", ".zhistory"),
    ("zsh", "home", ".histfile"),
    ("zsh", "home", ".zsh_sessions/*.history"),
    ("zsh", "zsh", ".zsh_history"),
    (_FISH, "data", "fish/*_history"),
    ("ksh", "home", ".sh_history"),
    ("csh", "home", ".history"),
    ("nushell", "config", "nushell/history.txt"),
    ("nushell", "config", "nushell/history.sqlite3"),
    ("xonsh", "data", "xonsh/history_json/*.json"),
    ("PowerShell", "data", "powershell/PSReadLine/*_history.txt"),
    ("PowerShell", "roaming", "Microsoft/Windows/PowerShell/PSReadLine/*_history.txt"),
    ("atuin", "data", "atuin/history.db"),
)
_WINDOWS_TERMINAL = "Packages/Microsoft.WindowsTerminal*/LocalState"
_RESTORES = (
    ("tmux-resurrect", "home", ".tmux/resurrect/*"),
    ("tmux-resurrect", "data", "tmux/resurrect/*"),
    ("kitty", "config", "kitty/*.session"),
    ("kitty", "config", "kitty/*.kitty-session"),
    ("kitty", "data", "kitty/**/*session*"),
    ("WezTerm", "data", "wezterm/resurrect/**/*.json"),
    ("WezTerm", "data", "wezterm/plugins/*/state/**/*.json"),
    ("iTerm2", "home", "Library/Application Support/iTerm2/SavedState/*"),
    (
        "iTerm2",
        "home",
        "Library/Saved Application State/com.googlecode.iterm2.savedState/*",
    ),
    (
        "Terminal of macOS",
        "home",
        "Library/Saved Application State/com.apple.Terminal.savedState/*",
    ),
    ("Windows Terminal", "local", f"{_WINDOWS_TERMINAL}/*state.json"),
    ("Windows Terminal", "local", f"{_WINDOWS_TERMINAL}/*buffer_*.txt"),
)


class Seen(StrEnum):
    """What a look into one file showed."""

    NAMED = "named"  # the word is in it
    CLEAR = "not named"
    CLOSED = "cannot be told"  # packed, too long, or not to be read by this login


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One file that was there. ``lines`` is how many of its lines have the word."""

    keeper: str
    path: Path
    seen: Seen
    lines: int = 0


def keepers_of_history() -> tuple[str, ...]:
    """The programs whose lists of past commands are looked for."""
    return tuple(dict.fromkeys(keeper for keeper, _base, _rest in _HISTORIES))


def keepers_of_windows() -> tuple[str, ...]:
    """The programs whose files for opening windows again are looked for."""
    return tuple(dict.fromkeys(keeper for keeper, _base, _rest in _RESTORES))


def histories(home: Path, environment: Mapping[str, str]) -> tuple[Look, ...]:
    """Every known list of past commands that is there, and what it shows."""
    places = [*_there(_HISTORIES, home, environment)]
    chosen = environment.get("HISTFILE", "")
    if chosen:  # a shell was told to keep its list there
        places.append(("HISTFILE", Path(chosen)))
    return _looked(places)


def restores(home: Path, environment: Mapping[str, str]) -> tuple[Look, ...]:
    """Every known file from which a terminal opens its windows again."""
    return _looked(_there(_RESTORES, home, environment))


def _there(
    places: tuple[tuple[str, str, str], ...],
    home: Path,
    environment: Mapping[str, str],
) -> Iterator[tuple[str, Path]]:
    bases = _bases(home, environment)
    for keeper, base, pattern in places:
        for folder in bases[base]:
            for path in _matching(folder, pattern):
                yield keeper, path


def _bases(
    home: Path, environment: Mapping[str, str]
) -> Mapping[str, tuple[Path, ...]]:
    """The folders that the patterns are below: the usual one, and a chosen one."""

    def usual_and(name: str, *usual: Path) -> tuple[Path, ...]:
        chosen = environment.get(name, "")
        return tuple(dict.fromkeys([*usual, *([Path(chosen)] if chosen else [])]))

    return {
        "home": (home,),
        "zsh": usual_and("ZDOTDIR"),
        "data": usual_and("XDG_DATA_HOME", home / ".local" / "share"),
        "config": usual_and("XDG_CONFIG_HOME", home / ".config"),
        "roaming": usual_and("APPDATA", home / "AppData" / "Roaming"),
        "local": usual_and("LOCALAPPDATA", home / "AppData" / "Local"),
    }


def _matching(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(islice(folder.glob(pattern), _MOST_FILES))
    except (OSError, ValueError):  # closed to this login; a name that is no name
        return []


def _looked(places: Iterable[tuple[str, Path]]) -> tuple[Look, ...]:
    """Each file once, however many names lead to it."""
    found: dict[str, Look] = {}
    for keeper, path in places:
        look = _look(keeper, path)
        if look is not None:
            found.setdefault(os.path.realpath(path), look)
    return tuple(found.values())


def _look(keeper: str, path: Path) -> Look | None:
    """What *path* shows; None where no ordinary file stands."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
    except (OSError, ValueError):
        return None
    try:
        data, whole = _read(path)
    except OSError:
        return Look(keeper=keeper, path=path, seen=Seen.CLOSED)
    lines = sum(_names_it(keeper, line) for line in data.split(b"\n"))
    if lines:
        return Look(keeper=keeper, path=path, seen=Seen.NAMED, lines=lines)
    told = whole and not path.name.endswith(_PACKED)
    return Look(keeper=keeper, path=path, seen=Seen.CLEAR if told else Seen.CLOSED)


def _names_it(keeper: str, line: bytes) -> bool:
    if keeper == _FISH and not line.startswith(_FISH_COMMAND):
        return False  # when it was, and which files it named
    return _WORD.search(line) is not None


def _read(path: Path) -> tuple[bytes, bool]:
    """The end of *path*, where the newest is, and whether that is all of it."""
    descriptor = _opened(path)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError
        size = os.fstat(descriptor).st_size
        file.seek(max(0, size - _MOST_READ))
        return file.read(_MOST_READ), size <= _MOST_READ


def _opened(path: Path) -> int:
    flags = os.O_RDONLY | _NO_WAIT | _BINARY
    try:
        return os.open(path, flags | _UNNOTICED)
    except PermissionError:  # only the owner of a file may ask for that
        return os.open(path, flags)
