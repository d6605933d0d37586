"""The bin: 30 days to come back, then a tombstone, and nothing silently."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import apsw
import pytest

from guide.model.problems import InvalidAnswerError, NotFoundError
from guide.vault.problems import ReasonNeededError
from guide.vault.store import Vault
from tests.vault.rows import (
    DAY,
    HOUR,
    NOON,
    Ledger,
    PowerCutError,
    contact,
    evidence,
    incident,
    letter,
    opened,
    person,
)

CANARY = "Zebrafish"
KINDS = ["incident", "evidence", "contact"]


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def vault(ledger: Ledger) -> Iterator[Vault]:
    """One record of each kind, all under the id "one"."""
    with opened(":memory:", ledger) as made:
        made.add_evidence(evidence("one"))
        made.add_incident(
            incident("one", account=f"{CANARY} one", evidence_ids=("one",)), note=CANARY
        )
        made.add_contact(contact("one", outcome=CANARY, follow_up_on=NOON.date()), NOON)
        yield made


_LISTS: dict[str, Callable[[Vault], object]] = {
    "incident": lambda v: v.incidents(),
    "evidence": lambda v: v.evidence_list(),
    "contact": lambda v: v.contacts(),
}


def _words_of(vault: Vault, kind: str) -> list[str]:
    found = (*vault.search("png"), *vault.search(CANARY))
    return [each.kind for each in found if each.kind == kind]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_in_the_bin_is_in_no_list_and_comes_back_as_it_was(
    vault: Vault, kind: str
) -> None:
    """Lists, time-line and search leave it out; it still opens by its id."""
    before = _LISTS[kind](vault)
    lines = vault.timeline()
    with pytest.raises(ReasonNeededError):
        vault.put_in_bin(kind, "one", " ", NOON)
    vault.put_in_bin(kind, "one", "a mistake", NOON)
    assert _LISTS[kind](vault) == ()
    assert kind not in [each.kind for each in vault.timeline()]
    assert _words_of(vault, kind) == []
    (binned,) = vault.binned()
    assert (binned.kind, binned.reason) == (kind, "a mistake")
    assert binned.gone_on == NOON + 30 * DAY
    with pytest.raises(NotFoundError):
        vault.put_in_bin(kind, "one", "again", NOON)
    vault.restore(kind, "one", NOON + 29 * DAY)
    assert _LISTS[kind](vault) == before
    assert vault.timeline() == lines
    assert _words_of(vault, kind) == [kind]
    assert vault.binned() == ()
    with pytest.raises(NotFoundError):
        vault.restore(kind, "one", NOON)


def test_a_private_note_goes_to_the_bin_with_its_incident(vault: Vault) -> None:
    """It is not found there, and comes back with it."""
    vault.put_in_bin("incident", "one", "a mistake", NOON)
    assert vault.search_private_notes(CANARY) == ()
    vault.restore("incident", "one", NOON)
    assert vault.search_private_notes(CANARY) == ("one",)


def test_what_is_in_the_bin_cannot_be_corrected_there(vault: Vault) -> None:
    """It comes out first, so that no list misses a correction."""
    for kind in KINDS:
        vault.put_in_bin(kind, "one", "a mistake", NOON)
    for change in (
        lambda: vault.correct_incident(incident("one", account="x"), "", NOON),
        lambda: vault.describe_evidence(evidence("one"), "", NOON),
        lambda: vault.correct_contact(contact("one", outcome="x"), "", NOON),
    ):
        with pytest.raises(InvalidAnswerError):
            change()


@pytest.mark.parametrize("kind", KINDS)
def test_after_30_days_only_a_tombstone_is_left(
    vault: Vault, ledger: Ledger, kind: str
) -> None:
    """Its number, its hash and the reason; the id names nothing else ever."""
    sha256 = {
        "incident": vault.history("one")[0].sha256,
        "evidence": evidence("one").sha256,
        "contact": vault.contact_history("one")[0].sha256,
    }[kind]
    vault.put_in_bin(kind, "one", "a mistake", NOON)
    assert vault.overdue(NOON + 30 * DAY - HOUR) == ()
    assert vault.purge(NOON + 30 * DAY - HOUR) == ()
    (stone,) = vault.purge(NOON + 30 * DAY)
    assert vault.tombstones() == (stone,)
    assert (stone.kind, stone.id, stone.number) == (kind, "one", 1)
    assert (stone.sha256, stone.reason) == (sha256, "a mistake")
    assert ledger.entries[-1][0] == "bin.remove"
    assert ledger.entries[-1][1]["sha256"] == sha256
    with pytest.raises(NotFoundError):
        vault.restore(kind, "one", NOON)
    assert _words_of(vault, kind) == []
    add: dict[str, Callable[[], object]] = {
        "incident": lambda: vault.add_incident(incident("one")),
        "evidence": lambda: vault.add_evidence(evidence("one")),
        "contact": lambda: vault.add_contact(contact("one"), NOON),
    }
    with pytest.raises(ValueError, match="taken"):
        add[kind]()
    for sql in (
        "delete from tombstone",
        "update tombstone set reason = 'x'",
    ):
        with pytest.raises(apsw.ConstraintError):
            vault._connection.execute(sql)


def test_a_number_is_not_given_twice(vault: Vault) -> None:
    """Exhibit 1 stays exhibit 1, also after it is gone."""
    vault.put_in_bin("evidence", "one", "a mistake", NOON)
    vault.purge(NOON + 30 * DAY)
    assert vault.add_evidence(evidence("two")).number == 2
    assert vault.incident("one").evidence_ids == ("one",)
    assert vault.add_evidence(evidence("again", b"one")).number == 3


def test_what_is_gone_is_gone_from_every_page_of_the_database(vault: Vault) -> None:
    """Of the words of a record, nothing is left to be read."""
    assert CANARY.casefold().encode() in _raw(vault)
    for kind in KINDS:
        vault.put_in_bin(kind, "one", "a mistake", NOON)
    assert len(vault.purge(NOON + 31 * DAY)) == 3
    assert b"brafish" not in _raw(vault)


def _raw(vault: Vault) -> bytes:
    pages = vault._connection.serialize("main")
    assert pages is not None
    return bytes(pages).lower()


def test_people_and_letters_are_not_thrown_away(vault: Vault) -> None:
    """A letter is set aside, a name is taken back; neither goes to the bin."""
    vault.put_person(person("a"))
    vault.add_letter(letter("notice", "a"), once=True)
    for kind, id_ in (("person", "a"), ("notice", "notice"), ("letter", "notice")):
        with pytest.raises(NotFoundError):
            vault.put_in_bin(kind, id_, "a mistake", NOON)


@pytest.mark.parametrize("kind", KINDS)
def test_a_cut_in_the_middle_removes_nothing(
    vault: Vault, ledger: Ledger, kind: str
) -> None:
    """Binning, restoring and removing are each one change with their entry."""
    before = _LISTS[kind](vault)
    ledger.broken = True
    with pytest.raises(PowerCutError):
        vault.put_in_bin(kind, "one", "a mistake", NOON)
    assert _LISTS[kind](vault) == before
    vault.put_in_bin(kind, "one", "a mistake", NOON)
    ledger.broken = True
    with pytest.raises(PowerCutError):
        vault.purge(NOON + 40 * DAY)
    assert vault.tombstones() == ()
    ledger.broken = True
    with pytest.raises(PowerCutError):
        vault.restore(kind, "one", NOON)
    vault.restore(kind, "one", NOON)
    assert _LISTS[kind](vault) == before
