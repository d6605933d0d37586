"""A large file is settled in the second process: the same answer, and no waiting."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from guide.actions.looking import before_keeping
from guide.media import could_be_settled, may_show_somebody, may_show_somebody_aside
from guide.media.aside import HERE
from tests.unit.media_samples import image
from tests.unit.test_media_kinds import EVERY_PICTURE, HIDING, SILENT, WORDS

FILL = b"\n" + WORDS * (HERE // len(WORDS) + 1)
STALL = 0.1  # seconds: the longest that a key may wait
LARGE: dict[str, tuple[str, bytes]] = {
    "words": ("a.txt", FILL),
    "words, then a picture": ("a.txt", FILL + image("PNG")),
    "words in UTF-16": ("a.txt", ("\ufeff" + FILL.decode("ascii")).encode("utf-16-le")),
    "a name that is no text": ("caf\udce9.txt", FILL),
    "a name that no disk holds": ("\ud800.txt", FILL),
}


@pytest.mark.parametrize("name", LARGE)
def test_it_says_the_same_as_here(name: str) -> None:
    called, data = LARGE[name]
    here = may_show_somebody(called, data, whole=True)
    aside = may_show_somebody_aside(called, data, whole=True)
    assert aside is (here or name == "a name that no disk holds")
    assert may_show_somebody_aside(called, data, whole=False)


@pytest.mark.parametrize("name", HIDING)
def test_what_hides_in_much_text_is_found_there_too(name: str) -> None:
    data = HIDING[name]() + FILL
    here = may_show_somebody("a.txt", data, whole=True)
    assert may_show_somebody_aside("a.txt", data, whole=True) is here


@pytest.mark.parametrize("name", [*EVERY_PICTURE, *SILENT])
def test_small_ones_are_settled_here(name: str) -> None:
    called, data = (EVERY_PICTURE | SILENT)[name]
    for whole in (True, False):
        here = may_show_somebody(called, data, whole)
        assert may_show_somebody_aside(called, data, whole) is here


def test_no_answer_means_that_it_is_asked_about(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert not may_show_somebody_aside("a.txt", FILL, whole=True)
    monkeypatch.setattr("sys.executable", str(tmp_path / "none"))
    assert may_show_somebody_aside("a.txt", FILL, whole=True)


def test_a_picture_needs_no_second_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "none"))
    data = image("BMP", (400, 400))
    assert len(data) > HERE
    assert not could_be_settled("a.bmp", data)
    assert may_show_somebody_aside("a.bmp", data, whole=True)


def test_looking_at_much_text_never_holds_up_a_key(tmp_path: Path) -> None:
    """Eight megabytes of it, which took most of a second in one go before."""
    path = tmp_path / "a.txt"
    path.write_bytes((FILL * 40)[: 8 << 20])
    before_keeping(path)  # so that nothing is left to load
    looking = threading.Thread(target=before_keeping, args=(path,))
    longest, last = 0.0, time.monotonic()
    looking.start()
    while looking.is_alive():
        time.sleep(0.001)
        now = time.monotonic()
        longest, last = max(longest, now - last), now
    assert longest < STALL
