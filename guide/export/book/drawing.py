"""The time-line drawn as SVG 1.1, and the same as counts per month. Pure.

What a mark is shows in its shape, never only in a colour, so that it is seen in any
print. A mark without an exact time is hollow.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from xml.sax.saxutils import escape

from guide.model.case import Group, Mark
from guide.model.telling import long_day, short_months, the_month
from guide.model.times import Precision
from guide.words import _, plural

WIDTH = 960
_LEFT, _RIGHT, _TOP, _BOTTOM = 130, 20, 30, 46
_STEP = 12  # from one shape to the next, and the width of a column of them
_HIGHEST = 12  # shapes in a column; more are a number above it
_BARS = 8  # rows of bars; more share the last one
_MOST_LABELS, _MOST_MONTHS = 18, 60
_LETTER = 8  # about as wide as one is
_DAY = 86_400
_ROOM = 2  # free columns on each side that a label needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A picture and its words."""

    svg: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Axis:
    """The months from the first mark to the last, and where a moment is on them."""

    first: date
    last: date  # the first day after the last month

    @classmethod
    def over(cls, marks: Sequence[Mark]) -> _Axis:
        start = min(mark.at.date() for mark in marks).replace(day=1)
        end = max((mark.until or mark.at).date() for mark in marks)
        return cls(start, _next_month(max(start, end)))

    def x(self, at: datetime) -> float:
        days = at.date().toordinal() - self.first.toordinal()
        days_and_part = days + (at.hour * 3600 + at.minute * 60 + at.second) / _DAY
        return _LEFT + days_and_part * self._scale

    def x_of_day(self, day: date) -> float:
        return _LEFT + (day.toordinal() - self.first.toordinal()) * self._scale

    @property
    def _scale(self) -> float:
        days = self.last.toordinal() - self.first.toordinal()
        return (WIDTH - _LEFT - _RIGHT) / days

    @property
    def starts(self) -> tuple[date, ...]:
        """The first day of every month."""
        found, day = [], self.first
        while day < self.last:
            found.append(day)
            day = _next_month(day)
        return tuple(found)


def counts_by_month(
    marks: Sequence[Mark],
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Column names and rows. A very long time leaves out months without any."""
    groups = _groups(marks)
    counts = Counter((mark.at.date().replace(day=1), mark.group) for mark in marks)
    starts = _Axis.over(marks).starts
    if len(starts) > _MOST_MONTHS:
        starts = tuple(sorted({month for month, _group in counts}))
    rows = tuple(
        (the_month(start), *(str(counts[start, group]) for group in groups))
        for start in starts
    )
    return (_("Month"), *(_NAMES[group]() for group in groups)), rows


def drawn(marks: Sequence[Mark]) -> Drawn:
    """All *marks* on one line of months; there is at least one."""
    axis = _Axis.over(marks)
    points = [mark for mark in marks if not _is_bar(mark, axis)]
    bars = [mark for mark in marks if _is_bar(mark, axis)]
    body: list[str] = []
    base = _TOP
    for group in _groups(points):
        base, shapes = _lane(group, [m for m in points if m.group is group], axis, base)
        body += shapes
    if bars:
        base, shapes = _bars(bars, axis, base)
        body += shapes
    height = base + _BOTTOM
    body = [*_months(axis, base), *body, *_notices(marks, axis, base)]
    return Drawn(
        svg=_svg(height, body), alt=_alt(marks, axis), width=WIDTH, height=height
    )


def _svg(height: int, body: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-size="13" '
        'font-family="Libertinus Serif, DejaVu Serif, DejaVu Sans Mono, serif">'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>{"".join(body)}</svg>'
    )


def _is_bar(mark: Mark, axis: _Axis) -> bool:
    return mark.until is not None and axis.x(mark.until) - axis.x(mark.at) > _STEP


def _groups(marks: Sequence[Mark]) -> tuple[Group, ...]:
    return tuple(group for group in Group if any(m.group is group for m in marks))


def _lane(
    group: Group, marks: Sequence[Mark], axis: _Axis, top: int
) -> tuple[int, list[str]]:
    """The shapes of one group in columns, and where the next lane begins."""
    columns: dict[int, list[Mark]] = defaultdict(list)
    for mark in sorted(marks, key=lambda each: (each.at.isoformat(), each.label)):
        columns[int(axis.x(mark.at) - _LEFT) // _STEP].append(mark)
    highest = min(_HIGHEST, max(map(len, columns.values())))
    base = top + highest * _STEP + 26
    shapes = [_lane_name(group, base)]
    for column, held in columns.items():
        x = _LEFT + column * _STEP + _STEP / 2
        for row, mark in enumerate(held[:_HIGHEST]):
            hollow = mark.precision is not Precision.EXACT
            shapes.append(_shape(group, x, base - row * _STEP - 6, hollow=hollow))
        if len(held) > _HIGHEST:
            above = base - _HIGHEST * _STEP - 4
            shapes.append(_text(x, above, f"+{len(held) - _HIGHEST}", size=10))
        elif len(held) == 1 and not held[0].notice and _is_alone(column, columns):
            shapes.append(_text(x, base - _STEP - 4, held[0].label, size=10))
    shapes.append(_line(_LEFT, base, WIDTH - _RIGHT, base))
    return base, shapes


def _is_alone(column: int, columns: Mapping[int, list[Mark]]) -> bool:
    near = range(column - _ROOM, column + _ROOM + 1)
    return not any(other in columns for other in near if other != column)


def _lane_name(group: Group, base: int) -> str:
    name = _text(28, base - 4, _NAMES[group](), anchor="start")
    return _shape(group, 14, base - 8, hollow=False) + name


def _bars(marks: Sequence[Mark], axis: _Axis, top: int) -> tuple[int, list[str]]:
    """Stretches of time, each in the first row that is free."""
    ends: list[float] = []
    shapes: list[str] = []
    for mark in sorted(marks, key=lambda each: (each.at.isoformat(), each.label)):
        x, to = axis.x(mark.at), axis.x(mark.until or mark.at)
        row = next((n for n, end in enumerate(ends) if end < x), len(ends))
        row = min(row, _BARS - 1)
        ends[row : row + 1] = [max(to, x + 40)]  # its label needs room, too
        y = top + 20 + row * 24
        shapes.append(
            f'<rect x="{x:.1f}" y="{y + 8}" width="{to - x:.1f}" height="8" '
            'fill="#ccc" stroke="#222"/>'
        )
        shapes.append(_text(x, y + 5, mark.label, size=10, anchor="start"))
    base = top + 24 + len(ends) * 24
    shapes.append(_text(8, base - 10, _("Stretches of time"), anchor="start"))
    shapes.append(_line(_LEFT, base, WIDTH - _RIGHT, base))
    return base, shapes


def _months(axis: _Axis, base: int) -> Iterator[str]:
    names, count = short_months(), len(axis.starts)
    widest = max(map(len, names)) * _LETTER
    step = max(
        -(-count // _MOST_LABELS), -(-count * widest // (WIDTH - _LEFT - _RIGHT))
    )
    year = 0
    for start in axis.starts[::step]:
        x = axis.x_of_day(start)
        yield _line(x, _TOP - 6, x, base + 4, colour="#bbb")
        yield _text(x + 2, base + 18, names[start.month - 1], anchor="start")
        if start.year != year:
            yield _text(x + 2, base + 34, str(start.year), anchor="start")
            year = start.year


def _notices(marks: Sequence[Mark], axis: _Axis, base: int) -> Iterator[str]:
    for mark in marks:
        if mark.notice:
            x = axis.x(mark.at)
            yield (
                f'<path d="M{x:.1f} {_TOP - 8}V{base}" stroke="#222" '
                'stroke-width="1.5" stroke-dasharray="6 4" fill="none"/>'
            )
            near_end = x > WIDTH - 160
            words = _("Notice {label}").format(label=mark.label)
            place, anchor = (x - 4, "end") if near_end else (x + 4, "start")
            yield _text(place, _TOP - 12, words, anchor=anchor)


def _line(x: float, y: float, to_x: float, to_y: float, *, colour: str = "#222") -> str:
    return (
        f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" stroke="{colour}" '
        'fill="none"/>'
    )


def _text(
    x: float, y: float, text: str, *, size: int = 13, anchor: str = "middle"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="#222" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )


def _shape(group: Group, x: float, y: float, *, hollow: bool) -> str:
    fill = "#fff" if hollow else "#222"
    style = f'fill="{fill}" stroke="#222" stroke-width="1.4"'
    match group:
        case Group.INCIDENT:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.4" {style}/>'
        case Group.EVIDENCE:
            path = "l5.2 5.2l-5.2 5.2l-5.2 -5.2z"
            return f'<path d="M{x:.1f} {y - 5.2:.1f}{path}" {style}/>'
        case Group.CONTACT:
            path = "l5 9l-10 0z"
            return f'<path d="M{x:.1f} {y - 5:.1f}{path}" {style}/>'
        case Group.LETTER:
            corner = f'x="{x - 4.2:.1f}" y="{y - 4.2:.1f}"'
            return f'<rect {corner} width="8.4" height="8.4" {style}/>'


def _alt(marks: Sequence[Mark], axis: _Axis) -> str:
    told = [
        _("The records on a line of months, from {first} to {last}.").format(
            first=the_month(axis.starts[0]), last=the_month(axis.starts[-1])
        ),
        _("There are {counts}.").format(
            counts=", ".join(
                _COUNTED[group](sum(mark.group is group for mark in marks))
                for group in _groups(marks)
            )
        ),
        *(
            _("The notice {label} is at {day}.").format(
                label=mark.label, day=long_day(mark.at.date())
            )
            for mark in marks
            if mark.notice
        ),
        _("The table after it has the counts for each month."),
    ]
    return " ".join(told)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


_NAMES: Mapping[Group, Callable[[], str]] = MappingProxyType(
    {
        Group.INCIDENT: lambda: _("Incidents"),
        Group.EVIDENCE: lambda: _("Exhibits"),
        Group.CONTACT: lambda: _("Contacts"),
        Group.LETTER: lambda: _("Letters"),
    }
)
_COUNTED: Mapping[Group, Callable[[int], str]] = MappingProxyType(
    {
        Group.INCIDENT: lambda n: plural("{count} incident", "{count} incidents", n),
        Group.EVIDENCE: lambda n: plural("{count} exhibit", "{count} exhibits", n),
        Group.CONTACT: lambda n: plural("{count} contact", "{count} contacts", n),
        Group.LETTER: lambda n: plural("{count} letter", "{count} letters", n),
    }
)
