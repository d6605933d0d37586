"""A message source turned into what can be known about where it came from.

Pure: no disk, clock or network. Everything in a message was written by somebody
else; this room says which lines the reader's own mail service wrote, and finds
the abuse desks that those lines lead to.
"""

from guide.mail.complaints import find_complaints
from guide.mail.desks import desk_problems, parse_desks
from guide.mail.domains import registrable_domain
from guide.mail.explain import explain
from guide.mail.headers import HEADER_LIMIT
from guide.mail.source import read_source, split_mbox
from guide.mail.story import hop_line, story

__all__ = [
    "HEADER_LIMIT",
    "desk_problems",
    "explain",
    "find_complaints",
    "hop_line",
    "parse_desks",
    "read_source",
    "registrable_domain",
    "split_mbox",
    "story",
]
