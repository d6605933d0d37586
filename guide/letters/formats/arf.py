"""A complaint for a machine: the Abuse Reporting Format (RFC 5965, updated by 6650).

Three parts, as the format has it: the letter, the facts, one whole message. Nobody's
own address is among the facts: Original-Rcpt-To is left out on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime

from guide.letters.formats import text
from guide.letters.formats.eml import Attached, draft_head, spliced, travels_as
from guide.model.characters import one_line
from guide.model.problems import NotWrittenError
from guide.model.report import Report
from guide.words import _

_LONGEST = 900  # octets of a line that no relay cuts
_PRINTABLE = re.compile(r"[^ -~]")


def write(report: Report) -> bytes:
    """The report as a mail draft, its message byte for byte as it was given.

    Raises NotWrittenError where the message cannot be a part of such a report.
    """
    first = report.messages[0]
    if not travels_as(first.data):
        raise NotWrittenError(
            _("This message cannot be put into that form unaltered."),
            _("Save the letter as an email draft: the message goes along as a file."),
        )
    mail = draft_head(report.paper)
    mail.set_content(text.body(report.paper), charset="utf-8")
    attached = Attached(name=first.name, data=first.data)
    return spliced(mail, (attached,), _facts(report))


def _facts(report: Report) -> EmailMessage:
    part = EmailMessage()
    part["Content-Type"] = "message/feedback-report"
    part["Content-Transfer-Encoding"] = "7bit"
    lines = (f"{name}: {_plain(value)}" for name, value in _fields(report) if value)
    part.set_payload("\n".join(lines) + "\n")
    return part


def _fields(report: Report) -> Iterator[tuple[str, str]]:
    yield "Feedback-Type", "abuse"
    yield "User-Agent", "report/1"  # the field must be there; it says no name of ours
    yield "Version", "1"
    yield "Original-Mail-From", f"<{report.mail_from}>" if report.mail_from else ""
    at = report.arrived_at
    yield "Arrival-Date", format_datetime(at) if at else ""
    yield "Source-IP", report.source_ip
    yield "Reported-Domain", report.domain
    count = len(report.messages)
    yield "Incidents", str(count) if count > 1 else ""
    for result in report.results:
        yield "Authentication-Results", result


def _plain(value: str) -> str:
    """*value* as one line of ASCII: nothing in it can begin a new field."""
    return _PRINTABLE.sub("?", one_line(value))[:_LONGEST]
