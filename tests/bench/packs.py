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
