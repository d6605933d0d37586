"""What a page offers to open: letters, tools, other pages, help lines."""

from __future__ import annotations

from collections.abc import Iterator

from guide.actions.desk import Desk
from guide.actions.gates import standing
from guide.actions.reading import page_blocks
from guide.model.content import Page
from guide.model.sheet import Row, RowKind
from guide.words import _, plural

MAIL, HELP = "tool:mail", "help:"
_OUTSIDE = ("https:", "http:", "tel:", "mailto:", "umbrella:", "#")


def offer_rows(desk: Desk, page: Page) -> list[Row]:
    """A row for everything that *page* offers and that is open to this reader."""
    rows = [row for offer in page.offers if (row := _row(desk, offer))]
    return [_grouped(row) if n == 0 else row for n, row in enumerate(rows)]


def _grouped(row: Row) -> Row:
    return Row(
        kind=row.kind,
        value=row.value,
        text=row.text,
        note=row.note,
        group=_("From here"),
    )


def _row(desk: Desk, offer: str) -> Row | None:
    kind, _colon, id_ = offer.partition(":")
    match kind:
        case "letter" if id_ in desk.library.letters:
            note, text = standing(desk, desk.library.letters[id_])
            form = desk.library.letters[id_].is_form
            words = _("Form: {title}") if form else _("Letter: {title}")
            return _link(offer, words.format(title=text), note)
        case "page" if id_ in desk.library.pages:
            title = desk.library.pages[id_].title
            return _link(offer, _("Read: {title}").format(title=title))
        case "tool" if offer == MAIL:
            return _link(offer, _("Open a saved email and read its headers"))
        case "tool" if offer in _tools():
            return _link(offer, _tools()[offer])
        case _:
            return None


def _tools() -> dict[str, str]:
    return {
        "tool:incidents": _("Write it into your incident log"),
        "tool:officials": _("Note whom you talked to, and what is due"),
        "tool:timeline": _("Look at your timeline"),
        "tool:evidence": _("Keep a file as evidence"),
        "tool:filters": _("Make a filter that files their mail away"),
        "tool:doctor": _("See what this computer remembers of the guide"),
        "tool:case": _("Write your case down for somebody else"),
    }


def home_rows(desk: Desk) -> list[Row]:
    """What stands on the first screen beside the question: the reader's things."""
    return [
        Row(
            kind=RowKind.LINK,
            value=value,
            text=text,
            key=key,
            note=_note(desk, value),
            group=_("Your things") if n == 0 else "",
        )
        for n, (value, text, key) in enumerate((*_urgent(desk), *_things(desk)))
    ]


def _urgent(desk: Desk) -> Iterator[tuple[str, str, str]]:
    """What waits for the reader: on top, where a small window shows it, too."""
    if any(fact != desk.library.start for fact in desk.vault.answers()):
        yield "continue", _("Go on where I was"), "c"
    if late := desk.vault.due(desk.today()):
        from guide.actions.following_up import can_remind  # slow to load

        if can_remind(desk, late[0]):
            ask = _("An answer is late: write a reminder")
            yield f"remind:{late[0].id}", ask, ""
    if desk.meanwhile is not None and desk.meanwhile.waits:
        yield "bring", _("What you said before you opened your notes"), ""
    if desk.opened is None and desk.may_keep:
        yield "keep", _("Keep my notes"), "v"


def _things(desk: Desk) -> Iterator[tuple[str, str, str]]:
    yield "incidents", _("Incident log"), "i"
    yield "evidence", _("Evidence"), "e"
    yield "timeline", _("Timeline"), "t"
    yield "officials", _("Officials"), "o"
    yield "letters", _("Letters"), "l"
    yield "case", _("Hand the case over"), "d"
    yield MAIL, _("Open a saved email"), "m"
    yield "contents", _("Read any page"), "a"
    if desk.lessons.there:
        yield "library", _("Library: lessons by others"), "b"
    yield "help-lines", _("Help lines"), "h"
    if desk.opened is not None:
        yield "keep", _("My notes are kept"), "v"


def _note(desk: Desk, value: str) -> str:
    """What is due with the officials; when all of it was last copied."""
    if value == "officials":
        return _due(desk)
    if value == "keep" and desk.opened is not None:
        from guide.actions.copying import last_copy_in_words

        return last_copy_in_words(desk)
    return ""


def _due(desk: Desk) -> str:
    """What the reader wanted to ask again by today; nothing where nothing is due."""
    count = len(desk.vault.due(desk.today()))
    return plural("{count} is due", "{count} are due", count) if count else ""


def files_row(record: str, text: str, count: int) -> Row:
    """The way to the files of a record such as ``incident:ID``, or to its first."""
    note = plural("{count} file", "{count} files", count) if count else ""
    return _link(f"files:{record}", _("Files") if count else text, note)


def keep_row(desk: Desk, group: str = "") -> list[Row]:
    """The offer to keep what is worth it; none where it is kept, or not wanted."""
    if desk.opened is not None or not desk.may_keep:
        return []
    text = _("Keep my notes")
    note = _("Nothing is saved yet: it is gone when you leave")
    return [Row(kind=RowKind.LINK, value="keep", text=text, note=note, group=group)]


def _link(value: str, text: str, note: str = "") -> Row:
    return Row(kind=RowKind.LINK, value=value, text=text, note=note)


def links_in(desk: Desk, page: Page) -> list[Row]:
    """A row for every link in the text that leads inside the guide."""
    answered = {o.go for o in page.question.options} if page.question else set()
    seen = set(page.offers) | {f"page:{go}" for go in answered}
    rows: list[Row] = []
    for block in page_blocks(desk, page):
        for span in block.spans:
            target = _to(desk, span.target)
            if target and target not in seen:
                seen.add(target)
                text = block.text[span.start : span.end]
                rows.append(_text_link(desk, target, text, first=not rows))
    return rows


def _to(desk: Desk, target: str) -> str:
    if not target.startswith("umbrella:"):
        return inside(target)
    from guide.library.aliases import page_for  # few pages have such a link

    page = page_for(desk.library, target)
    return f"page:{page}" if page else ""


def _text_link(desk: Desk, target: str, text: str, *, first: bool) -> Row:
    known = desk.library.pages.get(target.removeprefix("page:"))
    title = known.title if known else text[:1].upper() + text[1:]
    group = _("Mentioned here") if first else ""
    return Row(kind=RowKind.LINK, value=target, text=title, group=group)


def inside(target: str) -> str:
    """Where a link leads inside the guide, or "" when it leads outside.

    >>> inside("../2-records/s-log.md"), inside("https://example.com")
    ('page:s-log', '')
    """
    if not target or target.startswith(_OUTSIDE):
        return ""
    if target.endswith(".md"):
        return "page:" + target.rsplit("/", 1)[-1].removesuffix(".md")
    return target if target.startswith(("letter:", "tool:", "help:")) else ""
