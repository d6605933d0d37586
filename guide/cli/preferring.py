"""``guide config``: what is preferred, and changing it. The one file it writes."""

from __future__ import annotations

from dataclasses import asdict

from guide.actions.choosing import prefer, prefer_look, preferences
from guide.cli.ending import FINE, USAGE, complain, note, say
from guide.model.reading_width import WIDTHS
from guide.safety.display import show_path
from guide.settings import LOOKS, settings_file
from guide.words import _

_YES_NO = {"yes": True, "no": False}


def show_preferences() -> int:
    """Print every preference, and where they are kept."""
    kept = preferences()
    for name, value in asdict(kept.settings).items():
        truths = {True: _("yes"), False: _("no")}
        said = truths[value] if isinstance(value, bool) else str(value or _("usual"))
        say([f"{name.replace('_', '-')}: {said}"])
    place = show_path(settings_file())
    where = _("Kept in: {path}") if kept.there else _("Nothing is kept yet in: {path}")
    say([where.format(path=place)])
    if kept.problem:
        note(kept.problem)
    return FINE


def change_preference(name: str, value: str) -> int:
    """Remember one preference; a value that it cannot have changes nothing."""
    if name == "theme" and value in LOOKS:
        prefer_look(value)
    elif name == "width" and value in map(str, WIDTHS):
        prefer(width=int(value))
    elif name not in ("theme", "width") and value in _YES_NO:
        _set(name, on=_YES_NO[value])
    else:
        numbers = [str(width) for width in WIDTHS]
        known = {"theme": LOOKS, "width": numbers}
        choices = ", ".join(known.get(name, _YES_NO))
        words = _("{name} takes one of these: {choices}.")
        complain(words.format(name=name, choices=choices), _("Nothing was changed."))
        return USAGE
    say([f"{_('Saved')}: {show_path(settings_file())}"])
    note(_("Whoever can read this computer can see from that file that you have it."))
    return FINE


def _set(name: str, *, on: bool) -> None:
    match name:
        case "plain":
            prefer(plain=on)
        case "keys":
            prefer(keys=on)
        case _:
            prefer(erase_scrollback=on)
