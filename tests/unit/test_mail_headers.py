"""The header reader: limits, odd bytes, encoded words."""

from __future__ import annotations

import time

import pytest

from guide.mail import HEADER_LIMIT, explain
from guide.mail.dates import written_date
from guide.mail.headers import MAX_HEADERS, MAX_VALUE, decode_words, read_headers

TOP = b"From: a@evil.example\r\n"
HOP = b"Received: from a.example (a.example [192.0.2.1]) by b.example; no date\r\n"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("=?UTF-8?B?w6Q=?=", "ä", id="base64"),
        pytest.param("=?iso-8859-1?q?=E4_x?=", "ä x", id="latin-1"),
        pytest.param("=?utf-8?q?=C3?= =?utf-8?q?=A4?=", "ä", id="split letter"),
        pytest.param("a =?utf-8?q?b?= c", "a b c", id="between words"),
        pytest.param("=?unicode_escape?q?=5Cu202e?=", "\\u202e", id="no charset"),
        pytest.param("=?utf-8?b?!?=", "=?utf-8?b?!?=", id="broken base64"),
        pytest.param("=?nothing", "=?nothing", id="broken word"),
    ],
)
def test_encoded_words_are_decoded_or_left(written: str, shown: str) -> None:
    """RFC 2047, and no charset beyond those of mail."""
    assert decode_words(written) == shown


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        pytest.param(b"\xc3\xa4", "ä", id="raw UTF-8"),
        pytest.param(b"\xe4", "ä", id="raw Latin-1"),
        pytest.param(b"one\r\n two\n\tthree", "one two three", id="folded"),
        pytest.param(b"a\0b", "a\0b", id="NUL is kept"),
    ],
)
def test_odd_bytes_in_a_subject(raw: bytes, subject: str) -> None:
    """Undeclared 8-bit text is read, and nothing is dropped."""
    assert explain(TOP + b"Subject: " + raw + b"\r\n").subject == subject


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TOP + b"a: b\r\n" * 100_000, id="100,000 headers"),
        pytest.param(TOP + b"Subject: " + b"x" * 300_000, id="300 KB subject"),
        pytest.param(
            TOP + b"Subject: " + b"=?utf-8?q?x?= " * 20_000, id="encoded words"
        ),
        pytest.param(TOP + b"Subject: x" + b"\r\n y" * 60_000, id="folds"),
        pytest.param(TOP + HOP * 3000, id="3,000 hops"),
        pytest.param(TOP + b"Received: from " + b"(" * 250_000, id="open comments"),
        pytest.param((b"From: " + b"a@b.example," * 600 + b"\r\n") * 30, id="senders"),
        pytest.param(b"From: " + b'"a" ' * 60_000, id="quotes"),
    ],
)
def test_no_message_uses_up_the_computer(data: bytes) -> None:
    """Within a second on a slow computer, and the reader is told what was cut."""
    start = time.process_time()
    trace = explain(data)
    assert time.process_time() - start < 1
    assert trace.problems


def test_only_the_start_of_a_huge_message_is_read() -> None:
    """A body, however long, is never looked at."""
    trace = explain(TOP + b"Subject: x\r\n\r\n" + b"Received: y\r\n" * 400_000)
    assert (trace.subject, trace.hops) == ("x", ())
    beyond = TOP + b"X: " + b"x" * HEADER_LIMIT + b"\r\nSubject: late\r\n"
    assert explain(beyond).subject == ""


def test_limits_are_kept() -> None:
    """So many lines of so much text."""
    headers, problems = read_headers(b"a: " + b"x" * 9999 + b"\n" + b"b: c\n" * 2000)
    assert len(headers) == MAX_HEADERS
    assert len(headers[0].value) == MAX_VALUE
    assert problems


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        pytest.param(
            "Tue, 3 Nov 2026 10:15:02 +0100 (CET)",
            "2026-11-03T10:15:02+01:00",
            id="zone",
        ),
        pytest.param("3 Nov 2026 10:15:02 GMT", "2026-11-03T10:15:02+00:00", id="GMT"),
        pytest.param(
            "3 Nov 2026 10:15:02 -0000", "2026-11-03T10:15:02+00:00", id="-0000 is UTC"
        ),
        pytest.param("3 Nov 2026 10:15:02 EST", "2026-11-03T10:15:02-05:00", id="EST"),
        pytest.param("3 Nov 2026 10:15:02", "", id="no zone"),
        pytest.param("3 Nov 2026 10:15:02 XYZ", "", id="unknown zone"),
        pytest.param("3 Nov 2026 10:15:02 +9900", "", id="impossible zone"),
        pytest.param("3 Nov 2026 10:15:02 +1500", "", id="zone of nowhere"),
        pytest.param("3 Nov 0000 10:15:02 +0000", "", id="year 0"),
        pytest.param("1 Jan 0001 00:00:00 +0100", "", id="before year 1"),
        pytest.param("31 Feb 2026 10:00:00 +0000", "", id="no such day"),
        pytest.param("9" * 5000, "", id="digits"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_date_is_a_moment_or_nothing(text: str, iso: str) -> None:
    """The zone is the written one; none is ever guessed."""
    date = written_date(text)
    assert (date.isoformat() if date else "") == iso
