"""Handing the case over, line by line and as a command, with a real vault."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.actions.desk import Desk
from guide.actions.given import waiting
from guide.actions.journey import Journey
from guide.export.book import compiling_worker
from guide.model.case import TAKEN_OUT
from guide.model.records import CustodyAction
from tests.plain.talking import a_desk, talk
from tests.unit.bag_samples import is_valid
from tests.vault.case_desk import PRIVATE, fill_case
from tests.vault.keeping_desk import kept_at

POLICE, LOOK, ITEMS, STAYS, BOOK, BAG, RECEIPT = "1", "1", "2", "3", "4", "5", "6"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.chdir(tmp_path)
    opened = kept_at(a_desk(), tmp_path / "vault")
    fill_case(opened, tmp_path)
    yield opened
    opened.close()


def heard(desk: Desk, *answers: str) -> str:
    journey = Journey(desk)
    journey.open("case")
    return talk(*answers, journey=journey).heard


def test_the_book_is_written_and_noted_as_handed_over(
    desk: Desk, tmp_path: Path
) -> None:
    said = heard(desk, POLICE, BOOK, "3", "book", "1", "Sergeant Example")
    assert "What would leave" in said
    assert "It is not sealed" in said
    assert (tmp_path / "book.html").exists()
    assert "Sergeant Example" in said
    (contact,) = (x for x in desk.vault.contacts() if x.organisation.startswith("Serg"))
    assert "book.html" in contact.outcome
    assert waiting(desk) == ()


def test_a_bag_needs_the_words_and_lands_in_the_history(
    desk: Desk, tmp_path: Path
) -> None:
    said = heard(desk, POLICE, BAG, "3", "no", "plain copy", "bag", "1", "The desk")
    assert "Error:" in said
    assert is_valid(tmp_path / "bag")
    file = desk.vault.evidence_list(limit=-1)[-1]
    actions = [each.action for each in desk.vault.custody(file.id)]
    assert actions[-2:] == [CustodyAction.EXPORTED, CustodyAction.HANDED_OVER]


def test_what_is_left_out_and_taken_out_is_gone_from_the_book(
    desk: Desk, tmp_path: Path
) -> None:
    # Leave the first incident out; take the witness out; back; write a web page.
    said = heard(desk, POLICE, ITEMS, "1", "b", LOOK, "1", "b", BOOK, "3", "book")
    assert "stay with you" in said
    book = (tmp_path / "book.html").read_text("utf-8")
    assert "they wrote to me" not in book
    assert "Robin Witness" not in book
    assert TAKEN_OUT in book


def test_a_twin_offers_no_files(desk: Desk) -> None:
    said = heard(desk, POLICE, LOOK, "1", "b")
    assert "No picture and no file goes along" in " ".join(said.split())
    assert "Write a folder with the files" not in said.rpartition("What would leave")[2]


def test_it_is_said_later_that_it_was_handed_over_or_never(
    desk: Desk, tmp_path: Path
) -> None:
    heard(desk, POLICE, BOOK, "5", "log")
    assert len(waiting(desk)) == 1
    said = heard(desk, "7", "2")
    assert "Did you hand it over?" in said
    assert waiting(desk) == ()
    assert (tmp_path / "log.json").exists()


def test_without_a_vault_the_book_can_be_written_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    desk = a_desk()
    journey = Journey(desk)
    journey.open("case")
    said = talk(POLICE, "3", "3", "book", journey=journey).heard
    assert (tmp_path / "book.html").exists(), said
    assert "Journal head" not in (tmp_path / "book.html").read_text("utf-8")


def test_nothing_private_is_said_on_the_way(desk: Desk) -> None:
    said = heard(desk, POLICE, ITEMS, "b", STAYS, "b", LOOK)
    assert PRIVATE not in said
    assert os.fspath(Path.home()) not in said


def test_a_bag_is_written_without_its_pdf_once_that_is_agreed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What sets the pages is gone, as after a broken update.
    monkeypatch.setattr(compiling_worker, "__file__", str(tmp_path / "gone.py"))
    asked = heard(desk, POLICE, BAG, "3", "plain copy", "bag")
    assert "Write it without the PDF?" in asked
    assert not (tmp_path / "bag").exists()
    assert waiting(desk) == ()
    heard(desk, POLICE, BAG, "3", "plain copy", "bag", "1")
    assert is_valid(tmp_path / "bag")
    names = {each.name for each in (tmp_path / "bag" / "data").iterdir()}
    assert "case-book.html" in names
    assert "case-book.pdf" not in names
    assert len(waiting(desk)) == 1
