"""What was told without the vault and came into it later, for the reader to see."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a vault took in from a talk without it, counted, and what did not fit.

    ``seconds``: titles of letters that are written once and were written there too.
    ``elsewhere``: identifiers that the vault has for somebody else, each with the
    person they were told of.
    """

    people: int = 0
    incidents: int = 0
    contacts: int = 0
    letters: int = 0
    seconds: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()
    ids: dict[str, str] = field(default_factory=dict)  # who is who in the vault

    @property
    def nothing(self) -> bool:
        """Whether there was no record to bring."""
        return not (self.people or self.incidents or self.contacts or self.letters)
