"""No text from outside reaches the terminal with a character that acts or hides."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guide.safety.display import FORBIDDEN, MOST_MARKS, show, show_path, strip_forbidden

# Beside any text at all: the characters that matter, close together.
NASTY = st.text(
    st.sampled_from(
        "\x00\x07\x08\t\n\r\x1b\x7f\x85\x9b\xad\u0300\u0301\u0338\u0483\u034f\u061c"
        "\u0628\u064e\u06cc\u0627\u094d\u0915\u115f\u180b\u180e\u200b\u200c\u200d\u200e"
        "\u200f\u2028\u202e\u2066\u2069\u2800\u2764\ufe00\ufe0e\ufe0f\ufeff\ufff9\ufffd"
        "\ud800\udcff\ue000\U000e0041\U000e0100\U0010fffe⟨⟩◌ aé漢"
    )
)
ANY_TEXT = st.text(st.characters()) | NASTY
ASCII = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E))
ALEF = "\u0627"  # joins to the right only
JOINERS = "\u200c\u200d"


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        pytest.param("\x1b]52;c;QQ==\x07", "␛]52;c;QQ==␇", id="clipboard escape"),
        pytest.param("\x9b2J", "⟨009B⟩2J", id="C1 escape"),
        pytest.param("a\x7f\x00b", "a␡␀b", id="DEL and NUL"),
        pytest.param("one\rtwo\n", "one␍two␊", id="overwriting a line"),
        pytest.param("a\tb", "a␉b", id="tab"),
        pytest.param("invoice\u202egnp.exe", "invoice⟨202E⟩gnp.exe", id="reordered"),
        pytest.param("pay\u200bpal", "pay⟨200B⟩pal", id="zero width"),
        pytest.param("pay\u200dpal", "pay⟨200D⟩pal", id="joiner in Latin"),
        pytest.param("co\xadop", "co⟨00AD⟩op", id="soft hyphen"),
        pytest.param("\u3164", "⟨3164⟩", id="blank letter"),
        pytest.param("x\U000e0041", "x⟨E0041⟩", id="tag"),
        pytest.param("x\U000e0100", "x⟨E0100⟩", id="variation selector"),
        pytest.param("\ue000\U0010ffff", "⟨E000⟩⟨10FFFF⟩", id="private, unassigned"),
        pytest.param("a\ud800", "a⟨D800⟩", id="lone surrogate"),
        pytest.param("Z" + "\u0301" * 30, "Z" + "\u0301" * 4 + "⟨+26⟩", id="pile"),
        pytest.param("\u0301x", "◌\u0301x", id="mark on nothing"),
        pytest.param("a\ufe0f", "a⟨FE0F⟩", id="selector on a letter"),
        pytest.param(
            ALEF + "\u200cب", ALEF + "⟨200C⟩ب", id="joiner that joins nothing"
        ),
    ],
)
def test_what_acts_or_hides_becomes_visible(hostile: str, shown: str) -> None:
    assert show(hostile) == shown
    assert show(shown) == shown


@pytest.mark.parametrize(
    "ordinary",
    [
        pytest.param("A note, with 'quotes' & [brackets].", id="English"),
        pytest.param("Größe, naïve, Łódź, Việt Nam", id="Latin"),
        pytest.param("e\u0301le\u0300ve", id="decomposed"),
        pytest.param(
            "می\u200c\u062e\u0648\u0627\u0647\u0645", id="Persian with its joiner"
        ),
        pytest.param("بِ\u200cب", id="a vowel before the joiner"),
        pytest.param("क\u094d\u200dष \u0d28\u0d4d\u200d", id="Indic with its joiner"),
        pytest.param("مَرْحَبًا שָׁלוֹם", id="Arabic and Hebrew with vowels"),
        pytest.param("ภาษาไทย 한국어 日本語 漢字", id="Thai, Korean, Japanese"),
        pytest.param("I \u2764\ufe0f you 😀", id="emoji"),
    ],
)
def test_ordinary_writing_stays_as_it_is(ordinary: str) -> None:
    assert show(ordinary) == ordinary


@given(ANY_TEXT)
@example("\u0628" + "\u064e" * 6 + "\u200c\u0628")
@example("\u0915" + "\u0301\u0301\u0301\u094d\u200d" * 9)
def test_no_forbidden_character_ever_passes(text: str) -> None:
    assert not FORBIDDEN.search(show(text))
    assert not FORBIDDEN.search(show(text, multiline=True).replace("\n", ""))


@given(ANY_TEXT, st.booleans())
@example("\u0628" + "\u064e" * 6 + "\u200c\u0628", False)
def test_showing_twice_changes_nothing(text: str, multiline: bool) -> None:
    once = show(text, multiline=multiline)
    assert show(once, multiline=multiline) == once


@given(ANY_TEXT.map(lambda text: text * 9), st.integers(0, 99))
def test_no_text_is_longer_than_its_limit(text: str, limit: int) -> None:
    cut = show(text, limit=limit)
    assert len(cut) <= max(limit, 40)
    assert show(cut, limit=limit) == cut


@given(ASCII)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert show(text) == text
    assert strip_forbidden(text) == text


@given(ANY_TEXT)
def test_nothing_disappears(text: str) -> None:
    """Every character is there, or its picture, its number or a count is."""
    shown = show(text)
    assert len(shown) >= min(len(text), 1)
    for character in {*text} - {*shown}:
        picture = chr(0x2400 + ord(character)) if character < " " else "␡"
        number = f"⟨{ord(character):04X}⟩"
        assert picture in shown or number in shown or "⟨+" in shown


@given(ANY_TEXT)
def test_the_second_wall_finds_nothing_left_to_remove(text: str) -> None:
    assert strip_forbidden(show(text)) == show(text)
    assert not FORBIDDEN.search(strip_forbidden(text))


@given(NASTY)
def test_marks_never_pile_up(text: str) -> None:
    run = 0
    for character in show(text):
        if character in JOINERS:
            continue
        run = run + 1 if unicodedata.category(character).startswith("M") else 0
        assert run <= MOST_MARKS + 1  # and an emoji selector


def test_long_text_says_how_much_is_missing() -> None:
    assert show("é" * 30_000).endswith("é… ⟨+10020⟩")
    assert show("a" * 50, limit=40) == "a" * 20 + "… ⟨+30⟩"


def test_lines_stay_only_when_asked() -> None:
    assert show("a\r\nb\nc", multiline=True) == "a\nb\nc"
    assert show("a\rb\u2028c", multiline=True) == "a␍b⟨2028⟩c"


def test_the_second_wall_stops_every_escape_sequence() -> None:
    hostile = "a\x1b]2;title\x07\x9b31m\u202e\n\tz"
    assert strip_forbidden(hostile) == "a]2;title31mz"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        pytest.param(Path("letters/a b.txt"), "letters/a b.txt", id="ordinary"),
        pytest.param(b"caf\xe9.txt", "caf⟨DCE9⟩.txt", id="not UTF-8"),
        pytest.param("a\nb\x1b[2J", "a␊b␛[2J", id="line break and escape"),
    ],
)
def test_a_file_name_cannot_draw(path: str | bytes | Path, shown: str) -> None:
    assert show_path(path) == shown
