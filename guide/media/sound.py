"""Sound files, and the pictures that some of them carry.

A cover picture stands in a tag beside the sound. Pure; no bytes make it fail.
"""

from __future__ import annotations

import re

_PICTURE_IN_TAG = re.compile(
    rb"APIC|PIC\0|covr|METADATA_BLOCK_PICTURE|COVERART|Cover Art"
    rb"|image/|\x89PNG\r\n|JFIF\0|Exif\0\0",
    re.IGNORECASE,
)
_RATES = (44100, 48000, 32000)
_KILOBITS: dict[tuple[bool, int], tuple[int, ...]] = {
    # MPEG version 1, layers 1 to 3, then version 2: ISO/IEC 11172-3, 13818-3.
    (True, 1): (0, *range(32, 449, 32)),
    (True, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_FRAMES = 3  # so many in a row are no accident
_TAG_HEAD, _FLAC_PICTURE, _FLAC_LAST = 10, 6, 0x80


def is_mp3(start: bytes) -> bool:
    """Whether *start* is a tag (ID3) or a row of frames of MPEG sound."""
    if start.startswith(b"ID3") and len(start) >= _TAG_HEAD:
        return True
    return _frames_from(start, 0)


def only_sound(kind: str, start: bytes, *, whole: bool) -> bool:
    """Whether a sound file of this *kind* surely carries no picture or video.

    Of a longer file only the start is known: there its tags are said to be.
    """
    if _PICTURE_IN_TAG.search(start):
        return False
    match kind:
        case "audio/mpeg":
            at = _tag_length(start)
            return at is not None and _frames_from(start, at)
        case "audio/flac":
            return _flac_has_no_picture(start)
        case "audio/mp4":  # the same wrapping holds videos
            return whole and b"soun" in start and b"vide" not in start
        case "audio/ogg":
            return any(head in start[:4096] for head in (b"OpusHead", b"\x01vorbis"))
        case _:
            return kind in {"audio/wav", "audio/amr", "audio/basic", "audio/midi"} or (
                kind == "audio/aiff"
            )


def _tag_length(start: bytes) -> int | None:
    """How long the ID3 tag is; None for one that goes on after *start*."""
    if not start.startswith(b"ID3"):
        return 0
    if any(octet > 0x7F for octet in start[6:_TAG_HEAD]):
        return None
    size = 0
    for octet in start[6:_TAG_HEAD]:
        size = size << 7 | octet
    end = _TAG_HEAD + size
    return end if end < len(start) else None


def _frames_from(start: bytes, at: int) -> bool:
    for _turn in range(_FRAMES):
        length = _frame_length(start[at : at + 4])
        if not length:
            return False
        at += length
        if at >= len(start):
            return False
    return True


def _frame_length(head: bytes) -> int:
    """How many bytes the frame with this *head* has; 0 for none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3)
    rate, bits, padding = head[2] >> 2 & 3, head[2] >> 4, head[2] >> 1 & 1
    if version == 1 or layer == 4 or rate == 3 or bits in (0, 15):
        return 0
    first = version == 3
    hertz: int = _RATES[rate] // {3: 1, 2: 2, 0: 4}[version]
    kilobits = _KILOBITS[first, layer][bits]
    if layer == 1:
        return (12 * kilobits * 1000 // hertz + padding) * 4
    halved = layer == 3 and not first
    return (72 if halved else 144) * kilobits * 1000 // hertz + padding


def _flac_has_no_picture(start: bytes) -> bool:
    """Its blocks, one after the other, up to the last one (RFC 9639, section 8)."""
    at = 4
    while at + 4 <= len(start):
        if start[at] & ~_FLAC_LAST == _FLAC_PICTURE:
            return False
        if start[at] & _FLAC_LAST:
            return True
        at += 4 + int.from_bytes(start[at + 1 : at + 4], "big")
    return False
