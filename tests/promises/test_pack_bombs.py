"""Texts of a pack that are built to keep a program busy, opened in little time."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.library.packs import limits
from tests.promises.hostile_packs import opened_quickly
from tests.unit.small_packs import OWN, UMBRELLA, as_folder, lesson

_STEPS = zip("abcdefgh", "bcdefghi", strict=True)
_ALIASES = "".join(f"{c}: &{c} [*{p}, *{p}, *{p}]\n" for p, c in _STEPS)
YAML_BOMBS = {
    "aliases": f"a: &a [x, x]\n{_ALIASES}",
    "merges": "a: &a {x: y}\n" + "".join(f"b{n}: {{<<: *a}}\n" for n in range(900)),
    "depth": "a: " + "[" * 30_000,
    "maps": "a: " + "{b: " * 12_000,
    "nodes": "a: [" + "x," * 31_000 + "]",
    "indent": "\n".join(" " * n + "a:" for n in range(340)),
    "python": "a: !!python/object/apply:os.system [touch HACKED]\n",
    "tag": "a: !x y\n",
    "colons": ": " * 30_000,
    "dashes": "- " * 30_000,
    "question marks": "? " * 30_000,
    "quotes": 'a: "' + "\\x41" * 15_000 + '"',
    "numbers": "index: " + "9" * 60_000 + "\n",
    "index": "index: 1e999999\n",
    "keys": "".join(f"key{n}: x\n" for n in range(5_500)),
}
MARKDOWN_BOMBS = {
    "brackets": "[" * 64_000,
    "links": "[a](" * 16_000,
    "images": "![[" * 20_000,
    "emphasis": "*a **b_" * 9_000,
    "stars": "*_" * 32_000,
    "quotes": ">" * 64_000,
    "lists": "- " * 32_000,
    "nested lists": "\n".join(" " * 2 * n + "- a" for n in range(250)),
    "table": "|" + "a|" * 100 + "\n|" + "-|" * 100 + "\n" + "|\n" * 30_000,
    "wide table": "|a" * 8_000 + "\n" + "|-" * 8_000 + "\n" + "|b" * 8_000,
    "ticks": " ".join("`" * n for n in range(1, 350)),
    "references": "[a" * 30_000 + "]: x",
    "comments": "<!--" * 16_000,
    "sections": "<![CDATA[" * 7_000,
    "lazy": "> a\n" + "a\n" * 30_000,
    "blanks after a bracket": "]" + " " * 64_000 + "(",
    "brackets and blanks": ("]" + " " * 7) * 8_000,
    "headings": "#a\n" * 20_000,
    "fences": "```\n" * 16_000,
    "tabs": "\t" * 16_000,
    "options": "- [a](b.md) {#a" * 4_000,
    "tasks": "- [ ] a {#a when=" * 3_500,
    "containers": "::: when a is b\n" * 4_000,
    "shown lists": "::: data helplines\n" * 3_000,
    "feeds": "\r" * 64_000,
    "NUL": "\0" * 64_000,
}


@pytest.mark.parametrize("name", YAML_BOMBS)
def test_yaml_bombs_are_findings(tmp_path: Path, name: str) -> None:
    text = YAML_BOMBS[name]
    files = {
        "en/mail/c_bomb.yml": text,
        "en/mail/s_bomb.md": f"---\n{text}\n---\nWords.\n",
        "en/bomb/.category.yml": text,
        "en/bomb/s_x.md": lesson("X"),
        "en/forms/f_bomb.yml": text,
    }
    opened = opened_quickly(as_folder(tmp_path / "x", {**UMBRELLA, **files}))
    found = {finding.path for finding in opened.findings()}
    assert "en/mail/c_bomb.yml" in found
    assert not Path("HACKED").exists()


@pytest.mark.parametrize("name", MARKDOWN_BOMBS)
@pytest.mark.parametrize("shape", ["umbrella", "own"])
def test_markdown_bombs_open_in_time(tmp_path: Path, name: str, shape: str) -> None:
    text = lesson("X", 1, MARKDOWN_BOMBS[name])[: limits.LARGEST_FILE]
    if shape == "umbrella":
        files = {**UMBRELLA, "en/mail/s_bomb.md": text}
    else:
        files = {**OWN, "en/learn/l-bomb.md": text}
    opened_quickly(as_folder(tmp_path / "x", files))


def test_toml_bombs_are_findings(tmp_path: Path) -> None:
    deep, dotted = "x = " + "[" * 30_000, "a." * 20_000 + "b = 1"
    for text in (deep, dotted, "[a]\n" * 9_000, deep[:4_000], dotted[-4_000:]):
        opened = opened_quickly(
            as_folder(tmp_path / str(len(text)), {**OWN, "pack.toml": text})
        )
        assert "pack.toml" in {each.path for each in opened.findings()}
