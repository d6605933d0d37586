"""Whom to call: emergency numbers and help lines, with the month each was checked.

Apart from reading, because the first screen waits for no list of numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from guide.actions.desk import Desk
from guide.library.contacts import read_emergency, read_help_lines
from guide.library.months import stale
from guide.model.contacts import INTERNATIONAL, EmergencyNumbers, HelpLine, Show, Topic
from guide.model.text import Block, BlockKind, heading, item, paragraph
from guide.words import _


def countries(desk: Desk) -> Mapping[str, str]:
    """The countries that have numbers here: code to name, in order of name."""
    named = {each.country: each.name for each in emergency(desk)}
    named |= {
        line.country: line.country_name
        for line in help_lines(desk)
        if line.country != INTERNATIONAL
    }
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def emergency(desk: Desk) -> tuple[EmergencyNumbers, ...]:
    """Emergency numbers by country."""
    return read_emergency(desk.library.data.get("emergency", {}))[0]


def help_lines(desk: Desk) -> tuple[HelpLine, ...]:
    """Every help line that may be shown."""
    return read_help_lines(desk.library.data.get("helplines", {}))[0]


def contacts_for(desk: Desk, country: str) -> tuple[Block, ...]:
    """The emergency numbers and help lines of one country, as blocks."""
    found = [each for each in emergency(desk) if each.country == country]
    shown: list[Block] = []
    for numbers in found:
        shown += _emergency_blocks(numbers, desk.today())
    if not found and country != INTERNATIONAL:
        shown.append(
            paragraph(_("The guide has no emergency number for this country."))
        )
    lines = [line for line in help_lines(desk) if line.country == country]
    lines.sort(
        key=lambda line: (line.show is Show.CHECK_FIRST, Topic.CRISIS in line.topics)
    )
    if lines:
        shown.append(heading(_("Help lines")))
    shown.append(
        paragraph(_("A call or text may show on a phone bill or shared plan."))
    )
    for line in lines:
        shown += _line_blocks(line, desk.today())
    return tuple(shown)


def _emergency_blocks(numbers: EmergencyNumbers, today: date) -> list[Block]:
    shown = [heading(_("Emergency: {country}").format(country=numbers.name))]
    shown += [item(f"{each.number}  {each.who_for}") for each in numbers.numbers]
    extra = {
        _("If you cannot speak"): numbers.silent,
        _("By text"): numbers.text,
        _("Not an emergency"): numbers.non_emergency,
        _("Note"): numbers.note,
    }
    shown += [_named(name, text) for name, text in extra.items() if text]
    return [*shown, _checked(numbers.checked, today)]


def _line_blocks(line: HelpLine, today: date) -> list[Block]:
    known = [
        (
            _("Phone"),
            ", ".join((line.number, *line.more_numbers)) if line.number else "",
        ),
        (_("Text"), line.text),
        (_("Chat"), line.chat),
        (_("Web"), line.web),
        (_("Email"), line.email),
        (_("For"), line.who_for),
        (_("Hours"), line.hours),
        (_("Languages"), line.languages),
        (_("Cost"), line.cost),
        (_("Note"), line.note),
    ]
    shown = [heading(line.name, 3)]
    shown += [_named(name, text) for name, text in known if text]
    if line.show is Show.CHECK_FIRST:
        words = _(
            "This may have changed. If nobody answers, look it up, for example at "
            "findahelpline.com."
        )
        shown.append(Block(kind=BlockKind.CALLOUT, lead=_("Check first"), text=words))
    return [*shown, _checked(line.checked, today)]


def _named(name: str, text: str) -> Block:
    return Block(kind=BlockKind.FIELD, lead=f"{name}: ", text=text)


def _checked(month: str, today: date) -> Block:
    old = stale(month, today)
    words = _("Checked {month}, so check it first.") if old else _("Checked {month}.")
    return Block(kind=BlockKind.FIELD, lead="", text=words.format(month=month))
