"""The promise: nothing that is pasted or typed is obeyed, wherever it can be typed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.promises.hostile_pty import (
    CTRL_Q,
    PASTED,
    TALL,
    WIDE,
    Reader,
    screens,
    typing,
)
from tests.promises.payloads import ESCAPES, LONG, MARK, PAYLOADS, Words
from tests.promises.terminal_stream import text_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
# Keys that a terminal acts on itself: the end of a paste, or a line that is edited.
# Ctrl+L locks, wherever in a line it is.
_END_OF_PASTE = "\x1b[201~"
_ACT = bytes([*range(1, 9), 12, *range(14, 27), 28, 127])
_KEYS = bytes.maketrans(_ACT, b"?" * len(_ACT))
WAYS = {"search": (b"/",), "saved email": (b"g", b"m")}  # with a line beneath
LINE = b"___"


def typed(text: str) -> bytes:
    raw = text.replace(_END_OF_PASTE, "").encode("utf-8", "replace")
    return raw.replace(b"\0", b"")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_nothing_that_is_pasted_is_obeyed(
    tmp_path: Path, way: tuple[bytes, ...]
) -> None:
    """Each stays on the line as text, and Enter hands it on as text."""
    reader = Reader(tmp_path, "-m", "guide", "--tui", "start", "contents")
    reader.terminal.expect_exact(b"emergency")
    reader.settle()
    for key in way:
        reader.terminal.send(key)
        reader.settle()
    if LINE not in reader.sent:
        reader.terminal.expect_exact(LINE)
        reader.settle()
    for text in (each for name, each in PAYLOADS.items() if name not in LONG):
        reader.terminal.send(PASTED % typed(MARK + text))
    reader.terminal.expect_exact(MARK.encode())
    reader.settle()
    reader.terminal.send(b"\r")
    reader.settle()
    reader.terminal.send(CTRL_Q)
    assert reader.end() == 0
    assert MARK in text_in(reader.sent, (WIDE, TALL))


def test_nothing_that_is_typed_is_obeyed_in_plain_mode(tmp_path: Path) -> None:
    """As a search, as a number and as the name of a file; each refusal is said."""
    reader = Reader(tmp_path, "-m", "guide", "--plain", "start", "contents")
    texts = [each for name, each in PAYLOADS.items() if name not in LONG]
    for before in (b"", b"/", b"g mail\n"):
        for text in texts:
            raw = typed(MARK + text).translate(_KEYS).replace(b"\n", b" ")
            reader.terminal.expect_exact([b"q to leave: ", b"an answer: "])
            reader.terminal.send(before + raw.replace(b"\r", b" ") + b"\n")
    reader.settle()
    reader.terminal.send(CTRL_Q)
    assert reader.end() == 0
    text = text_in(reader.sent)
    assert "Error" in text
    assert "Traceback" not in text


# Screens that take a line of their own kind: blanks, days, names, words that open.
KINDS = {
    *("letter, form", "form, form", "a step, when", "a step, day", "bin, reason"),
    *("person, name", "a step, long", "contact, reminder", "filters, whose"),
    *("file, copy", "case, where", "case, to whom", "letter, save", "notes, folder"),
}
SECRET = {"notes, proof", "notes, own words", "notes, words again", "notes, door"}


TYPED = "wv"  # stands in the place of the mark, which is on the screens already


@pytest.mark.parametrize(
    "only",
    [
        pytest.param((*KINDS, *SECRET), id="of each kind"),
        pytest.param(("lines",), id="all", marks=pytest.mark.long),
    ],
)
@pytest.mark.parametrize("mode", ["tui", "plain"])
def test_no_line_of_any_screen_obeys_what_is_typed(
    tmp_path: Path, mode: str, only: tuple[str, ...]
) -> None:
    """Several in one line, each in front once in a while; a secret is never shown."""
    words = Words([text for name, text in PAYLOADS.items() if name not in LONG])
    texts = (words.one_line(turn, most=400) for turn in range(len(PAYLOADS)))
    lines = [typed(text.replace(MARK, TYPED)) for text in texts]
    if mode == "plain":  # with a sign, it is an answer whatever it begins with
        lines = [b"=" + each.translate(_KEYS) for each in lines]
    sent, code = typing(mode, tmp_path, len(ESCAPES), lines, only)
    assert code == 0, sent[-2000:]
    text = text_in(sent, (WIDE, TALL) if mode == "tui" else (0, 0))
    assert "Traceback" not in text
    shown = screens(text, before=True)
    assert shown.keys() >= KINDS | SECRET
    seen = [name for name in KINDS if TYPED in shown[name]]
    assert len(seen) >= len(KINDS) // 2  # a refusal repeats none of it
    assert [name for name in SECRET if TYPED in shown[name]] == []
