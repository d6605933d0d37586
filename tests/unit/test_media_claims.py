"""The times that files say about themselves, exactly as they stand there."""

from __future__ import annotations

import struct
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from guide.media import claims
from guide.model.records import Claim
from tests.unit.media_samples import bombs, chunk, dated_jpeg, image, png, tiff

EAST = timezone(timedelta(hours=1))
TAKEN = datetime(2026, 11, 3, 22, 10, tzinfo=EAST)
BY_CAMERA = (
    Claim(what="EXIF DateTimeOriginal", value="2026:11:03 22:10:00 +01:00", at=TAKEN),
    Claim(what="EXIF DateTime", value="2026:11:04 08:00:00"),
    Claim(
        what="EXIF GPSDateStamp",
        value="2026:11:03 21:10:05 UTC",
        at=datetime(2026, 11, 3, 21, 10, 5, tzinfo=UTC),
    ),
)


def exif_block() -> bytes:
    data = dated_jpeg()
    at = data.index(b"Exif\0\0") + 6
    return data[at : data.index(b"\xff\xdb", at)]


def box(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", 8 + len(data)) + name + data


def film(seconds: int, *, long: bool = False, before: bytes = b"") -> bytes:
    times = struct.pack(">B3xQQ" if long else ">B3xII", long, seconds, seconds)
    moov = box(b"moov", box(b"mvhd", times + b"\0" * 80))
    return box(b"ftyp", b"isom\0\0\0\0") + before + moov


def test_a_camera_names_three_times() -> None:
    """A time without its zone stays a text: nothing is guessed."""
    assert claims("image/jpeg", dated_jpeg()) == BY_CAMERA


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        pytest.param("image/tiff", exif_block(), id="tiff"),
        pytest.param("image/png", png(chunk(b"eXIf", exif_block())), id="png"),
        pytest.param(
            "image/webp",
            image("WEBP", exif=b"Exif\0\0" + exif_block()),
            id="webp",
        ),
        pytest.param(
            "image/heic",
            b"\0\0\0\x18ftypheic" + b"\0" * 99 + b"Exif\0\0" + exif_block(),
            id="heic",
        ),
    ],
)
def test_they_are_found_in_every_kind_of_picture(kind: str, data: bytes) -> None:
    assert claims(kind, data) == BY_CAMERA


def test_a_screenshot_names_its_last_change() -> None:
    data = png(chunk(b"tIME", struct.pack(">HBBBBB", 2026, 11, 3, 22, 10, 0)))
    at = datetime(2026, 11, 3, 22, 10, tzinfo=UTC)
    found = Claim(what="PNG tIME", value="2026-11-03 22:10:00 UTC", at=at)
    assert claims("image/png", data) == (found,)


def test_a_day_that_no_calendar_has_stays_a_text() -> None:
    data = png(chunk(b"tIME", struct.pack(">HBBBBB", 2026, 13, 41, 22, 10, 0)))
    assert claims("image/png", data)[0].at is None
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9003: "2026:99:03 22:10:00", 0x9011: "+01:00"})
    (claim,) = claims("image/jpeg", image("JPEG", exif=exif))
    assert (claim.value, claim.at) == ("2026:99:03 22:10:00 +01:00", None)


@pytest.mark.parametrize("text", ["", "    :  :     :  :  ", "0000:00:00 00:00:00"])
def test_a_clock_that_was_never_set_claims_nothing(text: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = text
    assert claims("image/jpeg", image("JPEG", exif=exif)) == ()


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("D:20261103221000+01'00'", TAKEN),
        ("D:20261103221000+01'00", TAKEN),
        ("D:20261103211000Z", TAKEN),
        ("D:20261103221000", None),
        ("D:2026", None),
        ("D:20269903221000Z", None),
        ("D:00010101000000+14'00'", None),
    ],
)
def test_a_pdf_names_when_it_was_made(written: str, at: datetime | None) -> None:
    data = b"%PDF-1.7\n<</CreationDate (" + written.encode() + b")>>" * 2
    (claim,) = claims("application/pdf", data)
    assert claim == Claim(what="PDF CreationDate", value=written, at=at)


@pytest.mark.parametrize(
    "data",
    [
        film(3876585000),
        film(3876585000, long=True),
        film(3876585000, before=box(b"mdat", b"\1" * 400)),
    ],
    ids=["short", "long", "after the pictures"],
)
def test_a_film_names_when_it_was_made(data: bytes) -> None:
    at = datetime(1904, 1, 1, tzinfo=UTC) + timedelta(seconds=3876585000)
    (claim,) = claims("video/mp4", data)
    assert (claim.what, claim.at) == ("MP4 creation_time", at)
    assert claim.value == "2026-11-03 21:10:00 UTC"


@pytest.mark.parametrize(
    "data",
    [film(0), film(2**63, long=True), film(9)[:40], b"\0\0\0\1moov" * 9, b""],
    ids=["never set", "beyond time", "cut", "in a ring", "empty"],
)
def test_a_film_without_a_time_claims_nothing(data: bytes) -> None:
    assert claims("video/mp4", data) == ()


def test_no_other_kind_claims_anything() -> None:
    assert claims("text/plain", b"/CreationDate (D:2026)") == ()
    assert claims("application/zip", dated_jpeg()) == ()


KINDS = (
    *("image/jpeg", "image/png", "image/tiff", "image/webp", "image/heic"),
    *("application/pdf", "video/mp4", "audio/mp4", "image/gif"),
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", bombs())
def test_hostile_files_claim_little_and_quickly(name: str, kind: str) -> None:
    data = bombs()[name][: 1 << 20]
    start = time.process_time()
    assert len(claims(kind, data)) <= 12
    assert time.process_time() - start < 1


def test_an_address_that_leads_nowhere_is_nothing() -> None:
    far = 0xFFFFFFF0
    data = tiff((0x8769, 4, 1, far), (0x0132, 2, 20, far), following=far)
    assert claims("image/tiff", data) == ()


@given(st.sampled_from(KINDS), st.binary(max_size=300))
def test_no_bytes_make_it_fail(kind: str, data: bytes) -> None:
    claims(kind, data)


@given(
    st.sampled_from(["image/jpeg", "image/png", "image/tiff", "video/mp4"]),
    st.data(),
)
def test_no_change_in_a_real_file_makes_it_fail(kind: str, data: st.DataObject) -> None:
    real = {
        "image/jpeg": dated_jpeg(),
        "image/png": png(chunk(b"eXIf", exif_block())),
        "image/tiff": exif_block(),
        "video/mp4": film(3876585000),
    }[kind]
    changed = bytearray(real)
    for _turn in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(real) - 1))
        changed[place] = data.draw(st.sampled_from([0, 1, 7, 127, 128, 255]))
    for claim in claims(kind, bytes(changed)):
        assert len(claim.value) < 200
        if claim.at is not None:
            claim.at.astimezone(UTC)
