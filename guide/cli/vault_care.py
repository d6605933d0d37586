"""``guide vault keyring | copy | destroy``: what risks or removes something.

Each says first what it means. Secrets come by ``guide.cli.opening.secret``.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from guide.cli.ending import FINE, note, say
from guide.cli.starting import Wishes
from guide.cli.vault import quietly
from guide.model.problems import NeedsTerminalError
from guide.words import _

if TYPE_CHECKING:
    from pathlib import Path

    from guide.actions.desk import Desk
    from guide.actions.destroying import Removed


def keyring(wishes: Wishes, state: str) -> int:
    """Let this login's keyring open the vault, or no more; else say how it is."""

    def turn() -> int:
        from guide.actions import keeping, unlocking

        folder = keeping.vault_folder(wishes.vault)
        keeping.refuse_without_vault(folder)
        if not state:
            is_on = unlocking.keyring_is_on(folder)
            say([_("The keyring is on.") if is_on else _("The keyring is off.")])
            return FINE
        _turn(wishes, folder, on=state == "on")
        return FINE

    return quietly(turn)


def _turn(wishes: Wishes, folder: Path, *, on: bool) -> None:
    from guide.actions import keeping, unlocking
    from guide.actions.places.vault_keyring import keyring_warning, turned_off
    from guide.cli.opening import secret
    from guide.cli.starting import sitting

    here = sitting(wishes)
    if on:
        here.keychain()  # the reason, before a passphrase is typed
        note(keyring_warning())
    proof = secret(wishes, _("Passphrase"))
    here = keeping.open_vault_desk(here, folder, proof)
    try:
        if on:
            words = _("The keyring of this login ({name}) can open your notes now.")
            say([words.format(name=unlocking.turn_keyring_on(here, proof))])
        else:
            say([turned_off(gone=unlocking.turn_keyring_off(here, proof))])
    finally:
        here.close()


def copy(wishes: Wishes, target: str) -> int:
    """Make *target* a second copy of the vault, or bring it up to date."""

    def make() -> int:
        from guide.actions import copying
        from guide.cli.opening import vault_desk

        here = vault_desk(wishes)
        try:
            _path, copied = copying.copy_vault(here, target, Told().tell, lambda: False)
        finally:
            here.close()
        say(list(copying.told(copied)))
        return FINE

    return quietly(make)


class Told:
    """Says on standard error how far something long is, a line for each tenth."""

    def __init__(self) -> None:
        self._tenths = 0

    def tell(self, done: int, total: int) -> None:
        """Fits the progress of the vault."""
        tenths = 10 * done // total if total else 10
        if tenths > self._tenths:
            self._tenths = tenths
            note(_("{percent} % done").format(percent=10 * tenths))


def destroy(wishes: Wishes) -> int:
    """Remove the vault: what is lost, the passphrase, a sentence that is typed."""

    def remove() -> int:
        from guide.actions import destroying, keeping
        from guide.actions.places.vault_remove import told
        from guide.cli.starting import sitting

        folder = keeping.vault_folder(wishes.vault)
        destroying.refuse_unless_there(folder)
        if destroying.needs_proof(folder):
            after = _after_three_steps(wishes, sitting(wishes))
        else:
            destroying.refuse_if_it_opens(folder)
            note(_("A removal was cut short here. Was that you? If not, stop: Ctrl+C."))
            note(_("A second copy of these notes may then still open this folder."))
            after = destroying.finish_destroying(folder, _the_sentence_typed())
        say(list(told(after)))
        return FINE

    return quietly(remove)


def _after_three_steps(wishes: Wishes, here: Desk) -> Removed:
    from guide.actions import destroying, keeping
    from guide.actions.places.vault_remove import what_is_lost, what_stays
    from guide.cli.opening import secret

    note(_("Removing this can hurt a case: ask an advocate or a lawyer first."))
    note(_("To have a copy, stop here with Ctrl+C, and use: guide vault copy FOLDER"))
    say([_("What is lost for good:"), *(f"- {each}" for each in what_is_lost())])
    say([_("What stays:"), *(f"- {each}" for each in what_stays())])
    proof = secret(wishes, _("Passphrase"))
    folder = keeping.vault_folder(wishes.vault)
    return destroying.destroy_closed(here, folder, proof, _the_sentence_typed())


def _the_sentence_typed() -> str:
    from guide.actions import destroying

    words = _("To remove it, type: {sentence}")
    note(words.format(sentence=destroying.the_sentence()))
    typed = sys.stdin.readline()
    if not typed:
        raise NeedsTerminalError(
            _("The sentence was not typed, so nothing was removed."),
            _("Run it in a terminal window."),
        )
    return typed
