"""The database is sealed, or there is no connection to it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from guide.model.problems import GuideError
from guide.vault.connection import (
    PLAIN_HEADER,
    PRAGMAS,
    make_database,
    open_database,
    open_in_memory,
    refuse_plain,
    set_pragmas,
)
from guide.vault.problems import (
    DamagedVaultError,
    NotSealedError,
    ReadOnlyVaultError,
    VaultDiskError,
    VaultInUseError,
)

ROOT = Path(__file__).resolve().parents[2]
KEY = bytes(range(32))
VAULT_ID = "00112233445566778899aabbccddeeff"
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CANARY = "a-canary-that-nobody-else-would-write"

# The settings, as the design names them; not read from what is tested.
SETTINGS = {
    "temp_store": 2,
    "locking_mode": "exclusive",
    "journal_mode": "wal",
    "synchronous": 2,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "mmap_size": 0,
    "cipher": "chacha20",
}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A sealed database with something in it, closed."""
    path = tmp_path / "vault.db"
    make_database(path, KEY, VAULT_ID, NOW)
    connection = open_database(path, KEY, VAULT_ID)
    connection.execute("create table word (text)")
    connection.execute("insert into word values (?)", (CANARY,))
    connection.close()
    return path


def _open(path: Path, **kind: bool) -> apsw.Connection:
    return open_database(path, KEY, VAULT_ID, **kind)


def test_every_setting_is_in_force(database: Path) -> None:
    """What the design lists, as SQLite itself says it."""
    connection = _open(database)
    said = {name: connection.pragma(name) for name in SETTINGS}
    connection.close()
    assert said == SETTINGS
    assert set(PRAGMAS) == set(SETTINGS) - {"cipher"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("secure_delte", 1, id="misspelt"),
        pytest.param("kye", "'raw:00'", id="misspelt key"),
        pytest.param("synchronous", 9, id="a value it does not know"),
        pytest.param("journal_mode", "sideways", id="a mode that there is not"),
    ],
)
def test_a_setting_that_does_not_take_is_noticed(
    tmp_path: Path, name: str, value: int | str
) -> None:
    """SQLite says nothing to a name that it lacks; reading back does."""
    connection = apsw.Connection(str(tmp_path / "other.db"))
    with pytest.raises(NotSealedError):
        set_pragmas(connection, {name: value})
    connection.close()


def test_an_in_memory_database_stays_possible() -> None:
    """Keeping nothing needs no key and touches no disk."""
    connection = open_in_memory()
    assert connection.filename == ""
    assert connection.pragma("temp_store") == 2
    assert connection.pragma("foreign_keys") == 1
    assert connection.pragma("trusted_schema") == 0
    connection.close()


def test_the_plain_library_is_refused(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has the same name, takes every key and seals nothing."""
    monkeypatch.delattr(apsw, "mc_version")
    with pytest.raises(NotSealedError):
        _open(database)
    with pytest.raises(NotSealedError):
        make_database(tmp_path / "new.db", KEY, VAULT_ID, NOW)
    assert (tmp_path / "new.db").read_bytes() == b""


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(b"", id="none"),
        pytest.param(KEY[:-1], id="a byte short"),
        pytest.param(KEY + b"\0", id="a byte long"),
    ],
)
def test_a_key_of_another_form_is_refused(
    database: Path, tmp_path: Path, key: bytes
) -> None:
    """With 62 digits the library would make a passphrase of it, and say ok."""
    with pytest.raises(NotSealedError):
        open_database(database, key, VAULT_ID)
    with pytest.raises(NotSealedError):
        make_database(tmp_path / "new.db", key, VAULT_ID, NOW)
    assert (tmp_path / "new.db").read_bytes() == b""


def test_another_key_does_not_open_it(database: Path) -> None:
    """One bit is enough."""
    wrong = bytes([KEY[0] ^ 1]) + KEY[1:]
    with pytest.raises(DamagedVaultError):
        open_database(database, wrong, VAULT_ID)


def test_a_database_of_another_vault_is_refused(database: Path) -> None:
    """Even under the same key: it says itself which vault it is of."""
    with pytest.raises(DamagedVaultError):
        open_database(database, KEY, "ff" * 16)


def test_a_plain_database_is_never_taken(tmp_path: Path) -> None:
    """Put in place of the sealed one, it would be written to in clear."""
    path = tmp_path / "vault.db"
    with sqlite3.connect(path) as plain:
        plain.execute("create table origin (vault text)")
    plain.close()
    assert path.read_bytes().startswith(PLAIN_HEADER)
    before = path.read_bytes()
    with pytest.raises(NotSealedError):
        _open(path)
    with pytest.raises(NotSealedError):
        refuse_plain(path)
    assert path.read_bytes() == before


def test_nothing_of_it_is_in_clear(tmp_path: Path) -> None:
    """Not the header, not a name, not a value, not in the journal beside it."""
    path = tmp_path / "vault.db"
    make_database(path, KEY, VAULT_ID, NOW)
    connection = _open(path)
    connection.execute("create table word (text)")
    for n in range(200):
        connection.execute("insert into word values (?)", (f"{CANARY} {n}" * 9,))
    wal = path.with_name("vault.db-wal").read_bytes()
    assert len(wal) > 1000
    assert sorted(x.name for x in tmp_path.iterdir()) == ["vault.db", "vault.db-wal"]
    connection.close()
    whole = wal + path.read_bytes()
    for clear in (CANARY, "SQLite", "create table", "origin", VAULT_ID, KEY.hex()):
        assert clear.encode() not in whole
    assert KEY not in whole


def test_its_files_are_of_this_login_alone(tmp_path: Path) -> None:
    """Whatever the umask says."""
    path = tmp_path / "vault.db"
    before = os.umask(0)
    try:
        make_database(path, KEY, VAULT_ID, NOW)
        connection = _open(path)
        connection.execute("create table word (text)")
        modes = {each.stat().st_mode & 0o777 for each in tmp_path.iterdir()}
        connection.close()
    finally:
        os.umask(before)
    assert modes == {0o600}


def test_a_second_connection_is_told_that_the_first_is_there(database: Path) -> None:
    """SQLite's own lock stands behind the one of the folder."""
    first = _open(database)
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from guide.vault.connection import open_database
        from guide.vault.problems import VaultInUseError
        try:
            open_database(Path(sys.argv[1]), bytes(range(32)), sys.argv[2])
        except VaultInUseError:
            print("told")
    """)
    command = [sys.executable, "-c", script, str(database), VAULT_ID]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    first.close()
    assert told.stdout == "told\n"


def _traced(connection: apsw.Connection, heard: list[str]) -> None:
    def listen(_cursor: apsw.Cursor, sql: str, _values: object) -> bool:
        heard.append(sql)
        return True

    connection.exec_trace = listen


def _traced_by_sqlite(connection: apsw.Connection, heard: list[str]) -> None:
    def listen(event: dict[str, object]) -> None:
        heard.append(str(event))

    connection.trace_v2(apsw.SQLITE_TRACE_STMT, listen)


@pytest.fixture(params=[_traced, _traced_by_sqlite], ids=["apsw", "SQLite"])
def watched(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Someone who has every new connection tell them its SQL."""
    heard: list[str] = []

    def watch(connection: apsw.Connection) -> None:
        request.param(connection, heard)

    apsw.connection_hooks.append(watch)
    yield heard
    apsw.connection_hooks.remove(watch)


def test_whoever_traces_sql_does_not_see_the_key(
    database: Path, watched: list[str]
) -> None:
    """There is no connection at all while somebody watches."""
    with pytest.raises(NotSealedError):
        _open(database)
    assert not any("key" in heard for heard in watched)
    spied = apsw.Connection(":memory:")
    spied.execute("select 1")
    spied.close()
    assert watched  # the watch itself works


def test_the_key_is_in_no_error(database: Path) -> None:
    """Neither in its words nor in what hangs on to it."""
    wrong = bytes([KEY[0] ^ 1]) + KEY[1:]
    with pytest.raises(DamagedVaultError) as refusal:
        open_database(database, wrong, VAULT_ID)
    error: BaseException | None = refusal.value
    while error is not None:
        said = f"{error} {error!r} {error.args} {vars(error)}"
        assert wrong.hex() not in said
        assert str(database) not in said
        error = error.__cause__ or error.__context__


_Spoil = Callable[[Path], object]


def _cut(length: int) -> _Spoil:
    return lambda path: os.truncate(path, length)


def _as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _as_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def _as_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "spoil",
    [
        *(pytest.param(_cut(n), id=f"cut to {n}") for n in (0, 1, 15, 16, 100, 4095)),
        pytest.param(_cut(4096), id="cut to a page"),
        pytest.param(lambda x: os.truncate(x, x.stat().st_size - 4096), id="page less"),
        pytest.param(lambda x: x.write_bytes(b"\0" * 8192), id="zeros"),
        pytest.param(lambda x: x.write_bytes(os.urandom(8192)), id="noise"),
        pytest.param(_as_folder, id="a folder"),
        pytest.param(_as_link, id="a link"),
        pytest.param(_as_pipe, id="a pipe"),
    ],
)
def test_what_is_left_of_a_spoilt_database_is_not_taken_for_it(
    database: Path, spoil: _Spoil
) -> None:
    """At opening, or at the latest when what is missing is read."""
    spoil(database)
    with pytest.raises((DamagedVaultError, apsw.CorruptError)):
        _open(database).execute("select * from word").fetchall()


def test_a_missing_database_is_not_made_anew(database: Path) -> None:
    """An empty one in its place would look as if nothing had ever been kept."""
    database.unlink()
    with pytest.raises(VaultDiskError):
        _open(database)
    assert not database.exists()


def _is_noticed(path: Path) -> bool:
    """Refused while opening or reading; what is read otherwise is right."""
    try:
        connection = _open(path)
    except GuideError:
        return True
    try:
        rows = connection.execute("select * from word").fetchall()
    except apsw.Error:
        return True
    finally:
        connection.close()
    assert rows == [(CANARY,)]
    return False


def _flip(path: Path, place: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1 << bit]))


def test_a_changed_byte_in_the_first_page_is_noticed(database: Path) -> None:
    """One bit of each byte of the first 4 KiB."""
    unnoticed = []
    for place in range(4096):
        _flip(database, place, place % 8)
        if not _is_noticed(database):
            unnoticed.append(place)
        _flip(database, place, place % 8)
    assert unnoticed == []
    assert not _is_noticed(database)


@pytest.mark.long
def test_every_flipped_bit_of_the_database_is_noticed(database: Path) -> None:
    """Every bit of every page that holds anything."""
    spoilt = database.with_name("spoilt.db")
    for place in range(database.stat().st_size):
        for bit in range(8):
            shutil.copyfile(database, spoilt)
            _flip(spoilt, place, bit)
            assert _is_noticed(spoilt), (place, bit)


def test_reading_without_writing_leaves_every_byte(database: Path) -> None:
    """For a disk that cannot be written to: the data is there, changes are not."""
    before = database.read_bytes()
    connection = _open(database, read_only=True)
    assert connection.execute("select text from word").fetchall() == [(CANARY,)]
    with pytest.raises(apsw.ReadOnlyError):
        connection.execute("insert into word values ('more')")
    assert [x.name for x in database.parent.iterdir()] == ["vault.db"]
    connection.close()
    assert database.read_bytes() == before


def test_an_old_state_is_not_read_as_if_it_were_the_last(
    database: Path, tmp_path: Path
) -> None:
    """What was not written back stands in the journal, which reading alone skips."""
    connection = _open(database)
    connection.execute("insert into word values ('newest')")
    unclosed = tmp_path / "copy"
    unclosed.mkdir()
    for name in ("vault.db", "vault.db-wal"):
        shutil.copyfile(tmp_path / name, unclosed / name)
    connection.close()
    with pytest.raises(ReadOnlyVaultError):
        _open(unclosed / "vault.db", read_only=True)
    recovered = _open(unclosed / "vault.db")
    assert recovered.execute("select text from word").fetchall() == [
        (CANARY,),
        ("newest",),
    ]
    recovered.close()


def test_a_name_that_looks_like_an_address_is_only_a_name(tmp_path: Path) -> None:
    """``?`` and ``%`` in a folder's name must not become options of SQLite."""
    folder = tmp_path / "a?mode=memory&cipher=none#%41 b"
    folder.mkdir()
    path = folder / "vault.db"
    make_database(path, KEY, VAULT_ID, NOW)
    for read_only in (False, True):
        connection = _open(path, read_only=read_only)
        assert connection.pragma("cipher") == "chacha20"
        connection.close()
    assert [x.name for x in folder.iterdir()] == ["vault.db"]


def test_two_connections_of_one_process_do_not_fit_either(database: Path) -> None:
    """The first is left as it was."""
    first = _open(database)
    with pytest.raises((VaultInUseError, VaultDiskError)):
        _open(database)
    assert first.execute("select text from word").fetchall() == [(CANARY,)]
    first.close()
