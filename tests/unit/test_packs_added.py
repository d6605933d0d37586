"""Adding and removing packs: a copy for this login alone, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.actions.packs import add_pack, added_names, read_pack, remove_pack, shelved
from guide.library.packs.problems import PackThereError
from guide.model.problems import NotFoundError
from tests.plain.talking import a_desk
from tests.unit.library_desk import added, chosen, opened_at, portable, texts, words
from tests.unit.small_packs import OWN, UMBRELLA, as_folder, lesson

__all__ = ["portable"]  # used by every test here


def test_a_pack_for_one_run_is_read_where_it_is(tmp_path: Path) -> None:
    folder = as_folder(tmp_path / "here", OWN)
    desk = a_desk()
    desk.lessons.named = str(folder)
    journey = opened_at(desk, "library")
    assert chosen(journey, "Neighbours").rows
    assert added_names() == ()
    assert not (tmp_path / "home").exists(), "reading it once left something behind"


def test_a_pack_that_cannot_be_opened_is_said_and_the_others_are_there(
    tmp_path: Path,
) -> None:
    desk = added(tmp_path)
    (tmp_path / "home" / "packs" / "broken.zip").write_bytes(b"no zip")
    desk.lessons.named = str(tmp_path / "nowhere")
    sheet = opened_at(desk, "library").sheet()
    assert texts(sheet)[:2] == ["lessons", "Add or remove lessons"]
    assert "broken: This file is no zip." in words(sheet)
    assert "There is no folder and no zip with that name." in words(sheet)


def test_adding_never_writes_over_another(tmp_path: Path) -> None:
    desk = added(tmp_path)
    before = (tmp_path / "home/packs/lessons.zip").read_bytes()
    other = read_pack(str(as_folder(tmp_path / "other", OWN)), "lessons")
    with pytest.raises(PackThereError):
        add_pack(other)
    assert (tmp_path / "home/packs/lessons.zip").read_bytes() == before
    assert [each.name for each in shelved(desk)] == ["lessons"]


def test_a_pack_that_was_added_opens_again_whatever_is_in_it(tmp_path: Path) -> None:
    """A text that says one word for ever is packed as small as a bomb would be."""
    again = {"en/mail/s_x.md": lesson("Again", 9, "a " * 32_000)}
    desk = added(tmp_path, {**UMBRELLA, **again})
    sheet = opened_at(desk, "pack:lessons/mail/s_x.md").sheet()
    assert "a a a" in words(sheet)


def test_removing_takes_the_copy_and_nothing_else(tmp_path: Path) -> None:
    added(tmp_path)
    notes = tmp_path / "home" / "notes"
    notes.mkdir()
    (notes / "vault.json").write_text("{}")
    for wrong in ("../notes/vault", "", "nothing", "/etc/passwd", "lessons.zip"):
        with pytest.raises(NotFoundError):
            remove_pack(wrong)
    remove_pack("lessons")
    assert added_names() == ()
    assert not (tmp_path / "home" / "packs").exists(), "an empty folder tells something"
    assert (notes / "vault.json").exists()
    assert (tmp_path / "lessons/en").is_dir(), "the original stays"


def test_what_was_begun_and_left_in_a_hurry_is_no_pack_and_goes(
    tmp_path: Path,
) -> None:
    """Leaving ends the program at once, so half a copy may lie there."""
    packs = tmp_path / "home" / "packs"
    packs.mkdir(parents=True)
    begun, other = packs / ".0123456789abcdef.part", packs / ".notes.part"
    begun.write_bytes(b"PK")
    assert added_names() == ()
    added(tmp_path)
    assert [each.name for each in packs.iterdir()] == ["lessons.zip"]
    begun.write_bytes(b"PK")
    other.write_bytes(b"somebody's own")
    remove_pack("lessons")
    assert [each.name for each in packs.iterdir()] == [other.name]


def test_the_copy_is_for_this_login_alone(tmp_path: Path) -> None:
    added(tmp_path)
    packs = tmp_path / "home" / "packs"
    assert packs.stat().st_mode & 0o777 == 0o700
    assert (packs / "lessons.zip").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in packs.iterdir()] == ["lessons.zip"]
