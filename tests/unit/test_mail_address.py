"""Addresses, their domains, and tricks for the eye."""

from __future__ import annotations

import pytest

from guide.mail.address import parse_mailboxes
from guide.mail.domains import owner_domain, registrable_domain


@pytest.mark.parametrize(
    ("text", "address", "domain"),
    [
        pytest.param("a@evil.example", "a@evil.example", "evil.example", id="bare"),
        pytest.param("A <a@evil.example>", "a@evil.example", "evil.example", id="name"),
        pytest.param(
            '"abuse@bank.example" <x@evil.example>',
            "x@evil.example",
            "evil.example",
            id="address as name",
        ),
        pytest.param(
            "u@good.example@evil.example",
            "u@good.example@evil.example",
            "evil.example",
            id="last at sign",
        ),
        pytest.param(
            '"abuse@bank.example"@evil.example',
            '"abuse@bank.example"@evil.example',
            "evil.example",
            id="quoted local part",
        ),
        pytest.param(
            "a@evil.example (bank@bank.example)",
            "a@evil.example",
            "evil.example",
            id="comment as name",
        ),
        pytest.param(
            "=?utf-8?q?Bank_=3Ca=40bank=2Eexample=3E=2C?= <x@evil.example>",
            "x@evil.example",
            "evil.example",
            id="hidden in an encoded word",
        ),
        pytest.param(
            "<@relay.example:a@evil.example>",
            "a@evil.example",
            "evil.example",
            id="route",
        ),
        pytest.param(
            "<a@bank.example> <x@evil.example>",
            "x@evil.example",
            "evil.example",
            id="two in one",
        ),
        pytest.param("Just A Name", "", "", id="no address"),
    ],
)
def test_the_real_address_is_found(text: str, address: str, domain: str) -> None:
    """RFC 5322 section 3.4: the name is a claim, the last @ decides."""
    (box,) = parse_mailboxes(text)
    assert (box.address, box.domain) == (address, domain)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("a@b.example, c@d.example", 2, id="list"),
        pytest.param("friends: a@b.example, c@d.example;", 2, id="group"),
        pytest.param("undisclosed-recipients:;", 0, id="empty group"),
        pytest.param('"Doe, J" <a@b.example>', 1, id="comma in a name"),
        pytest.param("<>", 0, id="null sender"),
        pytest.param("", 0, id="empty"),
        pytest.param("a@b.example," * 5000, 100, id="limit"),
    ],
)
def test_several_mailboxes(text: str, count: int) -> None:
    """Lists and groups, within a limit."""
    assert len(parse_mailboxes(text)) == count


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param('"a@bank.example" <x@evil.example>', "another address", id="name"),
        pytest.param(
            '"b@evil.example" <x@evil.example>', "another address", id="local"
        ),
        pytest.param("u@a.example@b.example", "unusual way", id="two at signs"),
        pytest.param("<a@b.example> <c@d.example>", "unusual way", id="two addresses"),
        pytest.param("a", "no complete address", id="no domain"),
        pytest.param("a@xn--bcher-kva.example", "b\u00fccher.example", id="xn--"),
        pytest.param("a@b\u00fccher.example", "xn--bcher-kva", id="Unicode"),
        pytest.param(
            "sender.example@p\u0430ypal.com", "several alphabets", id="mixed scripts"
        ),
        pytest.param(
            "sender.example@p\u0430ypal.com", "looks like paypal.com", id="Cyrillic"
        ),
        pytest.param("sender.example@gmai1.com", "looks like gmail.com", id="digit"),
        pytest.param("sender.example@rnail.com", "looks like mail.com", id="pair"),
        pytest.param(
            "sender.example@gmail.com.evil.example", "looks like gmail.com", id="worn"
        ),
        pytest.param("a\u200b@evil.example", "cannot be seen", id="zero width"),
        pytest.param("\u202ebank <a@evil.example>", "direction", id="bidi"),
        pytest.param("=?utf-8?q?=E2=80=AE?= <a@b.example>", "direction", id="encoded"),
    ],
)
def test_tricks_are_named(text: str, says: str) -> None:
    """Each trick gets its own sentence."""
    (box,) = parse_mailboxes(text)
    assert any(says in warning for warning in box.warnings), box.warnings


@pytest.mark.parametrize(
    "text",
    [
        "sender.example@gmail.com",
        "A B <a.b+tag@mail.shop.example.co.uk>",
        "sender.example@mail.com",
    ],
)
def test_an_ordinary_address_has_no_warning(text: str) -> None:
    """A warning at everything would be a warning at nothing."""
    assert parse_mailboxes(text)[0].warnings == ()


@pytest.mark.parametrize(
    ("domain", "registrable", "owner"),
    [
        ("mail.shop.example.co.uk", "example.co.uk", "example.co.uk"),
        ("x.github.io", "x.github.io", "github.io"),
        ("A.Evil.Example.", "evil.example", "evil.example"),
        ("b\u00fccher.example", "xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("co.uk", "", ""),
        ("localhost", "", ""),
        ("mailbox.internal", "", ""),
        ("[192.0.2.1]", "", ""),
        ("192.0.2.1", "", ""),
        ("2001:db8::1", "", ""),
        ("a..example", "", ""),
        ("a b.example", "", ""),
        ("x" * 64 + ".example", "", ""),
        ("", "", ""),
    ],
)
def test_who_a_domain_belongs_to(domain: str, registrable: str, owner: str) -> None:
    """By the Public Suffix List, never by counting labels."""
    assert (registrable_domain(domain), owner_domain(domain)) == (registrable, owner)
