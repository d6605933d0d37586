"""Thunderbird's ``msgFilterRules.dat``: move to a folder of this computer.

The rule looks only at From. It runs on new mail (1) and when it is asked to (16).
"""

from __future__ import annotations

from guide.filters.rule import Made, Rule


def thunderbird(rule: Rule) -> Made:
    """The rule as a whole file."""
    terms = [f"(from,is,{each})" for each in rule.addresses]
    terms += [f"(from,ends with,@{each})" for each in rule.domains]
    target = f"mailbox://nobody@Local%20Folders/{rule.folder.replace(' ', '%20')}"
    values = [
        ("version", "9"),
        ("logging", "no"),
        ("name", rule.folder),
        ("enabled", "yes"),
        ("type", "17"),
        ("action", "Move to folder"),
        ("actionValue", target),
        *([("action", "Mark read")] if rule.mark_read else []),
        ("condition", " ".join(f"OR {each}" for each in terms)),
    ]
    lines = [f'{name}="{_escaped(value)}"\n' for name, value in values]
    return Made(text="".join(lines))


def _escaped(text: str) -> str:
    slash = "\\"
    return text.replace(slash, slash * 2).replace('"', f'{slash}"')
