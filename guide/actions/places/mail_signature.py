"""The signatures of one message, checked with a key from a file."""

from __future__ import annotations

from guide.actions.mail_signature import check_with_key, in_words, key_names
from guide.actions.places.place import Move, Open, Place, Show
from guide.model.records import OpenedMessage
from guide.model.sheet import Ask, Sheet
from guide.model.text import Block, BlockKind, copy_line, item, paragraph
from guide.model.trace import KeyCheck, Signature
from guide.safety.display import show
from guide.words import _


class KeyPlace(Place):
    """Asks for the file with the key; the guide looks nothing up."""

    def __init__(self, message: OpenedMessage) -> None:
        self._message = message

    def sheet(self) -> Sheet:
        first = _(
            "Whoever signed a message publishes the key as a TXT record. The guide "
            "looks nothing up. Somebody you trust can save that record as a file."
        )
        second = _("The record of each signature has this name:")
        names = [item(show(name)) for name in key_names(self._message)]
        third = _(
            "Keys are changed after some months. So this is worth doing soon, and "
            "worth keeping with the message."
        )
        blocks = (paragraph(first), paragraph(second), *names, paragraph(third))
        return Sheet(
            name="mail-key",
            title=_("Check a signature with a saved key"),
            trail=(_("Saved email"), self._message.name),
            blocks=blocks,
            ask=Ask(label=_("File with the key"), verb=_("Check")),
            copy_text="\n".join(copy_line(block) for block in blocks),
        )

    def typed(self, text: str) -> Move:
        return Show(CheckedPlace(self._message, check_with_key(self._message, text)))

    def choose(self, value: str) -> Move:
        return Open(value)


class CheckedPlace(Place):
    """What came of the check, one signature after the other."""

    def __init__(
        self, message: OpenedMessage, found: tuple[tuple[Signature, KeyCheck], ...]
    ) -> None:
        self._message, self._found = message, found

    def sheet(self) -> Sheet:
        blocks: list[Block] = []
        for signature, checked in self._found:
            text = show(f"{signature.domain}; s={signature.selector}")
            blocks.append(Block(kind=BlockKind.FIELD, lead="d=", text=text))
            blocks.append(paragraph(in_words(checked)))
            blocks += [item(show(weakness)) for weakness in signature.weaknesses]
        return Sheet(
            name="mail-checked",
            title=_("What the check showed"),
            trail=(_("Saved email"), self._message.name),
            blocks=tuple(blocks),
            copy_text="\n".join(copy_line(block) for block in blocks),
        )

    def choose(self, value: str) -> Move:
        return Open(value)

    def back(self) -> Place | None:
        return KeyPlace(self._message)
