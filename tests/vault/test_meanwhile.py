"""Going on without the vault and opening it later: nothing of it is lost or guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions import guarding, keeping
from guide.actions.bringing import ANSWER, FIELD, TICKS
from guide.actions.desk import Desk, keep_nothing
from guide.actions.gates import letter, why_closed
from guide.actions.journey import Journey
from guide.actions.notes import INCIDENT, Notes, begun, remember
from guide.actions.recording import keep_incident
from guide.model.problems import GuideError
from guide.model.progress import TickState
from guide.model.records import LetterState
from guide.model.sheet import RowKind
from tests.vault.keeping_desk import (
    NOON,
    NOTICE,
    OTHER,
    TO_THE_NOTICE,
    WORDS,
    finish_notice,
    kept_at,
)
from tests.vault.making import read_only


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the guide looks for a vault; one is there, with nothing said in it."""
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path))
    kept_at(a_desk(), tmp_path / "notes").close()
    return tmp_path / "notes"


def a_desk() -> Desk:
    return replace(keep_nothing(), now=lambda: NOON)


@pytest.fixture
def without(folder: Path) -> Iterator[Journey]:
    """A reader who went on without what is kept."""
    journey = Journey(a_desk(), door=folder)
    journey.choose("without")
    yield journey
    journey.desk.close()


def open_it(journey: Journey) -> None:
    journey.open("keep")
    assert journey.sheet().name == "open"
    journey.typed(WORDS)


def in_the_vault(folder: Path, journey: Journey) -> Desk:
    """The vault as it is after a restart."""
    journey.desk.close()
    return keeping.open_vault_desk(keep_nothing(), folder, WORDS)


def put(folder: Path, **answers: str) -> None:
    kept = keeping.open_vault_desk(a_desk(), folder, WORDS)
    for fact, value in answers.items():
        kept.vault.put_answer(fact, value, NOON)
    kept.close()


def boxes(journey: Journey) -> dict[str, tuple[bool, str]]:
    rows = [row for row in journey.sheet().rows if row.kind is RowKind.BOX]
    return {row.value: (row.on, row.note) for row in rows}


def test_nothing_said_asks_nothing(without: Journey) -> None:
    open_it(without)
    assert without.sheet().name != "bring"
    assert without.desk.saving


def test_a_notice_finished_meanwhile_is_in_the_vault(
    without: Journey, folder: Path
) -> None:
    """At once, whatever is chosen after, and whether or not anything is."""
    finish_notice(without)
    without.open("letter:no-contact-notice")
    without.choose("sent")
    without.choose("sure")
    open_it(without)
    assert without.sheet().name == "bring"
    again = in_the_vault(folder, without)
    assert [each.state for each in again.vault.letters()] == [LetterState.SENT]
    assert why_closed(again, letter(again, "no-contact-notice"))
    assert guarding.check_vault(again).damage == ()
    assert guarding.check_vault(again).notes == ()
    journey = Journey(again)
    journey.open(NOTICE)
    assert journey.sheet().name == "finished"
    again.close()


def test_two_notices_are_both_kept_and_said(without: Journey, folder: Path) -> None:
    kept = keeping.open_vault_desk(a_desk(), folder, WORDS)
    finish_notice(Journey(kept))
    kept.close()
    finish_notice(without)
    open_it(without)
    told = "\n".join(block.text for block in without.sheet().blocks)
    assert "written this letter twice" in told
    without.choose("none" if boxes(without) else "next")
    without.open(NOTICE)
    assert without.sheet().name == "finished"
    again = in_the_vault(folder, without)
    assert len(again.vault.letters()) == 2
    for each in again.vault.letters():
        assert why_closed(again, letter(again, "no-contact-notice"))
        again.vault.void_letter(each.id, "never left", NOON)
    again.close()


@pytest.mark.parametrize("kept_sent", [False, True])
def test_of_two_notices_the_one_that_left_counts(
    without: Journey, folder: Path, *, kept_sent: bool
) -> None:
    """The pages and the letter speak of the one that was sent, whichever it is."""
    kept = keeping.open_vault_desk(a_desk(), folder, WORDS)
    first = Journey(kept)
    finish_notice(first)
    finish_notice(without)
    sent = first if kept_sent else without
    sent.choose("sent")
    sent.choose("sure")
    kept.close()
    open_it(without)
    without.choose("none" if boxes(without) else "next")
    assert without.desk.facts()["notice_state"] == "sent"
    without.open(NOTICE)
    assert without.sheet().progress == "sent"
    again = in_the_vault(folder, without)
    assert len(again.vault.letters()) == 2
    again.close()


def test_answers_are_listed_and_only_the_ticked_ones_come(
    without: Journey, folder: Path
) -> None:
    put(folder, relation="partner", age="adult")
    without.desk.vault.put_answer("relation", "stranger", NOON)
    without.desk.vault.put_answer("age", "adult", NOON)
    without.desk.vault.put_answer("danger", "no", NOON)
    without.desk.vault.put_field("my_name", "A. Person")
    without.desk.vault.put_tick("s-log", _a_task(without), TickState.DONE)
    open_it(without)
    shown = boxes(without)
    assert set(shown) == {
        f"{ANSWER}relation",
        f"{ANSWER}danger",
        f"{FIELD}my_name",
        TICKS,
    }
    assert shown[f"{ANSWER}relation"][0] is False
    assert "In your notes: " in shown[f"{ANSWER}relation"][1]
    # One answer differs: they may be about somebody else, so none is taken by itself.
    assert shown[f"{ANSWER}danger"] == (False, "Not in your notes")
    assert shown[f"{FIELD}my_name"][0]
    without.choose(f"{ANSWER}danger")
    without.choose("go:")
    assert without.sheet().name != "bring"
    again = in_the_vault(folder, without)
    answers = dict(again.vault.answers())
    assert answers == {"relation": "partner", "age": "adult", "danger": "no"}
    assert again.vault.fields() == {"my_name": "A. Person"}
    assert again.vault.ticks("s-log") == {_a_task(without): TickState.DONE}
    again.close()


def _a_task(journey: Journey) -> str:
    return journey.desk.library.pages["s-log"].tasks[0].id


def test_without_a_difference_the_new_answers_are_ticked(without: Journey) -> None:
    for choice in TO_THE_NOTICE:
        without.choose(choice)
    open_it(without)
    assert all(on for on, _note in boxes(without).values())
    without.choose("go:")
    without.open("continue")
    assert without.sheet().name == "s-notice-write"


def test_none_means_none(without: Journey, folder: Path) -> None:
    put(folder, relation="partner")
    without.desk.vault.put_answer("relation", "stranger", NOON)
    without.desk.vault.put_field("my_name", "A. Person")
    open_it(without)
    without.choose("none")
    again = in_the_vault(folder, without)
    assert dict(again.vault.answers()) == {"relation": "partner"}
    assert not again.vault.fields()
    again.close()


def test_back_decides_nothing_and_home_leads_to_it_again(without: Journey) -> None:
    without.desk.vault.put_answer("relation", "stranger", NOON)
    open_it(without)
    without.back()
    assert without.sheet().name == "bring"
    without.open("home")
    assert "bring" in [row.value for row in without.sheet().rows]
    without.choose("bring")
    without.choose("go:")
    without.open("home")
    assert "bring" not in [row.value for row in without.sheet().rows]
    assert without.desk.vault.answers()["relation"] == "stranger"


def test_what_happened_is_there_with_its_note(without: Journey, folder: Path) -> None:
    values = {"account": "A call.", "who": "new:Sam", "note": "only for me"}
    keep_incident(without.desk, Notes(kind=INCIDENT, step="account", values=values))
    open_it(without)
    again = in_the_vault(folder, without)
    (found,) = again.vault.incidents()
    assert found.account == "A call."
    assert again.vault.person(found.person_id).label == "Sam"
    note = again.vault.private_note(found.id)
    assert note
    assert note.reveal() == "only for me"
    again.close()


@pytest.mark.parametrize("there", [False, True])
def test_what_was_half_written_is_not_lost(
    without: Journey, folder: Path, *, there: bool
) -> None:
    """It is gone on with; where the vault has another one begun, it is a record."""
    if there:
        kept = keeping.open_vault_desk(a_desk(), folder, WORDS)
        first = Notes(kind=INCIDENT, step="when", values={"account": "First."})
        remember(kept, first)
        kept.close()
    second = Notes(kind=INCIDENT, step="when", values={"account": "Second."})
    remember(without.desk, second)
    open_it(without)
    again = in_the_vault(folder, without)
    still = begun(again, INCIDENT)
    assert still
    assert still.value("account") == ("First." if there else "Second.")
    accounts = [each.account for each in again.vault.incidents()]
    assert accounts == (["Second."] if there else [])
    again.close()


def test_a_line_being_typed_comes_along(without: Journey, folder: Path) -> None:
    without.open("new:incident")
    without.place.typing("It rang at night")
    open_it(without)
    again = in_the_vault(folder, without)
    notes = begun(again, INCIDENT)
    assert notes
    assert notes.value("account") == "It rang at night"
    again.close()


def test_a_wrong_passphrase_loses_nothing(without: Journey) -> None:
    finish_notice(without)
    without.open("keep")
    with pytest.raises(GuideError):
        without.typed(OTHER)
    assert len(without.desk.vault.letters()) == 1
    without.typed(WORDS)
    assert len(without.desk.vault.letters()) == 1
    assert without.desk.saving


def test_a_vault_that_can_only_be_read_is_not_opened_over_it(
    without: Journey, folder: Path
) -> None:
    """What was said would be lost; it stays where it is."""
    finish_notice(without)
    without.open("keep")
    with read_only(folder):
        with pytest.raises(GuideError) as refused:
            without.typed(WORDS)
        assert "would be lost" in refused.value.next_step
    assert len(without.desk.vault.letters()) == 1
    assert not without.desk.saving


def test_locking_forgets_what_was_not_decided(without: Journey) -> None:
    without.desk.vault.put_answer("relation", "stranger", NOON)
    open_it(without)
    without.open("lock")
    assert without.desk.meanwhile is None
    without.typed(WORDS)
    assert without.sheet().name != "bring"
