"""Preferences: a small file, read whatever it holds, written only when asked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from guide.actions.choosing import prefer, prefer_look, preferences
from guide.model.problems import InvalidAnswerError, NotWrittenError
from guide.settings import Kept, Settings, as_toml, read_settings, settings_file

USUAL = Settings()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A portable home, as on a stick."""
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.mark.parametrize(
    ("source", "settings", "complains"),
    [
        pytest.param(b"", USUAL, False, id="empty"),
        pytest.param(b'theme = "day"\n', Settings(theme="day"), False, id="a look"),
        pytest.param(b"plain = true\n", Settings(plain=True), False, id="plain"),
        pytest.param(b"keys = false\n", Settings(keys=False), False, id="no keys"),
        pytest.param(
            b"erase_scrollback = false\r\n",
            Settings(erase_scrollback=False),
            False,
            id="keep the scrollback",
        ),
        pytest.param(b'theme = "\x1b[2J"', USUAL, True, id="no TOML"),
        pytest.param(b'theme = "pink"\n', USUAL, True, id="no such look"),
        pytest.param(b"theme = 3\n", USUAL, True, id="a look that is a number"),
        pytest.param(b'plain = "yes"\n', USUAL, True, id="a word for a truth"),
        pytest.param(b"plain = 1\n", USUAL, True, id="a number for a truth"),
        pytest.param(
            b'plain = true\nname = "x"\n', Settings(plain=True), True, id="unknown"
        ),
        pytest.param(b"\xff\xfe", USUAL, True, id="no UTF-8"),
        pytest.param(b"theme = ", USUAL, True, id="cut short"),
        pytest.param(b"#" * 70_000, USUAL, True, id="far too large"),
        pytest.param(b"a = " + b"[" * 30_000, USUAL, True, id="nested too deeply"),
    ],
)
def test_any_file_can_be_read(
    tmp_path: Path, source: bytes, settings: Settings, complains: bool
) -> None:
    """What makes sense counts; what does not is one sentence, never a failure."""
    file = tmp_path / "settings.toml"
    file.write_bytes(source)
    kept = read_settings(file)
    assert kept.settings == settings
    assert bool(kept.problem) is complains
    assert kept.there


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == Kept(settings=USUAL)


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, kind: str) -> None:
    """A pipe would never end."""
    place = tmp_path / "settings.toml"
    place.mkdir() if kind == "folder" else os.mkfifo(place)
    kept = read_settings(place)
    assert kept.settings == USUAL
    assert kept.problem


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(USUAL, id="usual"),
        pytest.param(
            Settings(theme="terminal", plain=True, keys=False, erase_scrollback=False),
            id="all changed",
        ),
    ],
)
def test_what_is_written_is_read_again(tmp_path: Path, settings: Settings) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(as_toml(settings))
    assert read_settings(file) == Kept(settings=settings, there=True)


def test_nothing_is_written_until_something_is_changed(home: Path) -> None:
    """Not even the folder is made."""
    assert preferences() == Kept(settings=USUAL)
    assert not home.exists()


def test_a_choice_is_remembered_and_leaves_the_others(home: Path) -> None:
    """Only what is unusual is written, for this login only."""
    prefer(erase_scrollback=False)
    prefer_look("day")
    file = home / "settings.toml"
    assert preferences().settings == Settings(theme="day", erase_scrollback=False)
    assert file.read_text("utf-8") == 'theme = "day"\nerase_scrollback = false\n'
    assert file.stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700
    prefer_look("plain")
    assert preferences().settings.plain
    assert not prefer_look("night").plain


def test_a_look_that_is_none_changes_nothing(home: Path) -> None:
    with pytest.raises(InvalidAnswerError):
        prefer_look('x"\nplain = true')
    assert not home.exists()


def test_a_home_that_cannot_be_made_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(NotWrittenError, match="no folder"):
        prefer(plain=True)


def test_the_usual_folder_is_the_platforms(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GUIDE_HOME", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert settings_file().name == "settings.toml"
    assert settings_file().parent.name == "guide"
