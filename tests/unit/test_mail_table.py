"""A whole mailbox as a stream: who wrote how often, and a table that is harmless."""

from __future__ import annotations

import csv
import io
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.actions.journey import Journey
from guide.actions.mail_table import as_csv, is_mailbox_file, save_table
from guide.actions.own_service import Standing, say_standing
from guide.actions.places.mail_table import TablePlace
from guide.actions.places.place import Begin
from guide.actions.reporting import LARGEST_MESSAGE
from guide.actions.working import Work
from guide.cli.commands import guide
from guide.mail import split_mbox, table_of
from guide.mail.mailbox import MOST_HEADER, headers_of
from guide.model.problems import NotWrittenError, UnreadableFileError
from guide.model.trace import MailTable, SenderRow
from guide.vault.problems import StoppedError
from tests.plain.talking import a_desk
from tests.vault.keeping_desk import kept_at

SAMPLES = Path(__file__).parents[1] / "mail_samples"
LINE = b"From - Tue Nov 03 10:15:02 2026\n"
MESSAGES = [path.read_bytes() for path in sorted(SAMPLES.glob("*.eml"))]
MAILBOX = b"".join(LINE + message + b"\n" for message in MESSAGES * 3)


def in_pieces(data: bytes, size: int) -> Iterator[bytes]:
    """*data* as a disk might give it."""
    yield from (data[n : n + size] for n in range(0, len(data), size))


@pytest.mark.parametrize("size", [1, 7, 64, 1000, 4096, 10**6])
def test_how_the_file_is_cut_makes_no_difference(size: int) -> None:
    """A separator, a header or a blank line can lie across two pieces."""
    heads = list(headers_of(in_pieces(MAILBOX, size)))
    assert len(heads) == len(MESSAGES) * 3
    whole = [x.partition(b"\n\n")[0] for x in split_mbox(MAILBOX)]
    assert [head.strip(b"\n") for head in heads] == whole


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *(LINE, b"\n", b"\r\n", b"From ", b"From - 10:15 2026\n", b"a: b\n"),
                *(b"x\n", b">From - Tue Nov 03 10:15:02 2026\n", b"\0\xff"),
                b"From: a@b.example\n",
            ]
        ),
        max_size=40,
    ),
    st.integers(1, 50),
)
def test_the_stream_and_the_whole_agree(lines: list[bytes], size: int) -> None:
    """As many messages as when all of it is split at once."""
    data = LINE + b"Subject: x\n\n" + b"".join(lines)
    streamed = list(headers_of(in_pieces(data, size)))
    assert len(streamed) == len(split_mbox(data))


def test_the_table_of_the_samples() -> None:
    """Sender, count, first, last and how far each was confirmed."""
    table = table_of(in_pieces(MAILBOX, 5000), examples=True)
    assert table.messages == 12
    genuine = next(row for row in table.rows if "gmail" in row.sender)
    at = datetime(2026, 11, 3, 9, 15, 2, tzinfo=UTC)
    assert genuine == SenderRow(
        sender="unwanted.sender.example@gmail.com",
        count=3,
        first=at,
        last=at,
        genuine=3,
    )
    forged = next(row for row in table.rows if "bank" in row.sender)
    assert (forged.genuine, forged.failed) == (0, 3)


def test_first_and_last_are_when_the_service_took_it_in() -> None:
    """A sender who writes a false Date moves nothing."""
    told = MESSAGES[1].replace(b"Date: Tue, 3 Nov 2026", b"Date: Fri, 3 Nov 1995")
    row = table_of([LINE + told], examples=True).rows[0]
    assert row.first is not None
    assert row.first.year == 2026


def test_a_file_that_is_no_mailbox_is_refused_in_words() -> None:
    """One message, or anything else, is no table."""
    for data in (b"", b"\0" * 5000, MESSAGES[0], b"From nobody\n"):
        with pytest.raises(UnreadableFileError) as refused:
            table_of([data])
        assert "mbox" in refused.value.next_step


def test_a_header_without_end_costs_only_so_much() -> None:
    """One message of megabytes of header is looked at in part, the rest is skipped."""
    huge = LINE + b"From: a@b.example\n" + b"x: y\n" * 500_000 + b"\n\n"
    heads = list(headers_of(in_pieces(huge + LINE + MESSAGES[0], 65536)))
    assert len(heads) == 2
    assert len(heads[0]) <= MOST_HEADER


def rows_of(*senders: str) -> MailTable:
    """A table with these senders."""
    rows = (SenderRow(sender=x, count=1, first=None, last=None) for x in senders)
    return MailTable(rows=tuple(rows), messages=len(senders))


@pytest.mark.parametrize(
    "sender",
    [
        *("=cmd|' /C calc'!A0", "+1@b.example", "-1@b.example", "@SUM(A1)", "\t=1"),
        *(" =1+1", "\r=1", "%0A=1", "|x"),
    ],
)
def test_no_cell_is_a_formula(sender: str) -> None:
    """A sender chose these words, and a spreadsheet would run them."""
    cells = list(csv.reader(io.StringIO(as_csv(rows_of(sender)).decode())))[1]
    assert cells[0].startswith("'")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_a_name_cannot_leave_its_cell() -> None:
    """Quotes, commas and line ends stay inside; the columns stay seven."""
    table = rows_of('a",=1,"@b.example', "line\nbreak@b.example", "plain@b.example")
    read = list(csv.reader(io.StringIO(as_csv(table).decode())))
    assert [len(row) for row in read] == [7, 7, 7, 7]
    assert read[3][0] == "plain@b.example"


def test_saving_replaces_nothing(tmp_path: Path) -> None:
    """A folder gets a file of its own; a name that is taken is refused."""
    saved = save_table(rows_of("a@b.example"), str(tmp_path))
    assert saved == tmp_path / "senders.csv"
    assert save_table(rows_of(), str(tmp_path / "other")).name == "other.csv"
    with pytest.raises(NotWrittenError):
        save_table(rows_of("c@d.example"), str(saved))
    assert b"a@b.example" in saved.read_bytes()


def mailbox(folder: Path, data: bytes = MAILBOX) -> Path:
    """A mailbox file on the disk."""
    path = folder / "mail.mbox"
    path.write_bytes(data)
    return path


def test_the_way_through_the_screens(tmp_path: Path) -> None:
    """Named, chosen, at work, shown, saved; and the way to keep it is offered."""
    file = mailbox(tmp_path)
    before = file.read_bytes()
    journey = Journey(a_desk())
    journey.open("tool:mail")
    journey.typed(str(file))
    assert journey.sheet().name == "trace"
    journey.choose("table")
    assert journey.work is not None
    journey.work.run()
    assert journey.follow_work()
    assert isinstance(journey.place, TablePlace)
    assert "This file holds 12 messages." in journey.sheet().copy_text
    journey.choose("save")
    journey.typed(str(tmp_path / "table.csv"))
    assert (tmp_path / "table.csv").read_text("utf-8").startswith('"sender"')
    assert [row.value for row in journey.sheet().rows] == ["save", "keep"]
    journey.choose("keep")
    assert journey.sheet().name == "evidence-no-vault"
    assert file.read_bytes() == before


def test_the_table_is_kept_like_every_file(tmp_path: Path) -> None:
    """With a vault, the saved table takes the way that evidence takes."""
    desk = kept_at(a_desk(), tmp_path / "notes")
    saved = save_table(table_of([MAILBOX], examples=True), str(tmp_path))
    shown = TablePlace(desk, rows_of("a@b.example"), mailbox(tmp_path), saved)
    move = shown.choose("keep")
    assert isinstance(move, Begin)
    move.work.run()
    found = move.work.outcome().sheet()
    assert found.name == "evidence-found"
    assert "senders.csv" in "".join(block.text for block in found.blocks)
    assert not desk.vault.evidence_list()
    desk.close()


def test_what_counts_as_a_mailbox(tmp_path: Path) -> None:
    """A mailbox of one is one message; what cannot be opened is refused elsewhere."""
    assert is_mailbox_file(str(mailbox(tmp_path)))
    single = mailbox(tmp_path, LINE + MESSAGES[0])
    assert not is_mailbox_file(str(single))
    assert not is_mailbox_file(str(tmp_path / "not there"))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert not is_mailbox_file(str(tmp_path / "pipe"))


def test_a_mailbox_too_large_for_one_email_gets_its_table(tmp_path: Path) -> None:
    """It is never read whole; the way to one message is named."""
    file = mailbox(tmp_path)
    with file.open("ab") as more:
        more.truncate(LARGEST_MESSAGE + 1)
    journey = Journey(a_desk())
    journey.open("tool:mail")
    journey.typed(str(file))
    assert journey.sheet().name == "mailbox"
    journey.choose("table")
    assert journey.work is not None
    journey.work.run()
    assert journey.follow_work()
    assert "This file holds 12 messages." in journey.sheet().copy_text


def test_it_can_be_stopped(tmp_path: Path) -> None:
    """At the next piece, with nothing left over."""
    from guide.actions.mail_table import make_table

    work = Work("", lambda _work: TablePlace(a_desk(), rows_of(), tmp_path))
    work.stop()
    with pytest.raises(StoppedError):
        make_table(a_desk(), mailbox(tmp_path), work)


def test_a_service_that_is_not_sure_confirms_nobody(tmp_path: Path) -> None:
    """What the reader said of a service counts for a table too."""
    from guide.actions.mail_table import make_table

    desk = a_desk()
    say_standing(desk, "example.com", Standing.UNSURE)
    work = Work("", lambda _work: TablePlace(desk, rows_of(), tmp_path))
    table = make_table(desk, mailbox(tmp_path), work)
    assert sum(row.genuine + row.failed for row in table.rows) == 0


def test_the_command(tmp_path: Path) -> None:
    """Lines for a reader, JSON for a program; the file is only read."""
    file = mailbox(tmp_path)
    told = CliRunner().invoke(guide, ["mail", "table", str(file)])
    assert told.exit_code == 0
    assert "- help@bank.example: 3 messages" in told.output
    listed = CliRunner().invoke(guide, ["mail", "table", str(file), "--json"])
    table = json.loads(listed.stdout)
    assert table["messages"] == 12
    first = CliRunner().invoke(guide, ["mail", "explain", str(file)])
    assert "This message says it comes from help@bank.example." in first.output
    missing = CliRunner().invoke(guide, ["mail", "table", str(tmp_path / "none")])
    assert missing.exit_code != 0


def test_a_thousand_messages_take_no_time() -> None:
    """A tenth of what is promised of ten thousand, with room for a slow machine."""
    began = time.perf_counter()
    assert table_of([MAILBOX * 84], examples=True).messages == 1008
    assert time.perf_counter() - began < 10
