"""Which mail services a filter can be made for, and what each does with spam.

The names are what readers see in their own program. What a service does changes:
``checked`` is the month in which it was looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from guide.words import _

CHECKED = "2026-11"


class FilterFormat(StrEnum):
    """The kind of file that a service takes."""

    SIEVE = "sieve"
    GMAIL = "gmail"
    THUNDERBIRD = "thunderbird"
    PROCMAIL = "procmail"
    NONE = ""  # it is clicked together

    @property
    def file_name(self) -> str:
        """The name such a file has, or one that says nothing."""
        names = {
            FilterFormat.SIEVE: "held.sieve",
            FilterFormat.GMAIL: "mailFilters.xml",
            FilterFormat.THUNDERBIRD: "msgFilterRules.dat",
            FilterFormat.PROCMAIL: "procmailrc",
        }
        return names.get(self, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A mail service or program, and how its filters come to be."""

    id: str
    name: str
    format: FilterFormat = FilterFormat.NONE
    spam: str = ""  # what becomes of mail in its spam folder, and of blocked mail
    sure: bool = True
    checked: str = CHECKED

    @property
    def reads(self) -> bool:
        """Whether what is made here can mark the mail as read."""
        return self.format is not FilterFormat.PROCMAIL


SERVICES = (
    *("gmail", "outlook", "outlook-windows", "apple-mail", "icloud", "yahoo"),
    *("proton", "gmx", "fastmail", "thunderbird", "sieve", "procmail"),
)


def service_named(id_: str) -> Service:
    """The service *id_*, one of SERVICES. Raises KeyError."""
    return {each.id: each for each in _services()}[id_]


def _services() -> tuple[Service, ...]:
    return (*_large(), *_others())


def _large() -> tuple[Service, ...]:
    return (
        Service(
            id="gmail",
            name=_("Gmail"),
            format=FilterFormat.GMAIL,
            spam=_(
                "Gmail empties Spam after 30 days, and Block sends mail there. This "
                "filter uses a label instead, and keeps their mail out of Spam."
            ),
        ),
        Service(
            id="outlook",
            name=_("Outlook.com and the new Outlook"),
            spam=_(
                "Junk empties itself, often after 10 to 30 days. Block sends mail "
                "there. This rule uses a folder instead."
            ),
        ),
        Service(
            id="outlook-windows",
            name=_("Outlook for Windows, the older program"),
            spam=_("Junk may empty itself. This rule uses a folder instead."),
        ),
        Service(
            id="apple-mail",
            name=_("Apple Mail on a Mac"),
            spam=_(
                "Blocked mail can go to the bin. In the settings for blocked mail, "
                "choose to leave it in the inbox. This rule moves it to a folder."
            ),
        ),
        Service(
            id="icloud",
            name=_("iCloud.com"),
            spam=_(
                "Junk at iCloud empties itself, often after 30 days. This rule uses a "
                "folder instead."
            ),
            sure=False,
        ),
        Service(
            id="yahoo",
            name=_("Yahoo and AOL"),
            spam=_(
                "Mail from a blocked address is often thrown away. Spam empties "
                "itself, often after 30 days. This filter uses a folder instead."
            ),
            sure=False,
        ),
    )


def _others() -> tuple[Service, ...]:
    maybe = _(
        "Many services empty the spam folder by themselves. This filter uses a folder "
        "of your own instead."
    )
    return (
        Service(
            id="proton",
            name=_("Proton Mail"),
            format=FilterFormat.SIEVE,
            spam=_(
                "Mail from a blocked address may not be delivered at all. This filter "
                "uses a folder instead."
            ),
            sure=False,
        ),
        Service(id="gmx", name=_("GMX and WEB.DE"), spam=maybe, sure=False),
        Service(
            id="fastmail",
            name=_("Fastmail"),
            format=FilterFormat.SIEVE,
            spam=maybe,
            sure=False,
        ),
        Service(
            id="thunderbird",
            name=_("Thunderbird"),
            format=FilterFormat.THUNDERBIRD,
            spam=maybe,
        ),
        Service(
            id="sieve",
            name=_("Another service that knows Sieve"),
            format=FilterFormat.SIEVE,
            spam=maybe,
        ),
        Service(
            id="procmail",
            name=_("A server with procmail"),
            format=FilterFormat.PROCMAIL,
            spam=maybe,
        ),
    )
