"""A name that no disk can hold is refused in words, wherever it was typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guide.actions.case_files import place_for
from guide.cli.writing import refuse_taken
from guide.files import is_folder, write_whole
from guide.model.problems import GuideError
from tests.plain.talking import a_desk

LONG = "n" * 5000


def a_case(typed: str) -> None:
    write_whole(place_for(a_desk(), typed, "csv"), b"")


def a_letter(typed: str) -> None:
    refuse_taken(typed)
    write_whole(Path(typed), b"")


@pytest.mark.parametrize("write", [a_case, a_letter])
@pytest.mark.parametrize("typed", [LONG, f"{LONG}/{LONG}", f"there/{LONG}"])
def test_a_name_that_is_too_long_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[str], None],
    typed: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    with pytest.raises(GuideError):
        write(typed)
    assert list(tmp_path.rglob("*")) == [tmp_path / "there"]


@pytest.mark.parametrize("name", [LONG, "a\0b", "\ud800"])
def test_what_no_folder_can_be_called_is_no_folder(tmp_path: Path, name: str) -> None:
    assert is_folder(tmp_path)
    assert not is_folder(tmp_path / name)
