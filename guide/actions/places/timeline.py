"""One time-line of everything as a screen: lines, bars by week, gaps. No score."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from guide.actions.desk import Desk
from guide.actions.knowing import called, name_of
from guide.actions.places.check_notes import field
from guide.actions.places.incidents import after_words
from guide.actions.places.place import Move, Open, Place, Show
from guide.actions.recording import how_kept
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.telling import in_short, short_day
from guide.model.text import Block, BlockKind, heading, paragraph
from guide.model.timeline import EVERYTHING, Entry, EntryKind, Filter, Week
from guide.model.times import When
from guide.safety.display import show
from guide.words import _, plural

KIND, WHO, FILTER, OLDER, ALL = "kind:", "who:", "filter", "older", "all"
PAGE, WEEKS, WIDEST = 50, 12, 40
_SHORTEST_GAP, _GAPS = 7, 3
_OPENS = frozenset({EntryKind.INCIDENT, EntryKind.CONTACT})


class TimelinePlace(Place):
    """The lines that a filter lets through, under their counts."""

    def __init__(
        self, desk: Desk, which: Filter = EVERYTHING, *, skip: int = 0
    ) -> None:
        self._desk, self._which, self._skip = desk, which, skip

    def sheet(self) -> Sheet:
        desk, which = self._desk, self._which
        count = desk.vault.timeline_count(which)
        blocks = [paragraph(how_kept(desk))]
        if not count:
            words = _("Nothing stands here yet.")
            some = _("Nothing fits. Show everything to see the rest.")
            blocks.append(paragraph(words if which == EVERYTHING else some))
        elif not self._skip:
            blocks += _overview(desk, which)
        return Sheet(
            name="timeline",
            title=_("Timeline"),
            progress=plural("{count} line", "{count} lines", count),
            blocks=tuple(blocks),
            rows=(self._filter(), *self._lines()),
        )

    def _filter(self) -> Row:
        names = kind_names()
        parts = [names[each] for each in EntryKind if each in self._which.kinds]
        parts += filter(None, [name_of(self._desk, self._which.person_id)])
        shown = ", ".join(parts) or _("everything")
        return _link(FILTER, _("Show: {what}").format(what=shown), key="f")

    def _lines(self) -> list[Row]:
        page = self._desk.vault.timeline(self._which, skip=self._skip, limit=PAGE + 1)
        rows = [
            _link(
                _target(each),
                line_of(each),
                note=after_words(each.after_notice),
                group=_("Newest first") if n == 0 else "",
            )
            for n, each in enumerate(page[:PAGE])
        ]
        return [*rows, *([_link(OLDER, _("Older ones"))] if page[PAGE:] else [])]

    def choose(self, value: str) -> Move:
        if value == OLDER:
            skip = self._skip + PAGE
            return Show(TimelinePlace(self._desk, self._which, skip=skip))
        if value == FILTER:
            return Show(FilterPlace(self._desk, self._which))
        return Open(value)

    def back(self) -> Place | None:
        if self._skip:
            return TimelinePlace(self._desk, self._which)
        if self._which != EVERYTHING:
            return TimelinePlace(self._desk)
        return None


class FilterPlace(Place):
    """What to show: kinds, and a person."""

    def __init__(self, desk: Desk, which: Filter) -> None:
        self._desk, self._which = desk, which

    def sheet(self) -> Sheet:
        kinds = [
            _link(f"{KIND}{kind}", name, group=_("Only one kind") if n == 0 else "")
            for n, (kind, name) in enumerate(kind_names().items())
        ]
        people = [
            _link(
                f"{WHO}{each.id}",
                show(called(each), limit=80),
                group=_("Only one person") if n == 0 else "",
            )
            for n, each in enumerate(self._desk.vault.people())
        ]
        return Sheet(
            name="timeline-filter",
            title=_("What shall it show?"),
            trail=(_("Timeline"),),
            rows=(_link(ALL, _("Everything"), key="a"), *kinds, *people),
        )

    def choose(self, value: str) -> Move:
        which = EVERYTHING
        if value.startswith(KIND):
            kind = EntryKind(value.removeprefix(KIND))
            which = replace(self._which, kinds=frozenset({kind}))
        elif value.startswith(WHO):
            which = replace(self._which, person_id=value.removeprefix(WHO))
        return Show(TimelinePlace(self._desk, which))

    def back(self) -> Place | None:
        return TimelinePlace(self._desk, self._which)


def kind_names() -> dict[EntryKind, str]:
    """Every kind of line, as it is called."""
    return {
        EntryKind.INCIDENT: _("incidents"),
        EntryKind.NOTICE: _("notices"),
        EntryKind.LETTER: _("letters"),
        EntryKind.CONTACT: _("contacts"),
        EntryKind.EVIDENCE: _("files"),
    }


def line_of(each: Entry) -> str:
    """A line of the time-line: when, how, what."""
    names = {
        EntryKind.INCIDENT: show(each.platform, limit=30) or _("incident"),
        EntryKind.NOTICE: _("notice"),
        EntryKind.LETTER: _("letter"),
        EntryKind.CONTACT: _("contact"),
        EntryKind.EVIDENCE: _("file"),
    }
    return "  ".join((_when(each), names[each.kind], show(each.title)))


def _when(each: Entry) -> str:
    """In this computer's zone; an office is often noted by its day alone."""
    start = each.at.astimezone() if each.at else None
    end = each.until.astimezone() if each.until else None
    if start and each.kind is EntryKind.CONTACT and start.time() == time(0):
        return short_day(start.date())
    return in_short(When(precision=each.precision, start=start, end=end))


def _overview(desk: Desk, which: Filter) -> list[Block]:
    """Counts by week, gaps, and the two sides of each notice."""
    blocks = [heading(_("By week"))]
    weeks = desk.vault.weeks(which)
    blocks += [_bar(each, _scale(weeks)) for each in weeks[-WEEKS:]]
    if len(weeks) > WEEKS:
        before = sum(each.count for each in weeks[:-WEEKS])
        words = _("{count} more in the {weeks} weeks before.")
        blocks.append(paragraph(words.format(count=before, weeks=len(weeks) - WEEKS)))
    blocks += _gaps(desk, which)
    return [*blocks, *_sides(desk, which)]


def _scale(weeks: tuple[Week, ...]) -> int:
    """How many lines one sign stands for."""
    most = max((each.count for each in weeks[-WEEKS:]), default=0)
    return -(-most // WIDEST) or 1


def _bar(week: Week, scale: int) -> Block:
    bar = "#" * -(-week.count // scale)
    text = f"{week}  {bar} {week.count}".replace("   ", "  ")
    return Block(kind=BlockKind.CODE, text=text)


def _gaps(desk: Desk, which: Filter) -> list[Block]:
    words = _("{days} days, between {first} and {last}")
    return [
        field(
            _("Without a line"),
            words.format(
                days=gap.days, first=short_day(gap.after), last=short_day(gap.before)
            ),
        )
        for gap in desk.vault.gaps(which, at_least=_SHORTEST_GAP, most=_GAPS)
    ]


def _sides(desk: Desk, which: Filter) -> list[Block]:
    blocks = []
    for person in desk.vault.people():
        sides = desk.vault.before_and_after(person.id)
        theirs = which.person_id in ("", person.id)
        if sides.sent_at is None or not theirs:
            continue
        words = _(
            "incidents before: {before}, after: {after}, perhaps after: {perhaps}, "
            "time not known: {unknown}"
        )
        name = _("Notice to {name}, {day}").format(
            name=name_of(desk, person.id),
            day=short_day(sides.sent_at.astimezone().date()),
        )
        told = words.format(
            before=sides.before,
            after=sides.after,
            perhaps=sides.perhaps_after,
            unknown=sides.not_known,
        )
        blocks.append(field(name, told))
    return blocks


def _target(each: Entry) -> str:
    if each.kind in _OPENS:
        return f"{each.kind}:{each.id}"
    if each.kind is EntryKind.EVIDENCE:
        return f"evidence:{each.id}"
    return f"kept:{each.id}"  # a letter, to an office or to the person


def _link(
    value: str, text: str, *, note: str = "", key: str = "", group: str = ""
) -> Row:
    return Row(
        kind=RowKind.LINK, value=value, text=text, note=note, key=key, group=group
    )
