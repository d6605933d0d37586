"""Lessons in seven languages: every line fits by cells, none hides its direction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from guide.actions.journey import Journey
from guide.model.cells import cells, in_lines, last_break
from guide.model.reading_width import reading_width
from guide.model.sheet import RowKind, Sheet
from guide.plain.lines import block_lines, row_lines, title_lines, wrapped
from guide.safety.display import FORBIDDEN
from guide.tui.lines import lay_out
from tests.unit.library_desk import added, opened_at, portable, words
from tests.unit.small_packs import Files, category, lesson

__all__ = ["portable"]  # used by every test here

# A few words in each language, as many times as a paragraph needs.
SAID = {
    "en": "Keep a copy of what was said, and note the day. ",
    "es": "Guarde una copia de lo que se dijo y anote el día. ",
    "fr": "Gardez une copie de ce qui a été dit et notez le jour. ",
    "ru": "Сохраните копию сказанного и запишите день. ",
    "ar": "احتفظ بنسخة مما قيل واكتب اليوم في Signal 2026. ",
    "fa": "یک نسخه از آنچه گفته شد نگه دارید و روز را می‌نویسید. ",
    "zh-Hant": (
        "保留對話的副本\uff0c並記下日期\uff08例如\uff1a2026年\uff09。"
        "使用Signal「安全」應用程式。"
    ),
}
RIGHT_TO_LEFT = {"ar", "fa"}
LESSON, CHECKS, FORM = "mail/s_x.md", "mail/c_x.yml", "forms/f_x.yml"


def tree() -> Files:
    """A lesson, a checklist and a form in each language."""
    files: dict[str, str | bytes] = {"en/forms/.category.yml": "{}\n"}
    for lang, text in SAID.items():
        short = text.strip()[:24].strip()
        body = (
            f"# {short}\n\n{text * 12}\n\n- {text * 3}\n- {short}\n\n"
            f"1. {text * 2}\n\n> {text * 4}\n\n**{short}** {text * 5}\n\n"
            f"| {short} | {short} |\n|---|---|\n| {text} | {text * 2} |\n"
        )
        files[f"{lang}/mail/.category.yml"] = category(short)
        files[f"{lang}/{LESSON}"] = lesson(short, 1, body)
        files[f"{lang}/{CHECKS}"] = (
            f"index: 2\nlist:\n- label: {short!r}\n- check: {(text * 4).strip()!r}\n"
        )
        files[f"{lang}/{FORM}"] = (
            f"title: {short!r}\nscreens:\n- title: {short!r}\n  items:\n"
            f"  - {{name: a, type: text_area, label: {(text * 3).strip()!r}}}\n"
            f"  - name: b\n    type: multiple_choice\n    label: {short!r}\n"
            f"    options: [{{label: {(text * 2).strip()!r}, value: x}}]\n"
        )
    return files


def sheets(tmp_path: Path, lang: str) -> Iterator[Sheet]:
    desk = added(tmp_path, tree())
    journey = Journey(replace(desk, library=replace(desk.library, lang=lang)))
    for path in (LESSON, CHECKS, FORM, "mail"):
        journey.open(f"pack:lessons/{path}")
        yield journey.sheet()
    journey.open(f"pack:lessons/{FORM}")
    journey.choose("fill")
    yield journey.sheet()
    journey.typed(SAID[lang])
    yield journey.sheet()


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("lang", SAID)
def test_every_line_of_the_interface_fits(
    tmp_path: Path, lang: str, width: int
) -> None:
    for sheet in sheets(tmp_path, lang):
        page = lay_out(sheet, width, cursor=0 if sheet.rows else None)
        for line in page.lines:
            text = "".join(piece for piece, _style in line.pieces)
            assert cell_len(text) < width, text
            assert not FORBIDDEN.search(text)


@pytest.mark.parametrize("lang", SAID)
def test_every_line_of_plain_mode_fits(tmp_path: Path, lang: str) -> None:
    for sheet in sheets(tmp_path, lang):
        lines = [*title_lines(sheet), *block_lines(sheet.blocks)]
        for line in [*lines, *row_lines(sheet.rows)]:
            assert cell_len(line) <= reading_width(), line
            assert not FORBIDDEN.search(line)


@pytest.mark.parametrize("lang", SAID)
def test_no_word_is_lost_where_lines_end(tmp_path: Path, lang: str) -> None:
    sheet = next(sheets(tmp_path, lang))
    said = SAID[lang].replace(" ", "")
    heard = "".join(block_lines(sheet.blocks)).replace(" ", "")
    assert heard.count(said) >= 20
    shown = "".join(
        piece.strip("|- ")
        for line in lay_out(sheet, 60, cursor=None).lines
        for piece, _style in line.pieces
    ).replace(" ", "")
    assert shown.count(said) >= 20


@pytest.mark.parametrize("lang", SAID)
def test_what_runs_right_to_left_is_said_to(tmp_path: Path, lang: str) -> None:
    for sheet in list(sheets(tmp_path, lang))[:3]:
        told = "This text runs from right to left." in words(sheet)
        assert told is (lang in RIGHT_TO_LEFT)
        assert sheet.blocks[0].lead == "Not part of the guide"


def test_the_order_of_letters_is_that_of_reading(tmp_path: Path) -> None:
    """Nothing is turned round for a terminal that might turn it again."""
    desk = added(tmp_path, tree())
    arabic = replace(desk, library=replace(desk.library, lang="ar"))
    sheet = opened_at(arabic, f"pack:lessons/{LESSON}").sheet()
    text = next(b.text for b in sheet.blocks if len(b.text) > 300)
    assert text.startswith(SAID["ar"])
    lists = [row.text for row in sheet.rows if row.kind is RowKind.LINK]
    assert lists
    lines = block_lines(sheet.blocks)
    assert any(line.startswith("- احتفظ") for line in lines), "the mark stands first"


@pytest.mark.parametrize("text", [*SAID.values(), "e\u0301" * 30, "文" * 99])
def test_cells_are_counted_as_the_terminal_counts_them(text: str) -> None:
    assert cells(text) == cell_len(text)


def test_chinese_ends_no_line_before_a_full_stop() -> None:
    text = SAID["zh-Hant"] * 9
    for width in range(12, 40):
        lines = list(in_lines(text, width, first="", rest="  "))
        assert "".join(line.strip() for line in lines) == text
        for line in lines:
            assert cell_len(line) <= width
            assert line.strip()[0] not in "。」\uff0c\uff09\uff1a"
            assert line.strip()[-1] not in "「\uff08"


def test_a_line_without_any_place_to_end_is_cut() -> None:
    assert last_break("a" * 9, 0, 4) == 4
    assert last_break("文。" * 9, 0, 0) == 1
    assert wrapped("x" * 100) == ["x" * 100]


@pytest.mark.parametrize("lang", SAID)
def test_a_copy_as_text_has_no_endless_line(tmp_path: Path, lang: str) -> None:
    desk = added(tmp_path, tree())
    there = replace(desk, library=replace(desk.library, lang=lang))
    journey = opened_at(there, f"pack:lessons/{LESSON}")
    journey.choose("save-copy")
    journey.choose("save:txt")
    journey.typed(str(tmp_path / "copy"))
    lines = (tmp_path / "copy.txt").read_text("utf-8").split("\n")
    assert max(map(cell_len, lines)) <= 72
    said = SAID[lang].replace(" ", "")
    assert "".join(lines).replace(" ", "").count(said) >= 20
