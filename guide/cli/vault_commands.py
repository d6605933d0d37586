"""``guide vault`` and what can follow it; what each does is imported when asked for."""

from __future__ import annotations

import click

from guide.cli.group import Commands
from guide.cli.starting import Wishes
from guide.words import _

BACKUPS, KEYS = ("a", "b"), "keys"
STATES = ("on", "off")


@click.group(
    "vault",
    cls=Commands,
    invoke_without_command=True,
    help=_("What you keep: making it, its passphrase, backups."),
)
@click.pass_context
def vault(ctx: click.Context) -> None:
    """Say which commands there are when none follows."""
    if not ctx.invoked_subcommand:
        click.echo(ctx.get_help())


@vault.command("new", help=_("Begin to keep notes, sealed with a passphrase."))
@click.pass_obj
def vault_new(wishes: Wishes) -> int:
    """Make a vault."""
    from guide.cli.vault import new_vault

    return new_vault(wishes)


@vault.command("passphrase", help=_("Change the passphrase."))
@click.pass_obj
def vault_passphrase(wishes: Wishes) -> int:
    """Change the passphrase."""
    from guide.cli.vault import new_passphrase

    return new_passphrase(wishes)


@vault.command("recovery", help=_("Print ten words for the day it is lost."))
@click.pass_obj
def vault_recovery(wishes: Wishes) -> int:
    """Make a recovery sheet."""
    from guide.cli.vault import new_recovery

    return new_recovery(wishes)


@vault.command("backup", help=_("Back up the database beside itself."))
@click.pass_obj
def vault_backup(wishes: Wishes) -> int:
    """Make a backup."""
    from guide.cli.vault import back_up

    return back_up(wishes)


@vault.command("restore", help=_("Put back a backup, or the spare key file: keys."))
@click.argument(
    "name",
    metavar="[a|b|keys]",
    type=click.Choice((*BACKUPS, KEYS)),
    required=False,
)
@click.pass_obj
def vault_restore(wishes: Wishes, name: str | None) -> int:
    """Put a backup back, or the spare of the key file."""
    from guide.cli.vault import restore, restore_keys

    if name == KEYS:
        return restore_keys(wishes)
    return restore(wishes, name or "")


@vault.command("check", help=_("Whether all of it is as it was written."))
@click.pass_obj
def vault_check(wishes: Wishes) -> int:
    """Check the journal, and the tables against it."""
    from guide.cli.vault import check as check_all

    return check_all(wishes)


@vault.command("keyring", help=_("Let this login's keyring open it: on or off."))
@click.argument("state", metavar="[on|off]", type=click.Choice(STATES), required=False)
@click.pass_obj
def vault_keyring(wishes: Wishes, state: str | None) -> int:
    """Turn the keyring on or off."""
    from guide.cli.vault_care import keyring

    return keyring(wishes, state or "")


@vault.command("copy", help=_("A second copy of all of it, in the folder TARGET."))
@click.argument("target", metavar="TARGET")
@click.pass_obj
def vault_copy(wishes: Wishes, target: str) -> int:
    """Copy the vault to another disk."""
    from guide.cli.vault_care import copy

    return copy(wishes, target)


@vault.command("destroy", help=_("Remove all of it, for good. It asks three times."))
@click.pass_obj
def vault_destroy(wishes: Wishes) -> int:
    """Remove the vault."""
    from guide.cli.vault_care import destroy

    return destroy(wishes)
