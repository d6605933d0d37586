"""Notes of a reader whose computer somebody else sits at, and a look at them."""

from __future__ import annotations

from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.keeping import (
    open_vault_desk,
)
from guide.actions.knowing import add_person
from guide.actions.notes import INCIDENT, Notes
from guide.actions.recording import keep_incident
from guide.model.sheet import Sheet
from tests.plain.talking import a_desk
from tests.vault.keeping_desk import WORDS, kept_at

CANARY = "Zebrafish-Quartz-4471"


def notes_in(tmp_path: Path) -> Path:
    """A closed vault with somebody and an incident in it."""
    desk = kept_at(a_desk(), tmp_path / "notes")
    written(desk)
    desk.close()
    return tmp_path / "notes"


def written(desk: Desk) -> str:
    """An incident that is kept; its id."""
    add_person(desk, CANARY)
    notes = Notes(kind=INCIDENT, values={"account": f"{CANARY} waited outside"})
    return keep_incident(desk, notes).id


def said_on(sheet: Sheet) -> str:
    return " ".join(block.text for block in sheet.blocks)


def bytes_in(folder: Path) -> dict[str, bytes]:
    names = (x for x in folder.rglob("*") if x.is_file() and x.name != "lock")
    return {str(x.relative_to(folder)): x.read_bytes() for x in names}


def opened(folder: Path, words: str = WORDS) -> Desk:
    return open_vault_desk(a_desk(), folder, words)
