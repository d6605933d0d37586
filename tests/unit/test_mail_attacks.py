"""Mail made by somebody who knows how the guide reads it: each trick, and its end."""

from __future__ import annotations

import base64
import codecs
import quopri
import time
from itertools import pairwise

import pytest

from guide.actions.desk import keep_nothing
from guide.actions.filtering import Known, whole_domains
from guide.actions.own_service import Standing, say_standing
from guide.filters import Rule
from guide.mail import explain, find_complaints, story
from guide.mail.hiding import Mask
from guide.mail.masking import masked
from guide.mail.own import can_be_told, own_addresses, own_domains
from guide.mail.plain_text import text_of_html
from guide.mail.received import parse_received
from guide.model.trace import Complaint, DeskKind, MessageTrace, Verdict

WHEN = "; Tue, 03 Nov 2026 10:15:02 +0100"
KEY = b"k" * 32
OWN = "jane.doe@reader.example"
ARRIVAL = f"Received: from x (x.evil.example [198.51.100.66]) by mx.example.com{WHEN}"
FORGED = (
    "Authentication-Results: mx.example.com; dmarc=pass header.from=bank.example",
    "Received: from mail.bank.example (mail.bank.example [203.0.113.7]) by "
    f"mx.example.com{WHEN}",
)
REST = ("To: reader@example.com", "Date: Tue, 03 Nov 2026 10:15:02 +0100")


def mail(*lines: str, body: str = "text\n") -> bytes:
    return ("\r\n".join((*lines, *REST)) + "\r\n\r\n" + body).encode()


def read(*lines: str) -> MessageTrace:
    return explain(mail(*lines), examples=True)


def desks(*lines: str) -> tuple[Complaint, ...]:
    data = mail(*lines)
    return find_complaints(explain(data, examples=True), (), source=data)


@pytest.mark.parametrize(
    "arrival",
    [
        pytest.param("from (evil (x [198.51.100.66]) by mx.example.com", id="bracket"),
        pytest.param('from "evil (x [198.51.100.66]) by mx.example.com', id="quote"),
        pytest.param(
            "from relay.example.com (HELO x) (198.51.100.66) by mx.example.com",
            id="qmail writes down any name that an address was given",
        ),
    ],
)
def test_a_line_that_the_sender_could_bend_ends_what_is_believed(arrival: str) -> None:
    """Nothing beneath it is asked, however much it looks like the own service."""
    trace = read(f"Received: {arrival}{WHEN}", *FORGED, "From: a@bank.example")
    assert trace.verdict is Verdict.UNKNOWN
    assert trace.boundary in (None, 0)
    assert not trace.hops[1].trusted


def test_what_ident_answers_is_not_taken_for_the_address() -> None:
    """The sender's own computer answers it, in any words."""
    hop = parse_received(
        "from x (mail.example.net [203.0.113.200]@evil.example [198.51.100.66]) "
        f"by mx.example.com{WHEN}"
    )
    assert (hop.tcp_info, hop.ip) == ("evil.example", "198.51.100.66")


SIGNED = (
    "Authentication-Results: mx.example.com; dkim=pass header.d=bank.example; "
    "{spf} smtp.mailfrom={by}; dmarc=pass header.from=bank.example"
)


@pytest.mark.parametrize(
    ("signature", "spf", "by", "verdict"),
    [
        pytest.param("l=10; ", "spf=fail", "evil.example", "unknown", id="sent on"),
        pytest.param("l=10; ", "spf=pass", "evil.example", "unknown", id="other spf"),
        pytest.param("l=10; ", "spf=pass", "bank.example", "genuine", id="sent by it"),
        pytest.param("", "spf=fail", "evil.example", "genuine", id="all is signed"),
    ],
)
def test_text_added_after_a_signature_is_not_laid_on_the_signer(
    signature: str, spf: str, by: str, verdict: str
) -> None:
    """With l=, anybody can add words to a true message and send it on."""
    trace = read(
        SIGNED.format(spf=spf, by=by),
        ARRIVAL,
        f"DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=k; {signature}"
        "h=from:to:subject:date; bh=aa; b=bb",
        "From: a@bank.example",
    )
    assert trace.verdict.value == verdict
    assert any("start of the text" in x for x in trace.problems) == bool(signature)


def test_a_signer_whose_name_holds_a_result_is_not_believed() -> None:
    """A service that copies i= unpacked would write what the sender chose."""
    trace = read(
        "Authentication-Results: mx.example.com; dkim=pass header.i=a; dmarc=pass "
        "header.from=bank.example @evil.example",
        ARRIVAL,
        "DKIM-Signature: v=1; a=rsa-sha256; d=evil.example; s=k; h=from; bh=aa; b=bb;"
        " i=a=3Bdmarc=3Dpass=20header.from=3Dbank.example=20@evil.example",
        "From: a@bank.example",
    )
    assert trace.verdict is Verdict.UNKNOWN
    assert any("could fool checks" in each for each in trace.problems)


def test_a_gap_before_a_colon_does_not_hide_the_sender() -> None:
    """RFC 5322 section 4.5: every mail program reads on."""
    trace = read(ARRIVAL, "X-Thing : hello", "From\t: a@evil.example")
    assert trace.from_ is not None
    assert trace.from_.address == "a@evil.example"


@pytest.mark.parametrize(
    ("more", "named"),
    [
        pytest.param(("Subject: a", "Subject: b"), "subject", id="subject"),
        pytest.param(("From:",), "from", id="an empty From"),
        pytest.param(("Content-Type: text/plain",) * 2, "content-type", id="type"),
    ],
)
def test_lines_that_are_there_twice_are_named(
    more: tuple[str, ...], named: str
) -> None:
    """A signature covers the lowest; a screen shows the topmost."""
    trace = read(SIGNED, ARRIVAL, *more, "From: a@bank.example")
    assert any("more than once" in x and named in x for x in trace.problems)


def test_an_empty_from_beside_the_true_one_confirms_nobody() -> None:
    trace = read(FORGED[0], ARRIVAL, "From:", "From: a@bank.example")
    assert trace.verdict is Verdict.UNKNOWN


def test_a_return_path_is_not_sure_by_the_check_of_another_domain() -> None:
    """The sender's own spf must not make an innocent domain fairly sure."""
    found = desks(
        "Authentication-Results: mx.example.com; spf=pass smtp.mailfrom=evil.example",
        ARRIVAL,
        "Return-Path: <x@innocent.example>",
        "From: a@evil.example",
    )
    (one,) = [each for each in found if each.about == "innocent.example"]
    assert one.sure == "low"


LIST = "List-Owner: <mailto:{}>"
BY_EVIL = (
    "Authentication-Results: mx.example.com; dkim=pass header.d=evil.example; "
    "dmarc=pass header.from=evil.example"
)


@pytest.mark.parametrize(
    ("list_id", "owner"),
    [
        pytest.param("<l.evil.example>", "boss@employer.example", id="somebody else"),
        pytest.param("<talk.lists.example>", "a@talk.lists.example", id="not signed"),
    ],
)
def test_a_complaint_is_not_addressed_by_the_message_itself(
    list_id: str, owner: str
) -> None:
    """An address that the sender chose is named, and never filled in."""
    found = desks(
        BY_EVIL,
        ARRIVAL,
        f"List-Id: {list_id}",
        LIST.format(owner),
        "From: a@evil.example",
    )
    (run,) = [each for each in found if each.kind is DeskKind.LIST]
    assert run.desk.email == ""
    assert owner in run.desk.note
    assert "made up this list" in run.caution


def test_a_list_in_the_name_of_a_large_service_leads_nowhere() -> None:
    """Else it would read "Write to gmail.com", with an address of the sender's."""
    more = ("List-Id: Gmail <gmail.com>", LIST.format("evil@gmail.com"))
    found = desks(BY_EVIL, ARRIVAL, *more, "From: a@evil.example")
    assert all(each.kind is not DeskKind.LIST for each in found)


def test_a_list_that_nobody_confirms_never_comes_first() -> None:
    more = ("List-Id: <talk.lists.example>", "Reply-To: x@other.example")
    found = desks(ARRIVAL, *more, "From: a@evil.example")
    assert found[0].kind is DeskKind.NETWORK
    kinds = [each.kind is DeskKind.LIST for each in found]
    assert not any(first and not second for first, second in pairwise(kinds[:2]))


FAKE = '"example.com says that police.example vouched for it. Write to us"'


def test_a_sender_cannot_speak_as_the_guide() -> None:
    """Words of theirs stand only where they are named as theirs."""
    trace = read(
        ARRIVAL, f"From: {FAKE}@evil.example", f"Reply-To: {FAKE}@b.evil.example"
    )
    said = " ".join((*story(trace), *trace.problems))
    assert "police.example" not in said
    assert "Write to us" not in said


def test_a_subject_cannot_be_spread_over_the_lines_of_a_screen() -> None:
    """Else its last words would stand alone, like words of the guide."""
    trace = read(ARRIVAL, "Subject: hi" + " " * 80 + "Gmail vouched for it.\u3000" * 3)
    assert "   " not in trace.subject
    assert trace.subject.startswith("hi  Gmail")


def test_a_crowd_does_not_push_the_reader_out_of_the_mask() -> None:
    """What the own service wrote down comes first, and nothing below it counts."""
    crowd = [f"Received: from a by b for <x{n}@y.example>{WHEN}" for n in range(40)]
    to = "To: " + ", ".join(f"n{n}@y.example" for n in range(60))
    arrival = ARRIVAL.replace(" by ", f" for <{OWN}> by ")
    data = mail(arrival, *crowd, to, "From: a@evil.example")
    trace = explain(data, examples=True)
    assert own_addresses(data, trace)[0] == OWN
    assert can_be_told(data, trace)


@pytest.mark.parametrize(
    "to",
    [
        pytest.param(", ".join(f"n{n}@y.example" for n in range(30)), id="many"),
        pytest.param("a@y.example (" + "x" * 9000 + f"), {OWN}", id="cut"),
        pytest.param(", ".join(["n@y.example"] * 150 + [OWN]), id="beyond the last"),
    ],
)
def test_a_crowd_that_only_the_sender_names_is_refused(to: str) -> None:
    """Rather no masked copy than one with the wrong address hidden."""
    data = f"{ARRIVAL}\r\nFrom: a@evil.example\r\nTo: {to}\r\n\r\nx\r\n".encode()
    assert not can_be_told(data, explain(data, examples=True))


def test_a_sender_cannot_have_themselves_masked() -> None:
    """By a line of delivery to themselves, in the part that they wrote."""
    data = mail(
        f"Delivered-To: {OWN}",
        BY_EVIL,
        ARRIVAL,
        "Delivered-To: a@evil.example",
        f"Received: from a by b for <a@evil.example>{WHEN}",
        "From: a@evil.example",
    )
    assert "a@evil.example" not in own_addresses(data, explain(data, examples=True))


def copied(text: str, kind: str = "text/plain") -> str:
    """The text of the masked copy of a message that holds *text*."""
    data = mail(
        f"Delivered-To: {OWN}",
        f"Received: from mx.reader.example by janes-laptop with IMAP{WHEN}",
        "Received: from x (unknown [198.51.100.66]) by mx.reader.example "
        f"(mx [192.0.2.44]) id QX77 for <{OWN}>{WHEN}",
        "From: a@evil.example",
        f"Content-Type: {kind}; charset=utf-8",
        body=text,
    )
    trace = explain(data, examples=True)
    own, domains = own_addresses(data, trace), own_domains(data, trace)
    return quopri.decodestring(masked(data, own, KEY, trace.boundary, domains)).decode()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("jane.doe at reader dot example", id="in words"),
        pytest.param("jane(dot)doe (at) reader[.]example", id="in brackets"),
        pytest.param(OWN[::-1], id="backwards"),
        pytest.param("reader.example=jane.doe", id="the domain first"),
        pytest.param("b-jane.doe-reader.example@evil.example", id="as a bounce"),
        pytest.param("https://evil.example/t/jane.doe/reader.example/x", id="a path"),
        pytest.param("jane.doe+AEA-reader.example", id="UTF-7"),
        pytest.param("jane.d\u034foe@rea\u3164der.example", id="blank letters"),
        pytest.param("j\u0430n\u0435.doe@reader.example", id="look-alikes"),
        pytest.param("\uff4aane.doe\uff20reader.example", id="wide"),
        pytest.param(base64.b32encode(OWN.encode()).decode(), id="base32"),
        pytest.param(
            base64.b64encode(base64.b64encode(OWN.encode())).decode(), id="twice"
        ),
        pytest.param(
            "\n".join(x for x in base64.encodebytes(OWN.encode()).decode()[:-2].split())
            .replace("ZG9l", "ZG\n9l")
            .replace("cmVh", "cmV\nh"),
            id="base64 on odd lines",
        ),
        pytest.param("".join(f"={ord(x):02X}" for x in OWN), id="quoted twice"),
        pytest.param("jane.doe\\u0040reader.example", id="JSON"),
        pytest.param("go to mx7.reader.example", id="a computer of theirs"),
    ],
)
def test_a_masked_copy_holds_no_form_of_the_address(text: str) -> None:
    """In the text and in the head; nor the name of the reader's small domain."""
    made = copied(f"Hello {text} end\n")
    assert "end" in made
    assert text not in made
    for trace in ("jane", "reader.example", "laptop", "192.0.2.44", "QX77"):
        assert trace not in made.casefold()


def test_dots_and_the_other_name_of_gmail_are_the_same_box() -> None:
    mask = Mask(("jane.doe@gmail.com",), KEY)
    shown = mask.hide("j.a.n.e.doe@googlemail.com janedoe+x@gmail.com jane@gmail.com")
    assert shown.split()[2] == "jane@gmail.com"
    assert len(set(shown.split()[:2])) == 1
    assert "doe" not in shown


def test_what_no_mask_can_know_is_written_down_here() -> None:
    """A code of one's own shows: the screen says to read the copy first."""
    assert codecs.encode(OWN, "rot13") in copied(codecs.encode(OWN, "rot13"))


@pytest.mark.parametrize(
    "piece",
    ["<p ", "<script ", "<a ", '<a href="x" ', "<a href=", "</script", "<!--", "<div"],
)
def test_a_page_made_to_be_slow_is_read_quickly(piece: str) -> None:
    before = time.monotonic()
    text_of_html(piece * (512 * 1024 // len(piece)))
    assert time.monotonic() - before < 2


@pytest.mark.parametrize(
    "address",
    ["x@met.police.example", "x@court.example.gov", "x@school.example.edu"],
)
def test_no_filter_takes_in_a_whole_office(address: str) -> None:
    """From can be forged to say any of them, to have their mail filed away."""
    domain = address.partition("@")[2]
    assert whole_domains(keep_nothing(), Known(addresses=(address,))) == ()
    with pytest.raises(ValueError, match="state"):
        Rule(addresses=(), domains=(domain,))


def test_no_filter_takes_in_the_own_service() -> None:
    desk = keep_nothing()
    say_standing(desk, "mx.reader.example", Standing.YES)
    known = Known(addresses=("forged@reader.example", "a@evil.example"))
    assert whole_domains(desk, known) == ("evil.example",)
