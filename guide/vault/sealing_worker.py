"""The other process: seals or opens what comes in, and knows nothing else.

``guide.vault.sealing`` starts this file as a program. It reads from its standard
input how long the order is, the order, then bytes; it writes the sealed or opened
bytes to its standard output. The key comes with the order, through the pipe: never
as an argument, in the environment or in a file. It opens no file, prints nothing,
and ends with its parent. Its exit code is the only thing it says.

Standard library only, and little of it: it starts in 40 ms.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import BinaryIO, NoReturn

if sys.platform != "win32":
    import resource

DONE, DAMAGED, FAILED = 0, 3, 4
SEAL, OPEN = b"seal", b"open"
LOCK, UNLOCK = b"lock", b"unlock"  # with a passphrase, and only what is small
_BUFFER = 1 << 20
_LENGTH = 4
_SET_PDEATHSIG, _SET_DUMPABLE, _SIGKILL = 1, 4, 9  # linux/prctl.h
_REFUSED = ("open", "os.", "socket.", "subprocess.", "shutil.", "ctypes.")


def order(task: bytes, key: str, library: str) -> bytes:
    """What the parent writes first: the task, the key, and where pyrage is."""
    parts = (task, key.encode(), b"%d" % os.getpid(), os.fsencode(library))
    body = b"\0".join(parts)
    return len(body).to_bytes(_LENGTH, "big") + body


def main() -> int:
    """Do one order; the exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    _hide()
    with open(0, "rb", _BUFFER) as source, open(1, "wb", _BUFFER) as target:
        length = int.from_bytes(source.read(_LENGTH), "big")
        task, key, parent, library = source.read(length).split(b"\0")
        if sys.platform != "win32" and os.getppid() != int(parent):
            return FAILED  # it ended before we could ask to end with it
        sys.path.append(os.fsdecode(library))
        if task in (LOCK, UNLOCK):
            return _lock_or_unlock(task, key.decode(), source, target)
        return _seal_or_open(task, key.decode("ascii"), source, target)


def _lock_or_unlock(task: bytes, key: str, source: BinaryIO, target: BinaryIO) -> int:
    import pyrage

    act = pyrage.passphrase.encrypt if task == LOCK else pyrage.passphrase.decrypt
    sys.addaudithook(_refuse)
    try:
        target.write(act(source.read(), key))
    except pyrage.DecryptError:
        return DAMAGED
    target.flush()
    return DONE


def _seal_or_open(task: bytes, key: str, source: BinaryIO, target: BinaryIO) -> int:
    import pyrage

    own, other = pyrage.x25519.Identity, pyrage.x25519.Recipient
    keys = [other.from_str(key) if task == SEAL else own.from_str(key)]
    sys.addaudithook(_refuse)
    try:
        if task == SEAL:
            pyrage.encrypt_io(source, target, keys)
        else:
            pyrage.decrypt_io(source, target, keys)
    except pyrage.DecryptError:
        return DAMAGED
    except OSError as error:
        # pyrage words a failed check as an OSError without a number.
        return FAILED if error.errno else DAMAGED
    # pyrage drops the error of its last write: this one does not.
    target.flush()
    return DONE


def _hide() -> None:
    """No core file, no debugger, and no life after the parent's.

    The limits of the parent came along; what it asked of the kernel did not,
    because that ends when a program starts.
    """
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        prctl = ctypes.CDLL(None).prctl
        zero = ctypes.c_ulong(0)
        for request, value in ((_SET_DUMPABLE, 0), (_SET_PDEATHSIG, _SIGKILL)):
            prctl(request, ctypes.c_ulong(value), zero, zero, zero)


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError


def _run() -> NoReturn:
    try:
        code = main()
    except BaseException:  # nothing may be printed: a traceback could show the key
        code = FAILED
    os._exit(code)


if __name__ == "__main__":
    _run()
