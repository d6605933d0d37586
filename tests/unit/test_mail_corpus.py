"""Messages in the shape of real ones, and forged ones: what is found, what is said."""

from __future__ import annotations

import random
import time
import tomllib
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.mail import (
    explain,
    explain_inner,
    find_complaints,
    hop_line,
    story,
)
from guide.mail.mailbox import table_of
from guide.model.problems import UnreadableFileError
from guide.model.trace import MessageTrace, Verdict
from tests.unit.test_mail_whom import DESKS, REGISTRIES

CORPUS = Path(__file__).parents[1] / "mail_corpus"
MESSAGES = {path.stem: path.read_bytes() for path in sorted(CORPUS.glob("*.eml"))}
EXPECTED = {
    path.stem: tomllib.loads(path.read_text("utf-8"))
    for path in sorted(CORPUS.glob("*.toml"))
}
LARGEST_PROVIDERS = {
    *("gmail", "outlook_com", "microsoft_365", "yahoo", "aol", "icloud", "proton"),
    *("gmx", "web_de", "fastmail", "zoho", "mail_ru", "yandex", "self_hosted_postfix"),
}
MOST_MEMORY = 256 * 1024 * 1024


def found(trace: MessageTrace) -> dict[str, object]:
    """What the guide makes of a message, in the form of the file beside it."""
    told: dict[str, object] = {"verdict": trace.verdict.value}
    if trace.boundary is not None:
        told["boundary"] = trace.boundary
        told["address"] = trace.hops[trace.boundary].ip
    if trace.provider:
        told["service"] = trace.provider[0]
    if trace.arc:
        told["arc_believed"] = trace.arc_believed
    lists = {
        "natures": [each.value for each in trace.natures],
        "claimed": [f"{c.header} {c.ip} {c.kind}" for c in trace.claimed_addresses],
        "arc": [f"{each.instance} {each.sealer} {each.said}" for each in trace.arc],
        "warnings": list(trace.from_.warnings) if trace.from_ else [],
        "hints": [f"{n} {x}" for n, hop in enumerate(trace.hops) for x in hop.hints],
        "signatures": [
            " ".join([s.domain, "aligned" if s.aligned else "other", *s.weaknesses])
            for s in trace.signatures
        ],
    }
    told |= {name: lines for name, lines in lists.items() if lines}
    return told | {"story": list(story(trace)), "problems": list(trace.problems)}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_read_as_an_expert_would(name: str) -> None:
    """Verdict, boundary, story and every hint, word for word."""
    expected = dict(EXPECTED[name])
    expected.pop("kind")
    expected.pop("desks")
    assert found(explain(MESSAGES[name], examples=True)) == expected


@pytest.mark.parametrize("name", MESSAGES)
def test_the_complaint_goes_to_the_right_desk(name: str) -> None:
    """Each desk in its order, with how sure that is, and what it is asked about."""
    data = MESSAGES[name]
    trace = explain(data, examples=True)
    found_desks = find_complaints(trace, DESKS, registries=REGISTRIES, source=data)
    assert EXPECTED[name]["desks"] == [
        f"{each.sure}: {each.kind}, {each.desk.name}, for {each.about}"
        for each in found_desks
    ]
    assert all(each.desk.name for each in found_desks)


def test_the_corpus_is_whole() -> None:
    """Each message has its expectation; no service and no kind of trick is lost."""
    assert MESSAGES.keys() == EXPECTED.keys()
    kinds = {name: said["kind"] for name, said in EXPECTED.items()}
    assert {n for n, kind in kinds.items() if kind == "provider"} == LARGEST_PROVIDERS
    assert sum(kind == "hostile" for kind in kinds.values()) >= 20


@pytest.mark.parametrize("name", MESSAGES)
def test_a_story_is_short(name: str) -> None:
    """At most seven sentences of at most twenty words, the caution among them."""
    told = story(explain(MESSAGES[name], examples=True))
    assert len(told) <= 7
    assert told[-1] == "An internet address shows a network, not who wrote this."
    for sentence in told:
        assert len(sentence.split()) <= 20
        assert sentence.endswith(".")


@pytest.mark.parametrize("name", MESSAGES)
def test_nothing_is_believed_when_the_reader_is_not_sure(name: str) -> None:
    """Then no line and no check counts, whatever a message says of itself."""
    trace = explain(MESSAGES[name], examples=True, only_given=True)
    assert trace.boundary is None
    assert trace.verdict is Verdict.UNKNOWN
    assert not any(hop.trusted for hop in trace.hops)
    assert not any(result.trusted for result in trace.auth_results)


def test_another_service_than_the_top_line_names_is_believed_alone() -> None:
    """What the reader says counts; lines of somebody else's service do not."""
    message = MESSAGES["gmail"]
    theirs = explain(message, ("yahoo.com",), examples=True, only_given=True)
    assert (theirs.boundary, theirs.verdict) == (None, Verdict.UNKNOWN)
    own = explain(message, ("gmail.com",), examples=True, only_given=True)
    assert (own.boundary, own.verdict) == (1, Verdict.GENUINE)


def test_the_message_inside_is_found_and_not_believed_for_the_outer() -> None:
    """What a sender packed into a message never speaks for that message."""
    outer = MESSAGES["holds_a_forged_message"]
    inner = explain_inner(outer)
    assert b"Subject: inner" in inner
    assert b"dmarc=pass header.from=bank.example" in inner
    trace = explain(outer, examples=True)
    assert not any("bank.example" in each.value for each in trace.auth_results)
    assert explain_inner(MESSAGES["gmail"]) == b""


def test_icloud_is_believed_only_with_all_of_its_checks() -> None:
    """A sender's own line beneath the line of arrival is no check of iCloud's."""
    whole = MESSAGES["icloud"]
    assert explain(whole, examples=True).verdict is Verdict.GENUINE
    lines = whole.split(b"\n")
    less = [line for line in lines if b"Results: spf.icloud.com" not in line]
    trace = explain(b"\n".join(less), examples=True)
    assert trace.verdict is Verdict.UNKNOWN


# What damage, and malice, do to a message.
CHANGES = st.sampled_from(["cut", "drop", "double", "flip", "swap", "splice"])
ODD = (b"\0", b"\r", b"\n\n", b"(", b'"', b"<", b"=?utf-8?b?", b"\xff\xfe", b"--b3--")


def mutated(data: bytes, change: str, seed: int) -> bytes:
    """*data* with one kind of damage, at places that *seed* names."""
    chance = random.Random(seed)  # noqa: S311  which damage, and no secret
    a, b = sorted(chance.randrange(len(data)) for _ in range(2))
    lines = data.split(b"\n")
    match change:
        case "cut":
            return data[:a]
        case "drop":
            return data[:a] + data[b:]
        case "double":
            return data[:b] + data[a:b] * chance.randrange(2, 40) + data[b:]
        case "flip":
            octets = bytearray(data)
            for _ in range(chance.randrange(1, 60)):
                octets[chance.randrange(len(octets))] = chance.randrange(256)
            return bytes(octets)
        case "swap":
            chance.shuffle(lines)
            return b"\n".join(lines)
        case _:
            odd = chance.choice(ODD) * chance.randrange(1, 400)
            return data[:a] + odd + data[a:]


def everything(data: bytes) -> None:
    """All the reading there is; only a refusal in words may come out."""
    began = time.thread_time()
    try:
        trace = explain(data, examples=True)
        for sentence in (*story(trace), *map(hop_line, trace.hops), *trace.problems):
            sentence.encode("utf-8")
        explain_inner(data)
        table_of([b"From - Tue Nov 03 10:15:02 2026\n" + data], examples=True)
    except UnreadableFileError as refused:
        assert refused.what
        assert refused.next_step
    assert time.thread_time() - began < 1


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(MESSAGES)), CHANGES, st.integers(0, 2**32))
def test_a_damaged_message_never_breaks_it(name: str, change: str, seed: int) -> None:
    """Whatever happened to a message, there is an answer within a second."""
    everything(mutated(MESSAGES[name], change, seed))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=4000))
def test_any_bytes_never_break_it(data: bytes) -> None:
    """A file can be anything."""
    everything(data)


HUGE = 2 * 1024 * 1024
WORST = {
    "borders": b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n" * HUGE,
    "nested": b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n)
        for n in range(20_000)
    ),
    "one long line": b"Subject: x\n\n" + b"-" * (8 * HUGE),
    "base64": b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
    + b"QUFB" * HUGE,
    "quoted": b"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable"
    b"\n\n" + b"=\n" * HUGE,
    "signatures": b"DKIM-Signature: d=a.example; " + b"h=x; " * 50_000 + b"\n",
    "chain": b"".join(b"ARC-Seal: i=%d; d=a\n" % (n % 60) for n in range(20_000)),
    "empty lines": b"From: a@b.example\n" + b"\n" * (4 * HUGE),
}


@pytest.mark.parametrize("name", WORST)
def test_the_worst_cost_little(name: str) -> None:
    """Megabytes of what is meant to be slow: a second, and little memory."""
    data = b"From: a@evil.example\n" + WORST[name]
    everything(data)
    tracemalloc.start()
    try:
        everything_untimed(data)
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


def everything_untimed(data: bytes) -> None:
    """The same where memory is traced, which takes its time."""
    explain(data, examples=True)
    explain_inner(data)


LARGEST = 50 * 1024 * 1024  # bytes: no longer file is opened as one message
INSIDE = b"Content-Type: message/rfc822\nContent-Transfer-Encoding: "
OF_ONE_SIZE = {
    "base64": (INSIDE + b"base64\n\n", b"QUFBQUFB\n"),
    "quoted": (INSIDE + b"quoted-printable\n\n", b"=41=\n"),
    "as it is": (INSIDE + b"8bit\n\nFrom: a@b.example\n\n", b"words\n"),
    "borders": (b'Content-Type: multipart/mixed; boundary="b"\n\n', b"--b\n"),
    "nearly borders": (b'Content-Type: multipart/mixed; boundary="b"\n\n', b"\n--c"),
}


@pytest.mark.parametrize("name", OF_ONE_SIZE)
def test_the_largest_that_is_opened_costs_little(name: str) -> None:
    """50 MiB made to be slow, with a message inside or not."""
    head, again = OF_ONE_SIZE[name]
    head = b"From: a@evil.example\n" + head
    data = head + again * ((LARGEST - len(head)) // len(again))
    began = time.thread_time()
    inner = explain_inner(data)
    assert time.thread_time() - began < 1
    assert bool(inner) is (name == "as it is")
    tracemalloc.start()
    try:
        explain_inner(data)
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
