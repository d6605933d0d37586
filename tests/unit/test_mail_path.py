"""Addresses by kind, the time between steps, and what is no message at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guide.mail import explain, read_source
from guide.mail.headers import read_headers
from guide.mail.nature import natures
from guide.mail.networks import address_kind, inside, is_private, looks_like_tor
from guide.mail.path import how_long
from guide.mail.received import parse_received
from guide.mail.signed import tags
from guide.model.problems import UnreadableFileError
from guide.model.trace import AddressKind, Nature


@pytest.mark.parametrize(
    ("ip", "kind", "private"),
    [
        ("8.8.8.8", AddressKind.PUBLIC, False),
        ("2606:4700::1", AddressKind.PUBLIC, False),
        ("10.1.2.3", AddressKind.HOME, True),
        ("172.31.0.1", AddressKind.HOME, True),
        ("192.168.0.1", AddressKind.HOME, True),
        ("100.64.0.1", AddressKind.SHARED, True),
        ("100.127.255.255", AddressKind.SHARED, True),
        ("100.128.0.1", AddressKind.PUBLIC, False),
        ("127.0.0.1", AddressKind.LOOPBACK, True),
        ("::1", AddressKind.LOOPBACK, True),
        ("169.254.9.9", AddressKind.LINK_LOCAL, True),
        ("fe80::1", AddressKind.LINK_LOCAL, True),
        ("fd12::1", AddressKind.UNIQUE_LOCAL, True),
        ("192.0.2.7", AddressKind.EXAMPLE, True),
        ("224.0.0.1", AddressKind.RESERVED, True),
        ("255.255.255.255", AddressKind.RESERVED, True),
        ("2002:0808:0808::1", AddressKind.SIX_TO_FOUR, False),
        ("2002:0a00:0001::1", AddressKind.SIX_TO_FOUR, True),
        ("64:ff9b::808:808", AddressKind.TRANSLATED, False),
        ("64:ff9b::a00:1", AddressKind.TRANSLATED, True),
        ("2001:0:808:808::1", AddressKind.TEREDO, False),
    ],
)
def test_each_kind_of_address(ip: str, kind: AddressKind, private: bool) -> None:
    """The registries that set blocks aside; a tunnel is judged by who is in it."""
    assert address_kind(ip) is kind
    assert is_private(ip) is private


def test_who_is_inside_a_tunnel() -> None:
    """The address that a desk has to ask about."""
    assert inside("2002:cb00:7109::1") == "203.0.113.9"
    assert inside("2001:0:cb00:7101:0:f227:34ff:8ef6") == "203.0.113.9"
    assert inside("64:ff9b::203.0.113.9") == "203.0.113.9"
    assert inside("2001:db8::1") == inside("203.0.113.9") == ""


@pytest.mark.parametrize(
    ("name", "tor"),
    [
        ("tor-exit.example.org", True),
        ("tor-exit-3.example.org", True),
        ("7.torexit2.example.org", True),
        ("exit-node.example.org", True),
        ("tor4.example.org", True),
        ("something.exit", True),
        ("mail.example.onion", True),
        ("doctor.example.org", False),
        ("torino.example.it", False),
        ("actor-exits.example.org", False),
        ("exit.example.org", False),
    ],
)
def test_names_that_say_they_hide_people(name: str, tor: bool) -> None:
    """A hint from the name alone; a town or a doctor is none."""
    assert looks_like_tor(name) is tor


HOP = "Received: from a.example (a.example [203.0.113.{n}]) by b.example; {at}"


@pytest.mark.parametrize(
    ("newer", "older", "says"),
    [
        ("3 Nov 2026 10:15:02 +0100", "3 Nov 2026 09:15:00 +0000", ""),
        ("3 Nov 2026 10:15:00 +0100", "3 Nov 2026 09:16:30 +0000", ""),
        ("3 Nov 2026 10:15:00 +0100", "3 Nov 2026 10:15:00 +0000", "1 hour before"),
        ("3 Nov 2026 10:15:00 +0100", "31 Oct 2026 10:15:00 +0100", "waited 3 days"),
        ("3 Nov 2026 10:15:00 +0100", "no date", ""),
    ],
)
def test_the_time_between_two_steps(newer: str, older: str, says: str) -> None:
    """Clocks differ a little; more than that is named, and so is a long wait."""
    lines = [HOP.format(n=1, at=newer), HOP.format(n=2, at=older), "From: a@b.example"]
    hop = explain("\n".join(lines).encode(), examples=True).hops[0]
    said = [hint for hint in hop.hints if "before" in hint]
    assert len(said) == bool(says)
    assert says in "".join(said)
    assert (hop.delay is None) == (older == "no date")


def test_how_long_in_words() -> None:
    """By the largest unit, and never "1 minutes"."""
    hours = timedelta(hours=1)
    stretches = [timedelta(), timedelta(seconds=1), hours - timedelta(1e-5), hours * 47]
    told = [how_long(each) for each in stretches]
    assert told == ["0 seconds", "1 second", "59 minutes", "1 day"]


@pytest.mark.parametrize(
    ("line", "ip", "helo"),
    [
        pytest.param(
            "from [203.0.113.5] (port=46122 helo=mail.example.org) by mx.example.com "
            "with esmtp; 3 Nov 2026 10:15:02 +0100",
            "203.0.113.5",
            "mail.example.org",
            id="Exim, no name looked up",
        ),
        pytest.param(
            "from [203.0.113.5] (ident=mail port=46122 helo=mail.example.org) by "
            "mx.example.com with esmtp; 3 Nov 2026 10:15:02 +0100",
            "203.0.113.5",
            "mail.example.org",
            id="Exim, ident and port",
        ),
        pytest.param(
            "from 203.0.113.5 (EHLO mail.example.org) by 10.217.151.71 with SMTPs; "
            "3 Nov 2026 10:15:02 +0000",
            "203.0.113.5",
            "mail.example.org",
            id="Yahoo",
        ),
    ],
)
def test_what_the_receiver_saw_in_more_dialects(line: str, ip: str, helo: str) -> None:
    """The address that was seen, apart from the name that was claimed."""
    hop = parse_received(line, examples=True)
    assert (hop.ip, hop.from_, hop.tcp_info) == (ip, helo, "")


@pytest.mark.parametrize(
    ("start", "says"),
    [
        pytest.param(b"\x78\x9f\x3e\x22\x01", "winmail.dat", id="winmail"),
        pytest.param(b"!BDN\x01\x02", ".pst", id="pst"),
        pytest.param(b"PK\x03\x04", "zip", id="zip"),
        pytest.param(b"\x1f\x8b\x08", "packed", id="gzip"),
        pytest.param(b"7z\xbc\xaf\x27\x1c", "packed", id="7z"),
        pytest.param(b"Rar!\x1a\x07\x01", "packed", id="rar"),
        pytest.param(b"{\\rtf1", "document", id="rtf"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".msg", id="msg"),
        pytest.param(
            b"From: <Saved by Blink>\nSnapshot-Content-Location: x\n", ".mht", id="mht"
        ),
        pytest.param(b"\x89PNG\r\n\x1a\n", "screenshot", id="screenshot"),
    ],
)
def test_what_is_brought_instead_gets_its_own_sentence(start: bytes, says: str) -> None:
    """Each is named, and the way to the real message follows."""
    with pytest.raises(UnreadableFileError) as refused:
        read_source(start + b"\0" * 50)
    assert says in refused.value.what
    assert ".eml" in refused.value.next_step


BODY = "\n\nThis is a sample. No person wrote it.\n"


@pytest.mark.parametrize(
    ("lines", "nature"),
    [
        ("List-Id: <club.lists.example>", Nature.LIST),
        ("List-Post: <mailto:club@lists.example>", Nature.LIST),
        ("Auto-Submitted: auto-generated", Nature.AUTOMATIC),
        ("X-Auto-Response-Suppress: All", Nature.AUTOMATIC),
        ("Return-Path: <>", Nature.AUTOMATIC),
        ("Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.com", Nature.BOUNCE),
        (
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
            Nature.BOUNCE,
        ),
        ("Resent-From: a@b.example", Nature.RESENT),
        ("X-Forwarded-To: a@b.example", Nature.RESENT),
        (f"Subject: x{BODY}-------- Forwarded Message --------\n", Nature.FORWARDED),
        (f"Subject: x{BODY}Begin forwarded message:\n", Nature.FORWARDED),
        (f"Subject: x{BODY}-----Original Message-----\n", Nature.FORWARDED),
        (
            f"Subject: x{BODY}-------- Weitergeleitete Nachricht --------\n",
            Nature.FORWARDED,
        ),
    ],
)
def test_what_kind_of_message_it_is(lines: str, nature: Nature) -> None:
    """By its own headers and the marks that mail programs write."""
    data = (lines + "\n").encode()
    assert natures(read_headers(data)[0], data) == (nature,)


@pytest.mark.parametrize(
    "lines",
    [
        "Auto-Submitted: no",
        "Return-Path: <a@b.example>",
        "X-Forwarded-For: 203.0.113.7",
        f"Subject: x{BODY}I said: forwarded message\n",
    ],
)
def test_an_ordinary_message_is_no_special_kind(lines: str) -> None:
    """What only looks a little like one is none."""
    data = (lines + "\n").encode()
    assert natures(read_headers(data)[0], data) == ()


def test_a_tag_that_is_there_twice_is_no_signature() -> None:
    """RFC 6376 section 3.2: two readers of it could see two domains."""
    assert tags("d=a.example; s=k; d=b.example") == {}
    assert tags("d=a.ex\r\n ample; s = k ;;") == {"d": "a.example", "s": "k"}
