"""The wrong desk, and the desk that tells the person: what must never come first."""

from __future__ import annotations

import time
import tomllib
from ipaddress import ip_network
from pathlib import Path

import pytest

from guide.mail import explain, find_complaints, parse_desks
from guide.mail.links import links_in
from guide.mail.registries import parse_registries, registry_for, registry_problems
from guide.model.trace import Complaint, DeskKind

DATA = Path(__file__).parents[2] / "content" / "data"
DESKS = parse_desks(tomllib.loads((DATA / "abuse_desks.toml").read_text("utf-8")))
TABLE = tomllib.loads((DATA / "registries.toml").read_text("utf-8"))
REGISTRIES = parse_registries(TABLE)
WHEN = "; Tue, 03 Nov 2026 10:15:02 +0100"


def whom(
    sender: str = "sender.example@gmail.com",
    *more: str,
    result: str = "pass",
    source: str = "unknown [203.0.113.9]",
    text: str = "x",
) -> tuple[Complaint, ...]:
    """The complaints about a message to reader@example.com."""
    domain = sender.rpartition("@")[2]
    lines = (
        f"Authentication-Results: mx.example.com; dmarc={result} header.from={domain}",
        f"Received: from x ({source}) by mx.example.com{WHEN}",
        f"From: {sender}",
        "To: reader@example.com",
        *more,
        "",
        text,
    )
    data = "\r\n".join(lines).encode()
    trace = explain(data, examples=True)
    return find_complaints(trace, DESKS, registries=REGISTRIES, source=data)


def named(found: tuple[Complaint, ...]) -> list[str]:
    return [each.desk.name for each in found]


def test_every_first_number_has_one_registry() -> None:
    """1 to 223 without 10 and 127: none is missing, none is in two lists."""
    assert registry_problems(TABLE) == ()
    blocks = [b for r in REGISTRIES for b in (*r.blocks, *r.legacy) if ":" not in b]
    first = sorted(int(block.partition(".")[0]) for block in blocks)
    assert first == [n for n in range(1, 224) if n not in (10, 127)]


def test_no_two_blocks_of_ipv6_overlap() -> None:
    """One address, one registry; and all of them are unicast addresses."""
    blocks = [ip_network(b) for r in REGISTRIES for b in r.blocks if ":" in b]
    assert len(blocks) > 30
    for n, block in enumerate(blocks):
        assert block.subnet_of(ip_network("2000::/3"))  # type: ignore[arg-type]  # v6 both
        assert not any(block.overlaps(other) for other in blocks[n + 1 :])


@pytest.mark.parametrize(
    ("address", "registry", "old"),
    [  # one of each list, against the tables of IANA
        ("23.1.1.1", "ARIN", False),
        ("3.1.1.1", "ARIN", True),
        ("193.1.1.1", "RIPE NCC", False),
        ("141.1.1.1", "RIPE NCC", True),
        ("202.1.1.1", "APNIC", False),
        ("133.1.1.1", "APNIC", True),
        ("200.1.1.1", "LACNIC", False),
        ("191.1.1.1", "LACNIC", True),
        ("41.1.1.1", "AFRINIC", False),
        ("196.1.1.1", "AFRINIC", True),
        ("2600::1", "ARIN", False),
        ("2a00::1", "RIPE NCC", False),
        ("2001:200::1", "APNIC", False),
        ("2800::1", "LACNIC", False),
        ("2c00::1", "AFRINIC", False),
    ],
)
def test_an_address_leads_to_its_registry(
    address: str, registry: str, *, old: bool
) -> None:
    """By the table alone; nothing is looked up."""
    found, legacy = registry_for(address, REGISTRIES)
    assert found is not None
    assert (found.name, legacy) == (registry, old)
    assert found.checked
    assert found.source == "IANA registry"


@pytest.mark.parametrize(
    "address",
    [
        *("10.1.1.1", "127.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.1.1"),
        *("100.64.0.1", "192.0.2.1", "198.51.100.1", "203.0.113.1", "224.0.0.1"),
        *("255.255.255.255", "0.0.0.0", "::1", "fe80::1", "fd00::1"),  # noqa: S104  said
        *("2001:db8::1", "", "x", "1.2.3", "2001::1"),
    ],
)
def test_no_registry_answers_for_a_private_or_reserved_address(address: str) -> None:
    """Nobody is named for an address that anybody can have."""
    assert registry_for(address, REGISTRIES) == (None, False)


def test_the_network_leads_to_its_registrys_lookup() -> None:
    """Nothing is known of the computer's name: who has the number can be asked."""
    (network,) = [
        each
        for each in whom("a@bank.example", result="fail", source="unknown [3.9.9.9]")
        if each.kind is DeskKind.NETWORK
    ]
    assert network.desk.page == "https://rdap.arin.net/registry/ip/3.9.9.9"
    assert "Ask ARIN" in network.desk.note
    assert "point on to another registry" in network.desk.note
    assert network.desk.email == ""


@pytest.mark.parametrize(
    "source",
    [
        *("unknown [10.0.0.9]", "unknown [192.168.1.7]", "unknown [100.64.3.3]"),
        *("unknown [IPv6:fd00::7]", "unknown [127.0.0.1]", "unknown [169.254.1.1]"),
        *("unknown [IPv6:2002:c000:204::1]", "unknown [IPv6:2001:0:1::1]"),
    ],
)
def test_nobody_is_accused_for_an_address_that_anybody_can_have(source: str) -> None:
    """Private, shared, link-local, 6to4 and Teredo addresses name no network."""
    kinds = {each.kind for each in whom("a@bank.example", result="fail", source=source)}
    assert DeskKind.NETWORK not in kinds


def test_nobody_is_named_twice() -> None:
    """A company is one desk, whichever way led to it."""
    found = whom(
        "a@bank.example",
        "Return-Path: <b@hosting.example>",
        "Reply-To: c@mail.hosting.example",
        result="fail",
        source="vm1.hosting.example [203.0.113.9]",
        text="see https://www.hosting.example/page",
    )
    assert named(found).count("hosting.example") == 1
    assert len(set(named(found))) == len(found)


def test_a_checked_desk_comes_before_every_guess() -> None:
    """The person may run a small domain; a large service is not theirs."""
    found = whom(
        "me@small.example",
        "Return-Path: <x@outlook.com>",
        source="static.5.your-server.de [203.0.113.9]",
    )
    assert named(found) == [
        "Hetzner",
        "Outlook.com, Hotmail, Live and MSN",
        "small.example",
    ]
    assert "The person may run it" in found[-1].caution


@pytest.mark.parametrize(
    "text",
    [
        "look: https://www.example.com/x",
        "look: https://evil.example.com@example.com/x",
        "http://192.168.1.1/ http://localhost/x https://printer.local/ http://[::1]/",
    ],
)
def test_a_link_never_leads_to_the_readers_own_service(text: str) -> None:
    """Nor to a number, nor to a name inside a house."""
    assert DeskKind.HOST not in {each.kind for each in whom(text=text)}


def test_a_linked_site_is_named_by_its_host_and_with_a_warning() -> None:
    """Last of all, never sure, and with what stands before the question mark."""
    link = "https://pages.letters.example/about?who=reader@example.com#top"
    host = whom(text=f"see {link}.")[-1]
    assert (host.kind, host.about, host.sure) == (
        DeskKind.HOST,
        "pages.letters.example",
        "low",
    )
    assert host.links == ("https://pages.letters.example/about",)
    assert "would then read your complaint" in host.caution


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Content-Transfer-Encoding: base64", "aHR0cHM6Ly9hLmxldHRlcnMuZXhhbXBsZS94"),
        (
            "Content-Transfer-Encoding: quoted-printable",
            "https://a.letters=\n.example/x",
        ),
        ("Content-Type: text/html", '<a href="https:&#47;/a.letters.example/x">b</a>'),
        ("X: y", "HTTPS://user:pw@A.Letters.Example:8443/x?y"),
    ],
)
def test_links_are_found_however_a_part_is_written(head: str, body: str) -> None:
    """In base64, folded, as an entity, with a name and a port."""
    found = links_in(f"From: a@b.example\n{head}\n\n{body}\n".encode())
    assert list(found) == ["a.letters.example"]
    assert found["a.letters.example"] == ("https://a.letters.example/x",)


def test_the_one_who_runs_a_list_can_be_told() -> None:
    """Without the address, which anybody could have put there, and with a caution."""
    found = whom(
        "a@bank.example",
        "List-Id: Neighbours <talk.lists.example>",
        "List-Owner: <mailto:owner@lists.example?subject=x>",
        result="fail",
    )
    (run,) = [each for each in found if each.kind is DeskKind.LIST]
    assert (run.desk.email, run.sure) == ("", "low")
    assert "owner@lists.example" in run.desk.note
    assert "may know its members" in run.caution


def test_many_links_are_read_quickly() -> None:
    """Neither a mountain of links nor one endless link takes long."""
    before = time.monotonic()
    links_in(b"From: a@b.example\n\n" + b"http://a.b.example/ " * 60_000)
    links_in(b"From: a@b.example\n\nhttp://" + b"a." * 500_000)
    links_in(b"From: a@b.example\n\n" + b"http://x:y@" * 100_000)
    assert time.monotonic() - before < 3
