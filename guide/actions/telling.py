"""Moments and days in words, for whoever stands on this floor; see the model."""

from __future__ import annotations

from guide.model.telling import (
    in_short,
    in_words,
    is_whole_day,
    months,
    short_day,
    the_day,
    the_minute,
    the_zone,
    weekdays,
)

__all__ = (
    "in_short",
    "in_words",
    "is_whole_day",
    "months",
    "short_day",
    "the_day",
    "the_minute",
    "the_zone",
    "weekdays",
)
