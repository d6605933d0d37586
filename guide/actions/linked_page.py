"""A page that the reader names by its link: who serves it, without opening it."""

from __future__ import annotations

import re
from dataclasses import replace

from guide.actions.desk import Desk
from guide.actions.reporting import abuse_desks
from guide.mail.linked import hosts_of_links
from guide.model.problems import InvalidAnswerError
from guide.model.trace import AbuseDesk, Complaint, DeskKind
from guide.words import _

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_LONGEST = 2_000


def is_link(typed: str) -> bool:
    """Whether *typed* is the link of a page, and no file."""
    return bool(_LINK.fullmatch(typed.strip()))


def host_of_page(desk: Desk, typed: str) -> Complaint:
    """The company that serves the page, as far as its name tells. Nothing is opened.

    Raises InvalidAnswerError where the link names no site.
    """
    link = typed.strip()[:_LONGEST]
    known = abuse_desks(desk)
    found = next(
        hosts_of_links(f"X: y\n\n{link}\n".encode("utf-8", "replace"), known), None
    )
    if found is None:
        raise InvalidAnswerError(
            _("This link names no site that the guide can read. Nothing was opened."),
            _("Copy the whole link from the top of the page."),
        )
    why = _("You named a page at {host}. Its name leads to this desk.")
    return replace(found, why=why.format(host=found.about), links=(link,))


def staff_of_page(found: Complaint) -> Complaint:
    """The people who run the forum, chat or game of the same page."""
    return replace(
        found,
        desk=AbuseDesk(name=found.about, confidence="low"),
        kind=DeskKind.LIST,
    )
