"""What was measured, and the one table it is printed as."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_HEAD = ("what", "n", "median", "p95", "p99", "most", "unit", "reach", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row: all values of one thing. ``reach`` limits the named statistic."""

    what: str
    values: tuple[float, ...]
    unit: str = "ms"
    reach: tuple[tuple[str, float], ...] = ()  # statistic, at most
    note: str = ""

    def of(self, statistic: str) -> float:
        """The median, p95, p99 or most of the values."""
        ordered = sorted(self.values)
        match statistic:
            case "median":
                return statistics.median(ordered)
            case "most":
                return ordered[-1]
            case _:
                share = int(statistic.removeprefix("p")) / 100
                return ordered[math.ceil(share * len(ordered)) - 1]

    def verdict(self) -> str:
        """Whether every limit is kept; what there is to say where there is none."""
        if not self.reach:
            return self.note
        kept = all(self.of(statistic) <= most for statistic, most in self.reach)
        return ("yes " if kept else "NO  ") + self.note

    def cells(self) -> tuple[str, ...]:
        """The row as words."""
        many = len(self.values) > 1
        spread = [self.of(s) for s in ("p95", "p99", "most")] if many else []
        shown = [_short(value) for value in (self.of("median"), *spread)]
        reach = ", ".join(f"{s} {_short(most)}" for s, most in self.reach)
        rest = [""] * (4 - len(shown))
        count = str(len(self.values))
        return (self.what, count, *shown, *rest, self.unit, reach, self.verdict())


def milliseconds(what: str, seconds: Sequence[float], **limits: float) -> Figure:
    """A row of times; limits are named by statistic."""
    values = tuple(1000 * each for each in seconds)
    return Figure(what=what, values=values, reach=tuple(limits.items()))


def seconds(what: str, taken: Sequence[float]) -> Figure:
    """A row of long times."""
    return Figure(what=what, values=tuple(taken), unit="s")


def megabytes(what: str, value: float, **limits: float) -> Figure:
    """A row of memory; it has no value where the system hides it."""
    values = (value,) if value else ()
    return Figure(what=what, values=values, unit="MB", reach=tuple(limits.items()))


def ratio(
    what: str, ours: Sequence[float], theirs: Sequence[float], most: float
) -> Figure:
    """How many times the median of *theirs* the median of *ours* is."""
    value = statistics.median(ours) / statistics.median(theirs)
    return Figure(what=what, values=(value,), unit="x", reach=(("median", most),))


def table(figures: Iterable[Figure]) -> str:
    """The rows beneath each other, numbers to the right."""
    rows = [_HEAD, *(figure.cells() for figure in figures)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(_HEAD))]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    first, *numbers = zip(row, widths, strict=True)
    cells = [first[0].ljust(first[1])]
    cells += [x.rjust(width) for x, width in numbers[:5]]
    cells += [x.ljust(width) for x, width in numbers[5:]]
    return "  ".join(cells).rstrip()


def _short(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"
