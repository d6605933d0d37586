"""Pages made to keep whoever reads them busy. They are shown as far as they go."""

from __future__ import annotations


def page(body: str, more: str = "") -> bytes:
    return f"---\ntitle: x\n{more}---\n{body}\n".encode()


_DEEP = 10_000
MARKDOWN = {
    "quotes": ">" * _DEEP + " a",
    "quotes in lines": "\n".join(">" * n + " a" for n in range(350)),
    "lists": "- " * _DEEP + "a",
    "numbered lists": "1. " * _DEEP + "a",
    "lists in lines": "\n".join("  " * n + "- a" for n in range(250)),
    "quotes and lists": "> - " * _DEEP + "a",
    "emphasis": "*" * _DEEP + "a" + "*" * _DEEP,
    "emphasis that opens": "*a " * 20_000,
    "emphasis that closes": "*a " * 8_000 + "b*" * 8_000,
    "two kinds of emphasis": "*a _b **c __d " * 4_000,
    "struck out": "~~a " * 16_000,
    "links that open": "[" * 60_000,
    "links in links": "[a](" * 16_000,
    "pictures in pictures": "![" * 30_000,
    "links to nowhere": "[a\n" * 20_000,
    "a name for links": "[a]: /" + "x" * 20_000 + "\n\n" + "[a]" * 10_000,
    "5,000 names for links": "\n".join(f"[r{n}]: /u" for n in range(5_000)),
    "a table of columns": "|a" * 15_000 + "|\n" + "|-" * 15_000 + "|\n|b|",
    "a table of rows": "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n" + "|b\n" * 16_000,
    "a table of neither": "|a" * 200 + "|\n" + "|-" * 200 + "|\n" + "x\n" * 30_000,
    "code": "".join("`" * n + "a" for n in range(1, 350)),
    "blocks": "a\n\n" * 20_000,
    "headings": "# a\n" * 16_000,
    "lines": "a\n" * 32_000,
    "fences": "```\n" * 16_000,
    "HTML": "<!--" * 16_000,
    "addresses": "<a:" * 20_000,
    "entities": "&amp;" * 13_000,
    "backslashes": "\\" * 65_000,
    "ten pages": "word " * 130_000,
}
PAGES = {
    "64 KiB and one byte": page("a" * (64 * 1024 + 1)),
    "brackets of a task": page("- [ ] " + "{ " * 30_000 + "}"),
    "an option of brackets": page("- [" + "](a) {" * 9_000 + "}"),
    "an option of spaces": page("- [x](a)" + " " * 60_000 + "}"),
    "a task of spaces": page("- [ ] x" + " " * 60_000 + "x}"),
    "conditions in lines": page(
        "\n".join('- [ ] a {#a when="((((("}' for _ in range(2_000))
    ),
    "5,000 tasks": page("- [ ] a {#a}\n" * 4_900, "kind: question\nanswer: many\n"),
    "6,000 keys": page("x", "".join(f"k{n}: v\n" for n in range(6_000))),
    "a key of 60,000 letters": page("x", "a" * 60_000 + ": v\n"),
    "5,000 routes": page("x", "next:\n" + "- {goo: a}\n" * 4_500),
    "a route of 4,000 keys": page(
        "x", "next:\n- {go: a, " + ", ".join(f"k{n}: v" for n in range(4_000)) + "}\n"
    ),
    "it leads to itself": page("x", "next: [{go: x}]\n"),
}
