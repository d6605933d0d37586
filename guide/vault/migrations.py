"""The format of the tables: made new, brought up to date, or refused as too new.

The number stands in SQLite's ``user_version``; 0 is a database without tables. A
step from one format to the next is one transaction, so that a crash leaves the old
format or the new one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import apsw

from guide.vault.problems import NewerVaultError, ReadOnlyVaultError

FORMAT = 1
_SCHEMA = ("schema.sql", "schema_records.sql")
# Without recursive_triggers, "insert or replace" would remove a row and not ask
# the trigger that forbids it.
PRAGMAS = (
    "temp_store = 2",
    "foreign_keys = 1",
    "trusted_schema = 0",
    "secure_delete = 1",
    "recursive_triggers = 1",
)
# From a format to the one after it, as SQL. Format 1 is the first.
STEPS: Mapping[int, str] = {}


def format_of(connection: apsw.Connection) -> int:
    """The format of the tables there; 0 if there are none yet."""
    ((found,),) = connection.execute("pragma user_version")
    return int(str(found))


def prepare(connection: apsw.Connection) -> None:
    """Make the tables, or bring them up to date.

    Raises NewerVaultError, and ReadOnlyVaultError where they cannot be made.

    Foreign keys, temporary data in memory and secure deletion are switched on
    for this connection, whoever opened it.
    """
    if format_of(connection) > FORMAT:
        raise NewerVaultError
    for each in PRAGMAS:
        # Some answer with a row; one that is not fetched stops what comes after.
        connection.execute(f"pragma {each}").fetchall()
    while (found := format_of(connection)) < FORMAT:
        if connection.readonly("main"):
            raise ReadOnlyVaultError
        sql = STEPS[found] if found else _schema()
        with connection:
            connection.execute(sql).fetchall()
            connection.execute(
                f"pragma user_version = {found + 1 if found else FORMAT}"
            )


def _schema() -> str:
    here = Path(__file__)
    return "\n".join(here.with_name(name).read_text("utf-8") for name in _SCHEMA)
