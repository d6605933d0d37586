"""Forms of packs: filled in, kept, never mixed up, and saved with every choice."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.desk import Desk, Lessons
from guide.actions.journey import Journey
from guide.actions.packs import add_pack, read_pack
from guide.model.problems import GuideError, InvalidAnswerError
from guide.model.sheet import RowKind, Sheet
from guide.safety.display import FORBIDDEN
from tests.plain.talking import talk
from tests.unit.library_desk import added, chosen, opened_at, portable, texts, words
from tests.unit.small_packs import UMBRELLA, Files, as_zip

__all__ = ["portable"]  # used by every test here

FORM = "pack:lessons/forms/f_all.yml"
ALL = """title: Everything
screens:
- title: You
  items:
  - {name: read, type: label, label: Write only what is safe to write}
  - {name: who, type: text_input, label: 'Name:', hint: As you like}
  - {name: more, type: text_area, label: Please say more}
- title: It
  items:
  - name: what
    type: multiple_choice
    label: What was it?
    options:
    - {label: A call, value: call}
    - {label: A letter, value: letter}
    - {label: Something else, value: other}
  - name: how
    type: single_choice
    label: How often?
    options: [{label: Once, value: once}, {label: Again, value: again}]
  - {name: more, type: text_area, label: Please say more}
"""
IN_SPANISH = """title: Todo
screens:
- title: Usted
  items:
  - {name: read, type: label, label: Escriba solo lo seguro}
  - {name: quien, type: text_input, label: 'Nombre:'}
  - {name: mas, type: text_area, label: Diga más}
- title: Eso
  items:
  - name: que
    type: multiple_choice
    label: ¿Qué fue?
    options: [{label: Una llamada}, {label: Una carta}, {label: Otra cosa}]
  - name: como
    type: single_choice
    label: ¿Cuántas veces?
    options: [{label: Una, value: a}, {label: Más, value: b}]
  - {name: mas, type: text_area, label: Diga más}
"""
FILES: Files = {
    **UMBRELLA,
    "en/forms/f_all.yml": ALL,
    "es/forms/f_all.yml": IN_SPANISH,
}


def filled_in(desk: Desk) -> Journey:
    """The whole form, answered in its order."""
    journey = opened_at(desk, FORM)
    chosen(journey, "Fill it in")
    journey.typed("Robin")
    journey.typing("First line\nsecond line")
    chosen(journey, "Go on")
    chosen(journey, "A letter", "Something else", "Go on")
    chosen(journey, "Again")
    journey.typed("No more")
    return journey


def notes(sheet: Sheet) -> list[str]:
    """The answers as they stand in the form."""
    return [row.note for row in sheet.rows if row.value.startswith("item:")]


def test_a_form_is_filled_one_item_at_a_time(tmp_path: Path) -> None:
    journey = opened_at(added(tmp_path, FILES), FORM)
    assert journey.sheet().progress == "0 of 5 filled"
    sheet = chosen(journey, "Fill it in")
    assert (sheet.title, sheet.progress) == ("Name:", "1 of 5")
    said = words(sheet)
    assert "Write only what is safe to write" in said, "a label stands above its item"
    assert "As you like" in said
    journey.typed("Robin")
    assert journey.sheet().ask
    assert journey.sheet().title == "Please say more"
    journey.typing("First line\nsecond line")
    chosen(journey, "Go on")
    sheet = journey.sheet()
    assert [row.kind for row in sheet.rows[:3]] == [RowKind.BOX] * 3
    chosen(journey, "A letter", "Something else")
    assert [row.on for row in journey.sheet().rows[:3]] == [False, True, True]
    chosen(journey, "A letter")
    assert [row.on for row in journey.sheet().rows[:3]] == [False, False, True]
    sheet = chosen(journey, "Go on")
    assert [row.kind for row in sheet.rows[:2]] == [RowKind.CHOICE] * 2
    chosen(journey, "Again")
    journey.typed("No more")
    sheet = journey.sheet()
    assert sheet.title == "Everything"
    assert sheet.progress == "5 of 5 filled"
    assert notes(sheet) == [
        "Robin",
        "First line second line",
        "Something else",
        "Again",
        "No more",
    ]


def test_two_items_of_one_name_and_label_keep_their_own_answers(
    tmp_path: Path,
) -> None:
    journey = filled_in(added(tmp_path, FILES))
    rows = [row for row in journey.sheet().rows if row.text == "Please say more"]
    assert [row.note for row in rows] == ["First line second line", "No more"]
    journey.choose(rows[1].value)
    assert journey.sheet().ask
    journey.typed("Changed")
    rows = [row for row in journey.sheet().rows if row.text == "Please say more"]
    assert [row.note for row in rows] == ["First line second line", "Changed"]


def test_going_back_loses_nothing(tmp_path: Path) -> None:
    journey = opened_at(added(tmp_path, FILES), FORM)
    chosen(journey, "Fill it in")
    journey.typed("Robin")
    journey.typing("Half a sen")
    journey.back()
    assert journey.sheet().ask
    assert journey.sheet().title == "Name:"
    journey.back()
    assert notes(journey.sheet())[:2] == ["Robin", "Half a sen"]
    assert journey.back()
    assert journey.sheet().title != "Everything"


def test_answers_stay_in_another_language(tmp_path: Path) -> None:
    desk = added(tmp_path, FILES)
    filled_in(desk)
    spanish = replace(desk, library=replace(desk.library, lang="es"))
    sheet = opened_at(spanish, FORM).sheet()
    assert sheet.progress == "5 of 5 filled"
    assert notes(sheet)[2:4] == ["Una carta; Otra cosa", "Más"]


NEWER = """title: Everything
screens:
- title: New
  items: [{name: new, type: text_area, label: Please say more}]
- title: It
  items:
  - name: what
    type: multiple_choice
    label: What was it?
    options: [{label: Something else, value: x}, {label: A call, value: call}]
  - {name: more, type: text_area, label: Please say more}
- title: You
  items: [{name: who, type: text_input, label: 'Name:'}]
"""


def test_answers_stay_with_their_question_when_the_pack_changes(tmp_path: Path) -> None:
    desk = added(tmp_path, FILES)
    filled_in(desk)
    again = as_zip(tmp_path / "x.zip", {**UMBRELLA, "en/forms/f_all.yml": NEWER})
    add_pack(read_pack(str(again), "lessons"), replace=True)
    later = opened_at(replace(desk, lessons=Lessons()), FORM)
    sheet = later.sheet()
    assert notes(sheet) == [
        "",
        "Something else",
        "No more",
        "Robin",
    ]
    said = "\n".join(f"{b.lead}{b.text}" for b in sheet.blocks)
    assert "does not ask now" in said
    for kept in ("First line second line", "A letter", "How often? Again"):
        assert kept in said, kept
    chosen(later, "What was it?", "A call", "That is all")
    assert "A letter" in sheet.copy_text
    assert "A letter" in later.sheet().copy_text, "a choice that is gone was lost"


def test_emptying_asks_first(tmp_path: Path) -> None:
    journey = filled_in(added(tmp_path, FILES))
    sheet = chosen(journey, "Empty this form")
    assert texts(sheet) == ["No, keep it", "Yes, empty the form"]
    chosen(journey, "No, keep it")
    assert journey.sheet().progress == "5 of 5 filled"
    chosen(journey, "Empty this form", "Yes, empty the form")
    assert journey.sheet().progress == "0 of 5 filled"
    with pytest.raises(GuideError):
        journey.choose("sure")


def test_one_answer_is_emptied_and_too_long_a_one_is_refused(tmp_path: Path) -> None:
    journey = filled_in(added(tmp_path, FILES))
    chosen(journey, "What was it?", "Empty this answer", "That is all")
    assert journey.sheet().progress == "4 of 5 filled"
    chosen(journey, "Name:")
    with pytest.raises(InvalidAnswerError):
        journey.typed("x" * 20_001)
    chosen(journey, "Empty this answer", "That is all")
    assert journey.sheet().progress == "3 of 5 filled"


@pytest.mark.parametrize("ending", ["txt", "md", "html", "docx", "pdf"])
def test_the_copy_has_labels_choices_and_answers(tmp_path: Path, ending: str) -> None:
    journey = filled_in(added(tmp_path, FILES))
    chosen(journey, "Save or print")
    journey.choose(f"save:{ending}")
    target = tmp_path / f"copy.{ending}"
    journey.typed(str(tmp_path / "copy"))
    assert target.stat().st_mode & 0o777 == 0o600
    assert f"copy.{ending}" in words(journey.sheet())
    data = target.read_bytes()
    if ending == "pdf":
        assert data.startswith(b"%PDF-")
        return
    if ending == "docx":
        with zipfile.ZipFile(target) as archive:
            data = archive.read("word/document.xml")
    text = data.decode().replace("\\", "")
    for said in ("Not part of the guide", "Author: not stated", "Please say more"):
        assert said in text, said
    for said in ("[ ] A call", "[x] A letter", "[x] Something else", "[x] Again"):
        assert said in text, said
    for said in ("Robin", "First line", "second line", "[ ] Once", "safe to write"):
        assert said in text, said


def test_a_copy_replaces_nothing(tmp_path: Path) -> None:
    journey = filled_in(added(tmp_path, FILES))
    chosen(journey, "Save or print")
    journey.choose("save:txt")
    target = tmp_path / "copy.txt"
    target.write_text("mine")
    with pytest.raises(GuideError):
        journey.typed(str(target))
    assert target.read_text() == "mine"


HOSTILE = "\x1b]52;c;QQ==\x07 \u202egnp.exe \u2066"


def test_hostile_words_in_a_form_do_nothing(tmp_path: Path) -> None:
    written = "".join(c if " " <= c <= "~" else f"\\U{ord(c):08X}" for c in HOSTILE)
    form = (
        f'title: "{written}"\nscreens:\n- title: "{written}"\n  items:\n'
        f'  - {{name: x, type: label, label: "{written}"}}\n'
        f'  - {{name: y, type: text_area, label: "{written}", hint: "{written}"}}\n'
        f'  - name: z\n    type: multiple_choice\n    label: "{written}"\n'
        f'    options: [{{label: "{written}", value: x}}]\n'
    )
    desk = added(tmp_path, {**UMBRELLA, "en/forms/f_all.yml": form})
    journey = opened_at(desk, FORM)
    sheets = [journey.sheet(), chosen(journey, "Fill it in")]
    journey.typed(HOSTILE)
    sheets.append(journey.sheet())
    journey.choose(journey.sheet().rows[0].value)
    sheets.append(chosen(journey, "That is all"))
    sheets.append(chosen(journey, "Save or print"))
    for sheet in sheets:
        shown = [sheet.title, *sheet.trail, sheet.progress]
        shown += [line for b in sheet.blocks for line in (b.lead, *b.text.split("\n"))]
        shown += [part for r in sheet.rows for part in (r.text, r.note, r.group)]
        shown += [sheet.ask.label] if sheet.ask else []
        assert not any(FORBIDDEN.search(text) for text in shown), shown
        assert "⟨202E⟩" in "".join(shown), "the hostile words were not shown at all"
    journey.choose("save:txt")
    journey.typed(str(tmp_path / "out.txt"))
    out = (tmp_path / "out.txt").read_text("utf-8").replace("\n", " ")
    assert not FORBIDDEN.search(out)


def test_plain_mode_fills_a_form(tmp_path: Path) -> None:
    journey = opened_at(added(tmp_path, FILES), FORM)
    heard = talk(
        *("1", "Robin", "one", "two", "", "2 3", "", "2", "s"), journey=journey
    ).heard
    assert "Question: What was it?" in heard
    assert "Choice: A letter; Something else." in heard
    assert notes(journey.sheet())[3] == "Again"
    assert "Not saving: gone when you leave." in heard
