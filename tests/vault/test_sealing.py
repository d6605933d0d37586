"""The second process: hidden, gone with its parent, and as fast as it must be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.vault import sealing, sealing_worker
from guide.vault.opening import OpenVault
from guide.vault.problems import (
    NotKeptError,
)
from guide.vault.sealed_files import keep_file
from guide.vault.sealed_listing import (
    remove_file,
)
from guide.vault.sealed_reading import FileState, verify_file
from tests.vault.keeping import (
    bytes_of,
    kept,
    names_in,
    new_vault,
    record,
    written,
)

LARGE = sealing.HERE + 100_000  # goes through the second process


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[OpenVault]:
    with new_vault(tmp_path / "vault") as opened:
        yield opened


def test_the_key_is_in_no_argument_no_environment_and_no_file(
    vault: OpenVault, tmp_path: Path
) -> None:
    if sys.platform != "linux":
        pytest.skip("looks into /proc")
    file = kept(vault, written(tmp_path / "it", bytes_of(LARGE)))
    secret = vault.root.age_identity()
    seen: list[Path] = []

    def look(_done: int, _total: int) -> None:
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                status = (folder / "status").read_text("ascii", "replace")
                if f"PPid:\t{os.getpid()}\n" not in status:
                    continue
                seen.append(folder)
                for name in ("cmdline", "environ"):
                    assert secret.encode() not in (folder / name).read_bytes()
            except OSError:  # ended meanwhile, or hidden even from us
                continue

    verify_file(vault, file, progress=look)
    assert seen
    for path in vault.folder.rglob("*.age"):
        assert secret.encode() not in path.read_bytes()


def test_the_second_process_ends_with_a_killed_parent(tmp_path: Path) -> None:
    """Leave now kills the interface: nothing may go on decrypting."""
    if sys.platform != "linux":
        pytest.skip("a promise of the kernel of Linux")
    script = (
        "import subprocess, sys, time, pyrage\n"
        "from guide.vault import sealing, sealing_worker\n"
        "key = str(pyrage.x25519.Identity.generate().to_public())\n"
        "with sealing._process() as process:\n"
        "    first = sealing_worker.order(b'seal', key, sealing._library())\n"
        "    sealing._write_all(process.stdin.write, first + bytes(5 << 19))\n"
        "    process.stdout.read(10)\n"
        "    print(process.pid, flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=Path.cwd()
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        status = Path(f"/proc/{worker}/status")
        assert "zombie" not in status.read_text()
        limits = Path(f"/proc/{worker}/limits").read_text().splitlines()
        (core,) = [line.split() for line in limits if "core file" in line]
        assert core[4:6] == ["0", "0"]
        parent.kill()
        deadline = time.monotonic() + 5
        while status.exists() and "zombie" not in status.read_text():
            assert time.monotonic() < deadline
            time.sleep(0.01)


def test_a_killed_second_process_is_a_clear_message_and_nothing_is_kept(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Killed(subprocess.Popen[bytes]):
        def __init__(self, *args: object, **options: object) -> None:
            super().__init__(*args, **options)  # type: ignore[call-overload]
            started.append(self)
            threading.Timer(0.06, self.kill).start()

    monkeypatch.setattr(subprocess, "Popen", Killed)
    path = written(tmp_path / "it", bytes_of(64 << 20))
    with pytest.raises(NotKeptError, match="a part of the guide was stopped"):
        kept(vault, path)
    assert started
    assert names_in(vault) == set()


def test_the_second_process_says_nothing_but_its_exit_code() -> None:
    command = [sys.executable, "-I", "-S", sealing_worker.__file__]
    done = subprocess.run(
        command, input=b"\0\0\0\x04oops", capture_output=True, check=False
    )
    assert (done.stdout, done.stderr) == (b"", b"")
    assert done.returncode == sealing_worker.FAILED


@pytest.mark.long
def test_a_sparse_file_of_5_gib_is_kept_with_little_memory(
    vault: OpenVault, tmp_path: Path
) -> None:
    import resource

    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.seek((5 << 30) - 1)
        file.write(b"x")
    big = kept(vault, path)
    assert verify_file(vault, big) is FileState.INTACT
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        assert resource.getrusage(who).ru_maxrss < 300 * 1024


def seconds_of(command: str) -> float:
    start = time.monotonic()
    subprocess.run(["sh", "-c", command], check=True)
    return time.monotonic() - start


@pytest.mark.long
@pytest.mark.skipif(shutil.which("age") is None, reason="needs the age command")
def test_1_gib_takes_no_longer_than_three_commands_and_never_blocks(
    vault: OpenVault, tmp_path: Path
) -> None:
    big, out = tmp_path / "big", tmp_path / "big.age"
    seconds_of(f"head -c 1073741824 /dev/urandom > {big}; sync")
    identity = written(tmp_path / "id", vault.root.age_identity().encode())
    open_it = f"age -d -i {identity} {out}"
    rounds = []
    for _round in range(3):
        theirs = seconds_of(f"sha256sum {big} > /dev/null")
        theirs += seconds_of(f"age -r {vault.root.age_recipient()} -o {out} {big}")
        theirs += seconds_of(f"{open_it} > /dev/null")
        check = seconds_of(f"{open_it} | sha256sum > /dev/null")
        out.unlink()  # so that both write into memory that was used before
        rounds.append((theirs, check, *ours_and_stall(vault, big)))
    for theirs, check, keeping, verifying, stall in rounds:
        print(
            f"three commands {theirs:.2f} s, kept in {keeping:.2f} s;"
            f" age -d | sha256sum {check:.2f} s, verified in {verifying:.2f} s;"
            f" longest stall {stall * 1000:.0f} ms"
        )
    assert min(ours / theirs for theirs, _, ours, _, _ in rounds) <= 1.2
    assert min(ours / check for _, check, _, ours, _ in rounds) <= 2
    assert min(stall for *_, stall in rounds) <= 0.1


def ours_and_stall(vault: OpenVault, big: Path) -> tuple[float, float, float]:
    """How long keeping and verifying take, and the longest this thread waited."""
    times: list[float] = []

    def work() -> None:
        start = time.monotonic()
        file = keep_file(vault, big, record(), commit=lambda _file: None)
        middle = time.monotonic()
        assert verify_file(vault, file) is FileState.INTACT
        times.extend((middle - start, time.monotonic() - middle))
        remove_file(vault, file.id)

    thread, worst = threading.Thread(target=work), 0.0
    thread.start()
    while thread.is_alive():
        start = time.monotonic()
        time.sleep(0.005)
        worst = max(worst, time.monotonic() - start - 0.005)
    return times[0], times[1], worst
