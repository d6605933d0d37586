"""Promise: the screens of a form are those of a letter, and none speaks of sending."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document

from guide.actions.desk import Desk, keep_nothing
from guide.actions.journey import Journey
from guide.actions.keeping import open_vault_desk
from guide.actions.places.letter_copy import paper_blocks
from guide.actions.places.letters import line_of
from guide.actions.places.offers import offer_rows
from guide.actions.writing import fill, finish, save
from guide.letters.formats import FORMATS, write
from guide.letters.render import BLANK
from guide.model.records import LetterState
from guide.model.sheet import Sheet
from guide.plain.lines import block_lines
from tests.content.filled_letters import letter, library, text_of
from tests.content.forms import FORMS, LINE, bare
from tests.plain.talking import talk
from tests.vault.keeping_desk import WORDS, kept_at

# What only a letter has; a form is for nobody but the reader.
SENDING = re.compile(
    r"\b(Subject:|To:|[Ss]end|[Ss]ent|[Ll]etter\b|other side|has it left)"
)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def desk() -> Desk:
    return replace(keep_nothing(), library=library(), now=lambda: NOON)


@pytest.mark.parametrize("id_", FORMS)
def test_a_page_offers_it_as_a_form(id_: str) -> None:
    """It is offered where it helps, by the name of a form."""
    offered = [x for x in library().pages.values() if f"letter:{id_}" in x.offers]
    assert offered
    for each in offered:
        texts = [row.text for row in offer_rows(desk(), each)]
        assert f"Form: {letter(id_).title}" in texts


def all_words(sheet: Sheet) -> str:
    """All that a screen says."""
    asked = sheet.ask.label if sheet.ask else ""
    rows = [f"{row.group} {row.text} {row.note}" for row in sheet.rows]
    blocks = [*sheet.blocks, *(sheet.form.preview if sheet.form else ())]
    said = block_lines(tuple(blocks))
    return "\n".join([sheet.title, sheet.progress, asked, *rows, *said])


@pytest.mark.parametrize("id_", FORMS)
def test_no_screen_of_a_form_speaks_of_sending(id_: str) -> None:
    """From its blanks to its copy; nothing has to be typed to finish it."""
    journey = Journey(desk())
    journey.open(f"letter:{id_}")
    own = " ".join(each.text for each in paper_blocks(bare(id_)))
    seen = []
    for step in ("finish", "copy", ""):
        sheet = journey.sheet()
        assert sheet.ask is None
        seen.append(sheet.name)
        for line in all_words(sheet).split("\n"):
            assert not SENDING.search(line) or line.strip() in own, line
        if step:
            journey.choose(step)
    assert seen == [id_, "finish", "finished"]


def test_a_copy_of_a_form_can_be_saved_and_made_again(tmp_path: Path) -> None:
    """As every file but a mail; the next copy is one of its own."""
    journey = Journey(desk())
    for number in (1, 2):
        journey.open("letter:safety-plan")
        journey.fill("code_word", f"word {number}")
        journey.choose("finish")
        journey.choose("copy")
        rows = {row.value for row in journey.sheet().rows}
        saves = {f"save:{each}" for each in FORMATS} - {"save:eml"}
        assert saves <= rows
        assert not {"save:eml", "sent", "void"} & rows
        journey.choose("save:txt")
        journey.typed(str(tmp_path / f"plan-{number}.txt"))
    first, second = (tmp_path / f"plan-{n}.txt" for n in (1, 2))
    assert "The word: word 1" in first.read_text("utf-8")
    assert "The word: word 2" in second.read_text("utf-8")
    kept = journey.desk.vault.letters_ever()
    assert [line_of(each) for each in kept] == [
        f"Form {each.number}: Safety plan" for each in kept
    ]
    assert len({each.sha256 for each in kept}) == 2


def test_a_form_on_disk_comes_back_as_it_was(tmp_path: Path) -> None:
    """Kept in the vault, opened again, saved: the same words, and nobody told."""
    kept = kept_at(desk(), tmp_path / "notes")
    fill(kept, letter("account-list"), "account_mail", "one@example.com\ntwo")
    paper_then = finish(kept, letter("account-list"), "").paper
    kept.close()
    again = open_vault_desk(desk(), tmp_path / "notes", WORDS)
    (back,) = again.vault.letters_ever()
    assert back.paper == paper_then
    assert (back.state, back.person_id) == (LetterState.FINISHED, "")
    assert again.vault.contacts() == ()
    for ending in ("txt", "pdf", "docx", "md"):
        path = save(back, ending, str(tmp_path / "list"))
        assert path.read_bytes() == write(paper_then, ending)
    read = Document(io.BytesIO(write(back.paper, "docx")))
    texts = [each.text for each in read.paragraphs]
    assert {"one@example.com", "two"} <= set(texts)
    assert texts[0] == "List of accounts"
    again.close()


def test_the_list_has_letters_first_and_forms_apart() -> None:
    journey = Journey(desk())
    journey.open("letters")
    rows = journey.sheet().rows
    forms = [row for row in rows if row.value.removeprefix("letter:") in FORMS]
    assert list(rows)[-len(FORMS) :] == forms
    assert forms[0].group == "Forms to keep, to fill in here or on paper"


def test_plain_mode_calls_a_form_a_form() -> None:
    """Line by line, from the first blank to the copy."""
    journey = Journey(desk())
    journey.open("letter:contact-sheet")
    reader = talk("", "UTC+1", "3", "1", journey=journey)
    assert "The form as it is now" in reader.heard
    assert "UTC+1" in reader.heard
    assert "The letter as it is now" not in reader.heard
    assert journey.sheet().name == "finished"


def test_a_screen_shows_a_short_blank_for_many_lines() -> None:
    """Nobody has forty marks read aloud; the file keeps them."""
    blocks = paper_blocks(bare("safety-plan"))
    assert not any(LINE.search(each.text) for each in blocks)
    texts = [each.text for each in blocks]
    assert BLANK in texts
    assert (BLANK, BLANK) not in set(pairwise(texts))
    assert LINE.search(text_of(bare("safety-plan")))
