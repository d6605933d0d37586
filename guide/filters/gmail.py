"""Gmail's own file of filters: skip the inbox, put a label, never send to Spam.

Gmail reads the value of ``from`` as a search, so an address with a sign that means
something in a search is left out and named: it has to be put in by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from guide.filters.rule import Made, Rule

_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]*@[a-z0-9.-]+")
_LONGEST = 1_200  # letters of one search; Gmail takes about 1,500
_OR = " OR "
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" \
xmlns:apps="http://schemas.google.com/apps/2006">
  <title>Mail Filters</title>
"""
_ENTRY = """\
  <entry>
    <category term="filter"></category>
    <title>Mail Filter</title>
    <content></content>
"""


def gmail(rule: Rule) -> Made:
    """The rule as a file for Import filters."""
    wanted = [each for each in rule.addresses if _SAFE.fullmatch(each)]
    left_out = tuple(each for each in rule.addresses if each not in wanted)
    wanted += [f"@{each}" for each in rule.domains]
    parts = [_HEAD] if wanted else []
    for search in _searches(wanted):
        parts += [_ENTRY, *_properties(rule, search), "  </entry>\n"]
    parts += ["</feed>\n"] if wanted else []
    return Made(text="".join(parts), left_out=left_out)


def _searches(wanted: list[str]) -> Iterator[str]:
    search = ""
    for each in wanted:
        if search and len(search) + len(_OR) + len(each) > _LONGEST:
            yield search
            search = ""
        search += f"{_OR if search else ''}{each}"
    if search:
        yield search


def _properties(rule: Rule, search: str) -> Iterator[str]:
    values = {
        "from": search,
        "label": rule.folder,
        "shouldArchive": "true",
        "shouldNeverSpam": "true",
    }
    if rule.mark_read:
        values["shouldMarkAsRead"] = "true"
    for name, value in values.items():
        yield f'    <apps:property name="{name}" value="{escape(value)}"/>\n'
