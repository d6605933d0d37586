"""The desk the reader sits at: the library, what is kept, and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from guide.interview import facts_of
from guide.library.loader import Shelf, content_root
from guide.model.conditions import AnswerValue
from guide.model.content import Library
from guide.vault.store import Vault

# The reader's answers are about one person; so is every letter at this desk.
THE_PERSON = "the-person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything an action needs. ``now`` is the one clock, always in UTC."""

    library: Library
    vault: Vault
    now: Callable[[], datetime]

    def facts(self) -> dict[str, AnswerValue]:
        """What is known: the answers that count, and what follows from them."""
        letters = self.vault.letters()
        once = [x for x in letters if self.library.letters[x.letter_id].once]
        given = {"notice_state": str(once[-1].state)} if once else {}
        if self.vault.on_disk:
            given["vault_open"] = "yes"
        return facts_of(self.library, self.vault.answers(), given)

    def today(self) -> date:
        """The day it is where the reader is."""
        return self.now().astimezone().date()


def clock() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  the one place that asks the computer


def keep_nothing(content: Path | None = None, lang: str = "") -> Desk:
    """A desk that forgets everything when the program ends."""
    library = Shelf(content or content_root(), lang).library()
    return Desk(library=library, vault=Vault.in_memory(), now=clock)
