"""The promise: no letter of a fast typist is lost, or stands where it was not meant.

In a real terminal, with keys that come all at once, or faster than anybody reads.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from guide.actions.desk import keep_nothing
from guide.actions.keeping import open_vault_desk
from tests.promises import pty_terminal
from tests.promises.pty_terminal import Terminal
from tests.vault.keeping_desk import WORDS

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="needs fork and a POSIX terminal"
)
CTRL_C, CTRL_Q, BACK_TAB = b"\x03", b"\x11", b"\x1b[Z"
LEFT = b"\x1b[?1049l"
PATIENCE = 60.0  # seconds; a busy machine takes long for a whole record
FORM_READY = b"Summary for the police"
# The form begins at the first of these; each is a line.
BLANKS = ("legal_name", "reply_address", "safe_phone", "safe_times", "their_name")
LONG = ("Witness", "Effect", "Done", "Told", "Note")
BUSY = "while True: pass"
Way = Callable[[Terminal, bytes], None]


@pytest.fixture(autouse=True)
def _the_interface(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Path(__file__).with_name("typing_app.py")
    monkeypatch.setattr(pty_terminal, "APP", app)
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def load() -> Iterator[None]:
    """Two other processes that never rest."""
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _each in range(2)]
    yield
    for each in busy:
        each.kill()
        each.wait()


def all_at_once(terminal: Terminal, keys: bytes) -> None:
    terminal.type(keys)


def one_by_one(terminal: Terminal, keys: bytes) -> None:
    for at in range(len(keys)):
        os.write(terminal._terminal, keys[at : at + 1])
        time.sleep(0.001)


WAYS = [
    pytest.param(all_at_once, id="all at once"),
    pytest.param(one_by_one, id="one by one"),
]


def ready(terminal: Terminal, words: bytes = b"Leave now") -> None:
    terminal.hear(words, within=PATIENCE)
    terminal.settle()


def noted(folder: Path) -> dict[str, str]:
    """What stands there, by the latest note."""
    try:
        values: dict[str, str] = json.loads((folder / "noted").read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return values


def come_to_stand(terminal: Terminal, folder: Path, **wanted: str) -> None:
    """Wait until *wanted* stands there and nothing else is still coming."""
    until = time.monotonic() + PATIENCE
    while {name: noted(folder).get(name) for name in wanted} != wanted:
        if time.monotonic() > until:
            break
        terminal.settle(0.02)
    terminal.settle(0.1)
    assert {name: noted(folder).get(name) for name in wanted} == wanted


def words_for(number: int) -> dict[str, str]:
    """Other words for every blank, and none that fits in the blank of another."""
    words = {name: f"{name.replace('_', ' ')} {number}" for name in BLANKS}
    words["reply_address"] = f"reply.{number}@example.com"
    return words


def lines(words: dict[str, str]) -> bytes:
    return "".join(f"{each}\r" for each in words.values()).encode()


def fill_again_and_again(folder: Path, write: Way, rounds: int) -> None:
    with Terminal("form", str(folder)) as terminal:
        ready(terminal, FORM_READY)
        for number in range(rounds):
            words = words_for(number)
            write(terminal, lines(words))
            come_to_stand(terminal, folder, **words)
            terminal.type(BACK_TAB * len(words))
            terminal.settle(0.15)
        terminal.type(CTRL_C)
        terminal.hear(LEFT)


@pytest.mark.parametrize("write", WAYS)
@pytest.mark.usefixtures("load")
def test_every_blank_of_a_form_holds_its_own_words(tmp_path: Path, write: Way) -> None:
    fill_again_and_again(tmp_path, write, 2)


@pytest.mark.long
@pytest.mark.parametrize("write", WAYS)
@pytest.mark.usefixtures("load")
def test_every_blank_holds_its_own_words_fifty_times(
    tmp_path: Path, write: Way
) -> None:
    fill_again_and_again(tmp_path, write, 50)


@pytest.mark.parametrize("write", WAYS)
def test_what_is_typed_right_after_the_slash_is_searched(
    tmp_path: Path, write: Way
) -> None:
    with Terminal("home", str(tmp_path)) as terminal:
        ready(terminal)
        write(terminal, b"/police")
        come_to_stand(terminal, tmp_path, line="police")
        assert "police" in terminal.everything_visible
        terminal.type(CTRL_C)
        terminal.hear(LEFT)


@pytest.mark.parametrize("start", [b"/police", b"/\x1b[200~police\x1b[201~"])
def test_however_long_the_line_takes_to_come(tmp_path: Path, start: bytes) -> None:
    """Also a paste right behind the key."""
    with Terminal("home", str(tmp_path), "0.6") as terminal:
        ready(terminal)
        terminal.type(start)
        come_to_stand(terminal, tmp_path, line="police")
        terminal.type(CTRL_C)
        terminal.hear(LEFT)


def test_a_paste_right_after_enter_stands_in_the_next_blank(tmp_path: Path) -> None:
    with Terminal("form", str(tmp_path)) as terminal:
        ready(terminal, FORM_READY)
        terminal.type(b"A. Person\r\x1b[200~a.person@example.com\x1b[201~\r555\r")
        come_to_stand(
            terminal,
            tmp_path,
            legal_name="A. Person",
            reply_address="a.person@example.com",
            safe_phone="555",
        )
        terminal.type(CTRL_C)
        terminal.hear(LEFT)


def test_back_waits_for_the_letters_before_it(tmp_path: Path) -> None:
    with Terminal("form", str(tmp_path)) as terminal:
        ready(terminal, FORM_READY)
        terminal.type(b"A. Person\ra.person@example.com\x1b")
        ready(terminal, b"What is happening?")
        come_to_stand(
            terminal,
            tmp_path,
            legal_name="A. Person",
            reply_address="a.person@example.com",
            safe_phone="",
        )
        terminal.type(CTRL_C)
        terminal.hear(LEFT)


@pytest.mark.parametrize("key", [CTRL_C, CTRL_Q], ids=["ctrl+c", "ctrl+q"])
def test_leaving_never_waits(tmp_path: Path, key: bytes) -> None:
    """Also right behind a key that waits."""
    with Terminal("home", str(tmp_path), "0.3") as terminal:
        ready(terminal)
        terminal.type(b"/poli")
        time.sleep(0.05)
        terminal.type(key)
        assert terminal.hear(LEFT) < 0.5


def record(terminal: Terminal, number: int, write: Way) -> None:
    """Write an incident down, from the first screen to the last key."""
    terminal.type(b"i")
    ready(terminal, b"Write down what happened")
    write(terminal, f"nAccount {number}.\t\ryesterday 22:10\r".encode())
    ready(terminal, b"Was it then?")
    short = f"email {number}\rPlace {number}\r@who{number}\r"
    long = "".join(f"{name} {number}\t\r" for name in LONG)
    write(terminal, f"\r{short}{long}".encode())
    ready(terminal, b"Look it over")
    terminal.type(b"k")
    ready(terminal, f"Incident {number}".encode())
    terminal.type(b"gh")
    ready(terminal, b"What is happening?")


def assert_kept(folder: Path, rounds: int) -> None:
    desk = open_vault_desk(keep_nothing(), folder / "notes", WORDS)
    try:
        kept = sorted(desk.vault.incidents(), key=lambda each: each.number)
        assert [each.number for each in kept] == [*range(1, rounds + 1)]
        for each in kept:
            number = each.number
            assert each.account == f"Account {number}."
            assert each.when.words == "yesterday 22:10"
            assert each.platform == f"email {number}"
            assert each.where == f"Place {number}"
            assert desk.vault.person(each.person_id).label == f"@who{number}"
            assert each.witnesses == (f"Witness {number}",)
            assert each.effect == f"Effect {number}"
            assert each.done == f"Done {number}"
            assert each.reported_to == (f"Told {number}",)
    finally:
        desk.close()


def keep_again_and_again(folder: Path, write: Way, rounds: int) -> None:
    with Terminal("kept", str(folder)) as terminal:
        ready(terminal)
        for number in range(1, rounds + 1):
            record(terminal, number, write)
        terminal.type(CTRL_C)
        terminal.hear(b"END")
    assert_kept(folder, rounds)


@pytest.mark.parametrize("write", WAYS)
@pytest.mark.usefixtures("load")
def test_an_incident_is_kept_as_it_was_typed(tmp_path: Path, write: Way) -> None:
    keep_again_and_again(tmp_path, write, 1)


@pytest.mark.long
@pytest.mark.parametrize("write", WAYS)
@pytest.mark.usefixtures("load")
def test_fifty_incidents_are_kept_as_they_were_typed(
    tmp_path: Path, write: Way
) -> None:
    keep_again_and_again(tmp_path, write, 50)


def test_plain_mode_takes_line_after_line(tmp_path: Path) -> None:
    """It reads lines, so each answers its own question, however fast they come."""
    answers = (
        *("g inc", "1", "Account 1.", "", "yesterday 22:10", "1", "email 1"),
        *("Place 1", "@who1", "Witness 1", "", "Effect 1", "", "Done 1", ""),
        *("Told 1", "", "Note 1", "", "1"),
    )
    with Terminal("plain", str(tmp_path)) as terminal:
        terminal.hear(b"What is happening?")
        terminal.settle()
        terminal.type("".join(f"{each}\n" for each in answers).encode())
        terminal.hear(b"Incident 1")
        terminal.settle()
        terminal.type(CTRL_C)
        terminal.hear(b"END")
    assert_kept(tmp_path, 1)
