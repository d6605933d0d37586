"""``guide search``: what was found, and what to type to read it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from guide.actions.places.search import what_it_is
from guide.actions.searching import (
    OURS,
    Hit,
    Results,
    Search,
    nothing_found,
    search_of,
)
from guide.cli.ending import FINE, NOT_FOUND, note, say
from guide.cli.starting import Wishes, sitting
from guide.library.search import Found, Wanted
from guide.model.problems import NeedsTerminalError, NotFoundError
from guide.plain.lines import wrapped
from guide.words import _, plural


def find(wishes: Wishes, words: str, pack: str, kind: str, *, as_json: bool) -> int:
    """Print what holds *words*; ask for them when there are none.

    Raises NotFoundError when nothing does.
    """
    asked = words.strip() or _asked()
    search = search_of(sitting(wishes))
    search.finish()
    results = search.find(_wanted(search, asked, pack, kind))
    if as_json:  # escaped to ASCII, which no terminal obeys
        sys.stdout.write(json.dumps(_told(results), indent=2) + "\n")
        return FINE if results.hits else NOT_FOUND
    if not results.hits:
        what, _dot, then = nothing_found(asked).partition(". ")
        raise NotFoundError(what + ".", then)
    if results.some:
        note(_("Nothing has all of these words. These have some of them."))
    for hit in results.hits:
        _say_hit(search, hit)
    if more := results.count - len(results.hits):
        note(plural("{count} more. Add a word.", "{count} more. Add a word.", more))
    return FINE


def _wanted(search: Search, text: str, pack: str, kind: str) -> Wanted:
    """Where to look. Raises NotFoundError where there is no such pack."""
    if pack and pack != OURS and pack not in search.packs:
        raise NotFoundError(
            _("There is no pack with that name."), _("See all: guide pack list")
        )
    return Wanted(
        text=text,
        kind=Found(kind) if kind else None,
        pack=("" if pack == OURS else pack) if pack else None,
    )


def _told(results: Results) -> dict[str, object]:
    hits = [asdict(hit) for hit in results.hits]
    return {"count": results.count, "some_words": results.some, "found": hits}


def _say_hit(search: Search, hit: Hit) -> None:
    say([hit.title])
    if hit.pack:
        where = f"{search.packs.get(hit.pack, hit.pack)}. {what_it_is(search, hit)}."
        words = _("Not part of the guide: {where}").format(where=where)
        say(wrapped(words, indent="  ", first="  "))
    say([f"  guide read {hit.target.removeprefix('page:')}"])
    say([*wrapped(hit.excerpt.strip(), indent="  ", first="  "), ""])


def _asked() -> str:
    """Words typed here are in no list of past commands."""
    if sys.stdin.isatty():
        sys.stderr.write(_("Words to look for: "))
        sys.stderr.flush()
    words = sys.stdin.readline().strip()
    if not words:
        raise NeedsTerminalError(
            _("No words were given to look for."),
            _("Type them after the command: guide search WORDS"),
        )
    return words
