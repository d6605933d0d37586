"""The month in which something was checked, and when that is too long ago."""

from __future__ import annotations

import re
from datetime import date

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


def stale(checked: str, today: date) -> bool:
    """Whether the check is more than 12 months old, or cannot be read.

    >>> stale("2026-11", date(2027, 11, 30)), stale("2026-11", date(2027, 12, 1))
    (False, True)
    """
    month = MONTH.fullmatch(checked)
    if not month:
        return True
    years, months = today.year - int(month[1]), today.month - int(month[2])
    return years * 12 + months > 12
