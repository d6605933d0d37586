"""The samples from end to end, in the words a reader or a desk would see."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.mail import (
    explain,
    find_complaints,
    hop_line,
    parse_desks,
    read_source,
    story,
)
from guide.mail.lexer import tokens
from guide.model.problems import GuideError
from guide.model.trace import Hop, Verdict

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests/mail_samples"
DESKS = parse_desks(
    tomllib.loads((ROOT / "content/data/abuse_desks.toml").read_text("utf-8"))
)


@pytest.mark.parametrize(
    ("name", "verdict", "ip", "first"),
    [
        ("genuine_from_gmail", Verdict.GENUINE, "192.0.2.41", "Gmail"),
        ("forged_bank", Verdict.FAILED, "198.51.100.23", "hosting.example"),
        ("own_domain_at_gmail", Verdict.GENUINE, "203.0.113.40", "mailhost.example"),
        ("own_address_at_microsoft", Verdict.FAILED, "203.0.113.66", "203.0.113.66"),
    ],
)
def test_a_sample_is_explained(
    name: str, verdict: Verdict, ip: str, first: str
) -> None:
    """The verdict, the step from outside and the first desk."""
    trace = explain((SAMPLES / f"{name}.eml").read_bytes(), examples=True)
    assert len(trace.hops) >= 4
    elsewhere = "Returned mail would go to another domain"
    assert [x for x in trace.problems if not x.startswith(elsewhere)] == []
    assert trace.verdict is verdict
    assert trace.boundary is not None
    assert trace.hops[trace.boundary].ip == ip
    assert find_complaints(trace, DESKS)[0].desk.name == first
    assert 3 <= len(story(trace)) <= 7


def test_the_story_of_a_forged_message() -> None:
    """Short sentences, each of them a fact."""
    trace = explain((SAMPLES / "forged_bank.eml").read_bytes(), examples=True)
    assert story(trace) == (
        "This message says it comes from help@bank.example.",
        "example.com checked that address, and it failed.",
        "Somebody else may have used that address.",
        "example.com took it from the internet address 198.51.100.23.",
        "An answer would go to another address: case.example@outlook.com.",
        "It names 203.0.113.200 as the writer's address. Nothing confirms that.",
        "An internet address shows a network, not who wrote this.",
    )


def test_the_story_of_almost_nothing() -> None:
    """Even a bare line gives a reader whole sentences."""
    assert story(explain(b"Subject: x\n")) == (
        "This message does not say who it is from.",
        "There are no lines that show which way it came.",
        "An internet address shows a network, not who wrote this.",
    )


def test_a_hop_in_a_letter() -> None:
    """The time in both zones, the confirmed name, and the name it gave itself."""
    trace = explain((SAMPLES / "forged_bank.eml").read_bytes(), examples=True)
    assert hop_line(trace.hops[1]) == (
        "2026-11-04T08:00:03+01:00 (2026-11-04 07:00:03 UTC), "
        "from vm23.hosting.example [198.51.100.23], called itself mail.bank.example, "
        "received by mx2.example.com, id 4Xforged1"
    )
    assert hop_line(Hop()) == "no time with a zone"


def test_the_room_is_light_and_offline() -> None:
    """Importing it reads no list of domains and loads no database or interface."""
    code = (
        "import sys, guide.mail\n"
        "heavy = {'publicsuffixlist', 'textual', 'yaml', 'jinja2', 'apsw'}\n"
        "sys.exit(bool(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 0


NAMES = st.sampled_from(
    ["Received", "From", "To", "Date", "Authentication-Results", "Subject", "Reply-To"]
)
PIECES = st.one_of(
    st.sampled_from(["from", "by", "with", "id", "for", "with Microsoft", "(Exim"]),
    st.sampled_from([*';()"[]<>@,:=\\\r\n\0', "\r\n ", "\u202e", "é", "=?utf-8?q?x?="]),
    st.sampled_from(["[192.0.2.1]", "(b.example [2001:db8::1])", "helo=", "xn--a"]),
    st.sampled_from(
        ["dmarc=pass", "header.from=a.example", "3 Nov 2026 10:15", "+0100"]
    ),
    st.sampled_from(["a.example", "mx.example.com", "a@b.example"]),
)
LINES = st.tuples(NAMES, st.lists(PIECES, max_size=25).map(" ".join)).map(": ".join)


def everything(data: bytes) -> None:
    """All that the room can do with *data*; only a GuideError may come out."""
    try:
        trace = explain(data, examples=True)
    except GuideError:
        return
    find_complaints(trace, DESKS)
    for sentence in (*story(trace), *map(hop_line, trace.hops), trace.subject):
        sentence.encode("utf-8")


@settings(max_examples=150, deadline=1000)
@given(st.lists(LINES, max_size=12))
def test_random_headers_never_break_it(lines: list[str]) -> None:
    """Whatever a sender writes, there is an answer and it can be shown."""
    everything("\r\n".join(lines).encode())


@settings(max_examples=150, deadline=1000)
@given(st.binary(max_size=2000), st.sampled_from([b"", b"From: ", b"Received: "]))
def test_random_bytes_never_break_it(data: bytes, start: bytes) -> None:
    """Junk is explained or refused in words."""
    everything(start + data)
    try:
        read_source(data)
    except GuideError as error:
        assert error.what
        assert error.next_step


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_cutting_up_loses_nothing(text: str) -> None:
    """Every character is in a token or is white space between two."""
    kept = "".join(token.raw for token in tokens(text, "<>,:;"))
    assert "".join(kept.split()) == "".join(text.split())
