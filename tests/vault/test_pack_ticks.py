"""Ticks in a checklist of a pack are kept with the reader's notes, and only there."""

from __future__ import annotations

from pathlib import Path

from guide.actions.keeping import open_vault_desk
from guide.actions.packs import add_pack, read_pack, remove_pack
from guide.model.progress import TickState
from guide.model.sheet import RowKind, Sheet
from tests.plain.talking import a_desk
from tests.unit.library_desk import added, opened_at, portable
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
