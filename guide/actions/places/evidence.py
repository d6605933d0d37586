"""Evidence as a screen: the files that are kept, and the line to drop another on."""

from __future__ import annotations

from contextlib import suppress

from guide.actions.desk import Desk
from guide.actions.evidence import Tie, count_and_size, files_of, totals
from guide.actions.evidence_care import not_on_disk, orphans, verify_every
from guide.actions.evidence_words import line_of
from guide.actions.finding import find
from guide.actions.notes import CONTACT, INCIDENT
from guide.actions.picture_gate import StopHereError, close_for_pictures
from guide.actions.places.evidence_intake import found_place, stop_place
from guide.actions.places.offers import keep_row
from guide.actions.places.place import Begin, Move, Open, Place, Show
from guide.actions.vault_facts import size_in_words
from guide.actions.working import Work
from guide.media import in_words
from guide.model.problems import GuideError
from guide.model.records import Evidence
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, paragraph
from guide.words import _, plural

OLDER, VERIFY, ORPHANS, BIN = "older", "verify-all", "orphans", "bin"
RULES = "page:l-evidence"
PAGE = 50


def evidence_place(desk: Desk, of: str = "") -> Place:
    """The files of all, or of one record such as ``incident:ID``.

    Without a vault on the disk nothing can be kept: then it says so.
    """
    if desk.opened is None:
        return NoVaultPlace(desk)
    return EvidencePlace(desk, tie_of(of))


def tie_of(named: str) -> Tie:
    """What a name such as ``incident:ID`` ties a file to."""
    kind, _colon, id_ = named.partition(":")
    return Tie(
        incident_id=id_ if kind == INCIDENT else "",
        contact_id=id_ if kind == CONTACT else "",
    )


class NoVaultPlace(Place):
    """Why no file can be kept here, and how that is changed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        why = _(
            "A file is kept sealed, so that only your passphrase opens it. That needs "
            "a place on a disk, and nothing is kept just now."
        )
        first = _("Choose “Keep my notes” first. Then come back here.")
        never = _("You asked to keep nothing this time, so no file can be kept.")
        paper = _("Until then, keep the files where they are, and change nothing.")
        may = self._desk.may_keep
        return Sheet(
            name="evidence-no-vault",
            title=_("Evidence"),
            blocks=tuple(map(paragraph, (why, first if may else never, paper))),
            rows=tuple(keep_row(self._desk)),
        )

    def choose(self, value: str) -> Move:
        return Open(value)


class EvidencePlace(Place):
    """Every file, newest first; what is typed or dropped is looked at first."""

    def __init__(self, desk: Desk, tie: Tie | None = None, *, skip: int = 0) -> None:
        self._desk, self._tie, self._skip = desk, tie or Tie(), skip
        self._lost = self._gone = 0
        if not self._tie and not skip:
            with suppress(GuideError):  # a pulled stick is said where a file is opened
                self._lost = len(orphans(desk))
                self._gone = not_on_disk(desk)

    def sheet(self) -> Sheet:
        page, more = self._page()
        return Sheet(
            name="evidence",
            title=self._title(),
            trail=(_("Evidence"),) if self._tie else (),
            progress=self._progress(),
            blocks=tuple(self._blocks(some=bool(page))),
            rows=(*self._list(page, more=more), *self._under(some=bool(page))),
            ask=self._ask(),
        )

    def _title(self) -> str:
        desk, tie = self._desk, self._tie
        if tie.incident_id:
            number = desk.vault.incident(tie.incident_id).number
            return _("Files of incident {number}").format(number=number)
        if tie.contact_id:
            number = desk.vault.contact(tie.contact_id).number
            return _("Files of contact {number}").format(number=number)
        return _("Evidence")

    def _progress(self) -> str:
        count, size = totals(self._desk)
        return count_and_size(count, size) if count and not self._tie else ""

    def _page(self) -> tuple[tuple[Evidence, ...], bool]:
        vault = self._desk.vault
        if self._tie:
            ids = files_of(self._desk, self._tie)[self._skip :]
            found = tuple(vault.evidence(each) for each in ids[: PAGE + 1])
        else:
            found = vault.evidence_list(skip=self._skip, limit=PAGE + 1)
        return found[:PAGE], len(found) > PAGE

    def _blocks(self, *, some: bool) -> list[Block]:
        return [*self._not_there(), *self._how(some=some)]

    def _not_there(self) -> list[Block]:
        """Whoever took a file away hoped that nobody would look for a long time."""
        if not self._gone:
            return []
        gone = plural(
            "{count} kept file is not in the folder any more.",
            "{count} kept files are not in the folder any more.",
            self._gone,
        )
        then = _(
            "Look for it in your second copy, and change nothing there. "
            "“Verify all of them” says which it is."
        )
        lead = _("Look at this first")
        return [Block(kind=BlockKind.CALLOUT, lead=lead, text=f"{gone} {then}")]

    def _how(self, *, some: bool) -> list[Block]:
        if not self._desk.saving:
            words = _("This vault can only be read here, so no file can be added.")
            return [paragraph(words)]
        how = _(
            "A sealed copy is kept, byte for byte. Your original stays where it is, "
            "unchanged. A whole folder works too."
        )
        blocks = [paragraph(how)]
        if not some:
            first = _("Nothing is kept yet. Begin with what could vanish first.")
            blocks.append(paragraph(first))
        return blocks

    def _ask(self) -> Ask | None:
        if not self._desk.saving:
            return None
        label = _("Drop a file here or type its path")
        return Ask(label=label, verb=_("Look at it"))

    def _list(self, page: tuple[Evidence, ...], *, more: bool) -> list[Row]:
        rows = [
            _link(
                f"evidence:{each.id}",
                line_of(each),
                note=_note(each),
                group=_("Newest first") if n == 0 else "",
            )
            for n, each in enumerate(page)
        ]
        return [*rows, *([_link(OLDER, _("Older ones"))] if more else [])]

    def _under(self, *, some: bool) -> list[Row]:
        rows = [_link(VERIFY, _("Verify all of them"), key="v")] if some else []
        if self._lost:
            note = plural("{count} file", "{count} files", self._lost)
            rows.append(_link(ORPHANS, _("Sealed files that are in no list"), note))
        if RULES.removeprefix("page:") in self._desk.library.pages:
            rows.append(_link(RULES, _("Read: rules for good evidence")))
        return [] if self._tie else [*rows, _link(BIN, _("Bin"))]

    def typed(self, text: str) -> Move:
        desk, tie = self._desk, self._tie
        at_picture = close_for_pictures(desk)

        def look(work: Work) -> Place:
            try:
                return found_place(desk, find(desk, text, work, at_picture), tie)
            except StopHereError:
                return stop_place(desk)

        work = Work(_("Looking at it"), look)
        work.on_stop = _("Nothing is kept yet. You can stop at any time.")
        return Begin(work)

    def choose(self, value: str) -> Move:
        desk = self._desk
        if value == OLDER:
            return Show(EvidencePlace(desk, self._tie, skip=self._skip + PAGE))
        if value == VERIFY:
            return Begin(_verifying(desk))
        return Open(value)

    def back(self) -> Place | None:
        return EvidencePlace(self._desk, self._tie) if self._skip else None


def _verifying(desk: Desk) -> Work:
    def verify(work: Work) -> Place:
        from guide.actions.places.evidence_care import CheckedPlace

        return CheckedPlace(verify_every(desk, work))

    work = Work(_("Opening every file and comparing it with its fingerprint"), verify)
    work.on_stop = _("Nothing is changed by this. You can stop at any time.")
    return work


def _note(each: Evidence) -> str:
    parts = [in_words(each.media_type), size_in_words(each.size)]
    if each.sensitive:
        parts.append(_("intimate"))
    return ", ".join(parts)


def _link(
    value: str, text: str, note: str = "", *, key: str = "", group: str = ""
) -> Row:
    return Row(
        kind=RowKind.LINK, value=value, text=text, note=note, key=key, group=group
    )
