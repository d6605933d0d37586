"""Promise: every letter that ships holds what was typed, and nothing that was not.

Each one is filled in through the reader's own ways, with as little and as much as can
be typed, and with words that letters are not made for.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from guide.letters.formats import FORMATS
from guide.letters.render import BLANK
from guide.library.lint.prose import letter_prose
from guide.library.lint.reading import grade, why_not
from guide.library.loader import content_root
from guide.model.content import FieldKind
from guide.model.paper import Paper, ParagraphKind
from guide.model.problems import NotWrittenError
from guide.safety.display import show
from tests.content.filled_letters import (
    AWKWARD,
    DAY,
    LONG_DAY,
    ORDINARY,
    all_said_no,
    awkward,
    filled,
    letter,
    library,
    needed,
    paper,
    plain,
    read_back,
    text_of,
    words_in,
)

LETTERS = sorted(library().letters)
THE_PERSON, FOR_THE_READER = "person", "me"
HARDEST = 9.0
UNUSUAL = {name: awkward(text) for name, text in AWKWARD.items()}
# What a letter holds that was filled in badly. "None" and the like are Python's.
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\b(None|True|False|Undefined)\b")
LABEL_ALONE = re.compile(r"(?:^|\n)[-*•]?[^\n]{0,60}:\s*$")
USED = re.compile(r"\b[a-z][a-z0-9_]*\b")


def places(written: Paper) -> list[str]:
    """Every place of a letter that words stand in."""
    return [written.subject, written.to, *(each.text for each in written.paragraphs)]


@pytest.mark.parametrize("answers", ORDINARY)
@pytest.mark.parametrize("id_", LETTERS)
def test_nothing_is_left_over(id_: str, answers: str) -> None:
    """No mark of the template, no empty bullet, no label without its words."""
    written = paper(id_, ORDINARY[answers])
    for place in places(written):
        assert not LEFT_OVER.search(place), place
        assert place == place.strip(), place
    for each in written.paragraphs:
        assert each.text.strip() or each.kind is ParagraphKind.TABLE
        if each.kind is ParagraphKind.ITEM:
            assert not LABEL_ALONE.search(each.text), each.text
    assert "  " not in written.subject
    text = text_of(written)
    assert "\n\n\n" not in text
    assert "\n\n\n" not in read_back(written, "md")
    assert not re.search(r"\(\s*\)|,\s*,| \.(\s|$)| ,", text)


@pytest.mark.parametrize("id_", LETTERS)
def test_no_heading_stands_over_nothing(id_: str) -> None:
    """A part that has no words has no heading."""
    for choose in ORDINARY.values():
        kinds = [each.kind for each in paper(id_, choose).paragraphs]
        heading = ParagraphKind.HEADING
        assert kinds[-1] is not heading
        assert (heading, heading) not in set(pairwise(kinds))


@pytest.mark.parametrize("id_", LETTERS)
def test_a_blank_stands_only_where_something_is_missing(id_: str) -> None:
    """What is needed and not there can be seen; once it is there, nothing is."""
    lines = letter(id_).is_form  # it is printed, and filled in by hand
    for choose in (plain, needed):
        ready = filled(id_, choose)
        assert ready.missing == ()
        assert lines or BLANK not in text_of(ready.paper)
    bare = filled(id_, lambda field: "no" if field.kind is FieldKind.YESNO else "")
    defaults = {each.id for each in letter(id_).fields if each.default}
    required = [each.id for each in letter(id_).fields if each.required]
    assert set(bare.missing) == set(required) - defaults
    assert not bare.missing or BLANK in text_of(bare.paper)


@pytest.mark.parametrize("id_", LETTERS)
def test_all_that_is_asked_is_used(id_: str) -> None:
    """Nothing is asked for nothing, and what was typed stands there as typed."""
    this = letter(id_)
    heads = {f"{this.audience}_name", f"{this.audience}_address", "their_contact"}
    named = set(USED.findall(this.subject + this.body))
    assert {each.id for each in this.fields} - heads <= named
    written = words_in(text_of(paper(id_, plain)) + text_of(paper(id_, all_said_no)))
    for field in this.fields:
        if field.from_message or field.kind is FieldKind.YESNO:
            continue
        said = LONG_DAY if plain(field) == DAY else plain(field)
        assert words_in(said) in written, field.id


@pytest.mark.parametrize("id_", LETTERS)
def test_it_says_whom_it_is_to(id_: str) -> None:
    """Each audience has blanks of its own, so no letter goes to another's desk."""
    this = letter(id_)
    if this.audience == FOR_THE_READER:
        return
    name = "their_name" if this.audience == THE_PERSON else f"{this.audience}_name"
    field = this.field(name)
    assert field, f"{id_} needs a field {name}: it says whom the letter is to"
    assert field.required
    assert plain(field) in paper(id_, plain).to
    assert BLANK not in paper(id_, needed).to
    for other in library().letters.values():
        if other.audience != this.audience:
            assert other.field(name) is None or name == "their_name", other.id


@pytest.mark.parametrize("id_", LETTERS)
def test_one_name_is_one_thing(id_: str) -> None:
    """A field that letters share is of one kind, and as private in each of them."""
    for field in letter(id_).fields:
        for other in library().letters.values():
            same = other.field(field.id)
            if same:
                assert same.kind is field.kind, (id_, other.id, field.id)
                assert same.private is field.private, (id_, other.id, field.id)
                assert same.from_message is field.from_message


def test_nothing_private_is_in_a_letter_that_may_reach_the_person() -> None:
    """What was typed for the police or a school cannot turn up in a complaint."""
    fields = [each for x in library().letters.values() for each in x.fields]
    private = {each.id for each in fields if each.private}
    assert private
    for id_ in LETTERS:
        this = letter(id_)
        if this.may_reach or this.audience == THE_PERSON:
            assert not private & {each.id for each in this.fields}, id_
            assert not private & set(USED.findall(this.subject + this.body)), id_


@pytest.mark.parametrize("answers", UNUSUAL)
@pytest.mark.parametrize("id_", LETTERS)
def test_awkward_words_stand_as_they_were_typed(id_: str, answers: str) -> None:
    """In every place, in every format, they are words and never act."""
    written = paper(id_, UNUSUAL[answers])
    text = text_of(written)
    typed = AWKWARD[answers]
    for field in letter(id_).fields:
        if field.kind is FieldKind.LONG:
            for line in _lines(show(typed, multiline=True)):
                assert words_in(line) in words_in(text), field.id
        elif field.kind is FieldKind.TEXT and not field.from_message:
            assert words_in(show(typed.strip())) in words_in(text), field.id
    assert "49" not in text or "49" in letter(id_).body
    for each in written.paragraphs:
        assert each.text.strip()
    kinds = [each.kind for each in written.paragraphs]
    headings = kinds.count(ParagraphKind.HEADING)
    exact = kinds.count(ParagraphKind.EXACT)
    usual = [each.kind for each in paper(id_, plain).paragraphs]
    assert headings == usual.count(ParagraphKind.HEADING)
    assert exact == usual.count(ParagraphKind.EXACT)


def _lines(text: str) -> list[str]:
    """Each line that has words; a list mark and a line break are not words."""
    lines = (line.strip().removeprefix("- ") for line in text.split("\n"))
    return [line for line in lines if line.strip("- ")]


@pytest.mark.parametrize("ending", [each for each in FORMATS if each != "txt"])
@pytest.mark.parametrize("id_", LETTERS)
def test_every_format_holds_the_letter(id_: str, ending: str) -> None:
    """Nothing is lost on the way into a file, whatever was typed."""
    cases = {"all of it": plain, **UNUSUAL}
    if ending == "pdf":  # a page is set anew for each: the ones that are set apart
        cases = {each: cases[each] for each in ("all of it", "Hebrew", "signs")}
    for name, choose in cases.items():
        # An account is no mail address, and then there is no draft of a mail.
        written = replace(paper(id_, choose), mail_to="")
        try:
            shown = words_in(read_back(written, ending))
        except NotWrittenError:
            assert ending == "pdf"
            continue
        if ending == "md":
            shown = shown.replace("\\", "")
        for each in written.paragraphs:
            said = words_in(each.text)
            if ending == "md":
                said = said.replace("\\", "")
            if name == "Hebrew" and ending == "pdf":
                assert set(said) <= set(shown)  # in which order is up to the reader
            else:
                assert said in shown, (name, each.text)


@pytest.mark.parametrize("id_", LETTERS)
def test_an_ordinary_letter_can_be_a_pdf(id_: str) -> None:
    """Only words that no font here has keep it from being printed."""
    assert words_in(paper(id_, plain).subject) in words_in(
        read_back(paper(id_, plain), "pdf")
    )


@pytest.mark.skipif(bool(why_not()), reason=why_not())
@pytest.mark.parametrize("id_", LETTERS)
def test_it_is_easy_to_read(id_: str) -> None:
    """Facts 9: grade 9 at most."""
    lines = (content_root() / letter(id_).path).read_text("utf-8").split("\n")
    body = letter_prose(letter(id_), lines).body
    assert (grade([each.text for each in body]) or 0) <= HARDEST


def test_the_test_finds_what_it_looks_for() -> None:
    """A check that finds nothing has to be able to find something."""
    assert LABEL_ALONE.search("- Phone: ")
    assert LABEL_ALONE.search("Phone:")
    assert not LABEL_ALONE.search("Phone: 1")
    for text in ("{{ x }}", "it is None now", "{% if %}", "True"):
        assert LEFT_OVER.search(text)
    assert not LEFT_OVER.search("nothing, 100 %, {x}")
