"""A time-stamp for the record as screens: asking for one, and keeping the reply."""

from __future__ import annotations

from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.places.place import Move, Open, Place, Show
from guide.actions.stamping import Stamp, ask, stamps, take_reply
from guide.model.problems import InvalidAnswerError
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.telling import the_minute
from guide.model.text import Block, BlockKind, item, paragraph
from guide.safety.display import show, show_path
from guide.words import _

ASK, REPLY = "ask", "reply"


class StampsPlace(Place):
    """What a time-stamp is, and those there are."""

    def __init__(self, desk: Desk, said: str = "") -> None:
        self._desk, self._said = desk, said

    def sheet(self) -> Sheet:
        said = [paragraph(self._said)] if self._said else []
        first = _(
            "An authority can confirm that your record was there at a certain time. It "
            "gets a hash and a number, and no word of yours. It may learn where the "
            "request came from."
        )
        second = _(
            "The guide sends nothing. Save the request, and let somebody send it from "
            "a safe place. Then open the reply here. Many cases do not need this."
        )
        return Sheet(
            name="case-stamps",
            title=_("A time-stamp for the record"),
            trail=(_("Hand over"),),
            blocks=(
                *said,
                paragraph(first),
                paragraph(second),
                *(_told(each) for each in stamps(self._desk)),
            ),
            rows=(
                Row(kind=RowKind.LINK, value=ASK, text=_("Save a request")),
                Row(kind=RowKind.LINK, value=REPLY, text=_("Open a reply")),
            ),
        )

    def choose(self, value: str) -> Move:
        if value == ASK:
            return Show(AskStampPlace(self._desk))
        if value == REPLY:
            return Show(ReplyPlace(self._desk))
        return Open(value)


def _told(stamp: Stamp) -> Block:
    given = stamp.given_at
    if given is None:
        return item(_("A request waits for its reply."))
    words = _("Given {when} by {who}.")
    told = words.format(when=the_minute(given), who=show(stamp.who, limit=80))
    sure = _("Checked up to the root you gave.")
    unsure = _("Nobody checked who made it: for that, open it with a root.")
    text = f"{told} {sure if stamp.trusted else unsure}"
    return Block(kind=BlockKind.FIELD, lead=_("Time-stamp: "), text=text)


class AskStampPlace(Place):
    """Where the request goes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        words = _("It is for your record as it is now. Nothing is replaced.")
        return Sheet(
            name="case-stamp-ask",
            title=_("Where to?"),
            trail=(_("Hand over"),),
            blocks=(paragraph(words),),
            ask=Ask(
                label=_("Folder and file name"),
                value=show_path(Path.cwd() / "request.tsq"),
                verb=_("Save"),
            ),
        )

    def typed(self, text: str) -> Move:
        path = show_path(ask(self._desk, text))
        words = _("The request is saved: {path}")
        return Show(StampsPlace(self._desk, words.format(path=path)))

    def back(self) -> Place | None:
        return StampsPlace(self._desk)


class ReplyPlace(Place):
    """Which file is the reply; then, if there is one, the root of the authority."""

    def __init__(self, desk: Desk, reply: str = "") -> None:
        self._desk, self._reply = desk, reply

    def sheet(self) -> Sheet:
        file = _("The file that the authority sent. It often ends in .tsr.")
        root = _(
            "With the root certificate of the authority, the guide can check who made "
            "it. You can leave this empty."
        )
        label = _("Root certificate, or nothing") if self._reply else _("Reply file")
        return Sheet(
            name="case-stamp-reply",
            title=_("Open a reply"),
            trail=(_("Hand over"),),
            blocks=(paragraph(root if self._reply else file),),
            ask=Ask(label=label, verb=_("Check it")),
        )

    def typed(self, text: str) -> Move:
        if not self._reply:
            if not text.strip():
                raise InvalidAnswerError
            return Show(ReplyPlace(self._desk, text))
        take_reply(self._desk, self._reply, text)
        said = _("The reply answers your request. It is kept, and goes into a bag.")
        return Show(StampsPlace(self._desk, said))

    def back(self) -> Place | None:
        return ReplyPlace(self._desk) if self._reply else StampsPlace(self._desk)
