"""Who is who: the identifiers of each person, and every person they could be.

An identifier belongs to one person at a time. One that was added by mistake is
taken back with a reason and stays readable.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import apsw

from guide.model.people import (
    Identifier,
    IdentifierKind,
    KnownIdentifier,
    NearMatch,
    PastName,
    Person,
    folded,
    near_keys,
)
from guide.model.problems import NotFoundError
from guide.model.times import When
from guide.vault.problems import (
    IdentifierTakenError,
    NotJoinedError,
    ReasonNeededError,
)
from guide.vault.tables.records import Kind, Line, Records
from guide.vault.tables.table import (
    Facts,
    Row,
    fingerprint,
    moment,
    new_salt,
    stamp,
    storable,
    time_of,
)

_IDENTIFIER = (
    "select i.person, i.kind, i.value, i.service, i.added_at, i.withdrawn, i.reason,"
    " p.root from identifier as i join person as p on p.id = i.person"
)


class Identifiers(Records):
    """Persons as they are now, and what they can be recognised by."""

    def people(self) -> tuple[Person, ...]:
        """Everyone the record is about, each of those joined once."""
        theirs: defaultdict[str, list[Identifier]] = defaultdict(list)
        for row in self._rows(f"{_IDENTIFIER} where i.withdrawn is null order by i.n"):
            theirs[str(row[7])].append(_identifier(row))
        sql = "select id, label, unknown from person where root = id order by rowid"
        return tuple(
            Person(
                id=str(id_),
                label=str(label),
                identifiers=tuple(theirs[str(id_)]),
                unknown=bool(unknown),
            )
            for id_, label, unknown in self._rows(sql)
        )

    def person(self, id_: str) -> Person:
        """The person *id_* is now; NotFoundError if there never was one."""
        root = self._root(id_)
        sql = "select label, unknown from person where id = ?"
        row = self._row(sql, (root,)) if root else None
        if row is None:
            raise NotFoundError
        return Person(
            id=root,
            label=str(row[0]),
            identifiers=tuple(self._identifiers(root)),
            unknown=bool(row[1]),
        )

    def has_person(self, id_: str) -> bool:
        """Whether there ever was a person with this id."""
        return bool(self._root(id_))

    def _identifiers(self, root: str) -> list[Identifier]:
        sql = f"{_IDENTIFIER} where p.root = ? and i.withdrawn is null order by i.n"
        return [_identifier(row) for row in self._rows(sql, (root,))]

    def _root(self, id_: str) -> str:
        """Who *id_* is after every merge; empty if nobody."""
        row = self._row("select root from person where id = ?", (id_,))
        return str(row[0]) if row else ""

    def _some_root(self, id_: str) -> str:
        root = self._root(id_)
        if not root:
            raise NotFoundError
        return root

    def names(self, id_: str) -> tuple[PastName, ...]:
        """Everything a person was ever called here, the oldest first."""
        sql = (
            "select n.person, n.label, n.since from person_name as n"
            " join person as p on p.id = n.person where p.root = ? order by n.n"
        )
        rows = self._rows(sql, (self._root(id_),))
        return tuple(
            PastName(person_id=str(who), label=str(label), since=time_of(since))
            for who, label, since in rows
        )

    def add_identifier(self, id_: str, identifier: Identifier, at: datetime) -> None:
        """Add one more way to recognise a person. Raises as ``put_person`` does."""
        with self._change():
            root = self._some_root(id_)
            self._add_identifier(root, identifier, at)
            self._put_words(root)

    def _add_identifier(self, root: str, given: Identifier, at: datetime) -> None:
        owner = self.whose(given)
        if owner == root or not _key(given):
            return
        if owner:
            raise IdentifierTakenError
        value, salt = storable(given.value), new_salt()
        try:
            self._do(
                "insert into identifier (person, kind, value, service, key, added_at,"
                " salt) values (?, ?, ?, ?, ?, ?, ?)",
                (
                    *(root, given.kind, value, storable(given.service)),
                    *(_key(given), stamp(at), salt),
                ),
            )
        except apsw.ConstraintError:
            raise NotJoinedError from None
        facts: Facts = {
            "person": root,
            "identifier": int(self._connection.last_insert_rowid()),
            "value_sha256": fingerprint(salt, value),
        }
        self._write("identifier.add", facts, at)

    def withdraw_identifier(
        self, id_: str, identifier: Identifier, reason: str, at: datetime
    ) -> None:
        """Take back what was added by mistake; it stays readable with its reason.

        A notice that was finished or sent while it was there stays closed for it.
        """
        if not reason.strip():
            raise ReasonNeededError
        root = self._some_root(id_)
        sql = (
            "select i.n from identifier as i join person as p on p.id = i.person"
            " where p.root = ? and i.key = ? and i.withdrawn is null"
        )
        with self._change():
            row = self._row(sql, (root, _key(identifier)))
            if row is None:
                raise NotFoundError
            n = int(str(row[0]))
            self._do(
                "update identifier set withdrawn = ?, reason = ? where n = ?",
                (stamp(at), storable(reason), n),
            )
            self._write("identifier.withdraw", {"person": root, "identifier": n}, at)
            self._put_words(root)

    def identifier_history(self, id_: str) -> tuple[KnownIdentifier, ...]:
        """Every identifier a person ever had here, the oldest first."""
        rows = self._rows(
            f"{_IDENTIFIER} where p.root = ? order by i.n", (self._root(id_),)
        )
        return tuple(
            KnownIdentifier(
                person_id=str(row[0]),
                identifier=_identifier(row),
                added_at=time_of(row[4]),
                withdrawn_at=moment(row[5]),
                reason=str(row[6]),
            )
            for row in rows
        )

    def whose(self, identifier: Identifier) -> str:
        """The id of the person this belongs to; empty if nobody's."""
        sql = f"{_IDENTIFIER} where i.key = ? and i.withdrawn is null"
        row = self._row(sql, (_key(identifier),))
        return str(row[7]) if row else ""

    def near_matches(self, *given: Identifier) -> tuple[NearMatch, ...]:
        """Whose identifiers are one of these, or so like it that it may be theirs."""
        near = [(like, near_keys(like)) for like in given]
        theirs = [
            (person.id, each, near_keys(each))
            for person in (self.people() if near else ())
            for each in person.identifiers
        ]
        return tuple(
            NearMatch(person_id=id_, like=like, identifier=each, exact=exact)
            for id_, each, keys in theirs
            for like, wanted in near
            if (exact := each.key == like.key) or wanted & keys
        )

    def _put_words(self, root: str) -> None:
        """What a search finds a person by: every name and identifier."""
        person = self.person(root)
        words = [name.label for name in self.names(root)]
        words += [f"{each.value} {each.service}" for each in person.identifiers]
        self._put_line(
            Line(
                kind=Kind.PERSON,
                id=root,
                title=person.label,
                text="\n".join(words),
                when=When(),
                person=root,
                listed=False,
            )
        )


def _key(identifier: Identifier) -> str:
    # Of the value as it is stored: otherwise it could never be found again by that.
    return folded(storable(identifier.value))


def _identifier(row: Row) -> Identifier:
    _person, kind, value, service, *_rest = row
    return Identifier(
        kind=IdentifierKind(str(kind)), value=str(value), service=str(service)
    )
