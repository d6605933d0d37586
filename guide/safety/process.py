"""The process itself, made to leave no traces: call ``harden`` before anything else.

No core file, no debugger, no network, no links opened, no files that others can
read, and a crash says where it was but never what the reader wrote. What is set
before Python starts (``-X``, ``PYTHON*``) is undone as far as it can be: its fault
handler and asyncio's debug mode would print values.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
from pathlib import PurePath
from typing import TYPE_CHECKING, NoReturn

from guide.safety import kernel
from guide.safety.display import show_path
from guide.words import _

if TYPE_CHECKING:
    from types import TracebackType

if sys.platform != "win32":
    import resource

_AF_UNIX = 1  # within this computer; asyncio's own pair is one
_UNKNOWN_FAMILY = -1  # made from a descriptor: its address is looked at instead
_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_LOOKUPS = frozenset(
    {
        "socket.getaddrinfo",
        "socket.gethostbyaddr",
        "socket.gethostbyname",
        "socket.getnameinfo",
        "socket.getservbyname",
        "webbrowser.open",
    }
)
_ADDRESSED = frozenset(
    {"socket.bind", "socket.connect", "socket.sendto", "socket.sendmsg"}
)
# Read before any of this runs: a prompt after leaving, lists of what was imported,
# files for profilers, code that is run first. Only a new start is rid of them.
_PYTHON_TALKS = (
    *("PYTHONINSPECT", "PYTHONVERBOSE", "PYTHONPROFILEIMPORTTIME", "PYTHONDEBUG"),
    *("PYTHONMALLOCSTATS", "PYTHONTRACEMALLOC", "PYTHONDUMPREFS", "PYTHONWARNINGS"),
    *("PYTHONDUMPREFSFILE", "PYTHONPERFSUPPORT", "PYTHON_PERF_JIT_SUPPORT"),
    *("PYTHONDEVMODE", "PYTHONWARNDEFAULTENCODING", "PYTHON_PRESITE"),
)
# What libraries read. They load code (OPENSSL), write files (SSLKEYLOGFILE), weaken
# what is random (XKCDPASS), hold back the Esc key (ESCDELAY), or draw in a way that
# belongs to another program (JUPYTER).
_UNWANTED = (
    *("PYTHONASYNCIODEBUG", "PYTHONFAULTHANDLER", "PYTHONSTARTUP", "PYTHON_HISTORY"),
    *("ESCDELAY", "SSLKEYLOGFILE", "SQLITE_TMPDIR", "SQLITE_HISTORY", "CFFI_TMPDIR"),
    *("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "UNICODE_VERSION"),
    *("DATABRICKS_RUNTIME_VERSION", "ROWS"),
)
_UNWANTED_BEGINNINGS = (
    *("TEXTUAL", "OPENSSL_", "CRYPTOGRAPHY_", "RUST_", "TYPST_", "PILLOW_"),
    *("XKCDPASS_", "JUPYTER_"),
)
# Left behind by a parent, they freeze the size of the window.
_STALE = ("COLUMNS", "LINES")

_hardened = False


class NetworkRefusedError(RuntimeError):
    """Something tried to reach another computer or to open a link."""


def start_afresh() -> None:
    """Start this command again without what makes Python itself talk, if it would.

    Call it first, where this is the whole program. Returns where there is nothing to
    take away, and on Windows, where starting again would hand back the prompt.
    """
    talks = [name for name in _PYTHON_TALKS if os.environ.get(name)]
    if not talks or sys.platform == "win32" or not sys.executable:
        return
    quiet = {name: x for name, x in os.environ.items() if name not in _PYTHON_TALKS}
    command = [sys.executable, *sys.orig_argv[1:]]
    os.execve(command[0], command, quiet)  # noqa: S606  our own words, no shell


def harden() -> None:
    """Set all of it, once; a second call changes nothing."""
    global _hardened  # noqa: PLW0603  an audit hook cannot be taken away again
    if _hardened:
        return
    _hardened = True
    os.umask(0o077)
    clean_environment()
    hide()
    stay_quiet()
    sys.addaudithook(_refuse_network)


def clean_environment() -> None:
    """Nothing from outside steers a library; call it before any is imported.

    ``TEXTUAL_LOG`` and ``TEXTUAL_SCREENSHOT`` write what is on the screen to files,
    ``TEXTUAL_DRIVER`` loads code. The two that stay let Ctrl+C and Ctrl+Q be signals
    (see ``leave``).
    """
    for name in [*os.environ]:
        if name.upper().startswith(_UNWANTED_BEGINNINGS):
            del os.environ[name]
    for name in (*_UNWANTED, *_PYTHON_TALKS, *_STALE):
        os.environ.pop(name, None)
    os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    os.environ["TEXTUAL_ALLOW_SIGNALS"] = "1"
    os.environ["PYTHONBREAKPOINT"] = "0"


def hide() -> None:
    """No core file, and where the kernel can, no debugger."""
    kernel.hide_memory()
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def stay_quiet() -> None:
    """Every way to report a fault says where, and nothing of the reader's."""
    faulthandler.disable()
    logging.disable(logging.CRITICAL)  # asyncio logs exceptions with their values
    sys.excepthook = _report_crash
    threading.excepthook = _report_thread
    sys.unraisablehook = _report_unraisable


def crash_report(error: BaseException) -> str:
    """Two sentences and the place: type, file and line, never a value.

    The message of an exception is left out too, since it often quotes what it
    could not digest.
    """
    said = _("The guide stopped because of a fault. What was kept is still kept.")
    place = ", ".join([type(error).__name__, *_places(error.__traceback__)])
    return f"{said}\n{_('For whoever mends it:')} {place}"


def _places(traceback: TracebackType | None) -> list[str]:
    """The innermost place, and before it the innermost one of this program."""
    here = PurePath(__file__).parents[1]
    ours = last = ""
    while traceback is not None:
        path = PurePath(traceback.tb_frame.f_code.co_filename)
        # Two names are enough to find it; more would name the reader's folders.
        last = f"{show_path('/'.join(path.parts[-2:]))}:{traceback.tb_lineno}"
        ours = last if path.is_relative_to(here) else ours
        traceback = traceback.tb_next
    return [place for place in dict.fromkeys((ours, last)) if place]


def _report_crash(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    if not issubclass(kind, KeyboardInterrupt):  # that is the reader, leaving
        _say(crash_report(error.with_traceback(traceback)))


def _report_thread(caught: threading.ExceptHookArgs) -> None:
    if caught.exc_value is not None and caught.exc_type is not SystemExit:
        _say(crash_report(caught.exc_value))


def _report_unraisable(caught: sys.UnraisableHookArgs) -> None:
    """Nothing stopped, and nobody can act on it; Python would print values."""


def _say(report: str) -> None:
    if sys.stderr is not None:  # a program without a window has none
        sys.stderr.write(report + "\n")


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith(("socket.", "webbrowser.")):
        return
    if event in _LOOKUPS:
        _refuse()
    if event == "socket.__new__" and not _family_is_local(arguments[1]):
        _refuse()
    if event in _ADDRESSED and not _address_is_local(arguments[1]):
        _refuse()


def _refuse() -> NoReturn:
    raise NetworkRefusedError("This program never uses the network.")


def _family_is_local(family: object) -> bool:
    # Windows has no pairs of local sockets: Python makes them over the loopback.
    return sys.platform == "win32" or family in (_AF_UNIX, _UNKNOWN_FAMILY)


def _address_is_local(address: object) -> bool:
    if isinstance(address, tuple):
        return sys.platform == "win32" and address[0] in _LOOPBACK
    return address is None or isinstance(address, str | bytes)
