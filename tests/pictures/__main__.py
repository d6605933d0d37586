"""``python3 -m tests.pictures``: draw the screens that the README shows, as SVG.

They are the real interface with invented answers, at a stopped clock.
"""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.journey import Journey
from guide.library.loader import Shelf, content_root
from guide.tui.app import GuideApp
from guide.vault.store import Vault

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "mail_samples" / "genuine_from_gmail.eml"
# Rich's drawing names a font on somebody's server; a reader's viewer would fetch it.
_FONT_FROM_AFAR = re.compile(r"@font-face\s*{.*?}", re.DOTALL)
_TO_PLAN = (
    *("messages", "next", "no", "no", "me", "go-on", "adult", "messages", "go:"),
    *("stranger", "none", "go:"),
)
_TO_NOTICE = (*_TO_PLAN, "notice", "no", "yes", "none", "go:")


def journey(*choices: str) -> Journey:
    """A journey with these rows chosen, in a vault in memory."""
    now = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    library = Shelf(content_root()).library()
    walked = Journey(Desk(library=library, vault=Vault.in_memory(), now=lambda: now))
    for choice in choices:
        walked.choose(choice)
    return walked


def notice() -> Journey:
    """A notice half written."""
    walked = journey(*_TO_NOTICE, "letter:no-contact-notice")
    walked.fill("their_name", "unwanted.sender")
    walked.fill("their_contact", "unwanted.sender@example.com")
    return walked


def message() -> Journey:
    """A saved message, explained."""
    walked = journey("tool:mail")
    walked.typed(str(SAMPLE))
    return walked


async def draw(name: str, walked: Journey, look: str) -> None:
    """Draw one screen at 80 columns and 24 lines."""
    app = GuideApp(walked, look)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.3)
        picture = app.export_screenshot(title="Notes")
    text = _FONT_FROM_AFAR.sub("", picture)
    (HERE / f"{name}.svg").write_text(text, "utf-8")


def main() -> None:
    """Draw them all."""
    screens = {
        "home": (journey(), "night"),
        "question": (journey(*_TO_PLAN[:-3], "stranger"), "night"),
        "plan": (journey(*_TO_PLAN), "night"),
        "notice": (notice(), "day"),
        "message": (message(), "day"),
    }
    for name, (walked, look) in screens.items():
        asyncio.run(draw(name, walked, look))


if __name__ == "__main__":
    main()
