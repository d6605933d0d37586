"""Search over our pages and packs: what stands where, filters, and hostile words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.desk import Desk, forgetful
from guide.actions.journey import Journey
from guide.actions.packs import add_pack, read_pack
from guide.actions.searching import OURS, Search, search_of, wanted_of
from guide.library.search import Found, Wanted
from guide.model.sheet import Sheet
from guide.safety.display import FORBIDDEN
from tests.plain.talking import a_desk, talk
from tests.unit.library_desk import added, chosen, opened_at, portable, texts, words
from tests.unit.small_packs import UMBRELLA, as_folder, category, lesson

__all__ = ["portable"]  # used by every test here

WORD = "Zebrafish"
FILES = {
    **UMBRELLA,
    "en/mail/s_why.md": lesson("Why it matters", 1, f"A {WORD} here."),
    "en/mail/passwords/beginner/s_short.md": lesson("Short", 1, f"The {WORD} again."),
    "en/mail/passwords/advanced/s_keys.md": lesson("Keys", 1, f"No {WORD} blocks."),
    "en/mail/c_check.yml": f"index: 9\nlist:\n- label: First\n- check: See {WORD}\n",
    "en/forms/f_z.yml": "title: A form\nscreens:\n- title: One\n  items:\n"
    f"  - name: a\n    type: text_input\n    label: Your {WORD}\n",
    "en/glossary/s_worm.md": lesson("Worm", 1, f"Like a {WORD}."),
}


def typed(desk: Desk, text: str) -> tuple[Journey, Sheet]:
    journey = opened_at(desk, "search")
    journey.typed(text)
    return journey, journey.sheet()


def ready(desk: Desk) -> Search:
    search = search_of(desk)
    search.finish()
    return search


def test_every_kind_of_text_is_found_and_says_what_it_is(tmp_path: Path) -> None:
    _journey, sheet = typed(added(tmp_path, FILES), WORD.lower())
    notes = {row.text: row.note for row in sheet.rows}
    assert notes["Short"].startswith("Lesson, Passwords, Beginner: ")
    assert notes["Why it matters"].startswith("Lesson, Mail and calls: ")
    assert notes["Check"].startswith("Checklist, Mail and calls: First See ")
    assert notes["A form"].startswith("Form: ")
    assert notes["Worm"].startswith("Word explained: ")
    assert all(WORD in note for text, note in notes.items() if note)
    assert sheet.progress == "6 found"
    assert sheet.rows[0].group == "By others, not part of the guide"


def test_without_a_pack_search_speaks_of_none() -> None:
    _journey, sheet = typed(a_desk(), "police")
    assert sheet.progress.startswith("20 of ")
    assert not [row for row in sheet.rows if row.group or row.value == "filters"]
    assert all(row.value.startswith("page:") for row in sheet.rows)


def test_a_row_opens_the_lesson_and_back_leads_to_the_words(tmp_path: Path) -> None:
    journey, _sheet = typed(added(tmp_path, FILES), f"{WORD} again")
    assert chosen(journey, "Short").title == "Short"
    journey.back()
    assert journey.sheet().ask is not None
    assert texts(journey.sheet())[0] == "Short"


@pytest.mark.parametrize(
    ("narrow", "found"),
    [
        ("kind:checklist", ["Check"]),
        ("kind:ch", ["Check"]),
        ("KIND:word", ["Worm"]),
        ("level:beg", ["Short"]),
        ("level:Advanced", ["Keys"]),
        ("kind:lesson level:advanced", ["Keys"]),
        ("pack:nobody", []),
        (f"pack:{OURS}", []),
        ("level:nothing", []),
    ],
)
def test_filters_are_typed_among_the_words(
    tmp_path: Path, narrow: str, found: list[str]
) -> None:
    _journey, sheet = typed(added(tmp_path, FILES), f"{narrow} {WORD}")
    ways = ("filters", "everywhere")
    assert [row.text for row in sheet.rows if row.value not in ways] == found
    assert sheet.rows[-1].text == "Look everywhere"
    assert words(sheet).startswith("Looking only in: ")


def test_a_filter_that_is_being_typed_hides_nothing(tmp_path: Path) -> None:
    _journey, sheet = typed(added(tmp_path, FILES), f"{WORD} kind:")
    assert sheet.progress == "6 found"


def test_filters_are_chosen_with_what_each_would_find(tmp_path: Path) -> None:
    journey, _sheet = typed(added(tmp_path, FILES), WORD)
    sheet = chosen(journey, "Look only in")
    notes = {row.text: row.note for row in sheet.rows}
    assert notes["Lesson"] == "3 found"
    assert notes["lessons".capitalize()] == "6 found"  # the name of the pack
    assert notes["Beginner"] == "1 found"
    sheet = chosen(journey, "Lesson")
    assert sheet.progress == "3 found"
    sheet = chosen(journey, "Look only in", "Advanced")
    assert sheet.progress == "1 found"
    sheet = chosen(journey, "Look everywhere")
    assert sheet.progress == "6 found"
    assert sheet.ask is not None
    assert sheet.ask.value == WORD


def test_one_of_the_words_is_better_than_nothing(tmp_path: Path) -> None:
    _journey, sheet = typed(added(tmp_path, FILES), f"{WORD} qqqqq")
    assert "Nothing has all of these words." in words(sheet)
    assert len(sheet.rows) > 5
    _journey, sheet = typed(added(tmp_path, FILES, "more"), "qqqqq wwwww")
    assert "No page has these words." in words(sheet)


def test_what_is_not_read_yet_is_said_and_comes_in_short_steps(tmp_path: Path) -> None:
    journey = opened_at(added(tmp_path, FILES), "search")
    journey.typing(WORD)
    assert "Not everything is looked through yet." in words(journey.sheet())
    steps = 1
    while journey.place.get_ready():
        steps += 1
    assert "Not everything" not in words(journey.sheet())
    assert journey.sheet().progress == "6 found"
    assert not journey.place.get_ready()


def test_the_index_is_made_once_and_anew_when_a_pack_comes(tmp_path: Path) -> None:
    desk = added(tmp_path, FILES)
    search = ready(desk)
    assert search_of(desk) is search
    assert search_of(replace(desk, library=replace(desk.library, lang="es"))) is not (
        search
    )
    more = {"en/new/s_new.md": lesson("New one", 1, "Okapi")}
    add_pack(read_pack(str(as_folder(tmp_path / "more", more)), "more"))
    assert [h.title for h in ready(desk).find(Wanted(text="okapi")).hits] == ["New one"]
    assert forgetful(desk).lessons.search is None


def test_a_damaged_pack_does_not_stop_the_search(tmp_path: Path) -> None:
    desk = added(tmp_path, FILES)
    (tmp_path / "home" / "packs" / "broken.zip").write_bytes(b"PK no zip")
    search = ready(desk)
    assert search.find(Wanted(text=WORD)).others
    assert search.find(Wanted(text="police")).ours


def test_the_lesson_of_the_readers_language_is_found(tmp_path: Path) -> None:
    desk = added(tmp_path, {**FILES, "es/mail/s_why.md": lesson("Ñandú", 5, "Sí.")})
    spanish = replace(desk, library=replace(desk.library, lang="es"))
    assert [h.title for h in ready(spanish).find(Wanted(text="nandu")).others] == [
        "Ñandú"
    ]


HOSTILE = "\x1b]52;c;QQ==\x07 \x9b2J \u202egnp.exe \u200b \u2066 [@click=app.quit]x[/]"


def test_hostile_words_are_shown_and_do_nothing(tmp_path: Path) -> None:
    code = "".join(c if " " <= c <= "~" else f"\\U{ord(c):08X}" for c in HOSTILE)
    files = {
        **FILES,
        "en/bad/.category.yml": category(f'"{code}"'),
        "en/bad/sub/.category.yml": category(f'"{code}"'),
        "en/bad/sub/low/.category.yml": category(f'"{code}"'),
        "en/bad/sub/low/s_x.md": f'---\nindex: 1\ntitle: "{code}"\n---\n'
        f"Quokka {HOSTILE} Quokka {HOSTILE}\n",
    }
    journey, sheet = typed(added(tmp_path, files), "quokka")
    assert len(sheet.rows) == 1
    journey.typed("quokka zebrafish")
    sheets = [sheet, journey.sheet(), chosen(journey, "Look only in")]
    seen = 0
    for each in sheets:
        for row in each.rows:
            for text in (row.text, row.note, row.group):
                assert not FORBIDDEN.search(text), repr(text)
                seen += text.count("⟨202E⟩")
    assert seen > 3


def test_words_typed_as_filters_are_only_filters() -> None:
    search = Search(a_desk())
    wanted = wanted_of("see http://example.com kind:form", search, Wanted(text=""))
    assert wanted == Wanted(text="see http://example.com", kind=Found.FORM)


def test_plain_mode_searches_and_reads(tmp_path: Path) -> None:
    journey = Journey(added(tmp_path, FILES))
    heard = talk(f"/ {WORD} again", "1", journey=journey).heard
    assert "By others, not part of the guide" in heard
    assert f"The {WORD} again." in heard
    assert journey.sheet().title == "Short"


def test_plain_mode_narrows_a_search(tmp_path: Path) -> None:
    journey = Journey(added(tmp_path, FILES))
    heard = talk(f"/ {WORD}", "7", "Checklist", journey=journey).heard
    assert "Heading 1: Where to look" in heard
    after = heard[heard.rindex("Heading 1: Search") :]
    assert "Looking only in: checklist." in after
    assert "1. Check" in after
    assert "A form" not in after


def test_the_command_finds_in_packs_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from guide.cli.commands import run

    added(tmp_path, FILES)
    assert run(["search", f"{WORD}", "--kind", "checklist"]) == 0
    said = capsys.readouterr().out
    assert "Not part of the guide: lessons. Checklist, Mail and calls." in said
    assert "guide read pack:lessons/mail/c_check.yml" in said
    assert run(["search", WORD, "--pack", "lessons", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["count"] == 6
    assert {each["pack"] for each in told["found"]} == {"lessons"}
    assert run(["search", WORD, "--pack", OURS, "--json"]) == 4
    assert json.loads(capsys.readouterr().out)["found"] == []
