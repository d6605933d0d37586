"""The other process: takes a picture, a mail or a text apart, and can do no more.

``guide.media.child`` starts this file as a program. It reads from its standard
input how long the order is, the order, then the bytes of a file; it writes a small
picture or a text to its standard output. The file was made by somebody else, and
what reads it may have faults. So before the first byte is looked at, this process
gives up memory, time, and every way to open, write or send anything.

Its exit code says how it ended. It prints nothing and ends with its parent.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, NoReturn

if TYPE_CHECKING:
    from email.message import Message

    from PIL.Image import Image

if sys.platform != "win32":
    import resource

DONE, DAMAGED, FAILED, TOO_LARGE = 0, 3, 4, 5
PICTURE, BODY, SOMEBODY = b"picture", b"body", b"somebody"
SHOWN = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
MEMORY = 512 << 20
SECONDS = 10  # of work, not of waiting
MOST_PIXELS = 128_000_000
LONGEST_BODY, LONGEST_LINE = 256 << 10, 200
_LENGTH = 4
_ORIENTATION = 0x0112  # CIPA DC-008: how the camera was held
_TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
_ON_THEIR_SIDE = (5, 6, 7, 8)
_SET_PDEATHSIG, _SET_DUMPABLE, _NO_NEW_PRIVS, _SIGKILL = 1, 4, 38, 9  # linux/prctl.h
_REFUSED = ("open", "os.", "socket.", "subprocess.", "shutil.", "ctypes.")
_OUR_MAIL = (
    b"Content-Type: multipart/mixed; boundary=x\n\n--x\n"
    b"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nx=3D\n"
    b"--x\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\neA==\n"
    b"--x--\n"
)


def order(task: bytes, library: str, columns: int, lines: int) -> bytes:
    """What the parent writes first: the task, where Pillow is, and the room."""
    numbers = (b"%d" % n for n in (os.getpid(), columns, lines))
    body = b"\0".join((task, os.fsencode(library), *numbers))
    return len(body).to_bytes(_LENGTH, "big") + body


def main() -> int:
    """Do one order; the exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    _hide()
    with open(0, "rb") as source, open(1, "wb") as target:
        length = int.from_bytes(source.read(_LENGTH), "big")
        task, library, parent, columns, lines = source.read(length).split(b"\0")
        if sys.platform != "win32" and os.getppid() != int(parent):
            return FAILED  # it ended before we could ask to end with it
        if task in (PICTURE, SOMEBODY):
            sys.path.append(os.fsdecode(library))
        _load(task)
        _give_up()
        return _answer(task, source, target, int(columns), int(lines))


def _load(task: bytes) -> None:
    """Load what will be needed, by using it once: later nothing can be loaded."""
    if task == SOMEBODY:
        _somebody(b"a.txt\0\xff\xfea\0", whole=True)
        _somebody(b"a.eml\0" + _OUR_MAIL, whole=True)
        return
    if task == BODY:
        _body(_OUR_MAIL)
        return
    from PIL import (  # noqa: F401  each says which pictures it knows
        BmpImagePlugin,
        GifImagePlugin,
        Image,
        MpoImagePlugin,
        PngImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    for name in SHOWN:
        ours = BytesIO()
        Image.new("L" if name == "JPEG" else "P", (2, 2)).save(ours, name)
        _small_picture(ours.getvalue(), 2, 2)


def _give_up() -> None:
    """No more memory, time, files, sockets or programs than are open now."""
    if sys.platform != "win32":
        limits = (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CPU, SECONDS),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NOFILE, 0),
        )
        for what, wanted in limits:
            hard = resource.getrlimit(what)[1]
            most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            try:
                resource.setrlimit(what, (most, most))
            except (ValueError, OSError):  # macOS knows no limit of memory
                if what != resource.RLIMIT_AS:
                    raise
    sys.addaudithook(_refuse)


def _answer(
    task: bytes, source: BinaryIO, target: BinaryIO, columns: int, lines: int
) -> int:
    try:
        data = source.read()
        if task == PICTURE:
            target.write(_small_picture(data, columns, lines))
        elif task == SOMEBODY:
            target.write(_somebody(data, whole=columns == 1))
        else:
            target.write(_body(data))
        target.flush()
    except MemoryError:
        return TOO_LARGE
    except Warning:  # more pixels than MOST_PIXELS
        return TOO_LARGE
    except Exception as error:  # Pillow's decoders raise almost anything
        return TOO_LARGE if "Bomb" in type(error).__name__ else DAMAGED
    return DONE


def _small_picture(data: bytes, columns: int, lines: int) -> bytes:
    """A line that says what it is, and its first picture made small, as RGB."""
    from PIL import Image

    with Image.open(BytesIO(data), formats=SHOWN) as picture:
        size = picture.size
        turn = picture.getexif().get(_ORIENTATION)
        name = "JPEG" if picture.format == "MPO" else str(picture.format)
        moves = picture.format != "MPO" and getattr(picture, "is_animated", False)
        side = 2 * max(columns, lines)
        picture.draft("RGB", (side, side))  # a JPEG is read small at once
        small = _flat(picture)
    small.thumbnail((side, side))
    if turn in _TURNS:
        small = small.transpose(Image.Transpose[_TURNS[turn]])
        size = size[::-1] if turn in _ON_THEIR_SIDE else size
    small.thumbnail((columns, lines))
    head = (name, *size, int(bool(moves)), *small.size)
    said = " ".join(map(str, head)).encode("ascii")
    return said + b"\n" + small.convert("RGB").tobytes()


def _flat(picture: Image) -> Image:
    """In plain colours, on white where it is clear."""
    from PIL import Image

    if picture.mode.startswith(("I", "F")):
        low, high = _ends(picture)
        spread = 255 / (high - low)
        flat = picture.convert("F").point(lambda value: value * spread - low * spread)
        return flat.convert("L")
    if "A" in picture.mode or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        paper.alpha_composite(clear)
        return paper.convert("RGB")
    return picture.convert("RGB")


def _ends(picture: Image) -> tuple[float, float]:
    low, high = picture.convert("F").getextrema()
    first, last = float(str(low)), float(str(high))
    return first, last if last > first else first + 1


def _somebody(data: bytes, *, whole: bool) -> bytes:
    """Whether a file may show somebody; its name comes before its bytes."""
    from guide.media.somebody import may_show_somebody

    name, _nothing, start = data.partition(b"\0")
    return b"yes" if may_show_somebody(os.fsdecode(name), start, whole) else b"no"


def _body(data: bytes) -> bytes:
    """The first part that is text: its type and charset on a line, then its bytes."""
    from email.parser import BytesParser
    from email.policy import compat32

    message = BytesParser(policy=compat32).parsebytes(data)
    written = [part for part in message.walk() if _is_text(part)]
    written.sort(key=lambda part: part.get_content_type() != "text/plain")
    if not written:
        return b"none\n"
    first = written[0]
    held = first.get_payload(decode=True)
    told = f"{first.get_content_type()} {first.get_content_charset() or ''}"
    line = told.encode("ascii", "replace").replace(b"\n", b"?")[:LONGEST_LINE]
    return line + b"\n" + (held if isinstance(held, bytes) else b"")[:LONGEST_BODY]


def _is_text(part: Message) -> bool:
    attached = part.get_content_disposition() == "attachment"
    return part.get_content_maintype() == "text" and not attached


def _hide() -> None:
    """No core file, no debugger, no new rights, and no life after the parent's."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        prctl = ctypes.CDLL(None).prctl
        zero = ctypes.c_ulong(0)
        asked = ((_SET_DUMPABLE, 0), (_SET_PDEATHSIG, _SIGKILL), (_NO_NEW_PRIVS, 1))
        for request, value in asked:
            prctl(request, ctypes.c_ulong(value), zero, zero, zero)


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError


def _run() -> NoReturn:
    try:
        code = main()
    except BaseException:  # nothing may be printed: it could quote the file
        code = FAILED
    os._exit(code)


if __name__ == "__main__":
    _run()
