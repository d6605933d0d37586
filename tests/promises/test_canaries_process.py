"""The promise: a process that dies with a vault open leaves no memory on a disk.

It is ended in every way that makes a system write its memory to a disk, where that
was allowed as widely as it can be.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.plain.talking import a_desk
from tests.promises.canaries import PASSPHRASE, canary
from tests.promises.canary_login import (
    all_kept,
    assert_no_canary_on_disk,
    make_login,
)
from tests.promises.pty_terminal import REPOSITORY
from tests.vault.keeping_desk import kept_at

if sys.platform != "win32":
    import resource

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
_OPEN = """
import sys, time
from pathlib import Path
notes, passphrase, word = Path(sys.argv[1]), sys.stdin.readline().rstrip(), sys.argv[2]
from guide.safety.process import harden
{harden}
from tests.plain.talking import a_desk
from guide.actions.keeping import open_vault_desk
desk = open_vault_desk(a_desk(), notes, passphrase)
desk.vault.put_field("my_name", desk.vault.fields()["my_name"] + word)
Path("ready").touch()
time.sleep(60)
"""
_DEADLY = ("SIGKILL", "SIGABRT", "SIGSEGV", "SIGQUIT")


@pytest.fixture
def login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    made = make_login(tmp_path, monkeypatch, "typed_app.py")
    desk = kept_at(a_desk(), made / "notes", PASSPHRASE)
    desk.vault.put_field("my_name", canary("my-name"))
    desk.close()
    return made


def ended(notes: Path, number: int, *, harden: str = "harden()") -> int:
    """Open the vault in a process of its own, end that; how it ended.

    What it opens the vault with comes by a pipe, as the guide's own does.
    """
    read, write = os.pipe()
    os.write(write, PASSPHRASE.encode() + b"\n")
    pid = os.fork()
    if pid == 0:
        _limit, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))
        os.dup2(read, 0)
        code = _OPEN.format(harden=harden)
        words = [sys.executable, "-c", code, str(notes), "more"]
        os.execv(sys.executable, words)  # noqa: S606  our own words, no shell
    for each in (read, write):
        os.close(each)
    until = time.monotonic() + 20
    while not Path("ready").exists():
        assert time.monotonic() < until
        time.sleep(0.02)
    os.kill(pid, number)
    return os.waitpid(pid, 0)[1]


@pytest.mark.parametrize("name", _DEADLY)
def test_a_death_with_the_vault_open(login: Path, name: str) -> None:
    number = signal.Signals[name]
    status = ended(login / "notes", number)
    assert os.WTERMSIG(status) == number
    assert not os.WCOREDUMP(status)
    assert [path.name for path in (login / "cwd").iterdir()] == ["ready"]
    assert_no_canary_on_disk(login)
    assert f"{canary('my-name')}more" in all_kept(login / "notes")


def test_without_hardening_it_would_be_seen(login: Path) -> None:
    """Or the tests above could not fail."""
    status = ended(login / "notes", signal.SIGABRT, harden="")
    if not os.WCOREDUMP(status):
        pytest.skip("this system never writes the memory of a process")


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
@pytest.mark.parametrize("worker", ["vault/sealing_worker", "media/looking_worker"])
def test_a_second_process_hides_its_memory(worker: str) -> None:
    """Each is a program of its own, and what is set before it begins is gone."""
    code = f"""import ctypes, resource, runpy
own = runpy.run_path({str(REPOSITORY / "guide" / f"{worker}.py")!r})
own["_hide"]()
print(ctypes.CDLL(None).prctl(3), *resource.getrlimit(resource.RLIMIT_CORE))"""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(write, 1)
        words = [sys.executable, "-I", "-S", "-c", code]
        os.execv(sys.executable, words)  # noqa: S606  our own words, no shell
    os.close(write)
    assert os.waitpid(pid, 0)[1] == 0
    assert os.read(read, 100).split() == [b"0", b"0", b"0"]
    os.close(read)
