"""What one side pours and the other side draws, a thread between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Event, Thread

from guide.export.bag.pieces import Sink

_WAITING = 8  # pieces that were poured and not drawn yet
_PATIENCE = 0.1  # seconds between two looks at whether the other side is still there


class _NobodyDrawsError(Exception):
    """The other side has ended before its time."""


def pulled(pour: Callable[[Sink], None]) -> Iterator[memoryview]:
    """Everything that *pour* gives to its sink, in its order, as an iterator.

    *pour* runs in a thread of its own; what it raises is raised here. Closing the
    iterator early ends it.
    """
    between: Queue[bytes | BaseException | None] = Queue(_WAITING)
    ended = Event()

    def put(what: bytes | BaseException | None) -> None:
        while not ended.is_set():
            with suppress(Full):
                between.put(what, timeout=_PATIENCE)
                return
        raise _NobodyDrawsError

    def run() -> None:
        last: BaseException | None = None
        try:
            pour(lambda data: put(bytes(data)))
        except BaseException as error:  # raised again on the other side
            last = error
        with suppress(_NobodyDrawsError):
            put(last)

    thread = Thread(target=run, name="pouring", daemon=True)
    thread.start()
    try:
        while (piece := between.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            yield memoryview(piece)
    finally:
        ended.set()
        with suppress(Empty):
            while True:
                between.get_nowait()
        thread.join()
