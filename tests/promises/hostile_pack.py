"""A pack of lessons that says what wants to be obeyed wherever it can say a word.

Not a test. Each text stands there as it is and, where the format allows, as an escape
or an entity: both have to be made visible.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

from tests.promises.payloads import Words
from tests.unit.media_samples import png
from tests.unit.small_packs import Files, as_folder, as_zip

PACK = "lessons"
_SHORT, _PAGE = 1500, 9000  # characters
_NO_TARGET = re.compile(r"[\s()<>\[\]\\]|[\ud800-\udfff]")
_SAFE = re.compile(r"[ !#-\[\]-~]")  # needs no escape in YAML and TOML


def escaped(text: str) -> str:
    r"""A string as YAML and TOML both read it; half a letter cannot be written.

    >>> escaped('a"\x1b')
    '"a\\U00000022\\U0000001b"'
    """
    return f'"{"".join(map(_escape, text))}"'


def _escape(letter: str) -> str:
    if _SAFE.fullmatch(letter):
        return letter
    code = 0xFFFD if 0xD800 <= ord(letter) <= 0xDFFF else ord(letter)
    return f"\\U{code:08x}"


def as_entities(text: str) -> str:
    """Every character by its number: Markdown turns it into the character."""
    return "".join(f"&#{ord(each)};" for each in text)


def lessons(words: Words) -> Files:
    """Every kind of file that a pack has, with such words in each of its places."""
    where = "en/mail/passwords/beginner"
    return {
        "pack.toml": _pack(words),
        "en/mail/.category.yml": _category(words, 1),
        "en/mail/passwords/.category.yml": _category(words, 2),
        "en/mail/passwords/s_a.md": _lesson(words, 3),
        f"{where}/.category.yml": _category(words, 4),
        f"{where}/s_a.md": _lesson(words, 5),
        f"{where}/a.png": png(),
        f"{where}/s_b.md": _lesson(words, 6),
        f"{where}/c_a.yml": _checklist(words),
        "en/mail/passwords/expert/.category.yml": _category(words, 7),
        "en/mail/passwords/expert/s_a.md": _lesson(words, 8),
        "en/glossary/.category.yml": f"{_category(words, 9)}template: glossary\n",
        "en/glossary/s_a.md": _lesson(words, 10),
        "en/forms/f_a.yml": _form(words),
        "en/mail/s_untitled.md": words.said(11, most=_PAGE),
        "en/mail/odd.yml": words.said(12, most=_PAGE),
    }


def _in_bytes(files: Files) -> dict[str, bytes]:
    return {
        name: text if isinstance(text, bytes) else text.encode("utf-8", "replace")
        for name, text in files.items()
    }


def _pack(words: Words) -> str:
    """Half of it is what a pack says of itself: the file may have 4 KiB."""
    keys = ("title", "author", "licence", "date")
    said = (f"It {words.said(turn, most=60)}" for turn, _key in enumerate(keys, 5))
    told = (f"{k} = {escaped(text)}" for k, text in zip(keys, said, strict=True))
    return "\n".join((*told, 'format = "umbrella"', ""))


def _category(words: Words, turn: int) -> str:
    title, about = words.said(turn, most=_SHORT), words.said(turn + 9, most=_SHORT)
    return f"index: 1\ntitle: {escaped(title)}\ndescription: {escaped(about)}\n"


def _lesson(words: Words, turn: int) -> str:
    """As text, as entities, in a heading, a list, a table, a link and a picture."""
    title = f"Ordinary {words.said(turn, most=_SHORT)}"
    said = words.said(turn + 20, most=_PAGE)
    line, other = (words.said(turn + n, most=_SHORT) for n in (30, 40))
    target = _NO_TARGET.sub("", words.said(turn + 50, most=_SHORT))[:300]
    return (
        f"---\nindex: 1\ntitle: {escaped(title)}\n---\n"
        f"[{as_entities(line[:50])}](umbrella://gone/{target})\n"
        f"[{_NO_TARGET.sub('', other[:200])}](umbrella://mail/{target})\n"
        f"[{line[:20]}](https://example.com/{target})\n"
        f"![{_NO_TARGET.sub('', other[:300])}](a.png)\n"
        f"![{other[:300]}]({target}.png)\n\n"
        f"{said}\n\n{as_entities(line)}\n\n"
        f"# {other}\n\n- {line}\n- [ ] {other}\n\n> {line}\n\n"
        f"| a | b |\n|---|---|\n| {line} | {as_entities(other)} |\n\n"
        f"```\n{other}\n```\n\n<b>{html.escape(line)}</b>\n"
    )


def _checklist(words: Words) -> str:
    title = escaped(words.said(13, most=_SHORT))
    lines = "".join(
        f"- {key}: {escaped(text)}\n"
        for turn in (1, 15, 30, 45)
        for key, text in (
            ("label", words.said(turn, most=_SHORT)),
            ("check", words.said(turn, most=_SHORT)),
            ("check", f"[{as_entities(words.said(turn, most=50))}](umbrella://x)"),
        )
    )
    return f"index: 1\ntitle: {title}\nlist:\n{lines}"


def _form(words: Words) -> str:
    said = [escaped(words.said(14 + n, most=_SHORT // 4)) for n in range(6)]
    kinds = ("text_input", "text_area", "single_choice", "label", said[5])
    items = "".join(
        f"  - name: {said[0]}\n    type: {kind}\n    label: {said[1]}\n"
        f"    hint: {said[2]}\n    options:\n    - label: {said[3]}\n      value: a\n"
        for kind in kinds
    )
    return f"title: {said[4]}\nscreens:\n- title: {said[5]}\n  items:\n{items}"


def add_lessons(words: Words, home: Path) -> Path:
    """Added as a reader adds one; and a zip under such a name that is none.

    The folder it came from, whose files have such names, too.
    """
    from guide.actions.packs import add_pack, read_pack

    folder = as_folder(home / "pack" / words.name(1), _in_bytes(lessons(words)))
    opened = read_pack(folder.as_uri(), PACK)
    add_pack(opened).with_name("broken.zip").write_bytes(b"no zip")
    opened.close()
    for turn, place in enumerate(("en/mail", "en/forms", "."), 2):
        (folder / place / f"{words.name(turn)}.md").write_bytes(b"x")
    return folder


def a_zip(words: Words, home: Path) -> Path:
    """The same as a zip."""
    home.mkdir()
    return as_zip(home / f"{words.name(2)}.zip", _in_bytes(lessons(words)))
