"""Each format exactly as a service takes it, and to whose mail it applies."""

from __future__ import annotations

import re

import pytest

from guide.filters import MOST, FilterFormat, Rule, make
from tests.promises.filter_readers import read_gmail

BOTH = Rule(
    addresses=("a.b+c@example.com", "other@example.org"),
    domains=("c.example",),
    mark_read=True,
    make_folder=True,
)
PLAIN = Rule(addresses=("a@example.com",))


def test_sieve_is_what_a_server_takes() -> None:
    assert (
        make(FilterFormat.SIEVE, BOTH).text.replace("\r\n", "\n")
        == """\
require ["fileinto", "imap4flags", "mailbox"];

if anyof (
    address :all :is "from" ["a.b+c@example.com", "other@example.org"],
    address :domain :is "from" ["c.example"]
) {
    addflag "\\\\Seen";
    fileinto :create "Held";
    stop;
}
"""
    )


def test_sieve_asks_for_no_more_than_it_needs() -> None:
    assert (
        make(FilterFormat.SIEVE, PLAIN).text.replace("\r\n", "\n")
        == """\
require ["fileinto"];

if address :all :is "from" ["a@example.com"] {
    fileinto "Held";
    stop;
}
"""
    )


def test_gmails_file_is_what_gmail_takes() -> None:
    assert (
        make(FilterFormat.GMAIL, PLAIN).text
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" \
xmlns:apps="http://schemas.google.com/apps/2006">
  <title>Mail Filters</title>
  <entry>
    <category term="filter"></category>
    <title>Mail Filter</title>
    <content></content>
    <apps:property name="from" value="a@example.com"/>
    <apps:property name="label" value="Held"/>
    <apps:property name="shouldArchive" value="true"/>
    <apps:property name="shouldNeverSpam" value="true"/>
  </entry>
</feed>
"""
    )


def test_many_addresses_become_many_filters_in_gmail() -> None:
    many = tuple(f"somebody.{n:03}@mail.example.com" for n in range(MOST))
    text = make(FilterFormat.GMAIL, Rule(addresses=many)).text
    assert text.count("<entry>") > 3
    assert read_gmail(text).whose == set(many)


@pytest.mark.parametrize("odd", ["-a@example.com", "a|b@example.com", "{a@b.example"])
def test_what_gmail_would_read_as_a_search_is_left_out(odd: str) -> None:
    """With a minus before it, it would stand for everybody else."""
    made = make(FilterFormat.GMAIL, Rule(addresses=(odd, "a@example.com")))
    assert made.left_out == (odd,)
    assert odd not in made.text
    assert make(FilterFormat.GMAIL, Rule(addresses=(odd,))).text == ""


def test_thunderbirds_file_is_what_it_reads() -> None:
    assert (
        make(FilterFormat.THUNDERBIRD, BOTH).text
        == """\
version="9"
logging="no"
name="Held"
enabled="yes"
type="17"
action="Move to folder"
actionValue="mailbox://nobody@Local%20Folders/Held"
action="Mark read"
condition="OR (from,is,a.b+c@example.com) OR (from,is,other@example.org) \
OR (from,ends with,@c.example)"
"""
    )


def _taken(rule: Rule, header: str) -> bool:
    """Whether a recipe of procmail takes a message with this header."""
    text = make(FilterFormat.PROCMAIL, rule).text
    patterns = re.findall(r"^\* (.*)$", text, re.MULTILINE)
    flags = re.IGNORECASE | re.MULTILINE
    return any(re.search(each, header, flags) for each in patterns)


@pytest.mark.parametrize(
    "header",
    [
        "From: a.b+c@example.com",
        "From:a.b+c@example.com",
        "from: A.B+C@EXAMPLE.com",
        "From: Some One <a.b+c@example.com>",
        'From: "x" <a.b+c@example.com> (comment)',
        "From: first@example.net, <other@example.org>",
        "From: anybody <x@c.example>",
    ],
)
def test_procmail_takes_their_mail(header: str) -> None:
    assert _taken(BOTH, header)


@pytest.mark.parametrize(
    "header",
    [
        "From: aXb+c@example.com",
        "From: za.b+c@example.com",
        "From: x.a.b+c@example.com",
        "From: a.b+c@example.com.example.net",
        "From: a.b+c@example.community",
        "To: a.b+c@example.com",
        "From: x@sub-c.example",
        "From: x@cc.example",
        "Subject: From: other@example.org",
    ],
)
def test_procmail_leaves_the_mail_of_others_alone(header: str) -> None:
    assert not _taken(BOTH, header)


def test_a_rule_holds_somebody_and_not_too_many() -> None:
    with pytest.raises(ValueError, match="nothing to file away"):
        Rule(addresses=())
    many = tuple(f"a{n}@example.com" for n in range(MOST + 1))
    with pytest.raises(ValueError, match="too much"):
        Rule(addresses=many)


@pytest.mark.parametrize("domain", ["gmail.com", "mail.yahoo.co.jp", "web.de"])
def test_no_rule_takes_in_everybody(domain: str) -> None:
    with pytest.raises(ValueError, match="everybody"):
        Rule(addresses=(), domains=(domain,))
