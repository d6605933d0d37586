"""How large a JPEG or PNG is, read from its first bytes. Pure; nothing is decoded."""

from __future__ import annotations

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
# Start of frame (ITU-T T.81, table B.1), without DHT, JPG and DAC.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length


def media_type(data: bytes) -> str:
    """Its media type."""
    return "image/png" if data.startswith(PNG) else "image/jpeg"


def size_in_pixels(data: bytes) -> tuple[int, int] | None:
    """Width and height, or None where it is neither JPEG nor PNG."""
    if data.startswith(PNG):
        size = _number(data, 16, 4), _number(data, 20, 4)
    elif data.startswith(JPEG):
        size = _jpeg(data)
    else:
        return None
    return size if min(size) > 0 else None


def _jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _FRAMES:
            return _number(data, at + 7, 2), _number(data, at + 5, 2)
        fill = marker == 0xFF  # any number of these may stand before a marker
        at += 1 if fill else 2
        at += 0 if fill or marker in _ALONE else _number(data, at, 2)
    return 0, 0


def _number(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "big")
