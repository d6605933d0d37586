"""Promise: a form can be printed bare or filled in, and it is the reader's alone."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from guide.actions.places.letter_copy import paper_blocks
from guide.letters.templates import or_line, or_lines
from guide.model.content import FieldKind
from guide.model.paper import ParagraphKind
from guide.model.text import BlockKind
from tests.content.filled_letters import (
    filled,
    letter,
    library,
    paper,
    plain,
    read_back,
    text_of,
    words_in,
)
from tests.content.forms import FILLED, FORMS, LINE, bare, nothing


def test_the_forms_are_those_that_the_guide_promises() -> None:
    assert {each.id for each in library().letters.values() if each.is_form} == set(
        FORMS
    )


@pytest.mark.parametrize("id_", FORMS)
def test_a_bare_form_is_lines_to_write_on(id_: str) -> None:
    """No field is needed, each empty one is a line, and no heading is bare."""
    ready = filled(id_, nothing)
    assert ready.missing == ()
    parts = ready.paper.paragraphs
    assert parts[0].kind is ParagraphKind.HEADING
    typed = [each for each in letter(id_).fields if each.kind is not FieldKind.YESNO]
    lines = [each for each in parts if LINE.search(each.text)]
    assert len(lines) >= len(typed)
    for each in parts:
        assert "None" not in each.text
        assert LINE.search(each.text) or "_" not in each.text


@pytest.mark.parametrize("id_", FORMS)
def test_nothing_but_its_own_words_stands_on_it(id_: str) -> None:
    """No date, no recipient, no subject: a sheet is dated by whoever fills it in."""
    for this in (bare(id_), paper(id_, plain)):
        assert not (this.date_line or this.to or this.subject)
        assert not (this.mail_to or this.reply_from)
    text = text_of(bare(id_))
    assert text.startswith(bare(id_).paragraphs[0].text)
    assert "2026" not in text
    assert not re.search("Subject:|To:", text)


@pytest.mark.parametrize("ending", ["txt", "md", "pdf", "docx"])
@pytest.mark.parametrize("id_", FORMS)
def test_a_bare_form_keeps_its_lines_in_every_format(id_: str, ending: str) -> None:
    """What is printed has as many lines to write on as the form."""
    this = bare(id_)
    read = read_back(this, ending).replace("\\", "")
    wanted = sum(each.text.count("_") for each in this.paragraphs)
    assert read.count("_") == wanted
    for each in this.paragraphs:
        assert words_in(each.text) in words_in(read)


@pytest.mark.parametrize("id_", FORMS)
def test_a_line_fits_on_the_page(id_: str) -> None:
    """A label and its line stand side by side, or the line is whole beneath it."""
    for row in text_of(bare(id_)).split("\n"):
        assert len(row) <= 72
    for row in read_back(bare(id_), "pdf").split("\n"):
        assert "_" not in row or LINE.search(row), row


@pytest.mark.parametrize("ending", ["txt", "pdf", "docx"])
@pytest.mark.parametrize("id_", FILLED)
def test_a_filled_form_holds_every_answer(id_: str, ending: str) -> None:
    """All that was typed is on paper, and no line is left where something stands."""
    this = paper(id_, plain)
    read = words_in(read_back(this, ending))
    for each in letter(id_).fields:
        if each.kind in (FieldKind.TEXT, FieldKind.LONG):
            assert words_in(plain(each)) in read, each.id
    assert not LINE.search(text_of(this))


def test_the_bag_shows_what_is_packed() -> None:
    """A box is ticked for what is in it, and empty for what is not."""
    boxes = [each for each in letter("safety-plan").fields if each.id[:4] == "bag_"]
    ticks = [each for each in boxes if each.kind is FieldKind.YESNO]
    assert text_of(paper("safety-plan", plain)).count("[x]") == len(ticks) == 8
    assert text_of(bare("safety-plan")).count("[ ]") == 8


def test_the_safety_plan_has_every_part() -> None:
    """Facts 7.7, one by one."""
    headings = [
        each.text
        for each in bare("safety-plan").paragraphs
        if each.kind is ParagraphKind.HEADING
    ]
    assert headings == [
        *("Safety plan", "Who to call", "My people", "Code word", "Checking in"),
        *("The bag", "Out and about", "At home", "Phone and devices", "Children"),
        *("Pets", "Work", "Car or ride", "If the person turns up"),
        *("If I leave or move", "Days that need extra care", "Signs that worry me"),
        *("My proof", "What helps me"),
    ]
    text = " ".join(text_of(bare("safety-plan")).split())
    assert "call the emergency number first" in text
    assert "I do not have to face them" in text


def test_no_form_asks_for_a_password_or_gives_a_score() -> None:
    """What would open an account, or make light of a danger, is not on paper."""
    text = " ".join(text_of(bare("account-list")).split())
    assert "Write no passwords and no codes here." in text
    assert "will they notice?" in text
    text = " ".join(text_of(bare("warning-signs")).split())
    assert "This is not a score" in text
    assert "does not mean that there is no danger" in text
    text = " ".join(text_of(bare("exhibit-sheet")).split())
    assert "No sexual image of anyone under 18" in text


@pytest.mark.parametrize("id_", FORMS)
def test_what_a_form_holds_is_private(id_: str) -> None:
    """All of it, but for what somebody trusted is told in a letter of their own."""
    shared = {"codeword_means", "checkin_missed"}
    for each in letter(id_).fields:
        assert each.private or each.id in shared, each.id
    trusted = letter("trusted-person-brief")
    assert shared <= {each.id for each in trusted.fields}
    assert "code_word" not in {each.id for each in trusted.fields}


def test_a_line_is_drawn_only_where_nothing_is_typed() -> None:
    assert or_line("a") == or_lines("a") == "a"
    assert set(or_line("")) == {"_"}
    assert or_lines("").split("\n") == ["_" * 64] * 3


def test_the_name_of_a_form_is_its_first_heading() -> None:
    """For a screen reader, and where a list of open windows shows a title."""
    for id_ in FORMS:
        blocks = paper_blocks(bare(id_))
        assert blocks[0].kind is BlockKind.HEADING
        titled = replace(bare(id_), title="Another")
        assert text_of(titled) == text_of(bare(id_))
