"""Ticks in a checklist of a pack are kept with the reader's notes, and only there."""

from __future__ import annotations

from pathlib import Path

from guide.actions.journey import Journey
from guide.actions.keeping import open_vault_desk
from guide.actions.packs import add_pack, added_names, read_pack, remove_pack
from guide.model.progress import TickState
from guide.model.sheet import RowKind, Sheet
from tests.plain.talking import a_desk
from tests.unit.adding_desk import added_inside, everything_in
from tests.unit.library_desk import added, chosen, opened_at, portable
from tests.unit.small_packs import UMBRELLA, as_folder
from tests.vault.keeping_desk import WORDS, kept_at

__all__ = ["portable"]  # used by every test here
LIST = "pack:lessons/mail/passwords/beginner/c_check.yml"


def states(sheet: Sheet) -> list[TickState]:
    return [row.state for row in sheet.rows if row.kind is RowKind.TASK]


def test_ticks_outlive_the_program_and_the_pack(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "notes"
    added(tmp_path)
    desk = kept_at(a_desk(), folder)
    journey = opened_at(desk, LIST)
    journey.choose(journey.sheet().rows[1].value)
    desk.close()
    remove_pack("lessons")
    assert (folder / "vault.json").exists(), "removing a pack touched the vault"
    packs = tmp_path / "home" / "packs"
    assert not packs.exists()
    add_pack(read_pack(str(tmp_path / "lessons"), "lessons"))
    again = open_vault_desk(a_desk(), folder, WORDS)
    shown = opened_at(again, LIST).sheet()
    assert states(shown) == [TickState.NOT_NOW, TickState.DONE]
    again.close()


def test_removing_inside_the_guide_touches_neither_notes_nor_source(
    tmp_path: Path,
) -> None:
    folder, stick = tmp_path / "home" / "notes", tmp_path / "stick" / "lessons"
    as_folder(stick, UMBRELLA)
    before = everything_in(stick)
    desk = kept_at(a_desk(), folder)
    journey = Journey(desk)
    added_inside(journey, stick)
    journey.open(LIST)
    journey.choose(journey.sheet().rows[1].value)
    names = everything_in(folder).keys()
    journey.open("packs")
    chosen(journey, "lessons", "Remove them", "Yes, remove the copy")
    assert added_names() == ()
    assert everything_in(folder).keys() == names
    added_inside(journey, stick)
    assert states(opened_at(desk, LIST).sheet()) == [TickState.NOT_NOW, TickState.DONE]
    desk.close()
    again = open_vault_desk(a_desk(), folder, WORDS)
    assert states(opened_at(again, LIST).sheet()) == [TickState.NOT_NOW, TickState.DONE]
    again.close()
    assert everything_in(stick) == before
