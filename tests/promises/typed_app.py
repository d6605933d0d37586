"""The whole guide, watched from inside: ``python typed_app.py HOME WORDS…``.

Not a test: ``test_canaries_typed`` and ``test_written_files`` run it. Before anything
else is loaded, an audit hook begins to note every file that is opened to be written,
every name that is made or changed, and all that another program is started with.
Where HOME holds a file ``trace``, all of it runs beneath the command in there.
The help lines fail on demand, with a fault that holds something private.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# What makes a name, or starts a program; its arguments are noted whole.
_NOTED = frozenset(
    {
        *("os.mkdir", "os.rename", "os.link", "os.symlink", "os.truncate"),
        *("os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.putenv"),
        *("subprocess.Popen", "tempfile.mkstemp", "tempfile.mkdtemp"),
        *("shutil.copyfile", "shutil.move", "sqlite3.connect", "mmap.__new__"),
    }
)


def note(event: str, arguments: tuple[object, ...]) -> None:
    """One line of JSON for each: what it is, and its words."""
    if event == "open" and not _is_written(arguments):
        return
    if event == "open" or event in _NOTED:
        words = [_words(each) for each in arguments]
        line = json.dumps([event, *words]) + "\n"
        os.write(_notes, line.encode("utf-8", "surrogateescape"))


def _is_written(arguments: tuple[object, ...]) -> bool:
    path, mode, flags = arguments
    if isinstance(path, int):  # what was opened, and noted, before
        return False
    if isinstance(mode, str):
        return bool(set(mode) & set("wax+"))
    return isinstance(flags, int) and bool(flags & _WRITES)


def _words(given: object) -> str:
    if isinstance(given, bytes):
        return given.decode("utf-8", "surrogateescape")
    if isinstance(given, str | os.PathLike):
        return str(given)
    return repr(given)


def say_who_shows() -> None:
    """The process that the supervisor forks is the one that shows and asks."""
    file = os.open(_home / "interface", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(file, str(os.getpid()).encode())
    os.close(file)


def fail_on_demand() -> None:
    """The help lines, opened when ``break`` is there, raise what was typed."""
    from guide.actions.journey import Journey
    from tests.promises.canaries import canary

    usual = Journey.open

    def opened(journey: Journey, target: str) -> None:
        if target == "help-lines" and (_home / "break").exists():
            private = canary("exception")
            raise KeyError(private, journey.sheet())
        usual(journey, target)

    setattr(Journey, "open", opened)  # noqa: B010  a fault, on demand


def be_traced() -> None:
    """Begin again beneath the command that ``trace`` holds, where it is there."""
    asked = _home / "trace"
    if asked.exists():
        words = json.loads(asked.read_text("utf-8"))
        asked.unlink()
        own = [sys.executable, *sys.orig_argv[1:]]
        os.execvp(words[0], [*words, *own])  # noqa: S606  the test's own words


if __name__ == "__main__":
    _home = Path(sys.argv[1])
    be_traced()
    del sys.argv[1]
    _flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    _notes = os.open(_home / "written", _flags, 0o600)
    sys.addaudithook(note)
    os.register_at_fork(after_in_child=say_who_shows)
    if (_home / "fails").exists():
        fail_on_demand()
    from guide.__main__ import main

    sys.exit(main())
