"""A reader with a real vault who keeps files, without a screen in between."""

from __future__ import annotations

from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.evidence import Kept, Tie, keep
from guide.actions.finding import Found, find
from guide.actions.keeping import vault_of
from guide.actions.notes import EVIDENCE, Notes
from guide.actions.picture_gate import (
    MayKeep,
    answer_images,
    close_for_pictures,
    nothing_to_ask,
)
from guide.actions.places.place import Place
from guide.actions.working import Work
from guide.vault.disk import DISK, Disk
from guide.vault.kept import KeptFile, KeptRecord
from guide.vault.sealed_files import keep_file

NOTHING_SAID = Notes(kind=EVIDENCE)


def some_work() -> Work:
    """Work that nobody shows; its progress and its stop are real."""

    def do(work: Work) -> Place:
        raise AssertionError(work)

    return Work("", do)


def found_at(desk: Desk, *paths: Path, work: Work | None = None) -> Found:
    """What is found when these paths are dropped, each as a terminal quotes it."""
    typed = " ".join(path.absolute().as_uri() for path in paths)
    return find(desk, typed, work or some_work(), close_for_pictures(desk))


def allowed(desk: Desk, found: Found) -> MayKeep:
    """The leave, with "no" where the question is asked."""
    if found.asks:
        return answer_images(desk, found, "no")
    return nothing_to_ask(desk, found)


def keep_all(
    desk: Desk,
    *paths: Path,
    said: Notes = NOTHING_SAID,
    tie: Tie | None = None,
    work: Work | None = None,
    disk: Disk = DISK,
) -> Kept:
    """Everything at these paths, kept after an honest "no"."""
    found = found_at(desk, *paths)
    may = allowed(desk, found)
    return keep(desk, found, may, said, tie or Tie(), work or some_work(), disk=disk)


def in_vault(folder: Path) -> list[str]:
    """Every sealed file in the vault at *folder*."""
    sealed = folder / "sealed"
    return sorted(each.name for each in sealed.iterdir()) if sealed.exists() else []


def orphaned(desk: Desk, path: Path, media: str = "text/plain") -> KeptFile:
    """The file at *path*, sealed; then the computer went off before its row came."""
    details = {"media_type": media, "note": "as it was said", "sensitive": "yes"}
    record = KeptRecord(
        name=path.name, acquired_at=desk.now(), source="a friend", details=details
    )
    return keep_file(vault_of(desk), path, record, commit=lambda kept: None)
