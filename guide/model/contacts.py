"""Whom to call: emergency numbers and help lines, as the data files give them.

Nothing here dials or opens anything: these values are only shown. Each one says
when it was last checked and how far it can be believed. A contact of low
confidence has no place here: ``guide.library.contacts`` leaves it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

INTERNATIONAL = "international"  # the country of a line that serves many


class Confidence(StrEnum):
    """How sure we are; low is never shipped, so it has no name here."""

    HIGH = "high"
    MEDIUM = "medium"


class Show(StrEnum):
    """How a help line is shown."""

    AS_IS = "as is"
    CHECK_FIRST = "check first"  # with these words, and the way to a directory


class Topic(StrEnum):
    """What a help line is good at, so that a page can show those that fit."""

    STALKING = "stalking"
    DOMESTIC_ABUSE = "domestic-abuse"
    SEXUAL_VIOLENCE = "sexual-violence"
    IMAGES = "images"
    CHILDREN = "children"
    CRISIS = "crisis"
    ONLINE_ABUSE = "online-abuse"
    LGBTQ = "lgbtq"
    CRIME = "crime"
    MEN = "men"
    OLDER = "older"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyNumber:
    """One number to call when there is danger now, and what it is for."""

    number: str
    who_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyNumbers:
    """The emergency numbers of one country."""

    country: str  # ISO 3166-1 alpha-2
    name: str
    numbers: tuple[EmergencyNumber, ...]
    silent: str = ""  # what to do when it is not safe to speak
    text: str = ""  # how to send a text instead, and its limits
    non_emergency: str = ""  # a number for the police when nobody is in danger
    note: str = ""
    checked: str  # YYYY-MM
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine:
    """One service to talk to; it has at least one way to reach it."""

    id: str
    country: str  # ISO 3166-1 alpha-2, or INTERNATIONAL
    country_name: str
    name: str
    who_for: str
    number: str = ""
    more_numbers: tuple[str, ...] = ()  # the same service
    text: str = ""  # text message or messenger: the sentence to show
    chat: str = ""  # web address of the chat; shown, never opened
    web: str = ""  # web address of the service; shown, never opened
    email: str = ""
    hours: str = ""  # empty only where there is nothing but a web address
    languages: str = ""
    cost: str = ""
    note: str = ""
    topics: tuple[Topic, ...]
    checked: str  # YYYY-MM
    source: str
    confidence: Confidence
    show: Show
