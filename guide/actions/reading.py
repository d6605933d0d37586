"""Reading: a page's text as it applies to this reader, and its dates."""

from __future__ import annotations

from guide.actions.desk import Desk
from guide.library.markdown import blocks, visible
from guide.library.months import stale
from guide.library.prose import prose
from guide.model.content import Page
from guide.model.problems import NotFoundError
from guide.model.text import Block, BlockKind, paragraph
from guide.words import _

# The sections of the facts on what law says: on notices, on calls, on reporting and
# removing.
_ON_LAW = ("facts 1.5", "facts 2.3", "facts 5.")


def page(desk: Desk, id_: str) -> Page:
    """The page *id_*, or NotFoundError."""
    try:
        return desk.library.pages[id_]
    except KeyError:
        raise NotFoundError from None


def page_blocks(desk: Desk, page: Page) -> tuple[Block, ...]:
    """The text of *page*, without what does not apply to this reader."""
    text = visible(page.body, desk.facts())
    plain = prose(text)
    shown = _marked_up(desk, text) if plain is None else plain
    if page.lang != desk.library.lang:
        shown = (_not_translated(page.lang), *shown)
    return (*shown, *_dated(desk, page, text))


def _marked_up(desk: Desk, text: str) -> tuple[Block, ...]:
    if "\n::: data" not in f"\n{text}":
        return blocks(text)
    from guide.actions.listed import with_lists  # only a page with a list needs it

    return tuple(with_lists(desk, text, blocks))


def _not_translated(lang: str) -> Block:
    words = _("This page is not translated yet. Its language is: {lang}.")
    return Block(kind=BlockKind.CALLOUT, lead=_("Note"), text=words.format(lang=lang))


def _dated(desk: Desk, page: Page, text: str) -> tuple[Block, ...]:
    """When *page* was last looked at: where that is long ago, or where it is on law.

    Laws change, so a page on them shows its month, unless *text* names it already.
    """
    month = page.reviewed
    on_law = any(source.startswith(_ON_LAW) for source in page.sources)
    if month and stale(month, desk.today()):
        words = _("Last reviewed {month}. Some of it may have changed: check first.")
    elif month and on_law and month not in text:
        words = _("Last reviewed {month}.")
    else:
        return ()
    return (paragraph(words.format(month=month)),)


def crisis_lines(desk: Desk) -> tuple[Block, ...]:
    """The shortest way to somebody who listens, wherever the reader is."""
    words = _("Someone may listen right now. Press ! for help lines near you.")
    return (Block(kind=BlockKind.CALLOUT, lead=_("Help"), text=words),)
