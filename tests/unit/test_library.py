"""The library on the screen: packs, lessons, words, checklists, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.desk import Lessons
from guide.actions.journey import Journey
from guide.actions.packs import add_pack, read_pack
from guide.model.problems import GuideError, NotFoundError
from guide.model.progress import TickState
from guide.model.sheet import RowKind, Sheet
from guide.model.text import BlockKind
from guide.plain.lines import block_lines, row_lines
from guide.safety.display import FORBIDDEN
from tests.plain.talking import a_desk, talk
from tests.unit.library_desk import (
    added,
    chosen,
    every_sheet,
    opened_at,
    portable,
    texts,
    words,
)
from tests.unit.small_packs import OWN, UMBRELLA, Files, as_zip, category, lesson

__all__ = ["portable"]  # used by every test here

BEGINNER = "mail/passwords/beginner"


def ticks(sheet: Sheet) -> list[tuple[str, TickState]]:
    return [(r.text, r.state) for r in sheet.rows if r.kind is RowKind.TASK]


def test_the_way_from_the_library_to_a_lesson(tmp_path: Path) -> None:
    journey = opened_at(added(tmp_path), "library")
    assert texts(journey.sheet())[0] == "lessons"
    assert texts(chosen(journey, "lessons")) == ["Mail and calls", "Glossary", "Forms"]
    assert texts(chosen(journey, "Mail")) == ["Why it matters", "Passwords", "Calls"]
    assert texts(chosen(journey, "Passwords")) == [
        "Read me first",
        "Beginner",
        "Advanced",
    ]
    assert texts(chosen(journey, "Beginner")) == ["Short ones", "Long ones", "Check"]
    sheet = chosen(journey, "Short", "Next: Long ones")
    assert sheet.title == "Long ones"
    assert sheet.trail == ("lessons", "Mail and calls", "Passwords", "Beginner")
    assert "[Picture: A lock. File: lock.png]" in words(sheet)
    assert journey.back()
    assert journey.sheet().title == "Beginner"
    journey.back()
    notes = {row.text: row.note for row in journey.sheet().rows}
    assert notes["Beginner"] == "You read this level last"


def test_a_module_says_how_much_there_is_of_what_it_has(tmp_path: Path) -> None:
    listed = "index: 1\nlist:\n- check: One\n"
    only_checks = {
        "en/ways/.category.yml": category("Ways", 3),
        "en/ways/c_go.yml": listed,
        "en/ways/c_stay.yml": listed,
    }
    desk = added(tmp_path, {**UMBRELLA, **only_checks})
    rows = chosen(opened_at(desk, "library"), "lessons").rows
    notes = {row.text: row.note for row in rows}
    assert notes["Ways"] == "2 checklists"
    assert notes["Mail and calls"] == "6 lessons"
    assert notes["Glossary"] == "2 words"


@pytest.mark.parametrize("files", [UMBRELLA, OWN], ids=["umbrella", "own"])
def test_each_screen_says_whose_words_these_are(tmp_path: Path, files: Files) -> None:
    sheets = list(every_sheet(Journey(added(tmp_path, files))))
    assert len(sheets) > 4
    for sheet in sheets:
        if not sheet.name.startswith("pack/"):
            continue  # a screen of the guide's own
        first = sheet.blocks[0]
        assert (first.kind, first.lead) == (BlockKind.CALLOUT, "Not part of the guide")
        for said in ("Author: ", "Licence: ", "Date: "):
            assert said in first.text
        heard = "\n".join(block_lines(sheet.blocks))
        assert "Not part of the guide" in heard
    if files is OWN:
        said = words(next(x for x in sheets if x.name.startswith("pack/")))
        assert "Author: A group. Licence: CC0. Date: 2026-11." in said


def test_a_link_leads_on_and_one_that_leads_nowhere_says_so(tmp_path: Path) -> None:
    journey = opened_at(added(tmp_path), f"pack:lessons/{BEGINNER}/s_long.md")
    assert chosen(journey, "calls").title == "Calls"
    journey.back()
    sheet = chosen(journey, "gone")
    assert sheet.title == "This is missing from the pack"
    assert "not in the pack: Gone." in words(sheet)
    assert chosen(journey, "The contents").title == "lessons"


def test_a_missing_lesson_that_the_guide_has_a_page_on(tmp_path: Path) -> None:
    body = "[x](umbrella://stress/stress/expert)"
    files = {**UMBRELLA, "en/mail/s_x.md": lesson("X", 9, body)}
    journey = opened_at(added(tmp_path, files), "pack:lessons/mail/s_x.md")
    sheet = chosen(journey, "x", "The guide has a page on this")
    assert sheet.name == "l-stress"


def test_words_are_looked_up_from_a_lesson(tmp_path: Path) -> None:
    journey = opened_at(added(tmp_path), "pack:lessons/mail/s_why.md")
    assert texts(chosen(journey, "Look up")) == ["AES", "Worm"]
    journey.typing("wor")
    assert texts(journey.sheet()) == ["Worm"]
    journey.typed("wor")
    assert journey.sheet().title == "Worm"
    journey.back()
    with pytest.raises(NotFoundError):
        journey.typed("zzz")


def test_ticks_stay_in_another_language_and_after_an_update(tmp_path: Path) -> None:
    spanish = (
        "index: 3\nlist:\n- label: Primero\n- check: Cambia\n- check: No escribas\n"
    )
    path = f"{BEGINNER}/c_check.yml"
    desk = added(tmp_path, {**UMBRELLA, f"es/{path}": spanish})
    journey = opened_at(desk, f"pack:lessons/{path}")
    chosen(journey, "Change one")
    assert journey.sheet().progress == "50 % done"
    assert ticks(journey.sheet()) == [
        ("Change one", TickState.DONE),
        ("Write none", TickState.NOT_NOW),
    ]
    assert journey.sheet().rows[0].group == "First"
    in_spanish = replace(desk, library=replace(desk.library, lang="es"))
    shown = opened_at(in_spanish, f"pack:lessons/{path}").sheet()
    assert ticks(shown) == [
        ("Cambia", TickState.DONE),
        ("No escribas", TickState.NOT_NOW),
    ]
    newer = "index: 1\nlist:\n- check: New\n- label: First\n- check: Change one\n"
    again = as_zip(tmp_path / "newer.zip", {**UMBRELLA, f"en/{path}": newer})
    add_pack(read_pack(str(again), "lessons"), replace=True)
    later = replace(desk, lessons=Lessons())
    shown = opened_at(later, f"pack:lessons/{path}").sheet()
    assert ticks(shown) == [
        ("New", TickState.NOT_NOW),
        ("Change one", TickState.DONE),
    ]


def test_all_is_only_said_of_all(tmp_path: Path) -> None:
    lines = "".join(f"- check: Line {n}\n" for n in range(300))
    path = "mail/c_many.yml"
    files = {**UMBRELLA, f"en/{path}": f"index: 1\nlist:\n{lines}"}
    journey = opened_at(added(tmp_path, files), f"pack:lessons/{path}")
    *rows, last = (r for r in journey.sheet().rows if r.kind is RowKind.TASK)
    for row in rows:
        journey.choose(row.value)
    assert journey.sheet().progress == "99 % done"
    journey.choose(last.value)
    assert journey.sheet().progress == "100 % done"
    with pytest.raises(GuideError):
        journey.choose("tick:nothing")


def test_a_form_shows_what_it_asks(tmp_path: Path) -> None:
    sheet = opened_at(added(tmp_path), "pack:lessons/forms/f_what.yml").sheet()
    assert [b.lead.strip(" :") for b in sheet.blocks if b.kind is BlockKind.FIELD] == [
        "Your name",
        "How",
    ]
    assert any(b.lead == "[ ] " and b.text == "Mail" for b in sheet.blocks)


def test_a_long_lesson_turns_page_by_page(tmp_path: Path) -> None:
    parts = "\n\n".join(f"# Part {n}\n\n" + "Words here. " * 300 for n in range(9))
    files = {**UMBRELLA, "en/mail/s_x.md": lesson("X", 9, parts)}
    journey = opened_at(added(tmp_path, files), "pack:lessons/mail/s_x.md")
    seen = [words(journey.sheet())]
    while "Next page" in texts(journey.sheet()):
        chosen(journey, "Next page")
        seen.append(words(journey.sheet()))
    assert len(seen) > 2
    assert "\n".join(seen).count("Words here.") == 2700
    assert "Page before" in texts(journey.sheet())


HOSTILE = (
    "\x1b]52;c;QQ==\x07 \x9b2J \u202egnp.exe \u200b \u2066 \ue000 [@click=app.quit]x[/]"
)


def test_hostile_text_is_shown_and_does_nothing(tmp_path: Path) -> None:
    entities = "a&#27;[2J b&#x202E;c &#155; **bold &#8238; x** [l&#7;](https://x&#7;y)"
    files = {
        **UMBRELLA,
        "en/mail/s_x.md": f'---\nindex: 1\ntitle: "{_escaped(HOSTILE)}"\n---\n'
        f"# {HOSTILE}\n\n{HOSTILE}\n\n{entities}\n\n- {HOSTILE}\n\n"
        f"```\n{HOSTILE}\n```\n"
        f"\n![{HOSTILE}](x.png)\n\n[{HOSTILE}](umbrella://{HOSTILE})\n",
        "en/mail/c_x.yml": f'index: 1\nlist:\n- check: "{_escaped(HOSTILE)}"\n',
        "en/forms/f_x.yml": f'title: "{_escaped(HOSTILE)}"\nscreens:\n- title: x\n'
        f'  items:\n  - type: label\n    label: "{_escaped(HOSTILE)}"\n',
        "en/new/.category.yml": f'index: 1\ntitle: "{_escaped(HOSTILE)}"\n',
        "en/new/s_y.md": lesson("Y"),
    }
    count = 0
    for sheet in every_sheet(Journey(added(tmp_path, files))):
        for text in _everything(sheet):
            count += text.count("\u2397") + text.count("⟨202E⟩")
            assert not FORBIDDEN.search(text), repr(text)
        assert not FORBIDDEN.search(" ".join(row_lines(sheet.rows)))
    assert count > 10, "the hostile words were not shown at all"


def _escaped(text: str) -> str:
    return "".join(c if " " <= c <= "~" else f"\\U{ord(c):08X}" for c in text)


def _everything(sheet: Sheet) -> Iterator[str]:
    yield from (sheet.title, *sheet.trail, sheet.progress)
    for block in (*sheet.blocks, *sheet.foot):
        yield from (*block.text.split("\n"), block.lead)
        yield from (span.target for span in block.spans)
    for row in sheet.rows:
        yield from (row.text, row.note, row.group)


def test_what_entities_hid_keeps_the_links_in_their_place(tmp_path: Path) -> None:
    body = "&#27; See **&#8238;strong** and [why &#7;](s_why.md) here."
    files = {**UMBRELLA, "en/mail/s_x.md": lesson("X", 9, body)}
    sheet = opened_at(added(tmp_path, files), "pack:lessons/mail/s_x.md").sheet()
    block = next(b for b in sheet.blocks if b.spans)
    marked = {s.style: block.text[s.start : s.end] for s in block.spans}
    assert marked == {"strong": "⟨202E⟩strong", "link": "why \ufffd"}
    assert "pack:lessons/mail/s_why.md" in [row.value for row in sheet.rows]


def test_plain_mode_reads_a_lesson(tmp_path: Path) -> None:
    journey = opened_at(added(tmp_path), "library")
    heard = talk("1", "1", "1", "1", journey=journey).heard
    assert "Not part of the guide: lessons. Author: not stated." in heard
    assert "Some words." in heard


def test_a_locked_guide_forgets_the_level(tmp_path: Path) -> None:
    from guide.actions.desk import forgetful

    desk = added(tmp_path)
    opened_at(desk, f"pack:lessons/{BEGINNER}")
    assert desk.lessons.levels
    assert not forgetful(desk).lessons.levels


def test_the_first_screen_offers_the_library_only_where_there_is_one() -> None:
    desk = a_desk()
    assert "library" not in [row.value for row in Journey(desk).sheet().rows]
    desk.lessons.there = True
    assert "library" in [row.value for row in Journey(desk).sheet().rows]


def test_a_check_with_a_link_is_read_as_words_and_leads_on(tmp_path: Path) -> None:
    lines = "list:\n- check: Read **this** [about calls](umbrella://mail/calls)\n"
    files = {**UMBRELLA, "en/mail/c_x.yml": f"index: 1\n{lines}- check: a_b 3 < 4\n"}
    journey = opened_at(added(tmp_path, files), "pack:lessons/mail/c_x.yml")
    assert texts(journey.sheet())[:3] == [
        "Read this about calls",
        "a_b 3 < 4",
        "about calls",
    ]
    assert chosen(journey, "about").title == "Calls"
