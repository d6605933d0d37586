"""Packs with one fault each in reading, links or facts.

A case is the code, the file, how its line begins ("" for the first), and the files.
"""

from __future__ import annotations

from tests.content.small_packs import (
    BOTH,
    END,
    FACTS,
    FIRST,
    HELP,
    LAST,
    LETTER,
    MANY,
    OTHER,
    PACK,
    THAT,
    WORDS,
    Case,
    changed,
    first,
    guarded,
    lettered,
    page,
    question,
    step,
)

TO_OTHER = "next:\n  - {go: s-other}"
THIS_IF_AB = '- [This](s-end.md) {#this when="a b"}'
THIS_IF_SECOND = '- [This](s-end.md) {#this when="second is a"}'
SECOND = page("- [A](s-end.md) {#a}", "kind: question", "ask: second", "required: yes")
ONE_IS = "next:\n  - {when: first is one, go: s-end}\n  - {go: s-end}"
OLD_LINE = '[[closed]]\nnames = ["old line"]\n'
EMERGENCY = "data/emergency.toml"
AGAIN = "en/guide/2-b/s-end.md"

READING: tuple[Case, ...] = (
    ("C001", FIRST, "", {FIRST: "title: nothing above"}),
    ("C001", FIRST, "why:", changed(FIRST, "It helps.", "one: two")),
    ("C001", LAST, "", {LAST: b"\xff\xfe"}),
    ("C001", EMERGENCY, "", {EMERGENCY: "not toml"}),
    ("C001", WORDS, "", {WORDS: "[[avoid]"}),
    ("C002", FIRST, "saver:", first(BOTH, "saver: s-end")),
    ("C003", FIRST, "- [This]", first(f"{THIS_IF_AB}\n{THAT}")),
    ("C004", FIRST, "  - {when", first(BOTH, "next:\n  - {when: first is this}")),
    ("C005", FIRST, "crisis:", first(BOTH, "crisis: maybe")),
    ("C006", FIRST, "", changed(FIRST, "ask: first\n", "")),
    ("C007", FIRST, "- [This]", changed(FIRST, "{#this}", "{#this %}")),
    ("C008", FIRST, "- [This]", changed(FIRST, "{#this}", "{}")),
    ("C009", FACTS, "", {FACTS: 'a = "b"\nb = "a"\n'}),
)
LINKS: tuple[Case, ...] = (
    ("C101", AGAIN, "", {AGAIN: END}),
    ("C102", "pack.toml", "start", {"pack.toml": PACK.replace("first", "frist")}),
    ("C103", FIRST, "- [This]", changed(FIRST, "[This](s-end", "[This](s-ned")),
    ("C103", FIRST, "safer:", changed(FIRST, "safer: s-end", "safer: s-ned")),
    ("C103", FIRST, "  - {go", first(BOTH, "next:\n  - {go: s-ned}")),
    ("C103", LAST, "offers:", step(HELP, "offers: [page:l-x]")),
    ("C103", LAST, "more [here]", step(f"{HELP} Read\nmore [here](s-x.md).")),
    ("C103", LETTER, "after:", lettered("Subject: A", "audience: host", "after: s-x")),
    ("C104", LAST, "offers:", step(HELP, "offers: [letter:not]")),
    ("C105", LAST, "offers:", step(HELP, "offers: [tool:male]")),
    ("C105", LAST, "A [form]", step(f"{HELP}\nA [form](form:x).")),
    ("C106", LAST, "Try Old", {WORDS: OLD_LINE, **step(f"{HELP}\nTry Old Line.")}),
    ("C107", FIRST, "- [That]", changed(FIRST, "#that", "#this")),
    ("C107", LAST, "- [ ] Two", step(f"{HELP}\n\n{MANY.replace('#two', '#one')}")),
)
RULES: tuple[Case, ...] = (
    ("C201", LAST, "::: when", guarded("fisrt is this")),
    ("C201", FACTS, "a =", {FACTS: 'a = "fisrt is this"\n'}),
    ("C201", FIRST, "  - {when", first(BOTH, "next:\n  - {when: who, go: s-end}")),
    (
        *("C202", FIRST, "- [This]"),
        {**first(f"{THIS_IF_SECOND}\n{THAT}", TO_OTHER), OTHER: SECOND},
    ),
    ("C203", LAST, "::: when", guarded("first is thsi")),
    ("C203", LAST, "::: when", guarded("first is not skiped or first is this")),
    (
        *("C204", OTHER, "ask:"),
        {
            **changed(FIRST, "[This](s-end", "[This](s-other"),
            OTHER: question("- [A](s-end.md) {#a}"),
        },
    ),
    ("C205", FIRST, "  - {when", first(MANY, "answer: many", ONE_IS)),
    ("C205", LAST, "::: when", guarded("first")),
    ("C206", FACTS, "first =", {FACTS: 'first = "s-end is next"\n'}),
    ("C207", LAST, "::: when", guarded("first is")),
    ("C208", LAST, "::: when", step(f"{HELP}\n\n::: when first is this\nSo.")),
    (
        *("C208", LAST, "::: when first is that"),
        guarded("first is this\n::: when first is that\nSo.\n:::"),
    ),
)
