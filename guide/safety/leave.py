"""Leaving: at once, with nothing left to see and nothing to answer.

A supervisor starts the interface as its child and sleeps. Ctrl+C and Ctrl+Q
reach it through the kernel, so leaving works while the interface is busy, stuck
or holding the interpreter. It ends the interface and everything that one
started, wipes the terminal in one write, and exits with 0. It holds nothing
private: it splits off before any page, vault or interface is loaded.

Where there is no ``fork`` (Windows), the interface leaves by itself.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, NoReturn

from guide.safety import kernel
from guide.safety.terminal import Terminal
from guide.words import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

PRESSES, WITHIN = 3, 2.0
_PATIENCE, _BLINK = 0.05, 0.0005  # seconds

if sys.platform != "win32":
    _LEAVE = frozenset({signal.SIGINT, signal.SIGQUIT, signal.SIGUSR1})
    _END = frozenset({signal.SIGHUP, signal.SIGTERM})
    _HEARD = _LEAVE | _END | {signal.SIGCHLD}


class EscapeCounter:
    """Counts presses of Esc: three within two seconds mean *leave now*."""

    __slots__ = ("_presses",)

    def __init__(self) -> None:
        self._presses: tuple[float, ...] = ()

    def pressed(self, at: float) -> bool:
        """Whether this press, *at* monotonic seconds, is the one that leaves."""
        recent = (press for press in self._presses if at - press <= WITHIN)
        self._presses = (*recent, at)[-PRESSES:]
        return len(self._presses) == PRESSES

    def would_leave(self, presses: int, at: float) -> bool:
        """Whether so many more, *at* monotonic seconds, would leave; counts none."""
        recent = sum(at - press <= WITHIN for press in self._presses)
        return recent + presses >= PRESSES

    def take_back(self) -> None:
        """The last press was none: another key began with the same byte."""
        self._presses = self._presses[:-1]


def supervised(
    interface: Callable[[], int], *, raw: bool, erase_scrollback: bool = True
) -> int:
    """Run *interface* so that the reader can always leave; its exit code.

    Call it before anything heavy or private is loaded, with one thread, and do
    nothing afterwards but exit with what it returns. *raw* is for an interface
    that draws the whole screen. Without a terminal there is nothing to wipe,
    and *interface* simply runs.
    """
    if not Terminal.is_here():
        return interface()
    global _shown_on  # noqa: PLW0603  one terminal a process, set once at start
    terminal = _shown_on = Terminal(erase_scrollback=erase_scrollback)
    if sys.platform == "win32":
        return _alone(interface, terminal)
    else:  # noqa: RET505  a type checker skips this branch on Windows
        return _watched(interface, terminal, raw=raw)


def leave_now() -> NoReturn:
    """Leave from inside the interface, from any thread: never returns.

    Like pulling the plug: no clean-up runs, which the vault is built for.
    """
    _way_out()


def hide() -> None:
    """Empty the terminal of what was shown so far, and go on.

    Without one, what was said is part of a result, and stays.
    """
    if _shown_on is not None:
        _flush()  # or it would be said after all
        _shown_on.hide()


def _without_terminal() -> NoReturn:
    """What was said into a pipe or a file is part of the result: keep it."""
    _flush()
    os._exit(0)


_way_out: Callable[[], NoReturn] = _without_terminal
_shown_on: Terminal | None = None


def _alone(interface: Callable[[], int], terminal: Terminal) -> int:
    """No supervisor: Ctrl+C and ``leave_now`` wipe from this very process."""
    global _way_out  # noqa: PLW0603  one terminal a process, set once at start
    leaving = threading.Lock()

    def leave() -> NoReturn:
        if leaving.acquire(blocking=False):
            terminal.take_over()  # or another thread would draw after the wipe
            terminal.wipe()
            os._exit(0)
        while True:  # another thread is at it
            time.sleep(_PATIENCE)

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        if not leaving.locked():  # else this very thread may be at it
            leave()

    _way_out = leave
    signal.signal(signal.SIGINT, interrupted)
    try:
        return interface()
    finally:
        terminal.restore()


if sys.platform != "win32":

    def _watched(interface: Callable[[], int], terminal: Terminal, *, raw: bool) -> int:
        _flush()  # or both processes would say it
        supervisor = os.getpid()
        # Blocked, not handled: sigwait takes them, and none is lost before it.
        # SIGTSTP stays blocked in the interface too: an open vault never parks.
        signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD | {signal.SIGTSTP})
        kernel.adopt_orphans()
        terminal.listen_for_leaving()
        try:
            child = os.fork()
        except OSError:
            terminal.restore()
            raise
        if child == 0:
            _be_the_interface(interface, supervisor)
        return _stand_by(child, terminal, raw=raw)

    def _be_the_interface(interface: Callable[[], int], supervisor: int) -> NoReturn:
        global _way_out  # noqa: PLW0603  one supervisor a process, set at start

        def leave() -> NoReturn:
            with contextlib.suppress(ProcessLookupError):  # then there is no screen
                os.kill(supervisor, signal.SIGUSR1)
            while True:  # not one more character is drawn
                os.kill(os.getpid(), signal.SIGKILL)

        _way_out = leave
        kernel.die_with_parent()
        for number in _HEARD:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HEARD)
        if os.getppid() != supervisor:  # it ended before we could ask
            os._exit(1)
        os._exit(_exit_code(interface))

    def _stand_by(child: int, terminal: Terminal, *, raw: bool) -> int:
        for number in _HEARD:  # macOS discards what nobody handles, blocked or not
            signal.signal(number, lambda _number, _frame: None)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # wiping never parks us
        while True:
            heard = signal.sigwait(_HEARD)
            if heard == signal.SIGCHLD:
                # A child that asks to leave ends itself in the same breath.
                heard = next(iter(signal.sigpending() & (_LEAVE | _END)), heard)
            if heard in _LEAVE:
                return _leave(child, terminal, 0)
            if heard in _END:
                return _leave(child, terminal, 128 + heard)
            code = _reap(child)
            if code is not None:
                return _after(code, terminal, raw=raw)

    def _leave(child: int, terminal: Terminal, code: int) -> int:
        with contextlib.suppress(ProcessLookupError):  # it may be gone already
            os.kill(child, signal.SIGKILL)
        _end_children(until=time.monotonic() + _PATIENCE)
        terminal.wipe()
        return code

    def _after(code: int, terminal: Terminal, *, raw: bool) -> int:
        """The child has ended by itself with *code*, a signal if negative."""
        _end_children(until=time.monotonic() + _PATIENCE)
        if -code in _LEAVE:
            terminal.wipe()
            return 0
        if code >= 0:
            terminal.restore()
            return code
        terminal.recover(full_screen=raw)
        said = _("The guide stopped because of a fault. What was kept is still kept.")
        sys.stderr.write(said + "\n")
        return 1

    def _reap(child: int) -> int | None:
        """The exit code of *child* if it has ended, and no zombie is left."""
        code = None
        with contextlib.suppress(ChildProcessError):  # all have been collected
            while (ended := os.waitpid(-1, os.WNOHANG)) != (0, 0):
                if ended[0] == child:
                    code = os.waitstatus_to_exitcode(ended[1])
        return code

    def _end_children(*, until: float) -> None:
        """End every descendant; give up on one that is stuck in a slow disk.

        Such a one is doomed already: it will never draw another character.
        """
        with contextlib.suppress(ChildProcessError):  # none is left
            while time.monotonic() < until:
                for pid in kernel.children():
                    os.kill(pid, signal.SIGKILL)
                if os.waitpid(-1, os.WNOHANG) == (0, 0):
                    time.sleep(_BLINK)


def _exit_code(interface: Callable[[], int]) -> int:
    """Run *interface* as the outermost call of this process."""
    try:
        code = interface()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # nothing above this would report it
        sys.excepthook(*sys.exc_info())
        code = 1
    _flush()
    return code


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # the reader closed it
            stream.flush()
