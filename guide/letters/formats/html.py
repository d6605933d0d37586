"""A paper as one web page, to be read or printed from any browser.

No script, nothing from outside, every word escaped: a policy in the page itself
forbids the browser to ask anybody for anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from guide.letters.formats.headed import headed
from guide.model.characters import clean, one_line, runs_right_to_left, subtags
from guide.model.paper import Paper, Paragraph, ParagraphKind
from guide.words import _

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 serif; color: #111; background: #fff; max-width: 45rem;
  margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1, h2 { line-height: 1.25; }
p, li, td, th { white-space: pre-line; }
p, li, td, th, pre, h1, h2 { unicode-bidi: plaintext; }
pre { white-space: pre-wrap; border: 1px solid #999; padding: 0.5rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; }
th { overflow-wrap: break-word; }
th, td { border: 1px solid #666; padding: 0.3rem 0.5rem; text-align: start; }
@page { margin: 20mm; }
@media print { .table { overflow: visible; } tr { break-inside: avoid; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  h1, h2 { break-after: avoid; } li { break-inside: avoid; } }
"""


def write(letter: Paper) -> bytes:
    """The whole paper, its subject as the heading."""
    letter = headed(letter)
    page = [*_start(letter)]
    for text in (letter.date_line, letter.to):
        page += [_element("p", text, letter.lang)] if text.strip() else []
    for kind, group in groupby(letter.paragraphs, key=lambda each: each.kind):
        if kind is ParagraphKind.ITEM:
            items = "".join(_element("li", each.text, letter.lang) for each in group)
            page.append(f"<ul>{items}</ul>")
        else:
            page += [_drawn(each, letter.lang) for each in group]
    return ("\n".join([*page, "</main></body></html>"]) + "\n").encode()


def _start(letter: Paper) -> Iterator[str]:
    lang = "-".join(filter(None, subtags(letter.lang)))
    way = "rtl" if runs_right_to_left("", letter.lang) else "ltr"
    title = one_line(letter.title) or one_line(letter.subject) or _("Letter")
    yield f'<!DOCTYPE html>\n<html lang="{lang}" dir="{way}"><head>'
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>"
    if subject := one_line(letter.subject):
        yield _element("h1", subject, letter.lang)


def _drawn(paragraph: Paragraph, lang: str) -> str:
    match paragraph.kind:
        case ParagraphKind.HEADING:
            return _element("h2", one_line(paragraph.text), lang)
        case ParagraphKind.EXACT:
            # A parser drops a line break that comes first.
            return f"<pre>\n{escape(clean(paragraph.text))}</pre>"
        case ParagraphKind.TABLE:
            return _table(paragraph, lang)
        case _:
            return _element("p", paragraph.text, lang)


def _table(paragraph: Paragraph, lang: str) -> str:
    rows = []
    for number, row in enumerate(paragraph.rows):
        name, scope = ("td", "") if number else ("th", ' scope="col"')
        cells = "".join(_element(name, cell, lang, scope) for cell in row)
        rows.append(f"<tr>{cells}</tr>")
    head, body = "".join(rows[:1]), "".join(rows[1:])
    table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    return f'<div class="table">{table}</div>'


def _element(name: str, text: str, lang: str, more: str = "") -> str:
    said = clean(text).strip()
    here = runs_right_to_left("", lang)
    turned = runs_right_to_left(said, lang)
    way = "" if here == turned else ' dir="rtl"' if turned else ' dir="ltr"'
    return f"<{name}{more}{way}>{escape(said)}</{name}>"
