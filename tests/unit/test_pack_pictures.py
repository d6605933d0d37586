"""Pictures of lessons: drawn only when asked, by another process, and never far off."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.journey import Journey
from guide.actions.packs import read_pack
from guide.library.packs.copying import packed
from guide.library.packs.limits import LARGEST_KEPT, LARGEST_PICTURE
from guide.model.problems import GuideError, UnreadableFileError
from guide.model.sheet import Sheet
from guide.model.text import BlockKind
from tests.plain.talking import a_desk
from tests.unit.library_desk import added, opened_at, portable, texts, words
from tests.unit.media_samples import bombs, image
from tests.unit.small_packs import UMBRELLA, Files, as_folder, lesson

__all__ = ["portable"]  # used by every test here
TARGET = "pack:lessons/mail/s_x.md"
DRAW = "Draw the picture: "


def pack(pictures: Files, body: str) -> Files:
    return {**UMBRELLA, **pictures, "en/mail/s_x.md": lesson("X", 9, body)}


def drawn(journey: Journey) -> Sheet:
    """The first picture of the lesson, once it was drawn."""
    rows = journey.sheet().rows
    journey.choose(next(r.value for r in rows if r.text.startswith(DRAW)))
    work = journey.work
    assert work is not None
    work.start()
    assert work.wait(30)
    journey.follow_work()
    return journey.sheet()


def offered(sheet: Sheet) -> list[str]:
    return [x.removeprefix(DRAW) for x in texts(sheet) if x.startswith(DRAW)]


def test_a_picture_is_drawn_when_asked(tmp_path: Path) -> None:
    body = "![A lock](img/lock.png)\n\n![](img/key.png)\n\n![Gone](img/no.png)"
    pictures = {"en/mail/img/lock.png": image(), "en/mail/img/key.png": image()}
    journey = opened_at(added(tmp_path, pack(pictures, body)), TARGET)
    sheet = journey.sheet()
    assert not any(block.kind is BlockKind.PICTURE for block in sheet.blocks)
    assert "[Picture: A lock. File: img/lock.png]" in words(sheet)
    assert offered(sheet) == ["A lock", "key.png"]
    shown = drawn(journey)
    assert shown.title == "A lock"
    assert shown.blocks[0].lead == "Not part of the guide"
    (block,) = (b for b in shown.blocks if b.kind is BlockKind.PICTURE)
    assert block.picture is not None
    assert "en/mail/img/lock.png" in words(shown)


def test_a_picture_of_the_first_language_serves_the_others(tmp_path: Path) -> None:
    files = {
        **pack({"en/mail/lock.png": image()}, "x"),
        "es/mail/s_x.md": lesson("X", 9, "![Un candado](lock.png)"),
    }
    desk = added(tmp_path, files)
    spanish = replace(desk, library=replace(desk.library, lang="es"))
    assert offered(opened_at(spanish, TARGET).sheet()) == ["Un candado"]


@pytest.mark.parametrize(
    "target",
    [
        "../../../secret.png",
        "/etc/secret.png",
        "https://example.com/x.png",
        "lock.svg",
        "s_why.md",
        "link.png",
    ],
)
def test_nothing_else_is_drawn(tmp_path: Path, target: str) -> None:
    (tmp_path / "secret.png").write_bytes(image())
    root = as_folder(tmp_path / "x", pack({"en/mail/lock.svg": b"<svg/>"}, ""))
    (root / "en/mail/s_x.md").write_text(lesson("X", 9, f"![x]({target})"))
    (root / "en/mail/link.png").symlink_to(tmp_path / "secret.png")
    desk = a_desk()
    desk.lessons.named = str(root)
    journey = opened_at(desk, "pack:this-run/mail/s_x.md")
    assert offered(journey.sheet()) == []
    with pytest.raises(GuideError):
        journey.choose("draw:0")


def test_the_copy_keeps_small_pictures_and_no_others(tmp_path: Path) -> None:
    files = {
        "en/mail/small.png": image(),
        "en/mail/large.png": image() + b"\0" * LARGEST_KEPT,
        "en/mail/lines.svg": b"<svg/>",
    }
    opened = read_pack(str(as_folder(tmp_path / "x", pack(files, "x"))), "lessons")
    copy = tmp_path / "copy.zip"
    copy.write_bytes(packed(opened))
    with zipfile.ZipFile(copy) as archive:
        names = archive.namelist()
    assert "en/mail/small.png" in names
    assert not {"en/mail/large.png", "en/mail/lines.svg"} & set(names)


def test_a_picture_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    root = as_folder(tmp_path / "x", pack({}, "![x](x.png)"))
    (root / "en/mail/x.png").write_bytes(image() + b"\0" * LARGEST_PICTURE)
    desk = a_desk()
    desk.lessons.named = str(root)
    journey = opened_at(desk, "pack:this-run/mail/s_x.md")
    with pytest.raises(UnreadableFileError):
        journey.choose("draw:0")


@pytest.mark.parametrize("name", sorted(bombs()))
def test_a_picture_that_means_harm_is_only_not_drawn(tmp_path: Path, name: str) -> None:
    data = bombs()[name][:LARGEST_PICTURE]
    root = as_folder(tmp_path / "x", pack({}, "![x](x.png)"))
    (root / "en/mail/x.png").write_bytes(data)
    desk = a_desk()
    desk.lessons.named = str(root)
    shown = drawn(opened_at(desk, "pack:this-run/mail/s_x.md"))
    assert shown.title == "x"
