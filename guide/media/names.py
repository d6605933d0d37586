"""What a media type is called in plain words."""

from __future__ import annotations

from guide.words import _

_PACKED = frozenset(
    {
        *("zip", "x-7z-compressed", "vnd.rar", "gzip", "x-bzip2", "x-xz", "zstd"),
        *("x-lz4", "vnd.ms-cab-compressed", "x-tar"),
    }
)


def in_words(media: str) -> str:
    """What *media* is, after "a".

    >>> in_words("image/jpeg"), in_words("application/x-tar"), in_words("?")
    ('JPEG picture', 'packed file', 'file of a kind that is not known here')
    """
    main, _slash, sub = media.partition("/")
    match main:
        case "image":
            known = _short(sub)
            return _("{kind} picture").format(kind=known) if known else _("picture")
        case "video":
            return _("video")
        case "audio":
            return _("sound file")
        case "text":
            return _("web page") if sub == "html" else _("text file")
        case "message":
            return _("mail message")
        case _:
            return _application(sub)


def _short(sub: str) -> str:
    known = ("jpeg", "png", "gif", "webp", "tiff", "bmp", "heic", "avif", "jxl")
    return sub.upper() if sub in known else {"svg+xml": "SVG"}.get(sub, "")


def _application(sub: str) -> str:
    if sub in _PACKED:
        return _("packed file")
    if sub.startswith("vnd.") and sub.rpartition(".")[2] in {"document", "text"}:
        return _("document")
    words = {
        "pdf": _("PDF document"),
        "rtf": _("document"),
        "msword": _("document"),
        "mbox": _("mail folder"),
        "json": _("data file"),
        "xml": _("data file"),
        "vnd.sqlite3": _("database"),
        "vnd.ms-outlook": _("Outlook file"),
        "x-ole-storage": _("Office file"),
        "x-iso9660-image": _("disk image"),
        "age-encryption": _("sealed file"),
    }
    return words.get(sub, _("file of a kind that is not known here"))
