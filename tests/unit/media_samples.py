"""Files made in memory for the tests: real ones, false ones and hostile ones."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from io import BytesIO

from PIL import Image

GIANT = 60_000


def image(
    kind: str = "PNG",
    size: tuple[int, int] = (120, 80),
    mode: str = "RGB",
    colour: str | int | tuple[int, ...] = "navy",
    **options: object,
) -> bytes:
    """A picture of one colour, as a file."""
    file = BytesIO()
    Image.new(mode, size, colour).save(file, kind, **options)
    return file.getvalue()


def moving(kind: str, count: int = 3) -> bytes:
    """A picture with several frames, the first of them red."""
    frames = [
        Image.new("RGB", (40, 30), (255 - n * 90 % 200, n * 90 % 250, 0))
        for n in range(count)
    ]
    file = BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:])
    return file.getvalue()


def turned(orientation: int) -> bytes:
    """A JPEG, red on the left and blue on the right, held as *orientation* says."""
    picture = Image.new("RGB", (64, 32), "blue")
    picture.paste("red", (0, 0, 32, 32))
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = BytesIO()
    picture.save(file, "JPEG", quality=95, exif=exif)
    return file.getvalue()


def dated_jpeg() -> bytes:
    """A JPEG with every time that a camera writes."""
    exif = Image.Exif()
    exif[0x0132] = "2026:11:04 08:00:00"
    exif.get_ifd(0x8769).update({0x9003: "2026:11:03 22:10:00", 0x9011: "+01:00"})
    exif.get_ifd(0x8825).update({29: "2026:11:03", 7: (21.0, 10.0, 5.0)})
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG", exif=exif)
    return file.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    """One chunk of a PNG."""
    checked = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checked)


def png(*chunks: bytes, size: tuple[int, int] = (1, 1)) -> bytes:
    """A PNG of these chunks after its head."""
    head = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    return start + b"".join(chunks) + chunk(b"IEND", b"")


def tiff(*entries: tuple[int, int, int, int], following: int = 0) -> bytes:
    """A TIFF with one directory of entries: tag, type, count, value."""
    body = b"".join(struct.pack("<HHII", *each) for each in entries)
    directory = struct.pack("<H", len(entries)) + body + struct.pack("<I", following)
    return b"II*\0" + struct.pack("<I", 8) + directory


def _giant_jpeg() -> bytes:
    real = bytearray(image("JPEG"))
    at = real.index(b"\xff\xc0") + 5
    real[at : at + 4] = struct.pack(">HH", GIANT, GIANT)
    return bytes(real)


def _giant_gif() -> bytes:
    real = bytearray(image("GIF"))
    real[6:10] = struct.pack("<HH", GIANT, GIANT)
    return bytes(real)


def _giant_bmp() -> bytes:
    real = bytearray(image("BMP"))
    real[18:26] = struct.pack("<ii", GIANT, GIANT)
    return bytes(real)


def _giant_tiff() -> bytes:
    return tiff(
        *((256, 4, 1, GIANT), (257, 4, 1, GIANT), (258, 3, 1, 8), (259, 3, 1, 1)),
        *((262, 3, 1, 1), (273, 4, 1, 8), (278, 4, 1, GIANT), (279, 4, 1, 8)),
    )


def _many_frames() -> bytes:
    """A TIFF whose directories are a long chain, and end in a ring."""
    count, one = 20_000, 2 + 12 + 4
    body = b"".join(
        struct.pack("<HHHIII", 1, 256, 4, 1, 9, 8 + one * ((n + 1) % count))
        for n in range(count)
    )
    return b"II*\0" + struct.pack("<I", 8) + body


@cache
def bombs() -> dict[str, bytes]:
    """Small files that claim or become something huge."""
    flat = zlib.compress(b"\0" * 30_000_000, 9)
    wide = zlib.compress(b"\0" * (11_000 * 3 + 1) * 1000, 9)
    return {
        "giant png": png(chunk(b"IDAT", flat), size=(GIANT, GIANT)),
        "giant jpeg": _giant_jpeg(),
        "giant gif": _giant_gif(),
        "giant bmp": _giant_bmp(),
        "giant tiff": _giant_tiff(),
        "just below the limit": png(chunk(b"IDAT", wide), size=(11_000, 11_000)),
        "packed words": png(
            *(chunk(b"zTXt", b"a\0\0" + flat) for _n in range(20)),
            *(chunk(b"iCCP", b"a\0\0" + flat) for _n in range(5)),
            chunk(b"IDAT", zlib.compress(b"\0" * 4)),
        ),
        "many frames": _many_frames(),
        "a zip that says png": b"PK\3\4" + b"\0" * 500,
        "exif in a ring": tiff((0x8769, 4, 1, 8), (0x8825, 4, 1, 8), following=8),
        "exif of many": b"II*\0" + struct.pack("<IH", 8, 65535) + b"\1" * 800_000,
    }
