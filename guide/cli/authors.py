"""For authors: what is wrong in a content folder, and a map of its ways."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from guide.actions.checking import check_content, draw_map, explain, findings_json
from guide.actions.desk import clock
from guide.cli.ending import FINDINGS, FINE, note, say
from guide.cli.starting import Wishes, desk
from guide.model.problems import NotFoundError
from guide.words import _, plural
from guide.words.po import translated

if TYPE_CHECKING:
    from guide.library.graph import MapFormat


def check_pages(
    folder: str, lang: str = "", *, as_json: bool, strictly: bool = False
) -> int:
    """Print every finding, also of the translation into *lang*; 3 if there is any.

    *strictly* trusts nothing.
    """
    content = Path(folder).expanduser() if folder else None
    if content is not None and not content.is_dir():
        raise NotFoundError(
            _("There is no folder with that name."),
            _("Name the folder that holds pack.toml, or name none."),
        )
    today = clock().astimezone().date()
    checked = check_content(today, content, lang, strictly=strictly)
    found = checked.findings
    if as_json:  # escaped to ASCII, which no terminal obeys
        sys.stdout.write(json.dumps(json.loads(findings_json(found)), indent=2) + "\n")
    else:
        say(str(each) for each in found)
    for sentence in (*checked.notes, *_of_the_program(lang)):
        note(sentence)
    note(plural("{count} problem.", "{count} problems.", len(found)))
    return FINDINGS if found else FINE


def _of_the_program(lang: str) -> tuple[str, ...]:
    """How far the sentences of the program are translated, where that can be seen."""
    if not lang or (counted := translated(lang)) is None:
        return ()
    done, total = counted
    words = _("Of {all} sentences of the program, {done} are in that language.")
    return (words.format(all=total, done=done),)


def explain_code(code: str) -> int:
    """Print what a finding's code means and how to mend it."""
    say(explain(code).split("\n"))
    return FINE


def print_map(wishes: Wishes, form: str) -> int:
    """Print every screen and the ways between them, as a diagram's source."""
    kind: MapFormat = "dot" if form == "dot" else "mermaid"
    say(draw_map(desk(wishes.lang).library, kind).rstrip("\n").split("\n"))
    return FINE
