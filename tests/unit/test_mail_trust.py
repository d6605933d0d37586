"""How far down the Received lines, and the checks among them, can be believed."""

from __future__ import annotations

import pytest

from guide.mail import explain
from guide.model.trace import MessageTrace, Verdict

WHEN = "; Tue, 03 Nov 2026 10:15:02 +0100"
INSIDE = (
    "Received: from mx.example.com ([10.0.0.5]) by box.example.com with LMTP" + WHEN
)
OUTSIDE = (
    "Received: from bank.example (real.evil.example [203.0.113.9]) by mx.example.com "
    "with ESMTP" + WHEN
)
FORGED = (
    "Received: from innocent.example (innocent.example [198.51.100.1]) by "
    "mx.example.com with ESMTP" + WHEN
)
SAYS_YES = "Authentication-Results: mx.example.com; dmarc=pass header.from=bank.example"
SAYS_NO = "Authentication-Results: mx.example.com; dmarc=fail header.from=bank.example"
FROM = "From: help@bank.example"


def read(*lines: str, hosts: tuple[str, ...] = ()) -> MessageTrace:
    """The trace of a sample with these header lines."""
    return explain("\r\n".join(lines).encode() + b"\r\n\r\n", hosts, examples=True)


@pytest.mark.parametrize(
    ("lines", "boundary"),
    [
        pytest.param([OUTSIDE], 0, id="one line"),
        pytest.param([INSIDE, OUTSIDE], 1, id="inside, then outside"),
        pytest.param([INSIDE, OUTSIDE, FORGED], 1, id="forged below"),
        pytest.param([OUTSIDE, INSIDE, FORGED], 0, id="an inside line forged below"),
        pytest.param([OUTSIDE, FORGED, FORGED, FORGED], 0, id="many forged below"),
        pytest.param([INSIDE], 0, id="never left the service"),
        pytest.param(["Received: by box.example.com" + WHEN, OUTSIDE], 1, id="no from"),
        pytest.param(
            ["Received: (qmail 7 invoked by uid 0)" + WHEN, OUTSIDE], 1, id="qmail"
        ),
        pytest.param(
            ["Received: from pop.example.com by pc with POP3" + WHEN, OUTSIDE],
            1,
            id="fetched from a mailbox",
        ),
        pytest.param(
            [
                "Received: from mx.example.com by box.example.com with ESMTP" + WHEN,
                FORGED,
            ],
            0,
            id="no address and not local: not clear, so no further",
        ),
        pytest.param(
            [
                "Received: from mx.example.com (mx.example.com [192.0.2.4]) by "
                "box.example.com" + WHEN,
                OUTSIDE,
            ],
            1,
            id="inside over public addresses",
        ),
        pytest.param(
            [
                "Received: from out.example.com (out.example.com [192.0.2.4]) by "
                "box.example.com" + WHEN,
                "Received: by elsewhere.example.com" + WHEN,
                FORGED,
            ],
            0,
            id="inside, but the next line is by another",
        ),
        pytest.param(
            [
                "Received: from mx.example.com (unknown [192.0.2.4]) by "
                "box.example.com" + WHEN,
                FORGED,
            ],
            0,
            id="HELO claims to be inside",
        ),
        pytest.param(
            [
                "Received: from c-192-0-2-4.example.com (c-192-0-2-4.example.com "
                "[192.0.2.4]) by box.example.com" + WHEN,
                "Received: from x (y.example [198.51.100.1]) by "
                "c-192-0-2-4.example.com" + WHEN,
            ],
            0,
            id="a customer's line of the same company",
        ),
        pytest.param(
            [
                "Received: from mx.example.com (mx.example.com [192.0.2.4]) by "
                "box.example.com" + WHEN,
                "Received: by mx.example.com with HTTP" + WHEN,
                FORGED,
            ],
            1,
            id="written inside the service, by a customer who adds lines",
        ),
        pytest.param(
            ["Received: from x ([203.0.113.9]) by localhost" + WHEN, FORGED],
            None,
            id="no way to tell the service",
        ),
        pytest.param([], None, id="no lines"),
    ],
)
def test_where_belief_ends(lines: list[str], boundary: int | None) -> None:
    """Top down, to the first step from outside; nothing below is believed."""
    trace = read(*lines, FROM)
    assert trace.boundary == boundary
    last = -1 if boundary is None else boundary
    assert [hop.trusted for hop in trace.hops] == [
        place <= last for place in range(len(lines))
    ]


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        pytest.param([SAYS_YES, OUTSIDE], Verdict.GENUINE, id="pass above"),
        pytest.param([INSIDE, SAYS_YES, OUTSIDE], Verdict.GENUINE, id="pass between"),
        pytest.param([SAYS_NO, OUTSIDE], Verdict.FAILED, id="fail above"),
        pytest.param([OUTSIDE, SAYS_YES], Verdict.UNKNOWN, id="right name, below"),
        pytest.param(
            [SAYS_NO, OUTSIDE, SAYS_YES], Verdict.FAILED, id="fail above, pass below"
        ),
        pytest.param(
            [SAYS_YES.replace("mx.example.com", "mx.evil.example"), OUTSIDE],
            Verdict.UNKNOWN,
            id="above, another name",
        ),
        pytest.param(
            [SAYS_YES.replace("mx.example.com; ", ""), OUTSIDE],
            Verdict.UNKNOWN,
            id="above, no name",
        ),
        pytest.param([SAYS_YES], Verdict.UNKNOWN, id="no Received line"),
        pytest.param([SAYS_YES, SAYS_NO, OUTSIDE], Verdict.UNKNOWN, id="both"),
        pytest.param(
            [SAYS_YES.replace("bank", "other"), OUTSIDE],
            Verdict.UNKNOWN,
            id="other From",
        ),
        pytest.param([SAYS_YES, OUTSIDE, FROM], Verdict.UNKNOWN, id="two From lines"),
        pytest.param(
            [SAYS_YES, OUTSIDE, 'Return-Path: <"a);dkim=pass("@evil.example>'],
            Verdict.UNKNOWN,
            id="an address that could fool the check",
        ),
        pytest.param(
            ["ARC-" + SAYS_YES.replace("mx", "i=1; mx", 1), OUTSIDE],
            Verdict.GENUINE,
            id="ARC above",
        ),
        pytest.param(
            [OUTSIDE, "ARC-" + SAYS_YES.replace("mx", "i=1; mx", 1)],
            Verdict.UNKNOWN,
            id="ARC below",
        ),
    ],
)
def test_whose_check_is_believed(lines: list[str], verdict: Verdict) -> None:
    """RFC 8601: by the reader's own service, above the step from outside."""
    assert read(*lines, FROM).verdict is verdict


@pytest.mark.parametrize(
    ("results", "verdict"),
    [
        ("dkim=pass header.d=bank.example", Verdict.GENUINE),
        ("dkim=pass header.i=@mail.bank.example", Verdict.GENUINE),
        ("dkim=pass header.d=evil.example", Verdict.UNKNOWN),
        ("dkim=pass header.s=bank.example", Verdict.UNKNOWN),
        ("dkim=fail header.d=bank.example", Verdict.FAILED),
        ("dkim=fail header.d=bank.example; spf=pass smtp.mailfrom=a", Verdict.UNKNOWN),
        ("dkim=pass header.d=bank.example; dmarc=fail", Verdict.FAILED),
        ("dkim=pass header.d=bank.example; dmarc=none", Verdict.GENUINE),
        ("spf=pass smtp.mailfrom=a@bank.example", Verdict.UNKNOWN),
        ("spf=softfail smtp.mailfrom=a@bank.example; dkim=none", Verdict.FAILED),
        ("dkim=pass header.i=header.d=bank.example@evil.example", Verdict.UNKNOWN),
        ("spf=pass (a (b); dmarc=pass) smtp.mailfrom=x", Verdict.UNKNOWN),
        ("spf=pass (x; dmarc=pass header.from=bank.example", Verdict.UNKNOWN),
        ('spf=pass smtp.mailfrom="x; dmarc=pass"@evil.example', Verdict.UNKNOWN),
        ("dmarc/1 = pass (p=none) header.from = bank.example", Verdict.GENUINE),
        ("dkim=pass header.d=bank.example; spf=pass (unclosed", Verdict.UNKNOWN),
        ("dkim=pass header.b=x=header.d=bank.example", Verdict.UNKNOWN),
        ("none", Verdict.UNKNOWN),
        (";;=;= =", Verdict.UNKNOWN),
    ],
)
def test_what_a_check_proves(results: str, verdict: Verdict) -> None:
    """RFC 7489, 6376, 7208: only what speaks for the domain in From."""
    line = f"Authentication-Results: mx.example.com; {results}"
    assert read(line, OUTSIDE, FROM).verdict is verdict


def test_the_service_is_known_by_its_check_when_its_line_has_no_name() -> None:
    """Yahoo writes only an internal address after "by"."""
    lines = (
        SAYS_YES.replace("mx.example.com", "atlas.mail.yahoo.com"),
        "Received: from 203.0.113.9 (EHLO bank.example) by 10.1.2.3 with SMTPs" + WHEN,
        FORGED.replace("mx.example.com", "10.1.2.3"),
        FROM,
    )
    trace = read(*lines)
    assert (trace.provider[0], trace.boundary) == ("yahoo.com", 0)
    assert trace.verdict is Verdict.GENUINE


def test_the_reader_can_name_more_of_the_service() -> None:
    """A filter in front of the mailbox is the reader's side too, once named."""
    lines = (
        "Received: from f.filter.example (f.filter.example [192.0.2.8]) by "
        "box.example.com" + WHEN,
        OUTSIDE.replace("mx.example.com", "f.filter.example"),
        FROM,
    )
    assert read(*lines).boundary == 0
    assert read(*lines, hosts=("filter.example",)).boundary == 1
    unnamed = "Received: from x ([203.0.113.9]) by mx1" + WHEN
    assert read(unnamed, hosts=("mx1",)).boundary == 0


def test_examples_are_internal_unless_said_otherwise() -> None:
    """RFC 5737: no sender has such an address."""
    lines = f"{OUTSIDE}\r\n{FROM}\r\n".encode()
    assert explain(lines).hops[0].private
    assert not explain(lines, examples=True).hops[0].private


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        pytest.param([FROM], "no Received lines", id="no hops"),
        pytest.param([OUTSIDE], "does not say who", id="no From"),
        pytest.param([FROM, "Date: soon"], "no time zone", id="bad date"),
        pytest.param([FROM, FROM], "several senders", id="two senders"),
        pytest.param(
            [FROM, OUTSIDE[:-6]], "no time with a zone", id="hop without zone"
        ),
        pytest.param([FROM, "no header"], "not a header", id="broken line"),
        pytest.param(
            [FROM, "Received: from x ([203.0.113.9]) by y" + WHEN],
            "cannot tell which lines",
            id="no service",
        ),
        pytest.param([FROM, OUTSIDE], "no check", id="no check"),
    ],
)
def test_what_is_missing_is_said(lines: list[str], says: str) -> None:
    """Each gap has a sentence of its own."""
    assert any(says in problem for problem in read(*lines).problems)


def test_a_claimed_origin_is_only_kept() -> None:
    """X-Originating-IP is unsigned; it is shown and decides nothing."""
    trace = read(OUTSIDE, FROM, "X-Originating-IP: [198.51.100.1]")
    assert trace.originating_ip == "198.51.100.1"
