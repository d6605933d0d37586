"""What other programs may have written down: found in homes that are made up."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from guide.safety.traces import Look, Seen, histories, restores

SECRET = "Zebrafish-Quartz-4471"  # noqa: S105  stands beside what is looked for
_USED = f"cd /tmp\npython3 -m guide --vault {SECRET}\nls\nguide read s-log\n"
_WINDOWS_TERMINAL = (
    "AppData/Local/Packages/Microsoft.WindowsTerminal_8wekyb3d8bbwe/LocalState"
)
_SAVED = "Library/Saved Application State"
_POWERSHELL = "PSReadLine/ConsoleHost_history.txt"

HISTORIES = [
    pytest.param(".bash_history", "bash", _USED, 2, id="bash"),
    pytest.param(".bash_sessions/1.history", "bash", _USED, 2, id="bash of macOS"),
    pytest.param(
        ".zsh_history", "zsh", ": 1700000000:0;python3 -m guide\n", 1, id="zsh, long"
    ),
    pytest.param(".histfile", "zsh", "GUIDE --plain\n", 1, id="zsh, its other name"),
    pytest.param(
        ".local/share/fish/fish_history",
        "fish",
        "- cmd: ls\n  when: 1\n  paths:\n    - guide\n- cmd: guide\n  when: 2\n",
        1,
        id="fish",
    ),
    pytest.param(
        f".local/share/powershell/{_POWERSHELL}", "PowerShell", _USED, 2, id="pwsh"
    ),
    pytest.param(
        f"AppData/Roaming/Microsoft/Windows/PowerShell/{_POWERSHELL}",
        "PowerShell",
        "py -m guide\r\n",
        1,
        id="PowerShell of Windows",
    ),
]
RESTORES = [
    pytest.param(
        ".tmux/resurrect/tmux_resurrect_20260101.txt",
        "tmux-resurrect",
        b"pane\t0\t:python3 -m guide\n",
        id="tmux-resurrect",
    ),
    pytest.param(
        ".local/share/tmux/resurrect/last", "tmux-resurrect", b"guide", id="its folder"
    ),
    pytest.param(".config/kitty/my.session", "kitty", b"launch guide\n", id="kitty"),
    pytest.param(
        ".local/share/wezterm/resurrect/workspace/default.json",
        "WezTerm",
        b'{"text": "guide"}',
        id="WezTerm",
    ),
    pytest.param(
        "Library/Application Support/iTerm2/SavedState/restorable-state.sqlite",
        "iTerm2",
        b"SQLite format 3\0 python3 -m guide \xff",
        id="iTerm2",
    ),
    pytest.param(
        f"{_SAVED}/com.apple.Terminal.savedState/window_1.data",
        "Terminal of macOS",
        b"\0guide\0",
        id="Terminal of macOS",
    ),
    pytest.param(
        f"{_WINDOWS_TERMINAL}/state.json", "Windows Terminal", b'"py -m guide"', id="WT"
    ),
    pytest.param(
        f"{_WINDOWS_TERMINAL}/buffer_1.txt",
        "Windows Terminal",
        "PS> py -m Guide\r\n".encode("utf-16-le"),
        id="WT, as Windows writes",
    ),
]


def put(home: Path, name: str, data: str | bytes) -> Path:
    path = home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def only(looks: tuple[Look, ...]) -> Look:
    (look,) = looks
    return look


@pytest.mark.parametrize(("name", "keeper", "text", "lines"), HISTORIES)
def test_a_list_of_past_commands_is_counted_and_not_repeated(
    tmp_path: Path, name: str, keeper: str, text: str, lines: int
) -> None:
    path = put(tmp_path, name, text)
    look = only(histories(tmp_path, {}))
    assert look == Look(keeper=keeper, path=path, seen=Seen.NAMED, lines=lines)
    assert SECRET not in repr(look)


@pytest.mark.parametrize(("name", "keeper", "_text", "_lines"), HISTORIES)
def test_a_list_without_the_word_is_said_to_be_without(
    tmp_path: Path, name: str, keeper: str, _text: str, _lines: int
) -> None:
    put(tmp_path, name, "misguided guidelines\nguide_x\nreguide\n- cmd: ls\n")
    assert only(histories(tmp_path, {})).seen is Seen.CLEAR


@pytest.mark.parametrize(("name", "keeper", "data"), RESTORES)
def test_what_a_terminal_opens_again_is_found(
    tmp_path: Path, name: str, keeper: str, data: bytes
) -> None:
    path = put(tmp_path, name, data)
    look = only(restores(tmp_path, {}))
    assert (look.keeper, look.path, look.seen) == (keeper, path, Seen.NAMED)


@pytest.mark.parametrize(
    "name",
    [
        ".tmux/resurrect/pane_contents.tar.gz",
        "Library/Application Support/iTerm2/SavedState/restorable-state.sqlite",
    ],
)
def test_what_is_packed_is_never_called_clear(tmp_path: Path, name: str) -> None:
    put(tmp_path, name, b"\x1f\x8b packed")
    assert only(restores(tmp_path, {})).seen is Seen.CLOSED


def test_an_empty_home_shows_nothing(tmp_path: Path) -> None:
    assert histories(tmp_path, {}) == ()
    assert restores(tmp_path, {}) == ()
    assert histories(tmp_path / "none", {}) == ()


def test_the_folders_that_the_environment_names_are_looked_at(tmp_path: Path) -> None:
    home, data = tmp_path / "home", tmp_path / "data"
    put(data, "fish/fish_history", "- cmd: guide\n")
    put(tmp_path, "zsh/.zsh_history", "guide\n")
    put(tmp_path, "roam/Microsoft/Windows/PowerShell/" + _POWERSHELL, "guide\n")
    own = put(tmp_path, "own", "guide\n")
    given = {
        "XDG_DATA_HOME": str(data),
        "ZDOTDIR": str(tmp_path / "zsh"),
        "APPDATA": str(tmp_path / "roam"),
        "HISTFILE": str(own),
    }
    found = {look.keeper for look in histories(home, given)}
    assert found == {"fish", "zsh", "PowerShell", "HISTFILE"}


def test_one_file_with_two_names_counts_once(tmp_path: Path) -> None:
    path = put(tmp_path, ".bash_history", "guide\n")
    (tmp_path / ".zsh_history").symlink_to(path)
    looks = histories(tmp_path, {"HISTFILE": str(path)})
    assert [look.keeper for look in looks] == ["bash"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_what_is_no_file_does_not_stop_it(tmp_path: Path) -> None:
    """A pipe would wait for ever, a folder and a broken link cannot be read."""
    os.mkfifo(tmp_path / ".bash_history")
    (tmp_path / ".zsh_history").mkdir()
    (tmp_path / ".histfile").symlink_to(tmp_path / "none")
    (tmp_path / ".sh_history").symlink_to(tmp_path / ".sh_history")
    assert histories(tmp_path, {"HISTFILE": "/dev/zero"}) == ()
    assert histories(tmp_path, {"HISTFILE": "a\0b"}) == ()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_a_closed_list_is_said_to_be_closed(tmp_path: Path) -> None:
    path = put(tmp_path, ".bash_history", "guide\n")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this login may read everything")
    assert only(histories(tmp_path, {})).seen is Seen.CLOSED


@pytest.mark.skipif(not hasattr(os, "O_NOATIME"), reason="Linux only")
def test_even_the_time_of_reading_stays_as_it_was(tmp_path: Path) -> None:
    path = put(tmp_path, ".bash_history", "guide\n")
    os.utime(path, (1, 2))
    histories(tmp_path, {})
    assert (path.stat().st_atime, path.stat().st_mtime) == (1, 2)


def test_of_a_very_long_list_the_newest_part_counts(tmp_path: Path) -> None:
    path = tmp_path / ".bash_history"
    with path.open("wb") as file:
        file.write(b"guide\n")
        file.truncate(40 * 1024 * 1024)
    assert only(histories(tmp_path, {})).seen is Seen.CLOSED
    with path.open("ab") as file:
        file.write(b"\nguide\n")
    assert only(histories(tmp_path, {})).lines == 1
