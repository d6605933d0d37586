"""The texts of a pack: pages, slips of the pen, and front matter read two ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.library.front_matter import split
from guide.library.packs.lessons import mended, pages
from guide.library.packs.texts import lesson_source
from guide.library.packs.tree import folder_tree
from tests.unit.small_packs import as_folder, lesson


def test_a_long_lesson_is_split_into_pages_and_loses_nothing() -> None:
    text = "\n\n".join(f"# Part {n}\n\n" + "Some words here. " * 60 for n in range(40))
    parts = list(pages(text))
    assert len(parts) > 3
    assert max(map(len, parts)) < 15_000
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part.startswith("# Part") for part in parts)


def test_slips_of_the_pen_are_read_past() -> None:
    assert mended("##Two\n[a] (umbrella://b)") == "## Two\n[a](umbrella://b)"
    assert mended("#5 is a number (sic) [a] (b)") == "# 5 is a number (sic) [a] (b)"


@pytest.mark.parametrize(
    "text",
    [
        lesson("Plain words, and (more) - here"),
        lesson("It's quoted"),
        lesson('"Quoted: really"'),
        lesson("A: B"),
        lesson("C # no"),
        lesson("Ends with:"),
        lesson("Trailing   "),
        lesson("[a, b]"),
        lesson("No"),
        "---\ntitle: X\nindex: 4\nindex: 5\n---\nBody",
        "---\ntitle: two\n  lines\nindex: 1\n---\nBody\n",
        "---\r\nindex: 1\r\ntitle: X\r\n---\r\nBody",
        "---\nindex: 1\ntitle: ¿Qué?\n---\nBody\n---\nindex: 2\n---\n",
        "---\ntitle: - a\nindex: 1\n---\nBody",
    ],
)
def test_front_matter_read_the_fast_way_is_what_yaml_reads(
    tmp_path: Path, text: str
) -> None:
    tree = folder_tree(as_folder(tmp_path, {"en/mail/s_x.md": text}))
    source = lesson_source(tree, "en/mail/s_x.md")
    if tree.findings.sorted():
        return
    keys, body, line = split(text.replace("\r\n", "\n"))
    assert (dict(source.keys), source.body, source.first_line) == (keys, body, line)
