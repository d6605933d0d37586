"""The promise: no flow makes a socket, and none needs a network.

Each runs with an audit hook that notes every socket of Python. Where the kernel can,
it runs in a network of its own that leads nowhere: there the kernel itself counts what
any library tried to send. Where strace is there, it notes every socket that anything
asked the kernel for.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pexpect
import pytest

from tests.plain.talking import TO_THE_NOTICE, TO_THE_PLAN, a_desk
from tests.promises.traced import can_trace, read_trace, tracing
from tests.unit.test_cli import FILLED, REPOSITORY, SAMPLE, an_environment
from tests.vault.keeping_desk import WORDS, kept_at

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
CTRL_Q = "\x11"
APP = Path(__file__).with_name("no_network_app.py")
_COUNTERS = ("OutRequests", "OutNoRoutes", "ActiveOpens", "OutDatagrams", "OutSegs")
# What leaves the guide by a key reaches this shell too, and must not end it.
_IN_NOWHERE = """
trap : INT QUIT
"$@"; code=$?; cat /proc/net/snmp /proc/net/snmp6 >"$0"; exit $code
"""
_KEPT = f"{WORDS}\n"
_NOTICE = "\n".join((*TO_THE_PLAN, *TO_THE_NOTICE[1:], *FILLED, ""))
FLOWS = {
    "read": ((("read", "l-this-guide")), ""),
    "search": (("search", "police"), ""),
    "plan": (("plan",), _KEPT),
    "letter": (("--keep-nothing", "letter", "new", "no-contact-notice"), _NOTICE),
    "mail": (("mail", "explain", SAMPLE), ""),
    "complaint": (("--keep-nothing", "mail", "complaint", SAMPLE), ""),
    "incident": (
        ("incident", "add"),
        f"{_KEPT}They wrote.\n\n2026-11-03 22:10\n1\nemail\n",
    ),
    "evidence": (("evidence", "add", "pyproject.toml"), _KEPT),
    "vault check": (("vault", "check"), _KEPT),
    "vault backup": (("vault", "backup"), _KEPT),
    "keyring": (("vault", "keyring", "on"), _KEPT),
    "filter": (("filter", "--format", "sieve"), f"{_KEPT}1\na@example.com\n"),
    "doctor": (("doctor",), ""),
    "check": (("check",), ""),
    "plain": (("--plain", "--keep-nothing"), "\n".join((*TO_THE_PLAN, "q", ""))),
}
_MAY_FAIL = {"complaint": (7,), "keyring": (1,)}


def nowhere() -> bool:
    """Whether a network that leads nowhere can be had."""
    tool = shutil.which("unshare")
    if tool is None or not Path("/proc/net/snmp").exists():
        return False
    return subprocess.run([tool, "-rn", "true"], check=False).returncode == 0


NOWHERE = nowhere()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    kept_at(a_desk(), folder / "notes").close()
    return folder


def command(notes: Path, *words: str) -> list[str]:
    """The words of one run."""
    return [sys.executable, str(APP), str(notes), *words]


def given(home: Path) -> dict[str, str]:
    return an_environment(home, HOME=str(home), PYTHONPATH=str(REPOSITORY))


def assert_nothing_was_sent(notes: Path, counted: str) -> None:
    assert notes.read_text() == ""
    assert {name: n for name, n in counts(counted).items() if n} == {}


def counts(told: str) -> dict[str, int]:
    """What the kernel counted: IPv4 in two lines each, IPv6 in one line each."""
    found: dict[str, int] = {}
    lines = told.splitlines()
    for names, numbers in pairwise(lines):
        kind, _colon, rest = names.partition(":")
        if numbers.startswith(f"{kind}: ") and re.search("[a-z]", rest):
            pairs = zip(rest.split(), numbers.split()[1:], strict=False)
            found |= {kind + k: int(v) for k, v in pairs if k in _COUNTERS}
    for line in lines:
        name, _space, number = line.partition(" ")
        if name in ("Ip6OutRequests", "Ip6OutNoRoutes", "Udp6OutDatagrams"):
            found[name] = int(number)
    return found


def nowhere_line(notes: Path, *words: str) -> list[str]:
    """One command, in a network that leads nowhere and traced, where that can be."""
    line = command(notes, *words)
    if can_trace(notes.parent):
        line = [*tracing(notes.with_name("trace"), "socket,connect"), *line]
    counted = notes.with_name("counted")
    counted.touch()
    if NOWHERE:
        line = ["unshare", "-rn", "sh", "-c", _IN_NOWHERE, str(counted), *line]
    return line


def sockets(notes: Path) -> list[str]:
    """Every socket that leads out of this computer, as it was asked for."""
    trace = notes.with_name("trace")
    found = read_trace(trace).sockets if trace.exists() else []
    return [each for each in found if not each.startswith("AF_UNIX")]


def run_nowhere(
    home: Path, notes: Path, *words: str, typed: str = ""
) -> tuple[subprocess.CompletedProcess[bytes], str]:
    """One run, and what the kernel of its network counted, where there is one."""
    done = subprocess.run(
        nowhere_line(notes, *words),
        cwd=REPOSITORY,
        env=given(home),
        input=typed.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done, notes.with_name("counted").read_text()


@pytest.mark.parametrize("flow", FLOWS)
def test_a_flow_makes_no_socket(flow: str, home: Path, tmp_path: Path) -> None:
    words, typed = FLOWS[flow]
    out = ("--out", str(tmp_path / "letter.pdf")) if flow == "letter" else ()
    notes = tmp_path / "sockets"
    done, counted = run_nowhere(home, notes, *words, *out, typed=typed)
    assert done.returncode in _MAY_FAIL.get(flow, (0,)), done.stderr
    assert_nothing_was_sent(notes, counted)
    assert sockets(notes) == []
    assert not NOWHERE or counts(counted)


def test_the_interface_makes_no_socket(home: Path, tmp_path: Path) -> None:
    """Through the door, over some screens, and out, in a real terminal."""
    notes = tmp_path / "sockets"
    line = nowhere_line(notes, "--tui")
    shown = pexpect.spawn(
        line[0],
        line[1:],
        cwd=str(REPOSITORY),
        env=given(home),
        encoding="utf-8",
        timeout=30,
        dimensions=(24, 80),
    )
    shown.expect("Passphrase")
    shown.send(WORDS + "\r")
    shown.expect("Saved")
    for keys, seen in (("\x10", "All commands"), ("f", "computer remembers")):
        shown.send(keys)
        shown.expect(seen)
    shown.send("!")
    shown.expect("elp lines")
    shown.send(CTRL_Q)
    shown.expect(pexpect.EOF)
    shown.close()
    assert shown.exitstatus == 0
    counted = notes.with_name("counted").read_text()
    assert_nothing_was_sent(notes, counted)
    assert sockets(notes) == []
    assert not NOWHERE or counts(counted)


def test_an_attempt_would_be_seen(home: Path, tmp_path: Path) -> None:
    """Or the tests above could not fail."""
    notes = tmp_path / "sockets"
    _done, counted = run_nowhere(home, notes, "--try-it")
    assert "socket.connect" in notes.read_text()
    traced = notes.with_name("trace").exists()
    assert not traced or [x[:7] for x in sockets(notes)] == ["AF_INET"]
    assert not NOWHERE or counts(counted)["IpOutNoRoutes"] == 1
