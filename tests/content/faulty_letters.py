"""Packs with one fault each in a letter or a data file.

A case is the code, the file, how its line begins ("" for the first), and the files.
"""

from __future__ import annotations

from tests.content.small_packs import (
    HELP,
    LAST,
    LETTER,
    WORDS,
    Case,
    letter,
    lettered,
    step,
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

SERVICES = "data/services.toml"
ONE_SERVICE = f"""[[service]]
id = "one"
name = "{{name}}"
status = "open"
{{more}}
confidence = "high"
{CHECKED}"""
GONE = '[[closed]]\nnames = ["old line"]\n'
LONG_TEXT = "So " + "and so " * 15


def listing(shown: str, *, name: str = "One", more: str = "") -> dict[str, str]:
    """A page that shows a list, and the list: one service, with *more* keys."""
    text = ONE_SERVICE.format(name=name, more=f'who = "Anyone."\n{more}')
    return {**step(f"{HELP}\n\n{shown}"), SERVICES: text}


ALL, ID = "::: data services", 'id = "one"'
UNKNOWN, NO_PART = "::: data servces", "::: data services opn"
TABLES: tuple[Case, ...] = (
    ("D101", SERVICES, ID, listing(ALL, more='whom = "Anyone."')),
    ("D101", SERVICES, ID, listing(ALL, more='check_first = ["reach"]')),
    ("D104", LAST, UNKNOWN, listing(f"{ALL}\n\n{UNKNOWN}")),
    ("D104", LAST, NO_PART, listing(f"{ALL}\n\n{NO_PART}")),
    ("D104", LAST, "::: data", listing(f"::: data\n\n{ALL}")),
    ("D104", LAST, "::: data platforms", step(f"{HELP}\n\n::: data platforms")),
    ("D105", SERVICES, "", listing("::: data services open")),
    ("D106", SERVICES, ID, {**listing(ALL, name="The Old Line"), WORDS: GONE}),
    ("C502", SERVICES, "note", listing(ALL, more=f'note = "{LONG_TEXT.strip()}."')),
    ("C208", LAST, ":::", listing(f":::\n\n{ALL}")),
)
DATA: tuple[Case, ...] = (
    *TABLES,
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
    ("L107", LETTER, "Subject", lettered("Subject: A", "audience: me")),
    (
        *("L107", LETTER, "may_reach:"),
        lettered("Subject:", "audience: me", "may_reach: yes"),
    ),
    (
        *("L107", LETTER, "  - {id"),
        lettered("Subject:", "audience: me", "fields:\n  - {id: me_name, label: Name}"),
    ),
)
