"""Whole flows, as a reader types them in either front end.

Each stops once, in its middle: everything is typed, and nothing is kept or finished
yet. Not a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from tests.promises.canaries import canary
from tests.promises.typing_reader import Reader

AT, IN_A_MONTH = "2026-11-03 22:10", "in 4 weeks"
Flow: TypeAlias = Callable[[Reader], Iterator[None]]


def incident(reader: Reader) -> Iterator[None]:
    """What happened, in ten steps."""
    reader.go("incidents")
    reader.pick("n", 1)
    reader.longs("incident", "account")
    reader.line(AT)
    reader.pick("1", 1)
    reader.lines("incident", "platform where who")
    reader.longs("incident", "witnesses effect done told note")
    reader.sees("Look it over")
    yield
    reader.pick("k", 1)
    reader.sees("Written down as incident 1.")


def officials(reader: Reader) -> Iterator[None]:
    """A talk with an office, in nine steps; then a backup and a second copy."""
    reader.go("officials")
    reader.pick("n", 1)
    reader.lines("contact", "organisation")
    reader.line(AT)
    reader.pick("1", 1)
    reader.lines("contact", "person badge_number channel reference")
    reader.longs("contact", "outcome promised")
    reader.line(IN_A_MONTH)
    reader.pick("1", 1)
    reader.sees("Look it over")
    yield
    reader.pick("k", 1)
    reader.sees("Written down as contact 1.")


def copies(reader: Reader) -> Iterator[None]:
    """A talk is kept; then a backup of it, and a second copy of all."""
    yield from officials(reader)
    reader.go("keep")
    reader.pick("4", 4)
    reader.sees("Backed up.")
    reader.pick("3", 3)
    reader.line(str(reader.login / "copy"))
    reader.sees("The copy is complete")


def evidence(reader: Reader) -> Iterator[None]:
    """A file is kept, with its description, and looked into."""
    reader.go("evidence")
    reader.line(str(reader.login / "given" / f"{canary('file-name')}.txt"))
    reader.sees("What was found")
    reader.pick("n", 1)
    reader.lines("evidence", "source url by")
    reader.line(AT)
    reader.pick("1", 1)
    reader.longs("evidence", "note")
    reader.sees("Look it over")
    yield
    reader.pick("k", 1)
    reader.pick("n", 1)
    reader.sees("1 file is kept, byte for byte.")
    reader.pick("1", 1)
    reader.pick("l", 1)
    reader.sees(canary("file-text"))


def complaint(reader: Reader) -> Iterator[None]:
    """A letter to a host: opened from its page, filled in, finished, saved."""
    reader.pick("1", 1)
    reader.sees("This may reach the person")
    reader.pick("1", 1)
    reader.form("host-complaint")
    reader.sees("Is this the letter?")
    yield
    reader.line(f"{canary('host-complaint-host_address')}@example.com")
    _finished(reader, "letter.txt")


def mail(reader: Reader) -> Iterator[None]:
    """A saved message, what it shows, and the complaint that comes of it."""
    reader.go("mail")
    reader.line(str(reader.login / "given" / f"{canary('mail-name')}.eml"))
    reader.sees("What this message shows")
    reader.pick("1", 1)
    reader.pick("1", 1)
    reader.sees("This may reach the person")
    reader.pick("1", 1)
    reader.form("provider-complaint", known=("provider_name", "provider_address"))
    reader.sees("Is this the letter?")
    yield
    reader.line("Gmail")
    _finished(reader, "complaint.txt")


def _finished(reader: Reader, name: str) -> None:
    reader.sees("Finished, and not sent yet.")
    reader.pick("1", 1)
    reader.saves(name)
    reader.sees("Saved: ")


def filter_mail(reader: Reader) -> Iterator[None]:
    """A filter for an address, saved as a file."""
    reader.pick("1", 1)
    reader.pick("1", 1)
    reader.line(f"{reader.word('filter-address')}@example.com")
    reader.sees("Where do their messages reach you?")
    yield
    reader.pick("1", 1)
    reader.sees("How to put it in")
    reader.pick("1", 1)
    reader.saves("filter.xml")
    reader.sees("Saved: ")


# Where each begins: a page of the guide, or "" for the first screen.
FLOWS: dict[str, tuple[str, Flow]] = {
    "incident": ("", incident),
    "officials, backup, copy": ("", copies),
    "evidence": ("", evidence),
    "letter": ("s-remove-host", complaint),
    "mail, complaint": ("", mail),
    "filter": ("s-filter-mail", filter_mail),
}
