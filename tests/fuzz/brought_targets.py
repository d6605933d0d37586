"""Targets that read what the reader brings or types: mail, files, names, times."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from guide.actions.days import Here
from guide.actions.understanding import a_day, understood
from guide.files import paths_typed
from guide.filters.addresses import (
    address_in,
    chat_name_in,
    domain_in,
    is_public,
    matrix_name_in,
)
from guide.filters.making import make
from guide.filters.rule import Rule
from guide.filters.services import FilterFormat
from guide.mail import (
    HEADER_LIMIT,
    explain,
    explain_inner,
    find_complaints,
    hop_line,
    parse_desks,
    split_mbox,
    story,
    table_of,
)
from guide.mail.dkim import check_signature
from guide.mail.masking import masked
from guide.mail.own import own_addresses
from guide.mail.registries import parse_registries
from guide.media import claims, could_be_settled, media_type, text_preview
from guide.media.sound import only_sound
from guide.media.within import may_hold_picture
from guide.model.problems import GuideError, NotWrittenError, UnreadableFileError
from guide.model.trace import AbuseDesk, Registry
from guide.safety.display import show, strip_forbidden
from tests.fuzz.target import CONTENT, Target
from tests.unit.media_samples import chunk, dated_jpeg, image, png, turned

_CORPUS = Path(__file__).parents[1] / "mail_corpus"
_SAMPLES = Path(__file__).parents[1] / "mail_samples"
_HERE = Here(now=datetime(2026, 11, 20, 12, 0, tzinfo=UTC), zone=UTC)
_SEPARATOR = b"From - Tue Nov 03 10:15:02 2026\n"
_RECORD = "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC7"


@lru_cache(maxsize=1)
def _messages() -> tuple[bytes, ...]:
    files = [*_CORPUS.glob("*.eml"), *_SAMPLES.glob("*.eml")]
    return tuple(path.read_bytes() for path in sorted(files))


@lru_cache(maxsize=1)
def _mailboxes() -> tuple[bytes, ...]:
    each = [_SEPARATOR + message + b"\n" for message in _messages()]
    return tuple(b"".join(each[n : n + 4]) for n in range(0, len(each), 4))


@lru_cache(maxsize=1)
def _tables() -> tuple[tuple[AbuseDesk, ...], tuple[Registry, ...]]:
    read = [
        tomllib.loads((CONTENT / "data" / f"{name}.toml").read_text("utf-8"))
        for name in ("abuse_desks", "registries")
    ]
    return parse_desks(read[0]), parse_registries(read[1])


def _read_mail(case: bytes) -> None:
    trace = explain(case, examples=True)
    for line in (*story(trace), *map(hop_line, trace.hops), *trace.problems):
        show(line)
    explain_inner(case)
    desks, registries = _tables()
    find_complaints(trace, desks, registries=registries, source=case)
    for number, _signature in enumerate(trace.signatures):
        check_signature(case, number, _RECORD)
    if own := own_addresses(case[:HEADER_LIMIT], trace):
        masked(case, own, bytes(32), trace.boundary)


def _read_mailbox(case: bytes) -> None:
    split_mbox(case)
    pieces = [case[n : n + 1000] for n in range(0, len(case), 1000)]
    table_of(pieces, examples=True)


def _read_key_record(case: bytes) -> None:
    signed = next(x for x in _messages() if b"DKIM-Signature" in x)
    check_signature(signed, 0, case.decode("utf-8", "replace"))


def _read_file(case: bytes) -> None:
    for name in ("x", "x.jpg", "x.eml", "x.mp3", "x.docx"):
        kind = media_type(name, case)
        only_sound(kind, case, whole=True)
    for kind in (media_type("x", case), "image/jpeg", "image/png", "application/pdf"):
        for claim in claims(kind, case):
            show(claim.value)
    claims("video/mp4", case)
    text_preview(case)
    may_hold_picture(case)
    could_be_settled("x", case)


def _read_name(case: bytes) -> None:
    text = case.decode("utf-8", "surrogateescape")
    show(text)
    strip_forbidden(text)
    chat_name_in(text)
    matrix_name_in(text)
    is_public(text)
    address, domain = address_in(text), domain_in(text)
    if address or (domain and not is_public(domain)):
        addresses = (address,) if address else ()
        rule = Rule(addresses=addresses, domains=() if address else (domain,))
        for form in FilterFormat:
            make(form, rule)
    paths_typed(text)


def _read_time(case: bytes) -> None:
    text = case.decode("utf-8", "surrogateescape")
    for read in (understood, a_day):
        try:
            read(text, _HERE)
        except GuideError:
            continue


def _names() -> tuple[bytes, ...]:
    return (
        *(
            b"some.one@example.com",
            b"<a@example.com>",
            b"example.com",
            b"@x:example.org",
        ),
        *(b"[somebody]", b"'a b.eml' c.eml", b"file:///a/b%20c.eml", b"~/x.eml"),
    )


def _times() -> tuple[bytes, ...]:
    return (
        *(b"3 Nov 2026 about 10 pm", b"yesterday 14:05", b"from 9 to 10 on 3 March"),
        *(b"2026-11-03T10:00", b"the day before yesterday, noon", b"2 weeks ago"),
    )


def _records() -> tuple[bytes, ...]:
    return (_RECORD.encode(), b"v=DKIM1; k=ed25519; p=" + b"A" * 43 + b"=")


@lru_cache(maxsize=1)
def _files() -> tuple[bytes, ...]:
    film = (
        b"\0\0\0\x14ftypisom\0\0\0\0isom" + b"\0\0\0\x74moov\0\0\0\x6cmvhd" + bytes(100)
    )
    sound = b"ID3\4\0\0\0\0\0\x0a" + bytes(10) + (b"\xff\xfb\x90\0" + bytes(413)) * 4
    letter = b"%PDF-1.7\n1 0 obj <</CreationDate (D:20261103221000+01'00')>> endobj\n"
    pictures = (dated_jpeg(), turned(6), image("WEBP"), image("TIFF"), image("GIF"))
    dated_png = png(chunk(b"tIME", bytes((7, 234, 11, 3, 22, 10, 0))))
    return (*pictures, dated_png, film, sound, letter, *_messages()[:5])


_MAIL = (
    *(
        b"\nReceived: from ",
        b" by ",
        b" with ESMTP id ",
        b"; Tue, 03 Nov 2026 10:15:02",
    ),
    *(b"=?utf-8?b?", b"?=", b"=?utf-8?q?=00?=", b'"', b"(", b")", b"<", b">", b"@"),
    *(b"\nFrom: ", b"\nAuthentication-Results: ", b"dkim=pass", b"\nARC-Seal: i=1; "),
    *(
        b"\nDKIM-Signature: l=99999999999999999999; b=; bh=",
        b"\n\n--x\n",
        b"[192.0.2.1]",
    ),
    *(b"\nContent-Type: multipart/mixed; boundary=x\n", b"message/rfc822", b"xn--"),
    *(b"\n ", b"\r", b"::ffff:", b"+9999", b"-0000", b"99:99:99", b"\n" + _SEPARATOR),
)
_BINARY = (
    *(b"\xff\xd8", b"Exif\0\0", b"II*\0", b"MM\0*", b"IHDR", b"tIME", b"ftyp", b"moov"),
    *(b"\xff\xff\xff\xff", b"\0\0\0\0", b"/CreationDate (D:", b"mvhd", b"ID3", b"RIFF"),
)
_TIME = (
    *(b"about", b"from", b"to", b"between", b"until", b"ago", b"at", b"99", b"29 feb"),
    *(b"0000", b"9999", b"31", b"am", b"pm", b"noon", b"next monday", b"/", b":", b"-"),
)
TARGETS = {
    "mail": Target(
        run=_read_mail,
        seeds=_messages,
        words=_MAIL,
        allowed=(UnreadableFileError, NotWrittenError),
    ),
    "mailbox": Target(
        run=_read_mailbox,
        seeds=_mailboxes,
        words=_MAIL,
        allowed=(UnreadableFileError,),
    ),
    "key of a signature": Target(
        run=_read_key_record,
        seeds=_records,
        words=(b";", b"p=", b"h=", b'"', b"\\"),
    ),
    "file": Target(run=_read_file, seeds=_files, words=_BINARY),
    "name": Target(
        run=_read_name, seeds=_names, allowed=(GuideError,), words=(b"@", b".", b"%00")
    ),
    "time": Target(run=_read_time, seeds=_times, words=_TIME),
}
