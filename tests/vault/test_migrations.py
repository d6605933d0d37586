"""The format of the tables: made once, recognised again, refused when newer."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from guide.model.problems import GuideError
from guide.vault.migrations import FORMAT, PRAGMAS, format_of, prepare
from guide.vault.problems import NewerVaultError, ReadOnlyVaultError
from guide.vault.store import Vault
from tests.vault.rows import incident, opened


def test_tables_are_made_once_and_found_again(tmp_path: Path) -> None:
    """Opening a second time changes nothing."""
    path = tmp_path / "vault.db"
    with opened(path) as vault:
        vault.add_incident(incident("one"))
    with opened(path) as vault:
        assert [each.id for each in vault.incidents()] == ["one"]
        assert format_of(vault._connection) == FORMAT


def test_a_newer_format_is_refused_and_left_alone(tmp_path: Path) -> None:
    """Its words say that nothing was changed, and nothing was."""
    path = tmp_path / "vault.db"
    connection = apsw.Connection(str(path))
    connection.execute(f"create table later (x); pragma user_version = {FORMAT + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NewerVaultError):
        Vault(apsw.Connection(str(path)), on_disk=True)
    assert path.read_bytes() == before


def test_making_the_tables_is_all_or_nothing() -> None:
    """A fault in the middle leaves a database without tables, ready to try again."""
    connection = apsw.Connection(":memory:")
    connection.execute("create table custody (x)")
    with pytest.raises(apsw.SQLError):
        prepare(connection)
    assert format_of(connection) == 0
    tables = connection.execute("select name from sqlite_schema").fetchall()
    assert tables == [("custody",)]
    connection.execute("drop table custody")
    prepare(connection)
    assert format_of(connection) == FORMAT


def test_no_tables_can_be_made_where_nothing_can_be_written(tmp_path: Path) -> None:
    """That is said in words, not in those of the database."""
    path = tmp_path / "vault.db"
    apsw.Connection(str(path)).execute("create table empty (x)")
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    with pytest.raises(ReadOnlyVaultError):
        prepare(connection)


def test_every_setting_the_rules_rest_on_is_really_on() -> None:
    """A setting that did not take would let "insert or replace" past the guards."""
    with Vault.in_memory() as vault:
        for pragma in PRAGMAS:
            name, _equals, value = pragma.partition(" = ")
            assert vault._connection.pragma(name) == int(value)


def test_writing_where_nothing_can_be_written_is_said_in_words(tmp_path: Path) -> None:
    """Reading goes on."""
    path = tmp_path / "vault.db"
    with opened(path) as vault:
        vault.add_incident(incident("one"))
    vault = Vault(
        apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY), on_disk=True
    )
    with pytest.raises(ReadOnlyVaultError):
        vault.add_incident(incident("two"))
    assert [each.id for each in vault.incidents()] == ["one"]


def test_a_full_disk_is_said_in_words_and_keeps_what_was_there(tmp_path: Path) -> None:
    """Nothing half-written is left; making room is enough to go on."""
    with opened(tmp_path / "vault.db") as vault:
        vault.add_incident(incident("one"))
        pages = vault._connection.pragma("page_count")
        vault._connection.pragma("max_page_count", pages)
        with pytest.raises(GuideError, match="room"):
            for n in range(50):
                vault.add_incident(incident(f"more{n}", account="word " * 2000))
        kept = {each.id for each in vault.incidents()}
        vault._connection.pragma("max_page_count", 100_000)
        vault.add_incident(incident("after"))
        assert {each.id for each in vault.incidents()} == kept | {"after"}
