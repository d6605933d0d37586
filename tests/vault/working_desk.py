"""A desk at which something long is at work: a large file that is really kept."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.places.place import Begin, Move, Place
from guide.actions.working import Work
from guide.model.records import Evidence
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.vault.kept import KeptFile, KeptRecord
from guide.vault.sealed_files import keep_file
from guide.vault.sealed_reading import FileState, verify_file

MEGABYTE = 1 << 20
NAME = "zebra-quartz.bin"  # a name that nothing else would show


class Beginning(Place):
    """A screen with one row, and perhaps a line, which begin something long."""

    def __init__(
        self, make: Callable[[], Work], *, instead: bool = False, ask: Ask | None = None
    ) -> None:
        self._make, self._instead, self._ask = make, instead, ask

    def sheet(self) -> Sheet:
        row = Row(kind=RowKind.BUTTON, value="begin", text="Begin it")
        title = "Where it begins"
        return Sheet(name="beginning", title=title, rows=(row,), ask=self._ask)

    def choose(self, value: str) -> Move:
        return Begin(self._make(), instead=self._instead)

    def typed(self, text: str) -> Move:
        return Begin(self._make(), instead=self._instead)


class Ended(Place):
    """The screen that the work leads to."""

    def sheet(self) -> Sheet:
        return Sheet(name="ended", title="It has ended")


def large_file(folder: Path, size: int = 48 * MEGABYTE) -> Path:
    """A file of bytes that no two runs share."""
    path = folder / NAME
    part = hashlib.shake_128(os.urandom(16)).digest(MEGABYTE)
    with path.open("wb") as file:
        for _part in range(size // MEGABYTE):
            file.write(part)
    return path


def keeping(desk: Desk, path: Path, *, waits_at: int = 101) -> Work:
    """Keeps *path* as the guide does: sealed, read back, and in the database.

    At *waits_at* percent it waits until it is stopped, or for half a minute.
    """

    def do(work: Work) -> Place:
        latest = time.monotonic() + 30

        def progress(done: int, total: int) -> None:
            work.progress(done, total)
            while work.meter.percent >= waits_at and not work.stopped():
                assert time.monotonic() < latest
                time.sleep(0.001)

        opened = desk.opened
        assert opened is not None
        record = KeptRecord(name=path.name, acquired_at=desk.now())
        keep_file(
            opened,
            path,
            record,
            commit=lambda kept: put(desk, kept),
            progress=progress,
            cancelled=work.stopped,
        )
        return Ended()

    return Work(f"Keeping {path.name}", do)


def verifying(desk: Desk) -> Work:
    """Verifies the file that was kept last."""

    def do(work: Work) -> Place:
        opened = desk.opened
        assert opened is not None
        file = desk.vault.evidence_list(limit=1)[0]
        state = verify_file(
            opened, file, progress=work.progress, cancelled=work.stopped
        )
        assert state is FileState.INTACT
        return Ended()

    return Work("Verifying", do)


def put(desk: Desk, kept: KeptFile) -> None:
    desk.vault.add_evidence(
        Evidence(
            id=kept.id,
            original_name=kept.record.name,
            media_type="application/octet-stream",
            size=kept.size,
            sha256=kept.sha256,
            acquired_at=kept.record.acquired_at,
        )
    )


def sealed_names(desk_folder: Path) -> list[str]:
    """What stands in the folder of sealed files."""
    folder = desk_folder / "sealed"
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []
