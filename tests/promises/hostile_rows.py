"""A row of the table of screens, and the ways to a screen by its name. Not a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guide.actions.journey import Journey
from tests.promises.hostile_world import Opened, Opener, World, finish_work


@dataclass(frozen=True, slots=True)
class Surface:
    """One screen. ``quiet``: it is there with hostile words, and repeats none.

    ``edits``: a line holds them as they are, to be changed; or a name that is proposed
    has lost them. ``short``: a PDF is set there, which takes minutes for a line that
    does not end.
    """

    name: str
    open: Opener
    quiet: bool = False
    edits: bool = False
    short: bool = False


def by_target(target: Callable[[World], str]) -> Opener:
    """Opened by its name, as links and keys do."""

    def opened(world: World, journey: Journey) -> Opened:
        journey.open(target(world))
        return None

    return opened


def by_choices(target: str, *choices: str) -> Opener:
    """Opened by its name, then these rows chosen."""

    def opened(world: World, journey: Journey) -> Opened:
        journey.open(target.format(w=world))
        for choice in choices:
            journey.choose(choice.format(w=world))
            finish_work(journey)
        return None

    return opened


def by_typing(target: str, text: Callable[[World], str], *choices: str) -> Opener:
    """Opened by its name, a line typed there, then these rows chosen."""

    def opened(world: World, journey: Journey) -> Opened:
        journey.open(target.format(w=world))
        journey.typed(text(world))
        finish_work(journey)
        for choice in choices:
            journey.choose(choice)
            finish_work(journey)
        return None

    return opened
