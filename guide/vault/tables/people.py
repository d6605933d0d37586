"""The people this is about: their names, and which of them are one.

Nothing of a person is ever removed: a name is added, an identifier is taken back
with a reason, two people become one by pointing at one. Who has been sent a notice
is worked out by the database at each of these steps (schema.sql, ``reached``).
"""

from __future__ import annotations

from datetime import datetime

import apsw

from guide.model.people import Merge, Person, same
from guide.vault.problems import NotJoinedError
from guide.vault.tables.identifiers import Identifiers
from guide.vault.tables.records import Kind
from guide.vault.tables.table import (
    fingerprint,
    new_salt,
    stamp,
    storable,
    time_of,
)


class People(Identifiers):
    """Persons, their names, and which of them are one."""

    def put_person(self, person: Person, at: datetime | None = None) -> None:
        """Remember *person*; their identifiers are added to, never taken away.

        Raises IdentifierTakenError where one of them belongs to somebody else, and
        NotJoinedError where it would make one person of two with a notice each.
        Nothing is changed then.
        """
        at = self._time(at)
        with self._change():
            root = self._root(person.id)
            if not root:
                root = person.id
                self._new_person(person, at)
            else:
                self._rename(root, person.label, at)
            for each in person.identifiers:
                self._add_identifier(root, each, at)
            self._put_words(root)

    def _new_person(self, person: Person, at: datetime) -> None:
        values = (person.id, "", "", int(person.unknown), person.id)
        self._do("insert into person values (?, ?, ?, ?, ?)", values)
        self._write("person.add", {"person": person.id}, at)
        self._name(person.id, person.label, at)

    def rename_person(self, id_: str, label: str, at: datetime) -> None:
        """Call a person something else; what they were called stays readable."""
        with self._change():
            root = self._some_root(id_)
            self._rename(root, label, at)
            self._put_words(root)

    def _rename(self, root: str, label: str, at: datetime) -> None:
        row = self._row("select label from person where id = ?", (root,))
        if row and str(row[0]) != storable(label):
            self._name(root, label, at)

    def _name(self, root: str, label: str, at: datetime) -> None:
        label, salt = storable(label), new_salt()
        self._do(
            "update person set label = ?, name_key = iif(unknown, '', ?) where id = ?",
            (label, same(label), root),
        )
        self._do(
            "insert into person_name (person, label, key, since, salt)"
            " select id, ?, name_key, ?, ? from person where id = ?",
            (label, stamp(at), salt, root),
        )
        facts = {"person": root, "name_sha256": fingerprint(salt, label)}
        self._write("person.name", facts, at)

    def set_unknown(self, id_: str, at: datetime, *, unknown: bool) -> None:
        """Say whether a person's label is a name or only a way to tell them apart."""
        with self._change():
            root = self._some_root(id_)
            self._do(
                "update person set unknown = ?, name_key = '' where id = ?",
                (int(unknown), root),
            )
            self._write("person.unknown", {"person": root, "is": int(unknown)}, at)
            self._name(root, self.person(root).label, at)

    def merge_people(self, kept_id: str, gone_id: str, at: datetime) -> Person:
        """Make one person of two; each record keeps what was written then.

        Refused (NotJoinedError) while each of them has a notice of the same kind.
        """
        kept, gone = self._some_root(kept_id), self._some_root(gone_id)
        if kept != gone:
            with self._change():
                self._merge(kept, gone, at)
        return self.person(kept)

    def _merge(self, kept: str, gone: str, at: datetime) -> None:
        try:
            self._do("update person set root = ? where root = ?", (kept, gone))
        except apsw.ConstraintError:
            raise NotJoinedError from None
        values = (kept, gone, stamp(at))
        self._do("insert into merged (kept, gone, at) values (?, ?, ?)", values)
        self._write("person.merge", {"kept": kept, "gone": gone}, at)
        self._put_words(kept)
        self._forget_words(Kind.PERSON, gone)

    def merges(self) -> tuple[Merge, ...]:
        """Every time two people became one, the oldest first."""
        rows = self._rows("select kept, gone, at from merged order by n")
        return tuple(
            Merge(kept_id=str(kept), merged_id=str(gone), at=time_of(at))
            for kept, gone, at in rows
        )
