"""A command of the guide that notes every socket: ``no_network_app.py NOTES WORDS…``.

Not a test: ``test_no_network`` runs it. The notes are made before anything is refused,
by each process that the command forks, and say the kind of the socket.
"""

from __future__ import annotations

import os
import sys

_AF_UNIX = 1


def note(event: str, arguments: tuple[object, ...]) -> None:
    """One line for each event that has to do with other computers."""
    if event.startswith("webbrowser.") or (
        event.startswith("socket.") and not _within(event, arguments)
    ):
        os.write(_notes, f"{event}\n".encode())


def _within(event: str, arguments: tuple[object, ...]) -> bool:
    """A pair of this computer's own, as asyncio makes one."""
    return event == "socket.__new__" and arguments[1] in (_AF_UNIX, -1)


if __name__ == "__main__":
    _notes = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    sys.addaudithook(note)
    if sys.argv[1:] == ["--try-it"]:  # so that the test can see itself fail
        import socket

        socket.socket().connect_ex(("192.0.2.1", 9))
        sys.exit(0)
    from guide.__main__ import main

    sys.exit(main())
