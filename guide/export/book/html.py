"""The case book as one web page: no script, nothing from outside, every word escaped.

A policy in the page itself forbids all but its own style and its own pictures, so a
browser asks nobody for anything, whatever stands in the words.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from html import escape
from itertools import count

from guide.export.book.blocks import (
    Block,
    Contents,
    Drawing,
    Exact,
    Fields,
    Frame,
    Heading,
    Items,
    NewPage,
    Photo,
    Table,
    Words,
)
from guide.export.book.compiling import Watch
from guide.export.book.photos import media_type
from guide.model.characters import runs_right_to_left, subtags
from guide.words import _

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_MANY = 5  # columns that a small screen has no room for
_STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 serif; color: #111; background: #fff; max-width: 60rem;
  margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
header p, footer p { color: #444; font-size: 0.9rem; }
h1, h2, h3, h4 { line-height: 1.25; }
h2 { border-bottom: 1px solid #666; margin-top: 3rem; }
h3 { margin-top: 2rem; }
p, li, dd, td, th { white-space: pre-line; }
p, li, dd, td, th, pre, h1, h2, h3, h4 { unicode-bidi: plaintext; }
dl > div { display: grid; grid-template-columns: 13rem 1fr; gap: 1rem;
  margin-bottom: 0.25rem; }
dt { font-weight: bold; }
dd { margin: 0; }
.table { overflow-x: auto; margin: 1rem 0; }
.many table { min-width: 52rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #666; padding: 0.3rem 0.5rem; text-align: start;
  vertical-align: top; }
th { overflow-wrap: break-word; }
pre, code { font-family: monospace; font-size: 0.85rem; }
pre { white-space: pre-wrap; border: 1px solid #999; padding: 0.5rem; }
img { max-width: 100%; max-height: 40rem; }
.drawn { overflow-x: auto; }
.drawn svg { width: 100%; height: auto; }
@media (max-width: 40rem) {
  dl > div { display: block; margin-bottom: 0.75rem; }
  .drawn svg { min-width: 40rem; }
}
@page { margin: 18mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  section { break-before: page; }
  h2, h3, h4 { break-after: avoid; }
  tr, img, dl, dl > div { break-inside: avoid; }
  .table, .drawn { overflow: visible; }
  .many table, .drawn svg { min-width: 0; }
  .many th, .many td { font-size: 9pt; padding: 0.15rem 0.3rem; }
  thead { display: table-header-group; }
  img { max-height: 20cm; }
}
"""


def write(frame: Frame, blocks: Iterable[Block], watch: Watch) -> bytes:
    """The book as the bytes of one HTML file, in UTF-8."""
    page: list[str] = [*_start(frame)]
    sections = count(1)
    open_section = False
    for block in blocks:
        watch()
        if isinstance(block, NewPage):
            page.append("</section>" if open_section else "")
            page.append(f'<section id="part-{next(sections)}">')
            open_section = True
        else:
            page.append(_drawn(block, frame.lang))
    page.append("</section>" if open_section else "")
    page.append(f"</main><footer><p>{escape(_under(frame))}</p></footer></body></html>")
    return ("\n".join(filter(None, page)) + "\n").encode()


def _start(frame: Frame) -> Iterator[str]:
    lang = "-".join(filter(None, subtags(frame.lang)))
    way = "rtl" if runs_right_to_left("", frame.lang) else "ltr"
    yield f'<!DOCTYPE html>\n<html lang="{lang}" dir="{way}"><head>'
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="viewport" content="width=device-width">'
    style = f"{_STYLE}{_numbered()}"
    yield f"<title>{escape(frame.title)}</title><style>{style}</style></head><body>"
    yield f"<main><h1{_way(frame.title)}>{escape(frame.title)}</h1>"


def _numbered() -> str:
    """What numbers the pages where a browser prints it, and knows how."""
    words = _("Page {page} of {pages}").replace("\\", "\\\\").replace('"', '\\"')
    counted = (
        f'"{escape(words)}"'.replace("{pages}", '" counter(pages) "')
        .replace("{page}", '" counter(page) "')
        .replace("\n", " ")
    )
    return f"@page {{ @bottom-center {{ content: {counted}; font: 8pt serif; }} }}\n"


def _under(frame: Frame) -> str:
    head = _("Journal {head}").format(head=frame.head) if frame.head else ""
    return " | ".join(filter(None, (frame.title, head, frame.made_on)))


def _drawn(block: Block, lang: str) -> str:
    match block:
        case Heading(level=level, text=text):
            return _element(f"h{level + 1}", text, lang)
        case Words(text=text):
            return _element("p", text, lang)
        case Exact(text=text):
            # A parser drops a line break that comes first.
            return f"<pre>\n{escape(text)}</pre>"
        case Items(texts=texts):
            return f"<ul>{''.join(_element('li', text, lang) for text in texts)}</ul>"
        case _:
            return _larger(block, lang)


def _larger(block: Block, lang: str) -> str:
    match block:
        case Fields():
            return _fields(block, lang)
        case Table():
            return _table(block, lang)
        case Contents(title=title, parts=parts):
            return _contents(title, parts)
        case Photo(data=data, alt=alt, width=width, height=height):
            source = f"data:{media_type(data)};base64,{base64.b64encode(data).decode()}"
            size = f'width="{width}" height="{height}"'
            return f'<p><img src="{source}" alt="{escape(alt)}" {size}></p>'
        case Drawing(svg=svg, alt=alt):
            # It is ours, from labels and dates, each of them escaped.
            named = f'<svg role="img" aria-label="{escape(alt)}" '
            return _scrolled("drawn", _("Timeline"), svg.replace("<svg ", named, 1))
        case _:
            raise TypeError  # all others are words


def _element(name: str, text: str, lang: str) -> str:
    return f"<{name}{_way(text, lang)}>{escape(text)}</{name}>"


def _way(text: str, lang: str = "") -> str:
    here = runs_right_to_left("", lang)
    turned = runs_right_to_left(text, lang)
    if here == turned:
        return ""
    return ' dir="rtl"' if turned else ' dir="ltr"'


def _fields(block: Fields, lang: str) -> str:
    said = []
    for field in block.fields:
        value = escape(field.value)
        value = f"<code>{value}</code>" if field.exact else value
        way = _way(field.value, lang)
        said.append(f"<div><dt>{escape(field.lead)}</dt><dd{way}>{value}</dd></div>")
    return f"<dl>{''.join(said)}</dl>"


def _table(block: Table, lang: str) -> str:
    head = "".join(
        f'<th scope="col"{_way(name, lang)}>{escape(name)}</th>' for name in block.head
    )
    rows = "".join(f"<tr>{_cells(row, block, lang)}</tr>" for row in block.rows)
    whole = sum(block.shares)
    widths = (round(100 * share / whole) for share in block.shares)
    columns = "".join(f'<col style="width: {width}%">' for width in widths)
    table = (
        f"<table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )
    if len(block.head) < _MANY:
        return f'<div class="table">{table}</div>'
    return _scrolled("table many", ", ".join(block.head), table)


def _scrolled(kind: str, name: str, inner: str) -> str:
    """What may be wider than a small screen: keys scroll it, so it has a name."""
    named = f'role="region" aria-label="{escape(name)}" tabindex="0"'
    return f'<div class="{kind}" {named}>{inner}</div>'


def _cells(row: tuple[str, ...], block: Table, lang: str) -> str:
    cells = []
    for column, text in enumerate(row):
        said = escape(text)
        said = f"<code>{said}</code>" if column in block.exact else said
        cells.append(f"<td{_way(text, lang)}>{said}</td>")
    return "".join(cells)


def _contents(title: str, parts: tuple[str, ...]) -> str:
    links = "".join(
        f'<li><a href="#part-{number}">{escape(part)}</a></li>'
        for number, part in enumerate(parts, 1)
    )
    named = f'<nav aria-label="{escape(title)}">'
    return f"{named}<h2>{escape(title)}</h2><ol>{links}</ol></nav>"
