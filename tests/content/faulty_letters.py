"""Packs with one fault each in a letter or a data file.

A case is the code, the file, how its line begins ("" for the first), and the files.
"""

from __future__ import annotations

from tests.content.small_packs import (
    LETTER,
    Case,
    letter,
    lettered,
)

EMERGENCY, DESKS = "data/emergency.toml", "data/abuse_desks.toml"
CHECKED = 'checked = "2026-11"\nsource = "s"\n'
COUNTRY = """[{code}]
name = "A country"
numbers = [{{number = "111", for = "all"}}]
confidence = "{sure}"
"""
COUNTRIES = (
    f"{COUNTRY.format(code='AU', sure='high')}{CHECKED}"
    f"{COUNTRY.format(code='NZ', sure='low')}{CHECKED}"
)
DESK = '[[desk]]\nname = "{name}"\nemail = "{email}"\nconfidence = "high"\n'
TWO_DESKS = (
    f"{DESK.format(name='One', email='abuse@example.com')}{CHECKED}"
    f"{DESK.format(name='Two', email='abuse at example')}{CHECKED}"
)
HOME = "fields:\n  - {id: home, label: Home, private: yes}"
ROUND = "Subject: A\n\n{% for x in y %}{% endfor %}"

DATA: tuple[Case, ...] = (
    ("D101", EMERGENCY, "[NZ]", {EMERGENCY: COUNTRIES}),
    ("D102", DESKS, 'name = "Two"', {DESKS: TWO_DESKS}),
    ("D103", "data/a.toml", "checked", {"data/a.toml": '[a]\nchecked = "2024-01"\n'}),
)
LETTERS: tuple[Case, ...] = (
    ("L001", LETTER, "", {LETTER: "no front matter"}),
    ("L002", LETTER, "Dear", lettered("Dear all", "audience: host")),
    (
        *("L003", LETTER, "  - {label"),
        lettered("Subject: A", "audience: host", "fields:\n  - {label: x}"),
    ),
    (
        *("L101", LETTER, "Dear"),
        lettered("Subject: A\n\nHello\nDear {{ name }}", "audience: host"),
    ),
    ("L101", LETTER, "Subject", lettered("Subject: {{ 1 + 1 }}", "audience: host")),
    (
        *("L101", LETTER, "{% for"),
        lettered(ROUND, "audience: host", "fields:\n  - {id: y, label: Y}"),
    ),
    ("L102", LETTER, "  - {id", lettered("Subject: A", "audience: person", HOME)),
    (
        *("L103", LETTER, "  - {id"),
        lettered("Subject: A", "audience: host", "may_reach: yes", HOME),
    ),
    (
        *("L104", LETTER, "once:"),
        lettered("Subject: A", "audience: person", "once: person"),
    ),
    (
        *("L105", LETTER, "gate:"),
        lettered("Subject: A", "audience: person", "gate: opne"),
    ),
    ("L106", LETTER, "", {LETTER: letter("Subject: A", "audience: host")}),
)
