"""The journal finds every change, and says what a clock did."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import apsw
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from hypothesis import given
from hypothesis import strategies as st

from guide.model.problems import GuideError, InvalidAnswerError
from guide.vault.boot import Moment, moment_of_boot
from guide.vault.canonical import canonical
from guide.vault.connection import open_database
from guide.vault.journal import SIGNED, Journal, prepare
from guide.vault.journal_checks import DOMAIN, Head, Trouble
from guide.vault.opening import OpenVault
from tests.vault.keeping import NOW, journal_of, new_vault, reopened

Facts = Mapping[str, str | int | None]


class Clock:
    """The computer's own clock, moved by hand."""

    def __init__(self) -> None:
        self.boot, self.milliseconds = "a" * 64, 0

    def __call__(self) -> Moment:
        return Moment(self.boot, self.milliseconds)


@pytest.fixture
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


@pytest.fixture
def connection() -> Iterator[apsw.Connection]:
    made = apsw.Connection(":memory:")
    prepare(made)
    prepare(made)
    yield made
    made.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(
    connection: apsw.Connection, key: Ed25519PrivateKey, clock: Clock
) -> Journal:
    return Journal(connection, key, clock)


def add(
    connection: apsw.Connection, journal: Journal, count: int, body: Facts | None = None
) -> None:
    with connection:
        for n in range(count):
            journal.append("incident.added", body or {"number": n}, NOW)


def troubles(journal: Journal, *heads: str) -> list[tuple[int, Trouble]]:
    return [(each.sequence, each.trouble) for each in journal.check(heads)]


def unguarded(connection: apsw.Connection) -> None:
    """Whoever has the key of the database can also drop its triggers."""
    sql = "select name from sqlite_schema where type = 'trigger'"
    for (name,) in connection.execute(sql).fetchall():
        connection.execute(f"drop trigger {name}")


def test_a_whole_journal_has_nothing_wrong(
    connection: apsw.Connection, journal: Journal
) -> None:
    assert troubles(journal) == []
    heads = [journal.head()]
    for _time in range(5):
        add(connection, journal, 3)
        heads.append(journal.head())
    assert troubles(journal, *heads) == []
    assert [entry.sequence for entry in journal.entries()] == list(range(1, 16))
    assert [entry.sequence for entry in journal.entries(after=14)] == [15]


def test_an_entry_can_be_checked_with_nothing_but_the_public_key(
    connection: apsw.Connection, journal: Journal
) -> None:
    """The format, word for word, as someone without this program would read it."""
    add(connection, journal, 3, {"name": "Zoë \udcff", "none": None})
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(journal.public_key()))
    previous = bytes(32)
    rows = connection.execute("select * from journal order by sequence")
    for sequence, body, digest, signature in rows:
        assert hashlib.sha256(b"guide/log/1\0" + previous + body).digest() == digest
        public.verify(signature, b"guide/head/1\0" + digest)
        values = json.loads(body)
        again = json.dumps(
            values, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        assert again.encode("utf-8", "backslashreplace") == body
        assert values["sequence"] == sequence
        assert values["at"] == "2026-11-20T10:00:00+00:00"
        assert values["version"] == 1
        assert set(values) == {
            *("at", "body", "boot", "monotonic_ms", "sequence", "type", "version")
        }
        previous = digest


def test_an_entry_needs_the_transaction_it_tells_of(journal: Journal) -> None:
    with pytest.raises(RuntimeError):
        journal.append("x", {}, NOW)


def test_a_change_that_fails_takes_its_entry_with_it(
    connection: apsw.Connection, journal: Journal
) -> None:
    before = journal.head()
    with pytest.raises(KeyError), connection:
        journal.append("x", {}, NOW)
        raise KeyError
    assert journal.head() == before


@pytest.mark.parametrize(
    ("body", "error"),
    [
        pytest.param({"x": 1.5}, TypeError, id="fraction"),
        pytest.param({"x": True}, TypeError, id="truth"),
        pytest.param({"x": b""}, TypeError, id="bytes"),
        pytest.param({"x": [1]}, TypeError, id="list"),
        pytest.param({1: "x"}, TypeError, id="key"),
        pytest.param({"x": 2**53}, ValueError, id="too large"),
    ],
)
def test_values_that_two_programs_could_write_differently_are_refused(
    connection: apsw.Connection, journal: Journal, body: Facts, error: type[Exception]
) -> None:
    with pytest.raises(error), connection:
        journal.append("x", body, NOW)


def test_a_time_needs_its_offset_and_keeps_it(
    connection: apsw.Connection, journal: Journal
) -> None:
    with pytest.raises(ValueError, match="offset"), connection:
        journal.append("x", {}, NOW.replace(tzinfo=None))
    there = NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))
    with connection:
        assert journal.append("x", {}, there).at.isoformat().endswith("+05:45")


@given(
    body=st.dictionaries(
        st.text(), st.text() | st.integers(-(2**53) + 1, 2**53 - 1) | st.none()
    )
)
def test_any_text_goes_in_and_comes_out_as_it_was(body: Facts) -> None:
    data = canonical(body)
    data.decode("utf-8")
    assert json.loads(data) == body
    assert canonical(json.loads(data)) == data


@pytest.mark.parametrize(
    "sql",
    [
        "update journal set body = x'00' where sequence = 2",
        "update journal set sequence = 9 where sequence = 3",
        "delete from journal where sequence = 3",
        "delete from journal",
        "insert or replace into journal select sequence, x'00', hash, signature"
        " from journal where sequence = 2",
        "insert into journal select 9, body, hash, signature from journal limit 1",
        "insert into journal select -1, body, hash, signature from journal limit 1",
        "insert into journal (body, hash, signature)"
        " select x'', zeroblob(31), zeroblob(64)",
    ],
)
def test_the_database_itself_only_adds(
    connection: apsw.Connection, journal: Journal, sql: str
) -> None:
    add(connection, journal, 3)
    before = connection.execute("select * from journal").fetchall()
    with pytest.raises(apsw.ConstraintError):
        connection.execute(sql)
    assert connection.execute("select * from journal").fetchall() == before


EDITS = {
    "body": "update journal set body = replace(cast(body as text), 'added', 'aDded')"
    " where sequence = {n}",
    "body as blob": "update journal set body = cast("
    "replace(cast(body as text), 'added', 'aDded') as blob) where sequence = {n}",
    "hash": "update journal set hash = zeroblob(32) where sequence = {n}",
    "signature": "update journal set signature = zeroblob(64) where sequence = {n}",
    "delete": "delete from journal where sequence = {n}",
    "swap": "update journal set sequence = case sequence when {n} then -1"
    " else sequence end; update journal set sequence = {n} where sequence = {n} + 1;"
    " update journal set sequence = {n} + 1 where sequence = -1",
    "close the gap": "delete from journal where sequence = {n};"
    " update journal set sequence = sequence - 1 where sequence > {n}",
    "copy": "update journal set (body, hash, signature) = (select body, hash,"
    " signature from journal where sequence = {n} + 1) where sequence = {n}",
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("number", [1, 2, 11, 18])
def test_every_edit_below_the_end_is_found(
    connection: apsw.Connection, journal: Journal, edit: str, number: int
) -> None:
    add(connection, journal, 20)
    unguarded(connection)
    assert troubles(journal) == [(0, Trouble.UNGUARDED)]
    try:
        with connection:
            connection.execute(edit.format(n=number))
    except apsw.ConstraintError:
        assert edit is EDITS["body"]  # a strict table takes no text for a blob
        return
    found = [each for each in troubles(journal) if each[1] is not Trouble.UNGUARDED]
    assert found
    assert found[0][0] in range(number, number + 2)
    assert all(trouble.damages for _number, trouble in found)


def test_every_flipped_bit_of_a_row_is_found(
    connection: apsw.Connection, journal: Journal
) -> None:
    add(connection, journal, 3)
    unguarded(connection)
    sql = "select body, hash, signature from journal where sequence = 2"
    whole = connection.execute(sql).fetchone()
    assert whole is not None
    for column, value in zip(("body", "hash", "signature"), whole, strict=True):
        change = f"update journal set {column} = ? where sequence = 2"  # noqa: S608  ours
        for place in range(len(value)):
            damaged = bytearray(value)
            damaged[place] ^= 1 << (place % 8)
            connection.execute(change, (bytes(damaged),))
            assert any(number == 2 for number, _ in troubles(journal)), (column, place)
        connection.execute(change, (value,))
    assert troubles(journal) == [(0, Trouble.UNGUARDED)]


def test_what_is_cut_off_at_the_end_shows_against_a_head(
    connection: apsw.Connection, journal: Journal
) -> None:
    add(connection, journal, 10)
    early, full = Head.parse(journal.head()), journal.head()
    add(connection, journal, 5)
    late = journal.head()
    unguarded(connection)
    connection.execute("delete from journal where sequence > 10")
    prepare(connection)
    assert troubles(journal) == []
    assert troubles(journal, full) == []
    assert troubles(journal, full, late) == [(15, Trouble.CUT_OFF)]
    assert early.sequence == 10


def test_a_history_rewritten_with_the_key_shows_only_against_a_head(
    connection: apsw.Connection, key: Ed25519PrivateKey, journal: Journal
) -> None:
    """The limit of what a journal can prove, and why its head is put on paper."""
    add(connection, journal, 10)
    head = journal.head()
    rows = connection.execute("select body from journal order by sequence").fetchall()
    unguarded(connection)
    connection.execute("delete from journal")
    previous = bytes(32)
    for n, (stored,) in enumerate(rows, 1):
        body = stored if isinstance(stored, bytes) else b""
        changed = body.replace(b"added", b"aDDed") if n == 4 else body
        previous = hashlib.sha256(DOMAIN + previous + changed).digest()
        row = (n, changed, previous, key.sign(SIGNED + previous))
        connection.execute("insert into journal values (?, ?, ?, ?)", row)
    prepare(connection)
    assert troubles(journal) == []
    assert troubles(journal, head) == [(10, Trouble.OTHER)]


def test_a_journal_signed_with_another_key_is_found(
    connection: apsw.Connection, clock: Clock, journal: Journal
) -> None:
    add(connection, journal, 3)
    other = Journal(connection, Ed25519PrivateKey.generate(), clock)
    assert [each.trouble for each in other.check()] == [Trouble.SIGNATURE] * 3
    quick = other.check(every_signature=False)
    assert [(each.sequence, each.trouble) for each in quick] == [(3, Trouble.SIGNATURE)]


def test_a_head_typed_from_paper_is_read_whatever_its_spaces(
    connection: apsw.Connection, journal: Journal
) -> None:
    add(connection, journal, 3)
    head = journal.head()
    number, groups = head.split(": ")
    assert number == "3"
    assert [len(group) for group in groups.split(" ")] == [4] * 16
    for typed in (f" {head.upper()}\n", head.replace(" ", ""), f"3 :{groups}"):
        assert troubles(journal, typed) == []
    for typed in ("", "3", head[:-1], f"{head}0", f"x{head}", groups, "3: " + "z" * 64):
        with pytest.raises(InvalidAnswerError):
            journal.check([typed])
    zeros = str(Head(0, bytes(32)))
    assert troubles(journal, zeros) == []


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("did", "said"),
    [
        pytest.param((MINUTE, 60_000, False), [], id="both go on"),
        pytest.param((timedelta(0), 0, False), [], id="at once"),
        pytest.param((-MINUTE, 1000, False), [Trouble.CLOCK_BACK], id="back"),
        pytest.param((-MINUTE, 0, True), [Trouble.CLOCK_BACK], id="back, restarted"),
        pytest.param((60 * MINUTE, 1000, False), [Trouble.CLOCK_SET], id="set forward"),
        pytest.param((MINUTE, 7_200_000, False), [Trouble.CLOCK_SET], id="set back"),
        pytest.param((60 * MINUTE, 0, True), [], id="restarted"),
        pytest.param((MINUTE, 0, False), [], id="put right by a little"),
    ],
)
def test_what_a_clock_did_is_noted_and_is_no_damage(
    connection: apsw.Connection,
    journal: Journal,
    clock: Clock,
    did: tuple[timedelta, int, bool],
    said: list[Trouble],
) -> None:
    wall, own, restarted = did
    add(connection, journal, 1)
    clock.milliseconds += own
    clock.boot = "b" * 64 if restarted else clock.boot
    with connection:
        journal.append("x", {}, NOW + wall)
    found = journal.check()
    assert [each.trouble for each in found] == said
    assert not any(each.trouble.damages for each in found)


def test_each_entry_before_the_latest_time_is_noted(
    connection: apsw.Connection, journal: Journal, clock: Clock
) -> None:
    with connection:
        for hour in (0, 5, 1, 2, 6):
            clock.boot = str(hour) * 64
            journal.append("x", {}, NOW + hour * 60 * MINUTE)
    assert troubles(journal) == [(3, Trouble.CLOCK_BACK), (4, Trouble.CLOCK_BACK)]


def test_a_change_of_the_offset_is_no_change_of_the_clock(
    connection: apsw.Connection, journal: Journal
) -> None:
    with connection:
        journal.append("x", {}, NOW.astimezone(timezone(timedelta(hours=2))))
        journal.append("x", {}, NOW.astimezone(timezone(timedelta(hours=-8))))
    assert troubles(journal) == []


def test_the_start_of_the_computer_is_hashed_and_its_clock_goes_on() -> None:
    first, second = moment_of_boot(), moment_of_boot()
    assert first.boot == second.boot
    assert len(bytes.fromhex(first.boot)) == 32
    assert 0 <= first.milliseconds <= second.milliseconds
    boot_id = Path("/proc/sys/kernel/random/boot_id")
    if boot_id.exists():
        assert boot_id.read_text().strip() not in first.boot


def test_an_old_page_put_back_never_passes(tmp_path: Path) -> None:
    """The cipher takes a page of yesterday for today's: the journal does not."""
    with new_vault(tmp_path / "v") as vault:
        for _time in range(40):
            add(vault.connection, journal_of(vault), 1, {"text": "x" * 300})
    old = (tmp_path / "v" / "vault.db").read_bytes()
    vault = reopened(tmp_path / "v")
    add(vault.connection, journal_of(vault), 40, {"text": "y" * 300})
    heads = [journal_of(vault).head()]
    wanted = list(journal_of(vault).entries())
    vault.close()
    path = tmp_path / "v" / "vault.db"
    new = path.read_bytes()
    size = 4096
    changed = [
        at
        for at in range(0, len(old), size)
        if old[at : at + size] != new[at : at + size]
    ]
    assert changed
    for at in changed:
        path.write_bytes(new[:at] + old[at : at + size] + new[at + size :])
        assert found_or_harmless(path, vault, heads, wanted)
    path.write_bytes(new)
    assert found_or_harmless(path, vault, heads, wanted) == "harmless"
    path.write_bytes(old)
    assert found_or_harmless(path, vault, heads, wanted) == "found"


def found_or_harmless(
    path: Path, vault: OpenVault, heads: list[str], wanted: Sequence[object]
) -> str:
    """Either it is found, or what is read is exactly what was written."""
    for each in path.parent.glob("vault.db-*"):
        each.unlink()
    try:
        opened = open_database(path, vault.root.database_key(), vault.id)
    except GuideError:
        return "found"
    try:
        journal = Journal(opened, vault.root.signing_key())
        if any(each.trouble.damages for each in journal.check(heads)):
            return "found"
        return "harmless" if list(journal.entries()) == wanted else ""
    finally:
        opened.close()


def test_a_journal_that_cannot_be_read_says_so(
    connection: apsw.Connection, journal: Journal
) -> None:
    connection.execute("drop table journal")
    assert troubles(journal) == [(0, Trouble.UNREADABLE)]


@given(body=st.binary(max_size=200))
def test_any_bytes_in_place_of_an_entry_are_a_finding_and_no_fault(body: bytes) -> None:
    connection = apsw.Connection(":memory:")
    prepare(connection)
    journal = Journal(connection, Ed25519PrivateKey.generate(), Clock())
    digest = hashlib.sha256(DOMAIN + bytes(32) + body).digest()
    row = (1, body, digest, bytes(64))
    connection.execute("insert into journal values (?, ?, ?, ?)", row)
    found = troubles(journal)
    assert (1, Trouble.CHANGED) in found
    assert (1, Trouble.SIGNATURE) in found
    connection.close()


def test_the_earliest_time_there_is_does_not_trip_the_clock(
    connection: apsw.Connection, journal: Journal
) -> None:
    with connection:
        journal.append("x", {}, datetime.min.replace(tzinfo=UTC))
        journal.append("x", {}, datetime.max.replace(tzinfo=UTC))
    assert all(not each.trouble.damages for each in journal.check())
