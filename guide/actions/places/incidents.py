"""Incidents as screens: the list, one of them, its wordings, its way to the bin."""

from __future__ import annotations

from guide.actions.desk import Desk
from guide.actions.knowing import called, name_of
from guide.actions.notes import INCIDENT, Notes, begun
from guide.actions.places.bin import ReasonPlace
from guide.actions.places.check_notes import field, long_field, when_blocks
from guide.actions.places.offers import files_row, keep_row
from guide.actions.places.place import Move, Open, Place, Show
from guide.actions.places.writing_down import LookPlace, StepPlace, Writing
from guide.actions.recording import how_kept, keep_incident, notes_of_incident
from guide.model.records import Incident
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.telling import in_short, the_minute
from guide.model.text import Block, BlockKind, paragraph
from guide.model.times import AfterNotice
from guide.safety.display import show
from guide.words import _, plural

NEW, FILTER, OLDER, ALL = "new:incident", "filter", "older", "all"
BIN, PEOPLE = "bin", "people"
CORRECT, VERSIONS, NOTE, TO_BIN = "correct", "versions", "note", "to-bin"
PAGE, _TITLE = 50, 60


class IncidentsPlace(Place):
    """The log, newest first; a filter by person. *before* is where Back leads to."""

    def __init__(
        self,
        desk: Desk,
        *,
        person_id: str = "",
        skip: int = 0,
        before: Place | None = None,
    ) -> None:
        self._desk, self._person_id, self._skip = desk, person_id, skip
        self._before = before

    def sheet(self) -> Sheet:
        desk, vault = self._desk, self._desk.vault
        count = vault.incident_count()
        page = vault.incidents(
            skip=self._skip, limit=PAGE + 1, person_id=self._person_id
        )
        blocks = [paragraph(how_kept(desk))]
        if not count:
            nothing = _(
                "Nothing is written down yet. Begin with the newest event. Small "
                "things count, and you can stop at any time."
            )
            blocks.append(paragraph(nothing))
        elif not page:
            blocks.append(paragraph(_("Nothing here with this person.")))
        return Sheet(
            name="incidents",
            title=_("Incident log"),
            progress=plural("{count} incident", "{count} incidents", count),
            blocks=tuple(blocks),
            rows=(*self._ways(), *self._list(page), *_under(some=count > 0)),
        )

    def _ways(self) -> list[Row]:
        began = begun(self._desk, INCIDENT)
        new = _("Go on with what you began to write") if began else None
        rows = [_link(NEW, new or _("Write down what happened"), key="n")]
        if self._desk.vault.people():
            who = name_of(self._desk, self._person_id) or _("everybody")
            rows.append(_link(FILTER, _("Show: {who}").format(who=who), key="f"))
        return rows

    def _list(self, page: tuple[Incident, ...]) -> list[Row]:
        rows = [
            _link(
                f"incident:{each.id}",
                line_of(each),
                note=after_words(each.after_notice),
                group=_("Newest first") if n == 0 else "",
            )
            for n, each in enumerate(page[:PAGE])
        ]
        if len(page) > PAGE:
            rows.append(_link(OLDER, _("Older ones")))
        return rows

    def choose(self, value: str) -> Move:
        if value == OLDER:
            return Show(self._from(self._skip + PAGE))
        if value == FILTER:
            return Show(WhosePlace(self._desk, IncidentsPlace(self._desk)))
        return Open(value)

    def back(self) -> Place | None:
        return self._from(0) if self._skip else self._before

    def _from(self, skip: int) -> Place:
        return IncidentsPlace(
            self._desk, person_id=self._person_id, skip=skip, before=self._before
        )


class WhosePlace(Place):
    """Whose incidents to show; *before* shows everybody's."""

    def __init__(self, desk: Desk, before: Place) -> None:
        self._desk, self._before = desk, before

    def sheet(self) -> Sheet:
        people = [
            _link(each.id, show(called(each), limit=_TITLE))
            for each in self._desk.vault.people()
        ]
        return Sheet(
            name="incidents-whose",
            title=_("Whose incidents?"),
            trail=(_("Incident log"),),
            rows=(_link(ALL, _("Everybody's"), key="a"), *people),
        )

    def choose(self, value: str) -> Move:
        theirs = IncidentsPlace(self._desk, person_id=value, before=self._before)
        return Show(self._before if value == ALL else theirs)

    def back(self) -> Place | None:
        return self._before


class IncidentPlace(Place):
    """One incident. The private note shows only when asked."""

    def __init__(
        self, desk: Desk, id_: str, *, said: str = "", noted: bool = False
    ) -> None:
        self._desk, self._id, self._said, self._noted = desk, id_, said, noted

    def sheet(self) -> Sheet:
        found = self._desk.vault.incident(self._id)
        said = [paragraph(self._said)] if self._said else []
        title = _("Incident {number}").format(number=found.number)
        return Sheet(
            name="incident",
            title=title,
            trail=(_("Incident log"),),
            blocks=(*said, *incident_blocks(self._desk, found), *self._note()),
            rows=tuple(self._rows()),
        )

    def _note(self) -> list[Block]:
        note = self._desk.vault.private_note(self._id)
        if note is None or not self._noted:
            return []
        return long_field(_("Private note"), note.reveal())

    def _rows(self) -> list[Row]:
        rows = [_link(CORRECT, _("Correct or add something"), key="e"), self._files()]
        versions = len(self._desk.vault.history(self._id))
        if versions > 1:
            words = plural("{count} wording", "{count} wordings", versions)
            rows.append(_link(VERSIONS, _("Every wording"), note=words))
        if self._desk.vault.private_note(self._id):
            show_it, hide = _("Show the private note"), _("Hide the private note")
            text = hide if self._noted else show_it
            words = _("It is in no export.")
            rows.append(_link(NOTE, text, note="" if self._noted else words))
        rows.append(_link(TO_BIN, _("Put it in the bin")))
        return [*rows, *keep_row(self._desk, _("Before you leave"))]

    def _files(self) -> Row:
        count = len(self._desk.vault.incident(self._id).evidence_ids)
        return files_row(f"{INCIDENT}:{self._id}", _("Add a file"), count)

    def choose(self, value: str) -> Move:
        desk, id_ = self._desk, self._id
        match value:
            case "correct":
                return Show(correct_incident(desk, id_))
            case "versions":
                return Show(WordingsPlace(desk, id_))
            case "note":
                return Show(IncidentPlace(desk, id_, noted=not self._noted))
            case "to-bin":
                return Show(ReasonPlace(desk, INCIDENT, id_, self))
            case _:
                return Open(value)


class WordingsPlace(Place):
    """Every wording of an incident, the first one first."""

    def __init__(self, desk: Desk, id_: str) -> None:
        self._desk, self._id = desk, id_

    def sheet(self) -> Sheet:
        blocks: list[Block] = []
        for each in self._desk.vault.history(self._id):
            words = _("Wording {number}, written {time}")
            title = words.format(
                number=each.number, time=the_minute(each.at.astimezone())
            )
            blocks.append(Block(kind=BlockKind.HEADING, text=title, level=2))
            if each.why:
                blocks.append(field(_("Why"), each.why))
            blocks += incident_blocks(self._desk, each.record)
            blocks.append(field(_("Fingerprint (SHA-256)"), each.sha256))
        title = _("Every wording")
        return Sheet(
            name="wordings",
            title=title,
            trail=(_("Incident log"),),
            blocks=tuple(blocks),
        )

    def back(self) -> Place | None:
        return IncidentPlace(self._desk, self._id)


def new_incident(desk: Desk) -> Place:
    """The first prompt, or the one where the reader stopped."""
    notes = begun(desk, INCIDENT) or Notes(kind=INCIDENT, step="account")
    return StepPlace(_writing(desk), notes)


def correct_incident(desk: Desk, id_: str) -> Place:
    """What stands in an incident, to be changed part by part."""
    notes = begun(desk, INCIDENT, id_) or notes_of_incident(desk, id_)
    return LookPlace(_writing(desk), notes)


def _writing(desk: Desk) -> Writing:
    def keep(notes: Notes, why: str) -> Move:
        kept = keep_incident(desk, notes, why)
        words = _("Written down as incident {number}.").format(number=kept.number)
        return Show(IncidentPlace(desk, kept.id, said=f"{words} {how_kept(desk)}"))

    return Writing(desk=desk, trail=_("Incident log"), keep=keep)


def line_of(found: Incident) -> str:
    """An incident in one line."""
    words = (found.what or found.account).strip().partition("\n")[0]
    parts = [in_short(found.when), show(found.platform, limit=40)]
    if words:
        parts.append(f'"{show(words, limit=_TITLE)}"')
    return "  ".join(filter(None, parts))


def after_words(after: AfterNotice) -> str:
    """Whether it came after the notice, in a few words."""
    words = {
        AfterNotice.YES: _("after the notice"),
        AfterNotice.PERHAPS: _("perhaps after the notice"),
    }
    return words.get(after, "")


def incident_blocks(desk: Desk, found: Incident) -> list[Block]:
    """Everything in an incident but its private note."""
    blocks: list[Block] = []
    if words := after_words(found.after_notice):
        told = _("This contact came {when} was sent.").format(when=words)
        blocks.append(Block(kind=BlockKind.CALLOUT, lead=_("Note"), text=told))
    blocks += long_field(_("What happened"), found.account) if found.account else []
    blocks += when_blocks(found.when)
    blocks.append(field(_("Written down"), the_minute(found.recorded_at)))
    known = {
        _("How"): found.platform,
        _("Where"): found.where,
        _("Who"): name_of(desk, found.person_id),
        _("Witnesses"): "\n".join(found.witnesses),
        _("Effect on you"): found.effect,
        _("What you did"): found.done,
        _("Told"): "\n".join(found.reported_to),
        _("Files"): str(len(found.evidence_ids) or ""),
    }
    for name, value in known.items():
        blocks += long_field(name, value) if value.strip() else []
    return [*blocks, *_not_known(found)]


def _not_known(found: Incident) -> list[Block]:
    from guide.actions.places.steps import steps_of

    names = [each.name for each in steps_of(INCIDENT) if each.id in found.not_known]
    return [field(_("You don't know"), ", ".join(names))] if names else []


def _under(*, some: bool) -> list[Row]:
    rows = [_link(PEOPLE, _("People"), group=_("More"))]
    rows += [_link("timeline", _("Timeline"), key="t")] if some else []
    return [*rows, _link(BIN, _("Bin"))]


def _link(
    value: str, text: str, *, note: str = "", key: str = "", group: str = ""
) -> Row:
    return Row(
        kind=RowKind.LINK, value=value, text=text, note=note, key=key, group=group
    )
