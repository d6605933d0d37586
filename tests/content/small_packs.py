"""Small content folders, written for a test and faulty in one place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PACK = """id = "small"
title = "Small"
base = "en"
languages = ["en"]
start = "q-first"
"""
SAFER = "safer: s-end"


def page(body: str, *keys: str, title: str = "A page") -> str:
    """A page with the *keys*, and with all that every page needs."""
    needed = ("why: It helps.", "sources: [facts 1]", "reviewed: 2026-11")
    return "\n".join(("---", f"title: {title}", *keys, *needed, "---", body, ""))


def question(body: str, *keys: str) -> str:
    """A question that keeps ``first`` and leads to the end when it is skipped."""
    return page(body, "kind: question", "ask: first", SAFER, *keys)


def letter(text: str, *keys: str) -> str:
    """A letter with the *keys*, and with all that every letter needs."""
    return page(text, "kind: letter", *keys, title="A letter")


FIRST, LAST = "en/guide/1-a/q-first.md", "en/guide/1-a/s-end.md"
OTHER, READ = "en/guide/1-a/s-other.md", "en/learn/l-read.md"
LETTER = "en/letters/note.md"
FACTS, WORDS = "en/facts.toml", "en/words.toml"
HELP = "See the [help lines](help:)."
THIS, THAT = "- [This](s-end.md) {#this}", "- [That](s-end.md) {#that}"
BOTH = f"{THIS}\n{THAT}"
MANY = "- [ ] One {#one}\n- [ ] Two {#two}"
TO_END = "next:\n  - {go: s-end}"

END = page(f"The end. {HELP}", "kind: step")
SOUND: Mapping[str, str] = {
    "pack.toml": PACK,
    FACTS: "",
    FIRST: question(f"Which?\n\n{BOTH}"),
    LAST: END,
}

# code, file, what its line begins with ("" for the first line), and the files
Files = Mapping[str, str | bytes]
Case = tuple[str, str, str, Files]


def step(body: str, *keys: str) -> dict[str, str]:
    """The last page, with another *body* and more *keys*."""
    return {LAST: page(body, "kind: step", *keys)}


def first(body: str, *keys: str) -> dict[str, str]:
    """The first question, with another *body* and more *keys*."""
    return {FIRST: question(body, *keys)}


def changed(path: str, old: str, new: str) -> dict[str, str]:
    """A page of the sound pack, with *new* in place of *old*."""
    assert old in SOUND[path]
    return {path: SOUND[path].replace(old, new)}


def guarded(condition: str) -> dict[str, str]:
    """The last page, with a paragraph that has a *condition*."""
    return step(f"{HELP}\n\n::: when {condition}\nSo.\n:::")


def lettered(text: str, *keys: str) -> dict[str, str]:
    """A letter that the last page offers."""
    offered = step(HELP, "offers: [letter:note]")
    return {**offered, LETTER: letter(text, *keys)}


def write_pack(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """A sound pack under *root*, with *files* in place of its own or beside them."""
    for name, text in {**SOUND, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root
