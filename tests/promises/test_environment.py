"""The promise: nothing in the environment steers what is written, loaded or shown.

Every variable that an installed package, Python or SQLite reads has a hostile value,
in a real start in a real terminal. Those that choose the Python itself are out of
reach, and are named in ``surrounding_names``.
"""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pexpect
import pytest

from tests.plain.talking import TO_THE_NOTICE, TO_THE_PLAN
from tests.promises.surrounding_names import (
    DECIDED_BEFORE,
    GROUPS,
    HONOURED,
    NEVER_RUN,
    PACKAGES,
    PYTHON,
    TEXTUAL,
)
from tests.unit.test_cli import FILLED, REPOSITORY, an_environment, run
from tests.vault.keeping_desk import WORDS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
CTRL_Q, ESCAPE = "\x11", "\x1b"
SIGN = "Canary-of-the-environment"
_READ = re.compile(
    r"""(?:environ(?:\.get|b\.get|\.pop|\.setdefault)?[\[(]|getenv\(
    |get_environ(?:_bool|_int|_port)?\()\s*["']([A-Za-z_0-9]+)["']
    |["']([A-Z_0-9]{3,})["']\s(?:not\s)?in\s(?:os\.)?environ""",
    re.VERBOSE,
)
_SPECIAL = {
    "TEXTUAL_DRIVER": "trap:Driver",
    "PYTHONBREAKPOINT": "trap.Driver",
    "PYTHONWARNINGS": "always",
    "PYTHON_PRESITE": "trap",
    "PYTHON_KEYRING_BACKEND": "trap.Driver",
    "KEYRING_PROPERTY_FILE": "trap",
    "PYTHONHASHSEED": "1",
    "PYTHONMALLOC": "debug",
    "PYTHONINTMAXSTRDIGITS": "0",
    "PYTHONTRACEMALLOC": "9",
    "PYTHONPROFILEIMPORTTIME": "1",
    "PYTHON_GIL": "1",
    "PYTHON_CPU_COUNT": "1",
    "PYTHON_FROZEN_MODULES": "on",
    "TEXTUAL_SCREENSHOT": "1",
    "TEXTUAL_PRESS": "down,enter",
    "TEXTUAL_FPS": "1",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL_SHOW_RETURN": "1",
    "ESCDELAY": "90000",
    "COLUMNS": "9",
    "LINES": "3",
    "ROWS": "3",
    "JUPYTER_COLUMNS": "9",
    "JUPYTER_LINES": "3",
    "DBUS_SESSION_BUS_ADDRESS": "tcp:host=192.0.2.1,port=9",
    "DBUS_SYSTEM_BUS_ADDRESS": "tcp:host=192.0.2.1,port=9",
    "PAGER": "touch",
    "BROWSER": "touch",
    "SOURCE_DATE_EPOCH": "1",
    "XKCDPASS_ALLOW_WEAKRNG": "1",
}


class Trap:
    """A folder in which nothing may come to be, and code that tells if it is run."""

    def __init__(self, folder: Path) -> None:
        self.home, self.folder = folder / "home", folder / "trap"
        self.home.mkdir()
        self.folder.mkdir()
        (self.folder / SIGN).mkdir()
        marker = str(self.folder / "was-run")
        code = f"open({marker!r}, 'w').close()\nclass Driver: pass\n"
        for name in ("trap.py", "startup.py"):
            (self.folder / name).write_text(code)
        self._before = self._now()

    def value(self, name: str) -> str:
        """A hostile value: a file to write or to load, or what asks for most."""
        if name in _SPECIAL:
            return _SPECIAL[name]
        if name == "PYTHONSTARTUP":
            return str(self.folder / "startup.py")
        return str(self.folder / SIGN / name)

    def values(self, *names: str) -> dict[str, str]:
        given = {name: self.value(name) for name in names}
        return {**given, "PYTHONPATH": str(self.folder)}

    def assert_untouched(self) -> None:
        assert self._now() == self._before

    def _now(self) -> set[str]:
        return {str(path) for path in self.folder.rglob("*")}


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    return Trap(tmp_path)


class Sent:
    """Everything that was sent to the terminal."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        """Nothing waits."""


def started(home: Path, given: dict[str, str], keys: str) -> str:
    """Start the interface, press *keys* on its first screen; all that was sent."""
    shown = pexpect.spawn(
        sys.executable,
        ["-m", "guide", "--tui", "--keep-nothing"],
        cwd=str(REPOSITORY),
        env=an_environment(home, HOME=str(home), **given),
        encoding="utf-8",
        timeout=30,
        dimensions=(24, 80),
    )
    sent = Sent()
    shown.logfile_read = sent
    shown.expect("Leave now")
    for key in keys:
        shown.send(key)
        if shown.expect([pexpect.TIMEOUT, pexpect.EOF], timeout=0.15):
            break
    else:
        shown.expect(pexpect.EOF, timeout=10)
    shown.close()
    assert shown.exitstatus == 0
    return sent.text


def assert_nothing_after_leaving(sent: str) -> None:
    """The last thing that was sent is the wipe: no prompt, no list, no report.

    What Python says before it runs a line of ours stands above the first screen.
    """
    sent = sent[sent.index("\x1b[?1049h") :]
    assert sent.endswith("\x1b[23;0t\x1b]0;\x1b\\"), sent[-300:]
    for word in (SIGN, ">>> ", "Traceback", "# destroy", "import time:", "Warning"):
        assert word not in sent


@pytest.mark.parametrize("group", GROUPS)
def test_a_start_with_hostile_values(group: str, trap: Trap) -> None:
    names = GROUPS[group]
    sent = started(trap.home, trap.values(*names), CTRL_Q)
    assert_nothing_after_leaving(sent)
    trap.assert_untouched()
    assert list(trap.home.iterdir()) == []


@pytest.mark.parametrize("name", PYTHON)
def test_each_of_python_alone(name: str, trap: Trap) -> None:
    """Together, one may switch another off."""
    assert_nothing_after_leaving(started(trap.home, trap.values(name), CTRL_Q))
    trap.assert_untouched()


def test_escape_is_never_held_back(trap: Trap) -> None:
    """``ESCDELAY`` would make three presses take minutes."""
    given = trap.values(*TEXTUAL)
    assert_nothing_after_leaving(started(trap.home, given, ESCAPE * 3))


@pytest.mark.parametrize("group", GROUPS)
def test_commands_with_hostile_values(group: str, trap: Trap) -> None:
    """A vault, a letter as PDF, and the keyring; each loads what the start does not."""
    given = trap.values(*GROUPS[group])
    typed = f"{WORDS}\n{WORDS}\n"
    made = run(trap.home, "vault", "new", typed=typed, HOME=str(trap.home), **given)
    assert made.returncode == 0, made.stderr
    asked = run(trap.home, "vault", "keyring", "on", HOME=str(trap.home), **given)
    assert asked.returncode != 0
    letter = trap.home / "letter.pdf"
    answers = (*TO_THE_PLAN, *TO_THE_NOTICE[1:], *FILLED)
    words = ("--keep-nothing", "letter", "new", "no-contact-notice")
    written = run(
        trap.home,
        *(*words, "--out", str(letter)),
        typed="\n".join([*answers, ""]),
        HOME=str(trap.home),
        **given,
    )
    assert letter.read_bytes().startswith(b"%PDF"), written.stderr
    for done in (made, asked):
        assert SIGN not in done.stdout + done.stderr
    trap.assert_untouched()
    assert {path.name for path in trap.home.iterdir()} <= {"notes", "letter.pdf"}


def test_what_is_hostile_here_is_hostile(trap: Trap) -> None:
    """Without the guide the trap does close, or the tests above could not fail."""
    code = "import textual.constants as c, warnings\nbreakpoint()"
    subprocess.run(
        [sys.executable, "-c", code],
        env={**an_environment(trap.home), **trap.values("PYTHONBREAKPOINT")},
        capture_output=True,
        check=False,
    )
    with pytest.raises(AssertionError):
        trap.assert_untouched()


def test_the_list_is_whole() -> None:
    """Every variable that an installed package reads by name is in the list."""
    listed = {*HONOURED, *DECIDED_BEFORE, *NEVER_RUN}
    listed |= {name for names in GROUPS.values() for name in names}
    missing = {
        f"{package}: {name}"
        for package in PACKAGES
        for name in read_by(package)
        if name not in listed and not name.startswith(NEVER_RUN[0])
    }
    assert missing == set()


def test_the_search_finds_what_is_read() -> None:
    assert {"TEXTUAL_LOG", "ESCDELAY", "TEXTUAL_DRIVER"} <= read_by("textual")
    assert "PYTHON_KEYRING_BACKEND" in read_by("keyring")


def read_by(package: str) -> set[str]:
    """The names of the variables in the sources of *package*."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return set()
    found: set[str] = set()
    for source in Path(spec.submodule_search_locations[0]).rglob("*.py"):
        for match in _READ.finditer(source.read_text("utf-8", "replace")):
            found.add(match[1] or match[2])
    return found


def test_python_itself_reads_no_other() -> None:
    told = subprocess.run(
        [sys.executable, "--help-env"], capture_output=True, text=True, check=True
    ).stdout
    known = {*PYTHON, *DECIDED_BEFORE}
    assert set(re.findall(r"^(PYTHON[A-Z_0-9]+)", told, re.MULTILINE)) <= known
