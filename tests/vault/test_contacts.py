"""Talks with officials: what was promised, and when to ask again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from guide.model.records import OfficialContact
from guide.vault.store import Vault
from tests.vault.rows import (
    DAY,
    NOON,
    Ledger,
    PowerCutError,
    contact,
    letter,
    opened,
    person,
)

TODAY = NOON.date()


@pytest.fixture
def vault() -> Iterator[Vault]:
    """Nothing yet."""
    with Vault.in_memory() as made:
        yield made


def test_everything_of_a_talk_comes_back(vault: Vault) -> None:
    """Person, badge, reference, what was promised, and what belongs to it."""
    said = OfficialContact(
        id="one",
        at=NOON,
        organisation="Police",
        person="the officer on duty",
        badge_number="0000",
        channel="phone",
        reference="CRN 0000/26",
        outcome="noted",
        promised="a call back",
        follow_up_on=date(2026, 12, 1),
        incident_ids=("i",),
        evidence_ids=("e",),
    )
    assert vault.add_contact(said, NOON + DAY) == said
    assert vault.contacts() == (said,)
    assert vault.contact("one").number == 1
    assert [each.id for each in vault.search("CRN 0000")] == ["one"]
    with pytest.raises(ValueError, match="taken"):
        vault.add_contact(said, NOON)


def test_due_is_what_was_promised_by_today_and_not_chased(vault: Vault) -> None:
    """The longest overdue first; chased, changed or thrown away, it is not due."""
    for n in (1, 0, -1, -30):
        day = date.fromordinal(TODAY.toordinal() + n)
        vault.add_contact(contact(f"day{n}", follow_up_on=day), NOON)
    vault.add_contact(contact("no date"), NOON)
    assert [each.id for each in vault.due(TODAY)] == ["day-30", "day-1", "day0"]
    vault.followed_up("day-30", NOON)
    later = replace(vault.contact("day-1"), follow_up_on=date(2027, 1, 1))
    vault.correct_contact(later, "they asked for time", NOON)
    assert [each.id for each in vault.due(TODAY)] == ["day0"]
    vault.put_in_bin("contact", "day0", "twice", NOON)
    assert vault.due(TODAY) == ()
    vault.restore("contact", "day0", NOON)
    assert [each.id for each in vault.due(TODAY)] == ["day0"]
    assert len(vault.due(date(2027, 1, 2))) == 3


def test_a_correction_adds_and_both_stay_readable(vault: Vault) -> None:
    """Every wording is kept with its reason."""
    first = vault.add_contact(contact("one", outcome="no answer"), NOON)
    vault.correct_contact(
        replace(first, outcome="they wrote back"), "reply", NOON + DAY
    )
    versions = vault.contact_history("one")
    assert [(x.record.outcome, x.why) for x in versions] == [
        ("no answer", ""),
        ("they wrote back", "reply"),
    ]


def test_letters_to_others_stand_in_the_log_by_themselves(vault: Vault) -> None:
    """Finished and sent ones do; a notice to the person does not."""
    vault.put_person(person("a"))
    vault.add_contact(contact("talk", at=NOON - DAY), NOON)
    vault.add_letter(letter("complaint", "", "abuse@example.com"), once=False)
    vault.add_letter(letter("aside", "", "abuse@example.com"), once=False)
    vault.add_letter(letter("notice", "a", "a@example.com"), once=True)
    vault.void_letter("aside", "wrong desk", NOON)
    entry, talk = vault.contact_log()
    assert (entry.letter_id, entry.organisation) == ("complaint", "abuse@example.com")
    assert (entry.outcome, talk.id) == ("finished, not sent yet", "talk")
    vault.mark_sent("complaint", NOON + DAY)
    entry, _talk = vault.contact_log()
    assert (entry.at, entry.outcome) == (NOON + DAY, "sent")


def test_a_change_is_one_with_its_entry_in_the_journal() -> None:
    """And no entry says who was spoken to."""
    ledger = Ledger()
    with opened(":memory:", ledger) as vault:
        vault.add_contact(contact("one", follow_up_on=TODAY), NOON)
        ledger.broken = True
        with pytest.raises(PowerCutError):
            vault.followed_up("one", NOON)
        assert [each.id for each in vault.due(TODAY)] == ["one"]
        vault.followed_up("one", NOON)
        assert ledger.types == ["contact.add", "contact.correct"]
        assert "Example" not in str(ledger.entries)
