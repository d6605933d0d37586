"""What the tests of keeping start from: a desk with something said at it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.idling import Idling
from guide.actions.journey import Journey
from guide.actions.keeping import make_vault
from guide.vault.keys import CHEAPEST

WORDS = "quiet otters sort nine letters"
OTHER = "seven pale kites over town"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TO_THE_NOTICE = (
    *("messages", "next", "no", "no", "me", "go-on", "adult", "messages", "go:"),
    *("stranger", "none", "go:", "notice", "no", "yes", "none", "go:"),
)
CONTACT = "zed@example.com"
NOTICE = "letter:no-contact-notice"


class Clocks:
    """Two clocks that only the test moves."""

    def __init__(self) -> None:
        self.wall, self.own = NOON, 0.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.own

    def pass_(self, minutes: float) -> None:
        self.wall += timedelta(minutes=minutes)
        self.own += minutes * 60

    def idling(self) -> Idling:
        return Idling(self.now, self.monotonic)


def finish_notice(journey: Journey) -> None:
    """Answer up to the notice, write it and finish it."""
    for choice in TO_THE_NOTICE:
        journey.choose(choice)
    journey.open(NOTICE)
    journey.fill("their_name", "Zed")
    journey.fill("their_contact", CONTACT)
    journey.fill("my_name", "A. Person")
    journey.choose("finish")
    journey.typed(CONTACT)


def kept_at(desk: Desk, folder: Path, words: str = WORDS) -> Desk:
    """A desk on the disk, made with keys that cost nothing."""
    return make_vault(desk, folder, words, words, desk.now(), profile=CHEAPEST)
