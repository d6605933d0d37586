"""What ``guide pack`` does: results on standard output, everything else beside it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from guide.actions.pack_adding import add_looked, look_at
from guide.actions.pack_facts import facts, kinds_in_words, worst_in_words
from guide.actions.packs import added_names, check_pack, remove_pack, shelved
from guide.cli.ending import FINDINGS, FINE, note, say
from guide.cli.starting import Wishes, sitting
from guide.model.pack import About, Kind
from guide.model.problems import NeedsTerminalError, NotFoundError
from guide.words import _, plural

if TYPE_CHECKING:
    from guide.library.packs.walking import Walked

_YES = "yes"


def add_one(place: str, name: str, *, replace: bool) -> int:
    """Copy a pack, and say whose it is and that the copy can be found."""
    looked = look_at(place, name)
    add_looked(looked, replace=replace)
    say(_about(looked.about))
    say([kinds_in_words(looked.kinds)])
    if found := len(looked.findings) + looked.unread:
        note(plural("{count} problem in it.", "{count} problems in it.", found))
        for words in worst_in_words(looked.findings, looked.unread):
            note(words)
        note(_("To see each: guide pack check PLACE"))
    note(_("It is not part of the guide, and nobody here has checked it."))
    note(_("The copy is not locked. Others who use this computer can find it."))
    note(_("To remove it: guide pack remove {name}").format(name=looked.about.name))
    return FINE


def list_all(wishes: Wishes, *, as_json: bool) -> int:
    """Print every pack that can be read."""
    packs = shelved(sitting(wishes))
    if as_json:
        listed = [
            {"name": each.name, "problem": each.problem}
            | (asdict(each.about) if each.about else {})
            for each in packs
        ]
        sys.stdout.write(json.dumps(listed, indent=2) + "\n")
        return FINE
    for each in packs:
        say([each.name, *(f"  {line}" for line in _about(each.about))])
        say([f"  {each.problem}"] if each.problem else [])
    if not packs:
        note(_("There are no packs yet. To add one: guide pack add PLACE"))
    return FINE


def _about(about: About | None) -> Iterator[str]:
    if about is None:
        return
    yield about.title
    yield from (f"{lead}{text}" for lead, text in facts(about))


def remove_one(name: str) -> int:
    """Ask, then remove the copy. The original and the notes stay."""
    if name not in added_names():
        raise NotFoundError(
            _("There is no pack with that name. Nothing was changed."),
            _("See all: guide pack list"),
        )
    note(_("This removes the copy of the pack. Your notes and ticks stay."))
    note(_("To remove it, type: {word}").format(word=_YES))
    typed = sys.stdin.readline()
    if not typed:
        raise NeedsTerminalError(
            _("Nothing was typed, so the pack was not removed."),
            _("Run it in a terminal window."),
        )
    if typed.strip().lower() != _YES:
        note(_("The pack was not removed. Nothing was changed."))
        return FINE
    remove_pack(name)
    say([_("Removed: {name}").format(name=name)])
    return FINE


def check_one(place: str, *, walks: bool, as_json: bool) -> int:
    """Print every finding, and what did not open; 3 when there is anything."""
    report = check_pack(place, walks=walks)
    walked = report.walked
    if as_json:  # escaped to ASCII, which no terminal obeys
        told = {
            "about": asdict(report.about),
            "findings": [asdict(each) for each in report.findings],
            "opened": walked.opened if walked else None,
            "failed": [each._asdict() for each in walked.failed] if walked else None,
        }
        sys.stdout.write(json.dumps(told, indent=2) + "\n")
    else:
        say(str(each) for each in report.findings)
    note(plural("{count} problem.", "{count} problems.", len(report.findings)))
    if walked:
        _tell_walk(walked, as_json=as_json)
    failed = bool(walked and walked.failed)
    return FINDINGS if report.findings or failed else FINE


def _tell_walk(walked: Walked, *, as_json: bool) -> None:
    if not as_json:
        say(f"{each.path}: {each.why}" for each in walked.failed)
    names = {
        Kind.LESSON: _("lessons"),
        Kind.CHECKLIST: _("checklists"),
        Kind.FORM: _("forms"),
    }
    counts = [f"{names[k]} {walked.opened.get(k, 0)}" for k in Kind]
    note(_("Opened: {counts}.").format(counts=", ".join(counts)))
    note(
        _("{good} of {all} opened.").format(
            good=walked.listed - len(walked.failed), all=walked.listed
        )
    )
