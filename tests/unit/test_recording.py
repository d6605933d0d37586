"""People, incidents and talks as a reader keeps them, with nothing in between."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.actions.desk import THE_PERSON, Desk, keep_nothing
from guide.actions.journey import Journey
from guide.actions.knowing import (
    add_identifier,
    add_person,
    add_unknown,
    called,
    identifier_in,
    person_meant,
    rename,
)
from guide.actions.notes import CONTACT, INCIDENT, Notes, begun, remember
from guide.actions.recording import (
    NEW,
    PERSON,
    UNKNOWN,
    keep_contact,
    keep_incident,
    notes_of_contact,
    notes_of_incident,
)
from guide.actions.writing import _person
from guide.model.conditions import SKIPPED
from guide.model.people import IdentifierKind, Person
from guide.model.problems import GuideError, InvalidAnswerError
from guide.model.records import Incident
from guide.model.times import AfterNotice, Precision, When, exactly
from guide.vault.store import Vault
from tests.vault.rows import letter, person

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def desk() -> Desk:
    return a_desk()


def a_desk() -> Desk:
    return replace(keep_nothing(), vault=Vault.in_memory(), now=lambda: NOON)


def an_incident(**values: str) -> Notes:
    return Notes(kind=INCIDENT, step="account", values=values)


def a_contact(**values: str) -> Notes:
    return Notes(kind=CONTACT, step="organisation", values=values)


def test_an_incident_without_a_time_is_kept(desk: Desk) -> None:
    notes = an_incident(account="A call.").not_knowing("when")
    kept = keep_incident(desk, notes)
    assert kept.when.precision is Precision.UNKNOWN
    assert kept.not_known == ("when",)
    assert kept.recorded_at == NOON
    assert kept.number == 1


def test_the_time_of_writing_stays_apart_from_the_time_it_happened(desk: Desk) -> None:
    when = exactly(NOON - timedelta(days=3), words="three days ago")
    kept = keep_incident(desk, an_incident(account="x").happening(when))
    assert (kept.when, kept.recorded_at) == (when, NOON)


def test_nothing_is_not_kept(desk: Desk) -> None:
    with pytest.raises(InvalidAnswerError):
        keep_incident(desk, an_incident(account="  \n "))
    assert desk.vault.incident_count() == 0


def test_a_correction_leaves_both_wordings_readable(desk: Desk) -> None:
    first = keep_incident(desk, an_incident(account="A cal.", effect="none"))
    notes = notes_of_incident(desk, first.id).saying("account", "A call.")
    second = keep_incident(desk, notes, "a slip")
    history = desk.vault.history(first.id)
    assert [each.record.account for each in history] == ["A cal.", "A call."]
    assert [each.why for each in history] == ["", "a slip"]
    assert (second.number, second.effect) == (first.number, "none")


def test_a_correction_of_nothing_adds_no_wording(desk: Desk) -> None:
    notes = an_incident(account="a", witnesses="One\nTwo", who=UNKNOWN, note="mine")
    kept = keep_incident(desk, notes.happening(exactly(NOON)))
    keep_incident(desk, notes_of_incident(desk, kept.id))
    assert len(desk.vault.history(kept.id)) == 1


def test_the_private_note_is_no_part_of_the_incident(desk: Desk) -> None:
    kept = keep_incident(desk, an_incident(account="a", note="CANARY"))
    note = desk.vault.private_note(kept.id)
    assert note is not None
    assert note.reveal() == "CANARY"
    assert "CANARY" not in repr(desk.vault.history(kept.id))
    assert not desk.vault.search("CANARY")


def test_what_was_begun_is_there_until_it_is_kept(desk: Desk) -> None:
    notes = an_incident(account="half")
    remember(desk, notes)
    assert begun(desk, INCIDENT) == notes
    keep_incident(desk, notes)
    assert begun(desk, INCIDENT) is None


def test_somebody_unknown_is_a_person_with_a_number(desk: Desk) -> None:
    one = keep_incident(desk, an_incident(account="a", who=UNKNOWN))
    two = keep_incident(desk, an_incident(account="b", who=UNKNOWN))
    people = {each.id: each for each in desk.vault.people()}
    assert [people[each.person_id].label for each in (one, two)] == [
        "Unknown 1",
        "Unknown 2",
    ]
    assert all(each.unknown for each in people.values())


def test_somebody_typed_twice_is_one_person(desk: Desk) -> None:
    one = keep_incident(desk, an_incident(account="a", who=f"{NEW}Some Body"))
    two = keep_incident(desk, an_incident(account="b", who=f"{NEW} some  BODY "))
    assert one.person_id == two.person_id


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("a.b@example.com", IdentifierKind.EMAIL),
        ("+44 (7700) 900-123", IdentifierKind.PHONE),
        ("@someone", IdentifierKind.HANDLE),
        ("https://example.com/x", IdentifierKind.URL),
        ("192.0.2.7", IdentifierKind.IP),
        ("2001:db8::1", IdentifierKind.IP),
        ("Some Body", None),
        ("1234", None),
    ],
)
def test_what_is_typed_is_told_by_its_look(
    typed: str, kind: IdentifierKind | None
) -> None:
    found = identifier_in(typed)
    assert (found.kind if found else None) is kind


def test_a_person_is_found_by_an_identifier(desk: Desk) -> None:
    somebody = add_identifier(desk, add_person(desk, "Sam").id, "a@example.com")
    found = person_meant(desk, " A@Example.com ")
    assert found is not None
    assert found.id == somebody.id


def test_nobody_is_added_twice(desk: Desk) -> None:
    add_person(desk, "Sam")
    with pytest.raises(InvalidAnswerError):
        add_person(desk, "SAM")


def test_an_unknown_person_who_gets_a_name_is_unknown_no_more(desk: Desk) -> None:
    named = rename(desk, add_unknown(desk).id, "Sam")
    assert (named.label, named.unknown) == ("Sam", False)
    assert desk.vault.names(named.id)[0].label == "Unknown 1"


def test_the_person_of_a_letter_without_a_name_is_still_called_something(
    desk: Desk,
) -> None:
    desk.vault.put_person(Person(id=THE_PERSON, label=""))
    assert called(desk.vault.person(THE_PERSON)).strip()


def _notice_sent(desk: Desk, at: datetime) -> None:
    desk.vault.put_person(person("p"))
    desk.vault.add_letter(letter("n", "p", at=at), once=True)
    desk.vault.mark_sent("n", at)


@pytest.mark.parametrize(
    ("when", "after"),
    [
        pytest.param(exactly(NOON), AfterNotice.YES, id="after"),
        pytest.param(exactly(NOON - timedelta(days=9)), AfterNotice.NO, id="before"),
        pytest.param(
            When(precision=Precision.RANGE, start=NOON - timedelta(days=9), end=NOON),
            AfterNotice.PERHAPS,
            id="perhaps",
        ),
        pytest.param(When(), AfterNotice.NO, id="not known"),
    ],
)
def test_contact_after_the_notice_is_flagged_in_the_list_by_itself(
    desk: Desk, when: When, after: AfterNotice
) -> None:
    _notice_sent(desk, NOON - timedelta(days=5))
    who = f"{PERSON}p"
    kept = keep_incident(desk, an_incident(account="a", who=who).happening(when))
    assert kept.after_notice is after
    journey = Journey(desk)
    journey.open("incidents")
    notes = {row.value: row.note for row in journey.sheet().rows}
    words = {
        AfterNotice.YES: "after the notice",
        AfterNotice.PERHAPS: "perhaps after the notice",
        AfterNotice.NO: "",
    }
    assert notes[f"incident:{kept.id}"] == words[after]


@pytest.mark.parametrize("typed", ["@somebody", "Some Body"], ids=["by", "name"])
def test_a_notice_is_written_to_the_person_of_the_log(desk: Desk, typed: str) -> None:
    """So that contact after it is flagged, and nobody is in the record twice."""
    kept = keep_incident(desk, an_incident(account="a", who=f"{NEW}{typed}"))
    add_identifier(desk, kept.person_id, "@somebody")
    desk.vault.put_field("their_contact", "@SOMEBODY" if typed[0] == "@" else "")
    desk.vault.put_field("their_name", "Some body")
    notice = desk.library.letters["no-contact-notice"]
    assert _person(desk, notice).id == kept.person_id


def test_a_talk_is_due_until_it_was_followed_up(desk: Desk) -> None:
    kept = keep_contact(desk, a_contact(organisation="Police", follow_up="2026-11-19"))
    assert kept.follow_up_on == date(2026, 11, 19)
    home = Journey(desk)
    officials = next(r for r in home.sheet().rows if r.value == "officials")
    assert officials.note == "1 is due"
    home.open("officials")
    rows = home.sheet().rows
    assert [row.group for row in rows if row.value == f"contact:{kept.id}"] == [
        "Due: ask again",
        "Newest first",
    ]
    home.choose(f"contact:{kept.id}")
    home.choose("done")
    home.open("home")
    officials = next(r for r in home.sheet().rows if r.value == "officials")
    assert officials.note == ""


def test_home_asks_nothing_of_a_database_that_was_never_opened() -> None:
    desk = replace(keep_nothing(), now=lambda: NOON)
    Journey(desk).sheet()
    assert getattr(desk.vault, "_opened", "opened") is None


def test_a_new_day_makes_a_followed_up_talk_due_again(desk: Desk) -> None:
    kept = keep_contact(desk, a_contact(organisation="Police", follow_up="2026-11-19"))
    desk.vault.followed_up(kept.id, NOON)
    notes = notes_of_contact(desk, kept.id)
    keep_contact(desk, notes.saying("outcome", "They wrote."))
    assert desk.vault.due(date(2026, 11, 20)) == ()
    notes = notes_of_contact(desk, kept.id)
    keep_contact(desk, notes.saying("follow_up", "2026-11-20"))
    assert len(desk.vault.due(date(2026, 11, 20))) == 1


def test_a_talk_with_nobody_is_not_kept(desk: Desk) -> None:
    with pytest.raises(InvalidAnswerError):
        keep_contact(desk, a_contact(outcome="They said no."))


# A NUL ends a text for SQLite, so the vault keeps a blank in its place.
_ANYTHING = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    min_size=1,
    max_size=200,
)
_LONG = ("account", "effect", "done", "platform", "where", "note")


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(_LONG, _ANYTHING)))
def test_nothing_typed_is_lost_or_altered(values: dict[str, str]) -> None:
    """Through the prompts, the draft, the vault and back into a correction."""
    desk = a_desk()
    journey = Journey(desk)
    journey.open("new:incident")
    while journey.sheet().name != "incident-check":
        step = journey.sheet().name.removeprefix("incident-")
        if step in values and values[step].strip():
            journey.typed(values[step])
        else:
            journey.choose(SKIPPED)
    try:
        journey.choose("keep")
    except GuideError:
        assert not any(text.strip() for text in values.values())
        return
    (kept,) = desk.vault.incidents()
    for name in _LONG[:-1]:
        wanted = values[name] if values[name].strip() else ""
        assert getattr(kept, name) == wanted
    note = desk.vault.private_note(kept.id)
    assert (note.reveal() if note else "") == (
        values["note"] if values["note"].strip() else ""
    )
    again = notes_of_incident(desk, kept.id)
    assert keep_incident(desk, again) == kept
    assert len(desk.vault.history(kept.id)) == 1


def test_an_incident_is_what_the_vault_gives_back(desk: Desk) -> None:
    kept = keep_incident(desk, an_incident(account="a"))
    assert isinstance(kept, Incident)
    assert desk.vault.incident(kept.id) == kept
