"""One Received line in the dialects of many servers."""

from __future__ import annotations

import pytest

from guide.mail.networks import is_private
from guide.mail.received import parse_received

WHEN = "; Tue, 03 Nov 2026 10:15:02 +0100"


@pytest.mark.parametrize(
    ("line", "helo", "name", "ip"),
    [
        pytest.param(
            "from helo.example (real.example [203.0.113.9]) by mx.example.com",
            "helo.example",
            "real.example",
            "203.0.113.9",
            id="Postfix",
        ),
        pytest.param(
            "from helo.example (unknown [203.0.113.9]) by mx.example.com",
            "helo.example",
            "",
            "203.0.113.9",
            id="Postfix without a name",
        ),
        pytest.param(
            "from a.example (a.example. [IPv6:2001:db8::1]) by mx.example.com",
            "a.example",
            "a.example",
            "2001:db8::1",
            id="IPv6",
        ),
        pytest.param(
            "from x (real.example [203.0.113.9] (may be forged)) by mx.example.com",
            "x",
            "",
            "203.0.113.9",
            id="Sendmail does not confirm",
        ),
        pytest.param(
            "from x (ident@real.example [203.0.113.9]) by mx.example.com",
            "x",
            "real.example",
            "203.0.113.9",
            id="ident",
        ),
        pytest.param(
            "from real.example ([203.0.113.9] helo=[198.51.100.8]) by mx (Exim 4.97)",
            "[198.51.100.8]",
            "real.example",
            "203.0.113.9",
            id="Exim",
        ),
        pytest.param(
            "from [203.0.113.9]:4711 (helo=x) by mx with esmtp (Exim 4.97)",
            "x",
            "",
            "203.0.113.9",
            id="Exim without a name",
        ),
        pytest.param(
            "from unknown (HELO x [198.51.100.8]) (203.0.113.9) by mx.example.com",
            "x",
            "",
            "203.0.113.9",
            id="qmail",
        ),
        pytest.param(
            "from x (y.example [198.51.100.8]) (real.example [203.0.113.9]) by mx",
            "x",
            "real.example",
            "203.0.113.9",
            id="HELO with a comment",
        ),
        pytest.param(
            "from 203.0.113.9 (HELO [198.51.100.8]) by mx.example.com",
            "[198.51.100.8]",
            "",
            "203.0.113.9",
            id="HELO claims an address in a comment",
        ),
        pytest.param(
            "from 203.0.113.9 (EHLO x.example) by 10.1.2.3 with SMTPs",
            "x.example",
            "",
            "203.0.113.9",
            id="Yahoo",
        ),
        pytest.param(
            "from pc (203.0.113.9) by F.example (10.1.2.3) with Microsoft SMTP Server",
            "pc",
            "",
            "203.0.113.9",
            id="Microsoft",
        ),
        pytest.param(
            "from [198.51.100.8] (real.example [::ffff:203.0.113.9]) by mx.example.com",
            "[198.51.100.8]",
            "real.example",
            "203.0.113.9",
            id="HELO claims an address",
        ),
        pytest.param(
            'from x (real.example [203.0.113.9]) (TLS (Client CN "y [198.51.100.8]")) '
            "by mx.example.com",
            "x",
            "real.example",
            "203.0.113.9",
            id="certificate claims an address",
        ),
        pytest.param(
            "from by (real.example [203.0.113.9] (a (b) c)) by mx.example.com",
            "by",
            "real.example",
            "203.0.113.9",
            id="nested comments, a keyword as a name",
        ),
        pytest.param("by mx.example.com with SMTP id 1", "", "", "", id="no from"),
        pytest.param("from x ([999.1.1.1]) by mx", "x", "", "", id="no address"),
        pytest.param(
            "from x (unclosed [203.0.113.9] by mx", "x", "", "", id="unclosed"
        ),
    ],
)
def test_who_handed_it_over(line: str, helo: str, name: str, ip: str) -> None:
    """What the sender called itself and what the receiver saw are kept apart."""
    hop = parse_received(line + WHEN)
    assert (hop.from_, hop.tcp_info, hop.ip) == (helo, name, ip)


def test_the_other_fields() -> None:
    """By, with, id and the date as written."""
    hop = parse_received(
        "from a (b.example [203.0.113.9]) by mx.example.com (10.0.0.1) with Microsoft "
        "SMTP Server (x) id 15.20; for <r@example.com>" + WHEN
    )
    assert (hop.by, hop.by_ip) == ("mx.example.com", "10.0.0.1")
    assert (hop.with_, hop.id) == ("Microsoft SMTP Server", "15.20")
    assert hop.at is not None
    assert hop.at.isoformat() == "2026-11-03T10:15:02+01:00"


def test_nothing_unseen_reaches_a_letter() -> None:
    """A name may hold marks that turn the text; they become visible."""
    hop = parse_received("from a\u202eb\0 by c")
    assert hop.from_ == "a\ufffdb\ufffd"


@pytest.mark.parametrize(
    ("ip", "private"),
    [
        ("10.1.2.3", True),
        ("172.31.0.1", True),
        ("192.168.0.1", True),
        ("100.64.0.1", True),
        ("127.0.0.1", True),
        ("169.254.1.1", True),
        ("224.0.0.1", True),
        ("240.0.0.1", True),
        ("::1", True),
        ("fd00::1", True),
        ("fe80::1", True),
        ("192.0.2.1", True),
        ("2001:db8::1", True),
        ("192.88.99.1", False),
        ("2000::1", False),
    ],
)
def test_which_addresses_nobody_has(ip: str, private: bool) -> None:
    """RFC 1918, 6598, 4193, 5737, 3849; the last two count as public in a sample."""
    assert is_private(ip) is private
    example = ip.startswith(("192.0.2.", "2001:db8:"))
    assert is_private(ip, examples=True) is (private and not example)
