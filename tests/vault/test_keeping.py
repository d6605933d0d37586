"""Making a vault of what was said, opening it again, locking it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from guide.actions import guarding, keeping
from guide.actions.desk import Desk, VaultState, forgetful, keep_nothing
from guide.actions.gates import letter, why_closed
from guide.actions.journey import Journey
from guide.model.conditions import AnswerValue
from guide.model.people import Identifier, IdentifierKind, Person
from guide.model.problems import GuideError, InvalidAnswerError, LockedError
from guide.model.progress import TickState
from guide.model.records import LetterState
from guide.vault.journal import Journal
from guide.vault.keys import CHEAPEST
from guide.vault.problems import (
    NoVaultError,
    PlaceRefusedError,
    VaultInUseError,
    WeakPassphraseError,
    WrongPassphraseError,
)
from tests.vault import rows
from tests.vault.keeping_desk import (
    CONTACT,
    NOON,
    NOTICE,
    OTHER,
    WORDS,
    Clocks,
    finish_notice,
    kept_at,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture
def desk() -> Desk:
    return replace(keep_nothing(), now=lambda: NOON)


@pytest.fixture
def told(desk: Desk) -> Journey:
    """A journey on which the notice was finished, and a task ticked."""
    journey = Journey(desk)
    finish_notice(journey)
    desk.vault.put_tick("s-log", "a-task", TickState.DONE)
    return journey


def everything(desk: Desk) -> dict[str, object]:
    facts: dict[str, AnswerValue] = dict(desk.vault.answers())
    return {
        "answers": facts,
        "at": {fact: desk.vault.answered_at(fact) for fact in facts},
        "fields": dict(desk.vault.fields()),
        "ticks": dict(desk.vault.ticks("s-log")),
        "letters": desk.vault.letters(),
        "people": desk.vault.people(),
    }


def test_what_was_said_is_there_after_a_restart(told: Journey, tmp_path: Path) -> None:
    """Answers with their times, fields, ticks, letters, people, and the position."""
    before = everything(told.desk)
    kept = kept_at(told.desk, tmp_path / "v")
    assert everything(kept) == before
    kept.close()
    again = keeping.open_vault_desk(keep_nothing(), tmp_path / "v", WORDS)
    assert everything(again) == before
    journey = Journey(again)
    journey.open("continue")
    assert journey.sheet().name != again.library.start
    again.close()


def test_a_new_vault_agrees_with_its_journal(told: Journey, tmp_path: Path) -> None:
    """The signed journal tells of every row that moved, in order, without a remark."""
    told.desk.vault.mark_sent(told.desk.vault.letters()[0].id, NOON)
    kept = kept_at(told.desk, tmp_path / "v")
    looked = guarding.check_vault(kept)
    assert (looked.damage, looked.notes) == ((), ())
    assert looked.head.startswith("5:")
    kept.close()


def test_a_change_taken_back_in_memory_is_in_no_journal(
    desk: Desk, tmp_path: Path
) -> None:
    first = Identifier(kind=IdentifierKind.EMAIL, value=CONTACT)
    desk.vault.put_person(Person(id="a", label="A", identifiers=(first,)), NOON)
    with pytest.raises(GuideError):
        desk.vault.put_person(Person(id="b", label="B", identifiers=(first,)), NOON)
    kept = kept_at(desk, tmp_path / "v")
    assert guarding.check_vault(kept).damage == ()
    assert [person.id for person in kept.vault.people()] == ["a"]
    kept.close()


@pytest.mark.parametrize("sent", [False, True], ids=["finished", "sent"])
def test_the_notice_stays_once_only_after_a_restart(
    told: Journey, tmp_path: Path, *, sent: bool
) -> None:
    """Also for another name with the same address, in the vault itself."""
    letter_id = told.desk.vault.letters()[0].id
    if sent:
        told.desk.vault.mark_sent(letter_id, NOON)
    kept_at(told.desk, tmp_path / "v").close()
    again = keeping.open_vault_desk(keep_nothing(), tmp_path / "v", WORDS)
    assert why_closed(again, letter(again, "no-contact-notice"))
    kept = again.vault.letters()[0]
    second = replace(kept, id="second", person_id="somebody-else")
    with pytest.raises(GuideError):
        again.vault.add_letter(second, once=True)
    state = LetterState.SENT if sent else LetterState.FINISHED
    assert [each.state for each in again.vault.letters()] == [state]
    journey = Journey(again)
    journey.open(NOTICE)
    assert journey.sheet().name == "finished"
    again.close()


def test_what_is_said_after_making_is_kept_at_once(desk: Desk, tmp_path: Path) -> None:
    """A copy of the folder taken without closing has all of it."""
    kept = kept_at(desk, tmp_path / "v")
    kept.vault.put_answer("kinds", ("messages",), NOON)
    kept.vault.put_field("my_name", "A. Person")
    shutil.copytree(tmp_path / "v", tmp_path / "copy")
    copy = keeping.open_vault_desk(desk, tmp_path / "copy", WORDS)
    assert copy.vault.answers() == {"kinds": ("messages",)}
    assert copy.vault.fields() == {"my_name": "A. Person"}
    copy.close()
    kept.close()


_KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from guide.actions.desk import keep_nothing
from guide.actions.keeping import open_vault_desk
desk = open_vault_desk(keep_nothing(), Path(sys.argv[1]), sys.stdin.readline().strip())
now = datetime(2026, 11, 20, tzinfo=UTC)
for number in range(int(sys.argv[2])):
    desk.vault.put_answer(f"fact-{number}", "yes", now)
    os.write(1, f"{number}\\n".encode())
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("count", [1, 7, 40])
def test_an_acknowledged_answer_survives_a_kill(
    desk: Desk, tmp_path: Path, count: int
) -> None:
    kept_at(desk, tmp_path / "v").close()
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path / "v"), str(count)],
        input=WORDS.encode(),
        capture_output=True,
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL
    said = {f"fact-{number}" for number in killed.stdout.decode().split()}
    assert len(said) == count
    again = keeping.open_vault_desk(desk, tmp_path / "v", WORDS)
    assert said <= set(again.vault.answers())
    again.close()


def test_a_second_window_is_told(desk: Desk, tmp_path: Path) -> None:
    """And finds the vault free as soon as the first one is closed."""
    kept = kept_at(desk, tmp_path / "v")
    with pytest.raises(VaultInUseError):
        keeping.open_vault_desk(keep_nothing(), tmp_path / "v", WORDS)
    kept.close()
    kept.close()
    keeping.open_vault_desk(keep_nothing(), tmp_path / "v", WORDS).close()


@pytest.mark.parametrize(
    "typed",
    ["", WORDS.upper(), WORDS + " ", " " + WORDS, OTHER, "x" * 5000],
    ids=["empty", "capitals", "space after", "space before", "other", "long"],
)
def test_a_wrong_passphrase_changes_nothing(
    desk: Desk, tmp_path: Path, typed: str
) -> None:
    """However often: no count, no wait, no trace, and the right one still opens."""
    kept_at(desk, tmp_path / "v").close()
    before = {p: p.read_bytes() for p in (tmp_path / "v").iterdir() if p.is_file()}
    for _time in range(3):
        with pytest.raises(WrongPassphraseError) as refused:
            keeping.open_vault_desk(desk, tmp_path / "v", typed)
        assert not typed.strip() or typed not in str(refused.value)
    after = {p: p.read_bytes() for p in (tmp_path / "v").iterdir() if p.is_file()}
    assert before == after
    keeping.open_vault_desk(desk, tmp_path / "v", WORDS).close()


@pytest.mark.parametrize(
    ("typed", "again", "error"),
    [
        pytest.param(WORDS, OTHER, InvalidAnswerError, id="not the same"),
        pytest.param("short", "short", WeakPassphraseError, id="too short"),
    ],
)
def test_a_vault_is_not_made_in_doubt(
    told: Journey, tmp_path: Path, typed: str, again: str, error: type[GuideError]
) -> None:
    """Nothing is on the disk then, and what was said is still there."""
    before = everything(told.desk)
    with pytest.raises(error):
        keeping.make_vault(told.desk, tmp_path / "v", typed, again, NOON)
    assert not (tmp_path / "v").exists()
    assert everything(told.desk) == before


def test_a_folder_with_something_in_it_is_refused(
    told: Journey, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(PlaceRefusedError):
        kept_at(told.desk, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert told.desk.vault_state is VaultState.NONE


def test_a_making_that_fails_can_be_tried_again_in_the_same_folder(
    told: Journey, tmp_path: Path
) -> None:
    """What could not be written leaves no half vault, and nothing said is lost."""
    before = everything(told.desk)
    entries = told.desk.vault._journal
    told.desk.vault._opened._journal = None  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        kept_at(told.desk, tmp_path / "v")
    assert not keeping.vault_there(tmp_path / "v")
    told.desk.vault._opened._journal = entries  # type: ignore[attr-defined]
    kept = kept_at(told.desk, tmp_path / "v")
    assert everything(kept) == before
    kept.close()


def test_locking_leaves_a_desk_that_knows_nothing(
    told: Journey, tmp_path: Path
) -> None:
    kept = kept_at(told.desk, tmp_path / "v")
    assert (kept.saving, kept.vault_state) == (True, VaultState.OPEN)
    kept.close()
    locked = forgetful(kept)
    assert (locked.saving, locked.vault_state) == (False, VaultState.NONE)
    assert locked.vault.answers() == {}
    assert locked.vault.letters() == ()
    keeping.open_vault_desk(locked, tmp_path / "v", WORDS).close()


def test_a_changed_passphrase_opens_and_the_old_one_does_not(
    desk: Desk, tmp_path: Path
) -> None:
    kept = kept_at(desk, tmp_path / "v")
    with pytest.raises(InvalidAnswerError):
        keeping.change_passphrase(kept, WORDS, OTHER, WORDS)
    with pytest.raises(WrongPassphraseError):
        keeping.change_passphrase(kept, OTHER, OTHER, OTHER)
    keeping.change_passphrase(kept, WORDS, OTHER, OTHER, profile=CHEAPEST)
    kept.close()
    with pytest.raises(WrongPassphraseError):
        keeping.open_vault_desk(desk, tmp_path / "v", WORDS)
    keeping.open_vault_desk(desk, tmp_path / "v", OTHER).close()


def test_recovery_words_open_and_let_a_new_passphrase_be_chosen(
    desk: Desk, tmp_path: Path
) -> None:
    kept = kept_at(desk, tmp_path / "v")
    assert not keeping.has_recovery(kept)
    words = keeping.recovery_sheet(kept, WORDS, profile=CHEAPEST)
    assert keeping.has_recovery(kept)
    kept.close()
    sheet = keeping.sheet_text(words)
    typed = sheet.split("\n", 2)[2].replace("\n", " ").upper()
    again = keeping.open_by_recovery(desk, tmp_path / "v", typed)
    spoken = " ".join(words)
    keeping.change_passphrase(again, spoken, OTHER, OTHER, profile=CHEAPEST)
    again.close()
    keeping.open_vault_desk(desk, tmp_path / "v", OTHER).close()


def test_a_misread_recovery_word_is_named_by_its_number(
    desk: Desk, tmp_path: Path
) -> None:
    kept_at(desk, tmp_path / "v").close()
    with pytest.raises(InvalidAnswerError) as refused:
        keeping.open_by_recovery(desk, tmp_path / "v", "otter zzyzx quiet")
    assert "number 2" in refused.value.what
    assert "zzyzx" not in str(refused.value)


def test_where_there_is_no_vault_it_is_said(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NoVaultError):
        keeping.open_vault_desk(desk, tmp_path / "none", WORDS)
    with pytest.raises(NoVaultError):
        keeping.change_passphrase(desk, WORDS, OTHER, OTHER)


def test_the_folder_is_the_one_chosen_else_a_neutral_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path))
    assert keeping.vault_folder() == tmp_path / "notes"
    assert keeping.vault_folder(str(tmp_path / "x")) == tmp_path / "x"


def test_a_vault_that_can_only_be_read_says_that_it_does_not_save(
    desk: Desk, tmp_path: Path
) -> None:
    kept = kept_at(desk, tmp_path / "v")
    assert kept.opened
    kept.opened.read_only = True
    assert (kept.saving, kept.vault_state) == (False, VaultState.READ_ONLY)
    kept.opened.read_only = False
    kept.close()


def test_a_backup_can_be_put_back_and_the_check_holds(
    desk: Desk, tmp_path: Path
) -> None:
    kept = kept_at(desk, tmp_path / "v")
    kept.vault.put_answer("kinds", ("messages",), NOON)
    guarding.back_up(kept)
    kept.vault.put_answer("kinds", ("posts",), NOON)
    kept.close()
    with pytest.raises(WrongPassphraseError):
        guarding.restore_backup(tmp_path / "v", OTHER)
    aside = guarding.restore_backup(tmp_path / "v", WORDS)
    assert aside is not None
    assert aside.exists()
    again = keeping.open_vault_desk(desk, tmp_path / "v", WORDS)
    assert again.vault.answers() == {"kinds": ("messages",)}
    assert guarding.check_vault(again).damage == ()
    again.close()


def test_the_check_finds_a_row_that_the_journal_does_not_know(
    told: Journey, tmp_path: Path
) -> None:
    kept = kept_at(told.desk, tmp_path / "v")
    assert kept.opened
    kept.opened.connection.execute(
        "insert into person values ('x', 'X', '', 0, 'x')"
    ).fetchall()
    looked = guarding.check_vault(kept)
    assert len(looked.damage) == 1
    assert looked.head == ""
    kept.close()


@pytest.mark.parametrize(
    ("wall", "own", "locks"),
    [
        pytest.param(4.9, 4.9, False, id="not yet"),
        pytest.param(5, 5, True, id="idle"),
        pytest.param(0, 5, True, id="the wall clock stands still"),
        pytest.param(60, 0.1, True, id="the computer slept"),
        pytest.param(-60, 5, True, id="the wall clock was set back"),
        pytest.param(-60, 1, False, id="set back, and not idle"),
    ],
)
def test_it_locks_after_five_idle_minutes_by_either_clock(
    desk: Desk, tmp_path: Path, wall: float, own: float, *, locks: bool
) -> None:
    clocks = Clocks()
    here = replace(desk, now=clocks.now)
    journey = Journey(kept_at(here, tmp_path / "v"), idling=clocks.idling())
    clocks.wall += timedelta(minutes=wall)
    clocks.own += own * 60
    assert journey.lock_if_idle() is locks
    assert journey.is_shut is locks
    assert journey.desk.saving is not locks
    journey.desk.close()


def test_a_key_starts_the_five_minutes_again(desk: Desk, tmp_path: Path) -> None:
    clocks = Clocks()
    here = replace(desk, now=clocks.now)
    journey = Journey(kept_at(here, tmp_path / "v"), idling=clocks.idling())
    for _time in range(3):
        clocks.pass_(4)
        assert not journey.touch()
    clocks.pass_(5)
    assert journey.touch()
    assert journey.sheet().title == "Locked"


def test_nothing_but_help_lines_opens_while_it_is_locked(
    told: Journey, tmp_path: Path
) -> None:
    kept = kept_at(told.desk, tmp_path / "v")
    journey = Journey(kept)
    journey.open("lock")
    for target in ("home", "plan", "letters", "review", "continue", "search", NOTICE):
        with pytest.raises(LockedError):
            journey.open(target)
    sheet = journey.sheet()
    assert (sheet.title, sheet.blocks, sheet.rows, sheet.foot) == ("Locked", (), (), ())
    assert not journey.back()
    journey.open("help-lines")
    assert journey.sheet().name == "help-lines"
    with pytest.raises(LockedError):
        journey.open("home")
    assert journey.back()
    journey.typed(WORDS)
    assert journey.desk.saving
    journey.desk.close()


def test_locking_without_a_vault_says_that_nothing_is_kept(desk: Desk) -> None:
    journey = Journey(desk)
    with pytest.raises(LockedError, match="Nothing is kept"):
        journey.open("lock")
    assert not journey.is_shut


def test_an_idle_reader_without_a_vault_loses_nothing(desk: Desk) -> None:
    clocks = Clocks()
    journey = Journey(replace(desk, now=clocks.now), idling=clocks.idling())
    journey.choose("messages")
    clocks.pass_(600)
    assert not journey.touch()
    assert journey.desk.vault.answers()


def test_nothing_typed_stands_in_a_file_or_a_sheet(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the passphrase nor what is kept, from making to locking."""
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path))
    journey = Journey(desk)
    journey.open("keep")
    sheets = [journey.sheet()]
    for step in ("choose:next", "choose:own", f"typed:{WORDS}", f"typed:{WORDS}"):
        how, _colon, value = step.partition(":")
        getattr(journey, "choose" if how == "choose" else "typed")(value)
        sheets.append(journey.sheet())
    journey.typed(str(tmp_path / "notes"))
    sheets.append(journey.sheet())
    journey.desk.vault.put_field("my_name", "Zebrafish-Quartz-4471")
    journey.open("lock")
    sheets.append(journey.sheet())
    assert not any(WORDS in repr(sheet) for sheet in sheets)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for path in files:
        data = path.read_bytes()
        assert WORDS.encode() not in data
        assert b"Zebrafish" not in data


def test_every_entry_keeps_the_time_it_was_made_at(desk: Desk, tmp_path: Path) -> None:
    clocks = Clocks()
    here = replace(desk, now=clocks.now)
    here.vault.put_person(Person(id="a", label="A"), clocks.now())
    clocks.pass_(1)
    here.vault.put_person(Person(id="b", label="B"), clocks.now())
    kept = kept_at(here, tmp_path / "v")
    assert kept.opened
    journal = Journal(kept.opened.connection, kept.opened.root.signing_key())
    times = [each.at for each in journal.entries()]
    assert times[0] == NOON
    assert times[-1] == NOON + timedelta(minutes=1)
    kept.close()


def test_no_argument_or_environment_holds_the_passphrase(
    desk: Desk, tmp_path: Path
) -> None:
    """It comes through a descriptor, and goes to nobody."""
    kept_at(desk, tmp_path / "v").close()
    reading, writing = os.pipe()
    os.write(writing, WORDS.encode() + b"\n")
    os.close(writing)
    words = ["--vault", str(tmp_path / "v"), "--passphrase-fd", str(reading)]
    done = subprocess.run(
        [sys.executable, "-m", "guide", *words, "vault", "check"],
        cwd=ROOT,
        capture_output=True,
        pass_fds=(reading,),
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=60,
    )
    os.close(reading)
    assert done.returncode == 0
    assert b"matches its journal" in done.stdout
    assert WORDS.encode() not in done.stdout + done.stderr


def _with_records(desk: Desk) -> None:
    """Two people who turn out to be one, what happened, a talk, a thrown-away row."""
    vault = desk.vault
    vault.put_person(rows.person("p", "Zed", rows.mail(CONTACT)), NOON)
    vault.put_person(rows.person("q", "Zeddy", rows.identifier("@zed")), NOON)
    vault.add_letter(rows.letter("l", "p", CONTACT), once=True)
    vault.mark_sent("l", NOON)
    vault.merge_people("q", "p", NOON)
    first = vault.add_incident(rows.incident("i", person_id="q"), "a private word")
    vault.correct_incident(replace(first, account="Two came."), "I counted", NOON)
    vault.add_incident(rows.incident("j"))
    vault.put_in_bin("incident", "j", "twice", NOON)
    vault.add_contact(rows.contact("c"), NOON)


def _records(desk: Desk) -> dict[str, object]:
    vault = desk.vault
    note = vault.private_note("i")
    return {
        "people": vault.people(),
        "merges": vault.merges(),
        "incidents": vault.incidents(),
        "history": vault.history("i"),
        "note": note.reveal() if note else "",
        "binned": vault.binned(),
        "due": vault.due(NOON.date()),
        "found": vault.search("two came"),
        "private": vault.search_private_notes("private"),
        "timeline": vault.timeline(),
    }


def test_everything_written_down_moves(desk: Desk, tmp_path: Path) -> None:
    """With its history, its numbers, the bin, and the words that are searched for."""
    _with_records(desk)
    before = _records(desk)
    assert before["found"]
    assert before["private"]
    kept = kept_at(desk, tmp_path / "v")
    assert _records(kept) == before
    assert guarding.check_vault(kept).damage == ()
    again = kept.vault.add_incident(rows.incident("k"))
    assert again.number == 3
    with pytest.raises(GuideError):
        kept.vault.add_letter(rows.letter("m", "q", "@zed"), once=True)
    kept.close()
