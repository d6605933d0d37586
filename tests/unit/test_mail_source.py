"""What a reader may bring, and what is said when it is no message."""

from __future__ import annotations

import pytest

from guide.mail import explain, read_source, split_mbox
from guide.model.problems import UnreadableFileError

MESSAGE = b"From: a@evil.example\r\nSubject: hello\r\n\r\nText: not a header\r\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \r\n\t\n", "empty", id="white space"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, ".msg", id="msg"
        ),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "picture", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0" + b"\0" * 99, "picture", id="jpeg"),
        pytest.param(b"\0\0\0\x18ftypheic", "picture", id="heic"),
        pytest.param(b"%PDF-1.7\n", "PDF", id="pdf"),
        pytest.param(b"PK\x03\x04" + b"\0" * 99, "packed", id="zip or docx"),
        pytest.param(b"<!DOCTYPE html><p>From: a@b.example", "web page", id="html"),
        pytest.param(
            b"From: <Saved by Blink>\nSnapshot-Content-Location: x\n\n",
            "web page",
            id="mhtml",
        ),
        pytest.param(bytes(range(32)) * 20, "does not hold text", id="junk"),
        pytest.param(b"Dear diary,\nI was tired.\n", "no headers", id="no headers"),
        pytest.param(
            b"note: one\n\nFrom: a@b.example\n", "no headers", id="in the body"
        ),
    ],
)
def test_what_is_no_message_is_named(data: bytes, says: str) -> None:
    """Each wrong file gets its own sentence, and the way to the right one."""
    with pytest.raises(UnreadableFileError) as refused:
        read_source(data, "file.eml")
    assert says in refused.value.what
    assert ".eml" in refused.value.next_step


def test_an_ordinary_message_is_not_touched() -> None:
    """Evidence stays evidence: the same bytes come back."""
    assert read_source(MESSAGE) is MESSAGE


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + MESSAGE, id="UTF-8 mark"),
        pytest.param(MESSAGE.decode().encode("utf-16"), id="UTF-16 with mark"),
        pytest.param((MESSAGE * 2).decode().encode("utf-16-le"), id="UTF-16 LE"),
        pytest.param((MESSAGE * 2).decode().encode("utf-16-be"), id="UTF-16 BE"),
        pytest.param(b"\r\n\r\n" + MESSAGE, id="blank lines first"),
        pytest.param(b"61\n" + MESSAGE, id="emlx"),
        pytest.param(b"From: a@evil.example\nSubject: hello", id="headers only"),
        pytest.param(MESSAGE.replace(b"\r\n", b"\r"), id="lone CR"),
        pytest.param(MESSAGE.replace(b"\r\n", b"\n", 1), id="mixed line ends"),
        pytest.param(
            b"From a@evil.example Tue Nov  3 10:15:02 2026\n" + MESSAGE,
            id="mbox of one",
        ),
    ],
)
def test_the_forms_that_mail_programs_save(data: bytes) -> None:
    """However it was saved, the sender and the subject are found."""
    trace = explain(data)
    assert trace.from_ is not None
    assert (trace.from_.address, trace.subject) == ("a@evil.example", "hello")


def test_lines_of_a_web_page_above_the_headers_are_skipped() -> None:
    """A copy of "Show original" begins with a table that is no header."""
    page = b"Original Message\nMessage ID\t<1@b.example>\n\nReceived: by c.example\n"
    assert read_source(page + MESSAGE).startswith(b"Received: by c.example\n")


def test_a_sender_cannot_have_a_message_refused_as_a_web_page() -> None:
    """The mark of a web archive counts only above every Received line."""
    trick = b"Received: by a.example\nSnapshot-Content-Location: x\n" + MESSAGE
    assert explain(trick).from_ is not None


def test_an_mbox_is_split_and_its_first_message_read() -> None:
    """Several messages in one file are said to be several."""
    line = b"From - Tue Nov 03 10:15:02 2026\n"
    second = b"From: c@evil.example\n\nFrom here on 10:00 2026\nnothing: more\n"
    data = line + MESSAGE + line + second
    assert split_mbox(data)[0] == MESSAGE
    assert split_mbox(data)[1] == second
    assert len(split_mbox(data)) == 2
    assert split_mbox(MESSAGE) == (MESSAGE,)
    trace = explain(data)
    assert trace.from_ is not None
    assert trace.from_.address == "a@evil.example"
    assert any("several messages" in problem for problem in trace.problems)
