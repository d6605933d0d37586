"""What the kernel was asked for while a program ran, by it and all its children.

``strace`` notes every call that opens, names or writes a file, starts a program or
makes a socket. Not a test.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

_CALLS = (
    *("open", "openat", "openat2", "creat", "memfd_create", "shmget", "mq_open"),
    *("write", "pwrite64", "writev", "pwritev", "pwritev2", "splice", "sendfile"),
    *("sendto", "sendmsg", "sendmmsg", "copy_file_range", "io_uring_setup"),
    *("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat"),
    *("mkdir", "mkdirat", "mknod", "mknodat", "execve", "execveat", "socket"),
)
_OPENS = frozenset({"open", "openat", "openat2", "creat"})
_NAMES = frozenset(each for each in _CALLS if re.match("rename|link|symlink|mk", each))
_MEMORY = frozenset({"memfd_create", "shmget", "mq_open", "io_uring_setup"})
_WRITES = re.compile("O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE")
_CALL = re.compile(rb"^(\d+) +(\w+)\((.*)$")
_QUOTED = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')
_HELD = re.compile(rb"^\d+<([^>]*)>")  # the name of the file behind a descriptor


@dataclass
class Traced:
    """What was asked for. ``written`` holds the bytes for each file's name."""

    opened: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    written: dict[str, bytes] = field(default_factory=dict)
    started: list[bytes] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)
    memory: list[str] = field(default_factory=list)


def tracing(notes: Path, calls: str = ",".join(_CALLS)) -> list[str]:
    """The words before a command that is to be traced into *notes*."""
    words = ["strace", "-f", "-qq", "-y", "-xx", "-v", "-s", str(1 << 20)]
    words += ["-e", "signal=none", "-o", str(notes)]
    if os.geteuid() == 0:
        return [*words, "-e", f"trace={calls}"]
    # A process that hides its memory hides it from strace, too, but from that of
    # root: here, what it asks for is answered and not done.
    return [*words, "-e", f"trace={calls},prctl", "-e", "inject=prctl:retval=0"]


def can_trace(folder: Path) -> bool:
    """Whether there is strace, and the kernel lets it look."""
    if shutil.which("strace") is None:
        return False
    done = subprocess.run(
        [*tracing(folder / "tried"), "true"], capture_output=True, check=False
    )
    return done.returncode == 0


def read_trace(notes: Path) -> Traced:
    """All of it, sorted by kind. A call that failed counts as one that did not."""
    found = Traced()
    for line in notes.read_bytes().splitlines():
        if call := _CALL.match(line):
            _sort(found, call[2].decode(), call[3])
    return found


def _sort(found: Traced, name: str, words: bytes) -> None:
    if name in _OPENS:
        if name == "creat" or _WRITES.search(_bare(words)):
            found.opened.append(_path(words))
    elif name in _NAMES:
        found.named += [_text(each) for each in _QUOTED.findall(words)]
    elif name in ("execve", "execveat"):
        found.started.append(b"\0".join(map(_plain, _QUOTED.findall(words))))
    elif name == "socket":
        found.sockets.append(words.decode("ascii", "replace"))
    elif name in _MEMORY:
        found.memory.append(f"{name}: {words[:80]!r}")
    elif held := _HELD.match(words):
        data = b"".join(map(_plain, _QUOTED.findall(words)))
        target = _text(held[1])
        found.written[target] = found.written.get(target, b"") + data


def _bare(words: bytes) -> str:
    """Without what is quoted, which could look like a flag."""
    return _QUOTED.sub(b"", words).decode("ascii", "replace")


def _path(words: bytes) -> str:
    """The name that is opened, whole, where it is told from which folder."""
    quoted = _QUOTED.search(words)
    name = _text(quoted[1]) if quoted else ""
    folder = re.match(rb"(?:AT_FDCWD|\d+)<([^>]*)>", words)
    return str(Path(_text(folder[1])) / name) if folder else name


def _plain(quoted: bytes) -> bytes:
    return bytes.fromhex(quoted.replace(b"\\x", b"").decode("ascii"))


def _text(quoted: bytes) -> str:
    """Names stand as numbers, too, where they are not plain."""
    parts = re.split(rb"((?:\\x[0-9a-f]{2})+)", quoted)
    whole = b"".join(_plain(x) if x.startswith(b"\\x") else x for x in parts)
    return os.fsdecode(whole)
