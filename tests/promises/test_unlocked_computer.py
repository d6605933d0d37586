"""Ten minutes at the reader's unlocked computer, under their login.

Whoever sits there can read and change every file of this login, and set the clock.
They cannot open what is sealed. What they can still do must be told to the reader, or
must ask for the passphrase; and the guide itself must never finish their work.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from guide.actions.guarding import check_vault
from guide.actions.journey import Journey
from guide.actions.keeping import (
    change_passphrase,
    open_by_recovery,
    recovery_sheet,
    vault_of,
)
from guide.actions.notes import INCIDENT
from guide.actions.recording import put_in_bin
from guide.actions.vault_facts import ways_in_words
from guide.actions.ways_in import changed_in_words, ways_are_others
from guide.cli.starting import why_plain
from guide.plain.session import Session
from guide.plain.talk import Talk
from guide.settings import Settings
from guide.vault.key_file import read_key_file, replace_key_file
from guide.vault.keys import CHEAPEST
from guide.vault.problems import WrongPassphraseError
from guide.vault.slots import SlotKind, new_slot
from tests.bench.leaving_window import Window
from tests.bench.programs import environment
from tests.plain.talking import a_desk
from tests.promises.idling_app import OWN
from tests.promises.unlocked import CANARY, notes_in, opened, said_on, written
from tests.unit.test_cli import TERMINAL, run
from tests.vault.keeping_desk import NOON, OTHER, WORDS, kept_at

IDLING = Path(__file__).with_name("idling_app.py")
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed vault with somebody and an incident in it."""
    return notes_in(tmp_path)


# At a screen that was left open.


def test_a_clock_set_forward_empties_no_bin_without_the_passphrase(
    tmp_path: Path,
) -> None:
    desk = kept_at(a_desk(), tmp_path / "notes")
    id_ = written(desk)
    put_in_bin(desk, INCIDENT, id_, "a mistake")
    later = replace(desk, now=lambda: NOON + timedelta(days=31))
    journey = Journey(later)
    journey.open("bin")
    journey.choose("empty")
    journey.choose("sure")
    ask = journey.sheet().ask
    assert ask is not None
    assert ask.secret
    with pytest.raises(WrongPassphraseError):
        journey.typed(OTHER)
    assert desk.vault.incident(id_).account.startswith(CANARY)
    assert desk.vault.tombstones() == ()
    journey.typed(WORDS)
    assert [stone.id for stone in desk.vault.tombstones()] == [id_]
    desk.close()


# In plain mode, whose window keeps what was said.


def test_in_plain_mode_locking_hides_what_was_said(folder: Path) -> None:
    hidden: list[int] = []
    journey = Journey(opened(folder))

    answers = iter(["7", "lock"])
    lines: list[str] = []

    def ask(_words: str) -> str:
        answer = next(answers, None)
        if answer is None:
            raise EOFError
        return answer

    reader = Talk(ask, lines.append)
    reader.hide = lambda: hidden.append(len(lines))
    with pytest.raises(EOFError):
        Session(journey, reader).run()
    assert CANARY in "".join(lines)
    (at,) = hidden
    assert "Locked" in "".join(lines[at:])
    assert CANARY not in "".join(lines[at:])


@posix
@pytest.mark.parametrize("by", ["the word", "five minutes"])
def test_a_window_in_plain_mode_shows_nothing_once_it_is_locked(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, by: str
) -> None:
    """By itself, though nobody presses a key; what scrolled away is gone as well."""
    desk = kept_at(a_desk(), tmp_path / "notes")
    written(desk)
    desk.close()
    shared = environment(tmp_path_factory.mktemp("scratch"))
    env = {**shared, "GUIDE_HOME": str(tmp_path)}
    command = [sys.executable, str(IDLING), "plain", str(tmp_path)]
    with Window(command, env) as window:
        window.wait_for("What is happening?")
        window.type(b"7\r")
        window.wait_for(CANARY)
        window.settle(0.3)
        if by == "the word":
            window.type(b"lock\r")
        else:
            (tmp_path / OWN).write_text("301", "ascii")
        window.wait_for("Locked")
        window.settle(0.3)
        assert CANARY not in window.screen.everything
        assert "What is happening?" not in window.screen.everything
        opened(tmp_path / "notes").close()  # nobody holds it any more


# The key file, which lies open.


def test_an_old_key_file_that_was_put_back_is_told(folder: Path) -> None:
    """The old passphrase opens it then: that is said before, and seen afterwards."""
    old = (folder / "vault.json").read_bytes()
    desk = opened(folder)
    change_passphrase(desk, WORDS, OTHER, OTHER, profile=CHEAPEST)
    assert not ways_are_others(desk)
    desk.close()
    assert "old vault.json" in changed_in_words()
    desk = opened(folder, OTHER)
    assert not ways_are_others(desk)
    desk.close()
    (folder / "vault.json").write_bytes(old)
    journey = Journey(a_desk(), door=folder)
    journey.typed(WORDS)
    assert journey.sheet().name == "vault"
    assert "not the ones that were noted last" in said_on(journey.sheet())
    assert any("noted last" in each for each in check_vault(journey.desk).notes)
    journey.desk.close()


def test_an_old_spare_that_was_planted_is_told(folder: Path) -> None:
    """It needs no key file in its place then; and a new change ends it again."""
    old = (folder / "backup" / "keys.json").read_bytes()
    desk = opened(folder)
    change_passphrase(desk, WORDS, OTHER, OTHER, profile=CHEAPEST)
    desk.close()
    (folder / "vault.json").unlink()
    (folder / "backup" / "keys.json").write_bytes(old)
    journey = Journey(a_desk(), door=folder)
    journey.choose("spare")
    with pytest.raises(WrongPassphraseError):
        journey.typed(OTHER)
    journey.typed(WORDS)
    assert journey.sheet().name == "vault"
    assert "not the ones that were noted last" in said_on(journey.sheet())
    assert any("noted last" in each for each in check_vault(journey.desk).notes)
    change_passphrase(journey.desk, WORDS, OTHER, OTHER, profile=CHEAPEST)
    journey.desk.close()
    with pytest.raises(WrongPassphraseError):
        opened(folder)
    opened(folder, OTHER).close()


def test_a_recovery_sheet_that_was_made_useless_is_told(folder: Path) -> None:
    """Nobody would notice before the day on which the passphrase is lost."""
    desk = opened(folder)
    words = " ".join(recovery_sheet(desk, WORDS, profile=CHEAPEST))
    desk.close()
    open_by_recovery(a_desk(), folder, words).close()
    keys = read_key_file(folder)
    replace_key_file(folder, keys.with_slots(*keys.of_kind(SlotKind.PASSPHRASE)))
    journey = Journey(a_desk(), door=folder)
    journey.typed(WORDS)
    assert "make a new recovery sheet" in said_on(journey.sheet())
    again = " ".join(recovery_sheet(journey.desk, WORDS, profile=CHEAPEST))
    journey.desk.close()
    journey = Journey(a_desk(), door=folder)
    journey.typed(WORDS)
    assert journey.sheet().name != "vault"
    journey.desk.close()
    open_by_recovery(a_desk(), folder, again).close()


def test_a_second_passphrase_that_somebody_added_is_counted(folder: Path) -> None:
    desk = opened(folder)
    assert ways_in_words(desk) == "passphrase"
    keys, root = read_key_file(folder), vault_of(desk).root
    other = new_slot(SlotKind.PASSPHRASE, b"known to another", root, CHEAPEST)
    replace_key_file(folder, keys.with_slots(*keys.slots, other))
    assert ways_in_words(desk) == "passphrase (2 of them)"
    desk.close()


# Set up so that harm comes later.


def test_doctor_tells_what_was_set_from_outside(tmp_path: Path) -> None:
    """Settings that hide less, and variables that choose where the guide looks."""
    plain = run(tmp_path, "doctor", HOME=str(tmp_path))
    assert "scrolled back" not in plain.stdout
    (tmp_path / "settings.toml").write_text("erase_scrollback = false\n")
    planted: Mapping[str, str] = {"GUIDE_VENV": f"/{CANARY}"}
    done = run(tmp_path, "doctor", HOME=str(tmp_path), **planted)
    said = " ".join(done.stdout.split())
    assert "leaving does not empty what can be scrolled back to" in said
    assert "choosing where the guide looks: GUIDE_HOME, GUIDE_VENV." in said
    assert CANARY not in done.stdout
    told = json.loads(run(tmp_path, "doctor", "--json", HOME=str(tmp_path)).stdout)
    assert told["scrollback_stays"] is True
    assert told["steering"] == ["GUIDE_HOME"]


@posix
@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_that_cannot_be_emptied_is_said_to_be_one(term: str) -> None:
    """One line in a start file is enough to make leaving useless."""
    why = why_plain(None, {"TERM": term}, Settings(), TERMINAL)
    assert "Leaving cannot empty it" in why
