"""What was said without the vault, shown beside what the vault has, to be chosen."""

from __future__ import annotations

from guide.actions.bringing import ANSWER, Meanwhile, Told, decide
from guide.actions.desk import Desk
from guide.actions.places.place import Close, Move, Open, Place, Stay
from guide.model.brought import Brought
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, item, paragraph
from guide.safety.display import show
from guide.words import _, plural

GO, NONE, NEXT = "go:", "none", "next"
_LONGEST = 80


class BringPlace(Place):
    """The list of what was said meanwhile; each line is brought in or left out."""

    def __init__(self, desk: Desk, waiting: Meanwhile) -> None:
        self._desk, self._waiting = desk, waiting
        safe = waiting.agrees
        self._ticked = {
            each.id
            for each in waiting.told
            if not each.kept and (safe or not each.id.startswith(ANSWER))
        }

    def sheet(self) -> Sheet:
        told = self._waiting.told if self._waiting.waits else ()
        blocks = _came_along(self._waiting.brought)
        if told:
            words = _(
                "Tick what your notes shall hold from now on. Leave out an answer that "
                "was about somebody else. What is not ticked is forgotten."
            )
            blocks.append(paragraph(words))
        return Sheet(
            name="bring",
            title=_("What you said before you opened your notes"),
            trail=(_("Keep"),),
            blocks=tuple(blocks),
            rows=tuple(self._rows(told)),
        )

    def _rows(self, told: tuple[Told, ...]) -> list[Row]:
        if not told:
            text = _("Go on")
            return [Row(kind=RowKind.BUTTON, value=NEXT, text=text, key="n")]
        rows = [self._row(each) for each in told]
        bring = _("Put what is ticked into my notes")
        none = _("Put none of it into my notes")
        rows.append(Row(kind=RowKind.BUTTON, value=GO, text=bring, key="n"))
        return [*rows, Row(kind=RowKind.BUTTON, value=NONE, text=none)]

    def _row(self, each: Told) -> Row:
        kept = _("In your notes: {words}").format(words=show(each.kept, limit=_LONGEST))
        now = show(each.now, limit=_LONGEST)
        asks = each.name.endswith("?")
        return Row(
            kind=RowKind.BOX,
            value=each.id,
            text=f"{each.name if asks else each.name + ':'} {now}",
            note=kept if each.kept else _("Not in your notes"),
            on=each.id in self._ticked,
        )

    def choose(self, value: str) -> Move:
        match value:
            case "go:" | "none" | "next":
                chosen = self._ticked if value == GO else set()
                decide(self._desk, self._waiting, chosen)
                return Close()
            case _ if value in {each.id for each in self._waiting.told}:
                self._ticked ^= {value}
                return Stay()
            case _:
                return Open(value)

    def back(self) -> Place | None:
        """Going back decides nothing, so it stays here while something waits."""
        return self if self._waiting.waits else None


def _came_along(brought: Brought) -> list[Block]:
    """What is in the vault already, and what needs a look."""
    words = _("These are in your notes now: {what}.")
    there = ", ".join(_counts(brought))
    blocks = [paragraph(words.format(what=there))] if there else []
    for title in brought.seconds:
        twice = _(
            "You have written this letter twice: {title}. Both are kept, and no third "
            "one can be written. If one of them never left, open it in Letters."
        )
        told = twice.format(title=show(title, limit=_LONGEST))
        blocks.append(Block(kind=BlockKind.CALLOUT, lead=_("Know this"), text=told))
    for value, label in brought.elsewhere:
        whose = _(
            "You told {what} of {name}. Your notes have it for somebody else, and it "
            "stays there. If they are one person, say so in People."
        )
        shown = whose.format(
            what=show(value, limit=_LONGEST), name=show(label, limit=_LONGEST)
        )
        blocks.append(item(shown))
    return blocks


def _counts(brought: Brought) -> list[str]:
    """How many of each kind there are, without what there is none of."""
    incidents, contacts = brought.incidents, brought.contacts
    letters, people = brought.letters, brought.people
    counts = (
        (incidents, plural("{count} incident", "{count} incidents", incidents)),
        (contacts, plural("{count} talk", "{count} talks", contacts)),
        (letters, plural("{count} letter", "{count} letters", letters)),
        (people, plural("{count} person", "{count} people", people)),
    )
    return [told for count, told in counts if count]
