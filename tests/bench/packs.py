"""Generated content: the shipped pages, and thousands more that mean nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

from guide.library.loader import content_root

_CHAPTER = 200
_SENTENCE = "This page holds words, and they are only here to be many. "


def write_pack(folder: Path, pages: int) -> Path:
    """Content with *pages* more pages of about 4 KB to read, 200 a chapter."""
    root = folder / f"{pages}-pages"
    shutil.copytree(content_root(), root)
    for number in range(pages):
        chapter = root / "en" / "learn" / f"many-{number // _CHAPTER:03}"
        chapter.mkdir(parents=True, exist_ok=True)
        (chapter / f"l-many-{number:05}.md").write_text(_page(number), "utf-8")
    return root


def _page(number: int) -> str:
    paragraphs = [_SENTENCE * (3 + (number + part) % 5) for part in range(10)]
    listed = "\n".join(f"- **Point {n}**: {_SENTENCE}" for n in range(6))
    head = f"---\ntitle: Page {number} of many\nkind: page\nreviewed: 2026-11\n---\n"
    return head + "\n\n".join(paragraphs) + f"\n\n## A list\n\n{listed}\n"


def write_lessons(root: Path) -> Path:
    """Lessons of another app's shape: 12 modules, 15 subjects, 3 levels each."""
    levels = ("beginner", "advanced", "expert")
    for number in range(12 * 15):
        module, subject = divmod(number, 15)
        above = root / "en" / f"module-{module}"
        for place, level in enumerate(levels, 1):
            folder = above / f"subject-{subject}" / level
            folder.mkdir(parents=True)
            (folder / ".category.yml").write_text(f"index: {place}\ntitle: {level}\n")
            text = _lesson(number, place)
            (folder / f"s_lesson-{place}.md").write_text(text, "utf-8")
        check = "index: 100\nlist:\n" + f"- check: {_SENTENCE}\n" * 14
        (above / f"subject-{subject}" / "c_check.yml").write_text(check, "utf-8")
    english = root / "en"
    for folder in [*english.glob("*"), *english.glob("*/subject-*")]:
        title = f"index: 1\ntitle: {folder.name}\n"
        (folder / ".category.yml").write_text(title, "utf-8")
    return root


def _lesson(number: int, place: int) -> str:
    body = _page(number).partition("---\n")[2].partition("---\n")[2]
    return f"---\nindex: {place}\ntitle: Lesson {number}\n---\n{body}"
