"""The other process: sets the pages of a book, and can do nothing else.

``guide.export.book.compiling`` starts this file as a program. It reads an order and
the files of one Typst project from its standard input, all of them in memory, and
writes the finished pages to its standard output. Typst cannot be stopped from inside,
so it stands where it can be ended at any moment, and its memory goes with it.

A character that no font here can draw would print as a box, which PDF/UA and PDF/A
forbid. Such characters are found first, and printed as their numbers instead.

Its exit code says how it ended. It prints nothing and ends with its parent.
"""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from threading import Thread
from typing import TYPE_CHECKING, BinaryIO, NoReturn

if TYPE_CHECKING:
    import typst

if sys.platform != "win32":
    import resource

DONE, UNDRAWN, FAILED, TOO_LARGE = 0, 3, 4, 5
SECONDS = 600  # of work, not of waiting
PHOTO = "photo:"  # before a name: a picture that is to be wrapped
UNDRAWN_SAID = "could not be displayed"  # by Typst, of a character without a font
_LENGTH = 8
_SET_PDEATHSIG, _SET_DUMPABLE, _NO_NEW_PRIVS, _SIGKILL = 1, 4, 38, 9  # linux/prctl.h
_BLANK = '#set document(title: "x")\n#set text(lang: "en")\n#json("x.json")'


def frame(data: bytes) -> bytes:
    """How one piece goes through the pipe: its length, then itself."""
    return len(data).to_bytes(_LENGTH, "big") + data


def main() -> int:
    """Do one order; the exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    _hide()
    with open(0, "rb") as source, open(1, "wb") as target:
        library, parent, form = _piece(source).split(b"\0")
        if sys.platform != "win32" and os.getppid() != int(parent):
            return FAILED  # it ended before we could ask to end with it
        sys.path.append(os.fsdecode(library))
        _give_up()
        files = dict(_files(source))
        Thread(target=_end_with_parent, daemon=True).start()
        return _answer(files, form.decode(), target)


def _piece(source: BinaryIO) -> bytes:
    length = int.from_bytes(source.read(_LENGTH), "big")
    return source.read(length)


def _files(source: BinaryIO) -> Iterator[tuple[str, bytes]]:
    while name := _piece(source).decode():
        data = _piece(source)
        wrapped = _wrapped(data) if name.startswith(PHOTO) else data
        yield name.removeprefix(PHOTO), wrapped


def _end_with_parent() -> None:
    """The parent writes nothing more: when the pipe ends, so has the parent."""
    os.read(0, 1)  # not by the buffer, whose lock would keep it from being closed
    os._exit(FAILED)


def _wrapped(data: bytes) -> bytes:
    """A picture inside an SVG: files in memory can only be text (typst 0.15)."""
    head, _nothing, picture = data.partition(b"\n")
    kind, width, height = head.decode().split()
    packed = base64.b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:{kind};base64,{packed}"/>'
        "</svg>"
    ).encode()


def _answer(files: dict[str, bytes], form: str, target: BinaryIO) -> int:
    import typst

    try:
        target.write(_made(files, form))
        target.flush()
    except MemoryError:
        return TOO_LARGE
    except typst.TypstError as error:  # its text quotes the book
        return UNDRAWN if UNDRAWN_SAID in error.diagnostic else FAILED
    return DONE


def _made(files: dict[str, bytes], form: str) -> bytes:
    import typst

    made: object
    if form == "png":
        # Its stubs know of no files in memory: so it is here, and below.
        made = typst.compile(files, format="png", ppi=150)  # type: ignore[call-overload]
        return made if isinstance(made, bytes) else b""
    words = files["book.json"].decode()
    undrawn = _undrawn(sorted({each for each in words if not each.isascii()}))
    words = words.translate({ord(each): _number(each) for each in undrawn})
    rules = ["ua-1", "a-2a"]
    for last in (False, True):
        files["book.json"] = words.encode()
        files["undrawn.json"] = json.dumps([_named(each) for each in undrawn]).encode()
        try:
            made = typst.compile(files, pdf_standards=rules)  # type: ignore[call-overload]
        except typst.TypstError as error:
            if last or UNDRAWN_SAID not in error.diagnostic:
                raise
            words, more = _marks_apart(words)
            undrawn = sorted({*undrawn, *more})
        else:
            return made if isinstance(made, bytes) else b""
    return b""


def _number(character: str) -> str:
    return f"\u27e8{ord(character):04X}\u27e9"


def _named(character: str) -> str:
    number = f"{ord(character):04X}"
    return f"\u27e8{number}\u27e9: U+{number} {unicodedata.name(character, '')}".strip()


def _marks_apart(words: str) -> tuple[str, set[str]]:
    """*words* with the marks as numbers where no one font has a letter and its marks.

    Each by itself may be drawn. What a book is written in needs no such mixture.
    """
    marks = {x for x in words if unicodedata.category(x).startswith("M")}
    if not marks:
        return words, marks
    these = "".join(map(re.escape, sorted(marks)))
    marked = re.compile(f"[^{these}][{these}]+")
    found = _undrawn(sorted({each[0] for each in marked.finditer(words)}))
    spelt = {each: each[0] + "".join(map(_number, each[1:])) for each in found}
    words = marked.sub(lambda each: spelt.get(each[0], each[0]), words)
    return words, {mark for each in found for mark in each[1:]}


def _undrawn(characters: Sequence[str]) -> list[str]:
    """Which of *characters* no font here has, found by halves."""
    import typst

    compiler = typst.Compiler(_BLANK.encode())
    left: list[Sequence[str]] = [characters]
    found: list[str] = []
    while left:
        some = left.pop()
        if not some or _draws(compiler, some):
            continue
        if len(some) == 1:
            found += some
        else:
            middle = len(some) // 2
            left += [some[middle:], some[:middle]]
    return found


def _draws(compiler: typst.Compiler, characters: Sequence[str]) -> bool:
    import typst

    # A space between: else marks and joiners would make one shape of two.
    files = {
        "main.typ": _BLANK.encode(),
        "x.json": json.dumps(" ".join(characters)).encode(),
    }
    try:
        compiler.compile(files, pdf_standards="ua-1")  # type: ignore[type-var]
    except typst.TypstError:
        return False
    return True


def _give_up() -> None:
    """No file can be written, and no work goes on for ever."""
    if sys.platform != "win32":
        for what, wanted in (
            (resource.RLIMIT_CPU, SECONDS),
            (resource.RLIMIT_FSIZE, 0),
        ):
            hard = resource.getrlimit(what)[1]
            most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(what, (most, most))


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


def _run() -> NoReturn:
    try:
        code = main()
    except BaseException:  # nothing may be printed: it could quote the book
        code = FAILED
    os._exit(code)


if __name__ == "__main__":
    _run()
