"""Promise: two commands on a fresh machine, and a plain sentence when one cannot.

Each test starts the real set-up in a copy of what a checkout holds, with a
command line that only says where it runs. Only the `long` one uses the network.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from guide.bootstrap import STAMP, python_in
from guide.bootstrap.install import LOCK

ROOT = Path(__file__).resolve().parents[2]
SAYS_WHERE = (
    "import sys\n"
    "def main() -> int:\n"
    "    print('home page', sys.prefix, *sys.argv[1:])\n"
    "    return 0\n"
)
KEPT_OUT = ("PIP_", "GUIDE_", "PYTHON", "XDG_", "VIRTUAL_ENV", "COVERAGE")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A fresh checkout, in a folder whose name has a space in it."""
    copy = tmp_path / "a copy"
    skip = shutil.ignore_patterns("__pycache__", "cli")
    shutil.copytree(ROOT / "guide", copy / "guide", ignore=skip)
    (copy / "guide" / "cli").mkdir()
    (copy / "guide" / "cli" / "__init__.py").write_text(SAYS_WHERE)
    (copy / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "requirements.txt", copy / "tests")
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def _surroundings(checkout: Path, **more: str) -> dict[str, str]:
    kept = {n: v for n, v in os.environ.items() if not n.startswith(KEPT_OUT)}
    home = str(checkout.parent / "home")
    return (
        kept | {"HOME": home, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull} | more
    )


def _command(*words: str) -> list[str]:
    """The Python that made this environment: it has none of the libraries."""
    base: str = getattr(sys, "_base_executable", sys.executable)
    return [base, "-m", "guide", *words]


def _start(
    checkout: Path, *words: str, **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _command(*words),
        cwd=checkout,
        env=_surroundings(checkout, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def _pretend_ready(checkout: Path, what: str = "guide") -> Path:
    """An environment with the stamp of a finished set-up (and no library in it)."""
    place = checkout / ".venv"
    (place / "bin").mkdir(parents=True, exist_ok=True)
    told = '[ "$2" = guide ] && printf "%s\\n" "started again" "$@"'
    (place / "bin" / "python").write_text(f"#!/bin/sh\n{told}\n")
    (place / "bin" / "python").chmod(0o755)
    (place / LOCK).touch()
    shutil.copy(checkout / what / "requirements.txt", place / STAMP)
    return place


posix_only = pytest.mark.skipif(os.name == "nt", reason="a shell script stands in")


@pytest.fixture(autouse=True)
def _needs_a_bare_python() -> None:
    probe = "import importlib.util as u; raise SystemExit(bool(u.find_spec('textual')))"
    if subprocess.run([_command()[0], "-c", probe], check=False).returncode:
        pytest.skip("the Python under this one has the libraries already")


@posix_only
@pytest.mark.parametrize("what", ["guide", "tests"])
def test_a_finished_set_up_is_used_at_once(checkout: Path, what: str) -> None:
    """The second start says nothing of its own, and hands every word on."""
    _pretend_ready(checkout, what)
    done = _start(checkout, "read", "a page", "--plain")
    assert done.stdout.splitlines() == [
        *("started again", "-m", "guide"),
        *("read", "a page", "--plain"),
    ]
    assert done.stderr == ""


@posix_only
def test_a_changed_list_is_set_up_again(checkout: Path) -> None:
    """An environment for another list is never used as it is."""
    place = _pretend_ready(checkout)
    (checkout / "guide" / "requirements.txt").open("a").write("# newer\n")
    done = _start(checkout)
    assert "started again" not in done.stdout
    assert "Setting up" in done.stderr
    assert not (place / STAMP).exists()


def test_without_a_network_it_says_what_to_do(checkout: Path) -> None:
    """One failed start, no traceback, the command that brings the libraries."""
    done = _start(checkout)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "pip download -r guide/requirements.txt -d wheels" in done.stderr
    assert (checkout / ".venv" / "guide-setup.log").exists()


def test_what_is_fetched_is_said_first(checkout: Path) -> None:
    """How many, how large, where to, and that nothing else uses the network."""
    said = _start(checkout).stderr
    count = (checkout / "guide" / "requirements.txt").read_text().count("==")
    assert f"{count} libraries go into {checkout / '.venv'}" in said
    assert re.search(r"About \d+ MB are fetched", said)
    assert "Nothing else that the guide does uses the network." in said


def test_a_folder_of_wheels_is_used_instead_of_the_network(checkout: Path) -> None:
    """With the folder there, the network is not even tried."""
    (checkout / "wheels").mkdir()
    done = _start(checkout)
    assert "from the folder wheels, not from the network" in done.stderr
    assert "MB are fetched" not in done.stderr


def test_an_interrupted_set_up_is_begun_anew(checkout: Path) -> None:
    """What a killed set-up left behind is cleared away, not built upon."""
    half = checkout / ".venv" / "lib" / "half a library"
    half.mkdir(parents=True)
    (checkout / ".venv" / LOCK).touch()
    _start(checkout)
    assert not half.exists()
    assert Path(python_in(str(checkout / ".venv"))).exists()


def test_a_folder_of_somebody_else_is_left_alone(checkout: Path) -> None:
    """Only a folder that the guide made is ever emptied."""
    theirs = checkout / ".venv" / "theirs.txt"
    theirs.parent.mkdir()
    theirs.write_text("keep me")
    done = _start(checkout, XDG_CACHE_HOME=str(checkout.parent / "cache"))
    assert theirs.read_text() == "keep me"
    assert [entry.name for entry in theirs.parent.iterdir()] == ["theirs.txt"]
    if sys.platform == "linux":
        assert f"go into {checkout.parent / 'cache' / 'guide'}" in done.stderr


def test_the_chosen_folder_stands_alone(checkout: Path) -> None:
    """GUIDE_VENV is used, or refused in a sentence; never quietly replaced."""
    (checkout / "mine").mkdir()
    (checkout / "mine" / "photo.jpg").touch()
    refused = _start(checkout, GUIDE_VENV=str(checkout / "mine"))
    assert refused.returncode == 1
    assert "Set GUIDE_VENV to the name of an empty folder" in refused.stderr
    used = _start(checkout, GUIDE_VENV=str(checkout / "new"))
    assert f"go into {checkout / 'new'}" in used.stderr


@posix_only
def test_a_second_start_waits_and_says_so(checkout: Path) -> None:
    """Two starts at once never write into one environment together."""
    import fcntl

    place = checkout / ".venv"
    place.mkdir()
    with (place / LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = subprocess.Popen(
            _command(),
            cwd=checkout,
            env=_surroundings(checkout),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert second.stderr is not None
        assert "Waiting for it" in second.stderr.readline()
        assert second.poll() is None
        _pretend_ready(checkout)  # the first start finishes, and lets go
    out, said = second.communicate(timeout=60)
    assert out.startswith("started again")
    assert said == ""


def test_others_cannot_write_what_the_reader_will_run(checkout: Path) -> None:
    """Even with an open umask, only the owner can change the environment."""
    before = os.umask(0)
    try:
        _start(checkout)
    finally:
        os.umask(before)
    loose = [
        entry
        for entry in (checkout / ".venv").rglob("*")
        if not entry.is_symlink() and entry.stat().st_mode & 0o022
    ]
    assert not loose


def test_odd_settings_of_pip_do_not_reach_it(checkout: Path) -> None:
    """A folder, a constraint or a source build set for pip would break this."""
    _start(checkout, PIP_TARGET="x", PIP_USER="1", PIP_CONSTRAINT="no such file")
    log = (checkout / ".venv" / "guide-setup.log").read_text()
    assert "No matching distribution" in log
    assert not (checkout / "x").exists()


WAYS_IN = ["guide/__init__", "guide/__main__", "guide/bootstrap/__init__"]


@pytest.mark.parametrize("name", [*WAYS_IN, "tests/__init__", "tests/__main__"])
def test_an_old_python_can_read_the_way_in(name: str) -> None:
    """Python 3.6 gets a sentence: old grammar, and no new kind of annotation."""
    source = (ROOT / f"{name}.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    nodes = list(ast.walk(tree))
    assert "__future__" not in {
        n.module for n in nodes if isinstance(n, ast.ImportFrom)
    }
    notes = [n.annotation for n in nodes if isinstance(n, ast.arg | ast.AnnAssign)]
    notes += [n.returns for n in nodes if isinstance(n, ast.FunctionDef)]
    assert not [n for n in notes if isinstance(n, ast.Subscript | ast.BinOp)]


def test_an_old_python_gets_a_sentence(checkout: Path) -> None:
    """Where an old Python is at hand, it is really asked."""
    for minor in (10, 9, 8, 7, 6):
        command = [f"python3.{minor}", "-m", "guide"]
        found = shutil.which(command[0])
        if found and not subprocess.run([found, "-c", ""], check=False).returncode:
            done = subprocess.run(
                command, cwd=checkout, capture_output=True, text=True, check=False
            )
            assert done.returncode == 1
            assert (
                f"needs Python 3.11 or newer; this is Python 3.{minor}" in done.stderr
            )
            return
    pytest.skip("no old Python here")


@pytest.mark.long
@pytest.mark.parametrize("what", ["guide", "tests"])
def test_the_whole_set_up(checkout: Path, what: str) -> None:
    """The only test that fetches: each list, with the settings of this computer."""
    kept = {name: v for name, v in os.environ.items() if not name.startswith("GUIDE_")}
    shutil.copy(ROOT / "tests" / "__init__.py", checkout / "tests")
    (checkout / "tests" / "__main__.py").write_text(
        "from guide.bootstrap import prepare\n"
        "prepare('tests')\n"
        "from guide.cli import main\n"
        "raise SystemExit(main())\n"
    )
    command = [_command()[0], "-m", what]
    first, second = (
        subprocess.run(
            command, cwd=checkout, env=kept, capture_output=True, text=True, check=True
        )
        for _ in range(2)
    )
    assert first.stdout == second.stdout == f"home page {checkout / '.venv'}\n"
    assert first.stderr.endswith("Done.\n")
    assert second.stderr == ""
