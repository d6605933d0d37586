"""Every screen, one after the other: ``hostile_app.py MODE HOME FIRST COUNT NAME…``.

Not a test: ``test_hostile_surfaces`` runs it in a terminal of its own, hardened and
under the supervisor, in one front end or the other. The payloads from FIRST on stand
in every field. In the interface, F12 shows the next screen; in plain mode whatever is
typed does. ``NEXT <name>`` is said when a screen has come. With names, only those come;
with ``lines``, only those on which something can be typed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from guide.safety import leave, process

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guide.actions.journey import Journey

SAID, OVER, LINES = "NEXT", "that was all", "lines"
AGAIN = 0.5  # seconds
_LONGEST = 50_000  # characters
SETTLED = 0.03  # seconds after which a line or form is on the screen, too


def interface() -> int:
    """Loaded after the supervisor split off."""
    from guide.cli.ending import explained, steady_streams
    from tests.promises.hostile_world import World
    from tests.promises.payloads import PAYLOADS, Words

    steady_streams()
    mode, home, first, count = sys.argv[1:5]
    payloads = list(PAYLOADS.values())[int(first) : int(first) + int(count)]
    world = World(Words(payloads), Path(home))
    tour = surfaces(world)
    run = talked if mode == "plain" else drawn
    return explained(lambda: run(world.journey, tour))


def surfaces(world: object) -> Iterator[str]:
    """Put each screen on top of the one journey; its name, when it is there."""
    from guide.model.problems import GuideError
    from tests.promises.hostile_places import SURFACES
    from tests.promises.hostile_world import World

    assert isinstance(world, World)
    journey, only = world.journey, sys.argv[5:]
    # A line to type on blinks once more after the next screen has come: these last.
    for each in sorted(SURFACES, key=lambda each: each.edits):
        if only and each.name not in only and LINES not in only:
            continue
        if each.short and len(world.words.said()) > _LONGEST:
            continue
        fresh = world.afresh()
        try:
            place = each.open(world, fresh)
        except GuideError:
            if LINES in only:  # what was typed before was taken, and changed the record
                continue
            raise
        journey._places = [*fresh._places, *([place] if place else [])]
        if LINES not in only or (sheet := journey.sheet()).ask or sheet.form:
            yield each.name


def drawn(journey: Journey, tour: Iterator[str]) -> int:
    """The interface, with one key more."""
    from typing import ClassVar

    from textual.binding import Binding, BindingType

    from guide.tui import app as interface_of
    from guide.tui.app import GuideApp

    class Tour(GuideApp):
        CSS_PATH = str(Path(interface_of.__file__).with_name("guide.tcss"))
        BINDINGS: ClassVar[list[BindingType]] = [
            Binding("f12", "next_screen", id="tour", priority=True)
        ]
        shown = ""

        def action_next_screen(self) -> None:
            self.shown, name = "", next(tour, OVER)
            if name != OVER:
                self.show_sheet()
                self.action_copy()
            self.call_after_refresh(self.set_timer, SETTLED, lambda: self.say(name))

        def say(self, name: str) -> None:
            """Again and again: a form that has just come takes such words away."""
            self.shown = name
            self._frame.say(f"{SAID} {name};")
            self.set_timer(
                AGAIN, lambda: self.say(name) if self.shown == name else None
            )

    app = Tour(journey)
    return app.run() or app.return_code or 0


def talked(journey: Journey, tour: Iterator[str]) -> int:
    """Plain mode; a form is there for two turns: its blanks, then the letter."""
    from guide.plain.app import the_talk
    from guide.plain.session import Session

    talk = the_talk()
    stays = False

    def lead(session: Session) -> bool:
        nonlocal stays
        if stays:
            stays = False
            return False
        name = next(tour, OVER)
        talk.tell([f"{SAID} {name};"])
        session.again()
        session._form._asked.clear()
        stays = session.journey.sheet().form is not None
        return name == OVER

    Session(journey, talk).run(lead)
    return 0


if __name__ == "__main__":
    process.harden()
    sys.exit(leave.supervised(interface, raw=sys.argv[1] != "plain"))
