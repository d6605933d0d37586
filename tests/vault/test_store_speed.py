"""How long a large record takes: 100,000 incidents and 10,000 files, on a disk.

Run with ``-m long -s``; the figures are those of design/performance.md.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import apsw
import pytest

from guide.model.timeline import EntryKind, Filter, Side
from guide.model.times import When, about
from guide.vault.connection import set_pragmas
from guide.vault.store import Vault
from tests.vault.rows import DAY, NOON, contact, evidence, incident, letter, person

INCIDENTS, FILES, PEOPLE = 100_000, 10_000, 50
LIST_PAGE, SEARCH, TIMELINE = 1.0, 0.050, 0.200
_TEXT = (
    "message call post car work home again night photo friend voice threat account"
    " blocked new number wrote waited street letter parcel comment group video"
)
_WORDS = _TEXT.split()
_KEY = "ab" * 32

pytestmark = pytest.mark.long


def _sealed(path: Path) -> Vault:
    connection = apsw.Connection(str(path))
    for pragma in ("cipher = 'chacha20'", f"key = 'raw:{_KEY}'"):
        connection.execute(f"pragma {pragma}").fetchall()
    set_pragmas(connection, {"journal_mode": "wal", "synchronous": 2})
    return Vault(connection, on_disk=True)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed database with ten years of a large record."""
    made = tmp_path_factory.mktemp("speed") / "vault.db"
    chance = random.Random(1)  # noqa: S311  the same record each time
    start = time.perf_counter()
    with _sealed(made) as vault, vault._connection:
        for n in range(PEOPLE):
            vault.put_person(person(f"p{n}"), NOON)
        for n in range(FILES):
            at = NOON - timedelta(minutes=chance.randrange(5_000_000))
            vault.add_evidence(evidence(f"e{n}", at=at))
        for n in range(INCIDENTS):
            _add(vault, n, chance)
        for n in range(100):
            vault.add_contact(contact(f"c{n}", at=NOON - n * DAY), NOON)
        vault.add_letter(letter("notice", "p0"), once=True)
        vault.mark_sent("notice", NOON - 900 * DAY)
    took = time.perf_counter() - start
    print(f"\nbuilt in {took:.1f} s, {made.stat().st_size / 1e6:.0f} MB")
    return made


def _add(vault: Vault, n: int, chance: random.Random) -> None:
    at = NOON - timedelta(minutes=chance.randrange(5_000_000))
    when = When() if n % 50 == 0 else about(at)
    account = f"{' '.join(chance.choices(_WORDS, k=30))} rare{n}"
    files = (f"e{n % FILES}",) if n % 7 == 0 else ()
    said = {"account": account, "person_id": f"p{n % PEOPLE}", "evidence_ids": files}
    precise = {} if n % 3 else {"when": when}
    vault.add_incident(incident(f"i{n}", at=at, platform="email", **said, **precise))


@pytest.fixture(scope="module")
def vault(path: Path) -> Iterator[Vault]:
    with _sealed(path) as opened:
        yield opened


def _median(act: Callable[[], object], times: int = 7) -> float:
    took = []
    for _n in range(times):
        start = time.perf_counter()
        act()
        took.append(time.perf_counter() - start)
    return sorted(took)[times // 2]


def test_the_first_page_is_there_within_a_second_of_opening(path: Path) -> None:
    """From a closed file to the newest hundred incidents, nothing cached by us."""

    def open_and_list() -> None:
        with _sealed(path) as opened:
            assert len(opened.incidents()) == 100
            assert opened.incident_count() == INCIDENTS

    took = _median(open_and_list)
    print(f"open + list: {took * 1000:.1f} ms")
    assert took <= LIST_PAGE


_LISTS: dict[str, Callable[[Vault], object]] = {
    "a page at the start": lambda v: v.incidents(),
    "a page at the end": lambda v: v.incidents(skip=INCIDENTS - 100),
    "a page of one person": lambda v: v.incidents(person_id="p7"),
    "a page of evidence": lambda v: v.evidence_list(),
    "what is due": lambda v: v.due(NOON.date()),
}
_SEARCHES = {
    "one rare word": "rare77777",
    "a word in every second": "message",
    "a prefix of two letters": "me",
    "a prefix of one letter": "m",
    "four common words": "message call night photo",
    "no such word": "elephant",
    "common and rare": "message rare77777",
}
_EVENTS = frozenset({EntryKind.INCIDENT})
_LINES: dict[str, Callable[[Vault], object]] = {
    "first page": lambda v: v.timeline(),
    "last page": lambda v: v.timeline(skip=INCIDENTS),
    "one person": lambda v: v.timeline(Filter(person_id="p0")),
    "a common platform": lambda v: v.timeline(Filter(platform="email")),
    "no such platform": lambda v: v.timeline(Filter(platform="none")),
    "after the notice": lambda v: v.timeline(Filter(side=Side.AFTER)),
    "one year": lambda v: v.timeline(
        Filter(first=(NOON - 800 * DAY).date(), last=(NOON - 400 * DAY).date())
    ),
    "weeks": lambda v: v.weeks(),
    "weeks of incidents": lambda v: v.weeks(Filter(kinds=_EVENTS)),
    "weeks of one person": lambda v: v.weeks(Filter(person_id="p0")),
    "gaps": lambda v: v.gaps(),
    "count": lambda v: v.timeline_count(),
    "count after the notice": lambda v: v.timeline_count(Filter(side=Side.AFTER)),
    "before and after": lambda v: v.before_and_after("p0"),
}


@pytest.mark.parametrize("name", _LISTS)
def test_a_page_of_a_list(vault: Vault, name: str) -> None:
    """Wherever in the list it is."""
    took = _median(lambda: _LISTS[name](vault))
    print(f"list, {name}: {took * 1000:.1f} ms")
    assert took <= LIST_PAGE


@pytest.mark.parametrize("name", _SEARCHES)
def test_a_search(vault: Vault, name: str) -> None:
    """Rare or common, whole or begun."""
    took = _median(lambda: vault.search(_SEARCHES[name]))
    print(f"search, {name}: {took * 1000:.1f} ms")
    assert took <= SEARCH


@pytest.mark.parametrize("name", _LINES)
def test_the_time_line(vault: Vault, name: str) -> None:
    """Lines, counts and gaps, with and without a filter."""
    took = _median(lambda: _LINES[name](vault))
    print(f"timeline, {name}: {took * 1000:.1f} ms")
    assert took <= TIMELINE


def test_writing_one_thing_down_does_not_grow_with_the_record(vault: Vault) -> None:
    """One more incident, one correction, one search word: each a blink."""
    numbers = iter(range(INCIDENTS, INCIDENTS + 100))
    added = _median(lambda: vault.add_incident(incident(f"i{next(numbers)}")))
    kept = vault.incident("i5")
    accounts = iter(range(100))

    def correct() -> None:
        better = incident("i5", account=f"better {next(accounts)}")
        vault.correct_incident(better, "", kept.recorded_at)

    corrected = _median(correct)
    print(f"add: {added * 1000:.1f} ms, correct: {corrected * 1000:.1f} ms")
    assert max(added, corrected) <= SEARCH
