"""Whom to complain to, with the table of abuse desks that ships."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from guide.mail import desk_problems, explain, find_complaints, parse_desks
from guide.model.trace import AbuseDesk, Complaint

ROOT = Path(__file__).parents[2]
TABLE = tomllib.loads((ROOT / "content/data/abuse_desks.toml").read_text("utf-8"))
DESKS = parse_desks(TABLE)
WHEN = "; Tue, 03 Nov 2026 10:15:02 +0100"
CHECK = "Authentication-Results: mx.example.com; dmarc={} header.from={}"


def complaints(
    sender: str,
    *more: str,
    result: str = "",
    name: str = "",
    listed: AbuseDesk | None = None,
) -> tuple[Complaint, ...]:
    """The complaints about a sample from *sender*, taken from a computer *name*."""
    domain = sender.rpartition("@")[2]
    lines = [
        CHECK.format(result, domain) if result else "X: y",
        f"Received: from x ({name or 'unknown'} [203.0.113.9]) by mx.example.com{WHEN}",
        f"From: {sender}",
        "To: reader@example.com",
        *more,
    ]
    trace = explain("\n".join(lines).encode(), examples=True)
    return find_complaints(trace, DESKS, (listed,) if listed else ())


def about(found: tuple[Complaint, ...]) -> list[tuple[str, str]]:
    """Whom and how surely."""
    return [(complaint.desk.name, complaint.sure) for complaint in found]


def test_the_table_that_ships_has_no_fault() -> None:
    """Every desk is dated, sourced and said to be as sure as it is."""
    assert desk_problems(TABLE) == ()
    assert len(DESKS) == len(TABLE["desk"]) > 40
    for desk in DESKS:
        assert desk.confidence == "high" or "help page first" in desk.note


@pytest.mark.parametrize(
    ("sender", "desk", "sure"),
    [
        ("sender.example@gmail.com", "Gmail", "high"),
        ("sender.example@googlemail.com", "Gmail", "high"),
        (
            "sender.example@hotmail.co.uk",
            "Outlook.com, Hotmail, Live and MSN",
            "medium",
        ),
        ("sender.example@yahoo.de", "Yahoo and AOL", "high"),
        ("sender.example@sub.proton.me", "Proton", "high"),
        ("sender.example@x.blogspot.com", "Blogger", "medium"),
        ("sender.example@verizon.net", "Yahoo and AOL", "high"),
    ],
)
def test_a_genuine_sender_leads_to_its_service(
    sender: str, desk: str, sure: str
) -> None:
    """By the domain itself, or by who registered it."""
    found = complaints(sender, result="pass", name="vm1.hosting.example")
    assert about(found)[0] == (desk, sure)


def test_an_unknown_service_gets_the_conventional_address_and_a_warning() -> None:
    """RFC 2142, never called sure; the person may run the domain, so it comes last."""
    network, guess = complaints("a@x.letters.example", result="pass")
    assert network.desk.page == "https://rdap.org/ip/203.0.113.9"
    assert guess.desk.email == "abuse@letters.example"
    assert (guess.desk.confidence, guess.sure) == ("none", "medium")
    assert "abuse page first" in guess.desk.note
    assert "The person may run it" in guess.caution
    assert not network.caution


@pytest.mark.parametrize("result", ["fail", ""])
def test_an_unconfirmed_sender_is_never_first(result: str) -> None:
    """The From address may belong to somebody innocent."""
    found = complaints(
        "sender.example@gmail.com", result=result, name="static.5.your-server.de"
    )
    assert about(found) == [("Hetzner", "high"), ("Gmail", "low")]
    assert "may have nothing to do with it" in found[1].why


def test_no_address_is_invented_for_a_network() -> None:
    """Whoever runs a computer's name may be the person: look the number up."""
    found = complaints("a@bank.example", result="fail", name="mail.evil.example")
    assert (found[0].desk.email, found[0].desk.form) == ("", "")
    assert "RDAP" in found[0].desk.note


def test_an_unconfirmed_name_of_a_computer_is_not_believed() -> None:
    """HELO says anything; only what the receiver looked up counts."""
    line = f"Received: from x.google.com ([203.0.113.9]) by mx.example.com{WHEN}"
    trace = explain(f"{line}\nFrom: a@bank.example\n".encode(), examples=True)
    assert "Gmail" not in dict(about(find_complaints(trace, DESKS)))


@pytest.mark.parametrize(
    ("header", "result", "expected"),
    [
        ("Reply-To: answers.example@outlook.com", "pass", "medium"),
        ("Reply-To: answers.example@outlook.com", "fail", "low"),
        ("Return-Path: <answers.example@outlook.com>", "pass", "low"),
    ],
)
def test_other_addresses_lead_on_less_surely(
    header: str, result: str, expected: str
) -> None:
    """The sender chose them, so they come with a reason and less weight."""
    found = complaints("sender.example@gmail.com", header, result=result)
    assert ("Outlook.com, Hotmail, Live and MSN", expected) in about(found)


@pytest.mark.parametrize(
    ("sender", "more", "result"),
    [
        pytest.param("a@example.com", (), "fail", id="From"),
        pytest.param("a@example.com", (), "", id="From, nothing known"),
        pytest.param(
            "sender.example@gmail.com",
            ("Reply-To: b@example.com",),
            "pass",
            id="Reply-To",
        ),
        pytest.param(
            "sender.example@gmail.com",
            ("Return-Path: <b@example.com>",),
            "pass",
            id="Return-Path",
        ),
    ],
)
def test_the_readers_own_service_is_left_out(
    sender: str, more: tuple[str, ...], result: str
) -> None:
    """Nobody complains about themselves by mistake."""
    found = complaints(sender, *more, result=result)
    assert not [item for item in found if "example.com" in item.desk.domains]


def test_a_message_from_inside_the_readers_service_accuses_no_network() -> None:
    """The last step that can be believed was the service's own."""
    hop = "from mx.example.com (mx.example.com [192.0.2.4]) by box.example.com"
    lines = f"Received: {hop}{WHEN}\nFrom: a@bank.example\n".encode()
    found = find_complaints(explain(lines, examples=True), DESKS)
    assert [item.about for item in found] == ["bank.example"]


def test_the_readers_own_service_is_told_when_the_sender_surely_uses_it() -> None:
    """Two customers of one service."""
    assert complaints("a@example.com", result="pass")[0].desk.name == "example.com"


def test_the_readers_own_forged_address_is_left_out() -> None:
    """A threat "from your own account" leads to the network alone."""
    lines = (
        f"Received: from x ([203.0.113.9]) by mx.example.com{WHEN}",
        "From: me@own.example",
        "To: me@own.example",
    )
    trace = explain("\n".join(lines).encode(), examples=True)
    assert [item.about for item in find_complaints(trace, DESKS)] == ["203.0.113.9"]


def test_a_desk_the_reader_looked_up_wins() -> None:
    """What was found today is newer than the table."""
    desk = AbuseDesk(name="New", domains=("gmail.com",), email="new@example.org")
    assert (
        complaints("sender.example@gmail.com", result="pass", listed=desk)[0].desk
        is desk
    )


def test_nothing_known_leads_nowhere() -> None:
    """No From and no line that can be believed: no complaint is made up."""
    assert find_complaints(explain(b"Subject: x\n"), DESKS) == ()


GOOD = {
    "name": "A",
    "email": "abuse@a.example",
    "checked": "2026-11",
    "source": "s",
    "confidence": "high",
}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"emial": "x"}, "'emial' is unknown"),
        ({"checked": "2026-13"}, "month"),
        ({"checked": "November"}, "month"),
        ({"confidence": "none"}, "neither high nor medium"),
        ({"confidence": "medium"}, "needs a note"),
        ({"name": ""}, "name and a source"),
        ({"email": ""}, "neither email nor form"),
        ({"email": "abuse at a"}, "'email' is not well written"),
        ({"form": "http://a.example"}, "'form' is not well written"),
        ({"domains": "a.example"}, "not a list"),
        ({"domains": ["A.example"]}, "not a domain"),
        ({"networks": [1]}, "not a list"),
        ({"note": 1}, "'note' is not text"),
    ],
)
def test_a_faulty_desk_is_left_out_and_named(
    change: dict[str, object], says: str
) -> None:
    """A slip in the table never becomes a recipient."""
    table = {"desk": [GOOD | change]}
    assert parse_desks(table) == ()
    assert any(says in problem for problem in desk_problems(table))


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"desk": [GOOD], "desks": []}, "unknown key"),
        ({}, "no [[desk]]"),
        ({"desk": ["x"]}, "name and a source"),
        ({"desk": [GOOD | {"domains": ["a.example"]}] * 2}, "also at"),
    ],
)
def test_a_faulty_table_is_named(table: dict[str, object], says: str) -> None:
    """Strict about the whole file too."""
    assert any(says in problem for problem in desk_problems(table))
