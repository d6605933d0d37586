"""Packs with one fault each in the flow or the words.

A case is the code, the file, how its line begins ("" for the first), and the files.
"""

from __future__ import annotations

from tests.content.small_packs import (
    BOTH,
    FIRST,
    HELP,
    LAST,
    MANY,
    OTHER,
    READ,
    SOUND,
    TO_END,
    WORDS,
    Case,
    changed,
    first,
    page,
    step,
)

LONG = " ".join(["and then"] * 15)
MUST = '[[avoid]]\nwords = ["you must"]\n'
ALWAYS_FIRST = "next:\n  - {go: s-end}\n  - {when: first is this, go: s-end}"
ONLY_ONE = "next:\n  - {when: first has one, go: s-end}"
BACK = page(f"{HELP} An [end](s-end.md).", "kind: step", "next:\n  - {go: q-first}")

FLOW: tuple[Case, ...] = (
    ("C301", READ, "", {READ: page("Words.", "kind: page")}),
    ("C302", FIRST, "- [That]", changed(FIRST, "[That](s-end.md)", "[That]()")),
    ("C302", FIRST, "", first("When?", "answer: date")),
    ("C303", FIRST, "", {FIRST: SOUND[FIRST].replace("s-end", "s-other"), OTHER: BACK}),
    ("C304", FIRST, "", changed(FIRST, "safer: s-end\n", "")),
    ("C305", FIRST, "safer:", first(BOTH, "required: yes")),
    ("C306", FIRST, "  - {when", first(MANY, "answer: many", ONLY_ONE)),
    ("C307", FIRST, "- [That]", changed(FIRST, "{#that}", "{#that only}")),
    (
        *("C307", FIRST, "- [ ] None"),
        first(f"{MANY}\n- [ ] None {{#none}}", "answer: many", TO_END),
    ),
    ("C308", FIRST, "", first("Nothing to choose.", TO_END)),
    ("C309", FIRST, "  - {go", first(BOTH, ALWAYS_FIRST)),
    ("C608", LAST, "", step("The end.")),
)
WORDING: tuple[Case, ...] = (
    ("C501", FIRST, "You", {WORDS: MUST, **first(f"So.\nYou\nmust go.\n\n{BOTH}")}),
    ("C501", FIRST, "why:", {WORDS: MUST, **changed(FIRST, "It helps", "You must")}),
    ("C502", FIRST, "and then", first(f"It is so.\n{LONG}.\n\n{BOTH}")),
    ("C503", FIRST, "title:", changed(FIRST, "A page", "A long title " * 6)),
    ("C505", LAST, "reviewed:", changed(LAST, "2026-11", "2025-10")),
    ("C506", LAST, "reviewed:", changed(LAST, "2026-11", "last year")),
    ("C507", LAST, "", changed(LAST, "sources: [facts 1]\n", "")),
    ("C508", LAST, "", changed(LAST, "why: It helps.\n", "")),
)
