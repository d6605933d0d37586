"""What is handed over is what was shown, and some things leave for nobody.

Real vaults, real files. What is looked for are canaries that stand in the record.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from guide.actions.case_choice import Choice
from guide.actions.case_files import (
    BOOKS,
    RECEIPTS,
    TABLES,
    write_book,
    write_receipt,
)
from guide.actions.desk import Desk
from guide.actions.given import forget, waiting
from guide.actions.handing_over import (
    case_for,
    counts,
    known_words,
    note_handed_over,
    preview,
)
from guide.actions.keeping import open_vault_desk
from guide.actions.places.case_bag import BagPlace
from guide.export.revealing import Kind
from guide.export.triage import Fewer
from guide.model.case import TAKEN_OUT, Recipient
from guide.model.problems import GuideError
from guide.model.records import CustodyAction
from guide.vault.problems import StoppedError
from tests.tui.screens import fresh_desk, real_library
from tests.vault.case_desk import (
    DRAFT,
    EFFECT,
    PRIVATE,
    TO_A_FRIEND,
    TO_A_SITE,
    WITNESS,
    add_incident,
    add_zed,
    fill_case,
)
from tests.vault.evidence_desk import some_work
from tests.vault.keeping_desk import NOON, WORDS, kept_at
from tests.vault.making import bytes_of

LIBRARY = real_library()
EVERYBODY = list(Recipient)
TAKE_ORIGINALS = {Recipient.POLICE, Recipient.LAWYER, Recipient.MYSELF}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = kept_at(fresh_desk(LIBRARY), tmp_path / "vault")
    yield opened
    opened.close()


@pytest.fixture
def ids(desk: Desk, tmp_path: Path) -> dict[str, str]:
    return fill_case(desk, tmp_path)


def choice_for(recipient: Recipient) -> Choice:
    return Choice(recipient=recipient)


def everything_written(desk: Desk, choice: Choice, folder: Path) -> str:
    """Each format, as the text that somebody finds in it."""
    return "\n".join(
        text_of(write_book(desk, choice, form, str(folder / form), some_work()).path)
        for form in (*BOOKS, *TABLES)
    )


def text_of(path: Path) -> str:
    match path.suffix:
        case ".pdf":
            from pypdf import PdfReader

            return "\n".join(page.extract_text() for page in PdfReader(path).pages)
        case ".docx":
            from docx import Document

            document = Document(str(path))
            cells = (c.text for t in document.tables for r in t.rows for c in r.cells)
            return "\n".join([*(p.text for p in document.paragraphs), *cells])
        case _:
            return path.read_text("utf-8")


# What leaves for nobody.


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("recipient", EVERYBODY)
def test_private_notes_drafts_and_words_to_helpers_leave_for_nobody(
    desk: Desk, recipient: Recipient, tmp_path: Path
) -> None:
    told = everything_written(desk, choice_for(recipient), tmp_path)
    assert "they wrote again" in told
    for canary in (PRIVATE, DRAFT, TO_A_FRIEND):
        assert canary not in told
        assert canary not in repr(case_for(desk, choice_for(recipient)))


@pytest.mark.parametrize("recipient", EVERYBODY)
def test_an_intimate_picture_leaves_for_nobody(
    desk: Desk, ids: dict[str, str], recipient: Recipient
) -> None:
    case = case_for(desk, choice_for(recipient))
    assert ids["shame"] not in {each.evidence.id for each in case.exhibits}
    assert "mine.png" not in repr(replace(case, left_out=()))
    assert "mine.png" in {each.title for each in case.left_out}


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("recipient", EVERYBODY)
def test_whoever_may_not_keep_originals_is_to_be_asked_first(
    desk: Desk, recipient: Recipient
) -> None:
    """Many help services are not to hold proof (facts 2.1); others get a list only."""
    choice = choice_for(recipient)
    sheet = BagPlace(desk, choice).sheet()
    asked = any("ask them first" in block.text for block in sheet.blocks)
    assert asked is (recipient not in TAKE_ORIGINALS)
    (files,) = (line for line in counts(preview(desk, choice)) if "file" in line)
    listed = {Recipient.ADVOCATE, Recipient.EMPLOYER}
    assert files.endswith(", as a list") is (recipient in listed)


@pytest.mark.parametrize("recipient", EVERYBODY)
def test_no_picture_leaves_once_it_may_show_somebody_under_18(
    desk: Desk, ids: dict[str, str], recipient: Recipient
) -> None:
    assert ids["photo"] in {
        each.evidence.id for each in case_for(desk, choice_for(recipient)).exhibits
    }
    desk.vault.put_answer("image_age", "minor", NOON)
    desk.vault.put_answer("remove", ("minor",), NOON)
    case = case_for(desk, choice_for(recipient))
    kept = {each.evidence.media_type for each in case.exhibits}
    assert kept == {"text/plain"}


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("recipient", [Recipient.PROVIDER, Recipient.EMPLOYER])
def test_a_company_reads_nothing_of_witnesses_fear_or_plans(
    desk: Desk, recipient: Recipient, tmp_path: Path
) -> None:
    told = everything_written(desk, choice_for(recipient), tmp_path)
    for canary in (WITNESS, EFFECT, "REF-77", TO_A_SITE):
        assert canary not in told


@pytest.mark.usefixtures("ids")
def test_a_lawyer_reads_all_the_rest(desk: Desk, tmp_path: Path) -> None:
    told = everything_written(desk, choice_for(Recipient.LAWYER), tmp_path)
    for words in (WITNESS, EFFECT, "REF-77", TO_A_SITE, "a call at night", "Zed"):
        assert words in told


def test_where_a_copy_went_stays_with_the_reader(
    desk: Desk, ids: dict[str, str]
) -> None:
    from guide.model.records import CustodyEvent

    event = CustodyEvent(
        evidence_id=ids["mail"],
        at=NOON,
        action=CustodyAction.EXPORTED,
        by="",
        detail="a-path-with-a-name",
    )
    desk.vault.note_custody(event)
    assert "a-path-with-a-name" not in repr(
        case_for(desk, choice_for(Recipient.LAWYER))
    )


# What was left out stays out; what was shown is what is written.


def test_what_the_reader_leaves_out_is_nowhere(
    desk: Desk, ids: dict[str, str], tmp_path: Path
) -> None:
    whole = case_for(desk, choice_for(Recipient.POLICE))
    label = next(x.label for x in whole.incidents if x.incident.id == ids["first"])
    choice = choice_for(Recipient.POLICE).toggled(label)
    told = everything_written(desk, choice, tmp_path)
    assert "they wrote to me" not in told
    assert "again.eml" not in told  # it belongs to that incident alone
    assert {each.title for each in preview(desk, choice).case.left_out} >= {
        "they wrote to me",
        "again.eml",
    }


def test_the_preview_is_what_is_written(
    desk: Desk, ids: dict[str, str], tmp_path: Path
) -> None:
    assert ids
    choice = choice_for(Recipient.MYSELF)
    shown = preview(desk, choice).case
    assert shown == case_for(desk, choice)
    path = write_book(desk, choice, "json", str(tmp_path / "log"), some_work()).path
    written = path.read_text("utf-8")
    assert json.loads(written)
    for each in shown.incidents:
        assert each.label in written
        assert each.incident.account in written


def test_few_are_the_first_the_latest_and_the_worst(desk: Desk) -> None:
    add_zed(desk)
    for day in range(30):
        add_incident(desk, f"day {day:02}", NOON - timedelta(days=60 - day))
    few = Fewer(first=2, latest=3, worst=frozenset({11}))
    case = case_for(desk, replace(choice_for(Recipient.POLICE), fewer=few))
    accounts = [each.incident.account for each in case.incidents]
    assert accounts == ["day 00", "day 01", "day 10", "day 27", "day 28", "day 29"]
    assert len(case.left_out) == 24
    assert desk.vault.incident_count() == 30


# Could the person read this?


def test_places_that_may_tell_too_much_are_pointed_at(desk: Desk) -> None:
    add_zed(desk)
    desk.vault.put_field("reply_address", "me.safe@example.org")
    words = (
        "I was on my way to my gym. My sister saw it. Write to me.safe@example.org. "
        "My lawyer says I can wait. I plan to move. I live at 12 Long Example Street."
    )
    add_incident(desk, words, NOON)
    places = preview(desk, choice_for(Recipient.LAWYER)).places
    assert {each.kind for each in places} == set(Kind)
    found = {each.words.casefold() for each in places}
    assert found >= {
        *("my sister", "my lawyer", "i plan", "on my way", "my gym"),
        *("me.safe@example.org", "12 long example street", WITNESS.casefold()),
    }


@pytest.mark.usefixtures("ids")
def test_what_the_person_knows_anyway_is_not_pointed_at(desk: Desk) -> None:
    add_incident(desk, "zed@example.com wrote", NOON)
    places = preview(desk, choice_for(Recipient.LAWYER)).places
    assert "zed@example.com" not in {each.words.casefold() for each in places}
    assert "zed@example.com" in known_words(desk).theirs


@pytest.mark.usefixtures("ids")
def test_a_twin_marks_what_was_taken_out_and_the_record_stays_whole(
    desk: Desk, tmp_path: Path
) -> None:
    add_incident(desk, "My  Sister was there, my sister saw it", NOON)
    before = bytes_of(tmp_path / "vault" / "sealed")
    choice = choice_for(Recipient.LAWYER).taking_out("my sister")
    told = everything_written(desk, choice, tmp_path)
    assert "sister" not in told.casefold()
    assert TAKEN_OUT in told
    case = case_for(desk, choice)
    assert case.redacted
    assert not any(each.drawn for each in case.exhibits)
    assert "sister" in repr(case_for(desk, choice_for(Recipient.LAWYER))).casefold()
    assert bytes_of(tmp_path / "vault" / "sealed") == before


# Files.


@pytest.mark.usefixtures("ids")
def test_nothing_that_exists_is_replaced(desk: Desk, tmp_path: Path) -> None:
    there = tmp_path / "book.pdf"
    there.write_bytes(b"mine")
    with pytest.raises(GuideError):
        write_book(desk, choice_for(Recipient.POLICE), "pdf", str(there), some_work())
    assert there.read_bytes() == b"mine"
    assert waiting(desk) == ()


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("form", [*BOOKS, *TABLES])
def test_nothing_plain_is_written_into_the_vault(
    desk: Desk, tmp_path: Path, form: str
) -> None:
    inside = tmp_path / "vault" / "sealed" / "book"
    with pytest.raises(GuideError):
        write_book(desk, choice_for(Recipient.POLICE), form, str(inside), some_work())
    assert not inside.with_suffix(f".{form}").exists()


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("form", [*BOOKS, *TABLES])
def test_a_file_is_for_this_login_alone(desk: Desk, tmp_path: Path, form: str) -> None:
    choice = choice_for(Recipient.POLICE)
    path = write_book(desk, choice, form, str(tmp_path / "book"), some_work()).path
    assert path.suffix == f".{form}"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("form", BOOKS)
def test_stopping_leaves_nothing(desk: Desk, tmp_path: Path, form: str) -> None:
    work = some_work()
    work.stop()
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(StoppedError):
        write_book(desk, choice_for(Recipient.POLICE), form, str(folder / "book"), work)
    assert list(folder.iterdir()) == []
    assert waiting(desk) == ()


@pytest.mark.usefixtures("ids")
def test_a_spreadsheet_gets_no_formula(desk: Desk, tmp_path: Path) -> None:
    add_incident(desk, '=HYPERLINK("https://example.com")', NOON)
    choice = choice_for(Recipient.POLICE)
    path = write_book(desk, choice, "csv", str(tmp_path / "log"), some_work()).path
    rows = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    cells = [cell for row in rows for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in cells)


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("form", RECEIPTS)
def test_a_receipt_names_every_file_its_fingerprint_and_the_head(
    desk: Desk, tmp_path: Path, form: str
) -> None:
    choice = choice_for(Recipient.POLICE)
    case = case_for(desk, choice)
    told = text_of(write_receipt(desk, choice, form, str(tmp_path / "receipt")))
    plain = "".join(told.split())
    for each in case.exhibits:
        assert each.label in told
        assert each.evidence.sha256 in plain
    assert "".join(case.head.split()) in plain


# Handed over.


def test_a_hand_over_is_in_the_history_and_among_the_talks(
    desk: Desk, ids: dict[str, str], tmp_path: Path
) -> None:
    from guide.actions.given import remember

    case = case_for(desk, choice_for(Recipient.POLICE))
    given = remember(desk, case, "the folder", files=True)
    assert waiting(desk) == (given,)
    kept = note_handed_over(desk, given, "Sergeant Example", NOON)
    forget(desk, given)
    assert waiting(desk) == ()
    assert case.head in kept.outcome
    assert ids["mail"] in kept.evidence_ids
    desk.close()
    again = open_vault_desk(fresh_desk(LIBRARY), tmp_path / "vault", WORDS)
    for id_ in kept.evidence_ids:
        last = again.vault.custody(id_)[-1]
        assert last.action is CustodyAction.HANDED_OVER
        assert last.detail == "Sergeant Example"
    assert again.vault.contact(kept.id).outcome == kept.outcome
    again.close()


def test_a_list_alone_is_no_hand_over_of_the_files(
    desk: Desk, ids: dict[str, str], tmp_path: Path
) -> None:
    choice = choice_for(Recipient.POLICE)
    written = write_book(desk, choice, "html", str(tmp_path / "book"), some_work())
    assert written.given is not None
    note_handed_over(desk, written.given, "Sergeant Example", NOON)
    actions = {each.action for each in desk.vault.custody(ids["mail"])}
    assert CustodyAction.HANDED_OVER not in actions


# A long one.


def test_a_long_book_becomes_volumes_and_no_record_is_lost(
    desk: Desk, ids: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guide.actions import case_files
    from guide.export.volumes import volumes

    assert ids
    choice = choice_for(Recipient.LAWYER)
    case = case_for(desk, choice)
    parts = volumes(case, 2)
    assert [x for each in parts for x in each.incidents] == list(case.incidents)
    assert [x for each in parts for x in each.exhibits] == list(case.exhibits)
    assert [x for each in parts for x in each.chart] == list(case.chart)
    monkeypatch.setattr(case_files, "volumes", lambda case: volumes(case, 2))
    written = write_book(desk, choice, "pdf", str(tmp_path / "book"), some_work())
    found = sorted(tmp_path.glob("book-*.pdf"))
    assert written.count == len(parts) == len(found) == 3
    assert written.path == found[0]
    told = "\n".join(map(text_of, found))
    for label in [x.label for x in case.incidents] + [x.label for x in case.exhibits]:
        assert label in told
    assert TO_A_SITE in told
    assert waiting(desk)[0].what == ", ".join(each.name for each in found)


@pytest.mark.usefixtures("ids")
def test_of_volumes_all_are_there_or_none(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guide.actions import case_files
    from guide.export.volumes import volumes

    monkeypatch.setattr(case_files, "volumes", lambda case: volumes(case, 2))
    (tmp_path / "book-2-of-3.pdf").write_bytes(b"mine")
    with pytest.raises(GuideError):
        write_book(
            desk,
            choice_for(Recipient.LAWYER),
            "pdf",
            str(tmp_path / "book"),
            some_work(),
        )
    assert sorted(tmp_path.glob("book*")) == [tmp_path / "book-2-of-3.pdf"]
    assert (tmp_path / "book-2-of-3.pdf").read_bytes() == b"mine"
    assert waiting(desk) == ()
