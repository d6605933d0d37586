"""What the reader chose of a hand-over: for whom, how much, without what. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from guide.export.triage import Fewer
from guide.model.case import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """``without`` are labels such as ``E-003``; ``words`` are taken out everywhere.

    ``pdf`` is of a bag: where its PDF cannot be made, it may be written without one.
    """

    recipient: Recipient
    fewer: Fewer | None = None  # None: everything
    without: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    pdf: bool = True

    def toggled(self, label: str) -> Choice:
        """The same with this record left out, or back in."""
        return replace(self, without=self.without ^ {label})

    def taking_out(self, words: str) -> Choice:
        """The same with these words taken out, or back in."""
        return replace(self, words=self.words ^ {words})
