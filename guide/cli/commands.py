"""The commands and their options; what each does is imported when it is asked for."""

from __future__ import annotations

import os
from dataclasses import replace

import click

from guide import __version__
from guide.cli.author_commands import check, map_
from guide.cli.case_commands import case as case_group
from guide.cli.doctor_command import doctor
from guide.cli.ending import FINE, USAGE, complain
from guide.cli.evidence_commands import evidence as evidence_group
from guide.cli.filter_commands import filter_mail
from guide.cli.group import Commands, did_you_mean, in_our_words, where_to_look
from guide.cli.letter_commands import letter as letter_group
from guide.cli.options import COMPLAINT_FORMAT, JSON, OUT
from guide.cli.pack_commands import pack as pack_group
from guide.cli.record_commands import RECORD
from guide.cli.starting import Wishes, start
from guide.cli.vault_commands import vault as vault_group
from guide.words import _

FOUND = ("page", "lesson", "checklist", "form", "glossary")
PREFERENCES = ("theme", "plain", "keys", "erase-scrollback", "width")
SHELLS = ("bash", "zsh", "fish")
_COMPLETE = "_GUIDE_COMPLETE"
_HELP = ["-h", "--help"]
_FILE = click.argument("file", metavar="FILE")


def run(words: list[str]) -> int:
    """Run the command that *words* name; its exit code.

    Without click's own ``main``, which has its own view of pipes and exit codes.
    """
    if _COMPLETE in os.environ:
        guide.main(words, prog_name="guide", complete_var=_COMPLETE)
    try:
        with guide.make_context("guide", words) as context:
            code = guide.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.Abort:  # Ctrl+C: leaving is fine
        return FINE
    except click.ClickException as error:
        complain(in_our_words(error), where_to_look(error))
        return USAGE
    return code if isinstance(code, int) else FINE


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": _HELP, "max_content_width": 80},
    help=_(
        "A calm guide for people targeted by online stalking or harassment, and for "
        "those who help them. Without a command, it starts. It never uses the network."
    ),
    epilog=_("In danger now? Call your emergency number. Or: guide read help-lines"),
)
@click.option(
    "--plain/--tui",
    default=None,
    help=_("Line by line, for screen readers; or the full screen."),
)
@click.option(
    "--keep-nothing",
    is_flag=True,
    help=_("Keep nothing, and do not ask for a passphrase."),
)
@click.option(
    "--vault",
    metavar="DIR",
    default="",
    help=_("The folder that your notes are kept in."),
)
@click.option(
    "--passphrase-fd",
    metavar="N",
    type=click.IntRange(min=0),
    default=None,
    help=_("Read the passphrase from file descriptor N."),
)
@click.option(
    "--pack",
    metavar="DIR",
    default="",
    help=_("A folder or zip of lessons to read this time."),
)
@click.option("--lang", metavar="L", default="", help=_("A language, such as en."))
@click.version_option(__version__, prog_name="guide", message="%(prog)s %(version)s")
@click.pass_context
def guide(  # noqa: PLR0913  one for each option, as click gives them
    ctx: click.Context,
    *,
    plain: bool | None,
    keep_nothing: bool,
    vault: str,
    passphrase_fd: int | None,
    pack: str,
    lang: str,
) -> int:
    """Start the guide when no command follows."""
    ctx.obj = Wishes(
        plain=plain,
        lang=lang,
        vault=vault,
        keep_nothing=keep_nothing,
        passphrase_fd=-1 if passphrase_fd is None else passphrase_fd,
        pack=pack,
    )
    return FINE if ctx.invoked_subcommand else start(ctx.obj)


@guide.command("start", help=_("Start the guide, at PAGE if it is given."))
@click.argument("page", metavar="PAGE", default="")
@click.pass_obj
def start_at(wishes: Wishes, page: str) -> int:
    """Start the guide at a page."""
    return start(replace(wishes, start=page, anyway=True))


@guide.command(
    "read", help=_("Print a page. 'contents' and 'help-lines' are pages too.")
)
@click.argument("page", metavar="PAGE")
@click.pass_obj
def read(wishes: Wishes, page: str) -> int:
    """Print one page as plain text."""
    from guide.cli.reading import read_page

    return read_page(wishes, page)


@guide.command("search", help=_("Find pages. Without WORDS, they are asked for."))
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@click.option(
    "--pack", metavar="NAME", default="", help=_("Only in this pack; 'guide' is ours.")
)
@click.option("--kind", type=click.Choice(FOUND), help=_("Only this kind."))
@JSON
@click.pass_obj
def search(
    wishes: Wishes, words: tuple[str, ...], *, pack: str, kind: str, as_json: bool
) -> int:
    """Print what holds all the words, in the guide and in every pack."""
    from guide.cli.searching import find

    return find(wishes, " ".join(words), pack, kind or "", as_json=as_json)


@guide.command("plan", help=_("Your plan, from the answers that are kept."))
@JSON
@click.pass_obj
def plan(wishes: Wishes, *, as_json: bool) -> int:
    """Print the plan with its ticks, or how to come to one."""
    from guide.cli.plan import show_plan

    return show_plan(wishes, as_json=as_json)


@guide.group(
    "mail",
    cls=Commands,
    invoke_without_command=True,
    help=_("Saved emails: what they show, complaining."),
)
@click.pass_context
def mail(ctx: click.Context) -> None:
    """Say which commands there are when none follows."""
    if not ctx.invoked_subcommand:
        click.echo(ctx.get_help())


@mail.command("explain", help=_("What the headers of a saved email show."))
@_FILE
@JSON
@click.pass_obj
def mail_explain(wishes: Wishes, file: str, *, as_json: bool) -> int:
    """Print what a saved email shows about its way."""
    from guide.cli.mail import explain_mail

    return explain_mail(wishes, file, as_json=as_json)


@mail.command("table", help=_("Who wrote how often, from a whole mailbox file."))
@_FILE
@JSON
@click.pass_obj
def mail_table(wishes: Wishes, file: str, *, as_json: bool) -> int:
    """Print the senders of an mbox file, the most messages first."""
    from guide.cli.mail import table_of_mail

    return table_of_mail(wishes, file, as_json=as_json)


@mail.command(
    "complaint", help=_("Write to the provider of a saved email, or of several.")
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@COMPLAINT_FORMAT
@OUT
@click.pass_obj
def mail_complaint(
    wishes: Wishes, files: tuple[str, ...], form: str | None, out: str
) -> int:
    """Write a complaint about saved emails of one account."""
    from guide.cli.writing import complain_about

    return complain_about(wishes, files, form or "", out)


guide.add_command(filter_mail)
guide.add_command(letter_group)
guide.add_command(vault_group)
for each_of_the_record in RECORD:
    guide.add_command(each_of_the_record)
guide.add_command(evidence_group)
guide.add_command(case_group)
guide.add_command(pack_group)
guide.add_command(doctor)
guide.add_command(check)
guide.add_command(map_)


@guide.command("config", help=_("Show your preferences, or change one."))
@click.argument(
    "name", metavar="[NAME]", type=click.Choice(PREFERENCES), required=False
)
@click.argument("value", metavar="[VALUE]", default="")
def config(name: str | None, value: str) -> int:
    """Print the preferences, or remember one."""
    from guide.cli.preferring import change_preference, show_preferences

    return change_preference(name, value) if name else show_preferences()


@guide.command("completion", help=_("Print what lets SHELL complete commands."))
@click.argument("shell", metavar="SHELL", type=click.Choice(SHELLS))
def completion(shell: str) -> int:
    """Print click's own completion script."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    if made is None:
        return USAGE
    click.echo(made(guide, {}, "guide", _COMPLETE).source())
    return FINE


@guide.command("help", help=_("What COMMAND does and takes."))
@click.argument("command", metavar="[COMMAND]...", nargs=-1)
@click.pass_context
def help_(ctx: click.Context, command: tuple[str, ...]) -> int:
    """Print the help of a command, or of all of them."""
    found: click.Command = guide
    above = click.Context(guide, info_name="guide", help_option_names=_HELP)
    for word in command:
        known = found.commands if isinstance(found, click.Group) else {}
        if word not in known:
            what = did_you_mean(_("There is no such command."), word, known)
            complain(what, _("See all commands: guide help"))
            return USAGE
        found = known[word]
        above = click.Context(found, parent=above, info_name=word)
    click.echo(found.get_help(above))
    return FINE
