"""Keeping notes line by line: what is typed in secret is not said back."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.desk import Desk
from guide.actions.journey import Journey
from guide.actions.keeping import recovery_sheet
from guide.actions.working import Work
from guide.keychain import Keychain, KeychainRefusedError
from guide.model.problems import InvalidAnswerError
from guide.plain.session import Session
from guide.plain.talk import Talk
from guide.vault.keys import CHEAPEST
from guide.vault.problems import PlaceRefusedError, WrongPassphraseError
from tests.plain.talking import a_desk
from tests.tui.screens import at_form
from tests.vault.keeping_desk import OTHER, WORDS, Clocks, kept_at
from tests.vault.keyrings import InMemory


class Secretive:
    """Answers from a list; what is asked in secret is typed elsewhere."""

    def __init__(self, *answers: str) -> None:
        self._answers = iter(answers)
        self.lines: list[str] = []
        self.secret_prompts: list[str] = []
        self.talk = Talk(self._ask, self.lines.append, ask_secret=self._ask_secret)

    def _next(self) -> str:
        answer = next(self._answers, None)
        if answer is None:
            raise EOFError
        return answer + "\n"

    def _ask(self, words: str) -> str:
        answer = self._next()
        self.lines.append(words + answer)
        return answer

    def _ask_secret(self, words: str) -> str:
        self.secret_prompts.append(words)
        return self._next()

    @property
    def heard(self) -> str:
        return "\n".join(self.lines)


def talk(journey: Journey, *answers: str) -> Secretive:
    reader = Secretive(*answers)
    with suppress(EOFError):
        Session(journey, reader.talk).run()
    return reader


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The usual folder, with a vault in it."""
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path))
    kept_at(a_desk(), tmp_path / "notes").close()
    return tmp_path / "notes"


def test_a_vault_is_made_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the offer on the first screen to "Saved on this computer: yes"."""
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path))
    journey = Journey(a_desk())
    begin = ("keep my notes", "1", "3", WORDS, WORDS, "")
    reader = talk(journey, *begin, "b", "1", "1")
    assert journey.desk.saving
    assert (tmp_path / "notes" / "vault.json").exists()
    assert "lost for good" in reader.heard
    assert "Strong, unless" in reader.heard
    assert "Saved on this computer: yes." in reader.heard
    assert WORDS not in reader.heard
    assert len(reader.secret_prompts) == 2
    journey.desk.close()


def test_the_door_comes_first_and_opens(kept: Path) -> None:
    """A wrong passphrase is said, and is not counted."""
    journey = Journey(a_desk(), door=kept)
    reader = talk(journey, OTHER, OTHER, WORDS)
    assert journey.desk.saving
    assert reader.heard.count("That does not open this vault.") == 2
    assert OTHER not in reader.heard
    assert WORDS not in reader.heard
    assert journey.sheet().name == journey.desk.library.start
    journey.desk.close()


def test_the_door_says_nothing_of_what_is_behind_it(kept: Path) -> None:
    """Before the passphrase: a title, a line to type on, and two ways around."""
    reader = talk(Journey(a_desk(), door=kept))
    assert [line for line in reader.lines if line.strip()] == [
        "Heading 1: Notes",
        "Question: Passphrase",
        "  1. Go on without it",
        "  2. I have lost it: use recovery words",
    ]


def test_one_can_go_on_without_it(kept: Path) -> None:
    journey = Journey(a_desk(), door=kept)
    reader = talk(journey, "1")
    assert not journey.is_shut
    assert not journey.desk.saving
    assert "What brings you here" in reader.heard or journey.sheet().rows


def test_signs_work_where_a_secret_is_asked_and_nothing_opens(kept: Path) -> None:
    """Help lines, help and leaving; the rest stays shut."""
    journey = Journey(a_desk(), door=kept)
    reader = talk(journey, "?", "r", "b", "h", "b", "q")
    assert "lock: close what is kept" in reader.heard
    assert "Error: This is locked." in reader.heard
    assert "Heading 1: Help lines" in reader.heard
    assert journey.left


def test_locking_hides_all_and_the_same_line_opens_again(kept: Path) -> None:
    journey = Journey(a_desk(), door=kept)
    reader = talk(journey, WORDS, "lock", WORDS)
    assert "Heading 1: Locked" in reader.heard
    assert journey.desk.saving
    journey.desk.close()


def test_ctrl_l_on_a_line_locks_too(kept: Path) -> None:
    journey = Journey(a_desk(), door=kept)
    reader = talk(journey, WORDS, "\x0c")
    assert "Heading 1: Locked" in reader.heard
    assert journey.is_shut


def test_locking_without_a_vault_is_explained() -> None:
    reader = talk(Journey(a_desk()), "lock")
    assert "Error: Nothing is kept, so there is nothing to lock." in reader.heard


def test_a_line_after_five_minutes_locks_and_does_nothing_else(kept: Path) -> None:
    """Whatever it was: a number, a word of a letter, even the passphrase."""
    clocks = Clocks()
    desk = replace(a_desk(), now=clocks.now)
    journey = Journey(desk, door=kept, idling=clocks.idling())
    answers = iter([WORDS, "1", WORDS])

    def ask(_words: str) -> str:
        answer = next(answers, None)
        if answer is None:
            raise EOFError
        if answer == "1":
            clocks.pass_(6)
        return answer

    lines: list[str] = []
    with suppress(EOFError):
        Session(journey, Talk(ask, lines.append)).run()
    assert "Heading 1: Locked" in "\n".join(lines)
    assert journey.desk.vault.answers() == {}
    assert journey.desk.saving
    journey.desk.close()


def test_the_recovery_words_are_said_once_and_open(kept: Path) -> None:
    journey = Journey(a_desk(), door=kept)
    reader = talk(journey, WORDS, "my notes are kept", "1", WORDS, "1")
    said = reader.heard.partition("Heading 1: Recovery words")[2]
    words = [line.split()[1] for line in said.split("\n")[5:15]]
    assert len(words) == 10
    journey.desk.close()
    journey = Journey(a_desk(), door=kept)
    talk(journey, "2", " ".join(words))
    assert journey.desk.saving
    assert journey.sheet().name == "vault"
    journey.desk.close()


def test_what_is_typed_before_it_is_asked_for_is_no_passphrase(kept: Path) -> None:
    """A line typed between two parts was shown, so it is not taken as a secret."""
    journey = Journey(a_desk(), door=kept)
    reader = Secretive(OTHER)
    session = Session(journey, reader.talk)
    reader.talk._early = WORDS
    with suppress(EOFError):
        session.run()
    assert not journey.desk.saving


def test_a_blank_typed_after_five_minutes_locks_and_is_not_kept(kept: Path) -> None:
    """Inside the form of a letter, where one line follows another."""
    clocks = Clocks()
    desk = replace(a_desk(), now=clocks.now)
    journey = Journey(desk, door=kept, idling=clocks.idling())
    journey.typed(WORDS)
    at_form(journey)
    typed: list[str] = []

    def ask(_words: str) -> str:
        if len(typed) == 2:
            raise EOFError
        clocks.pass_(1 if not typed else 9)
        typed.append(f"blank {len(typed)}")
        return typed[-1]

    lines: list[str] = []
    with suppress(EOFError):
        Session(journey, Talk(ask, lines.append)).run()
    assert "Heading 1: Locked" in "\n".join(lines)
    journey.typed(WORDS)
    kept_fields = set(journey.desk.vault.fields().values())
    assert "blank 0" in kept_fields
    assert "blank 1" not in kept_fields
    journey.desk.close()


def test_a_second_window_is_told_at_the_door(kept: Path) -> None:
    """And can open it there as soon as the first one has locked it."""
    first = Journey(a_desk(), door=kept)
    first.typed(WORDS)
    second = Journey(a_desk(), door=kept)
    reader = talk(second, WORDS)
    assert "already open in another window" in reader.heard
    assert second.is_shut
    first.open("lock")
    talk(second, WORDS)
    assert second.desk.saving
    second.desk.close()


def test_whoever_went_on_without_them_can_open_the_notes_later(kept: Path) -> None:
    journey = Journey(a_desk(), door=kept)
    reader = talk(journey, "1", "keep my notes", WORDS)
    assert "What you answered is asked about." in reader.heard
    assert "What you said before you opened your notes" not in reader.heard
    assert journey.desk.saving
    journey.desk.close()


def test_what_was_said_without_them_is_read_out_and_asked(kept: Path) -> None:
    journey = Journey(a_desk(), door=kept)
    journey.choose("without")
    journey.desk.vault.put_answer("relation", "stranger", journey.desk.now())
    journey.desk.vault.put_field("my_name", "A. Person")
    reader = talk(journey, "keep my notes", WORDS, "2", "")
    assert "What you said before you opened your notes" in reader.heard
    assert "(Not in your notes)" in reader.heard
    assert "\n1 ticked." in reader.heard
    assert journey.desk.vault.answers()["relation"] == "stranger"
    assert not journey.desk.vault.fields()
    journey.desk.close()


def test_a_page_that_was_asked_for_opens_behind_the_door(kept: Path) -> None:
    journey = Journey(a_desk(), door=kept, then="page:l-this-guide")
    assert journey.sheet().name == "door"
    journey.typed(WORDS)
    assert journey.sheet().name == "l-this-guide"
    journey.desk.close()


def test_what_is_half_written_moves_into_the_new_vault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stops in the middle of an incident to begin keeping finds it again."""
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path))
    journey = Journey(a_desk())
    journey.open("new:incident")
    journey.typing("They wrote again")
    journey.open("keep")
    talk(journey, "1", "3", WORDS, WORDS, "")
    assert journey.desk.saving
    assert "They wrote again" in "".join(journey.desk.vault.fields().values())
    journey.desk.close()


def done_at(journey: Journey) -> Work | None:
    """Wait for what was begun, and see what it led to."""
    work = journey.work
    if work is not None:
        work.start()
        assert work.wait(20)
        journey.follow_work()
    return work


def opened(kept: Path) -> Journey:
    """A journey behind the door, at the screen of the vault."""
    journey = Journey(a_desk(), door=kept)
    journey.typed(WORDS)
    journey.open("keep")
    return journey


def lines_of(journey: Journey) -> str:
    return "\n".join(f"{x.lead}{x.text}" for x in journey.sheet().blocks)


def test_the_vault_says_how_it_is(kept: Path) -> None:
    """Its folder, size, files, last backup and ways in."""
    journey = Journey(a_desk(), door=kept)
    reader = talk(journey, WORDS, "my notes are kept")
    assert f"asealedfolder:{kept}" in "".join(reader.heard.split())
    assert re.search(r"Size: \d+\.\d kB, \d files", reader.heard)
    assert re.search(r"Last backup: (none yet|\w+day \d+ \w+ \d{4}, )", reader.heard)
    assert "Ways in: passphrase" in reader.heard
    journey.desk.close()


def test_a_backup_is_made_from_its_screen(kept: Path) -> None:
    journey = opened(kept)
    journey.choose("backup")
    assert done_at(journey)
    assert journey.sheet().name == "vault"
    assert "Backed up." in lines_of(journey)
    assert "Last backup: none yet" not in lines_of(journey)
    assert (kept / "backup" / "a.db").exists()
    journey.desk.close()


def test_a_copy_is_made_from_its_screen_and_opens(kept: Path, tmp_path: Path) -> None:
    journey = opened(kept)
    journey.choose("copy")
    journey.typed(str(tmp_path / "stick"))
    assert done_at(journey)
    assert "The copy is complete" in lines_of(journey)
    assert str(tmp_path / "stick") in lines_of(journey)
    journey.desk.close()
    copy = Journey(a_desk(), door=tmp_path / "stick")
    copy.typed(WORDS)
    assert copy.desk.saving
    copy.desk.close()


def test_a_copy_to_a_place_that_is_taken_is_said_and_can_be_typed_again(
    kept: Path, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_bytes(b"mine")
    journey = opened(kept)
    journey.choose("copy")
    journey.typed(str(tmp_path / "full"))
    with pytest.raises(PlaceRefusedError):
        done_at(journey)
    assert journey.sheet().name == "vault-copy"
    journey.typed(str(tmp_path / "free"))
    done_at(journey)
    assert journey.sheet().name == "vault-copied"
    journey.desk.close()


def test_all_of_it_is_removed_only_after_every_question(kept: Path) -> None:
    """Each refusal leaves it as it was; nothing is named by the door afterwards."""
    journey = opened(kept)
    journey.choose("remove")
    said = lines_of(journey)
    assert "can hurt your case" in said
    assert "lost for good" in said
    assert "Copies on other disks" in said
    assert journey.sheet().rows[0].value == "copy"
    journey.choose("go")
    with pytest.raises(InvalidAnswerError):
        journey.typed("yes")
    journey.typed("remove everything")
    assert "Nothing brings it back" in lines_of(journey)
    with pytest.raises(WrongPassphraseError):
        journey.typed(OTHER)
    assert (kept / "vault.json").exists()
    journey.typed(WORDS)
    assert journey.sheet().name == "vault-removed"
    assert not kept.exists()
    assert not journey.desk.saving
    journey.choose("home")
    assert journey.sheet().name == journey.desk.library.start


def test_what_is_not_the_vaults_own_is_named_when_it_is_removed(kept: Path) -> None:
    (kept / "di\x1b[31mary.txt").write_bytes(b"mine")
    journey = opened(kept)
    journey.choose("remove")
    journey.choose("go")
    journey.typed("remove everything")
    journey.typed(WORDS)
    assert "ary.txt" in lines_of(journey)
    assert "\x1b" not in lines_of(journey)
    assert [x.name for x in kept.iterdir()] == ["di\x1b[31mary.txt"]


@pytest.mark.parametrize("steps", [(), ("go",), ("go", "sentence")])
def test_one_can_step_back_from_removing(kept: Path, steps: tuple[str, ...]) -> None:
    journey = opened(kept)
    journey.choose("remove")
    for step in steps:
        if step == "go":
            journey.choose(step)
        else:
            journey.typed("remove everything")
    while journey.sheet().name != "vault":
        assert journey.back()
    assert journey.desk.saving
    assert (kept / "vault.json").exists()
    journey.desk.close()


@pytest.mark.parametrize("damage", ["gone", "torn"])
def test_the_door_offers_the_spare_of_a_lost_key_file(kept: Path, damage: str) -> None:
    """In plain words, as a choice; a wrong passphrase puts nothing back."""
    whole = (kept / "vault.json").read_bytes()
    (kept / "vault.json").unlink()
    if damage == "torn":
        (kept / "vault.json").write_bytes(whole[:300])
    journey = Journey(a_desk(), door=kept)
    reader = talk(journey, "1", OTHER, WORDS)
    gone = "is gone" if damage == "gone" else "cannot be read"
    words = " ".join(reader.heard.split())
    assert f"the file that opens them {gone}: vault.json." in words
    assert "Do not send a notice again." in words
    assert "1. Put back the spare of it" in reader.heard
    assert "2. Go on without it" in reader.heard
    assert "That does not open this vault." in reader.heard
    assert "The spare is in its place, and opens your notes." in reader.heard
    assert len(reader.secret_prompts) == 2
    assert journey.desk.saving
    journey.desk.close()
    assert (kept / "vault.json").read_bytes() == whole
    assert len([*kept.glob("vault-*.json")]) == (damage == "torn")


def test_one_can_go_back_from_the_spare_and_on_without_it(kept: Path) -> None:
    (kept / "vault.json").unlink()
    journey = Journey(a_desk(), door=kept)
    journey.choose("spare")
    assert journey.is_shut
    assert journey.back()
    assert journey.sheet().name == "door"
    journey.choose("without")
    assert not journey.is_shut
    journey.open("keep")
    assert "Do not send a notice again" in lines_of(journey)
    journey.choose("spare")
    journey.typed(WORDS)
    assert journey.desk.saving
    assert not (kept / "unfinished").exists()
    journey.desk.close()


def test_without_a_spare_the_door_offers_none(kept: Path) -> None:
    (kept / "vault.json").write_bytes(b"")
    (kept / "backup" / "keys.json").unlink()
    journey = Journey(a_desk(), door=kept)
    sheet = journey.sheet()
    assert [row.value for row in sheet.rows] == ["without"]
    assert sheet.ask is None
    assert "cannot be read: vault.json" in lines_of(journey)
    assert "Copy it back from your second copy" in lines_of(journey)


def test_a_key_file_that_is_lost_while_it_is_locked(kept: Path) -> None:
    journey = Journey(a_desk(), door=kept)
    journey.typed(WORDS)
    journey.open("lock")
    (kept / "vault.json").unlink()
    journey.typed(WORDS)
    assert journey.sheet().name == "spare-keys"
    journey.typed(WORDS)
    assert journey.desk.saving
    journey.desk.close()


def test_both_files_damaged_are_put_back_one_after_the_other(kept: Path) -> None:
    journey = opened(kept)
    journey.choose("backup")
    assert done_at(journey)
    journey.desk.close()
    (kept / "vault.json").write_bytes(b"")
    (kept / "vault.db").write_bytes(b"\xff" * 5000)
    journey = Journey(a_desk(), door=kept)
    journey.choose("spare")
    journey.typed(WORDS)
    assert journey.sheet().name == "damaged"
    journey.typed(WORDS)
    assert journey.desk.saving
    journey.desk.close()


def test_a_damaged_way_in_is_said_with_what_helps(kept: Path) -> None:
    journey = opened(kept)
    recovery_sheet(journey.desk, WORDS, profile=CHEAPEST)
    journey.desk.close()
    whole = (kept / "vault.json").read_bytes()
    at = whole.rindex(b'"sealed": "') + 20
    (kept / "vault.json").write_bytes(whole[:at] + b"000000" + whole[at + 6 :])
    journey = opened(kept)
    assert "One way into this vault is damaged" in lines_of(journey)
    assert "its spare is whole" in lines_of(journey)
    journey.desk.close()


def with_keyring(store: InMemory) -> Desk:
    return replace(a_desk(), keychain=lambda: Keychain("a keyring", store))


def test_the_keyring_is_turned_on_behind_its_warning_and_opens(kept: Path) -> None:
    store = InMemory()
    journey = Journey(with_keyring(store), door=kept)
    assert not any(row.value == "keyring" for row in journey.sheet().rows)
    reader = talk(journey, WORDS, "my notes are kept", "open it without a passphrase")
    assert "Whoever can use this login can then open your notes" in reader.heard
    assert "It is off now." in reader.heard
    journey.choose("on")
    with pytest.raises(WrongPassphraseError):
        journey.typed(OTHER)
    assert not store.kept
    journey.typed(WORDS)
    assert "Ways in: passphrase, keyring of this login" in lines_of(journey)
    journey.open("lock")
    assert journey.sheet().rows == ()  # locked: the passphrase, and nothing else
    journey.typed(WORDS)
    journey.desk.close()
    again = Journey(with_keyring(store), door=kept)
    talk(again, "1")
    assert again.desk.saving
    again.open("keep")
    again.choose("keyring")
    again.choose("off")
    again.typed(WORDS)
    assert not store.kept
    assert "Ways in: passphrase" in lines_of(again)
    again.desk.close()
    last = Journey(with_keyring(store), door=kept)
    assert not any(row.value == "keyring" for row in last.sheet().rows)


def test_a_keyring_that_gives_nothing_leaves_the_door_as_it_is(kept: Path) -> None:
    store = InMemory()
    journey = Journey(with_keyring(store), door=kept)
    journey.typed(WORDS)
    journey.open("keep")
    journey.choose("keyring")
    journey.choose("on")
    journey.typed(WORDS)
    journey.desk.close()
    journey = Journey(with_keyring(InMemory()), door=kept)
    reader = talk(journey, "1", WORDS)
    assert "does not open these notes" in reader.heard
    assert journey.desk.saving
    journey.desk.close()


def test_without_a_keyring_the_reason_comes_before_a_passphrase(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    journey = opened(kept)
    journey.choose("keyring")
    with pytest.raises(KeychainRefusedError, match="PYTHON_KEYRING_BACKEND"):
        journey.choose("on")
    assert journey.sheet().name == "vault-keyring"
    journey.desk.close()
