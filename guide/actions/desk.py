"""The desk the reader sits at: the library, what is kept, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

from guide.interview import facts_of
from guide.library.loader import Shelf, content_root
from guide.model.conditions import AnswerValue
from guide.model.content import Library

if TYPE_CHECKING:
    from guide.actions.bringing import Meanwhile
    from guide.actions.places.library_reading import Ahead
    from guide.actions.searching import Search
    from guide.keychain import Keychain
    from guide.library.packs.opening import OpenPack
    from guide.model.progress import TickState
    from guide.model.records import OfficialContact, WrittenLetter
    from guide.vault.opening import OpenVault
    from guide.vault.store import Vault


def _this_logins_keychain() -> Keychain:
    from guide.keychain import this_logins

    return this_logins()


# The reader's answers are about one person; so is every letter at this desk.
THE_PERSON = "the-person"
_Facts: TypeAlias = dict[str, AnswerValue]


class VaultState(StrEnum):
    """What becomes of what the reader says at this desk."""

    NONE = "none"  # gone when the program ends
    OPEN = "open"  # kept, as soon as it is said
    READ_ONLY = "read only"  # what was kept can be read, and nothing is added


@dataclass(slots=True, kw_only=True)
class Lessons:
    """Packs of lessons that were opened, and the levels read. None of it is kept."""

    named: str = ""  # a folder or zip to be read in this run alone
    there: bool = False  # there is something to read, so the first screen offers it
    opened: dict[str, OpenPack] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)  # by pack and subject
    spots: dict[str, str] = field(default_factory=dict)  # last places, by lesson
    ahead: Ahead | None = None  # the lesson that the reader came back from
    # The index over all of it, and what it was made for.
    search: tuple[tuple[str, ...], Search] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything an action needs. ``now`` is the one clock, always in UTC.

    ``opened`` is the vault's folder, lock and keys while one is open on the disk.
    ``keychain`` gives this login's keyring, or refuses with the reason.
    ``meanwhile`` is what was said without the vault, until the reader has decided.
    """

    library: Library
    vault: Vault
    now: Callable[[], datetime]
    opened: OpenVault | None = field(default=None, repr=False)
    keychain: Callable[[], Keychain] = _this_logins_keychain
    meanwhile: Meanwhile | None = field(default=None, repr=False, compare=False)
    chosen_folder: str = ""  # where the reader said that the vault is, or shall be
    may_keep: bool = True  # False when the reader asked to keep nothing at all
    lessons: Lessons = field(default_factory=Lessons, repr=False, compare=False)
    _last: dict[frozenset[tuple[str, AnswerValue]], _Facts] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def facts(self) -> _Facts:
        """What is known: the answers that count, and what follows from them.

        A screen asks this a dozen times, so it is worked out once for each change.
        """
        letters = self.vault.letters()
        kinds = self.library.letters
        once = [x for x in letters if x.letter_id in kinds and kinds[x.letter_id].once]
        left = [x for x in once if x.sent_at]  # of two, the one that left counts
        given = {"notice_state": str((left or once)[-1].state)} if once else {}
        if self.vault.on_disk:
            given["vault_open"] = "yes"
        answers = self.vault.answers()
        said = frozenset([*answers.items(), *((f"={f}", x) for f, x in given.items())])
        if said not in self._last:
            self._last.clear()
            self._last[said] = facts_of(self.library, answers, given)
        return dict(self._last[said])

    @property
    def vault_state(self) -> VaultState:
        """Whether what is said here is kept."""
        if self.opened is None:
            return VaultState.OPEN if self.vault.on_disk else VaultState.NONE
        return VaultState.READ_ONLY if self.opened.read_only else VaultState.OPEN

    @property
    def untouched(self) -> bool:
        """Whether nothing at all was said here since the guide started."""
        return isinstance(self.vault, _NothingYet) and self.vault.untouched

    @property
    def saving(self) -> bool:
        """Whether what is said now will be there at the next start."""
        return self.vault_state is VaultState.OPEN

    def close(self) -> None:
        """Let go of the database, the keys and the lock; a second time is nothing."""
        if self.opened is not None:
            self.opened.close()
        else:
            self.vault.close()

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


def forgetful(desk: Desk) -> Desk:
    """The same pages and clock, and nothing of what was said at *desk*."""
    nothing = cast("Vault", _NothingYet())
    lessons = Lessons(named=desk.lessons.named, there=desk.lessons.there)
    return replace(desk, vault=nothing, opened=None, meanwhile=None, lessons=lessons)


class _NothingYet:
    """A vault in memory, opened when the first thing is put into it.

    Until then it answers what a first screen asks, so that the guide starts without
    loading a database.
    """

    on_disk = False

    def __init__(self) -> None:
        self._opened: Vault | None = None

    @property
    def untouched(self) -> bool:
        return self._opened is None

    def answers(self) -> Mapping[str, AnswerValue]:
        return self._opened.answers() if self._opened else {}

    def fields(self) -> Mapping[str, str]:
        return self._opened.fields() if self._opened else {}

    def letters(self) -> tuple[WrittenLetter, ...]:
        return self._opened.letters() if self._opened else ()

    def letters_ever(self) -> tuple[WrittenLetter, ...]:
        return self._opened.letters_ever() if self._opened else ()

    def ticks(self, page: str) -> Mapping[str, TickState]:
        return self._opened.ticks(page) if self._opened else {}

    def due(self, today: date) -> tuple[OfficialContact, ...]:
        return self._opened.due(today) if self._opened else ()

    def close(self) -> None:
        if self._opened:
            self._opened.close()
            self._opened = None

    def __getattr__(self, name: str) -> object:
        if self._opened is None:
            from guide.vault.store import Vault

            self._opened = Vault.in_memory()
        return getattr(self._opened, name)
