"""What the reader answered, filled in and ticked off.

Nothing of it is journalled: an answer is theirs to change as often as they like,
and to forget.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from guide.model.conditions import AnswerValue
from guide.model.progress import TickState
from guide.vault.tables.table import Table


class Answers(Table):
    """Answers, fields of letters, and ticks."""

    def answers(self) -> Mapping[str, AnswerValue]:
        """Every answer, by its fact."""
        rows = self._rows("select fact, value from answer")
        return {str(fact): _value(str(value)) for fact, value in rows}

    def answered_at(self, fact: str) -> datetime | None:
        """When the answer under *fact* was given."""
        row = self._row("select at from answer where fact = ?", (fact,))
        return datetime.fromisoformat(str(row[0])) if row else None

    def put_answer(self, fact: str, value: AnswerValue, at: datetime) -> None:
        """Remember one answer, replacing the one before it."""
        with self._change():
            self._do(
                "insert or replace into answer values (?, ?, ?)",
                (fact, json.dumps(value), at.isoformat()),
            )

    def forget_answer(self, fact: str) -> None:
        """Take one answer back, so that its question is asked again."""
        with self._change():
            self._do("delete from answer where fact = ?", (fact,))

    def fields(self) -> Mapping[str, str]:
        """What was filled into letters, by field."""
        rows = self._rows("select id, value from field")
        return {str(id_): str(value) for id_, value in rows}

    def put_field(self, id_: str, value: str) -> None:
        """Remember what stands in one field; an empty one is forgotten."""
        with self._change():
            self._do("delete from field where id = ?", (id_,))
            if value:
                self._do("insert into field values (?, ?)", (id_, value))

    def ticks(self, page: str) -> Mapping[str, TickState]:
        """The state of each task of *page* that has one."""
        rows = self._rows("select task, state from tick where page = ?", (page,))
        return {str(task): TickState(str(state)) for task, state in rows}

    def all_ticks(self) -> tuple[tuple[str, str, TickState], ...]:
        """Every page, its task and the state of it, in this order."""
        rows = self._rows("select page, task, state from tick order by page, task")
        return tuple((str(p), str(t), TickState(str(state))) for p, t, state in rows)

    def put_tick(self, page: str, task: str, state: TickState) -> None:
        """Remember the state of one task."""
        with self._change():
            self._do(
                "insert or replace into tick values (?, ?, ?)", (page, task, state)
            )


def _value(text: str) -> AnswerValue:
    loaded = json.loads(text)
    return tuple(map(str, loaded)) if isinstance(loaded, list) else str(loaded)
