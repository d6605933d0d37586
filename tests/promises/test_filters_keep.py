"""Promise: a filter files mail away. It destroys nothing and answers nobody.

Whatever the addresses are: each filter is read back by a reader of its own, and does
nothing but what is listed here.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.actions.filtering import known_by_typing
from guide.filters import (
    CHATS,
    SERVICES,
    FilterFormat,
    Rule,
    address_in,
    by_hand_reads,
    chat_name_in,
    chat_words,
    clicks,
    domain_in,
    fits,
    make,
    matrix_name_in,
    service_named,
)
from guide.model.problems import GuideError
from tests.promises.filter_readers import READERS

FILES = tuple(READERS)
MAY = {
    FilterFormat.SIEVE: {"fileinto", "addflag", "stop"},
    FilterFormat.GMAIL: {"shouldArchive", "shouldNeverSpam", "shouldMarkAsRead"},
    FilterFormat.THUNDERBIRD: {"Move to folder", "Mark read"},
    FilterFormat.PROCMAIL: {"deliver"},
}
MUST = {
    FilterFormat.SIEVE: {"fileinto", "stop"},
    FilterFormat.GMAIL: {"shouldArchive", "shouldNeverSpam"},
    FilterFormat.THUNDERBIRD: {"Move to folder"},
    FilterFormat.PROCMAIL: {"deliver"},
}
HARM = re.compile(
    r"\b(delete[sd]?|deleting|trash|discard|reject|bounce|forward|redirect|vacation"
    r"|reply|ban|kick|report|block)\b",
    re.IGNORECASE,
)
ATEXT = "abzABZ019!#$%&'*+/=?^_`{|}~-"
local = st.from_regex(
    rf"[{re.escape(ATEXT)}]+(\.[{re.escape(ATEXT)}]+)?", fullmatch=True
)
addresses = st.builds(
    lambda left, right: address_in(f"{left[:60]}@{right}.example"),
    local,
    st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True),
).filter(bool)
rules = st.builds(
    lambda some, reads, makes, domains: Rule(
        addresses=tuple(dict.fromkeys(some)),
        domains=domains,
        mark_read=reads,
        make_folder=makes,
    ),
    st.lists(addresses, min_size=1, max_size=40),
    st.booleans(),
    st.booleans(),
    st.sampled_from([(), ("b.example",), ("b.example", "c.example.org")]),
)


@pytest.mark.parametrize("form", FILES)
@settings(deadline=None)
@given(rule=rules)
def test_a_filter_does_nothing_but_file_away(form: FilterFormat, rule: Rule) -> None:
    made = make(form, rule)
    wanted = set(rule.addresses) | {f"@{each}" for each in rule.domains}
    if not made.text:
        assert set(made.left_out) == wanted
        return
    read = READERS[form](made.text)
    assert MUST[form] <= read.does <= MAY[form]
    assert read.folders == {"Held"}
    assert read.whose == wanted - set(made.left_out)
    assert made.text.isascii()


@pytest.mark.parametrize("form", [FilterFormat.SIEVE, FilterFormat.THUNDERBIRD])
@given(rule=rules)
def test_no_address_is_left_out_without_need(form: FilterFormat, rule: Rule) -> None:
    assert make(form, rule).left_out == ()


@pytest.mark.parametrize("form", FILES)
def test_nothing_is_marked_as_read_unasked(form: FilterFormat) -> None:
    """So that whoever looks in the folder sees what is new."""
    rule = Rule(addresses=("a@example.com",))
    asked = replace(rule, mark_read=True)
    reads = {"addflag", "shouldMarkAsRead", "Mark read"}
    assert not READERS[form](make(form, rule).text).does & reads
    does = READERS[form](make(form, asked).text).does
    assert bool(does & reads) is (form is not FilterFormat.PROCMAIL)


HOSTILE = (
    *('a"b@example.com', '"a b"@example.com', "a@example.com\r\nBcc: b@example.com"),
    *('x@example.com"]{discard;}#', "a\\@example.com", "a@b.example\\", "a@\n.example"),
    *("a@example.com) OR (subject,contains,", "(a)b@example.com", "a,b@example.com"),
    *("a@example.com\x00", "a@[192.0.2.1]", "a@example.com OR b", "a;b@example.com"),
    *("a@-b.example", "a@b..example", ".a@b.example", "a@b", "@b.example", "a@b@c.d"),
    *("a@192.0.2.1", "é@example.com", "a@exämple.com", "a@example.com\u2028", "", " "),
    *(
        "<a@example.com",
        "a@example.com>",
        "<script>@x.example",
        "a" * 65 + "@x.example",
    ),
    *("a@" + "b" * 64 + ".example", "a@example.com\t\n", "\u202ea@example.com"),
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_could_break_out_is_refused(text: str) -> None:
    assert address_in(text) == ""
    with pytest.raises(ValueError, match="not checked"):
        Rule(addresses=(text,))


@pytest.mark.parametrize(
    "text",
    [
        "example.com\n",
        'a"b.example',
        "example.com)",
        "b..example",
        "",
        "com",
        "*.x.org",
    ],
)
def test_no_domain_breaks_out_either(text: str) -> None:
    assert domain_in(text) == ""
    with pytest.raises(ValueError, match="not checked"):
        Rule(addresses=(), domains=(text,))


@pytest.mark.parametrize(
    "folder", ['a"b', "INBOX/../x", "", "a\r\nb", "{x}", " a", "é"]
)
def test_no_folder_breaks_out_either(folder: str) -> None:
    with pytest.raises(ValueError, match="not checked"):
        Rule(addresses=("a@example.com",), folder=folder)


@given(text=st.text(max_size=200))
def test_any_text_is_an_address_of_plain_signs_or_none(text: str) -> None:
    found = address_in(text)
    assert found == "" or (
        found.isascii() and not re.search(r'[\s"\\(),:;<>\[\]]', found)
    )
    for form in FILES if found else ():
        read = make(form, Rule(addresses=(found,)))
        assert not read.text or READERS[form](read.text).whose == {found}


@given(
    text=st.text(max_size=200) | st.text(alphabet='@.a"<>,; \r\n\\:!*[]', max_size=60)
)
def test_whatever_is_typed_is_a_filter_or_a_refusal(text: str) -> None:
    try:
        known = known_by_typing(text)
    except GuideError:
        return
    for form in FILES if known.addresses else ():
        made = make(form, Rule(addresses=known.addresses))
        if made.text:
            assert READERS[form](made.text).whose <= set(known.addresses)
    for program in known.programs:
        for name in known.called_in(program):
            assert chat_words(program, name).note


@given(
    text=st.text(max_size=80)
    | st.from_regex(r"[\[<(]?[-A-Za-z0-9`|{}^_\[\]\\]{1,12}[\])>]?")
)
@pytest.mark.parametrize("program", CHATS)
def test_a_chat_name_stays_one_word_of_one_command(program: str, text: str) -> None:
    for name in {chat_name_in(text), matrix_name_in(text), address_in(text)} - {""}:
        if not fits(program, name):
            continue
        words = chat_words(program, name)
        for line in filter(None, (words.hide, words.ignore, words.undo)):
            assert line.startswith(("/ignore", "/unignore", "/filter"))
            assert name in line
            assert line.isascii()
            assert line.isprintable()
            assert not HARM.search(line.replace(name, ""))


@pytest.mark.parametrize(
    "name", ["a b", "a\nb", "a;b", "$me", "%x", "", "*", "a!b@c", "NAME "]
)
@pytest.mark.parametrize("program", CHATS)
def test_a_chat_name_that_was_not_checked_is_refused(program: str, name: str) -> None:
    with pytest.raises(ValueError, match="not checked"):
        chat_words(program, name)


@pytest.mark.parametrize("service", SERVICES)
def test_no_click_deletes_sends_on_or_answers(service: str) -> None:
    rule = Rule(addresses=("a@example.com",))
    for step in (*clicks(service, rule), by_hand_reads(service)):
        assert not HARM.search(step), step
        assert "{" not in step


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_says_what_becomes_of_spam_and_when_it_was_checked(
    service: str,
) -> None:
    said = service_named(service)
    assert re.search(r"\b(folder|label)\b", said.spam)
    assert re.fullmatch(r"20\d\d-\d\d", said.checked)


def test_a_service_that_empties_its_spam_folder_says_so() -> None:
    for service in ("gmail", "outlook", "icloud", "yahoo"):
        assert re.search(r"empties .*(10 to )?30 days", service_named(service).spam)
