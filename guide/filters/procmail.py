"""procmail, on servers where nothing newer is there: into a folder, one by one.

Each recipe delivers into a Maildir folder, which the slash at its end says, and so
needs no lock. What stands before and after an address cannot be part of another one.
"""

from __future__ import annotations

from guide.filters.rule import Made, Rule

_MEANS_SOMETHING = frozenset(".*+?|^$()[]\\")
_BEFORE = r"^From:(.*[^-A-Za-z0-9._+])?"
_AFTER = r"([^-A-Za-z0-9.]|$)"
# Signs that procmail may read in a way of its own, whatever stands before them.
_UNSURE = frozenset("`$^/{}#")


def procmail(rule: Rule) -> Made:
    """The rule as recipes, for the top of ``.procmailrc``."""
    wanted = [each for each in rule.addresses if not _UNSURE & set(each)]
    left_out = tuple(each for each in rule.addresses if each not in wanted)
    folder = rule.folder.replace(" ", "_")
    recipes = [f"{_BEFORE}{_escaped(each)}{_AFTER}" for each in wanted]
    recipes += [f"^From:.*@{_escaped(each)}{_AFTER}" for each in rule.domains]
    text = "\n".join(f":0\n* {each}\n{folder}/\n" for each in recipes)
    return Made(text=text, left_out=left_out)


def _escaped(text: str) -> str:
    r"""*text* as a pattern that only it fits.

    >>> _escaped("a.b+c@example.com")
    'a\\.b\\+c@example\\.com'
    """
    return "".join("\\" * (each in _MEANS_SOMETHING) + each for each in text)
