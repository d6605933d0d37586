"""The links in the text of a message, for the hosts that serve them. None is opened.

Only the text parts are looked at. A link is kept without what follows its "?" or
"#": that part often says who the reader is, and the complaint may be passed on.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

from guide.mail.domains import ascii_form, registrable_domain
from guide.mail.parts import Part, octets, parts

_MOST_TEXT = 1024 * 1024  # bytes of all text parts together
_MOST_LINKS = 200
_LINK = re.compile(
    r"""https?://(?:[^\s/?#<>"'@\\]{1,80}@)?"""
    r"""([^\s/?#<>"'@:\\()\[\]]{1,253})(?::\d{1,5})?([^\s?#<>"'\\]{0,500})""",
    re.IGNORECASE,
)
_TRAIL = ".,;:!?)]}'*"


def links_in(data: bytes) -> dict[str, tuple[str, ...]]:
    """Each host that the text of *data* links to, with its links; the first first."""
    found: dict[str, list[str]] = {}
    every = (link for part in _texts(data) for link in _links(part))
    for host, link in islice(every, _MOST_LINKS):
        links = found.setdefault(host, [])
        if link not in links:
            links.append(link)
    return {host: tuple(links) for host, links in found.items()}


def _texts(data: bytes) -> Iterator[str]:
    left = _MOST_TEXT
    for part in parts(data):
        if left > 0 and part.kind in ("text/plain", "text/html") and not part.name:
            text = octets(data, part, left)
            left -= len(text)
            yield _readable(part, text)


def _readable(part: Part, text: bytes) -> str:
    # A host name is ASCII in every charset of mail; UTF-8 keeps the other ones.
    shown = text.decode("utf-8", "replace")
    return html.unescape(shown) if part.kind == "text/html" else shown


def _links(text: str) -> Iterator[tuple[str, str]]:
    for match in _LINK.finditer(text):
        host = ascii_form(match[1].rstrip(_TRAIL))
        if not registrable_domain(host):
            continue  # a number, a name at home, or no name at all
        path = match[2].rstrip(_TRAIL) if match[2].startswith("/") else ""
        scheme = match[0].partition(":")[0].lower()
        yield host, f"{scheme}://{host}{path or '/'}"
