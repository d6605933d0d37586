"""Where a link inside a pack leads: a lesson, a folder, outside, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from guide.library.packs.names import in_words
from guide.library.packs.umbrella import FORMS
from guide.model.pack import Listed, Pack, Shape

SCHEME = "umbrella://"
_AFTER = "/.,;:"  # what ends the link in a sentence, and is no part of it
_SCHEMES = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# Repeats have an end, and no two of them can take the same text.
_LINK = re.compile(
    r"(!?)\[([^][\n]{0,400})\]\(<?([^()<>\s]{1,400})(?:[>\s][^()\n]{0,200})?\)"
)
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
_ONLINE = "communications/online-privacy"
_MAIL = "communications/email"
_LEVELS = ("beginner", "advanced", "expert")

# Links of Umbrella that lead nowhere in its own tree, and what they seem to mean.
# The longest beginning that fits is taken; what follows it is kept.
_ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "tools/messagging": "tools/messaging",
        "communications/courriel": _MAIL,
        "lesson/courriel/0": f"{_MAIL}/beginner",
        "lesson/courriel/1": f"{_MAIL}/advanced",
        "lesson/courriel/2": f"{_MAIL}/advanced",
        "lesson/courriel": _MAIL,
        "communications/email/expert": f"{_MAIL}/advanced",
        "communications/the-internet": _ONLINE,
        "communications/social-media": _ONLINE,
        "lesson/social": _ONLINE,
        "work/online-privacy/advanced": f"{_ONLINE}/advanced",
        "incident-response/counter-surveillance/expert": "work/being-followed/expert",
        "incident-response/evacuation/advanceda": (
            "incident-response/evacuation/advanced"
        ),
        "licences": "about/s_licences.md",
        "thankyou": "about/s_thankyou.md",
        "cours/mailvelope": "tools/messaging/s_mailvelope.md",
        "lesson/signal-pour-android": "tools/messaging/s_signal-for-android.md",
    }
)


class Link(NamedTuple):
    """A link or an image as it stands in a text; its line counts from 1."""

    target: str
    text: str
    line: int
    image: bool


def links_in(text: str) -> Iterator[Link]:
    """Every link and image in *text*."""
    for number, line in enumerate(text.split("\n"), 1):
        for mark, words, target in _LINK.findall(line):
            yield Link(target, words, number, bool(mark))


def is_inside(target: str) -> bool:
    """Whether *target* is meant to lead to something in the same pack.

    >>> [is_inside(x) for x in ("umbrella://a", "s_x.md", "https://a", "#top", "//a")]
    [True, True, False, False, False]
    """
    if target.startswith(SCHEME):
        return True
    outside = _SCHEMES.match(target) or target.startswith(("#", "/"))
    return bool(target) and not outside


def find(pack: Pack, target: str, above: str = "") -> str:
    """The path in *pack* that *target* leads to, "" where there is none.

    *above* is the lesson that the link stands in.
    """
    target = _decoded(target).partition("#")[0]
    if target.startswith(SCHEME):
        wanted = target.removeprefix(SCHEME).rstrip(_AFTER)
        return _known(pack, wanted) or _by_alias(pack, wanted)
    path = _beside(target, above)
    return _known(pack, path) or _by_name(pack, path)


def wanted_title(target: str) -> str:
    """What a link that leads nowhere was about, in words.

    >>> wanted_title("umbrella://communications/the-web/beginner")
    'The web'
    """
    steps = target.removeprefix(SCHEME).rstrip(_AFTER).split("/")
    named = [step for step in steps if step and step not in _LEVELS]
    return in_words(named[-1]) if named else ""


def _known(pack: Pack, path: str) -> str:
    if path.endswith((".md", ".yml")):
        return path if pack.find(path) else ""
    if path == FORMS and pack.forms:
        return FORMS
    return path if pack.part(path) else ""


def _by_alias(pack: Pack, wanted: str) -> str:
    steps = wanted.split("/")
    for count in range(len(steps), 0, -1):
        begun = "/".join(steps[:count])
        if begun in _ALIASES:
            rest = steps[count:]
            found = _known(pack, "/".join([_ALIASES[begun], *rest]))
            return found or _known(pack, _ALIASES[begun])
    return ""


def _by_name(pack: Pack, path: str) -> str:
    """In our own format the name alone tells a page, wherever it stands."""
    if pack.about.shape is not Shape.OWN:
        return ""
    name = path.rpartition("/")[2]
    return next((e.path for e in pack.everything() if _name(e) == name), "")


def _name(item: Listed) -> str:
    return item.path.rpartition("/")[2]


def _beside(target: str, above: str) -> str:
    steps = above.split("/")[:-1]
    for step in target.rstrip(_AFTER).split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def image_path(target: str, above: str) -> str:
    """The path of an image below the language, from the lesson that shows it."""
    return _beside(_decoded(target).partition("#")[0], above)


def _decoded(target: str) -> str:
    raw = target.encode("utf-8", "replace")
    return _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), raw).decode(
        "utf-8", "replace"
    )
