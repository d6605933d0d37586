"""Files and emails that hold hostile words wherever one can stand. Not a test."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.promises.payloads import Words
from tests.unit.media_samples import chunk, png

MAIL = Path(__file__).parents[1] / "mail_samples"
_FROM = b"From a@example.com Fri Nov 20 11:00:00 2026\n"
_IN_NO_TEXT = bytes((0, 5, 6, 11, 14, 16, *range(18, 22), *range(23, 27), 28, 127))


def samples(words: Words) -> dict[str, bytes]:
    """Files of many kinds that say it in their own places, by their endings."""
    text = writing(words)
    return {
        "txt": text,
        "csv": b"a,b\n" + text.replace(b" ", b",\n"),
        "bin": b"\0" + words.said().encode("utf-8", "surrogatepass"),
        "eml": mail(words),
        "mbox": b"".join(_FROM + mail(words) + b"\n" for _ in "ab"),
        "jpg": _photograph(words),
        "png": _drawing(text),
        "pdf": _paper(text),
    }


def writing(words: Words, turn: int = 0) -> bytes:
    """All of it that can stand in a text, or the file would count as none."""
    text = words.said(turn).encode("utf-8", "replace")
    return text.translate(None, delete=_IN_NO_TEXT) + b"\nplain words" * 20


def mail(words: Words) -> bytes:
    """A message with such words in every line that is read of it."""
    line = in_a_header(words, 1)
    raw = in_a_header(words, 2)
    hop = b"from %b ([192.0.2.7]) by %b with %b id %b; Fri, 20 Nov 2026 11:00:00 +0000"
    return b"\r\n".join(
        (
            b"Return-Path: <zed@example.com>",
            b"Received: " + hop % (line[:80], raw[:80], line[:40], raw[:40]),
            b"Received: " + hop % (b"a.example.com", b"b.example.com", raw, line),
            b"Authentication-Results: b.example.com; spf=fail " + line,
            b"DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s="
            + raw[:60]
            + b"; h=from; bh=AA==; b=AA==",
            b"From: " + line + b" <zed@example.com>, " + raw[:60] + b"@example.com",
            b"Reply-To: <" + raw[:100] + b"@example.com>",
            b"Sender: " + line,
            b"To: " + line + b" <me@example.com>",
            b"Subject: " + line,
            b"Date: Fri, 20 Nov 2026 11:00:00 +0000 (" + raw[:200] + b")",
            b"Message-ID: <" + line[:200] + b"@example.com>",
            b"X-Originating-IP: [192.0.2.8]" + raw[:50],
            b"List-Id: " + line,
            b"List-Post: <mailto:" + raw[:100] + b">",
            b"Content-Type: text/plain; charset=utf-8",
            b"",
            writing(words, 4),
            b"https://" + raw[:60] + b".example.com/x",
        )
    )


def in_a_header(words: Words, turn: int) -> bytes:
    """As much of it as stands in one line of a header."""
    text = words.one_line(turn, most=900).encode("utf-8", "replace")
    return text.translate(None, delete=_IN_NO_TEXT)


def known_mail(words: Words) -> bytes:
    """A message by a service whose desk is known; such words in what is shown."""
    known = (MAIL / "genuine_from_gmail.eml").read_bytes()
    line = in_a_header(words, 3)
    named = known.replace(b"From: A Name", b"From: " + line[:300])
    named = named.replace(b"s=20230601;", b"s=" + line[:60].replace(b";", b"") + b";")
    return re.sub(rb"Subject: .*", lambda _old: b"Subject: " + line, named)


def _photograph(words: Words) -> bytes:
    exif = Image.Exif()
    text = words.one_line(5, most=400).encode("utf-8", "replace").decode("latin-1")
    exif[0x0132] = text
    exif.get_ifd(0x8769).update({0x9003: text, 0x9011: text[:60]})
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG", exif=exif)
    return file.getvalue()


def _drawing(text: bytes) -> bytes:
    pixel = chunk(b"IDAT", zlib.compress(b"\0\0\0\0"))
    said = chunk(b"tEXt", b"Comment\0" + text[:2000].replace(b"\0", b" "))
    return png(said, chunk(b"tIME", b"\x07\xea\x0b\x14\x0b\0\0"), pixel)


def _paper(text: bytes) -> bytes:
    title = text[:500].replace(b"(", b"[").replace(b")", b"]")
    return b"%PDF-1.4\n1 0 obj <</Title (" + title + b") /CreationDate (D:20261103)>>"
