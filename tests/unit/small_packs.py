"""Small packs of lessons, made for a test in both formats, as folders and as zips."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

Files = Mapping[str, str | bytes]


def lesson(title: str, index: int | str = 1, body: str = "Some words.") -> str:
    """A lesson as Umbrella writes it."""
    return f"---\nindex: {index}\ntitle: {title}\n---\n{body}\n"


def category(title: str, index: int = 1, more: str = "") -> str:
    """What a folder of lessons says of itself."""
    return f"index: {index}\ntitle: {title}\n{more}"


HEAD = "en/mail/passwords/beginner"
UMBRELLA: Files = {
    "en/mail/.category.yml": category("Mail and calls", 2),
    "en/mail/s_why.md": lesson("Why it matters", 1),
    "en/mail/passwords/.category.yml": category("Passwords", 1),
    "en/mail/passwords/s_first.md": lesson("Read me first", 1),
    f"{HEAD}/.category.yml": category("Beginner", 1, "description: The basics.\n"),
    f"{HEAD}/s_long.md": lesson(
        "Long ones",
        2,
        "# Long\n\n---\n\nSee [calls](umbrella://mail/calls/) and"
        " [gone](umbrella://mail/gone/expert).\n\n![A lock](lock.png)",
    ),
    f"{HEAD}/s_short.md": lesson("Short ones", 1),
    f"{HEAD}/c_check.yml": (
        "index: 100\nlist:\n- label: First\n- check: Change one\n- check: Write none\n"
    ),
    f"{HEAD}/lock.png": b"\x89PNG\r\n\x1a\n",
    "en/mail/passwords/advanced/.category.yml": category("Advanced", 2),
    "en/mail/passwords/advanced/s_keys.md": lesson("Keys", 1),
    "en/mail/calls/.category.yml": category("Calls", 2),
    "en/mail/calls/s_calls.md": lesson("Calls", 1),
    "en/glossary/.category.yml": category("Glossary", 9, "template: glossary\n"),
    "en/glossary/s_worm.md": lesson("Worm", 1),
    "en/glossary/s_aes.md": lesson("AES", 2),
    "en/forms/.category.yml": "{}\n",
    "en/forms/f_what.yml": (
        "title: What happened\nscreens:\n- title: You\n  items:\n"
        "  - name: name\n    type: text_input\n    label: Your name\n"
        "  - name: how\n    type: single_choice\n    label: How\n"
        "    options:\n    - label: Mail\n      value: mail\n"
    ),
    "es/mail/.category.yml": category("Correo", 7),
    "es/mail/s_why.md": lesson("Por qué", 5),
    "es/mail/passwords/.category.yml": category("Contraseñas", 1),
    "es/mail/passwords/beginner/s_short.md": lesson("Las cortas", 9),
}
OWN: Files = {
    "pack.toml": 'id = "neighbours"\ntitle = "Neighbours"\nauthor = "A group"\n'
    'licence = "CC0"\ndate = "2026-11"\nbase = "en"\nlanguages = ["en"]\n'
    'start = "q-one"\n',
    "en/guide/1-begin/q-one.md": "---\ntitle: Which one?\nkind: question\n"
    "ask: which\n---\nWords.\n\n- [This](s-two.md) {#this}\n",
    "en/guide/1-begin/s-two.md": "---\ntitle: The second\nkind: step\n---\n"
    "- [ ] Do it {#do}\n",
    "en/learn/l-read.md": "---\ntitle: To read\nkind: page\n---\nMore words.\n",
    "en/letters/note.md": "---\ntitle: A note\nkind: letter\n---\nSubject: x\n",
}


def as_folder(root: Path, files: Files) -> Path:
    """The pack as a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def as_zip(path: Path, files: Files, above: str = "") -> Path:
    """The pack as one zip, with the folder *above* around everything."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(above + name, text)
    return path
