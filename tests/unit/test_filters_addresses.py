"""Whose mail: what is read from a line, from the record, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from guide.actions.desk import Desk, keep_nothing
from guide.actions.filtering import (
    Known,
    known_by_typing,
    known_of,
    whole_domains,
)
from guide.actions.knowing import add_identifier, add_person
from guide.filters import (
    CHATS,
    SERVICES,
    chat_name_in,
    chat_words,
    is_public,
    matrix_name_in,
    service_named,
)
from guide.model.problems import InvalidAnswerError

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def desk() -> Desk:
    return replace(keep_nothing(), now=lambda: NOON)


@pytest.mark.parametrize(
    ("typed", "addresses", "names"),
    [
        ("a@example.com", ("a@example.com",), ()),
        ("a@EXAMPLE.com, b@example.org;", ("a@example.com", "b@example.org"), ()),
        ("Some One <a@example.com>", ("a@example.com",), ()),
        ("a@example.com\na@example.com", ("a@example.com",), ()),
        ("o'neil+x@example.com", ("o'neil+x@example.com",), ()),
        ("a@bücher.example", ("a@xn--bcher-kva.example",), ()),
        ("somebody", (), ("somebody",)),
        ("<somebody>", (), ("somebody",)),
        ("@somebody:example.org", (), ("@somebody:example.org",)),
        ("[AFK]", (), ("[AFK]",)),
    ],
)
def test_what_is_typed(
    typed: str, addresses: tuple[str, ...], names: tuple[str, ...]
) -> None:
    known = known_by_typing(typed)
    assert (known.addresses, known.names, known.refused) == (addresses, names, ())


def test_what_cannot_be_held_is_named_and_the_rest_is_taken() -> None:
    known = known_by_typing('a"b@example.com c@example.com')
    assert known.addresses == ("c@example.com",)
    assert known.refused == ('a"b@example.com',)


@pytest.mark.parametrize("typed", ["", " ", "é", '"', "a@", "x" * 30_000, "a@b,,@"])
def test_what_is_no_address_at_all_is_refused(typed: str) -> None:
    with pytest.raises(InvalidAnswerError):
        known_by_typing(typed)


def test_every_address_of_a_person_goes_in(desk: Desk) -> None:
    person = add_person(desk, "Some Body")
    for each in ("a@example.com", "b@example.org", "@somebody", "+44 7700 900123"):
        add_identifier(desk, person.id, each)
    known = known_of(desk, person.id)
    assert set(known.addresses) == {"a@example.com", "b@example.org"}
    assert known.names == ("somebody",)


def test_a_person_without_an_address_says_so(desk: Desk) -> None:
    person = add_person(desk, "Some Body")
    with pytest.raises(InvalidAnswerError, match="no address or chat name"):
        known_of(desk, person.id)


def test_a_whole_domain_is_offered_only_where_it_belongs_to_few(desk: Desk) -> None:
    """None of a big service, by our list or the table; none to register under."""
    many = ("x@gmail.com", "x@sympatico.ca", "x@mail.yahoo.co.jp", "x@co.uk")
    known = Known(addresses=(*many, "x@their-own.example.com", "x@github.io"))
    assert whole_domains(desk, known) == ("their-own.example.com",)


def test_every_domain_of_the_table_is_everybodys(desk: Desk) -> None:
    from guide.actions.reporting import abuse_desks

    domains = {name for each in abuse_desks(desk) for name in each.domains}
    assert len(domains) > 50
    known = Known(addresses=tuple(f"x@{each}" for each in domains))
    assert whole_domains(desk, known) == ()


def test_a_small_domain_is_not_everybodys() -> None:
    assert not is_public("example.com")
    assert is_public("com")


COMMANDS = {
    "irssi": ("/ignore x!*@* ALL HIDDEN", "/ignore x!*@* ALL", "/unignore x!*@*"),
    "weechat": ("/filter add held_x * nick_x *", "/ignore add x", "/filter del held_x"),
    "hexchat": ("", "/ignore x!*@* ALL", "/unignore x!*@*"),
    "mirc": ("", "/ignore x", "/ignore -r x"),
}


@pytest.mark.parametrize("program", COMMANDS)
def test_the_name_stands_in_the_place_of_any_bracket(program: str) -> None:
    words = chat_words(program, chat_name_in("<x>"))
    assert (words.hide, words.ignore, words.undo) == COMMANDS[program]


def test_matrix_and_xmpp_know_names_of_their_own() -> None:
    matrix = chat_words("matrix", matrix_name_in("@x:example.org"))
    assert matrix.ignore == "/ignore @x:example.org"
    xmpp = chat_words("xmpp", "x@example.org")
    assert "x@example.org" in xmpp.clicks
    assert "XEP-0191" in xmpp.note
    assert (xmpp.hide, xmpp.ignore, xmpp.undo) == ("", "", "")


def test_the_command_knows_every_service_and_chat() -> None:
    """It has a list of its own, so that it starts without this room."""
    from guide.cli import filter_commands

    assert filter_commands.SERVICES == SERVICES
    assert filter_commands.CHATS == CHATS
    assert [service_named(each).id for each in SERVICES] == list(SERVICES)
