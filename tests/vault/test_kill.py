"""Killed at any moment, the vault has lost nothing that it said it had kept."""

from __future__ import annotations

import hashlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from guide.vault.journal_checks import Head
from guide.vault.kept import KeptFile
from guide.vault.opening import OpenVault
from guide.vault.sealed_listing import clean_parts, orphans, read_record
from guide.vault.sealed_reading import FileState, verify_file
from tests.vault.keeping import journal_of, known_ids, names_in, new_vault, reopened

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

SIZES = (0, 1, 3000, 65_536, 300_000, 1_500_000)
LONGEST = 0.12  # seconds from the first word of a keeper to its end


@dataclass
class Ledger:
    """Outside the vault: what was acknowledged, by the keepers' own words."""

    kept: dict[str, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)  # since the last kill
    kills: int = 0
    orphans: int = 0
    parts: int = 0

    def take(self, line: str) -> None:
        match line.split():
            case ["kept", sealed_id, name]:
                self.kept[sealed_id] = name
                self.fresh.append(sealed_id)
            case ["note", number, sha256]:
                self.notes[int(number)] = sha256


class Nursery:
    """The process that forks keepers, and what it says."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._in, self._out = process.stdin, process.stdout.fileno()
        self._rest = b""

    def start(self, seed: int) -> int:
        """Fork a keeper; its pid."""
        self._in.write(b"%d\n" % seed)
        self._in.flush()
        while True:
            for line in self.lines(10):
                if line.startswith("pid "):
                    return int(line.split()[1])

    def lines(self, patience: float) -> Iterator[str]:
        """What was said within *patience* seconds, whole lines."""
        if not select.select([self._out], [], [], patience)[0]:
            return
        data = os.read(self._out, 1 << 16)
        assert data, "the nursery died"
        *whole, self._rest = (self._rest + data).split(b"\n")
        yield from (line.decode("ascii") for line in whole)


@contextmanager
def nursery(folder: Path, sources: Path) -> Iterator[Nursery]:
    places = (str(folder), str(sources))
    command = [sys.executable, "-m", "tests.vault.kill_nursery", *places]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as process:
        try:
            yield Nursery(process)
        finally:
            process.kill()


def kill_once(keepers: Nursery, ledger: Ledger, seed: int, delay: float) -> None:
    pid = keepers.start(seed)
    deadline = time.monotonic() + delay
    while (left := deadline - time.monotonic()) > 0:
        for line in keepers.lines(left):
            ledger.take(line)
    os.kill(pid, signal.SIGKILL)
    ended = False
    while not ended:
        for line in keepers.lines(10):
            ledger.take(line)
            ended = ended or line == "ended"
    ledger.kills += 1


def look_after_a_kill(folder: Path, ledger: Ledger, hashes: dict[str, str]) -> None:
    """Everything acknowledged is there; what was new since last time is intact."""
    with reopened(folder) as vault:
        ledger.parts += clean_parts(vault)
        known = known_ids(vault)
        assert known.issuperset(ledger.kept)
        names = names_in(vault)
        assert all({f"{id_}.age", f"{id_}.m.age"} <= names for id_ in known)
        found = journal_of(vault).check(heads_of(ledger), every_signature=False)
        assert [each for each in found if each.trouble.damages] == []
        for sealed_id in ledger.fresh:
            assert_intact(vault, sealed_id, hashes[ledger.kept[sealed_id]])
        ledger.fresh.clear()


def heads_of(ledger: Ledger) -> list[str]:
    recent = sorted(ledger.notes)[-3:]
    return [str(Head(n, bytes.fromhex(ledger.notes[n]))) for n in recent]


def assert_intact(vault: OpenVault, sealed_id: str, sha256: str) -> None:
    file = read_record(vault, sealed_id)
    assert isinstance(file, KeptFile)
    assert file.sha256 == sha256
    assert verify_file(vault, file) is FileState.INTACT


def look_at_all(folder: Path, ledger: Ledger, hashes: dict[str, str]) -> None:
    with reopened(folder) as vault:
        for sealed_id, name in ledger.kept.items():
            assert_intact(vault, sealed_id, hashes[name])
        journal = journal_of(vault)
        assert not [each for each in journal.check() if each.trouble.damages]
        by_number = {each.sequence: each.sha256 for each in journal.entries()}
        assert all(by_number[n] == sha256 for n, sha256 in ledger.notes.items())
        lost = orphans(vault, known_ids(vault))
        ledger.orphans = len(lost)
        for orphan in lost:  # sealed whole, or without its record: never half
            if orphan.kept is not None:
                assert verify_file(vault, orphan.kept) is FileState.INTACT
        everything = {id_.split(".")[0] for id_ in names_in(vault)}
        assert everything == known_ids(vault) | {orphan.id for orphan in lost}


def killed(tmp_path: Path, kills: int) -> Ledger:
    folder, sources = tmp_path / "vault", tmp_path / "sources"
    sources.mkdir()
    hashes = {}
    for size in SIZES:
        data = hashlib.shake_128(b"%d" % size).digest(size)
        (sources / f"{size}.bin").write_bytes(data)
        hashes[f"{size}.bin"] = hashlib.sha256(data).hexdigest()
    new_vault(folder).close()
    ledger, chance = Ledger(), Random(kills)  # noqa: S311  when to kill is no secret
    with nursery(folder, sources) as keepers:
        for seed in range(kills):
            kill_once(keepers, ledger, seed, chance.uniform(0, LONGEST))
            look_after_a_kill(folder, ledger, hashes)
    look_at_all(folder, ledger, hashes)
    return ledger


def report(ledger: Ledger, seconds: float) -> None:
    print(
        f"{ledger.kills} kills in {seconds:.0f} s: {len(ledger.kept)} files and"
        f" {len(ledger.notes)} notes acknowledged, none lost;"
        f" {ledger.parts} parts removed, {ledger.orphans} orphans listed"
    )


def test_200_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    start = time.monotonic()
    ledger = killed(tmp_path, 200)
    report(ledger, time.monotonic() - start)
    assert ledger.kills == 200
    # The kills came while something was going on, or they would prove nothing.
    assert len(ledger.kept) > 50  # a busy machine keeps fewer between two kills
    assert len(ledger.notes) > 50
    assert ledger.parts > 20


@pytest.mark.long
def test_5000_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    start = time.monotonic()
    ledger = killed(tmp_path, 5000)
    report(ledger, time.monotonic() - start)
    assert ledger.kills == 5000
    assert ledger.parts > 500
