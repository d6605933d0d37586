"""The desk the reader sits at: the library, what is kept, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

from guide.interview import facts_of
from guide.library.loader import Shelf, content_root
from guide.model.conditions import AnswerValue
from guide.model.content import Library

if TYPE_CHECKING:
    from guide.model.progress import TickState
    from guide.model.records import WrittenLetter
    from guide.vault.store import Vault

# The reader's answers are about one person; so is every letter at this desk.
THE_PERSON = "the-person"
_Facts: TypeAlias = dict[str, AnswerValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything an action needs. ``now`` is the one clock, always in UTC."""

    library: Library
    vault: Vault
    now: Callable[[], datetime]
    _last: dict[frozenset[tuple[str, AnswerValue]], _Facts] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def facts(self) -> _Facts:
        """What is known: the answers that count, and what follows from them.

        A screen asks this a dozen times, so it is worked out once for each change.
        """
        letters = self.vault.letters()
        once = [x for x in letters if self.library.letters[x.letter_id].once]
        given = {"notice_state": str(once[-1].state)} if once else {}
        if self.vault.on_disk:
            given["vault_open"] = "yes"
        answers = self.vault.answers()
        said = frozenset([*answers.items(), *((f"={f}", x) for f, x in given.items())])
        if said not in self._last:
            self._last.clear()
            self._last[said] = facts_of(self.library, answers, given)
        return dict(self._last[said])

    def today(self) -> date:
        """The day it is where the reader is."""
        return self.now().astimezone().date()


def clock() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  the one place that asks the computer


def keep_nothing(content: Path | None = None, lang: str = "") -> Desk:
    """A desk that forgets everything when the program ends."""
    library = Shelf(content or content_root(), lang).library()
    return Desk(library=library, vault=cast("Vault", _NothingYet()), now=clock)


class _NothingYet:
    """A vault in memory, opened when the first thing is put into it.

    Until then it answers what a first screen asks, so that the guide starts without
    loading a database.
    """

    on_disk = False

    def __init__(self) -> None:
        self._opened: Vault | None = None

    def answers(self) -> Mapping[str, AnswerValue]:
        return self._opened.answers() if self._opened else {}

    def letters(self) -> tuple[WrittenLetter, ...]:
        return self._opened.letters() if self._opened else ()

    def ticks(self, page: str) -> Mapping[str, TickState]:
        return self._opened.ticks(page) if self._opened else {}

    def __getattr__(self, name: str) -> object:
        if self._opened is None:
            from guide.vault.store import Vault

            self._opened = Vault.in_memory()
        return getattr(self._opened, name)
