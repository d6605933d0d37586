"""Writing a rule in the format that a service takes."""

from __future__ import annotations

from guide.filters.gmail import gmail
from guide.filters.procmail import procmail
from guide.filters.rule import Made, Rule
from guide.filters.services import FilterFormat
from guide.filters.sieve import sieve
from guide.filters.thunderbird import thunderbird


def make(format_: FilterFormat, rule: Rule) -> Made:
    """The rule as a file of this kind; no text where it is clicked together."""
    match format_:
        case FilterFormat.SIEVE:
            return sieve(rule)
        case FilterFormat.GMAIL:
            return gmail(rule)
        case FilterFormat.THUNDERBIRD:
            return thunderbird(rule)
        case FilterFormat.PROCMAIL:
            return procmail(rule)
        case FilterFormat.NONE:
            return Made(text="")
