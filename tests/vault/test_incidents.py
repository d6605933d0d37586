"""What happened: in the reader's words, never overwritten, and private where it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import apsw
import pytest

from guide.model.problems import InvalidAnswerError, NotFoundError
from guide.model.records import Incident, PrivateNote
from guide.model.times import (
    AfterNotice,
    Precision,
    When,
    about,
    between,
    exactly,
)
from guide.vault.store import Vault
from guide.vault.tables.bodies import packed
from tests.vault.rows import (
    DAY,
    HOUR,
    NOON,
    Ledger,
    PowerCutError,
    evidence,
    incident,
    letter,
    opened,
    person,
)

CANARY = "Zebrafish-Quartz"


@pytest.fixture
def vault() -> Iterator[Vault]:
    """One person and one screenshot."""
    with Vault.in_memory() as made:
        made.put_person(person("a"))
        made.add_evidence(evidence("screen"))
        yield made


def test_everything_said_comes_back_as_it_was_said(vault: Vault) -> None:
    """Each field of the form, with the offset of the time and what is not known."""
    zone = ZoneInfo("Europe/Dublin")
    said = Incident(
        id="one",
        recorded_at=NOON,
        account="They wrote again.\nI was at work. \ud800 \x1b[31m \x00 é",
        what="a message",
        where="at work",
        platform="email",
        when=about(datetime(2026, 7, 3, 22, 10, tzinfo=zone), "Europe/Dublin", "late"),
        person_id="a",
        witnesses=("a colleague", "a friend"),
        effect="I could not sleep",
        done="I showed it to my manager",
        reported_to=("police",),
        evidence_ids=("screen",),
        not_known=("platform",),
    )
    kept = vault.add_incident(said)
    assert kept == said
    assert kept.number == 1
    assert vault.incidents() == (said,)
    assert kept.when.start
    assert kept.when.start.utcoffset() == timedelta(hours=1)
    assert kept.recorded_at != kept.when.start
    assert {each.name for each in fields(Incident)} == set(asdict(said))


def test_the_account_alone_is_enough(vault: Vault) -> None:
    """Nothing but what they told is needed; all the rest may stay open."""
    kept = vault.add_incident(
        Incident(id="one", recorded_at=NOON, account="It happened.")
    )
    assert (kept.when.precision, kept.person_id) == (Precision.UNKNOWN, "")


def test_a_correction_adds_and_both_stay_readable(vault: Vault) -> None:
    """Every wording is there, with its time and reason; none can be changed."""
    first = vault.add_incident(incident("one"))
    second = replace(first, account="It was at eleven.", recorded_at=NOON + 9 * DAY)
    vault.correct_incident(second, "I looked it up", NOON + DAY)
    vault.correct_incident(vault.incident("one"), "nothing new", NOON + 2 * DAY)
    versions = vault.history("one")
    assert [(x.number, x.why) for x in versions] == [(1, ""), (2, "I looked it up")]
    assert versions[0].record == first
    assert versions[1].record == vault.incident("one")
    assert vault.incident("one").account == "It was at eleven."
    assert vault.incident("one").recorded_at == first.recorded_at
    assert [x.id for x in vault.search("another message came")] == []
    assert [x.id for x in vault.search("eleven")] == ["one"]
    vault.put_private_note("one", "for me", NOON)
    for sql in (
        "delete from version",
        "update version set body = '{}'",
        "update doc set text = 'x'",
        "update private_note set text = 'x'",
    ):
        with pytest.raises(apsw.ConstraintError, match=r"kept|frozen"):
            vault._connection.execute(sql)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(replace(incident("one"), person_id="nobody"), id="person"),
        pytest.param(
            replace(incident("one"), evidence_ids=("screen", "nothing")), id="evidence"
        ),
    ],
)
def test_an_incident_names_only_what_is_in_the_record(
    vault: Vault, wrong: Incident
) -> None:
    """A person or a file that is not there is refused, and nothing is written."""
    with pytest.raises(NotFoundError):
        vault.add_incident(wrong)
    assert vault.incidents() == ()
    assert vault.incident_count() == 0


def test_an_id_names_one_incident_for_ever(vault: Vault) -> None:
    """Adding under an id that is taken is a fault, not a second wording."""
    vault.add_incident(incident("one"))
    with pytest.raises(ValueError, match="taken"):
        vault.add_incident(incident("one", account="Something else"))
    assert len(vault.history("one")) == 1


_NAIVE = NOON.replace(tzinfo=None)


@pytest.mark.parametrize(
    "half",
    [
        pytest.param({"precision": Precision.EXACT}, id="exact, no time"),
        pytest.param({"precision": Precision.EXACT, "start": _NAIVE}, id="no zone"),
        pytest.param({"precision": Precision.RANGE, "start": NOON}, id="no end"),
        pytest.param(
            {"precision": Precision.RANGE, "start": NOON, "end": NOON - DAY},
            id="end first",
        ),
        pytest.param({"precision": Precision.UNKNOWN, "start": NOON}, id="unknown"),
        pytest.param(
            {"precision": Precision.EXACT, "start": NOON.replace(year=1)}, id="year 1"
        ),
    ],
)
def test_half_a_time_is_refused_in_words(half: dict[str, object]) -> None:
    """A time is whole or not known; there is nothing between."""
    with pytest.raises(InvalidAnswerError):
        When(**half)  # type: ignore[arg-type]  # that is what is tried


def test_a_time_in_a_doubled_hour_is_the_same_when_it_is_read_back(
    vault: Vault,
) -> None:
    """The hour that comes twice in autumn keeps the offset it had."""
    zone = ZoneInfo("Europe/Berlin")
    for fold in (0, 1):
        at = datetime(2026, 10, 25, 2, 30, tzinfo=zone, fold=fold)
        kept = vault.add_incident(incident(f"fold{fold}", when=exactly(at)))
        assert kept.when == exactly(at)
    early, late = vault.incident("fold0"), vault.incident("fold1")
    assert early.when.start
    assert late.when.start
    assert late.when.start - early.when.start == HOUR


_FAR = timezone(timedelta(hours=-11))


@pytest.mark.parametrize(
    ("when", "flag"),
    [
        pytest.param(exactly(NOON - HOUR), AfterNotice.NO, id="before"),
        pytest.param(exactly(NOON), AfterNotice.NO, id="at the same moment"),
        pytest.param(exactly(NOON + HOUR), AfterNotice.YES, id="after"),
        pytest.param(
            exactly((NOON + HOUR).astimezone(_FAR)), AfterNotice.YES, id="another zone"
        ),
        pytest.param(about(NOON + HOUR), AfterNotice.PERHAPS, id="about then"),
        pytest.param(about(NOON - HOUR), AfterNotice.PERHAPS, id="about before"),
        pytest.param(about(NOON + 2 * DAY), AfterNotice.YES, id="about days after"),
        pytest.param(about(NOON - 2 * DAY), AfterNotice.NO, id="about days before"),
        pytest.param(
            between(NOON - DAY, NOON + DAY), AfterNotice.PERHAPS, id="range over it"
        ),
        pytest.param(
            between(NOON + HOUR, NOON + DAY), AfterNotice.YES, id="range after it"
        ),
        pytest.param(When(), AfterNotice.NO, id="nobody knows"),
    ],
)
def test_contact_after_the_notice_is_flagged_by_itself(
    vault: Vault, when: When, flag: AfterNotice
) -> None:
    """From the person and the time alone, and only once the notice was sent."""
    vault.put_person(person("b"))
    vault.put_person(person("alias"))
    vault.add_incident(incident("theirs", when=when, person_id="a"))
    vault.add_incident(incident("alias", when=when, person_id="alias"))
    vault.add_incident(incident("other", when=when, person_id="b"))
    vault.add_incident(incident("nobody", when=when))
    vault.add_letter(letter("notice", "a", at=NOON - DAY), once=True)
    assert vault.incident("theirs").after_notice is AfterNotice.NO
    vault.mark_sent("notice", NOON)
    assert vault.incident("theirs").after_notice is flag
    assert vault.incident("alias").after_notice is AfterNotice.NO
    vault.merge_people("a", "alias", NOON + DAY)
    flags = {x.id: x.after_notice for x in vault.incidents()}
    assert flags == {
        "theirs": flag,
        "alias": flag,
        "other": AfterNotice.NO,
        "nobody": AfterNotice.NO,
    }
    assert {x.id: x.after_notice for x in vault.timeline() if x.id in flags} == flags


def test_a_private_note_is_found_by_its_own_method_only() -> None:
    """No incident, history, list, search, time-line or journal entry has its words."""
    ledger = Ledger()
    with opened(":memory:", ledger) as vault:
        vault.add_incident(incident("one"), note=CANARY)
        vault.correct_incident(incident("one", account="Better"), "", NOON)
        note = vault.private_note("one")
        assert note
        assert note.reveal() == CANARY
        shown = (
            *(vault.incidents(), vault.history("one"), vault.timeline(), note),
            *(vault.search(CANARY), str(note), f"{note}", repr(note), ledger.entries),
            packed(vault.incident("one")),
        )
        assert CANARY not in str(shown)
        assert vault.search("zebrafish") == ()
        assert vault.search_private_notes("zebraf") == ("one",)
        assert "incident.note" in ledger.types
        assert vault.private_note("two") is None


def test_a_private_note_that_is_changed_leaves_nothing_behind(vault: Vault) -> None:
    """The words before are gone from every page of the database."""
    vault.add_incident(incident("one"))
    for n in range(50):
        vault.put_private_note("one", f"{CANARY}{n} " * 200, NOON)
    vault.put_private_note("one", "Okapi", NOON)
    raw = vault._connection.serialize("main")
    assert raw is not None
    assert CANARY.encode() not in raw
    assert b"brafish" not in raw.lower()
    assert b"okapi" in raw.lower()
    vault.put_private_note("one", "", NOON)
    assert vault.private_note("one") is None


def test_the_type_of_an_incident_has_no_place_for_a_private_note() -> None:
    """Whatever copies every field of an incident copies no private note."""
    assert not [x.name for x in fields(Incident) if "private" in x.name]
    assert isinstance(PrivateNote(incident_id="a", at=NOON, _text="b"), PrivateNote)


def test_a_change_of_an_incident_is_one_with_its_entry_in_the_journal() -> None:
    """A cut leaves the wording before, and the entry has a hash and no words."""
    ledger = Ledger()
    with opened(":memory:", ledger) as vault:
        vault.add_incident(incident("one", account=CANARY))
        (entry,) = ledger.entries
        assert entry[0] == "incident.add"
        assert entry[1]["sha256"] == vault.history("one")[0].sha256
        assert CANARY not in str(ledger.entries)
        ledger.broken = True
        with pytest.raises(PowerCutError):
            vault.correct_incident(incident("one", account="Other"), "", NOON)
        assert vault.incident("one").account == CANARY
        assert len(vault.history("one")) == 1
        assert vault.search("other") == ()


def test_a_short_account_cannot_be_guessed_from_its_hash(vault: Vault) -> None:
    """Two incidents of the same words have two hashes."""
    for id_ in ("one", "two"):
        vault.add_incident(incident(id_, account="He called.", at=NOON))
    assert vault.history("one")[0].sha256 != vault.history("two")[0].sha256
