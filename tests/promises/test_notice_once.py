"""Promise: what is changed closes the notice at once, and there is only ever one."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import apsw
import pytest

from guide.actions.answering import resume
from guide.actions.desk import Desk
from guide.actions.gates import why_closed
from guide.actions.journey import Journey
from guide.actions.places.letter_form import FinishPlace, FormPlace
from guide.actions.writing import draft, fill, finish, mark_sent
from guide.model.content import Letter
from guide.model.problems import GuideError, LetterClosedError
from tests.promises.scripted_reader import (
    CLEAR,
    NOTICE_ID,
    STRANGER,
    change_to,
    set_out,
    with_an_open_notice,
)
from tests.promises.wandering_reader import LIBRARY, NOTICE, Clock, desk_at


def options(page: str) -> list[str]:
    """The ids of what can be ticked on *page*."""
    question = LIBRARY.pages[page].question
    return [option.id for option in question.options] if question else []


LETTER: Letter = LIBRARY.letters[NOTICE_ID]
THEM = "them@example.com"
KINDS = ["extortion", "mob", "following", "threats", "images", "unsure", "skipped"]
FLAGS = options("q-red-flags")
SAFE = options("q-notice-safe")
RISKS = [
    *(("q-age-target", v) for v in ("minor", "unsure", "skipped")),
    *(("q-danger-now", v) for v in ("yes", "unsure", "skipped")),
    *(("q-kinds", v) for v in KINDS),
    *(
        ("q-who-is-it", v)
        for v in ["partner", "family", "colleague", "many", "unknown"]
    ),
    *(("q-who-is-it", v) for v in ("unsure", "skipped")),
    *(("q-red-flags", v) for v in [*FLAGS, "unsure", "skipped"] if v != "none"),
    *(("q-notice-before", v) for v in ("yes", "served", "unsure", "skipped")),
    *(("q-notice-want", v) for v in ("no", "unsure", "skipped")),
    *(("q-notice-safe", v) for v in SAFE if v != "none"),
    *(("q-remove", "minor"), ("q-still", "worse"), ("q-media", "images")),
]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Iterator[Desk]:
    """A desk where the notice is open and every blank is filled."""
    here = desk_at(clock)
    trip = with_an_open_notice(here, {**CLEAR, "store": "drive", "media": "email"})
    assert trip.page == "s-notice-write"
    _go_round_the_plan(here)
    fill(here, LETTER, "their_name", "Person")
    fill(here, LETTER, "their_contact", THEM)
    with here.vault:
        yield here


def _go_round_the_plan(desk: Desk) -> None:
    """Pass the other questions that count, and come back to the notice."""
    script = {"store": "drive", "media": "email", "still": "no"}
    for branch in ("evidence", "review", "notice"):
        change_to(desk, "h-plan", branch)
        set_out(desk).follow(script)


def test_the_notice_can_be_written_by_somebody_it_is_safe_for(desk: Desk) -> None:
    """The gate is no wall: these answers open it."""
    assert why_closed(desk, LETTER) is None
    assert draft(desk, LETTER).missing == ()


@pytest.mark.parametrize(("page", "said"), RISKS)
def test_one_changed_answer_closes_the_notice_at_once(
    desk: Desk, page: str, said: str
) -> None:
    """Also for a form and a last look that are on the screen already."""
    journey = Journey(desk)
    journey.open(NOTICE)
    form = journey.place
    journey.choose("finish")
    last_look = journey.place
    assert isinstance(form, FormPlace)
    assert isinstance(last_look, FinishPlace)
    before = desk.vault.answers()
    change_to(desk, page, said)
    assert why_closed(desk, LETTER)
    assert form.sheet().name == last_look.sheet().name == "closed"
    for refused in (
        lambda: draft(desk, LETTER),
        lambda: finish(desk, LETTER, THEM),
        lambda: last_look.typed(THEM),
    ):
        with pytest.raises(LetterClosedError):
            refused()
    assert not desk.vault.letters()
    kept = {f: v for f, v in desk.vault.answers().items() if f in before}
    changed = {f for f in before if kept.get(f) != before[f]}
    assert changed <= {LIBRARY.pages[page].fact, "danger", "h-plan"}


@pytest.mark.parametrize("relation", ["partner", "family", "known", "colleague"])
def test_advice_opens_the_notice_and_a_later_answer_closes_it(relation: str) -> None:
    """The one unlock: for a known person, when somebody trained advised it."""
    desk = desk_at(Clock())
    said = {"relation": relation, "notice_safe": "police", "notice_advised": "advised"}
    trip = with_an_open_notice(desk, {**CLEAR, **said})
    assert trip.page == "s-notice-write"
    assert trip.seen[-2:] == ["s-notice-not-now", "s-notice-write"]
    assert why_closed(desk, LETTER) is None
    change_to(desk, "q-who-is-it", "many")
    assert why_closed(desk, LETTER)
    assert resume(desk).page.id == "s-notice-not-now"


@pytest.mark.parametrize(
    "never",
    [
        pytest.param({"age": "minor"}, id="under 18"),
        pytest.param({"kinds": "messages mob"}, id="mob"),
        pytest.param({"relation": "unknown"}, id="unknown sender"),
        pytest.param({"relation": "skipped"}, id="sender skipped"),
        pytest.param({"kinds": "messages extortion", "extortion": "no"}, id="demand"),
        pytest.param({"notice_safe": "police extortion"}, id="demand, said last"),
        pytest.param({"kinds": "skipped"}, id="kinds skipped"),
    ],
)
def test_advice_is_not_even_asked_for_where_it_cannot_help(
    never: dict[str, str],
) -> None:
    """Never offered for a minor, a demand, an unknown sender or many people."""
    script = {**CLEAR, "notice_safe": "police", **never}
    desk = desk_at(Clock())
    trip = set_out(desk).follow(script).say("notice").follow(script)
    assert trip.page == "s-notice-not-now"
    with pytest.raises(GuideError):
        trip.say("advised")
    desk.vault.put_answer("notice_advised", "advised", desk.now())
    assert why_closed(desk, LETTER)
    assert resume(desk).page.id == "s-notice-not-now"


def test_a_week_later_the_notice_waits_for_the_question_about_danger(
    desk: Desk, clock: Clock
) -> None:
    """An old "no danger" opens nothing, by whichever way the reader comes in."""
    clock.move(6.9)
    assert why_closed(desk, LETTER) is None
    clock.move(0.2)
    assert why_closed(desk, LETTER)
    with pytest.raises(LetterClosedError):
        finish(desk, LETTER, THEM)
    set_out(desk).follow({"danger": "no"})
    assert why_closed(desk, LETTER) is None


def _operations(desk: Desk, chance: random.Random) -> list[Callable[[], object]]:
    names = ("Person", "person", "Somebody else", "PERSON  ")
    spellings = (
        THEM,
        " THEM@Example.COM",
        "them\uff20example.com",
        "other@example.com",
    )

    def forms() -> None:
        place = FinishPlace(desk, LETTER, None)
        place.typed(desk.vault.fields().get("their_contact", ""))

    def sent() -> None:
        for kept in desk.vault.letters():
            mark_sent(desk, kept)

    return [
        forms,
        sent,
        lambda: draft(desk, LETTER),
        lambda: finish(desk, LETTER, desk.vault.fields().get("their_contact", "")),
        lambda: fill(desk, LETTER, "their_name", chance.choice(names)),
        lambda: fill(desk, LETTER, "their_contact", chance.choice(spellings)),
        lambda: change_to(desk, "q-who-is-it", chance.choice(("known", "partner"))),
        lambda: change_to(desk, "q-notice-before", chance.choice(("yes", "no"))),
        lambda: change_to(desk, "q-who-is-it", "stranger"),
    ]


@pytest.mark.parametrize("seed", range(40))
def test_there_is_never_a_second_notice_in_whatever_order(seed: int) -> None:
    """Another name, another spelling, another address: it is one person."""
    chance = random.Random(seed)  # noqa: S311  an order of steps, not a secret
    desk = desk_at(Clock())
    with_an_open_notice(desk)
    fill(desk, LETTER, "their_name", "Person")
    fill(desk, LETTER, "their_contact", THEM)
    first = finish(desk, LETTER, THEM) if seed % 2 else None
    for _step in range(30):
        try:
            chance.choice(_operations(desk, chance))()
        except GuideError:
            continue
        kept = desk.vault.letters()
        assert len(kept) <= 1
        first = first or (kept[0] if kept else None)
        if first:
            assert [(k.id, k.paper, k.sha256) for k in kept] == [
                (first.id, first.paper, first.sha256)
            ]
    change_to(desk, "q-who-is-it", "stranger")
    change_to(desk, "q-notice-before", "no")
    typed = desk.vault.fields()["their_contact"]
    if first:
        with pytest.raises(LetterClosedError):
            finish(desk, LETTER, typed)
    else:
        finish(desk, LETTER, typed)
    assert len(desk.vault.letters()) == 1


def test_the_wrong_recipient_finishes_nothing(desk: Desk) -> None:
    """The address is typed once more, and has to be the one in the letter."""
    for typed in ("", "them@example.org", "Person"):
        with pytest.raises(GuideError):
            finish(desk, LETTER, typed)
    assert not desk.vault.letters()
    assert finish(desk, LETTER, " THEM@example.com ").letter_id == NOTICE_ID


def test_a_reader_who_never_answered_is_shown_no_notice() -> None:
    """Skipping everything that can be skipped opens nothing."""
    for word in ("unsure", "skipped"):
        desk = desk_at(Clock())
        script = dict.fromkeys(STRANGER, word) | {
            "came_for": "messages",
            "t-emergency": "safe-enough",
            "s-not-your-fault": "go-on",
            "device_choice": "nosave",
            "notice_safe": "unsure",
            **dict.fromkeys(("notice_before", "notice_want"), word),
        }
        trip = set_out(desk).follow(script)
        assert trip.page == "h-plan", trip.seen
        trip.say("notice").follow(script)
        assert trip.page == "s-notice-not-now"
        assert why_closed(desk, LETTER)


COLUMNS = "letter_id, person_id, paper, to_key, finished_at, state, sent_at, once"
COPY = "insert {how} letter (id, sha256, {0}) select {id}, {sha}, {0} from letter"


@pytest.mark.parametrize(
    "sql",
    [
        "update letter set paper = '{}'",
        "update letter set sha256 = ''",
        "update letter set id = 'another'",
        "update letter set letter_id = 'another'",
        "update letter set person_id = 'somebody'",
        "update letter set finished_at = '2020-01-01T00:00:00+00:00'",
        "update letter set once = 0",
        "update letter set state = 'finished', sent_at = null",
        "update letter set state = 'draft'",
        "update letter set state = 'void', sent_at = null, voided_at = 'x',"
        " void_reason = 'x'",
        "delete from letter",
        COPY.format(COLUMNS, how="into", id="'two'", sha="sha256"),
        COPY.format(COLUMNS, how="into", id="id", sha="'0'"),
        pytest.param(
            COPY.format(COLUMNS, how="or replace into", id="id", sha="'0'"),
            id="replace",
        ),
    ],
)
def test_the_database_itself_refuses_to_change_a_finished_notice(
    desk: Desk, sql: str
) -> None:
    """The rule does not rest on the good manners of the code above it."""
    mark_sent(desk, finish(desk, LETTER, THEM))
    before = desk.vault.letters()
    with pytest.raises(apsw.ConstraintError):
        desk.vault._connection.execute(sql)
    assert desk.vault.letters() == before


def test_a_finished_notice_warns_when_the_answers_turn_dangerous(desk: Desk) -> None:
    """Its text stays, and before anything else it says to stop and talk first."""
    fill(desk, LETTER, "their_name", "someone27")
    fill(desk, LETTER, "their_contact", THEM)
    finish(desk, LETTER, THEM)
    journey = Journey(desk)
    journey.open(f"letter:{NOTICE_ID}")
    assert not [block for block in journey.sheet().blocks if block.lead]
    change_to(desk, "q-who-is-it", "partner")
    sheet = journey.sheet()
    assert any("Sending it now could do harm" in block.text for block in sheet.blocks)
    assert sheet.rows[0].value == "page:s-talk-first"
