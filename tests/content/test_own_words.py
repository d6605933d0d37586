"""Promise: the guide is written afresh; no seven words in a row are its sources'.

The sources are in here as hashes only (`windows.py`). What is looked through is
every file of content as it stands: pages, letters, data, also their keys.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.library.loader import content_root
from tests.content.windows import DIGITS, HASHES, hashed, hashes, kept, windows, words

OURS = sorted(
    path for path in content_root().rglob("*") if path.suffix in (".md", ".toml")
)
SAMPLE = (
    "The old mill stands by the river, and the cat sleeps on its roof.\n\n"
    "Nobody has seen the miller's daughter since."
)


def shared(text: str, known: frozenset[str] | set[str]) -> list[str]:
    """The windows of *text* that are among the *known* ones."""
    return [window for window in windows(text) if hashed(window) in known]


@pytest.mark.parametrize(
    "planted",
    [
        pytest.param("See: the old mill stands by the river.", id="as it was"),
        pytest.param("THE OLD\nmill **stands** by\nthe river", id="broken and bold"),
        pytest.param(
            "- [ ] The [old mill](../a/s-mill.md) stands by the river {#mill}",
            id="as a task with a link",
        ),
        pytest.param("On its roof nobody has seen the miller\u2019s", id="a new part"),
        pytest.param('why: "on its roof. Nobody has seen the x"', id="in a key"),
    ],
)
def test_seven_words_of_a_source_are_found(planted: str) -> None:
    """Our own sample stands in for the sources, so that they need not be here."""
    assert len(shared(planted, hashes([SAMPLE]))) >= 1


@pytest.mark.parametrize(
    "own",
    [
        pytest.param("The old mill stands by the sea.", id="six words and another"),
        pytest.param("The old brown mill stands by the river.", id="one in between"),
        pytest.param(
            "https://example.com/the-old-mill-stands-by-the-river", id="a URL"
        ),
        pytest.param("", id="nothing"),
    ],
)
def test_fewer_words_are_not(own: str) -> None:
    assert shared(own, hashes([SAMPLE])) == []


def test_the_words_of_a_text_are_its_words() -> None:
    assert words("Don\u2019t [go](a.md), {#x} *now* 2.") == ["dont", "go", "now", "2"]


def test_the_sources_are_here_as_hashes_and_as_nothing_else() -> None:
    """More than a thousand, for both documents; and no word of them."""
    assert len(kept()) > 1000
    for line in HASHES.read_text("utf-8").splitlines():
        assert line.startswith("#") or len(line) == DIGITS
        assert line.startswith("#") or int(line, 16) >= 0


def test_all_of_the_content_is_looked_through() -> None:
    assert len(OURS) > 150
    assert {"guide", "learn", "letters", "data"} <= {
        path.parent.name for path in OURS
    } | {path.parent.parent.name for path in OURS}


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_no_seven_words_in_a_row_are_those_of_a_source(path: Path) -> None:
    assert shared(path.read_text("utf-8"), kept()) == []
