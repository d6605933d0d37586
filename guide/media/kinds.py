"""What kind of file some bytes are: by the bytes themselves, and by the name last.

A name is only believed where the bytes do not speak against it: a sender can call
a picture ``notes.txt``. Pure; no bytes make anything here fail.
"""

from __future__ import annotations

import re

from guide.media.sound import is_mp3
from guide.media.writing import reads_as_text

UNKNOWN = "application/octet-stream"
MAIL, MAILBOX = "message/rfc822", "application/mbox"
HTML, TEXT = "text/html", "text/plain"
_LOOK = 64 * 1024

_BY_BYTES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"II+\0", "image/tiff"),
    (0, b"MM\0+", "image/tiff"),
    (0, b"8BPS", "image/vnd.adobe.photoshop"),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", "image/jp2"),
    (0, b"\xff\x4f\xff\x51", "image/jp2"),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", "image/jxl"),
    (0, b"\xff\x0a", "image/jxl"),
    (0, b"gimp xcf", "image/x-xcf"),
    (0, b"\x76\x2f\x31\x01", "image/x-exr"),
    (0, b"qoif", "image/qoi"),
    (0, b"\0\0\1\0", "image/vnd.microsoft.icon"),
    (0, b"\0\0\2\0", "image/vnd.microsoft.icon"),
    (0, b"icns", "image/x-icns"),
    (0, b"AT&TFORM", "image/vnd.djvu"),
    (0, b"#?RADIANCE", "image/vnd.radiance"),
    (0, b"%!PS", "application/postscript"),
    (0, b"\xc5\xd0\xd3\xc6", "application/postscript"),
    (0, b"\x1aE\xdf\xa3", "video/x-matroska"),
    (0, b"FLV\1", "video/x-flv"),
    (0, b"\0\0\1\xba", "video/mpeg"),
    (0, b"\0\0\1\xb3", "video/mpeg"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (0, b"FWS", "application/x-shockwave-flash"),
    (0, b"CWS", "application/x-shockwave-flash"),
    (4, b"moov", "video/quicktime"),
    (4, b"mdat", "video/quicktime"),
    (4, b"wide", "video/quicktime"),
    (4, b"pnot", "video/quicktime"),
    (0, b"fLaC", "audio/flac"),
    (0, b"#!AMR", "audio/amr"),
    (0, b".snd", "audio/basic"),
    (0, b"MThd", "audio/midi"),
    (0, b"PK\3\4", "application/zip"),
    (0, b"PK\5\6", "application/zip"),
    (0, b"PK\7\x08", "application/zip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\7", "application/vnd.rar"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"\x04\x22\x4d\x18", "application/x-lz4"),
    (0, b"MSCF", "application/vnd.ms-cab-compressed"),
    (257, b"ustar", "application/x-tar"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"SQLite format 3\0", "application/vnd.sqlite3"),
    (0, b"!BDN", "application/vnd.ms-outlook"),
    (0, b"bplist00", "application/x-plist"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"age-encryption.org/v1\n", "application/age-encryption"),
    (0, b"KDMV", "application/x-vmdk"),
    (0, b"QFI\xfb", "application/x-qemu-disk"),
    (32769, b"CD001", "application/x-iso9660-image"),
    (128, b"DICM", "application/dicom"),
)
_IN_RIFF = {
    b"WEBP": "image/webp",
    b"AVI ": "video/x-msvideo",
    b"WAVE": "audio/wav",
    b"AIFF": "audio/aiff",
    b"AIFC": "audio/aiff",
}
# ISO/IEC 14496-12: a file of this family names its brand in its first box.
_BRANDS = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"hevc": "image/heic",
    b"mif1": "image/heic",
    b"msf1": "image/heic",
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"crx ": "image/x-canon-cr3",
}
_TEXT_NAMES = {
    "csv": "text/csv",
    "css": "text/css",
    "htm": HTML,
    "html": HTML,
    "ics": "text/calendar",
    "json": "application/json",
    "md": "text/markdown",
    "vcf": "text/vcard",
    "xml": "application/xml",
}
_NAMES = {
    "3gp": "video/3gpp",
    "bmp": "image/bmp",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "gif": "image/gif",
    "heic": "image/heic",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "m4a": "audio/mp4",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "msg": "application/vnd.ms-outlook",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "png": "image/png",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "svg": "image/svg+xml",
    "tga": "image/x-tga",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "warc": "application/warc",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
# Kinds whose bytes only name the wrapping; the name may say what is wrapped.
_WRAPPINGS = {
    "application/zip": {"docx", "xlsx", "pptx", "odt"},
    "application/x-ole-storage": {"doc", "xls", "ppt", "msg"},
}
_SVG = re.compile(rb"<(?:[\w.-]{1,40}:)?svg[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title)[\s>]", re.I)
_DRAWN_IN_TEXT = re.compile(
    rb"\s*(?:P[1-7][ \t\r\n#]+\d|/\*\s*XPM|#define\s+\w{1,80}_width\s+\d)"
)
_HEADER = re.compile(rb"[!-9;-~]{1,100}:[ \t]*\S?")
_MAIL_HEADER = re.compile(
    rb"^(?:from|to|subject|date|received|message-id|return-path|delivered-to):",
    re.IGNORECASE | re.MULTILINE,
)
_BETWEEN = re.compile(rb"\r?\n\r?\n|\r\r")
_ENOUGH_HEADERS = 2


def media_type(name: str, start: bytes) -> str:
    """The media type (RFC 6838) of a file called *name* that begins with *start*.

    ``application/octet-stream`` where nothing is known.

    >>> media_type("notes.txt", b"GIF89a...")
    'image/gif'
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if found := _by_bytes(start):
        wrapped = ending in _WRAPPINGS.get(found, ())
        return _NAMES[ending] if wrapped else found
    if start and reads_as_text(start[:_LOOK], whole=len(start) <= _LOOK):
        return _of_text(ending, start[:_LOOK])
    if not start and ending in _TEXT_NAMES:
        return _TEXT_NAMES[ending]
    return _NAMES.get(ending, UNKNOWN)


def named_picture(name: str) -> bool:
    """Whether *name* says of itself that it is a picture, a video or packed."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return ending in _NAMES and not _NAMES[ending].startswith("audio/")


def _by_bytes(start: bytes) -> str:
    for at, magic, kind in _BY_BYTES:
        if start[at : at + len(magic)] == magic:
            return kind
    return _by_wrapping(start) or _by_shape(start)


def _by_wrapping(start: bytes) -> str:
    """What is in one of the formats that hold many kinds."""
    if start[:4] in (b"RIFF", b"FORM"):
        return _IN_RIFF.get(start[8:12], "")
    if start[4:8] == b"ftyp":
        return _BRANDS.get(start[8:12], "video/mp4")
    if start[:4] == b"OggS":
        heads = (b"theora", b"\x01video", b"fishead")
        moving = any(head in start[:_LOOK] for head in heads)
        return "video/ogg" if moving else "audio/ogg"
    return ""


def _by_shape(start: bytes) -> str:
    """What has no mark of its own, but parts in the right places."""
    if start[:2] == b"BM" and start[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if start[:1] == b"G" and start[188:189] == b"G" == start[376:377]:
        return "video/mp2t"
    return "audio/mpeg" if is_mp3(start) else ""


def _of_text(ending: str, start: bytes) -> str:
    if _DRAWN_IN_TEXT.match(start):
        return "image/x-portable-anymap"
    if start.startswith(b"From ") and _looks_like_mail(start.partition(b"\n")[2]):
        return MAILBOX
    if _looks_like_mail(start):
        return MAIL
    if _SVG.search(start[:4096]) and not _HTML.search(start[:4096]):
        return "image/svg+xml"
    if _HTML.search(start[:4096]):
        return HTML
    return _TEXT_NAMES.get(ending, TEXT)


def _looks_like_mail(text: bytes) -> bool:
    """Whether it begins with header lines, and two of them are of a message."""
    text = text.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not _HEADER.match(text):
        return False
    head = _BETWEEN.split(text, maxsplit=1)[0]
    return len(_MAIL_HEADER.findall(head)) >= _ENOUGH_HEADERS
