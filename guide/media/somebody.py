"""Whether a file may show somebody, so that the question must be asked first.

A picture of someone under 18 may be one that nobody may keep, whatever the reason.
So the answer is yes unless the bytes surely hold no picture and no video. Pure.
"""

from __future__ import annotations

from guide.media.kinds import UNKNOWN, media_type, named_picture
from guide.media.sound import only_sound
from guide.media.within import may_hold_picture
from guide.media.writing import reads_as_text

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_WRITTEN = ("text/", "message/rfc822", "application/mbox")
_WRITTEN_TOO = frozenset({"application/json", "application/xml"})


def may_show_somebody(name: str, start: bytes, whole: bool) -> bool:
    """True unless a file surely holds no picture, video or file that could be one.

    *start* is how it begins; *whole* says that nothing comes after that. Of text,
    what was not read may be anything; of sound, its tags say what it carries.

    >>> may_show_somebody("note.txt", b"He called again.", True)
    False
    >>> may_show_somebody("note.txt", b"GIF89a", True)
    True
    """
    kind = media_type(name, start)
    if kind.startswith("audio/"):
        return not only_sound(kind, start, whole=whole)
    if not start:
        return not whole or named_picture(name)
    if kind == UNKNOWN or not _is_written(kind) or named_picture(name):
        return True
    if not whole or not reads_as_text(start, whole=True):
        return True
    return may_hold_picture(_octets(start))


def could_be_settled(name: str, start: bytes) -> bool:
    """Whether reading more of such a file could show that it holds no picture."""
    kind = media_type(name, start)
    return kind.startswith("audio/") or _is_written(kind)


def _is_written(kind: str) -> bool:
    return kind.startswith(_WRITTEN) or kind in _WRITTEN_TOO


def _octets(data: bytes) -> bytes:
    if data.startswith(_UTF16):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return data
