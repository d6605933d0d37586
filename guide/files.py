"""The reader's own files: read whole or by their start, written whole or not at all.

Only ordinary files are read; a link, a pipe or a device is refused before it is
opened. A file appears under its name complete or not at all, is never put over
another one unless that was asked for, and only this login can read it.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shlex
import stat
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from guide.model.problems import (
    InvalidAnswerError,
    UnreadableFileError,
    not_written,
)
from guide.words import _

# Windows has no such flags: there lstat alone says what a name stands for.
_NO_FOLLOW: int = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT: int = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_BINARY: int = getattr(os, "O_BINARY", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY
_PRIVATE = 0o600
MOST_TYPED = 32 * 1024  # characters at once: some hundred names
_PIECE = 1024 * 1024  # bytes of a large file that are held at once
_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM, errno.EBADF)
# Control and format characters: a name that hides something misleads later.
_HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")


def path_typed(text: str) -> Path:
    r"""The file that a reader typed, pasted or dropped onto the terminal.

    Terminals drop a name quoted, escaped with backslashes or as a file: address
    (RFC 8089); a name that is there as it stands is never taken apart.

    >>> path_typed(r"'/media/usb stick/mail.eml' ")
    PosixPath('/media/usb stick/mail.eml')
    """
    typed = text.strip()
    if not typed:
        raise InvalidAnswerError(
            _("No file name was given. Nothing was changed."),
            _("Type the name of a file, or drop the file here."),
        )
    if len(typed) > MOST_TYPED:
        raise _unreadable(errno.ENAMETOOLONG)
    if typed.lower().startswith("file:"):
        return _from_address(typed)
    path = _at_home(typed)
    return path if os.path.lexists(path) else _at_home(_unquoted(typed))


def is_folder(path: Path) -> bool:
    """Whether there is a folder; a name that none can have is no fault here."""
    return os.path.isdir(path)  # noqa: PTH112  never raises


def paths_typed(text: str) -> tuple[Path, ...]:
    r"""Every file that a reader typed or dropped at once; one name stays one.

    >>> [path.name for path in paths_typed("file:///a/b%20c.eml file:///a/d.eml")]
    ['b c.eml', 'd.eml']
    """
    typed = text.strip()
    if not 0 < len(typed) <= MOST_TYPED or os.path.lexists(_at_home(typed)):
        return (path_typed(text),)
    words = _several(typed)
    if len(words) > 1 and all(each.lower().startswith("file:") for each in words):
        return tuple(_from_address(each) for each in words)
    found = tuple(_at_home(each) for each in words)
    if len(found) > 1 and all(os.path.lexists(each) for each in found):
        return found
    return (path_typed(text),)


def _several(typed: str) -> list[str]:
    try:
        return shlex.split(typed, posix=os.name != "nt")
    except ValueError:  # an apostrophe that is part of a name
        return typed.split()


def read_whole(path: Path, limit: int) -> bytes:
    """All bytes of an ordinary file of at most *limit* bytes."""
    data = read_start(path, limit + 1)
    if len(data) > limit:
        raise UnreadableFileError(
            _("This file is larger than the guide can take here. It was not changed."),
            _("Choose a smaller file, or save only the part that matters."),
        )
    return data


def read_start(path: Path, limit: int) -> bytes:
    """The first *limit* bytes of an ordinary file, or all of a shorter one."""
    try:
        # Opening some devices does something, so what it is comes first.
        _refuse_unless_ordinary(path.lstat().st_mode)
        descriptor = os.open(path, os.O_RDONLY | _NO_FOLLOW | _NO_WAIT | _BINARY)
        with os.fdopen(descriptor, "rb") as file:
            _refuse_unless_ordinary(os.fstat(file.fileno()).st_mode)
            return file.read(limit)
    except OSError as error:
        raise _unreadable(error.errno) from None
    except ValueError:  # a NUL, or half of a character that no name can hold
        raise _unreadable(errno.EINVAL) from None


def pieces_of(path: Path, read: Callable[[int, int], None]) -> Iterator[bytes]:
    """An ordinary file of any size, a piece at a time; *read* hears how far it is."""
    try:
        _refuse_unless_ordinary(path.lstat().st_mode)
        descriptor = os.open(path, os.O_RDONLY | _NO_FOLLOW | _NO_WAIT | _BINARY)
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(file.fileno())
            _refuse_unless_ordinary(found.st_mode)
            done = 0
            while piece := file.read(_PIECE):
                done += len(piece)
                read(done, found.st_size)
                yield piece
    except OSError as error:
        raise _unreadable(error.errno) from None
    except ValueError:
        raise _unreadable(errno.EINVAL) from None


def write_whole(path: Path, data: bytes, *, replace: bool = False) -> Path:
    """Put *data* at *path*, complete and on the disk, and give the path back.

    Another file is never written over unless *replace* says so, not even one
    that appears meanwhile; a link, a folder or a device never is.
    """
    if any(unicodedata.category(each) in _HIDDEN for each in path.name):
        raise not_written(errno.EINVAL)
    part = path.with_name(f".{secrets.token_hex(8)}.part") if path.name else path
    try:
        _refuse_unless_free(path, replace=replace)
        try:
            _write_new(part, data)
            _publish(part, path, replace=replace)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()
        _sync_folder(path.parent)
    except OSError as error:
        raise not_written(error.errno) from None
    except ValueError:
        raise not_written(errno.EINVAL) from None
    return path


def _unquoted(typed: str) -> str:
    if os.name == "nt":
        return typed.strip('"')
    try:
        words = shlex.split(typed)
    except ValueError:  # an apostrophe that is part of the name
        return typed
    if len(words) > 1 and all(os.path.lexists(_at_home(word)) for word in words):
        raise _more_than_one()
    return words[0] if len(words) == 1 and words[0] else typed


def _from_address(address: str) -> Path:
    if len(address.split()) > 1:
        raise _more_than_one()
    place = address[len("file:") :]
    if place.startswith("//"):
        host, slash, rest = place[2:].partition("/")
        if host.lower() not in ("", "localhost"):
            raise InvalidAnswerError(
                _("That file is on another computer. Nothing was changed."),
                _("Copy it to this computer, then drop the copy here."),
            )
        place = slash + rest
    encoded = place.encode("utf-8", "surrogatepass")
    name = os.fsdecode(_ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), encoded))
    return Path(name.lstrip("/") if os.name == "nt" else name)


def _more_than_one() -> InvalidAnswerError:
    return InvalidAnswerError(
        _("More than one file was given. Nothing was changed."),
        _("Drop or type one file at a time."),
    )


def _at_home(text: str) -> Path:
    # "~name" of nobody here is an ordinary name; one with a NUL is refused later.
    with suppress(RuntimeError, ValueError):
        return Path(text).expanduser()
    return Path(text)


def _refuse_unless_ordinary(mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise _unreadable(errno.EISDIR)
    if stat.S_ISLNK(mode):
        raise _unreadable(errno.ELOOP)
    raise _unreadable(errno.ENXIO)


def _refuse_unless_free(path: Path, *, replace: bool) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "")
    if not replace or not stat.S_ISREG(mode):
        raise FileExistsError(errno.EEXIST, "")


def _write_new(part: Path, data: bytes) -> None:
    with os.fdopen(os.open(part, _WRITE, _PRIVATE), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _publish(part: Path, path: Path, *, replace: bool) -> None:
    if replace:
        part.replace(path)
        return
    try:
        os.link(part, path)  # unlike a rename, it fails if the name is taken
    except FileExistsError:
        raise
    except OSError:  # no hard links here: USB sticks, some network folders, Android
        _publish_over_reservation(part, path)


def _publish_over_reservation(part: Path, path: Path) -> None:
    os.close(os.open(path, _WRITE, _PRIVATE))
    try:
        part.replace(path)
    except OSError:
        path.unlink()
        raise


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system can do that."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        # The file is whole and in place; some file systems cannot promise more.
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def _unreadable(number: int | None) -> UnreadableFileError:
    match number:
        case errno.EISDIR:
            what = _("This is a folder, not a file. It was not changed.")
            then = _("Choose one file inside it.")
        case errno.ELOOP:
            what = _("This is a link to another place, not a file. It was not changed.")
            then = _("Choose the file that it points to.")
        case errno.ENXIO:
            what = _("This is not an ordinary file, so it was not opened.")
            then = _("Choose a file that you saved, such as a mail or a picture.")
        case errno.ENOENT | errno.ENOTDIR:
            what = _("There is no file with that name. Nothing was changed.")
            then = _("Check the name and the folder, or drop the file here.")
        case errno.EACCES | errno.EPERM:
            what = _("This computer does not let you open this file.")
            then = _("Copy it to a folder of your own and choose the copy.")
        case errno.EINVAL | errno.ENAMETOOLONG:
            what = _("That cannot be the name of a file. Nothing was changed.")
            then = _("Check the name, or drop the file here.")
        case _:
            what = _("The disk could not read this file. It was not changed.")
            then = _("Copy it to another disk and choose the copy.")
    return UnreadableFileError(what, then)
