"""A masked copy holds none of the reader's addresses, in no form and in no part."""

from __future__ import annotations

import base64
import hashlib
import quopri
import re
import time
from email import message_from_bytes, policy
from email.header import decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.mail import explain
from guide.mail.hiding import HIDDEN, Mask
from guide.mail.masking import masked
from guide.mail.own import own_addresses
from guide.model.problems import NotWrittenError

OWN = "reader.example@example.com"
KEY = b"k" * 32
WHEN = "; Tue, 03 Nov 2026 10:15:02 +0100"
HEAD = (
    f"Delivered-To: {OWN}",
    "Authentication-Results: mx.example.com; dmarc=pass header.from=sender.example",
    "Received: from x (unknown [203.0.113.9]) by mx.example.com id QX77"
    f" for <{OWN}>{WHEN}",
    "Received: from pc ([198.51.100.4]) by out.sender.example id KEEP55; "
    "Tue, 03 Nov 2026 10:15:00 +0100",
    "Return-Path: <bounce+reader.example=example.com@sender.example>",
    "From: Somebody <somebody@sender.example>",
    f"To: Reader Example <{OWN}>",
    f"X-Secret-Routing: {base64.b64encode(OWN.encode()).decode()}",
    "Message-ID: <abc@sender.example>",
)


def message(*more: str, body: bytes = b"text\n") -> bytes:
    """A message to the reader with *more* lines in its head."""
    return "\r\n".join((*HEAD, *more)).encode() + b"\r\n\r\n" + body


def copy_of(data: bytes) -> bytes:
    trace = explain(data, examples=True)
    own = own_addresses(data, trace)
    assert OWN in own
    return masked(data, own, KEY, trace.boundary)


def everything_in(data: bytes) -> str:
    """All that a reader or a machine could take from *data*, by another parser."""
    mail = message_from_bytes(data, policy=policy.default)
    said = [data.decode("latin-1"), quopri.decodestring(data).decode("latin-1")]
    said += [f"{name}: {value}" for name, value in mail.items()]
    for part in mail.walk():
        if not part.is_multipart():
            said.append(part.get_content())
    for run in re.findall(rb"[A-Za-z0-9+/]{12,}=*", data):
        if len(run) % 4 == 0:
            said.append(base64.b64decode(run).decode("latin-1"))
    return "\n".join(said).casefold()


def plain(head: str, body: bytes) -> bytes:
    return message(*head.split("\n"), body=body)


TEXT = f"Hello {OWN}, I know you.\n"
PARTS = [
    pytest.param(plain("X: y", TEXT.encode()), id="plain"),
    pytest.param(plain("X: y", TEXT.upper().encode()), id="capitals"),
    pytest.param(
        plain(
            "Content-Transfer-Encoding: base64",
            base64.encodebytes(TEXT.encode()),
        ),
        id="base64",
    ),
    pytest.param(
        plain(
            "Content-Transfer-Encoding: quoted-printable",
            b"Hello reader.exam=\r\nple=40exa=6Dple.com",
        ),
        id="quoted-printable",
    ),
    pytest.param(
        plain(
            "Content-Type: text/html",
            b"<p>reader.<b></b>example&#64;example&period;com</p>",
        ),
        id="tags and entities",
    ),
    pytest.param(
        plain(
            "Content-Type: text/html",
            b'<a href="https://x.example/?u=reader.example%40example.com">x</a>'
            b'<img alt="reader.example@example.com" src="y">',
        ),
        id="a link",
    ),
    pytest.param(
        plain("X: y", "reader\u200b.example\u00ad@exam\u2060ple.com".encode()),
        id="invisible characters",
    ),
    pytest.param(
        plain("X: y", "\uff52eader.example\uff20example.com".encode()),
        id="wide letters",
    ),
    pytest.param(
        plain("Content-Type: text/plain; charset=utf-16le", TEXT.encode("utf-16le")),
        id="UTF-16",
    ),
    pytest.param(
        plain("Content-Type: text/plain; charset=utf-8", TEXT.encode("utf-16le")),
        id="UTF-16, not said",
    ),
    pytest.param(
        plain(
            "Content-Type: text/plain; charset=utf-7", b"reader.example+AEA-example.com"
        ),
        id="UTF-7",
    ),
    pytest.param(
        plain(
            "X: y",
            b"see http://x.example/" + base64.urlsafe_b64encode(b"u=" + OWN.encode()),
        ),
        id="packed into a path",
    ),
    pytest.param(plain("X: y", OWN.encode().hex().encode()), id="hexadecimal"),
    pytest.param(
        plain(
            "X: y",
            hashlib.md5(OWN.encode(), usedforsecurity=False).hexdigest().encode(),
        ),
        id="a fingerprint",
    ),
    pytest.param(plain("X: y", b"reader.example+shop@example.com"), id="a tag"),
    pytest.param(
        plain(
            "Subject: =?utf-8?B?" + base64.b64encode(TEXT.encode()).decode() + "?=",
            b"x",
        ),
        id="a subject in base64",
    ),
    pytest.param(
        plain("Subject: =?utf-8?Q?reader.example=40exa?=\n =?utf-8?Q?mple.com?=", b"x"),
        id="a subject in two words",
    ),
    pytest.param(
        plain(
            "Reply-To: =?utf-8?Q?reader.example=40example.com?= <a@sender.example>",
            b"x",
        ),
        id="a display name",
    ),
    pytest.param(
        plain(
            'Content-Type: multipart/mixed; boundary="b"',
            b"preamble reader.example@example.com\r\n--b\r\n"
            b"Content-Type: application/pdf; name=reader.example@example.com\r\n\r\n"
            b"%PDF reader.example@example.com\r\n--b\r\n"
            b"Content-Type: message/rfc822\r\n\r\n"
            b"To: reader.example@example.com\r\n\r\nx\r\n"
            b"--b--\r\nepilogue reader.example@example.com\r\n",
        ),
        id="every corner of a multipart",
    ),
]


@pytest.mark.parametrize("data", PARTS)
def test_no_own_address_is_left_anywhere(data: bytes) -> None:
    """Read by another parser, decoded in each way that the bytes allow."""
    made = copy_of(data)
    said = everything_in(made)
    for form in (OWN, "reader.example=example.com", "reader.example%40example.com"):
        assert form not in said
    assert "reader.example" not in said.replace("redacted", "")
    assert hashlib.md5(OWN.encode(), usedforsecurity=False).hexdigest() not in said


def test_what_shows_the_way_and_the_sender_stays() -> None:
    """A complaint without it would be of no use."""
    made = copy_of(message("Subject: Hello", body=b"I know you.\n"))
    said = everything_in(made)
    for kept in ("somebody@sender.example", "198.51.100.4", "203.0.113.9", "keep55"):
        assert kept in said
    assert "i know you." in said
    assert "<abc@sender.example>" in said
    assert b"QX77" not in made  # the number that only the reader's service gave
    assert b"X-Secret-Routing" not in made


def test_one_address_is_one_token_and_the_key_is_needed_to_guess_it() -> None:
    """RFC 6590: equal stays equal, and another key gives another token."""
    one, other = Mask((OWN,), KEY), Mask((OWN,), b"x" * 32)
    first = one.hide(f"a {OWN} b {OWN.upper()} c reader.example%40example.com")
    tokens = set(re.findall(r"redacted-[0-9a-f]{16}@redacted\.invalid", first))
    assert len(tokens) == 1
    assert tokens.isdisjoint(other.hide(OWN).split())


def test_what_follows_the_question_mark_of_a_link_is_hidden() -> None:
    """That part often says who opened it."""
    shown = Mask((OWN,), KEY).hide("see https://x.example/p?id=77&t=abc.")
    assert shown.startswith(f"see https://x.example/p?{HIDDEN}")
    assert "77" not in shown


def test_a_left_out_part_is_named_with_its_fingerprint() -> None:
    """So that a desk can ask for it, and nobody can change it meanwhile."""
    body = b"--b\r\nContent-Type: image/png\r\n\r\nPIXELS\r\n--b--\r\n"
    made = copy_of(plain('Content-Type: multipart/mixed; boundary="b"', body))
    text = message_from_bytes(made, policy=policy.default).get_content()
    assert "PIXELS" not in text
    assert hashlib.sha256(b"PIXELS").hexdigest() in text


@pytest.mark.parametrize(
    ("sender", "to", "verdict", "own"),
    [
        pytest.param(
            "a@sender.example", "b@x.example", "pass", ["b@x.example"], id="b"
        ),
        pytest.param(
            "b@x.example", "b@x.example", "pass", ["b@x.example"], id="to oneself"
        ),
        pytest.param(
            "a@sender.example",
            "b@x.example, a@sender.example",
            "pass",
            ["b@x.example"],
            id="the sender copied in",
        ),
        pytest.param(
            "c@x.example",
            "b@x.example, c@x.example",
            "fail",
            ["b@x.example", "c@x.example"],
            id="a forged sender may be the reader",
        ),
    ],
)
def test_whose_address_is_the_readers(
    sender: str, to: str, verdict: str, own: list[str]
) -> None:
    """Everybody it went to; a sender only where it is certain that it is not theirs."""
    domain = sender.partition("@")[2]
    data = (
        f"Authentication-Results: mx.x.example; dmarc={verdict} header.from={domain}\n"
        f"Received: from x (unknown [203.0.113.9]) by mx.x.example{WHEN}\n"
        f"From: {sender}\nTo: {to}\n\nx\n"
    ).encode()
    assert list(own_addresses(data, explain(data, examples=True))) == own


@given(
    st.binary(max_size=400), st.sampled_from(["", "base64", "quoted-printable", "x"])
)
def test_any_text_is_masked_or_refused(noise: bytes, encoding: str) -> None:
    """Never another error, and never an address."""
    head = f"Content-Transfer-Encoding: {encoding}"
    data = message(head, body=noise + OWN.encode() + noise)
    try:
        made = copy_of(data)
    except NotWrittenError:
        return
    assert OWN not in made.decode("ascii").casefold()
    assert OWN not in quopri.decodestring(made).decode("utf-8", "replace").casefold()


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_head_is_masked_or_refused(subject: str, name: str) -> None:
    """Whatever stands in the lines that are kept."""
    lines = (f"Subject: {subject}{OWN}{name}", f"Sender: {name} <{OWN}>")
    data = message(body=b"x\n").replace(
        b"Message-ID:", "\r\n".join((*lines, "Message-ID:")).encode("utf-8", "replace")
    )
    try:
        made = copy_of(data)
    except NotWrittenError:
        return
    heads = message_from_bytes(made, policy=policy.compat32).items()
    said = [str(make_header(decode_header(value))) for _name, value in heads]
    said += [made.decode("ascii"), quopri.decodestring(made).decode("utf-8")]
    assert OWN not in "\n".join(said).casefold()


def test_a_mountain_of_text_is_masked_quickly() -> None:
    """A hostile message must not stop the guide."""
    before = time.monotonic()
    for body in (b"A" * 400_000, b"<" * 300_000, b"%41" * 150_000, b"=41" * 150_000):
        copy_of(message("Content-Type: text/html", body=body))
    assert time.monotonic() - before < 12
