"""The vault in memory: what goes in comes out, and a finished letter stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.model.conditions import AnswerValue
from guide.model.paper import Paper, Paragraph, ParagraphKind
from guide.model.people import Identifier, IdentifierKind, Person
from guide.model.problems import GuideError, LetterClosedError
from guide.model.progress import TickState
from guide.model.records import LetterState, WrittenLetter
from guide.vault.store import Vault

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
PAPER = Paper(
    title="No-contact notice",
    date_line="2 November 2026",
    to="Person\nthem@example.com",
    subject="No further contact",
    paragraphs=(
        Paragraph(kind=ParagraphKind.TEXT, text="Do not contact me again. ü"),
        Paragraph(kind=ParagraphKind.ITEM, text="one", rows=(("a", "b"),)),
    ),
)
LETTER = WrittenLetter(
    id="1",
    letter_id="no-contact-notice",
    person_id="the-person",
    paper=PAPER,
    sha256="0" * 64,
    finished_at=NOON,
)


@pytest.fixture
def vault() -> Iterator[Vault]:
    with Vault.in_memory() as here:
        yield here


TEXTS = st.text(max_size=30)


@given(st.dictionaries(TEXTS, st.one_of(TEXTS, st.lists(TEXTS).map(tuple))))
def test_every_answer_comes_back_as_it_was_given(
    answers: dict[str, AnswerValue],
) -> None:
    """One text, or several boxes; the last answer to a question is the one kept."""
    with Vault.in_memory() as vault:
        for fact, value in answers.items():
            vault.put_answer(fact, "before", NOON)
            vault.put_answer(fact, value, NOON)
        assert dict(vault.answers()) == answers


def test_an_answer_knows_when_it_was_given_and_can_be_taken_back(vault: Vault) -> None:
    """The questions that are asked afresh rest on it."""
    later = NOON + timedelta(days=3)
    vault.put_answer("danger", "yes", NOON)
    vault.put_answer("danger", "no", later)
    assert vault.answered_at("danger") == later
    assert vault.answered_at("age") is None
    vault.forget_answer("danger")
    vault.forget_answer("never-said")
    assert dict(vault.answers()) == {}
    assert vault.answered_at("danger") is None


def test_fields_and_ticks_are_kept_and_an_empty_field_is_forgotten(
    vault: Vault,
) -> None:
    """A name that was rubbed out is nowhere any more."""
    vault.put_field("their_name", "Person")
    vault.put_field("their_name", "")
    vault.put_field("their_contact", "them@example.com")
    assert dict(vault.fields()) == {"their_contact": "them@example.com"}
    vault.put_tick("s-log", "what", TickState.DONE)
    vault.put_tick("s-log", "what", TickState.NOT_FOR_ME)
    assert dict(vault.ticks("s-log")) == {"what": TickState.NOT_FOR_ME}
    assert dict(vault.ticks("s-store")) == {}


def test_a_letter_comes_back_whole(vault: Vault) -> None:
    """Its words, its hash and its time are those that were frozen."""
    vault.add_letter(LETTER, once=True)
    assert vault.letters() == (LETTER,)
    vault.mark_sent("1", NOON)
    sent = replace(LETTER, state=LetterState.SENT, sent_at=NOON)
    assert vault.letters() == (sent,)
    vault.mark_sent("1", NOON + timedelta(days=1))
    assert vault.letters() == (sent,)


def test_a_once_only_letter_is_refused_the_second_time(vault: Vault) -> None:
    """Other letters, and letters to others, are not."""
    vault.add_letter(LETTER, once=True)
    with pytest.raises(LetterClosedError):
        vault.add_letter(replace(LETTER, id="2"), once=True)
    with pytest.raises(LetterClosedError):
        vault.add_letter(LETTER, once=True)
    vault.add_letter(replace(LETTER, id="3", person_id="another"), once=True)
    complaint = replace(LETTER, id="4", letter_id="provider-complaint")
    vault.add_letter(complaint, once=False)
    vault.add_letter(replace(complaint, id="5"), once=False)
    assert [letter.id for letter in vault.letters()] == ["1", "3", "4", "5"]


def test_a_notice_opens_again_only_if_it_never_left(vault: Vault) -> None:
    """Set aside with a reason, it is kept; one that was sent stays the only one."""
    vault.add_letter(LETTER, once=True)
    with pytest.raises(GuideError):
        vault.void_letter("1", "  ", NOON)
    vault.void_letter("1", "it has a wrong name", NOON)
    assert vault.letters() == ()
    assert [kept.paper for kept in vault.void_letters()] == [PAPER]
    with pytest.raises(GuideError):
        vault.mark_sent("1", NOON)
    vault.add_letter(replace(LETTER, id="2"), once=True)
    vault.mark_sent("2", NOON)
    with pytest.raises(GuideError):
        vault.void_letter("2", "a reason", NOON)
    with pytest.raises(LetterClosedError):
        vault.add_letter(replace(LETTER, id="3"), once=True)


@pytest.mark.parametrize(
    "column", ["letter_id", "person_id", "paper", "sha256", "finished_at"]
)
@pytest.mark.parametrize("sent", [False, True])
def test_nothing_of_a_finished_letter_can_be_changed(
    vault: Vault, column: str, *, sent: bool
) -> None:
    """Not sent yet, or sent: the database itself refuses."""
    vault.add_letter(LETTER, once=True)
    if sent:
        vault.mark_sent("1", NOON)
    for sql in (
        f"update letter set {column} = 'x'",  # noqa: S608  a name in the list above
        "delete from letter",
    ):
        with pytest.raises(apsw.ConstraintError):
            vault._connection.execute(sql)
    assert vault.letters()[0].paper == PAPER


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("them@example.com", " Them@EXAMPLE.com ", id="case and spaces"),
        pytest.param("them@example.com", "them\uff20example.com", id="width"),
        pytest.param("Per Son", "per  son", id="a name"),
    ],
)
def test_an_address_typed_in_another_way_is_the_same_address(
    vault: Vault, first: str, second: str
) -> None:
    """No second person comes of another spelling."""
    for label, value in (("Person", first), ("Somebody", second)):
        known = Identifier(kind=IdentifierKind.EMAIL, value=value)
        vault.put_person(Person(id="the-person", label=label, identifiers=(known,)))
    (person,) = vault.people()
    assert person.label == "Somebody"
    assert [each.value for each in person.identifiers] == [first]


def test_two_vaults_in_memory_know_nothing_of_each_other() -> None:
    """Each is gone with its program."""
    with Vault.in_memory() as one, Vault.in_memory() as two:
        one.put_answer("age", "adult", NOON)
        assert dict(two.answers()) == {}
        assert not one.on_disk
