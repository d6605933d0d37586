"""What is said of a pack before and after it is added: whose it is, and what is odd.

Not one word of a pack is here as it stands: each passes the text gate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from guide.actions.pack_text import title
from guide.library.packs import problems as p
from guide.model.pack import About, Kind, Pack
from guide.model.problems import Finding
from guide.words import _, plural

_WORST = 3  # sorts of problems that are told at once


def facts(about: About) -> Iterator[tuple[str, str]]:
    """Whose it is and since when, each with its name."""
    unsaid = _("not stated")
    yield _("Author: "), title(about.author) or unsaid
    yield _("Licence: "), title(about.licence) or unsaid
    yield _("Date: "), title(about.date) or unsaid
    yield _("Languages: "), ", ".join(map(title, about.languages))


def kinds_in(pack: Pack) -> Mapping[Kind, int]:
    """How many lessons, checklists and forms there are in it."""
    return Counter(each.kind for each in pack.everything())


def kinds_in_words(kinds: Mapping[Kind, int]) -> str:
    """The same, as it is said; what there is none of is left out."""
    lessons, checklists, forms = (kinds.get(kind, 0) for kind in Kind)
    said = [plural("{count} lesson", "{count} lessons", lessons)]
    if checklists:
        said.append(plural("{count} checklist", "{count} checklists", checklists))
    if forms:
        said.append(plural("{count} form", "{count} forms", forms))
    return ", ".join(said)


def count_in_words(count: int, *, more: bool = False) -> str:
    """How much is odd in a pack."""
    if more:
        return _("more than {count}").format(count=count)
    return str(count) if count else _("none found")


def worst_in_words(findings: tuple[Finding, ...], unread: int = 0) -> tuple[str, ...]:
    """The worst sorts of what is odd, for somebody who did not write the pack."""
    counts = Counter(each.code for each in findings)
    told = [_unread(unread)] if unread else []
    for codes, words in _SORTS:
        if count := sum(counts[code] for code in codes):
            told.append(words(count))
    return tuple(told[:_WORST])


def _unread(count: int) -> str:
    return plural(
        "{count} file could not be read, and is left out.",
        "{count} files could not be read, and are left out.",
        count,
    )


def _left_out(count: int) -> str:
    return plural(
        "{count} file is left out: it is a link, or its name is not safe.",
        "{count} files are left out: they are links, or their names are not safe.",
        count,
    )


def _too_large(count: int) -> str:
    return plural(
        "{count} file is too large, and is not read.",
        "{count} files are too large, and are not read.",
        count,
    )


def _clash(count: int) -> str:
    return plural(
        "{count} file has a name that another file has, too.",
        "{count} files have a name that another file has, too.",
        count,
    )


def _not_understood(count: int) -> str:
    return plural(
        "{count} place in it is not written as the guide reads it.",
        "{count} places in it are not written as the guide reads them.",
        count,
    )


def _not_used(count: int) -> str:
    return plural(
        "{count} file is not used: lessons cannot change what the guide does.",
        "{count} files are not used: lessons cannot change what the guide does.",
        count,
    )


def _not_ordered(count: int) -> str:
    return plural(
        "{count} lesson or folder may stand in another place than it should.",
        "{count} lessons or folders may stand in another place than they should.",
        count,
    )


def _leads_nowhere(count: int) -> str:
    return plural(
        "{count} link or picture is missing.",
        "{count} links or pictures are missing.",
        count,
    )


def _unknown(count: int) -> str:
    return plural(
        "{count} file is of no kind that the guide knows.",
        "{count} files are of no kind that the guide knows.",
        count,
    )


# The worst first: what is missing, then what may read wrongly, then the rest.
_SORTS: tuple[tuple[tuple[str, ...], Callable[[int], str]], ...] = (
    ((p.LEFT_OUT,), _left_out),
    ((p.TOO_LARGE,), _too_large),
    ((p.CLASH,), _clash),
    ((p.ENCODING, p.EMPTY, p.FRONT, p.KEY, p.NEEDED, p.ITEM), _not_understood),
    ((p.NOT_USED,), _not_used),
    ((p.ORDER, p.FOLDER), _not_ordered),
    ((p.LINK, p.IMAGE), _leads_nowhere),
    ((p.UNKNOWN,), _unknown),
)
