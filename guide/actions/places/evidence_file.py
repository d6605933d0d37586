"""One kept file as a screen: what it is, what is said of it, and who touched it."""

from __future__ import annotations

from guide.actions.desk import Desk
from guide.actions.evidence import (
    Tie,
    describe,
    mark_sensitive,
    notes_of_evidence,
    tie_files,
)
from guide.actions.evidence_care import one_checked, verify_one
from guide.actions.looking import look, shows_picture, told
from guide.actions.notes import EVIDENCE, Notes, begun
from guide.actions.picture_gate import closed, is_drawn
from guide.actions.places.bin import ReasonPlace
from guide.actions.places.check_notes import field, long_field
from guide.actions.places.evidence_intake import stop_place
from guide.actions.places.evidence_which import WhichPlace
from guide.actions.places.place import Begin, Move, Open, Place, Show
from guide.actions.places.writing_down import LookPlace, Writing
from guide.actions.vault_facts import size_in_words
from guide.actions.working import Work
from guide.media import in_words
from guide.model.records import CustodyAction, CustodyEvent, Evidence
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.telling import in_words as time_in_words
from guide.model.telling import the_minute
from guide.model.text import Block, BlockKind, heading, item, paragraph
from guide.safety.display import show
from guide.words import _

LOOK, VERIFY, CORRECT, TIE, MARK, COPY, VERSIONS, TO_BIN = (
    *("look", "verify", "correct", "tie", "mark", "copy-out", "versions", "to-bin"),
)
MOST_EVENTS = 30


class FilePlace(Place):
    """What a file is, what the reader and the file say of it, and its history."""

    def __init__(self, desk: Desk, id_: str, said: str = "") -> None:
        self._desk, self._id, self._said = desk, id_, said

    def sheet(self) -> Sheet:
        found = self._desk.vault.evidence(self._id)
        said = [paragraph(self._said)] if self._said else []
        return Sheet(
            name="evidence-file",
            title=_("File {number}").format(number=found.number),
            trail=(_("Evidence"),),
            blocks=(
                *said,
                *file_blocks(found),
                *self._incidents(),
                *_events(self._desk.vault.custody(self._id)),
            ),
            rows=tuple(self._rows(found)),
            copy_text=found.sha256,
        )

    def _incidents(self) -> list[Block]:
        ids = self._desk.vault.incidents_with(self._id)
        numbers = [str(self._desk.vault.incident(each).number) for each in ids]
        return [field(_("Incidents"), ", ".join(numbers))] if numbers else []

    def _rows(self, found: Evidence) -> list[Row]:
        rows = [_link(LOOK, _("Look inside"), self._look_note(found), key="l")]
        rows.append(_link(VERIFY, _("Verify it"), key="v"))
        if self._desk.saving:
            rows += self._changes(found)
        for each in self._desk.vault.incidents_with(self._id):
            number = self._desk.vault.incident(each).number
            words = _("Open incident {number}").format(number=number)
            rows.append(_link(f"incident:{each}", words))
        return rows

    def _look_note(self, found: Evidence) -> str:
        if not shows_picture(found):
            return _("only here, no plain copy is made")
        drawn = _("this draws the picture")
        return drawn if is_drawn(self._desk, found) else _("the picture is not drawn")

    def _changes(self, found: Evidence) -> list[Row]:
        rows = [_link(CORRECT, _("Correct or add something"), key="e")]
        rows.append(_link(TIE, _("Add it to an incident")))
        mark, unmark = _("Mark it as intimate"), _("It is not intimate")
        rows.append(_link(MARK, unmark if found.sensitive else mark))
        if len(self._desk.vault.evidence_history(self._id)) > 1:
            rows.append(_link(VERSIONS, _("Every wording")))
        rows.append(_link(COPY, _("Write a plain copy outside the vault")))
        return [*rows, _link(TO_BIN, _("Put it in the bin"))]

    def choose(self, value: str) -> Move:
        match value:
            case "look":
                return self._look()
            case "verify":
                return self._verify()
            case "mark":
                found = self._desk.vault.evidence(self._id)
                mark_sensitive(self._desk, self._id, sensitive=not found.sensitive)
                return Show(FilePlace(self._desk, self._id))
            case _:
                place = self._opened(value)
                return Show(place) if place else Open(value)

    def _opened(self, value: str) -> Place | None:
        desk, id_ = self._desk, self._id
        match value:
            case "correct":
                notes = begun(desk, EVIDENCE, id_) or notes_of_evidence(desk, id_)
                return LookPlace(_writing(desk), notes)
            case "tie":
                return WhichPlace(desk, self._tied, self, none=False)
            case "versions":
                return FileWordingsPlace(desk, id_)
            case "copy-out":
                from guide.actions.places.evidence_care import CopyOutPlace

                return CopyOutPlace(desk, id_)
            case "to-bin":
                return ReasonPlace(desk, EVIDENCE, id_, self)
            case _:
                return None

    def _tied(self, tie: Tie) -> Move:
        tie_files(self._desk, tie, (self._id,))
        return Show(FilePlace(self._desk, self._id))

    def _look(self) -> Move:
        desk, id_ = self._desk, self._id
        found = desk.vault.evidence(id_)
        if shows_picture(found) and closed(desk):
            return Show(stop_place(desk))

        def do(work: Work) -> Place:
            return SeenPlace(look(desk, found, cancelled=work.stopped), found)

        work = Work(_("Opening it, and checking all of it first"), do)
        work.on_stop = _("Nothing is changed by this. You can stop at any time.")
        return Begin(work)

    def _verify(self) -> Move:
        desk, id_ = self._desk, self._id

        def do(work: Work) -> Place:
            from guide.actions.places.evidence_care import CheckedPlace

            return CheckedPlace(one_checked(desk, id_, verify_one(desk, id_, work)))

        work = Work(_("Opening it and comparing it with its fingerprint"), do)
        work.on_stop = _("Nothing is changed by this. You can stop at any time.")
        return Begin(work)


class SeenPlace(Place):
    """A look inside: all of it was checked, and no plain copy was made."""

    def __init__(self, blocks: tuple[Block, ...], found: Evidence) -> None:
        self._blocks, self._found = blocks, found

    def sheet(self) -> Sheet:
        title = _("Inside file {number}").format(number=self._found.number)
        return Sheet(
            name="evidence-seen",
            title=title,
            trail=(_("Evidence"),),
            blocks=self._blocks,
        )


class FileWordingsPlace(Place):
    """Every description of a file, the first one first."""

    def __init__(self, desk: Desk, id_: str) -> None:
        self._desk, self._id = desk, id_

    def sheet(self) -> Sheet:
        blocks: list[Block] = []
        for each in self._desk.vault.evidence_history(self._id):
            words = _("Wording {number}, written {time}")
            at = the_minute(each.at.astimezone())
            blocks.append(heading(words.format(number=each.number, time=at)))
            blocks += [field(_("Why"), each.why)] if each.why else []
            blocks += said_blocks(each.record)
            blocks.append(field(_("Fingerprint (SHA-256)"), each.sha256))
        return Sheet(
            name="evidence-wordings",
            title=_("Every wording"),
            trail=(_("Evidence"),),
            blocks=tuple(blocks),
        )

    def back(self) -> Place | None:
        return FilePlace(self._desk, self._id)


def _writing(desk: Desk) -> Writing:
    def keep(notes: Notes, why: str) -> Move:
        kept = describe(desk, notes, why)
        return Show(FilePlace(desk, kept.id, said=_("Corrected.")))

    return Writing(desk=desk, trail=_("Evidence"), keep=keep)


def file_blocks(found: Evidence) -> list[Block]:
    """What a file is, what it claims, and what is said of it."""
    blocks = [
        field(_("Name"), found.original_name),
        field(_("Kind"), in_words(found.media_type)),
        field(_("Size"), size_in_words(found.size)),
        field(_("Kept"), the_minute(found.acquired_at)),
        field(_("Fingerprint (SHA-256)"), found.sha256),
    ]
    if found.sensitive:
        words = _("Marked as intimate: never drawn, and not handed over in bulk.")
        blocks.append(Block(kind=BlockKind.CALLOUT, lead=_("Note"), text=words))
    blocks += said_blocks(found)
    if found.claims:
        words = _("What the file says about itself is a claim. It can be wrong.")
        blocks += [paragraph(words), *(item(told(each)) for each in found.claims)]
    return blocks


def said_blocks(found: Evidence) -> list[Block]:
    """What the reader says of a file."""
    when = found.captured_at
    known = {
        _("Where it came from"): found.source,
        _("Web address"): found.url,
        _("Saved by"): found.acquired_by,
        _("When it was saved"): time_in_words(when) if when.start else "",
        _("In your words"): when.words,
        _("Note"): found.note,
    }
    return [
        block
        for name, value in known.items()
        if value.strip()
        for block in long_field(name, value)
    ]


def _events(events: tuple[CustodyEvent, ...]) -> list[Block]:
    blocks = [heading(_("Every touch, the newest first"))]
    blocks += [item(_event(each)) for each in reversed(events[-MOST_EVENTS:])]
    if (more := len(events) - MOST_EVENTS) > 0:
        blocks.append(item(_("and {count} before").format(count=more)))
    return blocks


def _event(event: CustodyEvent) -> str:
    names = {
        CustodyAction.ACQUIRED: _("kept"),
        CustodyAction.VERIFIED: _("verified"),
        CustodyAction.VIEWED: _("looked at"),
        CustodyAction.EXPORTED: _("plain copy written"),
        CustodyAction.HANDED_OVER: _("handed over"),
    }
    parts = [the_minute(event.at.astimezone()), names[event.action]]
    parts += [show(each, limit=200) for each in (event.detail, event.by) if each]
    return ", ".join(parts)


def _link(value: str, text: str, note: str = "", *, key: str = "") -> Row:
    return Row(kind=RowKind.LINK, value=value, text=text, note=note, key=key)
