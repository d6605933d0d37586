"""One file of content as text or as TOML, within limits.

Content may come from anybody. A pipe would keep the guide waiting for ever, a huge
file would take all memory, and a TOML name of thousands of parts keeps the parser
busy for minutes. So what is read is an ordinary file, small, and of short names.
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path

from guide.words import _, plural

MOST_TEXT, MOST_DATA = 64 * 1024, 256 * 1024  # bytes of a page or letter, of a list
MOST_DOTS = 32  # in one line of TOML: each dot may be one more part of a name

_NO_WAIT: int = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_BINARY: int = getattr(os, "O_BINARY", 0)


class UnusableFileError(ValueError):
    """A file of content that cannot be used, in words for its author."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


def read_text(path: Path, most: int = MOST_TEXT) -> str:
    """The text of an ordinary file of at most *most* bytes."""
    try:
        data = _start(path, most + 1)
    except (OSError, ValueError):  # a NUL cannot be in the name of a file
        what, fix = _("The file cannot be read."), _("Check that it is a plain file.")
        raise UnusableFileError(what, fix) from None
    if len(data) > most:
        what = _("The file is larger than {size} KiB.").format(size=most // 1024)
        fix = _("Take something out, or make two of it.")
        raise UnusableFileError(what, fix)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        what, fix = _("The file is not UTF-8."), _("Save it as UTF-8.")
        raise UnusableFileError(what, fix) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_toml(text: str) -> Mapping[str, object]:
    """The tables in *text*."""
    if any(line.count(".") > MOST_DOTS for line in text.split("\n")):
        what = plural(
            "A line has more than {count} dot.",
            "A line has more than {count} dots.",
            MOST_DOTS,
        )
        raise UnusableFileError(what, _("Write it in two lines."))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what = _("The file is not valid TOML: {problem}.").format(problem=error)
        raise UnusableFileError(what, _("Mend the line named.")) from None
    except (RecursionError, ValueError):  # a number of thousands of digits
        what = _("The file is not valid TOML: it is too deep, or a number is too long.")
        raise UnusableFileError(what, _("Make it plainer.")) from None


def _start(path: Path, most: int) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | _NO_WAIT | _BINARY)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(most)
    finally:
        os.close(descriptor)
