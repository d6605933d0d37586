"""Filing a person's mail away as screens: saved first, whose, for which service."""

from __future__ import annotations

from guide.actions.desk import Desk
from guide.actions.filtering import (
    Known,
    known_by_typing,
    known_of,
    saved_first,
)
from guide.actions.knowing import called
from guide.actions.places.filter_chat import ChatPlace
from guide.actions.places.filter_made import FilterPlace, known_blocks
from guide.actions.places.place import Move, Open, Place, Show
from guide.filters import CHATS, SERVICES, Rule, service_named
from guide.model.people import IdentifierKind, Person
from guide.model.problems import NotFoundError
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, paragraph
from guide.safety.display import show
from guide.words import _, plural

SAVED, NOT_SAVED, UNSAFE, PERSON = "saved", "not-saved", "unsafe", "who:"
_HOW_TO_SAVE = "page:s-ev-email"
_LONGEST = 80
_KINDS = (IdentifierKind.EMAIL, IdentifierKind.HANDLE)


def filters_place(desk: Desk) -> Place:
    """The first screen of it: whose mail, once saving was asked about."""
    return filters_for(desk, "")


def filters_for(desk: Desk, wanted: str) -> Place:
    """The same for the service or chat program *wanted*, which is not asked then.

    Raises NotFoundError where there is no such service.
    """
    if wanted and wanted not in (*SERVICES, *CHATS):
        raise NotFoundError
    who = WhoPlace(desk, wanted)
    return who if saved_first(desk) else SavedPlace(who)


class SavedPlace(Place):
    """Asks whether what came is saved: some filters hide it afterwards."""

    def __init__(self, onward: WhoPlace) -> None:
        self._onward = onward

    def sheet(self) -> Sheet:
        first = _(
            "A filter works on new mail, and in a chat it can stop the log. So it "
            "helps to save what is there first."
        )
        second = _(
            "Your safety comes before proof. If saving could put you at risk, you can "
            "go on without it."
        )
        caution = _(
            "Never copy a sexual image of anyone who is, or may be, under 18. Read "
            "what to do instead."
        )
        choices = {
            SAVED: _("Yes, I have saved it"),
            NOT_SAVED: _("Not yet. Show me how to save it"),
            UNSAFE: _("I will not save it, because it is not safe or not allowed"),
            "page:t-no-copy-minor": _("Read: a sexual image of someone under 18"),
        }
        return Sheet(
            name="filter-saved",
            title=_("Have you saved what they sent?"),
            trail=(_("File their mail away"),),
            blocks=(
                paragraph(first),
                paragraph(second),
                Block(kind=BlockKind.CALLOUT, lead=_("Caution"), text=caution),
            ),
            rows=tuple(_link(value, text) for value, text in choices.items()),
        )

    def choose(self, value: str) -> Move:
        if value in (SAVED, UNSAFE):
            return Show(self._onward)
        return Open(_HOW_TO_SAVE if value == NOT_SAVED else value)


class WhoPlace(Place):
    """Whose mail it is: somebody in the record, or addresses that are typed."""

    def __init__(self, desk: Desk, wanted: str = "") -> None:
        self._desk, self._wanted = desk, wanted

    def sheet(self) -> Sheet:
        first = _(
            "A filter moves what the person sends into a folder. You do not have to "
            "see it, and nothing is deleted. It stays there as proof."
        )
        second = _(
            "Choose somebody, or type their addresses with spaces between. For a chat, "
            "type their name in it. The sender of a mail can be forged: choose only "
            "what you know is theirs."
        )
        rows = [
            _link(
                f"{PERSON}{each.id}",
                show(called(each), limit=_LONGEST),
                plural("{count} address", "{count} addresses", _count(each)),
            )
            for each in self._desk.vault.people()
            if _count(each)
        ]
        return Sheet(
            name="filter-who",
            title=_("Whose mail shall be filed away?"),
            trail=(_("File their mail away"),),
            blocks=(paragraph(first), paragraph(second)),
            rows=(*rows, _link("page:l-blocking", _("Read: mute, file away or block"))),
            ask=Ask(label=_("Their addresses"), verb=_("Go on")),
        )

    def typed(self, text: str) -> Move:
        return Show(self.onward(known_by_typing(text)))

    def choose(self, value: str) -> Move:
        if not value.startswith(PERSON):
            return Open(value)
        known = known_of(self._desk, value.removeprefix(PERSON))
        return Show(self.onward(known))

    def onward(self, known: Known) -> Place:
        """The choice of a service; or the filter, where the service is known."""
        services = ServicePlace(self._desk, known, self)
        wanted = self._wanted
        fitting = SERVICES if known.addresses else ()
        if wanted in (*fitting, *known.programs):
            return services.onward(wanted)
        return services


class ServicePlace(Place):
    """Where the reader gets their mail, or which chat it is."""

    def __init__(self, desk: Desk, known: Known, before: Place) -> None:
        self._desk, self._known, self._before = desk, known, before

    def sheet(self) -> Sheet:
        rows = [
            _link(each, service_named(each).name, group=_("Email") if n == 0 else "")
            for n, each in enumerate(SERVICES if self._known.addresses else ())
        ]
        rows += [
            _link(each, _chat_name(each), group=_("Chats") if n == 0 else "")
            for n, each in enumerate(self._known.programs)
        ]
        words = _("Choose the service where you read your own mail, or the chat.")
        return Sheet(
            name="filter-service",
            title=_("Where do their messages reach you?"),
            trail=(_("File their mail away"),),
            blocks=(paragraph(words), *known_blocks(self._known)),
            rows=tuple(rows),
        )

    def choose(self, value: str) -> Move:
        if value in (*SERVICES, *CHATS):
            return Show(self.onward(value))
        return Open(value)

    def onward(self, value: str) -> Place:
        """The filter for one service, or the words for one chat."""
        if value in CHATS:
            return ChatPlace(value, self._known, self)
        rule = Rule(addresses=self._known.addresses)
        return FilterPlace(self._desk, service_named(value), self._known, rule, self)

    def back(self) -> Place | None:
        return self._before


def _chat_name(program: str) -> str:
    names = {
        "irssi": _("irssi"),
        "weechat": _("WeeChat"),
        "hexchat": _("HexChat"),
        "mirc": _("mIRC"),
        "matrix": _("Element and Matrix"),
        "xmpp": _("XMPP, also called Jabber"),
    }
    return names[program]


def _count(person: Person) -> int:
    return sum(each.kind in _KINDS for each in person.identifiers)


def _link(value: str, text: str, note: str = "", *, group: str = "") -> Row:
    return Row(kind=RowKind.LINK, value=value, text=text, note=note, group=group)
