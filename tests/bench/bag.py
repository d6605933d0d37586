"""How fast a case leaves as a bag, plain and sealed, against ``cp`` and ``sha256sum``.

Once from plain files, which is the bag alone; and once out of a vault, as it is used.
``cp`` leaves what it copies in memory and ``sha256sum`` reads it from there. A bag is
put onto the disk itself and read back from it, so the disk counts for it and not for
them. Larger: ``BAG_MEGABYTES=5000 python -m tests.bench bag``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from guide.export.bag.folder import write_folder
from guide.export.bag.pieces import Bag, Piece, Sink
from guide.export.bag.sealed import Lock, to_key, write_sealed
from guide.vault import sealing as age
from guide.vault.disk import CHUNK, DISK
from guide.vault.opening import OpenVault
from guide.vault.sealed_export import pour
from tests.bench.figures import Figure, ratio, seconds
from tests.vault.keeping import kept, new_vault

_MEGABYTE = 1 << 20
_EACH = 5 * _MEGABYTE
_DEFAULT = 500  # of megabytes
_NEEDED = ("cp", "sha256sum", "age", "age-keygen")


def bag(rounds: int, scratch: Path) -> list[Figure]:
    """A bag of files of 5 MB each, in a folder and sealed, and checked again."""
    if missing := [name for name in _NEEDED if shutil.which(name) is None]:
        sys.stderr.write(f"bag needs {', '.join(missing)}\n")
        return []
    size = int(os.environ.get("BAG_MEGABYTES", _DEFAULT)) * _MEGABYTE
    originals = _originals(scratch / "originals", size)
    case, key = _case([_piece(x) for x in sorted(originals.iterdir())]), _key(scratch)
    taken: dict[str, list[float]] = {}
    vault = new_vault(scratch / "vault")
    kept_case = _case([_kept_piece(vault, x) for x in sorted(originals.iterdir())])
    for _round in range(rounds):
        works = _works(scratch, originals, case, key)
        works["folder, out of a vault"] = partial(_folder, kept_case, scratch / "kept")
        for name, work in works.items():
            began = time.perf_counter()
            work()
            taken.setdefault(name, []).append(time.perf_counter() - began)
        for each in ("copy", "bag", "kept", "to-key"):
            shutil.rmtree(scratch / each)
        (scratch / "copy.age").unlink()
    vault.close()
    for folder in (originals, scratch / "vault"):
        shutil.rmtree(folder)
    return _rows(size, taken)


def _rows(size: int, taken: dict[str, list[float]]) -> list[Figure]:
    tools, sealing = taken["cp, sha256sum"], taken["cp, sha256sum, age"]
    rows = [seconds(f"bag {size >> 20} MB: {name}", x) for name, x in taken.items()]
    return [
        *rows,
        ratio("  folder, of cp and sha256sum", taken["folder"], tools, 2.0),
        ratio("  out of a vault", taken["folder, out of a vault"], tools, 2.0),
        ratio("  sealed, of these and age", taken["sealed to a key"], sealing, 2.0),
    ]


def _works(
    scratch: Path, originals: Path, case: Bag, key: str
) -> dict[str, Callable[[], object]]:
    """What is timed, in turns, from the same files."""
    copy, target = scratch / "copy", scratch / "bag"

    def tools() -> None:
        _run("cp", "-r", str(originals), str(copy))
        _run("sh", "-c", 'sha256sum "$1"/*', "-", str(copy))

    def tools_and_age() -> None:
        shutil.rmtree(copy)
        tools()
        command = 'tar c "$1" | age -r "$2" -o "$3"'
        _run("sh", "-c", command, "-", str(copy), key, str(scratch / "copy.age"))

    def sealed(name: str, keys: Lock) -> object:
        path = scratch / name
        return write_sealed(
            case,
            path,
            keys,
            age=age,
            disk=DISK,
            progress=_quiet,
            cancelled=_never,
        )

    return {
        "cp, sha256sum": tools,
        "folder": partial(_folder, case, target),
        "verify.py": lambda: _run(sys.executable, str(target / "verify.py")),
        "cp, sha256sum, age": tools_and_age,
        "sealed to a key": lambda: sealed("to-key", to_key(key)),
    }


def _originals(folder: Path, size: int) -> Path:
    folder.mkdir()
    block = os.urandom(_EACH)
    for number in range(size // _EACH):
        with (folder / f"E-{number:04}.bin").open("wb") as file:
            file.write(number.to_bytes(8, "big") + block[8:])
            os.fsync(file.fileno())
    return folder


def _case(pieces: Sequence[Piece]) -> Bag:
    made = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    return Bag(name="case", title="Record", made_at=made, pieces=tuple(pieces))


def _folder(case: Bag, target: Path) -> object:
    return write_folder(case, target, disk=DISK, progress=_quiet, cancelled=_never)


def _kept_piece(vault: OpenVault, path: Path) -> Piece:
    file = kept(vault, path)

    def give(sink: Sink) -> None:
        pour(vault, file, sink)

    name = f"originals/{path.name}"
    return Piece(name=name, pour=give, size=file.size, sha256=file.sha256)


def _piece(path: Path) -> Piece:
    """A file as it stands, its hash known before."""

    def pour(sink: Sink) -> None:
        buffer = memoryview(bytearray(CHUNK))
        with path.open("rb", buffering=0) as file:
            while count := file.readinto(buffer):
                sink(buffer[:count])

    data = path.read_bytes()
    digest = sha256(data).hexdigest()
    return Piece(
        name=f"originals/{path.name}", pour=pour, size=len(data), sha256=digest
    )


def _key(scratch: Path) -> str:
    _run("age-keygen", "-o", str(scratch / "key"))
    return _run("age-keygen", "-y", str(scratch / "key")).strip()


def _run(*words: str) -> str:
    ended = subprocess.run(words, check=True, capture_output=True, text=True)
    return ended.stdout


def _quiet(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def _never() -> bool:
    return False
