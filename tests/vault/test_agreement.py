"""The tables held against the signed journal, in a vault that is really sealed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guide.model.records import CustodyAction, CustodyEvent, LetterState
from guide.vault import journal as signed
from guide.vault.keys import CHEAPEST
from guide.vault.opening import OpenVault, create_vault, open_vault
from guide.vault.store import Vault
from guide.vault.tables.agreement import Disagreement, Fault
from tests.vault.making import TYPED
from tests.vault.rows import (
    DAY,
    NOON,
    NOTICE,
    contact,
    evidence,
    incident,
    letter,
    mail,
    person,
)

_GUARDS = "select name, sql from sqlite_schema where type = 'trigger'"


def _tables(vault: OpenVault) -> tuple[Vault, signed.Journal]:
    signed.prepare(vault.connection)
    journal = signed.Journal(vault.connection, vault.root.signing_key())
    return Vault(vault.connection, on_disk=True, journal=journal), journal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sealed vault in which a little of everything happened."""
    folder = tmp_path / "vault"
    made = create_vault(folder, TYPED, profile=CHEAPEST, now=NOON)
    vault, _journal = _tables(made)
    vault.put_person(person("a", "Person A", mail("a@example.com")), NOON)
    vault.put_person(person("b", "Person B", mail("b@example.com")), NOON)
    vault.withdraw_identifier("b", mail("b@example.com"), "wrong", NOON)
    vault.merge_people("a", "b", NOON)
    vault.rename_person("a", "Somebody", NOON)
    for id_ in ("e", "gone"):
        vault.add_evidence(evidence(id_))
    viewed = CustodyEvent(
        evidence_id="e", at=NOON, action=CustodyAction.VIEWED, by="me", detail="once"
    )
    vault.note_custody(viewed)
    vault.add_incident(incident("i", person_id="a", evidence_ids=("e",)), note="mine")
    vault.correct_incident(incident("i", person_id="b"), "it was B", NOON)
    vault.add_contact(contact("c"), NOON)
    vault.put_in_bin("contact", "c", "twice", NOON)
    vault.put_in_bin("evidence", "gone", "not mine to keep", NOON - 40 * DAY)
    vault.purge(NOON)
    vault.add_letter(letter("aside", "a"), once=True)
    vault.void_letter("aside", "not now", NOON)
    vault.add_letter(letter("notice", "a"), once=True)
    vault.mark_sent("notice", NOON)
    made.close()
    return folder


def test_a_sealed_vault_is_after_a_restart_what_its_journal_says(folder: Path) -> None:
    """Everything is there again, the chain is whole, and the two agree."""
    with open_vault(folder, TYPED) as again:
        vault, journal = _tables(again)
        assert not [x for x in journal.check() if x.trouble.damages]
        assert vault.disagreements(journal.entries()) == ()
        assert [each.state for each in vault.letters()] == [LetterState.SENT]
        closed = vault.closed_by(NOTICE, "b")
        assert closed
        assert closed.id == "notice"
        assert vault.incident("i").person_id == "b"
        assert len(vault.tombstones()) == 1


_SQL = {
    "an older wording is shown": (
        "update record set version = 1 where kind = 'incident'",
        Disagreement("incident line", "i", Fault.CHANGED),
    ),
    "a wording is gone": (
        "delete from version where kind = 'incident' and number = 2",
        Disagreement("incident", "i#2", Fault.MISSING),
    ),
    "a wording was changed": (
        "update version set body = replace(body, 'message', 'massage')"
        " where kind = 'incident' and number = 1",
        Disagreement("incident", "i#1", Fault.CHANGED),
    ),
    "a wording was added": (
        "insert into version select null, kind, id, 3, at, why, body, sha256"
        " from version where kind = 'incident' and number = 2",
        Disagreement("incident", "i#3", Fault.EXTRA),
    ),
    "a touch was changed": (
        "update custody set detail = 'twice' where action = 'viewed'",
        Disagreement("custody", "e#3", Fault.CHANGED),
    ),
    "a touch is gone": (
        "delete from custody where action = 'viewed'",
        Disagreement("custody", "e#3", Fault.MISSING),
    ),
    "a sent letter is only finished": (
        "update letter set state = 'finished', sent_at = null where id = 'notice'",
        Disagreement("letter state", "notice", Fault.CHANGED),
    ),
    "a letter says something else": (
        "update letter set paper = replace(paper, 'Please', 'Do') where id = 'notice'",
        Disagreement("letter", "notice", Fault.CHANGED),
    ),
    "an address is another one": (
        "update identifier set value = 'x' where n = 1",
        Disagreement("identifier", "1", Fault.CHANGED),
    ),
    "an address is not taken back": (
        "update identifier set withdrawn = null where n = 2",
        Disagreement("withdrawn", "2", Fault.MISSING),
    ),
    "two people are two again": (
        "delete from merged",
        Disagreement("merge", "a<b", Fault.MISSING),
    ),
    "it came out of the bin": (
        "update record set binned_at = '' where kind = 'contact'",
        Disagreement("bin", "contact:c", Fault.MISSING),
    ),
    "there is no tombstone": (
        "delete from tombstone",
        Disagreement("tombstone", "evidence:gone", Fault.MISSING),
    ),
}


@pytest.mark.parametrize("name", _SQL)
def test_what_is_not_as_it_was_written_is_named(folder: Path, name: str) -> None:
    """As an old page put back would leave it: behind the guards of the database."""
    sql, expected = _SQL[name]
    with open_vault(folder, TYPED) as opened:
        vault, journal = _tables(opened)
        for guard, _text in opened.connection.execute(_GUARDS).fetchall():
            opened.connection.execute(f"drop trigger {guard}")
        opened.connection.execute(sql)
        assert expected in vault.disagreements(journal.entries())


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda v: v.put_answer("a", "b", NOON), id="an answer"),
        pytest.param(lambda v: v.put_private_note("i", "new", NOON), id="a note"),
        pytest.param(lambda v: v.restore("contact", "c", NOON), id="the bin"),
        pytest.param(lambda v: v.set_unknown("a", NOON, unknown=True), id="unknown"),
        pytest.param(lambda v: v.note_same_file("e", "again", "me", NOON), id="again"),
    ],
)
def test_every_ordinary_change_leaves_the_two_in_agreement(
    folder: Path, change: Callable[[Vault], object]
) -> None:
    """Nothing that a reader does makes the journal look wrong."""
    with open_vault(folder, TYPED) as opened:
        vault, journal = _tables(opened)
        change(vault)
        assert vault.disagreements(journal.entries()) == ()
        assert not [x for x in journal.check() if x.trouble.damages]
