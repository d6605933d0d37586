"""The keyring of this login: what it risks, turning it on, turning it off."""

from __future__ import annotations

from guide.actions.desk import Desk
from guide.actions.places.place import Move, Open, Place, Show
from guide.actions.places.vault_open import ProofPlace, VaultPlace
from guide.actions.unlocking import (
    keyring_is_on,
    turn_keyring_off,
    turn_keyring_on,
)
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, item, paragraph
from guide.words import _

ON, OFF = "on", "off"


def keyring_warning() -> str:
    """What the keyring risks, in the words that every way to it shows."""
    return _("Whoever can use this login can then open your notes, with no passphrase.")


class KeyringPlace(Place):
    """Off unless the reader asks for it here, and behind its warning."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def _is_on(self) -> bool:
        opened = self._desk.opened
        return opened is not None and keyring_is_on(opened.folder)

    def sheet(self) -> Sheet:
        first = _(
            "This computer can keep a secret for you that opens your notes. At the "
            "start you then choose one row, and type no passphrase."
        )
        warning = Block(
            kind=BlockKind.CALLOUT, lead=_("Know this first"), text=keyring_warning()
        )
        off = Row(kind=RowKind.BUTTON, value=OFF, text=_("Turn it off"))
        on = Row(kind=RowKind.BUTTON, value=ON, text=_("Turn it on all the same"))
        back = Row(kind=RowKind.LINK, value="keep", text=_("Leave it as it is"))
        return Sheet(
            name="vault-keyring",
            title=_("The keyring of this login"),
            trail=(_("Keep"),),
            blocks=(
                paragraph(self._state()),
                paragraph(first),
                warning,
                *self._watched(),
                item(_("So can anyone who knows the password of this login.")),
                item(_("So can programs that run under it, spyware too.")),
                item(_("Your passphrase still opens everything. Do not forget it.")),
                item(_("After you lock it, the passphrase is asked for.")),
            ),
            rows=(back, off if self._is_on else on),
        )

    def _watched(self) -> list[Block]:
        if self._desk.facts().get("device_seen") not in ("yes", "unsure"):
            return []
        words = _("You said that the person may use this computer. Then leave it off.")
        return [Block(kind=BlockKind.CALLOUT, lead=_("For you"), text=words)]

    def _state(self) -> str:
        return _("It is on now.") if self._is_on else _("It is off now.")

    def choose(self, value: str) -> Move:
        match value:
            case "on":
                self._desk.keychain()  # the reason, before a passphrase is typed
                return Show(ProofPlace(self, self._turned_on))
            case "off":
                return Show(ProofPlace(self, self._turned_off))
            case _:
                return Open(value)

    def _turned_on(self, proof: str) -> Move:
        name = turn_keyring_on(self._desk, proof)
        said = _("The keyring of this login ({name}) can open your notes now.")
        return Show(VaultPlace(self._desk, said.format(name=name)))

    def _turned_off(self, proof: str) -> Move:
        gone = turn_keyring_off(self._desk, proof)
        return Show(VaultPlace(self._desk, turned_off(gone=gone)))

    def back(self) -> Place | None:
        return VaultPlace(self._desk)


def turned_off(*, gone: bool) -> str:
    """What is said once the keyring opens nothing any more."""
    off = _("The keyring opens your notes no more.")
    rest = _("Its entry could not be taken away. It opens nothing.")
    return off if gone else f"{off} {rest}"
