"""The rows about kept files: one a file, frozen, with every touch noted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import apsw
import pytest

from guide.model.problems import NotFoundError
from guide.model.records import Claim, CustodyAction, CustodyEvent, Evidence
from guide.model.times import exactly
from guide.vault.problems import AlreadyKeptError
from guide.vault.store import Vault
from tests.vault.rows import (
    DAY,
    HOUR,
    NOON,
    Ledger,
    PowerCutError,
    evidence,
    incident,
    opened,
    person,
)


@pytest.fixture
def vault() -> Iterator[Vault]:
    """One person."""
    with Vault.in_memory() as made:
        made.put_person(person("a"))
        yield made


def _touch(evidence_id: str, action: CustodyAction) -> CustodyEvent:
    return CustodyEvent(evidence_id=evidence_id, at=NOON, action=action, by="me")


def test_everything_about_a_file_comes_back(vault: Vault) -> None:
    """Times inside a file are claims, kept as they stand; names need not be text."""
    kept = Evidence(
        id="0" * 32,
        original_name="a\udcff\n\x1b[31m.png",
        media_type="image/png",
        size=7,
        sha256="ab" * 32,
        acquired_at=NOON,
        claims=(
            Claim(what="EXIF DateTimeOriginal", value="2026:11:03 22:10:00"),
            Claim(what="Date", value="Tue, 3 Nov 2026 22:10:00 +0100", at=NOON - DAY),
        ),
        captured_at=exactly(NOON - HOUR),
        acquired_by="me",
        source="phone",
        url="https://example.com/post/1",
        note="the whole page",
        person_id="a",
    )
    assert vault.add_evidence(kept) == kept
    assert vault.evidence_list() == (kept,)
    assert vault.evidence_totals() == (1, 7)
    assert vault.evidence("0" * 32).number == 1


def test_the_same_file_twice_is_recognised_by_its_bytes(vault: Vault) -> None:
    """Another name makes no other file; that it came again can be noted."""
    vault.add_evidence(evidence("one", b"same"))
    with pytest.raises(AlreadyKeptError) as refused:
        vault.add_evidence(evidence("two", b"same"))
    assert refused.value.evidence_id == "one"
    assert vault.evidence_ids() == ("one",)
    vault.note_same_file("one", "a friend", "me", NOON + DAY)
    first, again = vault.custody("one")
    assert (first.action, again.action) == (CustodyAction.ACQUIRED,) * 2
    assert "a friend" in again.detail


def test_every_touch_is_noted_in_order_and_stays(vault: Vault) -> None:
    """From "acquired", which comes by itself, to "handed over"."""
    vault.add_evidence(evidence("one"), by="my advocate")
    for action in list(CustodyAction)[1:]:
        vault.note_custody(_touch("one", action))
    events = vault.custody("one")
    assert [each.action for each in events] == list(CustodyAction)
    assert (events[0].by, events[0].at) == ("my advocate", NOON)
    with pytest.raises(NotFoundError):
        vault.note_custody(_touch("two", CustodyAction.VIEWED))


@pytest.mark.parametrize(
    "sql",
    [
        "delete from custody",
        "update custody set action = 'viewed'",
        "delete from evidence",
        "update evidence set sha256 = 'x'",
        "insert or replace into evidence values ('one', 'x', 1)",
        "insert or replace into custody select n, evidence, 'x', action, by, detail,"
        " salt from custody",
        "insert or replace into version select n, kind, id, number, at, why, '{}',"
        " sha256 from version",
    ],
)
def test_the_database_itself_changes_no_evidence(vault: Vault, sql: str) -> None:
    """Neither the row of a file, nor a description, nor a touch."""
    vault.add_evidence(evidence("one"))
    with pytest.raises(apsw.ConstraintError):
        vault._connection.execute(sql)


def test_what_is_said_about_a_file_is_corrected_by_adding(vault: Vault) -> None:
    """What the file is, and when it came in, is not part of a description."""
    first = vault.add_evidence(evidence("one"))
    other = replace(
        evidence("one", b"other", NOON + DAY),
        original_name="other.png",
        media_type="text/plain",
        note="shows the time",
        person_id="a",
    )
    vault.describe_evidence(other, "saw it later", NOON + DAY)
    now = vault.evidence("one")
    assert now == replace(first, note="shows the time", person_id="a")
    versions = vault.evidence_history("one")
    assert [each.record for each in versions] == [first, now]
    assert [x.id for x in vault.search("shows time")] == ["one"]
    with pytest.raises(NotFoundError):
        vault.describe_evidence(replace(now, person_id="nobody"), "", NOON)


def test_incidents_and_evidence_know_each_other(vault: Vault) -> None:
    """What an incident names now; a correction can take a file out of it."""
    for id_ in ("one", "two"):
        vault.add_evidence(evidence(id_))
    vault.add_incident(incident("late", evidence_ids=("one", "two", "one")))
    assert vault.incidents_with("two") == ("late",)
    vault.correct_incident(incident("late", evidence_ids=("one",)), "wrong one", NOON)
    assert vault.incidents_with("two") == ()
    assert vault.incidents_with("one") == ("late",)
    assert vault.history("late")[0].record.evidence_ids == ("one", "two", "one")


def test_a_row_and_its_first_event_are_one_change() -> None:
    """A cut at either entry leaves neither; the journal has the hash of the file."""
    ledger = Ledger()
    with opened(":memory:", ledger) as vault:
        vault.add_evidence(evidence("one"))
        assert ledger.types == ["evidence.add", "evidence.custody"]
        assert ledger.entries[0][1]["file_sha256"] == evidence("one").sha256
        assert "png" not in str(ledger.entries)
        ledger.broken = True
        with pytest.raises(PowerCutError):
            vault.add_evidence(evidence("two"))
        ledger.broken = True
        with pytest.raises(PowerCutError):
            vault.note_custody(_touch("one", CustodyAction.VIEWED))
        assert vault.evidence_ids() == ("one",)
        assert len(vault.custody("one")) == 1
        assert vault.evidence_with_hash(evidence("two").sha256) == ""
