"""Screens of care: what was verified, a plain copy, files that are in no list."""

from __future__ import annotations

from guide.actions.desk import Desk
from guide.actions.evidence_care import (
    Checked,
    adopt,
    copy_out,
    orphans,
    plain_name,
    refuse_unconfirmed,
    state_in_words,
    word_for_copy,
)
from guide.actions.evidence_words import line_of
from guide.actions.picture_gate import StopHereError, refuse_plain_copy
from guide.actions.places.evidence_intake import stop_place
from guide.actions.places.place import Begin, Move, Open, Place, Show
from guide.actions.vault_facts import size_in_words
from guide.actions.working import Work
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.telling import the_minute
from guide.model.text import Block, BlockKind, item, paragraph
from guide.safety.display import show, show_path
from guide.vault.sealed_listing import Orphan
from guide.words import _, plural


class CheckedPlace(Place):
    """What verifying all files has found; what is damaged comes first."""

    def __init__(self, found: Checked) -> None:
        self._found = found

    def sheet(self) -> Sheet:
        found = self._found
        intact = plural(
            "{count} file matches its fingerprint.",
            "{count} files match their fingerprints.",
            found.intact,
        )
        blocks = [paragraph(intact)]
        for file, state in found.others:
            text = f"{line_of(file)}: {state_in_words(state)}"
            lead = _("Please look")
            blocks.append(Block(kind=BlockKind.CALLOUT, lead=lead, text=text))
        if not found.others:
            noted = _("That is noted in the history of each of them.")
            blocks.append(paragraph(noted))
        return Sheet(
            name="evidence-checked",
            title=_("Verified") if not found.others else _("Some do not match"),
            trail=(_("Evidence"),),
            blocks=tuple(blocks),
            rows=tuple(
                _link(f"evidence:{file.id}", line_of(file))
                for file, _state in found.others
            ),
        )

    def choose(self, value: str) -> Move:
        return Open(value)


class CopyOutPlace(Place):
    """The warning before a plain copy, and the words that confirm it."""

    def __init__(self, desk: Desk, id_: str) -> None:
        self._desk, self._id = desk, id_

    def sheet(self) -> Sheet:
        first = _(
            "A plain copy lies outside the vault. Anyone who can use this computer or "
            "that disk can open it, and this guide cannot take it back."
        )
        second = _(
            "Deleting it later may not remove it. If somebody may look at this "
            "computer, write it to a stick, and keep the stick safe."
        )
        third = _("The copy is noted in the history of the file.")
        word = word_for_copy()
        label = _("To go on, type: {words}").format(words=word)
        return Sheet(
            name="evidence-copy-warning",
            title=_("Write a plain copy?"),
            trail=(_("Evidence"),),
            blocks=tuple(map(paragraph, (first, second, third))),
            ask=Ask(label=label, verb=_("Go on")),
        )

    def typed(self, text: str) -> Move:
        refuse_unconfirmed(text)
        try:
            refuse_plain_copy(self._desk, self._desk.vault.evidence(self._id))
        except StopHereError:
            return Show(stop_place(self._desk))
        return Show(CopyToPlace(self._desk, self._id, text))

    def back(self) -> Place | None:
        from guide.actions.places.evidence_file import FilePlace

        return FilePlace(self._desk, self._id)


class CopyToPlace(Place):
    """Where the plain copy goes."""

    def __init__(self, desk: Desk, id_: str, confirmed: str) -> None:
        self._desk, self._id, self._confirmed = desk, id_, confirmed

    def sheet(self) -> Sheet:
        name = plain_name(self._desk.vault.evidence(self._id))
        words = _(
            "Type a folder, or a folder and a file name. In a folder it is called "
            "{name}. Nothing that is there is replaced."
        )
        return Sheet(
            name="evidence-copy-to",
            title=_("Where to?"),
            trail=(_("Evidence"),),
            blocks=(paragraph(words.format(name=show(name, limit=120))),),
            ask=Ask(label=_("Folder or file name"), verb=_("Write it")),
        )

    def typed(self, text: str) -> Move:
        desk, id_, confirmed = self._desk, self._id, self._confirmed

        def do(work: Work) -> Place:
            from guide.actions.places.evidence_file import FilePlace

            target = copy_out(desk, id_, text, confirmed, work)
            words = _("A plain copy was written and read back: {place}")
            return FilePlace(desk, id_, words.format(place=show_path(target)))

        work = Work(_("Writing a plain copy, and reading it back"), do)
        work.on_stop = _("You can stop at any time. Then no copy is left.")
        return Begin(work, instead=True)

    def back(self) -> Place | None:
        return CopyOutPlace(self._desk, self._id)


class OrphansPlace(Place):
    """Sealed files that are in no list, and a way back into it."""

    def __init__(self, desk: Desk, said: str = "") -> None:
        self._desk, self._said, self._found = desk, said, orphans(desk)

    def sheet(self) -> Sheet:
        words = _(
            "These files are sealed in your vault, but no list names them. A crash or "
            "a full disk can do that. Nothing of them is lost."
        )
        none = _("Every sealed file is in your list.")
        choose = _("Choose one to verify it and take it back into the list.")
        blocks = [paragraph(self._said)] if self._said else []
        blocks += map(paragraph, [words, choose] if self._found else [none])
        unread = [each for each in self._found if each.kept is None]
        if unread:
            left = plural(
                "{count} cannot be read. It is left as it is.",
                "{count} cannot be read. They are left as they are.",
                len(unread),
            )
            blocks.append(item(left))
        return Sheet(
            name="evidence-orphans",
            title=_("Sealed files that are in no list"),
            trail=(_("Evidence"),),
            blocks=tuple(blocks),
            rows=tuple(_orphan_row(each) for each in self._found if each.kept),
        )

    def choose(self, value: str) -> Move:
        desk = self._desk
        if value not in {each.id for each in self._found}:
            return Open(value)

        def do(work: Work) -> Place:
            try:
                adopt(desk, value, work)
            except StopHereError:
                return stop_place(desk)
            return OrphansPlace(desk, _("It is in your list again."))

        return Begin(Work(_("Verifying it first"), do), instead=True)


def _orphan_row(each: Orphan) -> Row:
    if each.kept is None:
        return _link(each.id, each.id)
    kept = each.kept
    note = f"{size_in_words(kept.size)}, {the_minute(kept.record.acquired_at)}"
    return _link(each.id, show(kept.record.name, limit=60), note)


def _link(value: str, text: str, note: str = "") -> Row:
    return Row(kind=RowKind.LINK, value=value, text=text, note=note)
