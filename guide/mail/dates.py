"""A date as it stands in a mail header (RFC 5322 section 3.3).

The zone is the one that was written. A date without a zone is no moment in time,
and is refused: a guessed zone in a letter could point at the wrong customer.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_LONGEST = 120
_WIDEST_ZONE = timedelta(hours=14)  # no place on earth is further from UTC


def written_date(text: str) -> datetime | None:
    """The moment that *text* names, in the zone it names, or None.

    ``-0000`` is UTC from a computer that hides its own zone (RFC 5322 section 3.3).
    """
    try:
        date = parsedate_to_datetime(text[:_LONGEST])
        if f"{date.year:04}" not in text:  # a year of two digits was filled up
            return None
        if date.tzinfo is None:
            return date.replace(tzinfo=UTC) if "-0000" in text else None
        date.astimezone(UTC)  # overflows near year 1 and year 9999
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    offset = date.utcoffset()
    return date if offset is not None and abs(offset) <= _WIDEST_ZONE else None
