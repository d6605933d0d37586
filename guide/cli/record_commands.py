"""``guide person``, ``incident``, ``contact`` and ``timeline``: what can follow them.

Nothing private is ever an argument: it is asked for, or comes by standard input.
"""

from __future__ import annotations

import click

from guide.cli.group import Commands
from guide.cli.options import JSON, NUMBER
from guide.cli.starting import Wishes
from guide.words import _


def _group(name: str, words: str) -> click.Group:
    """A group that says which commands there are when none follows."""

    @click.group(name, cls=Commands, invoke_without_command=True, help=words)
    @click.pass_context
    def group(ctx: click.Context) -> None:
        if not ctx.invoked_subcommand:
            click.echo(ctx.get_help())

    return group


person = _group("person", _("The people this is about."))
incident = _group("incident", _("What happened: writing it down, reading it."))
contact = _group("contact", _("Whom you talked to: police, companies, courts."))


@person.command("add", help=_("Add somebody. The name is asked for."))
@click.pass_obj
def person_add(wishes: Wishes) -> int:
    """Ask who it is, and add them."""
    from guide.cli.record import add

    return add(wishes, "person")


@person.command("list", help=_("Everybody in your record."))
@JSON
@click.pass_obj
def person_list(wishes: Wishes, *, as_json: bool) -> int:
    """Print everybody."""
    from guide.cli.record import people_as_json, show_list

    return people_as_json(wishes) if as_json else show_list(wishes, "people")


@incident.command("add", help=_("Write down what happened, line by line."))
@click.pass_obj
def incident_add(wishes: Wishes) -> int:
    """Ask what happened, and keep it."""
    from guide.cli.record import add

    return add(wishes, "incident")


@incident.command("list", help=_("Every incident, newest first."))
@JSON
@click.pass_obj
def incident_list(wishes: Wishes, *, as_json: bool) -> int:
    """Print a line for each incident."""
    from guide.cli.record import incidents_as_json, show_list

    return incidents_as_json(wishes) if as_json else show_list(wishes, "incidents")


@incident.command("show", help=_("One incident, by its number."))
@NUMBER
@JSON
@click.pass_obj
def incident_show(wishes: Wishes, number: int, *, as_json: bool) -> int:
    """Print one incident."""
    from guide.cli.record import incident_as_json, show_incident

    show = incident_as_json if as_json else show_incident
    return show(wishes, number)


@contact.command("add", help=_("Write down whom you talked to, line by line."))
@click.pass_obj
def contact_add(wishes: Wishes) -> int:
    """Ask about a talk, and keep it."""
    from guide.cli.record import add

    return add(wishes, "contact")


@contact.command("list", help=_("Every talk, and what is due."))
@JSON
@click.pass_obj
def contact_list(wishes: Wishes, *, as_json: bool) -> int:
    """Print a line for each talk."""
    from guide.cli.record import contacts_as_json, show_list

    return contacts_as_json(wishes) if as_json else show_list(wishes, "officials")


@click.command("timeline", help=_("Everything in order of time, and counts by week."))
@JSON
@click.pass_obj
def timeline(wishes: Wishes, *, as_json: bool) -> int:
    """Print the time-line."""
    from guide.cli.record import show_list, timeline_as_json

    return timeline_as_json(wishes) if as_json else show_list(wishes, "timeline")


RECORD = (person, incident, contact, timeline)
