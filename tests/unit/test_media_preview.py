"""First looks into files: what is shown, and that hostile ones end calmly."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.media import child, looking_worker, mail_text, media_type, preview
from guide.media.preview import LONGEST, MOST_LINES, TEXT_LIMIT, Look, text_preview
from guide.model.picture import COLUMNS, LINES
from tests.unit.media_samples import bombs, image, moving, turned

SAMPLES = Path(__file__).parents[1] / "mail_samples"
RED, BLUE = (255, 0, 0), (0, 0, 255)
NOTHING_LOST = "Nothing is lost: the file is kept as it is."
QUICK = 8.0  # seconds, with other work on this computer; the limit is child.PATIENCE
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")


def near(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("PNG", mode) for mode in ("RGB", "RGBA", "L", "LA", "P", "1", "I;16")),
        *(("JPEG", mode) for mode in ("RGB", "L", "CMYK")),
        *(("TIFF", mode) for mode in ("RGB", "F", "I", "I;16", "CMYK", "1")),
        *(("GIF", "P"), ("GIF", "L"), ("WEBP", "RGB"), ("WEBP", "RGBA")),
        *(("BMP", "RGB"), ("BMP", "P")),
    ],
)
def test_every_usual_picture_is_drawn(kind: str, mode: str) -> None:
    data = image(kind, (1200, 800), mode, colour=0)
    seen = preview(media_type("", data), data)
    assert seen.told == (f"A picture, 1200 x 800, {kind}.",)
    assert seen.picture
    assert (seen.picture.width, seen.picture.height) == (72, 48)
    assert seen.picture.of == (1200, 800)


@pytest.mark.parametrize(
    ("size", "small"),
    [
        ((4000, 3000), (64, 48)),
        ((3000, 4000), (36, 48)),
        ((5000, 10), (72, 1)),
        ((1, 900), (1, 48)),
        ((5, 4), (5, 4)),
    ],
)
def test_it_fits_and_keeps_its_shape(
    size: tuple[int, int], small: tuple[int, int]
) -> None:
    seen = preview("image/png", image("PNG", size, colour="red"))
    assert seen.picture
    assert (seen.picture.width, seen.picture.height) == small
    assert small[0] <= COLUMNS
    assert small[1] <= LINES
    assert seen.picture.pixel(0, 0) == RED


@pytest.mark.parametrize("held", range(1, 9))
def test_it_is_turned_as_the_camera_was_held(held: int) -> None:
    """Red was on the left: where it is now, for each of the eight ways."""
    seen = preview("image/jpeg", turned(held))
    assert seen.picture
    wide, tall = seen.picture.width, seen.picture.height
    corner = {
        "left": (1, tall // 2),
        "right": (wide - 2, tall // 2),
        "top": (wide // 2, 1),
        "bottom": (wide // 2, tall - 2),
    }
    sides = ("left", "right", "right", "left", "top", "top", "bottom", "bottom")
    assert near(seen.picture.pixel(*corner[sides[held - 1]]), RED)
    assert (wide > tall) == (held < 5)
    assert seen.picture.of == ((64, 32) if held < 5 else (32, 64))


def test_what_is_clear_is_white() -> None:
    seen = preview("image/png", image("PNG", mode="RGBA", colour=(9, 9, 9, 0)))
    assert seen.picture
    assert seen.picture.pixel(0, 0) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "TIFF"])
def test_of_a_moving_one_the_first_is_drawn(kind: str) -> None:
    data = moving(kind)
    seen = preview(media_type("", data), data)
    assert seen.told[1:] == (
        "It moves or has more pages. Only the first one is shown.",
    )
    assert seen.picture
    assert near(seen.picture.pixel(0, 0), RED)


def test_hundreds_of_frames_are_not_counted() -> None:
    """Only the first matters; a TIFF of 500 pages is as quick as one of two."""
    for kind in ("TIFF", "GIF"):
        data = moving(kind, 500)
        start = time.monotonic()
        assert preview(media_type("", data), data).look is Look.PICTURE
        assert time.monotonic() - start < QUICK


def test_the_picture_of_a_phone_is_drawn_within_the_limits() -> None:
    """A JPEG is read small at once: 108 million pixels take no more than a few."""
    data = image("JPEG", (12_000, 9000), "L", colour=0)
    assert preview("image/jpeg", data).look is Look.PICTURE
    slowly = image("JPEG", (8000, 6000), "L", colour=0, progressive=True)
    assert preview("image/jpeg", slowly).look is Look.PICTURE


@pytest.mark.parametrize("kind", ["image/heic", "image/avif"])
def test_what_cannot_be_shown_is_said_calmly(kind: str) -> None:
    data = image("AVIF") if kind == "image/avif" else b"\0\0\0\x18ftypheic" + b"\1" * 99
    seen = preview(kind, data)
    name = kind[6:].upper()
    assert seen.told[:2] == (
        f"This is a {name} picture. This program cannot show it.",
        NOTHING_LOST,
    )
    assert seen.picture is None


@pytest.mark.parametrize("name", bombs())
def test_a_bomb_ends_in_a_calm_sentence(name: str) -> None:
    data = bombs()[name]
    for kind in {media_type("", data), "image/png", "image/tiff"}:
        start = time.monotonic()
        seen = preview(kind, data)
        assert time.monotonic() - start < QUICK
        assert seen.picture is None
        assert seen.told[0].startswith("This ")
        assert seen.told[1] == NOTHING_LOST


@pytest.mark.parametrize("name", ["giant png", "giant jpeg", "giant tiff"])
def test_what_claims_too_much_is_too_large(name: str) -> None:
    data = bombs()[name]
    assert preview(media_type("", data), data).told[0] == (
        "This picture is too large to be shown here."
    )


@linux_only
def test_one_that_needs_more_memory_than_there_is_allowed() -> None:
    seen = preview("image/png", bombs()["just below the limit"])
    assert seen.told[0] == "This picture is too large to be shown here."


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_a_picture_that_is_cut_short_ends_calmly(kind: str) -> None:
    data = image(kind, (300, 200))
    for part in (len(data) // 2, 20, len(data) - 9):
        seen = preview(media_type("", data), data[:part])
        damaged = "This picture is damaged or not whole, so it cannot be shown."
        assert seen.look is Look.PICTURE or seen.told[0] == damaged


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"]), st.data())
def test_no_change_in_a_picture_does_more(kind: str, data: st.DataObject) -> None:
    changed = bytearray(image(kind, (40, 30)))
    for _turn in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(changed) - 1))
        changed[place] = data.draw(st.integers(0, 255))
    seen = preview(f"image/{kind.lower()}", bytes(changed))
    assert seen.told


def test_a_text_shows_its_start() -> None:
    seen = preview("text/plain", b"one\r\ntwo\rthree\n\x1b[2Jfour")
    assert seen.look is Look.TEXT
    assert seen.lines == ("one", "two", "three", "\x1b[2Jfour")
    assert seen.told == ()


@pytest.mark.parametrize(
    ("data", "first"),
    [
        pytest.param("Grüße".encode(), "Grüße", id="utf-8"),
        pytest.param(b"\xef\xbb\xbfa", "a", id="utf-8 with its mark"),
        pytest.param("Grüße".encode("utf-16"), "Grüße", id="utf-16"),
        pytest.param("\ufeffGrüße".encode("utf-16-be"), "Grüße", id="utf-16-be"),
        pytest.param("Grüße".encode("latin-1"), "Grüße", id="latin-1"),
        pytest.param(b"", "", id="empty"),
    ],
)
def test_a_text_is_read_in_its_own_code(data: bytes, first: str) -> None:
    assert text_preview(data).lines[0] == first


@pytest.mark.parametrize(
    "data",
    [b"x\n" * (MOST_LINES + 1), b"y" * (LONGEST + 1), ("ä" * TEXT_LIMIT).encode()],
    ids=["lines", "one line", "a letter cut in two"],
)
def test_a_long_text_says_that_it_goes_on(data: bytes) -> None:
    seen = preview("text/plain", data)
    assert seen.told == ("Only the first part of it is shown here. All of it is kept.",)
    assert len(seen.lines) <= MOST_LINES
    assert max(map(len, seen.lines)) <= LONGEST + 1
    assert "\ufffd" not in seen.lines[-1]


def test_a_web_page_is_shown_as_its_source() -> None:
    source = b"<html><script>alert(1)</script>"
    assert preview("text/html", source).lines == (source.decode(),)


def test_other_files_show_their_first_bytes() -> None:
    seen = preview("application/zip", b"PK\3\4" + bytes(range(96)))
    assert seen.told[0] == "This is a packed file. It is not opened here."
    assert seen.lines[0] == "0000  50 4b 03 04 00 01 02 03 04 05 06 07 08 09 0a 0b"
    assert len(seen.lines) == 4


@given(st.binary(max_size=600), st.sampled_from(["text/plain", "video/mp4", "a/b"]))
def test_no_bytes_make_a_preview_fail(data: bytes, kind: str) -> None:
    seen = preview(kind, data)
    assert all("\n" not in line for line in seen.lines)


PARTS = (
    b"From: a@one.example\nTo: b@two.example\nMIME-Version: 1.0\n"
    b'Content-Type: multipart/alternative; boundary="b"\n\n'
)


def test_the_first_text_of_a_mail_is_shown() -> None:
    for sample in SAMPLES.glob("*.eml"):
        assert any("sample" in line for line in mail_text(sample.read_bytes()).lines)


def test_plain_text_comes_before_a_web_page() -> None:
    page = b"--b\nContent-Type: text/html\n\n<p>page</p>\n"
    packed = base64.encodebytes("Grüße".encode("cp1252"))
    plain = b"--b\nContent-Type: text/plain; charset=windows-1252\n"
    plain += b"Content-Transfer-Encoding: base64\n\n" + packed
    assert mail_text(PARTS + page + plain + b"--b--").lines[0] == "Grüße"
    seen = mail_text(PARTS + page + b"--b--")
    assert seen.lines[0] == "<p>page</p>"
    assert "web page" in seen.told[0]


def test_an_attachment_is_no_text_of_the_mail() -> None:
    part = b"--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nx\n"
    seen = mail_text(PARTS + part + b"--b--")
    assert seen.told == ("There is no text in this message that can be shown.",)


@pytest.mark.parametrize(
    "charset", ["unicode_escape", "idna", "zip", "rot13", "undefined", "utf-99", "\0"]
)
def test_a_sender_cannot_choose_any_way_to_decode(charset: str) -> None:
    head = f"From: a@b.example\nTo: c\nContent-Type: text/plain; charset={charset}\n\n"
    assert mail_text(head.encode("latin-1") + b"\\x41 word").lines[-1].endswith("word")


def nested(count: int) -> bytes:
    parts = (
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
        for n in range(count)
    )
    return b"From: a\n" + b"".join(parts)


@pytest.mark.parametrize(
    "data",
    [
        nested(5000),
        b"Content-Type: message/rfc822\n\n" * 9000,
        b"Content-Type: text/plain; charset*=utf-8''%0A%0A\n\nhi",
        PARTS + b"--b\n" * 60_000,
        b"",
        b"\0" * 5000,
    ],
    ids=["nested", "mail in mail", "charset", "empty parts", "nothing", "zeros"],
)
def test_a_hostile_mail_ends_calmly(data: bytes) -> None:
    start = time.monotonic()
    assert mail_text(data).look is Look.TEXT
    assert time.monotonic() - start < QUICK


def test_an_answer_that_is_too_long_is_not_taken() -> None:
    with pytest.raises(child.NoAnswerError) as refused:
        child.ask(
            looking_worker.PICTURE, image(), most=100, columns=COLUMNS, lines=LINES
        )
    assert refused.value.trouble is child.Trouble.NO_ANSWER


def test_a_slow_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "PATIENCE", 0.001)
    seen = preview("image/png", image())
    assert seen.told[0] == "This picture took too long to open, so it is not shown."


_LIMITED = """
import os, subprocess, sys
sys.path[:0] = {path!r}
from guide.media import looking_worker as worker
worker._load(worker.PICTURE)
kept = os.open({file!r}, os.O_RDWR | os.O_CREAT)
if {bare}:
    worker._refuse = lambda event, arguments: None
import socket
worker._give_up()
def tried(name, do):
    try:
        do()
    except (OSError, MemoryError) as error:
        print(name, type(error).__name__, flush=True)
    else:
        print(name, "WORKED", flush=True)
tried("write", lambda: os.write(kept, b"x"))
tried("open", lambda: open({file!r}, "wb"))
tried("read", lambda: os.open({file!r}, os.O_RDONLY))
tried("socket", lambda: socket.socket())
tried("program", lambda: subprocess.Popen(["true"]))
tried("memory", lambda: bytearray(600 << 20))
"""


@linux_only
@pytest.mark.parametrize("bare", [False, True], ids=["as it runs", "by limits alone"])
def test_the_second_process_can_neither_write_nor_send(
    tmp_path: Path, bare: bool
) -> None:
    """Even where Python's own refusal is taken away, the kernel refuses."""
    file = tmp_path / "file"
    script = _LIMITED.format(path=sys.path, file=str(file), bare=bare)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    lines = done.stdout.split("\n")[:-1]
    assert len(lines) == 6, done.stderr
    assert not [line for line in lines if "WORKED" in line]
    assert file.read_bytes() == b""


def _tree(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
    }


_LOOKS = """
import sys
from guide.media import mail_text, media_type, preview
from tests.unit.media_samples import bombs, image, moving, turned
files = [image(kind) for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")]
for data in (*files, moving("GIF"), turned(6), *bombs().values(), b"words" * 900):
    preview(media_type("", data), data)
    preview("image/png", data)
    mail_text(data)
print("looked")
"""


def test_no_plain_copy_is_written_anywhere(tmp_path: Path) -> None:
    """Nothing new in the home, the place for passing files or where it runs."""
    for name in ("home", "passing", "here"):
        (tmp_path / name).mkdir()
    places = {name: str(tmp_path / "passing") for name in ("TMPDIR", "TMP", "TEMP")}
    root = str(Path(__file__).parents[2])
    names = {"HOME": str(tmp_path / "home"), "PYTHONPATH": root}
    before = _tree(tmp_path)
    done = subprocess.run(
        [sys.executable, "-B", "-c", _LOOKS],
        env=os.environ | places | names,
        cwd=tmp_path / "here",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "looked\n", done.stderr
    assert done.stderr == ""
    assert _tree(tmp_path) == before


def test_pillow_is_loaded_only_by_the_second_process() -> None:
    script = (
        "import sys, guide.actions.looking as a, guide.media as m\n"
        "assert m.preview('image/png', b'x').told\n"
        "print(sorted(n for n in sys.modules if n.split('.')[0] == 'PIL'))"
    )
    said = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "[]\n"
