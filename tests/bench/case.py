"""A case of 2,000 incidents and 1,000 files: preview, case book, bag.

``python -m tests.bench case`` makes files of 200 MB together; ``--megabytes=5000`` is
what the limits are for. Filling the vault takes minutes, and is not measured.
"""

from __future__ import annotations

import os
import random
import secrets
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from guide.actions.case_bags import bag_of
from guide.actions.case_choice import Choice
from guide.actions.case_files import write_book
from guide.actions.desk import THE_PERSON, Desk
from guide.actions.handing_over import preview
from guide.actions.keeping import vault_of
from guide.export.bag.folder import write_folder
from guide.model.case import Recipient
from guide.model.records import Evidence, Incident
from guide.model.times import exactly
from guide.vault.disk import DISK
from guide.vault.kept import KeptFile, KeptRecord
from guide.vault.sealed_files import keep_file
from guide.vault.sealed_folder import never, quiet
from tests.bench.figures import Figure, megabytes, ratio
from tests.bench.terminal import memory
from tests.plain.talking import NOON, a_desk
from tests.vault.case_desk import add_zed
from tests.vault.evidence_desk import some_work
from tests.vault.keeping_desk import kept_at

INCIDENTS, FILES, PICTURES = 2_000, 1_000, 200
MEGABYTE = 1 << 20
_SAID = (
    "They wrote to me again, three times within an hour, from an account that I did "
    "not know. They named the street I live in and what I wore on that day. "
)


def case(scratch: Path, size: int) -> list[Figure]:
    """Preview, book and bag of one large case, whose files are *size* MB together."""
    desk = kept_at(a_desk(), scratch / "notes")
    try:
        fill(desk, scratch, size)
        return [*_preview(desk), *_book(desk, scratch), *_bag(desk, scratch)]
    finally:
        desk.close()


def _preview(desk: Desk) -> list[Figure]:
    choice = Choice(recipient=Recipient.LAWYER)
    taken = [_seconds(lambda: preview(desk, choice)) for _round in range(5)]
    return [_limited("case preview", taken, 2)]


def _book(desk: Desk, scratch: Path) -> list[Figure]:
    choice = Choice(recipient=Recipient.LAWYER)
    found = []
    for form in ("pdf", "docx", "html"):
        target = str(scratch / f"book.{form}")
        with _most_memory() as most:
            taken = _seconds(
                lambda form=form, target=target: write_book(  # type: ignore[misc]  # bound now
                    desk, choice, form, target, some_work()
                )
            )
        found.append(_limited(f"case book, {form}", [taken], 60))
        found.append(megabytes("  resident, with its children", most[0], most=500))
    return found


def _bag(desk: Desk, scratch: Path) -> list[Figure]:
    """Against copying the same files and hashing the copies."""
    target = scratch / "bag"
    choice = Choice(recipient=Recipient.ADVOCATE)
    _case, bag = bag_of(desk, choice, some_work())
    ours = _seconds(
        lambda: write_folder(bag, target, disk=DISK, progress=quiet, cancelled=never)
    )
    originals = target / "data" / "originals"
    theirs = _seconds(lambda: _by_tools(originals, scratch / "copies"))
    checked = _seconds(
        lambda: subprocess.run(["python3", str(target / "verify.py")], check=True)
    )
    return [
        _limited("case bag, plain", [ours], 10_000),
        _limited("  cp and sha256sum of its files", [theirs], 10_000),
        ratio("  of these two", [ours], [theirs], 2.0),
        _limited("  verify.py", [checked], 10_000),
    ]


def _by_tools(source: Path, target: Path) -> None:
    subprocess.run(["cp", "-r", str(source), str(target)], check=True)
    subprocess.run(["sync", "-f", str(target)], check=True)
    names = [str(each) for each in target.iterdir()]
    command = ["sha256sum", *names]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(target)


def fill(desk: Desk, scratch: Path, size: int) -> None:
    """The whole case; a fifth of the files are pictures of some 100 KB."""
    add_zed(desk)
    source = scratch / "source"
    ids = [
        _keep(desk, source, number, _bytes_of(number, size)) for number in range(FILES)
    ]
    for number in range(INCIDENTS):
        desk.vault.add_incident(
            Incident(
                id=secrets.token_hex(16),
                recorded_at=NOON,
                account=_SAID * (1 + number % 3),
                person_id=THE_PERSON,
                when=exactly(NOON - timedelta(hours=5 * number)),
                evidence_ids=(ids[number % FILES],),
            )
        )


def _bytes_of(number: int, size: int) -> bytes:
    if number < PICTURES:
        return _picture(number)
    return os.urandom((size * MEGABYTE) // (FILES - PICTURES))


def _picture(number: int) -> bytes:
    from PIL import Image

    chance = random.Random(number)  # noqa: S311  a picture, no secret
    small = Image.frombytes("RGB", (60, 80), chance.randbytes(60 * 80 * 3))
    made = BytesIO()
    small.resize((1080, 1440)).save(made, "JPEG", quality=70)
    return made.getvalue()


def _keep(desk: Desk, source: Path, number: int, data: bytes) -> str:
    picture = number < PICTURES
    path = source.with_name(f"{number:04}.{'jpg' if picture else 'bin'}")
    path.write_bytes(data)
    media = "image/jpeg" if picture else "application/octet-stream"

    def commit(kept: KeptFile) -> None:
        desk.vault.add_evidence(
            Evidence(
                id=kept.id,
                original_name=path.name,
                media_type=media,
                size=kept.size,
                sha256=kept.sha256,
                acquired_at=NOON,
            )
        )

    record = KeptRecord(name=path.name, acquired_at=NOON)
    kept = keep_file(vault_of(desk), path, record, commit=commit)
    path.unlink()
    return kept.id


def _seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _limited(what: str, taken: list[float], most: float) -> Figure:
    limit = (("most", most),) if most < 10_000 else ()
    return Figure(what=what, values=tuple(taken), unit="s", reach=limit)


@contextmanager
def _most_memory() -> Iterator[list[float]]:
    """The most that this process and all its children hold together."""
    most, ended = [0.0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.05):
            held = sum(memory(each)[0] for each in (os.getpid(), *_family(os.getpid())))
            most[0] = max(most[0], held)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield most
    finally:
        ended.set()
        thread.join()


def _family(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            words = (task / "children").read_text("ascii").split()
        except OSError:  # a thread that has ended meanwhile
            continue
        found += [int(word) for word in words]
    return found
