"""Time-stamps: a real reply by a throw-away authority, and ones that were altered."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from guide.export.bag.journal import stamped
from guide.export.bag.stamp import (
    LARGEST,
    StampRefusedError,
    check_reply,
    timestamp_request,
)
from tests.unit.stamp_authority import Authority

HEAD = "41: " + " ".join(["0123 4567 89ab cdef"] * 4)
OTHER = HEAD.replace("41", "42")
pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="needs openssl to play the authority"
)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("stamps") / "one")


@pytest.fixture(scope="module")
def asked(authority: Authority) -> tuple[bytes, bytes]:
    """A request, and the reply to it."""
    request = timestamp_request(HEAD)
    return request, authority.reply(request)


def test_a_request_asks_for_the_hash_of_the_head_and_a_certificate(
    tmp_path: Path,
) -> None:
    (tmp_path / "q.tsq").write_bytes(timestamp_request(HEAD))
    command = ["openssl", "ts", "-query", "-in", "q.tsq", "-text"]
    said = subprocess.run(
        command, cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    assert "Hash Algorithm: sha256" in said
    assert "Certificate required: yes" in said
    assert "Nonce: 0x" in said
    assert hashlib.sha256(HEAD.encode()).digest() in (tmp_path / "q.tsq").read_bytes()


def test_each_request_has_a_number_of_its_own() -> None:
    assert len({timestamp_request(HEAD) for _time in range(20)}) == 20


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_a_reply_says_who_and_when(tmp_path: Path, kind: str) -> None:
    authority = Authority(tmp_path / "authority", kind)
    request = timestamp_request(HEAD)
    reply = authority.reply(request)
    found = check_reply(HEAD, request, reply)
    assert found.who == "CN=Throw-away authority"
    assert abs(found.when - datetime.now(UTC)) < timedelta(minutes=5)  # noqa: TID251  of openssl's clock
    assert found.policy == "1.2.3.4.1"
    assert not found.trusted
    assert check_reply(HEAD, request, reply, [authority.root]).trusted


def test_openssl_agrees(
    tmp_path: Path, authority: Authority, asked: tuple[bytes, bytes]
) -> None:
    """With nothing of ours: the head as it lies in the bag, the reply and the root."""
    (tmp_path / "journal-head.txt").write_bytes(stamped(HEAD))
    (tmp_path / "r.tsr").write_bytes(asked[1])
    (tmp_path / "root.pem").write_bytes(authority.root)
    command = "openssl ts -verify -data journal-head.txt -in r.tsr -CAfile root.pem"
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)


def test_a_root_as_der_is_taken_too(
    authority: Authority, asked: tuple[bytes, bytes]
) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    root = x509.load_pem_x509_certificate(authority.root).public_bytes(Encoding.DER)
    assert check_reply(HEAD, *asked, [root]).trusted


def test_another_root_or_none_at_all_is_refused(
    tmp_path: Path, asked: tuple[bytes, bytes]
) -> None:
    other = Authority(tmp_path / "other")
    with pytest.raises(StampRefusedError, match="not from the authority"):
        check_reply(HEAD, *asked, [other.root])
    for data in (b"", b"x", b"-----BEGIN CERTIFICATE-----\nx"):
        with pytest.raises(StampRefusedError, match="not a certificate"):
            check_reply(HEAD, *asked, [data])


def test_a_reply_to_something_else_is_refused(
    authority: Authority, asked: tuple[bytes, bytes]
) -> None:
    request, reply = asked
    again, other = timestamp_request(HEAD), timestamp_request(OTHER)
    with pytest.raises(StampRefusedError, match="another request"):
        check_reply(HEAD, again, reply)
    with pytest.raises(StampRefusedError, match="another request"):
        check_reply(HEAD, request, authority.reply(again))
    with pytest.raises(StampRefusedError, match="something else"):
        check_reply(OTHER, other, reply)
    with pytest.raises(StampRefusedError, match="something else"):
        check_reply(HEAD, request, authority.reply(other))


def test_one_changed_byte_anywhere_changes_nothing_or_is_refused(
    authority: Authority, asked: tuple[bytes, bytes]
) -> None:
    """What nobody signed may change, such as words beside the stamp: it says the same.

    With the root. Without it the signature is not looked at, and that is said.
    """
    request, reply = asked
    roots = (authority.root,)
    true, refused = check_reply(HEAD, request, reply, roots), 0
    for at in range(len(reply)):
        broken = reply[:at] + bytes([reply[at] ^ 0x01]) + reply[at + 1 :]
        try:
            found = check_reply(HEAD, request, broken, roots)
        except StampRefusedError as error:
            refused += 1
            assert error.next_step
        else:
            assert found == true
        try:
            assert not check_reply(HEAD, request, broken).trusted
        except StampRefusedError as error:
            assert error.next_step
    assert refused > len(reply) // 2


def test_a_time_that_somebody_changed_is_refused(
    authority: Authority, asked: tuple[bytes, bytes]
) -> None:
    request, reply = asked
    when = check_reply(HEAD, request, reply).when.strftime("%Y").encode()
    at = reply.index(b"\x18\x0f" + when)
    earlier = reply[: at + 2] + b"2001" + reply[at + 6 :]
    with pytest.raises(StampRefusedError):
        check_reply(HEAD, request, earlier, (authority.root,))
    try:  # without a root nothing shows it: so nothing is said to be sure
        assert not check_reply(HEAD, request, earlier).trusted
    except StampRefusedError as error:
        assert error.next_step


def test_a_certificate_for_something_else_is_refused(tmp_path: Path) -> None:
    """openssl does not sign with one; so another is put in its place afterwards."""
    authority = Authority(tmp_path / "a")
    request = timestamp_request(HEAD)
    reply = authority.reply(request)
    oid = bytes.fromhex("2b06010505070308")
    assert oid in reply
    with pytest.raises(StampRefusedError):
        check_reply(HEAD, request, reply.replace(oid, oid[:-1] + b"\x01"))


def test_an_authority_that_says_no_is_said(tmp_path: Path) -> None:
    authority = Authority(tmp_path / "a", digests="sha512")
    request = timestamp_request(HEAD)
    with pytest.raises(StampRefusedError, match="did not give"):
        check_reply(HEAD, request, authority.reply(request))


@pytest.mark.parametrize(
    "data", [b"", b"x", b"\x30\x80", b"\x30\x03\x02\x01\x00", bytes(LARGEST + 1)]
)
def test_what_is_no_reply_is_refused(asked: tuple[bytes, bytes], data: bytes) -> None:
    with pytest.raises(StampRefusedError):
        check_reply(HEAD, asked[0], data)
    with pytest.raises(StampRefusedError):
        check_reply(HEAD, data, asked[1])
    for cut in (asked[1][:-1], asked[1][:50], asked[1] + b"x"):
        with pytest.raises(StampRefusedError):
            check_reply(HEAD, asked[0], cut)


def test_the_head_in_a_bag_has_no_byte_more_than_was_stamped() -> None:
    assert stamped(HEAD) == HEAD.encode()
