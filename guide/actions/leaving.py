"""Leaving, as the front ends may call it."""

from __future__ import annotations

from typing import NoReturn

from guide.safety import leave, process
from guide.safety.leave import EscapeCounter

__all__ = ["EscapeCounter", "crash_report", "hide", "leave_now"]


def leave_now() -> NoReturn:
    """Leave at once. What was acknowledged is kept; nothing is asked."""
    leave.leave_now()


def hide() -> None:
    """Nothing that was shown so far can be seen or scrolled back to."""
    leave.hide()


def crash_report(error: BaseException) -> str:
    """Where a fault was, without any value of the reader's."""
    return process.crash_report(error)
