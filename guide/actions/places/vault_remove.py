"""Removing everything that is kept: what is lost, the passphrase, a sentence.

What it may cost is said first, and a copy is offered before anything else.
"""

from __future__ import annotations

from guide.actions.desk import Desk
from guide.actions.destroying import (
    Removed,
    destroy_open,
    refuse_other_words,
    the_sentence,
)
from guide.actions.places.place import Move, Open, Place, Show, Sit
from guide.actions.places.vault_open import ProofPlace, VaultPlace
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, heading, item, paragraph
from guide.safety.display import show, show_path
from guide.words import _

COPY, GO, KEEP = "copy", "go", "keep"
_MOST_NAMES = 20


def what_is_lost() -> tuple[str, ...]:
    """What removing takes away, in the words that every way to it shows."""
    return (
        _("Your answers, your incident log and your letters."),
        _("Every file that you kept, unless you still have the first one."),
        _("The record of when you kept what. It cannot be made again later."),
        _("The rule that a notice is sent only once: the guide forgets it."),
    )


def what_stays() -> tuple[str, ...]:
    """What removing does not take away."""
    return (
        _("Copies on other disks. They still open with your passphrase."),
        _("Files, letters and sheets that you saved outside."),
        _("Traces: a deleted file can often be brought back, most of all on an SSD."),
        _("What you sent, and what others know."),
    )


class RemovePlace(Place):
    """What it may cost, before anything is asked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        case = _(
            "Police, a court or a lawyer may need what is in here, even years later. "
            "Whoever has a case, or may have one, must not delete what belongs to it. "
            "Removing it can hurt your case: ask an advocate or a lawyer first. If "
            "keeping it puts you in danger, your safety comes first."
        )
        rows = (
            Row(kind=RowKind.BUTTON, value=COPY, text=_("Copy it to a stick first")),
            Row(kind=RowKind.BUTTON, value=KEEP, text=_("Keep it")),
            Row(kind=RowKind.BUTTON, value=GO, text=_("Go on: remove all of it")),
        )
        return Sheet(
            name="vault-remove",
            title=_("Remove all that is kept"),
            trail=(_("Keep"),),
            blocks=(
                Block(kind=BlockKind.CALLOUT, lead=_("Know this first"), text=case),
                heading(_("What is lost for good")),
                *(item(each) for each in what_is_lost()),
                heading(_("What stays")),
                *(item(each) for each in what_stays()),
            ),
            rows=rows,
        )

    def choose(self, value: str) -> Move:
        match value:
            case "copy":
                from guide.actions.places.vault_copy import CopyPlace

                return Show(CopyPlace(self._desk))
            case "keep":
                return Show(VaultPlace(self._desk))
            case "go":
                return Show(SentencePlace(self._desk))
            case _:
                return Open(value)

    def back(self) -> Place | None:
        return VaultPlace(self._desk)


class SentencePlace(Place):
    """A sentence that nobody types by mistake; the passphrase comes last."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        words = _("To go on, type: {sentence}. Then the passphrase is asked for.")
        return Sheet(
            name="vault-remove-last",
            title=_("Remove all that is kept"),
            trail=(_("Keep"),),
            blocks=(paragraph(words.format(sentence=the_sentence())),),
            ask=Ask(label=_("The sentence")),
        )

    def typed(self, text: str) -> Move:
        refuse_other_words(text)

        def remove(proof: str) -> Move:
            desk, removed = destroy_open(self._desk, proof, text)
            return Sit(desk, over=RemovedPlace(removed))

        last = _("Once this is entered, all of it is removed. Nothing brings it back.")
        return Show(ProofPlace(self, remove, last))

    def back(self) -> Place | None:
        return VaultPlace(self._desk)


class RemovedPlace(Place):
    """It is gone, and what is still there."""

    def __init__(self, removed: Removed) -> None:
        self._removed = removed

    def sheet(self) -> Sheet:
        text = _("Go to the first screen")
        return Sheet(
            name="vault-removed",
            title=_("What was kept is removed"),
            blocks=tuple(paragraph(each) for each in told(self._removed)),
            rows=(Row(kind=RowKind.LINK, value="home", text=text),),
        )

    def choose(self, value: str) -> Move:
        return Open(value)


def told(removed: Removed) -> tuple[str, ...]:
    """What came of it, in sentences."""
    if removed.problem:
        return (removed.problem,)
    said = [_("It is removed. From now on, nothing is saved.")]
    if removed.left:
        names = ", ".join(show(name) for name in removed.left[:_MOST_NAMES])
        more = ", …" if len(removed.left) > _MOST_NAMES else ""
        words = _("Something in {folder} was not made by the guide. It stays: {names}")
        where = show_path(removed.folder)
        said.append(words.format(folder=where, names=names + more))
    if removed.keyring_left:
        said.append(_("The keyring's entry could not be taken away. It opens nothing."))
    said.append(_("Copies on other disks were not touched. You can delete them there."))
    return tuple(said)
