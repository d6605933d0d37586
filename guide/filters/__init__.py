"""Filters that file a person's messages away and never destroy one. Pure.

Every rule here moves or labels. None deletes, refuses, forwards or answers: proof
stays whole, and nothing tells the person that an address works.
"""

from guide.filters.addresses import (
    address_in,
    chat_name_in,
    domain_in,
    is_official,
    is_public,
    matrix_name_in,
)
from guide.filters.chat import CHATS, ChatWords, chat_words, fits
from guide.filters.clicks import by_hand_reads, clicks
from guide.filters.making import make
from guide.filters.rule import FOLDER, MOST, Made, Rule
from guide.filters.services import SERVICES, FilterFormat, Service, service_named

__all__ = [
    "CHATS",
    "FOLDER",
    "MOST",
    "SERVICES",
    "ChatWords",
    "FilterFormat",
    "Made",
    "Rule",
    "Service",
    "address_in",
    "by_hand_reads",
    "chat_name_in",
    "chat_words",
    "clicks",
    "domain_in",
    "fits",
    "is_official",
    "is_public",
    "make",
    "matrix_name_in",
    "service_named",
]
