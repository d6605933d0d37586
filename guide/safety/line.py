"""The line from the keyboard to the program, and its settings.

Kept as they were found, so that they can be put back exactly. POSIX terminals
have a line discipline (``termios``); Windows has two console modes.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time

KEYBOARD, SCREEN = 0, 1
_QUIET, _AT_MOST = 0.05, 0.3  # seconds; a held key repeats about every 0.03

if sys.platform == "win32":
    import ctypes
    import msvcrt

    _HANDLES = (-10, -11)  # STD_INPUT_HANDLE, STD_OUTPUT_HANDLE

    class Line:
        """The console modes, as they were found."""

        __slots__ = ("_found",)

        def __init__(self) -> None:
            self._found = [self._mode(handle) for handle in _HANDLES]

        @staticmethod
        def _mode(handle: int) -> int:
            kernel, mode = ctypes.windll.kernel32, ctypes.c_ulong()
            kernel.GetConsoleMode(kernel.GetStdHandle(handle), ctypes.byref(mode))
            return mode.value

        def listen_for_leaving(self) -> None:
            """Nothing to set: Windows has no key that ends a process at once."""

        def drop_output(self, screen: int) -> None:
            """Nothing to drop: a console writes before it returns."""

        def hear_nothing(self) -> None:
            """Nothing to set: keys are echoed by whoever reads them."""

        def put_back(self) -> None:
            """The modes as they were found; keys typed so far are forgotten."""
            while msvcrt.kbhit():
                msvcrt.getwch()
            kernel = ctypes.windll.kernel32
            for handle, mode in zip(_HANDLES, self._found, strict=True):
                kernel.SetConsoleMode(kernel.GetStdHandle(handle), mode)

        swallow_keys = put_back

else:
    import termios

    # <sys/termios.h> of macOS and the BSDs; the module does not name it.
    _VDSUSP = 11 if sys.platform == "darwin" or "bsd" in sys.platform else None

    class Line:
        """The line discipline and the group it serves, as they were found."""

        __slots__ = ("_found", "_group")

        def __init__(self) -> None:
            self._found = termios.tcgetattr(KEYBOARD)
            self._group = os.getpgrp()

        def listen_for_leaving(self) -> None:
            """Ctrl+C and Ctrl+Q become signals; no key parks or freezes anything.

            Textual 8 keeps these when ``TEXTUAL_ALLOW_SIGNALS`` is set: it reads
            the settings, changes the flags of lines and echo, and puts the rest
            back (``LinuxDriver.start_application_mode``).
            """
            iflag, oflag, cflag, lflag, ispeed, ospeed, found = self._found
            keys = list(found)
            off = bytes([os.fpathconf(KEYBOARD, "PC_VDISABLE") & 0xFF])
            keys[termios.VINTR], keys[termios.VQUIT] = b"\x03", b"\x11"
            keys[termios.VSUSP] = off
            if _VDSUSP is not None:
                keys[_VDSUSP] = off
            iflag &= ~(termios.IXON | termios.IXOFF)
            lflag |= termios.ISIG
            changed = [iflag, oflag, cflag, lflag, ispeed, ospeed, keys]
            termios.tcsetattr(KEYBOARD, termios.TCSANOW, changed)
            self._keep_keys_from_whoever_started_us()

        def drop_output(self, screen: int) -> None:
            """What is written to *screen* but not yet shown never will be."""
            with contextlib.suppress(termios.error):  # the window may be gone
                termios.tcflow(screen, termios.TCOON)
                termios.tcflush(screen, termios.TCOFLUSH)

        def put_back(self) -> None:
            """The settings as they were found; keys typed so far are forgotten."""
            with contextlib.suppress(termios.error):  # the window may be gone
                termios.tcsetattr(KEYBOARD, termios.TCSANOW, self._found)
                termios.tcflush(KEYBOARD, termios.TCIFLUSH)
            if os.getpgrp() != self._group:
                _serve(self._group)

        def hear_nothing(self) -> None:
            """Every key waits in silence: no echo, no line, no signal."""
            with contextlib.suppress(termios.error):  # the window may be gone
                settings = termios.tcgetattr(KEYBOARD)
                settings[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG)
                settings[6][termios.VMIN], settings[6][termios.VTIME] = 1, 0
                termios.tcsetattr(KEYBOARD, termios.TCSANOW, settings)

        def swallow_keys(self) -> None:
            """Forget keys until none has come for a moment.

            Whoever leaves in a hurry is often still typing: without this the
            rest of the sentence would stand at the prompt.
            """
            with contextlib.suppress(termios.error):  # the window may be gone
                until = time.monotonic() + _AT_MOST
                while time.monotonic() < until:
                    if not select.select([KEYBOARD], [], [], _QUIET)[0]:
                        break
                    termios.tcflush(KEYBOARD, termios.TCIFLUSH)
            self.put_back()

        def _keep_keys_from_whoever_started_us(self) -> None:
            """A script or tool around this program must not get its signals.

            A shell gives each job a group of its own. A script does not: Ctrl+C
            would end it too, and its last words would follow the wipe.
            """
            leads = self._group == os.getpid()
            if not leads and os.tcgetpgrp(KEYBOARD) == self._group:
                os.setpgid(0, 0)
                _serve(os.getpgrp())

    def _serve(group: int) -> None:
        """Signals and keys of the terminal go to *group* from now on."""
        # Whoever is not served now is stopped for asking, unless it is blocked.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        with contextlib.suppress(OSError):  # the window or the group is gone
            os.tcsetpgrp(KEYBOARD, group)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
