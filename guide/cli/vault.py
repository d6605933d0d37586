"""``guide vault …``: making, changing, backing up and checking what is kept.

Secrets come by ``guide.cli.opening.secret``. Results go to standard output.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from guide.cli.ending import FINE, note, say
from guide.cli.starting import Wishes, watched
from guide.settings import read_settings, settings_file
from guide.words import _

DAMAGED = 6


def quietly(work: Callable[[], int]) -> int:
    """Run *work* so that the reader can always leave at once."""
    settings = read_settings(settings_file()).settings
    return watched(work, settings, raw=False)


def new_vault(wishes: Wishes) -> int:
    """Ask for a passphrase twice, and make a vault."""

    def make() -> int:
        from guide.actions import keeping
        from guide.cli.opening import secret
        from guide.cli.starting import sitting
        from guide.safety.display import show_path

        here = sitting(wishes)
        folder = keeping.vault_folder(wishes.vault)
        note(
            _("A lost passphrase cannot be replaced: then all of it is lost for good.")
        )
        note(_("A recovery sheet helps. Make one with: guide vault recovery"))
        if sys.stdin.isatty() and wishes.passphrase_fd < 0:
            words = _("Six words you can take: {words}")
            say([words.format(words=keeping.six_words())])
            note(_("Close this window afterwards: it can be scrolled back."))
        chosen = secret(wishes, _("New passphrase"))
        how = keeping.strength_in_words(chosen)
        note(how)
        again = secret(wishes, _("The same again"))
        kept = keeping.make_vault(here, folder, chosen, again, here.now())
        kept.close()
        say([f"{_('Made')}: {show_path(folder)}"])
        return FINE

    return quietly(make)


def new_passphrase(wishes: Wishes) -> int:
    """Ask for the old passphrase, and twice for the new one."""

    def change() -> int:
        from guide.actions import keeping
        from guide.actions.ways_in import changed_in_words
        from guide.cli.opening import secret
        from guide.cli.starting import sitting

        current = secret(wishes, _("Passphrase"))
        folder = keeping.vault_folder(wishes.vault)
        here = keeping.open_vault_desk(sitting(wishes), folder, current)
        try:
            new = secret(wishes, _("New passphrase"))
            note(keeping.strength_in_words(new))
            again = secret(wishes, _("The same again"))
            keeping.change_passphrase(here, current, new, again)
        finally:
            here.close()
        say([changed_in_words()])
        return FINE

    return quietly(change)


def new_recovery(wishes: Wishes) -> int:
    """Print ten new words that open the vault, once."""

    def draw() -> int:
        from guide.actions import keeping
        from guide.cli.opening import secret
        from guide.cli.starting import sitting

        proof = secret(wishes, _("Passphrase"))
        folder = keeping.vault_folder(wishes.vault)
        here = keeping.open_vault_desk(sitting(wishes), folder, proof)
        try:
            words = keeping.recovery_sheet(here, proof)
        finally:
            here.close()
        note(_("Write these words on paper. They open everything, and are not shown"))
        note(
            _("again. An earlier sheet opens only older copies now. Close this window")
        )
        note(_("afterwards: what stands in it can be scrolled back to."))
        say(keeping.sheet_text(words).rstrip("\n").split("\n"))
        return FINE

    return quietly(draw)


def back_up(wishes: Wishes) -> int:
    """Back up the database beside itself."""

    def copy() -> int:
        from guide.actions import guarding
        from guide.cli.opening import vault_desk
        from guide.safety.display import show_path

        here = vault_desk(wishes)
        try:
            path = guarding.back_up(here)
        finally:
            here.close()
        say([f"{_('Backed up')}: {show_path(path)}"])
        note(_("It is on the same disk. Copy the whole folder to a stick as well."))
        return FINE

    return quietly(copy)


def restore(wishes: Wishes, name: str) -> int:
    """Put a backup in the place of the database."""

    def put_back() -> int:
        from guide.actions import guarding, keeping
        from guide.cli.opening import secret
        from guide.safety.display import show_path

        folder = keeping.vault_folder(wishes.vault)
        proof = secret(wishes, _("Passphrase"))
        aside = guarding.restore_backup(folder, proof, name)
        say([_("Restored. What was there before is kept beside it.")])
        if aside:
            say([f"{_('Put aside')}: {show_path(aside)}"])
        return FINE

    return quietly(put_back)


def restore_keys(wishes: Wishes) -> int:
    """Put the spare of the key file in its place."""

    def put_back() -> int:
        from guide.actions import keeping
        from guide.actions.spare_keys import put_spare_back
        from guide.actions.ways_in import others_in_words
        from guide.cli.opening import secret
        from guide.cli.starting import sitting
        from guide.safety.display import show_path

        folder = keeping.vault_folder(wishes.vault)
        proof = secret(wishes, _("Passphrase"))
        done = put_spare_back(sitting(wishes), folder, proof)
        say([_("The spare of the key file is in its place.")])
        if done.aside:
            say([f"{_('Put aside')}: {show_path(done.aside)}"])
        if done.others:
            note(others_in_words())
        if done.problem:
            note(done.problem)
            return DAMAGED
        return FINE

    return quietly(put_back)


def check(wishes: Wishes) -> int:
    """Say what does not match; 6 when anything is damaged."""

    def look() -> int:
        from guide.actions import guarding
        from guide.cli.opening import vault_desk

        here = vault_desk(wishes)
        try:
            looked = guarding.check_vault(here)
        finally:
            here.close()
        say(looked.damage)
        for sentence in looked.notes:
            note(sentence)
        if looked.damage:
            note(_("Copy the whole folder before anything else, and ask an advocate."))
            return DAMAGED
        say([_("All of it matches its journal."), f"{_('End')} {looked.head}"])
        return FINE

    return quietly(look)
