"""A reader who follows a script: what is said on each page, the rest passed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guide.actions.answering import answer, change, resume
from guide.actions.desk import Desk
from guide.model.content import PageKind
from guide.model.progress import Position

NOTICE_ID = "no-contact-notice"
Script = Mapping[str, str]
STRANGER: Script = {
    "came_for": "messages",
    "danger": "no",
    "device_seen": "no",
    "role": "me",
    "s-not-your-fault": "go-on",
    "age": "adult",
    "kinds": "messages",
    "relation": "stranger",
    "red_flags": "none",
}
CLEAR: Script = {
    **STRANGER,
    "notice_before": "no",
    "notice_want": "yes",
    "notice_safe": "none",
}


@dataclass(slots=True)
class Trip:
    """Where the reader is, and the pages seen on the way, in order."""

    desk: Desk
    here: Position
    seen: list[str]

    @property
    def page(self) -> str:
        """The page that is shown."""
        return self.here.page.id

    def say(self, text: str) -> Trip:
        """Answer the page that is shown."""
        self.here = answer(self.desk, self.here, text)
        self.seen.append(self.page)
        return self

    def follow(self, script: Script, *, until: str = "") -> Trip:
        """Go on as *script* says, to a hub, to *until*, or to what it leaves open."""
        for _step in range(100):
            page = self.here.page
            said = script.get(page.id, script.get(page.fact, ""))
            if page.id == until or page.kind is PageKind.HUB:
                return self
            options = page.question.options if page.question else ()
            if not said and [option.id for option in options] == ["next"]:
                said = "next"
            if not said:
                return self
            self.say(said)
        raise AssertionError(f"no end: {self.seen}")


def set_out(desk: Desk) -> Trip:
    """Begin, or go on where the reader left off."""
    here = resume(desk)
    return Trip(desk, here, [here.page.id])


def with_an_open_notice(desk: Desk, script: Script = CLEAR) -> Trip:
    """Go all the way to the page where the notice can be written."""
    trip = set_out(desk).follow(script)
    return trip.say("notice").follow(script, until="s-notice-write")


def change_to(desk: Desk, page: str, text: str) -> Position:
    """Give another answer to *page*, as the review does."""
    return answer(desk, change(desk, page), text)
