"""The question before any picture is kept, and what alone lets a file be kept.

A sexual picture of somebody under 18 may not be copied, whatever the reason (facts
8.3). So no file is kept without a ``MayKeep``, and only this module gives one: where
nothing in the files can show anybody, or where the question was answered with no.
It is good for those files alone, as they were found. There is no way around it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from weakref import WeakSet

from guide.actions.desk import Desk
from guide.actions.finding import Found
from guide.interview import with_derived
from guide.model.conditions import Condition
from guide.model.problems import GuideError
from guide.model.records import Evidence

STOP_PAGE = "t-no-copy-minor"
_SAID_MINOR = Condition.parse("image_minor or remove has minor")
_SAID_ADULT = Condition.parse("age is adult")
_WORDS_AND_SOUND = ("audio/",)
_WORDS = frozenset(
    {
        *("text/plain", "text/csv", "text/calendar", "text/markdown"),
        *("application/json", "text/css"),
    }
)


class Answer(StrEnum):
    """What can be said to the question. Not being sure is a whole answer."""

    YES = "yes"
    UNSURE = "unsure"
    ADULT = "adult"  # somebody naked or in a sexual way, and everyone an adult
    NO = "no"  # nothing of that kind


class StopHereError(GuideError):
    """These files may show somebody under 18, so nothing of them is kept."""

    what = "Nothing was kept, and nothing more was read. That is the careful way."
    next_step = "Words are enough: read what you can do without a copy."


class AgeUnknownError(GuideError):
    """Adult pictures are kept only where the guide knows that it is about an adult."""

    what = "Nothing was kept. The guide does not know that you are 18 or older."
    next_step = "It asks that in its first questions. You can answer there, key r."


class NotAskedError(GuideError):
    """Keeping was asked for without the question that comes before it."""

    what = "Nothing was kept, because the question about pictures was not asked."
    next_step = "Begin again with the files."


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class MayKeep:
    """That these files may be kept. One that was not given here is worth nothing."""

    found: Found = field(repr=False)
    sensitive: bool = False


_given: WeakSet[MayKeep] = WeakSet()


def closed(desk: Desk) -> bool:
    """Whether the reader said already that pictures may show somebody under 18.

    An answer that no longer counts elsewhere counts here: a warning is never lost.
    """
    ever = with_derived(desk.library, desk.vault.answers())
    return _SAID_MINOR.holds(desk.facts()) or _SAID_MINOR.holds(ever)


def close_for_pictures(desk: Desk) -> Callable[[], None]:
    """What stops a search for files at the first one that may show somebody."""
    is_closed = closed(desk)

    def stop() -> None:
        if is_closed:
            raise StopHereError

    return stop


def nothing_to_ask(desk: Desk, found: Found) -> MayKeep:
    """Leave to keep *found*, in which nothing can show anybody."""
    if found.asks:
        raise NotAskedError
    return _give(MayKeep(found))


def answer_images(desk: Desk, found: Found, answer: str) -> MayKeep:
    """Leave to keep *found*, if the *answer* to the question about them allows it.

    Raises StopHereError for yes, for not sure, and where the reader said so before;
    AgeUnknownError for pictures of adults where the age of the reader is not known.
    """
    if answer not in (Answer.NO, Answer.ADULT) or closed(desk):
        raise StopHereError
    if answer == Answer.ADULT and not _SAID_ADULT.holds(desk.facts()):
        raise AgeUnknownError
    return _give(MayKeep(found, sensitive=answer == Answer.ADULT))


def refuse_unasked(desk: Desk, found: Found, may: object) -> bool:
    """Refuse to keep *found* without a leave given here for it; whether it is asked.

    What was said since the question counts, too.
    """
    if not isinstance(may, MayKeep) or may not in _given or may.found is not found:
        raise NotAskedError
    if found.asks and closed(desk):
        raise StopHereError
    return found.asks


def is_drawn(desk: Desk, evidence: Evidence) -> bool:
    """Whether a look may draw this picture: never an intimate one."""
    return not evidence.sensitive and not closed(desk)


def refuse_plain_copy(desk: Desk, evidence: Evidence) -> None:
    """Refuse a plain copy of what may show somebody, where the reader said so."""
    if closed(desk) and not _only_words(evidence.media_type):
        raise StopHereError


def _only_words(media: str) -> bool:
    return media in _WORDS or media.startswith(_WORDS_AND_SOUND)


def _give(may: MayKeep) -> MayKeep:
    _given.add(may)
    return may
