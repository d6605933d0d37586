"""A complaint for a machine, as JSON in the manner of X-ARF 0.2.

The newer X-ARF 4 knows only spam and bulk mail among messages, so a report of
harassment would have to call itself one of these, which it is not.
"""

from __future__ import annotations

import base64
import json
from ipaddress import ip_address

from guide.letters.formats import text
from guide.model.report import Report, ReportedMessage


def write(report: Report) -> bytes:
    """The report as JSON in ASCII, each message in base64 as it was given."""
    source, kind = _source(report)
    at = report.arrived_at or report.made_at
    said = {
        "Version": "0.2",
        "Category": "abuse",
        "Report-Type": "harassment",
        "Report-ID": report.id,
        "Reported-From": report.paper.reply_from,
        "User-Agent": "report/1",  # no name of ours: the report may be passed on
        "Date": at.isoformat(timespec="seconds"),
        "Source": source,
        "Source-Type": kind,
        "Account": report.account,
        "Occurrences": len(report.messages),
        "Attachment": "message/rfc822",
        "Redacted": report.masked,
        "Description": text.body(report.paper),
        "Evidence": [_evidence(each) for each in report.messages],
    }
    return (json.dumps(said, indent=2, ensure_ascii=True) + "\n").encode("ascii")


def _source(report: Report) -> tuple[str, str]:
    """What the report is about, and which kind of name that is."""
    try:
        version = ip_address(report.source_ip).version
    except ValueError:
        return report.domain, "domain"
    return report.source_ip, f"ipv{version}"


def _evidence(message: ReportedMessage) -> dict[str, str]:
    return {
        "Message-ID": message.message_id,
        "Date": message.date_text,
        "SHA-256": message.sha256,
        "Content-Type": "message/rfc822",
        "Content": base64.b64encode(message.data).decode("ascii"),
    }
