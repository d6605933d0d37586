"""The reader's answers, fields, ticks, people and letters, in one database.

``Vault.in_memory`` is "keep nothing": all of it goes when the program ends. The
sealed vault on disk opens the same tables through another connection. Values go
in and come out; no row or cursor leaves this room.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import apsw

from guide.model.conditions import AnswerValue
from guide.model.paper import Paper, Paragraph, ParagraphKind
from guide.model.people import Identifier, IdentifierKind, Person
from guide.model.problems import LetterClosedError
from guide.model.progress import TickState
from guide.model.records import LetterState, WrittenLetter
from guide.words import _

_PRAGMAS = "pragma temp_store=2; pragma foreign_keys=1; pragma trusted_schema=0"
_LETTER = (
    "select id, letter_id, person_id, paper, sha256, finished_at, state, sent_at"
    " from letter"
)


class Vault:
    """Everything kept, each method one transaction."""

    def __init__(self, connection: apsw.Connection, *, on_disk: bool) -> None:
        """Use ``in_memory`` instead; *connection* already has the tables."""
        self._connection = connection
        self.on_disk = on_disk

    @classmethod
    def in_memory(cls) -> Vault:
        """Keep nothing: a vault that is gone when the program ends."""
        connection = apsw.Connection(":memory:")
        connection.execute(_PRAGMAS)
        schema = Path(__file__).with_name("schema.sql").read_text("utf-8")
        connection.execute(schema)
        return cls(connection, on_disk=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def answers(self) -> Mapping[str, AnswerValue]:
        """Every answer, by its fact."""
        rows = self._connection.execute("select fact, value from answer")
        return {str(fact): _value(str(value)) for fact, value in rows}

    def answered_at(self, fact: str) -> datetime | None:
        """When the answer under *fact* was given."""
        sql = "select at from answer where fact = ?"
        row = self._connection.execute(sql, (fact,)).fetchone()
        return datetime.fromisoformat(str(row[0])) if row else None

    def put_answer(self, fact: str, value: AnswerValue, at: datetime) -> None:
        """Remember one answer, replacing the one before it."""
        with self._connection:
            self._connection.execute(
                "insert or replace into answer values (?, ?, ?)",
                (fact, json.dumps(value), at.isoformat()),
            )

    def forget_answer(self, fact: str) -> None:
        """Take one answer back, so that its question is asked again."""
        with self._connection:
            self._connection.execute("delete from answer where fact = ?", (fact,))

    def fields(self) -> Mapping[str, str]:
        """What was filled into letters, by field."""
        rows = self._connection.execute("select id, value from field")
        return {str(id_): str(value) for id_, value in rows}

    def put_field(self, id_: str, value: str) -> None:
        """Remember what stands in one field; an empty one is forgotten."""
        with self._connection:
            self._connection.execute("delete from field where id = ?", (id_,))
            if value:
                sql = "insert into field values (?, ?)"
                self._connection.execute(sql, (id_, value))

    def ticks(self, page: str) -> Mapping[str, TickState]:
        """The state of each task of *page* that has one."""
        sql = "select task, state from tick where page = ?"
        rows = self._connection.execute(sql, (page,))
        return {str(task): TickState(str(state)) for task, state in rows}

    def put_tick(self, page: str, task: str, state: TickState) -> None:
        """Remember the state of one task."""
        with self._connection:
            self._connection.execute(
                "insert or replace into tick values (?, ?, ?)", (page, task, state)
            )

    def people(self) -> tuple[Person, ...]:
        """Everyone the record is about."""
        rows = self._connection.execute("select id, label from person order by rowid")
        return tuple(
            Person(
                id=str(id_), label=str(label), identifiers=self._identifiers(str(id_))
            )
            for id_, label in rows
        )

    def _identifiers(self, person_id: str) -> tuple[Identifier, ...]:
        sql = "select kind, value, service from identifier where person = ?"
        rows = self._connection.execute(sql, (person_id,))
        return tuple(
            Identifier(kind=IdentifierKind(str(k)), value=str(v), service=str(s))
            for k, v, s in rows
        )

    def put_person(self, person: Person) -> None:
        """Remember *person*; their identifiers are added to, never taken away."""
        with self._connection:
            self._connection.execute(
                "insert into person values (?, ?)"
                " on conflict (id) do update set label = excluded.label",
                (person.id, person.label),
            )
            for each in person.identifiers:
                self._connection.execute(
                    "insert into identifier values (?, ?, ?, ?, ?)"
                    " on conflict (key) do nothing",
                    (person.id, each.kind, each.value, each.service, each.key),
                )

    def letters(self) -> tuple[WrittenLetter, ...]:
        """Every finished letter, oldest first."""
        rows = self._connection.execute(f"{_LETTER} order by rowid")
        return tuple(_letter(row) for row in rows)

    def add_letter(self, letter: WrittenLetter, *, once: bool) -> None:
        """Keep a finished letter; a second one of a once-only kind is refused."""
        row = (
            *(letter.id, letter.letter_id, letter.person_id),
            *(_packed(letter.paper), letter.sha256),
            *(letter.finished_at.isoformat(), letter.state, None, int(once)),
        )
        try:
            with self._connection:
                self._connection.execute(
                    f"insert into letter values ({', '.join('?' * len(row))})",  # noqa: S608  only question marks
                    row,
                )
        except apsw.ConstraintError:
            raise LetterClosedError(
                _("You have already written this letter to this person."),
                _("A second one could start the contact again. Open the first one."),
            ) from None

    def mark_sent(self, letter_id: str, at: datetime) -> None:
        """Say that a finished letter has left; it cannot be taken back."""
        with self._connection:
            self._connection.execute(
                "update letter set state = ?, sent_at = ? where id = ? and state = ?",
                (LetterState.SENT, at.isoformat(), letter_id, LetterState.FINISHED),
            )


def _value(text: str) -> AnswerValue:
    loaded = json.loads(text)
    return tuple(map(str, loaded)) if isinstance(loaded, list) else str(loaded)


def _letter(row: tuple[object, ...]) -> WrittenLetter:
    texts = [str(part) if part is not None else "" for part in row]
    return WrittenLetter(
        id=texts[0],
        letter_id=texts[1],
        person_id=texts[2],
        paper=_unpacked(texts[3]),
        sha256=texts[4],
        finished_at=datetime.fromisoformat(texts[5]),
        state=LetterState(texts[6]),
        sent_at=datetime.fromisoformat(texts[7]) if texts[7] else None,
    )


def _packed(paper: Paper) -> str:
    """The paper as JSON; a message that travels with it is kept elsewhere."""
    return json.dumps(asdict(replace(paper, original=None)))


def _unpacked(text: str) -> Paper:
    values = json.loads(text)
    paragraphs = tuple(
        Paragraph(
            kind=ParagraphKind(each["kind"]),
            text=each["text"],
            rows=tuple(tuple(row) for row in each["rows"]),
        )
        for each in values.pop("paragraphs")
    )
    return Paper(**values, paragraphs=paragraphs)
