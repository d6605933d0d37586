"""Signatures made by another program, checked with a key from a file."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.actions.journey import Journey
from guide.mail.dkim import check_signature
from guide.model.problems import UnreadableFileError
from guide.model.trace import KeyCheck
from tests.plain.talking import a_desk

SIGNED = Path(__file__).parents[1] / "mail_corpus" / "signed"
MESSAGES = {path.stem: path.read_bytes() for path in sorted(SIGNED.glob("*.eml"))}
RSA = (SIGNED / "rsa_key.txt").read_text("ascii")
EDWARDS = (SIGNED / "ed25519_key.txt").read_text("ascii")
RELAXED = MESSAGES["rsa_relaxed_relaxed"]
SIMPLE = MESSAGES["rsa_simple_simple"]


def check(data: bytes, record: str = RSA) -> KeyCheck:
    """The first signature of *data*."""
    return check_signature(data, 0, record)


def key_of(name: str) -> str:
    """The record that goes with a sample."""
    return EDWARDS if name == "ed25519" else RSA


@pytest.mark.parametrize("name", MESSAGES)
def test_what_another_program_signed_holds(name: str) -> None:
    """Every form of RFC 6376, and RFC 8463, with the line ends of wire and disk."""
    data = MESSAGES[name]
    assert check(data, key_of(name)) is KeyCheck.HOLDS
    assert check(data.replace(b"\r\n", b"\n"), key_of(name)) is KeyCheck.HOLDS


@pytest.mark.parametrize("name", MESSAGES)
@pytest.mark.parametrize(
    ("was", "now"),
    [
        (b"From: Writer", b"From: Vriter"),
        (b"To: reader", b"To: feader"),
        (b"folded and", b"folded ant"),
        (b"10:15:00", b"10:15:01"),
        (b"d=signed.example", b"d=signee.example"),
        (b"No person", b"No parson"),
    ],
)
def test_a_changed_letter_breaks_it(name: str, was: bytes, now: bytes) -> None:
    """In a header that it covers, in the text, or in the signature itself."""
    data = MESSAGES[name]
    if was in data:
        assert check(data.replace(was, now), key_of(name)) is not KeyCheck.HOLDS


def test_what_each_form_lets_pass() -> None:
    """Relaxed forgives white space, simple does not; no header covered, no matter."""
    spaced = (b"Subject:   folded", b"Subject: folded")
    assert check(RELAXED.replace(*spaced)) is KeyCheck.HOLDS
    assert check(SIMPLE.replace(*spaced)) is KeyCheck.BROKEN
    for data in (RELAXED, SIMPLE):
        assert check(data + b"\r\n\r\n") is KeyCheck.HOLDS
        assert check(b"X-Added: above\r\n" + data) is KeyCheck.HOLDS
        assert check(data + b"more\r\n") is KeyCheck.BROKEN


def test_text_after_a_signed_length_is_not_covered() -> None:
    """It holds, which is why the length is named as a weakness."""
    data = MESSAGES["rsa_length"]
    assert check(data + b"more\r\n") is KeyCheck.HOLDS
    assert check(data[: data.index(b"sample")]) is KeyCheck.BROKEN


def test_a_second_from_breaks_what_was_signed_against_it() -> None:
    """A name that is signed more often than it stands there locks it."""
    data = MESSAGES["rsa_twice_and_absent"]
    added = data.replace(b"\r\nFrom:", b"\r\nFrom: bank@bank.example\r\nFrom:")
    assert check(added) is KeyCheck.BROKEN
    assert check(data.replace(b"\r\n\r\n", b"\r\nX-Absent: x\r\n\r\n", 1)) is (
        KeyCheck.BROKEN
    )


@pytest.mark.parametrize(
    "record",
    [
        pytest.param("", id="empty"),
        pytest.param("v=DKIM1; k=rsa; p=", id="taken back"),
        pytest.param("v=DKIM1; k=rsa; p=AAAA", id="no key"),
        pytest.param("v=DKIM1; k=rsa; p=!!!", id="no base64"),
        pytest.param(EDWARDS, id="of another kind"),
        pytest.param(EDWARDS.replace("ed25519", "rsa"), id="said to be another kind"),
        pytest.param(RSA.replace("v=DKIM1", "v=DKIM2"), id="another version"),
        pytest.param(RSA.replace("k=rsa", "k=rsa; h=sha1"), id="another hash"),
        pytest.param(RSA.replace("k=rsa", "k=rsa; s=other"), id="not for mail"),
    ],
)
def test_a_record_that_is_not_understood_says_nothing(record: str) -> None:
    """Never "holds", and never "broken", which would accuse somebody."""
    assert check(RELAXED, record) is KeyCheck.UNKNOWN


def test_another_key_does_not_fit() -> None:
    """One of the same kind that did not sign this."""
    from base64 import b64encode

    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        PublicFormat,
    )

    for size, said in ((2048, KeyCheck.BROKEN), (1024, KeyCheck.BROKEN)):
        public = rsa.generate_private_key(65537, size).public_key()
        der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        record = f"v=DKIM1; k=rsa; p={b64encode(der).decode()}"
        assert check(RELAXED, record) is said


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (b"v=1;", b"v=2;"),
        (b"a=rsa-sha256", b"a=rsa-sha1"),
        (b"c=relaxed/relaxed", b"c=relaxed/other"),
        (b"h=from : ", b"h="),
        (b"s=key1;", b""),
        (b"i=@signed.example", b"i=@other.example"),
    ],
)
def test_a_signature_that_is_not_understood_never_holds(was: bytes, now: bytes) -> None:
    """Another version, method or form, or one that leaves out From."""
    assert was in RELAXED
    assert check(RELAXED.replace(was, now, 1)) is KeyCheck.UNKNOWN


def test_a_number_that_is_not_there() -> None:
    """A message with one signature has no second one."""
    assert check_signature(RELAXED, 1, RSA) is KeyCheck.UNKNOWN
    assert check(b"From: a@b.example\n\nx\n") is KeyCheck.UNKNOWN


@settings(max_examples=200, deadline=1000)
@given(st.sampled_from(sorted(MESSAGES)), st.integers(0, 2000), st.binary(max_size=5))
def test_nothing_makes_it_raise(name: str, place: int, put: bytes) -> None:
    """Damage anywhere gives an answer; in the signed text it never holds by luck."""
    data = MESSAGES[name]
    changed = data[:place] + put + data[place + len(put) :]
    assert check(changed, key_of(name)) in KeyCheck
    assert check(data, put.decode("latin-1")) is KeyCheck.UNKNOWN


MILLION = 1024 * 1024


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(b" " * 15 * MILLION, id="spaces"),
        pytest.param(b"\r\n" * 7 * MILLION, id="empty lines"),
        pytest.param(b" \n" * 4 * MILLION, id="blank lines"),
        pytest.param(b"\t \t\r\n" * 3 * MILLION, id="tabs"),
        pytest.param(b"\r\r\n" * 5 * MILLION, id="odd line ends"),
        pytest.param(b"x" * 17 * MILLION, id="too large"),
    ],
)
def test_a_large_text_costs_little(more: bytes) -> None:
    """Megabytes of what is meant to be slow: a second, and little memory."""
    tracemalloc.start()
    try:
        began = time.thread_time()
        check(RELAXED + more)
        assert time.thread_time() - began < 1
        assert tracemalloc.get_traced_memory()[1] < 256 * MILLION
    finally:
        tracemalloc.stop()


def test_headers_beyond_the_limit_are_not_checked() -> None:
    """Nobody signs a quarter of a megabyte of headers."""
    assert check(b"a: b\r\n" * 100_000 + RELAXED) is KeyCheck.UNKNOWN


def test_the_way_through_the_screens(tmp_path: Path) -> None:
    """From a saved email to what the key says; the name of the record is shown."""
    journey = Journey(a_desk())
    journey.open("tool:mail")
    journey.typed(str(SIGNED / "rsa_relaxed_relaxed.eml"))
    journey.choose("key")
    assert "key1._domainkey.signed.example" in journey.sheet().copy_text
    with pytest.raises(UnreadableFileError):
        journey.typed(str(SIGNED / "rsa_relaxed_relaxed.eml"))
    journey.typed(str(SIGNED / "rsa_key.txt"))
    assert "The signature holds for this key." in journey.sheet().copy_text
    journey.back()
    other = tmp_path / "key.txt"
    other.write_text("v=DKIM1; p=")
    journey.typed(str(other))
    assert "cannot check this signature" in journey.sheet().copy_text
