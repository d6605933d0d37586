"""A complaint for a machine: what RFC 5965 and the description of X-ARF ask for."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from guide.letters.formats import arf, eml, xarf
from guide.model.paper import Paper, Paragraph
from guide.model.problems import NotWrittenError
from guide.model.report import Report, ReportedMessage

AT = datetime(2026, 11, 3, 9, 15, 2, tzinfo=UTC)
MESSAGE = (
    b"Received: from x.example ([192.0.2.1])\r\n\tby y.example; Mon, 2 Nov 2026\r\n"
    b"From: x@example.com\r\nSubject:   two  spaces\r\n\r\nbody \r\n.\r\nFrom here\r\n"
)
# RFC 5965 section 3.1 and 3.2: exactly once, at most once, any number.
ONCE = {"feedback-type", "user-agent", "version"}
AT_MOST_ONCE = {
    *("original-envelope-id", "original-mail-from", "arrival-date", "reporting-mta"),
    *("source-ip", "incidents"),
}
ANY = {"authentication-results", "original-rcpt-to", "reported-domain", "reported-uri"}


def report(
    data: bytes = MESSAGE, *, count: int = 1, source: str = "203.0.113.9"
) -> Report:
    """A complaint with *count* messages."""
    one = ReportedMessage(
        name="a.eml",
        data=data,
        message_id="<abc@sender.example>",
        date_text="Tue, 3 Nov 2026 10:15:02 +0100",
        sha256="0" * 64,
    )
    return Report(
        id="77",
        made_at=AT,
        paper=Paper(
            title="t",
            subject="Abuse report",
            paragraphs=(Paragraph(text="What happened: Zoë"),),
            mail_to="abuse@sender.example",
            reply_from="safe@example.com",
        ),
        messages=(one,) * count,
        account="somebody@sender.example",
        domain="sender.example",
        source_ip=source,
        arrived_at=AT,
        mail_from="bounce@sender.example",
        results=("mx.example.com; dmarc=pass",),
    )


def read(data: bytes) -> EmailMessage:
    """By Python's parser at its strictest: every defect is an error."""
    mail = message_from_bytes(data, policy=policy.default.clone(raise_on_defect=True))
    assert isinstance(mail, EmailMessage)
    return mail


def parts(mail: EmailMessage) -> list[EmailMessage]:
    """The parts, those that a message part holds left in it."""
    return [part for part in mail.iter_parts() if isinstance(part, EmailMessage)]


def facts(mail: EmailMessage) -> list[tuple[str, str]]:
    """The fields of the second part, in their order."""
    part = parts(mail)[1]
    assert part.get_content_type() == "message/feedback-report"
    (inner,) = part.iter_parts()
    return [(name.lower(), str(value)) for name, value in inner.items()]


def test_a_report_has_the_three_parts_of_the_format() -> None:
    """In their order, and nothing else (RFC 5965 section 2)."""
    mail = read(arf.write(report()))
    assert mail.get_content_type() == "multipart/report"
    assert mail.get_param("report-type") == "feedback-report"
    kinds = [part.get_content_type() for part in parts(mail)]
    assert kinds == ["text/plain", "message/feedback-report", "message/rfc822"]
    assert mail["X-Unsent"] == "1"
    assert (mail["To"], mail["From"]) == ("abuse@sender.example", "safe@example.com")
    assert "Zoë" in parts(mail)[0].get_content()


def test_the_facts_are_those_of_the_format() -> None:
    """No field but its own, each as often as it may be; the recipient is not named."""
    found = facts(read(arf.write(report(count=3))))
    names = [name for name, _value in found]
    assert set(names) <= ONCE | AT_MOST_ONCE | ANY
    assert all(names.count(name) == 1 for name in ONCE)
    assert all(names.count(name) <= 1 for name in AT_MOST_ONCE)
    said = dict(found)
    assert said["feedback-type"] == "abuse"
    assert said["version"] == "1"
    assert said["source-ip"] == "203.0.113.9"
    assert said["reported-domain"] == "sender.example"
    assert said["incidents"] == "3"
    assert said["arrival-date"] == "Tue, 03 Nov 2026 09:15:02 +0000"
    assert "original-rcpt-to" not in names


def test_nothing_in_a_message_can_add_a_fact() -> None:
    """Whoever wrote it chose these values."""
    hostile = report()
    lines = "x\r\nOriginal-Rcpt-To: <me@example.com>\r\n\r\nmore"
    made = arf.write(replace(hostile, domain=lines, results=(lines,), mail_from=lines))
    names = [name for name, _value in facts(read(made))]
    assert "original-rcpt-to" not in names


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(MESSAGE, id="CRLF"),
        pytest.param(MESSAGE.replace(b"\r\n", b"\n"), id="LF"),
        pytest.param(MESSAGE + "Grüße\r\n".encode(), id="8 bit"),
        pytest.param(MESSAGE.rstrip(b"\r\n"), id="no line end"),
        pytest.param(MESSAGE + b"--part-00\r\n", id="like a border"),
    ],
)
def test_the_message_in_a_report_is_the_same_bytes(data: bytes) -> None:
    """A DKIM signature in it would hold still."""
    made = arf.write(report(data))
    assert data in made
    before, after = made.split(data)
    assert before.endswith((b"\r\n\r\n", b"\n\n"))
    assert after.lstrip(b"\r\n").startswith(b"--part-")
    read(made)


@pytest.mark.parametrize("data", [b"", b"a: b\n\n" + b"x" * 2000, b"a: b\n\n\0"])
def test_what_cannot_travel_unaltered_is_refused(data: bytes) -> None:
    """Such a report may only hold a message as it is."""
    with pytest.raises(NotWrittenError):
        arf.write(report(data))


def test_several_messages_go_along_with_a_draft_each_the_same_bytes() -> None:
    """In their order; one of another kind of line end goes as a file."""
    other = MESSAGE.replace(b"two", b"three").replace(b"\r\n", b"\n")
    third = MESSAGE.replace(b"two", b"four")
    paper = report().paper
    made = eml.write(
        replace(paper, original=MESSAGE, original_name="1.eml"),
        (
            eml.Attached(name="2.eml", data=other),
            eml.Attached(name="3.eml", data=third),
        ),
    )
    assert MESSAGE in made
    assert third in made
    _text, one, two, three = parts(read(made))
    assert [x.get_filename() for x in (one, two, three)] == ["1.eml", "2.eml", "3.eml"]
    assert two.get_content() == other


# The keys of X-ARF 0.2 that a report must and may have, and what we add to them.
SCHEMA = {
    "Version": r"0\.2",
    "Category": r"abuse|fraud|auth|info|private",
    "Report-Type": r"[a-z-]+",
    "Report-ID": r".+",
    "Reported-From": r"[^@\s]+@[^@\s]+",
    "User-Agent": r"\S+/\S+",
    "Date": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)",
    "Source": r".+",
    "Source-Type": r"ipv4|ipv6|domain",
    "Attachment": r"[a-z]+/[a-z0-9]+",
    "Account": r".*",
    "Description": r"[\s\S]+",
}
MORE = {"Occurrences": int, "Redacted": bool, "Evidence": list}


@pytest.mark.parametrize(
    ("source", "kind"),
    [("203.0.113.9", "ipv4"), ("2001:db8::1", "ipv6"), ("", "domain")],
)
def test_the_json_is_as_it_is_described(source: str, kind: str) -> None:
    """Every key is known and of its form; the message is in it, byte for byte."""
    made = xarf.write(report(count=2, source=source))
    said = json.loads(made)
    assert set(said) == {*SCHEMA, *MORE}
    for key, form in SCHEMA.items():
        assert re.fullmatch(form, said[key]), key
    for key, type_ in MORE.items():
        assert isinstance(said[key], type_), key
    assert said["Source-Type"] == kind
    assert said["Occurrences"] == len(said["Evidence"]) == 2
    assert base64.b64decode(said["Evidence"][0]["Content"]) == MESSAGE
    assert said["Evidence"][0]["SHA-256"] == "0" * 64
    assert made.isascii()
