"""A whole mailbox file (mbox, RFC 4155) as a stream: who wrote how often, and when.

Bytes come in pieces and are let go of at once; of each message only its header is
looked at. So a file of any size costs the same memory. Pure: whoever has the file
reads it.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from guide.mail.claims import few_claims
from guide.mail.explain import could_fool, follow
from guide.mail.headers import read_headers
from guide.mail.source import SEPARATOR
from guide.model.problems import UnreadableFileError
from guide.model.trace import MailTable, MessageTrace, SenderRow, Verdict
from guide.words import _

MOST_HEADER = 64 * 1024  # bytes of one message's header that are looked at
MOST_SENDERS = 20_000  # rows; more are counted together
_AHEAD = 1024  # a separator and the start of the line after it
_START = b"From "
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


def headers_of(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The header of each message in *pieces*, a mailbox file cut anywhere.

    A file that is no mailbox gives nothing.
    """
    stream = _Stream(pieces)
    if not stream.at_separator():
        return
    while True:
        yield stream.header()
        if not stream.to_next():
            return


class _Stream:
    """A window on the file that only moves forward."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._held = b""
        self._at = 0
        self._ended = False
        self._fill(_AHEAD)

    def at_separator(self) -> bool:
        """Whether a separator stands here; then the window moves behind it."""
        self._fill(_AHEAD)
        match = SEPARATOR.match(self._held, self._at)
        if match:
            self._at = match.end()
        return bool(match)

    def header(self) -> bytes:
        """What stands up to the first empty line, as far as that is looked at."""
        size = 4096
        while True:
            self._fill(size)
            end = self._at + min(size, MOST_HEADER)
            blank = _BLANK_LINE.search(self._held, self._at, end)
            if blank or size >= MOST_HEADER or self._ended:
                stop = blank.end() if blank else end
                return self._upto_separator(self._held[self._at : stop])
            size *= 4

    @staticmethod
    def _upto_separator(block: bytes) -> bytes:
        """A header with no empty line after it ends where the next message begins."""
        found = SEPARATOR.search(block, 1)
        return block[: found.start()] if found else block

    def to_next(self) -> bool:
        """Move behind the next separator; False at the end of the file."""
        while True:
            place = self._held.find(b"\n" + _START, self._at)
            if place < 0:
                if self._ended:
                    return False
                self._at = max(self._at, len(self._held) - len(_START))
                self._fill(len(_START) + 1)
                continue
            self._at = place + 1
            if self.at_separator():
                return True

    def _fill(self, wanted: int) -> None:
        """Hold at least *wanted* bytes from here on, or all that is left."""
        if len(self._held) - self._at >= wanted or self._ended:
            return
        held = [self._held[self._at :]]
        size = len(held[0])
        while size < wanted and not self._ended:
            piece = next(self._pieces, None)
            if piece is None:
                self._ended = True
            else:
                held.append(piece)
                size += len(piece)
        self._held, self._at = b"".join(held), 0


@dataclass(slots=True)
class _Counted:
    """One sender while the file is read."""

    shown: str
    count: int = 0
    first: datetime | None = None
    last: datetime | None = None
    verdicts: dict[Verdict, int] = field(default_factory=dict)


def table_of(
    pieces: Iterable[bytes],
    provider_hosts: tuple[str, ...] = (),
    *,
    examples: bool = False,
    only_given: bool = False,
) -> MailTable:
    """Everybody in From of a mailbox file: how often, first, last, and the checks.

    The times are those at which the reader's own mail service took a message in,
    where that can be told; else what the message claims. Raises
    UnreadableFileError for a file that holds no messages.
    """
    senders: OrderedDict[str, _Counted] = OrderedDict()
    total = undated = others = 0
    for head in headers_of(pieces):
        trace = brief(head, provider_hosts, examples=examples, only_given=only_given)
        key = trace.from_.address.lower() if trace.from_ else ""
        total += 1
        moment = arrived(trace)
        undated += moment is None
        if key not in senders and len(senders) >= MOST_SENDERS:
            others += 1
            continue
        shown = trace.from_.address if trace.from_ else ""
        _count(senders.setdefault(key, _Counted(shown)), trace.verdict, moment)
    if not total:
        raise UnreadableFileError(
            _("The guide found no mailbox in this file. It was not changed."),
            _("Save the folder as an mbox file. Thunderbird keeps folders like that."),
        )
    rows = sorted(map(_row, senders.values()), key=lambda row: (-row.count, row.sender))
    return MailTable(
        rows=tuple(rows), messages=total, undated=undated, other_senders=others
    )


def brief(
    head: bytes, given: tuple[str, ...], *, examples: bool, only_given: bool
) -> MessageTrace:
    """Who a message says it is from, the checks and the boundary; nothing else."""
    headers, _cut = read_headers(head)
    claimed = few_claims(headers, examples=examples)
    trace = follow(claimed, headers, given, only_given=only_given)
    return replace(trace, verdict=Verdict.UNKNOWN) if could_fool(trace) else trace


def arrived(trace: MessageTrace) -> datetime | None:
    """When the reader's own service took it in; else what the message claims."""
    if trace.boundary is not None:
        for hop in reversed(trace.hops[: trace.boundary + 1]):
            if hop.at is not None:
                return hop.at.astimezone(UTC)
    return trace.date.astimezone(UTC) if trace.date else None


def _count(counted: _Counted, verdict: Verdict, moment: datetime | None) -> None:
    counted.count += 1
    counted.verdicts[verdict] = counted.verdicts.get(verdict, 0) + 1
    if moment is None:
        return
    counted.first = min(counted.first or moment, moment)
    counted.last = max(counted.last or moment, moment)


def _row(counted: _Counted) -> SenderRow:
    said = counted.verdicts
    return SenderRow(
        sender=counted.shown,
        count=counted.count,
        first=counted.first,
        last=counted.last,
        genuine=said.get(Verdict.GENUINE, 0),
        failed=said.get(Verdict.FAILED, 0),
        unknown=said.get(Verdict.UNKNOWN, 0),
    )
