"""A message source turned into what can be known about where it came from.

Pure: no disk, clock or network. Everything in a message was written by somebody
else; this room says which lines the reader's own mail service wrote, and finds
the abuse desks that those lines lead to.
"""

from guide.mail.complaints import find_complaints
from guide.mail.desks import desk_problems, parse_desks
from guide.mail.domains import registrable_domain
from guide.mail.explain import explain, explain_inner
from guide.mail.headers import HEADER_LIMIT
from guide.mail.mailbox import table_of
from guide.mail.networks import kind_words
from guide.mail.path import how_long
from guide.mail.providers import family, service_name
from guide.mail.source import is_mailbox, read_source, split_mbox
from guide.mail.story import hop_line, story

__all__ = [
    "HEADER_LIMIT",
    "desk_problems",
    "explain",
    "explain_inner",
    "family",
    "find_complaints",
    "hop_line",
    "how_long",
    "is_mailbox",
    "kind_words",
    "parse_desks",
    "read_source",
    "registrable_domain",
    "service_name",
    "split_mbox",
    "story",
    "table_of",
]
