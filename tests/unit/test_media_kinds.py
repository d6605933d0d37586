"""What a file is, and whether it may show somebody. In doubt it may."""

from __future__ import annotations

import base64
import gzip
import io
import os
import quopri
import random
import struct
import tarfile
import time
import wave
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.media import (
    HTML,
    MAIL,
    MAILBOX,
    TEXT,
    UNKNOWN,
    could_be_settled,
    in_words,
    may_show_somebody,
    media_type,
)
from guide.media.sound import is_mp3
from tests.unit.media_samples import image, moving

SAMPLES = Path(__file__).parents[1] / "mail_samples"
ZEROS = b"\0" * 600
SOUND = struct.pack(">I", 0xFFFB9000) + b"\x55" * 413  # 417 bytes: 128 kbit/s, 44.1 kHz
ALWAYS = 1.0  # seconds, on a computer that is doing other things too


def zipped(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(name, data)
    return file.getvalue()


def tarred(data: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as packed:
        entry = tarfile.TarInfo("a.txt")
        entry.size = len(data)
        packed.addfile(entry, io.BytesIO(data))
    return file.getvalue()


def sound(kind: str = "wav") -> bytes:
    if kind == "mp3":
        return SOUND * 5
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(8000)
        written.writeframes(b"\1\2" * 4000)
    return file.getvalue()


def film(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0" + brand + b"mp41" + ZEROS


def id3(inside: bytes) -> bytes:
    return b"ID3\3\0\0" + bytes([0, 0, len(inside) >> 7, len(inside) & 127]) + inside


def flac(kind: int) -> bytes:
    info = b"\0\0\0\x22" + b"\1" * 34
    return b"fLaC" + info + bytes([0x80 | kind, 0, 0, 8]) + b"\1" * 8 + b"\xff\xf8" * 90


def mail(kind: str, body: bytes, coding: str = "base64") -> bytes:
    head = (
        "From: a@one.example\nTo: b@two.example\nDate: Tue, 3 Nov 2026 22:10:00 +0100\n"
        "Subject: hello\nMIME-Version: 1.0\n"
        f"Content-Type: {kind}\nContent-Transfer-Encoding: {coding}\n\n"
    )
    packed = base64.encodebytes(body) if coding == "base64" else body
    return head.encode("ascii") + packed


def in_parts(*parts: bytes) -> bytes:
    head = b"From: a@one.example\nTo: b@two.example\nSubject: x\n"
    head += b'Content-Type: multipart/mixed; boundary="b"\n\n'
    return head + b"".join(b"--b\n" + part + b"\n" for part in parts) + b"--b--\n"


WORDS = ("He wrote again at night. I did not answer him. " * 60).encode("ascii")
EVERY_PICTURE: dict[str, tuple[str, bytes]] = {
    **{f"x.{k.lower()}": (f"image/{k.lower()}", image(k)) for k in ("PNG", "GIF")},
    "x.jpg": ("image/jpeg", image("JPEG")),
    "x.webp": ("image/webp", image("WEBP")),
    "x.tiff": ("image/tiff", image("TIFF")),
    "x.bmp": ("image/bmp", image("BMP")),
    "x.ico": ("image/vnd.microsoft.icon", image("ICO", (32, 32))),
    "x.jp2": ("image/jp2", image("JPEG2000")),
    "x.avif": ("image/avif", image("AVIF")),
    "x.ppm": ("image/x-portable-anymap", b"P3\n2 1\n255\n1 2 3\n4 5 6\n"),
    "x.xbm": ("image/x-portable-anymap", image("XBM", mode="1", colour=0)),
    "x.heic": ("image/heic", film(b"heic")),
    "x.psd": ("image/vnd.adobe.photoshop", b"8BPS\0\1" + ZEROS),
    "x.svg": ("image/svg+xml", b'<svg xmlns="http://x.example"><path/></svg>'),
    "x.mp4": ("video/mp4", film(b"isom")),
    "x.mov": ("video/quicktime", film(b"qt  ")),
    "x.mkv": ("video/x-matroska", b"\x1aE\xdf\xa3" + ZEROS),
    "x.avi": ("video/x-msvideo", b"RIFF\1\2\3\4AVI LIST" + ZEROS),
    "x.ts": ("video/mp2t", (b"G" + b"\1" * 187) * 4),
    "x.ogv": ("video/ogg", b"OggS\0\2" + b"\0" * 22 + b"\x80theora" + ZEROS),
    "x.zip": ("application/zip", zipped("a.txt", b"a")),
    "x.docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        zipped("word/document.xml", b"a"),
    ),
    "x.gz": ("application/gzip", gzip.compress(b"a")),
    "x.tar": ("application/x-tar", tarred(b"only words")),
    "x.7z": ("application/x-7z-compressed", b"7z\xbc\xaf\x27\x1c" + ZEROS),
    "x.pdf": ("application/pdf", b"%PDF-1.7\n1 0 obj\n<</Length 9>>\n"),
    "x.doc": ("application/msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + ZEROS),
    "x.rtf": ("application/rtf", b"{\\rtf1 hello}"),
    "x.db": ("application/vnd.sqlite3", b"SQLite format 3\0" + ZEROS),
    "x.ps": ("application/postscript", b"%!PS-Adobe-3.0\n0 0 moveto\n"),
    "x.pst": ("application/vnd.ms-outlook", b"!BDN" + ZEROS),
    "x.bin": (UNKNOWN, b"\1\2\3\4" * 90),
}


@pytest.mark.parametrize("name", EVERY_PICTURE)
def test_each_kind_is_known_by_its_bytes(name: str) -> None:
    kind, data = EVERY_PICTURE[name]
    assert media_type(name, data) == kind


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("called", ["", "notes.txt", "a.eml", "song.mp3"])
@pytest.mark.parametrize("name", EVERY_PICTURE)
def test_what_may_show_somebody_asks_whatever_it_is_called(
    name: str, called: str, whole: bool
) -> None:
    data = EVERY_PICTURE[name][1]
    assert may_show_somebody(called or name, data, whole)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "TIFF"])
def test_moving_pictures_ask(kind: str) -> None:
    assert may_show_somebody("a.txt", moving(kind), True)


SILENT: dict[str, tuple[str, bytes]] = {
    "note.txt": (TEXT, WORDS),
    "short.txt": (TEXT, b"x"),
    "german.txt": (TEXT, "Er rief um 3 an. Grüße, Zoë".encode()),
    "old.txt": (TEXT, "Grüße aus Köln".encode("cp1252")),
    "russian.txt": (TEXT, "Он звонил ночью".encode("koi8-r")),
    "japanese.txt": (TEXT, ("また来た。" * 400).encode("shift-jis")),
    "windows.txt": (TEXT, "\ufeffHe called again.\r\n".encode("utf-16-le")),
    "big.txt": (TEXT, "\ufeffEr rief an.\n".encode("utf-16-be")),
    "chat.log": (TEXT, b"[22:10] \x1b[31mzed\x1b[0m: I know where you live\n" * 40),
    "irc.log": (
        TEXT,
        b"\x01ACTION waves\x01 \x0304zed\x0f: \x02I see you\x02\x07\n" * 9,
    ),
    "table.csv": ("text/csv", b"day,what\n2026-11-03,call\n" * 30),
    "page.html": (HTML, b'<html><p>hello</p><img src="a.png"></html>'),
    "data.json": ("application/json", b'{"a": [1, 2, "text"]}'),
    "link.txt": (TEXT, b"https://a.example/" + b"a1-_" * 180 + b"?x=1 read this"),
    "packed words.txt": (TEXT, base64.encodebytes(WORDS)),
    "mail.eml": (MAIL, mail("text/plain; charset=utf-8", WORDS, "8bit")),
    "packed.eml": (MAIL, mail("text/plain; charset=utf-8", WORDS)),
    "web.eml": (MAIL, mail("text/html", b"<p>hi</p>" * 200)),
    "quoted.eml": (
        MAIL,
        mail(
            "text/plain",
            quopri.encodestring("Grüße = 3\n".encode()),
            "quoted-printable",
        ),
    ),
    "parts.eml": (
        MAIL,
        in_parts(
            b"Content-Type: text/plain\n\nhello", b"Content-Type: text/html\n\n<p>hi"
        ),
    ),
    "folder.mbox": (
        MAILBOX,
        b"From a@one.example Tue Nov  3 22:10:00 2026\n" + mail("text/plain", WORDS),
    ),
    "voice.wav": ("audio/wav", sound()),
    "voice.mp3": ("audio/mpeg", sound("mp3")),
    "tagged.mp3": ("audio/mpeg", id3(b"TIT2\0\0\0\2\0\0\0a") + sound("mp3")),
    "voice.amr": ("audio/amr", b"#!AMR\n" + b"\x3c\x91" * 200),
    "voice.flac": ("audio/flac", flac(4)),
    "voice.opus": ("audio/ogg", b"OggS\0\2" + b"\0" * 22 + b"OpusHead" + ZEROS),
    "memo.m4a": ("audio/mp4", film(b"M4A ") + b"hdlr\0\0\0\0\0\0\0\0soun"),
}


@pytest.mark.parametrize("name", SILENT)
def test_what_surely_shows_nobody_does_not_ask(name: str) -> None:
    kind, data = SILENT[name]
    assert media_type(name, data) == kind
    assert not may_show_somebody(name, data, True)


@pytest.mark.parametrize("name", [n for n in SILENT if not n.startswith("voice")])
def test_of_a_longer_file_the_rest_may_be_anything(name: str) -> None:
    kind, data = SILENT[name]
    unsure = not kind.startswith("audio/") or name == "memo.m4a"
    assert may_show_somebody(name, data, False) == unsure
    assert could_be_settled(name, data)


@pytest.mark.parametrize("name", [n for n in SILENT if n.startswith("voice")])
def test_a_long_recording_does_not_ask(name: str) -> None:
    assert not may_show_somebody(name, SILENT[name][1], False)


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.eml")), ids=lambda p: p.stem)
def test_mails_without_anything_attached_do_not_ask(sample: Path) -> None:
    data = sample.read_bytes()
    assert media_type(sample.name, data) == MAIL
    assert not may_show_somebody(sample.name, data, True)


PHOTO = image("JPEG", (60, 60))
NOISE = random.Random(7).randbytes(1200)  # noqa: S311  only to look like any other
HIDING: dict[str, Callable[[], bytes]] = {
    "attached": lambda: in_parts(
        b"Content-Type: text/plain\n\nhi",
        b"Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(PHOTO),
    ),
    "folded header": lambda: in_parts(b"Content-Type:\n\timage/png; name=a\n\nx"),
    "odd header": lambda: in_parts(b"CONTENT-TYPE : (a) image/png\n\nx"),
    "called text": lambda: mail("text/plain", NOISE),
    "a file": lambda: in_parts(b"Content-Type: application/octet-stream\n\nx"),
    "a film": lambda: in_parts(b"Content-Type: video/mp4\n\nx"),
    "in a mail in a mail": lambda: mail("message/rfc822", mail("image/png", PHOTO)),
    "packed in a packed mail": lambda: mail(
        "text/plain", base64.encodebytes(base64.encodebytes(NOISE))
    ),
    "quoted": lambda: mail(
        "text/plain", quopri.encodestring(PHOTO), "quoted-printable"
    ),
    "broken across quoted lines": lambda: mail(
        "text/html",
        b'<img src=3D"da=\nta:image/p=\nng;base64,iVBORw0KGgo=3D">',
        "quoted-printable",
    ),
    "uuencoded": lambda: b"begin 644 a.jpg\nM_]C_X  02D9)1@\n`\nend\n",
    "yenc": lambda: b"=ybegin line=128 size=5 name=a.jpg\nabcd\n",
    "data address": lambda: b"<html><img src='data:image/gif;base64,R0lGODlh'>",
    "percent": lambda: b"<html><img src='data%3Aimage/gif;base64,R0lGODlh'>",
    "entities": lambda: b"<html><img src='&#100;ata:image/gif;base64,R0lG'>",
    "data without a kind": lambda: b"<html><object data='data:;base64,R0lGODlh'>",
    "drawn in html": lambda: b"<html><p>x</p><svg viewBox='0 0 1 1'></svg>",
    "vcard": lambda: (
        b"BEGIN:VCARD\nPHOTO;ENCODING=b;TYPE=JPEG:"
        + base64.encodebytes(NOISE).replace(b"\n", b"\n ")
    ),
    "json": lambda: b'{"a": "' + base64.b64encode(NOISE) + b'"}',
    "json with breaks": lambda: (
        b'{"a": "' + base64.encodebytes(NOISE).replace(b"\n", b"\\n") + b'"}'
    ),
    "json with escapes": lambda: (
        b'{"a": "'
        + base64.b64encode(NOISE).replace(b"/", b"\\/").replace(b"+", b"\\u002B")
        + b'"}'
    ),
    "code": lambda: (
        b"x = ['" + base64.encodebytes(NOISE).replace(b"\n", b"',\n '") + b"']"
    ),
    "address safe": lambda: base64.urlsafe_b64encode(NOISE),
    "hex": lambda: NOISE.hex().encode("ascii"),
    "utf-16": lambda: "<svg >".encode("utf-16"),
    "face": lambda: b"From: a@b.example\nTo: c@d.example\nFace: iVBORw0KGgo\n\nhi",
    "cover": lambda: id3(b"APIC\0\0\0\5\0\0\0image/jpeg\0") + sound("mp3"),
    "a long tag": lambda: b"ID3\3\0\0\0\x7f\x7f\x7f" + b"\0" * 300,
    "flac cover": lambda: flac(6),
    "m4a film": lambda: film(b"M4A ") + b"soun" + b"vide",
    "m4a cover": lambda: film(b"M4A ") + b"soun" + b"covr",
    "colour codes in no text": lambda: b"\xe8\xff colour \x02\x03" * 90,
    "an end that is none": lambda: WORDS + b"\0\1\2\3",
}


@pytest.mark.parametrize("way", HIDING)
@pytest.mark.parametrize("name", ["a.txt", "a.eml", "a"])
def test_a_picture_inside_something_else_is_found(way: str, name: str) -> None:
    assert may_show_somebody(name, HIDING[way](), True)


def test_seals_of_mail_services_are_no_pictures() -> None:
    """They are long rows of letters in the headers, and in every mail."""
    seal = base64.encodebytes(NOISE).replace(b"\n", b"\n ").rstrip()
    head = b"X-MS-Exchange-AntiSpam-MessageData: " + seal + b"\n"
    assert not may_show_somebody("a.eml", head + mail("text/plain", WORDS), True)
    assert may_show_somebody("a.eml", mail("text/plain", head, "7bit"), True)


def test_a_name_that_promises_a_picture_is_enough_to_ask() -> None:
    assert may_show_somebody("photo.jpg", b"words", True)
    assert may_show_somebody("photo.jpg", b"", True)
    assert not may_show_somebody("empty.txt", b"", True)
    assert may_show_somebody("empty.txt", b"", False)


def test_any_unknown_binary_asks() -> None:
    """A thousand of them, of 1 to 3 kB: none passes as a text or a sound."""
    source = random.Random(20261121)  # noqa: S311  the same ones each time
    for _turn in range(1000):
        data = source.randbytes(source.randrange(1000, 3000))
        assert may_show_somebody("a.txt", data, True)
        assert may_show_somebody("a.mp3", data, False)


@given(st.binary(max_size=400), st.text(max_size=12), st.booleans())
def test_no_bytes_make_it_fail(data: bytes, name: str, whole: bool) -> None:
    assert "/" in media_type(name, data)
    assert may_show_somebody(name, data, whole) in (True, False)
    could_be_settled(name, data)


@given(st.sampled_from(sorted(EVERY_PICTURE)), st.binary(max_size=200))
def test_what_follows_the_mark_changes_nothing(name: str, after: bytes) -> None:
    data = EVERY_PICTURE[name][1]
    assert may_show_somebody("a.txt", data + after, True)


@given(st.text(max_size=300))
def test_any_text_without_controls_is_text(words: str) -> None:
    plain = "".join(w for w in words if w.isprintable() or w in "\n\t")
    assert media_type("a", ("word " + plain).encode()).startswith(("text/", "message/"))


SLOW: dict[str, bytes] = {
    "one letter": b"a",
    "equal signs": b"=",
    "soft breaks": b"=\n",
    "packed lines": b"A" * 41 + b"\n",
    "short lines": b"A" * 40 + b" " * 12,
    "data": b"data:",
    "data that is none": b"data:" + b"x" * 200,
    "types": b"content-type:\n",
    "entities": b"&#x41;",
    "tags": b"<svg",
    "seals": b"x-ms-a: b\n c\n",
    "breaks": b"\n\n",
    "begin": b"begin ",
    "percent": b"data:%41",
    "ascii85": b"<~!!!!",
    "escapes": b"\\u0041",
    "folds": b" \n\t",
    "separators": b"From a Tue 22:10:00 2026\nA: b\n",
    "boxes": b"\0\0\0\x08moov",
    "xbm": b"#define a_",
    "wide": "é".encode("utf-16-le"),
}


@pytest.mark.parametrize("unit", SLOW)
@pytest.mark.parametrize(
    "head", [b"", b"From: a\nTo: b\nContent-Type: text/plain\n", b"\xff\xfe", b"<html>"]
)
def test_nothing_takes_long(unit: str, head: bytes) -> None:
    data = (head + SLOW[unit] * (2**20 // len(SLOW[unit])))[: 2**20]
    start = time.process_time()
    media_type("a.txt", data)
    may_show_somebody("a.txt", data, True)
    assert time.process_time() - start < ALWAYS


def test_a_single_frame_is_not_yet_a_sound() -> None:
    assert is_mp3(SOUND * 4)
    assert not is_mp3(SOUND + os.urandom(10))
    assert not is_mp3(b"")


@pytest.mark.parametrize("name", [*EVERY_PICTURE, *SILENT])
def test_each_kind_has_a_name_in_words(name: str) -> None:
    kind = (EVERY_PICTURE | SILENT)[name][0]
    assert ("not known" in in_words(kind)) == (
        kind in (UNKNOWN, "application/postscript")
    )
