"""Promise: a notice is set aside only if it never left, and there is still only one.

The answers in the guide are about one person, so there is one notice in all: a
second person, another vault's notice or another spelling opens nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from guide.actions.desk import Desk
from guide.actions.gates import why_closed
from guide.actions.journey import Journey
from guide.actions.keeping import open_vault_desk
from guide.actions.knowing import add_person
from guide.actions.writing import fill, finish, mark_sent, set_aside
from guide.model.people import Identifier, IdentifierKind
from guide.model.problems import GuideError, InvalidAnswerError, LetterClosedError
from guide.model.records import LetterState, WrittenLetter
from guide.model.times import AfterNotice, exactly
from guide.vault.problems import LetterLeftError, ReasonNeededError
from tests.promises.scripted_reader import NOTICE_ID, change_to, with_an_open_notice
from tests.promises.wandering_reader import LIBRARY, Clock, desk_at
from tests.vault.keeping_desk import NOTICE, WORDS, kept_at
from tests.vault.rows import HOUR, incident

LETTER = LIBRARY.letters[NOTICE_ID]
THEM, OTHER = "them@example.com", "other@example.com"


@pytest.fixture
def desk() -> Iterator[Desk]:
    here = desk_at(Clock())
    with_an_open_notice(here)
    with here.vault:
        yield here


def write(desk: Desk, name: str = "Person", to: str = THEM) -> WrittenLetter:
    fill(desk, LETTER, "their_name", name)
    fill(desk, LETTER, "their_contact", to)
    return finish(desk, LETTER, to)


def at_the_notice(desk: Desk) -> Journey:
    journey = Journey(desk)
    journey.open(NOTICE)
    return journey


def rows(journey: Journey) -> list[str]:
    return [row.value for row in journey.sheet().rows]


def test_what_was_sent_is_never_set_aside(desk: Desk) -> None:
    """Not from its screen, not by the action, not in the vault."""
    mark_sent(desk, write(desk))
    journey = at_the_notice(desk)
    assert not {"void", "sent"} & set(rows(journey))
    kept = desk.vault.letters()[0]
    with pytest.raises(LetterLeftError):
        set_aside(desk, kept, "a reason")
    with pytest.raises(LetterLeftError):
        journey.choose("void")
        journey.typed("a reason")
    assert desk.vault.letters() == (kept,)


def test_a_reason_is_asked_and_back_changes_nothing(desk: Desk) -> None:
    write(desk)
    journey = at_the_notice(desk)
    journey.choose("void")
    told = " ".join(block.text for block in journey.sheet().blocks)
    assert "not sent, not shown, not handed over" in told
    assert "can then be written again" in told
    for empty in ("", "  \n"):
        with pytest.raises(ReasonNeededError):
            journey.typed(empty)
    journey.back()
    assert journey.sheet().name == "finished"
    assert not desk.vault.void_letters()


def test_set_aside_it_is_read_only_and_the_answers_decide_again(desk: Desk) -> None:
    """Nothing saves, copies or sends it any more; a risk said since keeps it shut."""
    write(desk)
    journey = at_the_notice(desk)
    journey.choose("void")
    journey.typed("I chose silence")
    sheet = journey.sheet()
    assert (sheet.name, rows(journey), sheet.copy_text) == ("void", ["letters"], "")
    assert any("I chose silence" in block.text for block in sheet.blocks)
    for forged in ("save:txt", "sure"):
        with pytest.raises(GuideError):
            journey.choose(forged)
    assert [each.state for each in desk.vault.letters_ever()] == [LetterState.VOID]
    assert why_closed(desk, LETTER) is None
    change_to(desk, "q-who-is-it", "partner")
    assert why_closed(desk, LETTER)
    with pytest.raises(LetterClosedError):
        write(desk)


def test_for_somebody_else_it_stays_closed_and_says_why(desk: Desk) -> None:
    """Another name and another address open nothing; the screen says what to do."""
    write(desk)
    add_person(desk, "Somebody else")
    for to in (OTHER, THEM):
        with pytest.raises(LetterClosedError):
            write(desk, "Somebody else", to)
    journey = at_the_notice(desk)
    journey.choose("once")
    told = " ".join(block.text for block in journey.sheet().blocks)
    assert "Your answers here are about one person" in told
    assert "Never do this for the same person" in told
    assert {"page:s-talk-first", "help-lines"} <= set(rows(journey))
    journey.back()
    assert journey.sheet().name == "finished"


def test_after_one_that_never_left_somebody_else_is_somebody_else(desk: Desk) -> None:
    """The first person keeps their name and their address."""
    set_aside(desk, write(desk), "never sent")
    second = write(desk, "Second", OTHER)
    names = {each.label: each for each in desk.vault.people()}
    assert set(names) == {"Person", "Second"}
    assert second.person_id == names["Second"].id
    assert [each.value for each in names["Person"].identifiers] == [THEM]
    set_aside(desk, second, "never sent")
    assert write(desk).person_id == names["Person"].id


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        pytest.param("2026-11-03 22:10", timedelta(days=1, hours=10.17), id="a time"),
        pytest.param("2026-11-03", timedelta(days=1, hours=11.98), id="a day"),
        pytest.param("2026-11-05", timedelta(days=3), id="today"),
    ],
)
def test_it_can_be_noted_later_when_it_left(
    monkeypatch: pytest.MonkeyPatch, typed: str, left: timedelta
) -> None:
    """Contact between the sending and the note of it counts as after the notice."""
    monkeypatch.setenv("TZ", "UTC")
    clock = Clock()
    desk = desk_at(clock)
    with_an_open_notice(desk)
    kept = write(desk)
    desk.vault.add_incident(
        replace(
            incident("i"),
            person_id=kept.person_id,
            when=exactly(clock.time + left + HOUR),
        )
    )
    clock.move(3)
    journey = at_the_notice(desk)
    journey.choose("sent")
    journey.choose("earlier")
    for wrong in ("2026-11-01", "2026-11-06 10:00", "9", "soon", ""):
        with pytest.raises(InvalidAnswerError):
            journey.typed(wrong)
    assert desk.vault.letters()[0].state is LetterState.FINISHED
    journey.typed(typed)
    assert journey.sheet().name == "finished"
    (sent,) = desk.vault.letters()
    assert sent.sent_at
    assert abs(sent.sent_at - kept.finished_at - left) < timedelta(minutes=2)
    assert desk.vault.incident("i").after_notice is AfterNotice.YES


def _steps(desk: Desk, chance: random.Random) -> list[Callable[[], object]]:
    """What a reader can do to the notice, by its screens and by the actions."""

    def by_its_screen(*choices: str) -> None:
        journey = at_the_notice(desk)
        for choice in choices:
            journey.choose(choice)
        if journey.sheet().ask:
            journey.typed(chance.choice(("", "a reason")))

    name, to = chance.choice((("Person", THEM), ("Other", OTHER), (" PERSON", OTHER)))
    return [
        lambda: write(desk, name, to),
        lambda: write(desk, name, to),
        lambda: by_its_screen("void"),
        lambda: by_its_screen("sent", "sure"),
        lambda: by_its_screen("sent", "unsent"),
        lambda: change_to(desk, "q-who-is-it", chance.choice(("partner", "stranger"))),
        lambda: _new_person(desk, chance),
        lambda: _join_two(desk, chance),
    ]


def _new_person(desk: Desk, chance: random.Random) -> None:
    add_person(desk, chance.choice(("Other", "Third", THEM, OTHER)))


def _join_two(desk: Desk, chance: random.Random) -> None:
    people = [each.id for each in desk.vault.people()] or [""]
    desk.vault.merge_people(chance.choice(people), chance.choice(people), desk.now())


@pytest.mark.parametrize("seed", range(40))
def test_there_is_one_live_notice_at_most_and_what_left_stays(
    seed: int, tmp_path: Path
) -> None:
    """In any order, also over a restart in the middle: a sent one is there for good."""
    chance = random.Random(seed)  # noqa: S311  an order of steps, not a secret
    desk = desk_at(Clock())
    with_an_open_notice(desk)
    if seed % 4 == 0:
        desk = kept_at(desk, tmp_path / "v")
    sent: list[str] = []
    for step in range(30):
        if seed % 4 == 0 and step == 15:
            desk.close()
            desk = open_vault_desk(desk_at(Clock()), tmp_path / "v", WORDS)
        with suppress(GuideError):
            chance.choice(_steps(desk, chance))()
        live = desk.vault.letters()
        assert len(live) <= 1
        now_sent = [each.id for each in live if each.state is LetterState.SENT]
        assert now_sent == sent or not sent
        sent = now_sent
        if live:
            assert why_closed(desk, LETTER)
        for each in desk.vault.void_letters():
            assert each.sent_at is None
            assert each.void_reason
    desk.close()


def test_a_handle_and_a_mail_address_reach_one_person(desk: Desk) -> None:
    """A notice to an address that is in the record goes to whom it belongs to."""
    person = add_person(desk, "Known already")
    mail = Identifier(kind=IdentifierKind.EMAIL, value=OTHER)
    desk.vault.add_identifier(person.id, mail, desk.now())
    assert write(desk, "Another name", f" {OTHER.upper()} ").person_id == person.id
