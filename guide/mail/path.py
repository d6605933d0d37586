"""What is worth noticing in each step of a message's way: its time, names, address.

Every hint is a sentence that is true by itself. A clock that is wrong and a line
that was made up look the same, so both are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from guide.mail.domains import registrable_domain
from guide.mail.networks import kind_words, looks_like_tor
from guide.model.trace import Hop
from guide.words import _, plural

_SKEW = timedelta(minutes=2)  # clocks of honest servers differ by that much
_LONG = timedelta(hours=1)
_DAY = timedelta(days=1)


def noticed(
    hops: Sequence[Hop], boundary: int | None = None, *, examples: bool = False
) -> tuple[Hop, ...]:
    """*hops*, newest first, each with its delay and what is odd about it.

    Names and addresses inside the reader's own service, above *boundary*, are its own
    affair.
    """
    inner = 0 if boundary is None else boundary
    older = (*hops[1:], None)
    timed = [
        replace(hop, delay=_delay(hop, below))
        for hop, below in zip(hops, older, strict=False)
    ]
    return tuple(
        replace(
            hop,
            hints=(*_hints(hop, outer=place >= inner, examples=examples), *_times(hop)),
        )
        for place, hop in enumerate(timed)
    )


def _delay(hop: Hop, below: Hop | None) -> timedelta | None:
    if hop.at is None or below is None or below.at is None:
        return None
    return hop.at - below.at


def _hints(hop: Hop, *, outer: bool, examples: bool) -> Iterator[str]:
    if not outer:
        return
    yield from _names(hop)
    if hop.ip and (words := kind_words(hop.ip, examples=examples)):
        yield _("{ip} is {words}.").format(ip=hop.ip, words=words)
    if any(looks_like_tor(name) for name in (hop.tcp_info, hop.from_)):
        yield _(
            "The name says that this is a way out of the Tor network, which hides who "
            "uses it. Anybody can name a computer so."
        )


def _names(hop: Hop) -> Iterator[str]:
    helo = hop.from_.rstrip(".").lower()
    said = registrable_domain(helo)
    if hop.private or not hop.ip:
        return
    if said and hop.tcp_info and said != registrable_domain(hop.tcp_info):
        yield _(
            "It called itself {helo}, but its address belongs to {name}. Believe the "
            "address."
        ).format(helo=hop.from_, name=hop.tcp_info)
    elif said and not hop.tcp_info:
        yield _("It called itself {helo}, and this line does not confirm that.").format(
            helo=hop.from_
        )


def _times(hop: Hop) -> Iterator[str]:
    if hop.delay is None:
        return
    if hop.delay < -_SKEW:
        yield _(
            "It is dated {time} before the step below it. A clock was wrong, or a line "
            "was made up."
        ).format(time=how_long(-hop.delay))
    elif hop.delay >= _LONG:
        yield _("The message waited {time} before this step.").format(
            time=how_long(hop.delay)
        )


def how_long(time: timedelta) -> str:
    """A stretch of time in words, by its largest unit.

    >>> how_long(timedelta(seconds=90)), how_long(timedelta(days=3))
    ('1 minute', '3 days')
    """
    seconds = int(time.total_seconds())
    if seconds < 60:
        return plural("{count} second", "{count} seconds", seconds)
    if time < _LONG:
        return plural("{count} minute", "{count} minutes", seconds // 60)
    if time < _DAY:
        return plural("{count} hour", "{count} hours", seconds // 3600)
    return plural("{count} day", "{count} days", time.days)
